"""The running text of a pack: rows of cells that fill page after page, and what is made of them."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from wizard.typeset.look import BOTTOM, FOOT, HEADING, LEFT, LINES, TOP, WIDTH, Colour
from wizard.typeset.sheet import Sheet
from wizard.typeset.tagging import Element
from wizard.typeset.typesetting import Line, Text, plain

MOVED = (TOP - BOTTOM) / 2
"""Height below which a row that does not fit goes to the next page whole; a higher one is divided."""
_HANG = 12.0  # points from a dot to its text
_ASCENT = 0.74  # of the type size, from the top of a line of our leading to its baseline


@dataclass(frozen=True, slots=True)
class Item:
    """A line in a cell; ``x`` from the cell's left edge, ``before`` the space above it."""

    line: Line
    element: Element | None
    x: float = 0.0
    before: float = 0.0


@dataclass(slots=True)
class Cell:
    """What stands in one column of a row; ``x`` from the left margin."""

    x: float
    width: float
    items: deque[Item] = field(default_factory=deque)

    @property
    def height(self) -> float:
        """Height of what is left to draw."""
        return sum(item.before + item.line.leading for item in self.items)


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side, with the space around them.

    Attributes:
        ruled: draws a rule beneath.
        leader: dots from one place to another at the foot of the row, in points from the left margin.
        jump: a link over the whole row: the key of a place, its structure element and its words.
    """

    cells: tuple[Cell, ...]
    above: float = 0.0
    below: float = 0.0
    ruled: bool = False
    leader: tuple[float, float] | None = None
    jump: tuple[str, Element, str] | None = None

    @property
    def height(self) -> float:
        """Height of the row, space included."""
        return max((cell.height for cell in self.cells), default=0.0) + self.above + self.below


class Flow:
    """Writes rows down the page and turns over where they do not fit.

    Attributes:
        foot: the part's name at the foot of the page.
        on_turn: draws what is repeated at the top of the next page of a table.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.y = 0.0
        self.foot = ""
        self.foot_colour: Colour = FOOT.colour
        self.on_turn: Callable[[], None] | None = None
        self._headed: float | None = None

    def begin(self, foot: str, foot_colour: Colour = FOOT.colour) -> None:
        """Start a fresh page of a part named ``foot``."""
        self.foot, self.foot_colour = foot, foot_colour
        self.sheet.begin()
        self.y = TOP

    def finish(self) -> None:
        """End the page."""
        self.sheet.finish(self.foot, self.foot_colour)

    def turn(self) -> None:
        """Go on at the top of the next page."""
        self.finish()
        self.begin(self.foot, self.foot_colour)
        if self.on_turn:
            self.on_turn()

    @property
    def room(self) -> float:
        """Height left on this page."""
        return self.y - BOTTOM

    def need(self, height: float) -> None:
        """Turn over unless this much is left."""
        if self.room < min(height, TOP - BOTTOM):
            self.turn()

    def space(self, height: float) -> None:
        """Leave space, but never at the top of a page."""
        if self.y < TOP:
            self.y -= height

    def rule(self, colour: Colour = LINES, left: float = LEFT, right: float = LEFT + WIDTH) -> None:
        """Draw a rule across."""
        self.sheet.rule(left, right, self.y, colour)

    def cell(self, x: float, width: float, *texts: tuple[Element | None, Text], gap: float = 0.0) -> Cell:
        """Return a cell holding texts one under the other, ``gap`` apart."""
        cell = Cell(x, width)
        for element, text in texts:
            before = gap if cell.items else 0.0
            for line in self.sheet.typesetter.lines(text, width):
                indent = max(width - line.width, 0.0) if line.right_to_left else 0.0
                cell.items.append(Item(line, element, indent, before))
                before = 0.0
        return cell

    def row(self, cells: Sequence[Cell], *, above: float = 0.0, below: float = 0.0) -> None:
        """Draw cells side by side, over as many pages as they take."""
        height = max((cell.height for cell in cells), default=0.0) + above
        least = max((_first_lines(cell) for cell in cells), default=0.0) + above
        if height > self.room and (height < MOVED or self.room < least) and self.y < TOP:
            self.turn()
        self.y -= above
        while True:
            self._draw_what_fits(cells)
            if not any(cell.items for cell in cells):
                break
            self.turn()
        self.y -= below

    def _draw_what_fits(self, cells: Sequence[Cell]) -> None:
        lowest = self.y
        for cell in cells:
            y = self.y
            drawn: list[tuple[Item, float]] = []
            while cell.items and y - cell.items[0].before - cell.items[0].line.leading >= BOTTOM:
                item = cell.items.popleft()
                y -= item.before + item.line.leading
                drawn.append((item, y))
            lowest = min(lowest, y)
            self._draw(cell, drawn)
        self.y = lowest

    def _draw(self, cell: Cell, drawn: list[tuple[Item, float]]) -> None:
        for _, group in groupby(drawn, key=lambda pair: id(pair[0].element)):
            members = list(group)
            placed = [(item.line, LEFT + cell.x + item.x, y + (1 - _ASCENT) * item.line.leading) for item, y in members]
            if any(line.fragments for line, _, _ in placed):
                self.sheet.lines(members[0][0].element, placed)

    def rows(self, rows: Sequence[Row]) -> None:
        """Draw rows that are known to fit."""
        for row in rows:
            height = row.height
            self.row(row.cells, above=row.above, below=row.below)
            if row.leader:
                first, last = row.leader
                self.sheet.leader(LEFT + first, LEFT + last, self.y + row.below + 5, LINES)
            if row.jump and self.sheet.plan.page(row.jump[0]):
                key, element, words = row.jump
                self.sheet.link(element, (LEFT, self.y, LEFT + WIDTH, self.y + height), key, words)
            if row.ruled:
                self.rule()

    def paragraph(self, element: Element | None, text: Text, *, above: float = 0.0, below: float = 0.0) -> None:
        """Draw a paragraph over the full width."""
        self.row([self.cell(0, WIDTH, (element, text))], above=above, below=below)

    def heading(self, parent: Element, level: int, words: str, *, key: str = "", follow: float = 60.0) -> None:
        """Draw a heading that stays with what follows it, and remember its place under ``key``."""
        style = HEADING[level]
        above = 18.0 if level == 3 else 26.0
        if level == 1 or self._headed == self.y:
            above = 0.0 if level == 1 else 6.0
        self.need(above + style.leading * 2 + follow)
        self.space(above)
        if key:
            self.sheet.anchor(key, min(self.y + 6, TOP + 24))
        self.paragraph(parent.add(f"H{level}"), plain(words, style), below=10.0 if level == 1 else 6.0)
        self._headed = self.y if level == 1 else None

    def bullets(self, parent: Element, texts: Sequence[Text], *, gap: float = 4.0) -> None:
        """Draw a list."""
        items = parent.add("L")
        items.attributes = {"List": {"ListNumbering": "Disc"}}
        for text in texts:
            item = items.add("LI")
            dot = self.cell(0, 12, (item.add("Lbl"), plain("•", text[0].style)))
            self.row([dot, self.cell(14, WIDTH - 14, (item.add("LBody"), text))], below=gap)

    def listed(self, x: float, width: float, parent: Element, texts: Sequence[Text], *, gap: float = 3.0) -> Cell:
        """Return a cell holding a list, each text beside its dot."""
        cell = Cell(x, width)
        items = parent.add("L")
        items.attributes = {"List": {"ListNumbering": "Disc"}}
        for text in texts:
            item = items.add("LI")
            label, body = item.add("Lbl"), item.add("LBody")
            (dot,) = self.sheet.typesetter.lines(plain("•", text[0].style), width)
            lines = self.sheet.typesetter.lines(text, width - _HANG)
            turned = lines[0].right_to_left
            cell.items.append(Item(dot, label, width - dot.width if turned else 0.0, gap if cell.items else 0.0))
            for number, line in enumerate(lines):
                left = max(width - _HANG - line.width, 0.0) if line.right_to_left else 0.0 if turned else _HANG
                cell.items.append(Item(line, body, left, 0.0 if number else -dot.leading))  # level with its dot
        return cell


def flush_right(cell: Cell) -> Cell:
    """Move the lines of a cell to its right edge."""
    cell.items = deque(replace(item, x=cell.width - item.line.width) for item in cell.items)
    return cell


def _first_lines(cell: Cell) -> float:
    return sum(item.before + item.line.leading for item in list(cell.items)[:2])
