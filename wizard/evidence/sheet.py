"""Single pages with a picture on them, and PDFs written so that the same content gives the same bytes; in the child."""

import io
from typing import TYPE_CHECKING, Final

import pikepdf

if TYPE_CHECKING:
    from PIL import Image

LOSSLESS_UP_TO: Final = 3 << 20
"""Bytes beyond which a picture that should be kept exactly is kept as JPEG after all: it is a photo."""

QUALITY: Final = 88


def add_page(
    pdf: pikepdf.Pdf,
    image: "Image.Image",
    size: tuple[float, float],
    place: tuple[float, float, float, float],
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
        "BitsPerComponent": 8,
        "ColorSpace": pikepdf.Name.DeviceGray if image.mode == "L" else pikepdf.Name.DeviceRGB,
    }
    if keep and len(lossless := _png_rows(image)) <= LOSSLESS_UP_TO:
        colours = 1 if image.mode == "L" else 3
        parameters = pikepdf.Dictionary(Predictor=15, Colors=colours, BitsPerComponent=8, Columns=image.width)
        return pikepdf.Stream(pdf, lossless, **facts, Filter=pikepdf.Name.FlateDecode, DecodeParms=parameters)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return pikepdf.Stream(pdf, buffer.getvalue(), **facts, Filter=pikepdf.Name.DCTDecode)


def _png_rows(image: "Image.Image") -> bytes:
    """The compressed rows of a PNG, which a PDF can hold as they are."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", icc_profile=None)
    png, start, rows = buffer.getvalue(), 8, []
    while start < len(png):
        length = int.from_bytes(png[start : start + 4], "big")
        if png[start + 4 : start + 8] == b"IDAT":
            rows.append(png[start + 8 : start + 8 + length])
        start += 12 + length
    return b"".join(rows)


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
