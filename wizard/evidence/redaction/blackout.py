"""Blacking out, in the child process: a page on which anything is blacked out becomes a picture of what is left.

Afterwards the words are looked for again everywhere in the copy, in another way; if one is left, there is no copy.
"""

import io
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import pypdfium2 as pdfium
from pikepdf import Array, Name, Pdf
from PIL import Image, ImageDraw

from wizard.errors import EvidenceRefused
from wizard.evidence.document import Read
from wizard.evidence.pdf import drawing, sheet
from wizard.evidence.pdf.clean import BROKEN
from wizard.evidence.redaction.finding import Box, Found, on_page
from wizard.evidence.redaction.remains import Remains
from wizard.evidence_fact import Area, Treatment
from wizard.sought_words import holds, too_short

DPI: Final = 200
LARGEST: Final = 4000
"""Pixels along the longer side of a page."""

MOST: Final = 100
"""Pages of a document that may become pictures; more would take longer than a file may."""

_FEW_COLOURS: Final = 4096
_KEPT: Final = frozenset(("/Type", "/Pages", "/OCProperties"))
_TURNS: Final = {
    90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270,
}  # fmt: skip


def redacted(read: Read, treatment: Treatment) -> Read:
    """Black out what a treatment wants.

    Raises:
        EvidenceRefused: it cannot be done, or not be proved.
    """
    if not read.pdf:
        raise EvidenceRefused(
            "Nothing can be blacked out in this file, as its pages cannot be shown.",
            "Print it to a PDF, and add that instead.",
        )
    if any(map(too_short, treatment.words)):
        raise EvidenceRefused(
            "A word to be blacked out is too short: it would be found in many places.", "Mark its places with boxes."
        )
    try:
        made, notices = _blacked_out(read.pdf, treatment)
    except (*BROKEN, *drawing.BROKEN):
        raise EvidenceRefused(
            "The document is made in a way in which nothing can be blacked out.",
            "Print it to a new PDF, and add that instead.",
        ) from None
    if read.with_original:
        notices = (*notices, "The original does not go with it, as it shows what was blacked out.")
    return replace(read, pdf=made, notices=(*read.notices, *notices), with_original=False)


def _blacked_out(data: bytes, treatment: Treatment) -> tuple[bytes, tuple[str, ...]]:
    """The copy, and what people should know of it."""
    words = treatment.words
    document = pdfium.PdfDocument(data)
    boxes = _drawn(treatment.areas, len(document))
    found = [on_page(page, words) for page in document] if words else []
    with Pdf.open(io.BytesIO(data)) as pdf:
        touched = _touched(pdf, boxes, found, words)
        for number in touched:
            black = [*boxes.get(number, ()), *(box for _, lines in _on(found, number) for box in lines)]
            _become_picture(pdf, number, _picture(document[number - 1], black))
        made = _alone(pdf)
    _prove(made, words, touched)
    return made, tuple(_told(touched, boxes, found, len(words)))


def left(data: bytes, words: Sequence[str]) -> Iterator[str]:
    """Where in a PDF the words still stand."""
    document = pdfium.PdfDocument(data)
    with Pdf.open(io.BytesIO(data)) as pdf:
        remains = Remains(words)
        for number, (shown, page) in enumerate(zip(document, pdf.pages, strict=True), 1):
            if holds(words, shown.get_textpage().get_text_range()) or any(remains.of_page(page.obj)):
                yield f"on page {number}"
        rest = [value for key, value in pdf.Root.items() if key != "/Pages"]
        if remains.of_rest([*rest, *pdf.docinfo.values()]):
            yield "in what the document says of itself"


def _drawn(areas: Sequence[Area], pages: int) -> dict[int, list[Box]]:
    """The boxes of each page, from 1, cut off at its edges.

    Raises:
        EvidenceRefused: one lies on no page.
    """
    boxes: dict[int, list[Box]] = defaultdict(list)
    for area in areas:
        left, top, right, bottom = (min(max(side, 0.0), 1.0) for side in area.box)
        if not 1 <= area.page <= pages or right <= left or bottom <= top:
            raise EvidenceRefused("A box to be blacked out lies on no page of the document.", "Draw it again.")
        boxes[area.page].append((left, top, right, bottom))
    return boxes


def _on(found: Sequence[Found], number: int) -> tuple[tuple[int, tuple[Box, ...]], ...]:
    return found[number - 1].places if found else ()


def _touched(pdf: Pdf, boxes: dict[int, list[Box]], found: Sequence[Found], words: Sequence[str]) -> list[int]:
    """The pages, from 1, that become pictures: those with boxes or words, and those in which a word hides.

    Raises:
        EvidenceRefused: a word is drawn on a page, but nobody can tell where; or there are too many pages.
    """
    touched = []
    remains = Remains(words)
    for number, page in enumerate(pdf.pages, 1):
        if number in boxes or _on(found, number):
            touched.append(number)
            continue
        drawn, hidden = remains.of_page(page.obj) if words else (False, False)
        if drawn:
            raise EvidenceRefused(
                f"Page {number} has a word on it that is to be blacked out, but its place cannot be told.",
                "Draw a box over it on that page; if it cannot be seen there, a box anywhere on the page will do.",
            )
        if hidden:
            touched.append(number)
    if len(touched) > MOST:
        raise EvidenceRefused(
            f"There is something to black out on {len(touched)} pages; {MOST} is the most.",
            "Print the pages that matter to a new PDF, and add that instead.",
        )
    return touched


def _picture(page: pdfium.PdfPage, black: Sequence[Box]) -> Image.Image:
    """A page as it is seen, upright, with black boxes."""
    scale = min(DPI / 72, LARGEST / max(page.get_size()))
    image = page.render(scale=scale).to_pil().convert("RGB")
    pen = ImageDraw.Draw(image)
    for left, top, right, bottom in black:
        corner = math.floor(left * image.width), math.floor(top * image.height)
        pen.rectangle((*corner, math.ceil(right * image.width), math.ceil(bottom * image.height)), fill="black")
    return _grey(image)


def _grey(image: Image.Image) -> Image.Image:
    """The picture without colours, where it has none."""
    colours = image.getcolors(_FEW_COLOURS) or ()
    plain = bool(colours) and all(len(set(colour)) == 1 for _, colour in colours if isinstance(colour, tuple))
    return image.convert("L") if plain else image


def _become_picture(pdf: Pdf, number: int, image: Image.Image) -> None:
    """Put a picture in the place of a page, of the same size and turn."""
    before = pdf.pages[number - 1]
    left, bottom, right, top = map(float, before.cropbox)
    turn = int(before.obj.get(Name.Rotate, 0)) % 360
    lying = image.transpose(_TURNS[turn]) if turn else image
    size = right - left, top - bottom
    sheet.add_page(pdf, lying, size, (0, 0, *size), keep=image.getcolors(_FEW_COLOURS) is not None)
    after = pdf.pages[-1]
    after.obj.Rotate = turn
    after.obj.CropBox = Array((0, 0, *size))
    if Name.UserUnit in before.obj:
        after.obj.UserUnit = before.obj.UserUnit
    pdf.pages[number - 1] = after
    del pdf.pages[-1]


def _alone(pdf: Pdf) -> bytes:
    """The document with nothing but its pages."""
    for key in set(pdf.Root.keys()) - _KEPT:
        del pdf.Root[key]
    del pdf.docinfo
    pdf.remove_unreferenced_resources()
    return sheet.saved(pdf)


def _prove(made: bytes, words: Sequence[str], touched: Sequence[int]) -> None:
    """See that no word is left anywhere, and that pages with something blacked out hold one picture and nothing else.

    Raises:
        EvidenceRefused: something is left; it says where.
    """
    document = pdfium.PdfDocument(made)
    with Pdf.open(io.BytesIO(made)) as pdf:
        places = [f"on page {number}" for number in touched if not _only_picture(pdf, document, number)]
    if places := [*places, *(left(made, words) if words else ())]:
        raise EvidenceRefused(
            f"Something that is to be blacked out is still there, {' and '.join(dict.fromkeys(places))}.",
            "Print the document to a new PDF, and add that instead.",
        )


def _only_picture(pdf: Pdf, document: pdfium.PdfDocument, number: int) -> bool:
    page = pdf.pages[number - 1].obj
    resources = page.Resources
    only = set(resources.keys()) == {"/XObject"} and [one.Subtype for one in resources.XObject.values()] == [Name.Image]
    return only and document[number - 1].get_textpage().count_chars() == 0 and Name.Annots not in page


def _told(touched: Sequence[int], boxes: dict[int, list[Box]], found: Sequence[Found], words: int) -> Iterator[str]:
    """What people should know of it, the council's too; the words themselves are not said."""
    places = sum(len(some) for some in boxes.values()) + sum(len(one.places) for one in found)
    if places:
        where = _pages(touched)
        now = "That page is a picture now." if len(touched) == 1 else "Those pages are pictures now."
        yield f"The school blacked out {'1 place' if places == 1 else f'{places} places'} on {where}. {now}"
    elif touched:
        yield f"{_pages(touched).capitalize()} became a picture, so that hidden words are gone."
    missing = words - len(frozenset[int]().union(*(one.words for one in found)))
    if missing and any(one.searched for one in found):
        was = "was" if missing == 1 else "were"
        yield f"{missing} of the {words} words to be blacked out {was} not found in its text."
    silent = [number for number, one in enumerate(found, 1) if not one.searched]
    if marked := [number for number in silent if number in boxes]:
        them = "it" if len(marked) == 1 else "them"
        yield f"The text on {_pages(marked)} cannot be read, so only what was marked on {them} is blacked out."
    if silent := [number for number in silent if number not in boxes]:
        yield f"Words could not be looked for on {_pages(silent)}, whose text cannot be read."


def _pages(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    shown = [*map(str, numbers[:12]), *(["others"] if len(numbers) > 12 else [])]
    return f"pages {', '.join(shown[:-1])} and {shown[-1]}"
