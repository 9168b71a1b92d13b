"""The totals that a register export states itself, beside what its marks come to. Runs in the child process."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from forms.kit.codes import REGISTER_CODES, Attendance
from wizard.evidence.registers.register_cells import Unclear, read_mark
from wizard.evidence.registers.register_table import Cells, RegisterTable

Totals = dict[str, int]
"""Sessions by ``possible``, ``attended``, ``authorised``, ``unauthorised`` and, where codes are counted, ``health``."""

KINDS: Final = ("possible", "attended", "activity", "authorised", "unauthorised")
MOST: Final = 2_000
_FIGURE: Final = re.compile(r"\d{1,4}(?:\.0+)?", re.ASCII)
_IN_WORDS: Final = re.compile(
    r"\b(possible|attended|present|authorised|unauthorised)(?:\s+(?:sessions|absences?))?\s*[:=]?\s*(\d{1,4})\b"
    r"(?!\s*%|[.,]\d)",
    re.IGNORECASE | re.ASCII,
)


def stated(table: RegisterTable, footers: Sequence[Cells]) -> Totals:
    """The totals that the file states: in columns of their own, or in a line beneath the table."""
    if table.layout == "codes":
        return _by_code(table)
    roles = [role for role in KINDS if role in table.columns]
    found: Totals = {}
    if "possible" in roles and "attended" in roles:
        for _, cells in _rows_with_totals(table):
            for role in roles:
                found[role] = found.get(role, 0) + _figure(table.cell(cells, role))
    if not found:
        found = _in_words(footers)
    return _settled(found)


def _rows_with_totals(table: RegisterTable) -> list[tuple[int, list[str]]]:
    """Each row once: a grid repeats the totals of its row with every session."""
    rows = dict(reversed(table.rows)) if table.layout == "session" else dict(table.rows)
    return [(number, cells) for number, cells in rows.items() if _FIGURE.fullmatch(table.cell(cells, "possible"))]


def _figure(cell: str) -> int:
    return int(float(cell)) if _FIGURE.fullmatch(cell) else 0


def _in_words(lines: Sequence[Cells]) -> Totals:
    found: Totals = {}
    for line in lines:
        for word, figure in _IN_WORDS.findall("  ".join(line)):
            role = "attended" if word.casefold() == "present" else word.casefold()
            found.setdefault(role, int(figure))
    return found if "possible" in found and "attended" in found else {}


def _settled(found: Totals) -> Totals:
    """Totals with activity off site inside what was attended: beside it only where the sum comes out so."""
    activity = found.pop("activity", 0)
    absent = found.get("authorised", 0) + found.get("unauthorised", 0)
    if activity and found["attended"] + activity + absent == found["possible"]:
        found["attended"] += activity
    return found if all(0 <= figure <= MOST for figure in found.values()) else {}


def _by_code(table: RegisterTable) -> Totals:
    """Totals from a list of codes with their numbers of sessions."""
    sessions: Counter[str] = Counter()
    for _, cells in table.rows:
        try:
            sessions[read_mark(table.cell(cells, "mark"), "AM")[0]] += _figure(table.cell(cells, "number"))
        except Unclear:
            continue
    return counted(sessions)


def counted(sessions: Mapping[str, int]) -> Totals:
    """The totals of a number of sessions by code; codes I and M are those of health."""
    totals = {"possible": 0, "attended": 0, "authorised": 0, "unauthorised": 0, "health": 0}
    for code, number in sessions.items():
        known = REGISTER_CODES.get(code)
        if known is None:
            continue
        totals["possible"] += number * known.possible
        totals["attended"] += number * known.attending
        totals["authorised"] += number * (known.counts_as is Attendance.AUTHORISED)
        totals["unauthorised"] += number * (known.counts_as is Attendance.UNAUTHORISED)
        totals["health"] += number * (code in ("I", "M"))
    return totals
