"""The format of a referral file, and the way from every older format to this one.

The table `overview` is the same in every format, so that the home page can list a file before it is brought up to date.
"""

from collections.abc import Callable
from typing import Any

from wizard.errors import CannotOpenReferral
from wizard.store.connection import Connection, parsed

FORMAT = 1
APPLICATION_ID = 0x53313957  # "S19W"

_TABLES = (
    "CREATE TABLE answers (page TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT",
    "CREATE TABLE facts (name TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT",
    """CREATE TABLE overview (one INTEGER PRIMARY KEY CHECK (one = 1), reference TEXT NOT NULL, json TEXT NOT NULL)
        STRICT""",
    # Contents stand apart from what is known of them: to change a date must not rewrite fifty megabytes.
    "CREATE TABLE contents (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
    """CREATE TABLE evidence (
        number INTEGER PRIMARY KEY AUTOINCREMENT, json TEXT NOT NULL, removed INTEGER NOT NULL DEFAULT 0,
        original TEXT NOT NULL REFERENCES contents, prepared TEXT NOT NULL REFERENCES contents) STRICT""",
    "CREATE TABLE history (at TEXT NOT NULL, what TEXT NOT NULL) STRICT",
    """CREATE TRIGGER history_stands BEFORE UPDATE ON history
        BEGIN SELECT RAISE(ABORT, 'history is never changed'); END""",
    """CREATE TRIGGER history_stays BEFORE DELETE ON history
        BEGIN SELECT RAISE(ABORT, 'history is never shortened'); END""",
)

STEPS: dict[int, Callable[[Connection], None]] = {}
"""From each older format, what leads to the next; called inside a transaction with the connection."""


def lay_out(connection: Connection, reference: str) -> None:
    """Give a new file its tables, its marks and its name; called inside a transaction."""
    for statement in _TABLES:
        connection.execute(statement)
    connection.execute("INSERT INTO overview VALUES (1, ?, '{}')", (reference,))
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={FORMAT}")


def format_of(connection: Connection, reference: str) -> int:
    """Read which format a file has.

    Raises:
        CannotOpenReferral: it is not a referral, or is of a format that only a newer program knows.
    """
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if mark != APPLICATION_ID or version < 1:
        raise CannotOpenReferral(
            f"The file of referral {reference} is not a referral of this program.", "Put back a copy from a backup."
        )
    if version > FORMAT:
        raise CannotOpenReferral(
            f"Referral {reference} was last changed with a newer version of this program.",
            "Bring this program up to date, then open it again. Nothing in it was touched.",
        )
    return int(version)


def bring_up_to_date(connection: Connection, reference: str) -> None:
    """Lead a file of any released format to this one, in one transaction; leave a current one alone."""
    before = format_of(connection, reference)
    if before == FORMAT:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for version in range(before, FORMAT):
            STEPS[version](connection)
        connection.execute(f"PRAGMA user_version={FORMAT}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def overview_of(connection: Connection, reference: str) -> dict[str, Any]:
    """Read the overview, and see that the file was not exchanged for another one's.

    Raises:
        CannotOpenReferral: the file holds another referral than the one it is named after.
    """
    kept, overview = connection.execute("SELECT reference, json FROM overview").fetchone()
    if kept != reference:
        raise CannotOpenReferral(
            f"The file of referral {reference} holds another referral.",
            "Give each file back the name that it had, or put back a copy from a backup.",
        )
    facts: dict[str, Any] = parsed(overview, reference)
    return facts
