"""Answers that nobody typed: kept where nothing was typed, and confirmed page by page. Pure.

Nothing here overwrites what somebody typed, and nothing counts as looked through until a page is saved on purpose.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from forms.catalogue import PAGES
from forms.kit.ask import Question, questions
from forms.kit.blanks import blank
from forms.kit.page import Page
from wizard.case import Case, Origin


@dataclass(frozen=True)
class Filling:
    """What a source has to offer.

    Attributes:
        kind: one of ``wizard.case.ORIGINS``.
        source: in words, with its date: ``Common Transfer File of 21 September 2026``.
        values: ``{page: {field: answer as somebody would have typed it}}``.
        notes: what to know about it, a sentence each.
        adds: cards go behind those that are there, instead of filling an empty list alone.
    """

    kind: str
    source: str
    values: Mapping[str, Mapping[str, Any]] = field(repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer that a source offers.

    Attributes:
        taken: nothing was answered there yet, so it is filled in.
        same: the answer that is there already says exactly this.
    """

    page: str
    question: Question
    raw: Any
    taken: bool
    same: bool = False


Pages = Mapping[str, type[Page]]
"""The pages of the referral's council by id: those of every council, unless it has its own."""


def offers(case: Case, filling: Filling, pages: Pages = PAGES) -> tuple[Offer, ...]:
    """What would become of each answer, in the order of the forms; pages and fields that are not ours are passed by."""
    return tuple(_offers(case, filling, pages))


def _offers(case: Case, filling: Filling, pages: Pages) -> Iterator[Offer]:
    for page, model in pages.items():
        offered, stands = filling.values.get(page, {}), case.answers.get(page)
        answered: Mapping[str, Any] = stands if isinstance(stands, Mapping) else {}
        spoilt = not blank(stands) and not isinstance(stands, Mapping)  # never overwritten, whatever it is
        for question in questions(model):
            raw, typed = offered.get(question.name), answered.get(question.name)
            if not blank(raw):
                free = blank(typed) and not spoilt and f"{page}.{question.name}" not in case.not_known
                if filling.adds and question.card is not None and isinstance(typed, list) and isinstance(raw, list):
                    raw = [*typed, *(card for card in raw if card not in typed)]
                    free = raw != typed
                yield Offer(page, question, raw, free, same=typed == raw)


def apply(case: Case, filling: Filling, pages: Pages = PAGES) -> Case:
    """The referral with what is offered where nothing was answered; each such answer carries its origin."""
    answers, origins = dict(case.answers), dict(case.origins)
    for offer in offers(case, filling, pages):
        if offer.taken:
            stands = answers.get(offer.page)
            answers[offer.page] = {**(stands if isinstance(stands, Mapping) else {}), offer.question.name: offer.raw}
            origins[f"{offer.page}.{offer.question.name}"] = Origin(filling.source, filling.kind)
    return replace(case, answers=answers, origins=origins)


def unconfirmed(case: Case, page: str, pages: Pages = PAGES) -> tuple[str, ...]:
    """Fields of a page that were filled in, are asked, and that nobody has confirmed."""
    waiting = {key for key, origin in case.origins.items() if key.startswith(f"{page}.") and not origin.confirmed}
    raw = case.answers.get(page)
    if not waiting or page not in pages or not isinstance(raw, Mapping):
        return ()
    asked = (one for one in questions(pages[page]) if f"{page}.{one.name}" in waiting)
    return tuple(one.name for one in asked if one.shown(raw) and not blank(raw.get(one.name)))


def confirmed(case: Case, page: str, when: datetime, pages: Pages = PAGES) -> Case:
    """The referral after somebody looked through a page: what they were not shown stays unconfirmed."""
    seen = {f"{page}.{name}" for name in unconfirmed(case, page, pages)}
    moment = when.isoformat(timespec="minutes")
    marked = {key: replace(one, confirmed=moment) if key in seen else one for key, one in case.origins.items()}
    return replace(case, origins=marked)


def marks(case: Case, page: str, pages: Pages = PAGES) -> dict[str, str]:
    """What is said beside each answer of a page that was filled in, by field."""
    start, waiting = f"{page}.", set(unconfirmed(case, page, pages))
    found = {key.removeprefix(start): one for key, one in case.origins.items() if key.startswith(start)}
    return {name: f"From the {one.source}.{' Check it.' * (name in waiting)}" for name, one in found.items()}
