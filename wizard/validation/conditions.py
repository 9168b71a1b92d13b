"""The closed set of conditions that a council's file may name: when a row applies."""

from collections.abc import Callable
from typing import Final

from forms.curriculum import year_of
from forms.kit.calendar import compulsory_age
from wizard.validation.facts import Facts

Condition = Callable[[Facts], bool]


def _answer(page: str, name: str, *values: str) -> Condition:
    return lambda facts: facts.is_(page, name, *values)


def _not(condition: Condition) -> Condition:
    return lambda facts: not condition(facts)


def _home_wanted(facts: Facts) -> bool:
    return facts.is_("request", "home_wanted", "yes")


def _below_threshold(facts: Facts) -> bool:
    days = missed_days(facts)
    return days is not None and days < facts.profile.threshold_days


def missed_days(facts: Facts) -> float | None:
    """School days lost to health so far, by the register or else the typed totals, with those still expected."""
    days = facts.answers.context.health_days  # in a row or added up, whichever is more
    if days is None:
        typed = facts.value("attendance", "health_sessions")
        if typed is None:
            return None
        days = float(typed) / 2
    expected = facts.value("attendance", "expected_days")
    return days + (float(expected) if isinstance(expected, int | float) or hasattr(expected, "is_finite") else 0.0)


def _under_age(facts: Facts) -> bool:
    born = facts.value("pupil", "born")
    return born is not None and facts.today < compulsory_age(born)[0]


def _over_age(facts: Facts) -> bool:
    born = facts.value("pupil", "born")
    return born is not None and facts.today > compulsory_age(born)[1]


def _exam_year(facts: Facts) -> bool:
    return year_of(facts.answers) in (10, 11)


_mental = _answer("route", "need", "mental", "both")
_ehcp = _answer("route", "sen", "ehcp")
_no_roll = _answer("route", "on_roll", "no")
_unit = _answer("route", "referrer", "unit")
_ebsa = _answer("route", "ebsa", "yes")

CONDITIONS: Final[dict[str, Condition]] = {
    "ebsa": _ebsa,
    "not_ebsa": _not(_ebsa),
    "mental_health": _mental,
    "physical_need": _answer("route", "need", "physical", "both"),
    "has_ehcp": _ehcp,
    "sen_support": _answer("route", "sen", "support"),
    "no_sen": _answer("route", "sen", "none"),
    "anxiety_with_ehcp": lambda facts: _ehcp(facts) and (_ebsa(facts) or _mental(facts)),
    "on_roll": _not(_no_roll),
    "no_roll": _no_roll,
    "home_educated": _answer("route", "home_educated", "yes"),
    "pregnant": _answer("route", "pregnant", "yes"),
    "hospital": _answer("route", "hospital", "planned", "emergency"),
    "unit_discharge": _answer("route", "unit_discharge", "yes"),
    "unit_refers": _unit,
    "not_unit_refers": _not(_unit),
    "basis_exclusion": _answer("route", "basis", "exclusion"),
    "basis_otherwise": _answer("route", "basis", "otherwise"),
    "intermittent": _answer("route", "pattern", "some"),
    "child_in_care": _answer("care", "in_care", "yes"),
    "home_wanted": _home_wanted,
    "below_threshold": _below_threshold,
    "under_compulsory_age": _under_age,
    "over_compulsory_age": _over_age,
    "exam_year": _exam_year,
    "advice_in_writing": _answer("medical_evidence", "available", "attached"),
    "sent": lambda facts: facts.answers.context.sent is not None,
    "accepted": _answer("decision", "outcome", "accepted"),
    "not_accepted": _answer("decision", "outcome", "not_accepted"),
    "more_wanted": _answer("decision", "outcome", "more"),
    "health_plan_exists": _answer("health_plan", "exists", "yes"),
}
"""Condition names to what they mean."""
