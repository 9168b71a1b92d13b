"""What is blacked out is seen to be gone from a finished pack before it is given out. The child process looks."""

from collections.abc import Callable, Mapping, Sequence
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
    where: Literal["page", "bookmark", "files", "original"]
    page: Annotated[int, Field(ge=0)]


class _Answer(Shape):
    places: Annotated[tuple[_Left, ...], Field(max_length=10_000)]


def prove(
    pack: bytes, password: str, facts: Sequence[EvidenceFact], plan: Plan, cancelled: Callable[[], bool] = never
) -> None:
    """See that no word that is blacked out in a document is left of it in a pack, nor any such original.

    Raises:
        NotReady: something is left; it says where.
        EvidenceRefused: the pack cannot be searched.
        Cancelled: ``cancelled`` said so.
    """
    redacted = [(number, fact) for number, fact in enumerate(facts, 1) if fact.treatment.redacts]
    if not redacted:
        return
    documents = [_document(number, fact, plan) for number, fact in redacted if fact.treatment.words]
    arguments = {"password": password, "documents": documents, "originals": [fact.sha256 for _, fact in redacted]}
    content, _ = run("prove", pack, arguments, cancelled=cancelled)
    for left in checked(_Answer, content).places:
        raise NotReady(_said(left), _REMEDY)


def _document(number: int, fact: EvidenceFact, plan: Plan) -> Mapping[str, object]:
    place = plan.places.get(evidence(number))
    pages = {"first": place.first + 1, "last": place.last} if place else {"first": 1, "last": 0}
    return {"number": number, "words": list(fact.treatment.words), **pages}


def _said(left: _Left) -> str:
    if left.where == "original":
        return "The original of a document in which something is blacked out would travel in the pack."
    where = {
        "page": f"on page {left.page} of the pack",
        "bookmark": "in a bookmark of the pack",
        "files": "in the name of a file in the pack",
    }[left.where]
    return f"Something that is blacked out in evidence {left.number} is still there, {where}."
