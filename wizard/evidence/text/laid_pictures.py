"""Pictures within documents, made ready for their place on a page; in the child process."""

import io
import struct
from typing import Final

from PIL import Image

from wizard.evidence.text.blocks import Picture

MOST_PIXELS: Final = 60_000_000
DPI: Final = 170
_SMALLEST: Final = 3
_FORMATS: Final = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_EXACT_UP_TO: Final = 600_000
_BROKEN: Final = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, struct.error,
    OverflowError, ZeroDivisionError, RuntimeError,
)  # fmt: skip


class Unshown(Exception):
    """The picture is broken, far too large, or of a kind that is drawn by Windows alone."""


def placed(picture: Picture, widest: float, highest: float) -> tuple[io.BytesIO, float, float] | None:
    """The picture encoded anew without hidden details, and its width and height on the page in points.

    None for one of a few dots, which nobody was meant to see.

    Raises:
        Unshown: it cannot be shown.
    """
    Image.MAX_IMAGE_PIXELS = None  # judged below, before anything is unpacked
    try:
        image = Image.open(io.BytesIO(picture.data), formats=_FORMATS)
        if image.width * image.height > MOST_PIXELS:
            raise Unshown
        if is_trace(image.width, image.height):
            return None
        exact = image.format in ("PNG", "GIF", "BMP")
        shown = _plain(image)
    except _BROKEN:
        raise Unshown from None
    width = picture.width or shown.width * 0.75
    scale = min(1.0, widest / width, highest * shown.width / (width * shown.height))
    width = max(width * scale, 1.0)
    height = max(width * shown.height / shown.width, 1.0)
    dots = (max(round(width / 72 * DPI), 1), max(round(height / 72 * DPI), 1))
    if dots[0] < shown.width:
        shown = shown.resize(dots, Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    if exact and shown.width * shown.height <= _EXACT_UP_TO:
        shown.save(buffer, "PNG")
    else:
        shown.save(buffer, "JPEG", quality=85)
    buffer.seek(0)
    return buffer, width, height


def is_trace(width: int, height: int) -> bool:
    """Whether a picture is too small to be one: such pictures tell a sender that a message was opened."""
    return width < _SMALLEST or height < _SMALLEST


def _plain(image: Image.Image) -> Image.Image:
    """In grey or RGB, on white, without anything hidden in it."""
    image.load()
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    made = image.convert("L" if image.mode in ("1", "L", "LA") else "RGB")
    made.info.clear()
    return made
