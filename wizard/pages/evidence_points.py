"""What somebody should look at in a document, each with the way to put it right."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.pages.announcing import announce
from wizard.pages.controls import reveal
from wizard.pages.evidence_words import Pointed, breakable
from wizard.pages.look import px
from wizard.pages.words import Box, Link, Words, column


class PointsList(QWidget):
    """Sentences about a document, with a link each; hidden while there are none."""

    changed = Signal(object)
    """The document's facts as they are wanted now."""
    emptied = Signal()
    """The focus was on a link that has gone, and there is none left."""

    def __init__(self) -> None:
        super().__init__()
        self._told: tuple[Pointed, ...] = ()
        self._links: list[Link] = []
        self._layout = column(self, px(6))
        self.hide()

    def tell(self, points: Sequence[Pointed], name: str) -> None:
        """Show these points about the document of that name."""
        before, self._told = self._told, tuple(points)
        if [_seen(point) for point in before] == [_seen(point) for point in points]:
            return  # a link that is being pressed stays, although the document's title has just been typed
        held = next((at for at, link in enumerate(self._links) if link.hasFocus()), None)
        while (item := self._layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._links = []
        for number, point in enumerate(points):
            self._layout.addWidget(self._piece(number, point, name))
        self.setVisible(bool(points))
        if held is not None:
            self._hold(held)

    def _piece(self, number: int, point: Pointed, name: str) -> QWidget:
        words = Words(breakable(point.words))
        if point.then is None:
            return Box("inset", words)
        link = Link(point.action, lambda: self._press(number), f"{point.action}: {point.words} ({name})")
        self._links.append(link)
        box = Box("warning" if point.urgent else "inset", words, link)
        box.column.setSpacing(0)
        return box

    def _press(self, number: int) -> None:
        point = self._told[number]
        announce(self, f"{point.action}: done")
        self.changed.emit(point.then)

    def _hold(self, place: int) -> None:
        """The link that was pressed has gone: the focus is on the one that took its place."""
        if self._links:
            reveal(self._links[min(place, len(self._links) - 1)])
        else:
            self.emptied.emit()


def _seen(point: Pointed) -> tuple[str, str, bool]:
    return point.words, point.action, point.urgent
