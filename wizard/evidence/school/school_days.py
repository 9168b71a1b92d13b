"""Dates, and yes and no, as the systems of schools write them. Day first, then month; never the other way round."""

import re
from datetime import date, timedelta
from typing import Final

from forms.kit.dates import month_number

_TIME: Final = r"(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[AaPp][Mm])?(?:Z|[+-]\d{2}:?\d{2})?)?"
_SHAPES: Final = tuple(
    re.compile(shape + _TIME, re.ASCII)
    for shape in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4}|\d{2})",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[-/. ]+(?P<month>[A-Za-z]{3,9})\.?,?[-/. ]+(?P<year>\d{4}|\d{2})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    )
)
_SERIAL: Final = re.compile(r"\d{5}(?:\.0+)?", re.ASCII)
_MONTH_FIRST: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})" + _TIME, re.ASCII)

_YES: Final = frozenset({"true", "t", "yes", "y", "1", "✓", "✔", "eligible"})
_NO: Final = frozenset({"false", "f", "no", "n", "0", "✗", "✘", "none", "not eligible"})


def read_day(text: str, today: date) -> date | None:
    """A date in any of the ways that exports use, a spreadsheet's number of a day included; ``None`` if it is none.

    Two figures of a year stand for the latest such year that is not to come.
    """
    text = " ".join(text.split())
    if _SERIAL.fullmatch(text):
        days = int(float(text))
        return date(1899, 12, 30) + timedelta(days) if 20_000 <= days <= 80_000 else None
    found = next((match for shape in _SHAPES if (match := shape.fullmatch(text))), None)
    if found is None:
        return None
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += today.year // 100 * 100
        year -= 100 if year > today.year else 0
    try:
        return date(year, month_number(found["month"]), int(found["day"]))
    except ValueError:
        return None


def month_first(text: str) -> bool:
    """Whether a date can only be meant with the month before the day."""
    found = _MONTH_FIRST.fullmatch(" ".join(text.split()))
    return bool(found) and int(found[1]) <= 12 < int(found[2]) <= 31 if found else False


def yes_no(text: str) -> str:
    """``yes``, ``no``, or nothing where it says neither."""
    words = text.strip().casefold()
    return "yes" if words in _YES else "no" if words in _NO else ""
