"""Council and route: what an answer leads to is seen and heard as soon as it is chosen."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QFrame
from pytestqt.qtbot import QtBot

from forms.kit.policy import Outcome
from tests.forms.anxious_pupil import ANXIOUS
from tests.pages.referrals import case, view
from tests.pages.screens import all_named, named, says, shown
from wizard.pages import route
from wizard.pages.route import WAITING, RouteScreen

PREGNANCY = "Essex has separate guidance for pupils who cannot attend because of pregnancy."
EHCP = "Talk to the SEND Operations Team first"
GO_ON = "You can prepare a medical referral to Education Access."


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, bool]]]:
    """What is announced."""
    heard: list[tuple[str, bool]] = []
    monkeypatch.setattr(route, "announce", lambda widget, words, urgent=False: heard.append((words, urgent)))
    yield heard
    heard.clear()


def on_screen(qtbot: QtBot, answers: dict[str, Any]) -> RouteScreen:
    screen = shown(qtbot, "route", answers)
    assert isinstance(screen, RouteScreen)
    return screen


def choose(screen: RouteScreen, field: str, words: str) -> None:
    named(screen.fields.fields[field], words, QAbstractButton).click()


def with_route(**changed: str) -> dict[str, Any]:
    return {**ANXIOUS, "route": {**ANXIOUS["route"], **changed}}


def test_nothing_is_promised_before_the_questions_are_answered(qtbot: QtBot) -> None:
    screen = on_screen(qtbot, {})
    assert says(screen, WAITING)
    assert not says(screen, GO_ON)
    assert says(screen, "Essex County Council.")


def test_a_stop_appears_under_its_answer_on_a_click_and_goes_again(qtbot: QtBot, said: list[tuple[str, bool]]) -> None:
    screen = on_screen(qtbot, ANXIOUS)
    assert says(screen, GO_ON)
    choose(screen, "pregnant", "Yes, it is the only reason")
    assert says(screen.fields.fields["pregnant"], PREGNANCY)
    assert says(screen.fields.fields["pregnant"], "Essex policy, section 5")
    assert not says(screen, GO_ON)
    box = next(one for one in screen.fields.fields["pregnant"].findChildren(QFrame) if one.property("role") == "stop")
    assert box.isVisible()
    assert said == [(f"Stop: this is not the right way. {said[0][0].split('. ', 1)[1]}", True)]
    assert PREGNANCY in said[0][0]
    choose(screen, "pregnant", "No")
    assert not says(screen, PREGNANCY)
    assert said[1] == ("Go on. " + " ".join(one.text for one in screen.outcomes or ()), False)
    assert said[1][0].endswith(GO_ON)


def test_the_end_of_the_page_leads_back_to_the_answer_that_stops(qtbot: QtBot) -> None:
    screen = on_screen(qtbot, with_route(pregnant="yes"))
    named(screen, "See “Is pregnancy a reason for missing school?”", QAbstractButton).click()
    assert screen.fields.fields["pregnant"].isAncestorOf(screen.focusWidget())


def test_care_is_asked_for_under_the_last_answer_that_leads_to_it(qtbot: QtBot) -> None:
    screen = on_screen(qtbot, with_route(ebsa="no"))
    choose(screen, "sen", "Education, health and care plan (EHCP)")
    assert says(screen.fields.fields["sen"], EHCP)
    choose(screen, "anxiety", "Yes")
    assert says(screen.fields.fields["anxiety"], "ask for an urgent annual review")
    assert says(screen, GO_ON)
    assert [one.outcome for one in screen.outcomes or ()] == [Outcome.WARN] * 2 + [Outcome.GO_ON] * 2


def test_what_hangs_on_another_page_stands_at_the_end(qtbot: QtBot) -> None:
    few = {**ANXIOUS, "attendance": {**ANXIOUS["attendance"], "health_sessions": "4", "expected_days": ""}}
    screen = on_screen(qtbot, few)
    assert says(screen, "Fewer than 15 school days")
    assert not any(says(field, "Fewer than 15 school days") for field in screen.fields.fields.values())


def test_typing_that_changes_no_outcome_is_not_announced(qtbot: QtBot, said: list[tuple[str, bool]]) -> None:
    screen = on_screen(qtbot, with_route(basis="otherwise", circumstances="So"))
    box = screen.fields.fields["circumstances"].control.parts()[0]
    qtbot.keyClicks(box, "A few words")
    assert said == []


def test_refreshing_shows_what_follows_now(qtbot: QtBot) -> None:
    screen = on_screen(qtbot, ANXIOUS)
    few = {**ANXIOUS, "attendance": {**ANXIOUS["attendance"], "health_sessions": "4", "expected_days": ""}}
    screen.refresh(view(case(few), "route"))
    assert says(screen, "Fewer than 15 school days")
    assert not all_named(screen, WAITING)
