"""The dates of a page: what to do by when, overdue in words, and a file of them for the school's own calendar."""

from collections.abc import Sequence

from wizard.handoff.message import safe_file_name
from wizard.pages.offered import OfferedBox
from wizard.pages.screen import SaveDates
from wizard.pages.words import Box, Link, Words, give_role
from wizard.schedule import Due, on_page
from wizard.summary import wording


class DatesBox(OfferedBox):
    """What has a date at a page."""

    def found(self) -> Sequence[Due]:
        """The dates as they are now."""
        return on_page(self._view.judgement, self._view.page.id)

    def box(self, found: Sequence[Due]) -> Box:
        """Each with what to do and the paragraph."""
        answers = self._view.judgement.facts.answers
        box = Box("inset")
        if any(due.late for due in found):
            give_role(box, "warning")
        for due in found:
            box.column.addWidget(Words(wording(due.title, answers), "label"))
            box.column.addWidget(Words(f"{due.words}."))
            box.column.addWidget(Words(wording(due.todo, answers)))
            box.column.addWidget(Words(due.source, "hint"))
        box.column.addWidget(Link("Save for your calendar", self._save, f"Save for your calendar: {found[0].title}"))
        return box

    def _save(self) -> None:
        name = safe_file_name(self._view.judgement.facts.case.reference, "-dates.ics")
        chosen = self.ask("Save the dates of this referral", name)
        if chosen is not None:
            self._wanted(SaveDates(chosen))
