"""Pictures of every kind that phones, scanners and faxes make, each upright on pages, or refused in a sentence."""

import io
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageFilter, ImageFont, ImageMath, TiffImagePlugin

from tests.evidence.heic_photos import SEVERAL, TURNED
from tests.evidence.pdfs_by_hand import reads
from tests.evidence.test_photo import corner_marked, drawn, is_close, saved, shown
from wizard.evidence import intake, offer
from wizard.evidence.detection import detect
from wizard.evidence.document import Outcome
from wizard.evidence.pdf import sheet
from wizard.evidence.pictures import opening
from wizard.evidence_fact import Treatment

KINDS = {"jpeg": "JPEG", "png": "PNG", "tiff": "TIFF", "webp": "WEBP", "bmp": "BMP", "gif": "GIF", "avif": "AVIF",
         "jp2": "JPEG2000"}  # fmt: skip


def prepare(data: bytes, **wishes: Any) -> tuple[dict[str, Any], list[bytes]]:
    return intake.prepare(data, detect(data).id, wishes)


def scan(size: tuple[int, int] = (1240, 1754)) -> Image.Image:
    """A page of a letter, black and white."""
    page = Image.new("L", size, 255)
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(size[0] / 50)
    for line in range(40):
        words = f"{line}. The clinic saw the pupil on 14 September and will see them again."
        pen.text((size[0] / 10, size[1] / 12 + line * size[1] / 50), words, fill=0, font=font)
    return page.point(lambda value: 255 * (value > 128)).convert("1")


@cache
def photographed() -> Image.Image:
    """A letter as a phone takes it: on a table, a little soft, with noise."""
    letter = scan((1500, 2000)).convert("RGB").rotate(2, Image.Resampling.BICUBIC, fillcolor=(90, 80, 70))
    noise = Image.merge("RGB", [Image.effect_noise(letter.size, 20) for _ in range(3)])
    return Image.blend(letter, noise, 0.1).filter(ImageFilter.GaussianBlur(1))


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_of_any_kind_is_shown_in_its_colours(kind: str) -> None:
    data = saved(corner_marked(), KINDS[kind])
    assert detect(data).id == kind
    facts, (pdf, _) = prepare(data)
    named_its_program = kind == "jp2"
    assert facts["outcome"] == (Outcome.CLEANED if named_its_program else Outcome.INCLUDED)
    assert is_close(shown(pdf).convert("RGB").getpixel((10, 10)), (255, 0, 0))
    assert is_close(shown(pdf).convert("RGB").getpixel((290, 190)), (0, 0, 255))


def test_a_photo_of_an_iphone_is_shown_upright_and_tells_no_place() -> None:
    made = offer.prepare_bytes(TURNED, ".heic")
    assert (made.outcome, made.kind) == (Outcome.CLEANED, "heic")
    assert "place" in made.notices[0]
    picture = shown(made.pdf)
    assert picture.size == (64, 96)
    assert is_close(picture.getpixel((5, 90)), (255, 0, 0), 60)
    assert is_close(picture.getpixel((60, 5)), (0, 0, 255), 60)
    assert b"Secret" not in made.pdf


def test_of_several_heic_pictures_the_main_one_is_shown_and_told() -> None:
    facts, (pdf, _) = prepare(SEVERAL)
    assert facts["notices"] == ["The file holds 3 pictures; only the main one is shown."]
    assert is_close(shown(pdf).getpixel((90, 60)), (0, 0, 255), 60)


@pytest.mark.skipif(sys.platform != "linux", reason="threads count as processes on Linux")
def test_a_heic_photo_is_unpacked_by_ordinary_people_who_may_start_no_process(tmp_path: Path) -> None:
    photo = tmp_path / "photo.heic"
    photo.write_bytes(TURNED)
    code = (
        "import ctypes, os, sys; from wizard.evidence import intake; data = open(sys.argv[1], 'rb').read()\n"
        "from wizard.evidence.confined import child; first = intake.prepare(data, 'heic')\n"
        "os.getuid() or os.setuid(65534)\n"
        "ctypes.CDLL(None).prctl(4, 1, 0, 0, 0); child.confine(2 << 30, 20)  # its own files in /proc are its own\n"
        "assert intake.prepare(data, 'heic') == first\n"
        "try: os.fork()\nexcept OSError: print('alone')"
    )
    done = subprocess.run([sys.executable, "-c", code, photo], check=False, capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.stderr) == ("alone\n", "")


@pytest.mark.parametrize("compression", [None, "group4", "tiff_lzw", "jpeg", "tiff_deflate"])
def test_every_page_of_a_scan_is_a_page(compression: str | None) -> None:
    mode = {"group4": "1", "jpeg": "RGB"}.get(compression or "", "L")
    papers = [corner_marked((300 + number, 424), "RGB").convert(mode) for number in range(3)]
    options: dict[str, Any] = {"compression": compression} if compression else {}
    facts, (pdf, _) = prepare(saved(papers[0], "TIFF", save_all=True, append_images=papers[1:], **options))
    assert (facts["outcome"], len(facts["pages"])) == (Outcome.INCLUDED, 3)
    with reads(pdf) as opened:
        assert [page.obj.Resources.XObject.Picture.Width for page in opened.pages] == [300, 301, 302]


def test_a_black_and_white_scan_is_kept_dot_by_dot_in_few_bytes() -> None:
    page = scan((2480, 3508))
    facts, (pdf, _) = prepare(saved(page, "TIFF", compression="group4", dpi=(300, 300)))
    assert facts["outcome"] == Outcome.INCLUDED
    assert shown(pdf).convert("1").tobytes() == page.tobytes()
    assert len(pdf) < 120_000
    assert drawn(pdf).getpixel((5, 5)) == (255, 255, 255)


def test_a_fax_whose_dots_are_twice_as_high_as_wide_looks_as_it_was_sent() -> None:
    fax = Image.new("1", (1728, 1143), 1)
    ImageDraw.Draw(fax).rectangle((864 - 408, 571 - 196, 864 + 408, 571 + 196), fill=0)  # 4 by 4 inches
    for picture, treatment in ((fax, {}), (fax, {"straighten": 90.0 / 45 - 2 + 1e-9}), (fax.convert("L"), {})):
        data = saved(picture, "TIFF", dpi=(204, 98))
        page = drawn(prepare(data, **treatment)[1][0]).convert("L").point(lambda value: 255 * (value < 128))
        left, top, right, bottom = page.getbbox() or (0, 0, 0, 0)
        assert page.height > page.width
        assert right - left == pytest.approx(bottom - top, abs=6)


def test_a_preview_that_a_scanner_put_into_the_file_is_no_page() -> None:
    small = Image.new("RGB", (30, 40), "green")
    small.encoderinfo = {"tiffinfo": {254: 1}}  # type: ignore[attr-defined]
    facts, _ = prepare(saved(corner_marked(), "TIFF", save_all=True, append_images=[small]))
    assert len(facts["pages"]) == 1


def test_of_a_moving_picture_the_first_is_shown_and_told() -> None:
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "green", "blue")]
    for kind in ("GIF", "WEBP", "AVIF"):
        facts, (pdf, _) = prepare(saved(frames[0], kind, save_all=True, append_images=frames[1:]))
        assert facts["notices"] == ["The file is a moving picture; only the first is shown."]
        assert is_close(shown(pdf).convert("RGB").getpixel((9, 9)), (255, 0, 0))


def test_the_previews_that_a_camera_adds_are_not_worth_a_word() -> None:
    assert prepare(saved(corner_marked(), "MPO", save_all=True, append_images=[corner_marked()]))[0]["notices"] == []


def test_the_colours_of_a_wide_gamut_are_those_that_were_seen() -> None:
    """A LAB picture has no other colours than those that its numbers say."""
    lab = ImageCms.createProfile("LAB")
    red = Image.new("RGB", (40, 40), (200, 30, 40))
    picture = ImageCms.profileToProfile(red, ImageCms.createProfile("sRGB"), lab, outputMode="LAB")
    assert picture
    data = saved(picture, "TIFF")
    assert is_close(shown(prepare(data)[1][0]).getpixel((20, 20)), (200, 30, 40), 8)


@pytest.mark.parametrize("mode", ["I;16", "I;16B"])
@pytest.mark.parametrize("most", [255, 4095, 65535])
def test_a_scan_of_many_greys_is_as_light_as_it_was(most: int, mode: str) -> None:
    grey = Image.linear_gradient("L").resize((64, 64)).convert("I").point(lambda value: value * most / 255)
    picture = shown(prepare(saved(grey.convert(mode), "TIFF"))[1][0])
    assert picture.getpixel((32, 1)) < 20
    assert 100 < picture.getpixel((32, 32)) < 160
    assert picture.getpixel((32, 62)) > 235


def test_what_is_cut_off_near_its_end_is_shown_and_told() -> None:
    whole = photographed()
    for kind, options in (("JPEG", {}), ("JPEG", {"progressive": True}), ("PNG", {}), ("BMP", {}), ("TIFF", {})):
        data = saved(whole, kind, **options)
        facts, (pdf, _) = prepare(data[: len(data) * 9 // 10])
        assert facts["outcome"] == Outcome.PICTURES, kind
        assert "Check that it shows what matters" in facts["notices"][0]
        if kind != "BMP":  # those begin at the bottom
            top = whole.resize((140, 187)).crop((0, 0, 140, 120)).convert("L")
            other = shown(pdf).resize((140, 187)).crop((0, 0, 140, 120)).convert("L")
            assert max(ImageChops.difference(top, other).tobytes()) < 60, kind
        assert prepare(data[: len(data) // 60])[0]["outcome"] == Outcome.REFUSED or "progressive" in options


def test_a_page_lost_in_the_middle_of_a_scan_is_told_and_the_others_are_shown() -> None:
    papers = [photographed().resize((300, 400)).convert("L") for _ in range(3)]
    data = bytearray(saved(papers[0], "TIFF", save_all=True, append_images=papers[1:], compression="tiff_deflate"))
    book = Image.open(io.BytesIO(data))
    book.seek(1)
    start = book.tag_v2[TiffImagePlugin.STRIPOFFSETS][0]  # type: ignore[attr-defined]
    data[start : start + 4000] = bytes(4000)
    facts, _ = prepare(bytes(data))
    assert (facts["outcome"], len(facts["pages"])) == (Outcome.PICTURES, 2)
    assert facts["notices"] == ["Page 2 of the file is damaged and is not shown."]


def test_a_long_picture_of_a_phone_has_a_page_as_long_as_itself() -> None:
    facts, (pdf, _) = prepare(saved(corner_marked((1170, 9000)), "PNG"))
    page = facts["pages"][0]
    assert page["width"] == pytest.approx(sheet.A4[0], abs=0.01)
    assert page["height"] == pytest.approx(sheet.A4[0] * 9000 / 1170, abs=0.01)
    assert shown(pdf).width == 1170


@pytest.mark.parametrize("size", [(1, 1), (1, 30_000), (30_000, 2), (400, 60_000), (319, 900)])
def test_a_picture_of_any_shape_has_a_page_that_can_be_printed(size: tuple[int, int]) -> None:
    facts, (pdf, _) = prepare(saved(Image.new("RGB", size, "red"), "PNG"))
    page = facts["pages"][0]
    assert facts["outcome"] == Outcome.INCLUDED
    assert min(page["width"], page["height"]) >= 100
    assert max(page["width"], page["height"]) <= 14_400
    assert (255, 0, 0) in {colour for _, colour in drawn(pdf).getcolors(1 << 24)}


def test_the_picture_is_straightened_and_then_cropped_as_wished_and_the_original_stays() -> None:
    paper = Image.new("RGB", (800, 600), "black")
    ImageDraw.Draw(paper).rectangle((100, 100, 700, 500), fill="white")
    tilted = saved(paper.rotate(-5, Image.Resampling.BICUBIC, expand=True), "PNG")
    straight = shown(offer.prepare_bytes(tilted, treatment=Treatment(straighten=-5.0)).pdf).convert("L")
    across = straight.crop((straight.width // 2 - 200, 0, straight.width // 2 + 200, straight.height // 2))
    edges = [across.crop((x, 0, x + 1, across.height)).point(lambda v: 255 * (v > 128)).tobytes() for x in (0, 399)]
    assert edges[0].rfind(b"\0") == pytest.approx(edges[1].rfind(b"\0"), abs=2)
    cut = shown(prepare(saved(corner_marked((400, 200)), "PNG"), crop=[0.5, 0.0, 0.25, 0.5])[1][0])
    assert cut.size == (100, 100)
    assert cut.convert("RGB").getcolors() == [(100 * 100, (0, 0, 255))]


def test_what_is_cropped_out_of_a_large_photo_is_as_sharp_as_the_page_can_show() -> None:
    data = saved(corner_marked((4000, 4000)))
    assert shown(prepare(data, crop=[0.25, 0.25, 0.25, 0.25])[1][0]).width == round(sheet.A4[0] / 72 * 180)


@given(
    crop=st.tuples(*[st.floats(0, 0.49)] * 4),
    degrees=st.floats(-45, 45),
    size=st.tuples(st.integers(1, 60), st.integers(1, 60)),
    mode=st.sampled_from(["1", "L", "RGB", "CMYK", "LAB"]),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_wished_a_page_comes_of_it(crop: Any, degrees: float, size: tuple[int, int], mode: str) -> None:
    data = saved(Image.new(mode, size), "TIFF")
    assert prepare(data, crop=crop, straighten=degrees)[0]["outcome"] == Outcome.INCLUDED


def test_a_photographed_letter_looks_on_its_page_as_it_did_in_few_bytes() -> None:
    photo = photographed()
    _, (pdf, _) = prepare(saved(photo, "PNG"))
    picture = shown(pdf)
    assert similarity(photo.resize(picture.size, Image.Resampling.LANCZOS), picture) > 0.97
    assert len(pdf) < 900_000


def similarity(one: Image.Image, other: Image.Image) -> float:
    """The mean structural similarity (SSIM) of two pictures in blocks of 8 by 8 dots, 1 where they are the same."""
    x, y = (image.convert("L").convert("F") for image in (one, other))
    parts = {"a": (x,), "b": (y,), "aa": (x, x), "bb": (y, y), "ab": (x, y)}
    means = {name: product(*images).reduce(8) for name, images in parts.items()}

    def formula(of: Any) -> Any:
        a, b = of["a"], of["b"]
        covariance, variances = of["ab"] - a * b, of["aa"] + of["bb"] - a * a - b * b
        return (2 * a * b + 6.5) * (2 * covariance + 58.5) / ((a * a + b * b + 6.5) * (variances + 58.5))

    blocks = ImageMath.lambda_eval(formula, **means)
    return float(blocks.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)))


def product(one: Image.Image, other: Image.Image | None = None) -> Image.Image:
    if other is None:
        return one
    made: Image.Image = ImageMath.lambda_eval(lambda of: of["one"] * of["other"], one=one, other=other)
    return made


def test_more_pages_or_dots_than_can_be_handled_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = [Image.new("1", (8, 8))] * 501
    assert "more pages" in prepare(saved(papers[0], "TIFF", save_all=True, append_images=papers[1:]))[0]["why"]
    monkeypatch.setattr(opening, "MOST_IN_ALL", 100)
    assert "more pages" in prepare(saved(Image.new("L", (11, 11)), "TIFF"))[0]["why"]


@pytest.mark.parametrize("end", [40, 400, 500])
def test_a_damaged_heic_photo_is_refused_in_a_sentence(end: int) -> None:
    made = offer.prepare_bytes(TURNED[:end])
    assert made.outcome == Outcome.REFUSED
    assert "damaged" in made.why


SAMPLES = [saved(corner_marked((90, 60)), name) for name in KINDS.values()]


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(SAMPLES), st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 255)), max_size=8), st.integers(8)
)
def test_no_damage_gets_past_the_reader(sample: bytes, damage: list[tuple[int, int]], length: int) -> None:
    data = bytearray(sample)
    for place, value in damage:
        data[place % len(data)] = value
    facts, blobs = intake.prepare(bytes(data[:length]), detect(sample).id)
    assert bool(blobs) == (facts["outcome"] != Outcome.REFUSED)
    assert bool(facts["why"]) == (facts["outcome"] == Outcome.REFUSED)
