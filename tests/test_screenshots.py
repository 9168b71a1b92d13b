"""The pictures for the documentation: one of every page."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from forms.catalogue import PAGES
from tests.forms.anxious_pupil import changed
from wizard import screenshots
from wizard.councils import council
from wizard.referral import OpenReferral, begin
from wizard.store.referral_store import ReferralStore

ROADS: tuple[Mapping[str, Mapping[str, Any]], ...] = (
    {},
    {"route": {"hospital": "planned", "unit_discharge": "yes", "sen": "ehcp"}},
    {"route": {"on_roll": "no", "home_educated": "yes"}},
    {"pupil": {"born": "2011-03-15"}},
    {"pupil": {"born": "2020-03-15"}, "health_plan": {"exists": "yes", "provided": "here"}},
)
"""What is changed of the anxious pupil, so that each page is asked at least once."""


def keep_roads(store: ReferralStore) -> list[str]:
    references = []
    for road in ROADS:
        with store.create() as file:
            begin(file, "essex")
            for page, raw in changed(**road).items():
                file.save_page(page, raw)
            OpenReferral(file).save_overview()
            references.append(file.reference)
    return references


def test_every_page_has_its_picture(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screenshots, "SIZES", ((1024, 640),))
    monkeypatch.setattr(screenshots, "keep_samples", keep_roads)
    monkeypatch.setattr(screenshots, "QApplication", Existing)
    assert screenshots.main([str(tmp_path / "out")]) == 0
    pictures = {path.name.removesuffix("-1024x640.png") for path in (tmp_path / "out").iterdir()}
    others = {"home-empty", "home", "your-school", "begin", "new-referral", "error-summary", "guidance", "help", "lock"}
    asked = [
        (number, page)
        for number, page in enumerate(PAGES, 1)
        if PAGES[page].question_set in ("", *council("essex").asks)
    ]
    assert pictures == others | {f"page-{number:02}-{page}" for number, page in asked}
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
