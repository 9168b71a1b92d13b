"""A register exported by a school's information system, read into sessions. Runs in the child process.

Three layouts of text tables are known: a row a session, a row a day, and a row a week with its marks in one cell or one
cell a day. Nothing is guessed: what is not clear is kept as "no mark" and listed with its row. Comments in the export
are not read, since they may say more about the pupil's health than the count needs.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice, pairwise
from typing import Any, Final

from forms.kit.codes import NO_MARK, REGISTER_CODES
from wizard.errors import EvidenceRefused
from wizard.evidence import kinds
from wizard.evidence.register_cells import (
    WEEKDAYS,
    Unclear,
    check_weekday,
    day_marks,
    read_date,
    read_mark,
    week_marks,
)

ROWS: Final = 20_000
CELL: Final = 200
LISTED: Final = 200
SHOWN: Final = 24
GAP: Final = timedelta(days=14)

DATE: Final = ("date", "sessiondate", "attendancedate", "markdate", "registerdate", "eventdate")
WEEK: Final = ("weekbeginning", "weekcommencing", "weekstarting", "weekstart", "wb", "wc", "week", "weekof")
SESSION: Final = ("session", "sessionname", "sessiontype", "ampm", "half", "period")
MARK: Final = (
    "mark", "code", "attendancecode", "attendancemark", "markcode", "registermark", "statutorycode", "statutorymark",
    "rollcallmark", "attendance", "meaning", "description", "status",
)  # fmt: skip
MORNING: Final = ("am", "ammark", "amcode", "amsession", "morning", "morningmark", "amattendance")
AFTERNOON: Final = ("pm", "pmmark", "pmcode", "pmsession", "afternoon", "afternoonmark", "pmattendance")
MARKS: Final = ("marks", "weekmarks", "attendancemarks", "codes", "pattern", "weekpattern", "attendance")
WEEKDAY: Final = ("day", "weekday", "dayofweek")
IDENTITY: Final = {
    "UPN": ("upn", "uniquepupilnumber"),
    "admission number": ("admissionnumber", "admissionno", "adno", "adm"),
    "surname": ("surname", "lastname", "familyname", "legalsurname"),
    "forename": ("forename", "firstname", "givenname", "legalforename", "preferredforename"),
    "name": ("name", "pupil", "pupilname", "student", "studentname", "fullname"),
    "date of birth": ("dob", "dateofbirth", "birthdate"),
}
_LESSON: Final = re.compile(r"(?:p|per|period|lesson|l)?\s*\d{1,2}", re.IGNORECASE)
_HALVES: Final = {"am": "AM", "morning": "AM", "pm": "PM", "afternoon": "PM", "amsession": "AM", "pmsession": "PM"}
_TAKE: Final = "In the school's information system choose a register of this one pupil and save it as CSV."


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the header stands and which column holds what."""

    header: int
    keys: tuple[str, ...]
    columns: Mapping[str, int]
    identity: Mapping[str, int]
    days: tuple[int, ...]


@dataclass(slots=True)
class _Reading:
    """What has been understood so far."""

    today: date
    sessions: dict[tuple[date, str], str] = field(default_factory=dict)
    blank: set[tuple[date, str]] = field(default_factory=set)
    clashes: set[tuple[date, str]] = field(default_factory=set)
    notes: dict[str, None] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)
    row: int = 0

    def unclear(self, reason: object, cell: str = "") -> None:
        """List the present row with a reason and the beginning of the cell."""
        shown = "".join(letter for letter in " ".join(cell.split()) if letter.isprintable())
        short = shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"
        self.problems.append({"row": self.row, "reason": str(reason), "shown": short})

    def mark(self, day: date, half: str, cell: str) -> None:
        """Enter one session; a second, different mark for it leaves the session without one."""
        try:
            code, note = read_mark(cell, half)
        except Unclear as unclear:
            self.unclear(unclear, cell)
            code, note = NO_MARK, ""
        if day > self.today:
            if code not in (NO_MARK, "#"):
                self.unclear("the mark is dated in the future and was left out", cell)
            return
        self.notes |= dict.fromkeys([note] if note else [])
        self._enter((day, half), code, blank=not cell.strip())

    def _enter(self, key: tuple[date, str], code: str, *, blank: bool) -> None:
        before = self.sessions.get(key, NO_MARK)
        if NO_MARK not in (before, code) and before != code:
            self.unclear(f"a second mark for this session differs: {before} and {code}")
            self.clashes.add(key)
        if code != NO_MARK or key not in self.sessions:
            self.sessions[key] = code
        if blank:
            self.blank.add(key)

    def finished(self) -> dict[date, dict[str, str]]:
        """The sessions day by day: a blank half of a closed day is closed too, a clash is no mark."""
        days: dict[date, dict[str, str]] = {}
        for day, half in sorted(self.sessions):
            code = NO_MARK if (day, half) in self.clashes else self.sessions[day, half]
            other = self.sessions.get((day, "PM" if half == "AM" else "AM"))
            closed = code == NO_MARK and (day, half) in self.blank and other == "#"
            days.setdefault(day, {})[half] = "#" if closed else code
        return days


def register(data: bytes, today: str, pupil: str = "") -> tuple[dict[str, Any], list[bytes]]:
    """The operation of the child process: see `read`; ``today`` is an ISO date."""
    return read(data, date.fromisoformat(today), pupil), []


def read(data: bytes, today: date, pupil: str = "") -> dict[str, Any]:
    """Read a register export.

    Args:
        data: the file.
        today: no mark is taken from later than this.
        pupil: the UPN or the name of the pupil whose rows are wanted; "" when the file should hold one pupil only.

    Returns:
        ``sessions`` (date, session AM or PM, code), ``not_understood`` (row, reason, shown), ``notices``, and ``why``,
        which is empty unless the file as a whole cannot be used.
    """
    try:
        rows, layout = _table(_text(data))
        reading = _Reading(today)
        _check_lessons(rows, layout)
        for number, cells in _of_one_pupil(rows, layout, pupil):
            reading.row = number
            _read_row(cells, layout, reading)
    except EvidenceRefused as refusal:
        return {"sessions": [], "not_understood": [], "notices": [], "why": str(refusal)}
    return _result(reading, layout)


def _text(data: bytes) -> str:
    kind = kinds.detect(data)
    if kind.id not in ("csv", "text"):
        raise EvidenceRefused(f"A register is read from a CSV file, and this is {kind.a_name}.", _TAKE)
    return kinds.decode(data)


def _table(text: str) -> tuple[list[list[str]], _Layout]:
    """Split the text into cells by the separator with which one of the layouts shows."""
    lines = text.splitlines()
    if len(lines) > ROWS:
        raise EvidenceRefused(f"The file has more than {ROWS:,} rows.", _TAKE)
    hint = lines[0][4:5] if lines and lines[0].casefold().startswith("sep=") else ""
    for separator in dict.fromkeys([*hint, ",", ";", "\t", "|", ""]):
        rows = list(_split(lines, separator))
        for number, cells in enumerate(rows[:40]):
            if layout := _layout(number, cells):
                return rows, layout
    raise EvidenceRefused(
        "No row of the file names its columns as a register: date, session and mark; date, AM and PM; or week and marks.",
        _TAKE,
    )


def _split(lines: list[str], separator: str) -> Iterator[list[str]]:
    if not separator:
        split: Iterable[list[str]] = (re.split(r"\s{2,}", line.strip()) for line in lines)
    else:
        split = csv.reader(io.StringIO("\n".join(lines)), delimiter=separator)
    try:
        for cells in islice(split, ROWS):
            yield [cell[:CELL].strip() for cell in cells[:400]]
    except csv.Error:
        return


def _key(cell: str) -> str:
    return "".join(letter for letter in cell.casefold() if letter.isalnum())


def _layout(number: int, cells: list[str]) -> _Layout | None:
    keys = tuple(map(_key, cells))

    def column(names: Iterable[str]) -> int | None:
        return next((keys.index(name) for name in names if name in keys), None)

    wanted = {
        "date": DATE, "session": SESSION, "mark": MARK, "am": MORNING, "pm": AFTERNOON, "weekday": WEEKDAY,
        "week": (*WEEK, *DATE), "marks": MARKS,
    }  # fmt: skip
    columns = {role: found for role, names in wanted.items() if (found := column(names)) is not None}
    short = [key[:3] if key[:3] in WEEKDAYS and (len(key) == 3 or key.endswith("day")) else "" for key in keys]
    days = tuple(short.index(day) for day in WEEKDAYS if day in short)
    needs = ({"date", "session", "mark"}, {"date", "am", "pm"}, {"week", "marks"})
    if not any(need <= columns.keys() for need in needs) and not (len(days) >= 5 and "week" in columns):
        return None
    identity = {label: found for label, names in IDENTITY.items() if (found := column(names)) is not None}
    return _Layout(number, keys, columns, identity, days)


def _cell(cells: list[str], column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""


def _body(rows: list[list[str]], layout: _Layout) -> list[tuple[int, list[str]]]:
    """The rows below the header with their numbers, without empty rows and repeated headers."""
    below = enumerate(rows[layout.header + 1 :], layout.header + 2)
    return [(number, cells) for number, cells in below if any(cells) and tuple(map(_key, cells)) != layout.keys]


def _check_lessons(rows: list[list[str]], layout: _Layout) -> None:
    column = layout.columns.get("session")
    if {"am", "pm"} <= layout.columns.keys() or column is None:
        return
    if any(_LESSON.fullmatch(_cell(cells, column)) for _, cells in _body(rows, layout)):
        raise EvidenceRefused("This is a register of lessons; only morning and afternoon sessions count.", _TAKE)


def _of_one_pupil(rows: list[list[str]], layout: _Layout, pupil: str) -> list[tuple[int, list[str]]]:
    body = _body(rows, layout)
    if pupil and layout.identity:
        body = [(number, cells) for number, cells in body if _is_pupil(cells, layout, pupil)]
        if not body:
            raise EvidenceRefused("No row of the file is for this pupil.", _TAKE)
    differing = [
        label
        for label, column in layout.identity.items()
        if len({_cell(cells, column).casefold() for _, cells in body} - {""}) > 1
    ]
    if differing:
        columns = ", ".join(differing)
        raise EvidenceRefused(f"The file holds more than one pupil: the rows differ in {columns}.", _TAKE)
    return body


def _is_pupil(cells: list[str], layout: _Layout, pupil: str) -> bool:
    def words(*labels: str) -> frozenset[str]:
        text = " ".join(_cell(cells, layout.identity.get(label)) for label in labels)
        return frozenset(re.findall(r"[^\W_]+", text.casefold()))

    wanted = frozenset(re.findall(r"[^\W_]+", pupil.casefold()))
    return wanted in (words("UPN"), words("name"), words("surname", "forename"))


def _read_row(cells: list[str], layout: _Layout, reading: _Reading) -> None:
    columns = layout.columns
    try:
        if {"date", "am", "pm"} <= columns.keys():
            day = _day(cells, layout)
            reading.mark(day, "AM", _cell(cells, columns["am"]))
            reading.mark(day, "PM", _cell(cells, columns["pm"]))
        elif {"date", "session", "mark"} <= columns.keys():
            half = _HALVES.get(_key(_cell(cells, columns["session"])))
            if half is None:
                raise Unclear("the session is neither AM nor PM")
            reading.mark(_day(cells, layout), half, _cell(cells, columns["mark"]))
        else:
            _read_week(cells, layout, reading)
    except Unclear as unclear:
        reading.unclear(unclear, _cell(cells, columns.get("date", columns.get("week"))))


def _day(cells: list[str], layout: _Layout) -> date:
    day = read_date(_cell(cells, layout.columns["date"]))
    check_weekday(_cell(cells, layout.columns.get("weekday")), day)
    return day


def _read_week(cells: list[str], layout: _Layout, reading: _Reading) -> None:
    monday = read_date(_cell(cells, layout.columns["week"]))
    if monday.weekday() != 0:
        raise Unclear("the week does not begin on a Monday")
    if "marks" in layout.columns:
        marks, note = week_marks(_cell(cells, layout.columns["marks"]))
        reading.notes |= dict.fromkeys([note] if note else [])
    else:
        marks = [mark for column in layout.days for mark in day_marks(_cell(cells, column))]
    for position, mark in enumerate(marks):
        day = monday + timedelta(days=position // 2)
        if day.weekday() < 5 or mark not in ("", NO_MARK, "#"):
            reading.mark(day, "PM" if position % 2 else "AM", mark)


def _result(reading: _Reading, layout: _Layout) -> dict[str, Any]:
    days = reading.finished()
    sessions = [
        {"date": day.isoformat(), "session": half, "code": code}
        for day, halves in days.items()
        for half, code in halves.items()
    ]
    why = "" if sessions else str(EvidenceRefused("No session of the register could be read.", _TAKE))
    return {
        "sessions": sessions,
        "not_understood": reading.problems[:LISTED],
        "notices": list(_notices(reading, layout, days)),
        "why": why,
    }


def _notices(reading: _Reading, layout: _Layout, days: dict[date, dict[str, str]]) -> Iterator[str]:
    if len(reading.problems) > LISTED:
        yield f"{len(reading.problems):,} entries were not understood; the first {LISTED} are listed."
    if not layout.identity:
        yield "The file does not say whose register it is: check that it is this pupil's."
    yield from _notes(reading.notes)
    used = {code for halves in days.values() for code in halves.values()}
    if old := sorted(code for code in used & REGISTER_CODES.keys() if REGISTER_CODES[code].legacy):
        yield f"The register uses codes withdrawn in August 2024: {', '.join(old)}."
    if any(day.weekday() > 4 and set(halves.values()) - {"#", NO_MARK} for day, halves in days.items()):
        yield "The register has marks on a Saturday or Sunday; they count as school days."
    for before, after in pairwise(days):
        if after - before > GAP:
            yield f"Nothing is recorded between {_written(before)} and {_written(after)}."


def _notes(notes: Iterable[str]) -> Iterator[str]:
    subcodes = sorted(note for note in notes if " as " in note)
    if subcodes:
        yield f"Codes of the school's own were read by their letter: {', '.join(subcodes[:12])}."
    if "words" in notes:
        yield "Some marks are written in words and were read as the code they describe."
    if "doubled backslash" in notes or "present in the other half's sign" in notes:
        yield "Marks for present were read as / in the morning and \\ in the afternoon, however they were written."


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


