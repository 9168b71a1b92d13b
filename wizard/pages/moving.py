"""Moving a referral over: to the installed version of its council's file, or to another council."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from wizard.councils import FileNote
from wizard.pages.announcing import announce
from wizard.pages.council_choice import Councils, choices
from wizard.pages.look import px
from wizard.pages.scrolled import COLUMN, scrolled
from wizard.pages.tabs import in_order
from wizard.pages.words import Words, button, button_bar, column

CHANGED = "The council’s rules have changed since this referral was begun"
NOT_KNOWN = (
    "This referral kept nothing of the older rules, so what changed for it cannot be told. Read its tasks again."
)
NOTHING = "Nothing has changed for this referral."
STANDS = (
    "Everything that you entered stays. Until you move over, the new rules are followed all the same: the older file "
)
STANDS += "is not there any more."
OTHER = "Which council is this referral for?"
HAPPENS = (
    "No answer, reason or document is lost. What the other council does not ask stays in the referral, is not printed, "
    "and is there again if you come back. Its own questions are added.",
    "Signatures become void: everybody signs anew, under the words of the other council. Reasons for going on without "
    "something, and what each document shows, belong to a council’s rules; give them anew for the other council.",
)


class _Moving(QWidget):
    """A page in place of the referral: something to read or choose, and two buttons."""

    closed = Signal()

    def __init__(self, heading: str, content: Sequence[QWidget], do: QAbstractButton, back: str) -> None:
        super().__init__()
        self.setAccessibleName(heading)
        inner = QWidget()
        inner.setMaximumWidth(px(COLUMN))
        layout = column(inner, px(12))
        for widget in (Words(heading, "heading"), *content):
            layout.addWidget(widget)
        layout.addStretch(1)
        whole = column(self, 0)
        whole.addWidget(scrolled(inner), 1)
        whole.addWidget(button_bar((do, button(back, self.closed.emit)), px(48), px(20)))
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.closed.emit)
        self.setFocusProxy(do)
        in_order(self)


class VersionPage(_Moving):
    """What changed for a referral in a newer version of its council's file."""

    taken = Signal()

    def __init__(self, versions: tuple[str, str], changes: Sequence[str] | None) -> None:
        before, now = versions
        about = Words(f"It was begun under the rules of {before}. Those of {now} are installed now. {STANDS}")
        if changes is None:
            lines = [Words(NOT_KNOWN)]
        else:
            lines = [Words("What changed for this referral", "subheading")]
            lines += [Words(f"•  {sentence}") for sentence in changes] or [Words(NOTHING)]
        move = button("Move over to the new version", self._move, "primary")
        super().__init__(CHANGED, (about, *lines), move, "Not now")

    def _move(self) -> None:
        self.taken.emit()


class CouncilPage(_Moving):
    """Which other council a referral is for, and what becomes of it."""

    chosen = Signal(str)

    def __init__(self, councils: Councils, notes: Mapping[str, FileNote]) -> None:
        self._problem = Words(role="problem")
        self._problem.hide()
        self._group, self._ids = QButtonGroup(), [one for one, _ in councils]
        radios = choices(self._group, councils, notes)
        happens = [Words("What happens", "subheading"), *(Words(text) for text in HAPPENS)]
        move = button("Move the referral", self._move, "primary")
        none = [] if councils else [Words("There is no other council that this program has a file for.")]
        super().__init__(OTHER, (self._problem, *radios, *none, *happens), move, "Back")
        move.setVisible(bool(councils))
        if radios:
            self.setFocusProxy(radios[0])

    def _move(self) -> None:
        place = self._group.checkedId()
        if place >= 0:
            self.chosen.emit(self._ids[place])
        else:
            self.failed("Choose the council.", "")

    def failed(self, sentence: str, remedy: str) -> None:
        """Say why it was not moved."""
        words = f"{sentence} {remedy}".strip()
        self._problem.say(words)
        self._problem.show()
        announce(self, words, urgent=True)
