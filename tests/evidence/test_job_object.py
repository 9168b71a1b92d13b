"""The job object as far as it can be tried without Windows: its structures, and what is asked of the system."""

import ctypes
from typing import Any

import pytest

from wizard.evidence.confined.job_object import BasicLimits, ExtendedLimits, JobObject

JOB, PROCESS = 40, 41


class Kernel:
    """Takes down what is asked; refuses one thing."""

    def __init__(self, refuses: str = "") -> None:
        self.refuses, self.asked, self.limits, self.windows = refuses, [], ExtendedLimits(), 0

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any) -> int:
            self.asked.append((name, arguments[0]))
            if name == "SetInformationJobObject":
                kind, pointer, size = arguments[1:]
                target = self.limits if kind == 9 else ctypes.c_uint32()
                ctypes.memmove(ctypes.byref(target), pointer, size)
                self.windows = self.windows if kind == 9 else target.value
                assert size == ctypes.sizeof(target)
            return 0 if name == self.refuses else JOB

        return call


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="the sizes are those of 64-bit Windows")
def test_the_structures_are_as_long_as_windows_has_them() -> None:
    assert ctypes.sizeof(BasicLimits) == 64
    assert ctypes.sizeof(ExtendedLimits) == 144
    assert (BasicLimits.LimitFlags.offset, BasicLimits.ActiveProcessLimit.offset) == (16, 40)
    assert (ExtendedLimits.ProcessMemoryLimit.offset, ExtendedLimits.JobMemoryLimit.offset) == (112, 120)


def test_a_child_is_one_process_with_limits_and_without_windows_before_it_is_held() -> None:
    kernel = Kernel()
    job = JobObject(PROCESS, 2 << 30, 60, family=False, kernel=kernel)
    assert [name for name, _ in kernel.asked][-1] == "AssignProcessToJobObject"
    assert kernel.limits.ProcessMemoryLimit == kernel.limits.JobMemoryLimit == 2 << 30
    basic = kernel.limits.BasicLimitInformation
    assert (basic.PerProcessUserTimeLimit, basic.ActiveProcessLimit) == (600_000_000, 1)
    assert basic.LimitFlags == 0x2 | 0x8 | 0x100 | 0x200 | 0x400 | 0x2000
    assert kernel.windows == 0xFF
    job.close()
    job.close()
    assert [one for one in kernel.asked if one[0] == "CloseHandle"] == [("CloseHandle", JOB)]


def test_a_program_may_start_others_that_end_with_it() -> None:
    kernel = Kernel()
    JobObject(PROCESS, 3 << 30, 120, family=True, kernel=kernel)
    assert kernel.limits.BasicLimitInformation.LimitFlags == 0x2 | 0x100 | 0x200 | 0x400 | 0x2000
    assert kernel.windows == 0


@pytest.mark.parametrize("refuses", ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"])
def test_without_a_job_object_nothing_is_read(refuses: str) -> None:
    kernel = Kernel(refuses)
    with pytest.raises(OSError, match="job object"):
        JobObject(PROCESS, 1, 1, family=False, kernel=kernel)
    assert (kernel.asked[-1][0] == "CloseHandle") == (refuses != "CreateJobObjectW")
