"""Any table that a school's system exports, as rows of cells. Runs in the child process."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from wizard.errors import EvidenceRefused
from wizard.evidence.detection import detect
from wizard.evidence.text import separated
from wizard.evidence.text.decoding import decode

ROWS: Final = 20_000
COLUMNS: Final = 200
CELL: Final = 10_000
HEADER_WITHIN: Final = 40

AS_CSV: Final = "Save the list as CSV and choose that."

Cells = list[str]
Row = TypeVar("Row")


def tables(data: bytes) -> Iterator[list[Cells]]:
    """The ways in which a file may be meant as a table, likeliest first.

    Raises:
        EvidenceRefused: it holds no table, is too long, or damaged.
    """
    kind = detect(data)
    if kind.id in ("xlsx", "xls", "ods"):
        from wizard.evidence.office.workbook import sheets

        yield from (_cut(rows) for _, rows in sheets(data, ROWS, COLUMNS))
        return
    if kind.id != "text":
        raise EvidenceRefused(f"This is {kind.a_name}, which holds no list that can be read here.", AS_CSV)
    lines = decode(data).replace("\0", "").splitlines()
    _cut(lines)
    for mark in separated.marks(lines):
        if rows := separated.split(lines, mark, COLUMNS):
            yield [[cell.strip()[:CELL] for cell in cells] for cells in rows]


def _cut(rows: list[Row]) -> list[Row]:
    if len(rows) > ROWS:
        raise EvidenceRefused(f"The file has more than {ROWS:,} rows.", "Export this pupil alone.")
    return rows


def key(heading: str) -> str:
    """A heading to compare by: letters and figures alone."""
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


def body(rows: Sequence[Cells], header: int) -> Iterator[Cells]:
    """The rows under a header, as long as it is: no blank ones, no repeated headers, no lines at the foot."""
    names = rows[header]
    width = len(names)
    least = 2 if sum(map(bool, names)) > 1 else 1
    for cells in rows[header + 1 :]:
        if sum(map(bool, cells)) >= least and [key(cell) for cell in cells] != [key(name) for name in names]:
            yield (cells + [""] * width)[:width]
