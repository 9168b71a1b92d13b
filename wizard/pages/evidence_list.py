"""What is attached: one entry for each document, numbered as in the pack; removed ones leave a way back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from forms.kit.page import Context
from wizard.evidence_fact import EvidenceFact
from wizard.pages.announcing import announce
from wizard.pages.controls import reveal
from wizard.pages.evidence_details import Details
from wizard.pages.evidence_pages import Sheet
from wizard.pages.evidence_words import OUTCOMES, Need, about, breakable, shows
from wizard.pages.flow import Flow
from wizard.pages.look import mark, px
from wizard.pages.screen import ChangeEvidence, PreviewPage, RemoveEvidence, RestoreEvidence
from wizard.pages.words import Box, Link, Words, column

THUMBNAIL = 160
"""Pixels across that a document's first page is drawn with."""
EMPTY = (
    "Usually these are letters from the consultant, GP or CAMHS, support plans, the healthcare plan and notes of "
    "meetings. A photo of a letter is fine as long as every line can be read."
)


class DocumentRow(QFrame):
    """A document: what it is, and its details while it is selected."""

    wanted = Signal(object)
    edited = Signal()
    opened = Signal()

    def __init__(self, fact: EvidenceFact, needs: Sequence[Need], context: Context) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.fact, self.removed, self.asked = fact, False, False
        self._needs, self._context, self._number = needs, context, 0
        self._first = QPixmap()
        self.details: Details | None = None
        self._title, self._about = Words(role="label"), Words(role="hint")
        self._shows, self._outcome = Words(role="tag"), Words(role="hint")
        self.thumbnail = Sheet(104)
        self.thumbnail.pressed.connect(self.turn)
        self.edit = Link("Details", self.turn)
        self.remove = Link("Remove", self._remove)
        self._gone_words, self.undo = Words(), Link("Undo", self._restore)
        self._build()

    def _build(self) -> None:
        text, links = QWidget(), QWidget()
        lines = column(text, px(2))
        flow = Flow(links, across=px(20), down=0)
        for link in (self.edit, self.remove):
            flow.addWidget(link)
        for one in (self._title, self._about, self._shows, self._outcome, links):
            lines.addWidget(one)
        lines.addStretch(1)
        self._top, self._gone = QWidget(), QWidget()
        row = QHBoxLayout(self._top)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(16))
        row.addWidget(self.thumbnail, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
        gone = column(self._gone, 0)
        gone.addWidget(self._gone_words)
        gone.addWidget(self.undo)
        self._gone.hide()
        self._layout = column(self, px(16))
        self._layout.setContentsMargins(px(16), px(16), px(16), px(12))
        self._layout.addWidget(self._top)
        self._layout.addWidget(self._gone)

    def tell(self, fact: EvidenceFact, number: int, needs: Sequence[Need]) -> None:
        """Show the document as it is kept, under its number in the pack."""
        self.fact, self._number, self._needs = fact, number, needs
        self._turn_removed(False)
        if self.details is not None:
            self.details.tell(fact)
        self._say()

    def _say(self) -> None:
        fact = self.fact
        self._title.say(breakable(f"{self._number}. {fact.name}"))
        self._about.say(breakable(f"{about(fact)}. File: {fact.file}" if fact.title else about(fact)))
        self._shows.say(shows(fact, self._needs))
        mark(self._shows, "tone", "" if any(need.rows & set(fact.answers) for need in self._needs) else "attention")
        self._outcome.say(" ".join((OUTCOMES.get(fact.outcome, ""), *fact.notices)).strip())
        self._outcome.setVisible(bool(self._outcome.text()))
        self._gone_words.say(breakable(f"Removed: {fact.name}"))
        self.thumbnail.setAccessibleName(f"First page of {fact.name}")
        self.thumbnail.setVisible(bool(fact.pages))
        self.thumbnail.show_picture(self._first, fact.rotate)
        self.edit.wrap_words("Close" if self.is_open else "Details")
        self.edit.setAccessibleName(f"{self.edit.words()}: {fact.name}")
        self.remove.setAccessibleName(f"Remove {fact.name}")
        self.undo.setAccessibleName(f"Undo removing {fact.name}")

    @property
    def is_open(self) -> bool:
        """Whether its details are shown."""
        return self.details is not None and not self.details.isHidden()

    def turn(self) -> None:
        """Show or hide its details."""
        self.close_details() if self.is_open else self.open()

    def open(self) -> None:
        """Show its details; they are built the first time."""
        if self.details is None:
            self.details = Details(self.fact, self._needs, self._context)
            self.details.changed.connect(self._changed)
            self.details.edited.connect(self.edited)
            self.details.page_wanted.connect(self._ask)
            self._layout.addWidget(self.details)
        self.details.show()
        if self.details.pages is not None:
            if not self._first.isNull():
                self.details.pages.picture(1, self._first)  # until a finer one comes
            self.details.pages.ask()
        self._say()
        self.opened.emit()
        announce(self, f"Details of {self.fact.name} are open")

    def close_details(self) -> None:
        """Hide its details; what was typed in them is kept first."""
        self.send()
        if self.details is not None:
            self.details.hide()
        self._say()

    def send(self) -> None:
        """Have kept what is still being typed."""
        if self.details is not None and not self.removed:
            self.details.send()

    def ask_thumbnail(self) -> None:
        """Have the first page drawn, once."""
        if not self.asked and self.fact.pages:
            self.asked = True
            self.wanted.emit(PreviewPage(self.fact, 1, THUMBNAIL))

    def picture(self, page: int, picture: QPixmap) -> None:
        """Take a page that was drawn."""
        if page == 1 and self._first.width() <= picture.width():
            self._first = picture
            self.thumbnail.show_picture(picture, self.fact.rotate)
        if self.details is not None and self.details.pages is not None:
            self.details.pages.picture(page, picture)

    def gone(self) -> None:
        """Show that it was removed, with the way back."""
        held = any(one.hasFocus() for one in self.findChildren(QWidget))
        self._turn_removed(True)
        self._say()
        if held:
            reveal(self.undo)

    def _turn_removed(self, removed: bool) -> None:
        returned = self.removed and not removed
        self.removed = removed
        held = self.undo.hasFocus()
        self._top.setHidden(removed)
        self._gone.setHidden(not removed)
        if removed and self.details is not None:
            self.details.hide()
        if returned and held:
            reveal(self.edit)

    def _ask(self, page: int) -> None:
        if self.details is not None and self.details.pages is not None:
            self.wanted.emit(PreviewPage(self.fact, page, self.details.pages.width_wanted()))

    def _changed(self, fact: EvidenceFact) -> None:
        self.fact = fact
        self._say()
        self.wanted.emit(ChangeEvidence(fact))

    def _remove(self) -> None:
        self.send()
        self.wanted.emit(RemoveEvidence(self.fact))

    def _restore(self) -> None:
        above = self.parentWidget()
        place = above.place_of(self) if isinstance(above, DocumentsList) else 0
        self.wanted.emit(RestoreEvidence(self.fact, place))


class DocumentsList(QWidget):
    """Every document; entries stay as they are while others come and go."""

    wanted = Signal(object)
    edited = Signal()
    grown = Signal()
    """Parts came: the order of the Tab key is to be made again."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.rows: dict[str, DocumentRow] = {}
        self._layout = column(self, px(12))
        self._layout.addWidget(Words("What is attached", "subheading"))
        self._empty = Box("inset", Words("Nothing is attached yet.", "label"), Words(EMPTY))
        self._layout.addWidget(self._empty)

    def tell(self, facts: Sequence[EvidenceFact], needs: Sequence[Need]) -> None:
        """Show the documents as they are kept."""
        here = {fact.id for fact in facts}
        for id, row in self.rows.items():
            if id not in here and not row.removed:
                row.gone()
                announce(self, f"Removed: {row.fact.name}")
        for number, fact in enumerate(facts, 1):
            row = self.rows[fact.id] if fact.id in self.rows else self._make(fact, needs)
            row.tell(fact, number, needs)
        self._empty.setVisible(not facts)

    def place_of(self, row: DocumentRow) -> int:
        """Where a removed document stood, counted from 0 among those that are there."""
        before = list(self.rows.values())[: list(self.rows.values()).index(row)]
        return sum(1 for one in before if not one.removed)

    def send(self) -> None:
        """Have kept everything that is still being typed."""
        for row in tuple(self.rows.values()):
            row.send()

    def ask_thumbnails(self) -> None:
        """Have the first page of every document drawn."""
        for row in tuple(self.rows.values()):
            row.ask_thumbnail()

    def _make(self, fact: EvidenceFact, needs: Sequence[Need]) -> DocumentRow:
        row = self.rows[fact.id] = DocumentRow(fact, needs, self._context)
        row.wanted.connect(self.wanted)
        row.edited.connect(self.edited)
        row.opened.connect(lambda: self._select(row))
        self._layout.addWidget(row)
        return row

    def _select(self, selected: DocumentRow) -> None:
        for row in self.rows.values():
            if row is not selected and row.is_open:
                row.close_details()
        self.grown.emit()
