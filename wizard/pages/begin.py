"""Before a new referral: which council it is for, whose policy decides the questions, and what is filled in already."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from forms.kit.dates import long_day
from wizard.councils import FileNote
from wizard.offering import KeptSchool
from wizard.pages.announcing import announce
from wizard.pages.council_choice import Councils, choices
from wizard.pages.home import ROW
from wizard.pages.listed import Listed
from wizard.pages.look import px
from wizard.pages.scrolled import COLUMN, scrolled
from wizard.pages.words import Box, Radio, Tick, Words, button
from wizard.pages.words import column as stack

AFRESH = "No, or begin afresh"
EARLIER = "Yes, start from an earlier referral"


MOST = 5
"""Earlier referrals that are seen at once; the list scrolls."""


class BeginPage(QWidget):
    """Two questions and a tick; each is put only where there is something to choose.

    ``notes`` are said of a council, by its id; ``trouble`` of councils' files that cannot be used.
    """

    chosen = Signal(str, str, bool)
    """The council's id, the reference of the earlier referral or nothing, whether the school's details are wanted."""
    back = Signal()

    def __init__(
        self,
        councils: Councils,
        earlier: Sequence[Listed] = (),
        school: KeptSchool | None = None,
        notes: Mapping[str, FileNote] | None = None,
        trouble: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self.setAccessibleName("New referral")
        self._ids = [one for one, _ in councils]
        self._earlier = list(earlier)
        content = QWidget()
        content.setMaximumWidth(px(COLUMN))
        column = stack(content, px(8))
        stack(self, 0).addWidget(scrolled(content))
        self._problem = Words(role="problem")
        self._problem.hide()
        self._ask_council(column, councils, notes or {})
        for words in trouble:
            column.addWidget(Box("warning", Words(words)))
        self._start_from, self.list = QButtonGroup(self), QListWidget()
        if earlier:
            self._ask_earlier(column)
        self._school = Tick(_school_words(school)) if school is not None else None
        if self._school is not None:
            self._school.setChecked(True)
            column.addSpacing(px(16))
            column.addWidget(self._school)
        column.addSpacing(px(16))
        column.addLayout(self._buttons())
        column.addStretch(1)
        self.setFocusProxy(self._group.buttons()[0])

    def _ask_council(self, column: QVBoxLayout, councils: Councils, notes: Mapping[str, FileNote]) -> None:
        column.addWidget(Words("Which council is the referral for?", "heading"))
        hint = "The council for education where the pupil lives. Its policy decides what is asked."
        column.addWidget(Words(hint, "hint"))
        column.addWidget(self._problem)
        self._group = QButtonGroup(self)
        for widget in choices(self._group, councils, notes):
            column.addWidget(widget)
        if len(councils) == 1:
            self._group.buttons()[0].setChecked(True)

    def _ask_earlier(self, column: QVBoxLayout) -> None:
        column.addSpacing(px(16))
        column.addWidget(Words("Has the same pupil been referred from here before?", "subheading"))
        for place, words in enumerate((AFRESH, EARLIER)):
            radio = Radio(words)
            self._start_from.addButton(radio, place)
            column.addWidget(radio)
        self._start_from.buttons()[0].setChecked(True)
        self._about = Words(
            "Its answers are filled in, and you look through them page by page. Views, consent, attendance, the "
            "request, documents and signatures are given anew. Choose this only for the same pupil.",
            "hint",
        )
        self.list.setAccessibleName("Earlier referrals")
        for row in self._earlier:
            item = QListWidgetItem(_line(row), self.list)
            item.setSizeHint(QSize(0, px(ROW)))
            item.setToolTip(item.text())
        self.list.setFixedHeight(min(len(self._earlier), MOST) * px(ROW) + 4)
        for widget in (self._about, self.list):
            widget.hide()
            column.addWidget(widget)
        self._start_from.idToggled.connect(lambda *_: self._show_list())

    def _show_list(self) -> None:
        wanted = self._start_from.checkedId() == 1
        self._about.setVisible(wanted)
        self.list.setVisible(wanted)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(button("Start the referral", self._start, "primary"))
        row.addWidget(button("Back", self.back.emit))
        row.addStretch(1)
        return row

    def _start(self) -> None:
        place, earlier = self._group.checkedId(), ""
        if place < 0:
            self._refuse("Choose the council.", self._group.buttons()[0])
            return
        if self._start_from.checkedId() == 1:
            row = self.list.currentRow()
            if row < 0:
                self._refuse("Choose the earlier referral.", self.list)
                return
            earlier = self._earlier[row].reference
        self.chosen.emit(self._ids[place], earlier, self._school is not None and self._school.isChecked())

    def _refuse(self, words: str, where: QWidget) -> None:
        self._problem.say(words)
        self._problem.show()
        announce(self, words, urgent=True)
        where.setFocus(Qt.FocusReason.OtherFocusReason)


def _school_words(school: KeptSchool) -> str:
    return f"Fill in the details of {school.name or 'your school'}, kept on {long_day(school.on)}"


def _line(row: Listed) -> str:
    changed = f"last changed {long_day(datetime.fromisoformat(row.changed))}" if row.changed else ""
    return " · ".join(part for part in (row.pupil, row.reference, row.council, row.state, changed) if part)
