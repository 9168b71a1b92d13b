"""Controls into which one types: a line, a number, paragraphs."""

import typing
from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from forms.kit.ask import Question
from wizard.pages.controls import Control, characters
from wizard.pages.look import px
from wizard.pages.words import TARGET, Words, as_text, column

ROOM = 1_000_000
"""Characters that a line takes in; Qt's own 32,767 would cut pasted text without a word."""


def longest(question: Question) -> int:
    """Characters that an answer may have; 0 where there is no limit."""
    return max(_limits(question.hint), default=0)


def _limits(hint: object) -> Iterator[int]:
    """Every ``max_length`` inside an annotation."""
    limit = getattr(hint, "max_length", None)
    if isinstance(limit, int):
        yield limit
    metadata = getattr(hint, "metadata", ())
    for inner in (*typing.get_args(hint), *(metadata if isinstance(metadata, list) else ())):
        yield from _limits(inner)


class LineControl(Control):
    """A line of text, as wide as the answer is likely to be."""

    def __init__(self, question: Question, label: str) -> None:
        super().__init__(question, label)
        self.box = line_edit(_width(longest(question)))
        self.box.textChanged.connect(self.touch)
        column(self).addWidget(self.box)

    def parts(self) -> Sequence[QWidget]:
        """The box."""
        return (self.box,)

    def _typed(self) -> str:
        return self.box.text()

    def _show(self, raw: Any) -> None:  # noqa: ANN401
        self.box.setText(as_text(raw))


def _width(limit: int) -> int:
    """Characters to show for a limit in characters; 0 for the whole column."""
    if 0 < limit <= 60:
        return 26
    return 52 if 0 < limit <= 120 else 0


def line_edit(width: int = 0) -> QLineEdit:
    """A box for a line of so many characters; as wide as the column for 0."""
    box = QLineEdit()
    box.setMaxLength(ROOM)
    box.setMinimumHeight(TARGET)
    if width:
        box.setMaximumWidth(characters(width))
    return box


class NumberControl(LineControl):
    """A number, in a narrow box that takes it as it is typed."""

    def __init__(self, question: Question, label: str) -> None:
        super().__init__(question, label)
        self.box.setMaximumWidth(characters(10))


class GrowingText(QPlainTextEdit):
    """Paragraphs in a box that grows with them, up to a limit."""

    LEAST, MOST = 4, 18

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Take the height of the text, within bounds."""
        lines = max(self.LEAST, min(self.MOST, int(self.document().size().height())))
        around = 2 * int(self.document().documentMargin()) + 2 * self.frameWidth() + 12
        height = lines * self.fontMetrics().lineSpacing() + around
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower box needs more lines."""
        super().resizeEvent(event)
        self.fit()

    def text(self) -> str:
        """What was typed; unlike ``toPlainText`` this keeps spaces that do not break."""
        return self.document().toRawText().replace("\u2029", "\n")


class TextControl(Control):
    """Paragraphs, with a count when their limit is near."""

    NEAR = 0.85

    def __init__(self, question: Question, label: str) -> None:
        super().__init__(question, label)
        self.limit = longest(question)
        self.box = GrowingText()
        self.count = Words(role="hint")
        self.count.hide()
        layout = column(self, px(4))
        layout.addWidget(self.box)
        layout.addWidget(self.count)
        self.box.textChanged.connect(self._on_text)

    def parts(self) -> Sequence[QWidget]:
        """The box."""
        return (self.box,)

    def _on_text(self) -> None:
        if self.limit:
            left = self.limit - len(self.box.text())
            self.count.setVisible(left < self.limit * (1 - self.NEAR))
            words = f"{left:,} characters left" if left >= 0 else f"{-left:,} characters too many"
            self.count.say(f"You have {words}")
        self.touch()

    def _typed(self) -> str:
        return self.box.text()

    def _show(self, raw: Any) -> None:  # noqa: ANN401
        self.box.setPlainText(as_text(raw))
