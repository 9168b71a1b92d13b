"""What a register comes to, on its page: four figures, how near the council's threshold is, and what the codes mean."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QWidget

from forms.kit.authority import AuthorityProfile
from wizard.pages.flow import Flow
from wizard.pages.look import px
from wizard.pages.register_calendar import CodeSquare, counted, long_day, meaning
from wizard.pages.words import Box, Words, column
from wizard.register import THRESHOLD, Count, Session
from wizard.validation.conditions import missed_days
from wizard.validation.facts import Facts


class Figures(QWidget):
    """Attendance, days lost, longest run and what was not understood."""

    def __init__(self) -> None:
        super().__init__()
        self._row = Flow(self, across=px(36), down=px(12))
        self._pairs = [(Words(role="figure"), Words(role="hint")) for _ in range(4)]
        for figure, words in self._pairs:
            block = QWidget()
            layout = column(block, 2)
            for one in (figure, words):
                one.setWordWrap(False)
                layout.addWidget(one)
            self._row.addWidget(block)

    def tell(self, total: Count, not_understood: int | None) -> None:
        """Show them; rows are only known of a register that was read just now, later their missing marks."""
        share = "–" if total.percentage is None else f"{total.percentage} %"
        if not_understood is None:
            last = (str(total.unmarked), "session without a mark", "sessions without a mark")
        else:
            last = (str(not_understood), "row not understood", "rows not understood")
        figures = (
            (share, "attendance", "attendance"),
            (days(total.cumulative_days), "day lost to health, added up", "days lost to health, added up"),
            (str(total.longest_run), "longest run, school days", "longest run, school days"),
            last,
        )
        for (figure, words), (value, one, many) in zip(self._pairs, figures, strict=True):
            figure.say(value)
            words.say(one if value == "1" else many)


class Threshold(Box):
    """How many days were missed because of health, against the days of which the policy speaks."""

    def __init__(self) -> None:
        self._words = Words()
        super().__init__("warning", self._words)

    def tell(self, facts: Facts, total: Count | None) -> None:
        """Show how it stands; nothing without days or without a threshold."""
        least, missed = facts.profile.threshold_days, missed_days(facts)
        self.setVisible(bool(least) and missed is not None)
        if not least or missed is None:
            return
        gone = _gone(facts, total)
        met = missed >= least
        self._words.say(_sentences(facts.profile, gone, Decimal(str(missed)), total), bold=f"{days(gone)} so far.")
        self._words.say(
            " ".join(_sentences(facts.profile, gone, Decimal(str(missed)), total)), bold=f"{_of_days(gone)} so far."
        )
        give_role(self, "done" if met else "warning")
