"""What the evidence page says of a document and of what is needed, in words. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from forms.kit.policy import Level
from wizard.evidence.kinds import KINDS
from wizard.evidence.readers import PICTURES, READERS
from wizard.evidence_fact import Area, EvidenceFact, for_school, whole
from wizard.guard import Doubt
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
    "attached": "Travels in the pack as a file; its pages are not shown.",
    "refused": "It could not be read, so the pack shows no page of it.",
}
_FAMILIES: Final = (
    ("PDFs", ("pdf",)),
    ("pictures", ("jpeg", "png", "tiff", "heic", "webp", "bmp", "gif")),
    ("Word documents", ("docx", "doc", "odt", "rtf")),
    ("spreadsheets", ("xlsx", "xls", "ods")),
    ("plain text", ("text",)),
    ("e-mail messages", ("eml", "msg")),
    ("zip archives", ("zip",)),
)
PATTERNS: Final = tuple(f"*.{ending}" for ending in sorted({end for kind in READERS for end in KINDS[kind].endings}))
"""Names of the files that can be taken in, for the system's dialog."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """Something about a document that somebody should look at.

    Attributes:
        action: what can be done about it in a press; empty where nothing can.
        then: the document's facts after that.
        urgent: it may harm somebody if nobody looks.
    """

    words: str
    action: str = ""
    then: EvidenceFact | None = None
    urgent: bool = False


def can_be_taken_in() -> str:
    """The kinds of files that can be taken in, in a sentence."""
    names = [name for name, kinds in _FAMILIES if any(kind in READERS for kind in kinds)]
    listed = _listed(names)
    return f"{listed[:1].upper()}{listed[1:]} can be taken in."


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
            numbers = ", ".join(map(str, self.evidence))
            return f"Attached: {'document' if len(self.evidence) == 1 else 'documents'} {numbers}"
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
    """Kind, pages and date of a document in a line, its file where it has a title, and what it came with."""
    dated = f"dated {printed(date.fromisoformat(fact.dated))}" if fact.dated else "no date given yet"
    dated = "" if fact.outcome == "refused" else dated
    line = ", ".join(part for part in (_kind(fact.kind), _pages(fact), dated) if part)
    file = f"File: {fact.file}" if fact.title else ""
    came = f"Came with {fact.within}" if fact.within else ""
    return ". ".join(filter(None, (line[:1].upper() + line[1:], file, came)))


def arrived(fact: EvidenceFact) -> str:
    """What is said of a document that has just come in."""
    said = {"attached": "Attached as a file", "refused": "Not taken in"}.get(fact.outcome, "Attached")
    return f"{'Locked' if fact.locked else said}: {fact.name}"


def can_be_joined(fact: EvidenceFact) -> bool:
    """Whether a document is a photo that can become a page of another; what is blacked out in it would come back."""
    return fact.kind in PICTURES and fact.outcome != "refused" and not fact.treatment.redacts


def why_not_joined(photos: Sequence[EvidenceFact]) -> str:
    """What keeps photos from being made one document; empty where nothing does."""
    return "Tick two photos or more." if len(photos) < 2 else ""


def not_listed(facts: Sequence[EvidenceFact]) -> str:
    """Which photos cannot be ticked, and what can be done; empty where there are none."""
    names = [fact.name for fact in facts if fact.kind in PICTURES and fact.treatment.redacts]
    if not names:
        return ""
    is_are, them = ("is", "it") if len(names) == 1 else ("are", "them")
    return (
        f"{_listed(names)} {is_are} not listed, as something is blacked out there. To put {them} with others, "
        f"take that back first, and black it out in the new document."
    )


def _kind(kind: str) -> str:
    return KINDS[kind].a_name.partition(" ")[2] if kind in KINDS else ""


def _pages(fact: EvidenceFact) -> str:
    if not fact.pages:
        return ""
    count = "1 page" if fact.pages == 1 else f"{fact.pages} pages"
    left_out = len(set(fact.omit) & set(range(1, fact.pages + 1)))
    return f"{count} ({left_out} left out)" if left_out else count


def where(fact: EvidenceFact, page: int) -> str:
    """Which page it is, from 1, and what becomes of it."""
    if page in fact.omit:
        return f"Page {page} of {fact.pages}, left out"
    moved = f"comes as number {fact.shown.index(page) + 1}" if fact.order else ""
    return ", ".join(filter(None, (f"Page {page} of {fact.pages}", moved, turning(fact.turn(page)))))


def turning(degrees: int) -> str:
    """How a page is turned; empty where it is not."""
    return {90: "turned 90° right", 180: "turned 180°", 270: "turned 90° left"}.get(degrees, "")


def standing(fact: EvidenceFact, wanted: Sequence[Need]) -> tuple[str, str]:
    """Whether a document counts, and for what, in a line; and the colour that goes with it."""
    if fact.locked:
        return "Locked: it needs its password", "attention"
    if fact.outcome == "refused":
        return "Not taken in", "error"
    if not fact.goes:
        return "Nothing of it goes to the council", "error"
    labels = [need.label for need in wanted if need.rows & set(fact.answers)]
    return (f"Shows: {'; '.join(labels)}", "") if labels else ("Not linked to anything yet", "attention")


def outcome(fact: EvidenceFact) -> str:
    """What became of a document, and what was noticed."""
    told = whole(fact.why) if fact.why and fact.outcome == "refused" else OUTCOMES.get(fact.outcome, "")
    beside = ""
    if fact.with_original and fact.pages:
        left_out = "The original is not sent: it would show what is left out."
        beside = "The original travels in the pack as a file." if fact.travels else left_out
    return " ".join(filter(None, (told, beside, *for_school(fact.notices))))


def pointed_out(fact: EvidenceFact, doubts: Sequence[Doubt] = ()) -> tuple[Pointed, ...]:
    """What somebody should look at in a document, and what can be done about it."""
    return tuple(_pointed(fact, doubts))


def _pointed(fact: EvidenceFact, doubts: Sequence[Doubt]) -> Iterator[Pointed]:
    for doubt in doubts:
        yield Pointed(doubt.words, "This is right", doubt.cleared, doubt.strong)
    if fact.suggested and not fact.dated:
        day = printed(date.fromisoformat(fact.suggested))
        yield Pointed(f"The document says {day}.", "Use this date", replace(fact, dated=fact.suggested))
    blank = [page for page in fact.shown if page in fact.blank]
    if blank:
        left = replace(fact, omit=tuple(sorted({*fact.omit, *blank})))
        them = "it" if len(blank) == 1 else "them"
        words = f"{these(blank)} {'looks' if len(blank) == 1 else 'look'} empty or nearly black."
        yield Pointed(words, f"Leave {them} out", left) if left.shown else Pointed(f"{words} Is it the right file?")
    silent = [page for page in fact.shown if page in fact.silent and page not in fact.blank]
    if silent and fact.pages > 1 and len(silent) < len(fact.shown):
        yield Pointed(f"{these(silent)} {'has' if len(silent) == 1 else 'have'} no text that the program can read.")


def counted(places: Sequence[Sequence[Area]]) -> str:
    """How often a word was found, and on which pages."""
    if not places:
        return "not found in the text"
    pages = sorted({area.page for place in places for area in place})
    often = "1 place" if len(places) == 1 else f"{len(places)} places"
    return f"{often} on {these(pages).lower()}"


def these(pages: Sequence[int]) -> str:
    """Page numbers as one writes them: “Pages 2, 4 to 6 and 9”."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    said = ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run) for run in runs)
    return f"{'Page' if len(pages) == 1 else 'Pages'} {_listed([one for some in said for one in some])}"


def _listed(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def breakable(text: str) -> str:
    """Text whose longest words may go on in the next line, as file names without a space would be cut off."""
    return re.sub(r"\S{25,}", lambda word: re.sub(r"(.{20}|[_.-])", "\\1\u200b", word[0]), text)
