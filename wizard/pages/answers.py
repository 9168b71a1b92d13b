"""Answers as they will be sent: a row each, tables as tables, and Change beside each."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from wizard.pages.look import px
from wizard.pages.words import Link, Words, column, readable, selectable
from wizard.summary import UNANSWERED, Part, Row, Section, Table

PAIRS = ("Question", "Answer")
"""Headings of a table that stands for one card; beside the questions they would say nothing."""
STACKED = 200
"""Per cent of text from which an answer stands beneath its question: side by side, neither had room."""
GoTo = Callable[[str], object]


class AnswerTable(QTableWidget):
    """As high as its rows; it is read, not scrolled."""

    def __init__(self, table: Table, name: str) -> None:
        super().__init__(len(table.rows), len(table.headers))
        self.setAccessibleName(readable(name))
        self.setHorizontalHeaderLabels([readable(words) for words in table.headers])
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionsClickable(False)
        if table.headers == PAIRS:
            header.hide()
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(0, px(286))
        for y, cells in enumerate(table.rows):
            for x, text in enumerate(cells):
                item = QTableWidgetItem(readable(text))
                item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                self.setItem(y, x, item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower columns make higher rows."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """So do larger letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        self.resizeRowsToContents()
        header = self.horizontalHeader()
        height = (0 if header.isHidden() else header.height()) + self.verticalHeader().length() + 2 * self.frameWidth()
        if height != self.height():
            self.setFixedHeight(height)


def section_blocks(
    section: Section, go_to: GoTo, marks: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Callable[[], QWidget]]:
    """What builds a section of the pack, piece by piece; ``marks`` says where answers came from, by ``page.field``."""
    yield partial(_section_title, section)
    for part in section.parts:
        title = part.title if len(section.parts) > 1 else ""
        yield partial(_titled, title, part, go_to, marks)


def _section_title(section: Section) -> QWidget:
    block = QWidget()
    layout = column(block, px(8))
    layout.setContentsMargins(0, px(16), 0, 0)
    layout.addWidget(Words(section.title, "subheading"))
    if section.restricted:
        layout.addWidget(Words("Goes last in the pack, marked for the designated safeguarding lead.", "hint"))
    return block


def _titled(title: str, part: Part, go_to: GoTo, marks: Mapping[str, str]) -> QWidget:
    block = QWidget()
    layout = column(block, px(8))
    if title:
        layout.addWidget(Words(title, "label"))
    layout.addWidget(part_block(part, go_to, marks))
    return block


def part_block(part: Part, go_to: GoTo, marks: Mapping[str, str] = MappingProxyType({})) -> QWidget:
    """The answers of one page."""
    block = QWidget()
    grid = QGridLayout(block)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(16))
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(0, 4)
    grid.setColumnStretch(1, 6)
    line = 0
    for row in part.rows:
        grid.addWidget(_rule(), line, 0, 1, 3)
        mark = marks.get(f"{row.page}.{row.field}", "")
        change = Link("Change", partial(go_to, f"{row.page}#{row.field}"), f"Change {row.label}")
        grid.addWidget(_padded(Words(row.label, "label")), line + 1, 0, Qt.AlignmentFlag.AlignTop)
        if mark:
            grid.addWidget(Words(mark, "filled"), line + 3, 0, 1, 3)
        grid.addWidget(change, line + 1, 2, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        if row.table is not None:
            grid.addWidget(AnswerTable(row.table, row.label), line + 2, 0, 1, 3)
        elif px(100) >= STACKED:
            grid.addWidget(_padded(_answer(row)), line + 2, 0, 1, 3)
        else:
            grid.addWidget(_padded(_answer(row)), line + 1, 1, Qt.AlignmentFlag.AlignTop)
        line += 4
    return block


def _answer(row: Row) -> Words:
    if row.state == "unanswered":
        return _toned(Words(UNANSWERED, "tag"), "attention")
    if row.state == "not known":
        return selectable(Words(row.text, bold="Not known:"))
    if row.state == "doubtful":
        return selectable(Words(row.text, bold="To put right:"))
    return selectable(Words(row.text))


def _toned(words: Words, tone: str) -> Words:
    words.setProperty("tone", tone)
    return words


def _padded(words: Words) -> Words:
    words.setContentsMargins(0, px(7), 0, px(7))
    return words


def _rule() -> QFrame:
    made = QFrame()
    made.setProperty("role", "line")
    return made
