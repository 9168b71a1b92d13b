"""What the first referral leaves for the next: the school, and the pupil's answers, each looked through again."""

import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot

from tests.desks import Hands, at_work
from tests.forms.anxious_pupil import ANXIOUS
from tests.journeys.filling import fill
from tests.store.test_nothing_in_plain import found_in
from wizard.errors import CannotWrite
from wizard.filling import unconfirmed
from wizard.referral import OpenReferral, begin
from wizard.store.referral_store import ReferralStore
from wizard.store.school_record import FILE

pytestmark = pytest.mark.long

NAME = "Wilhelmina Canary"
KEEP = "Keep these for the next referral"
STAFF = ANXIOUS["school"] | {"head": NAME, "tutor": "Mr Gill, 9B"}


def shell(hands: Hands) -> Any:
    assert hands.program.desk is not None
    return hands.program.desk.shell


def keep_referral(hands: Hands, **pages: Any) -> str:
    """A referral that was worked on some time ago."""
    store = hands.program.store
    assert isinstance(store, ReferralStore)
    with store.create() as file:
        begin(file, "essex")
        for page, raw in {**ANXIOUS, **pages}.items():
            file.save_page(page, raw)
        OpenReferral(file).save_overview()
        return file.reference


def start(hands: Hands) -> Any:
    hands.press("New referral")
    hands.press("Essex County Council")
    hands.press("Start the referral")
    return shell(hands)


def test_the_school_is_entered_once_and_looked_through_in_the_next_referral(qtbot: QtBot, home: Path) -> None:
    with at_work(qtbot, home) as hands:
        window = start(hands)
        for page in ("school", "calendar"):
            window.show_page(page)
            raw = {"school": STAFF, "calendar": ANXIOUS["calendar"]}[page]
            fill(window.shown, window.page, raw, window.referral.judgement.facts.answers)
            hands.press("Save and continue")
        hands.row("School and staff").click()
        assert not (home / FILE).exists(), "nothing is kept before somebody says so"
        hands.press(KEEP)
        assert hands.says("Your school’s details are kept, last changed on ")
        assert not hands.offers(KEEP)
        hands.press("Save and close")

        window = start(hands)
        window.show_page("school")
        assert hands.says("answers on this page were filled in from the school’s details, kept on ")
        assert hands.says("From the school’s details, kept on ")
        assert set(window.referral.case.answers) == {"school", "calendar"}
        assert window.referral.case.answers["school"] == {k: v for k, v in STAFF.items() if k != "tutor"}
        hands.enter("Headteacher", "Somebody Else")
        hands.press("Save and continue")
        assert unconfirmed(window.referral.case, "school") == ()
        assert unconfirmed(window.referral.case, "calendar") == ("terms", "closures")
        hands.press("Save and close")

        hands.press("Your school")
        assert hands.program.school.kept().pages["school"]["head"] == "Somebody Else"  # type: ignore[union-attr]
        assert found_in(home) == []


def test_your_school_is_filled_in_outside_of_a_referral(qtbot: QtBot, home: Path) -> None:
    with at_work(qtbot, home) as hands:
        hands.press("Your school")
        assert hands.says("Nothing is kept yet.")
        hands.press("Save")
        assert not (home / FILE).exists()
        hands.enter("Name of the school", NAME)
        hands.enter("Unique reference number (URN)", "12")
        hands.press("Save")
        assert hands.says("Saved, but not all of it can be right")
        assert hands.says("A school's URN has six digits.")
        hands.enter("Unique reference number (URN)", "100000")
        hands.press("Save")
        assert hands.says("Saved.")
        assert not hands.offers("Not known: Unique reference number (URN)")
        hands.press("Back to your referrals")
        assert found_in(home) == []

        hands.press("New referral")
        name = f"Fill in the details of {NAME}, kept on "
        assert any(one.accessibleName().startswith(name) for one in ticks(hands))


def test_your_school_can_be_deleted_and_brought_back(qtbot: QtBot, home: Path) -> None:
    with at_work(qtbot, home) as hands:
        hands.program.school.keep({"school": {"name": "Mill Lane"}})
        hands.press("Your school")
        hands.press("Delete these details")
        assert hands.says("The details of your school are deleted.")
        assert not (home / FILE).exists()
        hands.press("Undo")
        assert not hands.says("deleted")
        assert hands.program.school.kept().name == "Mill Lane"  # type: ignore[union-attr]
        hands.press("Delete these details")
        hands.press("Back to your referrals")
        hands.press("New referral")
        assert ticks(hands) == []
        assert list(home.glob("school*")) == []


def ticks(hands: Hands) -> list[Any]:
    from wizard.pages.words import Tick

    return [one for one in hands.window.findChildren(Tick) if one.isVisible()]


def test_without_the_tick_nothing_is_filled_in(qtbot: QtBot, home: Path) -> None:
    with at_work(qtbot, home) as hands:
        hands.program.school.keep({"school": {"name": "Mill Lane"}})
        hands.press("New referral")
        (tick,) = ticks(hands)
        assert tick.isChecked()
        tick.click()
        hands.press("Essex County Council")
        hands.press("Start the referral")
        assert shell(hands).referral.case.answers == {}


def test_what_is_typed_about_the_school_is_kept_when_the_window_locks_or_closes(qtbot: QtBot, home: Path) -> None:
    with at_work(qtbot, home) as hands:
        hands.press("Your school")
        hands.enter("Name of the school", "Mill Lane")
        hands.program.lock()
        assert not hands.says("Your school")
        assert hands.program.school.kept().name == "Mill Lane"  # type: ignore[union-attr]
        hands.press("Unlock")
        hands.enter("Headteacher", "Jo Marsh")
        hands.window.larger.emit()
        QApplication.processEvents()
        hands.enter("SENCO", "Priya Nair")
        assert hands.close()
    with at_work(qtbot, home) as hands:
        kept = hands.program.school.kept()
        assert kept is not None
        assert kept.pages["school"] == {"name": "Mill Lane", "head": "Jo Marsh", "senco": "Priya Nair"}
        hands.window.smaller.emit()


def test_when_it_cannot_be_saved_it_says_so_and_stays(
    qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise CannotWrite("The disk is full.", "Make room on it.")

    with at_work(qtbot, home) as hands:
        hands.press("Your school")
        hands.enter("Name of the school", "Mill Lane")
        with monkeypatch.context() as patched:
            patched.setattr("wizard.store.school_record.write_atomically", full)
            hands.press("Back to your referrals")
            assert hands.says("The disk is full.")
            assert not hands.close()
        hands.press("Back to your referrals")
        assert hands.says("Your referrals")
        assert hands.program.school.kept().name == "Mill Lane"  # type: ignore[union-attr]


def test_damaged_details_are_told_once_and_stop_nothing(
    qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    with at_work(qtbot, home) as hands:
        monkeypatch.setattr(hands.program.border, "tell", lambda sentence, remedy: told.append(sentence))
        (home / FILE).write_bytes(os.urandom(300))
        start(hands)
        hands.press("Save and close")
        start(hands)
        assert told == ["The details of your school that were kept cannot be read any more."]


def test_a_page_of_another_school_says_whose_details_are_kept(qtbot: QtBot, home: Path) -> None:
    with at_work(qtbot, home) as hands:
        hands.program.school.keep({"school": {"name": "Harbour Primary"}})
        hands.program.open(keep_referral(hands))
        hands.row("School calendar").click()
        assert hands.says("The details that are kept are those of Harbour Primary")
        hands.press("Keep these instead")
        assert hands.says("Your school’s details are kept, last changed on ")
        assert hands.program.school.kept().name == "Mill Lane High School"  # type: ignore[union-attr]
        hands.press("Stop keeping them")
        assert hands.program.school.kept() is None
        hands.press(KEEP)
        hands.press("Save and close")
        assert (home / FILE).exists()


@pytest.mark.policy("E1")
def test_an_earlier_referral_of_the_pupil_is_a_start_and_each_page_is_looked_through(qtbot: QtBot, home: Path) -> None:
    with at_work(qtbot, home) as hands:
        hands.press("New referral")
        assert not hands.offers("Yes, start from an earlier referral"), "there is none"
        hands.press("Back")
        keep_referral(hands, pupil=ANXIOUS["pupil"] | {"first_name": "Other"})
        reference = keep_referral(hands, pupil=ANXIOUS["pupil"] | {"surname": NAME})
        hands.press("New referral")
        hands.press("Essex County Council")
        hands.press("Yes, start from an earlier referral")
        hands.press("Start the referral")
        assert hands.says("Choose the earlier referral.")
        (rows,) = [one for one in hands.window.findChildren(QListWidget) if one.isVisible()]
        assert rows.count() == 2
        rows.setCurrentRow(next(n for n in range(2) if reference in rows.item(n).text()))
        hands.press("Start the referral")
        case = shell(hands).referral.case
        assert case.reference != reference
        assert case.answers["pupil"]["surname"] == NAME
        assert not {"attendance", "pupil_views", "consent", "declarations", "request"} & set(case.answers)
        assert (case.signatures, case.evidence, case.reasons, case.diary) == ((), (), {}, ())
        hands.row("Pupil").click()
        assert hands.says(f"filled in from the earlier referral {reference} of ")
        hands.press("Save and continue")
        case = shell(hands).referral.case
        assert unconfirmed(case, "pupil") == ()
        assert unconfirmed(case, "family") == ("adults", "emergency")
        hands.press("Save and close")
        assert found_in(home) == []


def test_an_earlier_referral_that_cannot_be_read_begins_nothing(qtbot: QtBot, home: Path) -> None:
    with at_work(qtbot, home) as hands:
        reference = keep_referral(hands)
        assert hands.program.store is not None
        hands.program.choose_council()
        with hands.program.store.open(reference):
            hands.program.begin("essex", reference)
            assert hands.says(f"Referral {reference} is open in another window.")
        assert len(hands.program.store.list()) == 1


def test_the_sign_page_offers_the_names_of_the_staff(qtbot: QtBot, home: Path) -> None:
    with at_work(qtbot, home) as hands:
        hands.program.open(keep_referral(hands))
        window = shell(hands)
        window.show_page("sign")
        named = {role: form.name.text() for role, form in window.shown.forms.items()}
        assert named.items() >= {"senco": "Priya Nair", "dsl": "Alan Voss", "slt": "Rita Cole"}.items()
