"""What every control has in common: it gives back what it was given, unchanged, until somebody types."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QGroupBox, QScrollArea, QWidget

from forms.kit.ask import Question
from wizard.pages.look import px
from wizard.pages.words import readable

Inner = tuple[tuple[str | int, ...], str]
"""A problem inside a control: where (card and field), and the sentence."""


class Group(QGroupBox):
    """Things that belong together, without a frame: assistive technology says its name with every part of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlat(True)
        self.setContentsMargins(0, 0, 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt makes room for a frame; take it back."""
        super().resizeEvent(event)
        self.setContentsMargins(0, 0, 0, 0)

    def changeEvent(self, event: QEvent) -> None:
        """Qt makes room for a frame; take it back."""
        super().changeEvent(event)
        self.setContentsMargins(0, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """There is no frame to paint."""


class Control(Group):
    """Takes one answer."""

    changed = Signal()
    """Somebody typed or chose something."""
    grown = Signal()
    """Parts came or went: the order of the Tab key is to be made again."""

    composite = False
    """Whether there are several parts, so that the group as a whole carries the question's name."""

    def __init__(self, question: Question, label: str) -> None:
        super().__init__()
        self.question = question
        self.label = readable(label)
        self._given: Any = None
        self._edited = False
        self._showing = False

    def value(self) -> Any:  # noqa: ANN401 - raw answers are any JSON
        """The answer as typed; as it was given while nobody has typed."""
        return self._typed() if self._edited else self._given

    def set_value(self, raw: object) -> None:
        """Show an answer, whatever it is."""
        self._given, self._edited, self._showing = raw, False, True
        self._show(raw)
        self._showing = False

    @property
    def edited(self) -> bool:
        """Whether somebody typed or chose something since the value was set."""
        return self._edited

    def touch(self) -> None:
        """Take note that somebody typed."""
        if not self._showing:
            self._edited = True
            self.changed.emit()

    def parts(self) -> Sequence[QWidget]:
        """The widgets that take the focus, the first first."""
        return ()

    def names(self) -> Sequence[str]:
        """What each part is called by assistive technology."""
        return [self.label for _ in self.parts()]

    def describe(self, hint: str) -> None:
        """Tell assistive technology the names of the parts, and their hint and problem."""
        if self.composite:
            self.setAccessibleName(self.label)
            self.setAccessibleDescription(readable(hint))
        for part, name in zip(self.parts(), self.names(), strict=True):
            part.setAccessibleName(name)
            part.setAccessibleDescription(readable(hint))

    def focus(self, path: tuple[str | int, ...] = ()) -> None:
        """Move the focus here, or to a place inside."""
        parts = self.parts()
        if parts:
            reveal(parts[0])

    def show_inner(self, problems: Sequence[Inner]) -> None:
        """Show problems that belong to places inside."""

    def _typed(self) -> Any:  # noqa: ANN401
        """The answer as it stands in the widgets."""
        raise NotImplementedError

    def _show(self, raw: Any) -> None:  # noqa: ANN401
        """Put an answer into the widgets."""
        raise NotImplementedError


def reveal(widget: QWidget) -> None:
    """Move the focus to a widget and scroll until it can be seen, once the layout has settled."""
    widget.setFocus()
    QTimer.singleShot(0, widget, lambda: scroll_to(widget))


def scroll_to(widget: QWidget) -> None:
    """Scroll the area around a widget until it can be seen."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 0, 64)
            return
        above = above.parentWidget()


def characters(count: int) -> int:
    """Width in pixels of a box for so many characters."""
    return QFontMetrics(QApplication.font()).averageCharWidth() * count + px(28)
