"""Dorset, before a request goes: the routes, what is named, what is told where, the panel, and the way of sending."""

from datetime import UTC, date, datetime
from email import message_from_bytes
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from forms.catalogue import PAGES
from forms.kit.authority import Recipient
from tests.validation.dorset_placements import judged
from tests.validation.dorset_requests import PAPERS, REQUEST
from tests.validation.essex_referrals import Pages, finding
from wizard import letters
from wizard.councils import council
from wizard.export import Pack, mail_draft
from wizard.journey import task_list
from wizard.pack.compose import compose
from wizard.pages.guidance import GuidancePanel
from wizard.pages.screen import PackMade, View
from wizard.pages.send import SendScreen
from wizard.schedule import on_page
from wizard.summary import summarise
from wizard.validation.requirements import State, pages_asked

policy = pytest.mark.policy
NOW = datetime(2026, 12, 9, 9, tzinfo=UTC)

ROUTES = [
    pytest.param({}, "go_on", marks=policy("D3")),
    pytest.param({"clinical_advice": {"advice": "none"}}, "D39", marks=policy("D39", "D40")),
    pytest.param({"clinical_advice": {"advice": "none", "for_lead": "yes"}}, "D39h", marks=policy("D39")),
    pytest.param({"notification": {"triggers": ["short"]}}, "D17", marks=policy("D17")),
    pytest.param({"route": {"basis": "exclusion"}}, "exclusion", marks=policy("D2", "D3")),
    pytest.param({"route": {"basis": "otherwise"}}, "otherwise", marks=policy("D2", "D3")),
    pytest.param({"route": {"hospital": "planned"}}, "D27", marks=policy("D27")),
    pytest.param({"route": {"sen": "ehcp"}}, "ehcp", marks=policy("D3")),
    pytest.param({"route": {"on_roll": "no"}}, "no_school", marks=policy("D3")),
    pytest.param({"route": {"pregnant": "yes"}}, "pregnant", marks=policy("D3")),
    pytest.param({"route": {"unit_discharge": "yes"}}, "unit", marks=policy("D3")),
    pytest.param({"pupil": {"born": "2024-03-27"}}, "under_age", marks=policy("D8")),
    pytest.param({"pupil": {"born": "2008-03-27"}}, "over_age", marks=policy("D8")),
    pytest.param({"pupil": {"born": "2010-09-02"}}, "age_in_doubt", marks=policy("D8")),
]


@pytest.mark.parametrize(("answers", "route"), ROUTES)
def test_the_answers_lead_to_their_route(answers: Pages, route: str) -> None:
    assert route in {one.id for one in judged(REQUEST, answers).routes}
    others = {one.id for one in judged(REQUEST).routes}
    assert (route in others) is (route == "go_on")


HOSPITAL: Pages = {"route": {"hospital": "planned"}, "hospital": {"admission": "2026-12-14"}}
NAMED = [
    pytest.param("D9", {"graduated_approach": {"provided": "none", "cycles": None}}, {}, marks=policy("D9")),
    pytest.param("D13", {"named_person": {"accessibility_plan": None}}, {}, marks=policy("D13")),
    pytest.param("D14", {"named_person": {"named_person": None}}, {}, marks=policy("D14")),
    pytest.param("D14p", {}, {"school": {"policy_link": "On our site."}}, marks=policy("D14")),
    pytest.param("D19", {}, {"health_plan": {"provided": "here"}}, marks=policy("D19")),
    pytest.param(
        "D23",
        {"health_plan": {"made": "2025-05-04"}, "health_plan_review": {"reviewed": "2025-05-04"}},
        {},
        marks=policy("D23"),
    ),
    pytest.param("D24", {"adjustments": {"adjustments": []}}, {}, marks=policy("D6", "D24")),
    pytest.param("D27", {**HOSPITAL, "hospital": {"admission": "2026-12-09"}}, HOSPITAL, marks=policy("D18", "D27")),
    pytest.param("D32", {"full_time": {"consulted": ["child", "parents", "school"]}}, {}, marks=policy("D32")),
    pytest.param("D33", {"planning": {"team": "no", "team_contact": None}}, {}, marks=policy("D33")),
    pytest.param("D34", {"planning": {"meetings": None}}, {}, marks=policy("D10", "D34")),
    pytest.param("D41", {"clinical_advice": {"advice": "silent"}}, {}, marks=policy("D41")),
    pytest.param("D46", {"panel": {"representative": None}}, {}, marks=policy("D46")),
    pytest.param(
        "D48n",
        {"route": {"ebsa": "no"}, "ebsa_guidance": {"used": "no", "done": None}},
        {"route": {"ebsa": "no"}, "ebsa_guidance": {"used": "not_applicable", "done": None}},
        marks=policy("D48"),
    ),
]


@pytest.mark.parametrize(("row", "opened", "met"), NAMED)
def test_what_is_missing_is_named_and_not_held_back(row: str, opened: Pages, met: Pages) -> None:
    found = judged(REQUEST, opened, papers=PAPERS)
    assert finding(found, row) is State.OPEN
    assert [point.level for point in found.points if point.id == row] == ["should"]
    assert finding(judged(REQUEST, met, papers=PAPERS), row) is State.MET
    assert finding(judged(REQUEST, opened, papers=PAPERS, reasons={row: "It is on its way."}), row) is State.REASON


@policy("D8")
@pytest.mark.parametrize(("born", "state"), [("2013-03-27", State.MET), ("2024-03-27", State.OPEN)])
def test_compulsory_school_age_is_worked_out(born: str, state: State) -> None:
    assert finding(judged(REQUEST, {"pupil": {"born": born}}), "D8") is state


TOLD = [
    pytest.param("D1", "route", "to belong", marks=policy("D1")),
    pytest.param("DX1", "route", "Suitable means", marks=policy("DX1")),
    pytest.param("D5", "route", "current editions", marks=policy("D5")),
    pytest.param("DX2", "medical_papers", "NHS App", marks=policy("DX2")),
    pytest.param("DX3", "planning", "inclusion officers", marks=policy("DX3")),
    pytest.param("D7", "school", "Read both", marks=policy("D7")),
    pytest.param("D11", "named_person", "whole-school approach", marks=policy("D11")),
    pytest.param("D12", "adjustments", "physical and mental health", marks=policy("D12")),
    pytest.param("D15", "planning", "PMNAS", marks=policy("D4", "D15")),
    pytest.param("D16", "planning", "Education Challenge Leads", marks=policy("D16")),
    pytest.param("D18", "wishes", "Dorset County Hospital", marks=policy("D18")),
    pytest.param("D20", "family", "children to thrive", marks=policy("D20")),
    pytest.param("D21", "planning", "NHS Dorset supports", marks=policy("D21")),
    pytest.param("D22", "planning", "Designated Clinical Officer", marks=policy("D22")),
    pytest.param("D25", "wishes", "TADSS", marks=policy("D25")),
    pytest.param("D28", "full_time", "typically 25 hours", marks=policy("D28")),
    pytest.param("D29", "school", "refused or kept waiting", marks=policy("D29")),
    pytest.param("D30", "full_time", "harm the child or others", marks=policy("D30")),
    pytest.param("D31", "full_time", "not defined in law", marks=policy("D31")),
    pytest.param("D35", "professionals", "health and education professionals", marks=policy("D35")),
    pytest.param("D38", "notification", "All Children in Education", marks=policy("D38")),
    pytest.param("D40", "clinical_advice", "attendance procedures", marks=policy("D40")),
    pytest.param("D45", "panel", "every Monday at 13:00", marks=policy("D45")),
    pytest.param("D49", "wishes", "Learning Centre is the usual place", marks=policy("D49", "D50")),
    pytest.param("D51", "request", "twelve weeks, with a review at six", marks=policy("D51")),
    pytest.param("D41", "clinical_advice", "as soon as medical advice speaks", marks=policy("D41")),
    pytest.param("DX2", "medical_evidence", "after it has heard medical advice", marks=policy("DX2")),
    pytest.param("D8", "pupil", "as much as health allows", marks=policy("D8")),
    pytest.param("D43", "care", "take part in every decision", marks=policy("D43")),
    pytest.param("D15", "named_person", "accessibility strategy", marks=policy("D15")),
    pytest.param("D16", "named_person", "advise schools on these duties", marks=policy("D16")),
    pytest.param("D27", "calendar", "arranged for beforehand", marks=policy("D27")),
    pytest.param("D38", "attendance", "none is asked for here", marks=policy("D38")),
    pytest.param("D6", "health_needs", "where they can without the council", marks=policy("D6")),
    pytest.param("D32", "consultation", "settled with pupil, parents, school", marks=policy("D32")),
    pytest.param("D38", "notification", "has to notify the council", marks=policy("D38")),
    pytest.param("D17", "notification", "best met there", marks=policy("D17")),
    pytest.param("D33", "planning", "team of their locality", marks=policy("D33")),
    pytest.param("D22", "planning", "Officer is the contact for health", marks=policy("D22")),
    pytest.param("D15", "planning", "may be asked for advice", marks=policy("D15")),
    pytest.param("D24", "advice", "worked out with the Learning", marks=policy("D24")),
    pytest.param("D47", "graduated_approach", "expected to show how", marks=policy("D47")),
    pytest.param("D48", "ebsa_guidance", "used in every health case", marks=policy("D48")),
    pytest.param("D9", "graduated_approach", "turns to an outside agency", marks=policy("D9")),
    pytest.param("D19", "health_plan", "with the least disruption", marks=policy("D19")),
    pytest.param("D23", "health_plan", "One sentence of the policy gives that", marks=policy("D23")),
    pytest.param("D64", "health_plan", "or when the condition changes", marks=policy("D64")),
    pytest.param("D7", "health_plan", "made under section 100", marks=policy("D7")),
    pytest.param("D19", "health_plan_needs", "disrupts as little as possible", marks=policy("D19")),
    pytest.param("D19", "health_plan_people", "with those who help", marks=policy("D19")),
    pytest.param("D31", "curriculum", "not defined in law", marks=policy("D31")),
    pytest.param("D31", "exams", "Exams count among", marks=policy("D31")),
    pytest.param("D31", "primary_tests", "National tests count among", marks=policy("D31")),
    pytest.param("D42", "pupil_views", "no agreement yet", marks=policy("D42")),
    pytest.param("D42", "parents_views", "no agreement yet", marks=policy("D42")),
    pytest.param("D49", "request", "at one of the Learning Centres", marks=policy("D49")),
    pytest.param("D45", "panel", "talks over every request", marks=policy("D45")),
    pytest.param("D12", "chronology", "keeps children safe, and has to know", marks=policy("D12")),
    pytest.param("D19", "risks", "told to those who teach", marks=policy("D19")),
    pytest.param("D41", "evidence", "what the panel looks at", marks=policy("D41")),
    pytest.param("D41", "check", "when it is complete", marks=policy("D41")),
    pytest.param("D42", "sign", "may sign here as well", marks=policy("D42")),
    pytest.param("D52", "receipt", "plans with the home school", marks=policy("D52")),
    pytest.param("D51", "partnership", "twelve weeks, with a review at six", marks=policy("D51")),
    pytest.param("D33", "referrer", "helps whoever makes the request", marks=policy("D33")),
    pytest.param("D35", "no_school", "pupils without a school too", marks=policy("D35")),
    pytest.param("D35", "unit", "does not speak of mental health units", marks=policy("D35")),
    pytest.param("D3", "ehcp", "for pupils with an EHCP as well", marks=policy("D3")),
    pytest.param("item 4", "medical_papers", "taken from the parents", marks=policy("DX2")),
    pytest.param("item 6", "attendance", "names no number of days", marks=policy("D38")),
    pytest.param("item 7", "declarations", "replaced in 2024", marks=policy("D26")),
    pytest.param("item 8", "consent", "comes first", marks=policy("D42")),
    pytest.param("item 15", "route", "from section 2 to section 4", marks=policy("DX1")),
    pytest.param("item 16", "school", "made under section 100", marks=policy("D7")),
    pytest.param("item 17", "send", "three addressees", marks=policy("D38")),
    pytest.param("item 18", "pupil_consent", "does not say what holds", marks=policy("D42")),
    pytest.param("item 19", "ebsa_guidance", "purely physical need", marks=policy("D48")),
]


@pytest.mark.parametrize(("row", "page", "words"), TOLD)
def test_it_is_told_at_its_page(row: str, page: str, words: str, qtbot: QtBot) -> None:
    panel = GuidancePanel(View(judged(REQUEST), PAGES[page]))
    qtbot.addWidget(panel)
    assert words in " ".join(label.text() for label in panel.findChildren(QLabel)), row


@policy("D18")
@pytest.mark.parametrize(("answers", "told"), [(HOSPITAL, True), ({}, False)])
def test_of_the_provision_in_hospital_only_who_is_there_is_told(answers: Pages, told: bool, qtbot: QtBot) -> None:
    panel = GuidancePanel(View(judged(REQUEST, answers), PAGES["hospital"]))
    qtbot.addWidget(panel)
    said = " ".join(label.text() for label in panel.findChildren(QLabel))
    assert ("an advisory service, tuition, and provision" in said) is told


@policy("D52", "D53", "D54")
@pytest.mark.parametrize("words", ["answers the request", "induction visit", "refuse the place"])
def test_what_follows_an_offer_is_told_where_the_decision_is_entered(words: str) -> None:
    told = [row.text for row in council("dorset").guidance if row.page == "decision"]
    assert any(words in text for text in told)


def test_every_page_that_is_asked_has_something_worth_knowing() -> None:
    told = {row.page for row in council("dorset").guidance}
    kinds: list[Pages] = [{}, HOSPITAL, {"route": {"sen": "ehcp"}}, {"route": {"on_roll": "no"}}]
    asked = {page.id for answers in kinds for page in pages_asked(judged(REQUEST, answers).facts)}
    assert asked <= told
    assert not {"lets_talk", "tpp", "one_plan", "risk_profile"} & asked


@policy("D44")
def test_the_meeting_about_the_personal_education_plan_is_asked_for() -> None:
    assert ("D44", "care_decisions") in {(row.id, row.page) for row in council("dorset").asked}


@policy("D45")
@pytest.mark.parametrize(
    ("day", "panel", "holiday"),
    [
        (date(2026, 12, 9), date(2026, 12, 14), False),
        (date(2026, 12, 14), date(2026, 12, 21), False),
        (date(2026, 12, 22), date(2026, 12, 28), True),
        (date(2027, 4, 30), date(2027, 5, 3), True),
    ],
)
def test_the_next_panel_is_on_monday_and_a_bank_holiday_is_doubted(day: date, panel: date, holiday: bool) -> None:
    found = judged(REQUEST)
    facts = type(found.facts).of(found.facts.case, found.facts.profile, day)
    (due,) = on_page(type(found)(facts, found.findings, {}, (), ()), "panel")
    assert (due.on, due.earliest) == (panel, True)
    assert ("bank holiday" in due.todo) is holiday


@policy("D45")
def test_once_the_request_went_the_first_panel_after_it_stands_where_the_decision_is_entered() -> None:
    sent = judged(REQUEST, papers=PAPERS, sent=True)
    dates = [(one.title, one.on) for one in on_page(sent, "decision") if "Panel" in one.title]
    assert dates == [("Central Learning Centre Panel, at 13:00", date(2026, 11, 30))]
    assert not [one for one in on_page(judged(REQUEST, papers=PAPERS), "decision") if "Panel" in one.title]


@policy("D28")
@pytest.mark.parametrize(("hours", "good"), [("24.5", True), ("25", False), ("30", False)])
def test_fewer_hours_are_fewer_than_full_time(hours: str, good: bool) -> None:
    problems = judged(REQUEST, {"full_time": {"hours": hours}}).problems["full_time"]
    assert (not problems) is good
    assert not good or not any("25" in one.sentence for one in problems)


@policy("D39")
def test_the_letter_to_the_inclusion_lead_is_offered_without_evidence_only() -> None:
    found = judged(REQUEST, {"clinical_advice": {"advice": "none"}})
    (letter,) = letters.offered(found, "clinical_advice")
    text = str(letters.write(found, letter))
    assert "Inclusion Lead" in text
    assert "attendance procedures go on" in text
    assert letters.offered(judged(REQUEST), "clinical_advice") == ()


HELP: Pages = {"clinical_advice": {"advice": "none", "advice_from": None, "lead_name": "Ada Finch", "for_lead": "yes"}}


@policy("D39", "D40")
def test_a_request_for_help_is_no_medical_request_and_goes_to_the_inclusion_lead(qtbot: QtBot) -> None:
    found = judged(REQUEST, HELP)
    assert found.ready, "no evidence is waited for"
    assert {finding(found, row) for row in ("D40", "D102", "D46")} == {State.NOT_NEEDED}
    assert not {"panel", "wishes", "named_officer"} & {page.id for page in pages_asked(found.facts)}
    content = compose(found, lambda fact: b"", NOW, draft=False, sealed=False)
    assert (content.title, content.council) == (
        "Request for help from the Inclusion Lead",
        "Dorset Council, Learning & Belonging Inclusion Lead",
    )
    assert "Named officer" not in {fact.label for fact in content.cover if fact.text}
    (letter,) = letters.offered(found, "clinical_advice")
    assert letters.write(found, letter).to[:2] == ("Ada Finch", "Learning & Belonging Inclusion Lead")
    screen = SendScreen(
        View(found, PAGES["send"], last_pack=PackMade(Path("/p/a.pdf"), 1000, 3, "fk7m-2xrw", Path("/p/a.eml")))
    )
    qtbot.addWidget(screen)
    text = " ".join(label.text() for label in screen.findChildren(QLabel))
    assert "Inclusion Lead of your locality" in text
    assert "named officer for section 19" not in text


@policy("D40")
def test_when_the_inclusion_lead_agrees_it_is_a_medical_request_after_all() -> None:
    agreed: Pages = {"clinical_advice": {**HELP["clinical_advice"], "lead_agrees": "yes"}}
    found = judged(REQUEST, agreed)
    assert finding(found, "D40") is State.MET
    assert "panel" in {page.id for page in pages_asked(found.facts)}
    assert "D39h" not in {route.id for route in found.routes}


def test_fifteen_days_are_not_spoken_of() -> None:
    found = judged(REQUEST, {"attendance": {"health_sessions": "4", "expected_days": None}})
    assert not [one for one in found.findings if "threshold" in str(one.requirement.satisfied_by)]
    content = str(summarise(found.facts.answers))
    assert "Day 0" not in content
    assert not [route for route in found.routes if "15" in route.text]


@policy("D38", "D68")
def test_without_an_address_the_draft_has_none_and_the_page_says_what_to_do(qtbot: QtBot) -> None:
    found = judged(REQUEST, papers=PAPERS)
    _, draft = mail_draft(found, Pack(b"%PDF-", 1, sealed=True, encrypted=True), NOW)
    message = message_from_bytes(draft)
    assert message["To"] is None
    assert message["X-Unsent"] == "1"
    screen = SendScreen(
        View(found, PAGES["send"], last_pack=PackMade(Path("/p/a.pdf"), 1000, 3, "fk7m-2xrw", Path("/p/a.eml")))
    )
    qtbot.addWidget(screen)
    text = " ".join(label.text() for label in screen.findChildren(QLabel))
    assert "named officer" in text
    assert "put in the address that the council gave you" in text
    assert "it is addressed" not in text
    assert "How this council wants to have it is said here" in text, "of the next pack too"
    assert "An e-mail to the council" not in text


@policy("D68")
@pytest.mark.parametrize(("name", "told"), [("Ada Finch", "Ada Finch"), ({"because": "The council will say."}, None)])
def test_the_cover_names_the_officer_whom_the_school_found_out(name: object, told: str | None) -> None:
    found = judged(REQUEST, {"named_officer": {"name": name}}, papers=PAPERS)
    cover = compose(found, lambda fact: b"", NOW, draft=False, sealed=False).cover
    assert {fact.label: fact.text for fact in cover}.get("Named officer") == told


def test_a_recipient_has_an_address_or_says_what_to_do() -> None:
    with pytest.raises(ValueError, match="e-mail address, or steps"):
        Recipient(name="Somebody", checked=date(2026, 11, 22))


def test_the_task_list_has_no_section_and_no_page_of_another_council() -> None:
    sections = task_list(judged(REQUEST))
    assert [section.number for section in sections] == list(range(1, len(sections) + 1))
    listed = {task.page.id for section in sections for task in section.tasks}
    assert "lets_talk" not in {section.form.id for section in sections}
    assert not {"lets_talk", "risk_profile", "tpp", "one_plan", "one_page"} & listed
    assert {"notification", "graduated_approach", "pupil_consent"} <= listed
