"""What blacking out one document means for the others of a referral: the same words must not come out elsewhere."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wizard.evidence_fact import EvidenceFact
from wizard.sought_words import holds


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a referral cannot be handed over as it is, in a sentence, and what to do."""

    sentence: str
    remedy: str


def words(evidence: Iterable[EvidenceFact]) -> tuple[str, ...]:
    """Every word that is blacked out in one of the documents."""
    return tuple(dict.fromkeys(word for fact in evidence for word in fact.treatment.words))


def objections(evidence: Sequence[EvidenceFact]) -> Iterator[Objection]:
    """What would show in a pack what is blacked out in it; documents are named by their number, from 1."""
    for number, fact in enumerate(evidence, 1):
        if not fact.treatment.redacts or fact.outcome == "refused":
            continue
        for other, twin in enumerate(evidence, 1):
            if twin.sha256 == fact.sha256 and twin.outcome != "refused" and _wished(twin) != _wished(fact):
                yield Objection(
                    f"Evidence {number} has something blacked out, and evidence {other} is the same file without that.",
                    f"Take evidence {other} out, or black the same out in it.",
                )
        for other, titled in enumerate(evidence, 1):
            if holds(fact.treatment.words, titled.title):
                yield Objection(
                    f"The title of evidence {other} has a word in it that is blacked out in evidence {number}.",
                    "Give it another title.",
                )


def _wished(fact: EvidenceFact) -> tuple[frozenset[object], frozenset[str]]:
    return frozenset(fact.treatment.areas), frozenset(fact.treatment.words)


def to_look_at(evidence: Sequence[EvidenceFact]) -> Iterator[str]:
    """Sentences on documents that may show what is blacked out in another, which only a person can tell."""
    for number, fact in enumerate(evidence, 1):
        for other, message in enumerate(evidence, 1):
            if fact.treatment.redacts and message is not fact and message.file in _came_with(evidence, fact):
                yield (
                    f"Evidence {number}, in which something is blacked out, came with evidence {other}: see that the "
                    "pages of that do not show the same."
                )


def held_back(evidence: Sequence[EvidenceFact]) -> frozenset[str]:
    """File names of documents whose originals hold another in which something is blacked out."""
    return frozenset(
        name for fact in evidence if fact.treatment.redacts for name in _came_with(evidence, fact) if name != fact.file
    )


def _came_with(evidence: Sequence[EvidenceFact], fact: EvidenceFact) -> frozenset[str]:
    """The messages in which a document, or another copy of the same file, came, and those in which they came."""
    within = {one.file: one.within for one in evidence}
    found: set[str] = set()
    for copy in (one for one in evidence if one.sha256 == fact.sha256 or one is fact):
        name = copy.within
        while name and name not in found:
            found.add(name)
            name = within.get(name, "")
    return frozenset(found)


def plain_name(number: int, file: str, sought: Sequence[str]) -> str:
    """A document's file name, or one without words that are blacked out somewhere."""
    if not holds(sought, file):
        return file
    ending = file.rpartition(".")[2] if "." in file else ""
    return f"Evidence {number}.{ending}" if ending.isalnum() and not holds(sought, ending) else f"Evidence {number}"
