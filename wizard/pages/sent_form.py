"""That a pack was sent: how, by whom, and when."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QWidget

from forms.kit.ask import Ask, Fields, questions
from forms.kit.dates import long_day
from forms.kit.page import Context
from forms.kit.types import PastDay
from wizard.pages.announcing import announce
from wizard.pages.dates import date_parts, judged
from wizard.pages.fields import QuestionFields
from wizard.pages.look import px
from wizard.pages.screen import MarkSent
from wizard.pages.words import Radio, Words, button, column

WAYS = {
    "e-mail": "By e-mail, with the draft that was made",
    "secure e-mail": "By the school’s secure e-mail service",
    "portal": "Uploaded to the council’s portal",
    "other": "Another way",
}
"""Ways of sending, in words."""


class Sending(Fields):
    """What is asked about the day of sending."""

    day: Annotated[PastDay, Ask("When was it sent?", hint="Today, unless you say otherwise.")]


_DAY = questions(Sending)[0]


class SentForm(QWidget):
    """That it was sent: how, by whom, and when, on no day before ``made_on`` (ISO)."""

    def __init__(self, context: Context, made_on: str, wanted: Callable[[MarkSent], object]) -> None:
        super().__init__()
        self._context, self._made_on, self._wanted = context, made_on, wanted
        layout = column(self, px(8))
        layout.addWidget(Words("When you have sent it", "subheading"))
        self.problem = Words(role="problem")
        self.problem.hide()
        layout.addWidget(self.problem)
        layout.addWidget(Words("How was it sent?", "label"))
        self._group = QButtonGroup(self)
        for place, words in enumerate(WAYS.values()):
            radio = Radio(words)
            self._group.addButton(radio, place)
            layout.addWidget(radio)
        layout.addWidget(Words("Who sent it?", "label"))
        self.by = QLineEdit()
        self.by.setAccessibleName("Who sent it?")
        self.by.setMaximumWidth(px(420))
        layout.addWidget(self.by)
        self.day = QuestionFields(Sending, {"day": context.today.isoformat()}, str)
        layout.addWidget(self.day)
        self.button = button("I have sent it", self._sent, "primary")
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def _sent(self) -> None:
        by = " ".join(self.by.text().split())
        if self._group.checkedId() < 0:
            self._refuse("Say how it was sent.", self._group.buttons()[0])
        elif not by:
            self._refuse("Say who sent it.", self.by)
        else:
            self._sent_on(list(WAYS)[self._group.checkedId()], by)

    def _sent_on(self, how: str, by: str) -> None:
        self.problem.hide()
        day, problem = judged(_DAY, date_parts(self.day.raw().get("day")), self._context)
        if day and day < self._made_on:
            problem = f"The pack was made on {long_day(date.fromisoformat(self._made_on))}: it was sent then or later."
        if problem or not day:
            self.day.show_problems([(("day",), problem or "Enter the date on which it was sent.")])
            self.day.focus()
        else:
            self._wanted(MarkSent(how, by, "" if day == self._context.today.isoformat() else day))

    def _refuse(self, words: str, place: QWidget) -> None:
        self.problem.say(words)
        self.problem.show()
        announce(self, words, urgent=True)
        place.setFocus()
