"""The reader of spreadsheets (XLSX, XLS, ODS): their cells as tables, sheet after sheet; in the child process."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from wizard.errors import EvidenceRefused
from wizard.evidence.document import Damaged, Read
from wizard.evidence.office import hidden_cells, office_file, sheet_signs
from wizard.evidence.text.blocks import Block, Heading, Paragraph, Table, prose
from wizard.evidence.text.laid_out import laid_out
from wizard.evidence.text.text_facts import many
from wizard.evidence_fact import FOR_SCHOOL, Treatment

MOST_ROWS: Final = 12_000
MOST_COLUMNS: Final = 200
_INDENTED: Final = re.compile(rb"(</?table:[^>]*>)\s+(?=<)")  # which calamine takes for cells
_NOT_ALONG: Final = ", and the original is not sent along."
_NOBODY_ELSE: Final = "Check that nobody else is in them."
_BROKEN: Final = (CalamineError, OSError, ValueError)


def read(data: bytes, kind: str, treatment: Treatment) -> Read:
    """Read a spreadsheet: every cell of every sheet that can be seen, as it was last saved.

    Raises:
        EvidenceRefused: it is damaged, locked, or grows too large.
    """
    inside, found = office_file.look(data, kind), sheet_signs.signs(data)
    inside = replace(inside, drawn=inside.drawn or found.drawn, comments=inside.comments or found.comments)
    try:
        book = _opened(data, kind)
        facts = book.sheets_metadata
        seen = [sheet.name for sheet in facts if sheet.visible is SheetVisibleEnum.Visible]
        charts = [sheet.name for sheet in facts if sheet.typ is not SheetTypeEnum.WorkSheet]
        concealed = hidden_cells.hidden(data)
        sheets = _Sheets(book, [name for name in seen if name not in charts], concealed or {})
        laid = laid_out(sheets.blocks(headed=len(facts) > 1))
    except _BROKEN as error:
        raise _refusal(data, error) from None
    unseen = len(facts) - len(seen)
    unshown = inside.drawn or bool(charts)
    sentences = (
        (True, "Its cells are shown as tables, not its looks."),
        (unseen, f"{many(unseen, 'hidden sheet in it is', 'hidden sheets in it are')} not shown{_NOT_ALONG}"),
        (sheets.skipped, f"Hidden rows or columns in it are not shown{_NOT_ALONG}"),
        (concealed is None, f"Rows and columns that are hidden in it are shown.{FOR_SCHOOL}{_NOBODY_ELSE}"),
        (found.formulas, "Of its formulas the results are shown, as they were when it was saved."),
        (found.failed, "Cells whose formula failed, such as #N/A, are shown empty."),
        (found.margins, "What its printed pages have at their head and foot is not shown."),
        (unshown, "Charts, drawings and pictures in it are not shown."),
        (sheets.lost, f"{many(sheets.lost, 'sheet in it', 'sheets in it')} could not be read."),
        (sheets.cut, f"Of a sheet at most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns are shown."),
    )
    notices = (*(words for holds, words in sentences if holds), *inside.notices(kept=True))
    back = bool(unseen) or sheets.skipped or not inside.along
    return laid.read(*notices, with_original=unshown or sheets.cut).kept_back(back)


def _opened(data: bytes, kind: str) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except CalamineError:
        if kind != "ods":
            raise
    with office_file.opened(data) as archive:
        content = _INDENTED.sub(rb"\1", archive.read("content.xml"))
        return CalamineWorkbook.from_filelike(io.BytesIO(office_file.packed(archive, {"content.xml": content})))


def _refusal(data: bytes, error: Exception) -> EvidenceRefused:
    locked = isinstance(error, PasswordError)
    if not locked and not data.startswith(b"PK"):
        from wizard.evidence.office import older_workbook

        locked = older_workbook.locked(data)
    if locked:
        return EvidenceRefused("The spreadsheet is protected by a password.", office_file.SAVE)
    return Damaged("The spreadsheet is damaged, or made in a way that cannot be read.", office_file.SAVE)


class _Sheets:
    def __init__(
        self, book: CalamineWorkbook, names: Sequence[str], concealed: Mapping[str, hidden_cells.Hidden]
    ) -> None:
        self.cut = self.skipped = False
        self.lost = 0
        self._concealed = concealed
        self._book = book
        self._names = names

    def blocks(self, *, headed: bool) -> Iterator[Block]:
        """Each sheet as a heading, where there are several, and a table."""
        for name in self._names:
            if headed:
                yield Heading(prose(name), 2)
            try:
                rows = self._rows(name)
            except CalamineError:
                self.lost += 1
                if self.lost == len(self._names):
                    raise
                yield Paragraph(prose("(could not be read)"), quiet=True)
                continue
            if rows:
                yield Table(tuple(tuple(prose(cell) for cell in row) for row in rows), int(_is_head(rows)))
            else:
                yield Paragraph(prose("(empty)"), quiet=True)

    def _rows(self, name: str) -> list[list[str]]:
        """The part of a sheet that holds anything, from its first row and column to its last."""
        concealed = self._concealed.get(name, hidden_cells.Hidden())
        found = self._book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
        kept = [at for at in range(len(found[0]) if found else 0) if at not in concealed.columns]
        self.cut = self.cut or len(found) > MOST_ROWS or len(kept) > MOST_COLUMNS
        self.skipped = self.skipped or bool(concealed)
        rows = [
            [_shown(row[at], share=(number, at) in concealed.percentages) for at in kept[:MOST_COLUMNS]]
            for number, row in enumerate(found[:MOST_ROWS])
            if number not in concealed.rows
        ]
        while rows and not any(rows[-1]):
            rows.pop()
        while rows and not any(rows[0]):
            rows.pop(0)
        used = [at for at in range(len(rows[0])) if any(row[at] for row in rows)] if rows else []
        return [row[used[0] : used[-1] + 1] for row in rows] if used else []


def _is_head(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: words in most of them, and no number."""
    named = [cell for cell in rows[0] if cell]
    return (
        len(rows) > 1 and 2 * len(named) > len(rows[0]) and not any(re.search(r"^[\d.,/: -]+$", cell) for cell in named)
    )


def _shown(cell: object, *, share: bool = False) -> str:
    """A cell as people in England write it; ``share`` when it is seen as a percentage."""
    match cell:
        case float() if share and abs(cell) < 1e6:
            return f"{100 * cell:.2f}".rstrip("0").rstrip(".") + "%"
        case bool():
            return "TRUE" if cell else "FALSE"
        case datetime():
            return f"{cell:%d/%m/%Y}" if cell.time() == time() else f"{cell:%d/%m/%Y %H:%M}"
        case date():
            return f"{cell:%d/%m/%Y}"
        case time():
            return f"{cell:%H:%M}"
        case timedelta():
            minutes = round(cell.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02}"
        case float():
            return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.10g}"
        case _:
            return str(cell).strip()
