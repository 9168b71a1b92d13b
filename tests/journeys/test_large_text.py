"""Text three times as large in a small window: every page can be read to its edges and every button reached."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from tests.desks import dispose
from wizard import samples
from wizard.desk.practice import keep_sample, practise
from wizard.desk.program import Program
from wizard.journey import asked
from wizard.screenshots import settle
from wizard.store.keys import Vault

pytestmark = pytest.mark.long


@pytest.mark.parametrize("name", ["essex-ebsa", "dorset-no-advice"])
def test_nothing_is_cut_off_or_goes_sideways(name: str, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    program = Program(qapp, tmp_path, practise)
    program.use(Vault.in_memory())
    assert program.store is not None
    program.look.dress(300)
    try:
        program.window.resize(1024, 640)
        program.window.show()
        program.open(keep_sample(program.store, samples.names().index(name)))
        assert program.desk is not None
        shell = program.desk.shell
        wrong = {}
        for page in asked(shell.referral.judgement):
            shell.show_page(page.id)
            settle(program)
            if found := cut_off(program):
                wrong[page.id] = found
        assert wrong == {}
        assert (program.window.width(), program.window.height()) == (1024, 640)
    finally:
        program.look.dress(100)
        program.leave()
        program.window.close()
        dispose(program.window, program)
        qapp.setStyleSheet("")


def cut_off(program: Program) -> list[str]:
    """What reaches beyond the window's sides."""
    areas = (area for area in program.window.findChildren(QScrollArea) if area.isVisible())
    sideways = [f"sideways by {area.horizontalScrollBar().maximum()}" for area in areas]
    buttons = (one for one in program.window.findChildren(QAbstractButton) if one.isVisible())
    beyond = [one.accessibleName() for one in buttons if one.mapTo(program.window, QPoint(one.width(), 0)).x() > 1024]
    return [one for one in sideways if one != "sideways by 0"] + beyond
