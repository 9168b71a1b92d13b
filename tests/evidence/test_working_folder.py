"""Folders of work on outside files: nobody else looks into them, and none outlives its work by long."""

import os
import stat
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.desks import at_work
from wizard.evidence.confined import working_folder


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(working_folder.tempfile, "tempdir", str(folder))
    return folder


def aged(folder: Path, seconds: float) -> Path:
    folder.mkdir()
    (folder / "letter.docx").write_bytes(b"Dear parents")
    then = time.time() - seconds
    os.utime(folder, (then, then))
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps temporary folders in the user's own profile")
def test_a_folder_of_work_is_its_owners_alone_and_goes_at_its_end(place: Path) -> None:
    with working_folder.fresh() as name:
        assert stat.S_IMODE(Path(name).stat().st_mode) == 0o700
    assert list(place.iterdir()) == []


def test_what_an_ended_program_left_behind_is_erased_when_the_next_one_starts(
    place: Path, qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory
) -> None:
    old, new = aged(place / "section19-abc", 4_000), aged(place / "section19-def", 60)
    other, pointed_to = aged(place / "of-somebody-else", 9_000), aged(place / "far", 9_000)
    (place / "section19-link").symlink_to(pointed_to, target_is_directory=True)
    with at_work(qtbot, tmp_path_factory.mktemp("home")) as hands:
        hands.wait()
        QApplication.processEvents()
        assert not old.exists()
        assert all((folder / "letter.docx").is_file() for folder in (new, other, pointed_to))
        os.utime(new, (0, 0))
        hands.program.sweep.timeout.emit()  # half an hour later
        hands.wait()
    assert not new.exists()
    assert all((folder / "letter.docx").is_file() for folder in (other, pointed_to))
