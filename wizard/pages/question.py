"""A page of questions, from its model: caption, heading, summary of problems, questions, what the policy asks."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from forms.kit.page import Problem
from wizard.filling import marks, unconfirmed
from wizard.journey import task_list
from wizard.pages.due_dates import DatesBox
from wizard.pages.fields import QuestionFields
from wizard.pages.kept import KeptBox
from wizard.pages.letters import LettersBox
from wizard.pages.look import px
from wizard.pages.policy import PolicyPanel
from wizard.pages.problems import ErrorSummary, Line
from wizard.pages.screen import FillFromFile, GiveReason, Screen, View
from wizard.pages.scrolled import COLUMN
from wizard.pages.tabs import in_order
from wizard.pages.words import Words, button, column
from wizard.summary import wording

FROM_FILE = dict.fromkeys(("pupil", "family", "school", "attendance"), "Fill in from a file …") | {
    "chronology": "Take events from an export …"
}
"""Pages that a file of the school's own systems can fill in, and what the button there says."""


class QuestionScreen(Screen):
    """Any page; those that are more than questions put more into ``above`` and ``below``."""

    held_here: frozenset[str] = frozenset()
    """Fields that the page shows in its own way, not as questions."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.view = view
        answers = view.judgement.facts.answers
        raw = answers.raw.get(view.page.id)
        self.fields = QuestionFields(
            view.page,
            raw if isinstance(raw, Mapping) else {},
            self.say,
            _reasons(view),
            self.held_here,
            self._marks(),
        )
        self.filled = Words(role="inset")
        self.summary = ErrorSummary()
        self.follows = Words(role="inset")
        self.policy = PolicyPanel(view)
        self.dates = DatesBox(view, self.wanted.emit)
        self.kept = KeptBox(view, self.wanted.emit) if view.page.kept else None
        self.letters = LettersBox(view, self.wanted.emit)
        self._column = QWidget(self)
        self._column.setMaximumWidth(px(COLUMN))
        self._layout = column(self._column, px(24))
        self._fill()
        self._layout.addStretch(1)
        outer = QHBoxLayout(self)  # a row: a column alone reckons its height with more width than it may have
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._column, 1)
        outer.addStretch(0)
        self.fields.changed.connect(self._on_edit)
        self.fields.grown.connect(lambda: in_order(self))
        self.policy.reason.connect(self._on_reason)
        self.setAccessibleName(self.say(view.page.heading))
        self.show_follows()
        in_order(self)

    def _fill(self) -> None:
        page = self.view.page
        self._layout.addWidget(title_block(self.view, self.say))
        self._layout.addWidget(self.summary)
        if page.intro:
            self._layout.addWidget(Words(self.say(page.intro)))
        if page.id in FROM_FILE:
            ask = button(FROM_FILE[page.id], lambda: self.wanted.emit(FillFromFile(page.id)))
            self._layout.addWidget(ask, 0, Qt.AlignmentFlag.AlignLeft)
        answers = (*self.above(), self.fields, self.follows, *self.below())
        for widget in (self.filled, self.dates, *answers, self.letters, self.policy):
            self._layout.addWidget(widget)
        self._tell_filled()

    def _tell_filled(self) -> None:
        """Say over the questions that some were filled in and wait to be looked through."""
        facts, page = self.view.judgement.facts, self.view.page.id
        case, waiting = facts.case, unconfirmed(facts.case, page, facts.pages)
        sources = dict.fromkeys(case.origins[f"{page}.{name}"].source for name in waiting)
        count = "One answer" if len(waiting) == 1 else f"{len(waiting)} answers"
        verb, them = ("was", "it") if len(waiting) == 1 else ("were", "them")
        self.filled.say(
            f"{count} on this page {verb} filled in from the {_and(list(sources))}. "
            f"Look through {them}, change what is not right, then choose Save and continue."
        )
        self.filled.setVisible(bool(waiting))

    def _marks(self) -> dict[str, str]:
        facts = self.view.judgement.facts
        return marks(facts.case, self.view.page.id, facts.pages)

    def above(self) -> Sequence[QWidget]:
        """What stands before the questions."""
        return ()

    def below(self) -> Sequence[QWidget]:
        """What stands after the questions."""
        return () if self.kept is None else (self.kept,)

    def say(self, text: str) -> str:
        """The words of the forms, with names in place."""
        return wording(text, self.view.judgement.facts.answers)

    def raw(self) -> dict[str, Any]:
        """The answers as typed; a reason that is still being written goes out first, as the page may be left now."""
        self.policy.send()
        return self.fields.raw()

    def not_known(self) -> dict[str, str]:
        """The reasons for not knowing."""
        return self.fields.not_known()

    def _on_reason(self, requirement: str, text: str) -> None:
        self.wanted.emit(GiveReason(requirement, text))

    def _on_edit(self) -> None:
        self.answered()
        self.edited.emit()

    def answered(self) -> None:
        """Show at once what an answer leads to."""
        self.show_follows()

    def show_follows(self) -> None:
        """What follows from good answers and will be printed after them."""
        answers = self.view.judgement.facts.answers
        model = self.view.page.read(self.fields.raw(), self.fields.not_known(), answers.context).model
        lines = model.follows(answers).items() if model is not None else ()
        self.follows.say("\n".join(f"{self.say(label)}: {text}" for label, text in lines))
        self.follows.setVisible(bool(lines))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show problems at the top and beside the questions; the focus goes to the top."""
        self.fields.show_problems([(problem.path, problem.sentence) for problem in problems])
        in_order(self)
        self.summary.tell([self._line(problem) for problem in problems])

    def _line(self, problem: Problem) -> Line:
        if not problem.path:
            return problem.sentence, None
        return problem.sentence, lambda: self.show_path(problem.path)

    def show_field(self, name: str) -> None:
        """Move the focus to a question."""
        self.show_path((name,))

    def show_path(self, path: tuple[str | int, ...]) -> None:
        """Move the focus to a question or a place inside its answer; else to the first question."""
        if not self.fields.focus(path):
            self.fields.focus()

    def refresh(self, view: View) -> None:
        """Show what the policy asks now; what is being typed stays."""
        self.view = view
        self.policy.show_findings(view)
        self.dates.tell(view)
        self.letters.tell(view)
        self.fields.show_marks(self._marks())
        self._tell_filled()
        if self.kept is not None:
            self.kept.show_state(view)
        in_order(self)

    def saved(self, path: Path) -> None:
        """Say that dates or a letter were written."""
        (self.dates if path.suffix == ".ics" else self.letters).saved(path)

    def changeEvent(self, event: QEvent) -> None:
        """The column grows with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_column"):
            self._column.setMaximumWidth(px(COLUMN))


def _reasons(view: View) -> dict[str, str]:
    """The reasons for not knowing that were given at a page, by field."""
    start = f"{view.page.id}."
    kept = view.judgement.facts.case.not_known
    return {key.removeprefix(start): why for key, why in kept.items() if key.startswith(start)}


def _and(words: Sequence[str]) -> str:
    """``a, b and c``."""
    return " and the ".join(filter(None, (", the ".join(words[:-1]), *words[-1:])))


def title_block(view: View, say: Callable[[str], str]) -> QWidget:
    """The section's number and title over the page's heading."""
    block = QWidget()
    layout = column(block, 8)
    sections = task_list(view.judgement)
    found = next((one for one in sections if any(task.page is view.page for task in one.tasks)), None)
    if found is not None:
        layout.addWidget(Words(f"{found.number}  {say(found.form.title)}", role="caption"))
    heading = Words(say(view.page.heading), role="heading")
    layout.addWidget(heading)
    return block
