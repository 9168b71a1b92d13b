"""A referral on screen: header, task list, one page at a time, and the one way in which answers are kept."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from forms.kit.page import Page
from wizard import journey
from wizard.errors import UserError
from wizard.filling import unconfirmed
from wizard.offering import KeptSchool
from wizard.pages.announcing import announce
from wizard.pages.frame import Frame
from wizard.pages.help import HelpPanel
from wizard.pages.screen import BuildScreen, PackMade, Request, Screen, View
from wizard.pages.standing import groups, who
from wizard.validation.requirements import Judgement

PAUSE_MS = 800
"""Time without typing after which answers are kept."""
RETRY_MS = 5_000
"""Time after which keeping is tried again when it failed."""


class Referral(Protocol):
    """What is wanted of ``wizard.referral.OpenReferral``."""

    @property
    def judgement(self) -> Judgement:
        """What the council's policy says of it today."""

    def commit(self, page: str, values: Mapping[str, Any], not_known: Mapping[str, str]) -> None:
        """Keep a page as it stands."""

    def confirm(self, page: str) -> None:
        """Keep that somebody looked through what was filled in on a page."""


_LAST = ("check", "sign", "send")
Panel = Callable[[View], QWidget]


class Shell(Frame):
    """The window of one referral."""

    wanted = Signal(object)
    """A ``Request`` of the page that is open; its answers are kept by then."""
    lock_wanted = Signal()
    leave = Signal()
    """Everything is kept: back to the list of referrals."""

    def __init__(
        self,
        referral: Referral,
        screens: Mapping[str, BuildScreen],
        guidance: Panel,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__()
        self.referral, self._screens, self._guidance, self._clock = referral, screens, guidance, clock
        self.shown: Screen | None = None
        self.page: type[Page] = journey.asked(referral.judgement)[0]
        self.last_pack: PackMade | None = None
        self.kept: KeptSchool | None = None
        self._panel = ""
        self._autosave = QTimer(self)
        self._autosave.setSingleShot(True)
        self._autosave.timeout.connect(self.commit)
        self._connect()

    # What happens

    def commit(self) -> bool:
        """Keep the page as it stands, good or not; the only way in. Tells whether it is kept."""
        self._autosave.stop()
        screen = self.shown
        if screen is None:
            return True
        raw, not_known = screen.raw(), screen.not_known()
        if not self._changed(raw, not_known):
            return self._kept()
        try:
            self.referral.commit(self.page.id, raw, not_known)
        except UserError as error:
            self._not_kept(error)
            return False
        self.header.saved(self._clock())
        self._tell()
        return self._kept()

    def go_on(self) -> None:
        """Save and continue: keep, then judge this page; when it is good, the next that is not finished."""
        if not self.commit() or self.shown is None or not self._confirm(self.shown):
            return
        judgement = self.referral.judgement
        problems = judgement.facts.answers.reading(self.page).problems
        if problems:
            self.shown.show_problems(problems)
            return
        following = journey.after(judgement, self.page.id)
        if following is None:
            self.leave.emit()
        elif following.screen in _LAST and self.page.screen not in _LAST:
            self.show_page("check")  # everything is read once more before anybody signs, even with nothing left to do
        else:
            self.show_page(following.id)

    def _confirm(self, screen: Screen) -> bool:
        """What was filled in on the page has now been looked through. Tells whether that is kept."""
        facts = self.referral.judgement.facts
        if not unconfirmed(facts.case, self.page.id, facts.pages):
            return True
        try:
            self.referral.confirm(self.page.id)
        except UserError as error:
            self._not_kept(error)
            return False
        screen.refresh(self._view())
        self._tell()
        return True

    def go_back(self) -> None:
        """To the page before in the journey; keeps without judging."""
        previous = journey.before(self.referral.judgement, self.page.id) if self.commit() else None
        if previous is not None:
            self.show_page(previous.id)

    def go_to(self, place: str) -> None:
        """To a page, or ``page#field``; keeps without judging."""
        page, _, field = place.partition("#")
        if page == self.page.id and self.shown is not None:
            self._show_field(field)
        elif page in self.referral.judgement.facts.pages and self.commit():
            self.show_page(page)
            self._show_field(field)

    def close_referral(self) -> None:
        """Save and close."""
        if self.commit():
            self.leave.emit()

    def ask_for(self, request: Request) -> None:
        """Pass on what a page asks of the program, with its answers kept first."""
        if self.commit():
            self.wanted.emit(request)

    def say(self, sentence: str, remedy: str = "") -> None:
        """Say what went wrong beside the window: on the page if it has a place for that, else above it."""
        if self.shown is not None and type(self.shown).failed is not Screen.failed:
            self.shown.failed(sentence, remedy)
            return
        self.notice.say(sentence, remedy)

    def refresh(self) -> None:
        """Show the referral as it stands after a request was carried out."""
        if self.shown is not None:
            self.shown.refresh(self._view())
        self.header.saved(self._clock())
        self._tell()

    def show_first(self) -> None:
        """Show the first page that is not finished."""
        pages = journey.asked(self.referral.judgement)
        waiting = (one for one in pages if journey.status(self.referral.judgement, one) is not journey.Status.COMPLETED)
        self.show_page(next(waiting, pages[-1]).id)

    def rebuild(self) -> None:
        """Build everything anew, as after a change of the size of text."""
        self.rail.forget()
        self.show_page(self.page.id)

    def show_page(self, page: str) -> None:
        """Build a page from the answers and show it in place of the one before, which is deleted."""
        model = self.referral.judgement.facts.page(page)
        screen = self._screens[model.screen](View(self.referral.judgement, model, self.last_pack, self.kept))
        screen.edited.connect(lambda: self._autosave.start(PAUSE_MS))
        screen.go_to.connect(self.go_to)
        screen.wanted.connect(self.ask_for)
        old, self.shown, self.page = self.shown, screen, model
        if old is not None:
            old.blockSignals(True)
        self.put(screen)
        self.body.open_drawer(False)
        if self._panel == "guidance":
            self._show_panel("guidance")
        self._tell()
        self.rail.reveal(page)
        screen.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, screen.accessibleName() or self.page.task)

    # How it looks

    def _connect(self) -> None:
        self.onward.clicked.connect(self.go_on)
        self.back.clicked.connect(self.go_back)
        self.leaving.clicked.connect(self.close_referral)
        self.header.tasks.connect(self._toggle_drawer)
        self.header.guidance.connect(lambda: self._toggle_panel("guidance"))
        self.header.help.connect(lambda: self._toggle_panel("help"))
        self.header.lock.connect(self._lock)
        self.rail.chosen.connect(self.go_to)
        QShortcut(QKeySequence("Ctrl+S"), self, self.commit)
        QShortcut(QKeySequence("F1"), self, self.header.help.emit)
        QShortcut(QKeySequence("F6"), self, self._next_area)

    def drop(self) -> None:
        """Leave although the last change is not saved."""
        self.leave.emit()

    def _tell(self) -> None:
        judgement = self.referral.judgement
        self.header.tell(who(judgement))
        self.rail.tell(groups(judgement), self.page.id)
        self.back.setVisible(journey.before(judgement, self.page.id) is not None)
        self.onward.setVisible(self.page.screen != "send")

    def _view(self) -> View:
        return View(self.referral.judgement, self.page, self.last_pack, self.kept)

    def _show_field(self, field: str) -> None:
        if field and self.shown is not None:
            self.shown.show_field(field)

    def _toggle_panel(self, kind: str) -> None:
        self._show_panel("" if self._panel == kind else kind)

    def _show_panel(self, kind: str) -> None:
        self._panel = kind
        content: QWidget | None = None
        if kind:
            content = HelpPanel() if kind == "help" else self._guidance(self._view())
        self.put_panel(content, lambda: self._show_panel(""))

    def _toggle_drawer(self) -> None:
        self.body.open_drawer(not self.body.drawer_open)
        if self.body.drawer_open:
            self.rail.enter(self.page.id)

    def _next_area(self) -> None:
        """F6 moves between task list and page."""
        if self.rail.isVisible() and not self.rail.isAncestorOf(self.focusWidget() or self):
            self.rail.enter(self.page.id)
        elif self.shown is not None:
            self.shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lock(self) -> None:
        self.commit()
        self.lock_wanted.emit()

    def _changed(self, raw: Mapping[str, Any], not_known: Mapping[str, str]) -> bool:
        """Whether there is something to keep: a look at a page must not count as a change, which voids signatures."""
        case = self.referral.judgement.facts.case
        start = f"{self.page.id}."
        stored = {key.removeprefix(start): why for key, why in case.not_known.items() if key.startswith(start)}
        return pruned(raw) != pruned(case.answers.get(self.page.id, {})) or dict(not_known) != stored

    def _kept(self) -> bool:
        self.trouble.hide()
        return True

    def _not_kept(self, error: UserError) -> None:
        self.header.not_saved()
        remedy = f"{error.sentence} {error.remedy} What you typed is still on this page."
        self.trouble.say("Not saved.", remedy)
        self._autosave.start(RETRY_MS)

    def changeEvent(self, event: QEvent) -> None:
        """Keep what is typed when another window comes to the front."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.commit()


def pruned(value: Any) -> Any:  # noqa: ANN401 - raw answers are any JSON
    """Raw answers without the blanks, to compare: an empty box is no answer."""
    if isinstance(value, Mapping):
        parts = {key: pruned(inner) for key, inner in value.items()}
        return {key: inner for key, inner in parts.items() if inner not in (None, "", {}, [])}
    if isinstance(value, list | tuple):
        return [pruned(inner) for inner in value]
    return value
