"""The header: who the referral is for, when it was last saved, and the ways to guidance, help and the lock."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from wizard.pages.look import mark, px
from wizard.pages.words import Words, button


@dataclass(frozen=True, slots=True)
class Who:
    """What the header says of a referral: ``Amira K.``, and the rest of the line."""

    pupil: str
    about: tuple[str, ...]


class Header(QFrame):
    """One line; a second one only while saving fails."""

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
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(8), px(20), px(8))
        row.setSpacing(px(16))
        row.addWidget(self.menu)
        row.addWidget(self._who)
        row.addWidget(self._about, 1)
        row.addWidget(self._saved)
        for words, signal in (("&Guidance", self.guidance), ("&Help", self.help), ("&Lock", self.lock)):
            row.addWidget(_link(words, signal.emit))

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
