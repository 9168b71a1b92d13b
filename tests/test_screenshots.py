"""The pictures for the documentation: one of every page."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from forms.catalogue import PAGES
from tests.evidence.pdfs_by_hand import letter, saved
from tests.evidence.test_ocr import photo
from tests.forms.anxious_pupil import changed
from tests.validation.dorset_placements import CARE, GOING, NO_ROLL, PLAN
from tests.validation.dorset_requests import REQUEST
from tests.validation.essex_referrals import changed as changed_by
from wizard import samples, screenshots
from wizard.councils import parse
from wizard.referral import OpenReferral, begin
from wizard.store.referral_store import ReferralStore

pytestmark = pytest.mark.long

ROADS: tuple[Mapping[str, Mapping[str, Any]], ...] = (
    {},
    {"route": {"hospital": "planned", "unit_discharge": "yes", "sen": "ehcp"}},
    {"route": {"on_roll": "no", "home_educated": "yes"}},
    {"pupil": {"born": "2011-03-15"}},
    {"pupil": {"born": "2020-03-15"}, "health_plan": {"exists": "yes", "provided": "here"}},
)
"""What is changed of the anxious pupil, so that each page is asked at least once."""
ROADS_IN_DORSET = [
    changed_by(REQUEST, *layers)
    for layers in ((PLAN, CARE, {"attendance": {"part_time": "yes"}}), (NO_ROLL,), (GOING,))
]


EXAMPLESHIRE = Path(__file__).parent / "councils" / "exampleshire.toml"


def keep_roads(store: ReferralStore) -> dict[str, list[str]]:
    roads = {"essex": [changed(**road) for road in ROADS], "dorset": ROADS_IN_DORSET}
    return {council: [keep(store, council, answers) for answers in found] for council, found in roads.items()}


def keep(store: ReferralStore, council: str, answers: Mapping[str, Any]) -> str:
    with store.create() as file:
        begin(file, council)
        for page, raw in answers.items():
            file.save_page(page, raw)
        OpenReferral(file).save_overview()
        return file.reference


def test_every_page_has_its_picture(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screenshots, "SIZES", ((1024, 640),))
    monkeypatch.setattr(screenshots, "keep_samples", keep_roads)
    monkeypatch.setattr(screenshots, "QApplication", Existing)
    plain = dict.fromkeys((*screenshots.PAPERS, "GP letter.pdf"), saved(letter(pages=2)))
    photos = {name: photo(turn) for turn, name in enumerate(screenshots.PAPERS[1:])}
    monkeypatch.setattr(samples, "papers", lambda _: plain | photos)
    monkeypatch.setattr(screenshots, "AGAIN", False)
    assert screenshots.main([str(tmp_path / "out"), str(EXAMPLESHIRE)]) == 0
    pictures = {path.name.removesuffix("-1024x640.png") for path in (tmp_path / "out").iterdir()}
    others = {"home-empty", "home", "your-school", "begin", "new-referral", "error-summary", "guidance", "help", "lock"}
    opened = {"password", "doubts", "joining", "details", "marking", "marked", "cropping"}
    others |= {f"evidence-{one}" for one in opened}
    taken = {name.partition("-")[2].partition("-")[2] for name in pictures - others}
    assert taken >= set(PAGES), "each page that some council asks"
    own = taken - set(PAGES)
    assert own == {page.id for page in parse(EXAMPLESHIRE.read_text(encoding="utf-8")).pages}
    assert {name.partition("-")[0] for name in pictures - others} == {"essex", "dorset", "exampleshire"}
    assert len(pictures) == len(others) + len(PAGES) + len(own), "each once"
    assert not QImage(str(tmp_path / "out" / "home-1024x640.png")).isNull()


class Existing:
    """The program of the tests in place of a new one."""

    processEvents = staticmethod(QApplication.processEvents)

    def __new__(cls, _: list[str]) -> QApplication:  # type: ignore[misc]
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        return app


def test_without_a_folder_it_says_how_it_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    assert screenshots.main([]) == 2
    assert "OUT" in capsys.readouterr().err
