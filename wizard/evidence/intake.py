"""The operation ``prepare`` of the child process: a PDF, JPEG or PNG becomes a clean PDF, or is refused.

Each kind loads its own library only when it is met, as that takes most of the time.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any, Final

from wizard.errors import EvidenceRefused
from wizard.evidence.document import Outcome, PageFacts

_AGAIN: Final = "Ask for it to be sent again, or print it to a new PDF, and add that."


def prepare(data: bytes, kind: str) -> tuple[dict[str, Any], list[bytes]]:
    """Prepare a file of a known kind: ``pdf``, ``jpeg`` or ``png``; give the facts, the PDF and a thumbnail."""
    try:
        return _pdf(data) if kind == "pdf" else _photo(data, kind)
    except EvidenceRefused as refusal:
        return _facts(Outcome.REFUSED, (), (), str(refusal)), []


def _facts(outcome: Outcome, pages: tuple[PageFacts, ...], notices: tuple[str, ...], why: str = "") -> dict[str, Any]:
    return {"outcome": outcome, "pages": [asdict(page) for page in pages], "notices": list(notices), "why": why}


def _photo(data: bytes, kind: str) -> tuple[dict[str, Any], list[bytes]]:
    from wizard.evidence import photo

    made = photo.on_a_page(data, kind)
    outcome = Outcome.CLEANED if made.notices else Outcome.INCLUDED
    return _facts(outcome, (made.page,), made.notices), [made.pdf, made.thumbnail]


def _pdf(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    from wizard.evidence import clean, drawing

    try:
        made = clean.clean(data)
        texts, thumbnail = drawing.look(made.pdf)
    except (*clean.BROKEN, *drawing.BROKEN):
        return _pictures(data)
    if len(texts) < drawing.pages(data):
        return _pictures(data)
    if made.found["adobe form"] and "please wait" in texts[0].casefold():
        raise EvidenceRefused(
            "The PDF is a form that only Adobe's own program can show.",
            "Open it in Adobe Acrobat Reader, print it to a new PDF, and add that.",
        )
    pages = tuple(replace(page, text=bool(text)) for page, text in zip(made.pages, texts, strict=True))
    notices = tuple(_notices(made.found))
    return _facts(Outcome.CLEANED if notices else Outcome.INCLUDED, pages, notices), [made.pdf, thumbnail]


def _pictures(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Draw the pages, which pdfium can often do when the file's structure is beyond repair."""
    import pikepdf

    from wizard.evidence import drawing, sheet

    pdf = pikepdf.Pdf.new()
    pages = []
    try:
        for width, height, image in drawing.pictures(data):
            sheet.add_page(pdf, image, (width, height), (0, 0, width, height))
            pages.append(PageFacts(round(width, 3), round(height, 3), 0, text=False))
    except drawing.BROKEN:
        raise EvidenceRefused("The PDF is damaged and cannot be read.", _AGAIN) from None
    made = sheet.saved(pdf)
    notice = "The PDF is damaged, so its pages were taken as pictures. Check that every page is there and can be read."
    return _facts(Outcome.PICTURES, tuple(pages), (notice,)), [made, drawing.look(made)[1]]


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
