"""Pages of a PDF whose drawing cannot be unpacked: read as far as they go, or taken as pictures; in the child."""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from wizard.evidence.pdf import sheet

if TYPE_CHECKING:
    from PIL import Image

_STEP: Final = 64
_DRAWN: Final = re.compile(rb"(/[A-Za-z][\w.+-]{0,60})\s+Do\b")
_LARGEST: Final = 64 << 20
"""Bytes of drawing that are taken from one damaged stream."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """Page numbers, from 1: of pages there in part, of those that cannot be read here, and that nobody can read."""

    partly: tuple[int, ...] = ()
    wholly: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()


def mend(source: Pdf) -> Damaged:
    """Put what can be read of damaged drawings, as a viewer would show it, in their place."""
    seen: dict[tuple[int, int], bool | None] = {}
    partly, wholly = [], []
    for number, page in enumerate(source.pages, 1):
        states = [_read(source, stream, seen) for stream in _drawings(page.obj)]
        if None in states:
            wholly.append(number)
        elif False in states or _wants(page.obj):
            partly.append(number)
    return Damaged(tuple(partly), tuple(wholly))


def draw(result: Pdf, damaged: Damaged, data: bytes, password: str) -> Damaged:
    """Put pictures, which pdfium draws from the original, in the place of pages that cannot be read here."""
    from wizard.evidence.pdf import drawing  # only here, as it is slow to load

    numbers, lost = damaged.wholly, []
    for number, (width, height, image) in zip(numbers, drawing.pictures(data, password, numbers), strict=True):
        sheet.add_page(result, image, (width, height), (0, 0, width, height))
        result.pages[number - 1] = result.pages[-1]
        del result.pages[-1]
        if is_white(image):
            lost.append(number)
    return Damaged(damaged.partly, tuple(one for one in numbers if one not in lost), tuple(lost))


def is_white(image: "Image.Image") -> bool:
    """Whether there is nothing on a picture of a page."""
    lightest: object = image.convert("L").getextrema()
    return lightest == (255, 255)


def _wants(page: Object) -> bool:
    """Whether a page draws a picture or a form that the document does not hold."""
    drawings = b"\n".join(stream.read_bytes() for stream in _contents(page))
    named = {match[1].decode("latin-1") for match in _DRAWN.finditer(drawings)}
    return not named <= {str(key) for key in _held(page)}


def _drawings(page: Object) -> Iterator[Stream]:
    """The streams that draw a page, and the forms that they use."""
    yield from _contents(page)
    yield from (thing for thing in _held(page).values() if thing.get(Name.Subtype) == Name.Form)


def _contents(page: Object) -> list[Stream]:
    held = page.get(Name.Contents)
    things: list[Any] = [*held] if isinstance(held, Array) else [held]
    return [thing for thing in things if isinstance(thing, Stream)]


def _held(page: Object) -> dict[str, Stream]:
    """The pictures and forms that a page may draw, by name."""
    resources = page.get(Name.Resources)
    held = resources.get(Name.XObject) if isinstance(resources, Dictionary) else None
    things = held.items() if isinstance(held, Dictionary) else ()
    return {name: thing for name, thing in things if isinstance(thing, Stream)}


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
