"""One encrypted file per referral: its answers, evidence and history, and what the home page shows of it."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, NamedTuple, Self

from wizard.errors import CannotOpenReferral, UserError
from wizard.store import migrations
from wizard.store.connection import DatabaseError, connect, failed_reading, failed_writing, parsed, salt_of
from wizard.store.folder import held_alone
from wizard.store.keys import Vault
from wizard.store.reference import reference_of

_SAVE_PAGE = """INSERT INTO answers VALUES (?, ?)
    ON CONFLICT DO UPDATE SET json = excluded.json WHERE json <> excluded.json"""
_SAVE_FACT = """INSERT INTO facts VALUES (?, ?)
    ON CONFLICT DO UPDATE SET json = excluded.json WHERE json <> excluded.json"""
_FORGET_CONTENTS = """DELETE FROM contents WHERE sha256 NOT IN
    (SELECT original FROM evidence UNION SELECT prepared FROM evidence)"""
_PARTS = {"reference", "answers", "evidence"}  # of the referral, beside its facts
_EMPTY = sha256().hexdigest()


class Evidence(NamedTuple):
    """A piece of evidence: what is known of it, the file byte for byte as it came, and what goes into the pack."""

    facts: dict[str, Any]
    original: bytes
    prepared: bytes


class Event(NamedTuple):
    """A line of the history: when (ISO 8601, UTC), and which page, fact or event; never what was typed."""

    at: str
    what: str


def time_now() -> datetime:
    """Tell the time for the history."""
    return datetime.now(UTC)


class ReferralFile:
    """A referral that this window alone holds open, until it is closed.

    A change is on the disk, whole, when its method returns. Methods that change raise `CannotWrite` when the disk is
    full, read-only or gone, and then nothing has changed. Methods that read raise `CannotOpenReferral` when the file
    is damaged. An unknown evidence id is a KeyError.
    """

    def __init__(self, path: Path, vault: Vault, clock: Callable[[], datetime] = time_now) -> None:
        """Open a file and lead it to the present format.

        Raises:
            CannotOpenReferral: it is missing, damaged, open in another window, of a newer program, or of another key.
            CannotWrite: its folder takes no lock file.
        """
        self.path = path
        self.reference = reference_of(path)
        self._clock = clock
        self._turn = RLock()
        salt = salt_of(path)
        with ExitStack() as held:
            sentence = f"Referral {self.reference} is open in another window."
            held.enter_context(held_alone(path.with_suffix(".lock"), sentence))
            try:
                self._connection = connect(path, vault.file_key(salt), salt)
                held.callback(self._connection.close)
                self._connection.execute("PRAGMA synchronous=EXTRA")
                self._connection.execute("PRAGMA secure_delete=ON")
                migrations.bring_up_to_date(self._connection, self.reference)
                migrations.overview_of(self._connection, self.reference)
            except DatabaseError as error:
                raise failed_reading(self.reference, error) from error
            self._held = held.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. Evidence removed since it was opened is now forgotten for good."""
        with self._held, suppress(UserError):  # what cannot be forgotten now is forgotten at a later close
            if self._rows("SELECT 1 FROM evidence WHERE removed"):
                self._forget_removed()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Save several changes together: all of them or, if anything goes wrong on the way, none."""
        with self._turn:
            if self._connection.in_transaction:
                yield
                return
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield
                self._connection.execute("COMMIT")
            except BaseException as error:
                with suppress(DatabaseError):
                    self._connection.execute("ROLLBACK")
                if isinstance(error, DatabaseError):
                    raise failed_writing(self.path, error) from error
                raise

    def load(self) -> dict[str, Any]:
        """Read the whole referral but for the contents of its evidence, ready for JSON."""
        facts = self._rows("SELECT name, json FROM facts ORDER BY rowid")
        answers = self._rows("SELECT page, json FROM answers ORDER BY rowid")
        return {
            "reference": self.reference,
            **{name: parsed(text, self.reference) for name, text in facts},
            "answers": {page: parsed(text, self.reference) for page, text in answers},
            "evidence": self.evidence_facts(),
        }

    def save_page(self, page: str, values: dict[str, Any]) -> None:
        """Keep the answers of one page as they were typed; pages that this program does not know are kept too."""
        self._change(page, _SAVE_PAGE, page, json.dumps(values))

    def save_facts(self, name: str, value: object) -> None:
        """Keep what stands beside the answers: authority, reasons, signatures, diary, ...; None forgets it."""
        if name in _PARTS:
            raise ValueError("the reference, the answers and the evidence are no facts to be set")
        if value is None:
            self._change(name, "DELETE FROM facts WHERE name = ?", name)
        else:
            self._change(name, _SAVE_FACT, name, json.dumps(value))

    def save_overview(self, overview: dict[str, Any]) -> None:
        """Keep what the home page shows of this referral; it can be made again from the rest at any time."""
        text = json.dumps(overview)
        with self.transaction():
            self._connection.execute("UPDATE overview SET json = ? WHERE json <> ?", (text, text))

    def note(self, event: str) -> None:
        """Add a line to the history: an event of the program's own words, such as "pack made"."""
        with self.transaction():
            at = self._clock().isoformat(timespec="seconds")
            self._connection.execute("INSERT INTO history VALUES (?, ?)", (at, event))

    def history(self) -> list[Event]:
        """Read what was saved and when, oldest first."""
        return [Event(*row) for row in self._rows("SELECT at, what FROM history ORDER BY rowid")]

    def add_evidence(self, facts: dict[str, Any], original: bytes, prepared: bytes) -> str:
        """Keep a piece of evidence with both its forms; the answer is its id, never used again in this referral."""
        with self.transaction():
            digests = [self._keep_contents(contents) for contents in (original, prepared)]
            row = (_facts_text(facts), *digests)
            statement = "INSERT INTO evidence (json, original, prepared) VALUES (?, ?, ?)"
            evidence_id = f"E{self._connection.execute(statement, row).lastrowid}"
            self.note(f"evidence {evidence_id} added")
        return evidence_id

    def evidence(self, evidence_id: str) -> Evidence:
        """Read a piece of evidence with its contents, each checked against its SHA-256."""
        where = "FROM evidence WHERE 'E' || number = ? AND NOT removed"
        rows = self._rows("SELECT number, json, original, prepared " + where, evidence_id)
        if not rows:
            raise KeyError(evidence_id)
        number, text, original, prepared = rows[0]
        contents = {digest: self._contents(digest) for digest in {original, prepared}}
        return Evidence(self._known(number, text, original), contents[original], contents[prepared])

    def evidence_facts(self) -> list[dict[str, Any]]:
        """Read what is known of each piece of evidence, with its id and the SHA-256 of the original.

        The store says that itself, but where it was given no original.
        """
        rows = self._rows("SELECT number, json, original FROM evidence WHERE NOT removed ORDER BY number")
        return [self._known(*row) for row in rows]

    def update_evidence(self, evidence_id: str, facts: dict[str, Any]) -> None:
        """Keep other facts of a piece of evidence; its contents stay as they are."""
        statement = "UPDATE evidence SET json = ? WHERE 'E' || number = ? AND NOT removed"
        self._change_evidence(evidence_id, "changed", statement, _facts_text(facts), evidence_id)

    def replace_evidence(self, evidence_id: str, facts: dict[str, Any], prepared: bytes) -> None:
        """Keep another form of it for the pack, and other facts; the form before is forgotten for good."""
        with self.transaction():
            row = _facts_text(facts), self._keep_contents(prepared), evidence_id
            statement = "UPDATE evidence SET json = ?, prepared = ? WHERE 'E' || number = ? AND NOT removed"
            self._change_evidence(evidence_id, "prepared anew", statement, *row)
            self._connection.execute(_FORGET_CONTENTS)

    def remove_evidence(self, evidence_id: str) -> None:
        """Take a piece of evidence out of the referral; until the file is closed it can be restored."""
        statement = "UPDATE evidence SET removed = 1 WHERE 'E' || number = ? AND NOT removed"
        self._change_evidence(evidence_id, "removed", statement, evidence_id)

    def restore_evidence(self, evidence_id: str) -> None:
        """Undo a removal."""
        statement = "UPDATE evidence SET removed = 0 WHERE 'E' || number = ? AND removed"
        self._change_evidence(evidence_id, "restored", statement, evidence_id)

    def integrity(self) -> list[str]:
        """Check every page of the file and every content against its digest; an empty list is a sound file."""
        try:
            faults = self._rows("PRAGMA cipher_integrity_check") or self._rows("PRAGMA quick_check")
            if faults == [("ok",)]:
                for (digest,) in self._rows("SELECT sha256 FROM contents"):
                    self._contents(digest)
        except CannotOpenReferral as error:
            return [error.sentence]
        return [text for (text,) in faults if text != "ok"]

    def _rows(self, statement: str, *values: str) -> list[tuple[Any, ...]]:
        with self._turn:
            try:
                rows: list[tuple[Any, ...]] = self._connection.execute(statement, values).fetchall()
            except DatabaseError as error:
                raise failed_reading(self.reference, error) from error
        return rows

    def _change(self, what: str, statement: str, *values: str) -> bool:
        """Make one change and note it; to save what is there already is no change."""
        with self.transaction():
            changed: bool = self._connection.execute(statement, values).rowcount > 0
            if changed:
                self.note(what)
        return changed

    def _change_evidence(self, evidence_id: str, event: str, statement: str, *values: str) -> None:
        if not self._change(f"evidence {evidence_id} {event}", statement, *values):
            raise KeyError(evidence_id)

    def _known(self, number: int, text: str, digest: str) -> dict[str, Any]:
        facts = parsed(text, self.reference)
        told = facts.get("sha256") if digest == _EMPTY else ""  # of a file that was not kept, as it was told
        return {"id": f"E{number}", **facts, "sha256": told or digest}

    def _keep_contents(self, contents: bytes) -> str:
        digest = sha256(contents).hexdigest()
        self._connection.execute("INSERT INTO contents VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, contents))
        return digest

    def _contents(self, digest: str) -> bytes:
        rows = self._rows("SELECT bytes FROM contents WHERE sha256 = ?", digest)
        contents: bytes = rows[0][0] if rows else b""
        if sha256(contents).hexdigest() != digest:
            raise CannotOpenReferral(
                f"A piece of evidence in referral {self.reference} is not as it was when it was added.",
                "Put back a copy of the referral from a backup, or add the evidence again.",
            )
        return contents

    def _forget_removed(self) -> None:
        with self.transaction():
            self._connection.execute("DELETE FROM evidence WHERE removed")
            self._connection.execute(_FORGET_CONTENTS)
            self._connection.execute("PRAGMA incremental_vacuum").fetchall()


def _facts_text(facts: dict[str, Any]) -> str:
    return json.dumps({name: value for name, value in facts.items() if name != "id"})
