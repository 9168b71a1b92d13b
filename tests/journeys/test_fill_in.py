"""From a file of the school's own systems to confirmed pages, in the window."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from tests.desks import Hands, at_work
from tests.evidence.test_event_table import CSV
from tests.evidence.test_school_list import the_list
from tests.evidence.transfer_files import EXAMPLE, SECOND, changed
from wizard.filling import unconfirmed
from wizard.journey import Status, status
from wizard.pages import files
from wizard.pages.events import EventsPage
from wizard.pages.fill import Choice, FillPage
from wizard.pages.words import Tick

pytestmark = pytest.mark.long


@pytest.fixture
def hands(qtbot: QtBot, home: Path) -> Iterator[Hands]:
    with at_work(qtbot, home) as hands:
        hands.press("New referral")
        hands.press("Essex County Council")
        hands.press("Start the referral")
        yield hands


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    file = tmp_path / "CTF.xml"
    file.write_text(EXAMPLE, encoding="utf-8")
    monkeypatch.setattr(files, "choose_file", lambda *_: file)
    return file


def desk(hands: Hands) -> Any:
    assert hands.program.desk is not None
    return hands.program.desk


def open_file(hands: Hands, page: str) -> None:
    desk(hands).shell.go_to(page)
    hands.press("Fill in from a file …")
    hands.press("Choose a file")
    hands.wait()


def test_from_a_transfer_file_to_confirmed_pages(hands: Hands, chosen: Path) -> None:
    shell, referral = desk(hands).shell, desk(hands).referral
    shell.go_to("pupil")
    hands.enter("Surname", "Quill")
    open_file(hands, "pupil")
    assert hands.says("From the Common Transfer File of 21 September 2026")
    assert hands.says("Not filled in: you have answered these otherwise")
    assert hands.says("The file says that Ada Quillfeather has parental responsibility.")
    hands.press("Fill in")
    assert hands.says("Now delete the file")
    assert hands.says("From the Common Transfer File of 21 September 2026. Check it.")
    pupil = referral.case.answers["pupil"]
    assert (pupil["surname"], pupil["first_name"], pupil["born"]) == ("Quill", "Rosalind May", "2012-03-15")
    for page in ("route", "pupil", "care", "family", "school", "attendance"):
        shell.go_to(page)
        assert unconfirmed(referral.case, page), page
        assert status(referral.judgement, shell.page) is Status.TO_DO
        hands.press("Save and continue")
        assert not unconfirmed(referral.case, page), page
    assert "surname" not in "".join(referral.case.origins)


def test_it_can_be_left_without_a_trace(hands: Hands, chosen: Path) -> None:
    open_file(hands, "family")
    before = desk(hands).referral.case
    hands.press("Cancel")
    assert desk(hands).referral.case == before
    assert hands.program.window.centralWidget() is desk(hands).shell


def test_one_of_several_pupils(hands: Hands, chosen: Path) -> None:
    chosen.write_bytes(changed(("</CTFpupilData>", f"{SECOND}</CTFpupilData>")))
    open_file(hands, "pupil")
    assert hands.says("Which pupil is it?")
    assert not hands.offers("Fill in")
    page = hands.program.window.centralWidget()
    assert isinstance(page, FillPage)
    choice = page.findChild(Choice)
    assert choice is not None
    choice.list.setCurrentRow(1)
    hands.press("Show this pupil")
    hands.wait()
    hands.press("Fill in")
    assert desk(hands).referral.case.answers["pupil"]["surname"] == "Nguyễn"


def test_a_school_out_of_the_list_of_all(hands: Hands, chosen: Path) -> None:
    chosen.write_bytes(the_list())
    open_file(hands, "school")
    hands.enter("Which school?", "nowhere")
    hands.press("Search the list")
    hands.wait()
    assert hands.says("No school of the list fits “nowhere”.")
    hands.enter("Which school?", "heath")
    hands.press("Search the list")
    hands.wait()
    hands.press("Show this school")
    hands.wait()
    assert hands.says("Open Government Licence v3.0")
    hands.press("Fill in")
    assert desk(hands).referral.case.answers["school"]["name"] == "Heath Language School"
    assert not hands.says("Now delete the file")


def test_what_cannot_be_used_is_said_and_nothing_is_lost(hands: Hands, chosen: Path) -> None:
    chosen.write_bytes(b"<!DOCTYPE x [<!ENTITY l 'ha'>]><CTfile>&l;</CTfile>")
    open_file(hands, "pupil")
    assert hands.says("The file declares entities or a document type")
    assert not hands.offers("Fill in")
    chosen.write_text(EXAMPLE, encoding="utf-8")
    hands.press("Choose another file")
    hands.wait()
    assert hands.offers("Fill in")


def test_a_locked_window_shows_nothing_of_the_file(hands: Hands, chosen: Path) -> None:
    open_file(hands, "pupil")
    hands.program.lock()
    QApplication.processEvents()
    assert not hands.says("Rosalind")
    assert not hands.offers("Fill in")
    hands.press("Unlock")
    assert hands.offers("Fill in")


def test_events_are_taken_row_by_row(hands: Hands, chosen: Path) -> None:
    chosen.write_text(CSV, encoding="utf-8")
    referral, shell = desk(hands).referral, desk(hands).shell
    referral.commit("chronology", {"entries": [{"what": "Typed before"}]}, {})
    shell.go_to("chronology")
    hands.press("Take events from an export …")
    hands.press("Choose a file")
    hands.wait()
    page = hands.program.window.centralWidget()
    assert isinstance(page, EventsPage)
    ticks = page.findChildren(Tick)
    assert [tick.isChecked() for tick in ticks] == [False, False]
    assert not hands.offers("Take 1 event")
    boxes = {one.accessibleName(): one for one in page.findChildren(QComboBox)}
    assert boxes["What the column Linked pupils holds"].currentText() == "Leave this column out"
    assert boxes["What the column Incident holds"].currentText() == "What happened?"
    boxes["What the column Added by holds"].setCurrentText("Leave this column out")
    ticks[0].click()
    hands.press("Take 1 event")
    assert hands.says("1 event was taken.")
    typed, taken = referral.case.answers["chronology"]["entries"]
    assert typed == {"what": "Typed before"}
    assert taken == {
        "date": {"day": "14", "month": "09", "year": "2026"},
        "category": "concern",
        "what": "Said she was afraid\nof going home",
        "action": "Referred",
    }
    assert referral.case.answers["chronology"]["kind"] == "chronology"
    assert unconfirmed(referral.case, "chronology") == ("kind", "entries")
    assert "A. Other" not in str(referral.case.answers)


def test_events_without_columns_are_not_taken(hands: Hands, chosen: Path) -> None:
    chosen.write_text("Foo,Bar\n1,2\n", encoding="utf-8")
    desk(hands).shell.go_to("chronology")
    hands.press("Take events from an export …")
    hands.press("Choose a file")
    hands.wait()
    hands.press("Nothing of this row is taken: say first what its columns are.")
    hands.press("Take 1 event")
    assert hands.says("Say first what the columns hold.")
    chosen.write_bytes(b"%PDF-1.7")
    hands.press("Choose another file")
    hands.wait()
    assert hands.says("not taken apart")
