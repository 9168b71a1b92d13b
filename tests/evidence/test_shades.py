"""Pages with nothing on them, and photos of the inside of a pocket, are pointed out; a single line is not nothing."""

import io

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from tests.evidence import pdfs_by_hand as by_hand
from tests.evidence.test_photo import saved
from wizard.evidence import intake, offer
from wizard.evidence.document import Shade
from wizard.evidence.pdf import drawing
from wizard.evidence.pdf.shades import shade

SIZE = (620, 877)


def paper(grey: int, noise: int = 0, size: tuple[int, int] = SIZE) -> Image.Image:
    plain = Image.new("L", size, grey)
    return ImageChops.add(plain, Image.effect_noise(size, noise), 1, -128) if noise else plain


def with_line(page: Image.Image, ink: int) -> Image.Image:
    words = "Please see the letter of 14 September."
    ImageDraw.Draw(page).text((80, 120), words, fill=ink, font=ImageFont.load_default(14))
    return page


def with_hole(page: Image.Image) -> Image.Image:
    ImageDraw.Draw(page).ellipse((4, 300, 20, 316), fill=30)
    return page


def with_stroke(page: Image.Image) -> Image.Image:
    ImageDraw.Draw(page).line([(110, 560), (160, 520), (190, 570), (240, 535), (260, 560)], fill=60, width=2)
    return page


def shades(data: bytes, kind: str = "jpeg") -> list[str]:
    return [str(page["shade"]) for page in intake.prepare(data, kind)[0]["pages"]]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (paper(255), "blank"),
        (paper(238, 8), "blank"),
        (with_hole(paper(238, 8)), "blank"),
        (with_line(paper(238, 8), 226), "blank"),  # what shines through from the other side
        (with_line(paper(238, 8), 40), ""),
        (with_line(paper(255), 150), ""),
        (with_stroke(paper(238, 8)), ""),
        (paper(8, 10), "dark"),
        (paper(0, 0, (900, 400)), "dark"),  # whatever its shape on the page
        (with_line(paper(18), 235), ""),  # a screen in the evening
        (paper(110, 8), ""),
    ],
)
def test_a_photo_or_scan_of_nothing_is_pointed_out(page: Image.Image, expected: str) -> None:
    assert shades(saved(page)) == [expected]


def test_of_a_scanned_pdf_each_page_is_looked_at_and_of_one_with_text_none() -> None:
    scanned = [with_line(paper(255), 30), paper(240, 8).filter(ImageFilter.GaussianBlur(1)), paper(5)]
    buffer = io.BytesIO()
    scanned[0].save(buffer, "PDF", save_all=True, append_images=scanned[1:])
    made = offer.prepare_bytes(buffer.getvalue())
    assert [page.shade for page in made.page_facts] == [Shade.ORDINARY, Shade.BLANK, Shade.DARK]
    assert shades(by_hand.saved(by_hand.letter()), "pdf") == [""]


def test_a_long_scan_is_not_looked_at_for_longer_than_it_may_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "LOOKING", -1)
    buffer = io.BytesIO()
    paper(255).save(buffer, "PDF", save_all=True, append_images=[paper(255)])
    assert shades(buffer.getvalue(), "pdf") == ["blank", ""]


@pytest.mark.parametrize(
    ("greys", "expected"), [({0: 1}, "dark"), ({255: 1}, "blank"), ({128: 9}, ""), ({255: 9994, 0: 6}, "")]
)
def test_a_shade_is_told_from_how_often_each_grey_is_there(greys: dict[int, int], expected: str) -> None:
    assert shade(greys) == expected
