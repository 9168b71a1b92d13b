"""The list of all schools from Get Information about Schools, as anybody may download it. Runs in the child process.

The file has some 50,000 rows and 140 columns, which come and go from year to year: they are told by their headings.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any, Final

from wizard.errors import EvidenceRefused
from wizard.evidence.school.school_table import key
from wizard.evidence.text.decoding import decode

SHOWN: Final = 20
_WANTED: Final = {
    "urn": "urn", "lea": "lacode", "estab": "establishmentnumber", "name": "establishmentname",
    "kind": "typeofestablishmentname", "group": "establishmenttypegroupname", "status": "establishmentstatusname",
    "phase": "phaseofeducationname", "street": "street", "locality": "locality", "address3": "address3",
    "town": "town", "county": "countyname", "postcode": "postcode", "phone": "telephonenum",
}  # fmt: skip


def is_list(head: str) -> bool:
    """Whether a file begins as the list of schools does."""
    line = key(head.lstrip("\ufeff").partition("\n")[0])
    return "urn" in line and "establishmentname" in line and "typeofestablishmentname" in line


def read(data: bytes, search: str) -> dict[str, Any]:
    """The schools whose URN, DfE number, name, town or postcode holds every word of a search; open ones first."""
    words = [key(word) for word in search.split() if key(word)]
    found = sorted(_matching(data, words), key=_rank(words)) if words else []
    return {
        "kind": "gias",
        "title": "list of schools (Get Information about Schools)",
        "schools": [_school(row) for row in found[:SHOWN]],
        "found": len(found),
    }


def _matching(data: bytes, words: list[str]) -> Iterator[dict[str, str]]:
    rows = csv.reader(io.StringIO(decode(data), newline=""))
    try:
        names = [key(name) for name in next(rows)]
        places = {role: names.index(name) for role, name in _WANTED.items() if name in names}
        asked = [places[role] for role in ("urn", "lea", "estab", "name", "town", "postcode") if role in places]
        for cells in rows:
            if len(cells) < len(names):
                continue
            text = "\n".join(key(cells[place]) for place in asked)
            text += "\n" + key(cells[places.get("lea", 0)]) + key(cells[places.get("estab", 0)])
            if all(word in text for word in words):
                yield {role: cells[place].strip() for role, place in places.items()}
    except (csv.Error, StopIteration, ValueError):
        raise EvidenceRefused("The list of schools is damaged.", "Download it again.") from None


def _rank(words: list[str]) -> Any:  # noqa: ANN401 - a key to sort by
    def rank(row: dict[str, str]) -> tuple[bool, bool, str]:
        return (row.get("urn", "") not in words, not row.get("status", "").startswith("Open"), row.get("name", ""))

    return rank


def _school(row: dict[str, str]) -> dict[str, str]:
    number = row.get("estab", "")
    lines = [row.get(name, "") for name in ("street", "locality", "address3", "town", "county")]
    return {
        "name": row.get("name", "")[:200],
        "urn": row.get("urn", "")[:12],
        "lea": row.get("lea", "")[:3],
        "estab": number.zfill(4)[:4] if number.isdecimal() else "",
        "type": _type(row),
        "kind": row.get("kind", "")[:120],
        "status": row.get("status", "")[:60],
        "phone": row.get("phone", "")[:40],
        "address": "\n".join(dict.fromkeys(filter(None, lines)))[:400],
        "postcode": row.get("postcode", "")[:12],
    }


def _type(row: dict[str, str]) -> str:
    """The kind of school in the words of our own list; nothing where it has to be asked."""
    kind, group = row.get("kind", "").casefold(), row.get("group", "").casefold()
    if re.search("pupil referral|alternative provision", kind):
        return "pru"
    if "special" in kind or "special" in group:
        return "special"
    if "independent" in group:
        return "independent"
    if "academ" in group or "free school" in group:
        return "academy"
    return "maintained" if "maintained" in group else ""
