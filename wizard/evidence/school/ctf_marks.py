r"""The marks of a pupil in a Common Transfer File: one string, a mark a session, from a day on. Runs in the child.

Whether weekends are in the string is not said anywhere: with them a week has fourteen marks, else ten. Both are tried.
The right one closes every weekend, or begins on a school day, and ends by the day on which the file was made. Where
neither does, nothing is guessed: the totals have to do.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from forms.kit.codes import NO_MARK, REGISTER_CODES
from wizard.evidence.registers.register_cells import Unclear, read_mark

LONGEST: Final = 2 * 7 * 60
"""Marks beyond which it is not one school year."""

_TOKEN: Final = re.compile(r"[A-Za-z]\d{0,2}|\S", re.ASCII)
_UNPLACED: Final = "The marks in the file cannot be placed on days, so only its totals are used."

Placed = list[tuple[date, str, str]]


def decode(text: str, start: date | None, end: date) -> tuple[list[dict[str, str]], list[str]]:
    """The sessions from a start to the day on which the file was made, and what to know about them."""
    if not text.strip():
        return [], []
    placed = _placed(text, start, end) if start is not None else None
    if placed is None:
        return [], [_UNPLACED]
    sessions, odd, subcodes = [], set[str](), set[str]()
    for day, half, token in placed:
        try:
            code, note = read_mark(token, half)
        except Unclear:
            code, note = NO_MARK, ""
            odd.add(token)
        if " as " in note:
            subcodes.add(note)
        if day.weekday() < 5:
            sessions.append({"date": day.isoformat(), "session": half, "code": code})
    return sessions, list(_notes(sessions, odd, subcodes))


def _placed(text: str, start: date, end: date) -> Placed | None:
    """Each mark with its day and half, in the one way that fits; ``None`` where none does."""
    doubled = all(len(run) % 2 == 0 for run in re.findall(r"\\+", text))
    tokens = _TOKEN.findall(text.replace("\\\\", "\\") if doubled else text)
    if len(tokens) > LONGEST:
        return None
    ways = (list(_spread(tokens, days)) for days in (_every_day(start), _weekdays(start)))
    return next((placed for placed in ways if _fits(placed, end)), None)


def _spread(tokens: list[str], days: Iterator[date]) -> Iterator[tuple[date, str, str]]:
    for place in range(0, len(tokens), 2):
        day = next(days)
        for half, token in zip(("AM", "PM"), tokens[place : place + 2], strict=False):
            yield day, half, token


def _every_day(start: date) -> Iterator[date]:
    return (start + timedelta(number) for number in range(LONGEST))


def _weekdays(start: date) -> Iterator[date]:
    return (day for day in _every_day(start) if day.weekday() < 5)


def _fits(placed: Placed, end: date) -> bool:
    """Closed at weekends, and nothing but closed or unmarked sessions after the file was made."""
    quiet = {"#", NO_MARK}
    return all(token in quiet for day, _, token in placed if day.weekday() > 4 or day > end)


def _notes(sessions: list[dict[str, str]], odd: set[str], subcodes: set[str]) -> Iterator[str]:
    if odd:
        shown = ", ".join(sorted(odd)[:12])
        yield f"Marks that are not register codes were kept as “no mark”: {shown}."
    if subcodes:
        yield f"Codes of the school's own were read by their letter: {', '.join(sorted(subcodes)[:12])}."
    if bare := sum(one["code"] == NO_MARK for one in sessions):
        count = "1 session has" if bare == 1 else f"{bare} sessions have"
        yield f"{count} no mark. They count neither as present nor as absent."
    used = {one["code"] for one in sessions} & REGISTER_CODES.keys()
    if old := sorted(code for code in used if REGISTER_CODES[code].legacy):
        yield f"The register uses codes withdrawn in August 2024: {', '.join(old)}."
