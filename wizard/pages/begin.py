"""Before a new referral: which council it is for, since the council's policy decides the questions."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from wizard.pages.announcing import announce
from wizard.pages.look import px
from wizard.pages.words import Radio, Words, button


class BeginPage(QWidget):
    """One question."""

    chosen = Signal(str)
    """The council's id."""
    back = Signal()

    def __init__(self, councils: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setAccessibleName("New referral")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(48), px(32), px(48), px(24))
        column.setSpacing(px(8))
        column.addWidget(Words("Which council is the referral for?", "heading"))
        hint = "The council for education where the pupil lives. Its policy decides what is asked."
        column.addWidget(Words(hint, "hint"))
        self._problem = Words("Choose the council.", "problem")
        self._problem.hide()
        column.addWidget(self._problem)
        self._group = QButtonGroup(self)
        self._ids = [one for one, _ in councils]
        for place, (_, name) in enumerate(councils):
            radio = Radio(name)
            self._group.addButton(radio, place)
            column.addWidget(radio)
        if len(councils) == 1:
            self._group.buttons()[0].setChecked(True)
        column.addSpacing(px(16))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(button("Start the referral", self._start, "primary"))
        row.addWidget(button("Back", self.back.emit))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.setFocusProxy(self._group.buttons()[0])

    def _start(self) -> None:
        place = self._group.checkedId()
        if place < 0:
            self._problem.show()
            announce(self, self._problem.text(), urgent=True)
            self._group.buttons()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.chosen.emit(self._ids[place])
