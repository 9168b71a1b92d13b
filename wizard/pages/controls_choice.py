"""Controls with which one chooses: radios, checkboxes, and a long list that filters as one types."""

import json
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QComboBox, QCompleter, QLineEdit, QVBoxLayout, QWidget

from forms.kit.ask import Question
from wizard.pages.controls import Control, characters
from wizard.pages.look import colour, px
from wizard.pages.words import TARGET, Link, Radio, Tick, as_text, column


def _same(one: object, other: object) -> bool:
    """Whether two raw answers are the same; ``True`` is not ``1``."""
    return json.dumps(one, sort_keys=True, default=str) == json.dumps(other, sort_keys=True, default=str)


class RadiosControl(Control):
    """One of a few; an answer that is not among them stays as one more button."""

    composite = True

    def __init__(self, question: Question, label: str) -> None:
        super().__init__(question, label)
        self._layout = column(self, 0)
        self._group = QButtonGroup(self)
        self._raws: list[Any] = []
        self.buttons: list[Radio] = []
        self._list: QVBoxLayout = QVBoxLayout()
        self._list.setSpacing(0)
        self._layout.addLayout(self._list)
        for choice in question.choices:
            self._add(choice.value, choice.label)
        self.clear = Link("Clear this answer", self._on_clear, name=f"Clear this answer: {self.label}")
        self.clear.hide()
        self._layout.addWidget(self.clear)

    def parts(self) -> Sequence[QWidget]:
        """The buttons, the chosen one first."""
        chosen = [one for one in self.buttons if one.isChecked()]
        return [*chosen, *(one for one in self.buttons if not one.isChecked())]

    def names(self) -> Sequence[str]:
        """Each is called what stands beside it; the group says the question."""
        return [one.words() for one in self.parts() if isinstance(one, Radio)]

    def _add(self, raw: object, words: str) -> Radio:
        made = Radio(words)
        made.toggled.connect(lambda on: self._on_choice() if on else None)
        self._group.addButton(made, len(self.buttons))
        self._raws.append(raw)
        self.buttons.append(made)
        self._list.addWidget(made)
        return made

    def _on_choice(self) -> None:
        self.clear.setVisible(not self.question.required)
        self.touch()

    def _on_clear(self) -> None:
        self._uncheck()
        self.buttons[0].setFocus()
        self.touch()

    def _uncheck(self) -> None:
        self._group.setExclusive(False)
        for one in self.buttons:
            one.setChecked(False)
        self._group.setExclusive(True)
        self.clear.hide()

    def _typed(self) -> Any:  # noqa: ANN401
        place = self._group.checkedId()
        return self._raws[place] if place >= 0 else ""

    def _show(self, raw: Any) -> None:  # noqa: ANN401
        self._uncheck()
        if raw is None or raw == "":
            return
        found = next((n for n, known in enumerate(self._raws) if _same(known, raw)), None)
        button = self.buttons[found] if found is not None else self._add(raw, f"As it stands: {as_text(raw)}")
        button.setChecked(True)


class CheckboxesControl(Control):
    """Any of a few; answers that are not among them stay as further boxes."""

    composite = True

    def __init__(self, question: Question, label: str) -> None:
        super().__init__(question, label)
        self._layout = column(self, 0)
        self._raws: list[Any] = []
        self.boxes: list[Tick] = []
        for choice in question.choices:
            self._add(choice.value, choice.label)

    def parts(self) -> Sequence[QWidget]:
        """The boxes."""
        return self.boxes

    def names(self) -> Sequence[str]:
        """Each is called what stands beside it; the group says the question."""
        return [one.words() for one in self.boxes]

    def _add(self, raw: object, words: str) -> Tick:
        made = Tick(words)
        made.toggled.connect(self.touch)
        self._raws.append(raw)
        self.boxes.append(made)
        self._layout.addWidget(made)
        return made

    def _typed(self) -> list[Any]:
        return [raw for raw, box in zip(self._raws, self.boxes, strict=True) if box.isChecked()]

    def _show(self, raw: Any) -> None:  # noqa: ANN401
        for box in self.boxes:
            box.setChecked(False)
        chosen = raw if isinstance(raw, list | tuple) else [] if raw in (None, "") else [raw]
        for one in chosen:
            found = next((n for n, known in enumerate(self._raws) if _same(known, one)), None)
            box = self.boxes[found] if found is not None else self._add(one, f"As it stands: {as_text(one)}")
            box.setChecked(True)


class WheelPasses(QObject):
    """Keeps the wheel from changing a list; it scrolls the page instead."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ignore the wheel and let the page have it."""
        if event.type() is QEvent.Type.Wheel:
            event.ignore()
            return True
        return False


class SearchBox(QComboBox):
    """A list with a line to type in."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """A mark for the list, in place of Qt's, which has a frame of its own and does not grow with the text."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colour("ink")), px(2)))
        x, y, size = self.width() - px(18), self.height() // 2, px(5)
        painter.drawPolyline(
            [QPoint(x - size, y - size // 2), QPoint(x, y + size // 2), QPoint(x + size, y - size // 2)]
        )
        painter.end()


class SearchControl(Control):
    """One of many: a list that filters as one types, and keeps what is not on it."""

    def __init__(self, question: Question, label: str) -> None:
        super().__init__(question, label)
        self.box = SearchBox()
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setMinimumHeight(TARGET)
        self.box.setMaximumWidth(characters(56))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(20)
        self.box.setMaxVisibleItems(12)
        self.box.addItems([choice.label for choice in question.choices])
        self.box.setCurrentIndex(-1)
        completer = QCompleter([choice.label for choice in question.choices], self.box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.box.setCompleter(completer)
        self.line = self.box.lineEdit() or QLineEdit()
        self.line.setMaxLength(1_000_000)
        self.line.setPlaceholderText("Type to search")
        self._passes = WheelPasses(self)
        self.box.installEventFilter(self._passes)
        self.line.textChanged.connect(self.touch)
        column(self).addWidget(self.box)

    def parts(self) -> Sequence[QWidget]:
        """The list and the line in it; either may be asked for its name."""
        return (self.box, self.line)

    def _typed(self) -> str:
        text = self.line.text()
        wanted = text.strip().casefold()
        named = (one.value for one in self.question.choices if wanted in (one.label.casefold(), one.value.casefold()))
        return next(named, text)

    def _show(self, raw: Any) -> None:  # noqa: ANN401
        label = next((choice.label for choice in self.question.choices if _same(choice.value, raw)), as_text(raw))
        self.box.setCurrentIndex(self.box.findText(label))
        self.line.setText(label)
