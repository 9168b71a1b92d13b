"""School years, ages and school days in England; pure, without a clock.

School years run from 1 September.
"""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache
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
