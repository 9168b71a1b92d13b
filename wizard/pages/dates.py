"""A date in three boxes that take it as it is typed: ``3``, ``03`` or ``March``."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from forms.kit.ask import Question
from forms.kit.messages import sentence
from forms.kit.page import Context
from wizard.pages.controls import Control, characters
from wizard.pages.controls_text import line_edit
from wizard.pages.look import px
from wizard.pages.words import Words, as_text, column

BOXES = (("day", "Day", 3), ("month", "Month", 10), ("year", "Year", 6))


class DateControl(Control):
    """Day, month and year; anything else that stood there is shown beneath until it is answered."""

    composite = True

    def __init__(self, question: Question, label: str) -> None:
        super().__init__(question, label)
        self.boxes = {name: line_edit(width) for name, _, width in BOXES}
        row = QHBoxLayout()
        row.setSpacing(px(12))
        for name, words, width in BOXES:
            box = self.boxes[name]
            box.setMinimumWidth(characters(width))
            title = QLabel(words)
            title.setProperty("role", "caption")
            title.setBuddy(box)
            above = QWidget()
            stack = column(above, px(4))
            stack.addWidget(title)
            stack.addWidget(box)
            row.addWidget(above)
            box.textChanged.connect(self.touch)
        row.addStretch(1)
        self.aside = Words(role="inset")
        self.aside.hide()
        layout = column(self)
        layout.addLayout(row)
        layout.addWidget(self.aside)

    def parts(self) -> Sequence[QWidget]:
        """The boxes for day, month and year."""
        return tuple(self.boxes.values())

    def names(self) -> Sequence[str]:
        """Day, month, year: each with the question."""
        return [f"{words}: {self.label}" for _, words, _ in BOXES]

    def _typed(self) -> dict[str, str]:
        return {name: box.text() for name, box in self.boxes.items()}

    def _show(self, raw: Any) -> None:  # noqa: ANN401
        parts = date_parts(raw)
        for name, box in self.boxes.items():
            box.setText(as_text(parts.get(name)))
        self.aside.setVisible(not parts and raw not in (None, "", {}))
        self.aside.say(f"So far this says: {as_text(raw)}")


def date_parts(raw: object) -> Mapping[str, Any]:
    """Day, month and year of an answer, as typed; nothing where it is not a date in our sense."""
    if isinstance(raw, Mapping):
        return raw if set(raw) <= {"day", "month", "year"} else {}
    if isinstance(raw, str):
        iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", raw.strip(), re.ASCII)
        return dict(zip(("year", "month", "day"), iso.groups(), strict=True)) if iso else {}
    return {}


def judged(question: Question, typed: Mapping[str, str], context: Context | None) -> tuple[str, str]:
    """A date in ISO, or what is wrong with it; nothing for empty boxes."""
    if not any(part.strip() for part in typed.values()):
        return "", ""
    try:
        return question.adapter.validate_python(typed, context={"context": context}).isoformat(), ""
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False, include_context=False)[0]
        return "", sentence(found["type"], found["msg"], question.ask.label)
