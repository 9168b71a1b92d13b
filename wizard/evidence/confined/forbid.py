"""What a child process may never do, whatever a file makes of it: write, delete, start a program, reach the network.

Two walls. A hook that Python asks stops what runs as Python, on every system. On Linux (x86-64) the system itself
refuses the calls, so that code that a file has smuggled into a library is stopped as well.
"""

import os
import struct
import sys
from typing import Final

from wizard.evidence.confined import confine

FORBIDDEN: Final = 78
"""Exit code of a child that tried to reach the network or to start a program."""

_ENDS: Final = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.startfile",
    "os.kill", "pty.", "ftplib.", "http.", "urllib.", "webbrowser.", "winreg.", "_winapi.CreateProcess",
    "_winapi.OpenProcess",
)  # fmt: skip
_WRITES: Final = (
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown",
    "os.utime", "shutil.", "tempfile.",
)  # fmt: skip
_TO_WRITE: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_X86_64: Final = 0xC000003E
_OTHER_ABI: Final = 0x40000000
_OPEN, _OPENAT, _CLONE = 2, 257, 56
_NEVER: Final = (
    # socket, connect, accept, sendto, sendmsg, bind, listen, socketpair, accept4, sendmmsg
    41, 42, 43, 44, 46, 49, 50, 53, 288, 307,
    # fork, vfork, execve, kill, execveat, ptrace, process_vm_readv and _writev, pidfd_send_signal, _open and _getfd
    57, 58, 59, 62, 322, 101, 310, 311, 424, 434, 438,
    # truncate, rename, mkdir, rmdir, creat, link, unlink, symlink, chmod, fchmod, chown, fchown, lchown, mknod
    76, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 93, 94, 133,
    # mkdirat, mknodat, fchownat, unlinkat, renameat, linkat, symlinkat, fchmodat, utimensat, renameat2
    258, 259, 260, 263, 264, 265, 266, 268, 280, 316,
    # mount, umount2, add_key, request_key, keyctl, unshare, perf_event_open, setns, bpf, userfaultfd, io_uring_setup
    165, 166, 248, 249, 250, 272, 298, 308, 321, 323, 425,
)  # fmt: skip
_UNKNOWN: Final = (435, 437)  # clone3, openat2: their arguments cannot be seen; libraries then use the older calls
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NOT_PERMITTED, _DENIED, _NO_SUCH_CALL = 1, 13, 38
_THREAD: Final = 0x10000
_SET_FILTER, _BY_PROGRAM = 22, 2


def forbid() -> None:
    """Put up the walls, for good; to be called when nothing is left to be started or written."""
    sys.addaudithook(_heard)
    if sys.platform == "linux" and os.uname().machine == "x86_64" and sys.maxsize > 1 << 32:
        _refuse_calls()


def _heard(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        flags = arguments[2]
        if isinstance(flags, int) and flags & _TO_WRITE:
            raise PermissionError
    elif event.startswith(_ENDS):
        os._exit(FORBIDDEN)
    elif event.startswith(_WRITES):
        raise PermissionError


def _refuse_calls() -> None:
    """Let the system refuse calls by their number (seccomp); where it offers no such filter, nothing changes."""
    import ctypes

    lines = b"".join(struct.pack("=HBBI", *line) for line in _filter())
    kept = ctypes.create_string_buffer(lines, len(lines))
    program = struct.pack("HP", len(lines) // 8, ctypes.addressof(kept))
    confine.system_library().prctl(_SET_FILTER, _BY_PROGRAM, program, 0, 0)


def _filter() -> list[tuple[int, int, int, int]]:
    """The filter: operation, lines to skip when true and when false, operand."""
    refuse = {error: (_RETURN, 0, 0, _REFUSE | error) for error in (_NOT_PERMITTED, _DENIED, _NO_SUCH_CALL)}
    lines = [
        (_LOAD, 0, 0, 4), (_EQUAL, 1, 0, _X86_64), (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0), (_AT_LEAST, 0, 1, _OTHER_ABI), (_RETURN, 0, 0, _KILL),
    ]  # fmt: skip
    for numbers, error in ((_NEVER, _NOT_PERMITTED), (_UNKNOWN, _NO_SUCH_CALL)):
        for number in numbers:
            lines += [(_EQUAL, 0, 1, number), refuse[error]]
    for number, argument in ((_OPEN, 1), (_OPENAT, 2)):
        lines += [(_EQUAL, 0, 4, number), (_LOAD, 0, 0, 16 + 8 * argument), (_ANY_BIT, 0, 1, _TO_WRITE)]
        lines += [refuse[_DENIED], (_RETURN, 0, 0, _ALLOW)]
    lines += [(_EQUAL, 0, 3, _CLONE), (_LOAD, 0, 0, 16), (_ANY_BIT, 1, 0, _THREAD), refuse[_NOT_PERMITTED]]
    return [*lines, (_RETURN, 0, 0, _ALLOW)]
