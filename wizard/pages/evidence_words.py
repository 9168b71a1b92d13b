"""What the evidence page says of a document and of what is needed, in words. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from forms.kit.policy import Level
from wizard.evidence.kinds import KINDS
from wizard.evidence_fact import EvidenceFact
from wizard.summary import printed, wording
from wizard.validation.requirements import Finding, Judgement, State

LEVELS = {
    Level.MUST: "The policy requires this",
    Level.SHOULD: "The policy expects this",
    Level.INFORM: "The policy does not ask for this",
}
OUTCOMES = {
    "included": "Goes into the pack as it is.",
    "cleaned": "Goes into the pack as a cleaned copy.",
    "pictures": "Goes into the pack as pictures of its pages.",
    "attached": "Travels beside the pack as a file; its pages are not shown.",
    "refused": "It could not be read, so the pack shows no page of it.",
}


@dataclass(frozen=True, slots=True)
class Need:
    """Something to attach, as the page shows it.

    Attributes:
        id: the requirement that a document added for it is linked to.
        rows: links that count for it, ``id`` among them.
        elsewhere: page where its question still stands open although something is attached; empty otherwise.
        override: a written reason may stand in its place.
    """

    id: str
    rows: frozenset[str]
    label: str
    level: Level
    state: State
    evidence: tuple[int, ...]
    reason: str
    source: str
    elsewhere: str
    override: bool

    @property
    def shown(self) -> bool:
        """Whether it stands among what is needed: what is only good to know does once something is attached."""
        return self.level is not Level.INFORM or bool(self.evidence)

    @property
    def words(self) -> str:
        """How it stands."""
        if self.evidence:
            return f"Attached: {', '.join(str(number) for number in self.evidence)}"
        if self.state is State.REASON:
            return "Reason given"
        return "Filled in here" if self.state is State.MET else "Not attached yet"

    @property
    def tone(self) -> str:
        """The colour that goes with the words."""
        return "attention" if self.state is State.OPEN and not self.evidence else "done"


def needs(judgement: Judgement) -> tuple[Need, ...]:
    """What applies and a document can answer: what is missing first, musts first; one line where two share a label."""
    applies = (one for one in judgement.findings if one.requirement.evidence and one.state is not State.NOT_NEEDED)
    order = {Level.MUST: 0, Level.SHOULD: 1, Level.INFORM: 2}
    found: dict[str, Need] = {}
    for finding in sorted(applies, key=lambda one: (one.state is not State.OPEN, order[one.level])):
        need = _need(finding, judgement)
        found.setdefault(need.label, need)
    return tuple(found.values())


def _need(finding: Finding, judgement: Judgement) -> Need:
    row, facts = finding.requirement, judgement.facts
    asked_elsewhere = finding.state is State.OPEN and finding.evidence and row.page != "evidence"
    return Need(
        id=row.id,
        rows=frozenset({row.id, *row.rows}),
        label=wording(row.evidence, facts.answers),
        level=finding.level,
        state=finding.state,
        evidence=finding.evidence,
        reason=finding.reason,
        source=facts.profile.source(row.source),
        elsewhere=row.page if asked_elsewhere else "",
        override=row.override or finding.level is not Level.MUST,
    )


def about(fact: EvidenceFact) -> str:
    """Kind, pages and date of a document in a line."""
    dated = f"dated {printed(date.fromisoformat(fact.dated))}" if fact.dated else "no date given yet"
    return ", ".join(part for part in (_kind(fact.kind), _pages(fact), dated) if part)


def _kind(kind: str) -> str:
    return KINDS[kind].a_name.partition(" ")[2] if kind in KINDS else ""


def _pages(fact: EvidenceFact) -> str:
    if not fact.pages:
        return ""
    count = "1 page" if fact.pages == 1 else f"{fact.pages} pages"
    left_out = len(set(fact.omit) & set(range(1, fact.pages + 1)))
    return f"{count} ({left_out} left out)" if left_out else count


def shows(fact: EvidenceFact, wanted: Sequence[Need]) -> str:
    """What a document is linked to, in a line."""
    labels = [need.label for need in wanted if need.rows & set(fact.answers)]
    return f"Shows: {'; '.join(labels)}" if labels else "Not linked to anything yet"


def breakable(text: str) -> str:
    """Text whose longest words may go on in the next line, as file names without a space would be cut off."""
    return re.sub(r"\S{25,}", lambda word: re.sub(r"(.{20}|[_.-])", "\\1\u200b", word[0]), text)
