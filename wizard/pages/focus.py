"""The ring around whatever has the focus: yellow outside an ink line, on every kind of control."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from wizard.pages.look import colour

INK, RING = 2, 3
"""Pixels of the inner and of the outer line."""


class FocusRing(QObject):
    """Follows the focus of a program."""

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._ring: _Ring | None = None
        app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.leave()
        self._ring = None
        if new is not None and not new.isWindow() and new.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            self._ring = _Ring(new)


class _Ring(QWidget):
    """Lies over the nearest page or window, lets everything through, and moves with what it surrounds."""

    def __init__(self, target: QWidget) -> None:
        self._target = target
        self._above = _chain(target)
        super().__init__(self._above[-1])
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        for one in (target, *self._above):
            one.installEventFilter(self)
        self._place()
        self.show()

    def leave(self) -> None:
        """Go, and listen no longer."""
        for one in (self._target, *self._above):
            if isValid(one):
                one.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move along, and give way when the target is hidden."""
        if event.type() in _MOVES and isValid(self) and isValid(self._target):
            self._place()
        return False

    def _place(self) -> None:
        page = self._above[-1]
        edge = INK + RING
        box = QRect(self._target.mapTo(page, QPoint(0, 0)), self._target.size())
        self.setGeometry(box.adjusted(-edge, -edge, edge, edge).intersected(page.rect()))
        self.setVisible(self._target.isVisible())
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the two lines."""
        painter = QPainter(self)
        for width, inset, name in ((RING, RING / 2, "focus"), (INK, RING + INK / 2, "focus_ink")):
            pen = QPen(QColor(colour(name)), width)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(self.rect().toRectF().adjusted(inset, inset, -inset, -inset))
        painter.end()


_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest}


def _chain(target: QWidget) -> list[QWidget]:
    """The widgets around the target up to the page that scrolls, or the window."""
    above: list[QWidget] = []
    one = target.parentWidget()
    while one is not None:
        above.append(one)
        outer = one.parentWidget()
        scrolls = outer is not None and isinstance(outer.parentWidget(), QAbstractScrollArea)
        if one.isWindow() or isinstance(outer, QMainWindow) or scrolls:
            break
        one = outer
    return above or [target]
