"""Check your answers: above, what is to do with its place and source; below, everything as it will be sent."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.forms.anxious_pupil import ANXIOUS
from tests.pages.referrals import buttons, case, view, words
from wizard.case import Case
from wizard.evidence_fact import EvidenceFact, Mark
from wizard.pages.answers import AnswerTable
from wizard.pages.check import CheckScreen
from wizard.pages.gradual import Gradual
from wizard.pages.screen import ChangeEvidence, DraftPack, GiveReason
from wizard.pages.working import StopWork

WITHOUT_SURNAME: dict[str, Any] = {**ANXIOUS, "pupil": {**ANXIOUS["pupil"], "surname": ""}}


@pytest.fixture
def screen(qtbot: QtBot) -> CheckScreen:
    screen = whole(qtbot, case())
    screen.resize(900, 4000)
    screen.show()
    return screen


def whole(qtbot: QtBot, referral: Case) -> CheckScreen:
    """The page, when the last of its answers stands there."""
    screen = CheckScreen(view(referral, "check"))
    qtbot.addWidget(screen)
    with qtbot.waitSignal(screen.findChild(Gradual).finished):
        pass
    return screen


def test_the_answers_come_a_piece_at_a_turn_and_what_is_to_do_at_once(qtbot: QtBot) -> None:
    screen = CheckScreen(view(case(WITHOUT_SURNAME), "check"))
    qtbot.addWidget(screen)
    assert "What must be done (1)" in words(screen)
    assert "Not answered yet" not in words(screen)
    before = len(screen.findChildren(AnswerTable))
    with qtbot.waitSignal(screen.findChild(Gradual).finished):
        pass
    assert "Not answered yet" in words(screen)
    assert len(screen.findChildren(AnswerTable)) > before


def test_everything_done_is_said(screen: CheckScreen) -> None:
    assert "Everything that must be done before signing is done." in words(screen)
    assert "What must be done" not in words(screen)


def test_what_must_be_done_links_to_its_place_with_the_paragraph(qtbot: QtBot) -> None:
    screen = whole(qtbot, case(WITHOUT_SURNAME))
    assert "What must be done (1)" in words(screen)
    assert "Essex policy, section 11" in words(screen)
    link = next(button for name, button in buttons(screen).items() if "Surname" in name and "not answered" in name)
    with qtbot.waitSignal(screen.go_to) as heard:
        link.click()
    assert heard.args == ["pupil#surname"]
    assert "Not answered yet" in words(screen)


def test_what_the_policy_also_expects_takes_a_reason_in_place(qtbot: QtBot, screen: CheckScreen) -> None:
    name = next(one for one in buttons(screen) if one.startswith("Give a reason for going on without: Supporting"))
    buttons(screen)[name].click()
    box = next(one for one in screen.findChildren(QPlainTextEdit) if one.isVisible())
    assert box.accessibleName() == "Reason for going on without: Supporting medical advice"
    box.setPlainText("  The GP’s letter is on its way. ")
    with qtbot.waitSignal(screen.wanted) as heard:
        buttons(screen)["Keep this reason: Supporting medical advice"].click()
    assert heard.args == [GiveReason("E65", "The GP’s letter is on its way.")]


def test_a_reason_given_is_shown_and_can_be_changed_or_taken_back(qtbot: QtBot, screen: CheckScreen) -> None:
    screen.refresh(view(case(reasons={"E65": "The letter is on its way."}), "check"))
    assert "The letter is on its way." in words(screen)
    buttons(screen)["Change the reason: Supporting medical advice"].click()
    with qtbot.waitSignal(screen.wanted) as heard:
        buttons(screen)["Take the reason back: Supporting medical advice"].click()
    assert heard.args == [GiveReason("E65", "")]


def test_every_answer_has_change_beside_it(qtbot: QtBot, screen: CheckScreen) -> None:
    with qtbot.waitSignal(screen.go_to) as heard:
        buttons(screen)["Change Unique pupil number (UPN)"].click()
    assert heard.args == ["pupil#upn"]
    assert "B881999926001" in words(screen)
    assert "Why is Amira without suitable education?" in words(screen)


def test_repeated_answers_are_real_tables_as_high_as_their_rows(screen: CheckScreen) -> None:
    tables = screen.findChildren(AnswerTable)
    family = next(one for one in tables if "Leyla Karim" in cells(one))
    assert family.accessibleName()
    assert family.height() >= family.verticalHeader().length()
    before = family.height()
    screen.resize(420, 4000)
    assert family.height() > before


def cells(table: AnswerTable) -> list[str]:
    items = [table.item(y, x) for y in range(table.rowCount()) for x in range(table.columnCount())]
    return [item.text() for item in items if item is not None]


def test_answers_not_known_or_doubtful_say_so(qtbot: QtBot) -> None:
    answers: dict[str, Any] = {**ANXIOUS, "pupil": {**ANXIOUS["pupil"], "postcode": "nowhere", "upn": ""}}
    screen = whole(qtbot, case(answers, not_known={"pupil.upn": "New to the country."}))
    assert "<b>Not known:</b> New to the country." in words(screen)
    assert "<b>To put right:</b> nowhere" in words(screen)


def test_the_draft_pack_is_asked_for_followed_and_can_be_stopped(qtbot: QtBot, screen: CheckScreen) -> None:
    with qtbot.waitSignal(screen.wanted) as heard:
        buttons(screen)["Preview the draft pack"].click()
    assert heard.args == [DraftPack()]
    screen.progress("Laying out", 0.4)
    assert "Laying out" in words(screen)
    with qtbot.waitSignal(screen.wanted) as heard:
        buttons(screen)["Cancel"].click()
    assert heard.args == [StopWork()]
    screen.progress("Done", 1.0)
    assert "Cancel" not in buttons(screen)
    screen.failed("A name cannot be printed.", "Install the font.")
    assert "A name cannot be printed." in words(screen)
    screen.progress("Laying out", 0.1)
    assert "A name cannot be printed." not in words(screen)


def test_after_a_change_the_page_is_as_the_referral_is(screen: CheckScreen) -> None:
    screen.refresh(view(case(WITHOUT_SURNAME), "check"))
    assert "What must be done (1)" in words(screen)
    screen.show_field("anything")


def test_papers_that_may_be_about_another_child_are_named_with_their_page(qtbot: QtBot) -> None:
    letter = EvidenceFact(file="GP letter.pdf", pages=2, marks=(Mark("name", 2, "Tom Marsh"),), id="7")
    screen = whole(qtbot, case(evidence=(letter,)))
    assert "Papers to look at once more (1)" in words(screen)
    assert "“GP letter.pdf” (page 2) has the name Tom Marsh" in words(screen)
    with qtbot.waitSignal(screen.go_to) as heard:
        buttons(screen)["Go to GP letter.pdf"].click()
    assert heard.args == ["evidence#7"]
    right = next(button for name, button in buttons(screen).items() if name.startswith("It is right as it is: “GP"))
    with qtbot.waitSignal(screen.wanted) as heard:
        right.click()
    assert heard.args == [ChangeEvidence(replace(letter, cleared=("Tom Marsh",)))]
    screen.refresh(view(case(evidence=(replace(letter, cleared=("Tom Marsh",)),)), "check"))
    assert "once more" not in words(screen)
