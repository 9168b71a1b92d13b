"""Errors that a person can act on: what happened, in a sentence, and what to try."""


class UserError(Exception):
    """Something the user can put right.

    Attributes:
        sentence: what happened, without anything that was typed.
        remedy: what to do next.
    """

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(f"{sentence} {remedy}".strip())
        self.sentence = sentence
        self.remedy = remedy


class UnusableInput(UserError):
    """A folder, file or option that cannot be read as what it should be."""


class CannotOpenReferral(UserError):
    """The referral file is missing, damaged, in use, or its key is not here."""


class NoKeyring(UserError):
    """The computer offers no keyring, and no passphrase was given."""


class EvidenceRefused(UserError):
    """An evidence file that cannot be taken in."""


class CannotPrint(UserError):
    """An answer holds characters for which this computer has no typeface."""


class NotReady(UserError):
    """The final pack is asked for while a requirement is open."""


class SealingFailed(UserError):
    """The pack could not be sealed."""


class CannotWrite(UserError):
    """A file could not be written where it was wanted."""


class Cancelled(UserError):
    """The user stopped a long piece of work."""

    def __init__(self) -> None:
        super().__init__("Stopped, as you asked. Nothing was written.")
