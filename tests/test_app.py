"""The window from its opening to its end: keys, passphrases, locks, trouble, and the last border."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyringAtAll
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from tests.desks import Hands, at_work, dispose
from wizard import app as entrance
from wizard.desk import in_place
from wizard.desk import program as opening
from wizard.desk.border import LOG, LOG_BYTES, Border
from wizard.desk.packs import Draft
from wizard.desk.program import Program, listed
from wizard.errors import Cancelled, CannotWrite, UnusableInput
from wizard.jobs import UNEXPECTED
from wizard.pages.look import DARK, KEPT, LIGHT, px
from wizard.store.referral_store import Overview

PHRASE = "correct horse battery staple"


@pytest.fixture
def hands(qtbot: QtBot, home: Path) -> Iterator[Hands]:
    with at_work(qtbot, home) as hands:
        yield hands


@pytest.fixture
def no_keyring() -> None:
    keyring.set_keyring(NoKeyringAtAll())


def new_referral(hands: Hands) -> str:
    """Begin a referral and return its reference."""
    hands.press("New referral")
    hands.press("Essex County Council")
    hands.press("Start the referral")
    assert hands.program.desk is not None
    return hands.program.desk.file.reference


def test_without_a_display_it_says_what_to_do_instead(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert entrance.main() == 2
    assert "make demo" in capsys.readouterr().err
    monkeypatch.setattr(sys, "platform", "win32")
    assert not entrance.no_display()


def test_qt_is_not_touched_before_there_is_a_display() -> None:
    code = "import sys, wizard.app; wizard.app.main(); sys.exit('PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env={"PATH": ""}, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "make demo" in done.stderr


def test_the_list_is_shown_without_the_forms(home: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from PySide6.QtWidgets import QApplication; app = QApplication([]);"
        "from wizard.desk.program import Program; Program(app, Path(sys.argv[1])).show_home();"
        "late = {'forms.catalogue', 'pydantic', 'reportlab', 'pikepdf', 'pyhanko', 'PIL'} & set(sys.modules);"
        "print(sorted(late))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(home)], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.replace("'", '"')) == []


def test_a_name_of_a_folder_that_cannot_be_used_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> int:
        raise CannotWrite("The folder for referrals cannot be made.", "Choose another.")

    monkeypatch.setattr(opening, "run", refuse)
    assert entrance.main() == 2
    assert capsys.readouterr().err == "The folder for referrals cannot be made. Choose another.\n"


def test_what_was_typed_is_there_after_closing_and_opening_again(qtbot: QtBot, home: Path) -> None:
    with at_work(qtbot, home) as hands:
        reference = new_referral(hands)
        hands.row("Pupil").click()
        hands.enter("First names", "Amira")
        hands.enter("Surname", "Khan")
        assert hands.close()
    with at_work(qtbot, home) as hands:
        assert hands.program.desk is None
        hands.program.open(reference)
        assert hands.says("Amira K.")
        assert hands.window.windowTitle().startswith(reference)
        assert "Amira" not in hands.window.windowTitle()


def test_save_and_close_goes_back_to_the_list_with_its_state(hands: Hands) -> None:
    reference = new_referral(hands)
    hands.row("Pupil").click()
    hands.enter("First names", "Amira")
    hands.press("Save and close")
    assert hands.program.desk is None
    assert hands.says("Your referrals")
    assert hands.program.store is not None
    (row,) = hands.program.store.list()
    assert row.reference == reference
    assert row.facts["pupil"] == "Amira"


def test_a_referral_that_is_open_elsewhere_is_said_on_the_list(hands: Hands) -> None:
    reference = new_referral(hands)
    assert hands.program.store is not None
    hands.press("Save and close")
    with hands.program.store.open(reference):
        hands.program.open(reference)
        assert hands.says(f"Referral {reference} is open in another window.")


def test_back_from_the_choice_of_council(hands: Hands) -> None:
    hands.press("New referral")
    hands.press("Back")
    assert hands.says("Your referrals")


def test_a_council_s_file_that_was_dropped_in_is_offered(hands: Hands, home: Path) -> None:
    (home / "authorities").mkdir()
    file = Path(__file__).parent / "councils" / "exampleshire.toml"
    (home / "authorities" / file.name).write_bytes(file.read_bytes())
    hands.press("New referral")
    assert hands.says("From your own file exampleshire.toml. Not signed")


def test_without_a_keyring_a_passphrase_is_chosen_then_asked_for(qtbot: QtBot, home: Path, no_keyring: None) -> None:
    with at_work(qtbot, home) as hands:
        hands.press("Keep this passphrase")
        assert hands.says("The passphrase is too short to be safe.")
        hands.enter("Passphrase", PHRASE)
        hands.enter("The same again", "correct horse")
        hands.press("Keep this passphrase")
        assert hands.says("The two are not the same.")
        hands.enter("The same again", PHRASE)
        hands.press("Keep this passphrase")
        assert hands.says("Your referrals")
    with at_work(qtbot, home) as hands:
        assert hands.says("Open your referrals")
        hands.press("Open")
        assert hands.says("Type the passphrase.")
        hands.enter("Passphrase", "wrong horse battery staple")
        hands.press("Open")
        assert hands.says("The passphrase is not the one")
        hands.enter("Passphrase", PHRASE)
        hands.press("Open")
        assert hands.says("Your referrals")


def test_a_keyring_that_has_gone_is_said_and_no_new_key_is_made(qtbot: QtBot, home: Path) -> None:
    with at_work(qtbot, home) as hands:
        new_referral(hands)
    keyring.set_keyring(NoKeyringAtAll())
    with at_work(qtbot, home) as hands:
        assert hands.says("The key to these referrals is in a keyring that cannot be used now.")
        hands.press("New referral")
        assert hands.says("cannot be used now")


def test_locking_hides_the_referral_and_a_click_shows_it_again(hands: Hands) -> None:
    reference = new_referral(hands)
    hands.row("Pupil").click()
    hands.enter("Surname", "Khan")
    hands.press("Lock")
    assert hands.window.windowTitle().startswith("Locked")
    assert not hands.says("Surname")
    hands.program.lock()
    hands.press("Unlock")
    assert hands.says("Surname")
    assert hands.window.windowTitle().startswith(reference)


def test_with_a_passphrase_the_lock_asks_for_it(qtbot: QtBot, home: Path, no_keyring: None) -> None:
    with at_work(qtbot, home) as hands:
        hands.enter("Passphrase", PHRASE)
        hands.enter("The same again", PHRASE)
        hands.press("Keep this passphrase")
        hands.program.lock()
        hands.press("Unlock")
        assert not hands.says("Your referrals")
        hands.enter("Passphrase", "something else altogether")
        hands.press("Unlock")
        assert hands.says("The passphrase is not the one")
        hands.enter("Passphrase", PHRASE)
        hands.press("Unlock")
        assert hands.says("Your referrals")


def test_the_window_locks_itself_when_nobody_is_there(qtbot: QtBot, hands: Hands) -> None:
    hands.window._rest.start(50)
    qtbot.waitUntil(lambda: hands.offers("Unlock"))


def test_a_key_shows_that_somebody_is_there(hands: Hands) -> None:
    hands.window._rest.stop()
    handle = hands.window.windowHandle()
    QApplication.sendEvent(handle, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier))
    assert hands.window._rest.isActive()


def test_a_window_that_cannot_save_does_not_close(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise CannotWrite("The disk is full.", "Make room.")

    new_referral(hands)
    assert hands.program.desk is not None
    file = hands.program.desk.file
    hands.row("Pupil").click()
    hands.enter("Surname", "Khan")
    with monkeypatch.context() as broken:
        broken.setattr(file, "save_page", full)
        assert not hands.close()
        assert hands.says("The disk is full.")
        hands.program.lock()
        assert hands.says("The last change is not saved.")
        assert not hands.close()
        hands.press("Unlock")
        hands.press("Close without saving the last change")
        assert hands.says("Your referrals")
    assert hands.close()


def test_a_draft_does_not_come_out_while_the_window_is_locked(hands: Hands) -> None:
    new_referral(hands)
    hands.program.lock()
    in_place.show_draft(hands.program, Draft(b"%PDF-", 1, "draft.pdf"))
    assert hands.offers("Unlock")
    hands.press("Unlock")
    assert hands.offers("Save and close")
    hands.window.larger.emit()
    hands.press("Save and close")
    hands.window.smaller.emit()
    assert hands.says("Your referrals")


def test_work_that_ends_after_the_referral_was_closed_has_nobody_to_tell(hands: Hands) -> None:
    new_referral(hands)
    desk = hands.program.desk
    assert desk is not None
    begun = Event()

    def slow(progress: Any, cancelled: Any) -> None:
        begun.set()
        while not cancelled():
            pass
        raise Cancelled

    desk._run(slow, done=lambda _: None)
    assert begun.wait(60)
    hands.press("Save and close")
    hands.wait()
    assert hands.says("Your referrals")


def test_a_window_without_a_referral_closes(hands: Hands) -> None:
    assert hands.close()


def test_an_error_nobody_expected_saves_records_its_place_and_says_so(hands: Hands, home: Path) -> None:
    new_referral(hands)
    hands.row("Pupil").click()
    hands.enter("Surname", "Quill")
    try:
        raise ValueError("Zephyrine Quill")
    except ValueError as error:
        hands.program.border.crashed(type(error), error, error.__traceback__)
    log = (home / LOG).read_text(encoding="utf-8")
    assert "ValueError at test_app.py" in log
    assert "Quill" not in log
    box = hands.window.findChild(QMessageBox)
    assert box is not None
    assert box.text() == UNEXPECTED[0]
    box.close()
    assert hands.program.desk is not None
    assert hands.program.desk.file.load()["answers"]["pupil"]["surname"] == "Quill"


def test_the_border_holds_when_saving_fails_too(qtbot: QtBot, tmp_path: Path) -> None:
    told: list[tuple[str, str]] = []

    def broken() -> bool:
        border.crashed(KeyError, KeyError("again"), None)
        raise OSError("Zephyrine")

    border = Border(tmp_path, broken)
    border.tell = lambda *words: told.append(words)  # type: ignore[method-assign]
    border.crashed(ValueError, ValueError("Zephyrine"), None)
    assert len(told) == 1
    assert "may not be saved" in told[0][1]
    assert [line.split()[2] for line in (tmp_path / LOG).read_text().splitlines()] == [
        "ValueError",
        "KeyError",
        "OSError",
    ]
    (tmp_path / LOG).write_text("x" * (LOG_BYTES + 1))
    border.record("fresh")
    assert (tmp_path / LOG).stat().st_size < 100


def test_larger_text_makes_everything_larger_and_keeps_what_was_typed(hands: Hands) -> None:
    new_referral(hands)
    hands.row("Pupil").click()
    hands.enter("Surname", "Khan")
    small = hands.row("Pupil").height()
    for _ in range(3):
        hands.window.larger.emit()
    QApplication.processEvents()
    assert px(100) == 200
    hands.press("Tasks")
    assert hands.row("Pupil").height() > small * 1.5
    assert hands.program.desk is not None
    assert hands.program.desk.file.load()["answers"]["pupil"]["surname"] == "Khan"
    for _ in range(5):
        hands.window.smaller.emit()
    assert px(100) == 100


def test_the_size_of_text_is_remembered_and_nonsense_in_its_place_is_not(qtbot: QtBot, home: Path) -> None:
    with at_work(qtbot, home) as hands:
        hands.window.larger.emit()
        hands.window.larger.emit()
    with at_work(qtbot, home) as hands:
        assert px(100) == 150
    (home / KEPT).write_text("[text]\nper_cent=1e9\n", encoding="utf-8")
    with at_work(qtbot, home):
        assert px(100) == 100


def test_a_made_up_pupil_can_be_practised_with(qtbot: QtBot, home: Path) -> None:
    from wizard.referral import begin

    def practise(store: opening.ReferralStore) -> str:
        with store.create() as file:
            begin(file, "essex")
            return file.reference

    with at_work(qtbot, home, practise) as hands:
        hands.press("Practise with a made-up pupil")
        hands.wait()
        assert hands.program.desk is not None


def test_a_made_up_pupil_that_cannot_be_had_is_said(qtbot: QtBot, home: Path) -> None:
    seen_waiting = Event()

    def practise(store: opening.ReferralStore) -> str:
        assert seen_waiting.wait(timeout=60)
        raise CannotWrite("The disk is full.", "Make room.")

    with at_work(qtbot, home, practise) as hands:
        hands.press("Practise with a made-up pupil")
        assert hands.says("The made-up pupil is being prepared.")
        seen_waiting.set()
        hands.wait()
        assert hands.says("The disk is full.")


def test_the_window_opens_with_the_passphrase_of_a_file_and_closes(
    qtbot: QtBot, home: Path, no_keyring: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    (tmp_path / "phrase").write_text(f"{PHRASE}\n", encoding="utf-8")
    programs: list[Program] = []

    class Seen(Program):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            programs.append(self)

        def warm_up(self) -> None:
            super().warm_up()
            seen.extend(label.text() for label in self.window.findChildren(QLabel))
            self.jobs.idle.connect(self.window.close)

    monkeypatch.setattr(opening, "Program", Seen)
    monkeypatch.setattr(opening, "QApplication", lambda _: QApplication.instance())
    assert entrance.main(home, tmp_path / "phrase") == 0
    assert "Your referrals" in seen
    dispose(programs[0].window, programs[0])


def test_the_list_takes_what_an_overview_holds() -> None:
    overview = Overview("R-AAAA-AAA", {"pupil": "Amira", "state": "Draft", "reference": "R-AAAA-AAA", "more": 1})
    assert listed(overview).pupil == "Amira"
    assert listed(Overview("R-AAAA-AAA", {}, "Damaged.")).trouble == "Damaged."


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_of_colours_can_be_read(colours: dict[str, str]) -> None:
    words = [("ink", "paper"), ("secondary", "paper"), ("secondary", "rail"), ("ink", "rail"), ("action", "paper")]
    words += [("done", "rail"), ("attention", "rail"), ("ink", "attention_soft"), ("ink", "done_soft")]
    words += [
        ("ink", "error_soft"),
        ("error", "paper"),
        ("on_action", "action"),
        ("ink", "quiet"),
        ("ink", "quiet_hover"),
        ("secondary", "quiet_hover"),
    ]
    words += [("action", "attention_soft"), ("done", "paper"), ("attention", "paper"), ("action_hover", "paper")]
    assert {pair: ratio for pair in words if (ratio := contrast(colours, pair)) < 4.5} == {}
    assert contrast(colours, ("focus", "focus_ink")) > 4.5


def contrast(colours: dict[str, str], pair: tuple[str, str]) -> float:
    """WCAG 2.2 contrast ratio."""

    def light(name: str) -> float:
        parts = [int(colours[name][place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((light(name) for name in pair), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_a_program_without_a_console_says_in_a_window_why_it_cannot_start(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(home: Path | None, passphrase_file: Path | None) -> int:
        raise UnusableInput("The folder cannot be made.", "Choose another.")

    said: list[str] = []
    monkeypatch.setattr(opening, "run", refuse)
    monkeypatch.setattr("PySide6.QtWidgets.QMessageBox.exec", lambda box: said.append(box.text()))
    monkeypatch.setattr("sys.stderr", None)
    assert entrance.main() == 2
    assert said == ["The folder cannot be made."]
