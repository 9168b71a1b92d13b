"""Runs one operation on one outside file in a child process, so that a bad file may kill the child, never the program.

The child is given the bytes through a pipe and never a path. Limits that it sets itself are listed in `child`.
"""

import importlib.util
import io
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BufferedReader, BufferedWriter
from pathlib import Path
from typing import Any, Final, Self, cast

from wizard.errors import Cancelled, EvidenceRefused
from wizard.evidence import wire
from wizard.evidence.child import OUT_OF_MEMORY

_START: Final = "import sys; sys.path += sys.argv[1:-2]; from wizard.evidence.child import main; main()"
_LIBRARIES: Final = ("pikepdf", "PIL", "pypdfium2", "python_calamine")
_POLL: Final = 0.05
_GRACE: Final = 2.0
_CHUNK: Final = 1 << 20
_TOO_LONG: Final = "Reading the file took too long and was stopped."
_NEW_PDF: Final = "Open it yourself, print it to a new PDF, and add that."


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use; sizes in bytes, times in seconds."""

    memory: int = 2 << 30
    cpu_seconds: int = 60
    wall_seconds: float = 90
    output: int = 300 << 20


LIMITS: Final = Limits()


def never() -> bool:
    """The answer of those who do not cancel."""
    return False


def run(
    operation: str,
    data: bytes,
    arguments: Mapping[str, Any] | None = None,
    *,
    cancelled: Callable[[], bool] = never,
    limits: Limits = LIMITS,
) -> tuple[Any, list[bytes]]:
    """Do a named operation of `child.OPERATIONS` on a file's bytes; return its result and blobs, still unchecked.

    May be called from several threads at once.

    Raises:
        EvidenceRefused: the child crashed, hung, used too much, or answered nonsense.
        Cancelled: ``cancelled`` said so.
    """
    request = {"operation": operation, "arguments": dict(arguments or {})}
    try:
        with tempfile.TemporaryDirectory(prefix="section19-", ignore_cleanup_errors=True) as folder:
            process = _start(folder, limits)
            with _Conversation(process, request, data, limits.output) as conversation:
                answer = conversation.answer(cancelled, time.monotonic() + limits.wall_seconds)
    except OSError:
        raise EvidenceRefused(
            "The part of the program that reads files could not be started.", "Close other programs and try again."
        ) from None
    try:
        return wire.receive(io.BytesIO(answer))
    except wire.Garbled:
        raise _died(process.returncode) from None


def command(limits: Limits) -> list[str]:
    """The command line of the child: our own interpreter, without site packages, environment or user settings.

    A build that is frozen into one program, where ``sys.executable`` is no interpreter, must bring one and name it.
    """
    return [sys.executable, "-I", "-S", "-B", "-c", _START, *_folders(), str(limits.memory), str(limits.cpu_seconds)]


@cache
def _folders() -> tuple[str, ...]:
    """Where the child finds this program and the few libraries that it needs; found without importing them."""
    specs = (importlib.util.find_spec(name) for name in _LIBRARIES)
    libraries = (Path(spec.origin).parents[1] for spec in specs if spec and spec.origin)
    return tuple(dict.fromkeys(map(str, (Path(__file__).resolve().parents[2], *libraries))))


def _environment(folder: str) -> dict[str, str]:
    """Nothing is inherited but what Windows cannot start a process without."""
    needed = {name: os.environ[name] for name in ("SYSTEMROOT", "SYSTEMDRIVE") if name in os.environ}
    return needed | {"TMPDIR": folder, "TEMP": folder, "TMP": folder, "LC_ALL": "C.UTF-8"}


def _start(folder: str, limits: Limits) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        command(limits),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_environment(folder),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # of Windows alone
    )
    _confine_from_outside(process)
    return process


def _confine_from_outside(process: subprocess.Popen[bytes]) -> None:
    """Where a child that cannot limit itself is limited: on Windows a job object belongs here, on macOS a watch.

    Neither exists yet; there the time-out, the output limit, the empty environment and the private folder hold.
    """


class _Conversation:
    """Hands over the request and gathers the answer, each in a thread of its own; leaving it ends the child."""

    def __init__(self, process: subprocess.Popen[bytes], request: object, data: bytes, most: int) -> None:
        self._process, self._request, self._data, self._most = process, request, data, most
        self._received = bytearray()
        self._threads = [threading.Thread(target=task, daemon=True) for task in (self._gather, self._hand_over)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def answer(self, cancelled: Callable[[], bool], deadline: float) -> bytearray:
        """Wait for the whole answer, which may be nonsense."""
        gathering = self._threads[0]
        while gathering.is_alive():
            gathering.join(_POLL)
            if cancelled():
                raise Cancelled
            if time.monotonic() > deadline:
                raise EvidenceRefused(_TOO_LONG, _NEW_PDF)
        if len(self._received) > self._most:
            raise EvidenceRefused("The file grows too large when it is opened.", _NEW_PDF)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE)
        return self._received

    def __exit__(self, *exception: object) -> None:
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join(_GRACE)

    def _gather(self) -> None:
        with cast("BufferedReader", self._process.stdout) as stream:
            while len(self._received) <= self._most and (chunk := stream.read1(_CHUNK)):
                self._received += chunk

    def _hand_over(self) -> None:
        with suppress(OSError), cast("BufferedWriter", self._process.stdin) as stream:
            wire.send(stream, self._request, [self._data])


def _died(code: int) -> EvidenceRefused:
    if sys.platform != "win32" and code == -signal.SIGXCPU:
        return EvidenceRefused(_TOO_LONG, _NEW_PDF)
    if code == OUT_OF_MEMORY:
        return EvidenceRefused("The file needs more memory than a document should.", _NEW_PDF)
    return EvidenceRefused("The file is damaged, or made in a way that cannot be read safely.", _NEW_PDF)
