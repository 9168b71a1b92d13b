"""Fills in pages as somebody does who hears only what each control is called."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFrame,
    QGroupBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from forms.kit.ask import Fields, Question, Widget, questions
from forms.kit.page import Answers, Page
from wizard.summary import wording

TYPED = 12
"""Characters up to which text is typed key by key; longer text is pasted."""


def fill(root: QWidget, page: type[Page], raw: Mapping[str, Any], answers: Answers) -> None:
    """Answer the questions of a page, in their order."""
    _fill(root, page, raw, answers)


def _fill(scope: QWidget, model: type[Fields], raw: Mapping[str, Any], answers: Answers) -> None:
    for question in questions(model):
        if question.name in raw:
            _answer(scope, question, raw[question.name], answers)


def _answer(scope: QWidget, question: Question, value: Any, answers: Answers) -> None:
    label = wording(question.ask.label, answers)
    several = question.widget in (Widget.CARDS, Widget.DATE, Widget.RADIOS, Widget.CHECKBOXES)
    group = _named(scope, QGroupBox, label) if several else scope
    if question.widget is Widget.CARDS:
        assert question.card is not None
        for number, card in enumerate(value):
            _fill(_card(group, number, label), question.card, card, answers)
    elif question.widget is Widget.DATE:
        for part, text in _date(value).items():
            put(_named(group, QLineEdit, f"{part}: {label}"), text)
    elif question.widget in (Widget.RADIOS, Widget.CHECKBOXES):
        labels = {choice.value: choice.label for choice in question.choices}
        for one in [value] if isinstance(value, str) else value:
            _named(group, QAbstractButton, labels[one]).click()
    elif question.widget is Widget.SEARCH:
        words = next(choice.label for choice in question.choices if choice.value == value)
        line = _named(group, QComboBox, label).lineEdit()
        assert line is not None
        put(line, words)
    else:
        kind = QPlainTextEdit if question.widget is Widget.TEXT_AREA else QLineEdit
        put(_named(group, kind, label), value)
    QApplication.processEvents()


def put(box: QWidget, text: str) -> None:
    """Type, or paste what is long."""
    box.setFocus()
    if len(text) <= TYPED and text.isascii():  # QTest knows no other keys
        QTest.keyClicks(box, text)
        return
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def _card(group: QWidget, number: int, label: str) -> QWidget:
    """The card of that number, added if it is not there."""
    if number >= len(_cards(group)):
        add = next(
            one
            for one in group.findChildren(QAbstractButton)
            if one.accessibleName() in (f"Add: {label}", f"Add another: {label}")
        )
        add.click()
        QApplication.processEvents()
    return _cards(group)[number]


def _cards(group: QWidget) -> Sequence[QWidget]:
    found = [one for one in group.findChildren(QFrame) if one.property("role") == "card" and not one.isHidden()]
    return sorted(found, key=lambda one: one.mapTo(group, one.rect().topLeft()).y())


def _date(value: Any) -> dict[str, str]:
    if isinstance(value, str):
        year, month, day = value.split("-")
        return {"Day": day, "Month": month, "Year": year}
    return {name.title(): str(text) for name, text in value.items()}


def _named(scope: QWidget, kind: Any, name: str) -> Any:
    shown = [one for one in scope.findChildren(kind) if one.isVisible()]
    found = [one for one in shown if one.accessibleName() == name]
    assert found, f"no {kind.__name__} {name!r} among {[one.accessibleName() for one in shown]}"
    return found[0]
