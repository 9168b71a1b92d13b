"""The answers as they will be sent: what the review page shows is what the pack prints."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from forms.catalogue import PAGES, forms_of
from forms.kit.ask import Card, Choice, NotKnown, Question, Widget, questions
from forms.kit.calendar import school_year
from forms.kit.dates import long_day
from forms.kit.page import Answers, Page
from wizard.profile import from_register
from wizard.register import Count, count, of_school_year
from wizard.register_answers import counted, register_sessions


@dataclass(frozen=True, slots=True)
class Table:
    """Repeated answers, a row each."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A question and its answer in words.

    Attributes:
        page: id of the page, for Change links and bookmarks.
        field: name of the field on that page.
        text: the answer; ``""`` with a table or when ``state`` says that there is none.
        state: ``answered``, ``not known`` (``text`` is the reason), ``unanswered`` or ``doubtful`` (as typed).
    """

    page: str
    field: str
    label: str
    text: str
    state: str = "answered"
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The answers of one page."""

    page: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A form of the pack.

    Attributes:
        restricted: safeguarding papers that go last, marked for the designated safeguarding lead.
    """

    id: str
    title: str
    parts: tuple[Part, ...]
    restricted: bool = False


UNANSWERED = "Not answered yet"


def first_name(answers: Answers) -> str:
    """What the pupil is called in the wording of questions."""
    for name in ("preferred_name", "first_name"):
        value = answers.value(PAGES["pupil"], name)
        if isinstance(value, str):
            return value
    return "the pupil"


def wording(text: str, answers: Answers) -> str:
    """A label or heading with the pupil's first name and the council's name in place."""
    pupil = first_name(answers)
    if text.startswith("{pupil}") and pupil == "the pupil":
        text = "The pupil" + text.removeprefix("{pupil}")
    return text.replace("{pupil}", pupil).replace("{council}", answers.context.authority.name)


def summarise(answers: Answers) -> tuple[Section, ...]:
    """The answers of every page that is asked, in the order of the pack."""
    sections = []
    for form in forms_of(answers.context.authority):
        parts = tuple(
            part for page in form.pages if answers.asks(page) and (part := summarise_page(page, answers)).rows
        )
        if form.printed and parts:
            sections.append(Section(form.id, wording(form.title, answers), parts, form.restricted))
    return tuple(sections)


def summarise_page(page: type[Page], answers: Answers) -> Part:
    """The answers of one page; questions that need no answer and have none are left out."""
    raw = answers.raw.get(page.id, {})
    raw = raw if isinstance(raw, Mapping) else {}
    rows = [row for question in questions(page) if question.shown(raw) for row in _rows(page, question, raw, answers)]
    model = answers.get(page)
    derived = {**(model.follows(answers) if model is not None else {}), **from_register(page, answers)}
    rows += [Row(page.id, "", wording(label, answers), text) for label, text in derived.items()]
    return Part(page.id, wording(page.task, answers), tuple(rows))


def _rows(page: type[Page], question: Question, raw: Mapping[str, Any], answers: Answers) -> Iterator[Row]:
    label = wording(question.ask.label, answers)
    values = answers.reading(page).values
    typed = raw.get(question.name)
    value = values.get(question.name)
    if isinstance(value, NotKnown):
        yield Row(page.id, question.name, label, value.because, "not known")
    elif question.name not in values and _has_text(typed):
        yield Row(page.id, question.name, label, _as_typed(typed), "doubtful")
    elif value is None or value == ():
        if question.required:
            yield Row(page.id, question.name, label, UNANSWERED, "unanswered")
    elif question.card is not None:
        yield from _card_rows(page, question, value, label, answers)
    else:
        yield Row(page.id, question.name, label, printed(value))
    if question.widget is Widget.REGISTER:
        yield from _register_rows(page, answers)


def _register_rows(page: type[Page], answers: Answers) -> Iterator[Row]:
    """What the register comes to, in the figures that a panel looks for."""
    threshold = answers.context.authority.threshold_days
    found = counted(answers.raw, threshold)
    if found is None or found.last is None:
        return
    sessions = register_sessions(answers.raw)
    before = count(of_school_year(sessions, school_year(found.last) - 1))
    figures = {
        "Attendance this school year": _share(found),
        "Attendance in the school year before": _share(before),
        "Absence in the terms of the Department for Education": absence(found),
        "School days lost to health this year": f"{found.cumulative_days.normalize():f}",
        "Longest run of school days lost to health": str(found.longest_run),
        f"Day {threshold} lost to health": printed(found.reached_on) if threshold else "",
        "Days of illness (code I) this year": f"{found.illness_days.normalize():f}",
        "Last day with a session attended": printed(found.last_attended),
        "Sessions without a mark, not counted": str(found.unmarked or ""),
        "Rows of the export that were not understood": _not_understood(answers.raw),
    }
    yield from (Row(page.id, "register", label, text) for label, text in figures.items() if text)


def _share(found: Count) -> str:
    if found.percentage is None:
        return ""
    return f"{found.percentage} %, {found.attending} of {found.possible} possible sessions"


def absence(found: Count) -> str:
    """Persistent or severe absence in words; nothing below both."""
    if found.severely_absent:
        return "Severe absence: half or more of the possible sessions missed"
    return "Persistent absence: a tenth or more of the possible sessions missed" if found.persistently_absent else ""


def _not_understood(raw: Mapping[str, Any]) -> str:
    page = raw.get("attendance")
    register = page.get("register") if isinstance(page, Mapping) else None
    rows = register.get("not_understood") if isinstance(register, Mapping) else None
    return str(len(rows)) if isinstance(rows, list | tuple) and rows else ""


def _card_rows(
    page: type[Page], question: Question, cards: Sequence[Card], label: str, answers: Answers
) -> Iterator[Row]:
    """Cards as one table where they are narrow, else as a table of question and answer for each."""
    columns = [q for q in questions(type(cards[0])) if any(getattr(card, q.name) not in (None, ()) for card in cards)]
    derived = [card.derived() for card in cards]
    heads = tuple(wording(q.ask.short or q.ask.label, answers) for q in columns) + tuple(derived[0])
    lines = tuple(
        tuple(printed(getattr(card, q.name)) for q in columns) + tuple(more.values())
        for card, more in zip(cards, derived, strict=True)
    )
    if len(heads) <= NARROW and all(len(cell) <= SHORT for line in lines for cell in line):
        yield Row(page.id, question.name, label, "", table=Table(heads, lines))
        return
    asked = tuple(wording(q.ask.label, answers) for q in columns) + tuple(derived[0])
    for number, line in enumerate(lines, 1):
        pairs = tuple((head, cell) for head, cell in zip(asked, line, strict=True) if cell)
        title = f"{label}: {number} of {len(lines)}" if len(lines) > 1 else label
        yield Row(page.id, question.name, title, "", table=Table(("Question", "Answer"), pairs))


NARROW = 8
"""Columns that fit side by side on an upright page, while their cells are short."""
SHORT = 60
"""Characters beyond which neither a cell among several columns nor one of several choices in a line reads well."""
DOT = "• "
"""What each line of a list begins with."""


def printed(value: object) -> str:
    """A good answer in words."""
    if value is None:
        return ""
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, date):
        return long_day(value)
    if isinstance(value, Decimal):
        return f"{value:,f}"
    if isinstance(value, NotKnown):
        return f"Not known: {value.because}"
    if isinstance(value, tuple):
        items = [printed(item) for item in value]
        long = len(items) > 1 and any(isinstance(one, Choice) and len(one.label) > SHORT for one in value)
        return "\n".join(DOT + item for item in items) if long else "; ".join(items)
    return str(value)


def _has_text(typed: object) -> bool:
    if isinstance(typed, Mapping):
        return any(_has_text(value) for value in typed.values())
    if isinstance(typed, list | tuple):
        return any(_has_text(value) for value in typed)
    return typed is not None and str(typed).strip() != ""


def _as_typed(typed: object) -> str:
    if isinstance(typed, Mapping):
        return " ".join(_as_typed(value) for value in typed.values())
    if isinstance(typed, list | tuple):
        return "; ".join(_as_typed(value) for value in typed)
    return "" if typed is None else str(typed)
