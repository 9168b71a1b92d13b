"""Moves the open referral over: to the installed version of its council's file, or to another council."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from wizard.councils import council, installed, note
from wizard.desk.beginning import notes
from wizard.errors import UserError
from wizard.pages.moving import CouncilPage, VersionPage
from wizard.summary import wording
from wizard.versions import changes, outdated, spoken

if TYPE_CHECKING:
    from wizard.desk.program import Program
    from wizard.desk.requests import Desk


def tell_changes(program: "Program") -> None:
    """On opening: say that the council's file was altered, and what is new in it where the pack has not gone."""
    desk = program.desk
    if desk is not None:
        profile = desk.referral.judgement.facts.profile
        said = note(profile.id)
        if said is not None and said.altered:
            desk.shell.notice.say(f"The rules of this referral may not be those of {profile.name}.", said.words)
    if desk is not None and desk.referral.case.sent is None:
        facts = desk.referral.judgement.facts
        if outdated(facts.case, facts.profile):
            show_changes(program)


def show_changes(program: "Program") -> None:
    """What changed for the referral since it was begun; one press moves it over."""
    desk = program.desk
    if desk is None:
        return
    facts = desk.referral.judgement.facts
    found = changes(facts.case.known, facts)
    said = None if found is None else [wording(sentence, facts.answers) for sentence in found]
    page = VersionPage((spoken(facts.case.authority_version), spoken(facts.profile.version)), said)
    page.closed.connect(lambda: program.window.show_only(desk.shell))
    page.taken.connect(
        lambda: _done(program, desk, desk.referral.take_up, desk.shell.notice.say, "Moved over to the new version.")
    )
    program.window.show_only(page, keep=desk.shell)


def show_councils(program: "Program") -> None:
    """The councils that the referral can be moved to, and what becomes of it."""
    desk = program.desk
    if desk is None:
        return
    here = desk.referral.case.authority
    page = CouncilPage([(name, council(name).name) for name in installed() if name != here], notes())
    page.closed.connect(lambda: program.window.show_only(desk.shell))
    page.chosen.connect(
        lambda name: _done(
            program,
            desk,
            lambda: desk.referral.move(name),
            page.failed,
            f"This referral is now for {council(name).name}.",
            "Look at the tasks: some are new, and others are not asked any more.",
        )
    )
    program.window.show_only(page, keep=desk.shell)


def _done(
    program: "Program",
    desk: "Desk",
    work: Callable[[], None],
    failed: Callable[[str, str], None],
    sentence: str,
    remedy: str = "Everything that you entered is there.",
) -> None:
    try:
        work()
    except UserError as error:
        failed(error.sentence, error.remedy)
        return
    desk.shell.rebuild()
    program.window.show_only(desk.shell)
    desk.shell.notice.say(sentence, remedy)
