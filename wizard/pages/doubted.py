"""Papers that may be about another child: the list of them, and the question before a pack is made."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wizard.guard import Doubt
from wizard.pages.announcing import announce
from wizard.pages.controls import reveal
from wizard.pages.look import px
from wizard.pages.screen import ChangeEvidence, Request
from wizard.pages.words import Box, Link, Words, button, column

HEADING = "Papers to look at once more"


def doubted_papers(
    found: Sequence[Doubt], go_to: Callable[[str], object], wanted: Callable[[Request], object]
) -> QWidget:
    """Each doubt with a way to its document, and one to say that it is right."""
    block = QWidget()
    layout = column(block, px(8))
    layout.addWidget(Words(f"{HEADING} ({len(found)})", "subheading"))
    hint = "If a paper is about somebody else, remove it or leave out its page under Evidence."
    layout.addWidget(Words(hint, "hint"))
    for doubt in found:
        look = Link("Go to the document", partial(go_to, f"evidence#{doubt.fact.id}"), f"Go to {doubt.fact.name}")
        right = Link(
            "It is right as it is", partial(_clear, block, doubt, wanted), f"It is right as it is: {doubt.words}"
        )
        box = Box("warning" if doubt.strong else "inset", Words(doubt.words), look, right)
        box.column.setSpacing(px(4))
        layout.addWidget(box)
    return block


def _clear(block: QWidget, doubt: Doubt, wanted: Callable[[Request], object]) -> None:
    announce(block, f"Noted for {doubt.fact.name}")
    wanted(ChangeEvidence(doubt.cleared))


class AskFirst(QWidget):
    """The button that makes the pack; while there are strong doubts, pressing it asks once more and names them."""

    def __init__(
        self,
        words: str,
        role: str,
        found: Sequence[Doubt],
        go_to: Callable[[str], object],
        make: Callable[[], object],
    ) -> None:
        super().__init__()
        self._make = make
        self._strong = [doubt for doubt in found if doubt.strong]
        self._press = button(words, self._pressed, role)
        self.look = button("Look at the documents first", lambda: go_to("evidence"))
        sure = button("I have looked: make the pack", make)
        told = [Words(doubt.words) for doubt in self._strong]
        self._question = Box("warning", Words("Is every paper about this pupil?", "label"), *told, self.look, sure)
        self._question.hide()
        layout = column(self, px(12))
        layout.addWidget(self._question)
        layout.addWidget(self._press)
        for one in (self.look, sure):
            self._question.column.setAlignment(one, Qt.AlignmentFlag.AlignLeft)
        layout.setAlignment(self._press, Qt.AlignmentFlag.AlignLeft)

    def _pressed(self) -> None:
        if not self._strong:
            self._make()
            return
        self._question.show()
        reveal(self.look)
        self._press.hide()
