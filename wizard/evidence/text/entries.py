"""The reader of calendar entries (ICS) and contact cards (VCF): what they say, in words; in the child process."""

import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from wizard.evidence.document import Read
from wizard.evidence.mail.message import day, told, uk_time
from wizard.evidence.mail.message_words import decoded
from wizard.evidence.text import blocks as said
from wizard.evidence.text import plain_text
from wizard.evidence.text.decoding import decode
from wizard.evidence.text.laid_out import laid_out
from wizard.evidence.text.text_facts import many
from wizard.evidence_fact import Treatment

MOST: Final = 500
"""Entries, or cards, of a file that are shown."""

_LINE: Final = re.compile(r"(?:[\w-]+\.)?([\w-]+)((?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?):(.*)", re.DOTALL)
_TIME: Final = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(?:\d\d)?(Z?))?")
_ESCAPED: Final = re.compile(r"\\([nN,;\\])")
_SHOWN: Final = ("VEVENT", "VTODO", "VJOURNAL", "VCARD")
_WORDS: Final = {
    "SUMMARY": "", "FN": "", "DTSTART": "Starts", "DTEND": "Ends", "DUE": "Due", "DURATION": "Lasts",
    "LOCATION": "Where", "ORGANIZER": "From", "ATTENDEE": "With", "STATUS": "Status", "RRULE": "Repeats",
    "DESCRIPTION": "Description", "COMMENT": "Comment", "N": "Name", "ORG": "Organisation", "TITLE": "Post",
    "ROLE": "Role", "TEL": "Telephone", "EMAIL": "E-mail", "ADR": "Address", "BDAY": "Born", "NOTE": "Note",
    "URL": "Web address", "CATEGORIES": "Kind", "COMPLETED": "Completed",
}  # fmt: skip
_TIMES: Final = frozenset({"DTSTART", "DTEND", "DUE", "COMPLETED", "BDAY"})
_LISTS: Final = frozenset({"N", "ADR", "ORG"})
_PICTURES: Final = frozenset({"PHOTO", "LOGO", "ATTACH", "SOUND"})


@dataclass(slots=True)
class _Entry:
    """An entry or a card: its lines, and how many pictures and files it has that are not shown."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    unshown: int = 0


def read(data: bytes, kind: str, treatment: Treatment) -> Read:
    """Read a file of entries or cards."""
    what = ("contact card", "contact cards") if kind == "contact" else ("calendar entry", "calendar entries")
    found = [entry for entry in _entries(decode(data)) if entry.lines or entry.unshown]
    if not found:
        return plain_text.read(data, kind, treatment)
    notices = []
    if len(found) > MOST:
        notices.append(f"Of its {len(found):,} {what[1]}, the first {MOST} are shown.")
    if unshown := sum(one.unshown for one in found):
        notices.append(f"{many(unshown, 'picture or file', 'pictures or files')} in it not shown.")
    return laid_out(_blocks(found[:MOST], what[0])).read(*notices, with_original=bool(notices))


def _entries(text: str) -> Iterator[_Entry]:
    entry, inner = None, 0
    for name, parameters, value in _lines(text):
        if name == "BEGIN":
            inner += entry is not None
            entry = entry or (_Entry() if value.strip().upper() in _SHOWN else None)
        elif name == "END" and inner:
            inner -= 1  # an alarm in an entry
        elif name == "END" and entry is not None:
            yield entry
            entry = None
        elif entry is not None and not inner:
            _take(entry, name, parameters, value)


def _lines(text: str) -> Iterator[tuple[str, str, str]]:
    """Name, parameters and value of each line; lines that were folded are whole again."""
    whole = re.sub(r"\r?\n[ \t]", "", re.sub(r"=\r?\n(?=[^\r\n:]*(?:=[0-9A-F]{2}|\r?\n))", "", text))
    for line in whole.splitlines():
        if found := _LINE.fullmatch(line.strip()):
            yield found[1].upper(), found[2], found[3]


def _take(entry: _Entry, name: str, parameters: str, value: str) -> None:
    if name in _PICTURES:
        entry.unshown += 1
    if name not in _WORDS:
        return
    words = _plain(name, parameters, value).strip()
    if words:
        entry.lines.append((name, words))


def _plain(name: str, parameters: str, value: str) -> str:
    if "QUOTED-PRINTABLE" in parameters.upper():
        charset = re.search(r"CHARSET=([\w-]+)", parameters, re.IGNORECASE)
        value = decoded(quopri.decodestring(value.encode()), charset[1] if charset else "utf-8")
    if name in _TIMES:
        return _when(value, parameters)
    if name in _LISTS:
        parts = re.split(r"(?<!\\);", value)
        parts = [parts[at] for at in (3, 1, 2, 0, 4) if at < len(parts)] if name == "N" else parts
        value = (" " if name == "N" else ", ").join(part for part in parts if part.strip())
    words = _ESCAPED.sub(lambda code: "\n" if code[1] in "nN" else code[1], value)
    if name in ("ORGANIZER", "ATTENDEE"):
        called = re.search(r';CN="?([^";:]+)', parameters, re.IGNORECASE)
        address = re.sub(r"^mailto:", "", words, flags=re.IGNORECASE)
        return f"{called[1]} <{address}>" if called and called[1] != address else address
    return words


def _when(value: str, parameters: str) -> str:
    """A moment in UK time, or as it is written where its zone is not UTC."""
    found = _TIME.match(value)
    if found is None:
        return value
    year, month, date, hour, minute = (int(part or 0) for part in found.groups()[:5])
    try:
        when = datetime(year, month, date, hour, minute, tzinfo=UTC)
    except ValueError:
        return value
    if found[6]:
        return f"{uk_time(when)} (UK time)"
    zone = re.search(r';TZID="?([^";:]+)', parameters, re.IGNORECASE)
    return (f"{day(when)}, {when:%H:%M}" if found[4] else day(when)) + (f" ({told(zone[1], 60)})" if zone else "")


def _blocks(entries: Sequence[_Entry], what: str) -> Iterator[said.Block]:
    for number, entry in enumerate(entries):
        if number:
            yield said.Rule()
        lines = dict(entry.lines)
        title = lines.get("SUMMARY") or lines.get("FN") or lines.get("N") or what.capitalize()
        yield said.Heading(said.prose(told(title)), 1 if len(entries) == 1 else 2)
        for name, words in entry.lines:
            if _WORDS[name] and words != title:
                label = said.Words(f"{_WORDS[name]}: ", bold=True)
                yield said.Paragraph((label, said.Words(words)))
