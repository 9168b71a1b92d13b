"""What can still be read of a zip archive, an office document among them, that is cut off or damaged; in the child.

The list of its files lies at its end, and is lost first; but each file has a head of its own (APPNOTE.TXT 4.3.7).
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from xml.parsers import expat

from wizard.errors import EvidenceRefused
from wizard.evidence.document import Read
from wizard.evidence_fact import FOR_SCHOOL

KINDS: Final = frozenset({"docx", "odt", "xlsx", "ods", "zip"})
NOTICE: Final = (
    "The file is damaged or cut off: what could be read of it is shown, and the original is not sent along. Words and "
    f"numbers in it may be missing or wrong.{FOR_SCHOOL}Ask for it to be sent again."
)
_UNPACKED: Final = 200 << 20
_MOST: Final = 5_000
_HEAD, _NEXT = b"PK\x03\x04", (b"PK\x07\x08", b"PK\x03\x04", b"PK\x01\x02")
_FIXED: Final = 30  # bytes of a head before the name
_NAME: Final = 16_000  # bytes of a name that are kept: written anew, each may become three
_PIECE: Final = 512  # an error costs the piece in which it lies
_LOCKED, _STORED, _DEFLATED = 0x1, 0, 8
_UTF8: Final = 0x800


def mended(data: bytes, kind: str) -> bytes | None:
    """An archive of what can be read of one: of a document, cut XML too, closed; of any other, whole files alone.

    None when nothing can.

    Raises:
        EvidenceRefused: it grows too large.
    """
    found: dict[str, bytes] = {}
    left = _UNPACKED
    for name, part, whole in _files(data):
        left -= len(part)
        if left < 0 or len(found) > _MOST:
            raise EvidenceRefused("The file grows too large when it is opened.", "Ask for it to be sent again.")
        shown = part if kind == "zip" or not name.endswith((".xml", ".rels")) else _closed(part)
        if (whole or kind != "zip") and len(shown) > len(found.get(name, b"")):
            found[name] = shown
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in found.items():
            archive.writestr(name, part)
    return buffer.getvalue() if found else None


def told(read: Read) -> Read:
    """The same, said to be of a damaged file, which does not travel: nobody knows what else is in it."""
    return replace(read, notices=(NOTICE, *read.notices)).kept_back(True)


def _files(data: bytes) -> Iterator[tuple[str, bytes, bool]]:
    """Each file by its name, as far as it can be unpacked, and whether that is all of it."""
    at = data.find(_HEAD)
    while at >= 0:
        flags, method = (int.from_bytes(data[at + by : at + by + 2], "little") for by in (6, 8))
        crc, size = (int.from_bytes(data[at + by : at + by + 4], "little") for by in (14, 18))
        named, more = (int.from_bytes(data[at + by : at + by + 2], "little") for by in (26, 28))
        spelt = data[at + _FIXED : at + _FIXED + min(named, _NAME)].partition(b"\0")[0]  # as archives are read
        name = spelt.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        start = at + _FIXED + named + more
        if flags & _LOCKED or method not in (_STORED, _DEFLATED):
            part, end, ended = b"", start, False
        else:
            part, end, ended = _inflated(data, start) if method == _DEFLATED else _stored(data, start, size)
        if part and name and not name.endswith("/"):
            yield name, part, ended and zlib.crc32(part) == (crc or _crc_after(data, end))
        at = data.find(_HEAD, max(end, at + 4))


def _crc_after(data: bytes, at: int) -> int:
    """The sum that stands after a file whose head did not know it."""
    by = 4 if data[at : at + 4] == _NEXT[0] else 0
    return int.from_bytes(data[at + by : at + by + 4], "little")


def _stored(data: bytes, start: int, size: int) -> tuple[bytes, int, bool]:
    """A file that is not packed; one of unknown size ends where the next thing begins."""
    marks = (data.find(mark, start) for mark in _NEXT)
    end = start + size if size else min((mark for mark in marks if mark >= 0), default=len(data))
    return data[start:end], end, end <= len(data)


def _inflated(data: bytes, start: int) -> tuple[bytes, int, bool]:
    unpacking, made, at = zlib.decompressobj(-zlib.MAX_WBITS), bytearray(), start
    try:
        while at < len(data) and not unpacking.eof and len(made) <= _UNPACKED:
            made += unpacking.decompress(data[at : at + _PIECE])
            at += _PIECE
    except zlib.error:
        return bytes(made), start, False
    return bytes(made), min(at, len(data)) - len(unpacking.unused_data), unpacking.eof


def _closed(part: bytes) -> bytes:
    """XML as far as it is well formed, and closed there; unchanged when it is whole, nothing when it has no start."""
    outline = _Outline(part)
    try:
        outline.parser.Parse(part, True)
    except (expat.ExpatError, ValueError, LookupError):
        return outline.closed()
    return part


class _Outline:
    """Which elements are open at the last place that is known to be well."""

    def __init__(self, part: bytes) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._here
        self.parser.StartDoctypeDeclHandler = self._refuse
        self._part = part
        self._open: list[str] = []
        self._known: tuple[int, tuple[str, ...]] = (0, ())

    def closed(self) -> bytes:
        at, names = self._known
        return self._part[:at] + "".join(f"</{name}>" for name in reversed(names)).encode() if names else b""

    def _here(self, *_: object) -> None:
        self._known = (self.parser.CurrentByteIndex, tuple(self._open))

    def _start(self, name: str, _attributes: object) -> None:
        self._here()
        self._open.append(name)

    def _end(self, _name: str) -> None:
        if self._part.startswith(b"</", self.parser.CurrentByteIndex):
            self._here()
            self._open.pop()
        else:  # an element without content: its end is told where it is over
            self._open.pop()
            self._here()

    def _refuse(self, *_: object) -> None:
        raise ValueError("declares what no document needs")
