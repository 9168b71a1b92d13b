"""Pages of a PDF whose drawing cannot be unpacked: read as far as they go, or taken as pictures; in the child."""

import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from wizard.evidence import sheet

_STEP: Final = 64
_LARGEST: Final = 64 << 20
"""Bytes of drawing that are taken from one damaged stream."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """Page numbers, from 1: of pages that are there in part, and of those that cannot be read here at all."""

    partly: tuple[int, ...] = ()
    wholly: tuple[int, ...] = ()


def mend(source: Pdf) -> Damaged:
    """Put what can be read of damaged drawings, as a viewer would show it, in their place."""
    seen: dict[tuple[int, int], bool | None] = {}
    partly, wholly = [], []
    for number, page in enumerate(source.pages, 1):
        states = [_read(source, stream, seen) for stream in _drawings(page.obj)]
        if None in states:
            wholly.append(number)
        elif False in states:
            partly.append(number)
    return Damaged(tuple(partly), tuple(wholly))


def draw(result: Pdf, numbers: Sequence[int], data: bytes, password: str) -> None:
    """Put pictures, which pdfium draws from the original, in the place of pages."""
    from wizard.evidence import drawing  # only here, as it is slow to load

    for number, (width, height, image) in zip(numbers, drawing.pictures(data, password, numbers), strict=True):
        sheet.add_page(result, image, (width, height), (0, 0, width, height))
        result.pages[number - 1] = result.pages[-1]
        del result.pages[-1]


def _drawings(page: Object) -> Iterator[Stream]:
    """The streams that draw a page, and the forms that they use."""
    held = page.get(Name.Contents)
    resources = page.get(Name.Resources)
    forms = resources.get(Name.XObject) if isinstance(resources, Dictionary) else None
    things: list[Any] = [*held] if isinstance(held, Array) else [held]
    yield from (thing for thing in things if isinstance(thing, Stream))
    for form in forms.values() if isinstance(forms, Dictionary) else ():
        if isinstance(form, Stream) and form.get(Name.Subtype) == Name.Form:
            yield form


def _read(source: Pdf, stream: Stream, seen: dict[tuple[int, int], bool | None]) -> bool | None:
    """Whether a stream is whole; ``None`` when nothing of it can be read."""
    if stream.objgen not in seen:
        seen[stream.objgen] = _mended(source, stream)
    return seen[stream.objgen]


def _mended(source: Pdf, stream: Stream) -> bool | None:
    source.get_warnings()  # earlier ones, which reading them clears
    said = None
    with suppress(pikepdf.PdfError):
        said = stream.read_bytes()
    if said is not None and not source.get_warnings():
        return True
    if not said and stream.get(Name.Filter) not in (Name.FlateDecode, Array([Name.FlateDecode])):
        return None
    said = said or _inflated(stream.read_raw_bytes())
    if said:
        stream.write(said)
    return False if said else None


def _inflated(raw: bytes) -> bytes:
    """As much as can be unpacked."""
    unpacking, said = zlib.decompressobj(), bytearray()
    with suppress(zlib.error):
        for at in range(0, len(raw), _STEP):
            said += unpacking.decompress(raw[at : at + _STEP], _LARGEST - len(said) + 1)
            if len(said) > _LARGEST:
                break
    return bytes(said)
