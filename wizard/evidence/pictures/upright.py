"""A picture as a person sees it: turned, straightened, cropped, in sRGB, grey or black and white; in the child."""

import io
import math
from typing import Final

from PIL import Image, ImageCms

from wizard.evidence.pdf import sheet
from wizard.evidence.pictures.opening import BROKEN
from wizard.evidence_fact import Treatment

ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip
_SIDEWAYS: Final = (5, 6, 7, 8)
_FLATTEST, _STEEPEST = 1.02, 4.0
"""How far the sides of a dot may differ: below, it is square; above, the figures are wrong."""


def upright(image: Image.Image, treatment: Treatment) -> Image.Image:
    """Make of an unpacked picture what is put on the page, no larger than that needs; straightened before cropped."""
    turn = _turn(image)
    if image.mode == "1" and not treatment.straighten and max(image.size) <= sheet.MOST_BILEVEL:
        return _cropped(_turned(image, turn), treatment)
    profile = image.info.get("icc_profile")
    plain = _shrunk(_resizable(image), needed(image, treatment))
    coloured = _coloured(plain, profile)
    return _cropped(_straightened(_turned(coloured, turn), treatment.straighten), treatment)


def shape(image: Image.Image) -> float:
    """How much higher than wide a dot is: faxes have half as many lines an inch as dots in a line."""
    across, down = image.info.get("dpi", (1, 1)) if image.format == "TIFF" else (1, 1)
    try:
        ratio = float(across) / float(down)
    except ZeroDivisionError:
        return 1.0
    lower, upper = sorted((ratio, 1 / ratio if ratio > 0 else 0))
    return ratio if lower > 0 and _FLATTEST < upper < _STEEPEST else 1.0


def needed(image: Image.Image, treatment: Treatment) -> tuple[int, int]:
    """The dots across and down, before it is turned, that its page needs of the whole picture; never more than it has.

    Dots that are not square are made so.
    """
    width, height = image.width, max(1, round(image.height * shape(image)))
    across, down = (height, width) if _turn(image) in _SIDEWAYS else (width, height)
    angle = math.radians(abs(treatment.straighten))
    wide = across * math.cos(angle) + down * math.sin(angle)
    high = across * math.sin(angle) + down * math.cos(angle)
    left, top, right, bottom = treatment.crop
    room = sheet.dots(max(1.0, wide * (1 - left - right)), max(1.0, high * (1 - top - bottom)))
    return max(1, round(width * room)), max(1, round(height * room))


def _turn(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except BROKEN:
        return 1


def _turned(image: Image.Image, turn: int) -> Image.Image:
    return image.transpose(_TURNS[turn]) if turn in _TURNS else image


def _shrunk(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _resizable(image: Image.Image) -> Image.Image:
    """The picture in a mode whose dots can be mixed."""
    if image.mode.startswith("I") or image.mode == "F":
        return _of_eight_bits(image)
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in ("L", "RGB", "CMYK", "LAB") else image.convert("RGB")


def _of_eight_bits(image: Image.Image) -> Image.Image:
    if image.mode not in ("I", "F"):
        image = image.convert("I")  # dots whose bytes stand the other way round can neither be counted nor scaled
    lowest, highest = (float(bound) for bound in image.getextrema())  # type: ignore[arg-type]  # one band: two numbers
    if image.mode != "F":
        lowest, highest = 0.0, next(most for most in (255, 4095, 65535, max(65536.0, highest)) if highest <= most)
    scale = 255 / ((highest - lowest) or 1.0)
    return image.point(lambda value: value * scale - lowest * scale).convert("L")


def _coloured(image: Image.Image, profile: bytes | None) -> Image.Image:
    if image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    if image.mode == "L":
        return image
    if image.mode == "LAB":
        return _between(image, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")))
    try:
        return _between(image, ImageCms.ImageCmsProfile(io.BytesIO(profile))) if profile else image.convert("RGB")
    except BROKEN:
        return image.convert("RGB")


def _between(image: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image:
    made = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    return made or image.convert("RGB")


def _straightened(image: Image.Image, degrees: float) -> Image.Image:
    if not degrees:
        return image
    white = 255 if image.mode == "L" else (255, 255, 255)
    return image.rotate(-degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=white)


def _cropped(image: Image.Image, treatment: Treatment) -> Image.Image:
    left, top, right, bottom = treatment.crop
    if not any(treatment.crop):
        return image
    width, height = image.size
    first, above = min(int(left * width), width - 1), min(int(top * height), height - 1)
    last, below = max(round((1 - right) * width), first + 1), max(round((1 - bottom) * height), above + 1)
    return image.crop((first, above, last, below))
