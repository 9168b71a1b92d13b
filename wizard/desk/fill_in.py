"""Filling in from a file, in place of the referral until it is done or left."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject
from shiboken6 import isValid

from forms.catalogue import PAGES
from wizard.case import Case
from wizard.errors import UserError
from wizard.fill import Found, look
from wizard.filling import Filling
from wizard.jobs import Job, Jobs
from wizard.pages.fill import FillPage
from wizard.referral import OpenReferral
from wizard.summary import wording

DELETE = "Now delete the file: it holds the pupil’s record, and is not needed here any more."


class FillIn(QObject):
    """Joins the page to the child process and to the referral.

    ``done`` is told what was filled in, and what to do now, in a sentence each.
    """

    def __init__(self, referral: OpenReferral, jobs: Jobs, done: Callable[[str, str], None]) -> None:
        self.page = FillPage(lambda text: wording(text, referral.judgement.facts.answers))
        super().__init__(self.page)
        self._referral, self._jobs, self._done = referral, jobs, done
        self._job: Job | None = None
        self.page.look.connect(self._look)
        self.page.fill.connect(self._fill)
        self.page.stop.connect(self._stop)
        self.page.closed.connect(self._stop)

    def _look(self, path: Path, pupil: int | None, search: str) -> None:
        self._stop()
        facts = self._referral.judgement.facts
        self._job = self._jobs.run(
            _looked, path, facts.case, facts.today, pupil, search,
            done=self._here(lambda found: self._show(found, search)),
            failed=self._here(self.page.failed),
            progress=self._here(self.page.progress),
        )  # fmt: skip

    def _here(self, tell: Callable[..., object]) -> Callable[..., None]:
        """Tell only while the page is there."""

        def told(*outcome: object) -> None:
            if isValid(self.page):
                tell(*outcome)

        return told

    def _show(self, found: Found, search: str) -> None:
        if found.filling is not None:
            self.page.show_offers(found.filling, found.offers)
        elif found.file.kind == "gias":
            self.page.ask_school(found.file.schools, found.file.found, search)
        else:
            self.page.ask_pupil(found.file.title, found.file.pupils)

    def _fill(self, filling: Filling) -> None:
        before = self._referral.case.origins
        try:
            self._referral.fill(filling)
        except UserError as error:
            self.page.failed(error.sentence, error.remedy)
            return
        new = [key for key in self._referral.case.origins if key not in before]
        pages = dict.fromkeys(PAGES[key.partition(".")[0]].task for key in sorted(new, key=_order))
        count = "1 answer was" if len(new) == 1 else f"{len(new)} answers were"
        delete = DELETE if filling.kind != "gias" else ""
        self._done(
            f"{count} filled in.", f"Look through each page and confirm it: {', '.join(pages)}. {delete}".strip()
        )

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None


def _order(key: str) -> int:
    return list(PAGES).index(key.partition(".")[0])


def _looked(
    path: Path, case: Case, today: date, pupil: int | None, search: str,
    progress: Callable[[float, str], None], cancelled: Callable[[], bool],
) -> Found:  # fmt: skip
    progress(0.2, "Reading the file")
    found = look(path, case, today, pupil, search, cancelled)
    progress(1.0, "The file is read")
    return found
