"""The files that are being taken in: how far each is, and the way to stop one or all of them."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wizard.pages.evidence_words import breakable
from wizard.pages.look import px
from wizard.pages.screen import Request
from wizard.pages.words import Link, column
from wizard.pages.working import Working


@dataclass(frozen=True)
class StopIntake(Request):
    """Stop the ``work`` of those words; where it is empty, all of it, as if nothing had been offered."""

    work: str = ""


class Underway(QWidget):
    """A line for each file; hidden while there is none."""

    wanted = Signal(object)
    changed = Signal()
    """Lines came or went: the order of the Tab key is to be made again."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, Working] = {}
        self._layout = column(self, px(8))
        self._all = Link("Cancel all of it", lambda: self.wanted.emit(StopIntake()))
        self._layout.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def tell(self, words: str, part: float) -> None:
        """Show how far the work of those words is; 1 ends it."""
        if words not in self._lines:
            if part >= 1:
                return
            line = self._lines[words] = Working()
            line.cancel.setAccessibleName(f"Cancel: {words}")
            line.stop.connect(lambda _: self.wanted.emit(StopIntake(words)))
            self._layout.insertWidget(self._layout.count() - 1, line)
        self._lines[words].show_progress(breakable(words), part)
        if part >= 1:
            gone = self._lines.pop(words)
            self._layout.removeWidget(gone)
            gone.deleteLater()
        self.setVisible(bool(self._lines))
        self.changed.emit()
