"""How the program and its child process talk: a length, a JSON header, and blobs whose lengths the header gives."""

import json
import sys
from collections.abc import Iterable
from typing import Any, BinaryIO, Final

HEADER: Final = 16 << 20
"""Bytes that a header may have."""


class Garbled(ValueError):
    """What came through the pipe is not a whole message."""


class TooLong(ValueError):
    """A message announces more than it may hold."""


class Ended(ValueError):
    """There is no further message."""


def send(stream: BinaryIO, content: object, blobs: Iterable[bytes] = ()) -> None:
    """Write one message."""
    blobs = tuple(blobs)
    header = json.dumps({"content": content, "blobs": [len(blob) for blob in blobs]}).encode()
    stream.write(len(header).to_bytes(4, "big"))
    stream.write(header)
    for blob in blobs:
        stream.write(blob)
    stream.flush()


def receive(stream: BinaryIO, most: int = sys.maxsize) -> tuple[Any, list[bytes]]:
    """Read one message, and nothing of what follows it.

    Raises:
        Ended: there is none.
        Garbled: it is cut off, or not of the right form.
        TooLong: its blobs are to hold more than ``most`` bytes; none of them was read.
    """
    begin = stream.read(4)
    if not begin:
        raise Ended
    length = int.from_bytes(begin, "big")
    if len(begin) < 4 or length > HEADER:
        raise Garbled
    try:
        header = json.loads(_exactly(stream, length))
    except (ValueError, RecursionError):
        raise Garbled from None
    if not isinstance(header, dict) or header.keys() != {"content", "blobs"}:
        raise Garbled
    lengths = header["blobs"]
    if not isinstance(lengths, list) or not all(type(length) is int and length >= 0 for length in lengths):
        raise Garbled
    if sum(lengths) > most:
        raise TooLong
    return header["content"], [_exactly(stream, length) for length in lengths]


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) != length:
        raise Garbled
    return data
