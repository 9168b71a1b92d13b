"""All the referrals that one home folder keeps."""

import os
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from wizard.errors import CannotOpenReferral, CannotWrite
from wizard.store import migrations
from wizard.store.connection import DatabaseError, connect, failed_reading, salt_of
from wizard.store.folder import SUFFIX, held_alone, private_folder, referral_paths, referrals_folder, sync_folder
from wizard.store.keys import Vault
from wizard.store.reference import checked_reference, mistyped, new_reference, reference_of
from wizard.store.referral_file import ReferralFile, time_now


class Overview(NamedTuple):
    """What the home page shows of one referral.

    Attributes:
        reference: the name of the file, without its ending.
        facts: what `ReferralFile.save_overview` kept; empty before that, and where there is trouble.
        trouble: why the file cannot be opened; empty where it can.
    """

    reference: str
    facts: dict[str, Any]
    trouble: str = ""


class ReferralStore:
    """The referrals under one home folder, opened with one vault."""

    def __init__(self, home: Path, vault: Vault, clock: Callable[[], datetime] = time_now) -> None:
        self.home = home
        self._folder = referrals_folder(home)
        self._vault = vault
        self._clock = clock

    def list(self) -> list[Overview]:
        """Read the overview of every referral, open ones too; a file that does not open says so, and why."""
        return [self._overview(path) for path in referral_paths(self.home)]

    def create(self, reference: str | None = None) -> ReferralFile:
        """Begin a referral, under a newly drawn reference unless one is given.

        Raises:
            UnusableInput: the reference cannot name a referral.
            CannotWrite: there is a referral of that reference, or the folder cannot be written.
        """
        path = self._path(reference or new_reference())
        private_folder(self._folder)
        with held_alone(path.with_suffix(".lock"), f"Referral {path.stem} is open in another window."):
            if path.exists():
                raise CannotWrite(f"Referral {path.stem} is kept here already.", "Open it, or delete it first.")
            self._begin(path)
        return ReferralFile(path, self._vault, self._clock)

    def open(self, reference: str) -> ReferralFile:
        """Open a referral for this window alone.

        Raises:
            UnusableInput: the reference cannot name a referral.
            CannotOpenReferral: see `ReferralFile`.
            CannotWrite: see `ReferralFile`.
        """
        return ReferralFile(self._existing(reference), self._vault, self._clock)

    def delete(self, reference: str) -> None:
        """Delete a referral for good.

        Its beginning is overwritten first: without the salt there, no key opens what a disk may still hold of it.

        Raises:
            CannotOpenReferral: there is no such referral, or it is open.
            CannotWrite: the folder does not let go of it.
        """
        path = self._existing(reference)
        lock_file = path.with_suffix(".lock")
        try:
            with held_alone(lock_file, f"Referral {reference} is open in another window."):
                with path.open("r+b") as stream:
                    stream.write(os.urandom(4096))
                    stream.flush()
                    os.fsync(stream.fileno())
                path.unlink()
                _journal(path).unlink(missing_ok=True)
            lock_file.unlink(missing_ok=True)
        except OSError as error:
            raise CannotWrite(
                f"Referral {reference} cannot be deleted.", "Check that its folder may be changed, then try again."
            ) from error

    def _overview(self, path: Path) -> Overview:
        try:
            reference = reference_of(path)
            salt = salt_of(path)
            try:
                with closing(connect(path, self._vault.file_key(salt), salt)) as connection:
                    migrations.format_of(connection, reference)
                    facts = migrations.overview_of(connection, reference)
            except DatabaseError as error:
                raise failed_reading(reference, error) from error
        except CannotOpenReferral as error:
            return Overview(path.stem, {}, str(error))
        return Overview(reference, facts)

    def _begin(self, path: Path) -> None:
        """Write an empty referral beside its place and move it there whole: a stopped beginning leaves nothing."""
        new, salt = path.with_name(f".{path.stem}.new"), os.urandom(16)
        try:
            new.unlink(missing_ok=True)
            _journal(new).unlink(missing_ok=True)
            os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            with closing(connect(new, self._vault.file_key(salt), salt)) as connection:
                connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
                connection.execute("PRAGMA synchronous=EXTRA")
                connection.execute("BEGIN IMMEDIATE")
                migrations.lay_out(connection, path.stem)
                connection.execute("COMMIT")
            new.replace(path)
            sync_folder(path.parent)
        except (DatabaseError, OSError) as error:
            raise CannotWrite(
                "A new referral cannot be written.", "Make room on the disk, or choose another folder with --home."
            ) from error
        finally:
            with suppress(OSError):
                new.unlink(missing_ok=True)

    def _path(self, reference: str) -> Path:
        return self._folder / (checked_reference(reference) + SUFFIX)

    def _existing(self, reference: str) -> Path:
        path = self._path(reference)
        if not path.exists():
            hint = "Check it for a slip: it has one." if mistyped(reference) else "Check the list of referrals."
            raise CannotOpenReferral(f"There is no referral {reference} here.", hint)
        return path


def _journal(path: Path) -> Path:
    return path.with_name(path.name + "-journal")
