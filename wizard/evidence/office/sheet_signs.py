"""What a workbook holds beside what its cells show, told from its parts or records; in the child process."""

import html
import re
import struct
from dataclasses import dataclass
from typing import Final

from wizard.evidence.office import office_file

_SHEET: Final = re.compile(r"(xl/worksheets/[^/]+|content)\.xml$")
_FORMULA: Final = re.compile(rb"<f[ >/]|table:formula=")
_FAILED: Final = re.compile(rb"<c [^>]*\bt=\"e\"")
_MARGIN: Final = re.compile(rb"<(?:odd|even|first)(?:Header|Footer)[^>]*>([^<]+)<")
_CODE: Final = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|.)')  # [ECMA-376-1] 18.3.1.46, [MS-XLS] 2.4.136
_FORMULA_CELL, _ERROR_CELL, _HEAD, _FOOT, _OBJECT, _NOTE = 0x0006, 0x0205, 0x0014, 0x0015, 0x005D, 0x001C
_COUNTING: Final = frozenset({"page", "of", "sheet"})
_NOT_DRAWN: Final = frozenset({0x14, 0x19})  # the arrow of a filter, and the box of a comment


@dataclass(slots=True)
class Signs:
    """What there is: formulas, some that failed, words at the head or foot of printed pages, drawings, comments."""

    formulas: bool = False
    failed: bool = False
    margins: bool = False
    drawn: bool = False
    comments: bool = False


def signs(data: bytes) -> Signs:
    """Look for them; drawings and comments in older workbooks alone, as `office_file.look` finds the others.

    Raises:
        Damaged: the archive is.
    """
    found = Signs()
    if not data.startswith(b"PK"):
        _of_records(data, found)
        return found
    with office_file.opened(data) as archive:
        for name in archive.namelist():
            if _SHEET.match(name):
                part = archive.read(name)
                found.formulas = found.formulas or _FORMULA.search(part) is not None
                found.failed = found.failed or _FAILED.search(part) is not None
                said = (html.unescape(text.decode("utf-8", "replace")) for text in _MARGIN.findall(part))
                found.margins = found.margins or any(map(_is_said, said))
    return found


def _is_said(margin: str) -> bool:
    """Whether there are words in it beside page numbers, dates and names of sheets, which are codes."""
    return not set(re.findall(r"\w+", _CODE.sub(" ", margin).casefold())) <= _COUNTING


def _of_records(data: bytes, found: Signs) -> None:
    from wizard.evidence.office import older_workbook

    for number, body in older_workbook.records(data):
        if number == _FORMULA_CELL:
            found.formulas = True
            found.failed = found.failed or (body[6:7] == b"\2" and body[12:14] == b"\xff\xff")
        elif number == _ERROR_CELL:
            found.failed = found.failed or body[7:8] == b"\1"
        elif number in (_HEAD, _FOOT):  # a length, whether letters have two bytes, and the letters
            said = body[3:].decode("utf-16-le" if body[2:3] == b"\1" else "latin-1", "replace")
            found.margins = found.margins or _is_said(said)
        elif number == _OBJECT and len(body) >= 6:
            found.drawn = found.drawn or struct.unpack_from("<H", body, 4)[0] not in _NOT_DRAWN
        elif number == _NOTE:
            found.comments = True
