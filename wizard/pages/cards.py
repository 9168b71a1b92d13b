"""Repeated answers as cards in a list: add, edit, remove with undo, put in order, paste from a spreadsheet."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.kit.ask import Fields, Question, questions
from wizard.pages.card import CardBox, CardForm
from wizard.pages.controls import Control, Inner, reveal
from wizard.pages.flow import Flow
from wizard.pages.look import px
from wizard.pages.pasting import cards_of
from wizard.pages.words import Link, Say, Words, button, column, give_role


class MakeForm(Protocol):
    """Builds the questions of a card."""

    def __call__(self, model: type[Fields], raw: Mapping[str, Any], say: Say) -> CardForm:
        """The questions, answered with what is given."""


class CardsControl(Control):
    """A list of cards; an entry that is no card is shown as it stands and can only be removed."""

    composite = True

    def __init__(self, question: Question, label: str, say: Say, make: MakeForm) -> None:
        super().__init__(question, label)
        if question.card is None:
            msg = "cards need a model"
            raise TypeError(msg)
        self._card, self._say = question.card, say
        self._make: Callable[[Mapping[str, Any]], CardForm] = lambda raw: make(question.card or Fields, raw, say)
        self.boxes: list[CardBox] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(px(12))
        self._add_button = button("Add another", self.add, name=f"Add another: {self.label}")
        self._paste = Link("Paste rows from a spreadsheet", self.paste, f"Paste rows from a spreadsheet: {self.label}")
        self._note = Words(role="inset")
        self._note.hide()
        row = QWidget()
        flow = Flow(row, across=px(12), down=px(8))
        flow.addWidget(self._add_button)
        flow.addWidget(self._paste)
        layout = column(self, px(12))
        layout.addLayout(self._list)
        layout.addWidget(self._note)
        layout.addWidget(row)

    def parts(self) -> Sequence[QWidget]:
        """The button that adds; the cards say their own names."""
        return (self._add_button,)

    def names(self) -> Sequence[str]:
        """What the button does."""
        return (f"{self._add_button.text()}: {self.label}",)

    def focus(self, path: tuple[str | int, ...] = ()) -> None:
        """Move the focus to a place in a card, else to the first card, else to the button."""
        live = self._live()
        if path and isinstance(path[0], int) and path[0] < len(live):
            live[path[0]].focus(path[1:])
        elif live:
            live[0].focus(())
        else:
            reveal(self._add_button)

    def show_inner(self, problems: Sequence[Inner]) -> None:
        """Show problems on the cards where they are, and open those."""
        for number, box in enumerate(self._live()):
            box.show_problems([(path[1:], sentence) for path, sentence in problems if path[0] == number])

    def add(self, raw: Mapping[str, Any] | None = None) -> None:
        """Add a card and begin to fill it in."""
        box = self._append(dict(raw or {}), new=True)
        self._number()
        box.open()
        box.focus(())
        self.touch()

    def paste(self) -> None:
        """Add the rows on the clipboard."""
        fields = questions(self._card)
        found, lost = cards_of(QGuiApplication.clipboard().text(), fields)
        names = ", ".join(self._say(q.ask.short or q.ask.label) for q in fields)
        for raw in found:
            self._append(raw)
        self._number()
        if found:
            left = f" {lost} columns found no place and were left out." if lost > 1 else ""
            left = " One column found no place and was left out." if lost == 1 else left
            self._tell(f"{len(found)} {'row' if len(found) == 1 else 'rows'} added.{left}")
            self.touch()
        else:
            self._tell(f"Copy the rows in your spreadsheet first, then choose this again. The columns are: {names}.")

    def _tell(self, words: str) -> None:
        self._note.say(words)
        self._note.show()
        give_role(self._note, "inset")

    def _append(self, raw: Any, new: bool = False) -> CardBox:  # noqa: ANN401
        box = CardBox(raw, questions(self._card), self._make, new)
        box.changed.connect(self._on_change)
        box.moved.connect(lambda steps: self._move(box, steps))
        box.grown.connect(self.grown)
        self.boxes.append(box)
        self._list.addWidget(box)
        self.grown.emit()
        return box

    def _on_change(self) -> None:
        self._number()
        self.touch()

    def _move(self, box: CardBox, steps: int) -> None:
        live = self._live(blank=True)
        other = live[live.index(box) + steps]
        here, there = self.boxes.index(box), self.boxes.index(other)
        self.boxes[here], self.boxes[there] = other, box
        for one in self.boxes:
            self._list.removeWidget(one)
        for one in self.boxes:
            self._list.addWidget(one)
        self._number()
        box.focus_move(steps)
        self.grown.emit()
        self.touch()

    def _number(self) -> None:
        live = self._live(blank=True)
        for number, box in enumerate(live, 1):
            box.number(number, len(live))
        words = "Add another" if live else "Add"
        self._add_button.setText(words)
        self._add_button.setAccessibleName(f"{words}: {self.label}")

    def _live(self, blank: bool = False) -> list[CardBox]:
        """The cards that were not removed; without those that were added and never filled in."""
        return [box for box in self.boxes if not box.removed and (blank or not box.blank())]

    def _typed(self) -> list[Any]:
        return [box.raw() for box in self._live()]

    def _show(self, raw: Any) -> None:  # noqa: ANN401
        for box in self.boxes:
            self._list.removeWidget(box)
            box.deleteLater()
        self.boxes = []
        entries = raw if isinstance(raw, list | tuple) else [] if raw in (None, "") else [raw]
        for entry in entries:
            self._append(entry)
        if not entries and self.question.required:
            self._append({}, new=True).open()
        self._number()
