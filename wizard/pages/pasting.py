"""Rows copied in a spreadsheet, as cards."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from forms.kit.ask import Question, Widget

_DATE = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s./-]+(\d{1,2}|[A-Za-z]{3,9})[\s./,-]+(\d{2}|\d{4})"
    r"(?:,?\s+\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]m)?)?",
    re.IGNORECASE,
)
"""A British date, as spreadsheets and case systems write it: with or without its weekday before and its time after."""
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})[T\s]\d{2}:\d{2}.*")


def cards_of(text: str, questions: Sequence[Question]) -> tuple[list[dict[str, Any]], int]:
    """Rows separated by lines and cells by tabs, as raw cards, and how many filled columns found no question.

    A first row that repeats the questions' names says which column is which; without one the columns follow the
    order of the questions. What does not fit its question is kept as it was written.
    """
    rows = [row for row in _rows(text.replace("\0", "")) if any(cell.strip() for cell in row)]
    if not rows:
        return [], 0
    columns = _headed(rows[0], questions)
    body = rows[1:] if columns else rows
    columns = columns or {place: question for place, question in enumerate(questions)}
    lost = {place for row in body for place, cell in enumerate(row) if cell.strip() and place not in columns}
    return [card(row, columns) for row in body], len(lost)


def _rows(text: str) -> list[list[str]]:
    """Rows of cells; a cell in quotation marks may hold lines and tabs, as spreadsheets copy them."""
    try:
        return list(csv.reader(io.StringIO(text), "excel-tab"))
    except csv.Error:  # a cell beyond 131,072 characters
        return [line.split("\t") for line in text.splitlines()]


def card(row: Sequence[str], columns: Mapping[int, Question]) -> dict[str, Any]:
    """A row as a raw card, by which column answers which question."""
    return {
        columns[place].name: _cell(cell.strip(), columns[place])
        for place, cell in enumerate(row)
        if place in columns and cell.strip()
    }


def _headed(row: Sequence[str], questions: Sequence[Question]) -> dict[int, Question]:
    """Which column is which, by a row of headings; nothing when it is no such row."""
    found = known_headings(row, questions)
    filled = sum(1 for cell in row if cell.strip())
    return found if len(found) * 2 >= filled else {}


def known_headings(row: Sequence[str], questions: Sequence[Question]) -> dict[int, Question]:
    """The columns whose heading is the name of a question, or another word for it."""
    known = {_key(name): q for q in questions for name in (*q.ask.also, q.name, q.ask.short, q.ask.label) if name}
    return {place: known[_key(cell)] for place, cell in enumerate(row) if _key(cell) in known}


def _key(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).casefold()


def _cell(cell: str, question: Question) -> object:
    if question.widget is Widget.DATE:
        return _date(cell)
    if question.widget is Widget.CHECKBOXES:
        return [_choice(part.strip(), question) for part in re.split(r"[;,\n]", cell) if part.strip()]
    return _choice(cell, question) if question.choices else cell


def _date(cell: str) -> object:
    if found := _ISO.fullmatch(cell):
        return found[1]
    found = _DATE.fullmatch(cell)
    if found is None:
        return cell
    day, month, year = found.groups()
    return {"day": day, "month": month, "year": f"20{year}" if len(year) == 2 else year}  # of a child's school time


def _choice(cell: str, question: Question) -> str:
    return next((c.value for c in question.choices if _key(cell) in (_key(c.label), _key(c.value))), cell)
