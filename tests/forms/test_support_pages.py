"""Plans, learning, money, voices and risks: who is asked what, and what follows from it."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from forms.catalogue import FORMS, PAGES
from forms.health import HealthNeeds
from forms.kit.ask import questions
from forms.kit.page import Answers
from forms.plans import Provision
from tests.forms.anxious_pupil import ANXIOUS

Made = Callable[..., Answers]
YEARS = {"primary_tests": range(1, 7), "exams": (10, 11)}


def changed(**pages: Mapping[str, Any]) -> dict[str, Any]:
    whole: dict[str, Any] = deepcopy(ANXIOUS)
    for page, fields in pages.items():
        whole[page] = whole.get(page, {}) | dict(fields)
    return whole


def asked(made: Answers) -> set[str]:
    return {page.id for form in FORMS for page in form.pages if made.asks(page)}


def missing(made: Answers, page: str) -> set[str]:
    found = made.reading(PAGES[page]).problems
    assert all(problem.missing for problem in found)
    return {str(problem.path[-1]) for problem in found}


@pytest.mark.policy("E108")
@pytest.mark.parametrize("year", range(12))
def test_tests_and_exams_are_asked_in_their_years(answers: Made, year: int) -> None:
    by_birth = {"born": f"{2021 - year}-12-05"}
    by_hand = {"year_group": str(year), "year_reason": "repeats"}
    for pupil in (by_birth, by_hand):
        found = asked(answers(**changed(pupil=pupil)))
        assert {page for page in YEARS if page in found} == {page for page, years in YEARS.items() if year in years}


@pytest.mark.policy("E108")
def test_exams_of_this_year_need_an_organiser_and_no_more(answers: Made) -> None:
    course = {"subject": "Biology", "qualification": "GCSE", "board": "AQA", "code": "8461", "predicted": "7"}
    pupil = {"born": "2011-03-27"}
    yes = answers(**changed(pupil=pupil, exams={"courses": [course], "this_year": "yes"}))
    assert missing(yes, "exams") == {"organiser"}
    no = answers(**changed(pupil=pupil, exams={"courses": [course], "this_year": "no"}))
    assert missing(no, "exams") == set()


@pytest.mark.policy("E26")
def test_a_healthcare_plan_is_asked_for_only_where_the_school_writes_it_here(answers: Made) -> None:
    plan = {"exists": "yes", "made": "2026-10-19", "shared_parents": "yes", "shared_pupil": "no"}
    pages = {"health_plan_needs", "health_plan_people"}
    assert not asked(answers(**changed(health_plan=plan))) & pages
    assert not asked(answers(**changed(health_plan=plan | {"provided": "attached"}))) & pages
    here = answers(**changed(health_plan=plan | {"provided": "here"}))
    assert asked(here) >= pages
    assert missing(here, "health_plan_needs") == {"needs"}
    assert missing(here, "health_plan_people") == {"emergency"}
    medicine = {"name": "Salbutamol", "dose": "2 puffs", "when": "Before sport"}
    good = {"needs": "An inhaler at hand.", "medicines": [medicine]}
    kept = answers(**changed(health_plan=plan | {"provided": "here"}, health_plan_needs=good))
    assert missing(kept, "health_plan_needs") == set()


@pytest.mark.policy("E24")
def test_a_profile_and_the_details_of_a_cycle_may_all_be_left_blank(answers: Made) -> None:
    assert missing(answers(**changed(one_page={"admired": ""})), "one_page") == set()
    assert "one_page" not in asked(answers(**changed(one_plan={"provided": "attached"})))
    cycle = ANXIOUS["one_plan"]["cycles"][0]
    fresh = {name: value for name, value in cycle.items() if name not in {"result", "review_result"}}
    assert missing(answers(**changed(one_plan={"cycles": [fresh]})), "one_plan") == set()
    reviewed = answers(**changed(one_plan={"cycles": [fresh | {"result": "met"}]}))
    assert missing(reviewed, "one_plan") == {"review_result"}


ROW = {"what": "Learning mentor", "hours": "5", "weeks": "30", "hourly_cost": "20"}


@pytest.mark.policy("E29", "E30")
def test_money_is_told_for_the_year_so_far_and_for_a_whole_year(answers: Made) -> None:
    rows = [ROW | {"weeks_done": "10"}, ROW | {"group_size": "4", "one_off": "60"}]
    provision = answers(**changed(provision={"rows": rows})).get(Provision)
    assert provision is not None
    assert [row.spent() for row in provision.rows] == [Decimal(1000), Decimal(810)]
    told = provision.derived()
    assert told["Total"].startswith("£3,810.00 (schools are expected")
    assert told["Spent so far"] == "£1,810.00"
    assert told["If it went on for a whole school year"] == "£4,810.00, over 38 weeks"


@pytest.mark.policy("E30")
def test_more_weeks_gone_than_there_are_is_pointed_out(answers: Made) -> None:
    made = answers(**changed(provision={"rows": [ROW | {"weeks_done": "31"}]}))
    assert [problem.path for problem in made.reading(Provision).problems] == [("rows", 0, "weeks_done")]


@pytest.mark.policy("E34")
def test_waiting_for_a_specialist_is_said_and_holds_nothing_up(answers: Made) -> None:
    needs = answers(**ANXIOUS).get(HealthNeeds)
    assert needs is not None
    assert needs.derived() == {
        "Specialist help still to come": "Autism assessment, referred on 12 May 2026, expected wait: 18 months. "
        "The referral is made without waiting for it."
    }
    unsure = {"waits": [{"service": "CAMHS", "referred": {"because": "The surgery sent it."}}]}
    made = answers(**changed(health_needs=unsure)).get(HealthNeeds)
    assert made is not None
    assert made.derived()["Specialist help still to come"].startswith("CAMHS, referred on a date not known.")


@pytest.mark.policy("E133")
def test_prompts_for_the_pupils_views_are_put_and_never_needed(answers: Made) -> None:
    prompts = {"hinders", "helps"}
    assert prompts <= {question.name for question in questions(PAGES["pupil_views"]) if not question.required}
    assert missing(answers(**ANXIOUS), "pupil_views") == set()


@pytest.mark.policy("E157")
def test_risks_that_are_known_are_named(answers: Made) -> None:
    assert missing(answers(**changed(risks={"known": "yes"})), "risks") == {"pupil_risks"}
    assert missing(answers(**changed(risks={"known": "no"})), "risks") == set()
