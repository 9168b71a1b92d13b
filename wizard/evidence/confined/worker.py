"""Has a child process do one operation on one outside file, so that a bad file may kill the child, never the program.

The child is given the bytes through a pipe and never a path. Limits that it sets itself are listed in `child`.
"""

import atexit
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from typing import Any, Final, TypeVar

from wizard.errors import Cancelled
from wizard.evidence.confined import process
from wizard.evidence.confined.child import MOST_FILES
from wizard.evidence.confined.process import Limits, never
from wizard.evidence.confined.server import Died, Server

IDLE: Final = 2.0
"""Seconds that a child waits for the next file of a batch."""

AT_ONCE: Final = min(4, (os.cpu_count() or 1) + 1)
"""Children that a batch of files is well served by, each asked from a thread of its own: one for each processor, and
one to work while another waits to be handed its next file; no more, as each has memory of its own."""

LIMITS: Final = Limits()
_PAUSES: Final = (0.1, 0.4, 1.5)
"""Seconds to wait before a child is started again that could not be: a busy system refuses only for a moment."""

_START: Final = "import sys; sys.path += sys.argv[1:-2]; from wizard.evidence.confined.child import main; main()"
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def run(
    operation: str,
    data: bytes,
    arguments: Mapping[str, Any] | None = None,
    *,
    cancelled: Callable[[], bool] = never,
    limits: Limits = LIMITS,
) -> tuple[Any, list[bytes]]:
    """Do a named operation of `child.OPERATIONS` on a file's bytes, in a child of its own.

    Gives its result and blobs, still unchecked. May be called from several threads at once.

    Raises:
        EvidenceRefused: the child crashed, hung, used too much, or answered nonsense.
        Cancelled: ``cancelled`` said so.
    """
    with Server(command(limits), limits) as child:
        return child.ask(operation, data, arguments or {}, cancelled)


def serve(
    operation: str,
    data: bytes,
    arguments: Mapping[str, Any],
    read: Callable[[Any, list[bytes]], _Made],
    *,
    well: Callable[[_Made], bool] = lambda _: True,
    cancelled: Callable[[], bool] = never,
    limits: Limits = LIMITS,
) -> _Made:
    """As `run`, for one file of several: a child that did well is kept for a moment, for the next file.

    What a child fails at that has read other files before is asked of a fresh one: no file suffers from its neighbours.
    Nor does a batch suffer when the system starts no process for a moment.

    ``read`` makes of the result and blobs what they should be, and raises `EvidenceRefused` when they are not that.
    ``well`` tells of what was made whether the child may see another file: not after a refusal, nor anything odd.
    """
    number = _WAITING.batch

    def served(child: Server) -> _Made:
        with ExitStack() as ending:
            ending.callback(child.end)
            made = read(*child.ask(operation, data, arguments, cancelled))
            if well(made) and child.served < MOST_FILES and _WAITING.keep(child, number):
                ending.pop_all()
            return made

    if waiting := _WAITING.take(command(limits)):
        with suppress(Died, process.NotStarted):
            return served(waiting)
    for pause in _PAUSES:
        with suppress(process.NotStarted):
            return served(Server(command(limits), limits))
        if cancelled():
            raise Cancelled
        time.sleep(pause)
    return served(Server(command(limits), limits))


def batch(work: Callable[[_Given], _Made], files: Iterable[_Given]) -> Iterator[_Made]:
    """Do work on every file, `AT_ONCE` at a time; what came of each, in order.

    What has not begun is left when one fails, or nobody wants the next. Afterwards the batch is over.
    """
    threads = ThreadPoolExecutor(AT_ONCE)
    try:
        yield from threads.map(work, files)
    finally:
        threads.shutdown(cancel_futures=True)
        end_batch()  # once all have ended: none of them keeps a child for the next batch


def end_batch() -> None:
    """End the children that wait, and let none that is at work still see another file; call it between referrals."""
    _WAITING.end()


def command(limits: Limits) -> tuple[str, ...]:
    """The command line of the child."""
    return (*process.interpreter(), _START, *process.folders(), str(limits.memory), str(limits.cpu_seconds))


class _Waiting:
    """The children that wait for the next file of their batch, each with what ends it when none comes."""

    def __init__(self) -> None:
        self.batch = 0
        self._children: dict[Server, threading.Timer] = {}
        self._lock = threading.Lock()

    def take(self, command: tuple[str, ...]) -> Server | None:
        """A child that was started by this command, if one waits."""
        with self._lock:
            child = next((one for one in self._children if one.command == command), None)
            if child is not None:
                self._children.pop(child).cancel()
            return child

    def keep(self, child: Server, batch: int) -> bool:
        """Let a child wait, unless its batch is over; tells whether it does."""
        timer = threading.Timer(IDLE, self._end_one, [child])
        timer.daemon = True
        with self._lock:
            if batch == self.batch:
                self._children[child] = timer
                timer.start()
            return child in self._children

    def end(self) -> None:
        """End them all, and the batch."""
        with self._lock:
            self.batch += 1
            children, self._children = self._children, {}
        for child, timer in children.items():
            timer.cancel()
            child.end()

    def _end_one(self, child: Server) -> None:
        with self._lock:
            waits = self._children.pop(child, None)
        if waits:
            child.end()


_WAITING: Final = _Waiting()
atexit.register(end_batch)
