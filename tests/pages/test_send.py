"""Send: what is open, the pack and its password, that it was sent, and what happens next."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from tests.forms.anxious_pupil import ANXIOUS
from tests.pages.referrals import buttons, case, signed_by_all, view, words
from wizard.evidence_fact import EvidenceFact, Mark
from wizard.pages import send
from wizard.pages.screen import MakePack, MarkSent, PackMade
from wizard.pages.send import SendScreen

MADE = PackMade(Path("/packs/R-7KQ4-2MX.pdf"), 4_200_000, 57, "fk7m-2xrw-9tth", Path("/packs/R-7KQ4-2MX.eml"))


@pytest.fixture
def screen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> SendScreen:
    monkeypatch.setattr(send, "documents", lambda: Path("/documents"))
    screen = SendScreen(view(signed_by_all(case()), "send"))
    qtbot.addWidget(screen)
    screen.resize(900, 2000)
    screen.show()
    return screen


def test_when_it_is_not_ready_it_says_what_is_open_with_links(qtbot: QtBot) -> None:
    screen = SendScreen(view(case({**ANXIOUS, "request": {}}), "send"))
    qtbot.addWidget(screen)
    assert "stand between this referral and its final pack" in words(screen)
    assert "Make the pack" not in buttons(screen)
    link = next(one for name, one in buttons(screen).items() if name.startswith("The request: "))
    with qtbot.waitSignal(screen.go_to) as heard:
        link.click()
    assert heard.args == ["request"]
    with qtbot.waitSignal(screen.go_to) as heard:
        buttons(screen)["See everything under Check your answers"].click()
    assert heard.args == ["check"]


def test_an_empty_referral_does_not_list_everything(qtbot: QtBot) -> None:
    screen = SendScreen(view(case({}), "send"))
    qtbot.addWidget(screen)
    assert "other tasks" in words(screen)


def test_the_pack_goes_into_the_folder_that_was_chosen(qtbot: QtBot, screen: SendScreen, tmp_path: Path) -> None:
    assert "/documents" in words(screen)
    assert "An e-mail to the council is drafted beside it." in words(screen)
    screen.choose_folder = lambda parent, start: None
    buttons(screen)["Choose another folder"].click()
    assert screen.folder == Path("/documents")
    screen.choose_folder = lambda parent, start: start / "referrals"
    buttons(screen)["Choose another folder"].click()
    assert "/documents/referrals" in words(screen)
    with qtbot.waitSignal(screen.wanted) as heard:
        buttons(screen)["Make the pack"].click()
    assert heard.args == [MakePack(Path("/documents/referrals"))]
    for made, folder in ((replace(MADE, path=tmp_path / "R.pdf"), tmp_path), (MADE, Path("/documents"))):
        screen.refresh(view(signed_by_all(case()), "send", made))
        assert screen.folder == folder, "the next pack goes where the last one is, if that is still there"


def test_the_pack_is_shown_with_size_password_and_what_to_do(screen: SendScreen) -> None:
    screen.refresh(view(signed_by_all(case()), "send", MADE))
    text = words(screen)
    assert "57 pages, 4.2 MB, which makes an e-mail of 5.8 MB. The council takes up to 20 MB, so it fits." in text
    assert "by telephone" in text
    assert "foxtrot, kilo, seven, mike, dash" in text
    assert "R-7KQ4-2MX.eml" in text
    assert "medical@essex.gov.uk" in text
    fields = {one.accessibleName(): one.text() for one in screen.findChildren(QLineEdit)}
    assert fields["Password of the pack"] == "fk7m-2xrw-9tth"


def test_a_pack_that_is_too_large_says_what_to_do(screen: SendScreen) -> None:
    large = PackMade(MADE.path, 16_000_000, 1, MADE.password, MADE.draft_mail)
    screen.refresh(view(signed_by_all(case()), "send", large))
    assert "1 page, 16.0 MB" in words(screen)
    assert "too large: leave out pages of evidence" in words(screen)


@pytest.mark.parametrize(("row", "old"), [("E144", False), ("E30", True)])
def test_a_reason_that_counts_only_after_sending_makes_no_pack_old(screen: SendScreen, row: str, old: bool) -> None:
    entry = {
        "event": "exported",
        "when": "2026-11-20T10:00",
        "digest": view(case(), "send").judgement.facts.pack_digest,
    }
    screen.refresh(view(case(diary=(entry,), reasons={row: "The provider tells us in January."}), "send", MADE))
    assert ("Something was changed after this pack was made." in words(screen)) is old


def test_a_pack_made_before_the_last_change_is_said_to_be_old(screen: SendScreen) -> None:
    entry = {"event": "exported", "when": "2026-11-20T10:00", "digest": "of something else"}
    screen.refresh(view(signed_by_all(case(diary=(entry,))), "send", MADE))
    assert "Something was changed after this pack was made. Make it again." in words(screen)


def test_a_signature_taken_back_or_given_makes_a_pack_old(screen: SendScreen) -> None:
    signed = signed_by_all(case())
    digest = view(signed, "send").judgement.facts.pack_digest
    entry = {"event": "exported", "when": "2026-11-20T10:00", "digest": digest}
    screen.refresh(view(replace(signed, diary=(entry,)), "send", MADE))
    assert "Something was changed after this pack was made." not in words(screen)
    screen.refresh(view(replace(signed, diary=(entry,), signatures=signed.signatures[:-1]), "send", MADE))
    assert "Something was changed after this pack was made." in words(screen)


def test_what_to_look_at_in_a_pack_is_said_beside_it(screen: SendScreen) -> None:
    told = "Something that is blacked out in evidence 1 can be read in evidence 3."
    screen.refresh(view(signed_by_all(case()), "send", replace(MADE, look_at=(told,))))
    assert told in words(screen)


def test_the_password_can_be_copied_and_leaves_the_clipboard_again(
    qtbot: QtBot, qapp: QApplication, screen: SendScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "CLIPBOARD_MS", 50)
    screen.refresh(view(signed_by_all(case()), "send", MADE))
    buttons(screen)["Copy the password"].click()
    assert QGuiApplication.clipboard().text() == MADE.password
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "")
    buttons(screen)["Copy the password"].click()
    QGuiApplication.clipboard().setText("something else")
    qtbot.wait(100)
    assert QGuiApplication.clipboard().text() == "something else"
    monkeypatch.setattr(send, "CLIPBOARD_MS", 60_000)
    buttons(screen)["Copy the password"].click()
    qapp.aboutToQuit.emit()
    assert QGuiApplication.clipboard().text() == "", "the program was closed before the minute was over"


def test_that_it_was_sent_is_kept_with_how_and_by_whom(qtbot: QtBot, screen: SendScreen) -> None:
    screen.refresh(view(signed_by_all(case()), "send", MADE))
    with qtbot.assertNotEmitted(screen.wanted):
        buttons(screen)["I have sent it"].click()
    assert "Say how it was sent." in words(screen)
    buttons(screen)["By e-mail, with the draft that was made"].click()
    with qtbot.assertNotEmitted(screen.wanted):
        buttons(screen)["I have sent it"].click()
    assert "Say who sent it." in words(screen)
    who = next(one for one in screen.findChildren(QLineEdit) if one.accessibleName() == "Who sent it?")
    who.setText(" Priya  Nair ")
    with qtbot.waitSignal(screen.wanted) as heard:
        buttons(screen)["I have sent it"].click()
    assert heard.args == [MarkSent("e-mail", "Priya Nair")]


@pytest.mark.parametrize(
    ("typed", "kept", "said"),
    [
        (("19", "11", "2026"), "2026-11-19", ""),
        (("20", "11", "2026"), "", ""),
        (("18", "11", "2026"), None, "The pack was made on 19 November 2026: it was sent then or later."),
        (("21", "11", "2026"), None, "This date is still to come."),
        (("", "", ""), None, "Enter the date on which it was sent."),
    ],
)
def test_it_may_have_been_sent_on_another_day(
    qtbot: QtBot, screen: SendScreen, typed: tuple[str, ...], kept: str | None, said: str
) -> None:
    made = {"event": "exported", "when": "2026-11-19T16:20+00:00"}
    screen.refresh(view(signed_by_all(case(diary=(made,))), "send", MADE))
    lines = {one.accessibleName(): one for one in screen.findChildren(QLineEdit) if one.isVisibleTo(screen)}
    boxes = [lines[f"{part}: When was it sent?"] for part in ("Day", "Month", "Year")]
    assert [box.text() for box in boxes] == ["20", "11", "2026"]
    for box, text in zip(boxes, typed, strict=True):
        box.setText(text)
    buttons(screen)["I have sent it"].click()
    buttons(screen)["Uploaded to the council’s portal"].click()
    lines["Who sent it?"].setText("Priya Nair")
    heard: list[object] = []
    screen.wanted.connect(heard.append)
    buttons(screen)["I have sent it"].click()
    assert heard == ([] if kept is None else [MarkSent("portal", "Priya Nair", kept)])
    assert said in words(screen)
    assert "Say how it was sent." not in words(screen)


@pytest.mark.policy("E66")
def test_after_it_was_sent_the_next_school_day_brings_the_question_of_receipt(qtbot: QtBot, screen: SendScreen) -> None:
    friday_before_christmas = {"event": "sent", "when": "2026-12-24T15:00+00:00", "how": "e-mail", "by": "Priya Nair"}
    screen.refresh(view(signed_by_all(case(diary=(friday_before_christmas,))), "send", MADE))
    follow = "By Tuesday 29 December 2026: Ask the council to confirm receipt"
    with qtbot.waitSignal(screen.go_to) as heard:
        buttons(screen)[follow].click()
    assert heard.args == ["receipt"]
    with qtbot.waitSignal(screen.go_to) as heard:
        buttons(screen)["Note what the council says"].click()
    assert heard.args == ["receipt"]
    assert "I have sent it" not in buttons(screen)


def test_a_change_after_sending_does_not_ask_for_the_pack_again(screen: SendScreen) -> None:
    made = {"event": "exported", "when": "2026-11-19T16:20", "digest": "of something else"}
    sent = {"event": "sent", "when": "2026-11-20", "how": "e-mail", "by": "Priya Nair"}
    screen.refresh(view(case(diary=(made, sent)), "send", MADE))  # nobody's signature stands any more
    told = words(screen)
    assert "The council has it as it was sent: tell them, if it matters to them." in told
    assert "Make it again" not in told
    assert told.index("Sent. The referral is now with the council.") < told.index(
        "between this referral and a new pack."
    )


def test_work_under_way_is_shown_and_can_be_stopped(qtbot: QtBot, screen: SendScreen) -> None:
    screen.progress("Sealing", 0.9)
    assert "Sealing" in words(screen)
    assert "Cancel" in buttons(screen)
    screen.failed("The folder for the pack is not there.", "Choose another folder.")
    assert "The folder for the pack is not there." in words(screen)


def test_the_folder_to_begin_with_is_where_people_look(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: "/home/priya/Documents")
    assert send.documents() == Path("/home/priya/Documents")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/chosen")
    assert send.ask_for_folder(SendScreen(view(case({}), "send")), Path("/")) == Path("/chosen")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    assert send.ask_for_folder(SendScreen(view(case({}), "send")), Path("/")) is None


def test_it_asks_before_a_paper_that_may_be_about_another_child_goes_out(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "documents", lambda: Path("/documents"))
    letter = EvidenceFact(file="GP letter.pdf", pages=1, marks=(Mark("name", 1, "Tom Marsh"),), id="7")
    screen = SendScreen(view(signed_by_all(case(evidence=(letter,))), "send"))
    qtbot.addWidget(screen)
    screen.show()
    with qtbot.assertNotEmitted(screen.wanted):
        buttons(screen)["Make the pack"].click()
    assert "“GP letter.pdf” (page 1) has the name Tom Marsh" in words(screen)
    with qtbot.waitSignal(screen.go_to) as heard:
        buttons(screen)["Look at the documents first"].click()
    assert heard.args == ["evidence"]
    with qtbot.waitSignal(screen.wanted) as heard:
        buttons(screen)["I have looked: make the pack"].click()
    assert heard.args == [MakePack(Path("/documents"))]
