"""How a request reaches Dorset, which has no address for it: what is read when it is sent, and after."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from forms.kit.dates import long_day
from tests.desks import NOW, Hands, at_work
from tests.journeys.test_whole_way import make_pack, shell
from wizard import samples
from wizard.__main__ import main

pytestmark = [pytest.mark.long, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]
OFFICER = "Ask the council who its named officer for section 19 is"
SITE = "notified on the All Children in Education site"
LEAD = "sends the request to the Learning & Belonging Inclusion Lead of the locality"


def sent(hands: Hands, folder: Path, way: str) -> None:
    """From the home page to a pack that is sent."""
    assert hands.program.store is not None
    (row,) = hands.program.store.list()
    hands.program.open(row.reference)
    hands.row("Send").click()
    made = make_pack(hands, folder)
    assert b"\nTo:" not in made.draft_mail.read_bytes()
    hands.press(way)
    hands.enter("Who sent it?", "Tamsin Ogilvie-Grant")


@pytest.mark.parametrize(
    ("sample", "to", "read", "not_read"),
    [
        pytest.param(
            "dorset-specialist",
            "Named officer of the council",
            (OFFICER, SITE),
            LEAD,
            marks=pytest.mark.policy("D38", "D68"),
        ),
        pytest.param(
            "dorset-no-roll",
            "Inclusion Lead of the locality",
            (LEAD, "let the council’s named officer know"),
            OFFICER,
            marks=pytest.mark.policy("D99"),
        ),
    ],
)
def test_each_request_goes_to_its_own_addressee_and_then_to_the_panel_on_monday(
    sample: str, to: str, read: tuple[str, ...], not_read: str, qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    samples.write(sample, tmp_path / "D")
    assert main(["--home", str(home), "import", str(tmp_path / "D")]) == 0
    with at_work(qtbot, home) as hands:
        sent(hands, tmp_path, "Another way")
        for words in (*read, "Leocadia Brightwell, 01632 960340", "put in the address that the council gave you"):
            assert hands.says(words), words
        assert not hands.says(not_read)
        hands.press("I have sent it")
        assert hands.says("Sent. The referral is now with the council.")
        hands.press(f"On Monday {long_day(NOW.date() + timedelta(days=7))}: Central Learning Centre Panel, at 13:00")
        assert shell(hands).page.id == "decision"
        hands.row("Receipt by the council").click()
        assert hands.says(f"To {to}")
        assert hands.says("another way")
