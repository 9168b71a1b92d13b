"""A page drawn for a machine to read, in the child process: in greys, as if a photo had been taken in even light."""

import io
from typing import Final

from PIL import Image, ImageChops, ImageFilter

from wizard.evidence.pdf import drawing

_SMALLER: Final = 16
"""Times that a page is made smaller to see where it is light and where it is in the shade."""

_LETTER: Final = 5
"""Dots of that small page, each way, within which some paper shows between letters."""


def draw(data: bytes, page: int, width: int, turn: int = 0) -> tuple[None, list[bytes]]:
    """The operation of the child process: as `drawing.draw`, evened out."""
    drawn = drawing.bitmap_of(drawing.page_of(data, page, turn), width, 3 * drawing.WIDEST)
    picture = drawn.to_pil().convert("L")
    even(picture).save(out := io.BytesIO(), "PNG", compress_level=1)
    return None, [out.getvalue()]


def even(picture: Image.Image) -> Image.Image:
    """A grey picture whose paper is white all over: what is darker than the paper around it stays so much darker."""
    paper = picture.reduce(_SMALLER).filter(ImageFilter.MaxFilter(_LETTER)).filter(ImageFilter.GaussianBlur(2))
    return ImageChops.invert(ImageChops.subtract(paper.resize(picture.size, Image.Resampling.BILINEAR), picture))
