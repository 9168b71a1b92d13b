"""Check your answers: what is still to do, with a link to each place, and everything as it will be sent."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from forms.kit.policy import Level
from wizard.filling import marks
from wizard.guard import doubts
from wizard.pages.answers import section_blocks
from wizard.pages.controls import reveal
from wizard.pages.controls_text import GrowingText
from wizard.pages.doubted import doubted_papers
from wizard.pages.gradual import Gradual
from wizard.pages.look import px
from wizard.pages.screen import DraftPack, GiveReason, View
from wizard.pages.special import SpecialScreen, stacked
from wizard.pages.tabs import in_order
from wizard.pages.words import Box, Link, Words, button, column
from wizard.summary import summarise
from wizard.validation.requirements import NOT_TAKEN_IN, Finding, Point, State


class CheckScreen(SpecialScreen):
    """The pre-flight, the reasons, the answers."""

    def __init__(self, view: View) -> None:
        self._answers: QWidget | None = None
        super().__init__(view)

    def content(self) -> Sequence[QWidget]:
        """Everything, what is to do first."""
        return [self._preview(), *self._preflight(), *self._sent()]

    def show_field(self, name: str) -> None:
        """There are no fields: show the top."""
        self.setFocus()

    def _preflight(self) -> Iterator[QWidget]:
        musts = [p for p in self.view.judgement.points if p.level is Level.MUST and p.page not in _LATER]
        refused = [p for p in self.view.judgement.points if p.id == NOT_TAKEN_IN]
        shoulds = [p for p in self.view.judgement.points if p.level is Level.SHOULD and p not in refused]
        if not musts:
            yield Box("done", Words("Everything that must be done before signing is done."))
        if musts:
            yield self._points(f"What must be done ({len(musts)})", musts)
        if found := doubts(self.view.judgement.facts):
            yield doubted_papers(found, self.go_to.emit, self.wanted.emit)
        if shoulds:
            yield self._points(f"What the policy also expects ({len(shoulds)})", shoulds)
        if refused:
            yield self._points(f"What could not be taken in ({len(refused)})", refused)
        reasons = [finding for finding in self.view.judgement.findings if finding.state is State.REASON]
        if reasons:
            yield self._reasons(reasons)

    def _points(self, title: str, points: Sequence[Point]) -> QWidget:
        block = QWidget()
        layout = column(block, px(4))
        layout.addWidget(Words(title, "subheading"))
        facts = self.view.judgement.facts
        places = {page: place for place, page in enumerate(dict.fromkeys(point.page for point in points))}
        for page, here in groupby(sorted(points, key=lambda p: places[p.page]), lambda p: p.page):
            layout.addSpacing(px(8))
            layout.addWidget(Words(self.say(facts.page(page).task), "label"))
            for source, lines in groupby(here, lambda p: p.source):
                *plain, last = lines
                for point in plain:
                    layout.addWidget(self._point(point, ""))
                layout.addWidget(self._point(last, source))
        return block

    def _point(self, point: Point, source: str) -> QWidget:
        place = f"{point.page}#{point.field}" if point.field else point.page
        parts: list[QWidget] = [Link(self.say(point.todo), lambda: self.go_to.emit(place))]
        if source:
            parts.append(Words(source, "hint"))
        if point.override:
            parts.append(ReasonBox(point.id, self.say(point.title), "", self.wanted.emit))
        return stacked(*parts, gap=0)

    def _reasons(self, findings: Sequence[Finding]) -> QWidget:
        block = QWidget()
        layout = column(block, px(8))
        layout.addWidget(Words("Reasons for going on without", "subheading"))
        layout.addWidget(Words("The pack prints these.", "hint"))
        for finding in findings:
            row = finding.requirement
            words = Words(finding.reason)
            box = ReasonBox(row.id, self.say(row.title), finding.reason, self.wanted.emit)
            layout.addWidget(Box("inset", Words(self.say(row.title), "label"), words, box))
        return block

    def _preview(self) -> QWidget:
        look = button("Preview the draft pack", lambda: self.wanted.emit(DraftPack()))
        hint = Words("The whole pack as it would be now, marked as a draft. Nothing is sent.", "hint")
        block = QWidget()
        layout = column(block, px(8))
        layout.addWidget(look, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(hint)
        layout.addWidget(self.working)
        return block

    def _sent(self) -> Iterator[QWidget]:
        yield Words("As it will be sent", "heading")
        sent = Gradual(self._pieces())
        sent.finished.connect(lambda: in_order(self))
        yield sent

    def _pieces(self) -> Iterator[Callable[[], QWidget]]:
        facts = self.view.judgement.facts
        for section in summarise(facts.answers):
            filled = {part.page: marks(facts.case, part.page, facts.pages) for part in section.parts}
            said = {f"{page}.{name}": words for page, found in filled.items() for name, words in found.items()}
            yield from section_blocks(section, self.go_to.emit, said)


_LATER = {"sign", "send"}


class ReasonBox(QWidget):
    """A link that opens a box for the reason; it is kept when the button is pressed."""

    def __init__(self, requirement: str, title: str, given: str, wanted: object) -> None:
        super().__init__()
        self._requirement, self._wanted = requirement, wanted
        words = "Change the reason" if given else "Give a reason for going on without"
        self.link = Link(words, self.open, f"{words}: {title}")
        self.box = GrowingText()
        self.box.setPlainText(given)
        self.box.setAccessibleName(f"Reason for going on without: {title}")
        self.keep = button("Keep this reason", self._keep, name=f"Keep this reason: {title}")
        self.drop = Link("Take the reason back", lambda: self._ask(""), f"Take the reason back: {title}")
        hint = Words("Why are you going on without it? The pack prints your words.", "hint")
        self._inner = stacked(hint, self.box, self.keep, self.drop)
        self.drop.setVisible(bool(given))
        self._inner.hide()
        layout = column(self, 0)
        layout.addWidget(self.link)
        layout.addWidget(self._inner)

    def open(self) -> None:
        """Open the box."""
        self.link.hide()
        self._inner.show()
        reveal(self.box)

    def _keep(self) -> None:
        self._ask(self.box.text().strip())

    def _ask(self, text: str) -> None:
        self._wanted(GiveReason(self._requirement, text))  # type: ignore[operator]
