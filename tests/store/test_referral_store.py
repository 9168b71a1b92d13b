"""The home page's list, and beginning, opening and deleting referrals."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen

import pytest

from wizard.errors import CannotOpenReferral, CannotWrite, UnusableInput
from wizard.store.folder import home_folder
from wizard.store.keys import Vault
from wizard.store.referral_store import Overview, ReferralStore

SAM = {"pupil": "Sam B", "year": 4, "council": "Essex", "state": "waiting", "next": "Health", "changed": "2026-03-02"}


def test_the_list_shows_every_referral_and_what_is_wrong_with_any(store: ReferralStore, home: Path) -> None:
    assert store.list() == []
    with store.create("R-AAAA-AAA") as referral:
        referral.save_overview(SAM)
    store.create("R-BBBB-BBB").close()
    ReferralStore(home, Vault.in_memory()).create("R-CCCC-CCC").close()
    folder = home / "referrals"
    (folder / "R-DDDD-DDD.s19").write_bytes(b"short")
    shutil.copy(folder / "R-AAAA-AAA.s19", folder / "R-EEEE-EEE.s19")
    shutil.copy(folder / "R-AAAA-AAA.s19", folder / "Sam B (copy).s19")
    (folder / "R-FFFF-FFF.s19").mkdir()
    (folder / "notes.txt").write_text("not ours")

    entries = {entry.reference: entry for entry in store.list()}
    assert entries.pop("R-AAAA-AAA") == Overview("R-AAAA-AAA", SAM)
    assert entries.pop("R-BBBB-BBB") == Overview("R-BBBB-BBB", {})
    assert "Sam" not in entries["Sam B (copy)"].trouble
    said = {
        "R-CCCC-CCC": "key that is not on this computer",
        "R-DDDD-DDD": "damaged",
        "R-EEEE-EEE": "holds another referral",
        "R-FFFF-FFF": "cannot be read",
        "Sam B (copy)": "named after its reference",
    }
    assert {name for name, entry in entries.items() if said[name] in entry.trouble} == set(said)


def test_the_list_reads_a_referral_that_is_open_and_being_changed(store: ReferralStore) -> None:
    with store.create() as referral:
        referral.save_overview(SAM)
        with referral.transaction():
            referral.save_overview(SAM | {"state": "half"})
            assert [entry.facts["state"] for entry in store.list()] == ["waiting"]


def test_a_folder_that_cannot_be_read_is_not_an_empty_list(store: ReferralStore, home: Path) -> None:
    (home / "referrals").write_bytes(b"not a folder")
    with pytest.raises(CannotOpenReferral, match="cannot be read"):
        store.list()


def test_a_reference_is_given_once(store: ReferralStore) -> None:
    store.create("R-AAAA-AAA").close()
    with pytest.raises(CannotWrite, match="kept here already"):
        store.create("R-AAAA-AAA")
    first, second = store.create(), store.create()
    assert first.reference != second.reference
    first.close()
    second.close()


@pytest.mark.parametrize("act", ["create", "open", "delete"])
def test_no_reference_leads_out_of_the_folder(store: ReferralStore, home: Path, act: str) -> None:
    (home / "outside.s19").write_bytes(b"keep me")
    with pytest.raises(UnusableInput):
        getattr(store, act)("../outside")
    assert (home / "outside.s19").read_bytes() == b"keep me"


def test_a_reference_with_a_slip_is_told_from_one_that_is_elsewhere(store: ReferralStore) -> None:
    with pytest.raises(CannotOpenReferral, match="slip"):
        store.open("R-2222-22X")
    with store.create() as referral:
        pass
    store.delete(referral.reference)
    with pytest.raises(CannotOpenReferral, match="Check the list"):
        store.open(referral.reference)
    assert list(referral.path.parent.iterdir()) == []


def test_deleting_waits_until_no_window_has_the_referral_open(store: ReferralStore) -> None:
    with store.create() as referral, pytest.raises(CannotOpenReferral, match="open in another window"):
        store.delete(referral.reference)
    assert len(store.list()) == 1


def test_what_a_deleted_file_leaves_on_the_disk_cannot_be_opened(store: ReferralStore, home: Path) -> None:
    """A second name for the same file stands for what a disk still holds of it."""
    with store.create() as referral:
        referral.save_page("Pupil", {"full_name": "Sam"})
    left = home / "left"
    left.mkdir()
    remains = left / referral.path.name
    os.link(referral.path, remains)
    store.delete(referral.reference)
    remains.rename(referral.path)
    with pytest.raises(CannotOpenReferral):
        store.open(referral.reference)


def test_a_referral_that_cannot_be_deleted_is_reported(store: ReferralStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.create("R-AAAA-AAA").close()

    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(CannotWrite, match="cannot be deleted"):
        store.delete("R-AAAA-AAA")


def test_a_beginning_cut_short_leaves_no_referral(
    store: ReferralStore, home: Path, another_process: Callable[[str], Popen[str]]
) -> None:
    script = (
        "import wizard.store.migrations as m\n"
        "m.lay_out = lambda *_: os.kill(os.getpid(), 9)\n"
        "store.create('R-AAAA-AAA')"
    )
    assert another_process(script).wait(60) == -9
    assert (home / "referrals" / ".R-AAAA-AAA.new").exists()
    assert store.list() == []
    store.create("R-AAAA-AAA").close()
    assert sorted(path.name for path in (home / "referrals").iterdir()) == ["R-AAAA-AAA.lock", "R-AAAA-AAA.s19"]


def test_a_folder_that_takes_no_file_begins_no_referral(store: ReferralStore, home: Path) -> None:
    store.create("R-AAAA-AAA").close()
    (home / "referrals" / "R-BBBB-BBB.lock").mkdir()
    with pytest.raises(CannotWrite, match="cannot be written to"):
        store.create("R-BBBB-BBB")
    (home / "referrals" / ".R-CCCC-CCC.new").mkdir()
    with pytest.raises(CannotWrite, match="new referral"):
        store.create("R-CCCC-CCC")
    assert len(store.list()) == 1


def test_a_home_folder_that_cannot_be_made_is_reported(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "file").write_bytes(b"")
    monkeypatch.setenv("SECTION19_HOME", str(home / "file" / "folder"))
    with pytest.raises(CannotWrite, match="cannot be made"):
        home_folder()


def test_the_home_folder_is_the_one_chosen_or_else_the_systems(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert home_folder() == home
    monkeypatch.delenv("SECTION19_HOME")
    monkeypatch.setattr("platformdirs.user_data_path", lambda name, appauthor: tmp_path / "data" / name)
    assert home_folder() == tmp_path / "data" / "section19-wizard"
    assert home_folder().stat().st_mode & 0o777 == 0o700


def test_a_home_folder_may_have_any_name(tmp_path: Path, vault: Vault) -> None:
    store = ReferralStore(tmp_path / "Müller & Söhne 100% #1?mode=memory", vault)
    with store.create() as referral:
        referral.save_page("Pupil", {"full_name": "Sam"})
    with store.open(referral.reference) as again:
        assert again.load()["answers"] == {"Pupil": {"full_name": "Sam"}}
    assert [entry.trouble for entry in store.list()] == [""]
