"""From the empty list to the sealed pack and the e-mail draft, with nothing but what can be pressed and typed."""

import tempfile
from copy import deepcopy
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from forms.catalogue import PAGES
from tests.desks import Hands, at_work
from tests.forms.anxious_pupil import ANXIOUS
from tests.journeys.filling import fill
from wizard.journey import asked
from wizard.pages import files
from wizard.pages.send import SendScreen

pytestmark = [pytest.mark.long, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]
CANARY = ("Zephyrine", "Quillfeather")


def story(first: str = "Amira", surname: str = "Karim-O’Neill") -> dict[str, Any]:
    """What is answered: the anxious pupil, without what a card leaves unknown."""
    answers = deepcopy(ANXIOUS)
    answers["pupil"] |= {"first_name": first, "surname": surname}
    answers["family"]["adults"][1]["phone"] = "01632 960102"
    answers["professionals"]["professionals"][0]["last_seen"] = "2026-10-01"
    return answers


def begin(hands: Hands) -> None:
    hands.press("New referral")
    hands.press("Essex County Council")
    hands.press("Start the referral")


def shell(hands: Hands) -> Any:
    assert hands.program.desk is not None
    return hands.program.desk.shell


def answer_page(hands: Hands, answers: dict[str, Any]) -> None:
    """Fill in the page that is open, and go on."""
    window = shell(hands)
    page = window.page
    if page.id in answers:
        facts = window.referral.judgement.facts
        fill(window.shown, page, answers[page.id], facts.answers)
    hands.press("Save and continue")
    assert window.page is not page, f"{page.id}: {window.referral.judgement.problems.get(page.id)}"


def answer_until(hands: Hands, answers: dict[str, Any], last: str) -> None:
    window = shell(hands)
    while window.page.id != last:
        answer_page(hands, answers)


def attach(hands: Hands, monkeypatch: pytest.MonkeyPatch, paths: tuple[Path, ...]) -> None:
    """Choose files on the evidence page."""
    monkeypatch.setattr(files, "choose_files", lambda *_: list(paths))
    hands.press("Choose files")
    hands.wait()


def sign_all(hands: Hands) -> None:
    window = shell(hands)
    while window.shown.forms:
        form = next(iter(window.shown.forms.values()))
        if not form.name.text():
            form.name.setText("Leyla Karim")
        hands.press(form.button.accessibleName())


def make_pack(hands: Hands, folder: Path) -> Any:
    window = shell(hands)
    assert isinstance(window.shown, SendScreen)
    window.shown.choose_folder = lambda parent, start: folder
    hands.press("Choose another folder")
    hands.press("Make the pack")
    hands.wait()
    assert window.last_pack is not None, window.shown.working.failure.text()
    return window.last_pack


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "packs"
    folder.mkdir()
    return folder


@pytest.fixture
def evidence(corpus: Path) -> tuple[Path, ...]:
    return (corpus / "pdf" / "text_only_fontsEmbeddedAll.pdf", corpus / "photos" / "Portrait_6.jpg")


@pytest.mark.policy("E1")
def test_from_the_empty_list_to_the_sealed_pack(
    qtbot: QtBot, home: Path, out: Path, evidence: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_work(qtbot, home) as hands:
        assert hands.says("There are none yet.")
        begin(hands)
        answer_until(hands, story(), "evidence")
        window = shell(hands)
        attach(hands, monkeypatch, evidence)
        assert [fact.pages > 0 for fact in window.referral.case.evidence] == [True, True]
        hands.press("Save and continue")
        assert hands.says("Everything that must be done before signing is done.")
        hands.press("Save and continue")
        sign_all(hands)
        hands.press("Save and continue")
        made = make_pack(hands, out)
        check_pack(made, window.referral.case.reference)
        hands.press("By e-mail, with the draft that was made")
        hands.enter("Who sent it?", "Priya Nair")
        hands.press("I have sent it")
        assert hands.says("Sent. The referral is now with the council.")
        hands.press("Save and close")
        assert hands.program.store is not None
        (row,) = hands.program.store.list()
        assert row.facts["state"] == "Sent"


def check_pack(made: Any, reference: str) -> None:
    mail = message_from_bytes(made.draft_mail.read_bytes())
    attached = [part.get_payload(decode=True) for part in mail.walk() if part.get_content_type() == "application/pdf"]
    assert attached == [made.path.read_bytes()]
    assert mail["To"] == "medical@essex.gov.uk"
    assert reference in mail["Subject"]
    assert made.password.encode() not in made.draft_mail.read_bytes()
    assert made.path.stat().st_size == made.size


def test_interrupted_half_way_and_taken_up_again(qtbot: QtBot, home: Path) -> None:
    answers = story()
    with at_work(qtbot, home) as hands:
        begin(hands)
        answer_until(hands, answers, "attendance")
        window = shell(hands)
        first = window.page
        fill(window.shown, first, {"possible": "104"}, window.referral.judgement.facts.answers)
        before = dict(window.referral.case.answers)
        assert hands.close()
    with at_work(qtbot, home) as hands:
        assert hands.program.store is not None
        (row,) = hands.program.store.list()
        assert row.facts["pupil"] == "Amira Karim-O’Neill"
        hands.program.open(row.reference)
        window = shell(hands)
        assert window.page.id == "attendance"
        kept = window.referral.case.answers
        assert {page: kept[page] for page in before if page != "attendance"} == {
            page: raw for page, raw in before.items() if page != "attendance"
        }
        assert kept["attendance"]["possible"] == "104"
        box = next(one for one in window.shown.findChildren(QLineEdit) if one.text() == "104")
        assert box.isVisible()
        fill(
            window.shown,
            PAGES["attendance"],
            {name: value for name, value in answers["attendance"].items() if name != "possible"},
            window.referral.judgement.facts.answers,
        )
        hands.press("Save and continue")
        answer_until(hands, answers, "check")
        assert hands.says("Everything that must be done before signing is done.")


def test_a_name_is_nowhere_but_in_the_encrypted_file(
    qtbot: QtBot, home: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corpus: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    letter = tmp_path / f"{CANARY[0]} {CANARY[1]} letter.pdf"
    letter.write_bytes((corpus / "pdf" / "text_only_fontsEmbeddedAll.pdf").read_bytes())
    with at_work(qtbot, home) as hands:
        begin(hands)
        answer_until(hands, story(*CANARY), "evidence")
        attach(hands, monkeypatch, (letter,))
        hands.press("Save and continue")
        hands.press("Preview the draft pack")
        hands.wait()
        hands.wait()
        hands.press("Back to Check your answers")
        hands.press("Save and continue")
        sign_all(hands)
        hands.press("Save and continue")
        make_pack(hands, out)
        stumble(hands)
        hands.press("Save and close")
    letter.unlink()
    searched = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.suffix == ".s19" for path in searched)
    assert any(path.suffix == ".eml" for path in searched)
    assert any(path.suffix == ".log" for path in searched)
    assert [path for path in searched if holds_canary(path)] == []
    assert [path for path in scratch.rglob("*") if path.is_file()] == []


def stumble(hands: Hands) -> None:
    """An error nobody expected, with a name in it."""
    hands.program.border.tell = lambda *_: None  # type: ignore[method-assign]
    try:
        raise ValueError(" ".join(CANARY))
    except ValueError as error:
        hands.program.border.crashed(type(error), error, error.__traceback__)


def holds_canary(path: Path) -> bool:
    content = path.read_bytes() + path.name.encode()
    written = [name.encode(code) for name in CANARY for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return any(name.lower() in content.lower() for name in written)


def test_every_page_can_be_looked_at_without_changing_anything(qtbot: QtBot, home: Path) -> None:
    with at_work(qtbot, home) as hands:
        begin(hands)
        window = shell(hands)
        for page in asked(window.referral.judgement):
            hands.row(page.task.replace("{pupil}", "the pupil")).click()
            assert window.page is page
        assert window.referral.case.answers == {}
