"""What is told of the files within a file, and which of them are to be offered by themselves; in the child process."""

from collections.abc import Sequence
from typing import Final

from wizard.evidence.detection import detect
from wizard.evidence.document import MOST_PARTS, Part
from wizard.evidence.mail.message import Attached
from wizard.evidence.text.blocks import Prose, Table, Words, prose
from wizard.evidence_fact import file_name

_LISTED: Final = 1_000


def listed(files: Sequence[Attached]) -> tuple[Table, tuple[Part, ...]]:
    """A table of files that came inside one, and those that are to be offered by themselves."""
    parts: list[Part] = []
    rows = [tuple(prose(head, bold=True) for head in ("File", "What it is", "Size", "Note"))]
    for number, one in enumerate(files):
        instead = one.instead or ("" if len(parts) < MOST_PARTS else f"left out: {MOST_PARTS} files are the most")
        if not instead:
            parts.append(Part(file_name(one.name), one.data))
        if number < _LISTED:
            rows.append(_row(one, instead))
    if len(files) > _LISTED:
        rows.append((prose(f"and {len(files) - _LISTED:,} more"), (), (), ()))
    if not any(row[-1] for row in rows[1:]):
        rows = [row[:-1] for row in rows]
    return Table(tuple(rows), heads=1), tuple(parts)


def own(number: int) -> str:
    """What becomes of the files."""
    return "it is a document of its own" if number == 1 else "each is a document of its own"


def size(data: bytes) -> str:
    """A number of bytes as people say it, such as ``1.2 MB``."""
    if len(data) < 1000:
        return f"{len(data)} bytes"
    return f"{len(data) / 1e6:.1f} MB" if len(data) >= 1e6 else f"{len(data) / 1000:.0f} KB"


def _row(one: Attached, note: str) -> tuple[Prose, ...]:
    what = detect(one.data).a_name.partition(" ")[2] if one.data else ""
    return (
        (Words(one.name),),
        prose(what[:1].upper() + what[1:]),
        prose(size(one.data) if one.data else ""),
        prose(note[:1].upper() + note[1:]) if note else (),
    )
