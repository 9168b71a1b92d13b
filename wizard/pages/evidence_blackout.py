"""What nobody must read in a document: boxes on its pages, and words wherever they stand."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from wizard.evidence.words.ocr import turned_since
from wizard.evidence_fact import Area, EvidenceFact, Treatment
from wizard.pages.announcing import announce
from wizard.pages.boxes import Box, turned
from wizard.pages.controls import characters, reveal
from wizard.pages.evidence_pages import PagesPanel
from wizard.pages.evidence_seen import Offered, can_wait, hint, not_searched, unsure, waits, where
from wizard.pages.evidence_words import breakable
from wizard.pages.flow import Flow
from wizard.pages.look import px
from wizard.pages.words import Link, Words, button, column
from wizard.sought_words import own, too_short

if TYPE_CHECKING:
    from wizard.evidence.redaction.search import Places

_HINT = (
    "Drag over what nobody must read, or add a box and move it with the arrow keys; with Shift they change its size. "
    "Pages with something blacked out become pictures. Your original stays whole in this referral, and is never sent."
)
_SHORT = 40


class BlackoutPanel(QWidget):
    """Collects what is to be blacked out; nothing happens to the document before it is asked for."""

    wanted = Signal(object)
    """The treatment that is asked for."""
    left = Signal()
    sought = Signal(object)
    """A treatment whose words are to be looked for."""

    def __init__(self, fact: EvidenceFact, pages: PagesPanel, pupil: Sequence[str] = ()) -> None:
        super().__init__()
        self.fact, self._pages, self._pupil = fact, pages, pupil
        self._places: Places | None = None
        self._areas = list(fact.treatment.areas)
        self._words = list(fact.treatment.words)
        self._offered, self._stopped = Offered(), False
        self._field = QLineEdit()
        self._field.setAccessibleName("Word or name to black out")
        self._field.setAccessibleDescription(hint(fact))
        self._field.setMaximumWidth(characters(30))
        self._field.returnPressed.connect(self._add_word)
        self._problem = Words(role="problem")
        self._problem.hide()
        self._list = QWidget()
        self._lines = column(self._list, 0)
        self.do = button("Black it out", self._do, "primary")
        self._lay_out()
        pages.sheet.mark(True)
        pages.sheet.marked.connect(self._on_boxes)
        pages.looked_at.connect(self._show_boxes)
        pages.changed.connect(self._turned)
        self._tell()

    def _lay_out(self) -> None:
        boxes, words, ends = QWidget(), QWidget(), QWidget()
        Flow(boxes, across=px(12), down=px(8)).addWidget(button("Add a box on this page", self._pages.sheet.add))
        row = Flow(words, across=px(12), down=px(8))
        row.addWidget(self._field)
        row.addWidget(button("Add these words", self._add_word))
        row = Flow(ends, across=px(20), down=px(8))
        row.addWidget(self.do)
        row.addWidget(Link("Cancel", self.leave, "Cancel blacking out"))
        layout = column(self, px(8))
        for one in (Words("Black something out", "label"), Words(_HINT, "hint"), boxes):
            layout.addWidget(one)
        layout.addSpacing(px(8))
        said = Words("Word or name", "label"), Words(hint(self.fact), "hint")
        for one in (*said, self._problem, words, self._list, ends):
            layout.addWidget(one)

    def leave(self) -> None:
        """End marking; what was marked and not asked for is forgotten."""
        self._pages.sheet.marked.disconnect(self._on_boxes)
        self._pages.looked_at.disconnect(self._show_boxes)
        self._pages.changed.disconnect(self._turned)
        self._pages.sheet.mark(False)
        self.left.emit()

    # Boxes

    def _show_boxes(self) -> None:
        here = [area.box for area in self._areas if area.page == self._pages.page]
        words = (box for place in self._found() for box in place if box.page == self._pages.page)
        turn = self._pages.turn
        self._pages.sheet.show_boxes([turned(box, turn) for box in here], [turned(area.box, turn) for area in words])

    def _found(self) -> list[tuple[Area, ...]]:
        return [place for places in self._places.of_words for place in places] if self._places is not None else []

    def _on_boxes(self, boxes: tuple[Box, ...]) -> None:
        page, back = self._pages.page, -self._pages.turn
        here = [Area(page, turned(box, back)) for box in boxes]
        self._areas = _in_order([*(area for area in self._areas if area.page != page), *here])
        self._tell()

    def _go_to(self, area: Area) -> None:
        self._pages.look_at(area.page)
        here = [one for one in self._areas if one.page == area.page]
        self._pages.sheet.choose(here.index(area))

    # Words

    def _add_word(self) -> None:
        word = " ".join(self._field.text().split())
        problem = _wrong_with(word, self._words)
        self._problem.say(problem)
        self._problem.setVisible(bool(problem))
        if problem:
            announce(self, problem, urgent=True)
            return
        self._words.append(word)
        self._field.clear()
        self._look_again()
        announce(self, f"Added: {word}")

    def _look_again(self) -> None:
        self._places, self._stopped = None, False
        self._tell()
        self.look_for_words()

    def look_for_words(self) -> None:
        """Have the words looked for, so that one sees what will go."""
        if self._words:
            self.sought.emit(self.treatment)

    def words_found(self, words: tuple[str, ...], places: "Places") -> bool:
        """Show where the words are so far, unless they are others by now; tells whether more is wanted."""
        if self._stopped or words != tuple(self._words):
            return False
        first, self._places = self._places is None, places
        self._areas = _in_order([*self._areas, *self._offered.take(words, places, self._areas)])
        self._tell()
        said = [waits(places)] if places.waiting else [*map(self._said, range(len(words))), unsure(places)]
        if first or not places.waiting:
            announce(self, " ".join(filter(None, said)))
        return True

    def _turned(self, fact: EvidenceFact) -> None:
        """A page that stands upright now may be read where it could not before."""
        turned = turned_since(self.fact, fact)
        self.fact = replace(fact, treatment=self.fact.treatment)
        if turned and can_wait(fact):
            self._look_again()

    @property
    def _waiting(self) -> bool:
        """Whether pictures may still show where the words are."""
        return bool(self._words) and (can_wait(self.fact) if self._places is None else bool(self._places.waiting))

    def _do_not_wait(self, places: "Places") -> None:
        self._places, self._stopped = places.given_up(), True
        self._tell()
        reveal(self._field)

    def _said(self, number: int) -> str:
        word = self._words[number]
        own_name = " It is in the pupil’s own name." if own([word], self._pupil) else ""
        found = "wherever it stands" if self._places is None else where(self._places, number)
        return f"“{word}”: {found}.{own_name}"

    # The list

    def _tell(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, area in enumerate(self._areas, 1):
            word = self._offered.word(area)
            around = f": “{word}”" if word else ""
            self._lines.addWidget(self._line(f"{number}. Box on page {area.page}{around}", area))
        for number, word in enumerate(self._words):
            self._lines.addWidget(self._line(self._said(number), word))
        if self._places is not None:
            self._tell_unsure(self._places)
        if not self._areas and not self._words:
            self._lines.addWidget(Words("Nothing is marked yet.", "hint"))
        self.do.setEnabled(self.treatment != self.fact.treatment and not self._waiting)
        self._show_boxes()

    def _tell_unsure(self, places: "Places") -> None:
        """What a search cannot promise, and what it still waits for."""
        for said in filter(None, (unsure(places), not_searched(places))):
            self._lines.addWidget(Words(said, "attention"))
        if places.waiting:
            self._lines.addWidget(Words(waits(places), "hint"))
            stop = Link(
                "Do not wait for it", partial(self._do_not_wait, places), "Do not wait for pages to be read by machine"
            )
            self._lines.addWidget(stop, 0, Qt.AlignmentFlag.AlignLeft)

    def _line(self, words: str, what: Area | str) -> QWidget:
        line = QWidget()
        row = Flow(line, across=px(16), down=0)
        said = Words(breakable(words))
        said.setWordWrap(len(words) > _SHORT)  # what wraps has no width of its own in a row
        row.addWidget(said)
        if isinstance(what, Area):
            row.addWidget(Link("Show", lambda: self._go_to(what), f"Show: {words}"))
        row.addWidget(Link("Remove", lambda: self._remove(what), f"Remove: {words}"))
        return line

    def _remove(self, what: Area | str) -> None:
        if isinstance(what, Area):
            self._areas.remove(what)
            self._tell()
        else:
            self._words.remove(what)
            self._areas = self._offered.without(what, self._areas)
            self._look_again()
        reveal(self._field)

    @property
    def treatment(self) -> Treatment:
        """What is asked for, as it stands."""
        return replace(self.fact.treatment, areas=tuple(self._areas), words=tuple(self._words))

    def _do(self) -> None:
        if self._field.text().strip():
            self._add_word()
            if can_wait(self.fact):
                return  # what is found in pictures is looked at first
        if self._problem.isHidden():
            self.do.setEnabled(False)
            self.wanted.emit(self.treatment)

    def rest(self) -> None:
        """It could not be done: it may be asked for again."""
        self.do.setEnabled(True)


def _in_order(areas: list[Area]) -> list[Area]:
    return sorted(areas, key=lambda one: one.page)


def _wrong_with(word: str, others: list[str]) -> str:
    if not word:
        return "Type the word or name first."
    if too_short(word):
        return "That is too short: it would be found in many other words. Draw boxes over its places."
    return "That is in the list already." if word.casefold() in map(str.casefold, others) else ""
