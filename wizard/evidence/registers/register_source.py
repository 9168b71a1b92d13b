"""The lines of a register export as cells, whatever kind of file it is. Runs in the child process.

Where nothing but room separates the columns, each cell has its place across as well.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from wizard.errors import EvidenceRefused
from wizard.evidence.detection import detect
from wizard.evidence.text import separated
from wizard.evidence.text.decoding import decode

ROWS: Final = 20_000
COLUMNS: Final = 400
CELL: Final = 200
PAGES: Final = 60
LETTERS: Final = 400_000
TAKE: Final = (
    "In the school’s information system choose a register of this one pupil and save it as CSV or Excel, "
    "paste its rows, or type the totals."
)
_QUOTED: Final = re.compile(r'=\s*"(.*)"', re.DOTALL)

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file: its number, its cells, and where each stands across when nothing else separates them."""

    number: int
    cells: list[str]
    places: tuple[Span, ...] = ()
    drawn: bool = False

    def under(self, header: "Line") -> list[str]:
        """The cells as they stand under the columns of a header; as many as it has are taken in turn, if only typed."""
        if not self.places or not header.places or (len(self.cells) == len(header.cells) and not self.drawn):
            return self.cells
        placed = [""] * len(header.cells)
        for cell, place in zip(self.cells, self.places, strict=True):
            column = min(range(len(placed)), key=lambda at: _apart(header.places[at], place))
            placed[column] = f"{placed[column]} {cell}".strip()
        return placed


def _apart(one: Span, other: Span) -> tuple[float, float]:
    gap = max(one[0] - other[1], other[0] - one[1], 0.0)
    return gap, abs(sum(one) - sum(other))


def readings(data: bytes) -> Iterator[tuple[str, list[Line]]]:
    """The ways in which the file may be meant, likeliest first: the name of a sheet, or "", and its lines.

    Raises:
        EvidenceRefused: it is of a kind that holds no table, too long, or damaged.
    """
    kind = detect(data)
    if kind.id == "pdf":
        yield "", _of_pdf(data)
    elif kind.id in ("xlsx", "xls", "ods"):
        from wizard.evidence.office.workbook import sheets

        for name, rows in sheets(data, ROWS, COLUMNS):
            yield name, _checked([Line(n, [_plain(cell) for cell in cells]) for n, cells in enumerate(rows, 1)])
    elif kind.id == "text":
        yield from _of_text(decode(data).splitlines())
    else:
        raise EvidenceRefused(f"A register is read from CSV, Excel or PDF, and this is {kind.a_name}.", TAKE)


def _checked(lines: list[Line]) -> list[Line]:
    if len(lines) > ROWS:
        raise EvidenceRefused(f"The file has more than {ROWS:,} rows.", TAKE)
    return lines


def _plain(cell: str) -> str:
    """A cell without what spreadsheets put round text to keep it as text."""
    text = cell.strip()[:CELL]
    if quoted := _QUOTED.fullmatch(text):
        return quoted[1].strip()
    return text[1:] if text.startswith("'") and len(text) > 1 else text


# Text


def _of_text(lines: list[str]) -> Iterator[tuple[str, list[Line]]]:
    if len(lines) > ROWS:
        raise EvidenceRefused(f"The file has more than {ROWS:,} rows.", TAKE)
    unreadable = False
    for mark in separated.marks(lines):
        rows = separated.split(lines, mark, COLUMNS)
        if rows is None:
            unreadable = True
        else:
            yield "", [Line(n, [_plain(cell) for cell in cells]) for n, cells in enumerate(rows, 1)]
    yield "", [_aligned(n, line) for n, line in enumerate(lines, 1)]
    if unreadable:
        raise EvidenceRefused("The quotation marks in the file do not match, so its rows cannot be told apart.", TAKE)


def _aligned(number: int, line: str) -> Line:
    """A line whose cells lie two blanks or more apart."""
    found = list(re.finditer(r"\S+(?:\s\S+)*", line.expandtabs()))[:COLUMNS]
    return Line(number, [_plain(one.group()) for one in found], tuple(one.span() for one in found))


# PDF


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    left: float
    right: float
    middle: float
    height: float


def _of_pdf(data: bytes) -> list[Line]:
    """The lines of a PDF's text, from top to bottom; cells are told apart by the room between them."""
    import pypdfium2

    lines: list[Line] = []
    left = LETTERS
    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > PAGES:
                raise EvidenceRefused(f"The PDF has more than {PAGES} pages.", TAKE)
            for page in document:
                letters = _letters(page.get_textpage(), left)
                left -= len(letters)
                lines += [_line(n, row) for n, row in enumerate(_rows(letters), len(lines) + 1)]
    except pypdfium2.PdfiumError:
        raise EvidenceRefused("The PDF is damaged or protected by a password.", TAKE) from None
    if not any(line.cells for line in lines):
        raise EvidenceRefused(
            "The PDF holds no text: it is a scan.", "Attach it under Evidence, and type the totals here."
        )
    return _checked(lines)


def _letters(page: Any, most: int) -> list[_Letter]:  # noqa: ANN401 - pypdfium2 has no types
    count = page.count_chars()
    if count > most:
        raise EvidenceRefused("The PDF holds more text than a register.", TAKE)
    letters = []
    for at in range(count):
        text = page.get_text_range(at, 1)
        if text.strip():
            left, bottom, right, top = page.get_charbox(at, loose=True)
            letters.append(_Letter(text, left, right, (top + bottom) / 2, max(top - bottom, 1.0)))
    return letters


def _rows(letters: Iterable[_Letter]) -> Iterator[list[_Letter]]:
    """The letters of each line, from left to right."""
    row: list[_Letter] = []
    for letter in sorted(letters, key=lambda one: -one.middle):
        if row and row[0].middle - letter.middle > 0.5 * max(row[0].height, letter.height):
            yield sorted(row, key=lambda one: one.left)
            row = []
        row.append(letter)
    if row:
        yield sorted(row, key=lambda one: one.left)


def _line(number: int, row: list[_Letter]) -> Line:
    cells: list[str] = []
    places: list[Span] = []
    for letter in row:
        gap = letter.left - places[-1][1] if places else 1e9
        if gap > 0.75 * letter.height:
            cells.append(letter.text)
            places.append((letter.left, letter.right))
        else:
            cells[-1] += (" " if gap > 0.15 * letter.height else "") + letter.text
            places[-1] = (places[-1][0], max(places[-1][1], letter.right))
    return Line(number, [_plain(cell) for cell in cells[:COLUMNS]], tuple(places[:COLUMNS]), drawn=True)
