"""The window from its opening to its end: home folder, vault, look, and what follows what.

The forms and everything above them are imported when a referral is opened, so that the list shows at once.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from wizard.desk.border import Border
from wizard.desk.practice import can_practise, practise
from wizard.errors import NoKeyring, UserError
from wizard.evidence.confined.working_folder import LEFT_OVER, erase_left_over
from wizard.handoff.password import read_password_file
from wizard.jobs import Jobs
from wizard.pages.focus import FocusRing
from wizard.pages.home import HomeScreen
from wizard.pages.listed import Listed
from wizard.pages.lock import LockPage, PassphrasePage
from wizard.pages.look import Look
from wizard.pages.window import NAME, Window
from wizard.store.folder import home_folder, private_folder, referral_paths
from wizard.store.keys import MASTER_FILE, Vault
from wizard.store.referral_store import Overview, ReferralStore

if TYPE_CHECKING:
    from wizard.desk.requests import Desk
    from wizard.desk.school import SchoolDetails
    from wizard.pages.your_school import SchoolPage
    from wizard.store.referral_file import ReferralFile

Clock = Callable[[], datetime]
Practise = Callable[[ReferralStore], str]
"""Keeps a made-up referral in the store; its reference."""

NOT_SAVED = ("The last change is not saved.", "Unlock to see why and what to do.")


class Program(QObject):
    """What is shown when: passphrase, list, referral, lock."""

    def __init__(
        self, app: QApplication, home: Path, practise: Practise | None = None, clock: Clock | None = None
    ) -> None:
        super().__init__(app)
        self._home, self._practise = home, practise
        self.clock = clock or (lambda: datetime.now().astimezone())
        self.border = Border(home, self._save_for_good)
        self.jobs = Jobs(self.border.record)
        self.look = Look(app, home, self)
        FocusRing(app, self)
        self.window = Window(self.may_close)
        self.border.window = self.window
        self.window.idle.connect(self.lock)
        self.sweep = QTimer(self, interval=int(LEFT_OVER * 1000))  # what a crash left may be too young to tell yet
        self.sweep.timeout.connect(lambda: self.jobs.run(erase_left_over))
        self.window.larger.connect(lambda: self._resize(self.look.larger))
        self.window.smaller.connect(lambda: self._resize(self.look.smaller))
        self._vault: Vault | None = None
        self.store: ReferralStore | None = None
        self.desk: Desk | None = None
        self.typing: SchoolPage | None = None

    # Opening

    def start(self, passphrase: str | None = None) -> None:
        """Open the vault and show the list, or ask for what opens it."""
        try:
            self.use(Vault.open(self._home, passphrase))
        except NoKeyring as error:
            if referral_paths(self._home) and not (self._home / MASTER_FILE).exists():
                self.show_home(error.sentence, error.remedy)
            else:
                self._ask_passphrase()
        except UserError as error:
            self.show_home(error.sentence, error.remedy)
        self.window.show()
        self.jobs.run(erase_left_over)
        self.sweep.start()

    def use(self, vault: Vault) -> None:
        """Go on with this vault: show the list."""
        self._vault, self.store = vault, ReferralStore(self._home, vault)
        self.show_home()

    def _ask_passphrase(self) -> None:
        page = PassphrasePage(first=not (self._home / MASTER_FILE).exists())

        def use(passphrase: str) -> None:
            try:
                self.use(Vault.open(self._home, passphrase))
            except UserError as error:
                page.refuse(error.sentence, error.remedy)

        page.given.connect(use)
        self.window.show_only(page)

    # The list

    def show_home(self, sentence: str = "", remedy: str = "") -> None:
        """The list of referrals, with a sentence where something is wrong."""
        self.typing = None
        page = HomeScreen(can_practise=self._practise is not None and self.store is not None)
        page.opened.connect(self.open)
        page.begin.connect(self.choose_council)
        page.school.connect(self.show_school)
        page.practise.connect(self._begin_practice)
        rows = [listed(overview) for overview in self.store.list()] if self.store else []
        page.show_rows(rows)
        if sentence:
            page.say_trouble(sentence, remedy)
        self.window.say("")
        self.window.show_only(page)

    def choose_council(self) -> None:
        """Which council a new referral is for, and what it begins with."""
        from wizard.desk import beginning

        self.at_home(partial(beginning.choose, self))

    def begin(self, authority: str, earlier: str = "", school: bool = False) -> None:
        """A new referral to a council, from an earlier one and with the school's details where that is wanted."""
        from wizard.desk import beginning

        self.at_home(lambda store: self._show(beginning.begun(self, store, authority, earlier, school)))

    def show_school(self) -> None:
        """What is kept of the school."""
        from wizard.desk import beginning

        self.at_home(lambda store: beginning.show_school(self))

    def open(self, reference: str) -> None:
        """A referral of the list."""
        self.at_home(lambda store: self._show(store.open(reference)))

    @property
    def school(self) -> "SchoolDetails":
        """The school's details; only with a store."""
        from wizard.desk.school import SchoolDetails
        from wizard.store.school_record import SchoolRecord

        assert self._vault is not None  # noqa: S101 - there is a store, so there is a vault
        return SchoolDetails(SchoolRecord(self._home, self._vault), self.clock, self.border.tell)

    def _begin_practice(self) -> None:
        """Keep a made-up pupil beside the window: reading its papers takes seconds."""
        practise, store, page = self._practise, self.store, self.window.centralWidget()
        if practise is None or store is None or not isinstance(page, HomeScreen):
            return
        page.say_wait("The made-up pupil is being prepared. This takes a few seconds.")
        self.jobs.run(lambda progress, cancelled: practise(store), done=self._practise_with, failed=self._not_at_home)

    def _practise_with(self, reference: str) -> None:
        if isinstance(self.window.centralWidget(), HomeScreen):
            self.open(reference)

    def _not_at_home(self, sentence: str, remedy: str) -> None:
        if isinstance(self.window.centralWidget(), HomeScreen):
            self.show_home(sentence, remedy)

    def at_home(self, work: Callable[[ReferralStore], None]) -> None:
        """Do something with the store; what goes wrong is said on the list."""
        from wizard.councils import look_in  # brings the forms, which the list has no need of

        look_in(lambda: self._home)
        if self.store is None:
            self.start()
            return
        try:
            work(self.store)
        except UserError as error:
            self.show_home(error.sentence, error.remedy)

    # A referral

    def _show(self, file: "ReferralFile") -> None:
        from wizard.desk import in_place, moving
        from wizard.desk.packs import PackMaker
        from wizard.desk.requests import Desk
        from wizard.pages.guidance import GuidancePanel
        from wizard.pages.registry import SCREENS
        from wizard.referral import OpenReferral
        from wizard.shell import Shell

        with on_error(file.close):
            referral = OpenReferral(file, self.clock)
            shell = Shell(referral, SCREENS, GuidancePanel, self.clock)
            self.desk = Desk(
                file, referral, shell, self.jobs, PackMaker(self._home, self._vault, self.clock), self.school
            )
        shell.leave.connect(self.leave)
        shell.lock_wanted.connect(self.lock)
        self.desk.draft_made.connect(partial(in_place.show_draft, self))
        self.desk.fill_wanted.connect(partial(in_place.show_fill, self))
        self.desk.changes_wanted.connect(partial(moving.show_changes, self))
        self.desk.council_wanted.connect(partial(moving.show_councils, self))
        self.window.say(file.reference)
        self.window.show_only(shell)
        shell.show_first()
        moving.tell_changes(self)
        self.desk.tell_unread()

    def leave(self) -> None:
        """Back from a referral to the list; work under way is stopped."""
        desk, self.desk = self.desk, None
        if desk is not None:
            self.jobs.finish()
            desk.close()
            self.show_home()

    # The lock

    def lock(self) -> None:
        """Hide everything until somebody who may see it is back."""
        hidden = self.window.centralWidget()
        if self._vault is None or hidden is None or isinstance(hidden, LockPage):
            return
        self.window.say("Locked")
        page = LockPage(passphrase=(self._home / MASTER_FILE).exists())
        if not self._save_for_good():
            page.refuse(*NOT_SAVED)
        page.unlock.connect(lambda words: self._unlock(page, hidden, words))
        self.window.show_only(page, keep=hidden)

    def _unlock(self, page: LockPage, hidden: QWidget, passphrase: str) -> None:
        try:
            Vault.open(self._home, passphrase or None)
        except UserError as error:
            page.refuse(error.sentence, error.remedy)
            return
        self.window.say(self.desk.file.reference if self.desk else "")
        self.window.show_only(hidden)

    # The end

    def may_close(self) -> bool:
        """Save and let go of everything; ``False`` keeps the window open."""
        if self.desk is not None:
            page = self.window.centralWidget()
            if not self.desk.shell.commit():
                if isinstance(page, LockPage):
                    page.refuse(*NOT_SAVED)
                return False
            self.jobs.finish()
            self.desk.close()
            self.desk = None
        elif not self._save_for_good():
            return False
        self.jobs.finish()
        return True

    def _save_for_good(self) -> bool:
        """Keep what is typed, wherever that is."""
        page = self.desk.shell if self.desk is not None else self.typing
        return page is None or page.commit()

    def warm_up(self) -> None:
        """Import in the background what the first referral will need."""
        self.jobs.run(lambda progress, cancelled: import_module("wizard.desk.requests"))

    def _resize(self, change: Callable[[], None]) -> None:
        if not self._save_for_good():
            return
        change()
        if self.desk is not None:
            self.desk.shell.rebuild()
        elif isinstance(self.window.centralWidget(), HomeScreen):
            self.show_home()
        elif self.typing is not None and self.window.centralWidget() is self.typing:
            self.show_school()


@contextmanager
def on_error(undo: Callable[[], object]) -> Iterator[None]:
    """Undo something if what follows fails."""
    with ExitStack() as stack:
        stack.callback(undo)
        yield
        stack.pop_all()


def listed(overview: Overview) -> Listed:
    """A referral as the list shows it."""
    names = ("pupil", "council", "state", "next", "due", "changed")
    known = {name: str(overview.facts[name]) for name in names if overview.facts.get(name)}
    return Listed(overview.reference, trouble=overview.trouble, **known)


def run(home: Path | None, passphrase_file: Path | None) -> int:
    """Open the window and stay until it is closed."""
    passphrase = read_password_file(passphrase_file) if passphrase_file else None
    app = QApplication(sys.argv[:1])
    app.setApplicationName(NAME)
    program = Program(app, private_folder(home) if home else home_folder(), practise if can_practise() else None)
    sys.excepthook = program.border.crashed
    threading.excepthook = program.border.crashed_in_thread
    program.start(passphrase)
    QTimer.singleShot(300, program.warm_up)
    status = app.exec()
    sys.excepthook = sys.__excepthook__
    return status
