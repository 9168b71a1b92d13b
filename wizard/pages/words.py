"""Pieces of text on a page: labels, links and boxes, named for the style sheet by their role."""

import html
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QFrame,
    QLabel,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from wizard.pages.flow import Flow
from wizard.pages.look import colour, px, space

Say = Callable[[str], str]
"""Puts the pupil's and the council's name into the words of the forms."""

TARGET = 36
"""Least height of anything that is pressed or typed into, in pixels."""


def as_text(raw: object) -> str:
    """Anything that a referral may hold, as a person can read it."""
    if raw is None:
        return ""
    if isinstance(raw, dict):
        return "; ".join(f"{name}: {as_text(value)}" for name, value in raw.items())
    if isinstance(raw, list | tuple):
        return "; ".join(as_text(value) for value in raw)
    return readable(str(raw))


def readable(text: str) -> str:
    """Text without lone surrogates, at which Qt would show nothing at all."""
    return text.encode("utf-8", "replace").decode()


def give_role(widget: QWidget, role: str) -> None:
    """Name a widget for the style sheet, and let it look the part at once."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def turn_visible(widget: QWidget, visible: bool) -> None:
    """Show or hide; what has no place yet is not shown, as it would be a window of its own for a moment."""
    if widget.parent() is not None or not visible:
        widget.setVisible(visible)


def button_bar(buttons: Sequence[QAbstractButton], left: int, right: int) -> QFrame:
    """The bar beneath a page, with its buttons; ``left`` and ``right`` are its margins in pixels."""
    bar = QFrame()
    bar.setObjectName("buttons")
    rows = Flow(bar, across=space(12), down=space(8))
    rows.setContentsMargins(left, 12, right, 12)
    for one in buttons:
        rows.addWidget(one)
    return bar


class Words(QLabel):
    """Plain text that wraps; what was typed is never taken for markup."""

    def __init__(self, text: str = "", role: str = "", bold: str = "") -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setProperty("role", role)
        self.say(text, bold)

    def say(self, text: str, bold: str = "") -> None:
        """Show this text, after some words in bold."""
        self.setTextFormat(Qt.TextFormat.RichText if bold else Qt.TextFormat.PlainText)
        text = readable(text)
        self.setText(f"<b>{html.escape(readable(bold))}</b> {html.escape(text)}" if bold else text)


def selectable(label: Words) -> Words:
    """Text that may be copied, by mouse or keyboard."""
    flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    label.setTextInteractionFlags(flags)
    return label


if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object  # PySide crashes on a class with two Qt bases


class _Wraps(_Button):
    """A button whose words wrap; the page stays within the window at any size of text."""

    _words = ""
    _heights: dict[int, int]
    """By width: layouts ask for the same ones hundreds of times."""

    _contents: QStyle.ContentsType

    def wrap_words(self, words: str) -> None:
        """Put these words on the button."""
        self._words, self._heights = readable(words), {}
        self.setAccessibleName(self._words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(self._words.replace("&", "&&"))
        self.updateGeometry()

    def words(self) -> str:
        """The words, unwrapped."""
        return self._words

    def _around(self) -> QSize:
        """What frame, indicator and padding take beside the text; the same whatever the text, or layouts never rest."""
        option, room = QStyleOptionButton(), QSize(1000, 1000)
        self.initStyleOption(option)  # type: ignore[attr-defined]
        return self.style().sizeFromContents(self._contents, option, room, self) - room

    def sizeHint(self) -> QSize:
        """The words on one line."""
        metrics = self.fontMetrics()
        whole = self._around() + QSize(metrics.horizontalAdvance(self._words) + 2, metrics.height())
        return whole.expandedTo(QSize(0, px(TARGET)))

    def minimumSizeHint(self) -> QSize:
        """As narrow as a few words."""
        return QSize(min(self.sizeHint().width(), self._around().width() + self.fontMetrics().height() * 6), px(TARGET))

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped words."""
        if width not in self._heights:
            around = self._around()
            lines = broken(self._words, self.fontMetrics(), width - around.width())
            self._heights[width] = max(px(TARGET), around.height() + self.fontMetrics().height() * len(lines))
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:
        """Another font or style makes other heights."""
        self._heights = {}
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew."""
        super().resizeEvent(event)
        lines = broken(self._words, self.fontMetrics(), self.width() - self._around().width())
        text = "\n".join(lines).replace("&", "&&")
        if text != self.text():
            self.setText(text)


def broken(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Text broken into lines of a width in pixels."""
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    lines, words = [], text.split(" ")
    line = words[0]
    for word in words[1:]:
        if metrics.horizontalAdvance(f"{line} {word}") > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}"
    return [*lines, line]


class Link(_Wraps, QPushButton):
    """A button that looks like a link."""

    _contents = QStyle.ContentsType.CT_PushButton

    def __init__(self, words: str, pressed: Callable[[], object] | None = None, name: str = "") -> None:
        super().__init__()
        self.setFlat(True)
        self.setProperty("role", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.wrap_words(words)
        if name:
            self.setAccessibleName(readable(name))
        if pressed is not None:
            self.clicked.connect(lambda _checked: pressed())


class Radio(_Wraps, QRadioButton):
    """A radio button whose words wrap."""

    _contents = QStyle.ContentsType.CT_RadioButton

    def __init__(self, words: str) -> None:
        super().__init__()
        self.wrap_words(words)


class Tick(_Wraps, QCheckBox):
    """A checkbox whose words wrap."""

    _contents = QStyle.ContentsType.CT_CheckBox

    def __init__(self, words: str) -> None:
        super().__init__()
        self.wrap_words(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt draws the tick, but hardly its box: a frame in the style sheet would take the tick away."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        painter.setPen(QPen(QColor(colour("ink")), px(2)))
        painter.drawRect(box.adjusted(px(1), px(1), -px(1), -px(1)))
        painter.end()


def button(words: str, pressed: Callable[[], object], role: str = "secondary", name: str = "") -> QPushButton:
    """An ordinary button."""
    made = QPushButton(readable(words).replace("&", "&&"))
    made.setProperty("role", role)
    made.setMinimumHeight(44 if role == "primary" else TARGET)
    made.setAccessibleName(readable(name or words))
    made.clicked.connect(lambda _checked: pressed())
    return made


class Box(QFrame):
    """A column in a frame, styled by its role."""

    def __init__(self, role: str, *content: QWidget) -> None:
        super().__init__()
        self.setProperty("role", role)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(12), px(10), px(12), px(10))
        self.column.setSpacing(px(8))
        for widget in content:
            self.column.addWidget(widget)


def column(parent: QWidget, spacing: int = 8) -> QVBoxLayout:
    """A layout without margins, top to bottom."""
    layout = QVBoxLayout(parent)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    return layout
