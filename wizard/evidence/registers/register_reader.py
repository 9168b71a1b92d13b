"""A register exported by a school's information system, read into sessions. Runs in the child process.

Known are tables with a row a session, a row a day, and a row a week with its marks in one cell or one cell a day or
half; grids with a row a pupil; certificates as PDF; and totals alone. Nothing is guessed: what is not clear is kept as
"no mark" and listed with its row. Comments in the export are not read, since they may say more about the pupil's health
than the count needs.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

from forms.kit.codes import NO_MARK, REGISTER_CODES
from forms.kit.dates import long_day
from wizard.errors import EvidenceRefused
from wizard.evidence.registers.register_cells import (
    Unclear,
    check_weekday,
    day_marks,
    read_date,
    read_mark,
    week_marks,
)
from wizard.evidence.registers.register_pupils import Found, Wanted, of_one_pupil
from wizard.evidence.registers.register_source import TAKE
from wizard.evidence.registers.register_table import Cells, RegisterTable, read_table, without_footers
from wizard.evidence.registers.register_totals import Totals, counted, stated

LISTED: Final = 200
NOTICES: Final = 50
SHOWN: Final = 24
GAP: Final = timedelta(days=14)
Days = dict[date, dict[str, str]]
_TOTALS: Final = {
    "possible": "possible", "attended": "attended", "authorised": "authorised absence",
    "unauthorised": "unauthorised absence",
}  # fmt: skip
_HALVES: Final = {
    "am": "AM", "a.m.": "AM", "morning": "AM", "am session": "AM", "session am": "AM",
    "pm": "PM", "p.m.": "PM", "afternoon": "PM", "pm session": "PM", "session pm": "PM",
}  # fmt: skip


@dataclass(slots=True)
class _Reading:
    """What has been understood so far, and what has not."""

    today: date
    row: int = 0
    sessions: dict[tuple[date, str], str] = field(default_factory=dict)
    blank: set[tuple[date, str]] = field(default_factory=set)
    clashes: set[tuple[date, str]] = field(default_factory=set)
    notes: dict[str, None] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)

    def unclear(self, reason: object, cell: str = "") -> None:
        """List the present row with a reason and the beginning of the cell."""
        shown = "".join(letter for letter in " ".join(cell.split()) if letter.isprintable())
        short = shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"
        self.problems.append({"row": self.row, "reason": str(reason), "shown": short})

    def note(self, note: str) -> None:
        """Remember how something had to be understood."""
        if note:
            self.notes[note] = None

    def mark(self, day: date, half: str, cell: str) -> None:
        """Enter one session; days to come are left out, and listed unless they are empty or closed."""
        try:
            code, note = read_mark(cell, half)
        except Unclear as unclear:
            self.unclear(unclear, cell)
            code, note = NO_MARK, ""
        if day <= self.today:
            self.note(note)
            self._enter((day, half), code, blank=not cell.strip())
        elif code not in (NO_MARK, "#"):
            self.unclear("the mark is dated in the future and was left out", cell)

    def _enter(self, key: tuple[date, str], code: str, *, blank: bool) -> None:
        before = self.sessions.get(key, NO_MARK)
        if NO_MARK not in (before, code) and before != code:
            self.unclear(f"a second mark for this session differs: {before} and {code}")
            self.clashes.add(key)
        if code != NO_MARK or key not in self.sessions:
            self.sessions[key] = code
        if blank:
            self.blank.add(key)

    def days(self) -> Days:
        """The sessions day by day: the blank half of a closed day is closed too, and a clash is no mark."""
        days: Days = {}
        for day, half in sorted(self.sessions):
            code = NO_MARK if (day, half) in self.clashes else self.sessions[day, half]
            other = self.sessions.get((day, "PM" if half == "AM" else "AM"))
            closed = code == NO_MARK and (day, half) in self.blank and other == "#"
            days.setdefault(day, {})[half] = "#" if closed else code
        return days


def register(data: bytes, today: str, upn: str, name: str, chosen: str) -> tuple[dict[str, Any], list[bytes]]:
    """The operation of the child process: see `read`; ``today`` is an ISO date."""
    return read(data, date.fromisoformat(today), upn, name, chosen), []


def read(data: bytes, today: date, upn: str = "", name: str = "", chosen: str = "") -> dict[str, Any]:
    """Read a register export.

    Args:
        data: the file.
        today: no mark is taken from later than this.
        upn: of the pupil in question, as far as the referral knows it.
        name: the same.
        chosen: whom somebody picked out of ``pupils`` before.

    Returns:
        ``sessions`` (date, session AM or PM, code), ``totals`` that the file states, ``not_understood`` (row, reason,
        shown), ``notices``, ``pupils`` from among whom one must be chosen first, and ``why``, which is empty unless the
        file as a whole cannot be used.
    """
    try:
        whole = read_table(data, today)
        found = of_one_pupil(whole, Wanted(upn, name, chosen))
    except EvidenceRefused as refusal:
        return _outcome(why=str(refusal))
    if found.ask:
        return _outcome(pupils=found.ask)
    if found.table.layout in ("totals", "codes"):
        return _totals_alone(found)
    return _sessions(found, today)


def _outcome(**found: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"sessions": [], "totals": {}, "not_understood": [], "notices": [], "pupils": [], "why": ""} | found


def _totals_alone(found: Found) -> dict[str, Any]:
    totals = stated(found.table, ())
    if not totals:
        return _outcome(why=f"No totals of the register could be read. {TAKE}")
    notice = "The file holds totals alone. To count the days and their dates, take a register that goes day by day."
    return _outcome(totals=totals, notices=[*found.notices, notice])


def _sessions(found: Found, today: date) -> dict[str, Any]:
    reading = _Reading(today)
    table, footers = without_footers(found.table)
    for reading.row, cells in table.rows:
        try:
            _read_row(cells, table, reading)
        except Unclear as unclear:
            reading.unclear(unclear, table.cell(cells, "week" if table.layout == "week" else "date"))
    days = reading.days()
    totals = stated(found.table, footers)
    notices = [*_notices(reading, days, found.notices), *_left_out(footers), *_disagreement(totals, days)]
    return _outcome(
        sessions=[
            {"date": day.isoformat(), "session": half, "code": code}
            for day, halves in days.items()
            for half, code in halves.items()
        ],
        totals=totals,
        not_understood=reading.problems[:LISTED],
        notices=notices[:NOTICES],
        why="" if days else f"No session of the register could be read. {TAKE}",
    )


def _read_row(cells: Cells, table: RegisterTable, reading: _Reading) -> None:
    if table.layout == "week":
        _read_week(cells, table, reading)
        return
    day = _date(table.cell(cells, "date"), reading)
    check_weekday(table.cell(cells, "weekday"), day)
    if table.layout == "day":
        reading.mark(day, "AM", table.cell(cells, "am"))
        reading.mark(day, "PM", table.cell(cells, "pm"))
        return
    half = _HALVES.get(" ".join(table.cell(cells, "session").casefold().split()))
    if half is None:
        raise Unclear("the session is neither AM nor PM")
    reading.mark(day, half, table.cell(cells, "mark"))


def _date(cell: str, reading: _Reading) -> date:
    day = read_date(cell)
    reading.note("serial" if cell.strip()[:5].isdecimal() else "")
    return day


def _read_week(cells: Cells, table: RegisterTable, reading: _Reading) -> None:
    monday = _date(table.cell(cells, "week"), reading)
    if monday.weekday() != 0:
        raise Unclear("the week does not begin on a Monday")
    if "marks" in table.columns:
        marks, note = week_marks(table.cell(cells, "marks"))
        reading.note(note)
    else:
        by_day = [cells[column] if column < len(cells) else "" for column in table.weekdays]
        marks = by_day if len(by_day) >= 10 else [mark for cell in by_day for mark in day_marks(cell)]
    for position, mark in enumerate(marks):
        day = monday + timedelta(days=position // 2)
        if day.weekday() < 5 or mark not in ("", NO_MARK, "#"):
            reading.mark(day, "PM" if position % 2 else "AM", mark)


def _left_out(footers: Sequence[Cells]) -> Iterator[str]:
    if len(footers) == 1:
        yield "1 row holds neither a date nor a mark, such as totals, and was left out."
    elif footers:
        yield f"{len(footers)} rows hold neither a date nor a mark, such as totals, and were left out."


def _disagreement(totals: Totals, days: Days) -> Iterator[str]:
    """Where the totals that the file states are not those of its marks."""
    ours = counted(Counter(code for halves in days.values() for code in halves.values()))
    differing = [
        f"{words} {totals[name]} in the file, {ours[name]} by its marks"
        for name, words in _TOTALS.items()
        if name in totals and totals[name] != ours[name]
    ]
    if differing:
        yield f"The totals in the file are not those of its marks: {'; '.join(differing)}."
    open_ = sum(code == NO_MARK for halves in days.values() for code in halves.values())
    if differing and totals.get("possible") == ours["possible"] + open_:
        yield "The file counts sessions without a mark as possible; here they count for nothing until you decide."


def _notices(reading: _Reading, days: Days, whose: Iterable[str]) -> Iterator[str]:
    if len(reading.problems) > LISTED:
        yield f"{len(reading.problems):,} entries were not understood; the first {LISTED} are listed."
    yield from whose
    yield from _notes(reading.notes)
    used = {code for halves in days.values() for code in halves.values()} & REGISTER_CODES.keys()
    if old := sorted(code for code in used if REGISTER_CODES[code].legacy):
        yield f"The register uses codes withdrawn in August 2024: {', '.join(old)}."
    if any(day.weekday() > 4 and set(halves.values()) - {"#", NO_MARK} for day, halves in days.items()):
        yield "The register has marks on a Saturday or Sunday; they count as school days."
    for before, after in pairwise(days):
        if after - before > GAP:
            yield f"Nothing is recorded between {_written(before)} and {_written(after)}."


def _notes(notes: Iterable[str]) -> Iterator[str]:
    if subcodes := sorted(note for note in notes if " as " in note):
        yield f"Codes of the school's own were read by their letter: {', '.join(subcodes[:12])}."
    if "serial" in notes:
        yield "Dates written as a spreadsheet’s numbers were read as days."
    if "words" in notes:
        yield "Some marks are written in words and were read as the code that they describe."
    if {"doubled backslash", "present in the other half's sign"} & set(notes):
        yield "Marks for present were read as / in the morning and \\ in the afternoon, however they were written."


def _written(day: date) -> str:
    return long_day(day)
