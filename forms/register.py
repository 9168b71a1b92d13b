"""A register as it is kept among the answers, and what the school says about single sessions in it."""

import datetime
from collections.abc import Callable, Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from forms.kit.ask import Ask, Card, Choice, Fields, RawCard
from forms.kit.codes import REGISTER_CODES
from forms.kit.dates import long_day
from forms.kit.messages import OWN
from forms.kit.types import Line, PastDay

Sentence = Annotated[str, Field(max_length=600)]


class RegisterMark(Fields):
    """What the register holds for one session."""

    date: datetime.date
    session: Literal["AM", "PM"]
    code: Annotated[str, Field(max_length=8)]


class RegisterTotals(Fields):
    """Sessions as the export itself states them."""

    possible: int | None = None
    attended: int | None = None
    authorised: int | None = None
    unauthorised: int | None = None


class RegisterMarks(Fields):
    """A register export, read.

    Attributes:
        file: its name.
        sessions: every session in it.
        totals: what it states itself.
        not_understood: rows that could not be read, one sentence each.
        notices: how something had to be understood.
    """

    file: Annotated[str, Field(max_length=300)] = ""
    sessions: tuple[RegisterMark, ...] = ()
    totals: RegisterTotals = RegisterTotals()
    not_understood: Annotated[tuple[Sentence, ...], Field(max_length=200)] = ()
    notices: Annotated[tuple[Sentence, ...], Field(max_length=50)] = ()

    def __str__(self) -> str:
        """What is printed beside the question; the sessions themselves are drawn as a calendar."""
        if not self.sessions:
            return "No sessions"
        days = sorted(mark.date for mark in self.sessions)
        first, last = (long_day(day) for day in (days[0], days[-1]))
        return f"{len(days)} sessions, {first} to {last}"


class Half(Choice):
    """A part of a day."""

    BOTH = "both", "Morning and afternoon"
    AM = "AM", "Morning"
    PM = "PM", "Afternoon"


def _code(value: str) -> str:
    code = value.upper()
    if code not in REGISTER_CODES:
        raise PydanticCustomError(f"{OWN}_code", "This is not a register code, such as I, M or /.")
    return code


class Settled(Card):
    """What became of sessions that have no mark in the register."""

    first: Annotated[PastDay, Ask("From")]
    last: Annotated[PastDay | None, Ask("To", hint="Leave blank for one day.")] = None
    half: Annotated[Half | None, Ask("Which sessions?", hint="Leave blank for both.")] = None
    code: Annotated[Line, AfterValidator(_code), Ask("Code", hint="As the register should have it, such as I, M or /.")]


class ForHealth(Card):
    """Sessions of code N, O or U that were missed for health after all."""

    first: Annotated[PastDay, Ask("From")]
    last: Annotated[PastDay | None, Ask("To", hint="Leave blank for one day.")] = None
    why: Annotated[Line, Ask("How do you know?", hint="For instance: parent’s call, clinician’s letter of 3 November.")]


class TotalsOf(Choice):
    """Which totals stand where a file contradicts itself."""

    MARKS = "marks", "What the marks come to"
    FILE = "file", "The totals in the file"


def _register(raw: RawCard) -> Mapping[str, object]:
    register = raw.get("register")
    return register if isinstance(register, Mapping) else {}


def totals_are_typed(raw: RawCard) -> bool:
    """Totals are typed while no register has been read."""
    return not _register(raw).get("sessions")


def codes_in(raw: RawCard) -> frozenset[str]:
    """The codes of the register among a page's raw answers, whatever these are."""
    sessions = _register(raw).get("sessions")
    rows = sessions if isinstance(sessions, list | tuple) else ()
    return frozenset(code for row in rows if isinstance(row, Mapping) and isinstance(code := row.get("code"), str))


def has_code(*codes: str) -> Callable[[RawCard], bool]:
    """Show a question while one of these codes is in the register."""
    return lambda raw: not codes_in(raw).isdisjoint(codes)


def has_unmarked(raw: RawCard) -> bool:
    """Show a question while there are sessions without a known mark."""
    return bool(codes_in(raw) - REGISTER_CODES.keys())


def contradicts_itself(raw: RawCard) -> bool:
    """Whether possible or attended sessions that the file states are not those of its marks."""
    totals, sessions = _register(raw).get("totals"), _register(raw).get("sessions")
    if not isinstance(totals, Mapping) or not isinstance(sessions, list | tuple):
        return False
    marks = [row.get("code") for row in sessions if isinstance(row, Mapping)]
    known = [REGISTER_CODES[code] for code in marks if isinstance(code, str) and code in REGISTER_CODES]
    counted = sum(code.possible for code in known), sum(code.attending for code in known)
    stated = totals.get("possible"), totals.get("attended")
    return None not in stated and counted != stated
