"""An export of events from a safeguarding system: its table as it stands. Runs in the child process.

What the columns mean is for the designated safeguarding lead to say, and which rows are taken too; nothing is read into
them here. PDFs of these systems are never taken apart.
"""

from typing import Any, Final

from wizard.errors import EvidenceRefused
from wizard.evidence.detection import detect
from wizard.evidence.school.school_table import HEADER_WITHIN, Cells, body, tables

EVENTS: Final = 500
WIDEST: Final = 40
LONGEST: Final = 8_000

_SHORTER: Final = "Export a shorter time, or the significant events alone."


def table(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The headings and the rows beneath them, or why there are none."""
    try:
        return _table(data), []
    except EvidenceRefused as refusal:
        return {"why": str(refusal)}, []


def _table(data: bytes) -> dict[str, Any]:
    if detect(data).id == "pdf":
        raise EvidenceRefused(
            "This is a PDF, which is not taken apart.", "Attach it instead, or export the list as CSV."
        )
    for rows in tables(data):
        header = _header(rows)
        if header is None:
            continue
        found = list(body(rows, header))
        if len(found) > EVENTS:
            raise EvidenceRefused(f"The file has more than {EVENTS} rows.", _SHORTER)
        if found:
            cells = [[cell[:LONGEST] for cell in row[:WIDEST]] for row in found]
            return {"headings": [name[:100] for name in rows[header][:WIDEST]], "rows": cells}
    raise EvidenceRefused(
        "No table with a row of headings was found in the file.", "Export the list as CSV or Excel, with its headings."
    )


def _header(rows: list[Cells]) -> int | None:
    """The first row that has as many filled cells as any of the rows near it: titles above a table have fewer."""
    near = [sum(map(bool, cells)) for cells in rows[:HEADER_WITHIN]]
    most = max(near, default=0)
    return near.index(most) if most > 1 else None
