"""Outlook's wrapping of messages that are sent elsewhere (winmail.dat, MS-OXTNEF); in the child process."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from wizard.evidence.mail import mapi
from wizard.evidence.mail.mapi import BINARY, NARROW, OBJECT, WIDE, Properties
from wizard.evidence.mail.message import Attached, Message

MOST: Final = 2_000

_HEAD: Final = 6
_MESSAGE_PROPERTIES, _RECIPIENTS, _FILE_PROPERTIES, _FILE_BEGINS = 0x69003, 0x69004, 0x69005, 0x69002
_FILE_DATA, _FILE_TITLE, _PAGE = 0x6800F, 0x18010, 0x69007
_OF_FILES: Final = frozenset({_FILE_PROPERTIES, _FILE_BEGINS, _FILE_DATA, _FILE_TITLE})
_TEXTS: Final = {0x18004: 0x0037, 0x2800C: 0x1000}  # subject and plain text, as properties
_VARIABLE: Final = frozenset({NARROW, WIDE, BINARY, OBJECT})
_SIZES: Final = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
_GUID: Final = 16  # before the data of an object

Values = dict[int, tuple[int, bytes]]


class _Ended(ValueError):
    """There are fewer bytes than were told."""


def read(data: bytes) -> Message:
    """Read a wrapped message; what is damaged ends where it is.

    Raises:
        RecursionError, ValueError, LookupError, TypeError, AttributeError: as `mapi.message`.
    """
    whole = _Wrapped()
    for number, content in _attributes(data):
        if number in _OF_FILES:
            whole.take_of_file(number, content)
        else:
            whole.take(number, content)
    charset = mapi.charset(whole.values) or (f"cp{whole.page}" if whole.page else "")
    people = [Properties(one, charset) for one in whole.recipients]
    files = [_file(one, charset) for one in whole.files]
    return mapi.message(Properties(whole.values, charset), people, files)


@dataclass(slots=True)
class _Wrapped:
    values: Values = field(default_factory=dict)
    recipients: list[Values] = field(default_factory=list)
    files: list[Values] = field(default_factory=list)
    page: int = 0

    def take(self, number: int, content: bytes) -> None:
        """Take what is said of the message."""
        if number == _PAGE:
            self.page = int.from_bytes(content[:4], "little")
        elif number == _MESSAGE_PROPERTIES:
            self.values |= _rows(content, 1)[0]
        elif number == _RECIPIENTS:
            self.recipients = _rows(content[4:], min(int.from_bytes(content[:4], "little"), MOST))
        elif number in _TEXTS:
            self.values.setdefault(_TEXTS[number], (NARROW, content))

    def take_of_file(self, number: int, content: bytes) -> None:
        """Take what is said of the file that was begun last."""
        if number == _FILE_BEGINS and len(self.files) < MOST:
            self.files.append({})
        elif not self.files:
            return
        elif number == _FILE_PROPERTIES:
            self.files[-1] |= _rows(content, 1)[0]
        elif number == _FILE_DATA:
            self.files[-1][0x3701] = (BINARY, content)
        elif number == _FILE_TITLE:
            self.files[-1].setdefault(0x3707, (NARROW, content))


def _file(values: Values, charset: str) -> Attached:
    properties = Properties(values, charset)
    inner = properties.data(0x3701)
    if mapi.is_message(properties) and inner[_GUID : _GUID + 4] == b"\x78\x9f\x3e\x22":
        return Attached(f"{mapi.title(properties) or 'Message'}.dat", inner[_GUID:])
    return mapi.file(properties)


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = _HEAD
    while at + 9 <= len(data):
        number, length = struct.unpack_from("<II", data, at + 1)
        yield number, data[at + 9 : at + 9 + length]
        at += 9 + length + 2


def _rows(content: bytes, rows: int) -> list[Values]:
    """Sets of properties, one after the other; those that are cut off are left out."""
    found: list[Values] = []
    at = 0
    try:
        for _ in range(rows):
            values: Values = {}
            found.append(values)
            count, at = _number(content, at)
            for _ in range(min(count, 10_000)):
                at = _property(content, at, values)
    except _Ended:
        pass
    return found or [{}]


def _property(content: bytes, at: int, values: Values) -> int:
    head, at = _number(content, at)
    kind, number = head & 0xFFFF, head >> 16
    if number >= 0x8000:
        at += _GUID
        named_by, at = _number(content, at)
        length, at = _number(content, at)
        at += _padded(length) if named_by else 0
    several, kind = bool(kind & 0x1000), kind & 0xEFFF
    count, at = _number(content, at) if several or kind in _VARIABLE else (1, at)
    for value in range(count):
        if kind in _VARIABLE:
            length, at = _number(content, at)
        elif kind in _SIZES:
            length = _SIZES[kind]
        else:
            raise _Ended
        if at + length > len(content):
            raise _Ended
        if value == 0 and not several:
            values[number] = (kind if kind != OBJECT else BINARY, content[at : at + length])
        at += _padded(length)
    return at


def _number(content: bytes, at: int) -> tuple[int, int]:
    if at + 4 > len(content):
        raise _Ended
    return int.from_bytes(content[at : at + 4], "little"), at + 4


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4
