"""The password of a document that is locked, asked for where the document stands."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from wizard.pages.announcing import announce
from wizard.pages.controls import characters, reveal
from wizard.pages.flow import Flow
from wizard.pages.look import px
from wizard.pages.words import Link, Words, button, column


class PasswordForm(QWidget):
    """One box, and what became of what was typed into it."""

    given = Signal(str)
    left = Signal()
    """It is not known now; the document waits in the list."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(f"Password of {name}")
        self.field.setMaximumWidth(characters(30))
        self.field.returnPressed.connect(self._give)
        self._problem = Words(role="problem")
        self._problem.hide()
        hint = "Whoever sent it may have put it in a second e-mail. It is kept in the referral, and is never sent."
        self.field.setAccessibleDescription(hint)
        self._open = button("Open it", self._give, name=f"Open {name} with this password")
        row = QWidget()
        flow = Flow(row, across=px(16), down=0)
        flow.addWidget(self._open)
        flow.addWidget(Link("Later", self.left.emit, f"Give the password of {name} later"))
        layout = column(self, px(6))
        for one in (Words("Password", "label"), Words(hint, "hint"), self._problem):
            layout.addWidget(one)
        layout.addWidget(self.field, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(row)
        self.setFocusProxy(self.field)

    def rest(self, problem: str = "") -> None:
        """Wait for a password, after a sentence about the one before."""
        tried = not self._open.isEnabled()
        self._open.setEnabled(True)
        self.field.setEnabled(True)
        if problem and tried:
            self._say(problem)
            self.field.selectAll()
            reveal(self.field)

    def _give(self) -> None:
        if not self.field.text():
            self._say("Type the password first.")
            return
        self._problem.hide()
        self._open.setEnabled(False)
        self.field.setEnabled(False)
        self.given.emit(self.field.text())

    def _say(self, problem: str) -> None:
        self._problem.say(problem)
        self._problem.show()
        announce(self, problem, urgent=True)
