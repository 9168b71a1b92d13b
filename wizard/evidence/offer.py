"""Files offered from outside: what the rest of the program calls. Opening them is the work of a child process."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar

from pydantic import AfterValidator, Field

from wizard.errors import EvidenceRefused, UnusableInput
from wizard.evidence.answer import Sentence, Shape, checked, nonsense
from wizard.evidence.confined.process import never
from wizard.evidence.confined.worker import run, serve
from wizard.evidence.document import LONGEST, LONGEST_SIDE, MOST_PARTS, Outcome, PageFacts, Part, Prepared, Shade
from wizard.evidence.kinds import KINDS, disagreement
from wizard.evidence.office import convert
from wizard.evidence.pictures.bundle import Photo, bundled
from wizard.evidence_fact import Mark, Treatment, file_name, refused

LARGEST: Final = 100 << 20
"""Bytes that an offered file may have."""

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PLAIN: Final = Treatment()

_Answer = TypeVar("_Answer", Prepared, Prepared | convert.ToConvert)
Size = Annotated[float, Field(gt=0, le=LONGEST_SIDE)]
Day = Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]


class _Page(Shape):
    width: Size
    height: Size
    rotation: Literal[0, 90, 180, 270]
    text: bool
    shade: Shade


class MarkShape(Shape):
    """A `Mark`, as the child tells it."""

    kind: Literal["name", "born", "upn", "nhs"]
    page: Annotated[int, Field(ge=1, le=LONGEST)]
    text: Annotated[str, Field(min_length=1, max_length=120)]


def _one_of_ours(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError("no such kind")
    return kind


class _Kind(Shape):
    kind: Annotated[str, AfterValidator(_one_of_ours)]


class _Facts(_Kind):
    outcome: Outcome
    pages: Annotated[tuple[_Page, ...], Field(max_length=LONGEST)] = ()
    notices: Annotated[tuple[Sentence, ...], Field(max_length=50)] = ()
    why: Sentence = ""
    locked: bool = False
    with_original: bool = False
    dated: Day = ""
    marks: Annotated[tuple[MarkShape, ...], Field(max_length=2_000)] = ()
    parts: Annotated[tuple[Annotated[str, Field(max_length=255)], ...], Field(max_length=MOST_PARTS)] = ()


def prepare(path: Path, treatment: Treatment = _PLAIN, *, cancelled: Callable[[], bool] = never) -> Prepared:
    """Make an offered file safe for the pack, or say why it is refused.

    May be called from several threads at once.

    Raises:
        UnusableInput: there is no such file, or it cannot be read.
        Cancelled: ``cancelled`` said so.
    """
    data = read_file(path)
    if data is None:
        return Prepared(Outcome.REFUSED, "unknown", why=refused(_too_large()))
    return prepare_bytes(data, path.suffix, treatment, cancelled=cancelled)


def opened(
    path: Path, treatment: Treatment = _PLAIN, passwords: Sequence[str] = (), *, cancelled: Callable[[], bool] = never
) -> tuple[Prepared, Treatment]:
    """As `prepare`, with each of the passwords tried on a file that needs one; give also the treatment that it had."""
    data = read_file(path)
    if data is None:
        return prepare(path), treatment
    return opened_bytes(data, path.suffix, treatment, passwords, cancelled=cancelled)


def opened_bytes(
    data: bytes,
    ending: str = "",
    treatment: Treatment = _PLAIN,
    passwords: Sequence[str] = (),
    *,
    cancelled: Callable[[], bool] = never,
) -> tuple[Prepared, Treatment]:
    """As `opened`, for bytes at hand."""
    made = prepare_bytes(data, ending, treatment, cancelled=cancelled)
    for password in passwords if made.locked else ():
        wanted = replace(treatment, password=password)
        tried = prepare_bytes(data, ending, wanted, cancelled=cancelled)
        if not tried.locked:
            return tried, wanted
    return made, treatment


def prepare_bytes(
    data: bytes, ending: str = "", treatment: Treatment = _PLAIN, *, cancelled: Callable[[], bool] = never
) -> Prepared:
    """As `prepare`, for bytes at hand, such as a pasted picture; ``ending`` is that of the file's name."""
    wishes, kind = {"treatment": asdict(treatment)}, ""
    try:
        made = _asked(
            data,
            wishes | {"convertible": convert.convertible()},
            lambda content, blobs: convert.wanted(content) or _prepared(content, blobs),
            cancelled,
        )
        if isinstance(made, convert.ToConvert):
            kind = made.convert
            made = replace(_converted(data, made, wishes, cancelled), kind=kind)
        made = _noticed(made, disagreement(KINDS[made.kind], ending))
    except EvidenceRefused as refusal:
        made = Prepared(Outcome.REFUSED, kind or _kind(data, cancelled), why=refused(refusal))
    return replace(made, sha256=hashlib.sha256(data).hexdigest())


def _asked(
    data: bytes,
    arguments: Mapping[str, object],
    read: Callable[[object, list[bytes]], _Answer],
    cancelled: Callable[[], bool],
) -> _Answer:
    return serve(
        "prepare",
        data,
        arguments,
        read,
        well=lambda made: not (isinstance(made, Prepared) and made.outcome == Outcome.REFUSED),
        cancelled=cancelled,
    )


def _converted(
    data: bytes, told: convert.ToConvert, wishes: Mapping[str, object], cancelled: Callable[[], bool]
) -> Prepared:
    """What becomes of an office document as LibreOffice shows it; where it cannot, as our own reader does."""
    if converted := convert.converted(data, told, cancelled):
        made = _asked(converted.pdf, {**wishes, "kind": "pdf"}, _prepared, cancelled)
        if made.pdf:
            outcome = Outcome.CLEANED if made.outcome == Outcome.INCLUDED else made.outcome
            return _noticed(replace(made, outcome=outcome, with_original=False), *converted.notices)
    return _noticed(_asked(data, {**wishes, "kind": told.convert}, _prepared, cancelled), convert.FAILED)


def _noticed(made: Prepared, *notices: str) -> Prepared:
    """With more notices, before its own; none of what was refused."""
    if made.outcome == Outcome.REFUSED:
        return made
    return replace(made, notices=(*filter(None, notices), *made.notices))


def _kind(data: bytes, cancelled: Callable[[], bool]) -> str:
    """What a file is over which a child broke, as a fresh one says."""
    try:
        content, _ = run("kind", data, cancelled=cancelled)
        return checked(_Kind, content).kind
    except EvidenceRefused:
        return "unknown"


def prepare_many(photos: Sequence[Photo], *, cancelled: Callable[[], bool] = never) -> tuple[bytes, Prepared]:
    """Make one document of several photos, in their order; give its original, which holds theirs, and what it became.

    Raises:
        UnusableInput: they are too few, too many or too large.
        Cancelled: ``cancelled`` said so.
    """
    original = bundled(photos)
    return original, prepare_bytes(original, ".zip", cancelled=cancelled)


def render_page(
    prepared_pdf: bytes, page: int, width: int, turn: int = 0, *, cancelled: Callable[[], bool] = never
) -> bytes:
    """Draw one page, counted from 0, of a prepared PDF as a PNG ``width`` pixels wide, turned clockwise by quarters.

    Raises:
        EvidenceRefused: the page cannot be drawn.
        Cancelled: ``cancelled`` said so.
    """
    return serve("draw", prepared_pdf, {"page": page, "width": width, "turn": turn}, _png, cancelled=cancelled)


def render_to_read(
    prepared_pdf: bytes, page: int, width: int, turn: int = 0, *, cancelled: Callable[[], bool] = never
) -> bytes:
    """As `render_page`, for a machine to read: in greys, with the shadows of a photo taken out."""
    return serve("even", prepared_pdf, {"page": page, "width": width, "turn": turn}, _png, cancelled=cancelled)


def signature_redrawn(png: bytes, *, cancelled: Callable[[], bool] = never) -> bytes:
    """The picture of a signature that came from elsewhere, as a PNG that the child wrote.

    Raises:
        EvidenceRefused: it is no PNG, damaged or too large.
        Cancelled: ``cancelled`` said so.
    """
    return serve("signature", png, {}, _png, cancelled=cancelled)


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


def _png(content: object, blobs: list[bytes]) -> bytes:
    if content is not None or len(blobs) != 1 or not blobs[0].startswith(_PNG):
        raise nonsense()
    return blobs[0]


def _too_large() -> EvidenceRefused:
    return EvidenceRefused(
        f"The file is larger than {LARGEST >> 20} MB.",
        "Save it smaller or in parts, for instance as a PDF, and add those.",
    )


def _prepared(content: object, blobs: list[bytes]) -> Prepared:
    facts = checked(_Facts, content)
    if facts.outcome == Outcome.REFUSED and facts.why and not blobs:
        return Prepared(Outcome.REFUSED, facts.kind, why=facts.why, locked=facts.locked)
    shown = [] if facts.outcome == Outcome.ATTACHED else blobs[:2]
    parts = blobs[len(shown) :]
    if facts.outcome == Outcome.REFUSED or bool(facts.pages) != bool(shown) or len(parts) != len(facts.parts):
        raise nonsense()
    if shown and (len(shown) < 2 or not shown[0].startswith(b"%PDF-") or not shown[1].startswith(_PNG)):
        raise nonsense()
    pdf, thumbnail = shown or (b"", b"")
    return Prepared(
        facts.outcome,
        facts.kind,
        pages=len(facts.pages),
        page_facts=tuple(PageFacts(**dict(page)) for page in facts.pages),
        notices=facts.notices,
        with_original=facts.with_original,
        dated=facts.dated,
        marks=tuple(Mark(**dict(mark)) for mark in facts.marks),
        parts=tuple(map(Part, map(file_name, facts.parts), parts)),
        pdf=pdf,
        thumbnail=thumbnail,
    )
