"""The balance of risks and strengths on screen: what weighs to the left, what helps to the right."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from wizard.pages.look import colour, px
from wizard.profile import Domain, blocks, described


class ProfilePicture(QWidget):
    """Draws the domains; the words for it are its accessible description."""

    def __init__(self) -> None:
        super().__init__()
        self._domains: tuple[Domain, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("What weighs and what helps, in balance")

    def show_domains(self, domains: Sequence[Domain]) -> None:
        """Show these; without any it is not there."""
        self._domains = tuple(domains)
        self.setVisible(bool(self._domains))
        self.setAccessibleDescription(described(self._domains))
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters need more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()

    def _measures(self) -> tuple[int, int, int, int]:
        """Height of a line and of a tall block, of a row, and width of the column of names."""
        line = self.fontMetrics().height()
        bold = QFont(self.font())
        bold.setBold(True)
        names = max((self.fontMetrics().horizontalAdvance(one.name) for one in self._domains), default=0)
        return line, round(line * 1.5), round(line * 3.1), names + px(32)

    def sizeHint(self) -> QSize:
        """A heading and a row a domain."""
        line, _, row, name = self._measures()
        return QSize(name + px(400), round(line * 1.6) + row * len(self._domains))

    def minimumSizeHint(self) -> QSize:
        """Narrow is possible: blocks shrink."""
        return QSize(px(240), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words and blocks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        line, tall, row, name = self._measures()
        top, gap = round(line * 1.6), px(6)
        half = (self.width() - name) / 2
        self._head(painter, half, name, line)
        for number, domain in enumerate(self._domains):
            base = top + number * row
            self._say(painter, QRectF(half, base, name, tall), domain.name, Qt.AlignmentFlag.AlignHCenter, bold=True)
            under = base + tall + px(2)
            left, right = QRectF(0, under, half - gap, line), QRectF(half + name + gap, under, half, line)
            self._say(painter, left, str(domain.weighs), Qt.AlignmentFlag.AlignRight)
            self._say(painter, right, str(domain.helps), Qt.AlignmentFlag.AlignLeft)
        for one in blocks(self._domains, self.width(), name, px(44), gap):
            height = tall if one.strong else round(tall * 0.58)
            box = QRectF(one.x, top + one.row * row + tall - height, one.width, height)
            ink = QColor(colour("done" if one.helps else "attention"))
            if one.strong:
                painter.fillRect(box, ink)
            else:
                painter.setPen(QPen(ink, 2))
                painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.end()

    def _head(self, painter: QPainter, half: float, name: int, line: int) -> None:
        self._say(painter, QRectF(0, 0, half - px(6), line), "What weighs", Qt.AlignmentFlag.AlignRight, bold=True)
        self._say(
            painter, QRectF(half + name + px(6), 0, half, line), "What helps", Qt.AlignmentFlag.AlignLeft, bold=True
        )

    def _say(self, painter: QPainter, box: QRectF, words: str, side: Qt.AlignmentFlag, *, bold: bool = False) -> None:
        font = QFont(self.font())
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(QColor(colour("ink" if bold else "secondary")))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, words)
