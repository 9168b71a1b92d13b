"""Who made a council's file: Ed25519 signatures (RFC 8032) beside it, and the keys that are known."""

import base64
import binascii
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from importlib import resources
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from wizard.errors import UnusableInput

_MEANT = b"section19 council file 1\n"
"""Stands before what is signed, so that no signature for another purpose counts here."""
ENDING = ".sig"


class Standing(StrEnum):
    """What a signature says of a file."""

    KNOWN = "signed"
    STRANGER = "unknown signer"
    ALTERED = "altered"
    UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True)
class Key:
    """A signer's public key.

    Attributes:
        name: whose it is, as they say.
        key: base64 of its 32 bytes.
    """

    name: str
    key: str

    @property
    def fingerprint(self) -> str:
        """Enough of its digest to compare by telephone."""
        digest = sha256(base64.b64decode(self.key)).hexdigest()[:24]
        return " ".join(digest[n : n + 4] for n in range(0, 24, 4))

    def to_text(self) -> str:
        """The line pair of a key file, and of the list of known keys."""
        return f'[[keys]]\nname = {_quoted(self.name)}\nkey = "{self.key}"\n'


@dataclass(frozen=True, slots=True)
class Seal:
    """How a file stands, and by whom it is signed."""

    standing: Standing
    signer: Key | None = None

    @property
    def altered(self) -> bool:
        """Whether the file is known not to be what was signed."""
        return self.standing is Standing.ALTERED

    def __str__(self) -> str:
        """A sentence for wherever the council is chosen or its rules are followed."""
        if self.signer is None:
            return UNSIGNED if self.standing is Standing.UNSIGNED else ALTERED
        if self.standing is Standing.KNOWN:
            return f"Signed by {self.signer.name}, and unchanged since."
        return (
            f"Signed with a key that is not known here (fingerprint {self.signer.fingerprint}). Compare it with the "
            "council by telephone before you rely on the file."
        )


UNSIGNED = "Not signed: nothing shows who wrote it. Make sure that it comes from the council."
ALTERED = "Its signature does not fit: the file was changed after it was signed. Ask the council for it again."


def new_key() -> bytes:
    """A new private key, PEM (PKCS #8)."""
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public(private: bytes, name: str) -> Key:
    """The public part of a private key.

    Raises:
        UnusableInput: it is no such key.
    """
    raw = _private(private).public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return Key(name, base64.b64encode(raw).decode())


def signature(file: bytes, private: bytes, name: str) -> bytes:
    """What belongs into ``FILE.sig``.

    Raises:
        UnusableInput: the key is none.
    """
    mark = base64.b64encode(_private(private).sign(_MEANT + file)).decode()
    return f'{public(private, name).to_text()}signature = "{mark}"\n'.encode()


def seal(file: bytes, signed: bytes | None, known: Iterable[Key]) -> Seal:
    """How a file stands with its signature; ``None`` where there is none. Never raises."""
    if signed is None:
        return Seal(Standing.UNSIGNED)
    try:
        row: dict[str, Any] = tomllib.loads(signed.decode())["keys"][0]
        claimed = Key(str(row["name"]), str(row["key"]))
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(claimed.key, validate=True))
        key.verify(base64.b64decode(row["signature"], validate=True), _MEANT + file)
    except (InvalidSignature, ValueError, KeyError, IndexError, TypeError, RecursionError):
        return Seal(Standing.ALTERED)
    # The name in the signature is only what the signer says; a known key has a name that somebody looked at.
    trusted = next((one for one in known if one.key == claimed.key), None)
    return Seal(Standing.KNOWN, trusted) if trusted else Seal(Standing.STRANGER, claimed)


def shipped_keys() -> tuple[Key, ...]:
    """Keys that come with the program."""
    return read_keys((resources.files("resources") / "council-keys.toml").read_bytes())


def read_keys(text: bytes) -> tuple[Key, ...]:
    """A list of known keys, or the public half of one.

    Raises:
        UnusableInput: it is no such list.
    """
    try:
        found = tuple(Key(str(row["name"]), str(row["key"])) for row in tomllib.loads(text.decode()).get("keys", ()))
        for one in found:
            Ed25519PublicKey.from_public_bytes(base64.b64decode(one.key, validate=True))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnusableInput(
            "That is no public key of a council.", "Name the .pub file that the council gave."
        ) from None
    return found


def _private(pem: bytes) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm, binascii.Error):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise UnusableInput("That is no key to sign with.", "Make one with “section19 authority keygen”.") from None
    return key


def _quoted(text: str) -> str:
    return '"' + " ".join(text.replace("\\", " ").replace('"', " ").split()) + '"'
