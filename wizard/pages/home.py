"""The home page: the referrals, what each waits for, and the ways to begin. Knows overviews, not the forms."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from wizard.pages.announcing import announce
from wizard.pages.flow import Flow
from wizard.pages.listed import Listed, Referrals, Sorted
from wizard.pages.look import px
from wizard.pages.scrolled import scrolled
from wizard.pages.words import Words, button
from wizard.pages.words import column as stack

WIDE = 1200
"""Width of the page from which the reference has a column of its own, at 100 % text."""
ROW = 44
"""Pixels of a row's height at 100 % text."""
FEW = 3
"""Rows that are always seen, if there are so many; the page scrolls where there is no room for them."""


class Table(QTableView):
    """Opens a row by click, Enter or Space."""

    opened = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


BEFORE = (
    "The pupil’s details from your MIS: UPN, address, parents’ contacts",
    "The attendance register for this school year, as a CSV export",
    "Letters from doctors or other professionals, if there are any: not having one need not stop you",
    "Support plans, such as the individual healthcare plan, and what school has tried so far",
    "What the pupil and the parents say, in their own words",
)


class HomeScreen(QWidget):
    """The first page."""

    opened = Signal(str)
    """The reference of a referral."""
    begin = Signal()
    practise = Signal()
    school = Signal()
    """Look at what is kept of the school."""

    def __init__(self, can_practise: bool = False, now: datetime | None = None) -> None:
        super().__init__()
        self.setAccessibleName("Your referrals")
        self._now = now
        self._model, self._sorted = Referrals(now=now), Sorted()
        self._sorted.setSortRole(Qt.ItemDataRole.UserRole)
        self._sorted.setSourceModel(self._model)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        column.addWidget(Words("Your referrals", "heading"))
        self._trouble = Words(role="stop")
        self._trouble.hide()
        column.addWidget(self._trouble)
        self._wait = Words(role="hint")
        self._wait.hide()
        column.addWidget(self._wait)
        self._empty = _empty()
        column.addWidget(self._empty)
        column.addWidget(self._bar(can_practise))
        self._table = self._make_table()
        column.addWidget(self._table, 1000)
        column.addStretch(1)
        stack(self, 0).addWidget(scrolled(content))

    def show_rows(self, rows: Sequence[Listed]) -> None:
        """Show these referrals; without any, what to gather before starting."""
        self._model = Referrals(rows, self._now)
        self._sorted.setSourceModel(self._model)
        self._search.setVisible(len(rows) > 5)
        self._table.setMinimumHeight((min(len(rows), FEW) + 1) * px(ROW))
        self._table.setMaximumHeight((len(rows) + 1) * px(ROW))
        self._table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._table.sortByColumn(5, Qt.SortOrder.DescendingOrder)
        self._table.setCurrentIndex(self._sorted.index(0, 0))
        self.setFocusProxy(self._table if rows else self.new)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the next action needs the room more than the reference."""
        super().resizeEvent(event)
        self._table.setColumnHidden(1, self.width() < px(WIDE))

    def say_trouble(self, sentence: str, remedy: str = "") -> None:
        """Say why something could not be done; nothing takes the words away."""
        self._trouble.setVisible(bool(sentence))
        self._trouble.say(remedy, sentence)

    def say_wait(self, words: str) -> None:
        """Say that something takes a while."""
        self._wait.say(words)
        self._wait.show()
        announce(self, words)

    def _bar(self, can_practise: bool) -> QWidget:
        bar = QWidget()
        flow = Flow(bar, across=px(12))
        self.new: QPushButton = button("New referral", self.begin.emit, "primary")
        flow.addWidget(self.new)
        flow.addWidget(button("Your school", self.school.emit))
        if can_practise:
            flow.addWidget(button("Practise with a made-up pupil", self.practise.emit))
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search by name, council or state")
        self._search.setAccessibleName("Search your referrals")
        self._search.setMinimumWidth(min(px(320), 720))
        self._search.textChanged.connect(self._sorted.find)
        flow.addWidget(self._search)
        return bar

    def _make_table(self) -> Table:
        table = Table()
        table.setAccessibleName("Referrals")
        table.setModel(self._sorted)
        table.setSortingEnabled(True)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setMouseTracking(True)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(px(ROW))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setFixedHeight(px(ROW))
        header.setMinimumSectionSize(px(90))
        for place, width in enumerate((210, 120, 190, 140, 200, 140)):
            table.setColumnWidth(place, px(width))
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        table.clicked.connect(self._open)
        table.opened.connect(self._open)
        return table

    def _open(self, index: QModelIndex) -> None:
        row = self._model.rows[self._sorted.mapToSource(index).row()]
        if row.trouble:
            self.say_trouble(row.trouble)
        else:
            self.opened.emit(row.reference)


def _empty() -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(8))
    column.addWidget(Words("There are none yet. It helps to have these at hand before you start:"))
    for text in BEFORE:
        column.addWidget(Words(f"•  {text}"))
    column.addSpacing(px(8))
    closing = "You need not have everything today. What you enter is kept, encrypted, on this computer alone."
    column.addWidget(Words(closing, "hint"))
    return made
