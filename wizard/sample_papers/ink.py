"""Ink, grain and typefaces of the pictures among a made-up pupil's papers, and signatures.

They are drawn, not photographed, and the same to the byte on every run: grain, noise and pen come from seeded
generators.
"""

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from random import Random
from typing import Final

from PIL import Image, ImageDraw, ImageFilter, ImageFont

Point = tuple[float, float]

INK: Final = (28, 36, 46)
GREY: Final = (96, 108, 120)
PEN: Final = (30, 52, 128)


@cache
def face(style: str, size: int) -> ImageFont.FreeTypeFont:
    """A typeface of the program at a size in dots: ``Regular``, ``Bold``, ``Italic``, or ``Noto``."""
    package, name = "fontpkg_atkinson_hyperlegible", f"AtkinsonHyperlegible-{style}.ttf"
    if style == "Noto":
        package, name = "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"
    data = files(package).joinpath("files", name).read_bytes()
    return ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


def seeded(seed: int) -> Random:
    """A generator that draws the same on every run."""
    return Random(seed)  # noqa: S311 - the grain of a drawing, the same on every run


def pen_signature(seed: int, loops: int) -> tuple[Point, ...]:
    """A signature as the path of a pen, one unit wide, upwards positive: a capital, then loops, then a flourish."""
    hand = seeded(seed)
    heights = [hand.choice((0.07, 0.09, 0.1, 0.24)) for _ in range(loops)] + [0.02]
    slant, tall, lean = hand.uniform(-0.15, 0.45), hand.uniform(0.7, 1.1), hand.uniform(-0.12, 0.2)
    path = [
        _bezier(((0.02, 0.05), (0.05 - lean, 0.62), (0.2 + lean, 0.46), (0.1, -0.1)), step / 30) for step in range(31)
    ]
    path += [_bezier(((0.1, -0.1), (0.02, -0.22), (0.03, 0.2), (0.2, 0.04)), step / 20) for step in range(1, 21)]
    for step in range(loops * 24):
        loop, turn = divmod(step, 24)
        part = turn / 24
        height = heights[loop] * (1 - part) + heights[loop + 1] * part
        angle = 2 * math.pi * part - math.pi / 2
        rise = height * (1 + math.sin(angle))
        path.append((0.2 + 0.6 * step / (loops * 24) + 0.3 * rise + 0.025 * math.cos(angle), 0.04 + rise))
    tail = (path[-1], (0.95, -0.02), (1.05, 0.14), (0.86, -0.1))
    path += [_bezier(tail, step / 25) for step in range(1, 26)]
    back = (path[-1], (0.7, -0.2), (0.4, -0.16), (0.3 + hand.random() * 0.1, -0.13))
    path += [_bezier(back, step / 25) for step in range(1, 26)]
    return tuple((x + slant * y, tall * y) for x, y in path)


def _bezier(four: Sequence[Point], part: float) -> Point:
    left = 1 - part
    weights = (left**3, 3 * left * left * part, 3 * left * part * part, part**3)
    x, y = (sum(weight * point[axis] for weight, point in zip(weights, four, strict=True)) for axis in (0, 1))
    return x, y


def signature(seed: int, loops: int) -> bytes:
    """A signature in ink on nothing, as it is drawn on a screen: a PNG."""
    page = Image.new("RGBA", (900, 360), (20, 30, 90, 0))
    write(page, [(60 + 640 * x, 230 - 340 * y) for x, y in pen_signature(seed, loops)], 7, (20, 30, 90, 255))
    out = BytesIO()
    page.resize((450, 180), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def write(picture: Image.Image, path: Sequence[Point], width: float, ink: tuple[int, ...] | int) -> None:
    """Draw a pen's path, thicker where it goes down."""
    draw = ImageDraw.Draw(picture)
    for (x, y), (to_x, to_y) in pairwise(path):
        steps = max(1, round(math.hypot(to_x - x, to_y - y)))
        radius = width * (0.72 if to_y <= y else 1) / 2
        for step in range(steps):
            at_x, at_y = x + (to_x - x) * step / steps, y + (to_y - y) * step / steps
            draw.ellipse((at_x - radius, at_y - radius, at_x + radius, at_y + radius), fill=ink)


def noise(size: tuple[int, int], seed: int) -> Image.Image:
    """Grey noise around 128, soft in its steps."""
    width, height = size
    raw = Image.frombytes("L", size, seeded(seed).randbytes(width * height))
    return raw.filter(ImageFilter.GaussianBlur(0.7))


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """A paragraph's lines, none wider than ``width`` dots unless a word is."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
