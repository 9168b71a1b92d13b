"""What every page on screen has in common, and what a page may ask of the program.

A page never touches the store, the pack or signing: it emits ``wanted`` and ``app`` does it, then ``refresh`` follows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from forms.kit.page import Page, Problem
from forms.kit.written import Document
from wizard.evidence_fact import EvidenceFact, Treatment
from wizard.offering import KeptSchool
from wizard.validation.requirements import Judgement

if TYPE_CHECKING:
    from wizard.evidence.redaction.search import Places


@dataclass(frozen=True)
class View:
    """What a page is built from: the referral as it stands.

    Attributes:
        last_pack: where the pack was last written, how large it is and its password; ``None`` before.
        kept: the school's details as they are kept for the next referral; ``None`` where none are.
    """

    judgement: Judgement
    page: type[Page]
    last_pack: "PackMade | None" = None
    kept: KeptSchool | None = None


@dataclass(frozen=True)
class PackMade:
    """A pack that was written.

    Attributes:
        look_at: sentences on what somebody should look at in it before it is sent.
    """

    path: Path
    size: int
    pages: int
    password: str
    draft_mail: Path
    look_at: tuple[str, ...] = ()


class Request:
    """Something that only the program can do."""


@dataclass(frozen=True)
class AddEvidence(Request):
    """Take in these files and ``pictures``, which are bytes of a file; ``answers`` links them to requirements at once.

    Attributes:
        instead: id of a document that could not be taken in; it goes once one of these is.
    """

    paths: tuple[Path, ...]
    answers: tuple[str, ...] = ()
    pictures: tuple[bytes, ...] = field(default=(), repr=False)
    instead: str = ""


@dataclass(frozen=True)
class ChangeEvidence(Request):
    """Keep a document's changed facts."""

    fact: EvidenceFact


@dataclass(frozen=True)
class TreatEvidence(Request):
    """Make a document safe again with other wishes, from its original; ``Screen.treated`` is told of the end."""

    fact: EvidenceFact
    treatment: Treatment


@dataclass(frozen=True)
class FindWords(Request):
    """Look for the words of a treatment in a document; ``Screen.words_found`` is told where they are so far."""

    fact: EvidenceFact
    treatment: Treatment


@dataclass(frozen=True)
class JoinEvidence(Request):
    """Make one document of several photos, in this order; it takes their place."""

    facts: tuple[EvidenceFact, ...]


@dataclass(frozen=True)
class WholePicture(Request):
    """Show a picture before anything is cut off, ``width`` pixels wide; ``Screen.whole_picture`` gets it."""

    fact: EvidenceFact
    width: int


@dataclass(frozen=True)
class RemoveEvidence(Request):
    """Take a document out."""

    fact: EvidenceFact


@dataclass(frozen=True)
class RestoreEvidence(Request):
    """Undo a removal."""

    fact: EvidenceFact
    place: int


@dataclass(frozen=True)
class PreviewPage(Request):
    """Draw a document's page (from 1) at a width in pixels; ``Screen.picture`` gets it."""

    fact: EvidenceFact
    page: int
    width: int


@dataclass(frozen=True)
class ReadRegister(Request):
    """Read a register export, or what was pasted of one; ``Screen.register_read`` gets the outcome.

    Attributes:
        chosen: whose rows to take, after ``RegisterReading.pupils`` asked.
    """

    path: Path | None = None
    pasted: str = field(default="", repr=False)
    chosen: str = field(default="", repr=False)


@dataclass(frozen=True)
class FillFromFile(Request):
    """Take answers from a file of the school's own systems; shown in place of the referral until it is done or left."""

    page: str


@dataclass(frozen=True)
class SeeChanges(Request):
    """Show what changed in the council's file since the referral was begun."""


@dataclass(frozen=True)
class ChangeCouncil(Request):
    """Ask which other council the referral is for."""


@dataclass(frozen=True)
class GiveReason(Request):
    """Keep the reason for going on without a requirement; empty takes it back."""

    requirement: str
    text: str


@dataclass(frozen=True)
class Sign(Request):
    """Sign in a role: ``drawn`` (with a PNG), ``typed`` or ``on paper`` (with its date, ISO)."""

    role: str
    name: str
    method: str
    picture: bytes = b""
    day: str = ""


@dataclass(frozen=True)
class WithdrawSignature(Request):
    """Take a signature back."""

    role: str


@dataclass(frozen=True)
class DraftPack(Request):
    """Make a watermarked draft and open it."""


@dataclass(frozen=True)
class MakePack(Request):
    """Make the final pack, sealed and with a password, and the e-mail draft, in this folder."""

    folder: Path


@dataclass(frozen=True)
class MarkSent(Request):
    """Keep in the diary that the pack was sent: today, or on ``day`` (ISO)."""

    how: str
    by: str
    day: str = ""


@dataclass(frozen=True)
class SaveDates(Request):
    """Write the dates of the referral as a calendar file; ``Screen.saved`` is told."""

    path: Path


@dataclass(frozen=True)
class KeepSchool(Request):
    """Keep what this referral says of the school for the next one."""


@dataclass(frozen=True)
class ForgetSchool(Request):
    """Keep nothing of the school any more."""


@dataclass(frozen=True)
class SaveLetter(Request):
    """Write a letter as a PDF; ``Screen.saved`` is told."""

    document: Document
    path: Path


@dataclass(frozen=True)
class RegisterReading:
    """A register export as read: what was understood, and what was not, row by row.

    Attributes:
        totals: sessions as the file itself states them; all there is when it holds no sessions.
        pupils: from among whom one must be chosen, and the request to repeat, before anything is taken.
    """

    file: str
    sessions: tuple[Mapping[str, str], ...] = ()
    not_understood: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    refused: str = ""
    totals: Mapping[str, int] = field(default_factory=dict)
    pupils: tuple[str, ...] = field(default=(), repr=False)
    request: ReadRegister = ReadRegister()

    def kept(self) -> dict[str, Any]:
        """What is kept of it among the answers."""
        rest = {
            "totals": {name: n for name, n in self.totals.items() if name != "health"},
            "not_understood": list(self.not_understood),
            "notices": list(self.notices),
        }
        filled = {name: value for name, value in rest.items() if value}
        return {"file": self.file, "sessions": [dict(one) for one in self.sessions]} | filled


class Screen(QWidget):
    """A page on screen, built from a view when it is shown and deleted when it is left."""

    edited = Signal()
    """Something was typed or chosen; the shell saves after a pause."""
    go_to = Signal(str)
    """Show another page: its id, or ``id#field`` to put the focus on a question there."""
    wanted = Signal(object)
    """A ``Request``."""

    def raw(self) -> dict[str, Any]:
        """The answers on the page as typed; nothing for pages without questions."""
        return {}

    def not_known(self) -> dict[str, str]:
        """The reasons given on this page for not knowing, by field."""
        return {}

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show what stands in the way, at the top and beside each question, and move the focus there."""

    def show_field(self, name: str) -> None:
        """Move the focus to a question."""

    def refresh(self, view: View) -> None:
        """Show the referral as it stands after a request was carried out."""

    def picture(self, id: str, page: int, png: bytes) -> None:
        """Take a document's page that was asked for by ``PreviewPage``."""

    def words_found(self, id: str, words: tuple[str, ...], places: "Places") -> bool:
        """Take where the words are so far that ``FindWords`` asked for; tells whether more of that is wanted."""
        return False

    def whole_picture(self, id: str, png: bytes, angle: float) -> None:
        """Take a picture that was asked for by ``WholePicture``, and the angle by which its lines lean."""

    def treated(self, id: str) -> None:
        """Take that a document was treated as it was asked for, or could not be; ``refresh`` came before."""

    def register_read(self, reading: RegisterReading) -> None:
        """Take what was read from a register export."""

    def saved(self, path: Path) -> None:
        """Say that a file was written that the page asked for."""

    def progress(self, words: str, part: float) -> None:
        """Show how far long work is; ``part`` from 0 to 1, 1 when it is done."""

    def failed(self, sentence: str, remedy: str) -> None:
        """Say why a request could not be carried out."""


BuildScreen = Callable[[View], Screen]
