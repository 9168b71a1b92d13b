"""The list of referrals as a table: what each waits for, in which order, and what is found by words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor, QFont

from forms.kit.dates import short_day
from wizard.pages.look import colour

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Listed:
    """One referral in the list.

    Attributes:
        due: date by which the next action is wanted, ISO; empty for none.
        changed: ISO date and time of the last change.
        trouble: why it cannot be opened; empty where it can.
    """

    reference: str
    pupil: str = "New referral"
    council: str = ""
    state: str = ""
    next: str = ""
    due: str = ""
    changed: str = ""
    trouble: str = ""


LATE = Qt.ItemDataRole.UserRole + 1
"""Role under which the table says that a referral's next action is overdue."""
COLUMNS = ("Pupil", "Reference", "Council", "State", "Next", "Last change")


class Referrals(QAbstractTableModel):
    """The list as a table."""

    def __init__(self, rows: Sequence[Listed] = (), now: datetime | None = None) -> None:
        super().__init__()
        self._now = now or datetime.now()
        self.rows = list(rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One a referral."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One a fact."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | Qt.AlignmentFlag | None:
        """The names of the columns."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return COLUMNS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows, and by what it is sorted."""
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(row)[column]
        if role == Qt.ItemDataRole.UserRole:
            return self._order(row, column)
        if role == LATE:
            return self._late(row)
        if role == Qt.ItemDataRole.FontRole and column == 0:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(colour(self._tone(row, column)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.trouble or None
        return None

    def _words(self, row: Listed) -> tuple[str, ...]:
        following = row.next
        if row.due:
            following += f" by {_day(datetime.fromisoformat(row.due), self._now)}"
        if row.trouble:
            following = row.trouble
        elif self._late(row):
            following = f"Overdue: {following}"
        changed = _day(datetime.fromisoformat(row.changed), self._now) if row.changed else ""
        state = "Cannot be opened" if row.trouble else row.state
        return (row.pupil, row.reference, row.council, state, following, changed)

    def _order(self, row: Listed, column: int) -> str:
        if column == 4:
            return f"{row.due or '9999'}{row.next.casefold()}"
        if column == 5:
            return row.changed
        return self._words(row)[column].casefold()

    def _late(self, row: Listed) -> bool:
        return bool(row.due) and row.due < self._now.date().isoformat()

    def _tone(self, row: Listed, column: int) -> str:
        if column in (3, 4) and (row.trouble or (column == 4 and self._late(row))):
            return "error"
        return {0: "action", 1: "secondary", 5: "secondary"}.get(column, "ink")


class Sorted(QSortFilterProxyModel):
    """Filters by words, and keeps what is overdue first whatever the order."""

    _words: tuple[str, ...] = ()

    def find(self, text: str) -> None:
        """Show the rows in which all of these words occur."""
        self.beginFilterChange()
        self._words = tuple(text.casefold().split())
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Whether the row holds every word."""
        model = self.sourceModel()
        text = " ".join(str(model.index(source_row, n).data() or "") for n in range(model.columnCount())).casefold()
        return all(word in text for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        """Whether one row stands before another."""
        model = self.sourceModel()
        late = [bool(model.index(one.row(), 0).data(LATE)) for one in (left, right)]
        if late[0] != late[1]:
            return late[0] is (self.sortOrder() is Qt.SortOrder.AscendingOrder)
        return bool(left.data(Qt.ItemDataRole.UserRole) < right.data(Qt.ItemDataRole.UserRole))


def _day(then: datetime, now: datetime) -> str:
    """A date as one says it: today with the time, else day and month, with the year when it is another."""
    if then.date() == now.date():
        return f"today {then:%H:%M}" if then.hour or then.minute else "today"
    year = f" {then.year}" if then.year != now.year else ""
    return f"{short_day(then)}{year}"
