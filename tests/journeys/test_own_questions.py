"""A council's own questions through the front doors: the window, and the command line."""

import json
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtWidgets import QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from forms.catalogue import pages_of
from tests.desks import Hands, at_work
from tests.forms.test_own_questions import BY_BUS
from tests.journeys.filling import fill
from tests.journeys.test_whole_way import shell
from tests.own_council import WESSEX, install, wessex
from wizard.__main__ import main

pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def _installed(home: Path) -> None:
    install(home)


def begin(hands: Hands) -> None:
    hands.press("New referral")
    hands.press("Wessex Council")
    hands.press("Start the referral")


def test_the_page_is_filled_in_reviewed_and_kept(qtbot: QtBot, home: Path) -> None:
    page = pages_of(wessex())["wessex-transport"]
    with at_work(qtbot, home) as hands:
        begin(hands)
        hands.row("Transport").click()
        window = shell(hands)
        assert window.page is page
        assert hands.says("How does the pupil come to school?")
        assert hands.says("Wessex Council arranges transport with the place.")
        assert hands.says("3  School and referrer")
        fill(window.shown, page, {"way": "bus"}, window.referral.judgement.facts.answers)
        hands.press("Save and continue")
        assert hands.says("“Number of the bus pass” is not answered yet.")
        rest = {**BY_BUS, "pass": "12 34", "journeys": [{"from_place": "Home", "minutes": "35"}]}
        del rest["way"]
        fill(window.shown, page, rest, window.referral.judgement.facts.answers)
        hands.press("Save and continue")
        assert window.page is not page
        assert hands.row("Transport").accessibleName() == "Transport, Completed"
        hands.row("Check your answers").click()
        qtbot.waitUntil(lambda: hands.says("By bus"), timeout=30_000)
        hands.press("Save and close")
        assert hands.program.store is not None
        (row,) = hands.program.store.list()
        hands.program.open(row.reference)
        hands.row("Transport").click()
        assert "12 34" in [box.text() for box in shell(hands).shown.findChildren(QLineEdit)]


def test_the_pack_and_the_schema_hold_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, pack = tmp_path / "R", tmp_path / "pack.pdf"
    folder.mkdir()
    whole = {
        "format": 1,
        "authority": {"id": "wessex", "version": "1"},
        "answers": {"wessex-transport": {**BY_BUS, "pass": "12 34"}, "essex-elsewhere": {"kept": "Zephyrine"}},
    }
    (folder / "referral.json").write_text(json.dumps(whole), encoding="utf-8")
    assert main(["check", str(folder)]) == 1
    assert main(["pack", str(folder), "--draft", "--out", str(pack)]) == 0
    text = " ".join(page.get_textpage().get_text_range() for page in PdfDocument(pack.read_bytes()))
    assert "Number of the bus pass" in text
    assert "12 34" in text
    assert "Zephyrine" not in text
    assert main(["import", str(folder)]) == 0
    reference = capsys.readouterr().out.split()[-1]
    assert main(["export", reference, "--out", str(tmp_path / "again")]) == 0
    again = json.loads((tmp_path / "again" / "referral.json").read_text(encoding="utf-8"))
    assert again["answers"] == whole["answers"]
    capsys.readouterr()
    assert main(["schema"]) == 0
    assert "wessex-transport" in json.loads(capsys.readouterr().out)["properties"]["answers"]["properties"]


def begin_again(hands: Hands, name: str) -> None:
    """From the one earlier referral there is."""
    hands.press("New referral")
    hands.press(name)
    hands.press("Yes, start from an earlier referral")
    (rows,) = [one for one in hands.window.findChildren(QListWidget) if one.isVisible()]
    rows.setCurrentRow(0)
    hands.press("Start the referral")


def test_a_later_referral_begins_with_the_answers_and_they_are_looked_through(qtbot: QtBot, home: Path) -> None:
    wish = '[[pages]]\nid = "wessex-wish"\nform = "request"\ntask = "Wish"\nheading = "Which wish?"\n'
    install(home, WESSEX + wish + '[[pages.questions]]\nname = "wish"\nlabel = "Wish"\n')
    with at_work(qtbot, home) as hands:
        begin(hands)
        shell(hands).referral.commit("wessex-transport", {**BY_BUS, "pass": "12 34"}, {})
        shell(hands).referral.commit("wessex-wish", {"wish": "A taxi"}, {})
        hands.press("Save and close")
        begin_again(hands, "Wessex Council")
        window = shell(hands)
        assert window.referral.case.answers["wessex-transport"] == {**BY_BUS, "pass": "12 34"}
        assert "wessex-wish" not in window.referral.case.answers, "a request is made anew"
        assert any(point.page == "wessex-transport" for point in window.referral.judgement.points), (
            "till it is looked at"
        )
        hands.row("Transport").click()
        assert hands.says("5 answers on this page were filled in from the earlier referral")
        hands.press("Save and continue")
        assert not any(point.page == "wessex-transport" for point in window.referral.judgement.points)


def test_to_another_council_none_of_them_goes(qtbot: QtBot, home: Path) -> None:
    with at_work(qtbot, home) as hands:
        begin(hands)
        shell(hands).referral.commit("wessex-transport", BY_BUS, {})
        hands.press("Save and close")
        begin_again(hands, "Essex County Council")
        assert shell(hands).referral.case.answers == {}
