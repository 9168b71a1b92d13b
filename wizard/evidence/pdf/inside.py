"""Files inside a PDF, to be offered as evidence of their own; in the child process."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

import pikepdf
from pikepdf import Dictionary, Name, Object, Stream

from wizard.evidence.document import MOST_PARTS, Part

LARGEST: Final = 100 << 20
"""Bytes of all files inside a PDF that are offered; beyond that they are only counted."""


def parts(nodes: Iterable[Object]) -> tuple[Part, ...]:
    """The files that these file specifications hold, each once; what cannot be unpacked is left out."""
    found: dict[tuple[int, int], Part] = {}
    room = LARGEST
    for node in nodes:
        stream = next(_streams(node), None)
        if stream is None or stream.objgen in found or len(found) == MOST_PARTS:
            continue
        data = _unpacked(stream, room)
        if data:
            found[stream.objgen] = Part(_name(node), data)
            room -= len(data)
    return tuple(found.values())


def _streams(node: Object) -> Iterator[Stream]:
    held = node.get(Name.EF)
    streams = [held.get(key) for key in (Name.UF, Name.F)] if isinstance(held, Dictionary) else []
    yield from (stream for stream in streams if isinstance(stream, Stream))


def _name(node: Object) -> str:
    names = (node.get(key) for key in (Name.UF, Name.F))
    return next((str(name) for name in names if isinstance(name, pikepdf.String) and str(name)), "")[-255:]


def _unpacked(stream: Stream, most: int) -> bytes:
    """The bytes of a file; nothing where there are more than ``most``, or they cannot be read."""
    try:
        if stream.get(Name.Filter) != Name.FlateDecode:
            data: bytes = stream.read_bytes()
            return data if len(data) <= most else b""
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(stream.read_raw_bytes(), most + 1)
        return data if len(data) <= most else b""
    except (pikepdf.PdfError, zlib.error):
        return b""
