"""Fill in from a file: choose it, see what it is and what it would fill in, then do so or leave it."""

from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from forms.catalogue import PAGES
from wizard.evidence.school.school_answer import PupilNamed, SchoolRow
from wizard.filling import Filling, Offer
from wizard.pages.announcing import announce
from wizard.pages.controls_text import line_edit
from wizard.pages.fill_words import answer_words, named, school_words
from wizard.pages.from_file import Asks, FromFile
from wizard.pages.look import px
from wizard.pages.words import Box, Say, Words, button, column, selectable

PATTERNS = ("*.xml", "*.csv", "*.xlsx", "*.xls", "*.ods", "*.txt", "*.zip")
ADVICE = (
    "Ask the office for a Common Transfer File (CTF) of this one pupil, with all sections ticked and the destination "
    "unknown. Making one does not take the pupil off roll.",
    "Nobody should upload it anywhere: not to the transfer site either.",
    "Delete the file once its answers are in here. The program keeps the answers, never the file.",
)
OTHERS = (
    "A list of pupils (CSV or Excel) from your report writer, and the list of all schools from Get Information about "
    "Schools (edubasealldata, CSV or zip), can be read as well. Only blank questions are filled in: nothing that was "
    "typed is changed, and each answer is marked until you have looked through it."
)


class FillPage(FromFile):
    """The advice, then whoever has to be chosen, then what would be filled in."""

    look = Signal(object, object, str)
    """A file, which pupil of it (from 0, or ``None``), and what to search for in the list of schools."""

    heading = "Fill in from a file"
    advice = ADVICE
    more = OTHERS
    patterns = PATTERNS

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say
        self._filling: Filling | None = None

    def chosen(self, path: Path) -> None:
        """See what it is."""
        self.look.emit(path, None, "")

    def filling(self) -> Filling | None:
        """What was shown."""
        return self._filling

    def _pupil(self, place: int) -> None:
        self.look.emit(self.path, place, "")

    def _search(self, words: str) -> None:
        self.look.emit(self.path, None, words)

    def ask_pupil(self, title: str, pupils: Sequence[PupilNamed]) -> None:
        """Let one of several pupils be chosen."""
        places = [named(one) for one in pupils]
        words = f"This {title} holds {len(pupils)} pupils. Nothing of the others is kept."
        self.put(Choice("Which pupil is it?", words, places, "Show this pupil", self._pupil))

    def ask_school(self, schools: Sequence[SchoolRow], found: int, asked: str) -> None:
        """Let a school be searched for, or chosen from those that were found."""
        block = Asks()
        layout = column(block, px(16))
        search = Search(asked, self._search)
        layout.addWidget(search)
        block.first = search.first
        if asked and not found:
            layout.addWidget(Words(f"No school of the list fits “{asked}”.", "problem"))
        if found:
            count = f"The first {len(schools)} of {found:,} are shown." if found > len(schools) else ""
            places = [school_words(one) for one in schools]
            numbers = [one.urn for one in schools]
            choice = Choice(
                "Which school is it?", count, places, "Show this school", lambda n: self._search(numbers[n])
            )
            layout.addWidget(choice)
            block.first = choice.first
        self.put(block)

    def show_offers(self, filling: Filling, offers: Sequence[Offer]) -> None:
        """Show what would be filled in, what not, and what else there is to know."""
        self._filling = filling
        taken = [one for one in offers if one.taken]
        differs = [one for one in offers if not one.taken and not one.same]
        same = sum(one.same for one in offers)
        block = QWidget()
        layout = column(block, px(12))
        layout.addWidget(Words(f"From the {filling.source}", "label"))
        if taken:
            count = "This answer" if len(taken) == 1 else f"These {len(taken)} answers"
            layout.addWidget(Words(f"{count} would be filled in", "subheading"))
            layout.addWidget(answers_block(taken, self._say))
        else:
            layout.addWidget(Words("There is nothing to fill in: every question that it answers is answered.", "inset"))
        if differs:
            layout.addWidget(Words("Not filled in: you have answered these otherwise", "subheading"))
            layout.addWidget(answers_block(differs, self._say))
        if same:
            count = "1 answer is" if same == 1 else f"{same} answers are"
            layout.addWidget(Words(f"{count} there already, just as the file has it.", "hint"))
        if filling.notes:
            layout.addWidget(Words("What else to know", "subheading"))
            layout.addWidget(Box("inset", *(selectable(Words(note)) for note in filling.notes)))
        self.put(block, ready=bool(taken))
        announce(self, f"{len(taken)} answers would be filled in from the {filling.source}.")


class Choice(Asks):
    """A list of which one is taken."""

    def __init__(
        self, title: str, about: str, places: Sequence[str], press: str, chosen: Callable[[int], object]
    ) -> None:
        super().__init__()
        self._chosen = chosen
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setWordWrap(True)
        for words in places:
            self.list.addItem(QListWidgetItem(words))
        height = self.list.sizeHintForRow(0) if places else 0
        self.list.setFixedHeight(height * min(8, len(places)) + px(8))
        self.first = self.list
        self.list.itemActivated.connect(lambda _item: self._take())
        self.list.setCurrentRow(0)
        layout = column(self, px(8))
        layout.addWidget(Words(title, "label"))
        if about:
            layout.addWidget(Words(about, "hint"))
        layout.addWidget(self.list)
        layout.addWidget(button(press, self._take), 0, Qt.AlignmentFlag.AlignLeft)

    def _take(self) -> None:
        if self.list.currentRow() >= 0:
            self._chosen(self.list.currentRow())


class Search(Asks):
    """A line to search the list of schools with."""

    def __init__(self, asked: str, search: Callable[[str], object]) -> None:
        super().__init__()
        self.line = line_edit()
        self.line.setText(asked)
        self.first = self.line
        self.line.setAccessibleName("Which school?")
        self.line.returnPressed.connect(lambda: search(self.line.text().strip()))
        layout = column(self, px(8))
        title = Words("Which school?", "label")
        title.setBuddy(self.line)
        layout.addWidget(title)
        layout.addWidget(Words("Its URN or DfE number, or words of its name and town.", "hint"))
        layout.addWidget(self.line)
        press = button("Search the list", lambda: search(self.line.text().strip()))
        layout.addWidget(press, 0, Qt.AlignmentFlag.AlignLeft)


def answers_block(offers: Sequence[Offer], say: Say) -> QWidget:
    """Question and answer side by side, page by page."""
    block = QWidget()
    grid = QGridLayout(block)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(24))
    grid.setVerticalSpacing(px(6))
    grid.setColumnStretch(0, 4)
    grid.setColumnStretch(1, 5)
    for page, group in groupby(offers, lambda one: one.page):
        grid.addWidget(_padded(Words(say(PAGES[page].task), "label")), grid.rowCount(), 0, 1, 2)
        for one in group:
            line = grid.rowCount()
            label = Words(say(one.question.ask.label), "hint")
            answer = selectable(Words(answer_words(one)))
            for place, words in enumerate((label, answer)):
                words.setAlignment(Qt.AlignmentFlag.AlignTop)
                grid.addWidget(words, line, place)
    return block


def _padded(words: Words) -> Words:
    words.setContentsMargins(0, px(10), 0, 0)
    return words
