"""The first days of a computer with a real keyring: run under `dbus-run-session` by test_secret_service.py.

Prints one line, "kept", when everything went as it should.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import keyring

from wizard.errors import CannotOpenReferral, NoKeyring
from wizard.store.keys import Vault
from wizard.store.referral_store import ReferralStore

HOME = Path(os.environ["SECTION19_HOME"])
NEXT_DAY = """
from pathlib import Path
import os, sys
from wizard.store.keys import Vault
from wizard.store.referral_store import ReferralStore
home = Path(os.environ["SECTION19_HOME"])
print([entry.facts for entry in ReferralStore(home, Vault.open(home)).list()])
"""


def refused(kind: type[Exception]) -> bool:
    try:
        Vault.open(HOME)
    except kind:
        return True
    return False


def journey() -> None:
    with ReferralStore(HOME, Vault.open(HOME)).create() as referral:
        referral.save_overview({"pupil": "Sam"})
    assert type(keyring.get_keyring()).__module__ == "keyring.backends.SecretService"
    next_day = subprocess.run(
        [sys.executable, "-W", "error", "-c", NEXT_DAY], capture_output=True, text=True, check=True
    )
    assert next_day.stdout == "[{'pupil': 'Sam'}]\n", next_day.stdout

    kept = keyring.get_password("section19-wizard", "master-key")
    assert kept is not None
    keyring.delete_password("section19-wizard", "master-key")
    assert refused(CannotOpenReferral)
    assert keyring.get_password("section19-wizard", "master-key") is None
    keyring.set_password("section19-wizard", "master-key", kept)
    assert [entry.facts for entry in ReferralStore(HOME, Vault.open(HOME)).list()] == [{"pupil": "Sam"}]


def main() -> None:
    daemon = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        daemon.stdin.write(b"a password of the desktop")
        daemon.stdin.close()
        wait_until_ready()
        journey()
    finally:
        daemon.terminate()
        daemon.wait(60)
    assert refused(NoKeyring)
    sys.stdout.write("kept\n")


def wait_until_ready() -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            keyring.set_keyring(keyring.core.load_keyring("keyring.backends.SecretService.Keyring"))
            keyring.get_password("section19-wizard", "nothing")
        except (RuntimeError, keyring.errors.KeyringError):
            time.sleep(0.05)
        else:
            keyring.core._keyring_backend = None
            return
    raise AssertionError("the keyring did not start")


if __name__ == "__main__":
    main()
