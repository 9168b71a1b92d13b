"""What the system on which the tests run can do, asked of the system and not of the program."""

import ctypes
import subprocess
import sys

import pytest

_LANDLOCK, _VERSION = 444, 1

WORLD = pytest.mark.skipif(
    sys.platform != "linux"
    or subprocess.run(["unshare", "-rnpf", "true"], capture_output=True, check=False).returncode != 0,
    reason="this system lets no ordinary process have a network of its own",
)
SEEING = pytest.mark.skipif(
    sys.platform != "linux" or ctypes.CDLL(None).syscall(_LANDLOCK, None, 0, _VERSION) < 2,
    reason="this system does not keep a process from seeing files",
)
