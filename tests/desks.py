"""A program on a desk of its own, and hands for it: controls are found by what a screen reader calls them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from wizard.desk.program import Practise, Program
from wizard.jobs import Job, Jobs

T = TypeVar("T", bound=QWidget)
NOW = datetime(2026, 11, 23, 9, 0).astimezone()
"""A Monday at nine, wherever it is: in another school year a made-up pupil would be asked for other answers."""


class AtOnce(Jobs):
    """Does its work where it is asked for it: what is tested is the work, not the thread."""

    def _start(self, job: Job) -> None:
        job.work()


class Hands:
    """Presses, types and reads in one window."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program, self.window, self.qtbot = program, program.window, qtbot

    def press(self, name: str) -> None:
        """Press a button, link, radio or box by its accessible name."""
        self.button(name).click()
        QApplication.processEvents()

    def button(self, name: str) -> QAbstractButton:
        """The visible button of that name."""
        found = [one for one in self._visible(QAbstractButton) if one.accessibleName() == name]
        assert found, (
            f"no button {name!r} among {sorted(one.accessibleName() for one in self._visible(QAbstractButton))}"
        )
        return found[0]

    def offers(self, name: str) -> bool:
        """Whether there is such a button."""
        return any(one.accessibleName() == name for one in self._visible(QAbstractButton))

    def enter(self, name: str, text: str) -> None:
        """Type into the box of that name, in place of what it holds."""
        box = next(
            one for one in [*self._visible(QLineEdit), *self._visible(QPlainTextEdit)] if one.accessibleName() == name
        )
        box.setFocus()
        box.clear()
        self.qtbot.keyClicks(box, text)

    def says(self, words: str) -> bool:
        """Whether these words can be read in the window."""
        return any(words in label.text() for label in self._visible(QLabel))

    def stands_out(self, words: str) -> bool:
        """Whether these words can be read in a box that warns."""
        said = [label for label in self._visible(QLabel) if words in label.text()]
        return any((one.parentWidget() or one).property("role") == "warning" for one in said)

    def row(self, task: str) -> QAbstractButton:
        """A task of the rail, whatever its status."""
        return next(one for one in self._visible(QAbstractButton) if one.accessibleName().startswith(f"{task}, "))

    def wait(self) -> None:
        """Wait for the work beside the window."""
        self.qtbot.waitUntil(lambda: not self.program.jobs.busy, timeout=60_000)
        QApplication.processEvents()

    def close(self) -> bool:
        """Close the window, as its corner does; tells whether it did."""
        closed = self.window.close()
        QApplication.processEvents()
        return closed

    def _visible(self, kind: type[T]) -> list[T]:
        return [one for one in self.window.findChildren(kind) if one.isVisible()]


@contextmanager
def at_work(qtbot: QtBot, home: Path, practise: Practise | None = None) -> Iterator[Hands]:
    """Start the program and close it in the end."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    program = Program(app, home, practise, lambda: NOW)
    hands = Hands(program, qtbot)
    try:
        program.start()
        yield hands
    finally:
        program.window.close()
        program.jobs.finish()
        dispose(program.window, program)
        app.setStyleSheet("")


def dispose(*objects: QObject) -> None:
    """Delete objects now, so that nothing of one test is there in the next."""
    for one in objects:
        one.deleteLater()
    QApplication.sendPostedEvents(None, 52)
    QApplication.processEvents()
