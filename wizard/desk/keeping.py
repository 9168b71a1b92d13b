"""What is kept of a file that was read, and of those that came inside it: every document once."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from wizard.desk.reading import Taken
from wizard.evidence.folders import Found
from wizard.evidence_fact import EvidenceFact, whole
from wizard.folder import free_file
from wizard.referral import OpenReferral

MOST: Final = 500
"""Files that are taken in at once."""

_REFUSED: Final = "refused"
_NAMED: Final = 3

Said = tuple[str, str]
"""A sentence on what happened, and one on what to do or know."""


@dataclass(slots=True)
class Kept:
    """What became of a file, and of those that came inside it.

    Attributes:
        ids: of documents that are new.
        replaced: documents that went for them.
        linked: documents as they were before they were linked to more.
        told: what there is to say.
    """

    ids: list[str] = field(default_factory=list)
    replaced: list[EvidenceFact] = field(default_factory=list)
    linked: list[EvidenceFact] = field(default_factory=list)
    told: list[Said] = field(default_factory=list)


def not_taken(dropped: Found, found: Sequence[object]) -> list[Said]:
    """What there is to say of what was dropped before any of it is read."""
    if len(found) > MOST:
        return [(f"There are {len(found):,} files in what you added.", "Choose the documents that matter.")]
    said: list[Said] = []
    if not found:
        said.append(("There is no file in what you added.", "Open the folder and choose the documents themselves."))
    if dropped.left_out:
        words = "Hidden and system files are no documents, so they were left out."
        said.append((words, f"They are {_some(dropped.left_out)}. If one of them matters, choose it by itself."))
    return said


def not_done(unread: Sequence[str], anew: Sequence[str]) -> Said:
    """What there is to say of what was still to be done when the program ended.

    ``unread`` are files that were to be read, ``anew`` documents that were to be blacked out and the like.
    """
    said = [_not_read(unread)] if unread else []
    if anew:
        was = "a document was" if len(anew) == 1 else f"{len(anew):,} documents were"
        again = "What you asked for was not done: nothing was blacked out or cropped. Open Evidence and do it again."
        said.append((f"The program was closed before {was} prepared: {_some(anew)}.", again))
    sentences, remedies = zip(*said, strict=True)
    return " ".join(sentences), " ".join(remedies)


def _not_read(files: Sequence[str]) -> Said:
    if len(files) == 1:
        return "The program was closed before a file was read.", f"It is {files[0]}. Add it again under Evidence."
    words = f"The program was closed before {len(files):,} files were read."
    return words, f"They are {_some(files)}. Add them again under Evidence; what is there already is kept once."


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return ", ".join(dict.fromkeys(names[:_NAMED])) + more


def keep(referral: OpenReferral, taken: Sequence[Taken], within: str = "", instead: str = "") -> Kept:
    """Keep documents and those that came inside them, all or none.

    A document that is there already, byte for byte, is kept once; it is linked to what the new one was offered for.
    ``within`` is the file that they came with, ``instead`` the id of a document that goes when they were not refused.

    Raises:
        UserError: they cannot be kept.
    """
    kept = Kept()
    with referral.together():
        for one in taken:
            _keep(referral, one, within, kept, instead)
    return kept


def join(referral: OpenReferral, taken: Taken, facts: Sequence[EvidenceFact]) -> None:
    """Keep a document that was made of others in their place, all or nothing.

    Raises:
        UserError: it cannot be kept.
    """
    gone = {fact.id for fact in facts}
    with referral.together():
        for fact in referral.case.evidence:
            if fact.id in gone:
                referral.remove_evidence(fact.id)
        name = free_file(taken.fact.file, [fact.file for fact in referral.case.evidence])
        referral.add_evidence(replace(taken.fact, file=name), taken.original, taken.prepared)


def restore(referral: OpenReferral, fact: EvidenceFact, place: int) -> list[Said]:
    """Bring back a document that was removed; the same that was added again meanwhile goes for it, all or nothing.

    Raises:
        UserError: it cannot be kept.
    """
    before = referral.case.evidence
    twins = [one for one in before if fact.sha256 and one.sha256 == fact.sha256]
    with referral.together():
        for twin in twins:
            referral.remove_evidence(twin.id)
        referral.restore_evidence(fact, place - sum(1 for twin in twins if before.index(twin) < place))
    again = f"{fact.name} was added again after it was removed, so one of the two goes."
    return [(again, "The one you brought back stays. To have the other instead, press Undo there.")] if twins else []


def _keep(
    referral: OpenReferral, taken: Taken, within: str, kept: Kept, instead: str = "", *, quiet: bool = False
) -> None:
    """Keep one; with ``quiet``, nothing is said of it where it is there already."""
    fact = taken.fact
    named = f"{fact.file}, which came with {within}," if within else fact.file
    if taken.why:
        kept.told.append((f"{named} was not taken in.", whole(taken.why)))
    if not fact.outcome:  # there was nothing to read
        return
    old, twin = _known(referral, id=instead), _known(referral, sha256=fact.sha256)
    again = fact.outcome == _REFUSED or (twin is not old and twin is not None and twin.outcome != _REFUSED)
    gone = {one.id: one for one in (old, twin) if one is not None}
    if twin is not None and again:
        if not quiet and not taken.why:
            kept.told.append((f"{named} is in this referral already.", _once(fact, twin)))
        _link(referral, twin, fact.answers, kept)
        name, quiet = twin.file, True
        del gone[twin.id]
    else:
        name = free_file(fact.file, [one.file for one in referral.case.evidence if one.id not in gone])
        added = referral.add_evidence(replace(fact, file=name, within=within), taken.original, taken.prepared)
        kept.ids.append(added.id)
    for id, one in gone.items():
        referral.remove_evidence(id)
        kept.replaced.append(one)
    for part in taken.parts:
        _keep(referral, part, name, kept, quiet=quiet)


def _known(referral: OpenReferral, **values: str) -> EvidenceFact | None:
    """The document of these values, where they are not empty."""
    ((name, value),) = values.items()
    return next((one for one in referral.case.evidence if value and getattr(one, name) == value), None)


def _link(referral: OpenReferral, fact: EvidenceFact, answers: Sequence[str], kept: Kept) -> None:
    if not set(answers) <= set(fact.answers):
        kept.linked.append(fact)
        referral.change_evidence(replace(fact, answers=tuple(dict.fromkeys((*fact.answers, *answers)))))


def _once(fact: EvidenceFact, twin: EvidenceFact) -> str:
    called = "It has the same content" if fact.file == twin.file else f"It is the same document as {twin.name}"
    linked = "" if set(fact.answers) <= set(twin.answers) else " That is linked to what you added it for as well."
    return f"{called}, so it is kept once.{linked}"
