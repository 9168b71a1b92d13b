"""Limits from outside for a process on Windows, which cannot limit itself there: a job object.

Written from Microsoft's description of the interface. The sizes of the structures and the order of the calls are
tested; it has never been run on Windows.
"""

import ctypes
from typing import Any, Final

_EXTENDED_LIMITS: Final = 9
_UI_LIMITS: Final = 4
_PROCESS_TIME, _ACTIVE_PROCESSES, _PROCESS_MEMORY, _JOB_MEMORY = 0x2, 0x8, 0x100, 0x200
_DIE_ON_UNHANDLED, _KILL_ON_CLOSE = 0x400, 0x2000
_NO_UI: Final = 0xFF
"""Neither clipboard, windows of others, display settings, atoms, desktops nor logging off."""

_TICKS: Final = 10_000_000
"""Of 100 nanoseconds in a second."""


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION; the counters in its middle are of no use here."""

    _fields_ = (
        ("BasicLimitInformation", BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


class JobObject:
    """What holds a process, and all that it starts, within limits; closing it ends them."""

    def __init__(self, process: int, memory: int, seconds: int, *, family: bool, kernel: Any = None) -> None:  # noqa: ANN401
        """Hold a process.

        Args:
            process: its handle.
            memory: bytes that it, and all that it starts together, may hold.
            seconds: processor time that one process may use.
            family: it may start others, and needs what Windows gives programs with windows.
            kernel: the library to call; Windows' own where there is none.

        Raises:
            OSError: Windows does not allow it.
        """
        self._kernel = kernel or _kernel()
        self._job = self._kernel.CreateJobObjectW(None, None)
        if not self._job:
            raise OSError("no job object")
        limits = ExtendedLimits(ProcessMemoryLimit=memory, JobMemoryLimit=memory)
        basic = limits.BasicLimitInformation
        basic.PerProcessUserTimeLimit = seconds * _TICKS
        basic.LimitFlags = _PROCESS_TIME | _PROCESS_MEMORY | _JOB_MEMORY | _DIE_ON_UNHANDLED | _KILL_ON_CLOSE
        if not family:
            basic.LimitFlags |= _ACTIVE_PROCESSES
            basic.ActiveProcessLimit = 1
        try:
            self._set(_EXTENDED_LIMITS, limits)
            if not family:
                self._set(_UI_LIMITS, ctypes.c_uint32(_NO_UI))
            if not self._kernel.AssignProcessToJobObject(self._job, process):
                raise OSError("not in the job object")
        except OSError:
            self.close()
            raise

    def _set(self, kind: int, value: ctypes.Structure | ctypes.c_uint32) -> None:
        if not self._kernel.SetInformationJobObject(self._job, kind, ctypes.byref(value), ctypes.sizeof(value)):
            raise OSError("no limits for the job object")

    def close(self) -> None:
        """End whatever is held; may be called again."""
        job, self._job = self._job, None
        if job:
            self._kernel.CloseHandle(job)


def _kernel() -> Any:  # noqa: ANN401 - whatever the system's library offers
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
    kernel.SetInformationJobObject.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32)
    kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    kernel.CloseHandle.argtypes = (ctypes.c_void_p,)
    return kernel
