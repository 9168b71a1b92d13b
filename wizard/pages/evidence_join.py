"""Photos of the pages of one letter, put together into one document."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.evidence_fact import EvidenceFact
from wizard.pages.announcing import announce
from wizard.pages.controls import Group, reveal
from wizard.pages.evidence_words import breakable, can_be_joined, not_listed, why_not_joined
from wizard.pages.flow import Flow
from wizard.pages.look import px
from wizard.pages.screen import JoinEvidence
from wizard.pages.words import Link, Tick, Words, button, column


class JoinPanel(QWidget):
    """A link while there are several photos, and a tick for each once it is pressed."""

    wanted = Signal(object)
    grown = Signal()
    """Parts came: the order of the Tab key is to be made again."""

    def __init__(self) -> None:
        super().__init__()
        self._photos: tuple[EvidenceFact, ...] = ()
        self._ticks: dict[str, Tick] = {}
        self._open = Link("Make one document of several photos", self.open)
        self._panel, self._problem = QWidget(), Words(role="problem")
        self._not_listed = Words(role="hint")
        self._problem.hide()
        self._group = Group()
        self._group.setAccessibleName("Photos of one document")
        self._boxes = column(self._group, 0)
        ends = QWidget()
        row = Flow(ends, across=px(20), down=px(8))
        row.addWidget(button("Make one document", self._join))
        row.addWidget(Link("Cancel", self.leave, "Cancel making one document"))
        lines = column(self._panel, px(6))
        hint = "Tick the photos of one letter. They become its pages in this order, which can be changed later."
        for one in (
            Words("Photos of one document", "label"),
            Words(hint, "hint"),
            self._problem,
            self._group,
            self._not_listed,
            ends,
        ):
            lines.addWidget(one)
        self._panel.hide()
        layout = column(self, px(4))
        layout.addWidget(self._open)
        layout.addWidget(self._panel)
        self.hide()

    def tell(self, facts: Sequence[EvidenceFact]) -> None:
        """Offer the photos among these documents; what is ticked stays ticked."""
        self._photos = tuple(fact for fact in facts if can_be_joined(fact))
        wanted = {fact.id: fact for fact in self._photos}
        for id in set(self._ticks) - set(wanted):
            tick = self._ticks.pop(id)
            tick.hide()
            tick.deleteLater()
        for place, fact in enumerate(self._photos):
            tick = self._ticks.get(fact.id) or Tick(fact.name)
            self._ticks[fact.id] = tick
            tick.wrap_words(fact.name)
            self._boxes.insertWidget(place, tick)
        self._not_listed.say(breakable(not_listed(facts)))
        self._not_listed.setVisible(bool(self._not_listed.text()))
        several = len(self._photos) > 1
        if not several:
            self._panel.hide()
        self._open.setVisible(self._panel.isHidden())
        self.setVisible(several)

    def open(self) -> None:
        """Let photos be ticked."""
        self._open.hide()
        self._panel.show()
        self.grown.emit()
        reveal(self._ticks[self._photos[0].id])

    def leave(self) -> None:
        """Make nothing."""
        for tick in self._ticks.values():
            tick.setChecked(False)
        self._problem.hide()
        self._panel.hide()
        self._open.show()
        reveal(self._open)

    def _join(self) -> None:
        chosen = tuple(fact for fact in self._photos if self._ticks[fact.id].isChecked())
        problem = why_not_joined(chosen)
        self._problem.say(problem)
        self._problem.setVisible(bool(problem))
        if problem:
            announce(self, problem, urgent=True)
        else:
            self.leave()
            self.wanted.emit(JoinEvidence(chosen))
