"""A vault and a store for every test, and processes that can be stopped without warning."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wizard.store import passphrase
from wizard.store.keys import Vault
from wizard.store.referral_store import ReferralStore

CHECKOUT = Path(__file__).parents[2]
MASTER = bytes(range(32))


@pytest.fixture
def vault() -> Vault:
    return Vault(MASTER)


@pytest.fixture
def store(home: Path, vault: Vault) -> ReferralStore:
    """A store whose clock moves on by a minute each time it is asked."""
    moments = (datetime(2026, 3, 2, 9, 0, tzinfo=UTC) + timedelta(minutes=n) for n in range(100_000))
    return ReferralStore(home, vault, clock=lambda: next(moments))


@pytest.fixture
def cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 at its cheapest, for tests that are not about its cost."""
    monkeypatch.setattr(passphrase, "_COST", {"kdf": "argon2id", "passes": 1, "kibibytes": 8, "lanes": 1})


@pytest.fixture
def another_process(home: Path) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Start another process of the program on the same home folder, with `store` at hand."""
    started = []

    def start(script: str) -> subprocess.Popen[str]:
        prelude = (
            "import os, sys\nfrom pathlib import Path\n"
            "from wizard.store.keys import Vault\nfrom wizard.store.referral_store import ReferralStore\n"
            f"store = ReferralStore(Path({str(home)!r}), Vault(bytes(range(32))))\n"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", prelude + script],
            cwd=CHECKOUT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
