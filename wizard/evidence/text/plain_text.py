"""The reader of plain text, such as notes, CSV and calendar entries: lines, and tables as tables. In the child."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from wizard.evidence import kinds
from wizard.evidence.document import Read
from wizard.evidence.text import separated
from wizard.evidence.text.blocks import Block, PageBreak, Preformatted, Table, prose
from wizard.evidence.text.decoding import decode
from wizard.evidence.text.laid_out import laid_out
from wizard.evidence.text.laid_table import squared
from wizard.evidence_fact import Treatment

_COLUMNS: Final = 200
_LIKE: Final = 0.9  # of its rows have as many cells as most of them
_UNREADABLE: Final = "\ufffd"


def read(data: bytes, kind: str, treatment: Treatment) -> Read:
    """Read a text file."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    notices = []
    if kind != "text":
        text = text.replace("\n ", "").replace("\n\t", "")  # long lines are folded so (RFC 5545, 3.1)
        notices.append(f"It is {kinds.KINDS[kind].a_name}; what the file says is shown line by line.")
    unreadable = _UNREADABLE in text
    if unreadable:
        notices.append("Some of its characters cannot be read; each is shown as �.")
    return laid_out(_blocks(text)).read(*notices, with_original=unreadable)


def _blocks(text: str) -> Iterator[Block]:
    rows = table(text.split("\n"))
    if rows:
        yield Table(squared([[prose(cell.strip()) for cell in row] for row in rows]), heads=1)
        return
    for at, page in enumerate(text.split("\f")):
        if at:
            yield PageBreak()
        for line in page.rstrip("\n").split("\n"):
            yield Preformatted(line)


def table(lines: Sequence[str]) -> list[list[str]]:
    """The rows of a table whose cells are told apart by a mark; nothing when the lines are no table."""
    for mark in separated.marks(lines):
        kept = lines[1:] if lines and lines[0].casefold().startswith("sep=") else lines
        rows = [row for row in separated.split(kept, mark, _COLUMNS) or () if any(cell.strip() for cell in row)]
        if _is_table(rows):
            return rows
    return []


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    if len(rows) < 2:
        return False
    width, often = Counter(map(len, rows)).most_common(1)[0]
    if width < 2 or often < _LIKE * len(rows) or (width == 2 and len(rows) < 4):
        return False
    return all(any(row[at].strip() for row in rows if at < len(row)) for at in range(width))
