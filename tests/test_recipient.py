"""The pack goes to the council and to nobody else: there is no place to name a provider as its recipient (E86)."""

from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.forms.anxious_pupil import ANXIOUS
from tests.pages.referrals import case, signed_by_all, view
from wizard.case import Case
from wizard.councils import council
from wizard.errors import UnusableInput
from wizard.export import Pack, mail_draft
from wizard.pages.screen import PackMade
from wizard.pages.send import SendScreen
from wizard.schema import referral_schema

PROVIDER = "intake@provider.example"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
pytestmark = pytest.mark.policy("E86")


def test_the_draft_is_addressed_to_the_council_whatever_is_typed_anywhere() -> None:
    request = ANXIOUS["request"] | {"provision": f"A tutor of {PROVIDER}"}
    school = ANXIOUS["school"] | {"email": PROVIDER, "senco_email": PROVIDER, "senco": f"Priya Nair\nTo: {PROVIDER}"}
    judgement = view(case({**ANXIOUS, "request": request, "school": school}), "send").judgement
    _, draft = mail_draft(judgement, Pack(b"%PDF-", 1, sealed=True, encrypted=True), NOW)
    message = message_from_bytes(draft)
    assert message.get_all("To") == [council("essex").recipient.email]
    assert message.get_all("Cc") is message.get_all("Bcc") is None


def test_the_page_has_no_place_to_type_an_address(qtbot: QtBot) -> None:
    made = PackMade(Path("/packs/a.pdf"), 1000, 3, "fk7m-2xrw", Path("/packs/a.eml"))
    screen = SendScreen(view(signed_by_all(case()), "send", made))
    qtbot.addWidget(screen)
    typed = [one for one in screen.findChildren(QLineEdit) if not one.isReadOnly()]
    day = [f"{part}: When was it sent?" for part in ("Day", "Month", "Year")]
    assert [one.accessibleName() for one in typed] == ["Who sent it?", *day]
    assert screen.findChildren(QPlainTextEdit) == []


@pytest.mark.parametrize("place", ["recipient", "to", "send"])
def test_a_referral_that_names_another_recipient_is_refused(place: str) -> None:
    whole = case().to_json()
    with pytest.raises(UnusableInput):
        Case.from_json(whole | {place: {"email": PROVIDER}})
    assert place not in referral_schema()["properties"]


def test_a_referral_cannot_bring_a_council_of_its_own() -> None:
    other = case().to_json() | {"authority": {"id": PROVIDER, "version": "1"}}
    with pytest.raises(UnusableInput, match="no file for"):
        council(Case.from_json(other).authority)
