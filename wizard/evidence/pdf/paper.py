"""The reader of PDFs in the evidence child: cleaned page by page, or drawn as pictures where that fails."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from wizard.errors import EvidenceRefused
from wizard.evidence.detection import holds_program
from wizard.evidence.document import Part, Read
from wizard.evidence_fact import FOR_SCHOOL, Treatment

if TYPE_CHECKING:
    from wizard.evidence.pdf import clean

_ADOBE_FORM: Final = (
    "The PDF is a form that only Adobe's own program can show, so its pages are not shown here. To have them shown, "
    "open it in Adobe Acrobat Reader, print it to a new PDF, and add that instead."
)
_NOTHING: Final = "The PDF is damaged, and nothing on its pages can be read."
_EVERY_PAGE: Final = f"{FOR_SCHOOL}Check that every page is there and can be read."
_ONE_BY_ONE: Final = f"{FOR_SCHOOL}Save the files in it and add them one by one."
_PRINT: Final = f"{FOR_SCHOOL}Open it in the program that made it, print it to a new PDF, and add that."
_PROGRAM: Final = "There is a program inside the signed original, so it is not sent."
_AGAIN: Final = "Ask for it to be sent again, or print it to a new PDF, and add that."


def read(data: bytes, kind: str, treatment: Treatment) -> Read:
    """Read a PDF.

    Raises:
        Locked: it needs a password, or another one.
        EvidenceRefused: it has no pages or too many, or cannot even be drawn.
    """
    from wizard.evidence.pdf import clean, drawing

    try:
        made = clean.clean(data, treatment.password)
        seen, _ = drawing.look(made.pdf)
    except (*clean.BROKEN, *drawing.BROKEN):
        return _pictures(data, treatment.password)
    if len(seen) < drawing.pages(data, treatment.password):
        return _pictures(data, treatment.password)
    if len(made.damaged.lost) == len(made.pages):
        raise EvidenceRefused(_NOTHING, _AGAIN)
    if made.found["adobe form"] and "please wait" in seen[0].text.casefold():
        return Read(b"", (_ADOBE_FORM,), parts=made.parts)
    return Read(
        made.pdf,
        tuple(_notices(made)),
        pictures=bool(made.damaged.wholly or made.damaged.lost),
        with_original=bool(made.found["signatures"]) and not _holds_program(made.parts),
        parts=made.parts,
        pages=made.pages,
    )


def _holds_program(parts: Iterable[Part]) -> bool:
    return any(holds_program(part.data) for part in parts)


def _pictures(data: bytes, password: str) -> Read:
    """Draw the pages, which pdfium can often do when the file's structure is beyond repair."""
    import pikepdf

    from wizard.evidence.pdf import clean, damage, drawing, sheet

    if drawing.locked(data, password):
        raise clean.locked(password)
    pdf = pikepdf.Pdf.new()
    empty = True
    try:
        for width, height, image in drawing.pictures(data, password):
            empty = empty and damage.is_white(image)
            sheet.add_page(pdf, image, (width, height), (0, 0, width, height))
    except drawing.BROKEN:
        raise EvidenceRefused("The PDF is damaged and cannot be read.", _AGAIN) from None
    if empty:
        raise EvidenceRefused(_NOTHING, _AGAIN)
    notice = f"The PDF is damaged, so its pages were taken as pictures.{_EVERY_PAGE}"
    return Read(sheet.saved(pdf), (notice,), pictures=True)


def _notices(made: "clean.Cleaned") -> Iterator[str]:
    """What people should know of what was found, in the order of how much it matters."""
    yield from _damaged(made)
    yield from _to_check(made.found)
    if made.found["signatures"]:
        signed = "The PDF was signed digitally, which does not hold in the pack's copy."
        kept = "The signed original is kept."
        yield f"{signed} {_PROGRAM if _holds_program(made.parts) else kept}"
    if made.found["opened"]:
        yield "The PDF was opened with its password. The pack's copy has none."
    elif made.found["locked"]:
        yield "The PDF forbade printing, copying or changes. The pack's copy does not."
    yield from _removed(made.found)


def _to_check(found: Counter[str]) -> Iterator[str]:
    if found["redactions"]:
        places = _many(found["redactions"], "place", "places")
        never = "marked to be blacked out but never blacked out: what stands there can still be read."
        yield f"{FOR_SCHOOL}{places} {never}"
    if found["unshown"]:
        marks = _many(found["unshown"], "mark or remark on its pages", "marks or remarks on its pages")
        yield f"{marks} not shown.{_PRINT}"
    if found["portfolio"]:
        yield f"The PDF is a portfolio: only its cover is shown.{_ONE_BY_ONE}"
    elif found["files"]:
        inside = _many(found["files"], "file inside the PDF", "files inside the PDF")
        yield f"{inside} left out.{FOR_SCHOOL}Add what matters on its own."


_REMOVED: Final = (
    ("layers", "hidden layer", "hidden layers"),
    ("comments", "comment that opens on a click", "comments that open on a click"),
    ("scripts", "script", "scripts"),
    ("outside", "command that reaches other files or the internet", "commands that reach other files or the internet"),
    ("links", "web link", "web links"),
    ("media", "film or sound", "films or sounds"),
    (
        "details",
        "set of details hidden in a picture, such as place and camera,",
        "sets of details hidden in pictures, such as place and camera,",
    ),
    ("private", "private note of the program that made it", "private notes of the program that made it"),
)


def _removed(found: Counter[str]) -> Iterator[str]:
    for key, one, many in _REMOVED:
        if found[key]:
            yield f"{_many(found[key], one, many)} left out of the pack's copy."


def _damaged(made: "clean.Cleaned") -> Iterator[str]:
    if made.damaged.wholly:
        which, one = _pages(made.damaged.wholly)
        became = "is damaged, so it was taken as a picture" if one else "are damaged, so they were taken as pictures"
        yield f"{which} {became}."
    if made.damaged.lost:
        which, one = _pages(made.damaged.lost)
        yield f"{which} {'is' if one else 'are'} so damaged that nothing of {'it' if one else 'them'} can be read."
    if made.damaged.partly:
        which, one = _pages(made.damaged.partly)
        yield f"{which} {'is' if one else 'are'} damaged: what could be read is there, and something may be missing."
    if made.found["damage"]:
        yield f"The PDF was damaged and has been mended.{_EVERY_PAGE}"


def _pages(numbers: Sequence[int]) -> tuple[str, bool]:
    """Page numbers in words, and whether it is one."""
    listed = ", ".join(map(str, numbers[:20])) + (" and others" if len(numbers) > 20 else "")
    return ("Page " if len(numbers) == 1 else "Pages ") + listed, len(numbers) == 1


def _many(number: int, one: str, many: str) -> str:
    return f"1 {one} was" if number == 1 else f"{number:,} {many} were"
