"""Which rows and columns of an older Excel workbook (BIFF8, in a compound file) nobody sees; in the child process.

Records as in Microsoft's [MS-XLS]: a number and a length of two bytes each, then so many bytes.
"""

import io
import struct
from collections.abc import Iterator
from typing import Final

import olefile

from wizard.evidence.office.hidden_cells import Hidden

_BROKEN: Final = (OSError, ValueError, TypeError, LookupError, AttributeError, struct.error, RecursionError)
_START, _END, _SHEET, _ROW, _COLUMNS, _LOCK = 0x0809, 0x000A, 0x0085, 0x0208, 0x007D, 0x002F
_BIFF8: Final = 0x0600
_NO_HEIGHT: Final = 0x20
_LAST_COLUMN: Final = 255


def hidden(data: bytes) -> dict[str, Hidden] | None:
    """What is hidden, by the name of the sheet; None where the workbook is older still, locked, or damaged."""
    try:
        book = _stream(data)
        records = list(_part(book, 0))
        if records[0][0] != _START or struct.unpack_from("<H", records[0][1])[0] != _BIFF8:
            return None
        sheets = [(_name(body), struct.unpack_from("<I", body)[0]) for number, body in records if number == _SHEET]
        return {name: _hidden(book, at) for name, at in sheets}
    except _BROKEN:
        return None


def locked(data: bytes) -> bool:
    """Whether a workbook says that what follows is encrypted."""
    try:
        return any(number == _LOCK for number, _ in _part(_stream(data), 0))
    except _BROKEN:
        return False


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every record, those of charts too; none of a workbook that is damaged."""
    try:
        book = _stream(data)
    except _BROKEN:
        return
    at = 0
    while at + 4 <= len(book):
        number, length = struct.unpack_from("<HH", book, at)
        yield number, book[at + 4 : at + 4 + length]
        at += 4 + length


def _stream(data: bytes) -> bytes:
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_FATAL) as ole:
        name = "Workbook" if ole.exists("Workbook") else "Book"
        with ole.openstream(name) as stream:
            return bytes(stream.read())


def _part(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from a place to the end of its part; those of parts within it, such as charts, are left out."""
    depth = 0
    while at + 4 <= len(book):
        number, length = struct.unpack_from("<HH", book, at)
        depth += number == _START
        if depth == 1:
            yield number, book[at + 4 : at + 4 + length]
        depth -= number == _END
        if depth == 0:
            return
        at += 4 + length


def _name(body: bytes) -> str:
    """The name of a sheet: after its place, kind and visibility, a length, and whether letters have two bytes."""
    count, wide = body[6], body[7] & 1
    return body[8 : 8 + count * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _hidden(book: bytes, at: int) -> Hidden:
    found = Hidden()
    for number, body in _part(book, at):
        if number == _ROW:
            (row,), (height,), (flags,) = (struct.unpack_from("<H", body, place) for place in (0, 6, 12))
            if flags & _NO_HEIGHT or not height & 0x7FFF:
                found.rows.add(row)
        elif number == _COLUMNS:
            first, last, width, _, flags = struct.unpack_from("<5H", body)
            if flags & 1 or not width:
                found.columns.update(range(first, min(last, _LAST_COLUMN) + 1))
    return found
