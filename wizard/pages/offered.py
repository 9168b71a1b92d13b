"""A box on a page that shows what the answers call for by now, and says where something of it was saved."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from wizard.pages.announcing import announce
from wizard.pages.places import ask_for_file, documents
from wizard.pages.screen import Request, View
from wizard.pages.words import Box, Words, column, turn_visible


class OfferedBox(QWidget):
    """Hidden while nothing is called for; built anew only when that changes."""

    choose_file: Callable[[QWidget, str, Path], Path | None] = staticmethod(ask_for_file)
    advice = ""
    """What to do with a file that was saved."""

    def __init__(self, view: View, wanted: Callable[[Request], object]) -> None:
        super().__init__()
        self._wanted = wanted
        self._layout = column(self)
        self._shown: Sequence[Any] = ()
        self.tell(view)

    def found(self) -> Sequence[Any]:
        """What the answers call for at this page."""
        raise NotImplementedError

    def box(self, found: Sequence[Any]) -> Box:
        """Shows it."""
        raise NotImplementedError

    def tell(self, view: View) -> None:
        """Show what is called for now."""
        self._view = view
        found = self.found()
        turn_visible(self, bool(found))
        if found == self._shown:
            return
        while (item := self._layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._shown = found
        if found:
            box = self.box(found)
            self._done = Words(role="hint")
            self._done.hide()
            box.column.addWidget(self._done)
            self._layout.addWidget(box)

    def ask(self, title: str, name: str) -> Path | None:
        """Where somebody wants a file of this name saved."""
        return self.choose_file(self, title, documents() / name)

    def saved(self, path: Path) -> None:
        """Say that the file was written."""
        if self._shown:
            self._done.say(f"Saved as {path.name} in {path.parent}. {self.advice}".strip())
            self._done.show()
            announce(self, self._done.text())
