"""Pictures among a made-up pupil's evidence: a phone photo of a card, a scanned letter, a screenshot.

They are drawn, not photographed, and the same to the byte on every run: the grain of the table, the noise and the pen
come from seeded generators. Everybody in them is invented.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from random import Random
from typing import Any, Final

import pikepdf
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps
from PIL.TiffImagePlugin import IFDRational

Point = tuple[float, float]
Rgb = tuple[int, int, int]

A4_AT_150: Final = (1240, 1754)
PHOTO: Final = (1200, 1600)  # as seen; stored lying on its side
PHONE: Final = (720, 1280)
_INK: Final = (28, 36, 46)
_TEAL: Final = (15, 98, 106)
_GREY: Final = (96, 108, 120)
_PEN: Final = (30, 52, 128)


@cache
def face(style: str, size: int) -> ImageFont.FreeTypeFont:
    """A typeface of the program at a size in dots: ``Regular``, ``Bold``, ``Italic``, or ``Noto``."""
    package, name = "fontpkg_atkinson_hyperlegible", f"AtkinsonHyperlegible-{style}.ttf"
    if style == "Noto":
        package, name = "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"
    data = files(package).joinpath("files", name).read_bytes()
    return ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


def _seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the grain of a drawing, the same on every run


def pen_signature(seed: int, loops: int) -> tuple[Point, ...]:
    """A signature as the path of a pen, one unit wide, upwards positive: a capital, then loops, then a flourish."""
    hand = _seeded(seed)
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
    _write(page, [(60 + 640 * x, 230 - 340 * y) for x, y in pen_signature(seed, loops)], 7, (20, 30, 90, 255))
    out = BytesIO()
    page.resize((450, 180), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _write(picture: Image.Image, path: Sequence[Point], width: float, ink: tuple[int, ...] | int) -> None:
    """Draw a pen's path, thicker where it goes down."""
    draw = ImageDraw.Draw(picture)
    for (x, y), (to_x, to_y) in pairwise(path):
        steps = max(1, round(math.hypot(to_x - x, to_y - y)))
        radius = width * (0.72 if to_y <= y else 1) / 2
        for step in range(steps):
            at_x, at_y = x + (to_x - x) * step / steps, y + (to_y - y) * step / steps
            draw.ellipse((at_x - radius, at_y - radius, at_x + radius, at_y + radius), fill=ink)


def _noise(size: tuple[int, int], seed: int) -> Image.Image:
    """Grey noise around 128, soft in its steps."""
    width, height = size
    raw = Image.frombytes("L", size, _seeded(seed).randbytes(width * height))
    return raw.filter(ImageFilter.GaussianBlur(0.7))


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def parents_letter(words: Mapping[str, Any]) -> bytes:
    """The parents' letter as the office scanner left it: one grey picture at 150 dpi, a little askew, no text."""
    page = Image.new("L", A4_AT_150, 246)
    draw, body = ImageDraw.Draw(page), face("Noto", 23)
    for row, line in enumerate((*words["address"], "", words["date"])):
        draw.text((880, 130 + 33 * row), line, font=body, fill=44)
    at = 360
    for paragraph in words["text"]:
        for line in _wrapped(paragraph, body, 940):
            draw.text((150, at), line, font=body, fill=44)
            at += 34
        at += 16
    for place, name in enumerate(words["signed"]):
        left = 160 + 480 * place
        path = [(left + 330 * x, at + 84 - 190 * y) for x, y in pen_signature(11 + 18 * place, 5 + 3 * place)]
        _write(page, path, 3.4, 60)
        draw.text((left - 8, at + 128), name, font=body, fill=44)
    return _scanned(page)


def _scanned(page: Image.Image) -> bytes:
    page = page.rotate(0.6, Image.Resampling.BICUBIC, fillcolor=238).filter(ImageFilter.GaussianBlur(0.55))
    dust, draw = _seeded(7), ImageDraw.Draw(page)
    for _ in range(130):
        x, y, size = dust.uniform(0, page.width), dust.uniform(0, page.height), dust.uniform(0.3, 1.5)
        draw.ellipse((x - size, y - size, x + size, y + size), fill=dust.randint(120, 215))
    edge = Image.linear_gradient("L").rotate(90).resize(page.size).point([max(0, 70 - 5 * tone) for tone in range(256)])
    page = ImageChops.subtract(page, edge)
    page = ImageChops.add(page, _noise(page.size, 3).point([(tone - 128) // 14 + 20 for tone in range(256)]), 1, -20)
    jpeg = BytesIO()
    page.save(jpeg, "JPEG", quality=58, dpi=(150, 150))
    return _one_picture(jpeg.getvalue(), page.size)


def _one_picture(jpeg: bytes, size: tuple[int, int]) -> bytes:
    """A PDF whose only page is a grey JPEG at 150 dpi."""
    width, height = (round(side * 72 / 150, 2) for side in size)
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(width, height))
        picture = pikepdf.Stream(
            pdf, jpeg, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=size[0], Height=size[1],
            ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
        pdf.pages[0].Contents = pikepdf.Stream(pdf, f"q {width} 0 0 {height} 0 0 cm /Im0 Do Q".encode())
        pdf.docinfo["/Producer"] = "Office scanner (invented)"
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _table_top() -> Image.Image:
    """Oak boards, seen from above."""
    width, height = PHOTO
    grown = _seeded(41)
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


def _card() -> Image.Image:
    """The appointment card, flat, with the clinic's pen on it."""
    card = Image.new("RGB", (1160, 740), (250, 248, 241))
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, 1160, 150), fill=_TEAL)
    draw.text((56, 34), "Mid Essex CAMHS (invented)", font=face("Bold", 48), fill="white")
    draw.text((56, 94), "Willow House, Chelmsford", font=face("Regular", 30), fill=(208, 232, 232))
    draw.text((56, 186), "Your next appointment", font=face("Bold", 44), fill=_TEAL)
    rows = (
        ("Name", "Amira Kowalczyk-O’Neill"),
        ("Date", "Wednesday 9 December 2026"),
        ("Time", "10:30"),
        ("With", "Dr Hannah Iqbal"),
    )
    for row, (label, entry) in enumerate(rows):
        at = 270 + 80 * row
        draw.text((56, at + 12), label, font=face("Regular", 30), fill=_GREY)
        draw.line((200, at + 60, 1100, at + 60), fill=(186, 196, 198), width=2)
        draw.text((206, at + 2), entry, font=face("Italic", 44), fill=_PEN)
    round_time = [
        (265 + (88 + 3 * turn / 30) * math.cos(turn / 15 * 2), 459 + 37 * math.sin(turn / 15 * 2) - turn / 8)
        for turn in range(52)
    ]
    _write(card, round_time, 4.5, _PEN)
    note = "If you cannot come, please tell us two days before: 01632 960170"
    draw.text((56, 640), note, font=face("Regular", 31), fill=_INK)
    return card


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


def card_photo() -> bytes:
    """A phone's photo of the card: askew, lit from a window, stored on its side, with the place it was taken."""
    card, scene = _card(), _table_top()
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
    stored.save(out, "JPEG", quality=80, exif=_exif())
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
    grain = [_noise(scene.size, seed).point([(tone - 128) // 9 + 20 for tone in range(256)]) for seed in (1, 2, 3)]
    return ImageChops.add(scene.filter(ImageFilter.GaussianBlur(0.6)), Image.merge("RGB", grain), 1, -20)


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6  # stored lying on its left side
    exif[0x010F], exif[0x0110], exif[0x0132] = "Invented", "Phone of nobody", "2026:11:09 16:41:07"
    north, east = (tuple(IFDRational(part) for part in parts) for parts in ((56, 12, 0), (2, 48, 0)))
    exif.get_ifd(0x8825).update({1: "N", 2: north, 3: "E", 4: east})  # a place in the middle of the North Sea
    return exif


def screenshot() -> bytes:
    """A screenshot of a health app on a phone, with the next appointment."""
    page = Image.new("RGB", (PHONE[0] * 2, PHONE[1] * 2), (240, 243, 245))
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, 1440, 420), fill=_TEAL)
    _status_bar(draw)
    draw.text((80, 170), "Appointments", font=face("Bold", 92), fill="white")
    for left, name, chosen in ((80, "Upcoming", True), (460, "Past", False)):
        draw.text((left, 318), name, font=face("Bold", 52), fill="white" if chosen else (170, 212, 212))
    draw.rounded_rectangle((80, 404, 316, 420), 8, fill="white")
    _appointment(draw)
    draw.rounded_rectangle((60, 1596, 1380, 1880), 36, fill=(226, 238, 238))
    draw.text((120, 1640), "Before you come", font=face("Bold", 52), fill=_TEAL)
    advice = ("Bring a list of questions and anything that", "helps you feel calm. A parent may stay with you.")
    for row, line in enumerate(advice):
        draw.text((120, 1718 + 66 * row), line, font=face("Regular", 48), fill=_INK)
    _bottom_bar(draw)
    out = BytesIO()
    page.resize(PHONE, Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _status_bar(draw: ImageDraw.ImageDraw) -> None:
    draw.text((80, 30), "16:52", font=face("Bold", 52), fill="white")
    for bar in range(4):
        draw.rounded_rectangle((1080 + 26 * bar, 80 - 14 * bar, 1098 + 26 * bar, 90), 4, fill="white")
    draw.rounded_rectangle((1230, 42, 1340, 92), 14, outline="white", width=5)
    draw.rounded_rectangle((1240, 52, 1304, 82), 6, fill="white")
    draw.rounded_rectangle((1344, 58, 1352, 76), 3, fill="white")


def _appointment(draw: ImageDraw.ImageDraw) -> None:
    draw.rounded_rectangle((60, 490, 1380, 1540), 36, fill="white", outline=(214, 222, 226), width=3)
    draw.rounded_rectangle((120, 550, 380, 850), 28, fill=(226, 238, 238))
    for at, text, style, size, ink in (
        (570, "WED", "Bold", 48, _TEAL), (624, "9", "Bold", 132, _INK), (780, "DEC 2026", "Bold", 46, _TEAL)
    ):  # fmt: skip
        draw.text((250, at), text, font=face(style, size), fill=ink, anchor="ma")
    draw.text((430, 562), "10:30", font=face("Bold", 92), fill=_INK)
    draw.text((430, 676), "Mid Essex CAMHS (invented)", font=face("Bold", 56), fill=_INK)
    draw.text((430, 754), "Review, 50 minutes, in person", font=face("Regular", 50), fill=_GREY)
    rows = (
        ("With", "Dr Hannah Iqbal"),
        ("Where", "Willow House, Chelmsford"),
        ("For", "Amira Kowalczyk-O’Neill"),
    )
    for row, (label, entry) in enumerate(rows):
        at = 910 + 130 * row
        draw.line((120, at, 1320, at), fill=(222, 228, 232), width=3)
        draw.text((120, at + 34), label, font=face("Regular", 52), fill=_GREY)
        draw.text((340, at + 34), entry, font=face("Regular", 52), fill=_INK)
    for left, name, solid in ((120, "Add to calendar", True), (740, "Change or cancel", False)):
        box = (left, 1350, left + 580, 1480)
        draw.rounded_rectangle(box, 65, fill=_TEAL if solid else "white", outline=_TEAL, width=5)
        draw.text((left + 290, 1415), name, font=face("Bold", 52), fill="white" if solid else _TEAL, anchor="mm")


def _bottom_bar(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 2330, 1440, 2560), fill="white")
    draw.line((0, 2330, 1440, 2330), fill=(214, 222, 226), width=3)
    for tab, name in enumerate(("Home", "Appointments", "Letters", "You")):
        middle, ink = 180 + 360 * tab, _TEAL if tab == 1 else _GREY
        draw.rounded_rectangle((middle - 34, 2364, middle + 34, 2424), 14, outline=ink, width=7)
        if tab == 1:
            draw.line((middle - 34, 2386, middle + 34, 2386), fill=ink, width=7)
        draw.text((middle, 2440), name, font=face("Bold" if tab == 1 else "Regular", 42), fill=ink, anchor="ma")
    draw.rounded_rectangle((500, 2526, 940, 2540), 7, fill=_INK)
