"""A referral as it may leave the program with nothing in it that is blacked out: copies stand in for originals."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from wizard.blacked_out import held_back, objections, plain_name, words
from wizard.case import Case
from wizard.errors import CannotWrite
from wizard.evidence_fact import EvidenceFact, Treatment
from wizard.sought_words import holds

Bytes = Callable[[EvidenceFact], bytes]


def copies(case: Case, original: Bytes, document: Bytes) -> tuple[Case, Bytes, int]:
    """The referral with its blacked-out copies as documents of their own, what gives the bytes of each, and how many.

    A document in which something is blacked out becomes its copy, and so does a message in which such a document came.
    Signatures stand for the originals and do not hold for it.

    Args:
        case: the referral.
        original: gives a document as it was offered.
        document: gives the cleaned PDF of a document, with what is blacked out in it.

    Raises:
        CannotWrite: what is blacked out would show elsewhere, or there is no copy that could stand in.
    """
    for objection in objections(case.evidence):
        raise CannotWrite(objection.sentence, objection.remedy)
    back, sought = held_back(case.evidence), words(case.evidence)
    made: dict[tuple[str, str], bytes] = {}
    names: dict[str, str] = {}
    facts = []
    for number, fact in enumerate(case.evidence, 1):
        kept = replace(fact, file=plain_name(number, fact.file, sought))
        if fact.treatment.redacts or fact.file in back:
            kept, data = _copy(number, fact, document, sought)
            made[kept.file, kept.sha256] = data
        names.setdefault(fact.file, kept.file)
        facts.append(kept)
    was = {(new.file, new.sha256): old for new, old in zip(facts, case.evidence, strict=True)}
    handed = tuple(replace(fact, within=names.get(fact.within, fact.within)) for fact in facts)

    def given(fact: EvidenceFact) -> bytes:
        key = fact.file, fact.sha256
        return made[key] if key in made else original(was[key])

    return replace(case, evidence=handed), given, len(made)


def _copy(number: int, fact: EvidenceFact, document: Bytes, sought: tuple[str, ...]) -> tuple[EvidenceFact, bytes]:
    data = document(fact)
    if not data:
        raise CannotWrite(
            f"Evidence {number} has no pages that could be handed over in place of its original.",
            "Take it out, or hand over everything that is blacked out as well.",
        )
    stem = fact.file.rpartition(".")[0] or fact.file
    copy = replace(
        fact,
        file=plain_name(number, f"{stem}.pdf", sought),
        sha256=hashlib.sha256(data).hexdigest(),
        treatment=Treatment(),
        given=tuple(part for part in fact.given if part != "treatment"),
        cleared=tuple(text for text in fact.cleared if not holds(sought, text)),
    )
    return copy, data
