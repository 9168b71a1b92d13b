"""Runs one operation on one outside file in a child process, so that a bad file may kill the child, never the program.

The child is given the bytes through a pipe and never a path. Limits that it sets itself are listed in `child`.
"""

import io
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BufferedReader, BufferedWriter
from typing import Any, Final, Self, cast

from wizard.errors import Cancelled, EvidenceRefused
from wizard.evidence import process, wire
from wizard.evidence.child import OUT_OF_MEMORY
from wizard.evidence.process import Limits, never

_START: Final = "import sys; sys.path += sys.argv[1:-2]; from wizard.evidence.child import main; main()"
_POLL: Final = 0.05
_GRACE: Final = 2.0
_CHUNK: Final = 1 << 20
LIMITS: Final = Limits()


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
            started = process.start(command(limits), folder, pipe=subprocess.PIPE)
            with _Conversation(started, request, data, limits) as conversation:
                answer = conversation.answer(cancelled, time.monotonic() + limits.wall_seconds)
    except OSError:
        raise process.not_started() from None
    try:
        return wire.receive(io.BytesIO(answer))
    except wire.Garbled:
        raise _died(started.returncode) from None


def command(limits: Limits) -> list[str]:
    """The command line of the child."""
    own = (limits.memory, limits.cpu_seconds)
    return [*process.interpreter(), _START, *process.folders(), *map(str, own)]


class _Conversation:
    """Hands over the request and gathers the answer, each in a thread of its own; leaving it ends the child."""

    def __init__(self, started: subprocess.Popen[bytes], request: object, data: bytes, limits: Limits) -> None:
        self._process, self._request, self._data, self._most = started, request, data, limits.output
        self._watch = process.Watch(started, limits.memory)
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
                raise process.too_long()
            self._watch.look()
        if len(self._received) > self._most:
            raise process.too_large()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE)
        return self._received

    def __exit__(self, *exception: object) -> None:
        self._watch.end()
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
        return process.too_long()
    if code == OUT_OF_MEMORY:
        return process.too_hungry()
    return EvidenceRefused("The file is damaged, or made in a way that cannot be read safely.", process.NEW_PDF)
