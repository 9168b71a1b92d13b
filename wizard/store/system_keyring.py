"""The computer's own keyring (Windows Credential Manager, macOS Keychain, Secret Service) and our one key in it."""

import os
import sys
from typing import TYPE_CHECKING

from wizard.errors import CannotOpenReferral, NoKeyring

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "section19-wizard"
_ENTRY = "master-key"
_CHOICE = "PYTHON_KEYRING_BACKEND"
_OWN = {
    "win32": ("keyring.backends.Windows.WinVaultKeyring",),
    "darwin": ("keyring.backends.macOS.Keyring",),
    "linux": ("keyring.backends.SecretService.Keyring", "keyring.backends.kwallet.DBusKeyring"),
}
_FOREIGN_FAILURES = (
    ("keyring.errors", "KeyringError"),
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney.wrappers", "DBusErrorResponse"),
    ("win32ctypes.pywin32.pywintypes", "error"),
)


def recall() -> bytes | None:
    """Ask the keyring for the master key; None where it holds none yet.

    Raises:
        NoKeyring: there is no keyring to trust with a key, or it cannot be used now.
        CannotOpenReferral: what the keyring holds in the key's place is no key.
    """
    try:
        kept = _backend().get_password(SERVICE, _ENTRY)
    except _failures() as error:
        raise _unusable() from error
    if kept is None:
        return None
    try:
        key = bytes.fromhex(kept)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise CannotOpenReferral(
            f"What this computer's keyring keeps under {SERVICE} is not a key of this program.",
            "Ask whoever looks after the computer to restore that entry from a backup of the account.",
        )
    return key


def keep(key: bytes) -> None:
    """Give the keyring the master key, and see that it has it.

    Raises:
        NoKeyring: the keyring refuses the key or has lost it already.
    """
    try:
        _backend().set_password(SERVICE, _ENTRY, key.hex())
    except _failures() as error:
        raise _unusable() from error
    if recall() != key:
        raise _unusable()


def _backend() -> "KeyringBackend":
    """Find the keyring that was set, that the environment names, or that the system has.

    The system's own are named outright: keyring's search through all installed packages doubles the time of a
    start. Keyrings below priority 1 keep secrets in plain files or not at all; a chain may end in one of those.
    """
    from keyring import get_keyring  # costs 70 ms, and passphrases have no need of it
    from keyring.core import recommended

    backend = None
    for name in () if _CHOICE in os.environ else _OWN.get(sys.platform, ()):
        os.environ[_CHOICE] = name
        try:
            backend = get_keyring()
            break
        except (RuntimeError, ImportError):
            continue
        finally:
            del os.environ[_CHOICE]
    backend = backend or get_keyring()
    if not recommended(backend) or type(backend).__module__ == "keyring.backends.chainer":
        raise _unusable()
    return backend


def _failures() -> tuple[type[BaseException], ...]:
    """Gather what keyrings raise: those of other systems do not wrap the errors of D-Bus and Windows."""
    foreign = (getattr(sys.modules.get(module), name, None) for module, name in _FOREIGN_FAILURES)
    return (
        OSError,
        RuntimeError,
        ImportError,
        AttributeError,
        ValueError,
        *(kind for kind in foreign if kind is not None),
    )


def _unusable() -> NoKeyring:
    return NoKeyring(
        "This computer offers no keyring that can keep the key to the referrals.",
        "Unlock the keyring of your desktop, or choose a passphrase and give it with --passphrase-file FILE.",
    )
