"""The child process that alone touches files from outside: it limits itself, does one named operation, and ends.

What holds where: on Linux all limits below; on macOS all but the memory limit, which the system accepts and does not
keep; on Windows none of them yet. Everywhere `worker` adds its time-out, its limit on what comes back, an empty
environment and a private working folder.
"""

import importlib
import os
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wizard.evidence import wire

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
    if sys.platform == "win32":
        return
    import resource

    for kind, soft, hard in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES),
        (resource.RLIMIT_NPROC, 0, 0),
        (resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 2),
        (resource.RLIMIT_AS, memory, memory),
    ):
        ceiling = resource.getrlimit(kind)[1]
        most = sys.maxsize if ceiling == resource.RLIM_INFINITY else ceiling
        try:
            resource.setrlimit(kind, (min(soft, most), min(hard, most)))
        except (OSError, ValueError):
            if sys.platform != "darwin":
                raise


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
