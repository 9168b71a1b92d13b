"""What is read beside the window: documents for the evidence, pages to look at, and registers. Runs in a thread."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from wizard.errors import UnusableInput
from wizard.evidence_fact import EvidenceFact, Treatment, Turn
from wizard.pages import screen as ask
from wizard.pages.pasted_picture import ending

if TYPE_CHECKING:
    from wizard.evidence.document import Prepared
    from wizard.evidence.offered import Offered
    from wizard.evidence.pictures.cropping import Uncropped
    from wizard.evidence.redaction.search import OfWords, Searched

PASTED_ROWS = "What was pasted"
PASTED = "Pasted picture"
"""File name of a picture that came from the clipboard, less its ending."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was read and prepared, and those that came inside it."""

    fact: EvidenceFact
    original: bytes
    prepared: bytes
    why: str
    parts: tuple["Taken", ...] = ()


def take(
    source: Path | bytes,
    place: tuple[int, int],
    answers: tuple[str, ...],
    progress: Callable[[float, str], None],
    cancelled: Callable[[], bool],
) -> Taken:
    """Read a file or a pasted picture and have it made safe in the evidence child."""
    said = words(source, place)
    progress(0.1, said)
    try:
        return _taken(source, name(source), answers, cancelled)
    except UnusableInput as error:
        return Taken(EvidenceFact(file=name(source)), b"", b"", str(error))  # said with the name of the file
    finally:
        progress(1.0, said)  # the same words: by them a page knows which of its lines has ended


def words(source: Path | bytes, place: tuple[int, int]) -> str:
    """What is said while a file is taken in; ``place`` is its number and how many there are."""
    number, of = place
    return f"Reading {name(source)}" if of == 1 else f"Reading {number} of {of}: {name(source)}"


def preparing(fact: EvidenceFact) -> str:
    """What is said while a document is made safe again."""
    return f"Preparing {fact.name}"


def joining(facts: Sequence[EvidenceFact]) -> str:
    """What is said while one document is made of several."""
    return f"Making one document of {len(facts)} photos"


def name(source: Path | bytes) -> str:
    """The name of a file, or of a picture that was pasted."""
    return source.name if isinstance(source, Path) else f"{PASTED}.{ending(source)}"


def _taken(source: Path | bytes, name: str, answers: tuple[str, ...], cancelled: Callable[[], bool]) -> Taken:
    from wizard.evidence.offer import prepare, prepare_bytes, read_file
    from wizard.evidence.offered import inside

    # Read once: what is kept as the original is what was looked at.
    original = read_file(source) if isinstance(source, Path) else source
    if isinstance(source, Path) and original is None:
        made = prepare(source)  # says that it is too large
    else:
        made = prepare_bytes(original or b"", Path(name).suffix, cancelled=cancelled)
    fact = made.told_of(EvidenceFact(file=name, answers=answers))
    return _with_parts(fact, original or b"", made, inside(made, cancelled=cancelled))


def _with_parts(fact: EvidenceFact, original: bytes, made: "Prepared", parts: "tuple[Offered, ...]") -> Taken:
    return Taken(fact, original if fact.kept else b"", made.pdf, made.why, _parts(fact, parts))


def _parts(fact: EvidenceFact, parts: "tuple[Offered, ...]") -> tuple[Taken, ...]:
    """What came inside a document, offered for the same as that."""
    come = (replace(EvidenceFact(one.name, answers=fact.answers), within=fact.file) for one in parts)
    return tuple(
        _with_parts(one.made.told_of(inner), one.data, one.made, one.parts)
        for inner, one in zip(come, parts, strict=True)
    )


def treated(
    original: bytes,
    fact: EvidenceFact,
    treatment: Treatment,
    progress: Callable[[float, str], None],
    cancelled: Callable[[], bool],
) -> "tuple[Prepared, tuple[Taken, ...]]":
    """Make a document that is kept already safe again, with other wishes; what came inside it, if it was locked."""
    from wizard.evidence.offer import prepare_bytes
    from wizard.evidence.offered import inside

    said = preparing(fact)
    progress(0.1, said)
    try:
        made = prepare_bytes(original, Path(fact.file).suffix, treatment, cancelled=cancelled)
        return made, _parts(fact, inside(made, cancelled=cancelled)) if fact.locked else ()
    finally:
        progress(1.0, said)


def by_machine(pdf: bytes, fact: EvidenceFact, progress: object, cancelled: Callable[[], bool]) -> EvidenceFact:
    """Read the pages of a document that have no text; nobody waits for it, so nothing is said of it."""
    from wizard.evidence.words.ocr import read_by_machine

    return read_by_machine(fact, pdf, cancelled)


def joined(
    photos: Sequence[tuple[EvidenceFact, bytes]],
    progress: Callable[[float, str], None],
    cancelled: Callable[[], bool],
) -> Taken:
    """Make one document of photos that are kept, in their order."""
    from wizard.evidence.offer import prepare_many
    from wizard.evidence.pictures.bundle import Photo

    facts = [fact for fact, _ in photos]
    said = joining(facts)
    progress(0.1, said)
    try:
        originals = [Photo(fact.file, data, fact.treatment) for fact, data in photos]
        original, made = prepare_many(originals, cancelled=cancelled)
    finally:
        progress(1.0, said)
    why = made.why
    if not why and made.pages != sum(fact.pages for fact in facts):  # their turns would be those of other pages
        why = "Not every page of them could be read again. Take out the photo that is damaged, and add it once more."
    return Taken(made.told_of(_as_one(facts)), original, made.pdf, why)


def _as_one(facts: Sequence[EvidenceFact]) -> EvidenceFact:
    """What was said of documents, said of one whose pages are theirs, one after the other."""
    before = accumulate((fact.pages for fact in facts), initial=0)
    pages = [(at, fact, page) for at, fact in zip(before, facts, strict=False) for page in fact.sequence]
    order = tuple(at + page for at, _, page in pages)
    rotate = facts[0].turn(1)
    turns = (Turn(at + page, fact.turn(page)) for at, fact, page in sorted(pages, key=lambda one: one[0] + one[2]))
    return EvidenceFact(
        file=f"{PurePosixPath(facts[0].file).stem} and {len(facts) - 1} more.zip",
        answers=tuple(dict.fromkeys(row for one in facts for row in one.answers)),
        title=next((one.title for one in facts if one.title), ""),
        dated=next((one.dated for one in facts if one.dated), ""),
        rotate=rotate,
        turned=tuple(turn for turn in turns if turn.degrees != rotate),
        omit=tuple(sorted(at + page for at, fact, page in pages if page in fact.omit)),
        order=() if order == tuple(sorted(order)) else order,
        within=facts[0].within,
        cleared=tuple(dict.fromkeys(text for one in facts for text in one.cleared)),
    )


def places(original: bytes, treatment: Treatment, progress: object, cancelled: Callable[[], bool]) -> "Searched":
    """Where the words of a treatment stand in the text of a document, in the evidence child."""
    from wizard.evidence.redaction.search import search

    return search(original, treatment, cancelled=cancelled)


def in_picture(
    pdf: bytes,
    page: int,
    turn: int,
    words: Sequence[str],
    table: bytes,
    progress: object,
    cancelled: Callable[[], bool],
) -> "tuple[bytes, OfWords | None]":
    """Where words stand on a page, from 1, that has no text: what Tesseract says of its picture, and the places.

    ``table`` is what it said before, or empty. None instead of places where it fails.
    """
    from wizard.evidence.redaction.search import located
    from wizard.evidence.words.ocr import read_page

    table = table or read_page(pdf, page, turn, "tsv", cancelled)
    return table, located(table, page, turn, words, cancelled=cancelled) if table else None


def whole_picture(original: bytes, width: int, progress: object, cancelled: Callable[[], bool]) -> "Uncropped":
    """A picture before anything is cut off, in the evidence child."""
    from wizard.evidence.pictures.cropping import uncropped

    return uncropped(original, width, cancelled=cancelled)


def end_batch() -> None:
    """Let no evidence child that read a file of this referral read one of another."""
    from wizard.evidence.confined import worker

    worker.end_batch()


def drawn(pdf: bytes, page: int, width: int, progress: object, cancelled: Callable[[], bool]) -> bytes:
    """A picture (PNG) of a page, from 1, in the evidence child."""
    from wizard.evidence.offer import render_page

    return render_page(pdf, page - 1, width, cancelled=cancelled)


def register(
    request: ask.ReadRegister,
    today: date,
    upn: str,
    name: str,
    progress: Callable[[float, str], None],
    cancelled: Callable[[], bool],
) -> ask.RegisterReading:
    """Read a register, or rows that were pasted, in the evidence child; ``upn`` and ``name`` say whose it should be."""
    from wizard.evidence.registers.register_answer import read_register

    file = PASTED_ROWS if request.path is None else request.path.name
    source = request.pasted.encode("utf-8", "replace") if request.path is None else request.path
    progress(0.1, f"Reading {file}")
    read = read_register(source, today, upn, name, request.chosen, cancelled=cancelled)
    progress(1.0, f"{file} is read")
    return ask.RegisterReading(
        file=file,
        sessions=tuple({"date": s.date.isoformat(), "session": s.session, "code": s.code} for s in read.sessions),
        not_understood=tuple(
            f"Row {one.row}: {one.reason}: {one.shown}".removesuffix(": ") for one in read.not_understood
        ),
        notices=read.notices,
        refused=read.why,
        totals=read.totals,
        pupils=read.pupils,
        request=request,
    )
