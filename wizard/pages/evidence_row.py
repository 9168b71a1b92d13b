"""One document of the evidence page: what it is, what became of it, and its details while it is selected."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from forms.kit.page import Context
from wizard.evidence_fact import EvidenceFact, whole
from wizard.pages.announcing import announce
from wizard.pages.controls import reveal
from wizard.pages.evidence_details import Details
from wizard.pages.evidence_password import PasswordForm
from wizard.pages.evidence_points import PointsList
from wizard.pages.evidence_setting import Setting
from wizard.pages.evidence_sheet import Sheet
from wizard.pages.evidence_words import about, breakable, outcome, pointed_out, standing
from wizard.pages.flow import Flow
from wizard.pages.look import mark, px
from wizard.pages.screen import ChangeEvidence, FindWords, PreviewPage, RemoveEvidence, TreatEvidence, WholePicture
from wizard.pages.words import Link, Words, column

THUMBNAIL = 160
"""Pixels across that a document's first page is drawn with."""

if TYPE_CHECKING:
    from wizard.evidence.redaction.search import Places


class DocumentRow(QFrame):
    """A document: what it is, and its details while it is selected."""

    wanted = Signal(object)
    edited = Signal()
    opened = Signal()
    go_to = Signal(str)
    restored = Signal()
    again = Signal()
    """It could not be taken in, and is to be chosen again."""

    def __init__(self, fact: EvidenceFact, setting: Setting, context: Context) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.fact, self.removed, self.asked = fact, False, False
        self._setting, self._context, self._number = setting, context, 0
        self._first = QPixmap()
        self.details: Details | None = None
        self._password: PasswordForm | None = None
        self._title, self._about = Words(role="label"), Words(role="hint")
        self._shows, self._outcome = Words(role="tag"), Words(role="hint")
        self._points = PointsList()
        self._points.changed.connect(self._changed)
        self._points.emptied.connect(self._hold)
        self.thumbnail = Sheet(104)
        self.thumbnail.pressed.connect(self.turn)
        self.edit = Link("Details", self.turn)
        self.unlock = Link("Give its password", self.ask_password)
        self.choose_again = Link("Choose it again", self.again.emit)
        self.remove = Link("Remove", self._remove)
        self._gone_words, self.undo = Words(), Link("Undo", self.restored.emit)
        self._build()

    def _build(self) -> None:
        text, links = QWidget(), QWidget()
        lines = column(text, px(2))
        flow = Flow(links, across=px(20), down=0)
        for link in (self.edit, self.unlock, self.choose_again, self.remove):
            flow.addWidget(link)
        for one in (self._title, self._about, self._shows, self._outcome, self._points, links):
            lines.addWidget(one)
        lines.addStretch(1)
        self._top, self._gone = QWidget(), QWidget()
        row = QHBoxLayout(self._top)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(16))
        row.addWidget(self.thumbnail, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
        gone = column(self._gone, 0)
        gone.addWidget(self._gone_words)
        gone.addWidget(self.undo)
        self._gone.hide()
        self._layout = column(self, px(16))
        self._layout.setContentsMargins(px(16), px(16), px(16), px(12))
        self._layout.addWidget(self._top)
        self._layout.addWidget(self._gone)

    def tell(self, fact: EvidenceFact, number: int, setting: Setting) -> None:
        """Show the document as it is kept, under its number in the pack."""
        before, self.fact, self._number, self._setting = self.fact, fact, number, setting
        if (fact.sha256, fact.treatment, fact.pages) != (before.sha256, before.treatment, before.pages):
            self._draw_anew()  # of the fact as it is now: a picture asked for before it was blacked out is not shown
        self._turn_removed(False)
        if self.details is not None:
            self.details.tell(fact, setting)
        self._say()

    def _say(self) -> None:
        fact = self.fact
        self._title.say(breakable(f"{self._number}. {fact.name}"))
        self._about.say(breakable(about(fact)))
        words, tone = standing(fact, self._setting.needs)
        self._shows.say(words)
        mark(self._shows, "tone", tone)
        self._outcome.say(breakable(outcome(fact)))
        self._outcome.setVisible(bool(self._outcome.text()))
        self._points.tell(pointed_out(fact, self._setting.doubts.get(fact.id, ())), fact.name)
        self._gone_words.say(breakable(f"Removed: {fact.name}"))
        self.thumbnail.setAccessibleName(f"First page of {fact.name}")
        self.thumbnail.setVisible(bool(fact.pages))
        self.thumbnail.show_picture(self._first, fact.turn(1))
        refused = fact.outcome == "refused"
        self.edit.setHidden(refused)
        self.unlock.setVisible(fact.locked and not self.asks_password)
        self.choose_again.setVisible(refused and not fact.locked)
        self.edit.wrap_words("Close" if self.is_open else "Details")
        for link, name in (
            (self.edit, f"{self.edit.words()}: {fact.name}"),
            (self.unlock, f"Give the password of {fact.name}"),
            (self.choose_again, f"Choose again: {fact.name}"),
            (self.remove, f"Remove {fact.name}"),
            (self.undo, f"Undo removing {fact.name}"),
        ):
            link.setAccessibleName(name)

    def _hold(self) -> None:
        reveal(self.edit)

    # Its password

    @property
    def asks_password(self) -> bool:
        """Whether its password is being asked for."""
        return self._password is not None and not self._password.isHidden()

    def ask_password(self) -> None:
        """Ask for the password that opens it."""
        if self._password is None:
            self._password = PasswordForm(self.fact.name)
            self._password.given.connect(self._try)
            self._password.left.connect(self._leave_locked)
            self._layout.insertWidget(1, self._password)
        self._password.show()
        self._say()
        self.opened.emit()
        reveal(self._password)

    def treated(self) -> None:
        """Show what became of a treatment that was asked for."""
        if self.details is not None:
            self.details.treated()
        if self._password is None:
            return
        held = self._password.isVisible()
        self._password.rest(whole(self.fact.why) if self.fact.locked else "")
        if not self.fact.locked:
            self._password.hide()
            self._password.field.clear()
            if held:
                reveal(self.edit)
                announce(self, f"{self.fact.name} is open")
        self._say()

    def _try(self, password: str) -> None:
        self.wanted.emit(TreatEvidence(self.fact, replace(self.fact.treatment, password=password)))

    def _leave_locked(self) -> None:
        if self._password is not None:
            self._password.hide()
        self._say()
        reveal(self.unlock)

    # Its details

    @property
    def is_open(self) -> bool:
        """Whether its details are shown."""
        return self.details is not None and not self.details.isHidden()

    def turn(self) -> None:
        """Show or hide its details."""
        self.close_details() if self.is_open else self.open()

    def open(self) -> None:
        """Show its details; they are built the first time."""
        if self.details is None:
            self.details = Details(self.fact, self._setting, self._context)
            self.details.changed.connect(self._changed)
            self.details.edited.connect(self.edited)
            self.details.go_to.connect(self.go_to)
            self.details.page_wanted.connect(self._ask)
            self.details.grown.connect(self.opened)
            self.details.treat.connect(lambda wish: self.wanted.emit(TreatEvidence(self.fact, wish)))
            self.details.sought.connect(lambda wish: self.wanted.emit(FindWords(self.fact, wish)))
            self.details.picture_wanted.connect(lambda width: self.wanted.emit(WholePicture(self.fact, width)))
            self._layout.addWidget(self.details)
        self.details.show()
        if self.details.pages is not None:
            if not self._first.isNull():
                self.details.pages.picture(1, self._first)  # until a finer one comes
            self.details.pages.ask()
        self._say()
        self.opened.emit()
        announce(self, f"Details of {self.fact.name} are open")

    def close_details(self) -> None:
        """Hide its details; what was typed in them is kept first."""
        self.send()
        if self.details is not None:
            self.details.hide()
        self._say()

    def send(self) -> None:
        """Have kept what is still being typed."""
        if self.details is not None and not self.removed:
            self.details.send()

    def ask_thumbnail(self) -> None:
        """Have the first page drawn, once."""
        if not self.asked and self.fact.pages:
            self.asked = True
            self.wanted.emit(PreviewPage(self.fact, 1, THUMBNAIL))

    def picture(self, page: int, picture: QPixmap) -> None:
        """Take a page that was drawn."""
        if page == 1 and self._first.width() <= picture.width():
            self._first = picture
            self.thumbnail.show_picture(picture, self.fact.turn(1))
        if self.details is not None and self.details.pages is not None:
            self.details.pages.picture(page, picture)

    def words_found(self, words: tuple[str, ...], places: "Places") -> bool:
        """Take where the words are that may be blacked out."""
        return self.details is not None and self.details.words_found(words, places)

    def whole_picture(self, picture: QPixmap, angle: float) -> None:
        """Take the whole picture that was asked for."""
        if self.details is not None:
            self.details.whole_picture(picture, angle)

    def _draw_anew(self) -> None:
        """Its pages are no longer what they were."""
        self._first, self.asked = QPixmap(), False
        if self.details is not None and self.details.pages is not None:
            self.details.pages.forget()

    # Removed

    def gone(self) -> None:
        """Show that it was removed, with the way back."""
        held = any(one.hasFocus() for one in self.findChildren(QWidget))
        self._turn_removed(True)
        self._say()
        if held:
            reveal(self.undo)

    def _turn_removed(self, removed: bool) -> None:
        returned = self.removed and not removed
        self.removed = removed
        held = self.undo.hasFocus()
        self._top.setHidden(removed)
        self._gone.setHidden(not removed)
        if removed:
            for one in (self.details, self._password):
                if one is not None:
                    one.hide()
        if returned and held:
            reveal(self.edit if self.fact.outcome != "refused" else self.remove)

    def _ask(self, page: int) -> None:
        if self.details is not None and self.details.pages is not None:
            self.wanted.emit(PreviewPage(self.fact, page, self.details.pages.width_wanted()))

    def _changed(self, fact: EvidenceFact) -> None:
        self.fact = fact
        self._say()
        self.wanted.emit(ChangeEvidence(fact))

    def _remove(self) -> None:
        self.send()
        self.wanted.emit(RemoveEvidence(self.fact))
