"""Dates and times as the pack prints them."""

from datetime import date, datetime

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip  # not strftime, whose names follow the computer's language


def day(when: date) -> str:
    """Return a date such as ``3 November 2026``."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def moment(when: datetime) -> str:
    """Return a date with the time of day, such as ``3 November 2026, 15:41``; midnight is no time of day."""
    return day(when) if (when.hour, when.minute) == (0, 0) else f"{day(when)}, {when:%H:%M}"


def month(when: date) -> str:
    """Return a month's short name, such as ``Nov``."""
    return _MONTHS[when.month - 1][:3]


def spelled(number: int) -> str:
    """Return a number in words where it is small."""
    words = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[number] if number < len(words) else str(number)


def few(number: int, one: str, many: str) -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many}"
