"""The register page: an export becomes a calendar that is kept; without one the totals are typed."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHelpEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListWidget, QPlainTextEdit, QTableWidget
from pytestqt.qtbot import QtBot

from forms.kit.page import Problem
from tests.forms.anxious_pupil import ANXIOUS
from tests.pages.referrals import case, view
from tests.pages.screens import all_named, heard, named, says, shown, ten_weeks
from wizard.pages import files, register
from wizard.pages.register import RegisterScreen
from wizard.pages.register_calendar import RegisterCalendar, meaning, tint
from wizard.pages.screen import ReadRegister, RegisterReading

TOTAL = "Sessions missed because of health"
REGISTER = {"file": "marks-9b.csv", "sessions": ten_weeks()}
READING = RegisterReading(
    "marks-9b.csv", tuple(ten_weeks()), ("Row 12: not a mark: ZZ",), ("The file does not say whose register it is.",)
)


def on_screen(qtbot: QtBot, **attendance: Any) -> RegisterScreen:
    screen = shown(qtbot, "attendance", {**ANXIOUS, "attendance": attendance})
    assert isinstance(screen, RegisterScreen)
    return screen


def press(screen: RegisterScreen, name: str) -> None:
    named(screen, name, QAbstractButton).click()


def test_an_export_is_chosen_read_shown_and_kept(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = on_screen(qtbot)
    named(screen, TOTAL, QLineEdit)
    monkeypatch.setattr(files, "choose_file", lambda parent, title, patterns: Path("marks-9b.csv"))
    with qtbot.waitSignal(screen.wanted) as asked:
        press(screen, "Choose a register export")
    assert asked.args == [ReadRegister(Path("marks-9b.csv"))]
    with qtbot.waitSignal(screen.edited):
        screen.register_read(READING)
    assert screen.raw() == {"register": READING.kept()}
    assert says(screen, "Register from 7 September 2026 to 20 November 2026, read from marks-9b.csv")
    for words in ("71.0 %", "14.5", "days lost to health, added up", "7", "1", "row not understood", "ill, physically"):
        assert says(screen, words)
    assert says(screen, "Row 12: not a mark: ZZ")
    assert says(screen, "The file does not say whose register it is.")
    assert not all_named(screen, TOTAL)


def test_choosing_nothing_asks_for_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = on_screen(qtbot)
    monkeypatch.setattr(files, "choose_file", lambda parent, title, patterns: None)
    with qtbot.assertNotEmitted(screen.wanted):
        press(screen, "Choose a register export")


def test_an_export_that_is_refused_leaves_everything_as_it_was(qtbot: QtBot) -> None:
    screen = on_screen(qtbot, register=REGISTER)
    with qtbot.assertNotEmitted(screen.edited):
        screen.register_read(RegisterReading("lessons.csv", refused="This is a register of lessons."))
    assert says(screen, "lessons.csv was not read.")
    assert says(screen, "This is a register of lessons.")
    assert screen.raw() == {"register": REGISTER}
    screen.register_read(READING)
    assert not says(screen, "was not read")


def test_the_register_is_removed_and_put_back_and_typed_totals_were_never_lost(qtbot: QtBot) -> None:
    screen = on_screen(qtbot, register=REGISTER, health_sessions="60", possible="100")
    assert says(screen, "You typed other totals: 60 missed because of health, where the register has 29.")
    press(screen, "Remove the register")
    assert screen.raw() == {"health_sessions": "60", "possible": "100"}
    assert named(screen, TOTAL, QLineEdit).text() == "60"
    assert not all_named(screen, "Register, session by session")
    press(screen, "Put the register back")
    assert screen.raw()["register"] == REGISTER
    assert not all_named(screen, TOTAL)


def test_below_the_councils_days_it_says_so_and_days_to_come_count_at_once(qtbot: QtBot) -> None:
    screen = on_screen(qtbot, register=REGISTER)
    assert says(screen, "14.5 days so far.")
    assert says(screen, "The policy speaks of 15 days")
    assert says(screen, "You may refer now if you say why (Essex policy, section 11).")
    assert screen.block.threshold.property("role") == "warning"
    qtbot.keyClicks(named(screen, "How many more school days is Amira likely to miss?", QLineEdit), "2")
    assert says(screen, "With 2 more to come that makes 16.5.")
    assert not says(screen, "You may refer now")
    assert screen.block.threshold.property("role") == "done"


def test_a_stay_in_hospital_is_to_come_and_not_gone(qtbot: QtBot) -> None:
    stay = {"hospital": "Broomfield Hospital", "admission": "2026-12-07", "discharge": "2026-12-18", "moving": "no"}
    route = ANXIOUS["route"] | {"hospital": "planned"}
    screen = shown(qtbot, "attendance", {**ANXIOUS, "attendance": {}, "route": route, "hospital": stay})
    qtbot.keyClicks(named(screen, TOTAL, QLineEdit), "10")
    assert says(screen, "5 days so far.")
    assert says(screen, "With 10 more to come that makes 15.")


def test_when_the_days_are_reached_it_says_on_which(qtbot: QtBot) -> None:
    sessions = ten_weeks(ill_from=date(2026, 10, 19))
    screen = on_screen(qtbot, register={"file": "", "sessions": sessions})
    assert says(screen, "19.5 days so far.")
    assert says(screen, "Day 15 was reached on 16 November 2026.")


def test_typed_totals_are_weighed_too_and_nothing_is_said_of_nothing(qtbot: QtBot) -> None:
    screen = on_screen(qtbot)
    assert not screen.block.threshold.isVisible()
    qtbot.keyClicks(named(screen, TOTAL, QLineEdit), "2")
    assert says(screen, "1 day so far.")


def test_the_calendar_is_a_table_too(qtbot: QtBot) -> None:
    screen = on_screen(qtbot, register=REGISTER)
    calendar = named(screen, "Register, session by session", RegisterCalendar)
    assert heard(calendar) == "Register, session by session"
    assert "ill, physically or mentally (I), 29" in calendar.accessibleDescription()
    press(screen, "Show as a table")
    table = named(screen, "Register, week by week", QTableWidget)
    cell = table.item(8, 3)
    assert cell is not None
    assert cell.text() == "AM I ill\nPM \\ present"
    assert not calendar.isVisible()
    press(screen, "Show as a calendar")
    assert calendar.isVisible()
    press(screen, "Show as a table")
    screen.register_read(READING)
    screen.register_read(RegisterReading("other.csv", tuple(ten_weeks()[:10])))
    assert named(screen, "Register, session by session", RegisterCalendar).isVisible()


def test_weeks_wrap_into_bands_and_every_square_is_inside(qtbot: QtBot) -> None:
    screen = on_screen(qtbot, register=REGISTER)
    calendar = named(screen, "Register, session by session", RegisterCalendar)
    assert len(list(calendar.squares())) == 100
    assert len({rect.y() for rect, *_ in calendar.squares()}) == 5
    screen.resize(420, 4000)
    QApplication.processEvents()
    assert len({rect.y() for rect, *_ in calendar.squares()}) > 5
    qtbot.waitUntil(lambda: all(calendar.rect().contains(rect) for rect, *_ in calendar.squares()))
    font = calendar.font()
    font.setPointSizeF(font.pointSizeF() * 3)
    before = next(calendar.squares())[0]
    calendar.setFont(font)
    assert next(calendar.squares())[0].width() > before.width()
    qtbot.waitUntil(lambda: all(calendar.rect().contains(rect) for rect, *_ in calendar.squares()))


def test_a_square_says_its_day_under_the_pointer(qtbot: QtBot) -> None:
    screen = on_screen(qtbot, register=REGISTER)
    calendar = named(screen, "Register, session by session", RegisterCalendar)
    rect, day, half, code = next(one for one in calendar.squares() if one[1] == date(2026, 11, 2))
    assert (half, code) == ("AM", "I")
    assert calendar.words_at(rect.center()) == "Monday 2 November 2026, morning: ill, physically or mentally (I)"
    assert calendar.words_at(QPoint(0, 0)) == ""
    assert day.weekday() == 0
    QApplication.sendEvent(calendar, QHelpEvent(QEvent.Type.ToolTip, QPoint(0, 0), QPoint(0, 0)))


@pytest.mark.parametrize(
    ("code", "words", "ground"),
    [
        ("I", "ill, physically or mentally", "attention"),
        ("M", "at a medical or dental appointment", "attention"),
        ("B", "at another off-site educational activity arranged by the school", "done_soft"),
        ("C", "leave of absence in exceptional circumstances", "attention_soft"),
        ("O", "absent, no other code applies", "error_soft"),
        ("#", "planned closure of the whole school", "rail"),
        ("H", "family holiday with leave (withdrawn in August 2024)", "attention_soft"),
        ("-", "no mark", "paper"),
        ("?", "not one of the national codes", "paper"),
    ],
)
def test_a_code_is_coloured_and_explained(code: str, words: str, ground: str) -> None:
    assert meaning(code) == words
    assert tint(code).ground == ground


def test_squares_are_coloured_by_what_the_school_says_of_them(qtbot: QtBot) -> None:
    days = [{"date": "2026-11-02", "session": "AM", "code": "C2"}, {"date": "2026-11-02", "session": "PM", "code": "M"}]
    kept = {"register": {"file": "a.csv", "sessions": days}}

    def grounds(screen: RegisterScreen) -> list[str]:
        calendar = named(screen, "Register, session by session", RegisterCalendar)
        picture = calendar.grab().toImage()
        return [picture.pixelColor(rect.left() + 2, rect.top() + 2).name() for rect, *_ in calendar.squares()]

    before = grounds(on_screen(qtbot, **kept))
    after = grounds(on_screen(qtbot, **kept, part_time_health="yes", appointments="no"))
    assert before == after[::-1]
    assert before[0] != before[1]


def test_rows_that_were_not_understood_are_all_there(qtbot: QtBot) -> None:
    screen = on_screen(qtbot)
    rows = tuple(f"Row {number}: not a date" for number in range(2, 12))
    screen.register_read(RegisterReading("a.csv", tuple(ten_weeks()), rows))
    assert says(screen, "10 rows were not understood.")
    assert says(screen, "rows not understood")
    assert not says(screen, "Row 11")
    press(screen, "Show all 10 rows")
    assert says(screen, "Row 11: not a date")
    press(screen, "Remove the register")
    assert not says(screen, "not understood")


def test_what_was_not_understood_is_shown_again_when_the_page_is(qtbot: QtBot) -> None:
    screen = on_screen(qtbot, register=READING.kept())
    assert says(screen, "1 row was not understood.")
    assert says(screen, "Row 12: not a mark: ZZ")
    assert says(screen, "The file does not say whose register it is.")
    assert screen.raw() == {"register": READING.kept()}


def test_sessions_without_a_mark_are_named_until_it_is_said_what_they_were(qtbot: QtBot) -> None:
    marks = [*ten_weeks(), {"date": "2026-11-23", "session": "AM", "code": "-"}]
    screen = on_screen(qtbot, register={"file": "a.csv", "sessions": marks})
    assert says(
        screen, "1 session has no mark and counts for nothing until you say below what it was: Monday 23 November"
    )
    settled = [{"first": "2026-11-23", "code": "I"}]
    screen = on_screen(qtbot, register={"file": "a.csv", "sessions": marks}, settled=settled)
    assert not says(screen, "no mark and counts")
    assert says(screen, "15 days so far.")


def test_a_file_of_several_pupils_asks_which_and_reads_again(qtbot: QtBot) -> None:
    screen = on_screen(qtbot)
    request = ReadRegister(Path("10t.xlsx"))
    with qtbot.assertNotEmitted(screen.edited):
        screen.register_read(
            RegisterReading("10t.xlsx", pupils=("Marsh, Tom", "Quillfeather, Rosalind"), request=request)
        )
    assert says(screen, "The file holds 2 pupils, and none is surely the one in this referral.")
    names = named(screen, "Pupils in the file", QListWidget)
    with qtbot.assertNotEmitted(screen.wanted):
        press(screen, "Read this pupil’s rows")
    qtbot.keyClick(names, Qt.Key.Key_Down)
    qtbot.keyClick(names, Qt.Key.Key_Down)
    with qtbot.waitSignal(screen.wanted) as asked:
        press(screen, "Read this pupil’s rows")
    assert asked.args == [ReadRegister(Path("10t.xlsx"), chosen="Quillfeather, Rosalind")]
    assert not all_named(screen, "Pupils in the file")


def test_somebody_else_is_asked_about(qtbot: QtBot) -> None:
    screen = on_screen(qtbot)
    screen.register_read(RegisterReading("a.csv", pupils=("Marsh, Tom",), request=ReadRegister(Path("a.csv"))))
    assert says(screen, "Is it this pupil?")
    with qtbot.waitSignal(screen.wanted) as asked:
        press(screen, "Read this pupil’s rows")
    assert asked.args == [ReadRegister(Path("a.csv"), chosen="Marsh, Tom")]


def test_rows_are_pasted_and_read(qtbot: QtBot) -> None:
    screen = on_screen(qtbot)
    press(screen, "Paste rows instead")
    with qtbot.assertNotEmitted(screen.wanted):
        press(screen, "Read these rows")
    named(screen, "Rows of the register", QPlainTextEdit).setPlainText("Date\tAM\tPM\n07/09/2026\tI\tI")
    with qtbot.waitSignal(screen.wanted) as asked:
        press(screen, "Read these rows")
    assert asked.args == [ReadRegister(pasted="Date\tAM\tPM\n07/09/2026\tI\tI")]
    screen.register_read(RegisterReading("What was pasted", refused="No row names its columns."))
    assert "I" in named(screen, "Rows of the register", QPlainTextEdit).toPlainText()
    screen.register_read(READING)
    assert not all_named(screen, "Rows of the register")


def test_a_file_of_totals_fills_in_what_is_blank_and_leaves_what_was_typed(qtbot: QtBot) -> None:
    screen = on_screen(qtbot, possible="100")
    reading = RegisterReading(
        "sums.csv", totals={"possible": 104, "attended": 40, "health": 60}, notices=("Totals alone.",)
    )
    screen.register_read(reading)
    assert screen.raw() == {"possible": "100", "attended": "40", "health_sessions": "60"}
    assert named(screen, "Sessions attended", QLineEdit).text() == "40"
    assert says(screen, "The totals of sums.csv were filled in: check them. What was typed stays.")
    assert says(screen, "30 days so far.")


def test_a_file_of_totals_leaves_alone_what_is_said_to_be_not_known(qtbot: QtBot) -> None:
    whole = {**ANXIOUS, "attendance": {"possible": "100"}}
    screen = shown(qtbot, "attendance", whole, not_known={"attendance.attended": "Two registers."})
    assert isinstance(screen, RegisterScreen)
    screen.register_read(RegisterReading("sums.csv", totals={"attended": 40, "health": 60}))
    assert screen.raw() == {"possible": "100", "health_sessions": "60"}
    assert screen.not_known() == {"attended": "Two registers."}


def test_absence_and_a_sickness_return_are_said_in_words(qtbot: QtBot) -> None:
    screen = on_screen(qtbot, register={"file": "a.csv", "sessions": ten_weeks(ill_from=date(2026, 10, 19))})
    assert says(screen, "Persistent absence: a tenth or more of the possible sessions missed.")
    assert says(screen, "15 days of illness (code I) were reached on 16 November 2026.")
    assert says(screen, "The council is to have a sickness return.")


def test_a_register_read_before_counts_sessions_without_a_mark(qtbot: QtBot) -> None:
    marks = [*ten_weeks(), {"date": "2026-11-23", "session": "AM", "code": "-"}]
    screen = on_screen(qtbot, register={"file": "a.csv", "sessions": marks})
    assert says(screen, "session without a mark")


@pytest.mark.parametrize(
    "raw",
    ["junk", 7, ["x"], {"file": "a"}, {"sessions": "x"}, {"sessions": [{"date": "soon"}]}, {"sessions": [1]}, True],
)
def test_what_is_no_register_is_shown_given_back_and_can_be_removed(qtbot: QtBot, raw: Any) -> None:
    screen = on_screen(qtbot, register=raw, possible="10")
    assert screen.raw() == {"register": raw, "possible": "10"}
    assert says(screen, "cannot be read as a register")
    press(screen, "Remove the register")
    assert screen.raw() == {"possible": "10"}
    press(screen, "Put the register back")
    assert screen.raw() == {"register": raw, "possible": "10"}


def dropped(screen: RegisterScreen, *urls: QUrl) -> QDropEvent:
    data = QMimeData()
    data.setUrls(list(urls))
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    entering = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none)
    entering.ignore()
    screen.dragEnterEvent(entering)
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none)
    drop.setAccepted(False)
    if entering.isAccepted():
        screen.dropEvent(drop)
    return drop


def test_a_file_is_dropped_anywhere_on_the_page(qtbot: QtBot) -> None:
    screen = on_screen(qtbot)
    with qtbot.waitSignal(screen.wanted) as asked:
        assert dropped(screen, QUrl.fromLocalFile("/tmp/marks.csv")).isAccepted()
    assert asked.args == [ReadRegister(Path("/tmp/marks.csv"))]
    with qtbot.assertNotEmitted(screen.wanted):
        dropped(screen, QUrl.fromLocalFile("/tmp/a.csv"), QUrl.fromLocalFile("/tmp/b.csv"))
        assert not dropped(screen, QUrl("https://example.org/a.csv")).isAccepted()
    assert says(screen, "Drop the register export alone.")


def test_progress_and_failure_are_shown(qtbot: QtBot) -> None:
    screen = on_screen(qtbot)
    screen.progress("Reading marks-9b.csv", 0.1)
    assert says(screen, "Reading marks-9b.csv")
    screen.failed("The file is too large.", "Export one year.")
    assert says(screen, "The file is too large.")
    screen.register_read(READING)
    assert not says(screen, "The file is too large.")


def test_what_came_of_reading_is_announced(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(register, "announce", lambda widget, words, urgent=False: said.append(words))
    screen = on_screen(qtbot)
    screen.register_read(READING)
    screen.register_read(RegisterReading("b.csv", refused="It is empty."))
    assert said[0].startswith("The register was read. From 7 September 2026 to 20 November 2026.")
    assert said[0].endswith("1 row was not understood.")
    assert said[1] == "b.csv was not read. It is empty."


def test_a_problem_with_the_register_leads_to_it(qtbot: QtBot) -> None:
    screen = on_screen(qtbot, register={"file": "a", "sessions": []})
    path = ("register", "sessions", 0, "code")
    screen.show_problems([Problem("attendance", path, "Read the export again.")])
    press(screen, "Read the export again.")
    assert screen.focusWidget() is named(screen, "Choose a register export")
    screen.show_field("last_regular")
    assert screen.focusWidget() is named(screen, "Day: When did Amira last attend regularly?")


def test_another_change_of_the_referral_keeps_what_was_read(qtbot: QtBot) -> None:
    screen = on_screen(qtbot)
    screen.register_read(READING)
    screen.refresh(view(case({**ANXIOUS, "attendance": screen.raw()}), "attendance"))
    assert says(screen, "14.5 days so far.")
    assert says(screen, "row not understood")


def test_the_dialogs_give_paths(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = on_screen(qtbot)
    wanted: list[str] = []
    dialog = "wizard.pages.files.QFileDialog"
    monkeypatch.setattr(f"{dialog}.getOpenFileName", lambda *given: (wanted.append(given[-1]), ("/a/b.csv", ""))[1])
    monkeypatch.setattr(f"{dialog}.getOpenFileNames", lambda *given: (["/a/b.csv", "/c"], ""))
    assert files.choose_file(screen, "Choose", ("*.csv",)) == Path("/a/b.csv")
    assert wanted == ["Files of this kind (*.csv *.CSV);;All files (*)"]
    assert files.choose_files(screen, "Choose", ("*",)) == (Path("/a/b.csv"), Path("/c"))
    monkeypatch.setattr(f"{dialog}.getOpenFileName", lambda *given: ("", ""))
    assert files.choose_file(screen, "Choose", ("*",)) is None
