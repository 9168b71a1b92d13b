"""The sheets of a spreadsheet (XLSX, XLS, ODS) as rows of text. Runs in the child process."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from wizard.errors import EvidenceRefused

KINDS: Final = frozenset({"xlsx", "xls", "ods"})
UNPACKED: Final = 80 << 20
"""Bytes that the parts of a spreadsheet may have when they are unpacked; a school's export has far fewer."""

CSV: Final = "Open it in the program that made it, save the sheet as CSV, and take that."
_DECLARED: Final = tuple(
    text.encode(code) for text in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)
_PIECE: Final = 1 << 20

Rows = list[list[str]]


def sheets(data: bytes, rows: int, columns: int) -> Iterator[tuple[str, Rows]]:
    """The visible sheets by name, each with at most so many rows and columns, from its first row and column on.

    A date is written ``2026-09-14``; a cell that is merged over several has its text in the first of them.

    Raises:
        EvidenceRefused: it is no spreadsheet, has a password, declares entities, or is too large when unpacked.
    """
    if data.startswith(b"PK"):
        _look_into(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for facts in workbook.sheets_metadata:
            if facts.visible is SheetVisibleEnum.Visible and facts.typ is SheetTypeEnum.WorkSheet:
                found = workbook.get_sheet_by_name(facts.name).to_python(skip_empty_area=False, nrows=rows + 1)
                yield facts.name, [[_text(cell) for cell in cells[:columns]] for cells in found]
    except PasswordError:
        raise EvidenceRefused("The spreadsheet is protected by a password.", CSV) from None
    except (CalamineError, OSError, ValueError):
        raise EvidenceRefused("The spreadsheet is damaged, or made in a way that cannot be read.", CSV) from None


def _look_into(data: bytes) -> None:
    """Unpack every part once, to a limit, and refuse declarations of a document type or of entities."""
    left = UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.infolist():
                with archive.open(part) as stream:
                    tail = b""
                    while piece := stream.read(_PIECE):
                        left -= len(piece)
                        if left < 0:
                            raise EvidenceRefused("The spreadsheet grows too large when it is opened.", CSV)
                        if any(word in tail + piece for word in _DECLARED):
                            raise EvidenceRefused("The spreadsheet holds declarations that none needs.", CSV)
                        tail = piece[-32:]
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        raise EvidenceRefused("The spreadsheet is damaged, or made in a way that cannot be read.", CSV) from None


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()  # dates give the ISO form
