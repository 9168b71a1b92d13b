"""Days in running text as the British write them, and the day that a document gives as its own; in the child."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from forms.kit.dates import month_number

_MONTH: Final = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR: Final = r"(?P<{0}>(?:19|20)\d\d|\d\d)(?!\d)"
_DAY: Final = re.compile(
    rf"(?<![\d/])(?:(?P<d>\d{{1,2}})\s?(?:st|nd|rd|th)?[\s.,/-]{{0,2}}(?:of\s)?{_MONTH.format('m')}[\s.,/-]{{0,2}}"
    rf"{_YEAR.format('y')}"
    rf"|{_MONTH.format('am')}\s(?P<ad>\d{{1,2}})(?:st|nd|rd|th)?,?\s{_YEAR.format('ay')}"
    r"|(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d)(?!\d)"
    rf"|(?P<nd>\d{{1,2}})\s?(?P<sep>[./-])\s?(?P<nm>\d{{1,2}})\s?(?P=sep)\s?{_YEAR.format('ny')})",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(r"\d")
_LETTER: Final = re.compile(r"[^\W\d_]")
_ALL: Final = ("d", "m", "y"), ("ad", "am", "ay"), ("id", "im", "iy"), ("nd", "nm", "ny")

BIRTH: Final = re.compile(
    r"\b(?:date\s+of\s+birth|birth\s?date|d\.?\s?o\.?\s?b\b\.?|born(?:\s+on)?(?!\s+(?:in|at|to)\b))", re.IGNORECASE
)
"""What stands before a date of birth."""

_OWN: Final = re.compile(
    r"(?:(?:^|[;|(.]\s*|\s{2,})date|(?:^|[\s;|(])(?:dated|sent|date\s+of\s+(?:this\s+)?(?:letter|report)|(?:letter|report)\s+date|written|typed"
    r"|printed|dictated|issued|created|made|date\s+(?:typed|issued|printed|completed|dictated|of\s+issue)))"
    r"(?:\s+on)?\s*[:\-–]?\s*$",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"\b(?:appointments?|appt|review(?:ed)?|next|until|till|from|to|since|on|between|due|seen|clinic|admitted|admission"
    r"|discharged?|born|birth|d\.?o\.?b|received|by|before|after|and|meeting|expires?|expiry|valid|version|of|started?"
    r"|referred|referral|week|commencing|w/c|period|collection|surgery|operation|scan|incident|in|for|about|the|plan|last|final|first|onset|diagnosed|attended)\b"
    r"[^.;]{0,30}$",
    re.IGNORECASE,
)
_CUT: Final = re.compile(r"\b(?:review(?:ed)?|appointment|seen|next|due|date of birth|dob|born)\W*$", re.IGNORECASE)
_TIME_AFTER: Final = re.compile(r"\s*,?\s*(?:at\b|@|to\b|until\b|[-–]\s*\d)", re.IGNORECASE)
_WEEKDAY: Final = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s*$", re.IGNORECASE)
_TOP: Final = 25
"""Lines of the first page in which a letter has its date, by itself."""

_HEAD: Final = 10
"""Lines in which it may stand among other words."""

_OLDEST: Final = 30
"""Years beyond which a day is hardly that of a document."""


class Found(NamedTuple):
    """A day in a text, with the places of its first character and after its last."""

    start: int
    end: int
    day: date


def days(text: str, latest: date) -> Iterator[Found]:
    """The days that a text names in full; ``3/4/26`` is in April, and two figures are no year after ``latest``'s."""
    for match in _DAY.finditer(text) if _FIGURE.search(text) else ():
        day, month, year = next(tuple(map(match.group, names)) for names in _ALL if match[names[0]])
        number = int(year) if len(year) == 4 else latest.year // 100 * 100 + int(year)
        if len(year) == 2 and number > latest.year + 1:
            number -= 100
        try:
            yield Found(match.start(), match.end(), date(number, month_number(month), int(day)))
        except ValueError:
            continue


def births(lines: Sequence[str], latest: date) -> Iterator[tuple[int, date]]:
    """Dates of birth, each with the number of its line: named as such before it, or at the head of its column."""
    for number, line in enumerate(lines):
        for label in BIRTH.finditer(line):
            rest = line[label.end() : label.end() + 30]
            day = next(days(rest, latest), None)
            if day is None and number + 1 < len(lines):
                day = next(days(lines[number + 1], latest), None)
            elif day is not None and _LETTER.search(rest[: day.start]):
                day = None
            if day is not None and day.day <= latest:
                yield number, day.day


def dated(texts: Sequence[str], latest: date, born: Collection[date] = ()) -> date | None:
    """The day that a document gives as its own: one named so, one alone on a line near its top, or the first there.

    Args:
        texts: of its pages.
        latest: the day of reading; nothing is dated later.
        born: dates of birth in it, which are not its own.
    """
    lines = [line.strip() for text in texts for line in text.splitlines() if line.strip()]
    first = len([line for line in (texts[0] if texts else "").splitlines() if line.strip()])
    best: dict[int, date] = {}
    for number, line in enumerate(lines):
        done = 0
        for found in days(line[:400], latest):
            before, done = line[done : found.start], found.end
            if found.day in born or not latest.year - _OLDEST <= found.day.year or found.day > latest:
                continue
            wrapped = number and _CUT.search(lines[number - 1])
            rank = _rank(before, line[found.end :], number if number < first and not wrapped else _TOP)
            if rank:
                best.setdefault(rank, found.day)
    return best[min(best)] if best else None


def _rank(before: str, after: str, place: int) -> int:
    """1 for a day that is named as the document's own, 2 where it stands alone near the top, 3 at its head; else 0."""
    before = _WEEKDAY.sub("", before)
    if _OWN.search(before):
        return 1
    if place >= _TOP or _TIME_AFTER.match(after) or _OTHER.search(before) or before.strip() in {"-", "–"}:
        return 0
    if len(before.split()) <= 2 and re.match(r"[ .,]*(?:\(|$)", after):
        return 2
    return 3 if place < _HEAD else 0
