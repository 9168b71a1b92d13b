"""The one-page summary: what a panel member needs to know before looking anything up."""

from collections.abc import Iterator

from forms.kit.ask import NotKnown, questions
from forms.plans import Cycle
from wizard.summary import first_name, printed
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement

Paragraphs = tuple[str, tuple[str, ...]]
LONGEST = 420
"""Characters of an answer that are quoted; the rest stands in the section itself."""
MOST_LINES = 8
"""Lines of an answer that stay lines; more run on as one."""


def brief(judgement: Judgement) -> tuple[tuple[str, Paragraphs], ...]:
    """Page to look the rest up at, heading and paragraphs of each part; what was not answered is left out."""
    facts = judgement.facts
    pupil = first_name(facts.answers)
    parts = (
        ("health_needs", f"What keeps {pupil} from school", _quoted(facts, "health_needs", "effect")),
        ("request", "What is asked for", _request(facts)),
        ("adjustments", "What school has tried", _tried(facts)),
        ("professionals", "Who is involved", _involved(facts)),
        ("pupil_views", f"In {pupil}’s words", _quoted(facts, "pupil_views", "own_words")),
        ("parents_views", "What the parents say", _quoted(facts, "parents_views", "views")),
    )
    gathered = ((page, heading, tuple(texts)) for page, heading, texts in parts)
    return tuple((page, (heading, texts)) for page, heading, texts in gathered if texts)


def _quoted(facts: Facts, page: str, name: str) -> Iterator[str]:
    text = printed(facts.value(page, name))
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    whole = "\n".join(lines)
    if whole:
        yield whole if len(lines) <= MOST_LINES and len(whole) <= LONGEST else _shortened(text, LONGEST)


def _shortened(text: str, longest: int) -> str:
    """A text in one line; what is too long ends with a whole word."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"


def _request(facts: Facts) -> Iterator[str]:
    yield from _quoted(facts, "request", "provision")
    yield from _quoted(facts, "request", "intended_return")


def _tried(facts: Facts) -> Iterator[str]:
    for page in facts.pages.values():
        for question in questions(page):
            if question.card is Cycle and (cycles := facts.cards(page.id, question.name)):
                last = max(cycle.review_date for cycle in cycles)
                count = "1 cycle" if len(cycles) == 1 else f"{len(cycles)} cycles"
                yield f"{page.task}: {count} of assess, plan, do and review, last review {printed(last)}"
    for card in facts.cards("adjustments", "adjustments"):
        yield _shortened(f"{card.what}: {card.effect}", LONGEST // 2)


def _involved(facts: Facts) -> Iterator[str]:
    for card in facts.cards("professionals", "professionals"):
        name, seen = ("" if isinstance(one, NotKnown) else printed(one) for one in (card.name, card.last_seen))
        who = ", ".join(part for part in (name, card.kind.label, card.organisation) if part)
        yield f"{who}; last seen {seen}" if seen else who
