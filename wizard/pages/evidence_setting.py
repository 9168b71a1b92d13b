"""What a document is seen against: what is needed, who it should be about, how the council weighs it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.medical_papers import MedicalPapers
from wizard.evidence_fact import EvidenceFact
from wizard.guard import Doubt, doubts
from wizard.pages.evidence_words import Need, needs
from wizard.summary import printed
from wizard.validation.requirements import Judgement, State


@dataclass(frozen=True, slots=True)
class Weighing:
    """How strong the medical evidence is, for a council that weighs it.

    Attributes:
        rows: links by which a document is medical evidence.
        said: the kinds that were said to be among it.
        wanting: what is weak about it, and what to do; empty where nothing is.
        page: where that is said.
    """

    rows: frozenset[str]
    said: tuple[str, ...]
    wanting: str
    page: str

    @property
    def words(self) -> str:
        """How it stands."""
        said = f"So far you have said: {'; '.join(self.said)}." if self.said else "Nothing is said of it yet."
        return f"This council weighs medical evidence by its kind. {said} {self.wanting}".strip()


@dataclass(frozen=True, slots=True)
class Setting:
    """What every document of a referral is seen against; doubts by the id of the document, and the pupil's names."""

    needs: tuple[Need, ...] = ()
    weighing: Weighing | None = None
    doubts: Mapping[str, tuple[Doubt, ...]] = field(default_factory=dict)
    pupil: tuple[str, ...] = field(default=(), repr=False)

    def weighs(self, fact: EvidenceFact) -> Weighing | None:
        """How the council weighs a document, where it is one that it weighs."""
        return self.weighing if self.weighing is not None and self.weighing.rows & set(fact.answers) else None


def setting(judgement: Judgement) -> Setting:
    """What documents are seen against in a referral as it stands."""
    by_document: dict[str, tuple[Doubt, ...]] = {}
    for doubt in doubts(judgement.facts):
        by_document[doubt.fact.id] = (*by_document.get(doubt.fact.id, ()), doubt)
    called = (judgement.facts.value("pupil", name) for name in ("first_name", "preferred_name", "surname"))
    return Setting(needs(judgement), _weighing(judgement), by_document, tuple(filter(None, called)))


def _weighing(judgement: Judgement) -> Weighing | None:
    facts, page = judgement.facts, MedicalPapers
    if not facts.answers.asks(page):
        return None
    weighed = [one for one in judgement.findings if one.requirement.page == page.id]
    rows = frozenset(row for one in weighed for row in (one.requirement.id, *one.requirement.rows))
    said = tuple(printed(kind) for kind in facts.value(page.id, "kinds") or ())
    wanting = " ".join(one.requirement.todo for one in weighed if one.state is State.OPEN) if said else ""
    return Weighing(rows, said, wanting, page.id)
