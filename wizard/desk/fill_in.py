"""Filling in from a file, in place of the referral until it is done or left."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from forms.catalogue import PAGES
from wizard.case import Case
from wizard.errors import UnusableInput, UserError
from wizard.evidence.school.school_answer import EventTable, read_events
from wizard.fill import Found, file_day, look
from wizard.filling import Filling
from wizard.jobs import Job, Jobs
from wizard.pages.events import EventsPage
from wizard.pages.fill import FillPage
from wizard.pages.from_file import FromFile
from wizard.referral import OpenReferral
from wizard.summary import wording

DELETE = "Now delete the file: it holds the pupil’s record, and is not needed here any more."


Told = Callable[[str, str], None]


class FromFileToReferral(QObject):
    """Joins a page to the child process and to the referral.

    ``done`` is told what was filled in, and what to do now, in a sentence each.
    """

    page: FromFile

    def __init__(self, referral: OpenReferral, jobs: Jobs, done: Told) -> None:
        super().__init__(self.page)
        self.referral, self._jobs, self._done = referral, jobs, done
        self._job: Job | None = None
        self.page.fill.connect(self._fill)
        self.page.stop.connect(self._stop)
        self.page.closed.connect(self._stop)

    def read(self, work: Callable[..., object], *args: object, show: Callable[[Any], object]) -> None:
        """Read a file beside the window, in place of any reading under way."""
        self._stop()
        self._job = self._jobs.run(
            work, *args,
            done=self._here(show), failed=self._here(self.page.failed), progress=self._here(self.page.progress),
        )  # fmt: skip

    def _here(self, tell: Callable[..., object]) -> Callable[..., None]:
        """Tell only while the page is there."""

        def told(*outcome: object) -> None:
            if isValid(self.page):
                tell(*outcome)

        return told

    def _fill(self, filling: Filling) -> None:
        before = self.referral.case
        try:
            self.referral.fill(filling)
        except UserError as error:
            self.page.failed(error.sentence, error.remedy)
            return
        self._done(*self.said(filling, before))

    def said(self, filling: Filling, before: Case) -> tuple[str, str]:
        """What was filled in, and what to do now."""
        new = [key for key in self.referral.case.origins if key not in before.origins]
        pages = dict.fromkeys(PAGES[key.partition(".")[0]].task for key in sorted(new, key=_order))
        count = "1 answer was" if len(new) == 1 else f"{len(new)} answers were"
        delete = DELETE if filling.kind != "gias" else ""
        return f"{count} filled in.", f"Look through each page and confirm it: {', '.join(pages)}. {delete}".strip()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None


class FillIn(FromFileToReferral):
    """A transfer file, a pupil list, or the list of schools."""

    page: FillPage

    def __init__(self, referral: OpenReferral, jobs: Jobs, done: Told) -> None:
        self.page = FillPage(lambda text: wording(text, referral.judgement.facts.answers))
        super().__init__(referral, jobs, done)
        self.page.look.connect(self._look)

    def _look(self, path: Path, pupil: int | None, search: str) -> None:
        facts = self.referral.judgement.facts
        self.read(_looked, path, facts.case, facts.today, pupil, search, show=lambda found: self._show(found, search))

    def _show(self, found: Found, search: str) -> None:
        if found.filling is not None:
            self.page.show_offers(found.filling, found.offers)
        elif found.file.kind == "gias":
            self.page.ask_school(found.file.schools, found.file.found, search)
        else:
            self.page.ask_pupil(found.file.title, found.file.pupils)


class EventsIn(FromFileToReferral):
    """Events for the chronology."""

    page: EventsPage

    def __init__(self, referral: OpenReferral, jobs: Jobs, done: Told) -> None:
        self.page = EventsPage()
        super().__init__(referral, jobs, done)
        self.page.look.connect(lambda path: self.read(_events, path, show=self._show))

    def _show(self, found: tuple[EventTable, date]) -> None:
        table, day = found
        self.page.show_table(table.headings, table.rows, day)

    def said(self, filling: Filling, before: Case) -> tuple[str, str]:
        """How many events were taken, and what to do now."""
        count = len(filling.values["chronology"]["entries"])
        page = before.answers.get("chronology")
        kind = page.get("kind") if isinstance(page, Mapping) else ""
        other = "You chose another way to give the chronology: change that, or they are not shown. "
        other = "" if kind in (None, "", "chronology") else other
        words = "1 event was taken." if count == 1 else f"{count} events were taken."
        return words, f"{other}Look through each, then confirm. {DELETE}"


def for_page(page: str) -> type[FillIn] | type[EventsIn]:
    """What fills in a page."""
    return EventsIn if page == "chronology" else FillIn


def _events(
    path: Path, progress: Callable[[float, str], None], cancelled: Callable[[], bool]
) -> tuple[EventTable, date]:
    progress(0.2, "Reading the file")
    table = read_events(path, cancelled=cancelled)
    progress(1.0, "The file is read")
    if table.why:
        raise UnusableInput("The file cannot be used.", table.why)
    return table, file_day(path)


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
