"""The child process that alone touches files from outside: it limits itself, does one named operation, and ends.

`confine` says what holds where. Everywhere `worker` adds its time-out, its limit on what comes back, its watch over the
memory that is held, an empty environment and a private working folder.
"""

import importlib
import os
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wizard.evidence import wire
from wizard.evidence.confine import limit

OPERATIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "prepare": "wizard.evidence.intake:prepare",
        "draw": "wizard.evidence.drawing:draw",
        "register": "wizard.evidence.register_reader:register",
        "events": "wizard.evidence.event_table:table",
        "fill": "wizard.evidence.school_file:fill",
        "verify": "wizard.signing.verify:in_child",
    }
)
"""Operations by name; their modules, and the libraries these need, are imported only when asked for."""

OUT_OF_MEMORY: Final = 77
"""Exit code that tells a lack of memory from any other failure."""

OPEN_FILES: Final = 64


def confine(memory: int, cpu_seconds: int) -> None:
    """Limit this process for good: bytes of memory, seconds of processor time, and what it may write or start.

    It writes no file and no core dump and starts no other process; only root is let off the last.
    """
    limit(CORE=0, FSIZE=0, NOFILE=OPEN_FILES, NPROC=0, CPU=cpu_seconds, AS=memory)


def main(operations: Mapping[str, str] = OPERATIONS) -> None:
    """Read a request from standard input, do it, and write the answer to what was standard output."""
    confine(*map(int, sys.argv[-2:]))
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not speak in the answer
    try:
        request, (data,) = wire.receive(sys.stdin.buffer)
        module, function = operations[request["operation"]].split(":")
        result, blobs = getattr(importlib.import_module(module), function)(data, **request["arguments"])
        wire.send(answer, result, blobs)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
