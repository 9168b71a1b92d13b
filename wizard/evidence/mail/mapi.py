"""Messages in Outlook's own terms (MAPI): numbered properties, from whatever file they were read. In the child.

Numbers are those of MS-OXPROPS.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from wizard.evidence.mail import message_eml, rich_words
from wizard.evidence.mail.message import Attached, Body, Message, told, uk_time
from wizard.evidence.mail.message_eml import date_words
from wizard.evidence.mail.message_sealed import LOCKED, OWN_TEXT, RIGHTS, SIGNED, within
from wizard.evidence.mail.message_words import decoded, header, moment, person

INTEGER, BOOLEAN, NARROW, WIDE, TIME, BINARY, OBJECT = 0x0003, 0x000B, 0x001E, 0x001F, 0x0040, 0x0102, 0x000D

_CLASS, _SUBJECT, _HEADERS, _SENT, _DELIVERED = 0x001A, 0x0037, 0x007D, 0x0039, 0x0E06
_STARTS, _ENDS, _PLAIN, _REPORT, _RICH, _HTML = 0x0060, 0x0061, 0x1000, 0x1001, 0x1009, 0x1013
_CODEPAGE, _WEB_CODEPAGE, _LOCALE = 0x3FFD, 0x3FDE, 0x3FF1
_SENDER, _AUTHOR = (0x0C1A, 0x5D01, 0x0C1F), (0x0042, 0x5D02, 0x0065)  # name, SMTP address, any address
_SHOWN_TO: Final = (("To", 1, 0x0E04), ("Cc", 2, 0x0E03), ("Bcc", 3, 0x0E02))
_RECIPIENT: Final = 0x0C15
_NAME, _ADDRESS, _SMTP = 0x3001, 0x3003, 0x39FE
_DATA, _SHORT, _METHOD, _LONG, _PATH = 0x3701, 0x3704, 0x3705, 0x3707, 0x370D
_CONTENT_ID, _LOCATION = 0x3712, 0x3713
_BY_REFERENCE: Final = frozenset({2, 3, 4, 7})
_EMBEDDED, _OLE = 5, 6
_MOST: Final = 300

_OTHER_PAGES: Final = {
    65001: "utf-8", 20127: "cp1252", 20866: "koi8_r", 21866: "koi8_u", 50220: "iso2022_jp", 50221: "iso2022_jp",
    51932: "euc_jp", 51949: "euc_kr", 10000: "mac_roman", 54936: "gb18030", 1200: "utf-16-le",
}  # fmt: skip
_OF_LOCALES: Final = {
    0x19: 1251, 0x22: 1251, 0x23: 1251, 0x02: 1251, 0x15: 1250, 0x05: 1250, 0x0E: 1250, 0x1B: 1250, 0x18: 1250,
    0x08: 1253, 0x1F: 1254, 0x0D: 1255, 0x01: 1256, 0x20: 1256, 0x29: 1256, 0x25: 1257, 0x26: 1257, 0x27: 1257,
    0x2A: 1258, 0x11: 932, 0x12: 949, 0x1E: 874,
}  # fmt: skip
"""Code pages by the lower ten bits of a locale: Russian, Polish, Greek, Turkish, Arabic and others."""


@dataclass(frozen=True, slots=True)
class Properties:
    """What is known of a message, a recipient or an attachment.

    Attributes:
        values: type and bytes by number; bytes of a fixed size as they stand in the file.
        charset: of its narrow texts; empty where it is not said.
    """

    values: Mapping[int, tuple[int, bytes]] = field(repr=False)
    charset: str = ""

    def text(self, *numbers: int) -> str:
        """The first of the texts that is there; line ends stay."""
        for number in numbers:
            kind, data = self.values.get(number, (0, b""))
            if kind == WIDE:
                words = data.decode("utf-16-le", "replace")
            else:
                words = decoded(data, self.charset) if kind in (NARROW, BINARY) else ""
            if words := words.rstrip("\0"):
                return words.replace("\0", "")
        return ""

    def line(self, *numbers: int) -> str:
        """The same as one line."""
        return told(self.text(*numbers))

    def number(self, number: int) -> int:
        """A whole number; 0 where there is none."""
        kind, data = self.values.get(number, (0, b""))
        return int.from_bytes(data[:4], "little", signed=True) if kind in (INTEGER, BOOLEAN) else 0

    def data(self, number: int) -> bytes:
        """Bytes."""
        return self.values.get(number, (0, b""))[1]

    def time(self, number: int) -> datetime | None:
        """A moment."""
        kind, data = self.values.get(number, (0, b""))
        if kind != TIME or len(data) < 8:
            return None
        ticks: int = struct.unpack_from("<Q", data)[0]
        try:
            when = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
        except OverflowError:
            return None
        return when if 1970 <= when.year < 2200 else None


def charset(values: Mapping[int, tuple[int, bytes]]) -> str:
    """The encoding of a message's narrow texts, by what it says of code pages or of its language."""
    known = Properties(values)
    page = known.number(_CODEPAGE) or known.number(_WEB_CODEPAGE) or _OF_LOCALES.get(known.number(_LOCALE) & 0x3FF, 0)
    return _page(page)


def message(properties: Properties, recipients: Sequence[Properties], attached: Sequence[Attached]) -> Message:
    """The message that properties make.

    Raises:
        RecursionError, ValueError, LookupError, TypeError, AttributeError: as `message_eml.read`.
    """
    headers = properties.text(_HEADERS)
    date = _written_date(headers)
    sent = properties.time(_SENT) or moment(date) or properties.time(_DELIVERED)
    kind = properties.line(_CLASS).casefold()
    author, sender = _one(properties, *_AUTHOR), _one(properties, *_SENDER)
    rows = [("From", author or sender), ("Sender", sender if author and sender != author else "")]
    rows += [(name, _people(properties, recipients, which, shown)) for name, which, shown in _SHOWN_TO]
    rows.append(("Date", date_words(header(date), sent)))
    if kind.startswith(("ipm.appointment", "ipm.schedule")):
        times = (("Starts", properties.time(_STARTS)), ("Ends", properties.time(_ENDS)))
        rows += [(name, f"{uk_time(when)} (UK time)") for name, when in times if when]
    bodies = _bodies(properties)
    notes, whole = _notes(kind, attached)
    if kind.startswith("ipm.note.smime") and attached:
        inside = message_eml.read(within(attached[0].data))  # the message as it was sent, whole
        bodies, attached = inside.bodies or bodies, inside.attached
    if notes and not whole:
        attached = [replace(one, data=b"", instead=OWN_TEXT) if _holds_text(one) else one for one in attached]
    subject = properties.line(_SUBJECT)
    return Message(subject, tuple(row for row in rows if row[1]), sent, bodies, tuple(attached), notes, whole)


def file(properties: Properties) -> Attached:
    """A file that is attached, but for a message in it."""
    name = properties.line(_LONG, _SHORT, _NAME) or "Attachment"
    method, data = properties.number(_METHOD), properties.data(_DATA)
    content_id, location = properties.line(_CONTENT_ID).strip("<>"), properties.line(_LOCATION)
    if method in _BY_REFERENCE and not data:
        return Attached(name, b"", instead="kept elsewhere, not fetched")
    if method == _OLE:
        return Attached(name, b"", instead="an object of another program, which cannot be taken out")
    return Attached(name, data, content_id, location, "" if data else "empty")


def is_message(properties: Properties) -> bool:
    """Whether what is attached is a message."""
    return properties.number(_METHOD) == _EMBEDDED


def title(properties: Properties) -> str:
    """What an attached message is called."""
    return properties.line(_NAME, _LONG, _SHORT)


def _page(page: int) -> str:
    if page in _OTHER_PAGES:
        return _OTHER_PAGES[page]
    if 28591 <= page <= 28606:
        return f"iso8859-{page - 28590}"
    return f"cp{page}" if 0 < page < 100_000 else ""


def _one(properties: Properties, name: int, smtp: int, address: int) -> str:
    return person(properties.line(name), properties.line(smtp) or properties.line(address))


def _people(properties: Properties, recipients: Sequence[Properties], which: int, shown: int) -> str:
    those = [one for one in recipients if one.number(_RECIPIENT) & 15 == which]
    named = [person(one.line(_NAME), one.line(_SMTP) or one.line(_ADDRESS)) for one in those[:_MOST]]
    more = f"; and {len(those) - _MOST:,} more" if len(those) > _MOST else ""
    return "; ".join(filter(None, named)) + more or properties.line(shown)


def _written_date(headers: str) -> str:
    for line in headers.splitlines():
        if line[:5].casefold() == "date:":
            return line[5:].strip()
    return ""


def _bodies(properties: Properties) -> tuple[Body, ...]:
    """The text as HTML if there is any, else plain, else out of rich text."""
    kind, html = properties.values.get(_HTML, (0, b""))
    if html:
        page = _page(properties.number(_WEB_CODEPAGE)) or properties.charset
        words = decoded(html, page) if kind in (BINARY, NARROW) else properties.text(_HTML)
        return (Body(words.replace("\0", ""), html=True),)
    rich = rich_words.body(rich_words.unpacked(properties.data(_RICH)))
    plain = properties.text(_PLAIN, _REPORT)
    if rich and (rich.html or not plain.strip()):
        return (rich,)
    return (Body(plain),) if plain.strip() else ()


def _notes(kind: str, attached: Sequence[Attached]) -> tuple[tuple[str, ...], bool]:
    if any(one.name.casefold().endswith(".rpmsg") for one in attached):
        return (RIGHTS,), False
    if kind.startswith("ipm.note.smime"):
        signed = any(within(one.data) for one in attached[:1])
        return ((SIGNED,), True) if signed else ((LOCKED,), False)
    if any(one.instead.startswith("an object") for one in attached):
        return ("It holds an object of another program, which is not shown.",), False
    return (), True


def _holds_text(one: Attached) -> bool:
    return one.name.casefold().endswith((".rpmsg", ".p7m"))
