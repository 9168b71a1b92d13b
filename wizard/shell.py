"""A referral on screen: header, task list, one page at a time, and the one way in which answers are kept."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from forms.catalogue import PAGES
from forms.kit.page import Page
from wizard import journey
from wizard.errors import UserError
from wizard.pages.body import Body
from wizard.pages.header import Header, announce
from wizard.pages.help import HelpPanel
from wizard.pages.look import mark, px
from wizard.pages.rail import Rail
from wizard.pages.screen import BuildScreen, PackMade, Request, Screen, View
from wizard.pages.standing import groups, who
from wizard.pages.words import Words, button
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


Panel = Callable[[View], QWidget]


class Shell(QWidget):
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
        self.screen: Screen | None = None
        self.page: type[Page] = journey.asked(referral.judgement)[0]
        self.last_pack: PackMade | None = None
        self._panel_kind = ""
        self._autosave = QTimer(self)
        self._autosave.setSingleShot(True)
        self._autosave.timeout.connect(self.commit)
        self._lay_out()
        self._keys()

    # What happens

    def commit(self) -> bool:
        """Keep the page as it stands, good or not; the only way in. Tells whether it is kept."""
        self._autosave.stop()
        screen = self.screen
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
        if not self.commit() or self.screen is None:
            return
        judgement = self.referral.judgement
        problems = judgement.facts.answers.reading(self.page).problems
        if problems:
            self.screen.show_problems(problems)
            return
        following = journey.after(judgement, self.page.id)
        if following is not None:
            self.show_page(following.id)
        else:
            self.leave.emit()

    def go_back(self) -> None:
        """To the page before in the journey; keeps without judging."""
        previous = journey.before(self.referral.judgement, self.page.id) if self.commit() else None
        if previous is not None:
            self.show_page(previous.id)

    def go_to(self, place: str) -> None:
        """To a page, or ``page#field``; keeps without judging."""
        page, _, field = place.partition("#")
        if page == self.page.id and self.screen is not None:
            self._show_field(field)
        elif page in PAGES and self.commit():
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

    def refresh(self) -> None:
        """Show the referral as it stands after a request was carried out."""
        if self.screen is not None:
            self.screen.refresh(self._view())
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
        self.page = PAGES[page]
        screen = self._screens[self.page.screen](self._view())
        screen.edited.connect(lambda: self._autosave.start(PAUSE_MS))
        screen.go_to.connect(self.go_to)
        screen.wanted.connect(self.ask_for)
        old, self.screen = self.screen, screen
        if old is not None:
            old.blockSignals(True)
        self._put(screen)
        self.body.open_drawer(False)
        if self._panel_kind == "guidance":
            self._put_panel("guidance")
        self._tell()
        self.rail.reveal(page)
        screen.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, screen.accessibleName() or self.page.task)

    # How it looks

    def _lay_out(self) -> None:
        self.header, self.rail = Header(), Rail()
        self._trouble = Words(role="stop")
        self._trouble.hide()
        self._drop = button("Close without saving the last change", self.leave.emit, "link")
        self._drop.hide()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        middle = QWidget()
        column = _column(middle)
        column.addWidget(self._trouble)
        column.addWidget(self._drop)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._buttons())
        self.body = Body(self.rail, middle)
        self.body.narrowed.connect(self.header.menu.setVisible)
        whole = _column(self)
        whole.addWidget(self.header)
        whole.addWidget(self.body, 1)
        self.header.tasks.connect(self._toggle_drawer)
        self.header.guidance.connect(lambda: self._put_panel("" if self._panel_kind == "guidance" else "guidance"))
        self.header.help.connect(lambda: self._put_panel("" if self._panel_kind == "help" else "help"))
        self.header.lock.connect(self._lock)
        self.rail.chosen.connect(self.go_to)

    def _buttons(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("buttons")
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(48), px(12), px(20), px(12))
        row.setSpacing(px(12))
        self.onward = button("Save and continue", self.go_on, "primary")
        self.onward.setText("&Save and continue")
        self.back = button("Back", self.go_back)
        self.back.setText("&Back")
        self.leaving = button("Save and close", self.close_referral, "link")
        self.leaving.setText("Save and &close")
        for one in (self.onward, self.back, self.leaving):
            row.addWidget(one)
        row.addStretch(1)
        return bar

    def _keys(self) -> None:
        wanted = {"Ctrl+S": self.commit, "F1": self.header.help.emit, "F6": self._next_area}
        for key, pressed in wanted.items():
            QShortcut(QKeySequence(key), self, pressed)

    def _put(self, screen: Screen) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(px(48), px(32), px(24), px(32))
        row.addWidget(screen, 1)
        row.addStretch(0)
        previous = self._scroll.takeWidget()
        self._scroll.setWidget(holder)
        if previous is not None:
            previous.hide()
            previous.deleteLater()
        self._scroll.verticalScrollBar().setValue(0)

    def _tell(self) -> None:
        judgement = self.referral.judgement
        self.header.tell(who(judgement))
        self.rail.tell(groups(judgement), self.page.id)
        self.back.setVisible(journey.before(judgement, self.page.id) is not None)
        self.onward.setVisible(self.page.screen != "send")

    def _view(self) -> View:
        return View(self.referral.judgement, self.page, self.last_pack)

    def _show_field(self, field: str) -> None:
        if field and self.screen is not None:
            self.screen.show_field(field)

    def _put_panel(self, kind: str) -> None:
        self._panel_kind = kind
        panel = {"": lambda: None, "help": HelpPanel, "guidance": lambda: self._guidance(self._view())}[kind]()
        if panel is not None:
            panel = _framed(panel, lambda: self._put_panel(""))
        self.body.put_panel(panel)

    def _toggle_drawer(self) -> None:
        self.body.open_drawer(not self.body.drawer_open)
        if self.body.drawer_open:
            self.rail.enter(self.page.id)

    def _next_area(self) -> None:
        """F6 moves between task list and page."""
        if self.rail.isVisible() and not self.rail.isAncestorOf(self.focusWidget() or self):
            self.rail.enter(self.page.id)
        elif self.screen is not None:
            self.screen.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lock(self) -> None:
        self.commit()
        self.lock_wanted.emit()

    def _changed(self, raw: Mapping[str, Any], not_known: Mapping[str, str]) -> bool:
        """Whether there is something to keep: a look at a page must not count as a change, which voids signatures."""
        case = self.referral.judgement.facts.case
        stored = {
            key.partition(".")[2]: why for key, why in case.not_known.items() if key.startswith(f"{self.page.id}.")
        }
        return pruned(raw) != pruned(case.answers.get(self.page.id, {})) or dict(not_known) != stored

    def _kept(self) -> bool:
        self._trouble.hide()
        self._drop.hide()
        return True

    def _not_kept(self, error: UserError) -> None:
        self.header.not_saved()
        words = f"{error.sentence} {error.remedy}".strip()
        self._trouble.say(f"{words} What you typed is still on this page.", "Not saved.")
        self._trouble.show()
        self._drop.show()
        announce(self, f"Not saved. {words}", urgent=True)
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


def _column(parent: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(parent)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def _framed(content: QWidget, close: Callable[[], None]) -> QFrame:
    """A panel that scrolls, with a way to close it."""
    frame = QFrame()
    frame.setObjectName("panel")
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setWidget(content)
    mark(content, "panel", True)
    column = QVBoxLayout(frame)
    column.setContentsMargins(px(20), px(16), px(12), px(16))
    column.addWidget(scroll, 1)
    column.addWidget(button("Close this panel", close, "link"), 0, Qt.AlignmentFlag.AlignLeft)
    return frame
