"""Dates as a calendar file (RFC 5545) for the school's own calendar: the reference, never the pupil."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from wizard.schedule import Due

_LONGEST = 75
"""Octets of a line, its end not counted (RFC 5545, section 3.1)."""


def calendar_file(dues: Iterable[Due], reference: str, now: datetime) -> bytes:
    """The dates as all-day events with an alarm at nine on the day.

    Args:
        dues: the dates; their words come from the council’s file and name nobody.
        reference: of the referral; nothing else of it is in the file.
        now: aware; says when the file was made.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Section 19 referral wizard//EN"]
    for due in dues:
        for number, day in enumerate(dict.fromkeys(filter(None, (due.on, due.again))), 1):
            lines += _event(due, day, f"{reference}-{due.id}-{number}", reference, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line)).encode()


def _event(due: Due, day: date, uid: str, reference: str, now: datetime) -> Iterator[str]:
    title = f"Referral {reference}: {due.title}"
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(uid)}@section19.invalid"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(day)}"
    yield f"DTEND;VALUE=DATE:{_day(day + timedelta(days=1) if day < date.max else day)}"
    yield f"SUMMARY:{_text(title)}"
    yield f"DESCRIPTION:{_text(f'{due.todo} ({due.source})')}"
    yield "TRANSP:TRANSPARENT"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(title)}", "TRIGGER:PT9H", "END:VALARM")
    yield "END:VEVENT"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")  # strftime leaves zeros out of early years


def _text(text: str) -> str:
    escaped = re.sub(r"([\\;,])", r"\\\1", text)
    return re.sub(r"\r\n|\r|\n", r"\\n", escaped)


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets; those that go on begin with a space. No character is cut."""
    piece, room = "", _LONGEST
    for character in line:
        size = len(character.encode())
        if size > room:
            yield piece
            piece, room = " ", _LONGEST - 1
        piece += character
        room -= size
    yield piece
