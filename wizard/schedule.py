"""Dates that follow from answers and events, by the council's file (E41, E66, E70). Pure."""

from dataclasses import dataclass
from datetime import date

from forms.kit.calendar import SchoolCalendar, days_later, is_bank_holiday
from forms.kit.dates import weekday
from forms.kit.policy import Stage
from forms.kit.written import DueDate
from forms.school_calendar import calendar_of
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, State, applies

LONG_OVERDUE = 100
"""Days after which nobody counts the rounds that were missed."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something to do by a day, or not before it.

    Attributes:
        on: the day.
        earliest: it is the first possible day, not the last.
        again: the day on which it comes round once more, where it is late by now and does.
        late: the day has passed.
        takes_place: something happens on that day; it is no limit.
    """

    id: str
    title: str
    todo: str
    source: str
    page: str
    on: date
    earliest: bool = False
    again: date | None = None
    late: bool = False
    takes_place: bool = False

    @property
    def words(self) -> str:
        """The date as it is said: ``Overdue since Tuesday 24 November; again by Friday 27 November``."""
        if self.earliest:
            return f"Not before {weekday(self.on)} {self.on.year}"
        if self.takes_place:
            return f"{'Was on' if self.late else 'On'} {weekday(self.on)} {self.on.year}"
        if not self.late:
            return f"By {weekday(self.on)} {self.on.year}"
        late = f"Overdue since {weekday(self.on)} {self.on.year}"
        return f"{late}; again by {weekday(self.again)}" if self.again else late


def due(judgement: Judgement) -> tuple[Due, ...]:
    """What has a date and is not done yet, the earliest first; the first possible days last of their day."""
    facts = judgement.facts
    found = (_due(judgement, row) for row in facts.profile.dates if applies(row.when, facts))
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.on, one.earliest)))


def next_due(judgement: Judgement) -> Due | None:
    """What is to be done first by its date."""
    return next((one for one in due(judgement) if not one.earliest), None)


def on_page(judgement: Judgement, page: str) -> tuple[Due, ...]:
    """The dates that belong to a page."""
    return tuple(one for one in due(judgement) if one.page == page)


def progress(judgement: Judgement) -> str:
    """How far a referral has come that was sent: no further than what is open lets it."""
    outcome = judgement.facts.value("decision", "outcome")
    if outcome == "accepted":
        start = judgement.facts.value("partnership", "start")
        agreed = not judgement.open_at(Stage.START) and not judgement.open_at(Stage.PARTNERSHIP)
        return ("Started" if start <= judgement.facts.today else "Agreed") if agreed and start else "Accepted"
    if outcome in _OUTCOMES:
        return _OUTCOMES[outcome]
    return "Sent" if judgement.open_at(Stage.RECEIPT) else "Receipt confirmed"


_OUTCOMES = {"not_accepted": "Not accepted", "more": "More information wanted"}


def _due(judgement: Judgement, row: DueDate) -> Due | None:
    facts = judgement.facts
    start = _day(facts, row.after)
    if start is None or _done(judgement, row.done_by):
        return None
    calendar, seen = calendar_of(facts.answers), _day(facts, row.seen_to)
    if seen is not None and seen >= start:
        on = calendar.add_school_days(seen, row.every_school_days)
    elif row.weekday is not None:
        on = calendar.next_weekday(days_later(start, row.days), row.weekday.number)
    else:
        on = calendar.add_school_days(days_later(start, row.days), row.school_days)
    late = on < facts.today and not row.earliest
    again = _again(calendar, on, row.every_school_days, facts.today) if late and row.every_school_days else None
    todo = f"{row.todo} {row.on_holiday}" if row.on_holiday and is_bank_holiday(on) else row.todo
    source, takes_place = facts.profile.source(row.source), row.weekday is not None
    return Due(row.id, row.title, todo, source, row.page, on, row.earliest, again, late, takes_place)


def _again(calendar: SchoolCalendar, day: date, every: int, today: date) -> date:
    """The round that is next by today; of what is long overdue, so many school days from today."""
    if (today - day).days > LONG_OVERDUE:
        day = today
    while day < today:
        day = calendar.add_school_days(day, every)
    return day


def _day(facts: Facts, name: str) -> date | None:
    """The day of an answer (``page.field``), or of an event of the diary."""
    if name == "sent":
        return facts.answers.context.sent
    if name == "today":
        return facts.today
    page, _, field = name.partition(".")
    value = facts.value(page, field) if field else None
    return value if isinstance(value, date) else None


def _done(judgement: Judgement, name: str) -> bool:
    page, _, field = name.partition(".")
    if field:
        return judgement.facts.value(page, field) not in (None, ())
    states = {finding.requirement.id: finding.state for finding in judgement.findings}
    return states.get(name) in (State.MET, State.REASON)
