"""Where words stand in an offered file, for whoever decides what is to be blacked out. The child process does it."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Annotated

from pydantic import Field

from wizard.errors import EvidenceRefused
from wizard.evidence.answer import Sentence, Shape, checked, nonsense
from wizard.evidence.confined.process import never
from wizard.evidence.confined.worker import run
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


@dataclass(frozen=True, slots=True)
class Places:
    """Where words stand in a document.

    Attributes:
        of_words: for each of the words, its places: every place is a box on one page, or several where it is broken.
        silent: page numbers, from 1, on which no words can be looked for, as there is no text that can be read.
    """

    of_words: tuple[tuple[tuple[Area, ...], ...], ...]
    silent: tuple[int, ...]


def search(original: bytes, treatment: Treatment, *, cancelled: Callable[[], bool] = never) -> Places:
    """Find the words of a treatment in a file as it was offered, cropped and straightened as the treatment has it.

    Raises:
        EvidenceRefused: the file cannot be read.
        Cancelled: ``cancelled`` said so.
    """
    wishes = {"treatment": asdict(treatment)}
    content, _ = run("find", original, wishes | {"convertible": convert.convertible()}, cancelled=cancelled)
    if told := convert.wanted(content):
        converted = convert.converted(original, told, cancelled)
        data, kind = (converted.pdf, "pdf") if converted else (original, told.convert)
        content, _ = run("find", data, wishes | {"kind": kind}, cancelled=cancelled)
    found = checked(_Pages, content)
    if found.why:
        raise EvidenceRefused(found.why)
    pages = found.pages
    of_words: list[list[tuple[Area, ...]]] = [[] for _ in treatment.words]
    for number, page in enumerate(pages, 1):
        for place in page.places:
            if place.word >= len(of_words):
                raise nonsense()
            of_words[place.word].append(tuple(Area(number, box) for box in place.boxes))
    silent = tuple(number for number, page in enumerate(pages, 1) if not page.searched)
    return Places(tuple(map(tuple, of_words)), silent)
