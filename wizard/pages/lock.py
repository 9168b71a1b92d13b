"""The pages that stand before the referrals: the lock, and the passphrase of a computer without a keyring."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from wizard.pages.announcing import announce
from wizard.pages.look import px
from wizard.pages.words import Words, button

LEAST = 12
"""Characters that a new passphrase has at least."""


class _Door(QWidget):
    """A narrow column in the middle of an empty window."""

    def __init__(self, heading: str, *words: str) -> None:
        super().__init__()
        outer = QHBoxLayout(self)
        inner = QWidget()
        inner.setMaximumWidth(px(560))
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(px(24), px(24), px(24), px(24))
        self.column.setSpacing(px(12))
        self.column.addStretch(2)
        self.column.addWidget(Words(heading, "heading"))
        for text in words:
            self.column.addWidget(Words(text))
        outer.addStretch(1)
        outer.addWidget(inner, 4)
        outer.addStretch(1)
        self.problem = Words(role="problem")
        self.problem.hide()

    def refuse(self, sentence: str, remedy: str = "") -> None:
        """Say why the door stays shut."""
        words = f"{sentence} {remedy}".strip()
        self.problem.say(words)
        self.problem.show()
        announce(self, words, urgent=True)


class LockPage(_Door):
    """Hides everything until it is unlocked."""

    unlock = Signal(str)
    """The passphrase; empty where none is asked."""

    def __init__(self, passphrase: bool) -> None:
        super().__init__("Locked", "Everything is saved. The referral is hidden from those who pass by.")
        self._field = _secret("Passphrase")
        self.column.addWidget(self.problem)
        if passphrase:
            self.column.addWidget(Words("Passphrase", "label"))
            self.column.addWidget(self._field)
        self.button = button("Unlock", lambda: self.unlock.emit(self._field.text()), "primary")
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(3)
        self._field.returnPressed.connect(self.button.click)
        self.setFocusProxy(self._field if passphrase else self.button)

    def refuse(self, sentence: str, remedy: str = "") -> None:
        """Say why, and let the passphrase be typed anew."""
        super().refuse(sentence, remedy)
        self._field.selectAll()
        self._field.setFocus()


class PassphrasePage(_Door):
    """Asks for the passphrase of this computer's referrals; the first time, twice."""

    given = Signal(str)

    def __init__(self, first: bool) -> None:
        words = _FIRST if first else ("The referrals on this computer are kept under a passphrase.",)
        super().__init__("Choose a passphrase" if first else "Open your referrals", *words)
        self._first = first
        self._one, self._two = _secret("Passphrase"), _secret("The same again")
        self.column.addWidget(self.problem)
        self.column.addWidget(Words("Passphrase", "label"))
        if first:
            hint = f"At least {LEAST} characters. Four or five words that nobody would guess are best."
            self.column.addWidget(Words(hint, "hint"))
            self._one.setAccessibleDescription(hint)
        self.column.addWidget(self._one)
        if first:
            self.column.addWidget(Words("The same again", "label"))
            self.column.addWidget(self._two)
        self.button = button("Keep this passphrase" if first else "Open", self._give, "primary")
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(3)
        self._one.returnPressed.connect(self._two.setFocus if first else self.button.click)
        self._two.returnPressed.connect(self.button.click)
        self.setFocusProxy(self._one)

    def _give(self) -> None:
        text = self._one.text()
        if self._first and len(text.strip()) < LEAST:
            self.refuse("The passphrase is too short to be safe.", f"Make it {LEAST} characters or more.")
        elif self._first and text != self._two.text():
            self.refuse("The two are not the same.", "Type it again, twice.")
        elif not text.strip():
            self.refuse("Type the passphrase.")
        else:
            self.given.emit(text)


_FIRST = (
    "This computer has no keyring that could hold the key to your referrals, so a passphrase takes its place.",
    "Write it down and keep it somewhere safe. Without it nobody can open the referrals again, we neither.",
)


def _secret(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field
