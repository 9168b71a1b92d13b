"""A picture before anything is cut off, and the angle by which its lines lean."""

import io

import pytest
from PIL import Image, ImageDraw

from wizard.errors import EvidenceRefused
from wizard.evidence.pictures import cropping, uncropped
from wizard.evidence.pictures.tilt import tilt


def lines(degrees: float, mode: str = "L") -> Image.Image:
    """A page of writing, turned clockwise."""
    page = Image.new("L", (600, 800), 255)
    draw = ImageDraw.Draw(page)
    for number, top in enumerate(range(80, 720, 24)):
        draw.rectangle((70, top, 530 - 37 * (number % 4), top + 9), fill=40)
    return page.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=255).convert(mode)


def as_file(image: Image.Image, kind: str = "PNG", **how: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **how)
    return buffer.getvalue()


@pytest.mark.parametrize("degrees", [-8, -2, 0, 3.5, 10])
def test_lines_that_lean_are_to_be_turned_back(degrees: float) -> None:
    assert tilt(lines(degrees)) == pytest.approx(-degrees, abs=0.5)


@pytest.mark.parametrize("size", [(1, 1), (300, 2), (2, 300), (400, 400)])
def test_what_has_no_lines_stays_as_it_is(size: tuple[int, int]) -> None:
    assert tilt(Image.new("L", size, 200)) == 0
    assert tilt(Image.effect_noise(size, 50)) == 0


def test_the_child_gives_the_picture_upright_and_as_wide_as_asked_for() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made = cropping.uncropped(as_file(lines(3, "RGB"), "JPEG", exif=exif), 200)
    with Image.open(io.BytesIO(made.png)) as shown:
        assert shown.size == (200, 150)


def test_a_fax_has_its_own_proportions() -> None:
    fax = as_file(lines(0, "1").resize((600, 400)), "TIFF", compression="group4", dpi=(204, 98))
    _, (png,) = uncropped.look(fax, 300)
    with Image.open(io.BytesIO(png)) as shown:
        assert shown.size == pytest.approx((300, 416), abs=3)


def test_a_picture_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(EvidenceRefused, match="damaged"):
        cropping.uncropped(as_file(lines(0))[:60], 200)
