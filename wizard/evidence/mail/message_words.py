"""Headers of messages as text: encoded words, bytes without a declared encoding, addresses, dates. In the child."""

import base64
import binascii
import codecs
import quopri
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final

from wizard.evidence.mail.message import told
from wizard.evidence.text.decoding import decode

_WORD: Final = re.compile(r"=\?([^?\s]{1,60})\?([bqBQ])\?([^?\r\n]*)\?=")
_BETWEEN: Final = re.compile(r"(\?=)[ \t\r\n]+(?==\?)")
_EXCHANGE: Final = re.compile(r"^/o=.*/cn=([^/]*)$", re.IGNORECASE | re.DOTALL)
_PREFIX: Final = re.compile(r"^[0-9a-f]{32}-(?=.)", re.IGNORECASE)  # that Exchange puts before a mailbox's name
_NO_CHARSETS: Final = frozenset({"ascii", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
_MOST: Final = 300
_LONGEST: Final = 20_000

NOT_TEXT: Final = (LookupError, UnicodeError, ValueError, TypeError, AttributeError)
"""What Python raises of an encoding that is none."""


def decoded(data: bytes, charset: str = "") -> str:
    """Text in the encoding that is named, if it is one and fits; else as it seems.

    What calls itself Latin-1 is Windows-1252, as every mail program takes it.
    """
    try:
        named = codecs.lookup(charset.strip("'\" ")).name
        named = "cp1252" if named == "iso8859-1" else named
        if named in _NO_CHARSETS:
            return decode(data)
        if named == "utf-8":  # of a text that is cut off or mended, most still is
            return decode(data) if data.decode(named, "ignore").isascii() else data.decode(named, "replace")
        if _fits(data, named) or not _fits(data, "utf-8"):
            return data.decode(named, "replace")
    except NOT_TEXT:
        pass
    return decode(data)


def header(raw: str) -> str:
    """A header as `email` gives it (bytes beyond ASCII as surrogates), as one line of text."""
    text = raw[:_LONGEST]
    if not text.isascii():
        text = decode(text.encode("utf-8", "surrogateescape"))
    return told("".join(_words(_BETWEEN.sub(r"\1", text))))


def _words(text: str) -> Iterator[str]:
    """Text with its encoded words decoded; neighbours of one encoding may share a letter, so they are one."""
    end, held, charset = 0, b"", ""
    for word in _WORD.finditer(text):
        name = word[1].partition("*")[0].casefold()
        if held and (text[end : word.start()] or name != charset):
            yield decoded(held, charset)
            held = b""
        yield text[end : word.start()]
        held, charset, end = held + _bytes(word[2], word[3]), name, word.end()
    yield decoded(held, charset) if held else ""
    yield text[end:]


def _bytes(way: str, text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    if way in "qQ":
        return quopri.decodestring(data, header=True)
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4))
    except (binascii.Error, ValueError):
        return data


def people(raw: str) -> str:
    """The people of an address header, such as ``Ann Smith <ann@example.org>; Office <office@example.org>``."""
    if len(raw) > _LONGEST or ("@" not in raw and "<" not in raw):
        return header(raw)
    try:
        found = getaddresses([raw.replace("\r", " ").replace("\n", " ")])
    except NOT_TEXT:
        return header(raw)
    named = [person(header(name), header(address)) for name, address in found if name or address]
    more = f"; and {len(named) - _MOST:,} more" if len(named) > _MOST else ""
    return "; ".join(named[:_MOST]) + more or header(raw)


def person(name: str, address: str) -> str:
    """A name with its address; an address of an Exchange server within its own firm is a name and no more."""
    name, address = told(name).strip("'\" "), told(address).strip("'\"<> ")
    if inside := _EXCHANGE.match(address):
        mailbox = _PREFIX.sub("", inside[1])
        address = ""
        name = name or mailbox
    if inside := _EXCHANGE.match(name):
        name = _PREFIX.sub("", inside[1])
    if not name or name.casefold() == address.casefold():
        return address or name
    return f"{name} <{address}>" if address else name


def moment(raw: str) -> datetime | None:
    """When a date header says; None where it says nothing that a calendar has. Without a zone, it is UTC."""
    try:
        when = parsedate_to_datetime(raw[:200])
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        return when if 1970 <= when.astimezone(UTC).year < 2200 else None
    except (*NOT_TEXT, OverflowError, IndexError):
        return None


def _fits(data: bytes, charset: str) -> bool:
    try:
        data.decode(charset)
    except UnicodeDecodeError:
        return False
    return True
