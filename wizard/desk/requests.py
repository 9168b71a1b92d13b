"""Carries out what the pages of an open referral ask for, and shows what came of it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from wizard.desk import keeping, packs, reading
from wizard.desk.intake import Intake, Tell
from wizard.desk.school import SchoolDetails
from wizard.errors import UserError
from wizard.evidence.pictures.cropping import Uncropped
from wizard.evidence.redaction.search import Places
from wizard.handoff.calendar_file import calendar_file
from wizard.jobs import Job, Jobs
from wizard.offering import school_answers
from wizard.pages import screen as ask
from wizard.pages.evidence_busy import StopIntake
from wizard.pages.working import StopWork
from wizard.referral import OpenReferral
from wizard.schedule import due
from wizard.shell import Shell
from wizard.store.folder import write_atomically
from wizard.store.referral_file import ReferralFile

Clock = Callable[[], datetime]


class Desk(QObject):
    """One open referral: its file, its window, and the work under way for it."""

    draft_made = Signal(object)
    """A ``packs.Draft``."""
    fill_wanted = Signal(str)
    """Answers are to be taken from a file, for this page."""
    changes_wanted = Signal()
    """What changed in the council's file is to be shown."""
    council_wanted = Signal()
    """The referral is for another council."""

    def __init__(
        self,
        file: ReferralFile,
        referral: OpenReferral,
        shell: Shell,
        jobs: Jobs,
        maker: packs.Maker,
        school: SchoolDetails,
    ) -> None:
        super().__init__(shell)
        self.file, self.referral, self.shell, self._jobs, self._maker = file, referral, shell, jobs, maker
        self._school, self._school_before = school, school_answers(referral.judgement.facts.answers)
        self._running: list[Job] = []
        self._closed = False
        self._intake = Intake(
            referral, self._beside, Tell(shell.refresh, self._failed, self._treated, self._picture, self._places)
        )
        self._work: dict[type[ask.Request], Callable[[Any], object]] = {
            ask.AddEvidence: self._intake.add,
            ask.TreatEvidence: self._intake.treat,
            ask.WholePicture: self._intake.look,
            ask.JoinEvidence: self._intake.join,
            ask.FindWords: self._intake.find,
            ask.ChangeEvidence: self._intake.change,
            ask.RemoveEvidence: lambda r: self._now(lambda: referral.remove_evidence(r.fact.id)),
            ask.RestoreEvidence: self._restore,
            ask.PreviewPage: self._preview,
            ask.ReadRegister: self._read_register,
            ask.FillFromFile: lambda r: self.fill_wanted.emit(r.page),
            ask.SeeChanges: lambda _: self.changes_wanted.emit(),
            ask.ChangeCouncil: lambda _: self.council_wanted.emit(),
            ask.GiveReason: lambda r: self._now(lambda: referral.give_reason(r.requirement, r.text)),
            ask.Sign: lambda r: self._now(lambda: referral.sign(r.role, r.name, r.method, r.picture, r.day)),
            ask.WithdrawSignature: lambda r: self._now(lambda: referral.withdraw_signature(r.role)),
            ask.DraftPack: self._draft,
            ask.MakePack: self._make,
            ask.MarkSent: lambda r: self._now(lambda: referral.note("sent", on=r.day, how=r.how, by=r.by)),
            ask.SaveDates: self._save_dates,
            ask.KeepSchool: lambda _: self._now(self._keep_school),
            ask.ForgetSchool: lambda _: self._now(self._forget_school),
            ask.SaveLetter: self._save_letter,
            StopWork: lambda _: self._stop(),
            StopIntake: lambda r: self._intake.stop(r.work),
        }
        shell.kept = school.kept()
        shell.last_pack = packs.last_pack(referral.case)
        shell.wanted.connect(self.carry_out)

    def carry_out(self, request: ask.Request) -> None:
        """Do what a page asks; what a person can put right is said on the page."""
        try:
            self._work[type(request)](request)
        except UserError as error:
            self._failed(error.sentence, error.remedy)

    def tell_unread(self) -> None:
        """Name what was still to be done when the program was ended."""
        self._intake.tell_unread()

    def close(self) -> None:
        """Let go of the file; what the home page shows of it is kept first."""
        self._closed, self.shell.shown = True, None
        reading.end_batch()
        self._intake.remember()
        with suppress(UserError):  # it can be made again, and the answers are kept already
            self.referral.save_overview()
        with suppress(UserError):  # so can this
            self._school.follow(self.referral, self._school_before)
        self.file.close()

    def _now(self, change: Callable[[], object]) -> None:
        change()
        self.shell.refresh()

    def _restore(self, request: ask.RestoreEvidence) -> None:
        said = keeping.restore(self.referral, request.fact, request.place)
        self.shell.refresh()
        for sentence, remedy in said:
            self._failed(sentence, remedy)

    def _keep_school(self) -> None:
        self.shell.kept = self._school.keep_from(self.referral)

    def _forget_school(self) -> None:
        self._school.forget()
        self.shell.kept = None

    def _run(self, work: Callable[..., Any], *args: object, done: Callable[[Any], None]) -> None:
        """Run beside the window, and show on whatever page is open by then how far it is and what came of it."""
        self._running.append(self._beside(work, *args, done=done, failed=self._failed))

    def _beside(
        self, work: Callable[..., Any], *args: object, done: Callable[..., None], failed: Callable[[str, str], None]
    ) -> Job:
        """Run beside the window what has ends of its own."""
        return self._jobs.run(
            work, *args, done=self._here(done), failed=self._here(failed), progress=self._here(self._progress)
        )

    def _treated(self, id: str) -> None:
        if self.shell.shown is not None:
            self.shell.shown.treated(id)

    def _places(self, id: str, words: tuple[str, ...], places: Places) -> bool:
        return self.shell.shown is not None and self.shell.shown.words_found(id, words, places)

    def _picture(self, id: str, whole: Uncropped) -> None:
        if self.shell.shown is not None:
            self.shell.shown.whole_picture(id, whole.png, whole.angle)

    def _here(self, tell: Callable[..., object]) -> Callable[..., None]:
        """Tell only while the referral is open: what ends later has nobody to tell."""

        def told(*outcome: object) -> None:
            if not self._closed:
                tell(*outcome)

        return told

    def _stop(self) -> None:
        for job in self._running:
            job.cancel()
        self._running.clear()

    def _failed(self, sentence: str, remedy: str) -> None:
        self.shell.say(sentence, remedy)

    def _progress(self, part: float, words: str) -> None:
        if self.shell.shown is not None:
            self.shell.shown.progress(words, part)

    def _preview(self, request: ask.PreviewPage) -> None:
        def show(png: bytes) -> None:
            kept = next((one for one in self.referral.case.evidence if one.id == request.fact.id), None)
            stale = kept is None or kept.treatment != request.fact.treatment  # it may show what was blacked out since
            if self.shell.shown is not None and not stale:
                self.shell.shown.picture(request.fact.id, request.page, png)

        self.draw(self.referral.document(request.fact), request.page, request.width, show)

    def draw(self, pdf: bytes, page: int, width: int, show: Callable[[bytes], None]) -> None:
        """Draw a page, from 1, of a PDF of our own making."""
        self._jobs.run(reading.drawn, pdf, page, width, done=self._here(show), failed=self._here(self._failed))

    def _read_register(self, request: ask.ReadRegister) -> None:
        facts = self.referral.judgement.facts
        known = (facts.value("pupil", name) for name in ("upn", "first_name", "surname"))
        upn, *names = (one if isinstance(one, str) else "" for one in known)
        self._run(reading.register, request, facts.today, upn, " ".join(filter(None, names)), done=self._register_read)

    def _register_read(self, read: ask.RegisterReading) -> None:
        """Give a reading to the page that asked for it; once that is left, keep it there and say so."""
        shell = self.shell
        if shell.shown is not None and shell.page.screen == "register":
            shell.shown.register_read(read)
        elif read.refused or not read.sessions:
            remedy = read.refused or "Open the page Register and read it again: there is something to decide."
            shell.say(f"{read.file} was not read.", remedy)
        else:
            page, case = "attendance", self.referral.case
            stands = case.answers.get(page)
            answers = stands if isinstance(stands, Mapping) else {}
            reasons = case.view(self.referral.judgement.facts.answers.context).not_known_on(page)
            self._now(lambda: self.referral.commit(page, {**answers, "register": read.kept()}, reasons))
            shell.say(f"{read.file} was read.", "What it comes to is on the page Register.")

    def _save_dates(self, request: ask.SaveDates) -> None:
        dues, reference = due(self.referral.judgement), self.referral.case.reference
        self._write(request.path, calendar_file(dues, reference, self.referral.now()))

    def _save_letter(self, request: ask.SaveLetter) -> None:
        from wizard.letters import write
        from wizard.pack.letter import letter_pdf

        letter = write(self.referral.judgement, request.document)
        when, path = self.referral.now(), request.path

        def make(progress: object, cancelled: object) -> bytes:
            return letter_pdf(letter, when)

        self._run(make, done=lambda pdf: self._kept(path, pdf))

    def _kept(self, path: Path, data: bytes) -> None:
        try:
            self._write(path, data)
        except UserError as error:
            self._failed(error.sentence, error.remedy)

    def _write(self, path: Path, data: bytes) -> None:
        write_atomically(path, data)
        if self.shell.shown is not None:
            self.shell.shown.saved(path)

    def _draft(self, _request: ask.DraftPack) -> None:
        self._run(self._maker.draft, self.referral.judgement, self.referral, done=self._draft_made)

    def _draft_made(self, draft: packs.Draft) -> None:
        self._progress(1.0, "The draft is ready")
        if self.shell.page.screen == "check":
            self.draft_made.emit(draft)
        else:
            self.shell.say("The draft pack is ready.", "To see it, press Preview again under Check your answers.")

    def _make(self, request: ask.MakePack) -> None:
        if self._intake.under_way:  # what was asked to be blacked out would go as it was
            raise UserError(*packs.WAIT)
        judgement = self.referral.judgement
        digest = judgement.facts.pack_digest  # of what it is made from: somebody may go on typing meanwhile
        done = partial(self._made, digest=digest)
        self._run(self._maker.final, judgement, self.referral, request.folder, done=done)

    def _made(self, made: ask.PackMade, digest: str) -> None:
        self.shell.last_pack = made
        self._progress(1.0, "The pack is ready")
        try:
            self._now(lambda: self.referral.note("exported", **packs.for_diary(made, digest)))
        except UserError as error:
            self._failed(error.sentence, error.remedy)
        if self.shell.page.screen != "send":
            self.shell.say("The pack is ready.", "Go to Send for its password and the next steps.")
