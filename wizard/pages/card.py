"""One card in a list: a line that says what it holds, its questions when it is open, and undo when it is removed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from forms.kit.ask import Question, Widget, YesNo
from forms.kit.dates import long_day
from wizard.pages.controls import Inner, reveal
from wizard.pages.dates import date_parts, judged
from wizard.pages.flow import Flow
from wizard.pages.look import px
from wizard.pages.words import Link, Words, as_text, column


class CardForm(Protocol):
    """The questions of a card, on screen."""

    changed: Any
    grown: Any

    def raw(self) -> dict[str, Any]:
        """The answers as typed."""

    def show_problems(self, problems: Sequence[Inner]) -> None:
        """Show problems beside the questions."""

    def focus(self, path: tuple[str | int, ...] = ()) -> bool:
        """Move the focus to a question."""


class CardBox(QFrame):
    """A card: closed, open or removed."""

    changed = Signal()
    grown = Signal()
    moved = Signal(int)

    def __init__(
        self,
        raw: Any,  # noqa: ANN401 - raw answers are any JSON
        asked: Sequence[Question],
        make: Callable[[Mapping[str, Any]], CardForm],
        new: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._raw, self._asked, self._make, self._new = raw, asked, make, new
        self._form: CardForm | None = None
        self._body: QWidget | None = None
        self._number = 1
        self.removed = False
        self._title = Words(role="label")
        self._about = Words(role="hint")
        self._problem = Words(role="problem")
        self._problem.hide()
        self._build_links()
        self._layout: QVBoxLayout = column(self, px(4))
        self._layout.setContentsMargins(px(12), px(8), px(12), px(8))
        for widget in (self._title, self._about, self._problem, self._links, self._gone):
            self._layout.addWidget(widget)

    def _build_links(self) -> None:
        self.edit = Link("Edit", self.turn)
        self.up = Link("Move up", lambda: self.moved.emit(-1))
        self.down = Link("Move down", lambda: self.moved.emit(1))
        self.remove = Link("Remove", self.take_out)
        self.undo = Link("Undo", self.put_back)
        self._links, self._gone = QWidget(), QWidget()
        links = Flow(self._links, across=px(20), down=0)
        for link in (self.edit, self.up, self.down, self.remove):
            links.addWidget(link)
        self._gone_words = Words(role="hint")
        self._gone_words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        gone = column(self._gone, 0)
        gone.addWidget(self._gone_words)
        gone.addWidget(self.undo)
        self._gone.hide()
        self.edit.setVisible(self._is_card())

    def _is_card(self) -> bool:
        return isinstance(self._raw, Mapping)

    def raw(self) -> Any:  # noqa: ANN401
        """The card's answers as typed; an entry that is no card, as it was given."""
        return self._form.raw() if self._form is not None else self._raw

    def blank(self) -> bool:
        """Whether it was added here and nothing was filled in."""
        return self._new and not any(filled(value) for value in self.raw().values())

    def number(self, number: int, of: int) -> None:
        """Take its place in the list."""
        self._number = number
        self.up.setVisible(number > 1)
        self.down.setVisible(number < of)
        self._say()

    def _say(self) -> None:
        words = card_words(self.raw(), self._asked)
        name = words[0] if words else "nothing entered yet"
        self._title.say(f"{self._number}. {name[0].upper()}{name[1:]}")
        about = ", ".join(words[1:])
        self._about.say(about)
        opened = self._body is not None and not self._body.isHidden()
        self._about.setVisible(bool(about) and not self.removed and not opened)
        self._gone_words.say(f"Removed: {name}")
        self.edit.wrap_words("Close" if opened else "Edit")
        for link in (self.edit, self.up, self.down, self.remove, self.undo):
            link.setAccessibleName(f"{link.words()}: {self._number}. {name}")

    def turn(self) -> None:
        """Open or close it."""
        if self._body is None or self._body.isHidden():
            self.open()
            self.focus(())
        else:
            self._body.hide()
            self._say()

    def open(self) -> None:
        """Show its questions; they are built the first time."""
        if not self._is_card():
            return
        if self._body is None:
            form = self._make(self._raw)
            form.changed.connect(self.changed)
            form.grown.connect(self.grown)
            self._form = form
            if isinstance(form, QWidget):
                self._body = form
                form.setContentsMargins(0, px(8), 0, px(8))
                self._layout.insertWidget(3, form)
            self.grown.emit()
        if self._body is not None:
            self._body.show()
        self._say()

    def take_out(self) -> None:
        """Remove it; the line with Undo stays in its place."""
        self._turn_removed(True)
        reveal(self.undo)

    def put_back(self) -> None:
        """Undo the removal."""
        self._turn_removed(False)
        reveal(self.edit if self._is_card() else self.remove)

    def _turn_removed(self, removed: bool) -> None:
        self.removed = removed
        for widget in (self._title, self._links):
            widget.setHidden(removed)
        if self._body is not None:
            self._body.hide()
        self._problem.hide()
        self._gone.setVisible(removed)
        self._say()
        self.changed.emit()

    def show_problems(self, problems: Sequence[Inner]) -> None:
        """Show what is wrong here, opened if it is inside."""
        here = next((sentence for path, sentence in problems if not path), "")
        self._problem.say(here)
        self._problem.setVisible(bool(here))
        if problems:
            self.open()
        if self._form is not None:
            self._form.show_problems(problems)

    def focus(self, path: tuple[str | int, ...]) -> None:
        """Move the focus inside, opening it; to its first question without a path."""
        self.open()
        if self._form is None or not self._form.focus(path):
            reveal(self.remove)

    def focus_move(self, steps: int) -> None:
        """Keep the focus on the link that moved it, or on the other where that has gone."""
        link, other = (self.up, self.down) if steps < 0 else (self.down, self.up)
        reveal(other if link.isHidden() else link)


def card_words(raw: object, asked: Sequence[Question]) -> list[str]:
    """The first few answers of a card, in words, shortened."""
    if not isinstance(raw, Mapping):
        return [_short(f"as it stands: {as_text(raw)}")]
    dates = [question for question in asked if question.widget is Widget.DATE]
    heads = {question.name: question.ask.short.lower() for question in dates if len(dates) > 1}
    found = ((heads.get(one.name, ""), _short(_words(raw[one.name], one))) for one in asked if one.name in raw)
    return [f"{head} {words}".strip() for head, text in found if (words := text.removesuffix("."))][:5]


def _words(value: object, question: Question) -> str:
    if parts := date_parts(value):
        day, problem = judged(question, {name: as_text(text) for name, text in parts.items()}, None)
        given = (as_text(parts.get(name)).strip() for name in ("day", "month", "year"))
        return long_day(date.fromisoformat(day)) if day and not problem else " ".join(text for text in given if text)
    not_known = isinstance(value, Mapping) and set(value) == {"because"}
    if not_known or set(question.choices) == set(YesNo):  # neither says anything without its question
        return ""
    if question.widget is Widget.NUMBER:
        number = as_text(value).strip()
        return f"{(question.ask.short or question.ask.label).lower()} {number}" if number else ""
    labels = {choice.value: choice.label for choice in question.choices}
    if isinstance(value, list | tuple):
        if question.card is not None:
            return ""
        return ", ".join(labels.get(str(one), as_text(one)) for one in value)
    return labels.get(str(value), as_text(value)).strip() if value is not None else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else f"{line[:88].rstrip()} …"


def filled(value: object) -> bool:
    """Whether anything was answered."""
    if isinstance(value, Mapping):
        return any(filled(inner) for inner in value.values())
    return bool(value.strip()) if isinstance(value, str) else value not in (None, [], ())
