"""What is read in the text of a document, once it is safe: its own date, and marks of persons; in the child."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from wizard.evidence.document import LONGEST_TEXT
from wizard.evidence.words.days import dated
from wizard.evidence.words.marks import marks, right
from wizard.evidence_fact import Mark


def reread(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The operation of the child process: `read`, of texts that a machine read in pictures, parted by form feeds.

    The texts come back with it. Numbers count only where their check characters fit: a machine misreads more figures
    than people miswrite.
    """
    texts = [text[:LONGEST_TEXT] for text in data.decode("utf-8", "replace").split("\f")]
    found = read(texts)
    found["marks"] = [mark for mark in found["marks"] if right(Mark(**mark))]
    return found | {"texts": texts}, []


def read(texts: Sequence[str], today: date | None = None) -> dict[str, Any]:
    """The facts ``dated`` and ``marks`` of the texts of a document's pages; safe on any text."""
    latest = today or datetime.now().astimezone().date()
    found = marks(texts, latest)
    born = {date.fromisoformat(mark.text) for mark in found if mark.kind == "born"}
    day = dated(texts, latest, born)
    return {"dated": day.isoformat() if day else "", "marks": [asdict(mark) for mark in found]}
