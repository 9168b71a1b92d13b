"""What every test stands on: no real keyring, no real home folder, no unheard warnings."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from hypothesis import HealthCheck, settings
from keyring.backend import KeyringBackend

from wizard.councils import look_in
from wizard.evidence.office import convert

pytest.register_assert_rewrite("tests.validation.blocking")
PROGRAM = str(Path(__file__).parents[1] / "wizard") + os.sep

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# How long an example takes says more about the machine than about the code.
settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the golden files of the made-up referrals be written anew."""
    parser.addoption("--update-goldens", action="store_true", help="write tests/goldens anew; read what changed")


class MemoryKeyring(KeyringBackend):
    """A keyring that lasts for one test."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.secrets: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.secrets[service, username]


@pytest.fixture(autouse=True)
def memory_keyring() -> Iterator[MemoryKeyring]:
    """Replace the computer's keyring for the length of a test."""
    before = keyring.get_keyring()
    memory = MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every file of the program under a folder of this test."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("SECTION19_HOME", str(folder))
    look_in(lambda: None)
    return folder


_LIBREOFFICE = convert.program


@pytest.fixture(autouse=True)
def no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """What becomes of a document must not hang on what else is installed; tests of LibreOffice ask for it."""
    monkeypatch.setattr(convert, "program", lambda: "")


@pytest.fixture
def libreoffice(no_libreoffice: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let documents be converted by the LibreOffice of this machine."""
    if not _LIBREOFFICE():
        pytest.skip("LibreOffice is not installed on this machine")
    monkeypatch.setattr(convert, "program", _LIBREOFFICE)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of awkward evidence files beside the checkout; tests that need it skip without it."""
    folder = Path(__file__).parents[2] / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip("the corpus of awkward files (../shared/corpus) is not on this machine")
    return folder


@pytest.fixture(autouse=True)
def nothing_flashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """See that no part of a page is shown before it has its place: it would be a window, and take the focus."""
    if "PySide6.QtWidgets" not in sys.modules:
        yield
        return
    from PySide6.QtWidgets import QDialog, QMainWindow, QMenu, QWidget

    windows = (QDialog, QMainWindow, QMenu)
    flashed: list[str] = []

    def told(show: Callable[..., None]) -> Callable[..., None]:
        def shown(self: QWidget, *on: bool) -> None:
            code = sys._getframe(1).f_code
            ours = on != (False,) and code.co_filename.startswith(PROGRAM)  # asked first, as it is soon told
            if ours and not isinstance(self, windows) and self.parent() is None:
                flashed.append(f"{type(self).__name__}, in {code.co_name} of {code.co_filename}")
            show(self, *on)

        return shown

    monkeypatch.setattr(QWidget, "show", told(QWidget.show))
    monkeypatch.setattr(QWidget, "setVisible", told(QWidget.setVisible))
    yield
    assert not flashed, f"shown as windows of their own: {flashed}"
