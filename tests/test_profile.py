"""The profile of risks and strengths: counted, balanced, pointed out, and never a score."""

from copy import deepcopy
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from forms.attendance_difficulties import AttendanceDifficulties
from forms.catalogue import PAGES
from forms.kit.page import Answers, Context
from forms.risk_profile import RiskProfile
from tests.forms.anxious_pupil import ANXIOUS, FACTOR
from tests.pages.screens import named, says, shown
from wizard.councils import council
from wizard.pages.profile_picture import ProfilePicture
from wizard.profile import Domain, Side, blocks, described, domains, from_register
from wizard.register_answers import register_sessions
from wizard.summary import summarise_page


def answers(**lists: Any) -> Answers:
    whole: dict[str, Any] = deepcopy(ANXIOUS)
    whole["risk_profile"] |= lists
    return Answers(whole, Context(council("essex"), date(2026, 11, 23)))


def said(made: Answers) -> dict[str, str]:
    return {row.label: row.text for row in summarise_page(RiskProfile, made).rows}


BULLIED = FACTOR | {"item": "bullying"}


@pytest.mark.policy("E18")
def test_each_domain_counts_what_is_strong_and_what_there_is_some_of() -> None:
    made = answers(
        school_risks=[BULLIED, FACTOR | {"item": "peers", "strength": "some"}, {"item": "day", "strength": "none"}],
        family_risks=[{"item": "loss", "strength": "not_known"}],
    )
    assert domains(made) == (
        Domain("At school", Side(1, 1), Side()),
        Domain("The pupil", Side(), Side(1)),
        Domain("The family", Side(), Side()),
    )
    assert "At school: weighs 1 strong, 1 some, helps none" in described(domains(made))
    assert domains(answers(school_risks=[], child_strengths=[])) == ()


@pytest.mark.policy("E18")
def test_strong_risks_without_a_step_and_what_a_safeguarding_lead_should_see_are_pointed_out() -> None:
    before = said(answers(school_risks=[BULLIED]))
    assert before["Strong, and nothing done yet"] == "Bullying"
    assert before["For the designated safeguarding lead to look at"] == "Bullying"
    assert before["Strengths to build on"] == "Draws every day"
    after = said(answers(school_risks=[BULLIED | {"action": "Two meetings with both families."}]))
    assert "Strong, and nothing done yet" not in after
    gone = said(answers(school_risks=[FACTOR | {"item": "day"}, {"item": "bullying", "strength": "none"}]))
    assert "For the designated safeguarding lead to look at" not in gone


@pytest.mark.policy("E18")
def test_what_is_not_there_needs_no_evidence_and_what_is_does() -> None:
    absent = answers(school_risks=[BULLIED, {"item": "day", "strength": "none"}])
    assert absent.reading(RiskProfile).problems == ()
    bare = answers(school_risks=[{"item": "day", "strength": "some"}]).reading(RiskProfile).problems
    assert {problem.path for problem in bare} == {("school_risks", 0, "evidence"), ("school_risks", 0, "who_says")}


SIDES = st.builds(Side, st.integers(0, 12), st.integers(0, 12))


@given(st.lists(st.builds(Domain, st.just("At school"), SIDES, SIDES), min_size=1, max_size=3))
def test_every_factor_has_its_block_inside_the_picture_and_none_overlap(found: list[Domain]) -> None:
    made = blocks(found, 500, 90, 40, 4)
    assert len(made) == sum(side.strong + side.some for one in found for side in (one.weighs, one.helps))
    assert all(one.x >= -0.01 and one.x + one.width <= 500.01 and one.width > 0 for one in made)
    assert all(one.x >= 295 - 0.01 if one.helps else one.x + one.width <= 205.01 for one in made)
    for row in range(len(found)):
        spans = sorted((one.x, one.x + one.width) for one in made if one.row == row)
        assert all(before[1] <= after[0] + 0.01 for before, after in pairwise(spans))


MARKS = [("2026-11-09", "II"), ("2026-11-10", "/\\"), ("2026-11-11", "/I"), ("2026-11-13", "YY"), ("2026-11-16", "I\\")]


@pytest.mark.policy("E19")
def test_the_register_stands_beside_both_papers() -> None:
    sessions = [
        {"date": day, "session": half, "code": code}
        for day, marks in MARKS
        for half, code in zip(("AM", "PM"), marks, strict=True)
    ]
    raw = {**ANXIOUS, "attendance": {"register": {"file": "r.csv", "sessions": sessions}}}
    made = Answers(raw, Context(council("essex"), date(2026, 11, 23)))
    assert len(register_sessions(raw)) == 10
    profile, assessment = (from_register(page, made) for page in (RiskProfile, AttendanceDifficulties))
    assert profile["Attendance by the register"].startswith("50.0 % (tier 4 of 4")
    assert assessment["Sessions missed by day of the week"] == "Monday 3 of 4; Tuesday 0 of 2; Wednesday 1 of 2"
    assert from_register(PAGES["request"], made) == {}
    assert from_register(RiskProfile, answers()) == {}


@pytest.mark.policy("E18")
def test_the_page_draws_the_profile_and_says_what_it_comes_to(qtbot: QtBot) -> None:
    raw = {**ANXIOUS, "risk_profile": ANXIOUS["risk_profile"] | {"school_risks": [BULLIED]}}
    screen = shown(qtbot, "risk_profile", raw)
    picture = named(screen, "What weighs and what helps, in balance", ProfilePicture)
    assert "At school: weighs 1 strong" in picture.accessibleDescription()
    assert says(screen, "For the designated safeguarding lead to look at: Bullying")
    named(screen, "Remove: 1. Bullying", QAbstractButton).click()
    assert "At school: weighs none" in picture.accessibleDescription()
    picture.resize(240, picture.sizeHint().height())
    assert not picture.grab().isNull()


def test_a_page_without_a_profile_draws_none(qtbot: QtBot) -> None:
    screen = shown(qtbot, "risk_profile", {})
    assert not [one for one in screen.findChildren(ProfilePicture) if one.isVisible()]
    assert not says(shown(qtbot, "attendance_difficulties", ANXIOUS), "in balance")
