"""How far a photographed page is tilted, told from its lines of writing; in the child process."""

from statistics import median
from typing import Final

from PIL import Image, ImageChops, ImageFilter, ImageStat

STEEPEST: Final = 15
"""Degrees either way that are tried; the last is where the corners of a picture count, and is never the answer."""

_LARGE: Final = 600
_LINE: Final = 6  # dots that the light of the paper is told from, about two lines of small print
_CLEAR: Final = 8.0
"""How many times better than most the best angle must be: without lines it is 1 to 4 times, in letters over 20."""

_LEAST: Final = 0.4
_LOWEST: Final = 8 * _LINE
"""Dots that a page must have across and down: on a strip, chance looks like lines."""


def tilt(picture: Image.Image) -> float:
    """Degrees clockwise by which a picture is to be turned for its lines to lie level; 0 where that is not clear."""
    page = picture.convert("L")
    page.thumbnail((_LARGE, _LARGE), Image.Resampling.BOX)
    if min(page.size) < _LOWEST:
        return 0.0
    ink = ImageChops.difference(page, page.filter(ImageFilter.BoxBlur(_LINE))).point(lambda grey: min(255, 3 * grey))
    coarse = {float(angle): _contrast(ink, angle) for angle in range(-STEEPEST, STEEPEST + 1)}
    near = max(coarse, key=coarse.__getitem__)
    fine = {near + step / 5: _contrast(ink, near + step / 5) for step in range(-5, 6)}
    best = max(fine, key=fine.__getitem__)
    clear = fine[best] > _CLEAR * median(coarse.values()) and abs(near) < STEEPEST
    return round(best, 1) if clear and abs(best) >= _LEAST else 0.0


def _contrast(ink: Image.Image, angle: float) -> float:
    """How much rows of dots differ from the next when it is turned: most where lines of text lie along them."""
    turned = ink.rotate(-angle, Image.Resampling.BILINEAR)
    width, height = turned.size
    middle = turned.crop((width // 6, height // 6, width - width // 6, height - height // 6))
    rows = middle.resize((1, middle.height), Image.Resampling.BOX)
    steps = ImageChops.difference(rows.crop((0, 0, 1, rows.height - 1)), rows.crop((0, 1, 1, rows.height)))
    return float(ImageStat.Stat(steps).sum2[0]) if rows.height > 1 else 0.0
