"""Runs an outside program that is installed here, such as LibreOffice or Tesseract, on a file from outside.

It is confined like the evidence child, but may start processes and write files in a folder of its own. That folder is
all that it is given, and is erased.
"""

import os
import stat
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from wizard.errors import Cancelled, EvidenceRefused
from wizard.evidence.confined import process, working_folder
from wizard.evidence.confined.process import Limits, never

PROGRAM: Final = Limits(memory=3 << 30, cpu_seconds=120, wall_seconds=120)
_LAUNCH: Final = (
    "import sys; sys.path.append(sys.argv.pop(1)); from wizard.evidence.confined.launcher import main; main()"
)
_POLL: Final = 0.1
_ADDRESSES: Final = 4
"""Times the memory that a program may reserve; large ones reserve far more than they use."""


def run_program(
    command: Sequence[str],
    files: Mapping[str, bytes],
    wanted: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    cancelled: Callable[[], bool] = never,
    limits: Limits = PROGRAM,
) -> dict[str, bytes]:
    """Run a program in a fresh folder that holds ``files``, and give the files ``wanted`` that it made there.

    May be called from several threads at once. What the program gives is as little to be trusted as what it was given.

    Args:
        command: the program's full path and its arguments; ``{folder}`` and ``{uri}`` in these become the folder's
            path and ``file:`` address. The program starts in the folder, which is its home as well.
        files: contents by path within the folder, with ``/``.
        wanted: paths within the folder.
        environment: what the program needs beside HOME, TMPDIR and PATH.
        cancelled: asked ten times a second.
        limits: ``output`` holds for each file, and for all that lies in the folder.

    Raises:
        EvidenceRefused: the program is missing, crashed, hung, used too much, or did not make what is wanted.
        Cancelled: ``cancelled`` said so.
    """
    try:
        with working_folder.fresh() as name:
            folder = Path(name)
            for path, data in files.items():
                place = folder / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
            _run_to_its_end(_filled(command, folder), folder, dict(environment or {}), cancelled, limits)
            return {path: _made(folder / path, limits.output) for path in wanted}
    except OSError:
        raise process.not_started() from None


def _filled(command: Sequence[str], folder: Path) -> list[str]:
    uri = folder.as_uri()
    return [word.replace("{folder}", str(folder)).replace("{uri}", uri) for word in command]


def _run_to_its_end(
    command: list[str], folder: Path, environment: dict[str, str], cancelled: Callable[[], bool], limits: Limits
) -> None:
    home = {"HOME": str(folder), "USERPROFILE": str(folder), "PATH": os.defpath}
    started = process.start(_launched(command, limits), str(folder), home | environment)
    watch = process.Watch(started, limits.memory, limits.cpu_seconds, family=True)
    deadline = time.monotonic() + limits.wall_seconds
    try:
        while not process.ended(started, _POLL):
            if cancelled():
                raise Cancelled
            if time.monotonic() > deadline:
                raise process.too_long()
            watch.look()
            if _size(folder) > limits.output:
                raise process.too_large()
    finally:
        watch.end()
    if started.returncode:
        raise _not_converted()


def _launched(command: list[str], limits: Limits) -> list[str]:
    if sys.platform == "win32":
        return command  # nothing that it could take from itself
    own = (limits.memory * _ADDRESSES, limits.output, limits.cpu_seconds)
    return [*process.interpreter(), _LAUNCH, str(process.own_folder()), *map(str, own), *command]


def _size(folder: Path) -> int:
    """Bytes of all that lies in a folder; what comes and goes meanwhile is not counted."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += Path(parent, name).lstat().st_size
    return total


def _made(path: Path, most: int) -> bytes:
    """A file that the program made; never one elsewhere that it only points to."""
    try:
        if path.resolve(strict=True) != path.parent.resolve() / path.name or not stat.S_ISREG(path.lstat().st_mode):
            raise _not_converted()
        data = path.read_bytes() if path.lstat().st_size <= most else b""
    except OSError:
        raise _not_converted() from None
    if not data:
        raise _not_converted()
    return data


def _not_converted() -> EvidenceRefused:
    return EvidenceRefused("The file could not be converted.", process.NEW_PDF)
