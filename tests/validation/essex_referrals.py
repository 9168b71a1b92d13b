"""Kinds of Essex referrals, each made of layers of answers over those of the anxious pupil."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from tests.forms.anxious_pupil import ANXIOUS
from tests.validation.test_after_sending import ACCEPTED, CONFIRMED, SENT, STARTED
from wizard.case import Case, Signature
from wizard.councils import council
from wizard.evidence_fact import EvidenceFact
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, State, judge, signers

TODAY = date(2026, 12, 9)
NOW = datetime(2026, 12, 9, 9, tzinfo=UTC)
Pages = Mapping[str, Mapping[str, Any]]

EHCP: dict[str, Any] = {
    "council": "Essex",
    "plan_date": "2025-05-02",
    "section_f": "Ten hours a week with a key adult.",
    "last_review": "2026-05-11",
    "caseworker": "Dele Moss",
    "talked": "yes",
    "talk_date": "2026-11-09",
    "talk_officer": "Dele Moss",
    "talk_outcome": "Refer as well as reviewing the plan.",
    "review": "yes",
    "review_requested": "2026-11-10",
    "invited_on": "2026-11-12",
    "review_on": "2026-12-03",
    "officer_attends": "yes",
    "delayed": "no",
}
NO_SCHOOL: dict[str, Any] = {
    "application": "applied",
    "application_details": "Two schools, in October.",
    "teaching": "Nobody at present.",
    "former_school": "Mill Lane High School",
    "fair_access": "no",
}
REFERRER = {
    "name": "Ines Duarte",
    "role": "Teacher in charge",
    "organisation": "Poplars",
    "phone": "01632 960300",
    "email": "ines@poplars.example",
}
UNIT = {"unit": "Poplars", "teacher": "Ines Duarte", "discharge": "2026-12-18"}
SCHOOL: Pages = {}
PLAN: Pages = {"route": {"sen": "ehcp", "anxiety": "yes"}, "ehcp": EHCP}
NO_ROLL: Pages = {
    "route": {"on_roll": "no", "home_educated": "no", "unit_discharge": "no"},
    "no_school": NO_SCHOOL,
    "referrer": REFERRER,
}
BY_UNIT: Pages = {"route": {"unit_discharge": "yes", "referrer": "unit"}, "unit": UNIT, "referrer": REFERRER}
AT_HOME: Pages = {"request": {"home_wanted": "yes", "responsible_adult": "Leyla Karim, every morning."}}
GONE: Pages = {"receipt": CONFIRMED, "decision": ACCEPTED, "partnership": STARTED}


def changed(*layers: Pages) -> dict[str, Any]:
    """The anxious pupil's answers, with those of each layer laid over them; ``None`` takes an answer away."""
    pages: dict[str, Any] = deepcopy(ANXIOUS)
    for layer in layers:
        for page, fields in layer.items():
            pages[page] = {k: v for k, v in (pages.get(page, {}) | fields).items() if v is not None}
    return pages


def judged(
    *layers: Pages,
    papers: tuple[str, ...] = (),
    roles: tuple[str, ...] | None = None,
    sent: bool = False,
    **parts: Any,
) -> Judgement:
    """A referral signed by all, or by these roles, with a document for each of the papers."""
    evidence = tuple(EvidenceFact(f"{row}.pdf", answers=(row,), outcome="included") for row in papers)
    case = Case("essex", "1", changed(*layers), evidence=evidence, diary=(SENT,) if sent else (), **parts)
    essex = council("essex")
    facts = Facts.of(case, essex, TODAY)
    wanted = [one.role for one in signers(facts)] if roles is None else roles
    digest = case.signed_digest(facts.apart)
    signed = (Signature(role, "A name", "typed", "2026-12-09T09:00+00:00", "It is so.", digest) for role in wanted)
    return judge(Facts.of(replace(case, signatures=tuple(signed)), essex, TODAY))


def finding(found: Judgement, row: str) -> State:
    return next(one.state for one in found.findings if one.requirement.id == row)
