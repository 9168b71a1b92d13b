"""A chronology copied out of a spreadsheet or a safeguarding system, pasted into its cards."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from forms.catalogue import PAGES
from forms.kit.ask import questions
from forms.safeguarding import Entry
from tests.pages.screens import named, says, shown
from wizard.pages.pasting import cards_of
from wizard.validation.facts import Facts
from wizard.validation.requirements import judge

COPIED = (
    "Incident date\tDate added\tCategory\tIncident\tReported by\tAction taken\tOutcome\tStatus\tAdded by\n"
    '03/09/2026 08:40\t04/09/2026\tConcern\t"Crying at the gate.\nSaid ""not today""."\tClass teacher\t'
    "DSL rang home\tAgreed to meet\tClosed\tDeputy DSL\n"
    "12/10/26\t\tearly help\tAssessment with the family\tFamily worker\tPlan opened\t\tOpen\tDSL\n"
)


def test_a_copied_chronology_finds_its_columns_by_their_headings() -> None:
    cards, lost = cards_of(COPIED, questions(Entry))
    assert lost == 1, "a status is no question"
    assert cards[0] == {
        "date": {"day": "03", "month": "09", "year": "2026"},
        "recorded": {"day": "04", "month": "09", "year": "2026"},
        "category": "concern",
        "what": 'Crying at the gate.\nSaid "not today".',
        "source": "Class teacher",
        "action": "DSL rang home",
        "outcome": "Agreed to meet",
        "recorded_by": "Deputy DSL",
    }
    assert cards[1]["category"] == "early_help"
    assert cards[1]["date"] == {"day": "12", "month": "10", "year": "2026"}, "day first, as in Britain"


@pytest.mark.policy("E158")
def test_a_pasted_chronology_is_complete_and_answers_the_policy(qtbot: QtBot) -> None:
    screen = shown(qtbot, "chronology", {"chronology": {"kind": "chronology"}})
    QGuiApplication.clipboard().setText(COPIED)
    named(screen, "Paste rows from a spreadsheet: Events, oldest first", QAbstractButton).click()
    assert says(screen, "2 rows added. One column found no place and was left out.")
    raw = screen.raw()
    facts = screen.view.judgement.facts
    case = facts.case.with_page("chronology", raw, {})
    judgement = judge(Facts.of(case, facts.profile, facts.today))
    assert judgement.facts.answers.reading(PAGES["chronology"]).problems == ()
    found = {one.requirement.id: one.state for one in judgement.findings}
    assert found["E158"] == "met"


def test_without_headings_the_columns_follow_the_questions() -> None:
    cards, lost = cards_of("3 Sept 2026\t\tPolice\tCalled out at night\n", questions(Entry))
    assert lost == 0
    assert cards == [
        {"date": {"day": "3", "month": "Sept", "year": "2026"}, "category": "police", "what": "Called out at night"}
    ]
