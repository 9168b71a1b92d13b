"""One child process from its start to its end, and what it is asked meanwhile: one file at a time."""

import secrets
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
from wizard.evidence.confined import process, wire, working_folder
from wizard.evidence.confined.child import MOST_FILES, OUT_OF_MEMORY
from wizard.evidence.confined.process import Limits

_POLL: Final = 0.05
_GRACE: Final = 2.0


class Died(EvidenceRefused):
    """The child ended, or said something that is no answer, over a file."""


class Server:
    """A child process that answers requests; leaving it ends the child.

    Attributes:
        command: how it was started, by which one is known to be as good as another.
        served: how many requests it has answered.
    """

    def __init__(self, command: tuple[str, ...], limits: Limits) -> None:
        """Start it.

        Raises:
            EvidenceRefused: the system cannot.
        """
        self.command, self.served, self._limits = command, 0, limits
        try:
            self._process = process.start([*command], tempfile.gettempdir(), pipe=subprocess.PIPE)
            self._watch = process.Watch(self._process, limits.memory, limits.cpu_seconds * MOST_FILES)
        except OSError:
            raise process.not_started() from None
        self._threads: tuple[threading.Thread, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.end()

    def ask(
        self, operation: str, data: bytes, arguments: Mapping[str, Any], cancelled: Callable[[], bool]
    ) -> tuple[Any, list[bytes]]:
        """Have an operation done on a file's bytes, in a fresh folder; its result and blobs are still unchecked.

        Raises:
            EvidenceRefused: the child crashed, hung, used too much, or answered nonsense; it is ended.
            Cancelled: ``cancelled`` said so; it is ended.
        """
        try:
            with working_folder.fresh() as folder:
                try:
                    return self._ask(operation, data, {"arguments": dict(arguments), "folder": folder}, cancelled)
                except BaseException:
                    self.end()  # before the folder goes
                    raise
        except OSError:
            raise process.not_started() from None

    def _ask(
        self, operation: str, data: bytes, request: dict[str, Any], cancelled: Callable[[], bool]
    ) -> tuple[Any, list[bytes]]:
        name = secrets.token_hex(8)  # what was said before the question is no answer to it
        answers: list[tuple[Any, list[bytes]] | EvidenceRefused] = []
        gathering = threading.Thread(target=self._gather, args=(answers,), daemon=True)
        asking = threading.Thread(
            target=self._hand_over, args=(request | {"operation": operation, "name": name}, data), daemon=True
        )
        self._threads = gathering, asking
        for thread in self._threads:
            thread.start()
        self._wait(gathering, cancelled)
        asking.join(_GRACE)
        if not answers or asking.is_alive():
            raise self._died()
        if isinstance(answers[0], EvidenceRefused):
            raise answers[0]
        content, blobs = answers[0]
        if not isinstance(content, dict) or content.keys() != {"name", "result"} or content["name"] != name:
            raise self._died()
        self.served += 1
        return content["result"], blobs

    def _wait(self, gathering: threading.Thread, cancelled: Callable[[], bool]) -> None:
        deadline = time.monotonic() + self._limits.wall_seconds
        while True:
            gathering.join(_POLL)
            if cancelled():
                raise Cancelled
            if not gathering.is_alive():
                return
            if time.monotonic() > deadline:
                raise process.too_long()
            self._watch.look()

    def end(self) -> None:
        """End the child; may be called again."""
        self._watch.end()
        for thread in self._threads:
            thread.join(_GRACE)
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                cast("BufferedWriter", pipe).close()

    def _gather(self, answers: list[tuple[Any, list[bytes]] | EvidenceRefused]) -> None:
        with suppress(wire.Garbled, wire.Ended, OSError):
            try:
                answers.append(wire.receive(cast("BufferedReader", self._process.stdout), self._limits.output))
            except wire.TooLong:
                answers.append(process.too_large())

    def _hand_over(self, request: object, data: bytes) -> None:
        with suppress(OSError):
            wire.send(cast("BufferedWriter", self._process.stdin), request, [data])

    def _died(self) -> EvidenceRefused:
        process.ended(self._process, _GRACE)
        code = self._process.returncode
        if sys.platform != "win32" and code == -signal.SIGXCPU:
            return process.too_long()
        refusal = process.too_hungry() if code == OUT_OF_MEMORY else process.unreadable()
        return Died(refusal.sentence, refusal.remedy)
