"""A photo or scan on its page: upright, in its colours, on white, without what it does not show, and never a bomb."""

import io
import struct
import zlib
from typing import Any

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import PdfImage
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from tests.evidence.pdfs_by_hand import reads
from wizard.evidence import intake
from wizard.evidence.document import Outcome
from wizard.evidence.pdf import sheet


def corner_marked(size: tuple[int, int] = (300, 200), mode: str = "RGB", background: str = "blue") -> Image.Image:
    """A picture whose upper left corner is red."""
    image = Image.new(mode, size, background)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="red")
    return image


def saved(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    image.save(buffer := io.BytesIO(), kind, **options)
    return buffer.getvalue()


def prepare(data: bytes, kind: str) -> tuple[dict[str, Any], list[bytes]]:
    return intake.prepare(data, kind)


def drawn(pdf: bytes) -> Image.Image:
    return pdfium.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")


def shown(pdf: bytes) -> Image.Image:
    """The picture alone, taken off its page."""
    with reads(pdf) as opened:
        return PdfImage(opened.pages[0].obj.Resources.XObject.Picture).as_pil_image()


def is_close(colour: Any, other: tuple[int, ...], within: int = 40) -> bool:
    return all(abs(a - b) <= within for a, b in zip(colour, other, strict=True))


def png(width: int, height: int, rows: bytes, kind: int = 0, bits: int = 8) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


TURNED = {
    1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}  # fmt: skip


@pytest.mark.parametrize("kind", ["jpeg", "png"])
@pytest.mark.parametrize(("orientation", "turn"), TURNED.items())
def test_however_the_camera_was_held_the_picture_is_upright(orientation: int, turn: Any, kind: str) -> None:
    held = corner_marked() if turn is None else corner_marked().transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    facts, (pdf, thumbnail) = prepare(saved(held, kind, exif=exif), kind)
    picture = shown(pdf)
    assert picture.size == (300, 200)
    assert is_close(picture.getpixel((10, 10)), (255, 0, 0))
    assert is_close(picture.getpixel((290, 190)), (0, 0, 255))
    assert facts["pages"] == [{"width": 841.89, "height": 595.276, "rotation": 0, "text": False, "shade": ""}]
    assert facts["outcome"] == Outcome.INCLUDED
    assert Image.open(io.BytesIO(thumbnail)).size == (200, 142)


def test_a_tall_picture_stands_on_an_upright_page_and_gives_the_same_bytes_every_time() -> None:
    data = saved(corner_marked((3000, 4000)))
    facts, (pdf, thumbnail) = prepare(data, "jpeg")
    assert (facts["pages"][0]["width"], facts["pages"][0]["height"]) == sheet.A4
    page = drawn(pdf)
    assert page.getpixel((300, 15)) == page.getpixel((300, 830)) == (255, 255, 255)
    assert is_close(page.getpixel((300, 500)), (0, 0, 255))
    small = Image.open(io.BytesIO(thumbnail))
    assert is_close(small.getpixel((100, 160)), (0, 0, 255))
    assert prepare(data, "jpeg")[1] == [pdf, thumbnail]


def test_a_large_photo_is_kept_at_180_dots_an_inch_of_its_page() -> None:
    facts, (pdf, _) = prepare(saved(corner_marked((4000, 3000))), "jpeg")
    picture = shown(pdf)
    page_inches = facts["pages"][0]["width"] / 72
    assert max(picture.size) <= page_inches * 180 + 1
    assert min(picture.size) >= 1400


def test_a_small_picture_is_not_blown_up() -> None:
    page = drawn(prepare(saved(corner_marked((72, 72))), "jpeg")[1][0])
    across = [x for x in range(page.width) if page.getpixel((x, page.height // 2)) != (255, 255, 255)]
    assert 70 <= len(across) <= 76


def test_where_and_with_what_it_was_taken_is_gone_and_told() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[2] = (51.0, 44.0, 8.0)
    facts, (pdf, thumbnail) = prepare(saved(corner_marked(), exif=exif, comment=b"at home"), "jpeg")
    assert facts["outcome"] == Outcome.CLEANED
    assert "place" in facts["notices"][0]
    assert all(secret not in pdf + thumbnail for secret in (b"Secret Camera", b"Exif", b"at home"))
    assert "camera" in prepare(saved(corner_marked(), comment=b"at home"), "jpeg")[0]["notices"][0]


def test_a_png_loses_its_words() -> None:
    words = PngInfo()
    words.add_text("Author", "Dr A Marsh")
    facts, (pdf, _) = prepare(saved(corner_marked(), "PNG", pnginfo=words), "png")
    assert facts["outcome"] == Outcome.CLEANED
    assert b"Marsh" not in pdf


def test_a_screenshot_is_kept_dot_by_dot() -> None:
    image = corner_marked((640, 480))
    ImageDraw.Draw(image).line((0, 0, 639, 479), fill="white")
    assert shown(prepare(saved(image, "PNG"), "png")[1][0]).tobytes() == image.tobytes()


def test_a_photo_saved_as_png_is_kept_as_a_photo() -> None:
    noise = Image.effect_noise((1600, 1100), 90).convert("RGB")
    noisy = Image.merge("RGB", (noise.getchannel(0), Image.effect_noise(noise.size, 90), noise.getchannel(2)))
    pdf = prepare(saved(noisy, "PNG"), "png")[1][0]
    with reads(pdf) as opened:
        assert opened.pages[0].obj.Resources.XObject.Picture.Filter == "/DCTDecode"


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_one_can_see_through_is_white(mode: str) -> None:
    image = Image.new("RGBA", (60, 60), (255, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 20, 60), fill=(0, 0, 0, 255))
    picture = shown(prepare(saved(image.convert(mode), "PNG"), "png")[1][0]).convert("RGB")
    assert picture.getpixel((50, 30)) == (255, 255, 255)
    assert is_close(picture.getpixel((5, 30)), (0, 0, 0))


def test_a_palette_with_one_clear_colour_is_white_there() -> None:
    image = Image.new("P", (10, 10), 1)
    image.putpalette([255, 0, 0, 0, 255, 0])
    image.putpixel((0, 0), 0)
    picture = shown(prepare(saved(image, "PNG", transparency=1), "png")[1][0])
    assert picture.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16"])
def test_every_kind_of_colour_is_shown(mode: str) -> None:
    grey = Image.linear_gradient("L").resize((64, 64))
    if mode == "I;16":
        rows = b"".join(b"\0" + b"".join(struct.pack(">H", y * 1024) for _ in range(64)) for y in range(64))
        data, kind = png(64, 64, rows, bits=16), "png"
    else:
        kind = "jpeg" if mode == "CMYK" else "png"
        data = saved(grey.convert("RGB").convert(mode) if mode == "CMYK" else grey.convert(mode), kind)
    picture = shown(prepare(data, kind)[1][0]).convert("L")
    assert picture.getpixel((32, 2)) < 60
    assert picture.getpixel((32, 61)) > 195
    if mode != "1":
        assert 90 < picture.getpixel((32, 32)) < 165


def test_colours_of_another_profile_are_kept_as_they_look() -> None:
    """A profile whose red and blue are swapped must be heeded."""
    swapped = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = swapped.find(b"rXYZ"), swapped.find(b"bXYZ")
    swapped[red : red + 4], swapped[blue : blue + 4] = b"bXYZ", b"rXYZ"
    facts, (pdf, _) = prepare(saved(Image.new("RGB", (40, 40), (255, 0, 0)), "PNG", icc_profile=bytes(swapped)), "png")
    assert facts["outcome"] == Outcome.INCLUDED
    assert is_close(shown(pdf).getpixel((20, 20)), (0, 0, 255))


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_nonsense_profile_does_not_matter(mode: str) -> None:
    data = saved(corner_marked().convert(mode), icc_profile=b"not a profile" * 20)
    assert prepare(data, "jpeg")[0]["outcome"] == Outcome.INCLUDED


def test_of_several_pictures_the_first_is_shown_and_told() -> None:
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "green")]
    facts, (pdf, _) = prepare(saved(frames[0], "PNG", save_all=True, append_images=frames[1:]), "png")
    assert "only the first" in str(facts["notices"])
    assert shown(pdf).getpixel((9, 9)) == (255, 0, 0)


def test_a_picture_like_a_hair_still_has_a_page() -> None:
    facts, (pdf, _) = prepare(saved(Image.new("RGB", (20_000, 1), "red"), "PNG"), "png")
    assert facts["outcome"] == Outcome.INCLUDED
    assert shown(pdf).height == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (png(30_000, 30_000, b"\0"), "30000 by 30000 dots"),
        (png(3000, 3000, b"\0" * 999), "cut off"),
        (saved(corner_marked())[:800], "cut off"),
        (b"\xff\xd8\xff\xe0 and nothing more", "damaged"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
    ],
)
def test_bombs_and_halves_are_refused_with_what_to_do(data: bytes, words: str) -> None:
    facts, blobs = prepare(data, "jpeg" if data.startswith(b"\xff") else "png")
    assert (facts["outcome"], blobs) == (Outcome.REFUSED, [])
    assert words in facts["why"]
    assert " and add " in facts["why"]


JPEG, PNG = saved(corner_marked()), saved(corner_marked(mode="P"), "PNG")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["jpeg", "png"]), st.lists(st.tuples(st.integers(12, 1200), st.integers(0, 255)), max_size=12))
def test_no_damage_gets_past_the_reader(kind: str, damage: list[tuple[int, int]]) -> None:
    data = bytearray(JPEG if kind == "jpeg" else PNG)
    for place, value in damage:
        data[place % len(data)] = value
    facts, blobs = prepare(bytes(data), kind)
    assert bool(blobs) == (facts["outcome"] != Outcome.REFUSED)
    assert bool(facts["why"]) == (facts["outcome"] == Outcome.REFUSED)
