"""A pupil's attendance register, counted: percentage, health absence and the fifteenth day.

Fifteen school days, consecutive or over a school year, is where councils expect to hear of a pupil who is away for
health (E61, D91 and the Department for Education's guidance of 2023). No source says how to count them, so the rules
stand here in full. The unit is the session, half a school day.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, Literal, NamedTuple, TypedDict, TypeVar

from pydantic import ValidationError

from forms.kit.ask import Card
from forms.kit.calendar import school_year
from forms.kit.codes import REGISTER_CODES
from forms.register import ForHealth, Settled

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

    @classmethod
    def of(cls, raw: Mapping[str, Any], sessions: Iterable[Session]) -> "HealthRule":
        """The rule that the raw answers make: what the school says of codes M and C2, and of single absences."""
        page = _page(raw)
        spans = [(card.first, card.last or card.first) for card in _cards(page, "for_health", ForHealth)]
        marked = frozenset(
            (one.date, one.session) for one in sessions if any(first <= one.date <= last for first, last in spans)
        )
        return cls(page.get("appointments") != "no", page.get("part_time_health") == "yes", marked)

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


def register_sessions(raw: Mapping[str, Any]) -> tuple[Session, ...]:
    """The sessions of the register export among the raw answers; none when there is none or it cannot be read.

    Sessions without a mark have the code that the school says they should have.
    """
    page = _page(raw)
    register = page.get("register")
    rows = register.get("sessions") if isinstance(register, Mapping) else None
    if not isinstance(rows, list):
        return ()
    try:
        sessions = tuple(Session(date.fromisoformat(row["date"]), row["session"], row["code"]) for row in rows)
    except (TypeError, ValueError, KeyError):
        return ()
    fit = all(half in ("AM", "PM") and isinstance(code, str) for _, half, code in sessions)
    return _settled(sessions, page) if fit else ()


def counted(raw: Mapping[str, Any], threshold: int, sessions: tuple[Session, ...] | None = None) -> Count | None:
    """The register among the raw answers, counted by what the school says about it; ``None`` without a register.

    Attendance is that of the school year of the last session. ``sessions`` are those of the same answers, where they
    are known already.
    """
    sessions = register_sessions(raw) if sessions is None else sessions
    if not sessions:
        return None
    found = count(sessions, HealthRule.of(raw, sessions), threshold)
    year = school_year(max(one.date for one in sessions))
    return found.with_totals(*(stated(raw) or _attendance(_in_order(of_school_year(sessions, year)))))


def stated(raw: Mapping[str, Any]) -> tuple[int, int] | None:
    """Possible and attended sessions by the export itself, where the school says that these are right."""
    page = _page(raw)
    register = page.get("register")
    totals = register.get("totals") if isinstance(register, Mapping) else None
    if page.get("totals_of") != "file" or not isinstance(totals, Mapping):
        return None
    possible, attended = totals.get("possible"), totals.get("attended")
    if type(possible) is not int or type(attended) is not int or not 0 <= attended <= possible:
        return None
    return possible, attended


def of_school_year(sessions: Iterable[Session], year: int) -> tuple[Session, ...]:
    """The sessions of the school year that began in a calendar year."""
    return tuple(one for one in sessions if school_year(one.date) == year)


def unmarked(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """The sessions without a known mark, in order."""
    return tuple(one for one in _in_order(sessions) if one.code not in REGISTER_CODES)


def by_code(sessions: Iterable[Session]) -> list[tuple[str, int]]:
    """Each code with its number of sessions, the commonest first."""
    return sorted(Counter(one.code for one in sessions).items(), key=lambda pair: (-pair[1], pair[0]))


def by_month(sessions: Iterable[Session]) -> list[tuple[date, dict[str, int]]]:
    """The first of each month that holds sessions, with its numbers of sessions by code."""
    months: dict[date, Counter[str]] = {}
    for one in _in_order(sessions):
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
    register = _in_order(sessions)
    if not register:
        return Count()
    possible, attending = _attendance(register)
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


def _page(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    page = raw.get("attendance")
    return page if isinstance(page, Mapping) else {}


C = TypeVar("C", bound=Card)


def _cards(page: Mapping[str, Any], name: str, model: type[C]) -> Iterator[C]:
    """The cards of a raw answer that are good."""
    cards = page.get(name)
    for card in cards if isinstance(cards, list | tuple) else ():
        with suppress(ValidationError):
            given = card.items() if isinstance(card, Mapping) else ()
            yield model.model_validate({name: value for name, value in given if value not in ("", None, {})})


def _settled(sessions: tuple[Session, ...], page: Mapping[str, Any]) -> tuple[Session, ...]:
    said = list(_cards(page, "settled", Settled))
    if not said:
        return sessions

    def code(one: Session) -> str:
        for card in said:
            half = card.half in (None, "both", one.session)
            if one.code not in REGISTER_CODES and half and card.first <= one.date <= (card.last or card.first):
                return card.code
        return one.code

    return tuple(one._replace(code=code(one)) for one in sessions)


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
    register = {(session.date, session.session): session.code for session in _in_order(sessions)}
    mondays = sorted({day - timedelta(days=day.weekday()) for day, _ in register if day.weekday() < 5})
    return tuple(
        Week(monday, tuple((register.get((day, "AM"), ""), register.get((day, "PM"), "")) for day in _five(monday)))
        for monday in mondays
    )


def _five(monday: date) -> tuple[date, ...]:
    return tuple(monday + timedelta(days=offset) for offset in range(5))


def _in_order(sessions: Iterable[Session]) -> list[Session]:
    latest = {session[:2]: session for session in sessions}
    return [latest[key] for key in sorted(latest)]


def _nth(days: list[date], wanted: int) -> date | None:
    return days[wanted - 1] if 0 < wanted <= len(days) else None


def _percentage(attending: int, possible: int) -> Decimal | None:
    if not possible:
        return None
    return (Decimal(100 * attending) / possible).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _attendance(register: Iterable[Session]) -> tuple[int, int]:
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
