"""What is attached: one entry for each document, numbered as in the pack; removed ones leave a way back."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from forms.kit.page import Context
from wizard.evidence_fact import EvidenceFact
from wizard.pages.announcing import announce
from wizard.pages.evidence_join import JoinPanel
from wizard.pages.evidence_row import DocumentRow
from wizard.pages.evidence_setting import Setting
from wizard.pages.look import px
from wizard.pages.screen import RestoreEvidence
from wizard.pages.words import Box, Words, column

INDENT = 28
"""Pixels by which a document stands in that came with another one, at 100 % text."""
EMPTY = (
    "Usually these are letters from the consultant, GP or CAMHS, support plans, the healthcare plan and notes of "
    "meetings. A photo of a letter is fine as long as every line can be read."
)


class DocumentsList(QWidget):
    """Every document; entries stay as they are while others come and go."""

    wanted = Signal(object)
    edited = Signal()
    go_to = Signal(str)
    grown = Signal()
    """Parts came: the order of the Tab key is to be made again."""
    again = Signal(object)
    """The facts of a document that is to be chosen again."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.rows: dict[str, DocumentRow] = {}
        self._holders: dict[str, QWidget] = {}
        self._layout = column(self, px(12))
        self._layout.addWidget(Words("What is attached", "subheading"))
        self._join = JoinPanel()
        self._join.wanted.connect(self.wanted)
        self._join.grown.connect(self.grown)
        self._layout.addWidget(self._join)
        self._empty = Box("inset", Words("Nothing is attached yet.", "label"), Words(EMPTY))
        self._layout.addWidget(self._empty)

    def tell(self, facts: Sequence[EvidenceFact], setting: Setting) -> None:
        """Show the documents as they are kept."""
        here = {fact.id for fact in facts}
        for id, row in self.rows.items():
            if id not in here and not row.removed:
                row.gone()
                announce(self, f"Removed: {row.fact.name}")
        above: QWidget = self._empty
        for number, fact in enumerate(facts, 1):
            row = self.rows[fact.id] if fact.id in self.rows else self._make(fact, setting, above)
            row.tell(fact, number, setting)
            above = self._holders[fact.id]
        self._empty.setVisible(not facts)
        self._join.tell(facts)

    def treated(self, id: str) -> None:
        """Show what became of a treatment that was asked for."""
        if id in self.rows:
            self.rows[id].treated()

    def send(self) -> None:
        """Have kept everything that is still being typed."""
        for row in tuple(self.rows.values()):
            row.send()

    def ask_thumbnails(self) -> None:
        """Have the first page of every document drawn."""
        for row in tuple(self.rows.values()):
            row.ask_thumbnail()

    def _make(self, fact: EvidenceFact, setting: Setting, above: QWidget) -> DocumentRow:
        """A new entry, under that of the document before it."""
        row = self.rows[fact.id] = DocumentRow(fact, setting, self._context)
        row.wanted.connect(self.wanted)
        row.go_to.connect(self.go_to)
        row.edited.connect(self.edited)
        row.opened.connect(lambda: self._select(row))
        row.restored.connect(lambda: self.wanted.emit(RestoreEvidence(row.fact, self._place_of(row))))
        row.again.connect(lambda: self.again.emit(row.fact))
        holder = self._holders[fact.id] = QWidget()
        inner = column(holder, 0)
        inner.setContentsMargins(px(INDENT) if fact.within else 0, 0, 0, 0)
        inner.addWidget(row)
        self._layout.insertWidget(self._layout.indexOf(above) + 1, holder)
        return row

    def _place_of(self, row: DocumentRow) -> int:
        """Where a removed document stood, counted from 0 among those that are there."""
        places = {id: self._layout.indexOf(holder) for id, holder in self._holders.items()}
        there = (id for id, one in self.rows.items() if not one.removed)
        return sum(1 for id in there if places[id] < places[row.fact.id])

    def _select(self, selected: DocumentRow) -> None:
        for row in self.rows.values():
            if row is not selected and row.is_open:
                row.close_details()
        self.grown.emit()
