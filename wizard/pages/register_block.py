"""The register on its page: calendar or table, figures, what was not understood, and what to do with it."""

import re
from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from forms.kit.dates import long_day, short_day, weekday
from wizard.pages.answers import AnswerTable
from wizard.pages.flow import Flow
from wizard.pages.look import px
from wizard.pages.register_calendar import DAYS, RegisterCalendar, meaning
from wizard.pages.register_figures import Figures, Key, Threshold
from wizard.pages.register_ways import PasteRows, WhichPupil
from wizard.pages.screen import RegisterReading
from wizard.pages.words import Box, Link, Words, as_text, button, column, selectable
from wizard.register import Count, HealthRule, Session, calendar_weeks, unmarked
from wizard.register_answers import counted, health_rule, register_sessions
from wizard.summary import Table
from wizard.validation.facts import Facts

FEW = 6
"""Rows that were not understood which are shown at once."""


class RegisterBlock(QWidget):
    """Shows the register that is kept, or asks for one."""

    def __init__(self, label: str, hint: str) -> None:
        super().__init__()
        self._sessions: tuple[Session, ...] = ()
        self._rule = HealthRule()
        self._rows: tuple[str, ...] = ()
        self._passing: tuple[str, ...] = ()
        self._table: AnswerTable | None = None
        self.threshold, self.calendar, self.figures, self.key = Threshold(), RegisterCalendar(), Figures(), Key()
        self.source = Words(role="hint")
        self.problem, self.refused = Words(role="problem"), Words(role="stop")
        self.odd, self.typed, self.notices = Words(role="inset"), Words(role="inset"), selectable(Words(role="inset"))
        self.unmarked = selectable(Words(role="inset"))
        self.pupils, self.paste = WhichPupil(), PasteRows()
        self.lost, self.rows, self.more = Words(role="label"), selectable(Words()), Link("", self._show_all)
        self.not_understood = Box("warning", self.lost, self.rows, self.more)
        self.choose = button("Choose a register export", lambda: None)
        self.remove, self.undo = Link("Remove the register"), Link("Put the register back")
        self.as_table = Link("Show as a table", self._turn)
        self.pasting = Link("Paste rows instead", self.paste.open)
        self._ask = QWidget()
        asking = column(self._ask, 6)
        asking.addWidget(Words(label, role="label"))
        asking.addWidget(Words(hint, role="hint"))
        self._layout = column(self, px(16))
        self._place()

    def _place(self) -> None:
        actions = QWidget()
        flow = Flow(actions, across=px(20))
        for one in (self.choose, self.pasting, self.as_table, self.remove, self.undo):
            flow.addWidget(one)
        for widget in (
            self.threshold, self._ask, self.problem, self.refused, self.pupils, self.odd, self.source, self.calendar,
            self.figures, self.not_understood, self.unmarked, self.notices, self.typed, self.key, actions, self.paste,
        ):  # fmt: skip
            self._layout.addWidget(widget)
        for widget in (self.problem, self.refused, self.typed, self.undo):
            widget.hide()

    # What is kept

    def tell(self, facts: Facts, raw: object) -> None:
        """Show the register that is kept, as it stands."""
        sessions = register_sessions(facts.case.answers)
        total = counted(facts.case.answers, facts.profile.threshold_days)
        odd = not sessions and raw not in (None, "", {}, [])
        self.threshold.tell(facts, total)
        self.odd.setVisible(odd)
        self.odd.say(f"What is kept here cannot be read as a register. As it stands: {as_text(raw)[:400]}")
        self.remove.setVisible(odd or bool(sessions))
        self._ask.setVisible(not sessions)
        for one in (self.source, self.figures, self.key, self.as_table):
            one.setVisible(bool(sessions))
        self._compare(facts, total)
        kept = raw if isinstance(raw, Mapping) and sessions else {}
        self._show_rows(_texts(kept.get("not_understood")))
        self.say_notices(_texts(kept.get("notices")) if sessions else self._passing)
        left = without_mark(sessions)
        self.unmarked.setVisible(bool(left))
        self.unmarked.say(left)
        if total is not None:
            self.source.say(_source(total, raw))
            due = facts.answers.context.sickness_return_due and not facts.is_("attendance", "sickness_return", "yes")
            self.figures.tell(total, len(self._rows), due)
        rule = health_rule(facts.case.answers, sessions)
        if (sessions, rule) != (self._sessions, self._rule):
            self._sessions, self._rule = sessions, rule
            self.calendar.show_sessions(sessions, rule)
            self.key.tell(sessions, rule)
            self._drop_table()
        self.calendar.setVisible(bool(sessions) and self._table is None)

    def _compare(self, facts: Facts, total: Count | None) -> None:
        """Say where totals that were typed before differ from the register."""
        page = facts.case.answers.get("attendance")
        raw = page if isinstance(page, Mapping) else {}
        found = list(_differences(raw, total)) if total is not None else []
        self.typed.setVisible(bool(found))
        self.typed.say(f"You typed other totals: {'; '.join(found)}. The register counts.")

    # What was read

    def read(self, reading: RegisterReading) -> None:
        """Take what was read from an export; a refusal leaves the rest as it is."""
        self.problem.hide()
        self.refused.setVisible(bool(reading.refused))
        if reading.refused:
            self.refused.say(reading.refused, bold=f"{reading.file} was not read.")
            return
        self.pupils.ask(reading)
        if not reading.pupils:
            self.paste.rest()

    def say_notices(self, notices: tuple[str, ...]) -> None:
        """Say how something had to be understood."""
        self._passing = notices
        self.notices.setVisible(bool(notices))
        self.notices.say("\n".join(notices))

    def _show_rows(self, rows: tuple[str, ...]) -> None:
        """Show what was not understood; rows that are shown whole already stay so."""
        self.not_understood.setVisible(bool(rows))
        if rows == self._rows:
            return
        self._rows = rows
        self.lost.say(_heading(len(rows)))
        self.rows.say("\n".join(rows[:FEW]))
        self.more.setVisible(len(rows) > FEW)
        self.more.wrap_words(f"Show all {len(rows)} rows")

    def outcome(self) -> str:
        """What came of reading, in a sentence or two."""
        lost = "" if self.not_understood.isHidden() else f" {self.lost.text()}"
        return f"The register was read. {self.calendar.accessibleDescription()}{lost}"

    def _show_all(self) -> None:
        self.rows.say("\n".join(self._rows))
        self.more.hide()

    def forget(self) -> None:
        """Show nothing more of the last reading."""
        self._passing = ()
        for one in (self.refused, self.pupils):
            one.hide()

    def show_problem(self, sentence: str) -> None:
        """Show what is wrong with the register."""
        self.problem.say(sentence)
        self.problem.setVisible(bool(sentence))

    # The table

    def _turn(self) -> None:
        """Between calendar and table."""
        if self._table is not None:
            self._drop_table()
            self.calendar.show()
            return
        self._table = AnswerTable(session_table(self._sessions), "Register, week by week")
        self._layout.insertWidget(self._layout.indexOf(self.calendar) + 1, self._table)
        self.calendar.hide()
        self.as_table.wrap_words("Show as a calendar")

    def _drop_table(self) -> None:
        if self._table is not None:
            self._table.hide()
            self._table.deleteLater()
            self._table = None
        self.as_table.wrap_words("Show as a table")


def _texts(kept: object) -> tuple[str, ...]:
    return tuple(map(as_text, kept)) if isinstance(kept, list | tuple) else ()


def without_mark(sessions: Sequence[Session]) -> str:
    """The sessions that have no mark, in words; nothing when all have one."""
    left = unmarked(sessions)
    if not left:
        return ""
    few = [f"{weekday(one.date)} {'morning' if one.session == 'AM' else 'afternoon'}" for one in left[:FEW]]
    more = f" and {len(left) - FEW} more" if len(left) > FEW else ""
    named = f"{'; '.join(few)}{more}."
    if len(left) == 1:
        return f"1 session has no mark and counts for nothing until you say below what it was: {named}"
    return f"{len(left)} sessions have no mark and count for nothing until you say below what they were: {named}"


def _heading(rows: int) -> str:
    return "1 row was not understood." if rows == 1 else f"{rows} rows were not understood."


def _source(total: Count, raw: object) -> str:
    file = raw.get("file") if isinstance(raw, Mapping) else ""
    first, last = total.first, total.last
    span = f"Register from {long_day(first)} to {long_day(last)}" if first and last else "Register"
    return f"{span}, read from {as_text(file)}" if file else span


def _differences(raw: Mapping[str, object], total: Count) -> Iterator[str]:
    for name, words, figure in (
        ("possible", "possible sessions", total.possible),
        ("attended", "attended", total.attending),
        ("health_sessions", "missed because of health", total.health_sessions),
    ):
        typed = as_text(raw.get(name)).strip()
        if typed and typed != str(figure):
            yield f"{typed} {words}, where the register has {figure}"


def session_table(sessions: Sequence[Session]) -> Table:
    """A week a row, a day a column, morning and afternoon in each cell."""
    rows = tuple(
        (f"{short_day(week.monday)} {week.monday.year}", *(_halves(am, pm) for am, pm in week.days))
        for week in calendar_weeks(sessions)
    )
    return Table(("Week of", *DAYS), rows)


def _halves(morning: str, afternoon: str) -> str:
    halves = (("AM", morning), ("PM", afternoon))
    return "\n".join(f"{half} {code} {_in_short(code)}" for half, code in halves if code)


def _in_short(code: str) -> str:
    return re.split(r",| in the | \(", meaning(code))[0]
