"""School years, ages and school days in England; pure, without a clock.

School years run from 1 September.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Final

_PRESCRIBED_DAYS: Final = ((3, 31), (8, 31), (12, 31))
"""Month and day on which compulsory school age begins (Education Act 1996, section 8)."""


def age(born: date, on: date) -> int:
    """Full years of age; someone born on 29 February grows older on 1 March of a common year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def school_year(on: date) -> int:
    """The calendar year in which the school year of a day began."""
    return on.year if on.month >= 9 else on.year - 1


def year_group(born: date, on: date) -> int:
    """National curriculum year by age alone: reception is 0, nursery below it."""
    return age(born, date(school_year(on), 8, 31)) - 4


def year_name(year: int) -> str:
    """A year group as schools say it: ``Reception``, ``Year 9``."""
    if year < 0:
        return "Nursery"
    return "Reception" if year == 0 else f"Year {year}"


def key_stage(year: int) -> str:
    """Key stage of a year group: ``EYFS`` up to reception, then ``KS1`` to ``KS5``."""
    for last, stage in ((0, "EYFS"), (2, "KS1"), (6, "KS2"), (9, "KS3"), (11, "KS4")):
        if year <= last:
            return stage
    return "KS5"


def compulsory_age(born: date) -> tuple[date, date]:
    """First and last day of compulsory school age (Education Act 1996, section 8).

    It begins on the prescribed day on or after the fifth birthday, and ends on the last Friday in June of the school
    year in which the pupil turns sixteen.
    """
    fifth = _birthday(born, 5)
    days = (date(fifth.year, month, day) for month, day in _PRESCRIBED_DAYS)
    start = next(day for day in days if day >= fifth)
    return start, last_friday_in_june(school_year(_birthday(born, 16)) + 1)


_DAYS_BEFORE_TERM: Final = 7
"""Days of September on which an autumn term may not have begun yet."""


def earlier_leaving_date(born: date) -> date | None:
    """The other end that compulsory school age may have had, for someone who turns sixteen before the autumn term.

    By the letter of the Act (section 579) a school year begins with the first term after July: who turns sixteen in
    the first days of September, before term, may have left compulsory school age in June already. Only the council
    can settle it; ``None`` for everybody else.
    """
    sixteen = _birthday(born, 16)
    if sixteen.month != 9 or sixteen.day > _DAYS_BEFORE_TERM:
        return None
    return last_friday_in_june(sixteen.year)


def last_friday_in_june(year: int) -> date:
    """The school leaving date of a calendar year."""
    end = date(year, 6, 30)
    return end - timedelta(days=(end.weekday() - 4) % 7)


def _birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:  # 29 February in a common year
        return date(born.year + years, 3, 1)


@lru_cache(maxsize=16)
def bank_holidays(year: int) -> frozenset[date]:
    """Bank holidays in England, substitute days included."""
    import holidays

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_school_day(day: date, closed: Collection[date] = ()) -> bool:
    """Whether a school meets: a weekday that is neither a bank holiday nor among the school's closed days."""
    return day.weekday() < 5 and day not in bank_holidays(day.year) and day not in closed


def add_school_days(day: date, count: int, closed: Collection[date] = ()) -> date:
    """The school day that lies this many after a day, which does not count itself."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_school_day(day, closed)
    return day


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


LONGEST_HOLIDAY: Final = 56
"""Days without school between two terms; after more, a term is taken to be missing from the calendar."""
SUMMER: Final = (6, 9)
"""Months in which the last term of a school year ends at the earliest, and the first begins at the latest."""


@dataclass(frozen=True)
class SchoolCalendar:
    """A school's own days, as far as they are known.

    Beyond the terms that are known, and without any, every weekday counts that is no bank holiday in England.

    Attributes:
        terms: in any order.
        closed: half terms, INSET days and closures.
    """

    terms: tuple[Span, ...] = ()
    closed: tuple[Span, ...] = ()

    @cached_property
    def known(self) -> tuple[Span, ...]:
        """Stretches of days of which the terms say whether they are term or holiday, the summer around them too."""
        found: list[Span] = []
        for term in sorted(self.terms, key=lambda span: span.first):
            if found and (term.first - found[-1].last).days <= LONGEST_HOLIDAY:
                found[-1] = Span(found[-1].first, max(found[-1].last, term.last))
            else:
                found.append(term)
        return tuple(Span(_summer_begun(span.first), _summer_ended(span.last)) for span in found)

    def knows(self, day: date) -> bool:
        """Whether the calendar reaches this day."""
        return any(day in span for span in self.known)

    def is_school_day(self, day: date) -> bool:
        """Whether the school meets."""
        if not is_school_day(day) or any(day in span for span in self.closed):
            return False
        return not self.knows(day) or any(day in term for term in self.terms)

    def add_school_days(self, day: date, count: int) -> date:
        """The school day that lies this many after a day, which does not count itself; at most the end of time."""
        while count > 0 and day < date.max:
            day += timedelta(days=1)
            count -= self.is_school_day(day)
        return day

    def school_days_between(self, start: date, end: date) -> int:
        """School days after the start, up to and with the end."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(self.is_school_day(day) for day in days)

    def next_weekday(self, day: date, weekday: int = 0) -> date:
        """The first such weekday (Monday is 0) after a day, holidays or not: then the council alone knows (D45)."""
        return days_later(day, 7 - (day.weekday() - weekday) % 7)

    def minutes_due(self, meeting: date) -> date:
        """The last day for the minutes of a meeting: five school days after it (E97)."""
        return self.add_school_days(meeting, 5)

    def reviews(self, start: date, count: int) -> tuple[date, ...]:
        """The first reviews after a start: every 42 days, brought forward to a school day (E77).

        Brought forward they stay within seven school weeks. Where there is no school at all between one review and
        the next, that one is on the first school day after.
        """
        found, before = [], start
        for number in range(1, count + 1):
            due = day = days_later(start, 42 * number)
            while day > before and not self.is_school_day(day):
                day -= timedelta(days=1)
            before = day if day > before else self.add_school_days(due, 1)
            found.append(before)
        return tuple(found)


def days_later(day: date, days: int) -> date:
    """So many calendar days after a day, and no later than the last day that can be written."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def is_bank_holiday(day: date) -> bool:
    """Whether a day is a bank holiday in England."""
    return day in bank_holidays(day.year)


def week_twelve(start: date) -> date:
    """The day on which twelve weeks of provision are over: 84 days after its start (E78, E81)."""
    return days_later(start, 84)


def _summer_begun(first: date) -> date:
    """A first term is preceded by the summer holiday."""
    return date(first.year, 8, 1) if 8 <= first.month <= SUMMER[1] else first


def _summer_ended(last: date) -> date:
    """A last term is followed by the summer holiday."""
    return date(last.year, 8, 31) if SUMMER[0] <= last.month <= 8 else last
