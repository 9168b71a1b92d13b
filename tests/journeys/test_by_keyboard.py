"""The whole way through made-up referrals with the keyboard alone."""

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.desks import Hands, at_work
from tests.journeys.keyboard import Keyboard
from wizard import samples
from wizard.pages import files

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.mark.parametrize("name", ["essex-ebsa"])
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
        for press in ("New referral", "Essex County Council", "Start the referral"):
            keys.push(press)
        window = _window(hands)
        while window.page.id != "evidence":
            page = window.page
            facts = window.referral.judgement.facts
            raw = dict(sample.answers.get(page.id, {}))
            if page.id == "attendance":
                raw |= {"possible": "104", "attended": "65", "health_sessions": "35"}
            keys.answer_page(page, raw, sample.not_known, facts.answers)
            keys.push("Save and continue")

            assert window.page is not page, f"{page.id}: {window.referral.judgement.problems.get(page.id)}"
        keys.push("Choose files")
        hands.wait()
        assert len(window.referral.case.evidence) == len(papers)


def _window(hands: Hands) -> Any:
    assert hands.program.desk is not None
    return hands.program.desk.shell
