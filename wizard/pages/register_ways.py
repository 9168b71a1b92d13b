"""Ways round a file that cannot be read as it is: whose rows to take, and rows that are pasted."""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QWidget

from wizard.pages.controls import reveal
from wizard.pages.controls_text import GrowingText
from wizard.pages.look import px
from wizard.pages.screen import ReadRegister, RegisterReading
from wizard.pages.words import TARGET, Box, Words, button, column, readable


class WhichPupil(Box):
    """Asks whose rows to take from a file of several pupils, or of somebody else."""

    wanted = Signal(object)
    """A ``ReadRegister``."""

    def __init__(self) -> None:
        self._question, self._names = Words(role="label"), QListWidget()
        self._names.setAccessibleName("Pupils in the file")
        self._names.setTabKeyNavigation(False)
        self._take = button("Read this pupil’s rows", self._chosen)
        hint = Words("Only these rows are kept. Nothing is kept of anybody else.", role="hint")
        super().__init__("warning", self._question, self._names, hint)
        self.column.addWidget(self._take, 0, Qt.AlignmentFlag.AlignLeft)
        self._request, self._pupils = ReadRegister(), tuple[str, ...]()
        self._names.itemActivated.connect(lambda _item: self._chosen())
        self.hide()

    def ask(self, reading: RegisterReading) -> None:
        """Ask, if there is something to ask."""
        self.setVisible(bool(reading.pupils))
        self._request = reading.request
        self._names.clear()
        self._names.addItems([readable(name) for name in reading.pupils])
        tall = max(TARGET, self._names.fontMetrics().height() + px(8))
        for row in range(self._names.count()):
            self._names.item(row).setSizeHint(QSize(0, tall))
        if not reading.pupils:
            return
        one = len(reading.pupils) == 1
        self._question.say(
            "The register is of somebody whose name or UPN is not the one in this referral. Is it this pupil?"
            if one
            else f"The file holds {len(reading.pupils)} pupils, and none is surely the one in this referral. Who is it?"
        )
        self._names.setCurrentRow(0 if one else -1)
        self._names.setFixedHeight(min(len(reading.pupils), 6) * tall + 2 * self._names.frameWidth() + px(4))
        self._pupils = reading.pupils
        reveal(self._names)

    def words(self) -> str:
        """The question that is asked."""
        return self._question.text()

    def _chosen(self) -> None:
        chosen = self._names.selectedIndexes()  # the focus alone makes a row current, and chooses none
        if chosen:
            self.hide()
            self.wanted.emit(replace(self._request, chosen=self._pupils[chosen[0].row()]))


class PasteRows(QWidget):
    """A box into which rows of a register are pasted."""

    wanted = Signal(object)
    """A ``ReadRegister``."""

    def __init__(self) -> None:
        super().__init__()
        self.box = GrowingText()
        self.box.setAccessibleName("Rows of the register")
        layout = column(self, px(8))
        layout.addWidget(Words("Rows of the register", role="label"))
        hint = "With their headings: date, AM and PM, for instance, or week and marks. Copied from Excel or your MIS."
        layout.addWidget(Words(hint, role="hint"))
        layout.addWidget(self.box)
        layout.addWidget(button("Read these rows", self._read), 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def open(self) -> None:
        """Offer the box."""
        self.show()
        reveal(self.box)

    def rest(self) -> None:
        """Put it away, empty."""
        self.hide()
        self.box.clear()

    def _read(self) -> None:
        if self.box.text().strip():
            self.wanted.emit(ReadRegister(pasted=self.box.text()))
