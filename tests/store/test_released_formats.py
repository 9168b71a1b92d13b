"""Files of every released format open for ever; files of a newer program are left alone."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import released_formats
from released_formats import FOLDER, KEPT, ORIGINAL, OVERVIEW, PREPARED, REFERENCE

from wizard.errors import CannotOpenReferral
from wizard.store import migrations
from wizard.store.referral_store import ReferralStore
from wizard.store.school_record import SchoolRecord


@pytest.mark.parametrize(
    "file", [None, *sorted(FOLDER.glob("format-*/*.s19"))], ids=lambda file: file and file.parent.name
)
def test_a_file_of_every_released_format_opens(home: Path, file: Path | None) -> None:
    """None stands for the present format, written now."""
    if file is None:
        released_formats.write(home)
    else:
        (home / "referrals").mkdir()
        shutil.copy(file, home / "referrals")
    assert released_formats.read(home) == (KEPT, ORIGINAL, PREPARED, OVERVIEW)


@pytest.mark.parametrize(
    "file", [None, *sorted(FOLDER.glob("school-format-*/*.kept"))], ids=lambda file: file and file.parent.name
)
def test_a_schools_details_of_every_released_format_are_read(home: Path, file: Path | None) -> None:
    """None stands for the present format, written now."""
    if file is None:
        released_formats.write_school(home)
    else:
        shutil.copy(file, home)
    assert SchoolRecord(home, released_formats.vault()).read() == released_formats.SCHOOL


def into_the_future(monkeypatch: pytest.MonkeyPatch, *steps: Any) -> None:
    """Pretend that the program went on by some formats."""
    monkeypatch.setattr(migrations, "STEPS", dict(enumerate(steps, migrations.FORMAT)))
    monkeypatch.setattr(migrations, "FORMAT", migrations.FORMAT + len(steps))


def rename_page(connection: Any) -> None:
    connection.execute("UPDATE answers SET page = 'Child' WHERE page = 'Pupil'")


def add_table(connection: Any) -> None:
    connection.execute("CREATE TABLE letters (number INTEGER PRIMARY KEY)")


def test_an_older_file_is_led_through_every_step_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    released_formats.write(home)
    into_the_future(monkeypatch, rename_page, add_table)
    store = ReferralStore(home, released_formats.vault())
    assert [(entry.facts, entry.trouble) for entry in store.list()] == [(OVERVIEW, "")]
    for _ in range(2):
        with store.open(REFERENCE) as referral:
            assert list(referral.load()["answers"]) == ["Child", "PageOfTheFuture"]
            assert referral._rows("SELECT * FROM letters") == []
            assert referral._rows("PRAGMA user_version") == [(migrations.FORMAT,)]


def test_a_step_that_fails_leaves_the_older_file_as_it_was(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = released_formats.write(home)
    before = path.read_bytes()
    with monkeypatch.context() as future:
        into_the_future(future, rename_page, lambda connection: connection.execute("DELETE FROM no_such_table"))
        with pytest.raises(CannotOpenReferral, match="cannot be read"):
            ReferralStore(home, released_formats.vault()).open(REFERENCE)
    assert path.read_bytes() == before
    assert released_formats.read(home)[0] == KEPT


def test_a_file_of_a_newer_program_is_refused_and_not_touched(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as future:
        into_the_future(future, add_table)
        path = released_formats.write(home)
    before = path.read_bytes()
    store = ReferralStore(home, released_formats.vault())
    with pytest.raises(CannotOpenReferral, match="newer version"):
        store.open(REFERENCE)
    assert "newer version" in store.list()[0].trouble
    assert path.read_bytes() == before


@pytest.mark.parametrize("mark", ["application_id=7", "user_version=0"])
def test_an_encrypted_file_of_another_kind_is_no_referral(home: Path, mark: str) -> None:
    released_formats.write(home)
    store = ReferralStore(home, released_formats.vault())
    with store.open(REFERENCE) as referral:
        referral._connection.execute(f"PRAGMA {mark}")
    with pytest.raises(CannotOpenReferral, match="not a referral"):
        store.open(REFERENCE)
