"""Pupils with a plan, in hospital, leaving a unit or without a school: what is asked, what blocks, what yields."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

import pytest

from forms.catalogue import PAGES
from forms.kit.authority import AuthorityProfile
from forms.kit.policy import Level
from tests.forms.particular_pupils import (
    EHCP,
    FROM_UNIT,
    HOME_EDUCATED,
    HOSPITAL,
    IN_HOSPITAL,
    NO_ROLL,
    NO_SCHOOL,
    NOT_KNOWN,
    UNIT,
    WITH_EHCP,
    pupil,
)
from wizard.case import Case
from wizard.councils import council
from wizard.pack.compose import compose
from wizard.summary import summarise_page
from wizard.validation.conditions import expected_days, missed_days
from wizard.validation.facts import Facts
from wizard.validation.requirements import Finding, Judgement, State, judge, pages_asked, signers

TODAY = date(2026, 11, 21)
Answers = Mapping[str, Mapping[str, Any]]


@cache
def essex() -> AuthorityProfile:
    return council("essex")


def judged(answers: Answers, today: date = TODAY, profile: AuthorityProfile | None = None, **more: Any) -> Judgement:
    case = Case("essex", "1", answers, not_known=NOT_KNOWN, reference="R-7KQ4-2MX", **more)
    return judge(Facts.of(case, profile or essex(), today))


def finding(judgement: Judgement, row: str) -> Finding:
    return next(one for one in judgement.findings if one.requirement.id == row)


def state(answers: Answers, row: str, **more: Any) -> State:
    return finding(judged(answers, **more), row).state


def without(answers: Answers, page: str, *names: str, **instead: Any) -> dict[str, Any]:
    fields = {name: value for name, value in answers[page].items() if name not in names}
    return {**answers, page: fields | instead}


@pytest.mark.policy("E9", "E14", "E20", "E27", "E29", "E30")
def test_what_the_school_tried_is_asked_of_a_unit_once_and_on_a_page_that_it_has() -> None:
    judgement = judged(FROM_UNIT)
    asked = {page.id for page in pages_asked(judgement.facts)}
    assert {point.page for point in judgement.points} <= asked
    once = [point for point in judgement.points if point.id == "E9u"]
    assert [(point.level, point.page) for point in once] == [(Level.SHOULD, "referrer")]
    assert state(FROM_UNIT, "E9u", reasons={"E9u": "The school sends it by Friday."}) is State.REASON
    assert state(pupil(), "E9u") is State.NOT_NEEDED


@pytest.mark.policy("E59", "E60")
def test_the_teacher_in_charge_refers_and_signs() -> None:
    judgement = judged(FROM_UNIT)
    roles = [one.role for one in signers(judgement.facts) if not one.optional]
    assert roles == ["senco", "referrer", "slt"]
    assert judgement.facts.sender == ("Nia Rowe, Teacher in charge", "St Aubyns")
    assert finding(judgement, "E59").state is State.MET
    assert "referrer" not in {one.role for one in signers(judged(pupil()).facts)}
    assert judged(pupil()).facts.sender == ("Priya Nair, SENCO", "Mill Lane High School")
    away = judged(without(FROM_UNIT, "unit", unit="other"))
    assert [problem.path for problem in away.problems["unit"]] == [("other",)]
    named = judged(without(FROM_UNIT, "unit", unit="other", other="Hill House, Lanternfield"))
    assert named.problems["unit"] == ()


@pytest.mark.policy("E45")
def test_without_a_school_whoever_refers_signs_and_is_on_the_cover() -> None:
    judgement = judged(NO_ROLL)
    assert [one.role for one in signers(judgement.facts) if not one.optional] == ["referrer"]
    cover = compose(judgement, lambda _: b"", datetime(2026, 11, 21), draft=True, sealed=False).cover
    lines = {fact.label: fact.text for fact in cover}
    assert lines["Referred by"] == "Nia Rowe, Family worker, Lantern Families"
    assert "School" not in lines
    own_work = ("E9", "E14", "E16", "E20", "E23", "E24", "E27", "E29", "E158", "E137")
    assert {finding(judgement, row).state for row in own_work} == {State.NOT_NEEDED}
    assert finding(judgement, "E158n").level is Level.SHOULD


@pytest.mark.policy("E12")
def test_the_named_officer_is_on_the_cover_and_looked_up_again_after_a_year() -> None:
    cover = compose(judged(pupil()), lambda _: b"", datetime(2026, 11, 21), draft=True, sealed=False).cover
    assert "Julie Keating, Education Access Manager" in [fact.text for fact in cover if fact.label == "Named officer"]
    assert state(pupil(), "E12", today=date(2027, 11, 21)) is State.MET
    late = judged(pupil(), today=date(2027, 11, 22))
    assert [(point.level, point.page) for point in late.points if point.id == "E12"] == [(Level.SHOULD, "send")]


@pytest.mark.policy("E1", "E6")
def test_a_policy_for_medical_conditions_is_asked_for_and_never_blocks() -> None:
    point = next(point for point in judged(pupil()).points if point.id == "E1")
    assert (point.level, point.page) == (Level.SHOULD, "school")
    given = pupil(school={"policy_link": "milllane.example/policies", "policy_reviewed": "2026-07-01"})
    assert state(given, "E1") is State.MET


@pytest.mark.policy("E21")
def test_mental_health_without_special_needs_is_named() -> None:
    levels = [finding(judged(pupil(route={"sen": sen})), "E21") for sen in ("none", "support")]
    assert [one.state for one in levels] == [State.OPEN, State.NOT_NEEDED]
    assert levels[0].level is Level.SHOULD


@pytest.mark.policy("E39")
def test_anxiety_is_asked_and_settles_whether_the_review_is_needed() -> None:
    calm = without(WITH_EHCP, "route", anxiety="no")
    assert {state(calm, row) for row in ("E39", "E40", "E41")} == {State.NOT_NEEDED}
    planned = without(WITH_EHCP, "ehcp", "review_requested")
    assert state(planned, "E39") is State.MET


@pytest.mark.policy("E40")
@pytest.mark.parametrize(("comes", "met"), [("yes", True), ("invited", True), ("declined", False)])
def test_the_council_is_invited_to_the_review(comes: str, met: bool) -> None:
    found = finding(judged(without(WITH_EHCP, "ehcp", officer_attends=comes)), "E40")
    assert (found.state is State.MET, found.level) == (met, Level.SHOULD)


@pytest.mark.policy("E41")
@pytest.mark.parametrize(("day", "met"), [("2026-11-23", False), ("2026-11-24", True), (None, False)])
def test_a_shorter_notice_than_two_weeks_is_named_and_never_blocks(day: str | None, met: bool) -> None:
    found = finding(judged(without(WITH_EHCP, "ehcp", review_on=day)), "E41")
    assert (found.state is State.MET, found.level) == (met, Level.SHOULD)


@pytest.mark.policy("E41")
def test_the_earliest_date_of_the_review_is_worked_out() -> None:
    rows = {row.label: row.text for row in summarise_page(PAGES["ehcp"], judged(WITH_EHCP).facts.answers).rows}
    assert rows["Earliest date of the meeting"] == "24 November 2026, better 1 December 2026"
    early = judged(without(WITH_EHCP, "ehcp", review_on="2026-11-09")).problems["ehcp"]
    assert [problem.path for problem in early] == [("review_on",)]


@pytest.mark.policy("E42", "E43")
def test_a_delayed_change_asks_for_education_in_the_meantime_and_iass_is_a_choice() -> None:
    delayed = without(WITH_EHCP, "ehcp", delayed="yes")
    assert [problem.path for problem in judged(delayed).problems["ehcp"]] == [("interim",)]
    settled = without(delayed, "ehcp", interim="Tutor through SEND Operations, 9 November.")
    assert state(settled, "E42") is State.MET
    silent = judged(without(WITH_EHCP, "ehcp", "iass_told", "iass_date"))
    assert silent.problems["ehcp"] == ()
    assert finding(silent, "E43").level is Level.INFORM


@pytest.mark.policy("E46", "E48")
def test_the_search_for_a_place_is_asked_and_fair_access_is_named_when_home_educated() -> None:
    assert state(NO_ROLL, "E48") is State.NOT_NEEDED
    assert state(HOME_EDUCATED, "E48") is State.MET
    none = without(HOME_EDUCATED, "no_school", "fair_access_school", "fair_access_date", fair_access="no")
    point = next(point for point in judged(none).points if point.id == "E48")
    assert (point.level, point.page) == (Level.SHOULD, "no_school")
    waits = without(NO_ROLL, "no_school", "application_details", application="not_yet")
    assert [problem.path for problem in judged(waits).problems["no_school"]] == [("application_reason",)]
    assert (state(NO_ROLL, "E46"), state(waits, "E46")) == (State.MET, State.OPEN)


def age(born: str, **more: Any) -> dict[str, Any]:
    return pupil(pupil={"born": born} | more)


@pytest.mark.policy("E49", "E50")
def test_pupils_below_and_above_compulsory_school_age_are_looked_at_one_by_one() -> None:
    young, old, of_age = age("2021-12-31"), age("2010-08-31"), age("2013-03-27")
    assert {state(of_age, row) for row in ("E49", "E50")} == {State.NOT_NEEDED}
    assert [state(one, "E3") for one in (young, of_age, old)] == [State.OPEN, State.MET, State.OPEN]
    assert state(without(young, "request", "provision"), "E49") is State.OPEN
    assert state(young, "E49") is State.MET
    assert finding(judged(old), "E50").level is Level.SHOULD
    assert state(age("2010-08-31", year_group="11", year_reason="repeats_health"), "E50") is State.MET
    assert state(age("2010-08-31", year_group="11", year_reason="repeats"), "E50") is State.OPEN


@pytest.mark.policy("E3")
def test_sixteen_in_the_first_days_of_september_is_a_doubt_that_is_shown_and_not_decided() -> None:
    doubtful = judged(age("2010-09-03"))
    assert "E3" in [route.id for route in doubtful.routes]
    assert {"E49", "E50"}.isdisjoint(route.id for route in doubtful.routes)
    assert finding(doubtful, "E3").state is State.OPEN
    rows = {row.label: row.text for row in summarise_page(PAGES["pupil"], doubtful.facts.answers).rows}
    assert (
        rows["Compulsory school age"] == "31 December 2015 to 26 June 2026 or 25 June 2027: ask the council which it is"
    )
    assert "E3" not in [route.id for route in judged(age("2010-09-08")).routes]
    before = judged(age("2010-09-03"), today=date(2026, 6, 26))
    assert "E3" not in [route.id for route in before.routes]
    after = judged(age("2010-09-03"), today=date(2027, 6, 26))
    assert "E50" in [route.id for route in after.routes]


@pytest.mark.policy("E54")
@pytest.mark.parametrize(
    ("stay", "typed", "days"),
    [
        ({}, "", 14),  # 1 to 18 December
        ({}, "20", 20),
        ({"treatment_days": "30"}, "20", 30),
        ({"admission": "2026-11-16"}, "", 19),  # in hospital already: from Monday, 23 November, less the INSET day
        ({"admission": "2026-09-01", "discharge": "2026-10-01"}, "", 0),
        ({"admission": "2026-12-21", "discharge": "2027-01-05"}, "", 9),  # without three bank holidays
    ],
)
def test_days_to_come_are_counted_from_the_stay_or_as_the_school_expects(
    stay: dict[str, str], typed: str, days: int
) -> None:
    answers = pupil(route=dict(IN_HOSPITAL["route"]), hospital=HOSPITAL | stay, attendance={"expected_days": typed})
    facts = judged(answers).facts
    assert expected_days(facts) == days
    assert missed_days(facts) == 30 + days


@pytest.mark.policy("E54")
def test_a_stay_counts_only_while_the_pupil_is_in_hospital() -> None:
    answers = pupil(hospital=HOSPITAL, attendance={"expected_days": ""})
    assert expected_days(judged(answers).facts) == 0


@pytest.mark.policy("E55", "E56", "E58")
def test_brothers_and_sisters_who_move_are_named() -> None:
    assert state(IN_HOSPITAL, "E56") is State.MET
    missing = judged(without(IN_HOSPITAL, "hospital", "siblings"))
    assert [problem.path for problem in missing.problems["hospital"]] == [("siblings",)]
    stays = judged(without(IN_HOSPITAL, "hospital", moving="no"))
    assert stays.problems["hospital"] == ()
    assert finding(stays, "E56").state is State.NOT_NEEDED
    backwards = judged(without(IN_HOSPITAL, "hospital", discharge="2026-11-30"))
    assert [problem.path for problem in backwards.problems["hospital"]] == [("discharge",)]


@pytest.mark.policy("E54")
@pytest.mark.parametrize(
    ("calendar", "label", "days"),
    [
        ({}, "Weekdays of the whole stay, without bank holidays", "14"),
        (
            {"closures": [{"what": "INSET", "date": "2026-12-07", "until": "2026-12-08"}]},
            "School days of the whole stay",
            "12",
        ),
    ],
)
def test_the_length_of_a_stay_is_counted_as_the_days_to_come_are(
    calendar: dict[str, Any], label: str, days: str
) -> None:
    answers = judged({**IN_HOSPITAL, "calendar": calendar}).facts.answers
    rows = {row.label: row.text for row in summarise_page(PAGES["hospital"], answers).rows}
    assert {name: text for name, text in rows.items() if "whole stay" in name} == {label: days}


@pytest.mark.parametrize(
    ("answers", "page", "kept"),
    [
        (WITH_EHCP, "ehcp", ("route", {"sen": "support"})),
        (IN_HOSPITAL, "hospital", ("route", {"hospital": "no"})),
        (FROM_UNIT, "unit", ("route", {"unit_discharge": "no"})),
        (NO_ROLL, "no_school", ("route", {"on_roll": "yes"})),
        (NO_ROLL, "referrer", ("route", {"on_roll": "yes"})),
    ],
)
def test_a_page_goes_and_comes_back_with_what_was_typed(
    answers: Answers, page: str, kept: tuple[str, dict[str, str]]
) -> None:
    there = judged(answers).facts.answers
    assert PAGES[page].asked(there)
    assert there.reading(PAGES[page]).problems == ()
    away = judged(without(answers, kept[0], **kept[1])).facts.answers
    assert not PAGES[page].asked(away)
    assert away.get(PAGES[page]) is None
    assert away.raw[page] == {"ehcp": EHCP, "hospital": HOSPITAL, "unit": UNIT, "no_school": NO_SCHOOL}.get(
        page, answers[page]
    )
