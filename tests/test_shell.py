"""The window of a referral: nothing typed is lost, whatever way a page is left, and pages are judged on demand only."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from forms.kit.page import Problem
from wizard.errors import CannotWrite
from wizard.pages.rail import TaskRow
from wizard.pages.screen import DraftPack, Screen, View
from wizard.referral import OpenReferral, begin
from wizard.shell import Shell, pruned
from wizard.store.keys import Vault
from wizard.store.referral_file import ReferralFile
from wizard.store.referral_store import ReferralStore


class OneBox(Screen):
    """A page with one box for every text question that it is asked about."""

    built: ClassVar[list["OneBox"]] = []

    def __init__(self, view: View) -> None:
        super().__init__()
        self.view = view
        self.box = QLineEdit(str(view.judgement.facts.case.answers.get(view.page.id, {}).get("surname", "")))
        self.box.textEdited.connect(self.edited)
        QVBoxLayout(self).addWidget(self.box)
        self.problems: list[Problem] = []
        self.field = ""
        self.refreshed = 0
        self.built.append(self)

    def raw(self) -> dict[str, Any]:
        return {"surname": self.box.text(), "born": {"day": "", "month": ""}}

    def show_problems(self, problems: Any) -> None:
        self.problems = list(problems)

    def show_field(self, name: str) -> None:
        self.field = name

    def refresh(self, view: View) -> None:
        self.view = view
        self.refreshed += 1


class Kind(Mapping[str, Any]):
    """Every kind of page is shown as one box."""

    def __getitem__(self, key: str) -> Any:
        return OneBox

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@pytest.fixture
def store(home: Path) -> ReferralStore:
    return ReferralStore(home, Vault.in_memory())


@pytest.fixture
def file(store: ReferralStore) -> Iterator[ReferralFile]:
    file = store.create()
    begin(file, "essex")
    yield file
    file.close()


@pytest.fixture
def shell(qtbot: QtBot, file: ReferralFile) -> Shell:
    OneBox.built = []
    shell = Shell(OpenReferral(file), Kind(), lambda view: QWidget(), lambda: datetime(2026, 11, 20, 14, 2))
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    shell.show_page("pupil")
    return shell


def box(shell: Shell) -> QLineEdit:
    assert isinstance(shell.shown, OneBox)
    return shell.shown.box


def kept(file: ReferralFile, page: str = "pupil") -> Any:
    return file.load()["answers"].get(page, {}).get("surname")


def press(shell: Shell, name: str) -> None:
    button = next(one for one in shell.findChildren(QPushButton) if one.accessibleName() == name and one.isVisible())
    button.click()


def row(shell: Shell, page: str) -> TaskRow:
    return next(one for one in shell.rail.findChildren(TaskRow) if one.accessibleName().startswith(f"{page}, "))


def header_words(shell: Shell) -> str:
    return " ".join(label.text() for label in shell.header.findChildren(QWidget) if hasattr(label, "text"))


def type_into(qtbot: QtBot, shell: Shell, text: str) -> None:
    box(shell).clear()
    qtbot.keyClicks(box(shell), text)


@pytest.mark.parametrize("leave", ["Save and continue", "Back", "Save and close"])
def test_each_button_keeps_what_was_typed(qtbot: QtBot, shell: Shell, file: ReferralFile, leave: str) -> None:
    type_into(qtbot, shell, "Quill")
    press(shell, leave)
    assert kept(file) == "Quill"


def test_the_rail_keeps_what_was_typed_and_does_not_judge(qtbot: QtBot, shell: Shell, file: ReferralFile) -> None:
    type_into(qtbot, shell, "Quill")
    left = shell.shown
    row(shell, "Family").click()
    assert kept(file) == "Quill"
    assert shell.page.id == "family"
    assert isinstance(left, OneBox)
    assert left.problems == []


def test_a_pause_in_typing_keeps_it_and_the_header_says_when(qtbot: QtBot, shell: Shell, file: ReferralFile) -> None:
    type_into(qtbot, shell, "Quill")
    qtbot.waitUntil(lambda: kept(file) == "Quill", timeout=30_000)
    assert "Saved 14:02" in header_words(shell)


def test_ctrl_s_keeps_it_at_once(qtbot: QtBot, shell: Shell, file: ReferralFile) -> None:
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    type_into(qtbot, shell, "Quill")
    qtbot.keyClick(shell, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert kept(file) == "Quill"


def test_esc_does_nothing(qtbot: QtBot, shell: Shell, file: ReferralFile) -> None:
    type_into(qtbot, shell, "Quill")
    qtbot.keyClick(box(shell), Qt.Key.Key_Escape)
    assert shell.isVisible()
    assert box(shell).text() == "Quill"


def test_what_was_typed_is_there_when_one_comes_back(qtbot: QtBot, shell: Shell) -> None:
    type_into(qtbot, shell, "Quill")
    shell.go_to("family")
    shell.go_to("pupil")
    assert box(shell).text() == "Quill"


def test_save_and_continue_shows_this_pages_problems_and_stays(qtbot: QtBot, shell: Shell) -> None:
    press(shell, "Save and continue")
    assert shell.page.id == "pupil"
    assert isinstance(shell.shown, OneBox)
    assert ("surname",) in {problem.path for problem in shell.shown.problems}


def test_save_and_continue_on_a_good_page_goes_to_the_next_that_is_not_finished(shell: Shell) -> None:
    shell.show_page("evidence")
    press(shell, "Save and continue")
    assert shell.page.id == "check"


def test_back_is_the_page_before_in_the_journey(shell: Shell) -> None:
    shell.show_page("check")
    press(shell, "Back")
    assert shell.page.id == "evidence"
    shell.show_page("route")
    assert not shell.back.isVisible()


def test_a_place_on_another_page_gets_the_focus(shell: Shell) -> None:
    shell.go_to("family#contacts")
    assert shell.page.id == "family"
    assert isinstance(shell.shown, OneBox)
    assert shell.shown.field == "contacts"
    shell.go_to("family#other")
    assert shell.shown.field == "other"
    shell.go_to("nowhere")
    assert shell.page.id == "family"


def test_a_page_is_built_when_shown_and_deleted_when_left(qtbot: QtBot, shell: Shell) -> None:
    left = shell.shown
    shell.go_to("family")
    qtbot.waitUntil(lambda: not isValid(left))
    assert len(OneBox.built) == 2


def test_to_look_at_a_page_changes_nothing(shell: Shell, file: ReferralFile) -> None:
    for page in ("pupil", "family", "check", "sign", "send"):
        shell.go_to(page)
    shell.commit()
    assert file.load()["answers"] == {}


def test_a_request_comes_with_its_answers_kept(qtbot: QtBot, shell: Shell, file: ReferralFile) -> None:
    type_into(qtbot, shell, "Quill")
    assert shell.shown is not None
    with qtbot.waitSignal(shell.wanted) as heard:
        shell.shown.wanted.emit(DraftPack())
    assert heard.args == [DraftPack()]
    assert kept(file) == "Quill"
    shell.refresh()
    assert isinstance(shell.shown, OneBox)
    assert shell.shown.refreshed == 1


def test_the_rail_says_status_in_words_and_follows_the_answers(qtbot: QtBot, shell: Shell) -> None:
    assert row(shell, "Pupil").accessibleName() == "Pupil, Not started"
    type_into(qtbot, shell, "Quill")
    shell.commit()
    assert row(shell, "Pupil").accessibleName().endswith(" to do")
    assert row(shell, "Pupil").accessibleDescription() == "This page is open"
    interface = QAccessible.queryAccessibleInterface(row(shell, "Pupil"))
    assert interface.role() == QAccessible.Role.Button


def test_the_arrow_keys_move_along_the_rail(qtbot: QtBot, shell: Shell) -> None:
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    row(shell, "Pupil").setFocus()
    qtbot.keyClick(row(shell, "Pupil"), Qt.Key.Key_Down)
    assert row(shell, "Care and support at home").hasFocus()
    qtbot.keyClick(shell.focusWidget(), Qt.Key.Key_Up)
    assert row(shell, "Pupil").hasFocus()
    qtbot.keyClick(shell.focusWidget(), Qt.Key.Key_Space)
    assert shell.page.id == "pupil"


def test_failing_to_save_is_said_and_nothing_is_lost(
    qtbot: QtBot, shell: Shell, file: ReferralFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise CannotWrite("The disk is full.", "Make room.")

    type_into(qtbot, shell, "Quill")
    with monkeypatch.context() as broken:
        broken.setattr(file, "save_page", full)
        shell.go_to("family")
        assert shell.page.id == "pupil"
        press(shell, "Save and continue")
        press(shell, "Back")
        assert shell.page.id == "pupil"
        assert "Not saved" in header_words(shell)
        assert "The disk is full. Make room." in shell.trouble.words.text()
        left: list[bool] = []
        shell.leave.connect(lambda: left.append(True))
        press(shell, "Save and close")
        assert left == []
        assert box(shell).text() == "Quill"
        press(shell, "Close without saving the last change")
        assert left == [True]
    assert shell.commit()
    assert kept(file) == "Quill"
    assert not shell.trouble.isVisible()


def test_a_narrow_window_has_the_tasks_in_a_drawer(qtbot: QtBot, shell: Shell) -> None:
    assert shell.rail.isVisible()
    assert not shell.header.menu.isVisible()
    shell.resize(980, 640)
    qtbot.waitUntil(lambda: not shell.rail.isVisible())
    press(shell, "Tasks")
    assert shell.rail.isVisible()
    qtbot.keyClick(shell.rail, Qt.Key.Key_Escape)
    assert not shell.rail.isVisible()
    press(shell, "Tasks")
    row(shell, "Family").click()
    assert not shell.rail.isVisible()
    assert shell.page.id == "family"


def test_everything_fits_the_smallest_window(qtbot: QtBot, shell: Shell) -> None:
    shell.resize(1024, 640)
    qtbot.waitExposed(shell)
    for button in (shell.onward, shell.leaving):
        corner = button.mapTo(shell, button.rect().bottomRight())
        assert shell.rect().contains(corner)


def test_guidance_and_help_open_beside_the_page_and_close_again(qtbot: QtBot, shell: Shell) -> None:
    press(shell, "Guidance")
    assert shell.body.panel is not None
    shell.go_to("family")
    assert shell.body.panel is not None
    press(shell, "Guidance")
    assert shell.body.panel is None
    press(shell, "Help")
    press(shell, "Close this panel")
    assert shell.body.panel is None


def test_locking_keeps_what_was_typed(qtbot: QtBot, shell: Shell, file: ReferralFile) -> None:
    type_into(qtbot, shell, "Quill")
    with qtbot.waitSignal(shell.lock_wanted):
        press(shell, "Lock")
    assert kept(file) == "Quill"


def test_another_window_in_front_keeps_what_was_typed(qtbot: QtBot, shell: Shell, file: ReferralFile) -> None:
    type_into(qtbot, shell, "Quill")
    shell.hide()
    shell.changeEvent(QEvent(QEvent.Type.ActivationChange))
    assert kept(file) == "Quill"


def test_f6_moves_between_tasks_and_page(qtbot: QtBot, shell: Shell) -> None:
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    box(shell).setFocus()
    qtbot.keyClick(shell, Qt.Key.Key_F6)
    assert row(shell, "Pupil").hasFocus()
    qtbot.keyClick(shell, Qt.Key.Key_F6)
    assert not shell.rail.isAncestorOf(shell.focusWidget())


def test_blank_answers_are_no_answers() -> None:
    assert pruned({"a": "", "b": None, "c": {"day": ""}, "d": []}) == {}
    assert pruned({"a": " ", "b": (1, {"x": ""}), "c": False}) == {"a": " ", "b": [1, {}], "c": False}
