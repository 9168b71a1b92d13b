"""The letters of a page: each is written from the answers and saved where somebody chooses."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt

from forms.kit.written import Document, Sender
from wizard.handoff.message import safe_file_name
from wizard.letters import offered, unsettled
from wizard.pages.offered import OfferedBox
from wizard.pages.screen import SaveLetter
from wizard.pages.words import Box, Words, button

WHO = {Sender.SCHOOL: "For the school to sign.", Sender.PARENTS: "For the parents to sign."}
UNSETTLED = (
    "It is not on record that the parents agree to sharing this (Agreement of the parents). "
    "The letter has a line for it: settle that before you send it."
)


class LettersBox(OfferedBox):
    """What can be written at a page."""

    advice = "Read it through before it goes."

    def found(self) -> Sequence[tuple[Document, bool]]:
        """The letters that the answers call for, and whether the parents’ agreement to each is still to be settled."""
        judgement = self._view.judgement
        return [(one, unsettled(judgement, one)) for one in offered(judgement, self._view.page.id)]

    def box(self, found: Sequence[tuple[Document, bool]]) -> Box:
        """Each with who signs it and a button."""
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
        return box

    def _save(self, document: Document) -> None:
        name = safe_file_name(self._view.judgement.facts.case.reference, f"-letter-{document.id}.pdf")
        chosen = self.ask(f"Save the letter: {document.title}", name)
        if chosen is not None:
            self._wanted(SaveLetter(document, chosen))
