"""Events out of an export of the safeguarding system: which column is what, and which rows are taken, one by one."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from forms.kit.ask import Question, questions
from forms.kit.dates import long_day
from forms.safeguarding import Entry
from wizard.filling import Filling
from wizard.pages.announcing import announce
from wizard.pages.controls_choice import SearchBox, WheelPasses
from wizard.pages.from_file import Asks, FromFile
from wizard.pages.look import px
from wizard.pages.pasting import card, known_headings
from wizard.pages.words import TARGET, Tick, Words, column

Rows = Sequence[Sequence[str]]

SHOWN = 400
"""Characters of a cell by which somebody decides whether to take its row."""
LEFT_OUT = "Leave this column out"


class EventsPage(FromFile):
    """For the designated safeguarding lead: nothing is taken until its row is ticked."""

    look = Signal(object)
    """A file."""

    heading = "Take events from an export"
    advice = (
        "For the designated safeguarding lead. Export the events of this one pupil as CSV or Excel. A PDF is better "
        "attached as it is.",
        "Nothing is taken until you tick it. Take only what whoever teaches the pupil has to know, and write other "
        "people as initials or by their role afterwards.",
    )
    more = "The program keeps the events that you tick, never the file."
    patterns = ("*.csv", "*.xlsx", "*.xls", "*.ods", "*.txt")

    def __init__(self) -> None:
        super().__init__()
        self._asked = questions(Entry)
        self._rows: Rows = ()
        self._day = date.min
        self._columns: list[QComboBox] = []
        self._ticks: list[Tick] = []
        self._passes = WheelPasses(self)

    def chosen(self, path: Path) -> None:
        """See what is in it."""
        self.look.emit(path)

    def show_table(self, headings: Sequence[str], rows: Rows, day: date) -> None:
        """Let somebody say what the columns are, and tick rows."""
        self._rows, self._day = rows, day
        block = Asks()
        layout = column(block, px(16))
        layout.addWidget(Words("What is in each column?", "subheading"))
        layout.addWidget(self._mapping(headings))
        layout.addWidget(Words("Which events do you take?", "subheading"))
        self._ticks = [self._tick() for _ in rows]
        for tick in self._ticks:
            layout.addWidget(tick)
        block.first = self._columns[0]
        self._show_rows()
        self.put(block)
        announce(self, f"{len(rows)} rows. Tick those that you take.")

    def _mapping(self, headings: Sequence[str]) -> QWidget:
        found, used = known_headings(headings, self._asked), set[str]()
        block = QWidget()
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(24))
        grid.setColumnStretch(0, 4)
        grid.setColumnStretch(1, 5)
        self._columns = []
        for place, heading in enumerate(headings):
            words = heading or f"Column {place + 1}"
            box = self._box(words)
            question = found.get(place)
            if question is not None and question.name not in used:
                used.add(question.name)
                box.setCurrentIndex(1 + self._asked.index(question))
            box.currentIndexChanged.connect(self._show_rows)
            self._columns.append(box)
            title = Words(words, "label")
            title.setBuddy(box)
            grid.addWidget(title, place, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(box, place, 1)
        return block

    def _box(self, heading: str) -> QComboBox:
        box = SearchBox()
        box.setMinimumHeight(TARGET)
        box.setAccessibleName(f"What the column {heading} holds")
        box.addItem(LEFT_OUT)
        box.addItems([one.ask.label for one in self._asked])
        box.installEventFilter(self._passes)
        return box

    def _tick(self) -> Tick:
        tick = Tick("")
        tick.toggled.connect(self._count)
        return tick

    # What stands now

    def _by_place(self) -> Mapping[int, Question]:
        chosen = ((place, box.currentIndex() - 1) for place, box in enumerate(self._columns))
        return {place: self._asked[index] for place, index in chosen if index >= 0}

    def _show_rows(self) -> None:
        columns = self._by_place()
        for tick, row in zip(self._ticks, self._rows, strict=True):
            cells = (" ".join(row[place].split()) for place in columns)
            words = "; ".join(cell if len(cell) <= SHOWN else f"{cell[:SHOWN]} …" for cell in cells if cell)
            tick.wrap_words(words or "Nothing of this row is taken: say first what its columns are.")

    def _count(self) -> None:
        count = sum(tick.isChecked() for tick in self._ticks)
        self._do.setVisible(count > 0)
        words = "Take 1 event" if count == 1 else f"Take {count} events"
        self._do.setText(words)
        self._do.setAccessibleName(words)

    def filling(self) -> Filling | None:
        """The ticked rows as events, in the order of the file."""
        columns = self._by_place()
        ticked = (row for tick, row in zip(self._ticks, self._rows, strict=True) if tick.isChecked())
        entries: list[dict[str, Any]] = [entry for row in ticked if (entry := card(row, columns))]
        if not entries:
            self.failed("Nothing of these rows would be taken.", "Say first what the columns hold.")
            return None
        values = {"chronology": {"kind": "chronology", "entries": entries}}
        return Filling("chronology", f"export of events of {long_day(self._day)}", values, adds=True)
