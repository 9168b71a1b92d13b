"""A phone's photo of a card on a table."""

import math
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter, ImageOps
from PIL.TiffImagePlugin import IFDRational

from wizard.sample_papers.ink import GREY, INK, PEN, Point, face, noise, seeded, write
from wizard.sample_papers.layout import Words

PHOTO: Final = (1200, 1600)  # as seen; stored lying on its side


def _table_top() -> Image.Image:
    """Oak boards, seen from above."""
    width, height = PHOTO
    grown = seeded(41)
    grain = Image.new("L", (width, height), 128)
    for across, weight in ((150, 0.62), (420, 0.5), (1200, 0.34)):  # broad growth rings, then finer fibres
        threads = Image.frombytes("L", (across, 9), grown.randbytes(across * 9)).resize(PHOTO, Image.Resampling.BICUBIC)
        grain = Image.blend(grain, threads, weight)
    wavy = grain.transform(PHOTO, Image.Transform.MESH, _waves(), Image.Resampling.BILINEAR)
    wood = ImageOps.colorize(ImageOps.autocontrast(wavy, 1), (98, 62, 36), (203, 158, 110), (160, 112, 70))
    draw = ImageDraw.Draw(wood)
    for left, right, tone in ((0, 386, 16), (386, 818, 0), (818, width, 10)):
        board = wood.crop((left, 0, right, height)).transform(
            (right - left, height), Image.Transform.AFFINE, (1, 0, 0, 0, 1, 0)
        )
        wood.paste(board.point([max(0, value - tone) for value in range(256)] * 3), (left, 0))
        draw.line((right, 0, right, height), fill=(52, 32, 20), width=4)
        draw.line((right + 4, 0, right + 4, height), fill=(196, 152, 108), width=1)
    return wood.filter(ImageFilter.GaussianBlur(0.8))


def _waves() -> list[tuple[tuple[int, int, int, int], tuple[float, ...]]]:
    """The bend of the grain, as a mesh of squares and where each is taken from."""

    def source(x: int, y: int) -> Point:
        bent = x + 26 * math.sin(y / 260 + x / 400) + 10 * math.sin(y / 95 + x / 130)
        return min(max(bent, 0), PHOTO[0] - 1), float(y)

    squares = [(x, y) for x in range(0, PHOTO[0], 40) for y in range(0, PHOTO[1], 40)]
    corners = ((0, 0), (0, 40), (40, 40), (40, 0))
    return [
        ((x, y, x + 40, y + 40), tuple(part for dx, dy in corners for part in source(x + dx, y + dy)))
        for x, y in squares
    ]


def _card(words: Words) -> Image.Image:
    """The card, flat, with somebody's pen on it."""
    colour = ImageColor.getrgb(words["colour"])
    card = Image.new("RGB", (1160, 740), (250, 248, 241))
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, 1160, 150), fill=colour)
    draw.text((56, 34), words["head"][0], font=face("Bold", 48), fill="white")
    draw.text((56, 94), words["head"][1], font=face("Regular", 30), fill=(208, 232, 232))
    draw.text((56, 186), words["title"], font=face("Bold", 44), fill=colour)
    for row, (label, entry) in enumerate(words["rows"]):
        at = 270 + 80 * row
        draw.text((56, at + 12), label, font=face("Regular", 30), fill=GREY)
        draw.line((200, at + 60, 1100, at + 60), fill=(186, 196, 198), width=2)
        draw.text((206, at + 2), entry, font=face("Italic", 44), fill=PEN)
        if row == words.get("circled"):
            _circle(card, at + 29, face("Italic", 44).getlength(entry))
    draw.text((56, 640), words["note"], font=face("Regular", 31), fill=INK)
    return card


def _circle(card: Image.Image, middle: int, width: float) -> None:
    """A ring of the pen round an entry, not quite closed."""
    ring = [
        (
            209.5 + width / 2 + (width / 2 + 32.5 + 3 * turn / 30) * math.cos(turn / 15 * 2),
            middle + 37 * math.sin(turn / 15 * 2) - turn / 8,
        )
        for turn in range(52)
    ]
    write(card, ring, 4.5, PEN)


def _onto(corners: Sequence[Point], size: tuple[int, int]) -> tuple[float, ...]:
    """Coefficients of the perspective that lays a flat picture over four corners (top left, then clockwise)."""
    width, height = size
    flat = ((0, 0), (width, 0), (width, height), (0, height))
    rows: list[list[float]] = []
    for (x, y), (to_x, to_y) in zip(corners, flat, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -to_x * x, -to_x * y, to_x])
        rows.append([0, 0, 0, x, y, 1, -to_y * x, -to_y * y, to_y])
    for column in range(8):  # Gauss and Jordan, with the largest pivot
        best = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[best] = rows[best], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(8):
            if row != column:
                rows[row] = [a - rows[row][column] * b for a, b in zip(rows[row], rows[column], strict=True)]
    return tuple(row[8] for row in rows)


def photo(words: Words) -> bytes:
    """A phone's photo of the card: askew, lit from a window, stored on its side, with the place it was taken.

    ``words`` has ``colour``, ``head``, ``title``, ``rows`` (up to four of label and entry), ``note`` and ``taken``;
    perhaps ``circled``, the number of the row that has a ring round it.
    """
    card, scene = _card(words), _table_top()
    corners = ((118, 500), (1068, 422), (1126, 1048), (92, 1090))
    flat = Image.new("L", card.size)
    ImageDraw.Draw(flat).rounded_rectangle((2, 2, card.width - 3, card.height - 3), 34, fill=255)
    bend = _onto(corners, card.size)
    laid = card.transform(PHOTO, Image.Transform.PERSPECTIVE, bend, Image.Resampling.BICUBIC)
    mask = flat.transform(PHOTO, Image.Transform.PERSPECTIVE, bend, Image.Resampling.BICUBIC)
    for far, blur, depth in ((26, 24, 0.5), (6, 5, 0.6)):  # the soft shadow, and the one where the card touches
        shadow = ImageChops.offset(mask, far, far).filter(ImageFilter.GaussianBlur(blur))
        scene.paste((24, 14, 8), mask=shadow.point([round(tone * depth) for tone in range(256)]))
    scene.paste(laid, mask=mask)
    scene = _lit(scene)
    stored = scene.transpose(Image.Transpose.ROTATE_90)
    out = BytesIO()
    stored.save(out, "JPEG", quality=80, exif=_exif(words["taken"]))
    return out.getvalue()


def _lit(scene: Image.Image) -> Image.Image:
    """Light from the upper left, the phone's own soft shadow below, and the sensor's noise."""
    light = Image.new("L", (12, 16))
    for place in range(12 * 16):
        y, x = divmod(place, 12)
        light.putpixel((x, y), round(255 - 5.2 * x - 4.2 * y - (26 if y > 12 and x > 5 else 0)))
    soft = light.resize(scene.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(40))
    cooler = soft.point([min(255, tone + 6) for tone in range(256)])
    scene = ImageChops.multiply(scene, Image.merge("RGB", (soft, soft, cooler)))
    grain = [noise(scene.size, seed).point([(tone - 128) // 9 + 20 for tone in range(256)]) for seed in (1, 2, 3)]
    return ImageChops.add(scene.filter(ImageFilter.GaussianBlur(0.6)), Image.merge("RGB", grain), 1, -20)


def _exif(taken: str) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6  # stored lying on its left side
    exif[0x010F], exif[0x0110], exif[0x0132] = "Invented", "Phone of nobody", taken
    north, east = (tuple(IFDRational(part) for part in parts) for parts in ((56, 12, 0), (2, 48, 0)))
    exif.get_ifd(0x8825).update({1: "N", 2: north, 3: "E", 4: east})  # a place in the middle of the North Sea
    return exif
