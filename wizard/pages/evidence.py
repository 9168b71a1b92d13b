"""The evidence page: what is needed on one side, what is attached on the other, and every way of adding a document."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QPixmap,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from wizard.evidence_fact import EvidenceFact
from wizard.pages import files
from wizard.pages.announcing import announce
from wizard.pages.evidence_busy import Underway
from wizard.pages.evidence_list import DocumentsList
from wizard.pages.evidence_needs import NeedRow, NeedsList
from wizard.pages.evidence_row import DocumentRow
from wizard.pages.evidence_setting import setting
from wizard.pages.evidence_words import PATTERNS, arrived, breakable, can_be_taken_in
from wizard.pages.flow import Flow
from wizard.pages.look import px
from wizard.pages.pasted_picture import offers_picture, picture_in
from wizard.pages.question import title_block
from wizard.pages.screen import AddEvidence, Request, Screen, View
from wizard.pages.tabs import in_order
from wizard.pages.words import Box, Link, Words, button, column
from wizard.summary import wording

WIDE = 900
"""Width of the page from which there are two columns, at 100 % text."""
MOST = 1100
"""Width that the page takes at most, at 100 % text."""

if TYPE_CHECKING:
    from wizard.evidence.redaction.search import Places


class EvidenceScreen(Screen):
    """Takes documents in, and shows them beside what the policy asks for."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.view = view
        self._sending = False
        self.setAcceptDrops(True)
        self.setAccessibleName(view.page.task)
        facts = view.judgement.facts
        self.needed, self.attached = NeedsList(), DocumentsList(facts.answers.context)
        self.underway, self._refused = Underway(), QWidget()
        self._refusals = column(self._refused, px(8))
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lay_out()
        self._connect()
        self._tell()

    def _lay_out(self) -> None:
        page = QWidget()
        page.setMaximumWidth(px(MOST))
        layout = column(page, px(16))
        answers = self.view.judgement.facts.answers
        layout.addWidget(title_block(self.view, lambda text: wording(text, answers)))
        layout.addWidget(Words(wording(self.view.page.intro, answers)))
        layout.addWidget(self._ways())
        layout.addWidget(self.underway)
        layout.addWidget(self._refused)
        self._refused.hide()
        self._columns.setContentsMargins(0, px(8), 0, 0)
        self._columns.setSpacing(px(40))
        for part, stretch in ((self.needed, 2), (self.attached, 3)):
            self._columns.addWidget(part, stretch, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(self._columns)
        layout.addStretch(1)
        outer = QHBoxLayout(self)  # a row: a column alone reckons its height with more width than it may have
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(page, 1)
        outer.addStretch(0)

    def _ways(self) -> QWidget:
        buttons = QWidget()
        flow = Flow(buttons, across=px(12), down=px(8))
        flow.addWidget(button("Choose files", self.choose))
        flow.addWidget(button("Choose a folder", self.choose_folder))
        flow.addWidget(button("Paste a picture", self.paste))
        hint = Words(f"Or drop files or folders anywhere on this page. {can_be_taken_in()}", "hint")
        block = QWidget()
        layout = column(block, px(8))
        layout.addWidget(buttons)
        layout.addWidget(hint)
        return block

    def _connect(self) -> None:
        self.underway.wanted.connect(self.wanted)
        self.underway.changed.connect(self._on_underway)
        self.needed.add.connect(self._choose_for)
        for part in (self.needed, self.attached):
            part.wanted.connect(self.wanted)
            part.edited.connect(self.edited)
            part.go_to.connect(self.go_to)
        self.attached.grown.connect(lambda: in_order(self))
        self.attached.again.connect(self._choose_again)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.paste)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _on_underway(self) -> None:
        in_order(self)
        QTimer.singleShot(0, self, self.updateGeometry)  # while lines come and go, Qt may reckon the page too low

    # Adding

    def offer(self, paths: Sequence[Path], answers: Sequence[str] = ()) -> None:
        """Have files and folders taken in, linked to requirements at once."""
        if paths:
            self._ask(AddEvidence(tuple(paths), tuple(answers)))

    def choose(self) -> None:
        """Let files be chosen."""
        self.offer(files.choose_files(self, "Choose the documents", PATTERNS))

    def choose_folder(self) -> None:
        """Let a folder be chosen, with everything in it."""
        folder = files.choose_folder(self, "Choose a folder of documents")
        self.offer((folder,) if folder is not None else ())

    def _choose_for(self, requirement: str) -> None:
        label = self.needed.rows[requirement].need.label
        self.offer(files.choose_files(self, f"Choose documents: {label}", PATTERNS), (requirement,))

    def _choose_again(self, fact: EvidenceFact) -> None:
        path = files.choose_file(self, f"Choose again: {fact.file}", PATTERNS)
        if path is not None:
            self._ask(AddEvidence((path,), fact.answers, instead=fact.id))

    def paste(self) -> None:
        """Take in what is on the clipboard: files, or a picture, which stays in memory."""
        if not self._take_in(QGuiApplication.clipboard().mimeData(), ()):
            self.failed(
                "There is no picture to paste.", "Copy a picture or take a screenshot first, and then paste it here."
            )

    def _take_in(self, data: QMimeData, answers: tuple[str, ...]) -> bool:
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        self.offer(paths, answers)
        picture = b"" if paths else picture_in(data)
        if picture:
            self._ask(AddEvidence((), answers, (picture,)))
        return bool(paths or picture)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files, folders and pictures may be dropped."""
        data = event.mimeData()
        if offers_picture(data) or any(url.isLocalFile() for url in data.urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what was dropped; on something that is needed, linked to that."""
        one = self.childAt(event.position().toPoint())
        while one is not None and not isinstance(one, NeedRow):
            one = one.parentWidget() if one is not self else None
        answers = (one.need.id,) if isinstance(one, NeedRow) else ()
        if self._take_in(event.mimeData(), answers):
            event.acceptProposedAction()

    def _ask(self, request: Request) -> None:
        self.wanted.emit(request)

    # What came of it

    def refresh(self, view: View) -> None:
        """Show the documents as they are kept; what is open and has the focus stays so."""
        known, before = set(self.attached.rows), _refused(self.view)
        self.view = view
        self._tell()
        self._settle({f"{before[id]} was not taken in." for id in before.keys() - _refused(view).keys()})
        new = [row for id, row in self.attached.rows.items() if id not in known]
        if new:
            announce(self, f"{'; '.join(arrived(row.fact) for row in new)}")
        self.attached.ask_thumbnails()
        self._ask_password([row for row in new if row.fact.locked])

    def _ask_password(self, locked: Sequence[DocumentRow]) -> None:
        """Ask for the password of a document that has just come, unless something is being typed."""
        typing = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        if locked and not typing:
            locked[0].ask_password()

    def treated(self, id: str) -> None:
        """Show what became of a treatment that was asked for."""
        self.attached.treated(id)

    def _tell(self) -> None:
        judgement = self.view.judgement
        against = setting(judgement)
        self.needed.tell(against.needs)
        self.attached.tell(judgement.facts.case.evidence, against)
        in_order(self)

    def raw(self) -> dict[str, object]:
        """There are no answers here; what is still being typed is sent first, as the page may be left now."""
        if not self._sending:
            self._sending = True
            self.needed.send()
            self.attached.send()
            self._sending = False
        return super().raw()

    def picture(self, id: str, page: int, png: bytes) -> None:
        """Show a page that was drawn."""
        drawn = QPixmap()
        if id in self.attached.rows and drawn.loadFromData(png):
            self.attached.rows[id].picture(page, drawn)

    def words_found(self, id: str, words: tuple[str, ...], places: "Places") -> bool:
        """Show where the words are that may be blacked out."""
        return id in self.attached.rows and self.attached.rows[id].words_found(words, places)

    def whole_picture(self, id: str, png: bytes, angle: float) -> None:
        """Show a picture that is to be cropped."""
        drawn = QPixmap()
        if id in self.attached.rows and drawn.loadFromData(png):
            self.attached.rows[id].whole_picture(drawn, angle)

    def progress(self, words: str, part: float) -> None:
        """Show the work under way, a line for each file."""
        self.underway.tell(words, part)

    def failed(self, sentence: str, remedy: str) -> None:
        """Say what was not taken in and why, until that is dismissed."""
        announce(self, f"{sentence} {remedy}", urgent=True)
        if (sentence, remedy) not in [(one.sentence, one.remedy) for one in self._said()]:
            self._refusals.addWidget(Refusal(sentence, remedy, self._dismissed))
        self._refused.show()
        in_order(self)

    def _settle(self, sentences: Collection[str]) -> None:
        """Say no more what has been put right: the document is open, chosen anew or removed."""
        for one in self._said():
            if one.sentence in sentences:
                one.hide()
                one.deleteLater()
        self._refused.setVisible(bool(self._said()))

    def _said(self) -> list["Refusal"]:
        return [one for one in self._refused.findChildren(Refusal) if not one.isHidden()]

    def _dismissed(self) -> None:
        left = self._said()
        self._refused.setVisible(bool(left))
        (left[0].dismiss if left else self).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Have the first pages drawn, once somebody listens."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.attached.ask_thumbnails)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room."""
        super().resizeEvent(event)
        wide = self.width() >= px(WIDE)
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)


class Refusal(Box):
    """Something that was not done, and why."""

    def __init__(self, sentence: str, remedy: str, dismissed: object) -> None:
        self.sentence, self.remedy = sentence, remedy
        self._dismissed = dismissed
        self.dismiss = Link("Dismiss", self._dismiss, f"Dismiss: {sentence}")
        super().__init__("stop", Words(breakable(remedy), bold=breakable(sentence)), self.dismiss)
        self.column.setSpacing(px(2))

    def _dismiss(self) -> None:
        self.hide()
        self.deleteLater()
        self._dismissed()  # type: ignore[operator]


def _refused(view: View) -> dict[str, str]:
    """The names of the documents that could not be taken in, by their ids."""
    return {one.id: one.file for one in view.judgement.facts.case.evidence if one.outcome == "refused"}
