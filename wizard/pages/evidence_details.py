"""What is said of one document: its pages, title, date, and what it shows."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLineEdit, QWidget

from forms.kit.ask import Ask, Fields, questions
from forms.kit.page import Context
from forms.kit.types import PastDay
from wizard.evidence_fact import EvidenceFact
from wizard.pages.announcing import announce
from wizard.pages.controls import Group
from wizard.pages.dates import judged
from wizard.pages.evidence_pages import PagesPanel
from wizard.pages.evidence_setting import Setting
from wizard.pages.evidence_tools import Tools
from wizard.pages.evidence_words import Need
from wizard.pages.fields import QuestionFields
from wizard.pages.look import px
from wizard.pages.words import Box, Link, Tick, Words, column, give_role

if TYPE_CHECKING:
    from wizard.evidence.redaction.search import Places


class About(Fields):
    """What is asked about every document."""

    title: Annotated[str, Ask("Title", hint="What the council reads in the contents. Left empty, the file’s name.")]
    dated: Annotated[PastDay, Ask("Date of the document", hint="The day it was written, such as 27 3 2026.")]


_DATED = next(question for question in questions(About) if question.name == "dated")


class Details(QWidget):
    """Everything about a document that can be changed; sent at once, text when one leaves it."""

    changed = Signal(object)
    """The document's facts as they are wanted now."""
    edited = Signal()
    go_to = Signal(str)
    page_wanted = Signal(int)
    treat = Signal(object)
    """The treatment that is asked for."""
    sought = Signal(object)
    """A treatment whose words are to be looked for."""
    picture_wanted = Signal(int)
    """The whole picture, so many pixels wide."""
    grown = Signal()
    """Parts came: the order of the Tab key is to be made again."""

    def __init__(self, fact: EvidenceFact, setting: Setting, context: Context) -> None:
        super().__init__()
        self.fact, self._kept, self._context = fact, fact, context
        layout = column(self, px(20))
        self.pages = PagesPanel(fact) if fact.pages else None
        self._tools = Tools(fact, self.pages, setting.pupil) if self.pages is not None else None
        if self.pages is not None and self._tools is not None:
            self.pages.changed.connect(self._on_pages)
            self.pages.page_wanted.connect(self.page_wanted)
            self._tools.treat.connect(self.treat)
            self._tools.sought.connect(self.sought)
            self._tools.grown.connect(self.grown)
            self._tools.picture_wanted.connect(self._ask_picture)
            layout.addWidget(self.pages)
            layout.addWidget(self._tools)
        self.fields = QuestionFields(About, {"title": fact.title, "dated": fact.dated}, str)
        self.fields.changed.connect(self._on_typing)
        layout.addWidget(self.fields)
        self._ticks: list[tuple[Need, Tick]] = [(need, Tick(need.label)) for need in setting.needs]
        layout.addWidget(self._links())
        self._weighed, self._weigh = Words(), Link("Say what kind it is", self._go_to_weighing)
        self._strength = Box("inset", self._weighed, self._weigh)
        layout.addWidget(self._strength)
        self._tell_weighing(setting)
        self._boxes = [one for one in self.fields.fields["dated"].control.parts() if isinstance(one, QLineEdit)]
        for box in self._boxes:
            box.editingFinished.connect(partial(self._left_date, box))
        for part in self.fields.fields["title"].control.parts():
            if isinstance(part, QLineEdit):
                part.editingFinished.connect(self.send)

    def _links(self) -> QWidget:
        group = Group()
        group.setAccessibleName("What does it show?")
        lines = column(group, px(4))
        lines.addWidget(Words("What does it show?", "label"))
        lines.addWidget(Words("Tick everything that it is evidence of.", "hint"))
        for need, tick in self._ticks:
            tick.setChecked(bool(need.rows & set(self.fact.answers)))
            tick.clicked.connect(lambda on, need=need: self._link(need, on))  # Qt gives a partial no argument
            lines.addWidget(tick)
        return group

    def tell(self, fact: EvidenceFact, setting: Setting) -> None:
        """Take the facts as they are kept; what is typed here stays as it is, but for a date that was taken over."""
        if fact.dated != self.fact.dated:
            self.fields.fields["dated"].control.set_value(fact.dated)
        self.fact = self._kept = fact
        if self.pages is not None and self._tools is not None:
            self.pages.tell(fact)
            self._tools.tell(fact)
        for need, tick in self._ticks:
            tick.setChecked(bool(need.rows & set(fact.answers)))
        self._tell_weighing(setting)

    def _tell_weighing(self, setting: Setting) -> None:
        """How the council weighs it; what is weak stands out."""
        self._setting, weighing = setting, setting.weighs(self.fact)
        self._strength.setVisible(weighing is not None)
        if weighing is not None:
            self._weighed.say(weighing.words)
            self._weigh.setAccessibleDescription(weighing.words)
            give_role(self._strength, "warning" if weighing.wanting else "inset")

    def _go_to_weighing(self) -> None:
        if self._setting.weighing is not None:
            self.go_to.emit(self._setting.weighing.page)

    def treated(self) -> None:
        """Show what became of a treatment that was asked for."""
        if self._tools is not None:
            self._tools.treated()

    def words_found(self, words: tuple[str, ...], places: "Places") -> bool:
        """Take where the words are that may be blacked out."""
        return self._tools is not None and self._tools.words_found(words, places)

    def whole_picture(self, picture: QPixmap, angle: float) -> None:
        """Take the whole picture that was asked for."""
        if self._tools is not None:
            self._tools.whole_picture(picture, angle)

    def _ask_picture(self) -> None:
        if self.pages is not None:
            self.picture_wanted.emit(self.pages.width_wanted())

    def send(self) -> None:
        """Have kept what was typed; a date that is none is said to be so, and stays in its boxes."""
        iso, problem = self._date()
        self._say_problem(problem)
        self.fact = replace(self.fact, title=self._title(), dated=self.fact.dated if problem else iso)
        if self.fact != self._kept:
            self.changed.emit(self.fact)

    def _title(self) -> str:
        return " ".join(str(self.fields.raw()["title"]).split())

    def _date(self) -> tuple[str, str]:
        typed: Any = self.fields.raw()["dated"]
        return judged(_DATED, typed, self._context) if isinstance(typed, Mapping) else (self.fact.dated, "")

    def _say_problem(self, problem: str) -> None:
        if problem and self.fact.dated:
            problem = f"{problem} Until then the date before is kept."
        shown = self.fields.fields["dated"]
        if problem and not shown.property("wrong"):
            announce(self, problem, urgent=True)
        shown.show_problem(problem or None)

    def _on_typing(self) -> None:
        if not self._date()[1]:
            self._say_problem("")
        self.edited.emit()

    def _left_date(self, left: QLineEdit) -> None:
        """Judge a date when one leaves it, not between its boxes."""
        if not any(box.hasFocus() for box in self._boxes if box is not left):
            self.send()

    def _on_pages(self, fact: EvidenceFact) -> None:
        own = replace(self.fact, rotate=fact.rotate, turned=fact.turned, omit=fact.omit, order=fact.order)
        self._keep(own)

    def _link(self, need: Need, on: bool) -> None:
        others = tuple(one for one in self.fact.answers if one not in need.rows)
        self._keep(replace(self.fact, answers=(*others, need.id) if on else others))

    def _keep(self, fact: EvidenceFact) -> None:
        self.fact = fact
        if self.pages is not None:
            self.pages.tell(fact)
        self.send()
