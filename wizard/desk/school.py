"""The school's details, kept for the next referral: read, kept, followed and forgotten for the window."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from wizard.errors import UnusableInput, UserError
from wizard.offering import KeptSchool, Typed, changed_since, same_school, school_answers
from wizard.referral import OpenReferral
from wizard.store.school_record import SchoolRecord


class SchoolDetails:
    """What is kept of the school."""

    def __init__(self, record: SchoolRecord, clock: Callable[[], datetime], tell: Callable[[str, str], object]) -> None:
        self._record, self._clock, self._tell = record, clock, tell

    def kept(self) -> KeptSchool | None:
        """What is kept; where it cannot be read that is told, and it is as if nothing were."""
        try:
            record = self._record.read()
        except UserError as error:
            self._tell(error.sentence, error.remedy)
            return None
        return _known(record)

    def keep(self, pages: Typed) -> KeptSchool | None:
        """Keep these pages; others that are kept stay. A page without answers is no longer kept.

        Raises:
            CannotWrite: it could not be kept.
        """
        known = self.kept()
        together = {**(known.pages if known else {}), **pages}
        together = {page: values for page, values in together.items() if values}
        if known is None or together != known.pages:
            known = KeptSchool(self._clock().date(), together)
            self._record.write({"on": known.on.isoformat(), "pages": {page: dict(v) for page, v in together.items()}})
        return known if together else None

    def keep_from(self, referral: OpenReferral) -> KeptSchool | None:
        """Keep what a referral says of its school.

        Raises:
            UnusableInput: it says nothing yet.
            CannotWrite: it could not be kept.
        """
        answers = referral.judgement.facts.answers
        pages, known = school_answers(answers), self.kept()
        if not pages:
            raise UnusableInput("There is nothing to keep yet.", "Answer the questions of this page first.")
        if known is not None and not same_school(known, answers):
            self._record.forget()  # two schools are never mixed
        return self.keep(pages)

    def follow(self, referral: OpenReferral, before: Typed) -> None:
        """Keep what was changed about the school since a referral was opened, where its details are kept already."""
        answers = referral.judgement.facts.answers
        changed = changed_since(before, school_answers(answers))
        known = self.kept() if changed else None
        if known is not None and same_school(known, answers):
            self.keep({page: {**known.pages.get(page, {}), **values} for page, values in changed.items()})

    def forget(self) -> None:
        """Keep nothing any more.

        Raises:
            CannotWrite: it could not be deleted.
        """
        self._record.forget()


def _known(record: dict[str, Any]) -> KeptSchool | None:
    return KeptSchool(date.fromisoformat(record["on"]), record["pages"]) if record.get("pages") else None
