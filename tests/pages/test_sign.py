"""Sign: who signs what and in which order, and that a later change voids a signature and says so."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.forms.anxious_pupil import ANXIOUS
from tests.pages.referrals import buttons, case, signed, signed_by_all, view, words
from wizard.pages.check import ReasonBox
from wizard.pages.screen import GiveReason, Sign, WithdrawSignature
from wizard.pages.sign import SignScreen
from wizard.pages.signature_pad import SCALE, SignaturePad


@pytest.fixture
def screen(qtbot: QtBot) -> SignScreen:
    screen = SignScreen(view(case(), "sign"))
    qtbot.addWidget(screen)
    screen.resize(900, 2000)
    screen.show()
    return screen


@pytest.fixture
def pad(qtbot: QtBot) -> SignaturePad:
    pad = SignaturePad()
    qtbot.addWidget(pad)
    pad.show()
    return pad


def draw(qtbot: QtBot, pad: SignaturePad, *points: tuple[int, int]) -> None:
    left = Qt.MouseButton.LeftButton
    first, *rest = [QPointF(*point).toPoint() for point in points]
    qtbot.mousePress(pad, left, pos=first)
    for point in rest:
        qtbot.mouseMove(pad, pos=point)
    qtbot.mouseRelease(pad, left, pos=(rest or [first])[-1])


def test_signers_stand_in_order_with_the_words_they_agree_to(screen: SignScreen) -> None:
    text = words(screen)
    order = [text.index(title) for title in ("1  Designated safeguarding lead", "2  SENCO", "3  Senior leader")]
    assert order == sorted(order)
    assert "I have been consulted about the pupil’s needs." in text
    assert text.count("Not signed yet") == len(screen.forms)


def test_the_first_form_is_open_and_knows_the_name_from_the_school_page(qtbot: QtBot, screen: SignScreen) -> None:
    assert screen.forms["dsl"].isVisible()
    assert screen.forms["dsl"].name.text() == "Alan Voss"
    assert not screen.forms["senco"].isVisible()
    with qtbot.waitSignal(screen.wanted) as heard:
        buttons(screen)["Sign now: Designated safeguarding lead"].click()
    assert heard.args == [Sign("dsl", "Alan Voss", "typed", b"")]


def test_others_may_sign_out_of_order(qtbot: QtBot, screen: SignScreen) -> None:
    buttons(screen)["Sign as SENCO"].click()
    assert screen.forms["senco"].isVisible()
    assert screen.forms["senco"].name.text() == "Priya Nair"


@pytest.mark.policy("E25")
def test_where_somebody_cannot_sign_a_reason_is_given_instead(qtbot: QtBot, screen: SignScreen) -> None:
    buttons(screen)["Give a reason for going on without: Oversight by SENCO and senior leadership"].click()
    (box,) = (one for one in screen.findChildren(ReasonBox) if one.box.isVisible())
    box.box.setPlainText("Our only senior leader is ill until Monday.")
    with qtbot.waitSignal(screen.wanted) as heard:
        buttons(screen)["Keep this reason: Oversight by SENCO and senior leadership"].click()
    assert heard.args == [GiveReason("E25", "Our only senior leader is ill until Monday.")]


def test_a_reason_that_stands_for_a_signature_can_be_changed(qtbot: QtBot) -> None:
    screen = SignScreen(view(replace(case(), reasons={"E25": "Our only senior leader is ill."}), "sign"))
    qtbot.addWidget(screen)
    assert "Our only senior leader is ill." in words(screen)
    assert "Change the reason: Oversight by SENCO and senior leadership" in buttons(screen)


def test_a_signature_without_a_name_is_not_taken(qtbot: QtBot, screen: SignScreen) -> None:
    screen.forms["dsl"].name.setText("  ")
    with qtbot.assertNotEmitted(screen.wanted):
        buttons(screen)["Sign now: Designated safeguarding lead"].click()
    assert "Enter the name of the person who signs." in words(screen)


def test_a_signature_can_be_drawn(qtbot: QtBot, screen: SignScreen) -> None:
    form = screen.forms["dsl"]
    buttons(screen)["Draw the signature here, with mouse, finger or pen"].click()
    with qtbot.assertNotEmitted(screen.wanted):
        form.button.click()
    assert "Draw the signature in the box, or choose another way." in words(screen)
    draw(qtbot, form.pad, (40, 80), (90, 30), (140, 90))
    with qtbot.waitSignal(screen.wanted) as heard:
        form.button.click()
    (request,) = heard.args
    assert request.method == "drawn"
    assert request.picture.startswith(b"\x89PNG")


def test_a_signature_can_be_on_paper(qtbot: QtBot, screen: SignScreen) -> None:
    buttons(screen)["It is signed on paper, and the school keeps the paper"].click()
    assert "keep the sheet" in words(screen)
    form = screen.forms["dsl"]
    form.button.click()
    assert "Enter the date that stands under the signature." in words(screen)
    day, month, year = form.day.fields["day"].control.parts()
    for box, text in ((day, "19"), (month, "Nov"), (year, "2027")):
        qtbot.keyClicks(box, text)
    form.button.click()
    assert "This date is still to come. Check the year." in words(screen)
    qtbot.keyClick(year, Qt.Key.Key_Backspace)
    qtbot.keyClicks(year, "6")
    with qtbot.waitSignal(screen.wanted) as heard:
        form.button.click()
    assert (heard.args[0].method, heard.args[0].day) == ("on paper", "2026-11-19")


def test_a_signature_on_paper_bears_the_date_of_the_paper(qtbot: QtBot, screen: SignScreen) -> None:
    whole = signed(case(), "dsl")
    (signature,) = whole.signatures
    paper = replace(signature, method="on paper", when="2026-11-19")
    screen.refresh(view(replace(whole, signatures=(paper,)), "sign"))
    assert "Signer dsl, on paper, 19 November 2026" in words(screen)
    assert "00:00" not in words(screen)


def test_a_signature_given_is_shown_and_can_be_taken_back(qtbot: QtBot, screen: SignScreen) -> None:
    screen.refresh(view(signed(case(), "dsl"), "sign"))
    assert "Signer dsl, typed, 20 November 2026, 10:05" in words(screen)
    assert screen.forms["senco"].isVisible()
    with qtbot.waitSignal(screen.wanted) as heard:
        buttons(screen)["Take this signature back: Designated safeguarding lead"].click()
    assert heard.args == [WithdrawSignature("dsl")]


def test_that_a_change_voids_signatures_is_said_before_and_after(screen: SignScreen) -> None:
    assert "the signatures below no longer count" not in words(screen)
    before = signed(case(), "dsl")
    screen.refresh(view(before, "sign"))
    assert "If an answer, a reason or a document is changed now" in words(screen)
    assert "Only the reason for going on without a signature, at the end of this page, may still change" in words(
        screen
    )
    screen.refresh(view(signed_by_all(case()), "sign"))
    assert "may still change" not in words(screen), "no such reason can be given any more"
    changed: dict[str, Any] = {**ANXIOUS, "pupil": {**ANXIOUS["pupil"], "sex": "M"}}
    screen.refresh(view(replace(before, answers=changed), "sign"))
    assert "Something was changed after these were given" in words(screen)
    assert "Signer dsl, 20 November 2026, 10:05" in words(screen)
    assert screen.forms["dsl"].name.text() == "Signer dsl"


def test_when_something_is_still_to_do_it_says_so_first(qtbot: QtBot, screen: SignScreen) -> None:
    screen.refresh(view(case({**ANXIOUS, "request": {}}), "sign"))
    assert "still to do" in words(screen)
    with qtbot.waitSignal(screen.go_to) as heard:
        buttons(screen)["See what is to do"].click()
    assert heard.args == ["check"]


def test_when_all_have_signed_no_form_is_left(screen: SignScreen) -> None:
    screen.refresh(view(signed_by_all(case()), "sign"))
    assert screen.forms == {}
    assert "Not signed yet" not in words(screen)


def test_what_is_drawn_comes_out_cut_to_its_edges(qtbot: QtBot, pad: SignaturePad) -> None:
    assert pad.empty
    assert pad.png() == b""
    with qtbot.waitSignal(pad.signed):
        draw(qtbot, pad, (40, 80), (90, 30), (140, 90))
    image = QImage.fromData(pad.png())
    assert (image.width(), image.height()) == ((140 - 40 + 12) * SCALE, (90 - 30 + 12) * SCALE)
    assert image.pixelColor(0, 0).alpha() == 0
    assert any(image.pixelColor(x, y).alpha() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3))


def test_a_stroke_stays_inside_and_a_dot_counts(qtbot: QtBot, pad: SignaturePad) -> None:
    draw(qtbot, pad, (60, 60), (9000, -50))
    assert QImage.fromData(pad.png()).width() <= (pad.width() + 12) * SCALE
    pad.clear()
    draw(qtbot, pad, (60, 60))
    assert not pad.empty
    pad.grab()


def test_delete_clears_and_other_keys_do_not(qtbot: QtBot, pad: SignaturePad) -> None:
    draw(qtbot, pad, (60, 60), (70, 70))
    qtbot.keyClick(pad, Qt.Key.Key_A)
    assert not pad.empty
    qtbot.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.empty


def test_a_pen_draws_too(qtbot: QtBot, pad: SignaturePad) -> None:
    device = QPointingDevice(
        "pen", 1, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position, 1, 1,
    )  # fmt: skip
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    kinds = QTabletEvent.Type
    for kind, x in ((kinds.TabletPress, 30), (kinds.TabletMove, 60), (kinds.TabletMove, 90), (kinds.TabletRelease, 90)):
        at = QPointF(x, 50)
        event = QTabletEvent(kind, device, at, at, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, none, button, button)
        QApplication.sendEvent(pad, event)
    assert QImage.fromData(pad.png()).width() == (60 + 12) * SCALE
