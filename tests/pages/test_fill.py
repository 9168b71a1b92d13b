"""The pages that take answers from a file: every stop of the Tab key has a name, in the order in which it is read."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.evidence.test_transfer_file import TODAY, read
from tests.evidence.transfer_files import EXAMPLE
from tests.pages.screens import heard, says
from wizard.case import Case
from wizard.evidence.school.pupil_answers import filling_of
from wizard.evidence.school.school_answer import PupilNamed, SchoolRow
from wizard.filling import offers
from wizard.pages.events import EventsPage
from wizard.pages.fill import FillPage


def stops(page: QWidget) -> list[QWidget]:
    seen: list[QWidget] = []
    one: QWidget = page
    while (one := one.nextInFocusChain()) is not page:
        if page.isAncestorOf(one) and one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            seen.append(one)
    return seen


@pytest.fixture
def page(qtbot: QtBot) -> FillPage:
    page = FillPage(lambda text: text.replace("{pupil}", "Rosie"))
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    return page


def test_everything_that_can_be_pressed_has_a_name(page: FillPage) -> None:
    assert [heard(one) for one in stops(page)] == ["Choose a file", "Cancel"]
    page.ask_pupil("Common Transfer File", [PupilNamed(name="Ali, Sam", born="2011-09-01")] * 2)
    assert [heard(one) for one in stops(page)][:2] == ["Which pupil is it?", "Show this pupil"]
    page.ask_school([SchoolRow(name="Heath", urn="999996", status="Closed")], 300, "heath")
    assert [heard(one) for one in stops(page)][:4] == [
        "Which school?", "Search the list", "Which school is it?", "Show this school",
    ]  # fmt: skip
    assert says(page, "The first 1 of 300 are shown.")


def test_what_is_there_already_is_told_from_what_differs(page: FillPage) -> None:
    filling = filling_of(read(EXAMPLE.encode()), TODAY, TODAY)
    page.show_offers(filling, offers(Case("essex", "1", {"pupil": {"surname": "Quill", "sex": "F"}}), filling))
    assert says(page, "1 answer is there already, just as the file has it.")
    assert says(page, "Not filled in: you have answered these otherwise")
    page.show_offers(filling, offers(Case("essex", "1", filling.values), filling))
    assert says(page, "There is nothing to fill in")
    assert "Fill in" not in [heard(one) for one in stops(page)]


def test_columns_and_rows_can_be_told_apart_by_ear(qtbot: QtBot) -> None:
    page = EventsPage()
    qtbot.addWidget(page)
    page.show()
    page.show_table(["Date", ""], [["14/09/2026", "Told the DSL"]], date(2026, 9, 20))
    # A list that drops down is heard by the label that leads to it, not by its name, on some systems: it has both.
    assert [one.accessibleName() for one in stops(page)][:3] == [
        "What the column Date holds", "What the column Column 2 holds", "14/09/2026",
    ]  # fmt: skip
