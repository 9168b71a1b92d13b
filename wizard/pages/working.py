"""Long work on a page: how far it is, how to stop it, and what went wrong."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from wizard.pages.announcing import announce
from wizard.pages.look import px
from wizard.pages.screen import Request
from wizard.pages.words import Link, Words, column


@dataclass(frozen=True)
class StopWork(Request):
    """Stop the work that is under way."""


class Working(QWidget):
    """A bar with words, or the reason why there is none; hidden while nothing happens."""

    stop = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        layout = column(self, px(8))
        self.failure = Words(role="stop")
        self.words = Words(role="hint")
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(px(420))
        self.bar.setAccessibleName("Progress")
        self.cancel = Link("Cancel", lambda: self.stop.emit(StopWork()))
        layout.addWidget(self.failure)
        layout.addWidget(self.words)
        layout.addWidget(self.bar)
        layout.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignLeft)
        self.rest()

    def rest(self) -> None:
        """Show nothing."""
        self.hide()
        for one in (self.failure, self.words, self.bar, self.cancel):
            one.hide()

    def show_progress(self, words: str, part: float) -> None:
        """Show how far the work is; 1 ends it."""
        busy = part < 1
        if busy and words != self.words.text():
            announce(self, words)
        self.failure.hide()
        self.words.say(words)
        self.bar.setValue(round(part * 100))
        for one in (self.words, self.bar, self.cancel):
            one.setVisible(busy)
        self.setVisible(busy)

    def show_failure(self, sentence: str, remedy: str) -> None:
        """Say why it could not be done."""
        self.rest()
        self.failure.say(remedy, sentence)
        self.failure.show()
        self.show()
        announce(self, f"{sentence} {remedy}", urgent=True)
