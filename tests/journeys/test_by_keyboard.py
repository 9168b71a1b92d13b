"""The whole way through made-up referrals with the keyboard alone."""

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.desks import Hands, at_work
from tests.journeys.keyboard import Keyboard
from wizard import samples
from wizard.case import Case
from wizard.councils import council
from wizard.pages import files
from wizard.pages.evidence_words import needs
from wizard.pages.send import SendScreen
from wizard.validation.requirements import signers

pytestmark = [pytest.mark.long, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


@pytest.mark.parametrize("name", ["essex-ebsa", "essex-no-roll", "dorset-no-roll"])
def test_a_referral_without_a_mouse(
    name: str, qtbot: QtBot, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = samples.case(name)
    papers = [tmp_path / fact.file for fact in sample.evidence]
    for paper in papers:
        paper.write_bytes(samples.papers(name)[paper.name])
    monkeypatch.setattr(files, "choose_files", lambda *_: papers)
    with at_work(qtbot, home) as hands:
        keys = Keyboard(hands.window)
        keys.push("New referral")
        keys.pick(council(sample.authority).name)
        keys.push("Start the referral")
        window = _window(hands)
        answer(keys, window, sample)
        keys.push("Choose files")
        hands.wait()
        assert len(window.referral.case.evidence) == len(papers)
        link_evidence(keys, window, sample)
        keys.push("Save and continue")
        give_reasons(keys, window, sample)
        assert hands.says("Everything that must be done before signing is done.")
        keys.push("Save and continue")
        sign(keys, window, sample)
        assert window.referral.judgement.ready
        keys.push("Save and continue")
        assert isinstance(window.shown, SendScreen)
        window.shown.choose_folder = lambda *_: tmp_path
        keys.push("Choose another folder")
        keys.push("Make the pack")
        hands.wait()
        assert window.last_pack is not None
        assert window.last_pack.path.read_bytes().startswith(b"%PDF")


def answer(keys: Keyboard, window: Any, sample: Case) -> None:
    """Fill in every page up to the evidence; the register by its totals."""
    while window.page.id != "evidence":
        page = window.page
        raw = dict(sample.answers.get(page.id, {}))
        if raw.pop("register", None):
            raw |= {"possible": "104", "attended": "65", "health_sessions": "35"}
        keys.answer_page(page, raw, sample.not_known, window.referral.judgement.facts.answers)
        keys.push("Save and continue")
        assert window.page is not page, f"{page.id}: {window.referral.judgement.problems.get(page.id)}"


def link_evidence(keys: Keyboard, window: Any, sample: Case) -> None:
    """Say of each document what it is called and what it shows."""
    for fact in sample.evidence:
        keys.push(f"Details: {fact.file}")
        keys.write("Title", fact.title)
        wanted = [need.label for need in needs(window.referral.judgement) if need.rows & set(fact.answers)]
        keys.tick("What does it show?", wanted)
        keys.push(f"Close: {fact.title}")
        kept = next(one for one in window.referral.case.evidence if one.file == fact.file)
        assert kept.title == fact.title


def give_reasons(keys: Keyboard, window: Any, sample: Case) -> None:
    """Where something is left open, say why."""
    for point in window.referral.judgement.points:
        if reason := sample.reasons.get(point.id):
            keys.push(f"Give a reason for going on without: {point.title}")
            keys.write(f"Reason for going on without: {point.title}", reason)
            keys.push(f"Keep this reason: {point.title}")
    assert dict(window.referral.case.reasons) == dict(sample.reasons)


def sign(keys: Keyboard, window: Any, sample: Case) -> None:
    """Everybody who signs types a name; that of the school page is there already."""
    names = {one.role: one.name for one in sample.signatures}
    for signer in signers(window.referral.judgement.facts):
        if signer.role in names:
            keys.write(f"Name: {signer.title}", names[signer.role])
            keys.push(f"Sign now: {signer.title}")


def _window(hands: Hands) -> Any:
    assert hands.program.desk is not None
    return hands.program.desk.shell
