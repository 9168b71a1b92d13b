"""What the council's policy asks at a page beyond its questions, and reasons for going on without."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from forms.kit.policy import Level
from wizard.pages.controls import reveal
from wizard.pages.controls_text import GrowingText
from wizard.pages.screen import View
from wizard.pages.words import Box, Link, Words, column, turn_visible
from wizard.validation.requirements import Finding, State

WORDS = {Level.MUST: "Must", Level.SHOULD: "Should"}


class PolicyPanel(QWidget):
    """The requirements that are open, or that a reason stands in for, at a page."""

    reason = Signal(str, str)
    """A requirement's id and the reason as typed."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self._layout = column(self, 12)
        self._rows: dict[str, PolicyRow] = {}
        self.show_findings(view)

    def send(self) -> None:
        """Have every reason kept that is still being written."""
        for row in tuple(self._rows.values()):
            row.send_late()

    def show_findings(self, view: View) -> None:
        """Show the requirements as they stand; a reason that is being written stays as it is."""
        facts = view.judgement.facts
        found = {f.requirement.id: f for f in view.judgement.findings if _here(f, view)}
        if list(found) == list(self._rows):
            for id, row in self._rows.items():
                row.tell(found[id])
            return
        kept = {id: row for id, row in self._rows.items() if id in found}
        while (item := self._layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None and old not in kept.values():
                old.hide()
                old.deleteLater()
        turn_visible(self, bool(found))
        self._rows = {}
        if found:
            self._layout.addWidget(Words("By the council’s policy", role="subheading"))
        for id, finding in found.items():
            row = kept.get(id) or PolicyRow(finding, facts.profile.source(finding.requirement.source))
            row.tell(finding)
            if id not in kept:
                row.reason.connect(self.reason)
            self._rows[id] = row
            self._layout.addWidget(row)


def _here(finding: Finding, view: View) -> bool:
    stands = finding.state in (State.OPEN, State.REASON) and finding.level is not Level.INFORM
    return stands and finding.requirement.page == view.page.id


class PolicyRow(Box):
    """A requirement: what to do, where the policy says so, and the reason for going on without."""

    reason = Signal(str, str)
    PAUSE_MS = 500

    def __init__(self, finding: Finding, source: str) -> None:
        row = finding.requirement
        self._tag = Words(role="caption")
        words = (Words(row.title, role="label"), Words(row.todo), Words(source, role="hint"))
        super().__init__("inset", self._tag, *words)
        self.column.setSpacing(4)
        self._id = row.id
        self._allowed = row.override or finding.level is not Level.MUST
        self._box = GrowingText()
        self._box.setPlainText(finding.reason)
        self._box.setAccessibleName(f"Reason for going on without: {row.title}")
        title = Words("Why are you going on without it? The pack prints your reason.", role="label")
        title.setBuddy(self._box)
        self._inner = QWidget()
        inner = column(self._inner, 6)
        inner.addWidget(title)
        inner.addWidget(self._box)
        give = "Give a reason for going on without"
        self.link = Link(give, self.open, f"{give}: {row.title}")
        self.column.addWidget(self.link)
        self.column.addWidget(self._inner)
        self.link.setVisible(self._allowed and not finding.reason)
        self._inner.setVisible(bool(finding.reason))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(self.PAUSE_MS)
        self._pause.timeout.connect(self.send)
        self._box.textChanged.connect(self._on_text)

    def _on_text(self) -> None:
        self._pause.start()

    def send(self) -> None:
        """Have the reason kept as it stands."""
        self._pause.stop()
        self.reason.emit(self._id, self._box.text().strip())

    def send_late(self) -> None:
        """Have a reason kept that is still being written."""
        if self._pause.isActive():
            self.send()

    def tell(self, finding: Finding) -> None:
        """Say how it stands."""
        given = finding.state is State.REASON
        self._tag.say("A reason is given" if given else f"{WORDS[finding.level]}, still open")

    def open(self) -> None:
        """Open the box for a reason."""
        self.link.hide()
        self._inner.show()
        reveal(self._box)
