"""What a process takes from itself before it touches a file from outside: memory, time, network, new privileges.

What holds where: on Linux everything here (the network where the system lets an ordinary user have a namespace of
their own); on macOS the limits but for memory, which the system accepts and does not keep; on Windows nothing: there a
job object does it from outside (`job_object.py`). On every system `process` watches the memory besides.
"""

import math
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

_NO_NEW_PRIVILEGES: Final = 38
_DIE_WITH_PARENT: Final = 1
_NEW_USER, _NEW_PROCESSES, _NEW_NETWORK = 0x10000000, 0x20000000, 0x40000000
_NEW_MOUNTS: Final = 0x20000
_NOSUID_NODEV, _BIND, _PRIVATE = 0x6, 0x1000, 0x44000
_CAPABILITIES: Final = b"\x22\x05\x08\x20\0\0\0\0"  # header of capset: version 3, this process

_ABOVE: Final = {"CPU": 2, "NPROC": sys.maxsize}
"""By what the limit that cannot be taken back lies above the one that holds: seconds between the signal that says that
time is up and the one that cannot be ignored; and room for `threads`, which the system counts as processes."""


def limit(**values: int) -> None:
    """Limit this process for good, by names of the module `resource` without "RLIMIT_", such as ``AS=1 << 30``."""
    if sys.platform == "win32":
        return
    import resource

    for name, value in values.items():
        kind = getattr(resource, f"RLIMIT_{name}")
        ceiling = resource.getrlimit(kind)[1]
        most: int = sys.maxsize if ceiling == resource.RLIM_INFINITY else ceiling
        try:
            resource.setrlimit(kind, (min(value, most), min(value + _ABOVE.get(name, 0), most)))
        except (OSError, ValueError):
            if sys.platform != "darwin":
                raise


def allow_seconds(more: int) -> None:
    """Allow so much processor time from now, within what `limit` allows in all."""
    if sys.platform == "win32":
        return
    import resource

    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    until = math.ceil(time.process_time()) + more
    resource.setrlimit(resource.RLIMIT_CPU, (until if most == resource.RLIM_INFINITY else min(until, most), most))


@contextmanager
def threads() -> Iterator[None]:
    """Let this process start threads for as long as a library needs them that cannot do without."""
    if sys.platform == "win32":
        yield
        return
    import resource

    most, ceiling = resource.getrlimit(resource.RLIMIT_NPROC)
    resource.setrlimit(resource.RLIMIT_NPROC, (ceiling, ceiling))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NPROC, (most, ceiling))


def leave_network(*, and_processes: bool = False) -> bool:
    """Move into a network of its own, which leads nowhere, where the system allows it; tells whether it did.

    With ``and_processes``, the next process that is started is the first of a world of its own: when it ends, or this
    process does, all that it started ends.
    """
    if sys.platform != "linux":
        return False
    libc, user, group = system_library(), os.getuid(), os.getgid()
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if libc.unshare(_NEW_USER | _NEW_NETWORK | (_NEW_PROCESSES if and_processes else 0)):
        return False
    for file, words in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with suppress(OSError):  # without it this process has no name of its own, and the same rights
            Path("/proc/self", file).write_text(words)
    return True


def own_temporary_folder(size: int) -> bool:
    """Put an empty folder of ``size`` bytes in the place of /tmp, seen by this process alone; tells whether it did.

    For programs that leave things there whatever they are told. The working folder keeps its path. To be called when
    `leave_network` has moved it.
    """
    folder, libc, ours = os.getcwd(), system_library(), b"/tmp"  # noqa: PTH109
    if libc.unshare(_NEW_MOUNTS) or libc.mount(None, b"/", None, _PRIVATE, None):
        return False
    if libc.mount(b"own", ours, b"tmpfs", _NOSUID_NODEV, b"size=%d,mode=700" % size):
        return False
    if not Path(folder).exists():
        Path(folder).mkdir(parents=True)
        if libc.mount(b"/proc/self/cwd", os.fsencode(folder), None, _BIND, None):
            raise OSError("the working folder is out of sight")
        os.chdir(folder)
    return True


def drop_capabilities() -> None:
    """Give up every power over the system, those over a namespace of its own among them."""
    if sys.platform == "linux":
        system_library().capset(_CAPABILITIES, bytes(24))


def die_with_parent() -> None:
    """Be killed when the process that started this one ends."""
    if sys.platform == "linux":
        system_library().prctl(_DIE_WITH_PARENT, 9, 0, 0, 0)


def system_library() -> Any:  # noqa: ANN401 - whatever it offers
    """The C library of the system."""
    import ctypes

    return ctypes.CDLL(None)
