"""The left rail: every section and task with its status in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from wizard.pages.look import mark, px
from wizard.pages.words import Words

WIDTH = 336
SHORT = 18
"""Characters of a status that stay on one line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A task as the rail shows it; ``tone`` is ``done``, ``attention`` or empty."""

    page: str
    name: str
    words: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A numbered section as the rail shows it."""

    title: str
    lines: tuple[Line, ...]


class TaskRow(QPushButton):
    """A task: pressed anywhere, it opens its page."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.setProperty("role", "task")
        self.setProperty("current", False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._name, self._words = Words(role="name"), Words(role="tag")
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for label in (self._name, self._words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(6), px(16), px(6))
        row.setSpacing(px(8))
        row.addWidget(self._name, 1)
        row.addWidget(self._words)
        self.tell(line)

    def tell(self, line: Line) -> None:
        """Show how the task stands now."""
        self._name.say(line.name)
        self._words.say(line.words)
        self._words.setWordWrap(len(line.words) > SHORT)
        mark(self._words, "tone", line.tone)
        self.setAccessibleName(f"{line.name}, {line.words}")

    def sizeHint(self) -> QSize:
        """As wide as the rail, as high as the words need."""
        return QSize(px(WIDTH), self.heightForWidth(px(WIDTH)))

    def minimumSizeHint(self) -> QSize:
        """The words may wrap."""
        return QSize(0, px(36))

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped words."""
        return max(self._row.heightForWidth(width), px(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys move along the rail."""
        steps = {Qt.Key.Key_Down: True, Qt.Key.Key_Up: False}
        if event.key() in steps:
            self.focusNextPrevChild(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class Rail(QScrollArea):
    """The task list."""

    chosen = Signal(str)
    """A page's id."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName("Tasks")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows: dict[str, TaskRow] = {}
        self._titles: list[Words] = []

    def tell(self, groups: Sequence[Group], current: str) -> None:
        """Show how every task stands, and which one is open."""
        if [line.page for group in groups for line in group.lines] != list(self._rows):
            self._build(groups)
        for title, group in zip(self._titles, groups, strict=True):
            title.say(group.title)
            for line in group.lines:
                row = self._rows[line.page]
                row.tell(line)
                mark(row, "current", line.page == current)
                row.setAccessibleDescription("This page is open" if line.page == current else "")

    def forget(self) -> None:
        """Build the rows anew when they are next told."""
        self._rows = {}

    def reveal(self, page: str) -> None:
        """Scroll until a task can be seen."""
        if page in self._rows:
            self.ensureWidgetVisible(self._rows[page], 0, px(48))

    def enter(self, page: str) -> None:
        """Move the focus to a task."""
        if page in self._rows:
            self._rows[page].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self, groups: Sequence[Group]) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, px(12), 0, px(16))
        column.setSpacing(0)
        self._rows, self._titles = {}, []
        for group in groups:
            title = Words(role="caption")
            title.setContentsMargins(px(20), px(10), px(16), px(4))
            self._titles.append(title)
            column.addWidget(title)
            for line in group.lines:
                row = TaskRow(line)
                row.clicked.connect(lambda _=False, page=line.page: self.chosen.emit(page))
                self._rows[line.page] = row
                column.addWidget(row)
        column.addStretch(1)
        self.setWidget(inner)
