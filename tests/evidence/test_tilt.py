"""A page that was photographed askew: the angle that levels it is suggested, and none for what has no lines."""

import io

import pytest
from PIL import Image, ImageFilter

from tests.evidence.test_photo import drawn
from tests.evidence.test_pictures import scan
from wizard.evidence import offer
from wizard.evidence.pictures import cropping
from wizard.evidence.pictures.tilt import tilt
from wizard.evidence_fact import Treatment


@pytest.mark.parametrize("askew", [-12, -7.4, -1, 0, 0.6, 5, 14])
def test_the_angle_of_a_photographed_letter_is_found(askew: float) -> None:
    paper = scan((450, 600)).convert("L").rotate(-askew, Image.Resampling.BICUBIC, expand=True, fillcolor=70)
    assert tilt(paper.filter(ImageFilter.GaussianBlur(0.6))) == pytest.approx(-askew, abs=0.3)


@pytest.mark.parametrize(
    "picture",
    [
        Image.effect_noise((600, 450), 90),
        Image.radial_gradient("L").resize((600, 450)),
        Image.linear_gradient("L").resize((300, 600)).rotate(5),
        Image.new("L", (600, 600), 255),
        Image.new("L", (600, 1), 255),
        Image.new("L", (1, 600)),
    ],
)
def test_what_has_no_lines_is_left_as_it_is(picture: Image.Image) -> None:
    assert tilt(picture) == 0


def test_what_is_suggested_levels_the_page() -> None:
    askew = scan((900, 1200)).convert("L").rotate(6, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    askew.save(buffer := io.BytesIO(), "JPEG")
    suggested = cropping.uncropped(buffer.getvalue(), 600).angle
    assert suggested == pytest.approx(6, abs=0.3)
    level = offer.prepare_bytes(buffer.getvalue(), treatment=Treatment(straighten=suggested))
    assert tilt(drawn(level.pdf)) == 0
