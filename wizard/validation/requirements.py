"""The engine: a council's requirements judged on a referral, and everything that is missing, in one list."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from forms.catalogue import AFTER
from forms.kit.authority import AuthorityProfile, OtherRecipient, Recipient, Signer
from forms.kit.page import Page, Problem
from forms.kit.policy import Guidance, Level, Outcome, Requirement, Route, Stage
from wizard.filling import unconfirmed
from wizard.validation.checks import CHECKS
from wizard.validation.conditions import CONDITIONS
from wizard.validation.facts import Facts

LOOK_THROUGH = "Look through what was filled in on this page, and confirm it with Save and continue."

NOT_TAKEN_IN = "not taken in"
"""Id of the points about documents of which nothing goes with the pack; no council's row."""
_LOCKED = "is locked", "Give its password"
_NOT_GOING = {
    "refused": ("could not be taken in", "Add it in another form"),
    "attached": (
        "cannot be shown here and has words to black out or pages left out, which its original still holds",
        "Print it to a PDF and add that",
    ),
}
_NO_PAGE = "has all its pages left out", "Put back those that matter"


class State(StrEnum):
    """How a requirement stands."""

    MET = "met"
    REASON = "reason given"
    OPEN = "open"
    NOT_NEEDED = "not needed"


class Finding(NamedTuple):
    """A requirement as judged.

    Attributes:
        reason: the school's words for going on without it.
        evidence: positions, from 1, of the documents that answer it.
    """

    requirement: Requirement
    level: Level
    state: State
    reason: str = ""
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """Something still to do, with where to put it right.

    Attributes:
        id: row of the policy catalogue.
        field: first step of the path on the page; empty for the page as a whole.
        override: a written reason may stand in its place.
        stage: what it holds back while it is a must.
    """

    id: str
    level: Level
    title: str
    todo: str
    source: str
    page: str
    field: str = ""
    override: bool = False
    stage: Stage = Stage.PACK


@dataclass(frozen=True)
class Judgement:
    """Everything that a council's policy says of a referral today.

    Attributes:
        findings: every requirement, in the order of the council's file.
        problems: what is unanswered or doubtful on the pages that are asked, by page.
        points: what is to do before the pack goes, musts first; a stop of the route is a must.
        later: what is to do after it has gone.
    """

    facts: Facts
    findings: tuple[Finding, ...]
    problems: dict[str, tuple[Problem, ...]]
    points: tuple[Point, ...]
    routes: tuple[Route, ...]
    later: tuple[Point, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether the final pack may be built: no must is open."""
        return not any(point.level is Level.MUST for point in self.points)

    def open_at(self, stage: Stage) -> tuple[Point, ...]:
        """The musts that hold a stage back."""
        return tuple(p for p in (*self.points, *self.later) if p.stage is stage and p.level is Level.MUST)

    def on(self, page: str) -> tuple[Point, ...]:
        """What is to do at one page."""
        return tuple(point for point in (*self.points, *self.later) if point.page == page)


def judge(facts: Facts) -> Judgement:
    """Judge a referral; pure, and safe on any answers."""
    findings = tuple(_finding(facts, requirement) for requirement in facts.profile.requirements)
    problems = {page.id: facts.answers.reading(page).problems for page in pages_asked(facts)}
    routes = _routes(facts)
    points = [*_stops(facts.profile, routes), *_unanswered(facts.profile, problems, _named(findings))]
    points += [*_unconfirmed(facts, problems), *_open(facts.profile, findings), *_unseen(facts)]
    points.sort(key=lambda point: (Level.MUST, Level.SHOULD, Level.INFORM).index(point.level))
    now = tuple(point for point in points if point.stage is Stage.PACK)
    later = tuple(point for point in points if point.stage is not Stage.PACK)
    return Judgement(facts, findings, problems, now, routes, later)


def too_many(judgement: Judgement) -> str:
    """That more documents go with the referral than the council takes, in a sentence; empty where they do not."""
    limits, documents = judgement.facts.profile.limits, judgement.facts.case.evidence
    count = sum(1 for one in documents if one.goes)
    if limits is None or not limits.files or count <= limits.files:
        return ""
    return (
        f"The council takes up to {limits.files} documents of evidence, and this referral has {count}. "
        "Leave out those that say least, or scan several into one."
    )


def applies(when: Sequence[str], facts: Facts) -> bool:
    """Whether all of these conditions hold."""
    held = facts.held
    for name in when:
        if name not in held:
            held[name] = CONDITIONS[name](facts)
        if not held[name]:
            return False
    return True


def recipient(facts: Facts) -> Recipient:
    """Where this referral goes."""
    return next((one for one in facts.profile.recipients if applies(one.when, facts)), facts.profile.recipient)


def pack_title(facts: Facts) -> str:
    """What this referral is: as the council has it, unless it goes somewhere else as something else."""
    to = recipient(facts)
    return (isinstance(to, OtherRecipient) and to.pack_title) or facts.profile.pack_title


def pages_asked(facts: Facts) -> tuple[type[Page], ...]:
    """The pages that the answers so far put, in order."""
    return tuple(page for page in facts.pages.values() if facts.answers.asks(page))


def guidance(facts: Facts, page: str) -> tuple[Guidance, ...]:
    """What is worth knowing at a page."""
    return tuple(row for row in facts.profile.guidance if row.page == page and applies(row.when, facts))


def guidance_groups(rows: Sequence[Guidance]) -> tuple[tuple[str, tuple[Guidance, ...]], ...]:
    """Texts under their headings, in the order in which the headings come up; those without one come first."""
    groups: dict[str, list[Guidance]] = {"": []}
    for row in rows:
        groups.setdefault(row.about or row.party, []).append(row)
    return tuple((title, tuple(group)) for title, group in groups.items() if group)


def signers(facts: Facts) -> tuple[Signer, ...]:
    """Who signs this referral, in order."""
    wanted = (signer for signer in facts.profile.signers if applies(signer.when, facts))
    return tuple(sorted(wanted, key=lambda signer: signer.order))


def _finding(facts: Facts, requirement: Requirement) -> Finding:
    raised = bool(requirement.must_when) and applies(requirement.must_when, facts)
    level = Level.MUST if raised else requirement.level
    if not applies(requirement.when, facts):
        return Finding(requirement, level, State.NOT_NEEDED)
    evidence = facts.documents_for(requirement)
    for call in requirement.satisfied_by:
        if CHECKS[call.name](facts, requirement, call):
            return Finding(requirement, level, State.MET, evidence=evidence)
    reason = facts.case.reasons.get(requirement.id, "").strip()
    yields = requirement.override or level is not Level.MUST
    if reason and yields:
        return Finding(requirement, level, State.REASON, reason, evidence)
    return Finding(requirement, level, State.OPEN, evidence=evidence)


def _routes(facts: Facts) -> tuple[Route, ...]:
    """The outcomes that the answers lead to; where one says stop, none says go on."""
    routes = tuple(route for route in facts.profile.routes if applies(route.when, facts))
    stopped = any(route.outcome is Outcome.STOP for route in routes)
    return tuple(route for route in routes if not (stopped and route.outcome is Outcome.GO_ON))


def _named(findings: Sequence[Finding]) -> set[tuple[str, str]]:
    """Questions that an open must already names, so that they are not listed a second time as unanswered."""
    rows = (one.requirement for one in findings if one.state is State.OPEN and one.level is Level.MUST)
    calls = (call for row in rows for call in row.satisfied_by if call.name == "answered" and call.page == row.page)
    return {(call.page, name) for call in calls for name in call.fields}


def _stops(profile: AuthorityProfile, routes: Sequence[Route]) -> Iterator[Point]:
    for route in routes:
        if route.outcome is Outcome.STOP:
            source = profile.source(route.source)
            yield Point(route.id, Level.MUST, route.text, "Read what the council's policy says.", source, "route")


def _unanswered(
    profile: AuthorityProfile, problems: dict[str, tuple[Problem, ...]], named: set[tuple[str, str]]
) -> Iterator[Point]:
    source = profile.source(profile.in_full)
    held_back = {row.page: row.stage for row in reversed(profile.requirements)}
    for page, found in problems.items():
        for problem in found:
            name = str(problem.path[0]) if problem.path else ""
            if problem.missing and (page, name) in named:
                continue
            words = problem.sentence
            if page in AFTER:
                yield Point(page, Level.MUST, words, words, "", page, name, stage=held_back.get(page, Stage.START))
            else:
                yield Point(profile.in_full_id, Level.MUST, words, words, source, page, name)


def _unconfirmed(facts: Facts, pages: Iterable[str]) -> Iterator[Point]:
    """Pages with answers that were filled in and that nobody has looked through."""
    profile = facts.profile
    for page in pages:
        if waiting := unconfirmed(facts.case, page, facts.pages):
            source = profile.source(profile.in_full)
            yield Point(profile.in_full_id, Level.MUST, LOOK_THROUGH, LOOK_THROUGH, source, page, waiting[0])


def _unseen(facts: Facts) -> Iterator[Point]:
    """Documents of which nothing goes with the pack: it lists them, and nobody will see them."""
    for number, document in enumerate(facts.case.evidence, 1):
        if not document.goes:
            why, what = _LOCKED if document.locked else _NOT_GOING.get(document.outcome, _NO_PAGE)
            title = f"Evidence {number} {why}, so the council will not see it."
            todo = f"{title} {what}, or remove it."
            yield Point(NOT_TAKEN_IN, Level.SHOULD, title, todo, "", "evidence")


def _open(profile: AuthorityProfile, findings: Sequence[Finding]) -> Iterator[Point]:
    for finding in findings:
        if finding.state is State.OPEN and finding.level is not Level.INFORM:
            row = finding.requirement
            yield Point(
                id=row.id,
                level=finding.level,
                title=row.title,
                todo=row.todo,
                source=profile.source(row.source),
                page=row.page,
                override=row.override or finding.level is not Level.MUST,
                stage=row.stage,
            )
