"""Files that are taken in beside the window: each can be stopped, or all of them, as if none had been offered."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from math import inf
from pathlib import Path
from typing import Final

from wizard.desk import keeping, reading
from wizard.desk.anew import Anew, Wish
from wizard.desk.beside import Run
from wizard.desk.searching import WordSearch
from wizard.errors import UserError
from wizard.evidence import folders
from wizard.evidence.document import Outcome, Prepared
from wizard.evidence.pictures.cropping import Uncropped
from wizard.evidence.redaction.search import Places
from wizard.evidence.words.ocr import turned_since, wanted
from wizard.evidence_fact import EvidenceFact, Treatment, whole
from wizard.jobs import Job
from wizard.pages import screen as ask
from wizard.referral import OpenReferral

STOPPED: Final = "Stopped, as you asked."
PHOTOS_STAY: Final = "The photos stay as they were."
_BY_MACHINE: Final = ("marks", "suggested", "by_machine", "readings")
"""What is learnt of a document beside the window, whatever else is done to it."""


@dataclass(frozen=True, slots=True)
class Tell:
    """How the window hears of it: a change, a failure, the end of a treatment, a picture, places of words."""

    changed: Callable[[], None]
    failed: Callable[[str, str], None]
    treated: Callable[[str], None]
    picture: Callable[[str, Uncropped], None]
    places: Callable[[str, tuple[str, ...], Places], bool]


class Intake:
    """Takes files in, and makes documents safe again when the school wants something else done to them."""

    def __init__(self, referral: OpenReferral, run: Run, tell: Tell) -> None:
        self._referral, self._run, self._tell = referral, run, tell
        self._keys = count()
        self._running: dict[int, tuple[Job, str]] = {}
        self._anew = Anew(run, self.remember)
        self._ready: dict[int, tuple[reading.Taken, str]] = {}  # waits for what was offered earlier, to stay in order
        self._names: dict[int, str] = {}
        self._come: list[str] = []
        self._replaced: list[EvidenceFact] = []
        self._linked: list[EvidenceFact] = []
        self._search = WordSearch(run, tell.places, tell.failed)

    @property
    def under_way(self) -> bool:
        """Whether documents are still being read or made anew: what is here is not yet what was asked for."""
        return bool(self._running or self._ready or [*self._anew])

    def add(self, request: ask.AddEvidence) -> None:
        """Take in files, folders and pictures."""
        dropped = folders.found(request.paths)
        found: tuple[Path | bytes, ...] = (*dropped.files, *request.pictures)
        for sentence, remedy in keeping.not_taken(dropped, found):
            self._tell.failed(sentence, remedy)
        found = found if len(found) <= keeping.MOST else ()
        for number, one in enumerate(found, 1):
            self._offer(one, (number, len(found)), request)
        self.remember()

    def remember(self) -> None:
        """Keep what is still to be done, for whoever opens the referral when the program was ended before."""
        to_read = [self._names[key] for key in sorted({*self._running, *self._ready})]
        anew = [fact.name for wish in self._anew for id in wish.ids if (fact := self._known(id))]
        with suppress(UserError):  # a disk that takes no such line takes no documents: that is said of each
            self._referral.keep_under_way(to_read, anew)

    def tell_unread(self) -> None:
        """Name, once, what was still to be done when the program was ended."""
        here = {fact.file for fact in self._referral.case.evidence}
        unread = [name for name in self._referral.being_read if name not in here]
        if unread or self._referral.made_anew:
            self._tell.failed(*keeping.not_done(unread, self._referral.made_anew))
        self.remember()

    def _offer(self, source: Path | bytes, place: tuple[int, int], request: ask.AddEvidence) -> None:
        key = next(self._keys)
        done, failed = partial(self._taken, key, request.instead), partial(self._failed, key)
        job = self._run(reading.take, source, place, request.answers, done=done, failed=failed)
        self._running[key] = job, reading.words(source, place)
        self._names[key] = reading.name(source)

    def stop(self, work: str) -> None:
        """Stop the work of those words; without words all of it, and take out again what has come in since it began."""
        self._anew.stop(work)
        coming_in = bool(self._running or self._ready)
        for key, (job, words) in tuple(self._running.items()):
            if work in ("", words):
                job.cancel()
                del self._running[key]
        if not work and coming_in:
            self._ready.clear()
            self._take_back()
        self._keep_ready()
        self.remember()

    def _take_back(self) -> None:
        here = {fact.id for fact in self._referral.case.evidence}
        gone = [id for id in self._come if id in here]
        for id in gone:
            self._referral.remove_evidence(id)
        for fact in self._replaced:
            self._referral.restore_evidence(fact, len(self._referral.case.evidence))
        linked = {fact.id: fact.answers for fact in reversed(self._linked)}  # as they were first
        for fact in self._referral.case.evidence:
            if fact.id in linked:
                self._referral.change_evidence(replace(fact, answers=linked[fact.id]))
        self._tell.changed()
        taken = {0: "Nothing was taken in.", 1: "The document that had come in was taken out again."}
        many = f"The {len(gone)} documents that had come in were taken out again."
        self._tell.failed(STOPPED, taken.get(len(gone), many))

    def _failed(self, key: int, sentence: str, remedy: str) -> None:
        if key in self._running and not self._running[key][0].cancelled:  # else the program is about to end
            del self._running[key]
            self._tell.failed(sentence, remedy)
            self._keep_ready()

    def _taken(self, key: int, instead: str, taken: reading.Taken) -> None:
        if not self._running.pop(key, None):
            return  # stopped meanwhile
        self._ready[key] = taken, instead
        self._keep_ready()

    def _keep_ready(self) -> None:
        while self._ready and min(self._ready) < min(self._running, default=inf):
            taken, instead = self._ready.pop(min(self._ready))
            self._change(partial(self._come_in, taken, instead), taken.fact.file)
        if not self._running:
            for kept in (self._come, self._replaced, self._linked):
                kept.clear()  # what is whole is taken back by nobody who stops something else
            self.remember()

    def _come_in(self, taken: reading.Taken, instead: str) -> None:
        kept = self._keep((taken,), "", instead)
        self._come += kept.ids
        self._replaced += kept.replaced
        self._linked += kept.linked

    def _keep(self, taken: Sequence[reading.Taken], within: str, instead: str = "") -> keeping.Kept:
        kept = keeping.keep(self._referral, taken, within, instead)
        for sentence, remedy in kept.told:
            self._tell.failed(sentence, remedy)
        self._read_by_machine(kept.ids)
        return kept

    def _read_by_machine(self, ids: Sequence[str]) -> None:
        """Read pages without text beside the window, where Tesseract is installed; nobody waits for it."""
        for fact in self._referral.case.evidence:
            if fact.id in ids:
                self._read_pages(fact)

    def _read_pages(self, fact: EvidenceFact) -> None:
        if wanted(fact):
            pdf = self._referral.document(fact)
            self._run(reading.by_machine, pdf, fact, done=self._was_read, failed=_as_it_was)

    def _was_read(self, read: EvidenceFact) -> None:
        fact = self._known(read.id)
        if fact is None or fact.treatment != read.treatment or turned_since(read, fact):
            return  # what was read is no longer what is there
        if read.by_machine:
            learnt = {name: getattr(read, name) for name in _BY_MACHINE}
            self._change(lambda: self._referral.change_evidence(replace(fact, **learnt)))

    def change(self, request: ask.ChangeEvidence) -> None:
        """Keep what was changed about a document; pages that were turned are read by machine once more."""
        fact, before = request.fact, self._known(request.fact.id)
        self._referral.change_evidence(fact)
        self._tell.changed()
        turned = turned_since(before, fact) if before is not None else ()
        if turned:
            self._read_pages(replace(fact, by_machine=tuple(one for one in fact.by_machine if one not in turned)))

    def treat(self, request: ask.TreatEvidence) -> None:
        """Make a document safe again with other wishes, in place of any that were asked for before."""
        fact, original = request.fact, self._referral.original(request.fact)
        before = [wish for wish in self._anew if fact.id in wish.ids]
        if any(len(wish.ids) > 1 for wish in before):
            busy = "One document is being made of it and other photos: wait for that, or cancel it first."
            self._not_treated(fact.id, f"{fact.name} stays as it was.", busy)
            return
        for wish in before:
            self._anew.end(wish)
        done, failed = partial(self._treated, fact.id, request.treatment), partial(self._not_treated, fact.id)
        stopped = partial(self._not_treated, fact.id, STOPPED, f"{fact.name} stays as it was.")
        work = reading.treated, original, fact, request.treatment
        self._anew.begin(Wish((fact.id,), reading.preparing(fact), stopped), *work, done=done, failed=failed)

    def _treated(self, id: str, treatment: Treatment, came: tuple[Prepared, tuple[reading.Taken, ...]]) -> None:
        made, parts = came
        fact = self._known(id)
        if fact is None:
            return  # removed meanwhile
        if made.outcome == Outcome.REFUSED and fact.outcome != Outcome.REFUSED:
            self._tell.failed(f"{fact.name} stays as it was.", whole(made.why))
        else:
            kept = fact.treatment if made.outcome == Outcome.REFUSED else treatment
            now = made.told_of(replace(fact, treatment=kept))
            self._change(lambda: self._referral.treat_evidence(now, made.pdf))
            self._change(lambda: self._keep(parts, fact.file))
            self._read_by_machine((id,))
        self._tell.treated(id)

    def find(self, request: ask.FindWords) -> None:
        """Have words looked for that may be blacked out."""
        self._search.find(request, lambda: self._referral.original(request.fact))

    def join(self, request: ask.JoinEvidence) -> None:
        """Make one document of several photos, unless something else is being made of one of them."""
        ids = tuple(fact.id for fact in request.facts)
        if any(id in wish.ids for wish in self._anew for id in ids):
            busy = "One of them is still being prepared. Once that is done, make one document of them."
            self._tell.failed(PHOTOS_STAY, busy)
            return
        photos = tuple((fact, self._referral.original(fact)) for fact in request.facts)
        wish = Wish(ids, reading.joining(request.facts), partial(self._tell.failed, STOPPED, PHOTOS_STAY))
        done = partial(self._joined, request.facts)
        self._anew.begin(wish, reading.joined, photos, done=done, failed=self._tell.failed)

    def _joined(self, facts: Sequence[EvidenceFact], taken: reading.Taken) -> None:
        if taken.why:
            self._tell.failed(PHOTOS_STAY, whole(taken.why))
        elif not all(map(self._as_asked, facts)):
            changed = "One of them was changed or taken out meanwhile, so choose them once more."
            self._tell.failed(PHOTOS_STAY, changed)
        else:
            self._change(lambda: keeping.join(self._referral, taken, facts))
            self._read_by_machine([one.id for one in self._referral.case.evidence if one.sha256 == taken.fact.sha256])

    def _as_asked(self, fact: EvidenceFact) -> bool:
        """Whether a document is still what it was when something was asked for, but for what a machine read in it."""
        now = self._known(fact.id)
        return now is not None and replace(now, **{name: getattr(fact, name) for name in _BY_MACHINE}) == fact

    def look(self, request: ask.WholePicture) -> None:
        """Have a picture drawn as it is before anything is cut off."""
        original, id = self._referral.original(request.fact), request.fact.id
        done = partial(self._tell.picture, id)
        self._run(reading.whole_picture, original, request.width, done=done, failed=self._tell.failed)

    def _known(self, id: str) -> EvidenceFact | None:
        return next((one for one in self._referral.case.evidence if one.id == id), None)

    def _not_treated(self, id: str, sentence: str, remedy: str) -> None:
        self._tell.failed(sentence, remedy)
        self._tell.treated(id)

    def _change(self, change: Callable[[], object], file: str = "") -> None:
        """Keep something; a file that the change would have brought is named when it fails."""
        try:
            change()
        except UserError as error:
            said = (f"{file} was not taken in.", str(error)) if file else (error.sentence, error.remedy)
            self._tell.failed(*said)
        self._tell.changed()


def _as_it_was(_sentence: str, _remedy: str) -> None:
    """A document that no machine could read stays as it is: that it was tried is no news."""
