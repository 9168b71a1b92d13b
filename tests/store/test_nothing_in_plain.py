"""A pupil's name is in no file of the home folder, byte for byte, at any moment."""

import base64
import json
import os
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest

from wizard.store.keys import Vault
from wizard.store.referral_store import ReferralStore

NAME = "Wilhelmina Żółć-Canary"
KEY = bytes(range(32))


def traces(secret: bytes) -> set[bytes]:
    """The shapes in which a secret might lie in a file."""
    shifted = [base64.b64encode(bytes(n) + secret)[(0, 2, 3)[n] : -4].rstrip(b"=") for n in range(3)]
    return {secret, secret.hex().encode(), secret.hex().upper().encode(), *(part[:-2] for part in shifted)}


def found_in(folder: Path) -> list[str]:
    """Search every file for the name in any encoding, and for the master key."""
    encoded = [NAME.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")]
    wanted = set().union(*map(traces, [*encoded, json.dumps(NAME).encode(), b"Wilhelmina", KEY, b"SQLite format 3"]))
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(trace in path.read_bytes() for trace in wanted)]


def write_everywhere(referral: Any) -> None:
    letter = (NAME * 30_000).encode()
    referral.save_page("Pupil", {"full_name": NAME, NAME: [NAME]})
    referral.save_facts("reasons", {"E18": NAME})
    referral.save_overview({"pupil": NAME})
    referral.add_evidence({"file": NAME + ".pdf"}, letter, letter.upper())


@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le", "base64", "hex"])
def test_the_search_would_find_the_name(home: Path, coding: str) -> None:
    plain = NAME.encode() if coding in ("base64", "hex") else NAME.encode(coding)
    leaked = {"base64": base64.b64encode(b"ab" + plain), "hex": plain.hex().encode()}.get(coding, plain)
    (home / "leak").write_bytes(b"before" + leaked + b"after")
    assert found_in(home) == ["leak"]


def test_the_name_is_nowhere_while_it_is_written_nor_after(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    for variable in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(variable, str(scratch))
    store = ReferralStore(home, Vault(KEY))
    with store.create() as referral:
        referral._connection.execute("PRAGMA cache_size=1")
        write_everywhere(referral)
        with referral.transaction():
            write_everywhere(referral)
            referral.save_page("Pupil", {"full_name": NAME + " again"})
            names = {path.name for path in (home / "referrals").iterdir()}
            assert f"{referral.reference}.s19-journal" in names
            assert found_in(tmp_path) == []
        assert found_in(tmp_path) == []
        referral.remove_evidence("E1")
        assert referral.load()["answers"]["Pupil"]["full_name"].startswith(NAME)
    store.list()
    assert found_in(tmp_path) == []
    assert list(scratch.iterdir()) == []


def test_the_name_is_nowhere_after_a_crash(home: Path, another_process: Callable[[str], Popen[str]]) -> None:
    ReferralStore(home, Vault(KEY)).create("R-AAAA-AAA").close()
    child = another_process(
        "referral = store.open('R-AAAA-AAA')\nreferral._connection.execute('PRAGMA cache_size=1')\n"
        f"name = {NAME!r}\nreferral.save_page('Pupil', {{'full_name': name}})\n"
        "with referral.transaction():\n"
        "    referral.save_page('Pupil', {'full_name': name * 5000})\n"
        "    referral.add_evidence({'file': name}, name.encode() * 9000, b'')\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    assert child.wait(60) == -9
    assert (home / "referrals" / "R-AAAA-AAA.s19-journal").exists()
    assert found_in(home) == []


def test_neither_key_nor_passphrase_is_in_the_master_file(
    home: Path, monkeypatch: pytest.MonkeyPatch, cheap_passphrases: None
) -> None:
    monkeypatch.setattr(os, "urandom", lambda size, draw=os.urandom: KEY if size == 32 else draw(size))
    vault = Vault.open(home, NAME)
    (home / "identity.bin").write_bytes(vault.wrap("identity", NAME.encode()))
    assert vault.file_key(b"") == Vault(KEY).file_key(b"")
    assert found_in(home) == []
