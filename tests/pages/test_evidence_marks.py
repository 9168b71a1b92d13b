"""Boxes on pages, the frame of a picture, and words to black out: by mouse, and by keyboard alone."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.pages.evidence_desk import LETTER, SCAN, Program, a_page
from tests.pages.screens import all_named, named, says
from wizard.evidence.redaction.in_pictures import locate
from wizard.evidence.redaction.search import Places
from wizard.evidence.words import ocr
from wizard.evidence_fact import Area, EvidenceFact, Treatment, Turn
from wizard.pages.boxes import LEAST, MIDDLE, Box, between, box_at, corner_at, in_words, moved, stretched, turned
from wizard.pages.evidence_marks import Marker
from wizard.pages.evidence_seen import Offered
from wizard.pages.screen import FindWords, PreviewPage, TreatEvidence, WholePicture

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
PART = st.floats(0, 1)
STEP = st.floats(-2, 2)
BOXES = st.builds(between, st.tuples(PART, PART), st.tuples(PART, PART))


@given(BOXES, STEP, STEP, st.sampled_from((0, 90, 180, 270, -90)))
def test_a_box_never_leaves_its_page(box: Box, across: float, down: float, degrees: int) -> None:
    for one in (box, moved(box, across, down), stretched(box, across, down), turned(box, degrees)):
        left, top, right, bottom = one
        assert -1e-9 <= left < right <= 1 + 1e-9
        assert -1e-9 <= top < bottom <= 1 + 1e-9
    assert turned(turned(box, degrees), -degrees) == pytest.approx(box)
    there = moved(box, across, down)
    assert (there[2] - there[0], there[3] - there[1]) == pytest.approx((box[2] - box[0], box[3] - box[1]))


def test_boxes_are_taken_hold_of() -> None:
    box = (0.2, 0.2, 0.4, 0.6)
    assert turned(box, 90) == pytest.approx((0.4, 0.2, 0.8, 0.4))
    assert corner_at(box, (0.21, 0.59), (0.02, 0.02)) == (0.4, 0.2)
    assert corner_at(box, (0.3, 0.4), (0.02, 0.02)) is None
    assert (box_at([MIDDLE, box], (0.3, 0.5)), box_at([box], (0.9, 0.9))) == (1, None)
    assert in_words(box) == "20 % from the left, 20 % from the top, 20 % wide, 40 % high"
    assert between((2, 2), (1, 1)) == (1 - LEAST, 1 - LEAST, 1, 1)


def marking(qtbot: QtBot, fact: EvidenceFact = LETTER) -> tuple[Program, Marker]:
    program = Program(qtbot, fact)
    program.press("Details: letter.pdf")
    program.press("Black something out in letter.pdf")
    return program, named(program.screen, "Page 1 of letter.pdf", Marker)


def test_a_box_is_drawn_moved_and_stretched_by_keyboard_and_blacked_out_when_asked_for(qtbot: QtBot) -> None:
    program, sheet = marking(qtbot)
    assert QApplication.focusWidget() is sheet
    do = named(program.screen, "Black it out", QAbstractButton)
    assert not do.isEnabled()
    program.press("Add a box on this page")
    assert QApplication.focusWidget() is sheet
    for key, keys in ((Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Down, SHIFT)):
        QTest.keyClick(sheet, key, keys)
    QTest.keyClick(sheet, Qt.Key.Key_Up, CTRL)
    assert sheet.boxes[0] == pytest.approx((0.29, 0.448, 0.69, 0.558))
    assert "Box 1 of 1: 29 % from the left, 45 % from the top" in sheet.accessibleDescription()
    assert not [one for one in program.asked if isinstance(one, TreatEvidence)]
    program.press("Black it out")
    (area,) = program.last(TreatEvidence).treatment.areas
    assert (area.page, area.box) == (1, pytest.approx((0.29, 0.448, 0.69, 0.558)))
    black, before = program.last(TreatEvidence).treatment, len(program.asked)
    program.keep(replace(LETTER, treatment=black))
    drawn = [one for one in program.asked[before:] if isinstance(one, PreviewPage)]
    assert {one.fact.treatment for one in drawn} == {black}  # a picture of what it was before would not be shown
    program.screen.treated("1")
    assert QApplication.focusWidget() is named(program.screen, "Black something out in letter.pdf")
    assert sheet.boxes == ()


def test_a_box_is_drawn_moved_and_stretched_by_mouse(qtbot: QtBot) -> None:
    _, sheet = marking(qtbot)
    area = sheet.area()

    def at(x: float, y: float) -> QPoint:
        return QPoint(round(area.x() + x * area.width()), round(area.y() + y * area.height()))

    def drag(start: QPoint, *way: QPoint) -> None:
        QTest.mousePress(sheet, Qt.MouseButton.LeftButton, pos=start)
        for spot in way:
            QTest.mouseMove(sheet, spot)
        QTest.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=way[-1] if way else start)

    drag(at(0.2, 0.2), at(0.3, 0.3), at(0.4, 0.4))
    assert sheet.boxes[0] == pytest.approx((0.2, 0.2, 0.4, 0.4), abs=0.01)
    drag(at(0.4, 0.4), at(0.6, 0.5))
    assert sheet.boxes[0] == pytest.approx((0.2, 0.2, 0.6, 0.5), abs=0.01)
    drag(at(0.4, 0.35), at(0.5, 0.45))
    assert sheet.boxes[0] == pytest.approx((0.3, 0.3, 0.7, 0.6), abs=0.01)
    drag(at(0.9, 0.9))
    assert len(sheet.boxes) == 1
    drag(at(0.9, 0.9), at(0.8, 0.8))
    assert len(sheet.boxes) == 2
    sheet.setFocus()
    QTest.keyClick(sheet, Qt.Key.Key_Delete)
    assert len(sheet.boxes) == 1


def test_boxes_stay_where_they_are_on_a_page_that_is_turned(qtbot: QtBot) -> None:
    program, sheet = marking(qtbot, replace(LETTER, rotate=180, turned=(Turn(1, 90),)))
    program.press("Add a box on this page")
    program.press("Black it out")
    assert program.last(TreatEvidence).treatment.areas[0].box == pytest.approx(turned(MIDDLE, -90))
    program.press("Turn this page left")
    assert sheet.boxes[0] == pytest.approx(turned(MIDDLE, -90))
    program.press("Next page")
    program.press("Add a box on this page")
    program.press("Black it out")
    assert program.last(TreatEvidence).treatment.areas[1].box == pytest.approx(turned(MIDDLE, -180))


def test_what_is_marked_is_listed_shown_and_removed(qtbot: QtBot) -> None:
    before = Treatment(areas=(Area(2, MIDDLE),), words=("Tom Marsh",))
    program, sheet = marking(qtbot, replace(LETTER, treatment=before))
    assert says(program.screen, "“Tom Marsh”: wherever it stands.")
    assert sheet.boxes == ()
    program.press("Show: 1. Box on page 2")
    assert says(program.screen, "Page 2 of 3")
    assert (QApplication.focusWidget(), sheet.chosen) == (sheet, 0)
    program.press("Remove: 1. Box on page 2")
    program.press("Remove: “Tom Marsh”: wherever it stands.")
    assert says(program.screen, "Nothing is marked yet.")
    program.press("Black it out")
    assert program.last(TreatEvidence).treatment == Treatment()
    program.screen.treated("1")
    assert named(program.screen, "Black it out", QAbstractButton).isEnabled()
    program.press("Cancel blacking out")
    assert not all_named(program.screen, "Black it out")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type the word or name first."),
        ("To", "That is too short: it would be found in many other words."),
        ("TOM marsh", "That is in the list already."),
    ],
)
def test_a_word_that_cannot_be_blacked_out_is_said_to_be_so(qtbot: QtBot, typed: str, said: str) -> None:
    program, _ = marking(qtbot, replace(LETTER, treatment=Treatment(words=("Tom Marsh",))))
    QTest.keyClicks(named(program.screen, "Word or name to black out", QLineEdit), typed)
    program.press("Add these words")
    assert says(program.screen, said)


def test_a_word_that_is_still_in_its_box_is_blacked_out_too(qtbot: QtBot) -> None:
    program, _ = marking(qtbot)
    program.press("Add a box on this page")
    QTest.keyClicks(named(program.screen, "Word or name to black out", QLineEdit), "Tom  Marsh")
    program.press("Black it out")
    assert program.last(TreatEvidence).treatment.words == ("Tom Marsh",)


def test_a_picture_is_cropped_and_straightened_by_keyboard(qtbot: QtBot) -> None:
    program = Program(qtbot, SCAN)
    program.press("Details: scan 2.jpg")
    program.press("Crop or straighten scan 2.jpg")
    assert program.last(WholePicture).fact == SCAN
    assert says(program.screen, "The picture is being opened.")
    program.screen.whole_picture("2", b"no picture", 0)
    program.screen.whole_picture("2", a_page(60, 30), 2.5)
    sheet = named(program.screen, "Frame of scan 2.jpg", Marker)
    assert (QApplication.focusWidget(), sheet.boxes) == (sheet, ((0, 0, 1, 1),))
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(sheet, key, SHIFT)
    QTest.keyClick(sheet, Qt.Key.Key_Right)
    QTest.keyClick(sheet, Qt.Key.Key_Delete)
    program.press("Its lines lean: turn it 2.5° right")
    program.press("Turn a little left")
    assert says(program.screen, "2° to the right")
    program.press("Crop and straighten")
    wish = program.last(TreatEvidence).treatment
    assert (wish.crop, wish.straighten) == (pytest.approx((0.01, 0, 0.01, 0.01)), 2)
    program.keep(replace(SCAN, treatment=wish))
    program.screen.treated("2")
    assert QApplication.focusWidget() is named(program.screen, "Crop or straighten scan 2.jpg")


def test_the_whole_picture_comes_back(qtbot: QtBot) -> None:
    cropped = replace(SCAN, rotate=90, treatment=Treatment(crop=(0.1, 0.2, 0.3, 0.4), straighten=5.0))
    program = Program(qtbot, cropped)
    program.press("Details: scan 2.jpg")
    program.press("Crop or straighten scan 2.jpg")
    program.screen.whole_picture("2", a_page(60, 30), 0)
    sheet = named(program.screen, "Frame of scan 2.jpg", Marker)
    assert sheet.boxes[0] == pytest.approx(turned((0.1, 0.2, 0.7, 0.6), 90))
    assert not named(program.screen, "Crop and straighten", QAbstractButton).isEnabled()
    program.press("The whole picture")
    program.press("Crop and straighten")
    assert program.last(TreatEvidence).treatment == Treatment()
    program.screen.failed("scan 2.jpg stays as it was.", "Try again.")
    program.screen.treated("2")
    program.press("Cancel cropping")
    assert all_named(program.screen, "Page 1 of scan 2.jpg")


def test_only_pictures_are_cropped(qtbot: QtBot) -> None:
    program = Program(qtbot, LETTER)
    program.press("Details: letter.pdf")
    assert not all_named(program.screen, "Crop or straighten letter.pdf")


def test_a_picture_with_boxes_is_not_cropped_as_they_would_lie_elsewhere(qtbot: QtBot) -> None:
    program = Program(qtbot, replace(SCAN, treatment=Treatment(areas=(Area(1, MIDDLE),))))
    program.press("Details: scan 2.jpg")
    assert says(program.screen, "To crop or straighten it, remove its boxes first")
    assert not all_named(program.screen, "Crop or straighten scan 2.jpg")
    program.press("Black something out in scan 2.jpg")
    program.press("Remove: 1. Box on page 1")
    program.press("Black it out")
    program.keep(SCAN)
    program.screen.treated("2")
    program.press("Crop or straighten scan 2.jpg")
    assert not says(program.screen, "remove its boxes first")


def test_words_are_counted_and_shown_before_they_are_blacked_out(qtbot: QtBot) -> None:
    program, sheet = marking(qtbot)
    for word in ("Tom Marsh", "Amira", "Nowhere"):
        QTest.keyClicks(named(program.screen, "Word or name to black out", QLineEdit), word)
        program.press("Add these words")
    words = ("Tom Marsh", "Amira", "Nowhere")
    assert program.last(FindWords) == FindWords(LETTER, Treatment(words=words))
    tom = tuple((Area(page, MIDDLE),) for page in (1, 3))
    program.screen.words_found("1", words[:1], Places((tom,), ()))
    assert says(program.screen, "“Tom Marsh”: wherever it stands.")
    before = sheet.grab().toImage()
    program.screen.words_found("1", words, Places((tom, ((Area(2, MIDDLE),),), ()), (2,)))
    assert says(program.screen, "“Tom Marsh”: 2 places on pages 1 and 3.")
    assert says(program.screen, "“Amira”: 1 place on page 2. It is in the pupil’s own name.")
    assert says(program.screen, "“Nowhere”: not found in the text.")
    assert says(program.screen, "Page 2: no text that can be read, so no words were looked for.")
    assert (sheet.boxes, sheet.grab().toImage() != before) == ((), True)


@given(st.tuples(*[st.integers(0, 800)] * 2), st.sampled_from((0, 90, 180, 270)), st.sampled_from((90, 180, 270)))
@example((211, 137), 0, 90)
def test_a_box_that_was_offered_goes_with_its_word_also_after_it_was_turned(
    spot: tuple[int, int], turn: int, seen: int
) -> None:
    page, word = (
        "1\t1\t0\t0\t0\t0\t0\t0\t1654\t2339\t-1\t",
        f"5\t1\t1\t1\t1\t1\t{spot[0]}\t{spot[1]}\t70\t23\t91\tJonah",
    )
    (place,) = locate(f"{page}\n{word}".encode(), ["Jonah"], turn)[0]["places"]
    offered, area = Offered(), Area(1, tuple(place["boxes"][0]))
    assert list(offered.take(["Jonah"], Places(((),), (), (), (1,), (((area,),),)), ())) == [area]
    drawn = Area(1, turned(turned(area.box, seen), -seen))
    assert (offered.word(drawn), offered.without("Jonah", [drawn])) == ("Jonah", [])


PHOTO = replace(LETTER, silent=(2, 3))


@pytest.fixture
def tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "program", lambda: "/usr/bin/tesseract")


def look_for(program: Program, *words: str) -> tuple[str, ...]:
    for word in words:
        QTest.keyClicks(named(program.screen, "Word or name to black out", QLineEdit), word)
        program.press("Add these words")
    return words


@pytest.mark.usefixtures("tesseract")
def test_words_that_a_machine_read_in_pictures_are_offered_as_boxes(qtbot: QtBot) -> None:
    program, sheet = marking(qtbot, PHOTO)
    assert says(program.screen, "In scans and photos it is looked for by machine, which may miss it.")
    words = look_for(program, "Jonah")
    do = named(program.screen, "Black it out", QAbstractButton)
    assert not do.isEnabled()  # before it is known where they are
    text, first, second = (Area(page, MIDDLE) for page in (1, 2, 3))
    begun = Places((((text,),),), ()).awaiting((2, 3))
    program.screen.words_found("1", words, begun)
    assert says(program.screen, "Page 2 is being read by machine. 2 pages are left, and each takes some seconds.")
    assert not do.isEnabled()
    one = begun.with_page(2, (((first,),),))
    program.screen.words_found("1", words, one)
    assert says(program.screen, "Page 3 is being read by machine. It takes some seconds.")
    both = one.with_page(3, (((second,),),))
    program.screen.words_found("1", words, both)
    assert says(program.screen, "“Jonah”: 1 place on page 1, and 2 places on pages 2 and 3, read by machine.")
    assert says(program.screen, "Pages 2 and 3 are pictures. Their words were read by machine and may be missed: look")
    program.press("Show: 1. Box on page 2: “Jonah”")
    assert (sheet.boxes, sheet.chosen) == ((MIDDLE,), 0)
    program.press("Remove: 2. Box on page 3: “Jonah”")
    program.screen.words_found("1", words, both)
    assert not all_named(program.screen, "Show: 2. Box on page 3: “Jonah”")  # offered once
    program.press("Black it out")
    assert program.last(TreatEvidence).treatment == Treatment(areas=(first,), words=words)
    program.press("Remove: “Jonah”: 1 place on page 1, and 2 places on pages 2 and 3, read by machine.")
    assert says(program.screen, "Nothing is marked yet.")


@pytest.mark.usefixtures("tesseract")
def test_nobody_has_to_wait_for_pictures_to_be_read(qtbot: QtBot) -> None:
    program, _ = marking(qtbot, replace(PHOTO, treatment=Treatment(areas=(Area(2, MIDDLE),))))
    words = look_for(program, "Jonah")
    covered = (0.31, 0.46, 0.4, 0.5)
    begun = Places(((),), ()).awaiting((2, 3)).with_page(2, (((Area(2, covered),),),))
    program.screen.words_found("1", words, begun)
    assert not all_named(program.screen, "Show: 2. Box on page 2: “Jonah”")  # black already
    program.press("Do not wait for pages to be read by machine")
    assert not program.screen.words_found("1", words, begun)  # so nothing more is read
    assert says(program.screen, "Page 2 is a picture. Its words were read by machine and may be missed: look at that")
    assert says(
        program.screen, "Page 3: no text that can be read, so no words were looked for. Turn or straighten what"
    )
    program.press("Black it out")
    assert program.last(TreatEvidence).treatment == Treatment(areas=(Area(2, MIDDLE),), words=words)


@pytest.mark.usefixtures("tesseract")
def test_a_word_in_its_box_is_looked_for_in_pictures_before_anything_is_blacked_out(qtbot: QtBot) -> None:
    program, _ = marking(qtbot, PHOTO)
    program.press("Add a box on this page")
    QTest.keyClicks(named(program.screen, "Word or name to black out", QLineEdit), "Jonah")
    program.press("Black it out")
    assert not [one for one in program.asked if isinstance(one, TreatEvidence)]
    before = len([one for one in program.asked if isinstance(one, FindWords)])
    program.press("Turn this page left")  # page 1 has text: nothing is read again
    assert len([one for one in program.asked if isinstance(one, FindWords)]) == before
    program.press("Next page")
    program.press("Turn this page left")
    assert program.last(FindWords).fact.turn(2) == 270
    begun = Places(((),), ()).awaiting((2, 3))
    assert program.screen.words_found("1", ("Jonah",), begun)
    program.press("Cancel blacking out")
    assert not program.screen.words_found("1", ("Jonah",), begun)


def test_pages_whose_text_proves_unreadable_are_waited_for_too(qtbot: QtBot) -> None:
    program, _ = marking(qtbot)
    words = look_for(program, "Jonah")
    do = named(program.screen, "Black it out", QAbstractButton)
    begun = Places(((),), (2,)).awaiting((2,))
    program.screen.words_found("1", words, begun)
    assert says(program.screen, "Page 2 is being read by machine.")
    assert not do.isEnabled()
    program.screen.words_found("1", words, begun.with_page(2, ((),)))
    assert do.isEnabled()


def test_without_tesseract_it_is_said_that_pictures_are_not_searched(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "program", lambda: "")
    program, _ = marking(qtbot, PHOTO)
    assert says(program.screen, "In scans and photos it is not found: draw boxes over it there.")
    words = look_for(program, "Jonah")
    assert named(program.screen, "Black it out", QAbstractButton).isEnabled()
    program.screen.words_found("1", words, Places(((),), (2, 3)))
    assert says(program.screen, "“Jonah”: not found in the text.")
    assert says(program.screen, "Pages 2 and 3: no text that can be read, so no words were looked for.")
