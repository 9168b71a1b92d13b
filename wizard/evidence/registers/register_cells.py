"""Single cells of a register export: a date, a mark, the marks of a week. What is doubtful raises `Unclear`."""

import re
from datetime import date, timedelta
from typing import Final

from forms.kit.codes import NO_MARK, REGISTER_CODES
from forms.kit.dates import month_number

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY: Final = r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_TIME: Final = r"(?:[T\s]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_DATES: Final = tuple(
    re.compile(_WEEKDAY + body + _TIME, re.ASCII | re.IGNORECASE)
    for body in (
        r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})",
        r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s/.-]+(?P<month>[a-z]{3,9})\.?,?[\s/.-]+(?P<year>\d{4}|\d{2})",
    )
)
_SERIAL: Final = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_EPOCH: Final = date(1899, 12, 30)
FIRST_SERIAL: Final = 36_526
LAST_SERIAL: Final = 73_050
"""Days of 2000 to 2099 as spreadsheets number them."""
_LOOKALIKES: Final = str.maketrans(
    {"⁄": "/", "∕": "/", "／": "/", "＼": "\\", "∖": "\\", "∧": "/\\", "⋀": "/\\", "–": "-", "—": "-", "−": "-"}
)
_TOKEN: Final = re.compile(r"[A-Za-z]\d{0,2}|[^A-Za-z\s]", re.ASCII)
_SHAPES: Final = frozenset({(10,), (14,), (2,) * 5, (2,) * 7, (1,) * 10, (1,) * 14})
_SUBCODE: Final = re.compile(r"([A-Z])\d{1,2}", re.ASCII)
_CODE_FIRST: Final = re.compile(r"([A-Z]\d?|[/\\#])(\s*[-:=]\s*|\s+)(\S.*)", re.ASCII)
_CODE_LAST: Final = re.compile(r".*\((?:code )?([A-Z]\d?|[/\\#])\)", re.ASCII | re.IGNORECASE)

WORDS: Final = {
    "present": "/", "in school": "/", "attended": "/", "illness": "I", "ill": "I", "sick": "I", "sickness": "I",
    "medical": "M", "medical appointment": "M", "dental appointment": "M", "medical dental appointment": "M",
    "medical or dental appointment": "M", "late": "L", "late before registers closed": "L",
    "late before register closed": "L", "late after registers closed": "U", "late after register closed": "U",
    "educated off site": "B", "off site educational activity": "B", "dual registered": "D", "dual registration": "D",
    "suspended": "E", "suspension": "E", "excluded": "E", "exclusion": "E", "leave of absence": "C",
    "exceptional circumstances": "C", "part time timetable": "C2", "holiday not agreed": "G",
    "unauthorised holiday": "G", "holiday not authorised": "G", "agreed family holiday": "H",
    "authorised holiday": "H", "no reason yet": "N", "no reason yet provided": "N", "reason not yet established": "N",
    "unauthorised": "O", "unauthorised absence": "O", "religious observance": "R", "study leave": "S",
    "traveller absence": "T", "educational visit": "V", "educational visit or trip": "V", "school trip": "V",
    "visit": "V", "sporting activity": "P", "approved sporting activity": "P", "work experience": "W",
    "interview": "J1", "not required to attend": "X", "school closed": "#", "closed": "#", "planned closure": "#",
    "school holiday": "#", "bank holiday": "#", "inset": "#", "inset day": "#", "half term": "#",
    "no mark": NO_MARK, "not marked": NO_MARK, "missing": NO_MARK, "missing mark": NO_MARK,
}  # fmt: skip
"""Words that stand in place of a code in some exports; only those with one meaning ("absent" has several)."""


class Unclear(ValueError):
    """The cell could mean several things, or nothing known; the text says which, without the cell's content."""


def read_date(cell: str) -> date:
    """Read day/month/year, year-month-day, a date with the month in letters, or a spreadsheet's number of a day.

    A weekday beside it must agree.
    """
    text = cell.strip()
    if _SERIAL.fullmatch(text) and FIRST_SERIAL <= int(text[:5]) <= LAST_SERIAL:
        return _EPOCH + timedelta(days=int(text[:5]))
    match = next((found for pattern in _DATES if (found := pattern.fullmatch(text))), None)
    if match is None:
        raise Unclear("the date is missing" if not text else "the date is not written as day, month, year")
    year = int(match["year"])
    try:
        day = date(year + 2000 if year < 100 else year, month_number(match["month"]), int(match["day"]))
    except ValueError:
        raise Unclear("there is no such date (day first, then month)") from None
    if not 2000 <= day.year <= 2099:
        raise Unclear("the year is outside 2000 to 2099")
    check_weekday(match["weekday"] or "", day)
    return day


def check_weekday(cell: str, day: date) -> None:
    """Refuse a date that is not the day of the week written beside it: day and month may be swapped."""
    weekday = cell.strip().casefold()[:3]
    if weekday in WEEKDAYS and WEEKDAYS[day.weekday()] != weekday:
        raise Unclear("the date is not the weekday written beside it")


def read_mark(cell: str, half: str) -> tuple[str, str]:
    r"""Return the register code of a cell, and what had to be understood on the way ("" for nothing).

    A present mark is given as / in the morning and \ in the afternoon. An empty cell or a dash is ``NO_MARK``.
    """
    text = " ".join(cell.translate(_LOOKALIKES).split())
    if text in ("", NO_MARK):
        return NO_MARK, ""
    code, note = _code(text)
    if code in ("/", "\\"):
        present = "/" if half == "AM" else "\\"
        return present, note or ("" if code == present else "present in the other half's sign")
    return code, note


def _code(text: str) -> tuple[str, str]:
    upper = text.upper()
    if upper in REGISTER_CODES:
        return upper, ""
    if text == "\\\\":
        return "\\", "doubled backslash"
    if (match := _SUBCODE.fullmatch(upper)) and match[1] in REGISTER_CODES:
        return match[1], f"{upper} as {match[1]}"
    if code := _in_words(text):
        return code, "words"
    if upper.isdecimal():
        raise Unclear("a figure alone is not a register code")
    raise Unclear("the mark is not a register code")


def _in_words(text: str) -> str:
    for pattern in (_CODE_LAST, _CODE_FIRST):
        match = pattern.fullmatch(text)
        if match and (code := match[1].upper()) in REGISTER_CODES:
            spaced_only = pattern is _CODE_FIRST and not match[2].strip()
            if not spaced_only or _meaning(match[3]) == code:
                return code
    return _meaning(text)


def _meaning(text: str) -> str:
    words = re.findall(r"[a-z]+", text.casefold())
    if len(words) > 1 and words[-1] in ("am", "pm"):
        del words[-1]
    return WORDS.get(" ".join(words), "")


def week_marks(cell: str) -> tuple[list[str], str]:
    """Split the marks of a week, written together, by day or one by one; 10 for Monday to Friday, 14 with the weekend.

    Returns the marks and what had to be understood on the way.
    """
    text = cell.translate(_LOOKALIKES)
    for candidate, note in ((text, ""), (text.replace("\\\\", "\\"), "doubled backslash")):
        chunks = [_TOKEN.findall(chunk) for chunk in candidate.split()]
        if tuple(map(len, chunks)) in _SHAPES and not re.search("[A-Za-z][a-z]", candidate):
            return [token for chunk in chunks for token in chunk], note
    raise Unclear("a week needs 10 marks, or 14 with the weekend")


def day_marks(cell: str) -> tuple[str, str]:
    """Split the two marks of one day in a week; an empty cell holds none."""
    tokens = _TOKEN.findall(cell.translate(_LOOKALIKES))
    if not tokens:
        return "", ""
    if len(tokens) != 2 or re.search("[A-Za-z][a-z]", cell):
        raise Unclear("a day needs two marks, morning and afternoon")
    return tokens[0], tokens[1]
