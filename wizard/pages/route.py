"""Council and route: what the answers lead to is said at once, beside the answer that it hangs on."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtWidgets import QWidget

from forms.kit.policy import Outcome, Route
from wizard.case import Case
from wizard.councils import note
from wizard.pages.announcing import announce
from wizard.pages.council_choice import file_note
from wizard.pages.question import QuestionScreen
from wizard.pages.screen import ChangeCouncil, SeeChanges, View
from wizard.pages.words import Box, Link, Words
from wizard.validation.facts import Facts
from wizard.validation.requirements import applies, judge
from wizard.versions import outdated, spoken

ROLES = {Outcome.STOP: "stop", Outcome.WARN: "warning", Outcome.GO_ON: "done"}
TITLES = {
    Outcome.STOP: "Stop: this is not the right way.",
    Outcome.WARN: "Go on, with care.",
    Outcome.GO_ON: "Go on.",
}
WAITING = "Answer the questions above. What follows from them is said here."


class RouteScreen(QuestionScreen):
    """The questions that settle the route, and the outcomes as they follow from what is chosen."""

    def __init__(self, view: View) -> None:
        self.outcomes: tuple[Route, ...] | None = None
        self._boxes: list[QWidget] = []
        self._end = Box("")
        self._end.column.setContentsMargins(0, 0, 0, 0)
        super().__init__(view)
        self._tell()

    def above(self) -> Sequence[QWidget]:
        """Which council this is for, under which version of its file, and how that is changed."""
        facts = self.view.judgement.facts
        profile, version = facts.profile, facts.case.authority_version
        parts: list[QWidget] = [Words(f"The outcome follows its “{profile.policy_title}”.", bold=f"{profile.name}.")]
        if (said := note(profile.id)) is not None:
            parts.append(file_note(said))
        if facts.case.sent is None:
            parts.append(Link("This referral is for another council", lambda: self.wanted.emit(ChangeCouncil())))
            if outdated(facts.case, profile):
                now = f"It is judged by those of {spoken(profile.version)}, which are installed."
                words = Words(now, bold=f"Begun under the rules of {spoken(version)}.")
                parts.append(Box("warning", words, Link("See what changed", lambda: self.wanted.emit(SeeChanges()))))
        return parts

    def below(self) -> Sequence[QWidget]:
        """What hangs on no single answer."""
        return (self._end,)

    def answered(self) -> None:
        """Show and announce what the answers lead to now."""
        before = self.outcomes
        self._tell()
        new = [one for one in self.outcomes or () if one not in (before or ())]
        if self.outcomes != before:
            grouped = groupby(new, key=lambda one: one.outcome)
            words = " ".join(
                " ".join((TITLES[title], *(self.say(one.text) for one in rows))) for title, rows in grouped
            )
            announce(self, words or WAITING, urgent=any(one.outcome is Outcome.STOP for one in new))

    def _spoken(self, routes: Sequence[Route]) -> str:
        """Outcomes in a row, what they come to being said once for all that come to the same."""
        grouped = groupby(routes, key=lambda one: one.outcome)
        words = [[TITLES[outcome], *(self.say(one.text) for one in rows)] for outcome, rows in grouped]
        return " ".join(" ".join(sentences) for sentences in words)

    def refresh(self, view: View) -> None:
        """Show what follows from the referral as it stands."""
        super().refresh(view)
        self._tell()

    def _case(self, without: str = "") -> Case:
        """The referral with what is on the page now, less one answer."""
        raw = {name: value for name, value in self.fields.raw().items() if name != without}
        return self.view.judgement.facts.case.with_page(self.view.page.id, raw, self.not_known())

    def _facts(self, without: str = "") -> Facts:
        facts = self.view.judgement.facts
        return Facts.of(self._case(without), facts.profile, facts.today)

    def _tell(self) -> None:
        """Show the outcomes, the gravest first; a plain "go on" waits until everything here is answered."""
        judgement = judge(self._facts())
        missing = any(problem.missing for problem in judgement.problems.get(self.view.page.id, ()))
        found = [one for one in judgement.routes if one.when or not missing]
        outcomes = tuple(sorted(found, key=lambda one: list(ROLES).index(one.outcome)))
        if outcomes == self.outcomes:
            return
        self.outcomes = outcomes
        for box in self._boxes:
            box.hide()
            box.deleteLater()
        self._boxes = []
        places = self._places(outcomes)
        for route in outcomes:
            box = self._box(route)
            if place := places.get(route.id):
                self._boxes.append(box)
                self.fields.fields[place].follow(box)
            else:
                self._put_at_end(box)
        stop = next((one for one in outcomes if one.outcome is Outcome.STOP), None)
        if stop is not None and stop.id in places:
            self._put_at_end(self._reminder(places[stop.id]))
        elif missing and stop is None:
            self._put_at_end(Words(WAITING, role="hint"))

    def _put_at_end(self, widget: QWidget) -> None:
        self._boxes.append(widget)
        self._end.column.addWidget(widget)

    def _reminder(self, name: str) -> Box:
        """At the end of the page: which answer stops the referral."""
        label = self.fields.fields[name].control.label
        return Box("stop", Words(bold=TITLES[Outcome.STOP]), Link(f"See “{label}”", lambda: self.show_field(name)))

    def _places(self, routes: Sequence[Route]) -> dict[str, str]:
        """The last question that each outcome hangs on: it would not follow without that answer."""
        places: dict[str, str] = {}
        for name, field in self.fields.fields.items():
            if not field.isHidden():
                facts = self._facts(without=name)
                places |= {one.id: name for one in routes if not applies(one.when, facts)}
        return places

    def _box(self, route: Route) -> Box:
        source = self.view.judgement.facts.profile.source(route.source)
        words = Words(self.say(route.text), bold=TITLES[route.outcome])
        return Box(ROLES[route.outcome], words, Words(source, role="hint"))
