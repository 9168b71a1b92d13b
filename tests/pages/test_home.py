"""The home page: the list, what is overdue, searching, and what to gather before the first referral."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from wizard.pages.begin import BeginPage
from wizard.pages.home import HomeScreen, Table
from wizard.pages.listed import Listed
from wizard.pages.look import LIGHT

NOW = datetime(2026, 11, 20, 9, 30)
ROWS = (
    Listed("R-AAAA-AAA", "Amira Khan", "Essex County Council", "Draft", "6 things to do", "", "2026-11-20T08:05:00"),
    Listed("R-BBBB-BBB", "Łukasz Nowak", "Dorset Council", "Sent", "Confirm receipt", "2026-11-19", "2025-11-01"),
    Listed("R-CCCC-CCC", "Zoë O’Neill", "Essex County Council", "Ready", "Send the pack", "2026-11-20", "2026-11-02"),
    Listed("R-DDDD-DDD", trouble="The file is damaged. Put back a copy."),
)  # fmt: skip


@pytest.fixture
def page(qtbot: QtBot) -> HomeScreen:
    page = HomeScreen(can_practise=True, now=NOW)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    return page


def table(page: HomeScreen) -> Table:
    return page.findChildren(Table)[0]


def cells(page: HomeScreen, column: int = 0) -> list[str]:
    model = table(page).model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def words(page: HomeScreen) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def three_times(qapp: QApplication) -> Iterator[None]:
    """Text three times as large."""
    font, large = qapp.font(), qapp.font()
    large.setPointSizeF(font.pointSizeF() * 3)
    qapp.setProperty("per_cent", 300)
    qapp.setFont(large)
    yield
    qapp.setProperty("per_cent", 100)
    qapp.setFont(font)


def test_a_small_window_with_large_text_scrolls_and_cuts_nothing_off(three_times: None, page: HomeScreen) -> None:
    page.show_rows([replace(ROWS[0], reference=f"R-{n}") for n in range(7)])
    page.resize(1024, 640)
    QApplication.processEvents()
    area = next(one for one in page.findChildren(QScrollArea) if one.widget() is not None)
    assert area.verticalScrollBar().maximum() > 0
    assert area.horizontalScrollBar().maximum() == 0
    controls = [*page.findChildren(QPushButton), *page.findChildren(QLineEdit)]
    assert len(controls) == 4
    bar = controls[0].parentWidget()
    assert bar is not None
    for one in controls:
        assert one.height() >= one.fontMetrics().height()
        assert bar.rect().contains(one.geometry())
    assert not bar.geometry().intersects(table(page).geometry())


def click(qtbot: QtBot, page: HomeScreen, row: int) -> None:
    shown = table(page)
    place = shown.visualRect(shown.model().index(row, 0)).center()
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_an_empty_list_says_what_to_gather(page: HomeScreen) -> None:
    page.show_rows([])
    assert "attendance register" in words(page)
    assert not table(page).isVisible()
    assert page.focusProxy() is page.new


def test_what_is_overdue_stands_first_then_what_was_changed_last(page: HomeScreen) -> None:
    page.show_rows(ROWS)
    assert cells(page) == ["Łukasz Nowak", "Amira Khan", "Zoë O’Neill", "New referral"]
    assert cells(page, 4)[0] == "Overdue: Confirm receipt by 19 Nov"
    assert cells(page, 4)[2] == "Send the pack by today"
    assert cells(page, 5) == ["1 Nov 2025", "today 08:05", "2 Nov", ""]


@pytest.mark.parametrize("order", list(Qt.SortOrder))
@pytest.mark.parametrize("column", range(6))
def test_overdue_stays_first_however_the_list_is_sorted(page: HomeScreen, column: int, order: Qt.SortOrder) -> None:
    page.show_rows(ROWS)
    table(page).sortByColumn(column, order)
    assert cells(page)[0] == "Łukasz Nowak"


def test_the_list_sorts_by_pupil(page: HomeScreen) -> None:
    page.show_rows(ROWS[::2])
    table(page).sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert cells(page) == ["Zoë O’Neill", "Amira Khan"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("essex", ["Amira Khan", "Zoë O’Neill"]),
        ("ŁUK", ["Łukasz Nowak"]),
        ("ready essex", ["Zoë O’Neill"]),
        ("R-BBBB", ["Łukasz Nowak"]),
        ("[(*", []),
        ("  ", ["Łukasz Nowak", "Amira Khan", "Zoë O’Neill", "New referral"]),
    ],
)
def test_searching_finds_words_anywhere(qtbot: QtBot, page: HomeScreen, typed: str, found: Sequence[str]) -> None:
    page.show_rows(ROWS)
    page.findChildren(QLineEdit)[0].setText(typed)
    assert cells(page) == found


def test_a_click_opens_a_referral(qtbot: QtBot, page: HomeScreen) -> None:
    page.show_rows(ROWS)
    with qtbot.waitSignal(page.opened) as heard:
        click(qtbot, page, 1)
    assert heard.args == ["R-AAAA-AAA"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_keyboard_opens_a_referral(qtbot: QtBot, page: HomeScreen, key: Qt.Key) -> None:
    page.show_rows(ROWS)
    qtbot.keyClick(table(page), Qt.Key.Key_Down)
    with qtbot.waitSignal(page.opened) as heard:
        qtbot.keyClick(table(page), key)
    assert heard.args == ["R-AAAA-AAA"]


def test_a_damaged_referral_says_why_it_does_not_open(qtbot: QtBot, page: HomeScreen) -> None:
    page.show_rows(ROWS)
    assert cells(page, 3)[3] == "Cannot be opened"
    with qtbot.assertNotEmitted(page.opened):
        click(qtbot, page, 3)
    assert "The file is damaged." in words(page)
    assert table(page).model().index(3, 0).data(Qt.ItemDataRole.ToolTipRole) == ROWS[3].trouble


def test_overdue_is_said_in_words_as_well_as_in_colour(page: HomeScreen) -> None:
    page.show_rows(ROWS)
    cell = table(page).model().index(0, 4)
    assert cell.data(Qt.ItemDataRole.ForegroundRole) == QColor(LIGHT["error"])
    assert cell.data().startswith("Overdue")


def test_trouble_is_a_sentence_above_the_list(page: HomeScreen) -> None:
    page.show_rows(ROWS)
    page.say_trouble("The referral is open in another window.", "Close it there.")
    assert "The referral is open in another window." in words(page)
    page.say_trouble("")
    assert "another window" not in words(page)


def test_the_ways_to_begin(qtbot: QtBot, page: HomeScreen) -> None:
    named = {one.accessibleName(): one for one in page.findChildren(QPushButton)}
    with qtbot.waitSignal(page.begin):
        named["New referral"].click()
    with qtbot.waitSignal(page.practise):
        named["Practise with a made-up pupil"].click()
    with qtbot.waitSignal(page.school):
        named["Your school"].click()


def test_without_made_up_pupils_there_is_no_dead_button(qtbot: QtBot) -> None:
    page = HomeScreen()
    qtbot.addWidget(page)
    assert [one.accessibleName() for one in page.findChildren(QPushButton)] == ["New referral", "Your school"]


def test_a_screen_reader_reads_the_table(page: HomeScreen) -> None:
    page.show_rows(ROWS)
    interface = QAccessible.queryAccessibleInterface(table(page))
    assert interface.text(QAccessible.Text.Name) == "Referrals"
    assert interface.role() == QAccessible.Role.Table
    said = {interface.child(number).text(QAccessible.Text.Name) for number in range(interface.childCount())}
    assert {"Amira Khan", "Next", "6 things to do"} <= said


def test_a_new_referral_asks_for_the_council_first(qtbot: QtBot) -> None:
    page = BeginPage([("dorset", "Dorset Council"), ("essex", "Essex County Council")])
    qtbot.addWidget(page)
    page.show()
    named: dict[str, Any] = {one.accessibleName(): one for one in page.findChildren(object) if hasattr(one, "click")}
    with qtbot.assertNotEmitted(page.chosen):
        named["Start the referral"].click()
    assert any(label.text() == "Choose the council." and label.isVisible() for label in page.findChildren(QLabel))
    named["Essex County Council"].click()
    with qtbot.waitSignal(page.chosen) as heard:
        named["Start the referral"].click()
    assert heard.args == ["essex", "", False]
    with qtbot.waitSignal(page.back):
        named["Back"].click()


def test_a_single_council_is_chosen_already(qtbot: QtBot) -> None:
    page = BeginPage([("essex", "Essex County Council")])
    qtbot.addWidget(page)
    start = next(one for one in page.findChildren(QPushButton) if one.accessibleName() == "Start the referral")
    with qtbot.waitSignal(page.chosen) as heard:
        start.click()
    assert heard.args == ["essex", "", False]
