"""Files offered from outside: what the rest of the program calls. Opening them is the work of a child process."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from wizard.errors import EvidenceRefused, UnusableInput
from wizard.evidence import kinds
from wizard.evidence.answer import Sentence, Shape, checked, nonsense
from wizard.evidence.confined.process import never
from wizard.evidence.confined.worker import serve
from wizard.evidence.document import LONGEST, LONGEST_SIDE, MOST_PARTS, Outcome, PageFacts, Part, Prepared, Shade
from wizard.evidence.office import convert
from wizard.evidence.pictures.bundle import Photo, bundled
from wizard.evidence.readers import READERS
from wizard.evidence_fact import Mark, Treatment, file_name

LARGEST: Final = 100 << 20
"""Bytes that an offered file may have."""

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PLAIN: Final = Treatment()

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


class _Facts(Shape):
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
        return Prepared(Outcome.REFUSED, "unknown", why=str(_too_large()))
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
    kind = kinds.detect(data)
    digest = hashlib.sha256(data).hexdigest()
    try:
        if kind.id not in READERS:
            raise EvidenceRefused(f"This is {kind.a_name}, which cannot go into the pack as it is.", kind.remedy)
        notice = kinds.disagreement(kind, ending)

        def asked(data: bytes, reader: str, *notices: str) -> Prepared:
            return serve(
                "prepare",
                data,
                {"kind": reader, "treatment": asdict(treatment)},
                lambda content, blobs: _prepared(checked(_Facts, content), blobs, kind, digest, (notice, *notices)),
                well=lambda made: made.outcome != Outcome.REFUSED,
                cancelled=cancelled,
            )

        if not convert.can(kind.id):
            return _without_program(asked(data, kind.id), data)
        if converted := convert.converted(data, kind.id, cancelled):
            made = asked(converted.pdf, "pdf", *converted.notices)
            if made.outcome == Outcome.INCLUDED:
                return replace(made, outcome=Outcome.CLEANED)
            if made.outcome != Outcome.REFUSED:
                return made
        return _without_program(asked(data, kind.id, convert.FAILED), data)
    except EvidenceRefused as refusal:
        return Prepared(Outcome.REFUSED, kind.id, digest, why=str(refusal))


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

    def read(content: object, blobs: list[bytes]) -> bytes:
        if content is not None or len(blobs) != 1 or not blobs[0].startswith(_PNG):
            raise nonsense()
        return blobs[0]

    return serve("draw", prepared_pdf, {"page": page, "width": width, "turn": turn}, read, cancelled=cancelled)


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


def _without_program(made: Prepared, data: bytes) -> Prepared:
    """No program travels: not as an original beside its pages, and not in their place."""
    if not made.with_original or not kinds.holds_program(data):
        return made
    if not made.pdf:
        raise EvidenceRefused(
            "There is a program (macros) in the file, and its pages cannot be shown here.",
            "Open it in the program that made it, save it as a PDF, and add that.",
        )
    notice = "There is a program (macros) in the original, so it is not sent."
    return replace(made, with_original=False, notices=(*made.notices, notice))


def _too_large() -> EvidenceRefused:
    return EvidenceRefused(
        f"The file is larger than {LARGEST >> 20} MB.",
        "Save it smaller or in parts, for instance as a PDF, and add those.",
    )


def _prepared(facts: _Facts, blobs: list[bytes], kind: kinds.Kind, digest: str, noticed: tuple[str, ...]) -> Prepared:
    if facts.outcome == Outcome.REFUSED and facts.why and not blobs:
        return Prepared(Outcome.REFUSED, kind.id, digest, why=facts.why, locked=facts.locked)
    shown = [] if facts.outcome == Outcome.ATTACHED else blobs[:2]
    parts = blobs[len(shown) :]
    if facts.outcome == Outcome.REFUSED or bool(facts.pages) != bool(shown) or len(parts) != len(facts.parts):
        raise nonsense()
    if shown and (len(shown) < 2 or not shown[0].startswith(b"%PDF-") or not shown[1].startswith(_PNG)):
        raise nonsense()
    pdf, thumbnail = shown or (b"", b"")
    return Prepared(
        facts.outcome,
        kind.id,
        digest,
        pages=len(facts.pages),
        page_facts=tuple(PageFacts(**dict(page)) for page in facts.pages),
        notices=tuple(filter(None, (*noticed, *facts.notices))),
        with_original=facts.with_original,
        dated=facts.dated,
        marks=tuple(Mark(**dict(mark)) for mark in facts.marks),
        parts=tuple(map(Part, map(file_name, facts.parts), parts)),
        pdf=pdf,
        thumbnail=thumbnail,
    )
