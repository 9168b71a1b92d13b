"""A pupil's attendance register, counted: percentage, health absence and the fifteenth day.

Fifteen school days, consecutive or over a school year, is where councils expect to hear of a pupil who is away for
health (E61, D91 and the Department for Education's guidance of 2023). No source says how to count them, so the rules
stand here in full. The unit is the session, half a school day.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Any, Final, Literal

from forms.kit.calendar import school_year
from forms.kit.codes import NO_MARK, REGISTER_CODES

Half = Literal["AM", "PM"]

THRESHOLD: Final = 15
_MARKABLE: Final = frozenset("NOU")


@dataclass(frozen=True, slots=True)
class Session:
    """One morning or afternoon of the register; ``code`` is a register code or ``NO_MARK``."""

    date: date
    session: Half
    code: str


@dataclass(frozen=True, slots=True)
class HealthRule:
    """Which absences count as health absence.

    Illness (I) always does, and a part-time timetable (C2) when its reason is health. Codes N, O and U count only for
    the sessions that the school has marked as health-related.
    """

    appointments: bool = True
    part_time: bool = False
    marked: Collection[tuple[date, Half]] = frozenset()

    def counts(self, session: Session) -> bool:
        """Whether the session was missed for health."""
        if session.code in _MARKABLE:
            return (session.date, session.session) in self.marked
        return session.code == "I" or (
            (session.code == "M" and self.appointments) or (session.code == "C2" and self.part_time)
        )


@dataclass(frozen=True, slots=True)
class Count:
    """What a register comes to.

    Attributes:
        possible: sessions that the pupil could have attended.
        attending: sessions in school or at an approved educational activity.
        percentage: attending of possible, one decimal; None when nothing was possible.
        health_sessions: sessions missed for health in the whole register.
        cumulative_days: days missed for health in the school year of the last session, in halves.
        longest_run: school days missed for health in full, one after another.
        reached_on: the day on which the run or the cumulative days came to fifteen.
        first, last: the dates between which there are sessions.
        persistently_absent: a tenth or more of the possible sessions missed, for whatever reason.
        severely_absent: half or more of them missed.
        unmarked: sessions without a mark, which count for nothing until somebody decides.
    """

    possible: int = 0
    attending: int = 0
    percentage: Decimal | None = None
    health_sessions: int = 0
    cumulative_days: Decimal = Decimal(0)
    longest_run: int = 0
    reached_on: date | None = None
    first: date | None = None
    last: date | None = None
    persistently_absent: bool = False
    severely_absent: bool = False
    unmarked: int = 0

    @property
    def fifteen_reached(self) -> bool:
        """Whether fifteen days were missed for health, consecutive or cumulative."""
        return self.reached_on is not None


@dataclass(frozen=True, slots=True)
class Week:
    """One row of the calendar: the codes of Monday to Friday as (morning, afternoon); "" where there is no session."""

    monday: date
    days: tuple[tuple[str, str], ...]


def register_sessions(raw: Mapping[str, Any]) -> tuple[Session, ...]:
    """The sessions of the register export among the raw answers; none when there is none or it cannot be read."""
    page = raw.get("attendance")
    register = page.get("register") if isinstance(page, Mapping) else None
    rows = register.get("sessions") if isinstance(register, Mapping) else None
    if not isinstance(rows, list):
        return ()
    try:
        sessions = tuple(Session(date.fromisoformat(row["date"]), row["session"], row["code"]) for row in rows)
    except (TypeError, ValueError, KeyError):
        return ()
    halves = {"AM", "PM"}
    fit = all(isinstance(one.code, str) and isinstance(one.session, str) and one.session in halves for one in sessions)
    return sessions if fit else ()


def count(sessions: Iterable[Session], rule: HealthRule | None = None) -> Count:
    """Count a register; of two entries for one session the later stands, and unknown codes count as no mark.

    Attendance is taken over all sessions given. The longest run looks across school years; the cumulative days are
    those of the school year in which the last session falls.
    """
    rule = rule or HealthRule()
    register = _in_order(sessions)
    if not register:
        return Count()
    known = [REGISTER_CODES[session.code] for session in register if session.code in REGISTER_CODES]
    possible = sum(code.possible for code in known)
    attending = sum(code.attending for code in known)
    health = [session.date for session in register if rule.counts(session)]
    this_year = [day for day in health if school_year(day) == school_year(register[-1].date)]
    longest, run_reached = _longest_run(register, rule)
    reached = [day for day in (run_reached, _nth(this_year, 2 * THRESHOLD)) if day]
    return Count(
        possible=possible,
        attending=attending,
        percentage=_percentage(attending, possible),
        health_sessions=len(health),
        cumulative_days=Decimal(len(this_year)) / 2,
        longest_run=longest,
        reached_on=min(reached, default=None),
        first=register[0].date,
        last=register[-1].date,
        persistently_absent=possible > 0 and 10 * (possible - attending) >= possible,
        severely_absent=possible > 0 and 2 * (possible - attending) >= possible,
        unmarked=len(register) - len(known),
    )


def calendar_weeks(sessions: Iterable[Session]) -> tuple[Week, ...]:
    """The weeks that hold sessions, in order, for drawing the register as a calendar; weekends are left out."""
    register = {(session.date, session.session): session.code for session in _in_order(sessions)}
    mondays = sorted({day - timedelta(days=day.weekday()) for day, _ in register if day.weekday() < 5})
    return tuple(
        Week(monday, tuple((register.get((day, "AM"), ""), register.get((day, "PM"), "")) for day in _five(monday)))
        for monday in mondays
    )


def _five(monday: date) -> tuple[date, ...]:
    return tuple(monday + timedelta(days=offset) for offset in range(5))


def _in_order(sessions: Iterable[Session]) -> list[Session]:
    latest = {(session.date, session.session): session for session in sessions}
    return [latest[key] for key in sorted(latest)]


def _nth(days: list[date], wanted: int) -> date | None:
    return days[wanted - 1] if len(days) >= wanted else None


def _percentage(attending: int, possible: int) -> Decimal | None:
    if not possible:
        return None
    return (Decimal(100 * attending) / possible).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _longest_run(register: list[Session], rule: HealthRule) -> tuple[int, date | None]:
    """The longest run in school days and the day on which a run first came to fifteen.

    A day on which both sessions were missed for health counts; a day with a session that was possible (or spent at
    another school, D) and not missed for health breaks the run; any other day, such as a closed or an unmarked one, or
    a half day missed for health, does neither.
    """
    longest, run, reached = 0, 0, None
    for day, of_day in groupby(register, key=lambda session: session.date):
        halves = list(of_day)
        health = sum(rule.counts(session) for session in halves)
        if health == 2:
            run += 1
        elif any(_expected(session) and not rule.counts(session) for session in halves):
            run = 0
        longest = max(longest, run)
        if run == THRESHOLD and reached is None:
            reached = day
    return longest, reached


def _expected(session: Session) -> bool:
    code = REGISTER_CODES.get(session.code)
    return code is not None and (code.possible or code.code == "D")


__all__ = [
    "NO_MARK",
    "THRESHOLD",
    "Count",
    "Half",
    "HealthRule",
    "Session",
    "Week",
    "calendar_weeks",
    "count",
    "school_year",
]
