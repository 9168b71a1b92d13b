"""Letters as the office scanner left them: one grey picture at 150 dpi, a little askew, no text."""

from io import BytesIO
from typing import Final

import pikepdf
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from wizard.sample_papers.ink import face, noise, pen_signature, seeded, wrapped, write
from wizard.sample_papers.layout import Words

A4_AT_150: Final = (1240, 1754)


def scan(words: Words) -> bytes:
    """A family's letter, in the look ``typed``, or ``hand`` on lined paper.

    ``words`` has ``address``, ``date``, ``text``, ``signed`` and ``ink``, a pen for each who signed.
    """
    return _scanned({"typed": _typed, "hand": _by_hand}[words["look"]](words))


def _typed(words: Words) -> Image.Image:
    page = Image.new("L", A4_AT_150, 246)
    draw, body = ImageDraw.Draw(page), face("Noto", 23)
    for row, line in enumerate((*words["address"], "", words["date"])):
        draw.text((880, 130 + 33 * row), line, font=body, fill=44)
    at = 360
    for paragraph in words["text"]:
        for line in wrapped(paragraph, body, 940):
            draw.text((150, at), line, font=body, fill=44)
            at += 34
        at += 16
    for place, (name, pen) in enumerate(zip(words["signed"], words["ink"], strict=True)):
        left = 160 + 480 * place
        write(page, [(left + 330 * x, at + 84 - 190 * y) for x, y in pen_signature(*pen)], 3.4, 60)
        draw.text((left - 8, at + 128), name, font=body, fill=44)
    return page


def _by_hand(words: Words) -> Image.Image:
    """Each word leans, sits and turns a little differently, on lines 46 dots apart."""
    page, hand, body = Image.new("L", A4_AT_150, 243), seeded(words["ink"][0][0]), face("Noto", 30)
    lines, draw = range(300, 1700, 46), ImageDraw.Draw(page)
    for y in lines:
        draw.line((0, y, A4_AT_150[0], y), fill=212, width=2)
    draw.line((128, 0, 128, A4_AT_150[1]), fill=196, width=2)
    rows = [(780, line) for line in (*words["address"], words["date"])]
    for paragraph in words["text"]:
        rows += [(156, line) for line in wrapped(paragraph, body, 930)]
    for y, (left, line) in zip(lines, rows, strict=False):
        at: float = left + hand.uniform(-4, 8)
        for word in line.split():
            _pen_word(page, word, (round(at), y + hand.randint(-3, 2)), hand.uniform(-1.4, 1.1))
            at += body.getlength(word) * 1.02 + 13 + hand.uniform(-2, 4)
    below = lines[len(rows)] + 46
    for place, pen in enumerate(words["ink"]):
        left = 260 + 480 * place
        write(page, [(left + 330 * x, below + 40 - 190 * y) for x, y in pen_signature(*pen)], 3.6, 74)
    for place, name in enumerate(words["signed"]):
        _pen_word(page, name, (260 + 480 * place, below + 138), 0)
    return page


def _pen_word(page: Image.Image, word: str, at: tuple[int, int], turn: float) -> None:
    """Write a word on the base line at a point, slanted, and turned by some degrees."""
    body = face("Noto", 30)
    size = round(body.getlength(word)) + 40, 64
    ink = Image.new("L", size)
    ImageDraw.Draw(ink).text((8, 44), word, font=body, fill=255, anchor="ls")
    lean = ink.transform(size, Image.Transform.AFFINE, (1, 0.24, -0.24 * 44, 0, 1, 0), Image.Resampling.BICUBIC)
    page.paste(70, (at[0] - 8, at[1] - 44), lean.rotate(turn, Image.Resampling.BICUBIC))


def _scanned(page: Image.Image) -> bytes:
    page = page.rotate(0.6, Image.Resampling.BICUBIC, fillcolor=238).filter(ImageFilter.GaussianBlur(0.55))
    dust, draw = seeded(7), ImageDraw.Draw(page)
    for _ in range(130):
        x, y, size = dust.uniform(0, page.width), dust.uniform(0, page.height), dust.uniform(0.3, 1.5)
        draw.ellipse((x - size, y - size, x + size, y + size), fill=dust.randint(120, 215))
    edge = Image.linear_gradient("L").rotate(90).resize(page.size).point([max(0, 70 - 5 * tone) for tone in range(256)])
    page = ImageChops.subtract(page, edge)
    page = ImageChops.add(page, noise(page.size, 3).point([(tone - 128) // 14 + 20 for tone in range(256)]), 1, -20)
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
