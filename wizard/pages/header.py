"""The header: who the referral is for, when it was last saved, and the ways to guidance, help and the lock."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QSizePolicy

from wizard.pages.look import mark, space
from wizard.pages.words import Words, button


@dataclass(frozen=True, slots=True)
class Who:
    """What the header says of a referral: ``Amira K.``, and the rest of the line."""

    pupil: str
    about: tuple[str, ...]


class Header(QFrame):
    """One line; two where the window is narrow or the text large."""

    tasks = Signal()
    guidance = Signal()
    help = Signal()
    lock = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("header")
        self.menu = button("&Tasks", self.tasks.emit, name="Tasks")
        self.menu.setText("&Tasks")
        self._who, self._about, self._saved = Words(role="label"), Words(), Words(role="tag")
        for label in (self._who, self._about, self._saved):
            label.setWordWrap(False)
        # The rest of the line gives way first, so that large text does not widen the window.
        self._about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._facts, self._ways = QHBoxLayout(), QHBoxLayout()
        self._facts.addWidget(self.menu)
        self._facts.addWidget(self._who)
        self._facts.addWidget(self._about, 1)
        self._facts.addWidget(self._saved)
        for words, signal in (("&Guidance", self.guidance), ("&Help", self.help), ("&Lock", self.lock)):
            self._ways.addWidget(_link(words, signal.emit))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(space(20), space(8), space(20), space(8))
        for part in (self._facts, self._ways, self._row):
            part.setSpacing(space(16))
        self._row.addLayout(self._facts, 1)
        self._row.addLayout(self._ways)

    def minimumSizeHint(self) -> QSize:
        """The wider of its two lines, as it can always have both."""
        edges = self._row.contentsMargins()
        width = max(part.minimumSize().width() for part in (self._facts, self._ways))
        return QSize(width + edges.left() + edges.right(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On one line where there is room for it."""
        super().resizeEvent(event)
        edges = self._row.contentsMargins()
        needed = sum(part.minimumSize().width() for part in (self._facts, self._ways)) + self._row.spacing()
        across = needed <= self.width() - edges.left() - edges.right()
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom)

    def tell(self, who: Who) -> None:
        """Say whose referral it is."""
        self._who.say(who.pupil)
        self._about.say(" · ".join(who.about))

    def saved(self, at: datetime) -> None:
        """Say when it was last saved."""
        self._saved.say(f"Saved {at:%H:%M}")
        mark(self._saved, "tone", "")

    def not_saved(self) -> None:
        """Say that saving failed; what to do stands on the page."""
        self._saved.say("Not saved")
        mark(self._saved, "tone", "error")


def _link(words: str, pressed: object) -> QPushButton:
    made = button(words.replace("&", ""), pressed, "link")  # type: ignore[arg-type]
    made.setText(words)
    return made
