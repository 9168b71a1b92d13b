"""The master key kept under a passphrase, for computers without a keyring.

Argon2id (RFC 9106, its second recommended setting: 64 MiB, 3 passes, 4 lanes) turns the passphrase into a key;
AES-256-GCM wraps the master key under that, with the parameters as associated data.
"""

import json
import os
import unicodedata
from typing import Any

from wizard.errors import CannotOpenReferral

_COST = {"kdf": "argon2id", "passes": 3, "kibibytes": 64 * 1024, "lanes": 4}
_MOST = {"passes": 64, "kibibytes": 1024 * 1024, "lanes": 64}


def seal(master: bytes, passphrase: str) -> bytes:
    """Wrap the master key; the answer is the text of the file `master.key`."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # costs 15 ms, rarely wanted

    header: dict[str, Any] = {"format": 1, **_COST, "salt": os.urandom(16).hex(), "nonce": os.urandom(12).hex()}
    wrapped = AESGCM(_stretch(passphrase, header)).encrypt(bytes.fromhex(header["nonce"]), master, _associated(header))
    return json.dumps(header | {"key": wrapped.hex()}, indent=1).encode()


def unseal(text: bytes, passphrase: str) -> bytes:
    """Unwrap the master key from the text of the file `master.key`.

    Raises:
        CannotOpenReferral: the passphrase is another one, or the file is damaged.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    header, nonce, wrapped = _read(text)
    try:
        return AESGCM(_stretch(passphrase, header)).decrypt(nonce, wrapped, _associated(header))
    except InvalidTag:
        raise CannotOpenReferral(
            "The passphrase is not the one that these referrals are kept under.",
            "Check capital letters and the keyboard's language, and try again.",
        ) from None


def _read(text: bytes) -> tuple[dict[str, Any], bytes, bytes]:
    try:
        header = json.loads(text)
        wrapped = bytes.fromhex(header.pop("key"))
        nonce, salt = bytes.fromhex(header["nonce"]), bytes.fromhex(header["salt"])
        sound = header["format"] == 1 and header["kdf"] == "argon2id" and len(nonce) == 12 and len(salt) == 16
        sound = sound and all(type(header[name]) is int and 1 <= header[name] <= most for name, most in _MOST.items())
        sound = sound and header["kibibytes"] >= 8 * header["lanes"]
    except (ValueError, TypeError, LookupError, AttributeError):
        sound = False
    if not sound:
        raise CannotOpenReferral(
            "The file master.key, which holds the key to these referrals, is damaged.",
            "Put back a copy of it from a backup. Without it the referrals stay closed.",
        )
    return header, nonce, wrapped


def _associated(header: dict[str, Any]) -> bytes:
    return json.dumps(header, sort_keys=True).encode()


def _stretch(passphrase: str, header: dict[str, Any]) -> bytes:
    """Stretch a passphrase into a key; composed and decomposed accents count as the same (RFC 8265)."""
    from argon2.low_level import Type, hash_secret_raw  # costs 25 ms, rarely wanted

    return hash_secret_raw(
        unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"),
        bytes.fromhex(header["salt"]),
        time_cost=header["passes"],
        memory_cost=header["kibibytes"],
        parallelism=header["lanes"],
        hash_len=32,
        type=Type.ID,
    )
