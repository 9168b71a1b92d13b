"""Which keyring is trusted with the key, and what its failures become."""

import os
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, null
from keyring.errors import KeyringLocked, PasswordSetError
from secretstorage.exceptions import PromptDismissedException

from wizard.errors import CannotOpenReferral, NoKeyring
from wizard.store import system_keyring

CHECKOUT = Path(__file__).parents[2]


class Plain(KeyringBackend):
    """A keyring such as those that write secrets to a plain file: they rank themselves below 1."""

    priority = 0.5  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("a plain keyring must not be asked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("a plain keyring must not be told")


class Failing(KeyringBackend):
    """A keyring that fails in one of the ways that keyrings have."""

    priority = 1  # type: ignore[assignment]

    def __init__(self, failure: Exception) -> None:
        super().__init__()
        self.failure = failure

    def get_password(self, service: str, username: str) -> str | None:
        raise self.failure

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.failure


class Own(Plain):
    """What the system of this test has for a keyring."""

    priority = 5  # type: ignore[assignment]
    secrets: ClassVar[dict[str, str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.secrets.get(service)


@pytest.mark.parametrize("backend", [Plain(), null.Keyring(), chainer.ChainerBackend()])
def test_a_keyring_without_a_lock_is_no_keyring(backend: KeyringBackend) -> None:
    keyring.set_keyring(backend)
    with pytest.raises(NoKeyring):
        system_keyring.recall()
    with pytest.raises(NoKeyring):
        system_keyring.keep(bytes(32))


@pytest.mark.parametrize(
    "failure",
    [
        KeyringLocked("no"),
        PasswordSetError("no"),
        PromptDismissedException("no"),
        OSError("no bus"),
        RuntimeError("no"),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_a_keyring_that_fails_is_reported_in_a_sentence(failure: Exception) -> None:
    keyring.set_keyring(Failing(failure))
    with pytest.raises(NoKeyring, match="--passphrase-file"):
        system_keyring.recall()
    with pytest.raises(NoKeyring, match="--passphrase-file"):
        system_keyring.keep(bytes(32))


def test_a_bug_in_a_keyring_is_not_hidden() -> None:
    keyring.set_keyring(Failing(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        system_keyring.recall()


@pytest.mark.parametrize("kept", ["", "not hexadecimal", "00" * 31, "00" * 33])
def test_what_is_no_key_is_not_used_and_not_replaced(memory_keyring: KeyringBackend, kept: str) -> None:
    system_keyring.keep(bytes(32))
    [entry] = memory_keyring.secrets  # type: ignore[attr-defined]
    memory_keyring.secrets[entry] = kept  # type: ignore[attr-defined]
    with pytest.raises(CannotOpenReferral, match="not a key"):
        system_keyring.recall()
    assert memory_keyring.secrets[entry] == kept  # type: ignore[attr-defined]


def test_the_systems_own_keyring_is_named_and_not_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    monkeypatch.setattr(keyring.backend, "get_all_keyring", lambda: pytest.fail("searched"))
    names = ("keyring.backends.absent.Keyring", "keyring.backends.chainer.Absent", f"{__name__}.Own")
    monkeypatch.setattr(system_keyring, "_OWN", {sys.platform: names[:1] + names[2:]})
    monkeypatch.setitem(Own.secrets, "section19-wizard", "ab" * 32)
    assert system_keyring.recall() == b"\xab" * 32
    assert "PYTHON_KEYRING_BACKEND" not in os.environ


@pytest.mark.parametrize("named", [None, "keyring.backends.null.Keyring", "keyring.backends.absent.Keyring"])
def test_a_computer_without_a_session_bus_has_no_keyring(home: Path, named: str | None) -> None:
    """In a process of its own, since the tests' own keyrings would be found by the search."""
    script = (
        "import os; from pathlib import Path; from wizard.store.keys import Vault; Vault.open(Path(os.environ['H']))"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "H": str(home),
        "HOME": str(home),
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
    }
    if named:
        environment["PYTHON_KEYRING_BACKEND"] = named
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False
    )
    assert run.stderr.splitlines()[-1].startswith("wizard.errors.NoKeyring: This computer offers no keyring")
