"""The register among a referral's answers: as it was read, and with what the school says of single sessions in it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError

from forms.kit.ask import Card
from forms.kit.calendar import school_year
from forms.kit.codes import REGISTER_CODES
from forms.register import ForHealth, Settled
from wizard.register import Count, HealthRule, Session, attendance, count, in_order, of_school_year


def health_rule(raw: Mapping[str, Any], sessions: Iterable[Session]) -> HealthRule:
    """The rule that the raw answers make: what the school says of codes M and C2, and of single absences."""
    page = _page(raw)
    spans = [(card.first, card.last or card.first) for card in _cards(page, "for_health", ForHealth)]
    marked = frozenset(
        (one.date, one.session) for one in sessions if any(first <= one.date <= last for first, last in spans)
    )
    return HealthRule(page.get("appointments") != "no", page.get("part_time_health") == "yes", marked)


def register_sessions(raw: Mapping[str, Any]) -> tuple[Session, ...]:
    """The sessions of the register export among the raw answers; none when there is none or it cannot be read.

    Sessions without a mark have the code that the school says they should have.
    """
    page = _page(raw)
    register = page.get("register")
    rows = register.get("sessions") if isinstance(register, Mapping) else None
    if not isinstance(rows, list):
        return ()
    try:
        sessions = tuple(Session(date.fromisoformat(row["date"]), row["session"], row["code"]) for row in rows)
    except (TypeError, ValueError, KeyError):
        return ()
    fit = all(half in ("AM", "PM") and isinstance(code, str) for _, half, code in sessions)
    return _settled(sessions, page) if fit else ()


def counted(raw: Mapping[str, Any], threshold: int, sessions: tuple[Session, ...] | None = None) -> Count | None:
    """The register among the raw answers, counted by what the school says about it; ``None`` without a register.

    Attendance is that of the school year of the last session. ``sessions`` are those of the same answers, where they
    are known already.
    """
    sessions = register_sessions(raw) if sessions is None else sessions
    if not sessions:
        return None
    found = count(sessions, health_rule(raw, sessions), threshold)
    year = school_year(max(one.date for one in sessions))
    return found.with_totals(*(stated(raw) or attendance(in_order(of_school_year(sessions, year)))))


def stated(raw: Mapping[str, Any]) -> tuple[int, int] | None:
    """Possible and attended sessions by the export itself, where the school says that these are right."""
    page = _page(raw)
    register = page.get("register")
    totals = register.get("totals") if isinstance(register, Mapping) else None
    if page.get("totals_of") != "file" or not isinstance(totals, Mapping):
        return None
    possible, attended = totals.get("possible"), totals.get("attended")
    if type(possible) is not int or type(attended) is not int or not 0 <= attended <= possible:
        return None
    return possible, attended


def _page(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    page = raw.get("attendance")
    return page if isinstance(page, Mapping) else {}


C = TypeVar("C", bound=Card)


def _cards(page: Mapping[str, Any], name: str, model: type[C]) -> Iterator[C]:
    """The cards of a raw answer that are good."""
    cards = page.get(name)
    for card in cards if isinstance(cards, list | tuple) else ():
        with suppress(ValidationError):
            given = card.items() if isinstance(card, Mapping) else ()
            yield model.model_validate({name: value for name, value in given if value not in ("", None, {})})


def _settled(sessions: tuple[Session, ...], page: Mapping[str, Any]) -> tuple[Session, ...]:
    said = list(_cards(page, "settled", Settled))
    if not said:
        return sessions

    def code(one: Session) -> str:
        for card in said:
            half = card.half in (None, "both", one.session)
            if one.code not in REGISTER_CODES and half and card.first <= one.date <= (card.last or card.first):
                return card.code
        return one.code

    return tuple(one._replace(code=code(one)) for one in sessions)
