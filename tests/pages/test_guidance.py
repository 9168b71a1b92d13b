"""What is worth knowing stands at its page, under its conditions, and can be read in the window's panel."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from forms.catalogue import PAGES
from tests.forms.anxious_pupil import ANXIOUS
from tests.pages.referrals import case
from tests.validation.test_after_sending import DECIDED, SENT
from wizard.councils import council
from wizard.pages.guidance import GuidanceGroup, GuidancePanel
from wizard.pages.screen import View
from wizard.validation.facts import Facts
from wizard.validation.requirements import guidance, judge

policy = pytest.mark.policy
TODAY = date(2026, 12, 9)


def facts(born: str = "2013-03-27", home: str = "no", **route: str) -> Facts:
    """The anxious pupil's referral, accepted by the council, with other answers."""
    answers: dict[str, Any] = {**ANXIOUS, **DECIDED, "route": ANXIOUS["route"] | route}
    answers |= {"pupil": ANXIOUS["pupil"] | {"born": born}, "request": ANXIOUS["request"] | {"home_wanted": home}}
    return Facts.of(case(answers, diary=(SENT,)), council("essex"), TODAY)


VARIANTS = (
    facts(),
    facts(sen="ehcp", anxiety="yes"),
    facts(sen="none"),
    facts(born="2009-03-27"),
    facts(home="yes"),
    facts(pregnant="yes"),
    facts(on_roll="no", home_educated="yes"),
    facts(hospital="planned"),
    facts(unit_discharge="yes", referrer="unit"),
)
"""Referrals under which between them every condition of a text holds."""

TOLD = [
    pytest.param("E1a", "school", "duty to plan support", marks=policy("E1a")),
    pytest.param("E1", "school", "Both are worth having", marks=policy("E1")),
    pytest.param("E2", "school", "statutory guidance of December 2023", marks=policy("E2")),
    pytest.param("E3", "route", "age, aptitude, ability", marks=policy("E3")),
    pytest.param("E4", "route", "Physical and mental health count equally", marks=policy("E4")),
    pytest.param("E6", "school", "Guidance of February 2023", marks=policy("E6")),
    pytest.param("E7", "one_plan", "SEND Code of Practice", marks=policy("E7")),
    pytest.param("E9", "adjustments", "Reasonable adjustments", marks=policy("E9")),
    pytest.param("E10", "route", "mainstream school is impossible", marks=policy("E10")),
    pytest.param("E11", "route", "Pupils of every kind of school", marks=policy("E11")),
    pytest.param("E13", "request", "short time in alternative provision", marks=policy("E13")),
    pytest.param("E14", "tpp", "It is a hope, not a condition", marks=policy("E14")),
    pytest.param("E15", "tpp", "social, emotional and mental health portal", marks=policy("E15")),
    pytest.param("E16", "lets_talk", "above all for EBSA", marks=policy("E16")),
    pytest.param("E17", "lets_talk", "purely physical need", marks=policy("E17")),
    pytest.param("E22", "adjustments", "Provision Guidance Toolkit", marks=policy("E22")),
    pytest.param("E26", "health_plan", "Share it with parents", marks=policy("E26")),
    pytest.param("E30", "provision", "a measure, not a bar", marks=policy("E30")),
    pytest.param("E34", "medical_evidence", "not held up", marks=policy("E34")),
    pytest.param("E44", "route", "Guidance for pregnancy", marks=policy("E44")),
    pytest.param("E61", "attendance", "Fewer days do not bar one", marks=policy("E61")),
    pytest.param("E62", "evidence", "What you cannot attach, explain", marks=policy("E62")),
    pytest.param("E63", "send", "by e-mail", marks=policy("E63")),
    pytest.param("E64", "medical_evidence", "a letter that you do not have yet never does", marks=policy("E64")),
    pytest.param("E65", "medical_evidence", "to avoid delay", marks=policy("E65")),
    pytest.param("E66", "receipt", "The school makes sure", marks=policy("E66")),
    pytest.param("E68", "decision", "weekly meeting", marks=policy("E68")),
    pytest.param("E69", "decision", "approved providers", marks=policy("E69")),
    pytest.param("E70", "decision", "why a referral was not accepted", marks=policy("E70")),
    pytest.param("E71", "decision", "settle together", marks=policy("E71")),
    pytest.param("E72", "decision", "as soon as the pupil is well enough", marks=policy("E72")),
    pytest.param("E73", "partnership", "before the partnership meeting", marks=policy("E73")),
    pytest.param("E74", "partnership", "calls the partnership meeting", marks=policy("E74")),
    pytest.param("E75", "partnership", "does not begin before that", marks=policy("E75")),
    pytest.param("E76", "partnership", "stays on your roll", marks=policy("E76")),
    pytest.param("E77", "partnership", "does not say from when to count", marks=policy("E77")),
    pytest.param("E78", "partnership", "beyond week 12", marks=policy("E78")),
    pytest.param("E79", "decision", "part of the school’s money", marks=policy("E79")),
    pytest.param("E80", "decision", "leaves the roll", marks=policy("E80")),
    pytest.param("E81", "decision", "claims back key-stage money", marks=policy("E81")),
    pytest.param("E82", "partnership", "Reintegration Services South and West", marks=policy("E82")),
    pytest.param("E83", "partnership", "a robot", marks=policy("E83")),
    pytest.param("E84", "decision", "framework for alternative education", marks=policy("E84")),
    pytest.param("E85", "decision", "education directorate alone", marks=policy("E85")),
    pytest.param("E86", "declarations", "do not refer to a provider themselves", marks=policy("E86")),
    pytest.param("E87", "decision", "no need for the school to ask around", marks=policy("E87")),
    pytest.param("E88", "partnership", "home is an exception", marks=policy("E88")),
    pytest.param("E89", "partnership", "risk assessment of the home", marks=policy("E89")),
    pytest.param("E90", "partnership", "responsible adult", marks=policy("E90")),
    pytest.param("E91", "partnership", "family and pupil to work together", marks=policy("E91")),
    pytest.param("E92", "partnership", "Look at both at every review", marks=policy("E92")),
    pytest.param("E93", "partnership", "does not lose ground", marks=policy("E93")),
    pytest.param("E94", "partnership", "Help the provider with the way back", marks=policy("E94")),
    pytest.param("E95", "partnership", "hosts and chairs the reviews", marks=policy("E95")),
    pytest.param("E96", "partnership", "who does what, and by when", marks=policy("E96")),
    pytest.param("E97", "partnership", "within five school days", marks=policy("E97")),
    pytest.param("E98", "partnership", "One named teacher", marks=policy("E98")),
    pytest.param("E99", "partnership", "heads of department", marks=policy("E99")),
    pytest.param("E100", "partnership", "Tutor and tutor group", marks=policy("E100")),
    pytest.param("E101", "partnership", "beyond the core ones", marks=policy("E101")),
    pytest.param("E102", "partnership", "still feels part of the school", marks=policy("E102")),
    pytest.param("E103", "partnership", "suitable room", marks=policy("E103")),
    pytest.param("E104", "partnership", "Plan the return early", marks=policy("E104")),
    pytest.param("E105", "partnership", "in place before the pupil comes back", marks=policy("E105")),
    pytest.param("E106", "partnership", "contact with friends", marks=policy("E106")),
    pytest.param("E107", "partnership", "medical advice up to date", marks=policy("E107")),
    pytest.param("E108", "partnership", "an invigilator and a safe place", marks=policy("E108")),
    pytest.param("E109", "decision", "looks at every referral", marks=policy("E109")),
    pytest.param("E110", "partnership", "curriculum suits the pupil", marks=policy("E110")),
    pytest.param("E111", "partnership", "goes on meeting the pupil’s needs", marks=policy("E111")),
    pytest.param("E112", "partnership", "go by the newest", marks=policy("E112")),
    pytest.param("E113", "partnership", "in touch with the school’s named teacher", marks=policy("E113")),
    pytest.param("E114", "partnership", "works with other services", marks=policy("E114")),
    pytest.param("E115", "partnership", "flexible", marks=policy("E115")),
    pytest.param("E116", "partnership", "reports regularly", marks=policy("E116")),
    pytest.param("E117", "partnership", "may comment on each report", marks=policy("E117")),
    pytest.param("E118", "partnership", "comes to the reviews", marks=policy("E118")),
    pytest.param("E119", "partnership", "keeps the pupil linked with school", marks=policy("E119")),
    pytest.param("E120", "partnership", "They treat, advise and support", marks=policy("E120")),
    pytest.param("E121", "partnership", "healthcare plan", marks=policy("E121")),
    pytest.param("E122", "partnership", "may train staff", marks=policy("E122")),
    pytest.param("E123", "partnership", "or send their advice", marks=policy("E123")),
    pytest.param("E124", "partnership", "report in writing", marks=policy("E124")),
    pytest.param("E125", "partnership", "up-to-date medical advice", marks=policy("E125")),
    pytest.param("E126", "partnership", "say early when something goes wrong", marks=policy("E126")),
    pytest.param("E127", "partnership", "come to the meetings", marks=policy("E127")),
    pytest.param("E128", "partnership", "a return to school is worth it", marks=policy("E128")),
    pytest.param("E129", "partnership", "ready for everything on offer", marks=policy("E129")),
    pytest.param("E130", "partnership", "answer for their child’s safety", marks=policy("E130")),
    pytest.param("E131", "partnership", "encourage their child", marks=policy("E131")),
    pytest.param("E132", "partnership", "ready to work with the provider", marks=policy("E132")),
    pytest.param("E133", "partnership", "what helps, what does not", marks=policy("E133")),
    pytest.param("E134", "partnership", "stays in contact with school", marks=policy("E134")),
    pytest.param("E135", "partnership", "step by step", marks=policy("E135")),
    pytest.param("E136", "partnership", "whenever health allows", marks=policy("E136")),
    pytest.param("E137", "partnership", "every session has the right code", marks=policy("E137")),
    pytest.param("E138", "partnership", "another registered school or unit", marks=policy("E138")),
    pytest.param("E139", "partnership", "code K for what a council arranges", marks=policy("E139")),
    pytest.param("E140", "partnership", "Codes change on that day", marks=policy("E140")),
    pytest.param("E141", "partnership", "duty to watch over attendance", marks=policy("E141")),
    pytest.param("E142", "partnership", "as S, subsidiary", marks=policy("E142")),
    pytest.param("E143", "partnership", "not possible attendances", marks=policy("E143")),
    pytest.param("E144", "partnership", "absent without word", marks=policy("E144")),
    pytest.param("E145", "partnership", "follows its own attendance policy", marks=policy("E145")),
    pytest.param("E146", "partnership", "tell you every day", marks=policy("E146")),
    pytest.param("E147", "partnership", "lets you go on with D", marks=policy("E147")),
    pytest.param("E147a", "partnership", "show as absence in its own register", marks=policy("E147a")),
    pytest.param("E148", "partnership", "timetable split between two schools", marks=policy("E148")),
    pytest.param("E149", "partnership", "The other school uses D", marks=policy("E149")),
    pytest.param("E150", "partnership", "One-to-one tuition", marks=policy("E150")),
    pytest.param("E151", "partnership", "only where the pupil was really there", marks=policy("E151")),
    pytest.param("E152", "partnership", "Where nothing is planned", marks=policy("E152")),
    pytest.param("E153", "partnership", "from the confirmed start", marks=policy("E153")),
    pytest.param("E154", "partnership", "planned session that the pupil missed", marks=policy("E154")),
    pytest.param("E155", "partnership", "welfare checks", marks=policy("E155")),
    pytest.param("E156", "partnership", "guide to safeguarding", marks=policy("E156")),
    pytest.param("E157", "partnership", "concerns from the outset", marks=policy("E157")),
    pytest.param("E158", "partnership", "anything new", marks=policy("E158")),
    pytest.param("E159", "partnership", "timetable with the provider", marks=policy("E159")),
    pytest.param("E160", "partnership", "puts the pupil at more risk", marks=policy("E160")),
    pytest.param("E161", "partnership", "Have the provider’s safeguarding policy", marks=policy("E161")),
    pytest.param("E162", "partnership", "ask to see what it did", marks=policy("E162")),
    pytest.param("E163", "partnership", "Settle it before the start", marks=policy("E163")),
    pytest.param("E164", "partnership", "under its own policy", marks=policy("E164")),
    pytest.param("E165", "partnership", "how each tells the other", marks=policy("E165")),
    pytest.param("E166", "partnership", "answers for every pupil on its roll", marks=policy("E166")),
    pytest.param("E167", "partnership", "agree without delay", marks=policy("E167")),
    pytest.param("E168", "partnership", "Alternative Provision Directory", marks=policy("E168")),
    pytest.param("E169", "partnership", "0345 603 7627", marks=policy("E169")),
    pytest.param("E170", "partnership", "own safeguarding policy calls for", marks=policy("E170")),
    pytest.param("E171", "partnership", "arrangements that hold up", marks=policy("E171")),
    pytest.param("E172", "partnership", "letters and messages", marks=policy("E172")),
    pytest.param("E173", "partnership", "you have not forgotten", marks=policy("E173")),
    pytest.param("E174", "partnership", "visits the pupil regularly", marks=policy("E174")),
    pytest.param("E175", "partnership", "tutor time", marks=policy("E175")),
    pytest.param("E176", "partnership", "praise and rewards", marks=policy("E176")),
    pytest.param("E177", "partnership", "awards events", marks=policy("E177")),
    pytest.param("E178", "partnership", "before or after school", marks=policy("E178")),
    pytest.param("E179", "partnership", "friends to stay in touch", marks=policy("E179")),
    pytest.param("E180", "partnership", "change the timetable", marks=policy("E180")),
    pytest.param("E181", "partnership", "decides when the support ends", marks=policy("E181")),
    pytest.param("E182", "partnership", "plans the end with", marks=policy("E182")),
    pytest.param("E43", "ehcp", "SEND IASS", marks=policy("E43")),
    pytest.param("E46", "no_school", "go on looking for a school place", marks=policy("E46")),
    pytest.param("E48", "no_school", "Essex Fair Access protocol", marks=policy("E48")),
    pytest.param("E60", "unit", "units outside Essex", marks=policy("E60")),
    pytest.param("E49", "pupil", "compulsory school age", marks=policy("E49")),
    pytest.param("E50", "pupil", "repeats a statutory school year", marks=policy("E50")),
    pytest.param("E21", "pupil", "paragraph 6.44", marks=policy("E21")),
    pytest.param("E38", "ehcp", "every pupil with SEND", marks=policy("E38")),
    pytest.param("E39", "ehcp", "through the annual review is required", marks=policy("E39")),
    pytest.param("E41", "ehcp", "two to three weeks’ notice", marks=policy("E41")),
    pytest.param("E47", "no_school", "educated at home", marks=policy("E47")),
    pytest.param("E45", "referrer", "if medical advice speaks for it", marks=policy("E45")),
    pytest.param("E59", "referrer", "its teacher in charge signs", marks=policy("E59")),
    pytest.param("E55", "hospital", "section 9 calls it paragraph 11", marks=policy("E55")),
    pytest.param("E57", "hospital", "local mainstream school", marks=policy("E57")),
    pytest.param("E58", "hospital", "holds for them as well", marks=policy("E58")),
    pytest.param("E37", "care", "have to work together", marks=policy("E37")),
    pytest.param("E127", "family", "come to meetings", marks=policy("E127")),
    pytest.param("E97", "calendar", "within five school days", marks=policy("E97")),
    pytest.param("E54", "hospital", "count the days to come", marks=policy("E54")),
    pytest.param("E140", "attendance", "until the start with a provider is confirmed", marks=policy("E140")),
    pytest.param("E142", "attendance", "the other as subsidiary", marks=policy("E142")),
    pytest.param("E143", "attendance", "not possible sessions", marks=policy("E143")),
    pytest.param("E35", "health_needs", "weighs all advice", marks=policy("E35")),
    pytest.param("E36", "health_needs", "do no harm", marks=policy("E36")),
    pytest.param("E32", "health_needs", "adjustments and strategies", marks=policy("E32")),
    pytest.param("E37", "professionals", "speak with everybody", marks=policy("E37")),
    pytest.param("E8", "consultation", "Governing bodies", marks=policy("E8")),
    pytest.param("E20", "advice", "followed it", marks=policy("E20")),
    pytest.param("E24", "one_plan", "through One Planning", marks=policy("E24")),
    pytest.param("E24", "one_page", "opens a One Plan", marks=policy("E24")),
    pytest.param("E26", "health_plan_needs", "It is not compulsory", marks=policy("E26")),
    pytest.param("E26", "health_plan_people", "Share the plan with the parents", marks=policy("E26")),
    pytest.param("E18", "risk_profile", "Risk and Resilience Profile", marks=policy("E18")),
    pytest.param(
        "E19", "attendance_difficulties", "School Attendance Difficulties Assessment Form", marks=policy("E19")
    ),
    pytest.param("E133", "pupil_views", "a few words are enough", marks=policy("E133")),
    pytest.param("E67", "parents_views", "before it decides", marks=policy("E67")),
    pytest.param("E82", "request", "medical support services", marks=policy("E82")),
    pytest.param("E88", "request", "at home only as an exception", marks=policy("E88")),
    pytest.param("E92", "request", "Hours follow health", marks=policy("E92")),
    pytest.param("E108", "exams", "an invigilator", marks=policy("E108")),
    pytest.param("E110", "curriculum", "curriculum that suits the pupil", marks=policy("E110")),
    pytest.param("E101", "curriculum", "beyond the core", marks=policy("E101")),
    pytest.param("E99", "primary_tests", "national tests included", marks=policy("E99")),
    pytest.param("E122", "consultation", "outreach, training and advice", marks=policy("E122")),
    pytest.param("E120", "medical_evidence", "reports in writing", marks=policy("E120")),
    pytest.param("E56", "hospital", "brothers and sisters", marks=policy("E56")),
    pytest.param("E125", "consent", "current medical advice", marks=policy("E125")),
    pytest.param("E138", "declarations", "code K for what a council arranges", marks=policy("E138")),
    pytest.param("E85", "declarations", "education directorate alone", marks=policy("E85")),
    pytest.param("E158", "chronology", "chronology of all child protection concerns", marks=policy("E158")),
    pytest.param("E157", "risks", "from the outset", marks=policy("E157")),
    pytest.param("E89", "risks", "the provider assesses the risks", marks=policy("E89")),
    pytest.param("E156", "chronology", "who does what", marks=policy("E156")),
    pytest.param("E40", "ehcp", "SEND Operations Partner", marks=policy("E40")),
    pytest.param("E42", "ehcp", "education in the meantime", marks=policy("E42")),
    pytest.param("E64", "check", "is an answer", marks=policy("E64")),
    pytest.param("E51", "send", "the same medical evidence", marks=policy("E51")),
]


@pytest.mark.parametrize(("row", "page", "words"), TOLD)
def test_a_row_is_told_at_its_page(row: str, page: str, words: str) -> None:
    texts = [text for variant in VARIANTS for text in guidance(variant, page) if text.id == row]
    assert [text for text in texts if words in text.text], f"{words!r} is not told at {page}"


CONDITIONS = [
    pytest.param("E44", "route", {"pregnant": "yes"}, {"pregnant": "no"}, marks=policy("E44")),
    pytest.param("E25", "sign", {"need": "mental"}, {"need": "physical"}, marks=policy("E25")),
]


@pytest.mark.parametrize(("row", "page", "yes", "no"), CONDITIONS)
def test_a_text_that_concerns_some_is_told_to_them_alone(
    row: str, page: str, yes: dict[str, str], no: dict[str, str]
) -> None:
    assert row in {text.id for text in guidance(facts(**yes), page)}
    assert row not in {text.id for text in guidance(facts(**no), page)}


def panel(qtbot: QtBot, page: str) -> GuidancePanel:
    made = GuidancePanel(View(judge(facts()), PAGES[page], None))
    qtbot.addWidget(made)
    made.resize(340, 900)
    made.show()
    return made


def read(shown: GuidancePanel) -> str:
    return "\n".join(label.text() for label in shown.findChildren(QLabel) if label.isVisibleTo(shown))


@pytest.mark.parametrize("page", sorted(PAGES))
def test_everything_worth_knowing_can_be_read_in_the_panel(qtbot: QtBot, page: str) -> None:
    shown = panel(qtbot, page)
    for group in shown.findChildren(GuidanceGroup):
        if group.link is not None:
            group.link.click()
    words = read(shown)
    rows = guidance(facts(), page)
    assert [row.text for row in rows if row.text not in words] == []
    assert [row.link for row in rows if row.link not in words] == []


def test_a_page_with_much_to_say_opens_one_heading_at_a_time(qtbot: QtBot) -> None:
    shown = panel(qtbot, "partnership")
    groups = shown.findChildren(GuidanceGroup)
    assert len(groups) > 5
    parents = next(group.link for group in groups if group.link is not None and "Parents" in group.link.words())
    assert "worth it" not in read(shown)
    assert parents.accessibleName() == "Parents, 7 texts, closed"
    parents.click()
    assert "worth it" in read(shown)
    assert parents.accessibleName() == "Parents, 7 texts, open"
    assert "0345 603 7627" not in read(shown)
    parents.click()
    assert "worth it" not in read(shown)


def test_where_several_have_a_part_each_text_says_whose_it_is(qtbot: QtBot) -> None:
    shown = panel(qtbot, "partnership")
    labels = [label.text() for label in shown.findChildren(QLabel)]
    assert any(text.startswith("<b>Provider:</b>") and "risk assessment of the home" in text for text in labels)
    assert any(text.startswith("One named teacher") for text in labels), "only the school has a part in lessons"


@policy("E63", "E82", "E83", "E169")
@pytest.mark.parametrize(
    ("page", "name", "words"),
    [
        ("send", "Education Access", "medical@essex.gov.uk"),
        ("request", "Medical support services", "Reintegration Service South"),
        ("partnership", "Children and Families Hub", "0345 603 7627"),
        ("tpp", "Trauma Perceptive Practice", "https://schools.essex.gov.uk/pupils/social_emotional"),
    ],
)
def test_contacts_stand_at_their_pages_with_the_day_they_were_looked_at(
    qtbot: QtBot, page: str, name: str, words: str
) -> None:
    panel = GuidancePanel(View(judge(facts()), PAGES[page]))
    qtbot.addWidget(panel)
    said = "\n".join(label.text() for label in panel.findChildren(QLabel))
    assert name in said
    assert words in said
    assert "Last looked at on 21 November 2026." in said
    assert "more than a year ago" not in said


@policy("E12")
@pytest.mark.parametrize(
    ("today", "words"), [(date(2027, 11, 22), "more than a year ago"), (date(2026, 11, 20), "still to come")]
)
def test_a_contact_that_nobody_has_looked_at_for_a_year_says_so(qtbot: QtBot, today: date, words: str) -> None:
    later = Facts.of(facts().case, council("essex"), today)
    panel = GuidancePanel(View(judge(later), PAGES["send"]))
    qtbot.addWidget(panel)
    assert any(words in label.text() for label in panel.findChildren(QLabel))


def test_every_contact_has_its_page_and_leads_nowhere_by_itself() -> None:
    contacts = council("essex").contacts
    assert len(contacts) > 20
    for one in contacts:
        assert one.pages, one.id
        assert one.details.endswith((".", "?")), one.id
        assert not one.link or one.link.startswith("http"), one.id


@pytest.mark.policy("E23")
def test_a_question_says_for_which_paragraph_it_is_asked(qtbot: QtBot) -> None:
    shown = panel(qtbot, "advice")
    labels = [one.text() for one in shown.findChildren(QLabel)]
    place = labels.index("What did the SENCO advise?")
    assert "Essex policy, section 2" in labels[place + 1 : place + 3]
