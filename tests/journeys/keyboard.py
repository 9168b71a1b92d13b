"""Fills in a referral with nothing but keys: Tab to move, letters to type, Space to press, arrows to choose."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QGroupBox, QLineEdit, QPlainTextEdit, QWidget

from forms.kit.ask import Fields, Question, Widget, questions
from forms.kit.page import Answers, Page
from wizard.summary import wording

FAR = 400
"""Stops of the Tab key after which something counts as out of reach."""
TYPED = 12
"""Characters up to which text is typed key by key; longer text is pasted."""


class Keyboard:
    """Somebody who has no mouse."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.stops = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key, wherever the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        QApplication.processEvents()

    def tab_to(self, reached: Callable[[QWidget], bool], what: str) -> QWidget:
        """Go on with Tab until the focus is where it should be."""
        seen = []
        for _ in range(FAR):
            here = QApplication.focusWidget()
            if here is not None and reached(here):
                return here
            seen.append(here.accessibleName() if here else "nothing")
            self.press(Qt.Key.Key_Tab)
            self.stops += 1
        raise AssertionError(f"{what} cannot be reached with Tab; it went through {list(dict.fromkeys(seen))}")

    def push(self, name: str) -> None:
        """Press the button or link of that name."""
        self.tab_to(lambda one: isinstance(one, QAbstractButton) and one.accessibleName() == name, f"button {name!r}")
        self.press(Qt.Key.Key_Space)

    def write(self, name: str, text: str, scope: QWidget | None = None) -> None:
        """Type into the box of that name; what it holds is replaced."""
        kinds = (QLineEdit, QPlainTextEdit, QComboBox)

        def is_it(one: QWidget) -> bool:
            inside = scope is None or scope.isAncestorOf(one)
            return inside and isinstance(one, kinds) and one.accessibleName() == name

        box = self.tab_to(is_it, f"box {name!r}")
        self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        if len(text) <= TYPED and text.isascii():  # QTest knows no other keys
            QTest.keyClicks(box, text)
        else:
            QGuiApplication.clipboard().setText(text)
            self.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        if isinstance(box, QComboBox):  # its list of suggestions is open
            self.press(Qt.Key.Key_Return)

    def answer_page(self, page: type[Page], raw: Mapping[str, Any], reasons: Mapping[str, str], of: Answers) -> None:
        """Answer the questions of a page in their order, or say why an answer is not known."""
        for question in questions(page):
            if reason := reasons.get(f"{page.id}.{question.name}"):
                self._not_known(question, reason, of)
            elif question.name in raw and question.widget is not Widget.REGISTER and question.shown(raw):
                self._answer(question, raw[question.name], of)

    def _answer_card(self, model: type[Fields], raw: Mapping[str, Any], of: Answers) -> None:
        for question in questions(model):
            value = raw.get(question.name)
            if isinstance(value, Mapping) and set(value) == {"because"}:
                self._not_known(question, value["because"], of)
            elif value is not None:
                self._answer(question, value, of)

    def _not_known(self, question: Question, reason: str, of: Answers) -> None:
        label = wording(question.ask.label, of)
        self.push(f"Not known: {label}")
        self.write(f"Why “{label}” is not known", reason)

    def _answer(self, question: Question, value: Any, of: Answers) -> None:
        label = wording(question.ask.label, of)
        if question.widget is Widget.CARDS:
            assert question.card is not None
            for number, card in enumerate(value):
                if number or not question.required:  # the first card of a needed list is open already
                    self.push(f"{'Add another' if number else 'Add'}: {label}")
                self._answer_card(question.card, card, of)
        elif question.widget is Widget.DATE:
            for part, text in _date(value).items():
                self.write(f"{part}: {label}", text)
        elif question.choices:
            self._answer_choice(question, label, [one.label for one in question.choices if one.value in _listed(value)])
        else:
            self.write(label, str(value))

    def _answer_choice(self, question: Question, label: str, wanted: list[str]) -> None:
        if question.widget is Widget.CHECKBOXES:
            self.tick(label, wanted)
        elif question.widget is Widget.RADIOS:
            self._choose(label, wanted[0])
        else:
            self.write(label, wanted[0])

    def _choose(self, label: str, wanted: str) -> None:
        self.tab_to(_inside(label), f"question {label!r}")
        self._go_down(wanted)

    def pick(self, wanted: str) -> None:
        """Choose among the buttons that stand together, wherever the next of them is."""
        self.tab_to(lambda one: isinstance(one, QAbstractButton) and one.group() is not None, "a choice")
        self._go_down(wanted)

    def _go_down(self, wanted: str) -> None:
        for _ in range(20):
            here = QApplication.focusWidget()
            assert isinstance(here, QAbstractButton)
            if here.accessibleName() == wanted:
                self.press(Qt.Key.Key_Space)
                assert here.isChecked()
                return
            self.press(Qt.Key.Key_Down)
        raise AssertionError(f"{wanted!r} is not among the choices")

    def tick(self, label: str, wanted: list[str]) -> None:
        for name in wanted:
            inside = _inside(label)
            box = self.tab_to(lambda one, n=name, f=inside: f(one) and one.accessibleName() == n, f"box {name!r}")  # type: ignore[misc]
            assert isinstance(box, QAbstractButton)
            if not box.isChecked():
                self.press(Qt.Key.Key_Space)


def _inside(label: str) -> Callable[[QWidget], bool]:
    """Whether a control stands in the group of a question."""

    def is_it(one: QWidget) -> bool:
        parent: QWidget | None = one
        while parent is not None:
            if isinstance(parent, QGroupBox) and parent.accessibleName() == label:
                return isinstance(one, QAbstractButton)
            parent = parent.parentWidget()
        return False

    return is_it


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _date(value: Any) -> dict[str, str]:
    if isinstance(value, str):
        year, month, day = value.split("-")
        return {"Day": day, "Month": month, "Year": year}
    return {name.title(): str(text) for name, text in value.items()}
