"""Pictures opened, frame by frame, as far as they can be read; in the child process. No pixel is changed here."""

import io
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Final

from PIL import Image, ImageChops, ImageCms, ImageFile

from wizard.errors import EvidenceRefused
from wizard.evidence.confined.confine import threads
from wizard.evidence.document import LONGEST

MOST_PIXELS: Final = 120_000_000
"""Dots of one picture."""

MOST_IN_ALL: Final = 2_500_000_000
"""Dots of all pages of one file; those that are black or white count an eighth."""

LEAST_PART: Final = 0.25
"""Part of a picture that must be there for it to be shown when the rest is lost."""

BROKEN: Final = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, struct.error,
    OverflowError, ZeroDivisionError, RuntimeError, AssertionError, ImageCms.PyCMSError,
)  # fmt: skip
"""What Pillow and its libraries raise on a damaged file."""

_FORMATS: Final = {"heic": "HEIF", "jp2": "JPEG2000"}
_FILLED: Final = ("jpeg", "gif", "bmp")
_REDUCED, _MASK = 1, 4
_SUBFILE: Final = 254


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of a file, unpacked.

    Attributes:
        whole: nothing of it is damaged or cut off.
        part: how much of it (0 to 1) is there at least.
    """

    image: Image.Image
    whole: bool = True
    part: float = 1.0


Room = Callable[[Image.Image], tuple[int, int]]
"""How many dots across and down are needed of a picture that is opened and not yet unpacked."""


def frames(data: bytes, kind: str, room: Room) -> Iterator[Frame | None]:
    """The pictures that are shown: of a TIFF every page, of the other kinds the one that is seen first.

    A JPEG that is much larger than its ``room`` is unpacked smaller. None stands for a page that is lost.

    Raises:
        EvidenceRefused: it is no picture, or one that is too large.
    """
    Image.MAX_IMAGE_PIXELS = None  # judged here, before anything is unpacked
    if kind == "tiff":
        yield from _pages(data, room)
    else:
        image = _opened(data, kind)
        _judged(image)
        yield _unpacked(image, kind, room, lambda: _opened(data, kind))


def _opened(data: bytes, kind: str) -> Image.Image:
    if kind == "heic":
        import pi_heif

        pi_heif.register_heif_opener(decode_threads=2, thumbnails=False, depth_images=False, aux_images=False)
    elif kind == "avif":
        from PIL import AvifImagePlugin

        AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # the child may not start any
    try:
        return Image.open(io.BytesIO(data), formats=[_FORMATS.get(kind, kind)])
    except BROKEN:
        raise EvidenceRefused(
            "The picture is damaged, or saved in a way that cannot be read here.",
            "Take it again, or save it as a JPEG, and add the new one.",
        ) from None


def _judged(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise EvidenceRefused(
            f"The picture is {image.width} by {image.height} dots, more than can be handled.",
            "Save it smaller and add that.",
        )


def _pages(data: bytes, room: Room) -> Iterator[Frame | None]:
    book, dots, number = _opened(data, "tiff"), 0, 0
    while True:
        try:
            book.seek(number)
            seen = not int(book.getexif().get(_SUBFILE, 0)) & (_REDUCED | _MASK)  # no thumbnail, no mask
        except EOFError:
            return
        except BROKEN:
            yield None
            return
        _judged(book)
        dots += book.width * book.height // (8 if book.mode == "1" else 1)
        if number >= LONGEST or dots > MOST_IN_ALL:
            raise EvidenceRefused("The file has more pages than can be handled.", "Save it in parts and add those.")
        if seen or number == 0:
            yield _unpacked(book, "tiff", room, partial(_page, data, number))
        number += 1


def _page(data: bytes, number: int) -> Image.Image:
    book = _opened(data, "tiff")
    book.seek(number)
    return book


def _unpacked(image: Image.Image, kind: str, room: Room, again: Callable[[], Image.Image]) -> Frame | None:
    for lenient in (False, True):
        try:
            opened = again() if lenient else image
            opened.draft(None, room(opened))
            with _lenient(lenient), threads() if kind == "heic" else nullcontext():  # libde265 always makes one
                opened.load()
                part = _part(opened, kind) if lenient else 1.0
        except BROKEN:
            continue
        return Frame(opened, not lenient, part) if part >= LEAST_PART else None
    return None


@contextmanager
def _lenient(lenient: bool) -> Iterator[None]:
    ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def _part(image: Image.Image, kind: str) -> float:
    """How much of it is there: rows that could not be unpacked are left black, and in some kinds all of one colour."""
    plain = image.convert("RGB")
    below = 0
    if kind in _FILLED:
        below, plain = (
            1,
            ImageChops.difference(
                plain.crop((0, 0, plain.width, plain.height - 1)), plain.crop((0, 1, plain.width, plain.height))
            ),
        )
    seen = plain.getbbox()
    return (seen[3] - seen[1] * below + below) / image.height if seen else 0.0
