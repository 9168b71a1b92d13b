"""The table in a register export: its separator, its header, and the rows of the one pupil it is about."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from wizard.errors import EvidenceRefused
from wizard.evidence import kinds
from wizard.evidence.register_cells import WEEKDAYS

ROWS: Final = 20_000
COLUMNS: Final = 400
CELL: Final = 200
HEADER_WITHIN: Final = 40
TAKE: Final = "In the school's information system choose a register of this one pupil and save it as CSV."

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
_IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {
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
_LESSON: Final = re.compile(r"(?:p|per|period|lesson|l)?\s*\d{1,2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """A register's rows, each with its number in the file, and which column holds what.

    Attributes:
        layout: ``day``, ``session`` or ``week``, what one row stands for.
        weekdays: columns of Monday, Tuesday, ... where each day of a week has one.
        identity: columns that say whose register it is.
        doubtful_name: whether the name in the file differs from that of the pupil.
    """

    layout: str
    rows: tuple[tuple[int, Cells], ...]
    columns: Mapping[str, int]
    weekdays: tuple[int, ...]
    identity: Mapping[str, int]
    doubtful_name: bool = False

    def cell(self, cells: Cells, role: str) -> str:
        """The cell of a row in the column of a role; empty where there is none."""
        return _cell(cells, self.columns.get(role))


def read_table(data: bytes, upn: str, name: str) -> RegisterTable:
    """Find the register in a file's bytes.

    Raises:
        EvidenceRefused: it is no text table, no register of sessions, or not of one pupil or not of this one.
    """
    kind = kinds.detect(data)
    if kind.id != "text":
        raise EvidenceRefused(f"A register is read from a CSV file, and this is {kind.a_name}.", TAKE)
    table = _table(kinds.decode(data).splitlines())
    if table.layout == "session" and any(_LESSON.fullmatch(table.cell(cells, "session")) for _, cells in table.rows):
        raise EvidenceRefused("This is a register of lessons; only morning and afternoon sessions count.", TAKE)
    return _of_one_pupil(table, upn, name)


def _table(lines: list[str]) -> RegisterTable:
    """Try the separators until one of the layouts shows."""
    if len(lines) > ROWS:
        raise EvidenceRefused(f"The file has more than {ROWS:,} rows.", TAKE)
    hint = lines[0][4:5] if lines and lines[0].casefold().startswith("sep=") else ""
    unreadable = False
    for separator in dict.fromkeys([*hint, ",", ";", "\t", "|", ""]):
        rows = _split(lines, separator)
        unreadable = unreadable or rows is None
        for number, cells in enumerate(islice(rows or (), HEADER_WITHIN)):
            if found := _headed(cells, (rows or [])[number + 1 :], number + 2):
                return found
    if unreadable:
        raise EvidenceRefused("The quotation marks in the file do not match, so its rows cannot be told apart.", TAKE)
    raise EvidenceRefused(
        "No row of the file names its columns as a register: date, session and mark; date, AM and PM; week and marks.",
        TAKE,
    )


def _split(lines: list[str], separator: str) -> list[Cells] | None:
    """The rows as cells; None when quotation marks do not match. Without a separator, two blanks separate."""
    if not separator:
        return [re.split(r"\s{2,}", line.strip())[:COLUMNS] for line in lines]
    try:
        rows = csv.reader(io.StringIO("\n".join(lines)), delimiter=separator, strict=True)
        return [[cell.strip()[:CELL] for cell in cells[:COLUMNS]] for cells in rows]
    except (csv.Error, TypeError, ValueError):
        return None


def _key(cell: str) -> str:
    return "".join(letter for letter in cell.casefold() if letter.isalnum())


def _headed(header: Cells, below: list[Cells], first: int) -> RegisterTable | None:
    """The table under a row, if that row names the columns of one of the layouts."""
    keys = [_key(cell) for cell in header]

    def columns(names: Mapping[str, Iterable[str]]) -> dict[str, int]:
        known = ((role, [keys.index(name) for name in words if name in keys]) for role, words in names.items())
        return {role: found[0] for role, found in known if found}

    roles = columns(_ROLES)
    short = [key[:3] if len(key) == 3 or key.endswith("day") else "" for key in keys]
    weekdays = tuple(short.index(day) for day in WEEKDAYS if day in short)
    layout = _layout(roles.keys(), len(weekdays))
    if not layout:
        return None
    rows = tuple(
        (number, cells)
        for number, cells in enumerate(below, first)
        if any(cells) and [_key(cell) for cell in cells] != keys
    )
    return RegisterTable(layout, rows, roles, weekdays, columns(_IDENTITY))


def _layout(roles: Iterable[str], weekdays: int) -> str:
    known = frozenset(roles)
    if known >= _A_DAY:
        return "day"
    if known >= _A_SESSION:
        return "session"
    return "week" if known >= _A_WEEK or (weekdays >= 5 and "week" in known) else ""


def _cell(cells: Cells, column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""


def _of_one_pupil(table: RegisterTable, upn: str, name: str) -> RegisterTable:
    """Keep the pupil's rows; a UPN decides where there is one, else the name, which may be written in several ways."""
    rows, doubtful = table.rows, False
    if upn and "UPN" in table.identity:
        rows = tuple(row for row in rows if _key(_cell(row[1], table.identity["UPN"])) == _key(upn))
    elif name and {"name", "surname"} & table.identity.keys():
        named = tuple(row for row in rows if _is_named(row[1], table.identity, name))
        doubtful = not named
        rows = named or rows
    if not rows and table.rows:
        raise EvidenceRefused("No row of the file is for this pupil.", TAKE)
    differing = [
        label
        for label, column in table.identity.items()
        if len({_key(_cell(cells, column)) for _, cells in rows} - {""}) > 1
    ]
    if differing:
        columns = ", ".join(differing)
        raise EvidenceRefused(f"The file holds more than one pupil: its rows differ in {columns}.", TAKE)
    return RegisterTable(table.layout, rows, table.columns, table.weekdays, table.identity, doubtful)


def _is_named(cells: Cells, identity: Mapping[str, int], name: str) -> bool:
    text = " ".join(_cell(cells, identity.get(label)) for label in ("name", "surname", "forename"))
    there, wanted = (frozenset(re.findall(r"[^\W_]+", words.casefold())) for words in (text, name))
    return bool(there and wanted) and (there <= wanted or wanted <= there)
