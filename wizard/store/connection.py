"""A connection to one SQLCipher file, and what its failures mean to a person."""

import json
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from wizard.errors import CannotOpenReferral, CannotWrite, UserError

Connection = dbapi2.Connection
DatabaseError = dbapi2.Error
_DAMAGED = {
    dbapi2.SQLITE_CORRUPT: "The file of referral {} is damaged.",
    dbapi2.SQLITE_NOTADB: "The file of referral {} is damaged, or was made with a key that is not on this computer.",
}
_BUSY = "Referral {} is being changed by another window."


def salt_of(path: Path) -> bytes:
    """Read the 16 bytes of salt with which every SQLCipher file begins.

    Raises:
        CannotOpenReferral: there is no such file, it is shorter, or it cannot be read.
    """
    try:
        with path.open("rb", buffering=0) as stream:
            salt = stream.read(16)
    except OSError as error:
        raise CannotOpenReferral(
            f"The file of referral {path.stem} cannot be read.",
            "Check that its disk is there and that the file belongs to your account.",
        ) from error
    if len(salt) < 16:
        raise _damaged(path.stem, dbapi2.SQLITE_CORRUPT)
    return salt


def connect(path: Path, key: bytes, salt: bytes) -> dbapi2.Connection:
    """Connect to a file that exists, in autocommit mode, for any thread, one at a time.

    SQLCipher's wiping of all memory (cipher_memory_security) stays off: it does not reach Python's own copies and
    makes opening six times slower.
    """
    name = str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    connection = dbapi2.connect(f"file:{name}?mode=rw", uri=True, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA cipher_log_level=NONE")  # it would write to standard error
    connection.execute(f"PRAGMA key=\"x'{key.hex()}{salt.hex()}'\"")
    return connection


def parsed(text: str, reference: str) -> Any:  # noqa: ANN401 - JSON is of any kind
    """Read the JSON of one value.

    SQLCipher notices every damaged page, but hands out the last page of a long value as zeros and fails only at the
    read after that. JSON holds no zeros, so that such a value is found out here.

    Raises:
        CannotOpenReferral: the value is damaged.
    """
    try:
        return json.loads(text)
    except ValueError:
        raise _damaged(reference, dbapi2.SQLITE_CORRUPT) from None


def failed_reading(reference: str, error: dbapi2.Error) -> CannotOpenReferral:
    """Say why a referral cannot be read."""
    code = _family(error)
    if code in _DAMAGED:
        return _damaged(reference, code)
    if code == dbapi2.SQLITE_BUSY:
        return CannotOpenReferral(_BUSY.format(reference), "Close it there, then try again.")
    return CannotOpenReferral(
        f"The file of referral {reference} cannot be read.",
        "Check that its disk is there and has room, then try again.",
    )


def failed_writing(path: Path, error: dbapi2.Error) -> UserError:
    """Say why the last change to a referral was not saved. What was saved before it is safe."""
    code, reference = _family(error), path.stem
    if code in _DAMAGED:
        return _damaged(reference, code)
    if code == dbapi2.SQLITE_FULL:
        return CannotWrite(
            f"The disk is full: the last change to referral {reference} is not saved.",
            "Make room on the disk, then save again.",
        )
    if code == dbapi2.SQLITE_BUSY:
        return CannotWrite(_BUSY.format(reference), "Wait a moment, then save again.")
    if not path.exists():
        return CannotWrite(
            f"The file of referral {reference} is no longer where it was: the last change is not saved.",
            "Bring back its disk or folder, then open the referral again.",
        )
    return CannotWrite(
        f"The last change to referral {reference} cannot be saved.",
        "Check that its disk has room and that the file may be changed, then save again.",
    )


def _family(error: dbapi2.Error) -> int:
    """The primary result code of SQLite, which is the lowest byte of the extended one."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _damaged(reference: str, code: int) -> CannotOpenReferral:
    return CannotOpenReferral(_DAMAGED[code].format(reference), "Put back a copy of the file from a backup.")
