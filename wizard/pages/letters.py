"""The letters of a page: each is written from the answers and saved where somebody chooses."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from forms.kit.authority import Document, Sender
from wizard.handoff.message import safe_file_name
from wizard.letters import offered, unsettled
from wizard.pages.announcing import announce
from wizard.pages.places import ask_for_file, documents
from wizard.pages.screen import Request, SaveLetter, View
from wizard.pages.words import Box, Words, button, column

WHO = {Sender.SCHOOL: "For the school to sign.", Sender.PARENTS: "For the parents to sign."}

UNSETTLED = (
    "It is not on record that the parents agree to sharing this (Agreement of the parents). "
    "The letter has a line for it: settle that before you send it."
)


class LettersBox(QWidget):
    """What can be written at a page; hidden while nothing can."""

    choose_file: Callable[[QWidget, str, Path], Path | None] = staticmethod(ask_for_file)

    def __init__(self, view: View, wanted: Callable[[Request], object]) -> None:
        super().__init__()
        self._view, self._wanted = view, wanted
        self._layout = column(self)
        self._shown: tuple[tuple[Document, bool], ...] = ()
        self.tell(view)

    def tell(self, view: View) -> None:
        """Show the letters that the answers now call for."""
        self._view = view
        found = offered(view.judgement, view.page.id)
        if self.parent() is not None or not found:  # without its place it would be a window of its own
            self.setVisible(bool(found))
        shown = tuple((one, unsettled(view.judgement, one)) for one in found)
        if shown == self._shown:
            return
        while (item := self._layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._shown = shown
        if found:
            self._layout.addWidget(self._box(shown))

    def saved(self, path: Path) -> None:
        """Say that the file was written."""
        if self._shown:
            self._done.say(f"Saved as {path.name} in {path.parent}. Read it through before it goes.")
            self._done.show()
            announce(self, self._done.text())

    def _box(self, found: tuple[tuple[Document, bool], ...]) -> QWidget:
        box = Box("inset", Words("Letters", "subheading"))
        box.column.addWidget(Words("Written from your answers. What is not answered is left as a line to fill in."))
        for one, open_yet in found:
            box.column.addWidget(Words(one.title, "label"))
            source = self._view.judgement.facts.profile.source(one.source)
            box.column.addWidget(Words(f"{WHO[one.sender]} {source}.", "hint"))
            if open_yet:
                box.column.addWidget(Words(UNSETTLED, "hint"))
            press = button("Save the letter", partial(self._save, one), name=f"Save the letter: {one.title}")
            box.column.addWidget(press, 0, Qt.AlignmentFlag.AlignLeft)
        self._done = Words(role="hint")
        self._done.hide()
        box.column.addWidget(self._done)
        return box

    def _save(self, document: Document) -> None:
        name = safe_file_name(self._view.judgement.facts.case.reference, f"-letter-{document.id}.pdf")
        chosen = self.choose_file(self, f"Save the letter: {document.title}", documents() / name)
        if chosen is not None:
            self._wanted(SaveLetter(document, chosen))
