"""Pages with a picture on each, and PDFs written so that the same content gives the same bytes; in the child."""

import io
import zlib
from typing import TYPE_CHECKING, Final

import pikepdf

if TYPE_CHECKING:
    from PIL import Image

LOSSLESS_UP_TO: Final = 3 << 20
"""Bytes beyond which a picture that should be kept exactly is kept as JPEG after all: it is a photo."""

_PACKED: Final = 3
"""Level of zlib, of 9. Screenshots as they are become a tenth smaller, in a quarter of the time, than as rows of a PNG,
whose filters suit photos; the highest level would take another tenth off for twice the time."""

QUALITY: Final = 85
"""Of JPEG. On photos of letters and of rooms at page size, the mean structural similarity (SSIM, blocks of 8 by 8) with
what was encoded is 0.979 or more; 88 adds a fifth to the bytes for 0.002, 75 takes a third off for 0.007 less."""

A4: Final = (595.276, 841.89)
DPI: Final = 180
"""Dots an inch of a picture that fills its page; the pack draws that page a tenth smaller."""

MOST_BILEVEL: Final = 4800
"""Dots along the longer side of a black and white scan that is kept dot by dot: A4 at 400 an inch."""

_LONG: Final = 2.6
"""Height to width beyond which a picture has a page as long as itself, which the pack cuts into slices."""

_NARROWEST: Final = 320
_LONGEST: Final = 14_400.0
"""Points that a page may be long: readers of PDFs show no more."""

Place = tuple[float, float, float, float]


def laid_out(width: float, height: float) -> tuple[tuple[float, float], Place]:
    """The page, in points, for a picture of so many dots across and down, and where on it the picture is.

    It stands in the middle of an A4 page, portrait or landscape, at most a point a dot; a long one has a longer page.
    """
    across, down = A4[::-1] if width > height else A4
    if height > _LONG * width and width >= _NARROWEST:
        down = min(height * across / width, _LONGEST)
    scale = min(across / width, down / height, 1.0)
    wide, high = width * scale, height * scale
    if down > A4[1]:
        across, down = max(wide, down / 100), high
    return (across, down), ((across - wide) / 2, (down - high) / 2, wide, high)


def dots(width: float, height: float) -> float:
    """By what (at most 1) the dots of a picture of that shape are to be multiplied to be `DPI` an inch on its page."""
    _, (_, _, wide, _) = laid_out(width, height)
    return min(1.0, wide / 72 * DPI / width)


def add_page(
    pdf: pikepdf.Pdf,
    image: "Image.Image",
    size: tuple[float, float],
    place: Place,
    *,
    keep: bool = False,
) -> None:
    """Add a page with one picture; ``place`` is left, bottom, width and height in points, ``keep`` means lossless."""
    page = pdf.add_blank_page(page_size=size)
    left, bottom, width, height = place
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Picture=_stream(pdf, image, keep=keep)))
    drawing = f"q {width:.3f} 0 0 {height:.3f} {left:.3f} {bottom:.3f} cm /Picture Do Q"
    page.obj.Contents = pdf.make_stream(drawing.encode())


def _stream(pdf: pikepdf.Pdf, image: "Image.Image", *, keep: bool) -> pikepdf.Stream:
    facts = {
        "Type": pikepdf.Name.XObject,
        "Subtype": pikepdf.Name.Image,
        "Width": image.width,
        "Height": image.height,
        "BitsPerComponent": 1 if image.mode == "1" else 8,
        "ColorSpace": pikepdf.Name.DeviceRGB if image.mode == "RGB" else pikepdf.Name.DeviceGray,
    }
    if image.mode == "1":
        parameters = pikepdf.Dictionary(K=-1, Columns=image.width, Rows=image.height, BlackIs1=False)
        return pikepdf.Stream(pdf, _fax(image), **facts, Filter=pikepdf.Name.CCITTFaxDecode, DecodeParms=parameters)
    if keep and len(lossless := zlib.compress(image.tobytes(), _PACKED)) <= LOSSLESS_UP_TO:
        return pikepdf.Stream(pdf, lossless, **facts, Filter=pikepdf.Name.FlateDecode)
    image.info.clear()  # Pillow would write a comment or an EXIF block that it finds there
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=QUALITY)
    return pikepdf.Stream(pdf, buffer.getvalue(), **facts, Filter=pikepdf.Name.DCTDecode)


def _fax(image: "Image.Image") -> bytes:
    """Black and white dots as a fax machine packs them (CCITT group 4)."""
    from PIL import Image, ImageChops, TiffImagePlugin

    buffer = io.BytesIO()
    in_one_strip = {TiffImagePlugin.ROWSPERSTRIP: image.height}
    ImageChops.invert(image).save(buffer, "TIFF", compression="group4", tiffinfo=in_one_strip, strip_size=1 << 31)
    tags = Image.open(buffer).tag_v2  # type: ignore[attr-defined]
    (start,), (length,) = tags[TiffImagePlugin.STRIPOFFSETS], tags[TiffImagePlugin.STRIPBYTECOUNTS]
    return buffer.getvalue()[start : start + length]


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The PDF as bytes that depend on its content alone."""
    buffer = io.BytesIO()
    pdf.save(
        buffer,
        deterministic_id=True,
        min_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        recompress_flate=False,
    )
    return buffer.getvalue()
