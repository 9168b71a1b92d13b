"""Errors that a person can act on: what happened, in a sentence, and what to try."""

from pathlib import Path
from traceback import extract_tb


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


def place_of(error: BaseException) -> str:
    """The type of an error and where it arose, without its words: they could hold something typed."""
    frames = extract_tb(error.__traceback__)
    steps = " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames[-6:]))
    return f"{type(error).__name__} at {steps}" if steps else type(error).__name__
