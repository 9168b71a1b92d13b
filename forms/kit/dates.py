"""Dates as they are said in English. Not strftime, whose names follow the language that Qt sets for the process."""

from datetime import date, datetime
from typing import Final

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def month_number(words: str) -> int:
    """The month that a figure, a name or the beginning of a name stands for; 0 for none."""
    if words.isdigit():
        return int(words)
    return next((number for number, name in enumerate(MONTHS, 1) if name.casefold().startswith(words.casefold())), 0)


def month(when: date) -> str:
    """``November``."""
    return MONTHS[when.month - 1]


def short_month(when: date) -> str:
    """``Nov``."""
    return month(when)[:3]


def long_day(when: date) -> str:
    """``3 November 2026``."""
    return f"{when.day} {month(when)} {when.year}"


def short_day(when: date) -> str:
    """``3 Nov``."""
    return f"{when.day} {short_month(when)}"


def weekday(when: date) -> str:
    """``Tuesday 3 November``."""
    return f"{WEEKDAYS[when.weekday()]} {when.day} {month(when)}"


def moment(when: datetime) -> str:
    """``3 November 2026, 15:41``; midnight is no time of day."""
    return long_day(when) if (when.hour, when.minute) == (0, 0) else f"{long_day(when)}, {when:%H:%M}"
