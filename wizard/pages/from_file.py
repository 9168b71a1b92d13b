"""What the pages have in common that take answers from a file: advice, choosing, waiting, a result, doing it or not."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.filling import Filling
from wizard.pages import files
from wizard.pages.controls import reveal
from wizard.pages.look import px
from wizard.pages.scrolled import scrolled
from wizard.pages.tabs import in_order
from wizard.pages.words import Box, Words, button, button_bar, column, give_role
from wizard.pages.working import Working

WIDTH = 860


class Asks(QWidget):
    """Something that has to be answered, with what takes the focus."""

    first: QWidget


class FromFile(QWidget):
    """A file is chosen, looked into, and taken over or left; what is found in it stands in one place."""

    fill = Signal(object)
    """A ``Filling`` that was looked at."""
    stop = Signal()
    closed = Signal()

    heading = ""
    advice: tuple[str, ...] = ()
    more = ""
    patterns: tuple[str, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.heading)
        self.path: Path | None = None
        self.working = Working()
        self.working.stop.connect(lambda _request: self.stop.emit())
        self._result = QWidget()
        self._choose = button("Choose a file", self._on_choose, "primary")
        self._do = button("Fill in", self._on_fill, "primary")
        self._do.hide()
        inner = QWidget()
        inner.setMaximumWidth(px(WIDTH))
        self._column = column(inner, px(16))
        self._about = Box("inset", *(Words(text) for text in self.advice), Words(self.more, "hint"))
        for widget in (Words(self.heading, "heading"), self._about, self.working, self._result):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolled(inner), 1)
        cancel = button("Cancel", self.closed.emit)
        whole.addWidget(button_bar((self._do, self._choose, cancel), px(48), px(20)))
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.closed.emit)
        self.setFocusProxy(self._choose)
        in_order(self)

    def _on_choose(self) -> None:
        path = files.choose_file(self, "Choose a file of your school’s system", self.patterns)
        if path is not None:
            self.path = path
            self.put(QWidget())
            self.chosen(path)

    def chosen(self, path: Path) -> None:
        """A file was chosen."""
        raise NotImplementedError

    def _on_fill(self) -> None:
        filling = self.filling()
        if filling is not None:
            self.fill.emit(filling)

    def filling(self) -> Filling | None:
        """What is to be filled in, as it stands."""
        raise NotImplementedError

    def progress(self, part: float, words: str) -> None:
        """Show how far reading is."""
        self.working.show_progress(words, part)

    def failed(self, sentence: str, remedy: str) -> None:
        """Say why the file cannot be used."""
        self._about.show()
        self.working.show_failure(sentence, remedy)

    def put(self, result: QWidget, ready: bool = False) -> None:
        """Show what was found in place of what was found before."""
        self.working.rest()
        self._column.replaceWidget(self._result, result)
        self._result.hide()
        self._result.deleteLater()
        self._result = result
        result.show()
        self._about.setVisible(self.path is None)
        self._do.setVisible(ready)
        give_role(self._choose, "secondary" if self.path else "primary")
        self._choose.setText("Choose another file" if self.path else "Choose a file")
        self._choose.setAccessibleName(self._choose.text())
        in_order(self)
        if ready:
            reveal(self._do)
        elif isinstance(result, Asks):
            reveal(result.first)
