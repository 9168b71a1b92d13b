"""The school's details in their own small file: encrypted, whole or gone, never in the way."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.test_nothing_in_plain import KEY, NAME, found_in
from wizard.errors import CannotOpenReferral, CannotWrite
from wizard.store import school_record
from wizard.store.keys import Vault
from wizard.store.school_record import ASIDE, FILE, SchoolRecord

DETAILS: dict[str, Any] = {"on": "2026-11-20", "pages": {"school": {"name": NAME, "head": "Łukasz Ó"}}}


@pytest.fixture
def record(home: Path, vault: Vault) -> SchoolRecord:
    return SchoolRecord(home, vault)


def test_what_is_kept_is_there_for_the_next_window_and_can_be_forgotten(home: Path, record: SchoolRecord) -> None:
    assert record.read() == {}
    record.write(DETAILS)
    assert SchoolRecord(home, Vault(KEY)).read() == DETAILS
    record.write({"on": "2026-11-21", "pages": {}})
    assert record.read() == {"on": "2026-11-21", "pages": {}}
    record.forget()
    assert record.read() == {}
    assert list(home.iterdir()) == []
    record.forget()


def test_nothing_of_it_is_on_the_disk_in_plain(home: Path, record: SchoolRecord) -> None:
    record.write(DETAILS)
    assert found_in(home) == []
    assert (home / FILE).stat().st_mode & 0o077 == 0


def test_a_vault_under_a_passphrase_keeps_it_too(home: Path, cheap_passphrases: None) -> None:
    SchoolRecord(home, Vault.open(home, "four words are enough")).write(DETAILS)
    assert SchoolRecord(home, Vault.open(home, "four words are enough")).read() == DETAILS
    assert found_in(home) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.integers(0, 2000), bit=st.integers(0, 7))
def test_damage_is_said_once_and_then_it_is_as_if_nothing_were_kept(
    home: Path, record: SchoolRecord, where: int, bit: int
) -> None:
    record.write(DETAILS)
    spoilt = bytearray((home / FILE).read_bytes())
    spoilt[where % len(spoilt)] ^= 1 << bit
    (home / FILE).write_bytes(spoilt)
    with pytest.raises(CannotOpenReferral, match="cannot be read any more"):
        record.read()
    assert record.read() == {}
    assert (home / ASIDE).read_bytes() == spoilt, "put aside, in case the right key comes back"
    record.write(DETAILS)
    assert record.read() == DETAILS


@pytest.mark.parametrize("content", [b"", b"short", os.urandom(300)])
def test_a_file_that_is_no_record_is_put_aside(home: Path, record: SchoolRecord, content: bytes) -> None:
    (home / FILE).write_bytes(content)
    with pytest.raises(CannotOpenReferral):
        record.read()
    assert record.read() == {}
    record.forget()
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    "packed",
    [
        "[]",
        '"x"',
        "{}",
        '{"format": null}',
        '{"format": Infinity}',
        '{"format": 0, "on": "2026-11-20", "pages": {}}',
        '{"format": 1, "pages": {"school": {}}}',
        '{"format": 1, "on": "2026-11-20"}',
        '{"format": 1, "on": "some day", "pages": {}}',
        '{"format": 1, "on": 5, "pages": {}}',
        '{"format": 1, "on": "2026-11-20", "pages": ["school"]}',
        '{"format": 1, "on": "2026-11-20", "pages": {"school": "Harbour"}}',
    ],
)
def test_a_record_that_lacks_its_parts_is_put_aside(home: Path, vault: Vault, packed: str) -> None:
    (home / FILE).write_bytes(vault.wrap(school_record._NAME, packed.encode()))
    with pytest.raises(CannotOpenReferral):
        SchoolRecord(home, vault).read()
    assert SchoolRecord(home, vault).read() == {}


def test_a_record_of_another_key_is_not_lost(home: Path, record: SchoolRecord) -> None:
    record.write(DETAILS)
    with pytest.raises(CannotOpenReferral):
        SchoolRecord(home, Vault.in_memory()).read()
    (home / ASIDE).rename(home / FILE)
    assert record.read() == DETAILS


def test_a_record_of_a_newer_program_is_neither_read_nor_overwritten(
    home: Path, record: SchoolRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as future:
        future.setattr(school_record, "FORMAT", 2)
        record.write(DETAILS)
    before = (home / FILE).read_bytes()
    for _ in range(2):
        with pytest.raises(CannotOpenReferral, match="newer version"):
            record.read()
    with pytest.raises(CannotWrite, match="newer version"):
        record.write({})
    assert (home / FILE).read_bytes() == before


def test_an_older_record_is_led_through_every_step(record: SchoolRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    record.write({"on": "2026-11-20", "pages": {}, "steps": []})
    steps = {number: lambda one, n=number: one | {"steps": [*one["steps"], n]} for number in (1, 2)}
    monkeypatch.setattr(school_record, "STEPS", steps)
    monkeypatch.setattr(school_record, "FORMAT", 3)
    assert record.read() == {"on": "2026-11-20", "pages": {}, "steps": [1, 2]}


def test_a_folder_in_its_place_is_said_and_stops_nothing_else(home: Path, record: SchoolRecord) -> None:
    (home / FILE).mkdir()
    with pytest.raises(CannotOpenReferral, match="cannot be reached"):
        record.read()
    with pytest.raises(CannotWrite):
        record.write(DETAILS)
    with pytest.raises(CannotWrite, match="cannot be deleted"):
        record.forget()
