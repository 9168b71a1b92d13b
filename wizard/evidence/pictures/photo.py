"""The reader of pictures: photos, scans and screenshots, freed of hidden details, a page each; in the child."""

import warnings
from collections.abc import Iterator
from typing import Final

import pikepdf
from PIL import Image

from wizard.errors import EvidenceRefused
from wizard.evidence.document import PageFacts, Read
from wizard.evidence.pdf import sheet
from wizard.evidence.pdf.shades import shade
from wizard.evidence.pictures.opening import BROKEN, Frame, frames
from wizard.evidence.pictures.upright import ORIENTATION, needed, shape, upright
from wizard.evidence_fact import FOR_SCHOOL, Treatment

_SMALL: Final = 200
_GPS: Final = 0x8825
_LAYOUT: Final = frozenset(
    (*range(254, 269), *range(273, 285), *range(286, 305), *range(317, 348), *range(512, 533), 34675)
)
"""Numbers of the details that a TIFF needs to say how it is laid out, and that say nothing of where it is from."""

_LOSSLESS: Final = ("png", "gif", "bmp")
"""Kinds that are mostly pictures of a screen."""

_DETAILS: Final = "Details hidden in the picture, such as the camera or the time, were taken out of the copy."
_PLACE: Final = "The place where the photo was taken was hidden in it and was taken out of the copy."
_WHOLE: Final = "Send or save it again in full and add the new one."


def read(data: bytes, kind: str, treatment: Treatment) -> Read:
    """Put each picture of a file upright on a page, portrait or landscape as it suits the picture.

    Raises:
        EvidenceRefused: it is damaged, cut off or far too large.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Pillow says of odd details
        return _read(data, kind, treatment)


def _read(data: bytes, kind: str, treatment: Treatment) -> Read:
    pdf = pikepdf.Pdf.new()
    notices: dict[str, None] = {}
    pages: list[PageFacts] = []
    damage: list[str] = []
    for number, frame in enumerate(frames(data, kind, lambda image: needed(image, treatment)), 1):
        page = _add(pdf, frame, treatment, keep=kind in _LOSSLESS) if frame else None
        if frame is None or page is None:
            damage.append(f"Page {number} of the file is damaged and is not shown.")
            continue
        notices.update(dict.fromkeys(_beside(frame.image)))
        damage += () if frame.whole else (_damaged(frame.part),)
        pages.append(page)
    if not pages:
        raise EvidenceRefused("The picture is damaged or cut off.", _WHOLE)
    told = (*dict.fromkeys(damage[:10]), *notices)
    return Read(sheet.saved(pdf), told, pictures=bool(damage), pages=tuple(pages))


def _add(pdf: pikepdf.Pdf, frame: Frame, treatment: Treatment, *, keep: bool) -> PageFacts | None:
    try:
        image = upright(frame.image, treatment)
    except BROKEN:
        return None
    size, place = sheet.laid_out(image.width, image.height * (shape(frame.image) if image.mode == "1" else 1.0))
    sheet.add_page(pdf, image, size, place, keep=keep)
    small = image.convert("L").resize((_SMALL, _SMALL), Image.Resampling.BOX)
    return PageFacts(*size, 0, text=False, shade=shade(dict(enumerate(small.histogram()))))


def _damaged(part: float) -> str:
    there = f"about {part:.0%} of it is" if part < 0.995 else "what could be read of it is"
    return f"The picture is damaged or cut off: {there} shown.{FOR_SCHOOL}Check that it shows what matters."


def _beside(image: Image.Image) -> Iterator[str]:
    """What the picture holds beside what it shows."""
    try:
        exif = image.getexif()
        notes = [image.info.get(name) for name in ("xmp", "comment", "photoshop")]
        layout = _LAYOUT if image.format == "TIFF" else {ORIENTATION}
        details = set(exif) - layout or any(notes) or bool(getattr(image, "text", None))
        place = bool(exif.get_ifd(_GPS))
    except BROKEN:
        details, place = True, False
    if place:
        yield _PLACE
    elif details:
        yield _DETAILS
    yield from _others(image)


def _others(image: Image.Image) -> Iterator[str]:
    """The pictures of the file that are not shown; layers, previews and depths are none."""
    if image.format in ("TIFF", "PSD") or (number := getattr(image, "n_frames", 1)) < 2:
        return
    if image.format == "MPO":
        kinds = [entry["Attribute"]["MPType"] for entry in image.mpinfo[0xB002]]  # type: ignore[attr-defined]
        number = 1 + sum(kind.startswith("Multi-Frame") for kind in kinds[1:])
    if number > 1:
        moving = image.format in ("GIF", "PNG", "WEBP", "AVIF")
        what = "is a moving picture" if moving else f"holds {number} pictures"
        yield f"The file {what}; only the {'first' if image.format != 'HEIF' else 'main one'} is shown."
