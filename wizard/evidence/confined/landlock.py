"""Which files a process may see, kept by Linux itself (Landlock): those that it needs, and none of the user's.

Elsewhere, and where the system has no Landlock, nothing changes; `see_only` tells.
"""

import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from wizard.evidence.confined import confine

SYSTEM: Final = (
    "/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/etc", "/opt", "/nix/store", "/snap", "/var/lib",
    "/var/spool/libreoffice", "/var/cache/fontconfig", "/dev", "/proc", "/sys",
)  # fmt: skip
"""Where a system keeps programs, fonts and settings, and nobody keeps a document of their own."""

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # system calls, on every processor
_VERSION: Final = 1
_MOVES: Final = 2
"""The version since which a file may be moved from one folder to another, as programs do."""

_BENEATH: Final = 1
_NO_NEW_PRIVILEGES: Final = 38

_EXECUTE, _WRITE, _READ, _READ_FOLDER, _TRUNCATE = 1, 1 << 1, 1 << 2, 1 << 3, 1 << 14
_REMOVE, _MAKE_SOCKET = 1 << 5, 1 << 9
_OF_A_FILE: Final = _EXECUTE | _WRITE | _READ | _TRUNCATE
_KNOWN: Final = (0, (1 << 13) - 1, (1 << 14) - 1, (1 << 15) - 1)
"""The rights that a system of each version can keep; later ones add what nothing here needs."""


def see_only(seen: Iterable[str], written: Iterable[str] = (), sockets: Iterable[str] = ()) -> bool:
    """Let this process, and all that it starts, see no other files than these for good; tells whether it is so.

    Files that are open already stay so. A path that is not there is passed over.

    Args:
        seen: files, and folders with all that is in them, that may be read, and started if they are programs.
        written: folders in which anything may be done but starting a program.
        sockets: folders in which a socket may be made and taken away.
    """
    if sys.platform != "linux":
        return False
    libc = confine.system_library()
    version = libc.syscall(_CREATE, None, 0, _VERSION)
    if version < (_MOVES if written else 1):
        return False
    every = _KNOWN[min(version, len(_KNOWN) - 1)]
    rules = libc.syscall(_CREATE, struct.pack("=Q", every), 8, 0)
    if rules < 0:
        return False
    try:
        for paths, rights in (
            (seen, _READ | _READ_FOLDER | _EXECUTE),
            (written, every & ~_EXECUTE),
            (sockets, _REMOVE | _MAKE_SOCKET),
        ):
            for path in paths:
                _allow(rules, path, rights)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return not libc.syscall(_RESTRICT, rules, 0)
    finally:
        os.close(rules)


def _allow(rules: int, path: str, rights: int) -> None:
    if sys.platform != "linux":
        return
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        kept = rights if Path(path).is_dir() else rights & _OF_A_FILE
        confine.system_library().syscall(_ADD, rules, _BENEATH, struct.pack("=Qi", kept, place), 0)
    finally:
        os.close(place)
