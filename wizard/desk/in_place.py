"""What stands in place of the open referral until it is closed: its draft pack, or filling in from a file."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from shiboken6 import isValid

from wizard.errors import UserError
from wizard.store.folder import write_atomically

if TYPE_CHECKING:
    from wizard.desk.packs import Draft
    from wizard.desk.program import Program


def show_draft(program: "Program", draft: "Draft") -> None:
    """The draft pack in place of the referral, until it is closed."""
    from wizard.pages.preview import DraftPreview

    desk = program.desk
    if desk is None or program.window.centralWidget() is not desk.shell:
        return  # locked meanwhile: what it shows must not come out
    page = DraftPreview(draft.name, draft.pages)

    def draw(number: int, width: int) -> None:
        desk.draw(draft.pdf, number, width, lambda png: page.picture(number, png) if isValid(page) else None)

    page.wanted.connect(draw)
    page.save.connect(lambda path: _copied(path, draft.pdf, page.failed))
    page.closed.connect(lambda: program.window.show_only(desk.shell))
    program.window.show_only(page, keep=desk.shell)


def show_fill(program: "Program", page: str) -> None:
    """Fill in from a file, in place of the referral, until it is done or left."""
    from wizard.desk.fill_in import for_page

    desk = program.desk
    if desk is None:
        return

    def done(sentence: str, remedy: str) -> None:
        desk.shell.rebuild()
        program.window.show_only(desk.shell)
        desk.shell.notice.say(sentence, remedy)

    fill_in = for_page(page)(desk.referral, program.jobs, done)
    fill_in.page.closed.connect(lambda: program.window.show_only(desk.shell))
    program.window.show_only(fill_in.page, keep=desk.shell)


def _copied(path: Path, pdf: bytes, failed: Callable[[str, str], None]) -> None:
    try:
        write_atomically(path, pdf)
    except UserError as error:
        failed(error.sentence, error.remedy)
