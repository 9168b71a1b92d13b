"""A file that was offered with all that came inside it, each made safe by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, Final

from wizard.evidence.confined.process import never
from wizard.evidence.document import Outcome, Part, Prepared
from wizard.evidence.offer import opened, opened_bytes
from wizard.evidence_fact import FOR_SCHOOL, for_school, whole

DEEPEST: Final = 3
"""How many files may lie around one: what is in a zip archive in a zip archive in a message is looked at, no more."""

MOST: Final = 200
"""Files inside one that was offered, at every depth together."""

LARGEST: Final = 300 << 20
"""Bytes of them."""

_ALONE: Final = "Save it by itself and add that."


@dataclass(frozen=True, slots=True)
class Offered:
    """A file that came inside another, and what came inside it."""

    name: str
    data: bytes = field(repr=False)
    made: Prepared
    parts: tuple["Offered", ...] = ()


@dataclass(slots=True)
class _Room:
    files: int = MOST
    size: int = LARGEST


def inside(
    made: Prepared, passwords: Sequence[str] = (), *, cancelled: Callable[[], bool] = never
) -> tuple[Offered, ...]:
    """What came inside a file that was made safe, each made safe in its turn; ``passwords`` are tried on locked ones.

    Raises:
        Cancelled: ``cancelled`` said so.
    """
    return _inside(made.parts, passwords, cancelled, _Room(), 1)


def inspect_line(path: Path, passwords: Sequence[str] = ()) -> dict[str, Any]:
    """What intake makes of a file and of all that came inside it, as the command ``inspect`` prints it."""
    made, _ = opened(path, passwords=passwords)
    return _line(Offered(str(path), b"", made, inside(made, passwords)))


def _line(one: Offered) -> dict[str, Any]:
    made = one.made
    return {
        "file": one.name,
        "outcome": str(made.outcome),
        "kind": made.kind,
        "pages": made.pages,
        "dated": made.dated,
        "notices": list(for_school(made.notices)),
        "why": whole(made.why),
        "with_original": made.with_original,
        "parts": [_line(part) for part in one.parts],
    }


def _inside(
    parts: Sequence[Part], passwords: Sequence[str], cancelled: Callable[[], bool], room: _Room, depth: int
) -> tuple[Offered, ...]:
    return tuple(_offered(one, passwords, cancelled, room, depth) for one in parts)


def _offered(part: Part, passwords: Sequence[str], cancelled: Callable[[], bool], room: _Room, depth: int) -> Offered:
    room.files -= 1
    room.size -= len(part.data)
    why = ""
    if depth > DEEPEST:
        why = f"It lies deeper in other files than is looked.{FOR_SCHOOL}{_ALONE}"
    elif room.files < 0 or room.size < 0:
        why = f"There is more in the file than is taken in at once.{FOR_SCHOOL}{_ALONE}"
    if why:
        return Offered(part.name, b"", Prepared(Outcome.REFUSED, "unknown", why=why))
    ending = PurePath(part.name).suffix
    made, _ = opened_bytes(part.data, ending, passwords=passwords, cancelled=cancelled)
    return Offered(part.name, part.data, made, _inside(made.parts, passwords, cancelled, room, depth + 1))
