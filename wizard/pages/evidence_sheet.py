"""A page as it was drawn, shown as large as there is room."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from wizard.pages.look import colour, px

A4 = 297 / 210
"""Height of an upright page for its width."""
_SMOOTH = Qt.TransformationMode.SmoothTransformation


class Sheet(QWidget):
    """A page as drawn, no wider than there is room; an empty sheet until its picture comes."""

    pressed = Signal()

    def __init__(self, width: int) -> None:
        super().__init__()
        self._width = width
        self._picture = QPixmap()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.fit(width)

    def fit(self, width: int) -> None:
        """Be this wide at most, in pixels at 100 % text."""
        self._width = width
        self.setMaximumWidth(px(width))
        self.updateGeometry()

    def show_picture(self, picture: QPixmap, turned: int) -> None:
        """Show a page, turned clockwise by so many degrees."""
        self._picture = picture.transformed(QTransform().rotate(turned), _SMOOTH) if turned else picture
        self.updateGeometry()
        self.update()

    def area(self) -> QRectF:
        """Where in it the page is: a very long one does not fill it."""
        whole = self._picture.size() if not self._picture.isNull() else self.size()
        size = QSizeF(whole).scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(QPointF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2), size)

    def sizeHint(self) -> QSize:
        """The whole width."""
        return QSize(px(self._width), self.heightForWidth(px(self._width)))

    def minimumSizeHint(self) -> QSize:
        """As small as a page can be made out."""
        least = min(px(self._width), 96)
        return QSize(least, self.heightForWidth(least))

    def heightForWidth(self, width: int) -> int:
        """The page's own proportions; it is never wider than it may be, whatever room there is."""
        width = min(width, self.maximumWidth())
        ratio = self._picture.height() / self._picture.width() if self._picture.width() else A4
        return round(width * min(ratio, 2.0))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press."""
        super().mouseReleaseEvent(event)
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page, and a line around it."""
        painter = QPainter(self)
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.fillRect(edge, QColor(Qt.GlobalColor.white))
        if not self._picture.isNull():
            fine = self.size() * self.devicePixelRatioF()
            drawn = self._picture.scaled(fine, Qt.AspectRatioMode.KeepAspectRatio, _SMOOTH)
            painter.drawPixmap(self.area(), drawn, QRectF(drawn.rect()))
        painter.setPen(QPen(QColor(colour("line")), 1))
        painter.drawRect(edge)
        painter.end()
