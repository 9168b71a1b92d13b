"""The pages of a document: looked at one by one, turned, moved, left out."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap, QShowEvent
from PySide6.QtWidgets import QWidget

from wizard.evidence_fact import EvidenceFact
from wizard.pages.announcing import announce
from wizard.pages.controls import reveal
from wizard.pages.evidence_marks import Marker
from wizard.pages.evidence_words import turning, where
from wizard.pages.flow import Flow
from wizard.pages.look import px
from wizard.pages.words import Link, Tick, Words, button, column

A4 = 297 / 210
"""Height of an upright page for its width."""
SMALL, LARGE = 260, 620
"""Widths of the page that is looked at, at 100 % text; beside the small one there is room for its buttons."""
LONGEST = 1600
"""Pixels across that a page is drawn with at most."""
_SMOOTH = Qt.TransformationMode.SmoothTransformation


class PagesPanel(QWidget):
    """One page of a document at a time."""

    changed = Signal(object)
    """The document's facts with a turn, or with a page left out or moved."""
    page_wanted = Signal(int)
    """A page, from 1, to be drawn."""
    looked_at = Signal()
    """Another page is looked at, or the same turned otherwise."""

    def __init__(self, fact: EvidenceFact) -> None:
        super().__init__()
        self.fact, self.page, self.turn = fact, 1, 0
        self._pictures: dict[int, QPixmap] = {}
        self._asked: set[int] = set()
        self._where, self._problem = Words(role="label"), Words(role="problem")
        self._problem.hide()
        self.sheet = Marker(SMALL)
        self.previous = button("Previous page", lambda: self.step(-1))
        self.following = button("Next page", lambda: self.step(1))
        self.earlier = button("Move earlier", lambda: self._move(-1), name="Move this page earlier")
        self.later = button("Move later", lambda: self._move(1), name="Move this page later")
        self.right = button("Turn right", lambda: self._turn(90), name="Turn this page right")
        self.all_like_this = Link("Turn every page like this one", self._turn_all)
        self.left_out = Tick("Leave this page out")
        self.left_out.clicked.connect(self._leave_out)
        self.larger = Link("Show it larger", self._resize)
        self._lay_out()
        self.tell(fact)

    def _lay_out(self) -> None:
        controls = QWidget()
        lines = column(controls, px(8))
        lines.addWidget(self._where)
        lines.addWidget(_row(self.previous, self.following))
        lines.addWidget(_row(button("Turn left", lambda: self._turn(-90), name="Turn this page left"), self.right))
        lines.addWidget(self.all_like_this)
        lines.addWidget(_row(self.earlier, self.later))
        lines.addWidget(self.left_out)
        lines.addWidget(self._problem)
        lines.addWidget(self.larger)
        lines.addStretch(1)
        beside = Flow(self, across=px(20), down=px(12))
        beside.addWidget(self.sheet)
        beside.addWidget(controls)
        beside.setAlignment(controls, Qt.AlignmentFlag.AlignTop)

    def tell(self, fact: EvidenceFact) -> None:
        """Show the document's facts."""
        self.fact, self.page = fact, min(self.page, max(1, fact.pages))
        self.turn = fact.turn(self.page)
        out = self.page in fact.omit
        self._where.say(where(fact, self.page))
        place = fact.sequence.index(self.page)
        for one, there in (
            (self.previous, place > 0),
            (self.following, place < fact.pages - 1),
            (self.left_out, fact.pages > 1),
            (self.all_like_this, fact.turned_like(self.page) != fact),
            (self.earlier, not out and self.page != fact.shown[0]),
            (self.later, not out and self.page != fact.shown[-1]),
        ):
            one.setVisible(there)
        self.left_out.setChecked(out)
        self.sheet.setAccessibleName(f"Page {self.page} of {fact.name}")
        self.sheet.show_picture(self._pictures.get(self.page, QPixmap()), self.turn)
        self.looked_at.emit()

    def step(self, step: int) -> None:
        """Look at the next page of the pack (1), or the one before (-1)."""
        gone, other = (self.following, self.previous) if step > 0 else (self.previous, self.following)
        had_focus = gone.hasFocus()
        place = self.fact.sequence.index(self.page) + step
        self.look_at(self.fact.sequence[max(0, min(place, self.fact.pages - 1))])
        if had_focus and gone.isHidden():
            reveal(other)

    def look_at(self, page: int) -> None:
        """Look at a page, from 1."""
        self.page = page
        self._problem.hide()
        self.ask()
        self.tell(self.fact)
        announce(self, self._where.text())

    def _move(self, step: int) -> None:
        gone, other = (self.later, self.earlier) if step > 0 else (self.earlier, self.later)
        had_focus = gone.hasFocus()
        self._keep(self.fact.moved(self.page, step))
        announce(self, self._where.text())
        if had_focus and gone.isHidden():
            reveal(other)

    def ask(self) -> None:
        """Have the page drawn that is looked at, once."""
        if self.page not in self._asked:
            self._asked.add(self.page)
            self.page_wanted.emit(self.page)

    def forget(self) -> None:
        """The pages are no longer what they were: have the one that is looked at drawn anew."""
        self._pictures.clear()
        self._asked.clear()
        if self.isVisible():
            self.ask()

    def showEvent(self, event: QShowEvent) -> None:
        """Have the page drawn, if it was not."""
        super().showEvent(event)
        self.ask()

    def width_wanted(self) -> int:
        """Pixels across, so that the page can also be shown larger."""
        return min(round(px(LARGE) * self.devicePixelRatioF()), LONGEST)

    def picture(self, page: int, picture: QPixmap) -> None:
        """Take a page that was drawn; a coarser picture never replaces a finer one."""
        known = self._pictures.get(page)
        if known is None or known.width() <= picture.width():
            self._pictures[page] = picture
            self.tell(self.fact)

    def _turn(self, degrees: int) -> None:
        self._keep(self.fact.turned_by(self.page, degrees))
        announce(self, f"Page {self.page}: {turning(self.turn) or 'not turned'}")

    def _turn_all(self) -> None:
        had_focus = self.all_like_this.hasFocus()
        self._keep(self.fact.turned_like(self.page))
        announce(self, f"Every page: {turning(self.turn) or 'not turned'}")
        if had_focus:
            reveal(self.right)

    def _leave_out(self, out: bool) -> None:
        omit = set(self.fact.omit) | {self.page} if out else set(self.fact.omit) - {self.page}
        if set(range(1, self.fact.pages + 1)) <= omit:
            self.left_out.setChecked(False)
            self._problem.say("One page at least stays in. To leave all of it out, remove the document.")
            self._problem.show()
            announce(self, self._problem.text(), urgent=True)
            return
        self._problem.hide()
        self._keep(replace(self.fact, omit=tuple(sorted(omit))))

    def _keep(self, fact: EvidenceFact) -> None:
        self.tell(fact)
        self.changed.emit(fact)

    def _resize(self) -> None:
        small = self.sheet.maximumWidth() == px(SMALL)
        self.sheet.fit(LARGE if small else SMALL)
        self.larger.wrap_words("Show it smaller" if small else "Show it larger")


def _row(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    flow = Flow(holder, across=px(8), down=px(8))
    for widget in widgets:
        flow.addWidget(widget)
    return holder
