"""A box to sign in with mouse, finger or pen; what was drawn comes out as a PNG."""

from itertools import pairwise

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from wizard.pages.look import px

SIZE = QSize(440, 150)
SCALE = 3
"""Pixels of the picture for each of the screen, so that it prints sharply."""


class SignaturePad(QWidget):
    """White, with a line to sign on, whatever the palette: it is printed on paper."""

    signed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Box to draw the signature in")
        self.setAccessibleDescription("Drawing needs a mouse, a finger or a pen. Typing the name counts as much.")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(px(SIZE.width()), px(SIZE.height()))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._strokes: list[list[QPointF]] = []
        self._with_pen = False

    @property
    def empty(self) -> bool:
        """Whether nothing was drawn."""
        return not self._strokes

    def clear(self) -> None:
        """Take everything away."""
        self._strokes.clear()
        self.update()

    def png(self) -> bytes:
        """What was drawn, cut to its edges, on a transparent ground; empty without a stroke."""
        if self.empty:
            return b""
        points = [point for stroke in self._strokes for point in stroke]
        left, top = min(p.x() for p in points) - 6, min(p.y() for p in points) - 6
        right, bottom = max(p.x() for p in points) + 6, max(p.y() for p in points) + 6
        image = QImage(QSize(round((right - left) * SCALE), round((bottom - top) * SCALE)), _FORMAT)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.scale(SCALE, SCALE)
        painter.translate(-left, -top)
        self._draw(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know the format as bytes only
        return bytes(buffer.data().data())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if event.button() is Qt.MouseButton.LeftButton and not self._with_pen:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke."""
        if event.buttons() & Qt.MouseButton.LeftButton and not self._with_pen:
            self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.signed.emit()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """The same with a pen."""
        kind = event.type()
        if kind is QTabletEvent.Type.TabletPress:
            self._with_pen = True
            self._begin(event.position())
        elif kind is QTabletEvent.Type.TabletMove and event.buttons():
            self._go_on(event.position())
        elif kind is QTabletEvent.Type.TabletRelease:
            self._with_pen = False
            self.signed.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete clears."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper, line and ink."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#FFFFFF"))
        painter.setPen(QPen(QColor("#0B0C0C"), 2))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.setPen(QPen(QColor("#B1B4B6"), 1))
        base = round(self.height() * 0.72)
        painter.drawLine(px(20), base, self.width() - px(20), base)
        self._draw(painter)
        painter.end()

    def _begin(self, at: QPointF) -> None:
        self._strokes.append([at])
        self.update()

    def _go_on(self, at: QPointF) -> None:
        if self._strokes:
            inside = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            x = min(max(at.x(), inside.left()), inside.right())
            y = min(max(at.y(), inside.top()), inside.bottom())
            self._strokes[-1].append(QPointF(x, y))
            self.update()

    def _draw(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor("#14213D"), 2.4, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        for stroke in self._strokes:
            if len(stroke) == 1:
                painter.drawPoint(stroke[0])
            path = QPainterPath(stroke[0])
            for before, after in pairwise(stroke):
                path.quadTo(before, (before + after) / 2)
            path.lineTo(stroke[-1])
            painter.drawPath(path)


_FORMAT = QImage.Format.Format_ARGB32
