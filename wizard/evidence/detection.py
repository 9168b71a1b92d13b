"""What a file is, told from its first bytes and tell-tale words, never from its name; in the child process.

Nothing is unpacked here but the words in which an OpenDocument file says what it is.
"""

import io
import re
import zipfile
import zlib
from typing import Final

from wizard.evidence.kinds import KINDS, Kind
from wizard.evidence.text.decoding import HEAD, decode

_MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"{\\rtf", "rtf"),
    (b"GIF87a", "gif"), (b"GIF89a", "gif"), (b"II*\0", "tiff"), (b"MM\0*", "tiff"), (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"), (b"\0\0\0\x0cjP  ", "jp2"), (b"\xff\x4f\xff\x51", "jp2"), (b"8BPS", "psd"),
    (b"%!PS", "ps"), (b"\xc5\xd0\xd3\xc6", "ps"),
    (b"7z\xbc\xaf\x27\x1c", "archive"), (b"Rar!\x1a\x07", "archive"), (b"\x1f\x8b", "archive"), (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"), (b"MSCF", "archive"), (b"\x78\x9f\x3e\x22", "tnef"),
    (b"\x1aE\xdf\xa3", "video"), (b"\0\0\x01\xba", "video"), (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video"),
    (b"ID3", "sound"), (b"OggS", "sound"), (b"fLaC", "sound"), (b"#!AMR", "sound"),
    (b"\xff\xfb", "sound"), (b"\xff\xf3", "sound"), (b"\xff\xf1", "sound"),
    (b"MZ", "program"), (b"\x7fELF", "program"), (b"\xcf\xfa\xed\xfe", "program"), (b"#!/", "program"),
    (b"L\0\0\0\x01\x14\x02\0", "shortcut"), (b"[InternetShortcut]", "shortcut"), (b"\0\x05\x16\x07", "apple-double"),
)  # fmt: skip
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: Final = (
    ("__properties_version1.0", "msg"), ("EncryptedPackage", "office-locked"), ("WordDocument", "doc"),
    ("Workbook", "xls"), ("WORKBOOK", "xls"), ("PowerPoint Document", "ppt"),
    ("Book" + 20 * "\0", "xls"),
)  # fmt: skip
_ZIP_MEMBERS: Final = (
    (b"word/document", "docx"),
    (b"xl/workbook", "xlsx"),
    (b"ppt/presentation", "pptx"),
    (b"Index/Document.iwa", "pages"),
)
_ZIP_STARTS: Final = (
    (b"mimetypeapplication/vnd.section19-wizard.photos", "photos"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"mimetypeapplication/vnd.oasis.opendocument.presentation", "odp"),
    (b"mimetypeapplication/epub+zip", "epub"),
)  # fmt: skip
_ZIP_END: Final = 66_000  # bytes in which its end is found
_ZIP_LOOKED_AT: Final = 5_000
_BRANDS: Final = (
    ((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"MiHB", b"MiHE"), "heic"),
    ((b"avif", b"avis"), "avif"),
    ((b"M4A ", b"M4B "), "sound"),
)
_TEXT: Final[tuple[tuple[str, str], ...]] = (
    (r"(?:\d{1,9}\s+)?(?:Received|Return-Path|From|To|Cc|Date|Subject|MIME-Version|Delivered-To|Message-ID|Reply-To|"
     r"Sender|References|In-Reply-To|Authentication-Results|User-Agent|(?:X|ARC|DKIM|Content|Thread|List)-[\w-]+):\s.*\n"
     r"(?:.*\n){0,60}(?:Received|Return-Path|From|To|Date|Subject|MIME-Version|Message-ID|DKIM-Signature):\s", "eml"),
    (r"From \S+ .*\d\d:\d\d.*\n[A-Za-z-]+:", "eml"),
    (r"BEGIN:VCALENDAR", "calendar"), (r"BEGIN:VCARD", "contact"),
    (r"(?:<\?xml[^>]*>\s*)?(?:(?s:<!--.*?-->)\s*)?(?:<!doctype svg|<svg)", "svg"),
    (r"(?:<\?xml[^>]*>\s*)?(?:(?s:<!--.*?-->)\s*)?(?:<!doctype html|<html|<head|<body)", "html"),
    (r"<\?xml", "xml"),
)  # fmt: skip
_CONTROLS: Final = frozenset(map(chr, {*range(32), 0xFFFD})) - frozenset("\t\n\r\f")


def detect(data: bytes) -> Kind:
    """Say what the file is; ``unknown`` when nothing fits."""
    if not data:
        return KINDS["empty"]
    return KINDS[_binary(data) or _text(data[:HEAD]) or "unknown"]


def told(data: bytes) -> tuple[dict[str, str], list[bytes]]:
    """The operation of the child process: the id of the kind."""
    return {"kind": detect(data).id}, []


def holds_program(data: bytes) -> bool:
    """Whether a file is a program or, by its tell-tale words, an office document with macros."""
    if data.startswith(_OLE):
        return any(name.encode("utf-16-le") in data for name in ("_VBA_PROJECT", "_VBA_PROJECT_CUR"))
    if data.startswith(b"PK\x03\x04"):
        return b"vbaProject.bin" in data or b"Basic/script-lc.xml" in data
    return detect(data).id == "program"


def _binary(data: bytes) -> str:
    if data.startswith(_OLE):
        streams = ((name.encode("utf-16-le"), kind) for name, kind in _OLE_STREAMS)
        return next((kind for name, kind in streams if name in data), "ole")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data)
    if data[4:8] == b"ftyp":
        known = {brand: kind for brands, kind in _BRANDS for brand in brands}
        return known.get(data[8:12]) or _by_other_brands(data) or "video"
    if data.startswith(b"RIFF"):
        return {b"WEBP": "webp", b"WAVE": "sound", b"AVI ": "video"}.get(data[8:12], "")
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return "bmp"
    by_start = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "")
    beheaded = b" obj" in data[:HEAD] and b"%%EOF" in data[-HEAD:]
    return by_start or ("pdf" if b"%PDF" in data[:1024] or beheaded else "")


def _by_other_brands(data: bytes) -> str:
    """Of a file whose first brand says no more than that it is a picture: the brands that follow it say which."""
    others = data[16 : min(int.from_bytes(data[:4], "big"), HEAD)]
    if data[8:12] not in (b"mif1", b"msf1", b"miaf"):
        return ""
    return "avif" if b"avif" in others or b"avis" in others else "heic"


def _zip(data: bytes) -> str:
    """By its members, not by those of a document in it; where its list of them is gone, by whatever is there."""
    by_start = next((kind for words, kind in _ZIP_STARTS if words in data[:HEAD]), "")
    if by_start:
        return by_start
    members = _members(data)
    if {b"content.xml", b"mimetype"} <= set(members):  # packed anew by hand, in another order
        said = b"mimetype" + _start_of(data, "mimetype")
        return next((kind for words, kind in _ZIP_STARTS if said.startswith(words)), "odt")
    if not members:
        return next((kind for name, kind in _ZIP_MEMBERS if name in data), "zip")
    return next((kind for name, kind in _ZIP_MEMBERS if any(one.startswith(name) for one in members)), "zip")


def _start_of(data: bytes, member: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(member) as stream:
            return stream.read(100)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError, KeyError):
        return b""


def _members(data: bytes) -> list[bytes]:
    """The names in the list at the end of a zip archive, those of them that matter here at most."""
    end = data.rfind(b"PK\x05\x06", -_ZIP_END)
    at = int.from_bytes(data[end + 16 : end + 20], "little") if end >= 0 else len(data)
    names: list[bytes] = []
    while data[at : at + 4] == b"PK\x01\x02" and len(names) < _ZIP_LOOKED_AT:
        name, *more = (int.from_bytes(data[at + by : at + by + 2], "little") for by in (28, 30, 32))
        names.append(data[at + 46 : at + 46 + name])
        at += 46 + name + sum(more)
    return names


def _text(head: bytes) -> str:
    text = decode(head)
    if "\0" in text or 20 * sum(letter in _CONTROLS for letter in text) > len(text):
        return ""
    start = text.removeprefix("\ufeff").lstrip()
    found = (kind for pattern, kind in _TEXT if re.match(pattern, start, re.IGNORECASE))
    return next(found, "text")
