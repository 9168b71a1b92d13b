"""Operations that misbehave in the child process, each in its own way."""

import os
import signal
import sys
import time
from typing import Any, NoReturn

Answer = tuple[Any, list[bytes]]


def sleep(data: bytes) -> NoReturn:
    while True:
        time.sleep(1)


def spin(data: bytes) -> NoReturn:
    while True:
        pass


def hoard(data: bytes) -> NoReturn:
    hoarded = []
    while True:
        hoarded.append(bytearray(50 << 20))


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
    return {"folder": os.getcwd(), "inside": os.listdir(), "environment": dict(os.environ), "path": sys.path}, []  # noqa: PTH109, PTH208


def write_a_file(data: bytes) -> Answer:
    try:
        with open("kept", "wb") as file:  # noqa: PTH123
            file.write(data)
    except OSError:
        return "could not", []
    return "could", []


def echo(data: bytes, twice: bool) -> Answer:
    return len(data), [data, data] if twice else [data]


OPERATIONS = {
    name: f"tests.evidence.bombs:{name}"
    for name in (
        "sleep", "spin", "hoard", "pour", "kill_itself", "fail", "babble", "print_aloud", "where", "write_a_file",
        "echo",
    )
}  # fmt: skip
