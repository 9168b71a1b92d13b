"""What a message says, whatever program kept it; in the child process."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that a message carries.

    Attributes:
        data: empty where it cannot be had; then ``instead`` says why.
        content_id: by which the text names a picture (``cid:...``).
        location: address by which the text of a saved web page names it.
        instead: why it is no document of its own, in a few words.
    """

    name: str
    data: bytes = field(repr=False)
    content_id: str = ""
    location: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A stretch of a message's text; HTML, or plain."""

    text: str = field(repr=False)
    html: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A message.

    Attributes:
        rows: what stands above the text, such as ``("From", "Ann Smith <ann@example.org>")``, in order.
        sent: when, if that is known.
        notes: sentences on what cannot be shown.
        whole: everything can be shown here or is a file of its own.
    """

    subject: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    sent: datetime | None = None
    bodies: tuple[Body, ...] = field(default=(), repr=False)
    attached: tuple[Attached, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()
    whole: bool = True


_FORBIDDEN: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)])
_MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                  "November", "December")  # fmt: skip


def told(text: str, longest: int = 2_000) -> str:
    """A line from outside without control characters and line ends."""
    return " ".join(text[: 4 * longest].translate(_FORBIDDEN).split())[:longest]


def uk_time(when: datetime) -> str:
    """A moment as a clock in the United Kingdom shows it, such as ``3 March 2026, 14:02``."""
    here = in_uk(when)
    return f"{day(here)}, {here:%H:%M}"


def day(when: datetime) -> str:
    """A day, such as ``3 March 2026``."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def in_uk(when: datetime) -> datetime:
    """A moment in UK time: an hour ahead of UTC from the last Sunday of March to that of October, at 01:00 UTC.

    So it has been since 1996; the zone database is not there on every system.
    """
    utc = when.astimezone(UTC).replace(tzinfo=None)
    summer = _last_sunday(utc.year, 3) <= utc < _last_sunday(utc.year, 10)
    return utc + timedelta(hours=1) if summer else utc


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1)
    return last - timedelta(days=(last.weekday() + 1) % 7)
