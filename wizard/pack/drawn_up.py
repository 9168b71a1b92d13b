"""Sections that bring together what stands on many pages; a council's file names them as the content of a document."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from forms.catalogue import PAGES
from forms.kit.page import Answers
from forms.kit.written import DocumentKind
from wizard.summary import Part, Row, Section, Table, printed
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, applies

HEADS: Final = ("Who", "Name", "Telephone", "E-mail")

_ONE: Final = (
    ("Referrer", "referrer", "name", "phone", "email"),
    ("SENCO", "school", "senco", "senco_phone", "senco_email"),
    ("School office", "school", "name", "phone", "email"),
    ("Headteacher", "school", "head", "", ""),
    ("Designated safeguarding lead", "school", "dsl", "", ""),
    ("Named teacher", "school", "liaison", "", ""),
    ("Chair of reviews", "school", "chair", "", ""),
    ("Teacher in charge at the unit", "unit", "teacher", "phone", "email"),
    ("Social worker or family worker", "care", "worker_name", "worker_phone", "worker_email"),
    ("EHCP caseworker", "ehcp", "caseworker", "", "caseworker_email"),
)
"""Who it is, and the page and fields that name them and say how they are reached."""


def drawn_up(judgement: Judgement) -> tuple[Section, ...]:
    """The sections that the council's file asks for and that have something to say."""
    facts = judgement.facts
    wanted = (row for row in facts.profile.documents if row.kind is DocumentKind.SECTION and applies(row.when, facts))
    found = (Section(row.content, row.title, CONTENTS[row.content](facts, row.title)) for row in wanted)
    return tuple(section for section in found if section.parts)


def _contact_sheet(facts: Facts, title: str) -> tuple[Part, ...]:
    """Everybody whom the council may want to reach, on one sheet (E35)."""
    lines = tuple(dict.fromkeys(_people(facts)))
    if not lines:
        return ()
    row = Row("contact_sheet", "", "Everybody named in this referral", "", table=Table(HEADS, lines))
    return (Part("contact_sheet", title, (row,)),)


def _people(facts: Facts) -> Iterator[tuple[str, ...]]:
    for who, page, *fields in _ONE:
        cells = [printed(_value(facts.answers, page, name)) for name in fields]
        if cells[0]:
            yield (who, *cells)
    for adult in facts.cards("family", "adults"):
        yield _card(adult, adult.relationship)
    for one in facts.cards("professionals", "professionals"):
        yield _card(one, ", ".join(filter(None, (one.post or one.kind.label, one.organisation))))


def _card(card: Any, who: str) -> tuple[str, ...]:  # noqa: ANN401 - any card with these three
    return (who, printed(card.name), printed(card.phone), printed(card.email))


def _value(answers: Answers, page: str, name: str) -> object:
    return answers.value(PAGES[page], name) if name else None


CONTENTS: Final[Mapping[str, Callable[[Facts, str], tuple[Part, ...]]]] = {"contact_sheet": _contact_sheet}
"""Contents that a council's file may name."""
