"""A pupil's attendance register, counted: percentage, health absence and the fifteenth day.

Fifteen school days, consecutive or over a school year, is where councils expect to hear of a pupil who is away for
health (E61, D91 and the Department for Education's guidance of 2023). No source says how to count them, so the rules
stand here in full. The unit is the session, half a school day.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal, NamedTuple, TypedDict

from forms.kit.calendar import school_year
from forms.kit.codes import REGISTER_CODES

Half = Literal["AM", "PM"]

SICKNESS_RETURN: Final = 15
"""School days of illness in a school year of which a council is told."""

_MARKABLE: Final = frozenset("NOU")
_EXPECTED: Final = frozenset(code.code for code in REGISTER_CODES.values() if code.possible or code.code == "D")


class Session(NamedTuple):
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
        reached_on: the day on which the run or the cumulative days came to the council's number of days.
        illness_days: days of code I alone in the school year of the last session, in halves.
        illness_reached_on: the day on which these came to fifteen, of which a council is told.
        last_attended: the last day with a session in school or at an approved activity.
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
    illness_days: Decimal = Decimal(0)
    illness_reached_on: date | None = None
    last_attended: date | None = None
    first: date | None = None
    last: date | None = None
    persistently_absent: bool = False
    severely_absent: bool = False
    unmarked: int = 0

    def with_totals(self, possible: int, attending: int) -> "Count":
        """The same with attendance by other totals than those of the marks; days lost to health stay."""
        return replace(self, possible=possible, attending=attending, **_shares(possible, attending))


@dataclass(frozen=True, slots=True)
class Week:
    """One row of the calendar: the codes of Monday to Friday as (morning, afternoon); "" where there is no session."""

    monday: date
    days: tuple[tuple[str, str], ...]


def of_school_year(sessions: Iterable[Session], year: int) -> tuple[Session, ...]:
    """The sessions of the school year that began in a calendar year."""
    return tuple(one for one in sessions if school_year(one.date) == year)


def unmarked(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """The sessions without a known mark, in order."""
    return tuple(one for one in in_order(sessions) if one.code not in REGISTER_CODES)


def by_code(sessions: Iterable[Session]) -> list[tuple[str, int]]:
    """Each code with its number of sessions, the commonest first."""
    return sorted(Counter(one.code for one in sessions).items(), key=lambda pair: (-pair[1], pair[0]))


def by_month(sessions: Iterable[Session]) -> list[tuple[date, dict[str, int]]]:
    """The first of each month that holds sessions, with its numbers of sessions by code."""
    months: dict[date, Counter[str]] = {}
    for one in in_order(sessions):
        months.setdefault(one.date.replace(day=1), Counter())[one.code] += 1
    return [(month, dict(codes)) for month, codes in months.items()]


def sickness_return_due(found: Count | None, typed: Decimal, expected: Decimal, of_age: bool) -> bool:
    """Whether the council is to be told that a pupil of compulsory school age is or will be ill for fifteen days.

    Args:
        found: the register as counted; without one, ``typed`` counts.
        typed: days missed for health by the totals that were typed.
        expected: further days, from medical advice or a planned stay.
        of_age: the pupil is of compulsory school age.
    """
    so_far = typed if found is None else found.illness_days
    return of_age and so_far > 0 and so_far + expected >= SICKNESS_RETURN


def count(sessions: Iterable[Session], rule: HealthRule | None = None, threshold: int = 15) -> Count:
    """Count a register; of two entries for one session the later stands, and unknown codes count as no mark.

    Attendance is taken over all sessions given. The longest run looks across school years; the cumulative days are
    those of the school year in which the last session falls. ``threshold`` is the council's number of days, 0 for none.
    """
    rule = rule or HealthRule()
    register = in_order(sessions)
    if not register:
        return Count()
    possible, attending = attendance(register)
    missed = [rule.counts(session) for session in register]
    health = [session for session, counts in zip(register, missed, strict=True) if counts]
    year = school_year(register[-1].date)
    this_year = [one.date for one in of_school_year(health, year)]
    ill = [one.date for one in of_school_year(register, year) if one.code == "I"]
    longest, run_reached = _longest_run(register, missed, threshold)
    reached = [day for day in (run_reached, _nth(this_year, 2 * threshold)) if day]
    return Count(
        possible=possible,
        attending=attending,
        health_sessions=len(health),
        cumulative_days=Decimal(len(this_year)) / 2,
        longest_run=longest,
        reached_on=min(reached, default=None),
        illness_days=Decimal(len(ill)) / 2,
        illness_reached_on=_nth(ill, 2 * SICKNESS_RETURN),
        last_attended=next((one.date for one in reversed(register) if _attending(one)), None),
        first=register[0].date,
        last=register[-1].date,
        unmarked=sum(session.code not in REGISTER_CODES for session in register),
        **_shares(possible, attending),
    )


def _attending(session: Session) -> bool:
    code = REGISTER_CODES.get(session.code)
    return code is not None and code.attending


class _Shares(TypedDict):
    percentage: Decimal | None
    persistently_absent: bool
    severely_absent: bool


def _shares(possible: int, attending: int) -> _Shares:
    """What attendance comes to: a tenth missed is persistent absence, half is severe."""
    return {
        "percentage": _percentage(attending, possible),
        "persistently_absent": possible > 0 and 10 * (possible - attending) >= possible,
        "severely_absent": possible > 0 and 2 * (possible - attending) >= possible,
    }


def calendar_weeks(sessions: Iterable[Session]) -> tuple[Week, ...]:
    """The weeks that hold sessions, in order, for drawing the register as a calendar; weekends are left out."""
    register = {(session.date, session.session): session.code for session in in_order(sessions)}
    mondays = sorted({day - timedelta(days=day.weekday()) for day, _ in register if day.weekday() < 5})
    return tuple(
        Week(monday, tuple((register.get((day, "AM"), ""), register.get((day, "PM"), "")) for day in _five(monday)))
        for monday in mondays
    )


def _five(monday: date) -> tuple[date, ...]:
    return tuple(monday + timedelta(days=offset) for offset in range(5))


def in_order(sessions: Iterable[Session]) -> list[Session]:
    """The sessions by date and half; of two entries for one session the later stands."""
    latest = {session[:2]: session for session in sessions}
    return [latest[key] for key in sorted(latest)]


def _nth(days: list[date], wanted: int) -> date | None:
    return days[wanted - 1] if 0 < wanted <= len(days) else None


def _percentage(attending: int, possible: int) -> Decimal | None:
    if not possible:
        return None
    return (Decimal(100 * attending) / possible).quantize(Decimal("0.1"), ROUND_HALF_UP)


def attendance(register: Iterable[Session]) -> tuple[int, int]:
    """Possible sessions, and those of them that were attended."""
    found = [(REGISTER_CODES[code], n) for code, n in by_code(register) if code in REGISTER_CODES]
    return sum(n for code, n in found if code.possible), sum(n for code, n in found if code.attending)


def _longest_run(register: list[Session], missed: list[bool], threshold: int) -> tuple[int, date | None]:
    """The longest run in school days and the day on which a run first came to the threshold.

    A day on which both sessions were missed for health counts; a day with a session that was possible (or spent at
    another school, D) and not missed for health breaks the run; any other day, such as a closed or an unmarked one, or
    a half day missed for health, does neither.
    """
    lost = Counter(session.date for session, health in zip(register, missed, strict=True) if health)
    kept = {one.date for one, health in zip(register, missed, strict=True) if not health and one.code in _EXPECTED}
    longest, run, reached = 0, 0, None
    for day in dict.fromkeys(session.date for session in register):
        if lost[day] == 2:
            run += 1
        elif day in kept:
            run = 0
        longest = max(longest, run)
        if 0 < threshold == run and reached is None:
            reached = day
    return longest, reached
