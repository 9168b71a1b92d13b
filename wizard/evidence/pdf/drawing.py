"""Pages drawn with pdfium, in the child process: previews, thumbnails, and pages that only pdfium can still read."""

import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

import pypdfium2 as pdfium

from wizard.evidence.document import LONGEST, PageFacts
from wizard.evidence.pdf.shades import shade

WIDEST: Final = 4000
THUMBNAIL: Final = 200
PICTURE_DPI: Final = 150
LARGEST_PICTURE: Final = 2400
"""Pixels along the longer side of a page that is kept as a picture."""

LOOKING: Final = 15
"""Seconds of processor time after which no further page is drawn to see whether it is blank."""

MOST_PICTURES: Final = 150
_EDGE: Final = 0.04
"""Part of a page at each side where scanners leave shadows."""

_QUICK: Final = 1  # a thumbnail is looked at once: bytes matter less than time
_THREE_BYTES: Final = pdfium.raw.FPDFBitmap_BGR
BROKEN: Final = (pdfium.PdfiumError, ValueError, OverflowError)


def draw(data: bytes, page: int, width: int, turn: int = 0) -> tuple[None, list[bytes]]:
    """The operation of the child process: one page, counted from 0, as a PNG of that width in pixels.

    It is turned clockwise first, by 0, 90, 180 or 270 degrees.
    """
    return None, [page_png(page_of(data, page, turn), width)]


def page_of(data: bytes, page: int, turn: int) -> pdfium.PdfPage:
    """A page, counted from 0, turned clockwise by 0, 90, 180 or 270 degrees."""
    found = pdfium.PdfDocument(data)[page]
    found.set_rotation((found.get_rotation() + turn) % 360)
    return found


def page_png(page: pdfium.PdfPage, width: int, highest: int = 3 * WIDEST) -> bytes:
    """A page as PNG on white, ``width`` pixels wide but never higher than ``highest``."""
    return _png(bitmap_of(page, width, highest))


def bitmap_of(page: pdfium.PdfPage, width: int, highest: int) -> pdfium.PdfBitmap:
    """A page drawn on white; a byte each of red, green and blue for each dot."""
    across, down = page.get_size()
    scale = min(min(width, WIDEST) / across, highest / down) * (1 - 1e-9)  # pdfium rounds up, past a whole number too
    return page.render(scale=scale, rev_byteorder=True, force_bitmap_format=_THREE_BYTES)


def _png(bitmap: pdfium.PdfBitmap) -> bytes:
    """Encode three bytes a pixel as PNG; Pillow would take longer to import than this takes to run."""
    width, height, stride, pixels = bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer)
    rows = b"".join([b"\0" + pixels[start : start + 3 * width] for start in range(0, stride * height, stride)])
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, _QUICK)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big") for name, body in chunks
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as pdfium sees it, with its text."""

    facts: PageFacts
    text: str


@lru_cache(maxsize=1)
def look(data: bytes) -> tuple[tuple[Seen, ...], bytes]:
    """Every page of a document, and a thumbnail of the first.

    Pages without text are drawn, too, to see whether they are blank, for as long as `LOOKING` lets them. What was seen
    last is remembered: the reader of PDFs looks, and so does whoever tells what the reader made.

    Raises:
        One of `BROKEN`: it cannot be read.
    """
    document = pdfium.PdfDocument(data)
    first = bitmap_of(document[0], THUMBNAIL, 2 * THUMBNAIL)
    until = time.process_time() + LOOKING
    seen = tuple(_seen(page, None if number else first, until) for number, page in enumerate(document))
    return seen, _png(first)


def _seen(page: pdfium.PdfPage, drawn: pdfium.PdfBitmap | None, until: float) -> Seen:
    width, height = (round(side, 3) for side in page.get_size())
    turn = page.get_rotation()
    text = page.get_textpage().get_text_bounded().strip()
    facts = PageFacts(*((height, width) if turn % 180 else (width, height)), turn, text=bool(text))
    if text or (drawn is None and time.process_time() > until):
        return Seen(facts, text)
    small = drawn or bitmap_of(page, THUMBNAIL, 2 * THUMBNAIL)
    return Seen(replace(facts, shade=shade(_greys(small))), text)


def _greys(bitmap: pdfium.PdfBitmap) -> Counter[int]:
    """How often each grey, near enough its green, is there within the edges."""
    left, top = int(bitmap.width * _EDGE), int(bitmap.height * _EDGE)
    pixels, stride = bytes(bitmap.buffer), bitmap.stride
    rows = (pixels[row * stride : row * stride + 3 * bitmap.width] for row in range(top, bitmap.height - top))
    return Counter(b"".join([row[3 * left + 1 : 3 * (bitmap.width - left) : 3] for row in rows]))


def pages(data: bytes, password: str = "") -> int:
    """How many pages pdfium finds; 0 when it cannot open the document."""
    try:
        return len(_opened(data, password))
    except BROKEN:
        return 0


def with_form_drawn(data: bytes) -> bytes:
    """Draw form fields and comments into the pages, so that text typed into a form stays when the form goes."""
    document = pdfium.PdfDocument(data)
    document.init_forms()
    for page in document:
        page.flatten()
    return _saved(document)


def _saved(document: pdfium.PdfDocument) -> bytes:
    chunks = _Chunks()
    document.save(chunks)
    return b"".join(chunks)


class _Chunks(list[bytes]):
    def write(self, chunk: bytes) -> int:
        self.append(bytes(chunk))
        return len(chunk)


def locked(data: bytes, password: str) -> bool:
    """Whether pdfium wants a password, or another one."""
    try:
        _opened(data, password)
    except pdfium.PdfiumError as error:
        return bool(error.err_code == pdfium.raw.FPDF_ERR_PASSWORD)
    return False


def _opened(data: bytes, password: str) -> pdfium.PdfDocument:
    return pdfium.PdfDocument(data, password=password.encode("utf-8", "replace").decode().partition("\0")[0] or None)


def pictures(data: bytes, password: str = "", numbers: Sequence[int] = ()) -> Iterator[tuple[float, float, Any]]:
    """Pages, by their numbers from 1, or all, as upright Pillow images, each with its size in points.

    Raises:
        pypdfium2.PdfiumError: pdfium cannot read it either.
    """
    document = _opened(data, password)
    if not 0 < len(numbers or document) <= min(MOST_PICTURES, LONGEST):
        raise ValueError("nothing to draw, or too much")
    document.init_forms()
    for page in (document[number - 1] for number in numbers) if numbers else document:
        width, height = page.get_size()
        scale = min(PICTURE_DPI / 72, LARGEST_PICTURE / max(width, height))
        yield width, height, page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
