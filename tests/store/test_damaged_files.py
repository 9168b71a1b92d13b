"""A damaged file is refused in a sentence; it never opens as something else, and never stops the program."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wizard.errors import CannotOpenReferral
from wizard.store.keys import Vault
from wizard.store.referral_file import ReferralFile
from wizard.store.referral_store import ReferralStore

REFERENCE = "R-7KQ4-2MX"
EVIDENCE = bytes(range(256)) * 100


def everything(store: ReferralStore) -> list[Any]:
    with store.open(REFERENCE) as referral:
        evidence = [referral.evidence(piece["id"]) for piece in referral.evidence_facts()]
        return [referral.load(), evidence, referral.history()]


def complaint(store: ReferralStore, truth: list[Any]) -> str:
    """Say how the damage was noticed: by reading or, where reading found everything in order, by the check."""
    try:
        assert everything(store) == truth
        with store.open(REFERENCE) as referral:
            return referral.integrity()[0]
    except CannotOpenReferral as error:
        return str(error)


@pytest.fixture
def path(store: ReferralStore) -> Path:
    """A referral with more than one page of everything."""
    with store.create(REFERENCE) as referral:
        referral.save_page("Pupil", {"full_name": "Sam", "story": "x" * 9000})
        referral.save_overview({"pupil": "Sam"})
        referral.add_evidence({"file": "letter.pdf"}, EVIDENCE, EVIDENCE[:700])
    return referral.path


@pytest.fixture
def sound(path: Path, tmp_path: Path) -> Path:
    """A copy of it, to begin from again."""
    return Path(shutil.copy(path, tmp_path / path.name))


def test_a_key_that_is_not_this_computers_opens_nothing(path: Path, home: Path) -> None:
    stranger = ReferralStore(home, Vault.in_memory())
    with pytest.raises(CannotOpenReferral, match="key that is not on this computer"):
        stranger.open(REFERENCE)
    assert [entry.facts for entry in stranger.list()] == [{}]


@pytest.mark.parametrize("pages", [0, 0.003, 0.004, 0.01, 0.5, 0.999, 1, 1.01, 2, 5, 8.5, -1])
def test_a_file_cut_short_says_so(store: ReferralStore, path: Path, sound: Path, pages: float) -> None:
    """Lengths in pages of 4,096 bytes; below nought, from the end."""
    path.write_bytes(sound.read_bytes()[: int(pages * 4096)])
    with pytest.raises(CannotOpenReferral, match="damaged"):
        store.open(REFERENCE)
    [entry] = store.list()
    assert "damaged" in entry.trouble


def test_a_file_that_lost_its_last_bytes_is_found_damaged(store: ReferralStore, path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4])
    with store.open(REFERENCE) as referral:
        assert referral.integrity() != []
    with pytest.raises(CannotOpenReferral):
        everything(store)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_a_flipped_byte_is_never_read_as_an_answer(
    store: ReferralStore, path: Path, sound: Path, place: float, flip: int
) -> None:
    shutil.copy(sound, path)
    truth = everything(store)
    changed = bytearray(sound.read_bytes())
    changed[int(place * len(changed))] ^= flip
    path.write_bytes(changed)
    assert "Sam" not in complaint(store, truth)
    assert all(entry.facts in ({}, {"pupil": "Sam"}) for entry in store.list())


def test_a_check_of_a_damaged_file_names_the_fault(store: ReferralStore, path: Path) -> None:
    changed = bytearray(path.read_bytes())
    changed[-2000] ^= 1
    path.write_bytes(changed)
    with store.open(REFERENCE) as referral:
        assert referral.integrity() != []


def test_a_file_that_shrinks_under_an_open_window_is_found_damaged(store: ReferralStore, path: Path) -> None:
    with store.open(REFERENCE) as referral:
        path.write_bytes(path.read_bytes()[: 3 * 4096])
        with pytest.raises(CannotOpenReferral, match="damaged"):
            referral.evidence("E1")
        with pytest.raises(CannotOpenReferral, match="damaged"):
            referral.save_page("Pupil", {"full_name": "Alex"})
        assert referral.integrity() == [f"The file of referral {REFERENCE} is damaged."]


@pytest.mark.parametrize("change", ["UPDATE contents SET bytes = x'00'", "DELETE FROM contents"])
def test_contents_that_no_longer_fit_their_digest_are_not_handed_out(
    store: ReferralStore, path: Path, change: str
) -> None:
    with store.open(REFERENCE) as referral:
        referral._connection.execute(change)
        with pytest.raises(CannotOpenReferral, match="not as it was"):
            referral.evidence("E1")
        if "UPDATE" in change:
            assert "not as it was" in referral.integrity()[0]


def test_two_files_that_changed_places_are_both_refused(store: ReferralStore, path: Path) -> None:
    with store.create("R-3333-333") as other:
        other.save_page("Pupil", {"full_name": "Alex"})
    spare = path.with_name("spare")
    path.rename(spare)
    other.path.rename(path)
    spare.rename(other.path)
    for reference in (REFERENCE, "R-3333-333"):
        with pytest.raises(CannotOpenReferral, match="holds another referral"):
            store.open(reference)


def test_a_file_elsewhere_is_opened_by_its_path(vault: Vault, sound: Path, tmp_path: Path) -> None:
    with ReferralFile(sound, vault) as referral:
        assert referral.load()["answers"]["Pupil"]["full_name"] == "Sam"
    with pytest.raises(CannotOpenReferral, match="named after its reference"):
        ReferralFile(tmp_path / "Sam.s19", vault)
    with pytest.raises(CannotOpenReferral, match="cannot be read"):
        ReferralFile(tmp_path / "R-4444-444.s19", vault)
