"""What is blacked out is seen to be gone from a finished pack before it is given out. The child process looks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field

from wizard.errors import NotReady
from wizard.evidence.answer import Shape, checked
from wizard.evidence.confined.process import never
from wizard.evidence.confined.worker import run
from wizard.evidence_fact import EvidenceFact
from wizard.typeset.plan import Plan, evidence

_REMEDY = "Black it out again with a box over its place, or leave the document out."


class _Left(Shape):
    number: Annotated[int, Field(ge=0)]
    where: Literal["page", "bookmark", "files", "original", "elsewhere", "picture"]
    page: Annotated[int, Field(ge=0)]


class _Answer(Shape):
    places: Annotated[tuple[_Left, ...], Field(max_length=10_000)]


def prove(
    pack: bytes, password: str, facts: Sequence[EvidenceFact], plan: Plan, cancelled: Callable[[], bool] = never
) -> tuple[str, ...]:
    """See that no word that is blacked out in a document is left of it in a pack, nor any such original.

    Gives a sentence for each other document in which such a word can be read, and for each document, this one too, in
    whose pictures a machine read it; it may be there by right.

    Raises:
        NotReady: something is left; it says where.
        EvidenceRefused: the pack cannot be searched.
        Cancelled: ``cancelled`` said so.
    """
    redacted = [(number, fact) for number, fact in enumerate(facts, 1) if fact.treatment.redacts]
    if not redacted:
        return ()
    documents = [_document(number, fact, plan) for number, fact in redacted if fact.treatment.words]
    shown = {number: _pages(number, plan) for number in range(1, len(facts) + 1)}
    arguments = {
        "password": password,
        "documents": documents,
        "originals": [fact.sha256 for _, fact in redacted],
        "exhibits": [page for pages in shown.values() for page in pages] if documents else [],
        "pictures": list(_pictures(facts, shown)) if documents else [],
    }
    content, _ = run("prove", pack, arguments, cancelled=cancelled)
    places = checked(_Answer, content).places
    for left in places:
        if left.where not in ("elsewhere", "picture"):
            raise NotReady(_said(left), _REMEDY)
    return tuple(_elsewhere(places, shown))


def _elsewhere(places: Sequence[_Left], shown: Mapping[int, range]) -> Iterator[str]:
    found: dict[tuple[int, int, str], list[int]] = {}
    for left in places:
        other = next((number for number, pages in shown.items() if left.page in pages), 0)
        found.setdefault((left.number, other, left.where), []).append(left.page)
    for (number, other, how), pages in found.items():
        where = f"page {pages[0]}" if len(pages) == 1 else f"pages {', '.join(map(str, pages[:20]))}"
        there = f"in evidence {other}" if other != number else "in the same document"
        read = "can be read" if how == "elsewhere" else "was read by machine in a picture"
        said = f"Something that is blacked out in evidence {number} {read} {there}, on {where} of the pack."
        yield f"{said} See that it may be read there."


def _pictures(facts: Sequence[EvidenceFact], shown: Mapping[int, range]) -> Iterator[Mapping[str, object]]:
    """What a machine read on pages that the pack shows."""
    for number, fact in enumerate(facts, 1):
        at = dict(zip(fact.shown, shown[number], strict=False))
        yield from ({"page": at[one.page], "text": one.text} for one in fact.readings if one.page in at)


def _pages(number: int, plan: Plan) -> range:
    """The pages of the pack that hold a document, without its divider."""
    place = plan.places.get(evidence(number))
    return range(place.first + 1, place.last + 1) if place else range(0)


def _document(number: int, fact: EvidenceFact, plan: Plan) -> Mapping[str, object]:
    pages = _pages(number, plan)
    return {"number": number, "words": list(fact.treatment.words), "first": pages.start, "last": pages.stop - 1}


def _said(left: _Left) -> str:
    if left.where == "original":
        return "The original of a document in which something is blacked out would travel in the pack."
    where = {
        "page": f"on page {left.page} of the pack",
        "bookmark": "in a bookmark of the pack",
        "files": "in the name of a file in the pack",
    }[left.where]
    return f"Something that is blacked out in evidence {left.number} is still there, {where}."
