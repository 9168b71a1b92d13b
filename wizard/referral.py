"""A referral that is being worked on: every change goes to its encrypted file and to the case in hand, together."""

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from forms.kit.page import Answers
from wizard.case import FORMAT, Case, Signature
from wizard.councils import council
from wizard.evidence_fact import EvidenceFact
from wizard.filling import Filling, apply, confirmed
from wizard.overview import overview
from wizard.store.referral_file import ReferralFile
from wizard.store.referral_store import ReferralStore
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, judge, signers
from wizard.versions import moved, record, taken_up

_READING = "reading"
"""The entry of the diary that names files while they are read."""

Clock = Callable[[], datetime]


class OpenReferral:
    """One referral, opened from the store."""

    def __init__(self, file: ReferralFile, clock: Clock = lambda: datetime.now().astimezone()) -> None:
        self._file = file
        self._clock = clock
        self._judgement: Judgement | None = None
        self.case = _case(file.load())

    def now(self) -> datetime:
        """The time by this referral's clock."""
        return self._clock()

    @property
    def judgement(self) -> Judgement:
        """What the council's policy says of it today; judged again after every change."""
        if self._judgement is None:
            self._judgement = judge(Facts.of(self.case, council(self.case.authority), self._clock().date()))
        return self._judgement

    def commit(self, page: str, values: Mapping[str, Any], not_known: Mapping[str, str]) -> None:
        """Keep a page as it stands, good or not: the one way in for Save and continue, Back, the rail and closing."""
        changed = self.case.with_page(page, values, not_known)
        if changed.answers == self.case.answers and changed.not_known == self.case.not_known:
            return
        with self._file.transaction():
            self._file.save_page(page, dict(values))
            self._file.save_facts("not_known", dict(changed.not_known))
            self._keep_origins(changed)
        self._now(changed)

    def fill(self, filling: Filling) -> None:
        """Keep answers that were not typed, where nothing was answered yet; each waits to be confirmed."""
        changed = apply(self.case, filling, self.judgement.facts.pages)
        if changed == self.case:
            return
        with self._file.transaction():
            for page in filling.values:
                if page in changed.answers and changed.answers[page] != self.case.answers.get(page):
                    self._file.save_page(page, dict(changed.answers[page]))
            self._keep_origins(changed)
        self._now(changed)

    def confirm(self, page: str) -> None:
        """Somebody has looked through what was filled in on a page: Save and continue, never a pause in typing."""
        changed = confirmed(self.case, page, self._clock(), self.judgement.facts.pages)
        if changed != self.case:
            self._keep_origins(changed)
            self._now(changed)

    def _keep_origins(self, changed: Case) -> None:
        if changed.origins != self.case.origins:
            self._file.save_facts("origins", {key: asdict(origin) for key, origin in changed.origins.items()})

    def give_reason(self, requirement: str, text: str) -> None:
        """Keep the school's words for going on without a requirement; an empty text takes them back."""
        reasons = {key: words for key, words in self.case.reasons.items() if key != requirement}
        if text.strip():
            reasons[requirement] = text.strip()
        self._file.save_facts("reasons", reasons)
        self._now(replace(self.case, reasons=reasons))

    @contextmanager
    def together(self) -> Iterator[None]:
        """Keep all changes that are made meanwhile, or none."""
        before = self.case
        try:
            with self._file.transaction():
                yield
        except BaseException:
            self._now(before)
            raise

    def add_evidence(self, fact: EvidenceFact, original: bytes, prepared: bytes) -> EvidenceFact:
        """Keep a document that intake has made safe, or that it refused one: that has no bytes.

        It stands behind all others, but for what came in another: that stands behind it.
        """
        fact = replace(fact, place=_place(fact, self.case.evidence))
        kept = replace(fact, id=self._file.add_evidence(asdict(fact), original, prepared))
        self._now(replace(self.case, evidence=_in_order((*self.case.evidence, kept))))
        return kept

    def change_evidence(self, fact: EvidenceFact) -> None:
        """Keep what was changed about a document: its title, date, what it answers, turned or left-out pages."""
        self._file.update_evidence(fact.id, asdict(fact))
        self._now(replace(self.case, evidence=tuple(fact if e.id == fact.id else e for e in self.case.evidence)))

    def treat_evidence(self, fact: EvidenceFact, prepared: bytes) -> None:
        """Keep a document as it was made safe anew; its original stays, and what it was before is forgotten."""
        self._file.replace_evidence(fact.id, asdict(fact), prepared)
        self._now(replace(self.case, evidence=tuple(fact if e.id == fact.id else e for e in self.case.evidence)))

    def remove_evidence(self, id: str) -> None:
        """Take a document out; ``restore_evidence`` brings it back until the file is closed."""
        self._file.remove_evidence(id)
        self._now(replace(self.case, evidence=tuple(e for e in self.case.evidence if e.id != id)))

    def restore_evidence(self, fact: EvidenceFact, place: int) -> None:
        """Undo a removal."""
        self._file.restore_evidence(fact.id)
        others = self.case.evidence
        self._now(replace(self.case, evidence=(*others[:place], fact, *others[place:])))

    def document(self, fact: EvidenceFact) -> bytes:
        """The cleaned PDF of a document."""
        return self._file.evidence(fact.id)[2]

    def original(self, fact: EvidenceFact) -> bytes:
        """The document as it was offered, byte for byte."""
        return self._file.evidence(fact.id)[1]

    def sign(self, role: str, name: str, method: str, picture: bytes = b"", day: str = "") -> None:
        """Add somebody's signature under the statement of that role; an earlier one of the same role goes.

        It is dated now, or on ``day`` (ISO) where it was given on paper.
        """
        signer = next(one for one in signers(self.judgement.facts) if one.role == role)
        signature = Signature(
            role=role,
            name=name,
            method=method,
            when=day or self._clock().isoformat(timespec="minutes"),
            statement=signer.statement,
            digest=self.case.signed_digest(self.judgement.facts.apart),
            picture=base64.b64encode(picture).decode(),
        )
        self._keep_signatures((*(s for s in self.case.signatures if s.role != role), signature))

    def withdraw_signature(self, role: str) -> None:
        """Take a signature back."""
        self._keep_signatures(tuple(s for s in self.case.signatures if s.role != role))

    def note(self, event: str, on: str = "", **details: str) -> None:
        """Add an entry to the diary: what happened, now or ``on`` a day (ISO), and details such as how and by whom."""
        entry = {"event": event, "when": on or self._clock().isoformat(timespec="minutes"), **details}
        diary = (*self.case.diary, entry)
        self._file.save_facts("diary", [dict(one) for one in diary])
        self._now(replace(self.case, diary=diary))

    @property
    def being_read(self) -> tuple[str, ...]:
        """The names of the files that are being read, or were when the program was ended."""
        return self._under_way("files")

    @property
    def made_anew(self) -> tuple[str, ...]:
        """The names of the documents that are being blacked out and the like, or were when the program was ended."""
        return self._under_way("anew")

    def _under_way(self, what: str) -> tuple[str, ...]:
        entry: Mapping[str, str] = next((one for one in self.case.diary if one.get("event") == _READING), {})
        return tuple(filter(None, entry.get(what, "").split("\n")))

    def keep_under_way(self, being_read: Sequence[str], made_anew: Sequence[str]) -> None:
        """Keep the names of the files that are being read, and of what is made anew, in place of those before."""
        names = {"files": "\n".join(being_read), "anew": "\n".join(made_anew)}
        entry = {"event": _READING, "when": self._clock().isoformat(timespec="minutes"), **names}
        others = tuple(one for one in self.case.diary if one.get("event") != _READING)
        diary = (*others, entry) if any(names.values()) else others
        if diary != self.case.diary:
            self._file.save_facts("diary", [dict(one) for one in diary] or None)
            self._now(replace(self.case, diary=diary))

    def take_up(self) -> None:
        """Move over to the installed version of the council's file."""
        changed = taken_up(self.case, council(self.case.authority))
        self._file.save_facts("authority", changed.under)
        self._now(changed)

    def move(self, authority: str) -> None:
        """Make it a referral to another council; signatures are void, everything else is kept.

        Raises:
            UnusableInput: there is no such council, or the pack has gone already.
        """
        profile = council(authority)
        changed = moved(self.case, profile)
        with self._file.transaction():
            self._file.save_facts("authority", changed.under)
            self._file.save_facts("reasons", dict(changed.reasons))
            for before, fact in zip(self.case.evidence, changed.evidence, strict=True):
                if fact != before:
                    self._file.update_evidence(fact.id, asdict(fact))
            self._keep_signatures(changed.signatures)
        self._now(changed)

    def _keep_signatures(self, signatures: tuple[Signature, ...]) -> None:
        self._file.save_facts("signatures", [asdict(signature) for signature in signatures])
        self._now(replace(self.case, signatures=signatures))

    def _now(self, case: Case) -> None:
        self.case = case
        self._judgement = None

    def save_overview(self) -> None:
        """Write the row that the home page reads."""
        self._file.save_overview(overview(self.judgement, self._clock()))


def answers_of(store: ReferralStore, reference: str, clock: Clock) -> Answers:
    """The answers of a referral that is kept; it is open for a moment only.

    Raises:
        CannotOpenReferral: see ``ReferralFile``.
    """
    with store.open(reference) as file:
        return OpenReferral(file, clock).judgement.facts.answers


def new_file(store: ReferralStore, fill: Callable[[ReferralFile], None], reference: str | None = None) -> ReferralFile:
    """A new referral, open and filled; if filling it fails, nothing is left of it."""
    file = store.create(reference)
    try:
        fill(file)
    except BaseException:
        file.close()
        store.delete(file.reference)
        raise
    return file


def begin(file: ReferralFile, authority: str, fillings: Sequence[Filling] = ()) -> None:
    """Make a new file a referral to a council, filled with what is offered; of two offers the first counts."""
    profile = council(authority)
    file.save_facts("format", FORMAT)
    file.save_facts("authority", {"id": profile.id, "version": profile.version, "known": record(profile)})
    for filling in fillings:
        OpenReferral(file).fill(filling)


def keep(
    file: ReferralFile,
    case: Case,
    original: Callable[[EvidenceFact], bytes],
    prepared: Callable[[EvidenceFact], bytes],
) -> None:
    """Make a new file hold a whole referral."""
    with file.transaction():
        begin(file, case.authority)
        file.save_facts("authority", case.under)
        file.save_facts("given", sorted(case.given))
        for name in ("not_known", "reasons"):
            file.save_facts(name, dict(getattr(case, name)))
        file.save_facts("origins", {key: asdict(origin) for key, origin in case.origins.items()})
        file.save_facts("signatures", [asdict(signature) for signature in case.signatures])
        file.save_facts("diary", [dict(entry) for entry in case.diary])
        for page, values in case.answers.items():
            file.save_page(page, values)
        for fact in case.evidence:
            file.add_evidence(asdict(fact), original(fact) if fact.kept else b"", prepared(fact))
    OpenReferral(file).save_overview()


def _case(loaded: Mapping[str, Any]) -> Case:
    """The case out of a file's rows."""
    whole = {"format": FORMAT, **loaded}
    given = whole.pop("given", ())
    whole["evidence"] = [{name: value for name, value in row.items() if value} for row in whole["evidence"]]
    case = Case.from_json(whole)
    return replace(case, evidence=_in_order(case.evidence), given=frozenset(given))


def _place(fact: EvidenceFact, others: Sequence[EvidenceFact]) -> tuple[int, ...]:
    around = next((one for one in others if fact.within and one.file == fact.within), None)
    return (*around.place, _number(around)) if around is not None else ()


def _in_order(evidence: Sequence[EvidenceFact]) -> tuple[EvidenceFact, ...]:
    """Documents in the order in which they were added, what came in one behind that."""
    return tuple(sorted(evidence, key=lambda one: (*one.place, _number(one))))


def _number(fact: EvidenceFact) -> int:
    """The number that the store gave it."""
    return int(fact.id.removeprefix("E"))
