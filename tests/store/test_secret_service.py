"""The journey of the vault with a real keyring: gnome-keyring, on a session bus of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.secret_service
@pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="gnome-keyring-daemon and dbus-run-session are not installed",
)
def test_a_real_keyring_keeps_the_key(home: Path, tmp_path: Path) -> None:
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(runtime),
        "SECTION19_HOME": str(home),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    script = Path(__file__).with_name("secret_service_journey.py")
    run = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-W", "error", str(script)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "kept\n"), run.stderr
