"""A page on which boxes are drawn, moved and stretched, by mouse or by the arrow keys."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from wizard.pages.announcing import announce
from wizard.pages.boxes import MIDDLE, WHOLE, Box, Spot, between, box_at, corner_at, in_words, moved, stretched
from wizard.pages.evidence_sheet import Sheet
from wizard.pages.look import colour, px

STEP, FINE = 0.01, 0.002
"""How far a press of an arrow key moves a box, as a part of the page; the finer one with Ctrl held."""
NEAR = 12
"""Pixels from a corner within which it is taken hold of."""
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Marker(Sheet):
    """A page with boxes; it takes the focus only while it is marked."""

    marked = Signal(object)
    """The boxes as they are now."""

    def __init__(self, width: int, frame: bool = False) -> None:
        """With ``frame`` there is one box always, and it says what is left of the page."""
        super().__init__(width)
        self._frame, self._marking = frame, False
        self.boxes: tuple[Box, ...] = ()
        self._others: tuple[Box, ...] = ()
        self.chosen: int | None = None
        self._from: Spot | None = None
        self._held: Box | None = None

    def mark(self, on: bool) -> None:
        """Begin or end marking."""
        self._marking = on
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)
        if not on:
            self.show_boxes((), ())

    def show_boxes(self, boxes: Sequence[Box], others: Sequence[Box] | None = None) -> None:
        """Show these boxes, and others that nobody can take hold of; None leaves these as they are."""
        self.boxes = tuple(boxes)
        self._others = self._others if others is None else tuple(others)
        if self.chosen is not None and self.chosen >= len(self.boxes):
            self.chosen = None
        if self._frame and self.boxes:
            self.chosen = 0
        self._describe()
        self.update()

    def choose(self, number: int) -> None:
        """Take hold of a box, counted from 0, with the keyboard."""
        self.chosen = number
        self.setFocus()
        self._describe()
        announce(self, self.accessibleDescription())
        self.update()

    def add(self) -> None:
        """A box in the middle, to be moved from there."""
        self._change((*self.boxes, MIDDLE))
        self.choose(len(self.boxes) - 1)

    def _describe(self) -> None:
        keys = "Arrow keys move it, with Shift they change its size, with Ctrl they go in small steps."
        if self.chosen is not None:
            remove = "" if self._frame else " Delete removes it."
            said = f"Box {self.chosen + 1} of {len(self.boxes)}: {in_words(self.boxes[self.chosen])}. {keys}{remove}"
        else:
            said = "1 box" if len(self.boxes) == 1 else f"{len(self.boxes)} boxes"
        self.setAccessibleDescription(said if self._marking else "")

    def _change(self, boxes: Sequence[Box]) -> None:
        self.show_boxes(boxes)
        self.marked.emit(self.boxes)

    def _put(self, box: Box) -> None:
        if self.chosen is not None:
            self._change((*self.boxes[: self.chosen], box, *self.boxes[self.chosen + 1 :]))

    # By keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, stretch or remove the box that is held."""
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if not self._marking or self.chosen is None:
            super().keyPressEvent(event)
        elif arrow is not None:
            step = FINE if event.modifiers() & Qt.KeyboardModifier.ControlModifier else STEP
            change = stretched if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else moved
            self._put(change(self.boxes[self.chosen], arrow[0] * step, arrow[1] * step))
            announce(self, in_words(self.boxes[self.chosen]))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self._frame:
            self._change((*self.boxes[: self.chosen], *self.boxes[self.chosen + 1 :]))
            announce(self, "Box removed")
        else:
            super().keyPressEvent(event)

    # By mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a corner or of a box, or begin a new one."""
        if not self._marking or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        spot, area = self._spot(event.position()), self.area()
        near = NEAR / max(1.0, area.width()), NEAR / max(1.0, area.height())
        corner = corner_at(self.boxes[self.chosen], spot, near) if self.chosen is not None else None
        inside = box_at(self.boxes, spot)
        self._from, self._held = corner or spot, None
        if corner is None and inside is not None:
            self.chosen, self._held = inside, self.boxes[inside]
        elif corner is None and self._frame:
            self._from = None
        elif corner is None:
            self.chosen = None  # a box comes with the first move
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the box that is held."""
        if self._from is None:
            return
        spot = self._spot(event.position())
        if self.chosen is None:
            self.chosen = len(self.boxes)
            self.boxes = (*self.boxes, between(self._from, spot))
        if self._held is not None:
            box = moved(self._held, spot[0] - self._from[0], spot[1] - self._from[1])
        else:
            box = between(self._from, spot)
        self.show_boxes((*self.boxes[: self.chosen], box, *self.boxes[self.chosen + 1 :]))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if not self._marking:
            super().mouseReleaseEvent(event)
        elif self._from is not None:
            self._from = None
            self._change(self.boxes)
            self.setFocus()

    def _spot(self, position: QPointF) -> Spot:
        area = self.area()
        across, down = max(1.0, area.width()), max(1.0, area.height())
        return (position.x() - area.x()) / across, (position.y() - area.y()) / down

    # How it looks

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page, and what is marked on it."""
        super().paintEvent(event)
        if not self.boxes and not self._others:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for box in self._others:
            self._paint(painter, self._shown(box), held=False)
        for number, box in enumerate(self.boxes):
            self._paint(painter, self._shown(box), number == self.chosen)
        painter.end()

    def _shown(self, box: Box) -> QRectF:
        area = self.area()
        left, top, right, bottom = box
        corner = QPointF(area.x() + left * area.width(), area.y() + top * area.height())
        return QRectF(corner, QSizeF((right - left) * area.width(), (bottom - top) * area.height()))

    def _paint(self, painter: QPainter, box: QRectF, held: bool) -> None:
        dark = QColor(0, 0, 0, 150 if self._frame else 190)
        if self._frame:
            around = self._shown(WHOLE)
            for part in (
                QRectF(around.topLeft(), QPointF(around.right(), box.top())),
                QRectF(QPointF(around.left(), box.bottom()), around.bottomRight()),
                QRectF(QPointF(around.left(), box.top()), box.bottomLeft()),
                QRectF(box.topRight(), QPointF(around.right(), box.bottom())),
            ):
                painter.fillRect(part, dark)
        else:
            painter.fillRect(box, dark)
        painter.setPen(QPen(QColor(colour("focus" if held else "line")), px(2)))
        painter.drawRect(box)
        if held:
            painter.setBrush(QColor(colour("focus")))
            painter.setPen(QPen(QColor(colour("focus_ink")), 1))
            for corner in (box.topLeft(), box.topRight(), box.bottomLeft(), box.bottomRight()):
                painter.drawRect(QRectF(corner - QPoint(px(5), px(5)), QSizeF(px(10), px(10))))
            painter.setBrush(Qt.BrushStyle.NoBrush)
