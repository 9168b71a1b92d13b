"""The commonest road through the forms, and the turnings off it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from forms.attendance import Attendance
from forms.catalogue import AFTER, FORMS, PAGES
from forms.kit.ask import NotKnown
from forms.kit.page import Answers, Context
from forms.plans import Provision
from forms.risk_profile import RiskProfile, risks
from tests.forms.anxious_pupil import ANXIOUS, changed
from wizard.councils import council

Made = Callable[..., Answers]
NOT_PUT = {"exams", "primary_tests", "health_plan_needs", "health_plan_people"}
"""Pages that are not put to a pupil in Year 9, or to one without a healthcare plan."""


def asked(answers: Answers) -> set[str]:
    return {page.id for form in FORMS for page in form.pages if answers.asks(page)}


def sentences(answers: Answers, page: str) -> dict[tuple[str | int, ...], str]:
    return {problem.path: problem.sentence for problem in answers.reading(PAGES[page]).problems}


@pytest.mark.policy("E64")
def test_a_referral_answered_in_full_leaves_nothing_to_do(answers: Made) -> None:
    road = answers(**ANXIOUS)
    assert asked(road) == EVERY
    assert {page: sentences(road, page) for page in asked(road) if sentences(road, page)} == {}


def test_answers_are_normalised_and_reasons_are_answers(answers: Made) -> None:
    road = answers(**ANXIOUS)
    pupil = road.get(PAGES["pupil"])
    assert (pupil.postcode, pupil.upn, pupil.born) == ("CM1 1QH", "B881999926001", date(2013, 3, 27))
    mother, father = road.get(PAGES["family"]).adults
    assert mother.phone == "01632 960101"
    assert father.phone == NotKnown(because="He has moved, and the mother is asking him.")


def test_a_reason_stands_in_for_a_whole_list(answers: Made) -> None:
    pages = changed(adjustments={"adjustments": None}, provision={"rows": []})
    road = answers(not_known={"adjustments.adjustments": "Joined last week.", "provision.rows": " "}, **pages)
    assert road.value(PAGES["adjustments"], "adjustments") == NotKnown(because="Joined last week.")
    assert sentences(road, "provision") == {("rows",): "“Costed support” is not answered yet."}


PARTICULAR = {"ehcp", "hospital", "unit", "no_school", "referrer"}
"""Pages for particular pupils, who are on other roads."""

OTHER_COUNCILS = {page.id for page in PAGES.values() if page.question_set not in ("", *council("essex").asks)}
EVERY = set(PAGES) - AFTER - NOT_PUT - PARTICULAR - OTHER_COUNCILS
OWN_WORK = {
    "consultation",
    "adjustments",
    "tpp",
    "advice",
    "one_plan",
    "provision",
    "health_plan",
    "curriculum",
    "one_page",
    "lets_talk",
    "risk_profile",
    "attendance_difficulties",
}


@pytest.mark.policy("E45")
def test_without_a_school_the_schools_work_is_not_asked(answers: Made) -> None:
    road = answers(**changed(route={"on_roll": "no", "home_educated": "no"}))
    assert EVERY - asked(road) == OWN_WORK | {"school", "calendar", "attendance"}
    assert asked(road) - EVERY == {"no_school", "referrer"}
    assert sentences(answers(**changed(chronology={"kind": None})), "chronology") == {}


@pytest.mark.policy("E59")
def test_a_unit_is_not_asked_about_work_that_a_school_does(answers: Made) -> None:
    unit = answers(**changed(route={"unit_discharge": "yes", "referrer": "unit"}))
    assert EVERY - asked(unit) == OWN_WORK
    assert asked(unit) - EVERY == {"unit", "referrer"}
    assert asked(answers(**changed(route={"unit_discharge": "yes", "referrer": "school"}))) == EVERY | {"unit"}


def test_costs_are_asked_where_special_needs_are_recorded(answers: Made) -> None:
    assert "provision" not in asked(answers(**changed(route={"sen": "none"})))
    assert "provision" in asked(answers(**changed(route={"sen": "ehcp"})))


def test_papers_that_are_attached_are_not_asked_again(answers: Made) -> None:
    pages = changed(lets_talk={"profile_provided": "attached", "assessment_provided": "not_applicable"})
    road = answers(**pages)
    assert EVERY - asked(road) == {"risk_profile", "attendance_difficulties"}
    assert set(sentences(road, "lets_talk")) == {("not_applicable_because",)}


def test_another_council_without_this_guidance_does_not_ask_for_it(context: Context) -> None:
    plain = replace(context, authority=context.authority.model_copy(update={"asks": ()}))
    left_out = EVERY - asked(Answers(ANXIOUS, plain))
    guidance = {"lets_talk", "risk_profile", "attendance_difficulties", "tpp", "one_plan", "one_page"}
    assert left_out == guidance | {"provision"}


@pytest.mark.parametrize(
    ("page", "answer", "then_needed"),
    [
        ("route", {"need": "physical"}, set()),
        ("route", {"basis": "exclusion"}, set()),
        ("route", {"basis": "otherwise"}, {"circumstances", "agencies"}),
        ("route", {"sen": "ehcp"}, {"anxiety"}),
        ("route", {"on_roll": "no"}, {"home_educated"}),
        ("route", {"unit_discharge": "yes"}, {"referrer"}),
        ("pupil", {"year_group": "8"}, {"year_reason"}),
        ("care", {"in_care": "yes"}, {"care_authority"}),
        ("care", {"social_care": "none", "worker_name": ""}, set()),
        ("care", {"in_care": "yes", "social_care": "none", "worker_name": ""}, {"care_authority", "worker_name"}),
        ("care", {"social_care": ""}, {"social_care"}),
        ("care", {"in_care": "yes", "care_authority": "Essex", "social_care": ""}, set()),
        ("health_needs", {"well_enough": "not_known", "well_enough_source": ""}, set()),
        ("health_needs", {"waits": []}, {"waits"}),
        ("health_needs", {"parents_sought_details": ""}, {"parents_sought_details"}),
        ("medical_evidence", {"available": "none"}, {"why_not"}),
        ("one_plan", {"provided": "attached", "cycles": []}, set()),
        ("one_plan", {"cycles": []}, {"cycles"}),
        ("health_plan", {"exists": "yes"}, {"made", "shared_parents", "shared_pupil"}),
        ("lets_talk", {"followed": "no"}, {"why_not"}),
        ("pupil_views", {"gathered": "no"}, {"why_not"}),
        ("request", {"home_wanted": "yes"}, {"responsible_adult"}),
        ("consent", {"clinicians": "no"}, {"refusal"}),
        ("chronology", {"kind": "chronology"}, {"entries"}),
        ("chronology", {"kind": "elsewhere"}, {"holder"}),
        ("chronology", {"kind": "attached"}, set()),
    ],
)
def test_an_answer_puts_the_questions_that_follow_from_it(
    answers: Made, page: str, answer: Mapping[str, Any], then_needed: set[str]
) -> None:
    found = answers(**changed(**{page: answer})).reading(PAGES[page]).problems
    assert {problem.path[0] for problem in found} == then_needed
    assert all(problem.missing for problem in found)


def test_parents_who_cannot_be_reached_are_a_reason_not_a_refusal(answers: Made) -> None:
    pages = changed(consent=dict.fromkeys(ANXIOUS["consent"]))
    road = answers(not_known={"consent.referral": "Letters come back."}, **pages)
    assert sentences(road, "consent") == {}


@pytest.mark.parametrize(
    ("page", "answer", "path"),
    [
        ("attendance", {"attended": "105"}, ("attended",)),
        ("attendance", {"health_sessions": "65"}, ("health_sessions",)),
        ("attendance", {"part_time_hours": "360"}, ("part_time_hours",)),
        (
            "one_plan",
            {"cycles": [ANXIOUS["one_plan"]["cycles"][0] | {"review_date": "2026-03-01"}]},
            ("cycles", 0, "review_date"),
        ),
        ("provision", {"rows": [ANXIOUS["provision"]["rows"][0] | {"group_size": "0"}]}, ("rows", 0, "group_size")),
        (
            "attendance_difficulties",
            {"ratings": [ANXIOUS["attendance_difficulties"]["ratings"][0] | {"avoid": 7}]},
            ("ratings", 0, "avoid"),
        ),
        ("risk_profile", {"school_risks": []}, ("school_risks",)),
        ("risk_profile", {"child_strengths": []}, ("school_strengths",)),
        ("declarations", {"statements": ["lawful"]}, ("statements",)),
        ("declarations", {"school_statements": ["codes"]}, ("school_statements",)),
        (
            "advice",
            {"advisers": [{"who": "ep", "involved": "yes", "name": "N", "date": "2026-01-01", "advice": "A"}]},
            ("advisers", 0, "response"),
        ),
        ("care", {"worker_email": "nobody"}, ("worker_email",)),
    ],
)
def test_what_does_not_fit_together_is_pointed_out_in_its_place(
    answers: Made, page: str, answer: Mapping[str, Any], path: tuple[str | int, ...]
) -> None:
    assert set(sentences(answers(**changed(**{page: answer})), page)) == {path}


def event(day: str, **more: str) -> dict[str, str]:
    return {"date": day, "category": "concern", "what": "Seen.", "action": "Told.", "recorded_by": "DSL"} | more


@pytest.mark.policy("E158")
def test_a_chronology_is_in_order(answers: Made) -> None:
    days = [event("2026-01-05"), event("2026-03-02"), event("2026-02-01"), event("2026-01-01")]
    road = answers(**changed(chronology={"kind": "chronology", "entries": days}))
    assert set(sentences(road, "chronology")) == {("entries", 2, "date")}
    good = answers(**changed(chronology={"kind": "chronology", "entries": days[:2]}))
    assert len(good.value(PAGES["chronology"], "entries")) == 2


def mark(day: str, session: str, code: str) -> dict[str, str]:
    return {"date": day, "session": session, "code": code}


def test_a_register_stands_in_for_typed_totals(answers: Made) -> None:
    marks = [mark("2026-11-20", "PM", "I"), mark("2026-11-19", "AM", "/"), mark("2026-11-20", "AM", "I")]
    typed = {"possible": None, "attended": None, "health_sessions": None}
    road = answers(**changed(attendance={**typed, "register": {"file": "marks.csv", "sessions": marks}}))
    assert sentences(road, "attendance") == {}
    assert str(road.value(Attendance, "register")) == "3 sessions, 19 November 2026 to 20 November 2026"
    empty = answers(**changed(attendance={**typed, "register": {"file": "marks.csv", "sessions": []}}))
    assert set(sentences(empty, "attendance")) == {("possible",), ("attended",), ("health_sessions",)}
    assert str(empty.value(Attendance, "register")) == "No sessions"


@pytest.mark.policy("E30")
def test_what_support_costs_is_shared_and_single_costs_are_added(answers: Made) -> None:
    row = ANXIOUS["provision"]["rows"][0]
    rows = [row, row | {"group_size": "", "one_off": "120"}]
    kept = answers(**changed(provision={"rows": rows})).get(Provision)
    assert kept is not None
    assert [one.cost() for one in kept.rows] == [Decimal("1387.50"), Decimal("2895.00")]


def test_all_three_domains_of_risk_are_one_list(answers: Made) -> None:
    profile = answers(**ANXIOUS).get(RiskProfile)
    assert profile is not None
    assert [risk.item.label for risk in risks(profile)] == ["Friendships, or being alone"]
