"""What is needed: every document that the policy asks for, how it stands, and why it is missing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wizard.pages.controls import reveal
from wizard.pages.controls_text import GrowingText
from wizard.pages.evidence_words import LEVELS, Need
from wizard.pages.look import mark, px
from wizard.pages.screen import GiveReason
from wizard.pages.words import Link, Words, button, column
from wizard.validation.requirements import State


class NeedRow(QWidget):
    """One thing to attach."""

    add = Signal(str)
    """A document is to be added for this requirement."""
    wanted = Signal(object)
    edited = Signal()
    go_to = Signal(str)

    def __init__(self, need: Need) -> None:
        super().__init__()
        self.need = need
        self._state, self._level, self._why = Words(role="tag"), Words(role="hint"), Words(role="inset")
        self.add_button = button("Add", lambda: self.add.emit(self.need.id), name=f"Add for {need.label}")
        self.elsewhere = Link("Its question is still open: answer it", self._go, f"Answer the question: {need.label}")
        self.link = Link("Say why it is missing", self.open)
        self._box = GrowingText()
        self._box.setAccessibleName(f"Why it is missing: {need.label}")
        self._box.setPlainText(need.reason)
        self._box.textChanged.connect(self.edited)
        self._inner = QWidget()
        inner = column(self._inner, px(4))
        inner.addWidget(Words("Why is it missing? The pack prints your words.", "hint"))
        inner.addWidget(self._box)
        self._inner.hide()
        text = QWidget()
        lines = column(text, px(2))
        for one in (Words(need.label, "label"), self._state, self._level, self._why, self.elsewhere, self.link):
            lines.addWidget(one)
        lines.addWidget(self._inner)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addWidget(text, 1)
        row.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        self.tell(need)

    def tell(self, need: Need) -> None:
        """Show how it stands; a reason that is being written stays as it is."""
        self.need = need
        self._state.say(need.words)
        mark(self._state, "tone", need.tone)
        self._level.say(f"{LEVELS[need.level]} ({need.source})".replace("section ", "section\N{NO-BREAK SPACE}"))
        given = need.state is State.REASON
        self._why.say(need.reason)
        self._why.setVisible(given and self._inner.isHidden())
        self.elsewhere.setVisible(bool(need.elsewhere))
        words = "Change the reason" if given else "Say why it is missing"
        self.link.wrap_words(words)
        self.link.setAccessibleName(f"{words}: {need.label}")
        missing = given or (need.state is State.OPEN and not need.evidence)
        self.link.setVisible(need.override and missing and self._inner.isHidden())
        self.add_button.setAccessibleDescription(f"{need.words}. {LEVELS[need.level]}.")

    def open(self) -> None:
        """Open the box for a reason."""
        self.link.hide()
        self._why.hide()
        self._inner.show()
        reveal(self._box)

    def send(self) -> None:
        """Have a reason kept that was written here."""
        text = self._box.text().strip()
        if not self._inner.isHidden() and text != self.need.reason:
            self.wanted.emit(GiveReason(self.need.id, text))

    def _go(self) -> None:
        self.go_to.emit(self.need.elsewhere)


class NeedsList(QWidget):
    """Everything that is needed; rows stay as they are while others come and go."""

    add = Signal(str)
    wanted = Signal(object)
    edited = Signal()
    go_to = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, NeedRow] = {}
        self._layout = column(self, px(20))
        self._layout.addWidget(Words("What is needed", "subheading"))
        self._none = Words("The answers so far ask for no document. Attach whatever helps.", "hint")
        self._layout.addWidget(self._none)

    def tell(self, needs: Sequence[Need]) -> None:
        """Show what is needed now."""
        wanted = {need.id: need for need in needs if need.shown}
        for id in set(self.rows) - set(wanted):
            row = self.rows.pop(id)
            row.hide()
            row.deleteLater()
        for place, (id, need) in enumerate(wanted.items()):
            row = self.rows[id] if id in self.rows else self._make(need)
            row.tell(need)
            self._layout.removeWidget(row)
            self._layout.insertWidget(place + 2, row)
        self._none.setVisible(not wanted)

    def send(self) -> None:
        """Have every reason kept that is still being written."""
        for row in tuple(self.rows.values()):
            row.send()

    def _make(self, need: Need) -> NeedRow:
        row = self.rows[need.id] = NeedRow(need)
        row.add.connect(self.add)
        row.wanted.connect(self.wanted)
        row.edited.connect(self.edited)
        row.go_to.connect(self.go_to)
        return row
