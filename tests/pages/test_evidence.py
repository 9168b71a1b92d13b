"""The evidence page: documents come in by every way, are looked at, linked, put in order and never lost from sight."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QGroupBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from forms.catalogue import PAGES
from tests.forms.anxious_pupil import ANXIOUS
from tests.pages.evidence_desk import LETTER, SCAN, Program, a_page
from tests.pages.referrals import case, view
from tests.pages.screens import all_named, heard, named, says
from wizard import samples
from wizard.councils import council
from wizard.evidence_fact import EvidenceFact, Mark, Treatment, Turn
from wizard.guard import doubts
from wizard.pages import evidence_pages, files, pasted_picture
from wizard.pages.evidence import EvidenceScreen
from wizard.pages.evidence_busy import StopIntake
from wizard.pages.evidence_sheet import Sheet
from wizard.pages.evidence_words import PATTERNS, can_be_taken_in, needs, pointed_out
from wizard.pages.pasted_picture import as_png
from wizard.pages.screen import (
    AddEvidence,
    ChangeEvidence,
    GiveReason,
    JoinEvidence,
    PreviewPage,
    Request,
    TreatEvidence,
    View,
)
from wizard.validation.facts import Facts
from wizard.validation.requirements import judge


def test_nothing_is_attached_yet_and_it_says_what_to_gather(qtbot: QtBot) -> None:
    program = Program(qtbot)
    assert says(program.screen, "Nothing is attached yet.")
    assert says(program.screen, "Not attached yet")
    assert says(program.screen, "The policy expects this (Essex policy, section\N{NO-BREAK SPACE}11)")
    assert program.screen.raw() == {}


def test_files_are_chosen_for_the_page_or_for_what_is_needed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    titles: list[str] = []

    def choose(_parent: object, title: str, _patterns: Sequence[str]) -> tuple[Path, ...]:
        titles.append(title)
        return (Path("a.pdf"), Path("b.jpg"))

    program = Program(qtbot)
    monkeypatch.setattr(files, "choose_files", choose)
    program.press("Choose files")
    program.press("Add for Medical advice")
    both = (Path("a.pdf"), Path("b.jpg"))
    assert program.asked == [AddEvidence(both), AddEvidence(both, ("E65",))]
    assert titles == ["Choose the documents", "Choose documents: Medical advice"]


def test_a_whole_folder_is_chosen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = Program(qtbot)
    monkeypatch.setattr(files, "choose_folder", lambda *_: None)
    program.press("Choose a folder")
    monkeypatch.setattr(files, "choose_folder", lambda *_: tmp_path)
    program.press("Choose a folder")
    assert program.asked == [AddEvidence((tmp_path,))]


def test_choosing_nothing_asks_for_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program(qtbot)
    monkeypatch.setattr(files, "choose_files", lambda *_: ())
    program.press("Choose files")
    assert program.asked == []


def dropped(screen: EvidenceScreen, data: QMimeData, at: QPoint) -> bool:
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, buttons, keys)
    enter.ignore()
    screen.dragEnterEvent(enter)
    if enter.isAccepted():
        screen.dropEvent(QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, buttons, keys))
    return enter.isAccepted()


def test_files_and_folders_are_dropped_on_the_page_or_on_what_is_needed(qtbot: QtBot, tmp_path: Path) -> None:
    program = Program(qtbot)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.org/a.pdf")])
    need = named(program.screen, "Add for Medical advice")
    assert dropped(program.screen, data, QPoint(5, 5))
    assert dropped(program.screen, data, need.mapTo(program.screen, need.rect().center()))
    assert program.asked == [AddEvidence((tmp_path,)), AddEvidence((tmp_path,), ("E65",))]


def test_what_is_no_file_cannot_be_dropped(qtbot: QtBot) -> None:
    program = Program(qtbot)
    data = QMimeData()
    data.setText("only words")
    assert not dropped(program.screen, data, QPoint(5, 5))


def test_a_picture_is_pasted_and_stays_in_memory(qtbot: QtBot) -> None:
    program = Program(qtbot)
    picture = QImage(3, 2, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(picture)
    QTest.keyClick(named(program.screen, "Choose files"), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (request,) = program.asked
    assert isinstance(request, AddEvidence)
    assert request.paths == ()
    assert [QImage.fromData(one).size().toTuple() for one in request.pictures] == [(3, 2)]
    assert "PNG" not in repr(request)


PNG, JPEG, BITMAP = b"\x89PNG\r\n\x1a\n and so on", b"\xff\xd8\xff and so on", b"BM and so on"
ON_WINDOWS = 'application/x-qt-windows-mime;value="PNG"'


@pytest.mark.parametrize(
    ("offered", "taken"),
    [
        ({"image/png": PNG}, PNG),
        ({"image/bmp": BITMAP, "image/jpeg": JPEG, "image/png": PNG}, PNG),
        ({"image/bmp": BITMAP, "image/jpeg": JPEG}, JPEG),
        ({ON_WINDOWS: PNG}, PNG),
        ({"image/png": b"", "image/jpeg": b"no picture", "image/bmp": BITMAP}, BITMAP),
        ({"image/png": b"no picture"}, None),
        ({"image/bmp": BITMAP + b" " * 40}, None),
        ({"image/svg+xml": b"<svg/>"}, None),
    ],
)
def test_a_picture_file_that_is_offered_as_it_is_goes_on_untouched(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, offered: dict[str, bytes], taken: bytes | None
) -> None:
    monkeypatch.setattr(pasted_picture, "MOST", 40)
    program, data = Program(qtbot), QMimeData()
    picture = QImage(3, 2, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    data.setImageData(picture)
    for name, raw in offered.items():
        data.setData(name, raw)
    assert dropped(program.screen, data, QPoint(5, 5))
    assert program.asked == [AddEvidence((), (), (taken or as_png(picture),))]


def test_a_clipboard_without_a_picture_says_what_to_do(qtbot: QtBot) -> None:
    program = Program(qtbot)
    QGuiApplication.clipboard().setText("words")
    program.press("Paste a picture")
    assert says(program.screen, "There is no picture to paste.")
    assert program.asked == []
    assert as_png(QPixmap()) == b""


def test_a_document_that_comes_in_counts_for_what_it_answers(qtbot: QtBot) -> None:
    program = Program(qtbot)
    program.keep(LETTER, SCAN)
    assert says(program.screen, "1. letter.pdf")
    assert says(program.screen, "3 pages")
    assert says(program.screen, "Attached: document 1")
    assert says(program.screen, "Shows: Medical advice")
    assert says(program.screen, "Not linked to anything yet")
    assert says(program.screen, "Goes into the pack as pictures of its pages. It is faint.")


def test_refused_files_stay_in_sight_until_they_are_dismissed(qtbot: QtBot) -> None:
    program = Program(qtbot, replace(SCAN, outcome="refused", pages=0, notices=("It is encrypted.",)))
    assert says(program.screen, "It could not be read, so the pack shows no page of it. It is encrypted.")
    for _ in range(2):
        program.screen.failed("one.exe was not taken in.", "Save it as a PDF.")
    program.screen.failed("two.exe was not taken in.", "Save it as a PDF.")
    assert len(all_named(program.screen, "Dismiss: one.exe was not taken in.")) == 1
    program.press("Dismiss: one.exe was not taken in.")
    assert not says(program.screen, "one.exe")
    assert says(program.screen, "two.exe")
    program.press("Dismiss: two.exe was not taken in.")
    assert not says(program.screen, "Save it as a PDF.")


def test_thumbnails_and_pages_are_asked_for_once_and_shown(qtbot: QtBot) -> None:
    program = Program(qtbot, LETTER)
    qtbot.waitUntil(lambda: len(program.asked) == 1)
    assert program.last(PreviewPage).page == 1
    program.screen.picture("1", 1, a_page(60, 30))
    program.press("Details: letter.pdf")
    assert named(program.screen, "Page 1 of letter.pdf", Sheet).heightForWidth(100) == 50
    named(program.screen, "Next page").setFocus()
    program.press("Next page")
    program.press("Next page")
    assert [one.page for one in program.asked if isinstance(one, PreviewPage)] == [1, 1, 2, 3]
    assert QApplication.focusWidget() is named(program.screen, "Previous page")
    program.press("Previous page")
    assert len(program.asked) == 4
    sheet = named(program.screen, "Page 2 of letter.pdf", Sheet)
    before = sheet.heightForWidth(100)
    program.screen.picture("1", 2, a_page(60, 30))
    program.screen.picture("1", 2, b"no picture")
    program.screen.picture("unknown", 2, a_page(60, 30))
    assert (before, sheet.heightForWidth(100)) == (141, 50)


def test_pages_are_turned_and_left_out_but_never_all_of_them(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(evidence_pages, "announce", lambda widget, words, urgent=False: told.append(words))
    program = Program(qtbot, LETTER)
    program.press("Details: letter.pdf")
    assert not all_named(program.screen, "Turn every page like this one")
    program.press("Turn this page left")
    assert program.last(ChangeEvidence).fact.turned == (Turn(1, 270),)
    program.press("Next page")
    assert says(program.screen, "Page 2 of 3")
    program.press("Previous page")
    assert says(program.screen, "Page 1 of 3, turned 90° left")
    program.press("Turn this page left")
    assert told[-3:] == ["Page 2 of 3", "Page 1 of 3, turned 90° left", "Page 1: turned 180°"]
    link = named(program.screen, "Turn every page like this one", QAbstractButton)
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Space)
    assert (program.case.evidence[0].rotate, program.case.evidence[0].turned) == (180, ())
    assert told[-1] == "Every page: turned 180°"
    assert (link.isHidden(), QApplication.focusWidget()) == (True, named(program.screen, "Turn this page right"))
    for following in (True, True, False):
        program.press("Leave this page out")
        if following:
            program.press("Next page")
    assert program.case.evidence[0].omit == (1, 2)
    assert says(program.screen, "One page at least stays in.")
    assert not named(program.screen, "Leave this page out", QCheckBox).isChecked()
    program.press("Previous page")
    assert says(program.screen, "Page 2 of 3, left out")
    program.press("Leave this page out")
    assert program.case.evidence[0].omit == (1,)
    assert says(program.screen, "3 pages (1 left out)")


def test_a_document_of_one_page_is_turned_as_a_whole(qtbot: QtBot) -> None:
    program = Program(qtbot, SCAN)
    program.press("Details: scan 2.jpg")
    program.press("Turn this page right")
    assert (program.case.evidence[0].rotate, program.case.evidence[0].turned) == (90, ())
    assert not all_named(program.screen, "Turn every page like this one")


def test_title_and_date_are_kept_when_one_leaves_them(qtbot: QtBot) -> None:
    program = Program(qtbot, LETTER)
    program.press("Details: letter.pdf")
    title = named(program.screen, "Title", QLineEdit)
    with qtbot.waitSignal(program.screen.edited):
        QTest.keyClicks(title, "GP  letter")
    assert program.case.evidence[0].title == ""
    QTest.keyClick(title, Qt.Key.Key_Return)
    assert program.case.evidence[0].title == "GP letter"
    assert title.text() == "GP  letter"
    assert says(program.screen, "File: letter.pdf")
    assert named(program.screen, "Black something out in GP letter", QAbstractButton)
    for part, text in (("Day", "3"), ("Month", "March"), ("Year", "2026")):
        box = named(program.screen, f"{part}: Date of the document", QLineEdit)
        box.setFocus()
        assert program.case.evidence[0].dated == ""
        QTest.keyClicks(box, text)
    title.setFocus()
    assert program.case.evidence[0].dated == "2026-03-03"
    assert says(program.screen, "dated 3 March 2026")


def test_a_date_that_is_none_stays_in_its_boxes_and_the_date_before_is_kept(qtbot: QtBot) -> None:
    program = Program(qtbot, replace(LETTER, dated="2026-03-03"))
    program.press("Details: letter.pdf")
    year = named(program.screen, "Year: Date of the document", QLineEdit)
    year.setText("2062")
    program.screen.raw()
    assert says(program.screen, "Until then the date before is kept.")
    assert (year.text(), program.case.evidence[0].dated) == ("2062", "2026-03-03")
    year.setText("2025")
    program.screen.raw()
    assert not says(program.screen, "Until then the date before is kept.")
    assert program.case.evidence[0].dated == "2025-03-03"


def test_what_is_still_typed_is_kept_when_the_page_is_left(qtbot: QtBot) -> None:
    program = Program(qtbot, LETTER)
    program.press("Details: letter.pdf")
    QTest.keyClicks(named(program.screen, "Title", QLineEdit), "Half a tit")
    program.screen.raw()
    assert program.case.evidence[0].title == "Half a tit"


def test_one_document_answers_several_needs(qtbot: QtBot) -> None:
    program = Program(qtbot, LETTER)
    program.press("Details: letter.pdf")
    group = named(program.screen, "What does it show?", QGroupBox)
    named(group, "One Plans", QCheckBox).click()
    assert set(program.case.evidence[0].answers) == {"E65", "E24"}
    assert says(program.screen, "Shows: One Plans; Medical advice")
    named(group, "Medical advice", QCheckBox).click()
    assert program.case.evidence[0].answers == ("E24",)


def test_a_document_is_removed_and_put_back_where_it_was(qtbot: QtBot) -> None:
    program = Program(qtbot, LETTER, SCAN)
    remove = named(program.screen, "Remove letter.pdf", QAbstractButton)
    remove.setFocus()
    remove.click()
    assert [one.id for one in program.case.evidence] == ["2"]
    assert says(program.screen, "Removed: letter.pdf")
    assert says(program.screen, "1. scan 2.jpg")
    undo = QApplication.focusWidget()
    assert undo is named(program.screen, "Undo removing letter.pdf")
    QTest.keyClick(undo, Qt.Key.Key_Space)
    assert program.case.evidence == (LETTER, SCAN)
    assert QApplication.focusWidget() is named(program.screen, "Details: letter.pdf")
    assert says(program.screen, "2. scan 2.jpg")


def test_one_document_at_a_time_is_open(qtbot: QtBot) -> None:
    program = Program(qtbot, LETTER, SCAN)
    program.press("Details: letter.pdf")
    named(program.screen, "First page of scan 2.jpg", Sheet).pressed.emit()
    assert all_named(program.screen, "Close: scan 2.jpg")
    assert all_named(program.screen, "Details: letter.pdf")
    program.press("Close: scan 2.jpg")
    assert not all_named(program.screen, "Title")


def test_why_something_is_missing_is_said_and_changed(qtbot: QtBot) -> None:
    program = Program(qtbot)
    program.press("Say why it is missing: Medical advice")
    box = named(program.screen, "Why it is missing: Medical advice", QPlainTextEdit)
    assert QApplication.focusWidget() is box
    box.setPlainText("The clinic answers in May.")
    program.screen.raw()
    assert program.asked == [GiveReason("E65", "The clinic answers in May.")]
    assert says(program.screen, "Reason given")
    assert box.toPlainText() == "The clinic answers in May."
    program.screen.raw()
    assert len(program.asked) == 1


def test_a_reason_given_before_is_shown(qtbot: QtBot) -> None:
    screen = EvidenceScreen(view(case(ANXIOUS, reasons={"E65": "In May."}), "evidence"))
    qtbot.addWidget(screen)
    screen.show()
    assert says(screen, "In May.")
    named(screen, "Change the reason: Medical advice", QAbstractButton).click()
    assert named(screen, "Why it is missing: Medical advice", QPlainTextEdit).toPlainText() == "In May."


def test_an_open_question_elsewhere_is_pointed_at(qtbot: QtBot) -> None:
    answers = {**ANXIOUS, "health_needs": {**ANXIOUS["health_needs"], "well_enough": ""}}
    program = Program(qtbot, replace(LETTER, answers=("E36",)), answers=answers)
    assert [one.elsewhere for one in needs(program.screen.view.judgement) if one.evidence] == ["health_needs"]
    with qtbot.waitSignal(program.screen.go_to) as went:
        program.press("Answer the question: Statement that the pupil is well enough")
    assert went.args == ["health_needs"]


def test_several_files_under_way_are_named_and_can_be_stopped(qtbot: QtBot) -> None:
    program = Program(qtbot)
    program.screen.progress("Reading a.pdf", 0.2)
    program.screen.progress("Reading b.pdf", 0.1)
    assert says(program.screen, "Reading a.pdf")
    program.press("Cancel: Reading b.pdf")
    program.press("Cancel all of it")
    assert program.asked == [StopIntake("Reading b.pdf"), StopIntake()]
    program.screen.progress("Reading a.pdf", 1)
    assert not says(program.screen, "Reading a.pdf")
    assert says(program.screen, "Reading b.pdf")
    program.screen.progress("Reading b.pdf", 1)
    assert not says(program.screen, "Reading b.pdf")
    assert not all_named(program.screen, "Cancel all of it")


@pytest.mark.parametrize(("width", "beside"), [(1000, True), (600, False)])
def test_the_columns_stand_beside_or_under_each_other(qtbot: QtBot, width: int, beside: bool) -> None:
    program = Program(qtbot, LETTER, width=width)
    QApplication.processEvents()
    needed, attached = program.screen.needed, program.screen.attached
    assert (attached.y() < needed.y() + needed.height()) is beside


def test_everything_that_takes_the_focus_is_called_something(qtbot: QtBot) -> None:
    program = Program(qtbot, LETTER, SCAN)
    program.press("Details: letter.pdf")
    program.press("Say why it is missing: Written advice from services")
    stops, one = [], program.screen.nextInFocusChain()
    while one is not program.screen:
        if program.screen.isAncestorOf(one) and one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            stops.append(one)
        one = one.nextInFocusChain()
    assert len(stops) > 20
    assert [one for one in stops if not heard(one)] == []


def test_what_is_open_typed_and_in_focus_stays_when_another_document_comes(qtbot: QtBot) -> None:
    program = Program(qtbot, LETTER)
    program.press("Details: letter.pdf")
    program.press("Next page")
    title = named(program.screen, "Title", QLineEdit)
    title.setFocus()
    QTest.keyClicks(title, "GP let")
    program.keep(LETTER, SCAN)
    assert QApplication.focusWidget() is title
    assert title.text() == "GP let"
    assert says(program.screen, "Page 2 of 3")
    assert named(program.screen, "Close: letter.pdf")


def test_two_removed_documents_come_back_in_their_order(qtbot: QtBot) -> None:
    third = replace(SCAN, id="3", file="third.pdf")
    program = Program(qtbot, LETTER, SCAN, third)
    for name in ("letter.pdf", "scan 2.jpg"):
        program.press(f"Remove {name}")
    for name in ("letter.pdf", "scan 2.jpg"):
        program.press(f"Undo removing {name}")
    assert program.case.evidence == (LETTER, SCAN, third)


def test_a_change_that_cannot_be_kept_is_tried_again_and_nothing_is_lost(qtbot: QtBot) -> None:
    screen = EvidenceScreen(view(case(ANXIOUS, evidence=(LETTER,)), "evidence"))
    qtbot.addWidget(screen)
    screen.show()
    tried: list[Request] = []

    def refuse(request: Request) -> None:
        screen.raw()  # the shell keeps the page before it passes a request on
        tried.append(request)
        screen.failed("The disk is full.", "Make room.")

    named(screen, "Details: letter.pdf", QAbstractButton).click()
    screen.wanted.connect(refuse)
    QTest.keyClicks(named(screen, "Title", QLineEdit), "GP letter")
    screen.raw()
    screen.raw()
    assert tried == [ChangeEvidence(replace(LETTER, title="GP letter"))] * 2
    assert says(screen, "The disk is full.")
    assert named(screen, "Title", QLineEdit).text() == "GP letter"


def test_a_page_is_shown_larger_and_smaller(qtbot: QtBot) -> None:
    program = Program(qtbot, LETTER)
    program.screen.picture("1", 1, a_page(200, 100))
    program.press("Details: letter.pdf")
    sheet = named(program.screen, "Page 1 of letter.pdf", Sheet)
    before = sheet.width()
    program.press("Show it larger")
    assert sheet.width() > before
    program.press("Show it smaller")
    assert sheet.width() == before
    assert sheet.heightForWidth(5000) == sheet.heightForWidth(before)  # nothing stays empty beneath it
    program.press("Turn this page left")
    assert sheet.heightForWidth(100) == 200


@pytest.mark.parametrize("name", ["scan_" * 40 + ".pdf", "x" * 250])
def test_a_long_file_name_does_not_widen_the_page(qtbot: QtBot, name: str) -> None:
    program = Program(qtbot, replace(LETTER, file=name), width=600)
    program.screen.failed(f"{name} was not taken in.", "Save it as a PDF.")
    program.screen.progress(f"Reading {name}", 0.5)
    QApplication.processEvents()
    assert program.screen.minimumSizeHint().width() < 600


def test_every_kind_that_can_be_taken_in_is_offered_by_the_dialog_and_named(qtbot: QtBot) -> None:
    program = Program(qtbot)
    assert {"*.pdf", "*.jpg", "*.jpeg", "*.png"} <= set(PATTERNS)
    assert "*.exe" not in PATTERNS
    assert says(program.screen, can_be_taken_in())
    assert can_be_taken_in().startswith("PDFs")


def test_the_date_that_the_document_says_is_taken_in_one_press(qtbot: QtBot) -> None:
    program = Program(qtbot, replace(LETTER, suggested="2026-03-03", blank=(2,)))
    use = named(program.screen, "Use this date: The document says 3 March 2026. (letter.pdf)", QAbstractButton)
    use.setFocus()
    use.click()
    assert program.case.evidence[0].dated == "2026-03-03"
    assert not says(program.screen, "The document says")
    following = QApplication.focusWidget()
    assert following is not None
    assert following.accessibleName() == "Leave it out: Page 2 looks empty or nearly black. (letter.pdf)"
    QTest.keyClick(following, Qt.Key.Key_Space)
    assert program.case.evidence[0].omit == (2,)
    assert QApplication.focusWidget() is named(program.screen, "Details: letter.pdf")


def test_a_date_that_is_used_fills_the_boxes_that_are_open(qtbot: QtBot) -> None:
    program = Program(qtbot, replace(LETTER, suggested="2026-03-03"))
    program.press("Details: letter.pdf")
    program.press("Use this date: The document says 3 March 2026. (letter.pdf)")
    assert named(program.screen, "Year: Date of the document", QLineEdit).text() == "2026"
    program.screen.raw()
    assert program.case.evidence[0].dated == "2026-03-03"


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"blank": (1,)}, ["Page 1 looks empty or nearly black."]),
        ({"blank": (1, 2, 3, 5)}, ["Pages 1 to 3 and 5 look empty or nearly black."]),
        ({"blank": (2, 3), "omit": (2, 3)}, []),
        ({"blank": (1, 2, 3, 4, 5)}, ["Pages 1 to 5 look empty or nearly black. Is it the right file?"]),
        ({"silent": (1, 2, 3, 4, 5)}, []),
        ({"silent": (2, 4), "blank": (4,), "omit": (1,)},
         ["Page 4 looks empty or nearly black.", "Page 2 has no text that the program can read."]),
        ({"suggested": "2026-03-03", "dated": "2026-03-04"}, []),
    ],
)  # fmt: skip
def test_what_somebody_should_look_at_is_pointed_out(parts: dict[str, Any], words: list[str]) -> None:
    assert [one.words for one in pointed_out(replace(LETTER, pages=5, **parts))] == words


def test_pages_are_put_in_another_order_by_keyboard(qtbot: QtBot) -> None:
    program = Program(qtbot, LETTER)
    program.press("Details: letter.pdf")
    assert not all_named(program.screen, "Move this page earlier")
    later = named(program.screen, "Move this page later", QAbstractButton)
    later.setFocus()
    QTest.keyClick(later, Qt.Key.Key_Space)
    assert program.case.evidence[0].shown == (2, 1, 3)
    assert says(program.screen, "Page 1 of 3, comes as number 2")
    QTest.keyClick(later, Qt.Key.Key_Space)
    assert program.case.evidence[0].shown == (2, 3, 1)
    assert QApplication.focusWidget() is named(program.screen, "Move this page earlier")
    program.press("Previous page")
    assert says(program.screen, "Page 3 of 3, comes as number 2")
    program.press("Leave this page out")
    program.press("Next page")
    program.press("Move this page earlier")
    assert program.case.evidence[0].shown == (1, 2)
    program.press("Next page")
    program.press("Next page")
    assert says(program.screen, "Page 3 of 3, left out")
    assert not all_named(program.screen, "Move this page earlier")


@given(st.data())
def test_a_page_that_is_moved_changes_places_with_its_neighbour_in_the_pack(data: st.DataObject) -> None:
    pages = data.draw(st.integers(2, 8))
    numbers = st.lists(st.integers(1, 10), unique=True).map(tuple)
    fact = replace(LETTER, pages=pages, order=data.draw(numbers), omit=data.draw(numbers))
    assume(len(fact.shown) > 1)
    place = data.draw(st.integers(0, len(fact.shown) - 1))
    moved = fact.moved(fact.shown[place], 1)
    wanted = list(fact.shown)
    if place + 1 < len(wanted):
        wanted[place : place + 2] = reversed(wanted[place : place + 2])
    assert moved.shown == tuple(wanted)
    assert moved.moved(fact.shown[place], -1).shown == (fact.shown if place + 1 < len(wanted) else wanted_back(fact))


def wanted_back(fact: EvidenceFact) -> tuple[int, ...]:
    *others, before, last = fact.shown
    return (*others, last, before)


LOCKED = EvidenceFact("plan.pdf", id="3", kind="pdf", outcome="refused", why="It is locked. Type it.", locked=True)


def test_a_locked_document_asks_for_its_password_there_and_then(qtbot: QtBot) -> None:
    program = Program(qtbot)
    for file in ("plan.pdf", "other.pdf"):
        program.screen.failed(f"{file} was not taken in.", "It is locked. Type it.")
    program.keep(LOCKED)
    box = named(program.screen, "Password of plan.pdf", QLineEdit)
    assert QApplication.focusWidget() is box
    assert says(program.screen, "Locked: it needs its password")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert says(program.screen, "Type the password first.")
    assert says(program.screen, "plan.pdf was not taken in.")
    QTest.keyClicks(box, "three brown")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert program.last(TreatEvidence).treatment == Treatment(password="three brown")
    assert not box.isEnabled()
    program.keep(replace(LOCKED, why="That password does not open it. Try again."))
    program.screen.treated("3")
    assert says(program.screen, "That password does not open it. Try again.")
    assert (QApplication.focusWidget(), box.selectedText()) == (box, "three brown")
    QTest.keyClicks(box, "three brown foxes")
    program.press("Open plan.pdf with this password")
    program.keep(replace(LOCKED, outcome="included", why="", locked=False, pages=2, sha256="1"))
    program.screen.treated("3")
    assert not all_named(program.screen, "Password of plan.pdf")
    assert QApplication.focusWidget() is named(program.screen, "Details: plan.pdf")
    assert not box.text()
    assert not says(program.screen, "plan.pdf was not taken in.")
    assert says(program.screen, "other.pdf was not taken in.")


def test_a_password_can_be_given_later(qtbot: QtBot) -> None:
    program = Program(qtbot)
    program.keep(LOCKED)
    program.press("Give the password of plan.pdf later")
    assert not all_named(program.screen, "Password of plan.pdf")
    later = named(program.screen, "Give the password of plan.pdf", QAbstractButton)
    assert QApplication.focusWidget() is later
    assert says(program.screen, "It is locked. Type it.")
    later.click()
    assert QApplication.focusWidget() is named(program.screen, "Password of plan.pdf")


def test_nobody_who_is_typing_is_interrupted_by_a_locked_document(qtbot: QtBot) -> None:
    program = Program(qtbot, LETTER)
    program.press("Details: letter.pdf")
    title = named(program.screen, "Title", QLineEdit)
    title.setFocus()
    program.keep(LETTER, LOCKED)
    assert QApplication.focusWidget() is title
    assert not all_named(program.screen, "Password of plan.pdf")


def test_a_refused_document_says_why_and_is_chosen_again_or_removed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    why = "This is a program. Ask whoever sent it."
    program = Program(qtbot, EvidenceFact("tool.exe", id="4", outcome="refused", why=why, answers=("E65",)))
    assert says(program.screen, "Not taken in")
    assert says(program.screen, why)
    assert not all_named(program.screen, "Details: tool.exe")
    monkeypatch.setattr(files, "choose_file", lambda *_: None)
    program.press("Choose again: tool.exe")
    assert program.asked == []
    monkeypatch.setattr(files, "choose_file", lambda *_: Path("tool.pdf"))
    program.press("Choose again: tool.exe")
    assert program.asked == [AddEvidence((Path("tool.pdf"),), ("E65",), instead="4")]
    program.press("Remove tool.exe")
    undo = named(program.screen, "Undo removing tool.exe", QAbstractButton)
    undo.setFocus()
    undo.click()
    assert QApplication.focusWidget() is named(program.screen, "Remove tool.exe")


def test_what_came_with_a_message_stands_in_under_it(qtbot: QtBot) -> None:
    part = replace(SCAN, within="mail.eml")
    program = Program(qtbot, replace(LETTER, file="mail.eml"))
    program.keep(replace(LETTER, file="mail.eml"), part)
    assert says(program.screen, "JPEG picture, 1 page, no date given yet. Came with mail.eml")
    message, inner = (program.screen.attached.rows[id] for id in "12")
    left = [one.mapTo(program.screen, QPoint(0, 0)).x() for one in (message, inner)]
    assert left[1] > left[0]


def test_an_original_that_travels_as_a_file_is_said_to(qtbot: QtBot) -> None:
    beside = replace(LETTER, with_original=True)
    alone = EvidenceFact("film.mov", id="5", outcome="attached", with_original=True)
    cut = replace(LETTER, id="6", pages=2, with_original=True, omit=(2,))
    program = Program(qtbot, beside, alone, cut)
    assert says(program.screen, "The original is not sent: it would show what is left out.")
    assert says(program.screen, "Goes into the pack as it is. The original travels in the pack as a file.")
    assert says(program.screen, "Travels in the pack as a file; its pages are not shown.")


def test_what_does_not_fit_the_pupil_is_pointed_out_until_somebody_finds_it_right(qtbot: QtBot) -> None:
    other = replace(LETTER, marks=(Mark("name", 2, "Tom Marsh"), Mark("born", 2, "2012-05-03")))
    program = Program(qtbot, other)
    (doubt,) = doubts(program.screen.view.judgement.facts)
    program.press(f"This is right: {doubt.words} (letter.pdf)")
    assert set(program.case.evidence[0].cleared) == set(doubt.texts)
    assert not says(program.screen, doubt.words)


def test_a_link_can_be_pressed_straight_from_a_title_that_is_being_typed(qtbot: QtBot) -> None:
    program = Program(qtbot, replace(LETTER, suggested="2026-03-03"))
    program.press("Details: letter.pdf")
    title = named(program.screen, "Title", QLineEdit)
    title.setFocus()
    QTest.keyClicks(title, "GP letter")
    link = named(program.screen, "Use this date: The document says 3 March 2026. (letter.pdf)", QAbstractButton)
    link.setFocus()
    link.click()
    assert (program.case.evidence[0].title, program.case.evidence[0].dated) == ("GP letter", "2026-03-03")


def test_a_council_that_weighs_medical_evidence_is_told_of_at_the_document(qtbot: QtBot) -> None:
    sample = samples.case("dorset-ebsa")
    weak = {**sample.answers, "medical_papers": {"kinds": ["appointment", "prescription"], "from_provider": "yes"}}
    dorset = replace(sample, answers=weak, evidence=tuple(replace(one, id=one.file) for one in sample.evidence))
    facts = Facts.of(dorset, council("dorset"), samples.SIGNED_ON)
    screen = EvidenceScreen(View(judge(facts), PAGES["evidence"]))
    qtbot.addWidget(screen)
    screen.show()
    for name, weighed in (("Letter from CAMHS", True), ("Individual healthcare plan", False)):
        named(screen, f"Details: {name}", QAbstractButton).click()
        assert says(screen, "This council weighs medical evidence by its kind.") is weighed
        assert says(screen, "So far there are only cards, prescriptions or notes.") is weighed
        if weighed:
            with qtbot.waitSignal(screen.go_to) as went:
                named(screen, "Say what kind it is", QAbstractButton).click()
            assert went.args == ["medical_papers"]


def test_photos_are_ticked_and_made_one_document(qtbot: QtBot) -> None:
    third = replace(SCAN, id="3", file="scan 3.jpg")
    black = replace(SCAN, id="4", file="black.jpg", treatment=Treatment(words=("Tom Marsh",)))
    program = Program(qtbot, LETTER, SCAN, third, black)
    program.press("Make one document of several photos")
    assert QApplication.focusWidget() is named(program.screen, "scan 2.jpg", QCheckBox)
    assert not all_named(program.screen, "black.jpg", QCheckBox)
    program.press("Make one document")
    assert says(program.screen, "Tick two photos or more.")
    for name in ("scan 3.jpg", "scan 2.jpg"):
        named(program.screen, name, QCheckBox).click()
    assert says(program.screen, "black.jpg is not listed, as something is blacked out there.")
    turned = replace(SCAN, rotate=90)
    program.keep(LETTER, turned, third, black)
    program.press("Make one document")
    assert program.last(JoinEvidence).facts == (turned, third)
    program.keep(LETTER, SCAN, third)
    assert not says(program.screen, "not listed")
    assert not all_named(program.screen, "scan 2.jpg", QCheckBox)
    program.keep(LETTER, SCAN)
    assert not all_named(program.screen, "Make one document of several photos")
