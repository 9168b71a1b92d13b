"""Messages in the form in which they are sent (MIME), saved web pages among them; in the child process."""

import email
import re
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message as Part
from email.parser import HeaderParser
from email.policy import Compat32
from typing import Final

from wizard.evidence.mail.message import Attached, Body, Message, told, uk_time
from wizard.evidence.mail.message_sealed import LOCKED, OWN_TEXT, PROTECTED, RIGHTS, SEALED, SIGNATURES, SIGNED, within
from wizard.evidence.mail.message_words import NOT_TEXT, decoded, header, moment, people

DEEPEST: Final = 30
MOST: Final = 2_000
"""Pieces of one message that are looked at."""

_PEOPLE: Final = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc")
_BY_MAIL: Final = frozenset({"received", "message-id", "mime-version", "return-path", "delivered-to"})
_SAID: Final = frozenset({"subject", "date", *(name.casefold() for name in _PEOPLE)})
_APPLE: Final = re.compile(rb"(\d{1,9})[ \t]*\r?\n")
_SHOWN: Final = frozenset({"text/plain", "text/html", "text/enriched", "message/delivery-status",
                           "text/rfc822-headers", "message/disposition-notification"})  # fmt: skip
_ENDINGS: Final = {
    "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/jpg": ".jpg", "image/png": ".png", "image/gif": ".gif",
    "image/heic": ".heic", "image/heif": ".heic", "image/webp": ".webp", "image/tiff": ".tif", "image/bmp": ".bmp",
    "text/plain": ".txt", "text/html": ".html", "text/csv": ".csv", "text/rtf": ".rtf", "application/rtf": ".rtf",
    "text/calendar": ".ics", "text/vcard": ".vcf", "text/x-vcard": ".vcf", "message/rfc822": ".eml",
    "message/global": ".eml", "application/ms-tnef": ".dat", "application/zip": ".zip", "application/msword": ".doc",
    "application/vnd.ms-outlook": ".msg", "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}  # fmt: skip
_TAG: Final = re.compile(r"<[^<>]{0,500}>")


class _AsItStands(Compat32):
    """Headers as they came, bytes beyond ASCII as surrogates."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """The header's text."""
        return value


_POLICY: Final = _AsItStands()


@dataclass(slots=True)
class _Found:
    bodies: list[Body] = field(default_factory=list)
    attached: list[Attached] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    whole: bool = True
    left: int = MOST

    def note(self, sentence: str, *, whole: bool = True) -> None:
        """Say something once."""
        if sentence not in self.notes:
            self.notes.append(sentence)
        self.whole = self.whole and whole


def read(data: bytes) -> Message:
    """Read a message; a damaged one as far as it goes.

    Raises:
        RecursionError: it is nested without end.
        ValueError, LookupError, TypeError, AttributeError: it is damaged in a way that `email` does not expect.
    """
    top = email.message_from_bytes(_unwrapped(data), policy=_POLICY)
    found = _Found()
    _walk(top, found, 0)
    raw = _raw(top)
    date = raw.get("date", "")
    sent = moment(date)
    rows = [(name.replace("Reply-To", "Reply to"), people(raw.get(name.casefold(), ""))) for name in _PEOPLE]
    rows += [("Page of", header(raw.get("snapshot-content-location", ""))), ("Date", date_words(header(date), sent))]
    if not raw.keys() & _BY_MAIL:  # a text that somebody typed in the form of a message: nothing of it is left out
        rows += [(told(name), header(words)) for name, words in top.items() if name.casefold() not in _SAID]
    kept = {name: words for name, words in rows if words}
    if kept.get("Sender") == kept.get("From"):
        kept.pop("Sender", None)
    if kept.get("Reply to") == kept.get("From"):
        kept.pop("Reply to", None)
    return Message(
        header(raw.get("subject", "")),
        tuple(kept.items()),
        sent,
        tuple(found.bodies),
        tuple(found.attached),
        tuple(found.notes),
        found.whole,
    )


def subject(data: bytes) -> str:
    """What a message is about, its pieces unread; raises as `read`."""
    return header(_head(data).get("subject", ""))


def only_typed(data: bytes) -> bool:
    """Whether it is a text that begins as messages do (“To: ...”), and was never sent; raises as `read`."""
    head = _raw(_head(data))
    return not head.keys() & _BY_MAIL and not any("@" in head.get(name.casefold(), "") for name in _PEOPLE)


def _head(data: bytes) -> Part:
    return HeaderParser(policy=_POLICY).parsestr(_unwrapped(data[:64_000]).decode("ascii", "surrogateescape"))


def _unwrapped(data: bytes) -> bytes:
    """The message without what Apple Mail (its length before, its state behind) or a mailbox file (a line) adds."""
    start = data[:100].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if apple := _APPLE.match(start):
        begin = data.find(start[:20]) + apple.end()
        return data[begin : begin + int(apple[1])]
    if start.startswith(b"From "):
        return data[data.find(b"\n") + 1 :]
    return data[data.find(start[:20]) :]


def date_words(written: str, sent: datetime | None) -> str:
    """A date as it was written, and in UK time."""
    if sent is None:
        return written
    return f"{uk_time(sent)} (UK time)" + (f"; written {written}" if written else "")


def _raw(part: Part) -> dict[str, str]:
    """The headers as they stand, the first of each name; names in lower case."""
    found: dict[str, str] = {}
    for name, value in part.items():
        found.setdefault(name.casefold(), str(value))
    return found


def _walk(part: Part, found: _Found, depth: int) -> None:
    found.left -= 1
    if found.left < 0 or depth > DEEPEST:
        found.note("It has more pieces than a message should; the rest of them is left out.", whole=False)
        return
    kind = part.get_content_type()
    if kind == "multipart/encrypted":
        found.note(LOCKED, whole=False)
        found.attached.append(Attached("Encrypted text", b"", instead=OWN_TEXT))
    elif kind == "multipart/alternative" and part.is_multipart():
        _best(part, found, depth)
    elif kind.startswith("multipart/") and part.is_multipart():
        for inner in _pieces(part):
            _walk(inner, found, depth + 1)
    elif kind in ("message/rfc822", "message/global") and part.is_multipart():
        _nested(part, found)
    elif kind in _SHOWN and not _is_file(part):
        _show(part, kind, found)
    else:
        _attach(part, kind, found)


def _pieces(part: Part) -> list[Part]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Part)] if isinstance(payload, list) else []


def _best(part: Part, found: _Found, depth: int) -> None:
    """Of the same text said in several ways, the last that can be shown; what is no text is attached."""
    pieces = _pieces(part)
    texts = [one for one in pieces if not one.get_content_type().startswith(("text/calendar", "application/"))]
    texts = [one for one in texts if not _is_file(one)]
    ranked = [one for one in texts if _leads_to(one, "text/html") and _says_something(one)] or texts[:1]
    for one in pieces:
        if one in ranked[-1:] or one not in texts:
            _walk(one, found, depth + 1)
        elif one.is_multipart():
            for inner in _pieces(one):
                if not inner.get_content_type().startswith("text/"):
                    _walk(inner, found, depth + 2)


def _leads_to(part: Part, kind: str) -> bool:
    return any(one.get_content_type() == kind for one in part.walk())


def _says_something(part: Part) -> bool:
    """Whether HTML in it has words or pictures: some programs send it empty beside a plain text."""
    texts = [_text(one) for one in part.walk() if one.get_content_type() == "text/html"]
    return any("<img" in text.casefold() or _TAG.sub("", text).strip() for text in texts)


def _is_file(part: Part) -> bool:
    if part.get_content_type() in ("text/plain", "text/html") and not _name(part):
        return _disposition(part) == "attachment"
    return _disposition(part) == "attachment" or (bool(_name(part)) and part.get_content_type().startswith("text/"))


def _show(part: Part, kind: str, found: _Found) -> None:
    text = _text(part)
    if kind == "text/enriched":
        text = _TAG.sub("", text)
    if kind == "text/plain" and str(part.get_param("format", "")).casefold() == "flowed":
        text = _unflowed(text, delete=str(part.get_param("delsp", "")).casefold() == "yes")
    if "-----BEGIN PGP MESSAGE-----" in text:
        found.note(LOCKED, whole=False)
    if "-----BEGIN PGP SIGNED MESSAGE-----" in text:
        found.note(SIGNED)
    if text.strip():
        found.bodies.append(Body(text, kind == "text/html"))


def _unflowed(text: str, *, delete: bool) -> str:
    """Lines that end in a space go on in the next (RFC 3676), except the one above a signature."""
    lines: list[str] = []
    for line in (one.removeprefix(" ") for one in text.replace("\r\n", "\n").split("\n")):
        if lines and lines[-1].endswith(" ") and lines[-1] != "-- " and line[:1] != ">" and lines[-1][:1] != ">":
            lines[-1] = (lines[-1][:-1] if delete else lines[-1]) + line
        else:
            lines.append(line)
    return "\n".join(lines)


def _nested(part: Part, found: _Found) -> None:
    inner = next(iter(_pieces(part)), None)
    if inner is None:
        return
    subject = header(_raw(inner).get("subject", ""))
    name = _name(part) or f"{subject[:80] or 'Message'}.eml"
    found.attached.append(Attached(name, _as_bytes(inner)))


def _as_bytes(part: Part) -> bytes:
    try:
        return part.as_bytes()
    except NOT_TEXT:
        return part.as_string().encode("utf-8", "surrogateescape")


def _attach(part: Part, kind: str, found: _Found) -> None:
    data = _data(part)
    name = _name(part)
    if kind in SIGNATURES:
        found.note(SIGNED)
        found.attached.append(Attached(name or "Signature", b"", instead="the sender's signature"))
    elif kind in SEALED:
        _sealed(name, data, found)
    elif name.casefold().endswith(".rpmsg") or kind == PROTECTED:
        found.note(RIGHTS, whole=False)
        found.attached.append(Attached(name or "Protected text", b"", instead=OWN_TEXT))
    elif kind == "message/external-body":
        found.attached.append(Attached(name or "A file", b"", instead="kept elsewhere, not fetched"))
    elif data or name:
        known = name or f"{_plain_name(kind)} {len(found.attached) + 1}{_ENDINGS.get(kind, '')}"
        content_id = header(_raw(part).get("content-id", "")).strip("<> ")
        location = header(_raw(part).get("content-location", ""))
        found.attached.append(Attached(known, data, content_id, location, "" if data else "empty"))


def _sealed(name: str, data: bytes, found: _Found) -> None:
    """S/MIME: a signed message holds its text inside; an encrypted one cannot be read."""
    inner = within(data)
    if inner:
        found.note(SIGNED)
        found.note("Its text lies within the signature and may not be shown whole.", whole=False)
        _walk(email.message_from_bytes(inner, policy=_POLICY), found, DEEPEST - 2)
    else:
        found.note(LOCKED, whole=False)
        found.attached.append(Attached(name or "Encrypted text", b"", instead=OWN_TEXT))


def _plain_name(kind: str) -> str:
    return "Picture" if kind.startswith("image/") else "Attachment"


def _name(part: Part) -> str:
    try:
        name = part.get_filename("")
    except NOT_TEXT:
        name = ""
    return header(told(name, 255)) if name else ""


def _disposition(part: Part) -> str:
    try:
        return part.get_content_disposition() or ""
    except NOT_TEXT:
        return ""


def _data(part: Part) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except NOT_TEXT:
        data = b""
    return data if isinstance(data, bytes) else b""


def _text(part: Part) -> str:
    try:
        charset = part.get_content_charset("") or ""
    except NOT_TEXT:
        charset = ""
    return decoded(_data(part), charset)
