"""The register as a calendar: a week a column, a day a row, a square a session, coloured and lettered by code."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from forms.kit.codes import NO_MARK, REGISTER_CODES, Attendance
from forms.kit.dates import long_day, short_day
from wizard.pages.look import colour, px
from wizard.register import Half, HealthRule, Session, Week, by_code, calendar_weeks

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_HEALTH = HealthRule()
_HALVES: tuple[Half, Half] = ("AM", "PM")


@dataclass(frozen=True, slots=True)
class Tint:
    """Colours of a square, by their names in the design."""

    ground: str
    letter: str
    edge: str = ""


def tint(code: str, health: bool | None = None) -> Tint:
    """How a code is coloured, by whether it was for health; the letter says the same without colour."""
    known = REGISTER_CODES.get(code)
    if known is None:
        return Tint("paper", "ink", "line")
    if _HEALTH.counts(Session(date.min, "AM", code)) if health is None else health:
        return Tint("attention", "paper")
    if known.attending:
        return Tint("done_soft", "done")
    if known.counts_as is Attendance.AUTHORISED:
        return Tint("attention_soft", "attention", "attention")
    if known.counts_as is Attendance.UNAUTHORISED:
        return Tint("error_soft", "error", "error")
    return Tint("rail", "secondary")


def meaning(code: str) -> str:
    """What a code says, in words."""
    if code == NO_MARK:
        return "no mark"
    known = REGISTER_CODES.get(code)
    if known is None:
        return "not one of the national codes"
    return f"{known.meaning} (withdrawn in August 2024)" if known.legacy else known.meaning


class Square:
    """Draws the square of a session."""

    def __init__(self, font: QFont) -> None:
        self.font = QFont(font)
        self.font.setPointSizeF(font.pointSizeF() * 0.82)
        self.font.setBold(True)
        metrics = QFontMetrics(self.font)
        self.size = QSize(
            max(26, metrics.horizontalAdvance("Y7") + metrics.height() // 2), max(24, metrics.height() + 4)
        )

    def draw(self, painter: QPainter, place: QRect, code: str, health: bool | None = None) -> None:
        """Draw one."""
        look = tint(code, health)
        painter.fillRect(place, QColor(colour(look.ground)))
        if look.edge:
            painter.setPen(QPen(QColor(colour(look.edge)), 1))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.setPen(QColor(colour(look.letter)))
        painter.setFont(self.font)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, code)


class CodeSquare(QWidget):
    """One square alone, for the key."""

    def __init__(self, code: str, health: bool | None = None) -> None:
        super().__init__()
        self._code, self._health = code, health
        self._square = Square(self.font())
        self.setFixedSize(self._square.size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        self._square.draw(painter, self.rect(), self._code, self._health)
        painter.end()


class RegisterCalendar(QWidget):
    """Takes as many bands of weeks as its width asks for; the words for it are its accessible description."""

    def __init__(self) -> None:
        super().__init__()
        self._weeks: tuple[Week, ...] = ()
        self._rule = _HEALTH
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Register, session by session")
        self._measure()

    def show_sessions(self, sessions: Sequence[Session], rule: HealthRule = _HEALTH) -> None:
        """Show this register, with what counts as missed for health."""
        self._rule = rule
        self._weeks = calendar_weeks(sessions)
        self.setAccessibleDescription(described(sessions))
        self._resize()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters need larger squares."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._measure()
            self._resize()

    def _resize(self) -> None:
        self.updateGeometry()
        self.update()

    def _measure(self) -> None:
        self._square = Square(self.font())
        self._small = QFont(self.font())
        self._small.setPointSizeF(self.font().pointSizeF() * 0.82)
        small = QFontMetrics(self._small)
        self._side = self.fontMetrics().horizontalAdvance("Wed") + px(28)
        two = 2 * self._square.size.width() + px(5)
        self._column = max(two, small.horizontalAdvance("28 Sep") + px(4))
        self._step = QSize(self._column + px(12), self._square.size.height() + px(3))
        self._head = small.height() + px(4)
        self._band = self._head + 5 * self._step.height() + px(12)

    def _across(self, width: int) -> int:
        return max(1, (width - self._side + px(12)) // self._step.width())

    def hasHeightForWidth(self) -> bool:
        """Narrower means more bands."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all bands."""
        return -(-len(self._weeks) // self._across(width)) * self._band

    def sizeHint(self) -> QSize:
        """A band of ten weeks."""
        width = self._side + 10 * self._step.width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """A week."""
        return QSize(self._side + self._step.width(), self._band)

    def squares(self) -> Iterator[tuple[QRect, date, Half, str]]:
        """Every square with its day, half and code."""
        size, across = self._square.size, self._across(self.width())
        inset = (self._column - 2 * size.width() - px(5)) // 2
        for place, week in enumerate(self._weeks):
            corner = self._corner(place, across)
            for row, halves in enumerate(week.days):
                top = corner.y() + self._head + row * self._step.height()
                for half, code in enumerate(halves):
                    left = corner.x() + inset + half * (size.width() + px(5))
                    if code:
                        yield QRect(QPoint(left, top), size), week.monday + timedelta(row), _HALVES[half], code

    def _corner(self, place: int, across: int) -> QPoint:
        return QPoint(self._side + place % across * self._step.width(), place // across * self._band)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the days, the dates and the squares."""
        painter = QPainter(self)
        across = self._across(self.width())
        painter.setPen(QColor(colour("secondary")))
        painter.setFont(self._small)
        for place, week in enumerate(self._weeks):
            head = QRect(self._corner(place, across), QSize(self._column, self._head))
            painter.drawText(head, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, short_day(week.monday))
        painter.setFont(self.font())
        for band in range(-(-len(self._weeks) // across)):
            for row, name in enumerate(DAYS):
                top = band * self._band + self._head + row * self._step.height()
                line = QRect(0, top, self._side, self._square.size.height())
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name[:3])
        for rect, day, half, code in self.squares():
            if rect.intersects(event.rect()):
                self._square.draw(painter, rect, code, self._rule.counts(Session(day, half, code)))
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Say the day and the meaning of the square under the pointer."""
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(event.pos()), self)
            return True
        return super().event(event)

    def words_at(self, at: QPoint) -> str:
        """What the square at a place says; nothing between squares."""
        for rect, day, half, code in self.squares():
            if rect.contains(at):
                name = DAYS[day.weekday()]
                return f"{name} {long_day(day)}, {'morning' if half == 'AM' else 'afternoon'}: {meaning(code)} ({code})"
        return ""


def described(sessions: Sequence[Session]) -> str:
    """The calendar in a few sentences."""
    if not sessions:
        return "No sessions."
    days = sorted(one.date for one in sessions)
    codes = "; ".join(f"{meaning(code)} ({code}), {number}" for code, number in by_code(sessions))
    return f"From {long_day(days[0])} to {long_day(days[-1])}. Sessions by code: {codes}. A table says it day by day."
