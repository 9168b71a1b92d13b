"""The dates of a page: what to do by when, overdue in words, and a file of them for the school's own calendar."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from wizard.handoff.message import safe_file_name
from wizard.pages.announcing import announce
from wizard.pages.places import ask_for_file, documents
from wizard.pages.screen import Request, SaveDates, View
from wizard.pages.words import Box, Link, Words, column, give_role
from wizard.schedule import Due, on_page
from wizard.summary import wording

ChooseFile = Callable[[QWidget, str, Path], Path | None]


class DatesBox(QWidget):
    """What has a date at a page; hidden while nothing has."""

    choose_file: ChooseFile = staticmethod(ask_for_file)

    def __init__(self, view: View, wanted: Callable[[Request], object]) -> None:
        super().__init__()
        self._view, self._wanted = view, wanted
        self._layout = column(self)
        self._shown: Sequence[Due] = ()
        self.tell(view)

    def tell(self, view: View) -> None:
        """Show the dates as they are now."""
        self._view = view
        dues = on_page(view.judgement, view.page.id)
        if self.parent() is not None or not dues:  # without its place it would be a window of its own
            self.setVisible(bool(dues))
        if dues == self._shown:
            return
        while (item := self._layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._shown = dues
        if dues:
            self._layout.addWidget(self._box(dues))

    def saved(self, path: Path) -> None:
        """Say that the file was written."""
        if not self._shown:
            return
        self._done.say(f"Saved as {path.name} in {path.parent}.")
        self._done.show()
        announce(self, self._done.text())

    def _box(self, dues: Sequence[Due]) -> QWidget:
        answers = self._view.judgement.facts.answers
        box = Box("inset")
        if any(due.late for due in dues):
            give_role(box, "warning")
        for due in dues:
            box.column.addWidget(Words(wording(due.title, answers), "label"))
            box.column.addWidget(Words(f"{due.words}."))
            box.column.addWidget(Words(wording(due.todo, answers)))
            box.column.addWidget(Words(due.source, "hint"))
        box.column.addWidget(Link("Save for your calendar", self._save, f"Save for your calendar: {dues[0].title}"))
        self._done = Words(role="hint")
        self._done.hide()
        box.column.addWidget(self._done)
        return box

    def _save(self) -> None:
        name = safe_file_name(self._view.judgement.facts.case.reference, "-dates.ics")
        chosen = self.choose_file(self, "Save the dates of this referral", documents() / name)
        if chosen is not None:
            self._wanted(SaveDates(chosen))
