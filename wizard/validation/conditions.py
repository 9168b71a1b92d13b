"""The closed set of conditions that a council's file may name: when a row applies."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from forms.curriculum import year_of
from forms.hospital import stay_days
from forms.kit.calendar import compulsory_age, earlier_leaving_date
from forms.school_calendar import calendar_of
from wizard.validation.facts import Facts

Condition = Callable[[Facts], bool]


def _answer(page: str, name: str, *values: str) -> Condition:
    def holds(facts: Facts) -> bool:
        return facts.is_(page, name, *values)

    return _told(holds, f"{page}.{name} is {' or '.join(values)}.")


def _told(condition: Condition, words: str) -> Condition:
    """With words for ``authority names``, in which every condition explains itself."""
    condition.__doc__ = words
    return condition


def _chosen(page: str, name: str, *values: str) -> Condition:
    """One of these is among the answers chosen."""

    def holds(facts: Facts) -> bool:
        found = facts.value(page, name)
        return isinstance(found, tuple) and any(value in found for value in values)

    return _told(holds, f"{page}.{name} has {' or '.join(values)} among its answers.")


def _not(condition: Condition) -> Condition:
    return _told(lambda facts: not condition(facts), f"Not so: {condition.__doc__}")


def _joined(one: Condition, word: str, other: Condition) -> str:
    return f"{(one.__doc__ or '').removesuffix('.')}, {word} {other.__doc__}"


def _both(one: Condition, other: Condition) -> Condition:
    return _told(lambda facts: one(facts) and other(facts), _joined(one, "and", other))


def _either(one: Condition, other: Condition) -> Condition:
    return _told(lambda facts: one(facts) or other(facts), _joined(one, "or", other))


def _below_threshold(facts: Facts) -> bool:
    """Fewer school days are missed or expected than threshold_days says."""
    days = missed_days(facts)
    return days is not None and days < facts.profile.threshold_days


def missed_days(facts: Facts) -> float | None:
    """School days lost to health by the register or else the typed totals, with those expected; ``None`` unknown."""
    days = facts.answers.context.health_days  # in a row or added up, whichever is more
    if days is None:
        typed = facts.value("attendance", "health_sessions")
        if not isinstance(typed, Decimal):
            return None  # nor where it is not known
        days = float(typed) / 2
    return days + expected_days(facts)


def expected_days(facts: Facts) -> float:
    """School days still to be missed: as the school expects, or by the dates of a stay in hospital if more (E54)."""
    told = (facts.value("attendance", "expected_days"), facts.value("hospital", "treatment_days"))
    first, last = (facts.value("hospital", name) for name in ("admission", "discharge"))
    stay = 0
    if isinstance(first, date) and isinstance(last, date):
        stay = stay_days(max(first, facts.today + timedelta(days=1)), last, calendar_of(facts.answers))
    return max(float(stay), *(float(days) for days in told if days is not None), 0.0)


def of_compulsory_age(facts: Facts) -> bool:
    """Whether the pupil is of compulsory school age beyond doubt (E3)."""
    born = facts.value("pupil", "born")
    if born is None or _age_in_doubt(facts):
        return False
    begins, ends = compulsory_age(born)
    return begins <= facts.today <= ends


def _under_age(facts: Facts) -> bool:
    """The pupil is below compulsory school age."""
    born = facts.value("pupil", "born")
    return born is not None and facts.today < compulsory_age(born)[0]


def _over_age(facts: Facts) -> bool:
    """The pupil is above compulsory school age."""
    born = facts.value("pupil", "born")
    return born is not None and facts.today > compulsory_age(born)[1]


def _age_in_doubt(facts: Facts) -> bool:
    """The law can be read in two ways: sixteen in September, before term."""
    born = facts.value("pupil", "born")
    earlier = None if born is None else earlier_leaving_date(born)
    return earlier is not None and earlier < facts.today <= compulsory_age(born)[1]


def _exam_year(facts: Facts) -> bool:
    """The pupil is in year 10 or 11."""
    return year_of(facts.answers) in (10, 11)


def _sent(facts: Facts) -> bool:
    """The pack was sent."""
    return facts.answers.context.sent is not None


def _return_planned(facts: Facts) -> bool:
    """An answer to request.return_date was given."""
    return facts.value("request", "return_date") is not None


_mental = _answer("route", "need", "mental", "both")
_ehcp = _answer("route", "sen", "ehcp")
_no_roll = _answer("route", "on_roll", "no")
_unit = _answer("route", "referrer", "unit")
_others = _either(_no_roll, _unit)
_ebsa = _answer("route", "ebsa", "yes")
_hospital = _answer("route", "hospital", "planned", "emergency")
_no_evidence = _answer("clinical_advice", "advice", "none")
_for_lead = _answer("clinical_advice", "for_lead", "yes")

CONDITIONS: Final[dict[str, Condition]] = {
    "ebsa": _ebsa,
    "not_ebsa": _not(_ebsa),
    "mental_health": _mental,
    "physical_need": _answer("route", "need", "physical", "both"),
    "has_ehcp": _ehcp,
    "sen_support": _answer("route", "sen", "support"),
    "no_sen": _answer("route", "sen", "none"),
    "anxiety_with_ehcp": _both(_ehcp, _answer("route", "anxiety", "yes")),
    "specialist_setting": _answer("plan_services", "specialist", "yes"),
    "provision_delayed": _answer("ehcp", "delayed", "yes"),
    "on_roll": _not(_no_roll),
    "no_roll": _no_roll,
    "home_educated": _answer("route", "home_educated", "yes"),
    "pregnant": _answer("route", "pregnant", "yes"),
    "pregnant_and_ill": _answer("route", "pregnant", "also"),
    "hospital": _hospital,
    "not_hospital": _not(_hospital),
    "siblings_move": _answer("hospital", "siblings_of_age", "yes"),
    "unit_discharge": _answer("route", "unit_discharge", "yes"),
    "unit_refers": _unit,
    "not_unit_refers": _not(_unit),
    "others_refer": _others,
    "school_refers": _not(_others),
    "basis_illness": _answer("route", "basis", "illness"),
    "no_clinical_evidence": _no_evidence,
    "inclusion_lead_asked": _for_lead,
    "medical_request": _not(_for_lead),
    "clinical_evidence": _answer("clinical_advice", "advice", "supports", "silent", "against"),
    "to_be_notified": _chosen("notification", "triggers", "long_term", "recurrent", "hospital"),
    "short_illness": _chosen("notification", "triggers", "short"),
    "hospital_planned": _answer("route", "hospital", "planned"),
    "centre_wanted": _chosen("wishes", "kinds", "centre"),
    "part_time_wanted": _answer("full_time", "full_time", "no"),
    "basis_exclusion": _answer("route", "basis", "exclusion"),
    "basis_otherwise": _answer("route", "basis", "otherwise"),
    "intermittent": _answer("route", "pattern", "some"),
    "child_in_care": _answer("care", "in_care", "yes"),
    "home_wanted": _answer("request", "home_wanted", "yes"),
    "below_threshold": _below_threshold,
    "under_compulsory_age": _under_age,
    "over_compulsory_age": _over_age,
    "compulsory_age_in_doubt": _age_in_doubt,
    "exam_year": _exam_year,
    "advice_in_writing": _answer("medical_evidence", "available", "attached"),
    "sent": _sent,
    "accepted": _answer("decision", "outcome", "accepted"),
    "not_accepted": _answer("decision", "outcome", "not_accepted"),
    "more_wanted": _answer("decision", "outcome", "more"),
    "part_time_timetable": _answer("attendance", "part_time", "yes"),
    "return_planned": _return_planned,
    "health_plan_exists": _answer("health_plan", "exists", "yes"),
}
"""Condition names to what they mean."""
