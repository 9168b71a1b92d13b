"""Tables of a document: which columns stand side by side, how wide, and rows that may cross pages; in the child."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from wizard.evidence.text.blocks import Prose, Table
from wizard.typeset.look import Style, style
from wizard.typeset.tables import fits, fitted
from wizard.typeset.typesetting import Line, Text, Typesetter, plain

_BETWEEN: Final = 10.0  # as `typeset.tables` reckons
_INSET: Final = 4.0
_PADDING: Final = 3.0
_SIZES: Final = (9.5, 8.5, 7.5)
_MANY: Final = 5
_TALL: Final = 2.5
_LOOKED_AT: Final = 120  # rows at the start, and as many of the longest, that widths are taken from


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its number in the table, its place and width in points from the left margin, its type."""

    number: int
    left: float
    width: float
    look: Style


@dataclass(frozen=True, slots=True)
class Ruled:
    """A row, or what is left of it, in lines."""

    columns: tuple[Column, ...]
    cells: tuple[tuple[Line, ...], ...]
    above: float = _PADDING

    @property
    def height(self) -> float:
        """Points from the rule above to the rule beneath."""
        return max(sum(line.leading for line in cell) for cell in self.cells) + self.above + _PADDING

    @property
    def right(self) -> float:
        """The right edge of its last column."""
        return self.columns[-1].left + self.columns[-1].width + _INSET

    @property
    def edges(self) -> Iterator[float]:
        """Where upright rules stand."""
        yield from (column.left - _INSET for column in self.columns)
        yield self.right

    def divided(self, room: float) -> tuple["Ruled", "Ruled | None"]:
        """What fits into so many points, at least a line of each cell, and what does not."""
        if self.height <= room:
            return self, None
        parts = [_parted(cell, room - self.above - _PADDING) for cell in self.cells]
        first = replace(self, cells=tuple(fitting for fitting, _ in parts))
        if not any(rest for _, rest in parts):
            return first, None
        return first, replace(self, cells=tuple(rest for _, rest in parts))


def _parted(lines: tuple[Line, ...], room: float) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    at = 0
    while at < len(lines) and (at == 0 or lines[at].leading <= room):
        room -= lines[at].leading
        at += 1
    return lines[:at], lines[at:]


def parted(typesetter: Typesetter, table: Table, upright: float, across: float) -> Iterator[tuple[list[Column], float]]:
    """Columns that stand side by side, and how wide the page must be: one group if it can be, else several.

    Where there are several, the first column stands in each, since it says what a row is about.
    """
    samples = _samples(table)
    for width, size in ((upright, _SIZES[0]), (upright, _SIZES[1]), (across, _SIZES[1]), (across, _SIZES[2])):
        texts = _texts(samples, style(size))
        if fits(typesetter, texts, width - 2 * _INSET):
            columns = _columns(typesetter, texts, range(len(texts)), width, style(size))
            if width == across or not _crowded(columns, samples):
                yield columns, width
                return
    look = style(_SIZES[2])
    texts = _texts(samples, look)
    group: list[int] = [0]
    for number in range(1, len(texts)):
        if len(group) > 1 and not fits(typesetter, [texts[at] for at in (*group, number)], across - 2 * _INSET):
            yield _columns(typesetter, texts, group, across, look), across
            group = [0]
        group.append(number)
    yield _columns(typesetter, texts, group, across, look), across


def _samples(table: Table) -> list[list[str]]:
    """Of each column the texts that its width is taken from."""
    columns = []
    for number in range(len(table.rows[0])):
        texts = ["".join(piece.text for piece in row[number]) for row in table.rows]
        longest = sorted(texts[_LOOKED_AT:], key=len, reverse=True)[:_LOOKED_AT]
        columns.append([text[:1000] for text in (*texts[:_LOOKED_AT], *longest)])
    return columns


def _crowded(columns: Sequence[Column], samples: Sequence[Sequence[str]]) -> bool:
    """Whether many columns are so narrow that their rows grow tall, and would lie better across."""
    rows = list(zip(*(texts[:_LOOKED_AT] for texts in samples), strict=True))
    tall = [max(len(text) * at.look.size / 2 / at.width for text, at in zip(row, columns, strict=True)) for row in rows]
    return len(columns) >= _MANY and sum(tall) > _TALL * len(tall)


def _texts(samples: Sequence[Sequence[str]], look: Style) -> list[list[Text]]:
    bold = replace(look, bold=True)
    return [[plain(text, bold if at == 0 else look) for at, text in enumerate(texts)] for texts in samples]


def _columns(
    typesetter: Typesetter, texts: Sequence[Sequence[Text]], numbers: Sequence[int], width: float, look: Style
) -> list[Column]:
    widths = fitted(typesetter, [texts[number] for number in numbers], width - 2 * _INSET)
    found, left = [], _INSET
    for number, wide in zip(numbers, widths, strict=True):
        found.append(Column(number, left, wide, look))
        left += wide + _BETWEEN
    return found


def squared(rows: Sequence[Sequence[Prose]]) -> tuple[tuple[Prose, ...], ...]:
    """The rows made as long as the longest."""
    longest = max(map(len, rows), default=0)
    return tuple((*row, *((),) * (longest - len(row))) for row in rows)
