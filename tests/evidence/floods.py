"""Small files that unfold into far more than a computer holds, and files that lead their reader round for ever."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from PIL import Image

from tests.evidence import pdfs_by_hand as by_hand

GIGABYTE: Final = 1 << 30
_CATALOG: Final = b"<</Type/Catalog/Pages 2 0 R>>"


def zeros(length: int) -> bytes:
    """So many zeros as a zlib stream, made of one squeezed megabyte over and over."""
    pieces, rest = divmod(length, 1 << 20)
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = squeeze.compress(bytes(1 << 20)) + squeeze.flush(zlib.Z_FULL_FLUSH)
    last = zlib.compressobj(9, zlib.DEFLATED, -15)
    end = last.compress(bytes(rest)) + last.flush()
    return b"\x78\xda" + piece * pieces + end + (length % 65521 << 16 | 1).to_bytes(4, "big")


def png_of_a_gigabyte() -> bytes:
    return _png(32_767, 32_768, depth=8, colour=0)


def png_under_the_limit_of_pixels() -> bytes:
    """As many dots as a picture may have, each of them eight bytes."""
    return _png(10_950, 10_950, depth=16, colour=6)


def _png(width: int, height: int, depth: int, colour: int) -> bytes:
    row = 1 + width * (depth // 8) * (4 if colour == 6 else 1)
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((depth, colour, 0, 0, 0))
    chunks = ((b"IHDR", head), (b"IDAT", zeros(row * height)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big") for name, body in chunks
    )


def photo_of_200_megapixels() -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (20_000, 10_000), 90).save(buffer, "JPEG")
    return buffer.getvalue()


def document_of_zips() -> bytes:
    """A Word document whose text unpacks to 100 MB, with archives in archives in archives beside it."""
    inner = b"0" * (1 << 20)
    for _ in range(6):
        inner = _zip({f"{number}.zip": inner for number in range(10)})
    flood = b"<w:document>" + b" " * (100 << 20)
    kinds = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return _zip({"[Content_Types].xml": kinds, "word/document.xml": flood, "word/embeddings/a.zip": inner})


def document_of_laughs() -> bytes:
    """A Word document whose text is a word that stands for ten words that stand for ten words."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<!DOCTYPE d [<!ENTITY a0 "ha">{entities}]><w:document xmlns:w="w">&a11;</w:document>'
    return _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": text.encode()})


def _zip(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def page_of_ten_kilometres() -> bytes:
    side = round(10_000 / 0.0254 * 72)
    return _pdf(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]>>" % (side, side))


def _pdf(page: bytes, *objects: bytes) -> bytes:
    return by_hand.raw(_CATALOG, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, *objects)


def tree_of_a_million_pages() -> bytes:
    """Three levels of a hundred leaves, all of them the same few objects."""
    kids = [b" ".join([b"%d 0 R" % number] * 100) for number in (3, 4, 5)]
    return by_hand.raw(
        _CATALOG,
        b"<</Type/Pages/Count 1000000/Kids[%b]>>" % kids[0],
        b"<</Type/Pages/Parent 2 0 R/Count 10000/Kids[%b]>>" % kids[1],
        b"<</Type/Pages/Parent 3 0 R/Count 100/Kids[%b]>>" % kids[2],
        b"<</Type/Page/Parent 4 0 R/MediaBox[0 0 9 9]>>",
    )


def twenty_thousand_pages() -> bytes:
    """Whole and well-formed, only too long."""
    number = 20_000
    kids = b" ".join(b"%d 0 R" % kid for kid in range(3, number + 3))
    tree = b"<</Type/Pages/MediaBox[0 0 9 9]/Count %d/Kids[%b]>>" % (number, kids)
    body, places = bytearray(b"%PDF-1.4\n"), []
    for at, content in enumerate((_CATALOG, tree, *[b"<</Type/Page/Parent 2 0 R>>"] * number), 1):
        places.append(len(body))
        body += b"%d 0 obj%bendobj\n" % (at, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (number + 3, len(body))
    return bytes(body) + b"xref\n0 %d\n0000000000 65535 f \n%b%b" % (number + 3, table, end)


def tree_that_eats_its_tail() -> bytes:
    return by_hand.raw(_CATALOG, b"<</Type/Pages/Count 5/Kids[3 0 R]>>", b"<</Type/Pages/Count 5/Kids[2 0 R 3 0 R]>>")


def tree_of_a_single_deep_branch() -> bytes:
    depth = 20_000
    branch = (b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (number + 1) for number in range(2, depth))
    return by_hand.raw(_CATALOG, *branch, b"<</Type/Page/MediaBox[0 0 9 9]>>")


def arrays_within_arrays() -> bytes:
    deep = 200_000
    return _pdf(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Extra %b%b>>" % (b"[" * deep, b"]" * deep))


def dictionaries_within_dictionaries() -> bytes:
    deep = 50_000
    return _pdf(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Extra %b 1%b>>" % (b"<</A" * deep, b">>" * deep))


def objects_that_lead_to_objects() -> bytes:
    depth = 20_000
    chain = (b"<</Next %d 0 R>>" % (number + 1) for number in range(4, depth))
    return _pdf(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources 4 0 R>>", *chain, b"<<>>")


def picture_of_a_gigabyte_in_a_page() -> bytes:
    flood = zeros(GIGABYTE)
    image = (
        b"<</Type/XObject/Subtype/Image/Width 32768/Height 32768/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(flood), flood)
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
    return _pdf(page, b"<</Length 24>>stream\n500 0 0 500 0 0 cm /I Do\nendstream", image)


def drawing_that_draws_itself_ten_times_over() -> bytes:
    """Twelve drawings, each of which draws the next ten times: a million million marks."""
    forms = [
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>/Length 50>>" % (number + 1)
        + b"stream\n%b\nendstream" % (b"/F Do " * 8 + b"  ")
        for number in range(5, 18)
    ]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>"
    last = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 11>>stream\n0 0 9 9 re f\nendstream"
    return _pdf(page, b"<</Length 6>>stream\n/F Do \nendstream", *forms, last)


FLOODS: Final[Mapping[str, Callable[[], bytes]]] = MappingProxyType(
    {
        made.__name__: made
        for made in (
            png_of_a_gigabyte, png_under_the_limit_of_pixels, photo_of_200_megapixels, document_of_zips,
            document_of_laughs, page_of_ten_kilometres, tree_of_a_million_pages, twenty_thousand_pages,
            tree_that_eats_its_tail, tree_of_a_single_deep_branch, arrays_within_arrays,
            dictionaries_within_dictionaries, objects_that_lead_to_objects, picture_of_a_gigabyte_in_a_page,
            drawing_that_draws_itself_ten_times_over,
        )
    }
)  # fmt: skip
