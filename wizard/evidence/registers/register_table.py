"""The table in a register export: its layout, its columns, and the rows that belong to it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from forms.kit.codes import NO_MARK
from wizard.errors import EvidenceRefused
from wizard.evidence.registers import register_grid
from wizard.evidence.registers.register_cells import WEEKDAYS, Unclear, day_marks, read_date, read_mark, week_marks
from wizard.evidence.registers.register_source import TAKE, Line, readings

HEADER_WITHIN: Final = 40

Cells = list[str]

_DATE: Final = ("date", "sessiondate", "attendancedate", "markdate", "registerdate", "eventdate")
_ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "date": _DATE,
    "week": (
        "weekbeginning", "weekcommencing", "weekstarting", "weekstart", "wb", "wc", "week", "weekof", *_DATE,
    ),
    "session": ("session", "sessionname", "sessiontype", "ampm", "half", "period"),
    "mark": (
        "mark", "code", "attendancecode", "attendancemark", "markcode", "registermark", "statutorycode",
        "statutorymark", "rollcallmark", "attendance", "meaning", "description", "status",
    ),
    "am": ("am", "ammark", "amcode", "amsession", "morning", "morningmark", "amattendance"),
    "pm": ("pm", "pmmark", "pmcode", "pmsession", "afternoon", "afternoonmark", "pmattendance"),
    "marks": ("marks", "weekmarks", "attendancemarks", "codes", "pattern", "weekpattern", "attendance"),
    "weekday": ("day", "weekday", "dayofweek"),
}  # fmt: skip
TOTALS: Final[Mapping[str, tuple[str, ...]]] = {
    "possible": ("possible", "poss", "possiblesessions", "sessionspossible", "totalpossible", "possibleattendances"),
    "attended": (
        "attended", "att", "present", "sessionsattended", "sessionspresent", "attendances", "totalpresent", "pres",
    ),
    "activity": ("aea", "approvededucationalactivity", "edactivity", "approvedactivity"),
    "authorised": ("authorised", "auth", "authorisedabsence", "authorisedabsences", "sessionsauthorised", "authabs"),
    "unauthorised": (
        "unauthorised", "unauth", "unauthorisedabsence", "unauthorisedabsences", "sessionsunauthorised", "unauthabs",
    ),
    "number": ("sessions", "count", "number", "numberofsessions", "total"),
}  # fmt: skip
IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {
    "UPN": ("upn", "uniquepupilnumber"),
    "admission number": ("admissionnumber", "admissionno", "adno", "adm"),
    "surname": ("surname", "lastname", "familyname", "legalsurname"),
    "forename": ("forename", "firstname", "givenname", "legalforename", "preferredforename"),
    "name": ("name", "pupil", "pupilname", "student", "studentname", "fullname"),
    "date of birth": ("dob", "dateofbirth", "birthdate"),
}
_A_DAY: Final = frozenset(("date", "am", "pm"))
_A_SESSION: Final = frozenset(("date", "session", "mark"))
_A_WEEK: Final = frozenset(("week", "marks"))
_FOOT: Final = ("total", "possible", "attended", "summary", "codesused", "printed", "page", "signed", "icertify")
_LESSON: Final = re.compile(r"(?:p|per|period|lesson|l)?\s*\d{1,2}", re.IGNORECASE)
_NAMED: Final = re.compile(
    r"\b(?:name|pupil|student)\s*:\s*([^:]*?[^:\s])(?=\s{2,}|$|\s+(?:dob|date of birth|reg|upn|year|class|form)\b)",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"\b([A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z])\b")


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """A register's rows, each with its number in the file, and which column holds what.

    Attributes:
        layout: ``day``, ``session`` or ``week``, what one row stands for; ``totals`` or ``codes`` without dates.
        columns: of the marks and dates; of totals as well.
        weekdays: columns of Monday, Tuesday, ... where each day of a week has one.
        identity: columns that say whose register it is.
        title: what stands above the header.
    """

    layout: str
    rows: tuple[tuple[int, Cells], ...]
    columns: Mapping[str, int]
    weekdays: tuple[int, ...] = ()
    identity: Mapping[str, int] = field(default_factory=dict)
    title: tuple[str, ...] = ()

    def cell(self, cells: Cells, role: str) -> str:
        """The cell of a row in the column of a role; empty where there is none."""
        column = self.columns.get(role, self.identity.get(role))
        return cells[column] if column is not None and column < len(cells) else ""


def key(cell: str) -> str:
    """A heading without case, spaces and punctuation."""
    return "".join(letter for letter in cell.casefold() if letter.isalnum())


def read_table(data: bytes, today: date) -> RegisterTable:
    """Find the register in a file's bytes; a table of totals alone only where there is no register of sessions.

    Raises:
        EvidenceRefused: it is no table, or no register of sessions.
    """
    totals: RegisterTable | None = None
    refusal = EvidenceRefused(
        "No row of the file names its columns as a register: date, session and mark; date, AM and PM; week and marks.",
        TAKE,
    )
    try:
        for found in _tables(data, today):
            if found.layout not in ("totals", "codes"):
                _refuse_lessons(found)
                return _with_title_identity(found)
            totals = totals or found
    except EvidenceRefused as refused:
        refusal = refused
    if totals is None:
        raise refusal
    return _with_title_identity(totals)


def _tables(data: bytes, today: date) -> Iterator[RegisterTable]:
    """Every table that a row of the file may be the header of."""
    for name, lines in readings(data):
        for at, line in enumerate(lines[:HEADER_WITHIN]):
            title = (name, *("  ".join(above.cells) for above in lines[:at] if any(above.cells)))
            found = _grid(lines, at, title, today) or _headed(line, lines[at + 1 :], title)
            if found is not None:
                yield found


def _refuse_lessons(table: RegisterTable) -> None:
    if table.layout == "session" and any(_LESSON.fullmatch(table.cell(cells, "session")) for _, cells in table.rows):
        raise EvidenceRefused("This is a register of lessons; only morning and afternoon sessions count.", TAKE)


def _columns(keys: list[str], names: Mapping[str, Iterable[str]]) -> dict[str, int]:
    known = ((role, [keys.index(name) for name in words if name in keys]) for role, words in names.items())
    return {role: found[0] for role, found in known if found}


def _headed(header: Line, below: list[Line], title: tuple[str, ...]) -> RegisterTable | None:
    """The table under a row, if that row names the columns of one of the layouts."""
    keys = [key(cell) for cell in header.cells]
    roles, totals = _columns(keys, _ROLES), _columns(keys, TOTALS)
    weekdays = _weekdays(keys)
    layout = _layout(roles.keys(), totals.keys(), len(weekdays))
    if not layout:
        return None
    aligned = ((line.number, line.under(header)) for line in below if any(line.cells))
    rows = tuple((number, cells) for number, cells in aligned if [key(cell) for cell in cells] != keys)
    identity = _columns(keys, IDENTITY) if layout != "codes" else {}
    return RegisterTable(layout, rows, totals | roles, weekdays, identity, title)


def _weekdays(keys: list[str]) -> tuple[int, ...]:
    """The columns of the days of a week: one a day, or one for each of its halves."""
    halves = tuple(
        place
        for day in WEEKDAYS
        for half in ("am", "pm")
        for place, name in enumerate(keys)
        if name.startswith(day) and name.endswith(half) and len(name) <= len("wednesdayam")
    )
    if len(halves) >= 10:
        return halves
    short = [name[:3] if len(name) == 3 or name.endswith("day") else "" for name in keys]
    return tuple(short.index(day) for day in WEEKDAYS if day in short)


def _layout(roles: Iterable[str], totals: Iterable[str], weekdays: int) -> str:
    known, summed = frozenset(roles), frozenset(totals)
    if known >= _A_DAY:
        return "day"
    if known >= _A_SESSION:
        return "session"
    if known >= _A_WEEK or (weekdays >= 5 and "week" in known):
        return "week"
    if summed >= {"possible", "attended"} and not known & {"date", "week"}:
        return "totals"
    return "codes" if "mark" in known and "number" in summed and "date" not in known else ""


def _grid(lines: list[Line], at: int, title: tuple[str, ...], today: date) -> RegisterTable | None:
    """A grid made into rows of one session each, so that the rest need not know of grids."""
    below = lines[at + 1].cells if at + 1 < len(lines) else []
    if _columns([key(cell) for cell in below], {"week": _ROLES["week"]}):
        return None  # the line below is the header: a column of dates and a grid of dates do not go together
    found = register_grid.find(lines, at, title, today)
    if found is None:
        return None
    keys = [key(cell) for cell in found.names]
    identity, totals = _columns(keys, IDENTITY), _columns(keys, TOTALS)
    wide = len(keys)
    rows = tuple(
        (number, [*(cells + [""] * wide)[:wide], day.isoformat(), half, cells[column] if column < len(cells) else ""])
        for number, cells in found.rows
        for column, day, half in found.sessions
        if any(cells)
    )
    columns = {"date": wide, "session": wide + 1, "mark": wide + 2} | totals
    return RegisterTable("session", rows, columns, (), identity or {"name": 0}, title)


def _with_title_identity(table: RegisterTable) -> RegisterTable:
    """Name and UPN above the table belong to every row of one without columns for them."""
    if table.identity:
        return table
    name = next((found[1] for line in table.title if (found := _NAMED.search(line))), "")
    upn = next((found[1] for line in table.title if (found := _NUMBERED.search(line))), "")
    if not name and not upn:
        return table
    wide = max((len(cells) for _, cells in table.rows), default=0)
    rows = tuple((number, [*cells, *[""] * (wide - len(cells)), name, upn]) for number, cells in table.rows)
    return replace(table, rows=rows, identity={"name": wide, "UPN": wide + 1})


def without_footers(table: RegisterTable) -> tuple[RegisterTable, list[Cells]]:
    """The table without rows that hold neither a date nor a mark, such as totals and signatures; and these rows."""
    kept = tuple(row for row in table.rows if not _is_footer(table, row[1]))
    numbers = {number for number, _ in kept}
    return replace(table, rows=kept), [cells for number, cells in table.rows if number not in numbers]


def _is_footer(table: RegisterTable, cells: Cells) -> bool:
    try:
        read_date(table.cell(cells, "week" if table.layout == "week" else "date"))
    except Unclear:
        if key(next(filter(None, cells), "")).startswith(_FOOT):
            return True
        roles = {"day": ("am", "pm"), "session": ("mark",), "week": ("marks",)}[table.layout]
        marks = [table.cell(cells, role) for role in roles]
        marks += [cells[column] for column in table.weekdays if column < len(cells)]
        return not any(_holds_marks(cell) for cell in marks)
    return False


def _holds_marks(cell: str) -> bool:
    """Whether a cell reads as the mark of a session, or as those of a day or a week."""
    for read in (lambda: read_mark(cell, "AM")[0] != NO_MARK, lambda: any(day_marks(cell)), lambda: week_marks(cell)):
        try:
            if read():
                return True
        except Unclear:
            continue
    return False
