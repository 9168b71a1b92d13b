"""A photo or a scan turned upright, freed of hidden details and put on an A4 page; in the child process."""

import io
import struct
from typing import Final

import pikepdf
from PIL import Image, ImageCms

from wizard.errors import EvidenceRefused
from wizard.evidence import sheet
from wizard.evidence.document import PageFacts, Read
from wizard.evidence_fact import Treatment

A4: Final = (595.276, 841.89)
MARGIN: Final = 28.35
DPI: Final = 200
MOST_PIXELS: Final = 120_000_000
_ORIENTATION: Final = 0x0112
_GPS: Final = 0x8825
_BROKEN: Final = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, struct.error,
    OverflowError, ZeroDivisionError, RuntimeError, ImageCms.PyCMSError,
)  # fmt: skip
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip


def read(data: bytes, kind: str, treatment: Treatment) -> Read:
    """Put a JPEG or PNG upright on an A4 page, portrait or landscape as it suits the picture.

    Raises:
        EvidenceRefused: it is damaged, cut off or far too large.
    """
    Image.MAX_IMAGE_PIXELS = None  # judged below, before anything is unpacked
    try:
        image = Image.open(io.BytesIO(data), formats=[kind])
    except _BROKEN:
        raise EvidenceRefused("The picture is damaged.", "Take or save it again and add the new one.") from None
    if image.width * image.height > MOST_PIXELS:
        raise EvidenceRefused(
            f"The picture is {image.width} by {image.height} dots, more than can be handled.",
            "Save it smaller and add that.",
        )
    notices = _hidden(image)
    try:
        upright = _upright(image)
    except _BROKEN:
        raise EvidenceRefused(
            "The picture is damaged or cut off.", "Send or save it again in full and add the new one."
        ) from None
    return _page(upright, notices, keep=kind == "png")


def _hidden(image: Image.Image) -> tuple[str, ...]:
    """What the picture holds beside what it shows."""
    notices = []
    try:
        exif = image.getexif()
        details, place = set(exif) - {_ORIENTATION}, bool(exif.get_ifd(_GPS))
    except _BROKEN:
        details, place = {0}, False
    if place:
        notices.append("The place where the photo was taken was hidden in it and was taken out of the copy.")
    elif details or {"xmp", "comment", "photoshop"} & image.info.keys() or getattr(image, "text", None):
        notices.append("Details hidden in the picture, such as the camera or the time, were taken out of the copy.")
    if getattr(image, "n_frames", 1) > 1:
        notices.append("The file holds several pictures; only the first is shown.")
    return tuple(notices)


def _upright(image: Image.Image) -> Image.Image:
    """The picture as a person sees it: turned, in sRGB or grey, on white, no larger than its page needs."""
    try:
        turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    except _BROKEN:
        turn = None
    landscape = image.width > image.height
    width, height = A4[::-1] if landscape else A4
    box = (round((width - 2 * MARGIN) / 72 * DPI), round((height - 2 * MARGIN) / 72 * DPI))
    image.draft(None, box)
    image.load()
    shown = _plain(image)
    shown.thumbnail(box, Image.Resampling.LANCZOS)
    upright = shown.transpose(turn) if turn is not None else shown
    upright.info.clear()  # Pillow would write a comment or an EXIF block that it finds there
    return upright


def _plain(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image).convert("RGB")
    elif image.mode in ("1", "LA"):
        image = image.convert("L")
    elif image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGB")
    return _in_srgb(image, profile) if profile else _rgb(image)


def _rgb(image: Image.Image) -> Image.Image:
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    if image.mode == "L":
        return image
    try:
        source, target = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, target, outputMode="RGB") or _rgb(image)
    except _BROKEN:
        return _rgb(image)


def _page(image: Image.Image, notices: tuple[str, ...], *, keep: bool) -> Read:
    across, down = A4[::-1] if image.width > image.height else A4
    scale = min((across - 2 * MARGIN) / image.width, (down - 2 * MARGIN) / image.height, 1.0)
    width, height = image.width * scale, image.height * scale
    left, bottom = (across - width) / 2, (down - height) / 2
    pdf = pikepdf.Pdf.new()
    sheet.add_page(pdf, image, (across, down), (left, bottom, width, height), keep=keep)
    return Read(sheet.saved(pdf), notices, pages=(PageFacts(across, down, 0, text=False),))
