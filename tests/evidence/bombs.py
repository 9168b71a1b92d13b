"""Operations that misbehave in the child process, each in its own way."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from wizard.evidence.confined import wire

Answer = tuple[Any, list[bytes]]


def sleep(data: bytes, **arguments: Any) -> NoReturn:
    while True:
        time.sleep(1)


def spin(data: bytes) -> NoReturn:
    while True:
        pass


def hoard(data: bytes) -> NoReturn:
    hoarded = []
    while True:
        hoarded.append(bytearray(50 << 20))


def hold(data: bytes, megabytes: int) -> NoReturn:
    held = b"x" * (megabytes << 20)
    while held:
        time.sleep(1)
    raise AssertionError


def pour(data: bytes) -> Answer:
    return None, [b"x" * (1 << 20)] * 64


def kill_itself(data: bytes) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def fail(data: bytes) -> NoReturn:
    raise LookupError("Rosalind Quillfeather")


def babble(data: bytes) -> NoReturn:
    os.write(3 if len(data) else 1, b"\0\0\0\x05hello")
    os._exit(0)


def print_aloud(data: bytes) -> Answer:
    sys.stdout.write("this must not get into the answer\n")
    os.write(1, b"nor this")
    return "quiet", []


def where(data: bytes) -> Answer:
    try:
        inside = os.listdir()  # noqa: PTH208
    except PermissionError:
        inside = []  # not even that may be seen
    return {"folder": os.getcwd(), "inside": inside, "environment": dict(os.environ), "path": sys.path}, []  # noqa: PTH109


def write_a_file(data: bytes) -> Answer:
    try:
        with open("kept", "wb") as file:  # noqa: PTH123
            file.write(data)
    except OSError:
        return "could not", []
    return "could", []


def echo(data: bytes, twice: bool) -> Answer:
    return len(data), [data, data] if twice else [data]


def turns(data: bytes) -> Answer:
    """How many files this process has seen: what one leaves behind for the next."""
    sys.turns = getattr(sys, "turns", 0) + 1  # type: ignore[attr-defined]
    return sys.turns, []  # type: ignore[attr-defined]


def say(data: bytes, words: str) -> Answer:
    return words, []


def own_number(data: bytes) -> Answer:
    return os.getpid(), []


def die_unless_first(data: bytes) -> Answer:
    if hasattr(sys, "turns"):
        os._exit(1)
    return "first", []


def work(data: bytes, seconds: float) -> Answer:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return "done", []


def network(data: bytes) -> Answer:
    return str(Path("/proc/self/ns/net").readlink()), []


def try_to(data: bytes, what: str) -> Answer:
    """What comes of something that no file may have the child do; past Python where the system itself should refuse."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    place = os.fsencode(data.decode())
    tries: dict[str, Callable[[], object]] = {
        "write": lambda: Path(data.decode()).write_text("kept"),
        "delete": lambda: Path(data.decode()).unlink(),
        "connect": lambda: socket.create_connection(("127.0.0.1", int(data or b"9")), 1),
        "resolve": lambda: socket.getaddrinfo("example.org", 80),
        "start": lambda: subprocess.run(["true"], check=False),
        "become": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606
        "fork": os.fork,
        "read": lambda: len(Path(data.decode()).read_bytes()),
        "native read": lambda: libc.open(place, os.O_RDONLY),
        "native write": lambda: libc.open(place, os.O_WRONLY | os.O_CREAT, 0o600),
        "native delete": lambda: libc.unlink(place),
        "native socket": lambda: libc.socket(2, 1, 0),
        "native fork": libc.fork,
        "native start": lambda: libc.execv(b"/bin/true", None),
    }
    try:
        done = tries[what]()
    except OSError as error:
        return f"refused: {type(error).__name__}", []
    return f"done: {done}", []


def lie_in_wait(data: bytes) -> Answer:
    """Behind the answer to this file stands one to the next, as a hostile file might leave it."""
    honest = wire.send

    def speak(stream: BinaryIO, content: object, blobs: Iterable[bytes] = ()) -> None:
        wire.send = honest
        honest(stream, content, blobs)
        honest(stream, {"name": "0" * 16, "result": "a lie"})

    wire.send = speak
    return "harmless", []


OPERATIONS = {
    name: f"tests.evidence.bombs:{name}"
    for name in (
        "sleep", "spin", "hoard", "pour", "kill_itself", "fail", "babble", "print_aloud", "where", "write_a_file",
        "echo", "hold", "turns", "say", "own_number", "die_unless_first", "try_to", "network", "work", "lie_in_wait",
    )
}  # fmt: skip
