"""How the program and its child process talk: a length, a JSON header, and blobs whose lengths the header gives."""

import json
from collections.abc import Iterable
from typing import Any, BinaryIO, Final

HEADER: Final = 16 << 20
"""Bytes that a header may have."""


class Garbled(ValueError):
    """What came through the pipe is not a whole message."""


def send(stream: BinaryIO, content: object, blobs: Iterable[bytes] = ()) -> None:
    """Write one message."""
    blobs = tuple(blobs)
    header = json.dumps({"content": content, "blobs": [len(blob) for blob in blobs]}).encode()
    stream.write(len(header).to_bytes(4, "big"))
    stream.write(header)
    for blob in blobs:
        stream.write(blob)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[Any, list[bytes]]:
    """Read one message, to the end of the stream.

    Raises:
        Garbled: it is cut off, too long, or not of the right form.
    """
    length = int.from_bytes(_exactly(stream, 4), "big")
    if length > HEADER:
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
    blobs = [_exactly(stream, length) for length in lengths]
    if stream.read(1):
        raise Garbled
    return header["content"], blobs


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) != length:
        raise Garbled
    return data
