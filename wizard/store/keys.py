"""The vault: the one secret of this computer, from which every other key is derived."""

import hmac
import os
from pathlib import Path
from typing import Self

from wizard.errors import CannotOpenReferral, NoKeyring
from wizard.store import passphrase as sealed
from wizard.store import system_keyring
from wizard.store.folder import held_alone, private_folder, referral_paths, write_atomically

MASTER_FILE = "master.key"
_FILE_PURPOSE = b"section19 referral file"
_WRAP_PURPOSE = b"section19 wrapped secret"


class Vault:
    """A 256-bit master key, and what is made with it.

    The key lives in the computer's keyring, or under a passphrase in `master.key`; never in plain sight.
    """

    __slots__ = ("_master",)

    def __init__(self, master: bytes) -> None:
        if len(master) != 32:
            raise ValueError("a master key has 32 bytes")
        self._master = master

    @classmethod
    def in_memory(cls) -> Self:
        """Make a vault that is forgotten with the process: for rehearsals, measurements and one-time use."""
        return cls(os.urandom(32))

    @classmethod
    def open(cls, home: Path, passphrase: str | None = None) -> Self:
        """Find this computer's vault; on the very first use, make it.

        A passphrase is needed where `home` holds `master.key`, and makes that file where no key is kept yet.

        Raises:
            NoKeyring: no keyring can be used and there is no passphrase.
            CannotOpenReferral: the passphrase is wrong, or the key to the referrals in `home` is not here.
            CannotWrite: the new key cannot be kept.
        """
        if passphrase is not None and not passphrase.strip():
            raise NoKeyring("The passphrase is empty.", "Choose one of several words that nobody can guess.")
        found = cls._find(home, passphrase)
        if found is not None:
            return found
        private_folder(home)
        with held_alone(home / "master.lock", "Another window is making the key of this computer."):
            return cls._find(home, passphrase) or cls._make(home, passphrase)

    @classmethod
    def _find(cls, home: Path, passphrase: str | None) -> Self | None:
        text = _read_master_file(home)
        if text is not None:
            if passphrase is None:
                raise NoKeyring(
                    "The referrals on this computer are kept under a passphrase.",
                    "Give it with --passphrase-file FILE.",
                )
            return cls(sealed.unseal(text, passphrase))
        try:
            kept = system_keyring.recall()
        except NoKeyring as error:
            if referral_paths(home):
                raise NoKeyring(
                    "The key to these referrals is in a keyring that cannot be used now.",
                    "Sign in to the desktop, unlock its keyring and start again. Nothing is lost.",
                ) from error
            if passphrase is None:
                raise
            return None
        return None if kept is None else cls(kept)

    @classmethod
    def _make(cls, home: Path, passphrase: str | None) -> Self:
        if referral_paths(home):
            raise CannotOpenReferral(
                "The key to the referrals in this folder is not on this computer.",
                "Open them with the account that made them, on the computer where they were made. No new key was made.",
            )
        vault = cls.in_memory()
        if passphrase is None:
            system_keyring.keep(vault._master)
        else:
            write_atomically(home / MASTER_FILE, sealed.seal(vault._master, passphrase))
        return vault

    def derive(self, purpose: bytes, salt: bytes) -> bytes:
        """Derive 32 bytes for one purpose: HKDF-SHA256 (RFC 5869), one block."""
        extracted = hmac.digest(salt, self._master, "sha256")
        return hmac.digest(extracted, purpose + b"\x01", "sha256")

    def file_key(self, salt: bytes) -> bytes:
        """Derive the key of the referral file that begins with these 16 bytes."""
        return self.derive(_FILE_PURPOSE, salt)

    def wrap(self, name: str, plaintext: bytes) -> bytes:
        """Encrypt a small secret, such as a signing key, so that only this vault opens it, by the same name."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # costs 15 ms, rarely wanted

        salt, nonce = os.urandom(16), os.urandom(12)
        return salt + nonce + AESGCM(self.derive(_WRAP_PURPOSE, salt)).encrypt(nonce, plaintext, name.encode())

    def unwrap(self, name: str, wrapped: bytes) -> bytes:
        """Decrypt what `wrap` made.

        Raises:
            CannotOpenReferral: it is damaged, has another name, or was made with another key.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        salt, nonce, sealed_text = wrapped[:16], wrapped[16:28], wrapped[28:]
        try:
            return AESGCM(self.derive(_WRAP_PURPOSE, salt)).decrypt(nonce, sealed_text, name.encode())
        except (InvalidTag, ValueError):
            raise CannotOpenReferral(
                "A secret that this computer keeps is damaged, or was made with another key.",
                "Restore it from a backup, or make a new one.",
            ) from None


def _read_master_file(home: Path) -> bytes | None:
    try:
        return (home / MASTER_FILE).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotOpenReferral(
            "The file master.key, which holds the key to these referrals, cannot be read.",
            "Check that it belongs to your account and that its disk is there.",
        ) from error
