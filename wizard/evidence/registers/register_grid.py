"""A register laid out as a grid: dates across the top, AM and PM beneath them, a pupil a row. Runs in the child.

The date may stand over the morning alone, as merged cells do, and may lack its year, or month and year; the title above
must then say them. A date that cannot be told for certain refuses the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from forms.kit.dates import MONTHS
from wizard.errors import EvidenceRefused
from wizard.evidence.registers.register_cells import WEEKDAYS, Unclear, read_date
from wizard.evidence.registers.register_source import TAKE, Line

_HALF: Final = {"am": "AM", "pm": "PM", "am session": "AM", "pm session": "PM"}
_BOTH: Final = re.compile(r"(.*\d.*?)[\s-]*\b(am|pm)", re.IGNORECASE)
_PARTIAL: Final = re.compile(
    r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s*)?(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    r"(?:[\s/.-]+(?P<month>\d{1,2}|[a-z]{3,9}))?",
    re.IGNORECASE | re.ASCII,
)
_IN_TITLE: Final = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\s+\d{4}", re.ASCII
)
_MONTH_IN_TITLE: Final = re.compile(r"([A-Za-z]{3,9})\s+(20\d\d)", re.ASCII)
_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")
_ONLY_MONTH: Final = 31


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid.

    Attributes:
        names: headings of the columns that are no sessions.
        sessions: column, day and half of each session.
    """

    names: list[str]
    sessions: tuple[tuple[int, date, str], ...]
    rows: tuple[tuple[int, list[str]], ...]


def find(lines: list[Line], at: int, title: tuple[str, ...], today: date) -> Grid | None:
    """The grid whose dates stand in this line, if it is one.

    Raises:
        EvidenceRefused: it is a grid, but its dates lack what no title says.
    """
    header = lines[at]
    two = lines[at + 1] if at + 1 < len(lines) else None
    if two is not None and (under := _halves(two.under(header))):
        dates = _filled(header.cells, under)
        names = [_either(header.cells, two.cells, column) for column in range(max(len(header.cells), len(two.cells)))]
        begin = at + 2
    else:
        split = {column: found for column, cell in enumerate(header.cells) if (found := _BOTH.fullmatch(cell.strip()))}
        under = {column: found[2].upper() for column, found in split.items()}
        dates = {column: found[1] for column, found in split.items()}
        names = list(header.cells)
        begin = at + 1
    if len(under) < 2 or len(dates) < len(under) or not all(_looks_like_date(text) for text in dates.values()):
        return None
    days = _dates(dates, title, today)
    sessions = tuple((column, days[column], half) for column, half in sorted(under.items()))
    rows = tuple((line.number, line.under(header)) for line in lines[begin:])
    return Grid(["" if column in under else name for column, name in enumerate(names)], sessions, rows)


def _halves(cells: list[str]) -> dict[int, str]:
    found = {column: _HALF.get(cell.strip().casefold(), "") for column, cell in enumerate(cells)}
    return {column: half for column, half in found.items() if half}


def _filled(cells: list[str], under: dict[int, str]) -> dict[int, str]:
    """The date over each session: its own column's, else, in the afternoon, that of the morning beside it."""
    dates: dict[int, str] = {}
    last = ""
    for column in sorted(under):
        own = cells[column].strip() if column < len(cells) else ""
        if own:
            last = own
        elif under[column] == "AM":
            last = ""
        if last:
            dates[column] = last
    return dates


def _either(one: list[str], other: list[str], column: int) -> str:
    cells = (row[column] for row in (other, one) if column < len(row))
    return next((cell for cell in cells if cell.strip()), "")


def _looks_like_date(text: str) -> bool:
    return _full(text) is not None or _PARTIAL.fullmatch(text.strip()) is not None


def _full(text: str) -> date | None:
    try:
        return read_date(text)
    except Unclear:
        return None


def _dates(texts: dict[int, str], title: tuple[str, ...], today: date) -> dict[int, date]:
    years, allowed = _said(title)
    days: dict[int, date] = {}
    for column, text in texts.items():
        whole = _full(text)
        fitting = set(_candidates(text, years, allowed)) if whole is None else {whole}
        if len(fitting) > 1:  # the years of "2026/27": a register is of days gone by
            fitting = {day for day in fitting if day <= today}
        if len(fitting) != 1:
            raise EvidenceRefused(
                "The dates in the header lack the month or the year, and nothing above them says which it is.",
                f"Write the period above the table, such as 07/09/2026 to 20/09/2026. Or: {TAKE}",
            )
        days[column] = fitting.pop()
    return days


def _said(title: tuple[str, ...]) -> tuple[set[int], set[date]]:
    """The years that the title names, and the days of the period or month that it speaks of."""
    text = "\n".join(title)
    dates = [day for one in _IN_TITLE.findall(text) if (day := _full(one)) is not None]
    years = {int(year) for year in _YEAR.findall(text)} | {day.year for day in dates}
    years |= {year + 1 for year in years if re.search(rf"{year}\s*[/-]\s*(?:20)?{(year + 1) % 100:02}", text)}
    allowed: set[date] = set()
    if len(dates) >= 2 and (max(dates) - min(dates)).days <= 400:
        allowed |= {min(dates) + timedelta(days=offset) for offset in range((max(dates) - min(dates)).days + 1)}
    elif len(dates) == 1:
        allowed |= {dates[0] + timedelta(days=offset) for offset in range(28)}
    for name, year in _MONTH_IN_TITLE.findall(text):
        number = _month(name)
        days = (date(int(year), number, 1) + timedelta(n) for n in range(_ONLY_MONTH if number else 0))
        allowed |= {day for day in days if day.month == number}
    return years, allowed


def _month(name: str) -> int:
    if name.isdecimal():
        return int(name)
    return next((number for number, month in enumerate(MONTHS, 1) if month.casefold().startswith(name.casefold())), 0)


def _candidates(text: str, years: set[int], allowed: set[date]) -> Iterator[date]:
    """The days that a date without its year, or without month and year, may be."""
    found = _PARTIAL.fullmatch(text.strip())
    if found is None:
        return
    number, weekday = int(found["day"]), (found["weekday"] or "").casefold()
    if found["month"]:
        for year in years:
            try:
                day = date(year, _month(found["month"]), number)
            except ValueError:
                continue
            if not weekday or WEEKDAYS[day.weekday()] == weekday:
                yield day
        return
    yield from (day for day in allowed if day.day == number and (not weekday or WEEKDAYS[day.weekday()] == weekday))
