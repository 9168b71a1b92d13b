"""Files offered from outside: what the rest of the program calls. Opening them is the work of a child process."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from wizard.errors import EvidenceRefused, UnusableInput
from wizard.evidence import kinds
from wizard.evidence.document import LONGEST, Outcome, PageFacts, Prepared
from wizard.evidence.worker import never, run
from wizard.register import Session

LARGEST: Final = 100 << 20
"""Bytes that an offered file may have."""

LARGEST_REGISTER: Final = 40 << 20
"""Bytes that a register export may have."""

_OTHER_WAYS: Final = "Take another export of the register, paste its rows, or type the totals."

TAKEN: Final = ("pdf", "jpeg", "png")
_PNG: Final = b"\x89PNG\r\n\x1a\n"

Sentence = Annotated[str, Field(max_length=600)]
Sessions = Annotated[int, Field(ge=0, le=2_000)] | None
Size = Annotated[float, Field(gt=0, le=2_000_000)]


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


class _Page(_Shape):
    width: Size
    height: Size
    rotation: Literal[0, 90, 180, 270]
    text: bool


class _Facts(_Shape):
    outcome: Outcome
    pages: Annotated[tuple[_Page, ...], Field(max_length=LONGEST)]
    notices: Annotated[tuple[Sentence, ...], Field(max_length=50)]
    why: Sentence


class _Session(_Shape):
    date: date
    session: Literal["AM", "PM"]
    code: Annotated[str, Field(min_length=1, max_length=2)]


class NotUnderstood(_Shape):
    """A row of a register that was not clear: its number, the reason, and the beginning of the cell."""

    row: Annotated[int, Field(ge=0)]
    reason: Sentence
    shown: Annotated[str, Field(max_length=40)]


class _Totals(_Shape):
    possible: Sessions = None
    attended: Sessions = None
    authorised: Sessions = None
    unauthorised: Sessions = None
    health: Sessions = None


class _Register(_Shape):
    sessions: Annotated[tuple[_Session, ...], Field(max_length=300_000)]
    totals: _Totals
    not_understood: Annotated[tuple[NotUnderstood, ...], Field(max_length=200)]
    notices: Annotated[tuple[Sentence, ...], Field(max_length=50)]
    pupils: Annotated[tuple[Sentence, ...], Field(max_length=400)]
    why: Sentence


class RegisterRead(BaseModel):
    """What a register export says.

    Attributes:
        totals: sessions that the file itself states, by ``possible``, ``attended`` and the like.
        pupils: from among whom one must be chosen before anything is read.
        why: empty unless it could not be used at all.
    """

    model_config = ConfigDict(frozen=True)

    sessions: tuple[Session, ...] = ()
    totals: dict[str, int] = {}
    pupils: tuple[str, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
    notices: tuple[str, ...] = ()
    why: str = ""


_Answer = TypeVar("_Answer", bound=_Shape)


def prepare(path: Path, *, cancelled: Callable[[], bool] = never) -> Prepared:
    """Make an offered file safe for the pack, or say why it is refused.

    May be called from several threads at once; each call starts a child process of its own.

    Raises:
        UnusableInput: there is no such file, or it cannot be read.
        Cancelled: ``cancelled`` said so.
    """
    data = read_file(path)
    if data is None:
        return Prepared(Outcome.REFUSED, "unknown", why=str(_too_large()))
    return prepare_bytes(data, path.suffix, cancelled=cancelled)


def prepare_bytes(data: bytes, ending: str = "", *, cancelled: Callable[[], bool] = never) -> Prepared:
    """As `prepare`, for bytes at hand, such as a pasted picture; ``ending`` is that of the file's name."""
    kind = kinds.detect(data)
    digest = hashlib.sha256(data).hexdigest()
    try:
        if kind.id not in TAKEN:
            raise EvidenceRefused(f"This is {kind.a_name}, which cannot go into the pack as it is.", kind.remedy)
        content, blobs = run("prepare", data, {"kind": kind.id}, cancelled=cancelled)
        return _prepared(_checked(_Facts, content), blobs, kind, digest, kinds.disagreement(kind, ending))
    except EvidenceRefused as refusal:
        return Prepared(Outcome.REFUSED, kind.id, digest, why=str(refusal))


def render_page(prepared_pdf: bytes, page: int, width: int, *, cancelled: Callable[[], bool] = never) -> bytes:
    """Draw one page, counted from 0, of a prepared PDF as a PNG ``width`` pixels wide.

    Raises:
        EvidenceRefused: the page cannot be drawn.
        Cancelled: ``cancelled`` said so.
    """
    content, blobs = run("draw", prepared_pdf, {"page": page, "width": width}, cancelled=cancelled)
    if content is not None or len(blobs) != 1 or not blobs[0].startswith(_PNG):
        raise _nonsense()
    return blobs[0]


def inspect_line(path: Path) -> dict[str, Any]:
    """What intake makes of a file, as the command ``inspect`` prints it."""
    made = prepare(path)
    return {
        "file": str(path),
        "outcome": str(made.outcome),
        "kind": made.kind,
        "pages": made.pages,
        "notices": list(made.notices),
        "why": made.why,
    }


def read_register(
    source: Path | bytes,
    today: date,
    upn: str = "",
    name: str = "",
    chosen: str = "",
    *,
    cancelled: Callable[[], bool] = never,
) -> RegisterRead:
    """Read a register export, or what was pasted of one; nobody else's rows than the pupil's are taken.

    ``upn`` and ``name`` are the referral's; ``chosen`` is whom somebody picked of the ``pupils`` of an earlier answer.

    Raises:
        UnusableInput: there is no such file, or it cannot be read.
        Cancelled: ``cancelled`` said so.
    """
    data = read_file(source) if isinstance(source, Path) else source
    try:
        if data is None or len(data) > LARGEST_REGISTER:
            raise EvidenceRefused(f"The file is larger than {LARGEST_REGISTER >> 20} MB, which no register is.")
        arguments = {"today": today.isoformat(), "upn": upn, "name": name, "chosen": chosen}
        content, _ = run("register", data, arguments, cancelled=cancelled)
        read = _checked(_Register, content)
    except EvidenceRefused as refusal:
        return RegisterRead(why=f"{refusal.sentence} {_OTHER_WAYS}")
    return RegisterRead(
        sessions=tuple(Session(item.date, item.session, item.code) for item in read.sessions),
        totals=read.totals.model_dump(exclude_none=True),
        not_understood=read.not_understood,
        notices=read.notices,
        pupils=read.pupils,
        why=read.why,
    )


def read_file(path: Path) -> bytes | None:
    """The bytes of an offered file; None when there are more of them than `LARGEST`.

    Raises:
        UnusableInput: there is no such file, or it cannot be read.
    """
    try:
        if path.is_dir():
            raise UnusableInput("That is a folder, not a file.", "Add the files in it.")
        if not path.is_file():
            raise UnusableInput("There is no such file.", "It may have been moved or renamed. Choose it again.")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        raise UnusableInput(
            "The file cannot be read.", "Close the program that uses it, or copy it elsewhere."
        ) from None
    return data if len(data) <= LARGEST else None


def _too_large() -> EvidenceRefused:
    return EvidenceRefused(
        f"The file is larger than {LARGEST >> 20} MB.",
        "Save it smaller or in parts, for instance as a PDF, and add those.",
    )


def _nonsense() -> EvidenceRefused:
    return EvidenceRefused(
        "The file is damaged, or made in a way that cannot be read safely.",
        "Open it yourself, print it to a new PDF, and add that.",
    )


def _checked(shape: type[_Answer], content: object) -> _Answer:
    """The child's answer, exactly in the shape that our child gives it."""
    try:
        return shape.model_validate_json(json.dumps(content))
    except ValidationError:
        raise _nonsense() from None


def _prepared(facts: _Facts, blobs: list[bytes], kind: kinds.Kind, digest: str, notice: str) -> Prepared:
    if facts.outcome == Outcome.REFUSED and facts.why and not blobs:
        return Prepared(Outcome.REFUSED, kind.id, digest, why=facts.why)
    if not facts.pages or len(blobs) != 2 or not blobs[0].startswith(b"%PDF-") or not blobs[1].startswith(_PNG):
        raise _nonsense()
    pages = tuple(PageFacts(page.width, page.height, page.rotation, page.text) for page in facts.pages)
    notices = (notice, *facts.notices) if notice else facts.notices
    return Prepared(facts.outcome, kind.id, digest, len(pages), pages, notices, "", *blobs)
