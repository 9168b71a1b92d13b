"""The reader of PDFs in the evidence child: cleaned page by page, or drawn as pictures where that fails."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from wizard.errors import EvidenceRefused
from wizard.evidence.document import Read
from wizard.evidence_fact import Treatment

_AGAIN: Final = "Ask for it to be sent again, or print it to a new PDF, and add that."


def read(data: bytes, kind: str, treatment: Treatment) -> Read:
    """Read a PDF.

    Raises:
        EvidenceRefused: it is locked, has no pages or too many, or cannot even be drawn.
    """
    from wizard.evidence import clean, drawing

    try:
        made = clean.clean(data)
        whole = drawing.loaded(made.pdf)
    except (*clean.BROKEN, *drawing.BROKEN):
        return _pictures(data)
    if whole < drawing.pages(data):
        return _pictures(data)
    if made.found["adobe form"] and "please wait" in drawing.text(made.pdf, 0).casefold():
        raise EvidenceRefused(
            "The PDF is a form that only Adobe's own program can show.",
            "Open it in Adobe Acrobat Reader, print it to a new PDF, and add that.",
        )
    return Read(made.pdf, tuple(_notices(made.found)), pages=made.pages)


def _pictures(data: bytes) -> Read:
    """Draw the pages, which pdfium can often do when the file's structure is beyond repair."""
    import pikepdf

    from wizard.evidence import drawing, sheet

    pdf = pikepdf.Pdf.new()
    try:
        for width, height, image in drawing.pictures(data):
            sheet.add_page(pdf, image, (width, height), (0, 0, width, height))
    except drawing.BROKEN:
        raise EvidenceRefused("The PDF is damaged and cannot be read.", _AGAIN) from None
    notice = "The PDF is damaged, so its pages were taken as pictures. Check that every page is there and can be read."
    return Read(sheet.saved(pdf), (notice,), pictures=True)


def _notices(found: Counter[str]) -> Iterator[str]:
    """What people should know of what was found, in the order of how much it matters."""
    if found["portfolio"]:
        yield "The PDF is a portfolio: only its cover is shown. Save the files in it and add them one by one."
    elif found["files"]:
        inside = _many(found["files"], "file inside the PDF", "files inside the PDF")
        yield f"{inside} left out. Add what matters on its own."
    if found["damage"]:
        yield "The PDF was damaged and has been mended. Check that every page is there and can be read."
    if found["signatures"]:
        yield "The PDF was signed digitally. Its signature does not hold in the pack's copy; the original is kept."
    if found["locked"]:
        yield "The PDF forbade printing, copying or changes. The pack's copy does not."
    yield from _removed(found)


_REMOVED: Final = (
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


def _many(number: int, one: str, many: str) -> str:
    return f"1 {one} was" if number == 1 else f"{number:,} {many} were"
