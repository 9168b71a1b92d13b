"""The pictures for the documentation: one of every page."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from forms.catalogue import PAGES
from tests.forms.anxious_pupil import ANXIOUS
from wizard import screenshots
from wizard.referral import OpenReferral, begin
from wizard.store.referral_store import ReferralStore


def keep_anxious(store: ReferralStore, number: int) -> str:
    with store.create() as file:
        begin(file, "essex")
        for page, raw in ANXIOUS.items():
            file.save_page(page, raw)
        OpenReferral(file).save_overview()
        return file.reference


def test_every_page_has_its_picture(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screenshots, "SIZES", ((1024, 640),))
    monkeypatch.setattr(screenshots, "keep_sample", keep_anxious)
    monkeypatch.setattr(screenshots, "QApplication", Existing)
    assert screenshots.main([str(tmp_path / "out")]) == 0
    pictures = {path.name for path in (tmp_path / "out").iterdir()}
    others = {"home-empty", "home", "begin", "new-referral", "error-summary", "guidance", "help", "lock"}
    assert {f"{name}-1024x640.png" for name in others} <= pictures
    assert len(pictures) == len(PAGES) + len(others)
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
