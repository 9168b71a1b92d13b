"""Hands for pages: what is on one is found by the name that a screen reader says."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.pages.referrals import case, view
from wizard.pages.registry import SCREENS
from wizard.pages.screen import Screen

T = TypeVar("T", bound=QWidget)


def shown(qtbot: QtBot, page: str, answers: Mapping[str, Any], **parts: Any) -> Screen:
    """A page as the program builds it, on screen."""
    screen = SCREENS[_kind(page)](view(case(answers, **parts), page))
    qtbot.addWidget(screen)
    screen.resize(760, 900)
    screen.show()
    return screen


def _kind(page: str) -> str:
    from forms.catalogue import PAGES

    return PAGES[page].screen


def all_named(root: QWidget, text: str, kind: type[T] = QWidget) -> list[T]:  # type: ignore[assignment]
    """The visible widgets of that accessible name."""
    QApplication.processEvents()
    return [one for one in root.findChildren(kind) if one.isVisible() and one.accessibleName() == text]


def named(root: QWidget, text: str, kind: type[T] = QWidget) -> T:  # type: ignore[assignment]
    """The first visible widget of that accessible name."""
    found = all_named(root, text, kind)
    names = sorted({one.accessibleName() for one in root.findChildren(kind) if one.isVisible()} - {""})
    assert found, f"nothing called {text!r} among {names}"
    return found[0]


def heard(widget: QWidget) -> str:
    """The name that assistive technology is told."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def says(root: QWidget, words: str) -> bool:
    """Whether these words can be read."""
    QApplication.processEvents()
    return any(words in label.text() for label in root.findChildren(QLabel) if label.isVisible())


def ten_weeks(ill_from: date = date(2026, 11, 2)) -> list[dict[str, str]]:
    """A register from September, ill from a day on but for one afternoon."""
    mondays = [date(2026, 9, 7) + timedelta(7 * week) for week in range(7)]
    mondays += [date(2026, 11, 2) + timedelta(7 * week) for week in range(3)]
    sessions = []
    for day in (monday + timedelta(number) for monday in mondays for number in range(5)):
        for half, present in (("AM", "/"), ("PM", "\\")):
            there = day < ill_from or (day == date(2026, 11, 11) and half == "PM")
            sessions.append({"date": day.isoformat(), "session": half, "code": present if there else "I"})
    return sessions
