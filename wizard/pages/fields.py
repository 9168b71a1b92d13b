"""Questions of a page or card, one under the other: label, hint, problem, control, in that order."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from forms.kit.ask import Fields, Question, Widget, questions
from wizard.pages.card import filled
from wizard.pages.cards import CardsControl
from wizard.pages.controls import Control, Inner, reveal
from wizard.pages.controls_choice import CheckboxesControl, RadiosControl, SearchControl
from wizard.pages.controls_text import LineControl, NumberControl, TextControl, line_edit
from wizard.pages.dates import DateControl
from wizard.pages.look import px
from wizard.pages.words import Link, Say, Words, column, give_role, readable

SIMPLE: Mapping[Widget, type[Control]] = {
    Widget.LINE: LineControl,
    Widget.NUMBER: NumberControl,
    Widget.TEXT_AREA: TextControl,
    Widget.DATE: DateControl,
    Widget.RADIOS: RadiosControl,
    Widget.CHECKBOXES: CheckboxesControl,
    Widget.SEARCH: SearchControl,
}


def control_for(question: Question, say: Say) -> Control:
    """The control that takes the answer to a question."""
    label = say(question.ask.label)
    if question.widget is Widget.CARDS:
        return CardsControl(question, label, say, QuestionFields)
    return SIMPLE[question.widget](question, label)


class Field(QWidget):
    """A question as it is put."""

    changed = Signal()
    grown = Signal()

    def __init__(self, question: Question, say: Say, reason: str | None = None, mark: str = "") -> None:
        super().__init__()
        self.question = question
        self.control = control_for(question, say)
        self._hint = say(question.ask.hint)
        self._problem = Words(role="problem")
        self._problem.hide()
        self._mark = Words(role="filled")
        self._layout = layout = column(self, px(6))
        title = Words(self.control.label, role="label")
        layout.addWidget(title)
        if self._hint:
            layout.addWidget(Words(self._hint, role="hint"))
        layout.addWidget(self._problem)
        layout.addWidget(self._mark)
        layout.addWidget(self.control)
        if parts := self.control.parts():
            title.setBuddy(parts[0])
        offered = question.can_be_not_known and (question.required or reason is not None)
        self.unknown = NotKnownBox(self.control.label, reason) if offered else None
        if self.unknown is not None:
            layout.addWidget(self.unknown)
            self.unknown.changed.connect(self.changed)
        self.control.changed.connect(self._on_edit)
        self.control.grown.connect(self.grown)
        self.show_mark(mark)

    def _on_edit(self) -> None:
        """What is typed over is no longer what was filled in; of several cards the others still are."""
        if self.question.card is None:
            self.show_mark("")
        self.changed.emit()

    def show_mark(self, words: str) -> None:
        """Say where an answer came from that nobody typed; nothing of one that was."""
        self._mark.say(words)
        self._mark.setVisible(bool(words))
        self._describe()

    def _describe(self) -> None:
        said = (self._problem.text(), self._mark.text(), self._hint)
        self.control.describe(" ".join(part for part in said if part))

    def set_value(self, raw: object) -> None:
        """Show an answer, whatever it is."""
        self.control.set_value(raw)
        self._describe()

    def follow(self, widget: QWidget) -> None:
        """Put something under the question that follows from its answer."""
        self._layout.addWidget(widget)

    def show_problem(self, sentence: str | None) -> None:
        """Show what is wrong here, or that nothing is."""
        self._problem.say(readable(sentence or ""))
        self._problem.setVisible(bool(sentence))
        self._describe()
        self.setProperty("wrong", bool(sentence))
        for part in self.control.parts():
            part.setProperty("wrong", bool(sentence))
            give_role(part, part.property("role") or "")

    def focus(self, path: tuple[str | int, ...] = ()) -> None:
        """Move the focus to this question, or to a place inside its answer."""
        self.control.focus(path)


class NotKnownBox(QWidget):
    """A link under a required question that opens a line for why the answer is not known."""

    changed = Signal()

    def __init__(self, label: str, reason: str | None) -> None:
        super().__init__()
        self.line = line_edit()
        self.line.setAccessibleName(readable(f"Why “{label}” is not known"))
        self.line.setText(readable(reason or ""))
        title = Words("Why is it not known?", role="label")
        title.setBuddy(self.line)
        self._inner = QWidget()
        inner = column(self._inner, px(6))
        inner.addWidget(title)
        inner.addWidget(self.line)
        self._label = label
        self.edited = False
        self.link = Link("", self.turn)
        layout = column(self, px(4))
        layout.addWidget(self.link)
        layout.addWidget(self._inner)
        self._inner.setVisible(reason is not None)
        self._name_link()
        self.line.textChanged.connect(self._touch)

    def _touch(self) -> None:
        self.edited = True
        self.changed.emit()

    def turn(self) -> None:
        """Open the line, or take the reason back (it stays in the line)."""
        opened = self._inner.isHidden()
        self._inner.setVisible(opened)
        self._name_link()
        if opened:
            reveal(self.line)
        self._touch()

    def reason(self) -> str | None:
        """The reason as typed, or ``None`` while the line is closed."""
        return None if self._inner.isHidden() else self.line.text()

    def _name_link(self) -> None:
        words = "Not known" if self._inner.isHidden() else "It is known after all"
        self.link.wrap_words(words)
        self.link.setAccessibleName(readable(f"{words}: {self._label}"))


class QuestionFields(QWidget):
    """The questions of a page or a card, with what was answered; hidden ones keep their answers."""

    changed = Signal()
    grown = Signal()

    def __init__(
        self,
        model: type[Fields],
        raw: Mapping[str, Any],
        say: Say,
        reasons: Mapping[str, str] | None = None,
        leave_out: frozenset[str] = frozenset(),
        marks: Mapping[str, str] | None = None,
    ) -> None:
        """Take answers, a page's reasons, and marks of where answers came from, by field.

        In a card a reason lies in the place of its answer.
        """
        super().__init__()
        self._marks = dict(marks or {})
        self._given, self._in_card = dict(raw), reasons is None
        self._reasons = dict(_inside(raw, model) if reasons is None else reasons)
        self.fields: dict[str, Field] = {}
        self._layout = column(self, px(28))
        for question in questions(model):
            if question.name not in leave_out:
                self._add(question, say)
        self._show_relevant()

    def _add(self, question: Question, say: Say) -> None:
        field = Field(question, say, self._reasons.get(question.name), self._marks.get(question.name, ""))
        field.set_value(None if self._stands_aside(question.name) else self._given.get(question.name))
        field.changed.connect(self._on_change)
        field.grown.connect(self.grown)
        self.fields[question.name] = field
        self._layout.addWidget(field)

    def _stands_aside(self, name: str) -> bool:
        """Whether a reason lies where the answer would."""
        return self._in_card and name in self._reasons

    def _on_change(self) -> None:
        self._show_relevant()
        self.changed.emit()

    def _show_relevant(self) -> None:
        raw = self.raw()
        for field in self.fields.values():
            if field.question.ask.when is not None:
                field.setVisible(field.question.shown(raw))

    def raw(self) -> dict[str, Any]:
        """Every answer as typed; what is not asked here, and what nobody touched, as it was given."""
        typed = {name: f.control.value() for name, f in self.fields.items() if f.control.edited}
        return self._given | typed | (self._reasons_inside(typed) if self._in_card else {})

    def _reasons_inside(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """In a card: reasons in the place of answers that are blank."""
        found: dict[str, Any] = {}
        for name, field in self.fields.items():
            if field.unknown is None or not (field.unknown.edited or field.control.edited):
                continue
            given = None if self._stands_aside(name) else self._given.get(name)
            answer, reason = typed.get(name, given), field.unknown.reason()
            found[name] = {"because": reason} if reason and not filled(answer) else answer
        return found

    def show_marks(self, marks: Mapping[str, str]) -> None:
        """Say anew where answers came from that nobody typed."""
        for name, field in self.fields.items():
            field.show_mark(marks.get(name, ""))

    def keep(self, name: str, value: object) -> None:
        """Take an answer that no control holds, or with ``None`` let it go."""
        if value is None:
            self._given.pop(name, None)
        else:
            self._given[name] = value
        self._on_change()

    def not_known(self) -> dict[str, str]:
        """The reasons for not knowing, by field."""
        if self._in_card:
            return {}
        boxes = {name: field.unknown.reason() for name, field in self.fields.items() if field.unknown}
        kept = {name: why for name, why in self._reasons.items() if name not in boxes}
        return kept | {name: why for name, why in boxes.items() if why}

    def show_problems(self, problems: Sequence[Inner]) -> None:
        """Show problems beside the questions and inside their answers; without any, none."""
        for name, field in self.fields.items():
            mine = [(path[1:], sentence) for path, sentence in problems if path[:1] == (name,)]
            field.show_problem(next((sentence for path, sentence in mine if not path), None))
            field.control.show_inner([(path, sentence) for path, sentence in mine if path])

    def focus(self, path: tuple[str | int, ...] = ()) -> bool:
        """Move the focus to a question (the first without a path); whether there is such a question."""
        name = path[0] if path else next((n for n, field in self.fields.items() if not field.isHidden()), "")
        field = self.fields.get(str(name))
        if field is None or field.isHidden():
            return False
        field.focus(path[1:])
        return True


def _inside(raw: Mapping[str, Any], model: type[Fields]) -> dict[str, str]:
    """The reasons in a card: ``{"phone": {"because": "..."}}``."""
    unknown = {
        name: value["because"] for name, value in raw.items() if isinstance(value, Mapping) and [*value] == ["because"]
    }
    known = {question.name for question in questions(model) if question.can_be_not_known}
    return {name: why for name, why in unknown.items() if name in known and isinstance(why, str)}
