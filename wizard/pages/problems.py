"""The error summary: what stands in the way, at the top of the page, each line a link to its place."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from wizard.pages.announcing import announce
from wizard.pages.controls import reveal
from wizard.pages.words import Box, Link, Words

Line = tuple[str, Callable[[], object] | None]
"""A sentence, and what moves the focus to its place (``None`` for the page as a whole)."""


class ErrorSummary(Box):
    """Shown only after Save and continue; it takes the focus and is announced."""

    def __init__(self) -> None:
        super().__init__("summary")
        self.column.setSpacing(0)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def tell(self, lines: Sequence[Line]) -> None:
        """Show these problems and take the focus; hide without any."""
        while (item := self.column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.setVisible(bool(lines))
        if not lines:
            return
        count = "1 thing" if len(lines) == 1 else f"{len(lines)} things"
        self.setAccessibleName(f"There is a problem. {count} to put right")
        self.setAccessibleDescription(" ".join(sentence for sentence, _ in lines))
        self.column.addWidget(Words("There is a problem", role="subheading"))
        for sentence, go in lines:
            self.column.addWidget(self._line(sentence, go))
        reveal(self)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        announce(self, f"{self.accessibleName()}. {self.accessibleDescription()}", urgent=True)

    def _line(self, sentence: str, go: Callable[[], object] | None) -> QWidget:
        if go is None:
            return Words(sentence, role="problem")
        link = Link(sentence, go)
        link.setProperty("tone", "error")
        return link
