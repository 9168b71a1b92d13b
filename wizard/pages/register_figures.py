"""What a register comes to, on its page: four figures, how near the council's threshold is, and what the codes mean."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QWidget

from forms.kit.dates import long_day
from wizard.pages.flow import Flow
from wizard.pages.look import px
from wizard.pages.register_calendar import CodeSquare, meaning
from wizard.pages.words import Box, Words, column, give_role
from wizard.register import SICKNESS_RETURN, Count, HealthRule, Session, by_code
from wizard.summary import absence
from wizard.validation.conditions import expected_days, missed_days
from wizard.validation.facts import Facts


class Figures(QWidget):
    """Attendance, days lost, longest run and what was not understood; beneath, what follows from them in words."""

    def __init__(self) -> None:
        super().__init__()
        self.said = Words()
        figures = QWidget()
        flow = Flow(figures, across=px(36), down=px(12))
        layout = column(self, px(10))
        layout.addWidget(figures)
        layout.addWidget(self.said)
        self._pairs = [(Words(role="figure"), Words(role="hint")) for _ in range(4)]
        for pair in self._pairs:
            block = QWidget()
            beneath = column(block, 2)
            for one in pair:
                one.setWordWrap(False)
                beneath.addWidget(one)
            flow.addWidget(block)

    def tell(self, total: Count, not_understood: int, due: bool) -> None:
        """Show them; ``due`` says that the council is to have a sickness return."""
        share = "–" if total.percentage is None else f"{total.percentage} %"
        if not not_understood:
            last = (str(total.unmarked), "session without a mark", "sessions without a mark")
        else:
            last = (str(not_understood), "row not understood", "rows not understood")
        figures = (
            (share, "attendance this school year", "attendance this school year"),
            (f"{float(total.cumulative_days):g}", "day lost to health, added up", "days lost to health, added up"),
            (str(total.longest_run), "longest run, school days", "longest run, school days"),
            last,
        )
        for (figure, words), (value, one, many) in zip(self._pairs, figures, strict=True):
            figure.say(value)
            words.say(one if value == "1" else many)
        said = " ".join(_said(total, due))
        self.said.say(said)
        self.said.setVisible(bool(said))


def _said(total: Count, due: bool) -> Iterator[str]:
    if words := absence(total):
        yield f"{words}."
    if total.last_attended is not None:
        yield f"Last in school on {long_day(total.last_attended)}."
    if total.illness_reached_on is not None:
        yield f"{SICKNESS_RETURN} days of illness (code I) were reached on {long_day(total.illness_reached_on)}."
    elif due:
        yield f"{SICKNESS_RETURN} days of illness (code I) are to be expected."
    if due:
        yield "The council is to have a sickness return."


class Threshold(Box):
    """How many days were missed because of health, beside the days of which the policy speaks."""

    def __init__(self) -> None:
        self._words = Words()
        super().__init__("warning", self._words)
        self.hide()

    def tell(self, facts: Facts, total: Count | None) -> None:
        """Show how it stands now; nothing without days, or where the policy names no number."""
        least, missed = facts.profile.threshold_days, missed_days(facts)
        self.setVisible(bool(least) and missed is not None)
        if not least or missed is None:
            return
        expected = expected_days(facts)
        gone = missed - expected
        words = " ".join(_sentences(facts, missed, expected, total))
        self._words.say(words, bold=f"{gone:g} {'day' if gone == 1 else 'days'} so far.")
        give_role(self, "warning" if missed < least else "done")


def _sentences(facts: Facts, missed: float, expected: float, total: Count | None) -> Iterator[str]:
    least = facts.profile.threshold_days
    if expected:
        yield f"With {expected:g} more to come that makes {missed:g}."
    if total is not None and total.reached_on is not None:
        yield f"Day {least} was reached on {long_day(total.reached_on)}."
    yield f"The policy speaks of {least} days, in a row or added up."
    if missed < least:
        source = next((one.source for one in facts.profile.routes if "below_threshold" in one.when), "")
        yield f"You may refer now if you say why{f' ({facts.profile.source(source)})' if source else ''}."


class _Entry(Words):
    """Words that wrap only where they must."""

    def sizeHint(self) -> QSize:
        """All on one line."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())


class Key(QWidget):
    """What the letters in the calendar mean, the commonest first."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(self, across=px(20), down=px(6))

    def tell(self, sessions: Sequence[Session], rule: HealthRule) -> None:
        """Show the codes that occur, coloured as most of their sessions are."""
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for code, number in by_code(sessions):
            entry = QWidget()
            row = QHBoxLayout(entry)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(px(8))
            mine = [rule.counts(one) for one in sessions if one.code == code]
            row.addWidget(CodeSquare(code, 2 * sum(mine) > len(mine)))
            row.addWidget(_Entry(f"{meaning(code)}: {number}", role="hint"), 1)
            self._flow.addWidget(entry)
