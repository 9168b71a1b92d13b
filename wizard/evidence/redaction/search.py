"""Where words stand in an offered file, for whoever decides what is to be blacked out. The child process does it.

First in its text; then, page after page, in pictures that a machine reads (`wizard.evidence.words.ocr`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Annotated

from pydantic import Field

from wizard.errors import EvidenceRefused
from wizard.evidence.answer import Sentence, Shape, checked, nonsense
from wizard.evidence.confined.process import never
from wizard.evidence.confined.worker import run, serve
from wizard.evidence.document import LONGEST
from wizard.evidence.office import convert
from wizard.evidence_fact import Area, Treatment

Part = Annotated[float, Field(ge=0, le=1)]


class _Place(Shape):
    word: Annotated[int, Field(ge=0)]
    boxes: Annotated[tuple[tuple[Part, Part, Part, Part], ...], Field(max_length=10_000)]


class _Page(Shape):
    searched: bool
    places: Annotated[tuple[_Place, ...], Field(max_length=10_000)]


class _Pages(Shape):
    pages: Annotated[tuple[_Page, ...], Field(max_length=LONGEST)] = ()
    why: Sentence = ""


OfWords = tuple[tuple[tuple[Area, ...], ...], ...]
"""For each of the words, its places: every place is a box on one page, or several where it is broken."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where words stand in a document.

    Attributes:
        of_words: their places in its text.
        silent: page numbers, from 1, on which no words were looked for, as there is no text that can be read.
        waiting: page numbers of pictures that are still to be read by machine; they are none of those.
        read: page numbers of pictures that were.
        seen: the places of the words in these pictures; empty where none was read.
    """

    of_words: OfWords
    silent: tuple[int, ...]
    waiting: tuple[int, ...] = ()
    read: tuple[int, ...] = ()
    seen: OfWords = ()

    def awaiting(self, pages: Sequence[int]) -> "Places":
        """With pages of those without text still to be read by machine."""
        return replace(self, silent=tuple(one for one in self.silent if one not in pages), waiting=tuple(pages))

    def with_page(self, page: int, seen: OfWords | None) -> "Places":
        """With what a machine found on a page that was waiting; None where it could not read it."""
        waiting = tuple(one for one in self.waiting if one != page)
        if seen is None:
            return replace(self, silent=tuple(sorted({*self.silent, page})), waiting=waiting)
        before = self.seen or tuple(() for _ in seen)
        both = tuple((*known, *new) for known, new in zip(before, seen, strict=True))
        return replace(self, waiting=waiting, read=(*self.read, page), seen=both)

    def given_up(self) -> "Places":
        """With nothing read any more of what was waiting."""
        return replace(self, silent=tuple(sorted({*self.silent, *self.waiting})), waiting=())


@dataclass(frozen=True, slots=True)
class Searched:
    """What came of a search through the text of a document.

    Attributes:
        places: where the words are.
        pdf: its safe copy with nothing blacked out, where some page of it has no text; else empty.
    """

    places: Places
    pdf: bytes = field(default=b"", repr=False)


def search(original: bytes, treatment: Treatment, *, cancelled: Callable[[], bool] = never) -> Searched:
    """Find the words of a treatment in a file as it was offered, cropped and straightened as the treatment has it.

    Raises:
        EvidenceRefused: the file cannot be read.
        Cancelled: ``cancelled`` said so.
    """
    wishes = {"treatment": asdict(treatment)}
    content, blobs = run("find", original, wishes | {"convertible": convert.convertible()}, cancelled=cancelled)
    if told := convert.wanted(content):
        converted = convert.converted(original, told, cancelled)
        data, kind = (converted.pdf, "pdf") if converted else (original, told.convert)
        content, blobs = run("find", data, wishes | {"kind": kind}, cancelled=cancelled)
    found = checked(_Pages, content)
    if found.why:
        raise EvidenceRefused(found.why)
    silent = tuple(number for number, page in enumerate(found.pages, 1) if not page.searched)
    if len(blobs) != bool(silent) or not all(blob.startswith(b"%PDF-") for blob in blobs):
        raise nonsense()
    of_words = _of_words(enumerate(found.pages, 1), len(treatment.words))
    return Searched(Places(of_words, silent), *blobs)


def located(
    table: bytes, page: int, turn: int, words: Sequence[str], *, cancelled: Callable[[], bool] = never
) -> OfWords | None:
    """Find words in what Tesseract says of a picture of a page, from 1, that was turned: its table of words and places.

    None where it could not read the page.

    Raises:
        EvidenceRefused: it cannot be read.
        Cancelled: ``cancelled`` said so.
    """
    arguments = {"words": list(words), "turn": turn}
    found = serve("locate", table, arguments, lambda said, _: checked(_Page, said), cancelled=cancelled)
    return _of_words([(page, found)], len(words)) if found.searched else None


def _of_words(pages: Iterable[tuple[int, _Page]], number: int) -> OfWords:
    """The places on numbered pages by their words."""
    of_words: list[list[tuple[Area, ...]]] = [[] for _ in range(number)]
    for at, page in pages:
        for place in page.places:
            if place.word >= number:
                raise nonsense()
            of_words[place.word].append(tuple(Area(at, box) for box in place.boxes))
    return tuple(map(tuple, of_words))
