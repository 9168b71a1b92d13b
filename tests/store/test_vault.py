"""The vault: made once, found again, never in plain sight, and never made anew over referrals that need the old one."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import keyring
import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.backends import fail

from wizard.errors import CannotOpenReferral, CannotWrite, NoKeyring
from wizard.store import keys
from wizard.store.keys import Vault
from wizard.store.referral_store import ReferralStore

PASSPHRASE = "seven grey herons over Maldon"


def same(one: Vault, other: Vault) -> bool:
    return one.file_key(b"salt") == other.file_key(b"salt")


@pytest.fixture
def no_keyring() -> None:
    keyring.set_keyring(fail.Keyring())


def test_the_first_start_makes_a_key_and_the_next_finds_it(home: Path, memory_keyring: Any) -> None:
    first = Vault.open(home)
    [(entry, kept)] = memory_keyring.secrets.items()
    assert entry[0] == "section19-wizard"
    assert len(bytes.fromhex(kept)) == 32
    assert same(Vault.open(home), first)


def test_a_home_folder_that_is_not_there_yet_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    Vault.open(tmp_path / "new" / "home")
    assert (tmp_path / "new" / "home").stat().st_mode & 0o777 == 0o700


def test_without_a_keyring_a_passphrase_is_asked_for_and_then_serves(
    home: Path, no_keyring: None, cheap_passphrases: None
) -> None:
    with pytest.raises(NoKeyring) as refusal:
        Vault.open(home)
    assert "--passphrase-file" in refusal.value.remedy
    assert not (home / "master.key").exists()

    vault = Vault.open(home, PASSPHRASE)
    with ReferralStore(home, vault).create() as referral:
        referral.save_page("Pupil", {"full_name": "Sam"})

    with pytest.raises(NoKeyring, match="under a passphrase"):
        Vault.open(home)
    with pytest.raises(CannotOpenReferral, match="not the one"):
        Vault.open(home, PASSPHRASE + "!")
    again = ReferralStore(home, Vault.open(home, PASSPHRASE))
    with again.open(referral.reference) as reopened:
        assert reopened.load()["answers"] == {"Pupil": {"full_name": "Sam"}}
    assert (home / "master.key").stat().st_mode & 0o777 == 0o600


def test_a_passphrase_costs_a_guesser_64_megabytes_a_guess(home: Path, no_keyring: None) -> None:
    vault = Vault.open(home, PASSPHRASE)
    kept = json.loads((home / "master.key").read_bytes())
    assert (kept["kdf"], kept["passes"], kept["kibibytes"]) == ("argon2id", 3, 65536)
    assert same(Vault.open(home, PASSPHRASE), vault)


def test_accents_count_the_same_however_a_keyboard_makes_them(
    home: Path, no_keyring: None, cheap_passphrases: None
) -> None:
    vault = Vault.open(home, unicodedata.normalize("NFD", "café Zoë \udc80"))
    assert same(Vault.open(home, unicodedata.normalize("NFC", "café Zoë \udc80")), vault)


@pytest.mark.parametrize("empty", ["", "  \n"])
def test_an_empty_passphrase_is_no_passphrase(home: Path, empty: str) -> None:
    with pytest.raises(NoKeyring, match="empty"):
        Vault.open(home, empty)


def test_a_passphrase_makes_its_own_file_where_the_keyring_holds_no_key(
    home: Path, memory_keyring: Any, cheap_passphrases: None
) -> None:
    vault = Vault.open(home, PASSPHRASE)
    assert not memory_keyring.secrets
    assert same(Vault.open(home, PASSPHRASE), vault)


def test_the_key_in_the_keyring_serves_also_those_who_bring_a_passphrase(home: Path) -> None:
    assert same(Vault.open(home), Vault.open(home, PASSPHRASE))
    assert not (home / "master.key").exists()


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_no_new_key_is_made_over_referrals_whose_key_is_missing(
    home: Path, memory_keyring: Any, passphrase: str | None
) -> None:
    ReferralStore(home, Vault.open(home)).create().close()
    lost = dict(memory_keyring.secrets)
    memory_keyring.secrets.clear()
    with pytest.raises(CannotOpenReferral, match="not on this computer"):
        Vault.open(home, passphrase)
    assert not memory_keyring.secrets
    assert not (home / "master.key").exists()

    memory_keyring.secrets.update(lost)
    assert [entry.trouble for entry in ReferralStore(home, Vault.open(home)).list()] == [""]


def test_a_keyring_out_of_order_is_not_answered_by_a_passphrase_where_referrals_need_it(home: Path) -> None:
    ReferralStore(home, Vault.open(home)).create().close()
    keyring.set_keyring(fail.Keyring())
    with pytest.raises(NoKeyring, match="cannot be used now"):
        Vault.open(home, PASSPHRASE)
    assert not (home / "master.key").exists()


def test_no_key_is_made_while_it_is_unknown_what_the_folder_holds(home: Path, memory_keyring: Any) -> None:
    (home / "referrals").write_bytes(b"not a folder")
    with pytest.raises(CannotOpenReferral, match="cannot be read"):
        Vault.open(home)
    assert not memory_keyring.secrets


def test_two_windows_on_the_first_day_make_one_key(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second window looked for a key before the first had made it, and looks again when its turn comes."""
    made = Vault.open(home)
    looks = iter([None])
    truth = Vault._find
    monkeypatch.setattr(Vault, "_find", lambda *given: next(looks) if looks.__length_hint__() else truth(*given))
    assert same(Vault.open(home), made)


def test_a_master_file_that_cannot_be_read_is_not_taken_for_a_missing_one(home: Path) -> None:
    (home / "master.key").mkdir()
    with pytest.raises(CannotOpenReferral, match="cannot be read"):
        Vault.open(home, PASSPHRASE)


def test_a_master_file_that_cannot_be_written_leaves_nothing_behind(
    home: Path, no_keyring: None, cheap_passphrases: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("wizard.store.folder.os.fsync", full)
    with pytest.raises(CannotWrite, match="cannot be written where"):
        Vault.open(home, PASSPHRASE)
    assert [path.name for path in home.iterdir()] == ["master.lock"]


DAMAGE = [{"format": 2}, {"kdf": "none"}, {"kibibytes": 1 << 40}, {"kibibytes": 1}, {"passes": 0}, {"passes": True}]
DAMAGE += [{"lanes": "4"}, {"salt": "00"}, {"nonce": "zz"}, {"key": None}]


def damaged(**changes: Any) -> bytes:
    sound = keys.sealed.seal(bytes(32), PASSPHRASE)
    return json.dumps(json.loads(sound) | changes).encode()


@pytest.mark.parametrize("changes", DAMAGE, ids=str)
def test_a_damaged_master_file_says_so(home: Path, cheap_passphrases: None, changes: dict[str, Any]) -> None:
    (home / "master.key").write_bytes(damaged(**changes))
    with pytest.raises(CannotOpenReferral, match="damaged"):
        Vault.open(home, PASSPHRASE)


@pytest.mark.parametrize("text", [b"", b"[]", b"null", b"{}", b"\xff\xfe", b"{" * 50])
def test_a_master_file_of_something_else_says_so(home: Path, text: bytes) -> None:
    (home / "master.key").write_bytes(text)
    with pytest.raises(CannotOpenReferral, match="damaged"):
        Vault.open(home, PASSPHRASE)


def test_a_changed_cost_is_noticed(home: Path, cheap_passphrases: None) -> None:
    (home / "master.key").write_bytes(damaged(passes=2))
    with pytest.raises(CannotOpenReferral, match="not the one"):
        Vault.open(home, PASSPHRASE)


@given(master=st.binary(min_size=32, max_size=32), purpose=st.binary(max_size=40), salt=st.binary(max_size=80))
def test_keys_are_derived_as_the_standard_says(master: bytes, purpose: bytes, salt: bytes) -> None:
    expected = HKDF(SHA256(), 32, salt, purpose).derive(master)
    assert Vault(master).derive(purpose, salt) == expected


@given(name=st.text(), secret=st.binary(max_size=300))
def test_a_wrapped_secret_opens_with_this_vault_and_name_alone(name: str, secret: bytes) -> None:
    vault = Vault(bytes(range(32)))
    wrapped = vault.wrap(name, secret)
    assert vault.unwrap(name, wrapped) == secret
    assert vault.wrap(name, secret) != wrapped
    others = [(Vault.in_memory(), name, wrapped), (vault, name + "x", wrapped), (vault, name, wrapped[:-1])]
    others += [(vault, name, wrapped[:n]) for n in (0, 5, 16, 20, 28)]
    for other, by_name, text in others:
        with pytest.raises(CannotOpenReferral, match="damaged"):
            other.unwrap(by_name, text)


def test_a_master_key_of_the_wrong_length_is_a_mistake_in_the_program() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Vault(b"short")


def test_a_vault_does_not_show_its_key_when_printed() -> None:
    assert bytes(range(32)).hex() not in repr(Vault(bytes(range(32))))
    assert repr(bytes(range(32)))[2:20] not in repr(Vault(bytes(range(32))))


class Forgetful(KeyringBackend):
    """Takes a key and keeps another, or none."""

    priority = 1  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


def test_a_keyring_that_does_not_keep_the_key_is_found_out_at_once(home: Path) -> None:
    keyring.set_keyring(Forgetful())
    with pytest.raises(NoKeyring, match="no keyring that can keep"):
        Vault.open(home)
