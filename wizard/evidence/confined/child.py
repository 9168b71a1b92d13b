"""The child process that alone touches files from outside: it limits itself, does named operations, and ends.

`confine` says what holds where. Everywhere `worker` adds its time-out, its limit on what comes back, its watch over the
memory that is held, an empty environment and a private working folder.
"""

import importlib
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from types import MappingProxyType
from typing import Any, Final

from wizard.evidence.confined import wire
from wizard.evidence.confined.confine import allow_seconds, drop_capabilities, leave_network, limit
from wizard.evidence.confined.forbid import forbid
from wizard.evidence.confined.landlock import SYSTEM, see_only

OPERATIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "prepare": "wizard.evidence.intake:prepare",
        "kind": "wizard.evidence.detection:told",
        "find": "wizard.evidence.redaction.finding:find_in",
        "locate": "wizard.evidence.redaction.in_pictures:locate",
        "prove": "wizard.evidence.redaction.proof:prove",
        "reread": "wizard.evidence.words.reading:reread",
        "draw": "wizard.evidence.pdf.drawing:draw",
        "even": "wizard.evidence.pdf.evened:draw",
        "picture": "wizard.evidence.pictures.uncropped:look",
        "signature": "wizard.evidence.pictures.signature:redrawn",
        "register": "wizard.evidence.registers.register_reader:register",
        "events": "wizard.evidence.school.event_table:table",
        "fill": "wizard.evidence.school.school_file:fill",
        "verify": "wizard.signing.verify:in_child",
    }
)
"""Operations by name; their modules, and the libraries these need, are imported only when asked for."""

OUT_OF_MEMORY: Final = 77
"""Exit code that tells a lack of memory from any other failure."""

OPEN_FILES: Final = 64

MOST_FILES: Final = 25
"""Files that one child may see before another takes its place."""


def confine(memory: int, cpu_seconds: int) -> None:
    """Limit this process for good: bytes of memory, seconds of processor time, what it may see, write, start or reach.

    It writes no file and no core dump and starts no other process; only root is let off the last. It sees the files of
    the system and of Python with its libraries, and none of the user's.
    """
    leave_network()
    drop_capabilities()
    see_only((*SYSTEM, *sys.path, sys.prefix, sys.base_prefix))
    limit(CORE=0, FSIZE=0, NOFILE=OPEN_FILES, NPROC=0, CPU=cpu_seconds, AS=memory)


def main(operations: Mapping[str, str] = OPERATIONS) -> None:
    """Read requests from standard input, do each, and write the answers to what was standard output."""
    memory, cpu_seconds = map(int, sys.argv[-2:])
    confine(memory, cpu_seconds * MOST_FILES)
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not speak in the answer
    forbid()
    with suppress(wire.Ended):
        try:
            while True:
                request, (data,) = wire.receive(sys.stdin.buffer)
                allow_seconds(cpu_seconds)
                with _in_folder(request["folder"]):
                    result, blobs = _done(operations[request["operation"]], data, request["arguments"])
                wire.send(answer, {"name": request["name"], "result": result}, blobs)
                del request, data, result, blobs
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


def _done(place: str, data: bytes, arguments: Mapping[str, Any]) -> tuple[Any, list[bytes]]:
    module, function = place.split(":")
    done: tuple[Any, list[bytes]] = getattr(importlib.import_module(module), function)(data, **arguments)
    return done


@contextmanager
def _in_folder(folder: str) -> Iterator[None]:
    """Work in the folder of a request, and be gone from it before it is erased."""
    before = os.getcwd()  # noqa: PTH109
    os.chdir(folder)
    os.environ.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder))
    tempfile.tempdir = folder
    yield
    os.chdir(before)
