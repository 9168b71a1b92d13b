"""How a referral begins: for which council, from which earlier one, with which details of the school."""

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from forms.kit.page import Context
from wizard.councils import FileNote, council, installed, note, own
from wizard.offering import KeptSchool, earlier_filling, school_filling
from wizard.pages.begin import BeginPage
from wizard.pages.your_school import SchoolPage
from wizard.referral import answers_of, begin, new_file
from wizard.store.referral_store import Overview, ReferralStore

if TYPE_CHECKING:
    from wizard.desk.program import Program
    from wizard.store.referral_file import ReferralFile


def choose(program: "Program", store: ReferralStore) -> None:
    """Ask what a new referral begins with."""
    from wizard.desk.program import listed

    earlier = sorted(store.list(), key=_changed, reverse=True)
    page = BeginPage(
        [(name, council(name).name) for name in installed()],
        [listed(one) for one in earlier if not one.trouble],
        program.school.kept(),
        notes(),
        [file.trouble for file in own() if file.trouble],
    )
    page.chosen.connect(program.begin)
    page.back.connect(program.show_home)
    program.window.show_only(page)


def notes() -> dict[str, FileNote]:
    """What is said of councils' files of the user's own, by the council's id."""
    return {name: said for name in installed() if (said := note(name)) is not None}


def begun(program: "Program", store: ReferralStore, authority: str, earlier: str, school: bool) -> "ReferralFile":
    """A new referral, open and filled with what it begins with.

    Raises:
        CannotOpenReferral: the earlier one cannot be read.
        CannotWrite: the new one cannot be kept.
    """
    kept = program.school.kept() if school else None
    fillings = [] if kept is None else [school_filling(kept)]
    if earlier:
        answers = answers_of(store, earlier, program.clock)
        row = next(one for one in store.list() if one.reference == earlier)
        fillings.append(earlier_filling(answers, earlier, _day(row, program.clock()), kept))
    return new_file(store, partial(begin, authority=authority, fillings=fillings))


def show_school(program: "Program", deleted: KeptSchool | None = None) -> None:
    """What is kept of the school, to look at and to change."""
    details, today = program.school, program.clock().date()
    kept = details.kept()
    page = SchoolPage(kept, Context(council(installed()[0]), today), details.keep, deleted)

    def forget() -> None:
        details.forget()
        show_school(program, kept)

    def undo() -> None:
        if deleted is not None:
            details.keep(deleted.pages)
        show_school(program)

    page.closed.connect(program.show_home)
    page.forget.connect(lambda: page.attempt(forget))
    page.undo.connect(lambda: page.attempt(undo))
    program.typing = page
    program.window.say("Your school")
    program.window.show_only(page)


def _changed(row: Overview) -> str:
    return str(row.facts.get("changed", ""))


def _day(row: Overview, now: datetime) -> date:
    """The day of the last change, as the list has it."""
    try:
        return date.fromisoformat(_changed(row)[:10])
    except ValueError:
        return now.date()
