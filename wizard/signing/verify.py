"""Says of a PDF whether it is sealed, by whom, and what has changed since.

`verify` parses a file from outside, so it belongs in a child process with limits: `answer` is the call for one that has
the bytes already, and ``python -m wizard.signing.verify`` the program for one that has not. Both answer in JSON, from
which `Verification.from_json` makes the result, or raises the refusal, on the other side.
"""

import json
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from forms.kit.dates import long_day
from wizard.errors import UnusableInput, UserError


class Seal(BaseModel):
    """One seal of a file, as the file itself shows it.

    Attributes:
        field: name of its signature field.
        state: "intact" when everything that it covers is as it was; "altered" when not; "unreadable" when it is damaged
            or of a kind that is not checked here. The other attributes mean nothing when it is unreadable.
        signer: the organisation, or else the person, named in its certificate. Nobody vouches for a self-made one.
        fingerprint: SHA-256 of the certificate, in groups of four.
        self_made: the certificate is vouched for by itself alone.
        signed_at: the time that the seal states, by the clock of the computer that made it.
        whole: it covers the file from the first byte to the last.
        changes: what was added after it: nothing, what the seal allows (form fields filled in, another seal), or more.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    field: str
    state: Literal["intact", "altered", "unreadable"]
    signer: str = ""
    fingerprint: str = ""
    self_made: bool = False
    signed_at: datetime | None = None
    whole: bool = False
    changes: Literal["none", "allowed", "other"] = "other"

    @property
    def holds(self) -> bool:
        """Whether the file can still be relied on as far as this seal goes."""
        return self.state == "intact" and self.changes != "other"

    @property
    def sentences(self) -> tuple[str, ...]:
        """What there is to say of this seal, worst first."""
        if self.state == "unreadable":
            return ("A seal in this file is damaged, or of a kind that cannot be checked here.",)
        made = f"Sealed by {self.signer or 'somebody without a name'}{_moment(self.signed_at)}."
        return (made, self._integrity(), self._origin())

    def _integrity(self) -> str:
        if self.state == "altered":
            return "What was sealed has been changed since. Do not rely on this file; ask for it again."
        if self.changes == "other":
            return "The file was changed after it was sealed. Do not rely on it; ask for it again."
        if self.changes == "allowed":
            return "Since then only form fields were filled in or seals added, as this seal allows."
        return "Nothing in the file has changed since."

    def _origin(self) -> str:
        if self.self_made:
            return (
                "The seal was made by this program or one like it on one computer: it proves that nothing changed, "
                f"not who made it. To be sure of that, ask the sender to read out the fingerprint: {self.fingerprint}."
            )
        return (
            "Somebody else vouches for the name in this seal; whether they can be trusted is not checked here. "
            f"The fingerprint is {self.fingerprint}."
        )


Travels = Literal["same", "altered", "missing", "unnamed"]


class Travelling(BaseModel):
    """A file that travels in a pack.

    Attributes:
        name: its name in the pack.
        state: "same" when its SHA-256 is that in the pack's list; "altered" when not; "missing" when the list names it
            and it is not there; "unnamed" when it is there and the list does not name it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: str
    state: Travels

    @property
    def sentence(self) -> str:
        """What is wrong with it."""
        return {
            "same": f"The file “{self.name}” in the pack is the original that the pack names.",
            "altered": f"The file “{self.name}” in the pack is not the original: its SHA-256 is another.",
            "missing": f"The file “{self.name}” that the pack names is not in it.",
            "unnamed": f"The file “{self.name}” is in the pack, and the pack does not name it.",
        }[self.state]


class Verification(BaseModel):
    """What the seals of one file show, the oldest first, and the originals that travel in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    encrypted: bool
    seals: tuple[Seal, ...]
    originals: tuple[Travelling, ...] = ()

    @property
    def sealed(self) -> bool:
        """Whether there is any seal, good or bad."""
        return bool(self.seals)

    @property
    def intact(self) -> bool:
        """Whether there is a seal, and every seal holds."""
        return self.sealed and all(seal.holds for seal in self.seals)

    @property
    def complete(self) -> bool:
        """Whether every original that travels in it is the one that it names, and there is no other file."""
        return all(one.state == "same" for one in self.originals)

    @property
    def whole(self) -> bool:
        """Whether the last seal holds and covers the file from the first byte to the last."""
        return self.intact and any(seal.whole for seal in self.seals)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What to tell a person: the verdict first, then each seal."""
        return (*self._on_seals(), *self._on_originals())

    def _on_originals(self) -> tuple[str, ...]:
        if not self.complete:
            return tuple(one.sentence for one in self.originals if one.state != "same")
        many = len(self.originals)
        if many == 1:
            return (self.originals[0].sentence,)
        return (f"{many} files travel in the pack, and each is the original that the pack names.",) if many else ()

    def _on_seals(self) -> tuple[str, ...]:
        if not self.sealed:
            return ("This file carries no seal, so nothing shows whether it was changed.",)
        verdict = "The seal holds." if len(self.seals) == 1 else f"All {len(self.seals)} seals hold."
        if not self.intact:
            verdict = "Do not rely on this file: it is not as it was when it was sealed, or that cannot be shown."
        return (verdict, *(sentence for seal in self.seals for sentence in seal.sentences))

    def sealed_by(self, fingerprint: str) -> bool:
        """Whether a seal that holds was made with the certificate of this fingerprint, spaces and case aside."""
        wanted = "".join(fingerprint.split()).upper()
        return any(seal.holds and seal.fingerprint.replace(" ", "") == wanted for seal in self.seals)

    def to_json(self) -> str:
        """Return the result for another process; see `from_json`."""
        return self.model_dump_json()

    @classmethod
    def from_json(cls, text: str | bytes) -> "Verification":
        """Return the result in the answer of another process.

        Raises:
            UserError: the file was refused; or the answer is not one.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError:
            raise _refusal(text) from None


def verify(pdf: bytes, *, password: str | None = None) -> Verification:
    """Judge every seal in a PDF.

    A self-made certificate has no anchor of trust, so none is looked for: signatures are checked against the
    certificate they bring, changes by pyHanko's difference analysis.

    Raises:
        UnusableInput: not a PDF, too damaged to look for seals, or locked with another password.
    """
    from wizard.signing import examining  # here, because pyHanko takes half a second to import

    return examining.examine(pdf, password)


def answer(pdf: bytes, password: str | None = None) -> str:
    """Return the JSON of the verification, or of the refusal, for `Verification.from_json`."""
    try:
        return verify(pdf, password=password).to_json()
    except UserError as refusal:
        return json.dumps({"refused": [refusal.sentence, refusal.remedy]})


def in_child(pdf: bytes, password: str | None = None) -> tuple[str, list[bytes]]:
    """Answer as an operation of the child process that opens files from outside."""
    return answer(pdf, password), []


def _refusal(text: str | bytes) -> UserError:
    try:
        sentence, remedy = json.loads(text)["refused"]
    except (ValueError, LookupError, TypeError, RecursionError):
        sentence, remedy = "The file could not be checked.", "Do not rely on it. Ask the sender for the file again."
    return UnusableInput(str(sentence), str(remedy))


def _moment(when: datetime | None) -> str:
    return f" on {long_day(when)} at {when:%H:%M}" if when else ""
