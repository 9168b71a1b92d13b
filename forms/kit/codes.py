"""Code lists that schools use: what each code means and how it counts.

Attendance: the codes of the School Attendance (Pupil Registration) (England) Regulations 2024, regulation 10, in force
since 19 August 2024, with the statistical class that the Department for Education gives each, and the codes withdrawn
before then, which an older register may still hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

NO_MARK: Final = "-"


class Attendance(StrEnum):
    """The statistical class of a register code."""

    PRESENT = "present"
    APPROVED = "approved educational activity"
    AUTHORISED = "authorised absence"
    UNAUTHORISED = "unauthorised absence"
    NOT_POSSIBLE = "not a possible attendance"
    NOT_COUNTED = "not counted"


@dataclass(frozen=True, slots=True)
class RegisterCode:
    """One code of the attendance register."""

    code: str
    meaning: str
    counts_as: Attendance
    legacy: bool = False

    @property
    def possible(self) -> bool:
        """Whether the session counts as one the pupil could have attended."""
        return self.counts_as not in (Attendance.NOT_POSSIBLE, Attendance.NOT_COUNTED)

    @property
    def attending(self) -> bool:
        """Whether the pupil was in school, or at an activity that counts like being there."""
        return self.counts_as in (Attendance.PRESENT, Attendance.APPROVED)


_CURRENT: Final = (
    ("/", "present in the morning", Attendance.PRESENT),
    ("\\", "present in the afternoon", Attendance.PRESENT),
    ("L", "late, before the register closed", Attendance.PRESENT),
    ("K", "at education arranged by the local authority", Attendance.APPROVED),
    ("V", "on an educational visit or trip", Attendance.APPROVED),
    ("P", "at an approved sporting activity", Attendance.APPROVED),
    ("W", "on work experience", Attendance.APPROVED),
    ("B", "at another off-site educational activity arranged by the school", Attendance.APPROVED),
    ("D", "dual registered, expected at the other school", Attendance.NOT_POSSIBLE),
    ("C", "leave of absence in exceptional circumstances", Attendance.AUTHORISED),
    ("C1", "leave for a regulated performance or employment abroad", Attendance.AUTHORISED),
    ("C2", "leave under a part-time timetable", Attendance.AUTHORISED),
    ("E", "suspended or excluded, without other provision", Attendance.AUTHORISED),
    ("I", "ill, physically or mentally", Attendance.AUTHORISED),
    ("J1", "at an interview for work or for a place", Attendance.AUTHORISED),
    ("M", "at a medical or dental appointment", Attendance.AUTHORISED),
    ("R", "religious observance", Attendance.AUTHORISED),
    ("S", "study leave", Attendance.AUTHORISED),
    ("T", "travelling with a parent for the parent's work", Attendance.AUTHORISED),
    ("G", "on holiday without leave", Attendance.UNAUTHORISED),
    ("N", "reason not yet known", Attendance.UNAUTHORISED),
    ("O", "absent, no other code applies", Attendance.UNAUTHORISED),
    ("U", "arrived after the register closed", Attendance.UNAUTHORISED),
    ("Q", "access arrangements of the local authority missing", Attendance.NOT_POSSIBLE),
    ("X", "not of compulsory school age and not expected", Attendance.NOT_POSSIBLE),
    ("Y1", "transport normally provided was not there", Attendance.NOT_POSSIBLE),
    ("Y2", "travel widely disrupted by an emergency", Attendance.NOT_POSSIBLE),
    ("Y3", "part of the premises out of use", Attendance.NOT_POSSIBLE),
    ("Y4", "school closed unexpectedly", Attendance.NOT_POSSIBLE),
    ("Y5", "held by the police or courts", Attendance.NOT_POSSIBLE),
    ("Y6", "attendance forbidden by public health rules", Attendance.NOT_POSSIBLE),
    ("Y7", "another unavoidable cause", Attendance.NOT_POSSIBLE),
    ("Z", "not yet on roll", Attendance.NOT_COUNTED),
    ("#", "planned closure of the whole school", Attendance.NOT_COUNTED),
)

_WITHDRAWN: Final = (
    ("F", "extended family holiday with leave", Attendance.AUTHORISED),
    ("H", "family holiday with leave", Attendance.AUTHORISED),
    ("J", "at an interview", Attendance.APPROVED),
    ("Y", "unable to attend through exceptional circumstances", Attendance.NOT_POSSIBLE),
)

REGISTER_CODES: Final[Mapping[str, RegisterCode]] = MappingProxyType(
    {code: RegisterCode(code, meaning, kind) for code, meaning, kind in _CURRENT}
    | {code: RegisterCode(code, meaning, kind, legacy=True) for code, meaning, kind in _WITHDRAWN}
)
"""Every known register code by its letter; a session without a mark is ``NO_MARK`` and is not among them."""
