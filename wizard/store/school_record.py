"""The school's details, kept for the next referral: one small file beside the referrals, encrypted with the vault."""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from wizard.errors import CannotOpenReferral, CannotWrite
from wizard.store.folder import write_atomically
from wizard.store.keys import Vault

FILE = "school.kept"
ASIDE = "school.damaged"
FORMAT = 1
_NAME = "school details"

STEPS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From each older format, what leads to the next; takes and gives the whole record."""


class SchoolRecord:
    """The record under one home folder, opened with one vault: ``on``, the day of the last change, and ``pages``."""

    def __init__(self, home: Path, vault: Vault) -> None:
        self._path, self._aside, self._vault = home / FILE, home / ASIDE, vault

    def read(self) -> dict[str, Any]:
        """What is kept; nothing where nothing is.

        A record that is damaged, or of another key, is put aside: it is said once, and then there is none.

        Raises:
            CannotOpenReferral: it was put aside, cannot be reached, or is of a newer program, which leaves it alone.
        """
        try:
            wrapped = self._path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise CannotOpenReferral(
                "The details of your school that were kept cannot be reached.",
                "Check that their folder is there and that it is yours to read. Until then none are offered.",
            ) from error
        try:
            record = json.loads(self._vault.unwrap(_NAME, wrapped))
            newer = int(record["format"]) > FORMAT
            known = {} if newer else _in_shape(record)
        except (CannotOpenReferral, ValueError, LookupError, TypeError, OverflowError, RecursionError):
            with suppress(OSError):
                self._path.replace(self._aside)
            raise CannotOpenReferral(
                "The details of your school that were kept cannot be read any more.",
                "Enter them once again in a referral or under Your school. The referrals are not touched by this.",
            ) from None
        if newer:
            raise _newer()
        return known

    def write(self, record: dict[str, Any]) -> None:
        """Keep this in place of what was kept.

        Raises:
            CannotWrite: the disk is full or gone, or a newer program has kept something that would be lost.
        """
        try:
            self.read()
        except CannotOpenReferral as error:
            if self._path.exists():
                raise CannotWrite(error.sentence, error.remedy) from error
        packed = json.dumps({**record, "format": FORMAT}).encode()
        write_atomically(self._path, self._vault.wrap(_NAME, packed))

    def forget(self) -> None:
        """Keep nothing any more. The beginning is overwritten first: without it no key opens what a disk still holds.

        Raises:
            CannotWrite: the folder does not let go of it.
        """
        try:
            for path in (self._path, self._aside):
                if path.exists():
                    with path.open("r+b") as stream:
                        stream.write(os.urandom(min(4096, path.stat().st_size)))
                        stream.flush()
                        os.fsync(stream.fileno())
                    path.unlink()
        except OSError as error:
            raise CannotWrite(
                "The details of your school cannot be deleted.",
                "Check that their folder may be changed, then try again.",
            ) from error


def _in_shape(record: dict[str, Any]) -> dict[str, Any]:
    """The record as of today, if it has its parts; else a ``LookupError``, ``TypeError`` or ``ValueError``."""
    for step in range(int(record["format"]), FORMAT):
        record = STEPS[step](record)
    date.fromisoformat(record["on"])
    if not all(isinstance(part, dict) for part in (record["pages"], *dict(record["pages"]).values())):
        raise TypeError
    return {name: value for name, value in record.items() if name != "format"}


def _newer() -> CannotOpenReferral:
    return CannotOpenReferral(
        "The details of your school were kept with a newer version of this program.",
        "Bring this program up to date. Until then none are offered, and those that are kept are not touched.",
    )
