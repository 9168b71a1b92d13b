"""What Dorset asks, names, dates, writes and tells around a placement, a plan, evidence and funding."""

from datetime import date

import pytest

from forms.catalogue import PAGES
from forms.kit.ask import questions
from forms.kit.policy import Level
from tests.validation import essex_referrals as essex
from tests.validation.dorset_placements import (
    CARE,
    EXPERTS,
    GOING,
    HEALTH_PLAN,
    NO_ROLL,
    PLAN,
    SCHOOL,
    SPECIALIST,
    expert,
    judged,
)
from tests.validation.essex_referrals import Pages, finding
from wizard import journey
from wizard.councils import council
from wizard.letters import offered, write
from wizard.schedule import due
from wizard.validation.requirements import Judgement, State, guidance

policy = pytest.mark.policy

EXCLUDED: Pages = {**SCHOOL, "route": {"basis": "exclusion", "need": None, "ebsa": None}}
OTHERWISE: Pages = {**PLAN, "route": {**PLAN["route"], "basis": "otherwise", "need": None}}
HOME_EDUCATED: Pages = {**NO_ROLL, "route": {**NO_ROLL["route"], "home_educated": "yes"}}
EXAMS: Pages = {**SCHOOL, "pupil": {"born": "2011-03-27"}, "exams": {"this_year": "yes"}}
TESTS: Pages = {**SCHOOL, "pupil": {"born": "2016-03-27"}}
EVENTS: Pages = {**SCHOOL, "chronology": {"kind": "chronology"}}
TAKEN_OFF: Pages = {**NO_ROLL, "health_lead": {**NO_ROLL["health_lead"], "taken_off": "yes"}}
ORGANISED = {"organiser": "Our exams officer", "venue": "The library", "invigilator": "A mentor"}
NOT_ORGANISED: Pages = {"exams": dict.fromkeys(ORGANISED)}

TOLD = [
    pytest.param("D55", "route", SCHOOL, "every school and service", marks=policy("D55")),
    pytest.param("D61", "route", EXCLUDED, "In Year Fair Access", marks=policy("D61")),
    pytest.param("D110", "route", OTHERWISE, "band of an EHCP", marks=policy("D110")),
    pytest.param("D95", "no_school", NO_ROLL, "stays responsible", marks=policy("D95")),
    pytest.param("D96", "no_school", NO_ROLL, "named officer", marks=policy("D96")),
    pytest.param("D96", "named_officer", NO_ROLL, "talk to this officer first", marks=policy("D96")),
    pytest.param("D97", "no_school", NO_ROLL, "for the meantime", marks=policy("D97")),
    pytest.param("D100", "no_school", HOME_EDUCATED, "Learning Centre", marks=policy("D100")),
    pytest.param("D68", "named_officer", SCHOOL, "neither person nor address", marks=policy("D68")),
    pytest.param("D98", "health_lead", NO_ROLL, "bring together", marks=policy("D98")),
    pytest.param("D99", "health_lead", NO_ROLL, "Inclusion Lead of its locality", marks=policy("D99")),
    pytest.param("D101", "health_lead", NO_ROLL, "regulation 9", marks=policy("D101")),
    pytest.param("D101", "declarations", SCHOOL, "SI 2024/208", marks=policy("D101")),
    pytest.param("D62", "declarations", SCHOOL, "tie to the school", marks=policy("D62")),
    pytest.param("D84", "declarations", SCHOOL, "attendance procedures", marks=policy("D84")),
    pytest.param("D56", "request", SCHOOL, "disturb learning", marks=policy("D56")),
    pytest.param("D59", "request", SCHOOL, "own school", marks=policy("D59")),
    pytest.param("D69", "medical_papers", SCHOOL, "consultant or specialist", marks=policy("D69")),
    pytest.param("D103", "medical_papers", SCHOOL, "Both stand in the policy", marks=policy("D103")),
    pytest.param("D102", "medical_evidence", SCHOOL, "main healthcare provider", marks=policy("D102")),
    pytest.param("D104", "medical_evidence", SCHOOL, "safe and well", marks=policy("D104")),
    pytest.param("D105", "medical_evidence", SCHOOL, "only where that is necessary", marks=policy("D105")),
    pytest.param("D106", "parents_views", SCHOOL, "let council, school and provider know", marks=policy("D106")),
    pytest.param("D64", "health_plan_review", HEALTH_PLAN, "together with an EHCP", marks=policy("D64")),
    pytest.param("D65", "health_plan_review", HEALTH_PLAN, "says two things", marks=policy("D65")),
    pytest.param("D67", "health_plan_review", HEALTH_PLAN, "part of the healthcare plan", marks=policy("D67")),
    pytest.param("D67", "return_plan", GOING, "healthcare plan as well", marks=policy("D67")),
    pytest.param("D73", "timetable_notice", SCHOOL, "to be told", marks=policy("D73")),
    pytest.param("D72h", "timetable_notice", SCHOOL, "agenda", marks=policy("D72h")),
    pytest.param("D74", "attendance", SCHOOL, "go with the request", marks=policy("D74")),
    pytest.param("D77", "exams", EXAMS, "not quite clear", marks=policy("D77")),
    pytest.param("D77", "primary_tests", TESTS, "not quite clear", marks=policy("D77")),
    pytest.param("D70", "evidence", SCHOOL, "graduated approach", marks=policy("D70")),
    pytest.param("D80", "funding", SCHOOL, "pupil premium", marks=policy("D80")),
    pytest.param("D107", "funding", EXCLUDED, "section 47", marks=policy("D107")),
    pytest.param("D108", "funding", SCHOOL, "follows the pupil", marks=policy("D108")),
    pytest.param("D109", "funding", SCHOOL, "complete weeks", marks=policy("D109")),
    pytest.param("D113", "funding", SCHOOL, "IDACI", marks=policy("D113")),
    pytest.param("D114", "funding", SCHOOL, "Schools Forum", marks=policy("D114")),
    pytest.param("D86", "plan_services", PLAN, "school nursing", marks=policy("D86")),
    pytest.param("D87", "plan_services", PLAN, "joint planning", marks=policy("D87")),
    pytest.param("D88", "plan_services", PLAN, "in good time", marks=policy("D88")),
    pytest.param("D89", "plan_services", PLAN, "has to be informed", marks=policy("D89")),
    pytest.param("D89a", "plan_services", PLAN, "supports and advises", marks=policy("D89a")),
    pytest.param("D91", "plan_services", PLAN, "15 days or more", marks=policy("D91")),
    pytest.param("D92", "plan_services", PLAN, "that the plan names", marks=policy("D92")),
    pytest.param("D57", "plan_services", SPECIALIST, "taught on by that setting", marks=policy("D57")),
    pytest.param("D58", "plan_services", SPECIALIST, "every week", marks=policy("D58")),
    pytest.param("D90", "ehcp", PLAN, "earlier review", marks=policy("D90")),
    pytest.param("D93", "ehcp", PLAN, "section 61 of the Children and Families Act 2014", marks=policy("D93")),
    pytest.param("D94", "ehcp", PLAN, "review of the plan", marks=policy("D94")),
    pytest.param("D43", "care_decisions", CARE, "in all decisions", marks=policy("D43")),
    pytest.param("D44", "care_decisions", CARE, "personal education plan", marks=policy("D44")),
    pytest.param("D66", "decision", GOING, "takes part in the plan", marks=policy("D66")),
    pytest.param("D112", "decision", GOING, "another setting", marks=policy("D112")),
    pytest.param("D111", "decision", GOING, "full school year", marks=policy("D111")),
    pytest.param("D72", "partnership", GOING, "chairs and minutes", marks=policy("D72")),
    pytest.param("D72a", "partnership", GOING, "where teaching takes place", marks=policy("D72a")),
    pytest.param("D72b", "partnership", GOING, "how long", marks=policy("D72b")),
    pytest.param("D72c", "partnership", GOING, "what the school adds", marks=policy("D72c")),
    pytest.param("D72d", "partnership", GOING, "further needs", marks=policy("D72d")),
    pytest.param("D72e", "partnership", GOING, "coming back", marks=policy("D72e")),
    pytest.param("D72f", "partnership", GOING, "review meetings", marks=policy("D72f")),
    pytest.param("D72g", "partnership", GOING, "planning of lessons", marks=policy("D72g")),
    pytest.param("D72h", "partnership", GOING, "part-time timetable", marks=policy("D72h")),
    pytest.param("D72i", "partnership", GOING, "attendance is recorded", marks=policy("D72i")),
    pytest.param("D75", "partnership", GOING, "Family Help", marks=policy("D75")),
    pytest.param("D71", "partnership", GOING, "reintegration plan", marks=policy("D71")),
    pytest.param("D79", "partnership", GOING, "reviews and decisions", marks=policy("D79")),
    pytest.param("D63", "reviews", GOING, "as often as was agreed", marks=policy("D63")),
    pytest.param("D82", "reviews", GOING, "six weeks", marks=policy("D82")),
    pytest.param("D85", "reviews", GOING, "SEND Code", marks=policy("D85")),
    pytest.param("D76", "partnership", GOING, "broad and balanced", marks=policy("D76")),
    pytest.param("D81", "partnership", GOING, "recorded correctly", marks=policy("D81")),
    pytest.param("D83", "partnership", GOING, "as medical advice allows", marks=policy("D83")),
    pytest.param("D78", "handover", GOING, "before its staff first meet", marks=policy("D78")),
    pytest.param("D60", "return_plan", GOING, "made for this pupil", marks=policy("D60")),
]


@pytest.mark.parametrize(("row", "page", "base", "phrase"), TOLD)
def test_what_the_policy_says_is_told_at_its_page(row: str, page: str, base: Pages, phrase: str) -> None:
    found = judged(base, sent="decision" in base)
    assert page in {one.id for one in journey.asked(found)}
    assert [one for one in guidance(found.facts, page) if one.id == row and phrase.casefold() in one.text.casefold()]


def test_everything_from_section_7_on_is_told() -> None:
    rows = [row.id for row in council("dorset").rows]
    assert set(rows[rows.index("D55") :]) <= {case.values[0] for case in TOLD}


ASKED = [
    pytest.param("D43", "care_decisions", CARE, marks=policy("D43")),
    pytest.param("D44", "care_decisions", CARE, marks=policy("D44")),
    pytest.param("D56", "request", SCHOOL, marks=policy("D56")),
    pytest.param("D57", "plan_services", SPECIALIST, marks=policy("D57")),
    pytest.param("D58", "plan_services", SPECIALIST, marks=policy("D58")),
    pytest.param("D59", "request", SCHOOL, marks=policy("D59")),
    pytest.param("D60", "return_plan", GOING, marks=policy("D60")),
    pytest.param("D62", "declarations", SCHOOL, marks=policy("D62")),
    pytest.param("D63", "reviews", GOING, marks=policy("D63")),
    pytest.param("D82", "reviews", GOING, marks=policy("D82")),
    pytest.param("D111", "reviews", GOING, marks=policy("D111")),
    pytest.param("D64", "health_plan_review", HEALTH_PLAN, marks=policy("D64")),
    pytest.param("D65", "health_plan_review", HEALTH_PLAN, marks=policy("D65")),
    pytest.param("D66", "partnership", GOING, marks=policy("D66")),
    pytest.param("D67", "health_plan_review", HEALTH_PLAN, marks=policy("D67")),
    pytest.param("D68", "named_officer", SCHOOL, marks=policy("D68")),
    pytest.param("D68", "check", SCHOOL, marks=policy("D68")),
    pytest.param("D69", "medical_papers", SCHOOL, marks=policy("D69")),
    pytest.param("D72h", "timetable_notice", SCHOOL, marks=policy("D72h")),
    pytest.param("D73", "timetable_notice", SCHOOL, marks=policy("D73")),
    pytest.param("D74", "attendance", SCHOOL, marks=policy("D74")),
    pytest.param("D77", "exams", EXAMS, marks=policy("D77")),
    pytest.param("D77", "primary_tests", TESTS, marks=policy("D77")),
    pytest.param("D78", "handover", GOING, marks=policy("D78")),
    pytest.param("D78", "chronology", EVENTS, marks=policy("D78")),
    pytest.param("D80", "funding", SCHOOL, marks=policy("D80")),
    pytest.param("D81", "partnership", GOING, marks=policy("D81")),
    pytest.param("D84", "declarations", SCHOOL, marks=policy("D84")),
    pytest.param("D86", "plan_services", SPECIALIST, marks=policy("D86")),
    pytest.param("D87", "plan_services", SPECIALIST, marks=policy("D87")),
    pytest.param("D88", "plan_services", SPECIALIST, marks=policy("D88")),
    pytest.param("D89", "plan_services", SPECIALIST, marks=policy("D89")),
    pytest.param("D90", "ehcp", PLAN, marks=policy("D90")),
    pytest.param("D91", "plan_services", SPECIALIST, marks=policy("D91")),
    pytest.param("D91", "attendance", SCHOOL, marks=policy("D91")),
    pytest.param("D92", "ehcp", PLAN, marks=policy("D92")),
    pytest.param("D92", "plan_services", SPECIALIST, marks=policy("D92")),
    pytest.param("D96", "named_officer", SCHOOL, marks=policy("D96")),
    pytest.param("D98", "health_lead", NO_ROLL, marks=policy("D98")),
    pytest.param("D99", "health_lead", NO_ROLL, marks=policy("D99")),
    pytest.param("D99", "referrer", NO_ROLL, marks=policy("D99")),
    pytest.param("D101", "health_lead", TAKEN_OFF, marks=policy("D101")),
    pytest.param("D102", "medical_papers", SCHOOL, marks=policy("D102")),
    pytest.param("D103", "medical_papers", SCHOOL, marks=policy("D103")),
    pytest.param("D108", "funding", SCHOOL, marks=policy("D108")),
    pytest.param("D113", "funding", SCHOOL, marks=policy("D113")),
    pytest.param("D113", "pupil", SCHOOL, marks=policy("D113")),
]


@pytest.mark.parametrize(("row", "page", "base"), ASKED)
def test_what_the_policy_wants_to_know_is_asked(row: str, page: str, base: Pages) -> None:
    found = judged(base, sent="decision" in base)
    assert page in {one.id for one in journey.asked(found)}
    names = [name for one in council("dorset").asked if (one.id, one.page) == (row, page) for name in one.fields]
    shown = {one.name for one in questions(PAGES[page]) if one.shown(found.facts.case.answers.get(page, {}))}
    assert set(names) <= shown


@pytest.mark.parametrize(
    "page", sorted({page.id for page in PAGES.values() if page.question_set not in ("", *council("essex").asks)})
)
def test_what_only_dorset_asks_is_neither_asked_nor_listed_in_essex(page: str) -> None:
    for base in (PLAN, CARE, NO_ROLL, GOING, HEALTH_PLAN):
        found = essex.judged(base, sent="decision" in base)
        assert page not in {one.id for one in journey.asked(found)}
        assert page not in {task.page.id for part in journey.task_list(found) for task in part.tasks}


@pytest.mark.parametrize(
    "page", sorted(page.id for page in PAGES.values() if page.question_set in council("essex").asks)
)
def test_what_only_essex_asks_is_neither_asked_nor_listed_in_dorset(page: str) -> None:
    for base in (PLAN, {**SCHOOL, "route": {"sen": "support", "hospital": "planned"}}):
        found = judged(base)
        assert page not in {one.id for one in journey.asked(found)}
        assert page not in {task.page.id for part in journey.task_list(found) for task in part.tasks}


def experts(*cards: dict[str, str]) -> Pages:
    return {"plan_services": {"experts": list(cards)}}


FEWER_HOURS: Pages = {
    **NO_ROLL,
    "full_time": {
        "full_time": "no",
        "hours": "8",
        "why_part_time": "As CAMHS advises.",
        "consulted": ["child", "parents", "medical"],
    },
}
NAMED = [
    pytest.param("D57c", SPECIALIST, {"plan_services": {"current_provider": None}}, marks=policy("D57")),
    pytest.param("D23", HEALTH_PLAN, {"health_plan_review": {"reviewed": "2025-12-07"}}, marks=policy("D64")),
    pytest.param("D23", HEALTH_PLAN, {"health_plan_review": {"reviewed": None}}, marks=policy("D64", "D65")),
    pytest.param("D67", HEALTH_PLAN, {"health_plan_review": {"return_plan": "no"}}, marks=policy("D67")),
    pytest.param("D69", SCHOOL, {"medical_papers": {"kinds": ["notes"]}}, marks=policy("D69", "D103")),
    pytest.param(
        "D69", SCHOOL, {"medical_papers": {"kinds": ["prescription", "appointment"]}}, marks=policy("D69", "D103")
    ),
    pytest.param("D73", SCHOOL, {"timetable_notice": {"told": "no", "told_on": None}}, marks=policy("D72h", "D73")),
    pytest.param("D77", {**EXAMS, "exams": {"this_year": "yes", **ORGANISED}}, NOT_ORGANISED, marks=policy("D77")),
    pytest.param("D80", SCHOOL, {"funding": {"top_up": None}}, marks=policy("D80")),
    pytest.param("D86e", PLAN, experts(*EXPERTS[1:]), marks=policy("D86")),
    pytest.param("D86t", PLAN, experts(EXPERTS[0], *EXPERTS[2:]), marks=policy("D86")),
    pytest.param("D86h", PLAN, experts(*EXPERTS[:2], expert("health", "no")), marks=policy("D86")),
    pytest.param("D86s", PLAN, experts(*EXPERTS[:3]), marks=policy("D86")),
    pytest.param("D88", PLAN, experts(expert("ep") | {"asked_on": ""}), marks=policy("D88")),
    pytest.param("D92", PLAN, {"plan_services": {"fits_plan": None}}, marks=policy("D92")),
    pytest.param("D32n", FEWER_HOURS, {"full_time": {"consulted": ["child", "parents"]}}, marks=policy("D32")),
    pytest.param("D96", NO_ROLL, {"named_officer": {"contacted_on": None}}, marks=policy("D96")),
    pytest.param(
        "D101", NO_ROLL, {"health_lead": {"taken_off": "yes", "grounds": "None given."}}, marks=policy("D101")
    ),
    pytest.param("D102s", SCHOOL, {"medical_papers": {"says_effect": "no"}}, marks=policy("D102")),
]


@pytest.mark.parametrize(("row", "base", "missing"), NAMED)
def test_it_is_named_while_it_is_missing_and_a_reason_or_an_answer_settles_it(
    row: str, base: Pages, missing: Pages
) -> None:
    assert finding(judged(base), row) is State.MET
    found = judged(base, missing)
    assert [(point.level, point.override) for point in found.points if point.id == row] == [(Level.SHOULD, True)]
    assert finding(judged(base, missing, reasons={row: "Not yet."}), row) is State.REASON


@policy("D62", "D84")
@pytest.mark.parametrize("left", ["on_roll", "codes"])
def test_that_the_pupil_stays_on_roll_is_declared(left: str) -> None:
    kept = [one for one in ("on_roll", "codes", "together", "safeguarding", "reviews") if one != left]
    assert finding(judged(SCHOOL), "D26s") is State.MET
    assert finding(judged(SCHOOL, {"declarations": {"school_statements": kept}}), "D26s") is State.OPEN


@policy("D70")
def test_evidence_of_the_graduated_approach_and_of_the_guidance_goes_with_the_form() -> None:
    wanted = [one for one in judged(SCHOOL).findings if "D70" in one.requirement.rows]
    assert {(one.requirement.id, one.state) for one in wanted} >= {("D47", State.OPEN), ("D48", State.OPEN)}
    assert finding(judged(SCHOOL, papers=("D70",)), "D47") is State.MET


@policy("D102")
def test_the_agreement_of_the_inclusion_lead_stands_in_for_medical_evidence() -> None:
    alone = {"clinical_advice": {"advice": "none", "lead_on": "2026-12-02", "lead_agrees": "yes"}}
    assert finding(judged(SCHOOL, alone), "D102") is State.MET


@policy("D102")
def test_an_appointment_card_among_the_evidence_is_not_printed_as_speaking_of_school() -> None:
    shows = {one.requirement.id: one.evidence for one in judged(SCHOOL, papers=("D102",)).findings}
    assert shows["D102"]
    assert shows["D102s"] == (), "some paper does, the answers say, and not which"
    assert {one.requirement.id: one.evidence for one in judged(SCHOOL, papers=("D102s",)).findings}["D102s"]


@policy("D95", "D99")
def test_without_a_school_the_route_leads_by_the_main_healthcare_provider() -> None:
    assert "D95" in routes(judged(NO_ROLL))
    assert "D95" not in routes(judged(SCHOOL))


@policy("D110")
def test_another_reason_with_a_plan_warns_that_the_band_may_be_withdrawn() -> None:
    assert "D110" in routes(judged(OTHERWISE))
    assert "D110" not in routes(judged(PLAN))


def routes(found: Judgement) -> set[str]:
    return {route.id for route in found.routes}


@policy("D51", "D63", "D82", "D111")
def test_reviews_and_the_year_are_counted_from_the_confirmed_start() -> None:
    dates = {one.id: one.on for one in due(judged(GOING, {"partnership": {"start": "2027-01-11"}}, sent=True))}
    assert dates["D51m"] == date(2027, 2, 22)
    assert dates["D51e"] == date(2027, 4, 5)
    assert dates["D111"] == date(2028, 1, 11)
    waiting = due(judged(GOING, {"partnership": {"start": None}}, sent=True))
    assert not {"D51m", "D51e", "D111"} & {one.id for one in waiting}


@policy("D51", "D63", "D82", "D111")
def test_a_review_that_was_held_is_no_longer_due() -> None:
    held: Pages = {"reviews": {"middle_on": "2026-12-01"}}
    dates = {one.id for one in due(judged(GOING, held, sent=True))}
    assert {"D51m", "D51e", "D111"} & dates == {"D51e", "D111"}


@policy("D51")
def test_the_last_review_comes_after_the_first() -> None:
    found = judged(GOING, {"reviews": {"middle_on": "2026-12-02", "end_on": "2026-12-01"}}, sent=True)
    assert [point.field for point in found.later if point.page == "reviews"] == ["end_on"]


@policy("D58")
def test_the_sen_panel_is_a_date_of_a_specialist_setting() -> None:
    assert [one.on for one in due(judged(SPECIALIST)) if one.id == "D58"] == [date(2026, 12, 16)]
    told: Pages = {"plan_services": {"sen_panel_decided": "The setting goes on."}}
    assert not [one for found in (judged(PLAN), judged(SPECIALIST, told)) for one in due(found) if one.id == "D58"]


@policy("D60")
def test_the_plan_for_the_return_is_written() -> None:
    found = judged(GOING, sent=True)
    text = next(write(found, one).text for one in offered(found, "return_plan") if one.id == "D60")
    assert "Aim: Back in her tutor group." in text
    assert "•  A visit after lessons; When: When she sleeps well; Who: Key adult" in text


@policy("D72", "D72a", "D72b", "D72c", "D72d", "D72e", "D72f", "D72g", "D72h", "D72i")
def test_the_agenda_has_the_nine_points_of_the_policy() -> None:
    found = judged(GOING, sent=True)
    lines = next(write(found, one).paragraphs for one in offered(found, "partnership") if one.id == "D72")
    points = [line for line in lines if line[:1].isdigit()]
    words = ("teaching takes", "how long", "school adds", "needs", "coming back", "review", "lessons", "part-time")
    assert len(points) == 9
    assert all(word in point.casefold() for word, point in zip((*words, "attendance"), points, strict=True))


@policy("D75")
def test_others_are_invited_together_with_the_provider() -> None:
    found = judged(GOING, sent=True)
    text = next(write(found, one).text for one in offered(found, "partnership") if one.id == "D75")
    assert "Together with Reintegration Service West we invite you" in text


@policy("D109", "D113")
def test_funding_is_asked_about_in_words_and_never_in_sums() -> None:
    kinds = {question.widget.value for question in questions(PAGES["funding"])}
    assert kinds <= {"checkboxes", "radios", "text area"}
    told = [one.text for one in council("dorset").guidance if one.page == "funding"]
    assert not [text for text in told if "£" in text]


@policy("D32")
def test_without_a_school_no_school_is_asked_about_fewer_hours() -> None:
    assert finding(judged(FEWER_HOURS), "D32") is State.NOT_NEEDED
    assert finding(judged(FEWER_HOURS, {"route": {"on_roll": "yes"}}), "D32") is State.OPEN
