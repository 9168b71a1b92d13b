"""The draft pack, page by page, drawn in memory: a look at it leaves no file behind."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from wizard.pages.announcing import announce
from wizard.pages.look import px
from wizard.pages.words import Words, button

WIDTH = 760
AHEAD = 2
"""Pages beyond what is seen that are drawn too."""


class DraftPreview(QWidget):
    """Draws pages as they come into view."""

    wanted = Signal(int, int)
    """A page, from 1, and its width in pixels; ``picture`` takes it."""
    closed = Signal()
    save = Signal(object)
    """Where a copy is wanted."""

    def __init__(self, name: str, pages: int) -> None:
        super().__init__()
        self.setAccessibleName("Draft pack")
        self._name = name
        self._asked: set[int] = set()
        self._sheets = [_sheet(number, pages) for number in range(1, pages + 1)]
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(px(16))
        for sheet in self._sheets:
            column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName("Pages of the draft")
        self._scroll.verticalScrollBar().valueChanged.connect(self._ask)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._bar(pages))
        whole.addWidget(self._scroll, 1)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.closed.emit)
        self.setFocusProxy(self._back)

    def picture(self, page: int, png: bytes) -> None:
        """Show a page that was drawn."""
        pixmap = QPixmap()
        if pixmap.loadFromData(png):
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            sheet = self._sheets[page - 1]
            sheet.setFixedHeight(round(pixmap.height() / self.devicePixelRatioF()) + 2)
            sheet.setPixmap(pixmap)

    def failed(self, sentence: str, remedy: str = "") -> None:
        """Say why a page cannot be shown."""
        self._trouble.say(remedy, sentence)
        self._trouble.show()
        announce(self, f"{sentence} {remedy}", urgent=True)

    def _bar(self, pages: int) -> QWidget:
        bar = QFrame()
        bar.setObjectName("header")
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(20), px(12), px(20), px(12))
        row.setSpacing(px(16))
        self._back = button("Back to Check your answers", self.closed.emit)
        self._trouble = Words(role="problem")
        self._trouble.hide()
        row.addWidget(self._back)
        row.addWidget(Words("1 page" if pages == 1 else f"{pages} pages", bold="Draft pack"), 1)
        row.addWidget(self._trouble, 2)
        row.addWidget(button("Save a copy of the draft", self._save))
        return bar

    def _save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "Save a copy of the draft", self._name, "PDF (*.pdf)")
        if chosen:
            self.save.emit(Path(chosen))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More pages may have come into view."""
        super().resizeEvent(event)
        self._ask()

    def _ask(self) -> None:
        top = self._scroll.verticalScrollBar().value()
        height = max(1, self._sheets[0].height() + px(16))
        first, last = top // height, (top + self._scroll.viewport().height()) // height + AHEAD
        width = round(px(WIDTH) * self.devicePixelRatioF())
        for number in range(max(0, first) + 1, min(len(self._sheets), last + 1) + 1):
            if number not in self._asked:
                self._asked.add(number)
                self.wanted.emit(number, width)


def _sheet(number: int, pages: int) -> QLabel:
    sheet = QLabel()
    sheet.setProperty("role", "sheet")
    sheet.setFixedSize(px(WIDTH) + 2, round(px(WIDTH) * 1.414))
    sheet.setAlignment(Qt.AlignmentFlag.AlignTop)
    sheet.setAccessibleName(f"Page {number} of {pages} of the draft")
    return sheet
