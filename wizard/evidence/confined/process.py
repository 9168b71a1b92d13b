"""How a confined process is started, watched from outside and ended; what it runs is no business of this module."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import psutil

from wizard.errors import EvidenceRefused
from wizard.evidence.confined.job_object import JobObject

NEW_PDF: Final = "Open it yourself, print it to a new PDF, and add that."
_SUSPENDED: Final = 0x4
_LIBRARIES: Final = (
    "pikepdf", "PIL", "pi_heif", "pypdfium2", "python_calamine", "mammoth", "cobble", "olefile", "reportlab",
    "uharfbuzz", "bidi", "fontTools", "fontpkg_atkinson_hyperlegible", "fontpkg_noto_sans", "fontpkg_noto_sans_arabic",
    "fontpkg_noto_sans_devanagari", "fontpkg_noto_sans_khmer", "fontpkg_noto_sans_tamil", "fontpkg_noto_sans_telugu",
    "fontpkg_noto_sans_thai", "stdnum",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may use; sizes in bytes, times in seconds."""

    memory: int = 2 << 30
    cpu_seconds: int = 60
    wall_seconds: float = 90
    output: int = 300 << 20


def never() -> bool:
    """The answer of those who do not cancel."""
    return False


def too_long() -> EvidenceRefused:
    """The refusal of a file whose reading does not end."""
    return EvidenceRefused("Reading the file took too long and was stopped.", NEW_PDF)


def too_large() -> EvidenceRefused:
    """The refusal of a file whose reading gives more than a document should."""
    return EvidenceRefused("The file grows too large when it is opened.", NEW_PDF)


def too_hungry() -> EvidenceRefused:
    """The refusal of a file whose reading needs too much memory."""
    return EvidenceRefused("The file needs more memory than a document should.", NEW_PDF)


def unreadable() -> EvidenceRefused:
    """The refusal of a file over which its reader breaks."""
    return EvidenceRefused("The file is damaged, or made in a way that cannot be read safely.", NEW_PDF)


class NotStarted(EvidenceRefused):
    """The system starts no process, or gives it no folder; it may in a moment."""


def not_started() -> NotStarted:
    """The refusal when the system starts no process."""
    return NotStarted(
        "The part of the program that reads files could not be started.", "Close other programs and try again."
    )


def interpreter() -> list[str]:
    """Our own interpreter, without site packages, environment or user settings.

    A build that is frozen into one program, where ``sys.executable`` is no interpreter, must bring one and name it.
    """
    # A virtual environment on Windows has a starter there, which runs the interpreter as a process of its own.
    program = getattr(sys, "_base_executable", sys.executable) if sys.platform == "win32" else sys.executable
    return [program, "-I", "-S", "-B", "-c"]


@cache
def folders() -> tuple[str, ...]:
    """Where a child finds this program and the few libraries that it needs; found without importing them."""
    specs = (importlib.util.find_spec(name) for name in _LIBRARIES)
    libraries = (Path(spec.origin).parents[1] for spec in specs if spec and spec.origin)
    return tuple(dict.fromkeys(map(str, (own_folder(), *libraries))))


def own_folder() -> Path:
    """Where this program's packages lie."""
    return Path(__file__).resolve().parents[3]


def start(
    command: list[str], folder: str, environment: dict[str, str] | None = None, pipe: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start a process in a folder, and in a group of its own; on Windows it waits until a `Watch` holds it.

    Nothing is inherited from our environment but what Windows cannot start a process without.

    Raises:
        OSError: it cannot be started.
    """
    needed = {name: os.environ[name] for name in ("SYSTEMROOT", "SYSTEMDRIVE") if name in os.environ}
    own = {"TMPDIR": folder, "TEMP": folder, "TMP": folder, "LC_ALL": "C.UTF-8"}
    return subprocess.Popen(
        command,
        stdin=pipe,
        stdout=pipe,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=needed | own | (environment or {}),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) | (_SUSPENDED if sys.platform == "win32" else 0),
        start_new_session=True,
    )


def ended(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait that long for a process; tells whether it has ended."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    return process.returncode is not None


class Watch:
    """Holds a process within limits from outside, and ends it; on Windows nothing else does."""

    def __init__(self, process: subprocess.Popen[bytes], memory: int, seconds: int, *, family: bool = False) -> None:
        """Take hold of a process that was started by `start`.

        Args:
            process: the process.
            memory: bytes that it, and all that it starts, may hold.
            seconds: processor time that it may use; held from outside on Windows alone.
            family: it may start others, which count as its own and end with it.

        Raises:
            OSError: it cannot be held; it is ended.
        """
        self._process, self._memory, self._family = process, memory, family
        self._seen: set[psutil.Process] = set()
        self._job: JobObject | None = None
        if sys.platform == "win32":
            try:
                self._job = JobObject(int(cast("Any", process)._handle), memory, seconds, family=family)
                psutil.Process(process.pid).resume()
            except (OSError, psutil.Error):
                self.end()
                raise OSError("the process cannot be held") from None

    def look(self) -> None:
        """See what memory is held now.

        Raises:
            EvidenceRefused: it is more than allowed.
        """
        with suppress(psutil.Error):
            whole = psutil.Process(self._process.pid)
            self._seen |= {whole, *(whole.children(recursive=True) if self._family else ())}
        if sum(_held(self._seen)) > self._memory:
            raise too_hungry()

    def end(self) -> None:
        """Kill the process and whatever it started."""
        if sys.platform != "win32" and self._process.poll() is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, 9)
        if self._job is not None:
            self._job.close()
        self._process.kill()
        self._process.wait()
        for one in self._seen:
            with suppress(psutil.Error):
                one.kill()  # psutil knows one process from another that was given its number since


def _held(processes: Iterable[psutil.Process]) -> Iterable[int]:
    for one in processes:
        with suppress(psutil.Error):
            yield one.memory_info().rss
