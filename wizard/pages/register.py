"""The register page: reads an export, shows it as a calendar and counts it; or takes typed totals."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from forms.kit.ask import questions
from forms.kit.page import Problem
from wizard.pages import files
from wizard.pages.announcing import announce
from wizard.pages.controls import reveal
from wizard.pages.question import QuestionScreen
from wizard.pages.register_block import RegisterBlock
from wizard.pages.screen import ReadRegister, RegisterReading, View
from wizard.pages.working import Working
from wizard.validation.facts import Facts

FIELD = "register"
PATTERNS = ("*.csv", "*.xlsx", "*.xls", "*.ods", "*.pdf", "*.txt", "*.tsv")
TOTALS = (("possible", "possible"), ("attended", "attended"), ("health", "health_sessions"))


class RegisterScreen(QuestionScreen):
    """The questions about attendance, with the register above them; an export may be dropped anywhere on it."""

    held_here = frozenset({FIELD})

    def __init__(self, view: View) -> None:
        ask = next(one.ask for one in questions(view.page) if one.name == FIELD)
        self.block = RegisterBlock(ask.label, ask.hint)
        self.working = Working()
        super().__init__(view)
        self.setAcceptDrops(True)
        self.block.choose.clicked.connect(self._choose)
        self.block.remove.clicked.connect(self._remove)
        self.block.undo.clicked.connect(self._put_back)
        self.working.stop.connect(self.wanted)
        for way in (self.block.pupils, self.block.paste):
            way.wanted.connect(self._request)
        self._removed: Any = None
        self._show()

    def above(self) -> Sequence[QWidget]:
        """The register, and how far reading is."""
        return (self.block, self.working)

    def _show(self) -> None:
        self.block.tell(self._facts(), self.fields.raw().get(FIELD))

    def _facts(self) -> Facts:
        """The referral with what is on the page now."""
        facts = self.view.judgement.facts
        case = facts.case.with_page(self.view.page.id, self.fields.raw(), self.not_known())
        return Facts.of(case, facts.profile, facts.today)

    def answered(self) -> None:
        """Days to come, and totals that are typed, count at once."""
        self._show()

    def refresh(self, view: View) -> None:
        """Show what the policy asks now."""
        super().refresh(view)
        self._show()

    # Reading

    def _choose(self) -> None:
        path = files.choose_file(self, "Choose a register export", PATTERNS)
        if path is not None:
            self._request(ReadRegister(path))

    def _request(self, request: ReadRegister) -> None:
        self.working.rest()
        self.wanted.emit(request)

    def register_read(self, reading: RegisterReading) -> None:
        """Keep and show what was read; one that was refused changes nothing."""
        self.working.rest()
        self.block.read(reading)
        if reading.refused:
            announce(self, f"{reading.file} was not read. {reading.refused}", urgent=True)
        elif reading.pupils:
            announce(self, self.block.pupils.words(), urgent=True)
        elif reading.sessions:
            self.block.undo.hide()
            self.fields.keep(FIELD, reading.kept())
            announce(self, self.block.outcome())
        else:
            self._fill_totals(reading)

    def _fill_totals(self, reading: RegisterReading) -> None:
        """Type the totals of a file that has nothing else, where nothing is typed yet."""
        typed = {**self.fields.raw(), **self.not_known()}
        free = [(kind, name) for kind, name in TOTALS if kind in reading.totals and not typed.get(name)]
        for kind, name in free:
            self.fields.fields[name].set_value(str(reading.totals[kind]))
            self.fields.keep(name, str(reading.totals[kind]))
        kept = "" if len(free) == len([k for k, _ in TOTALS if k in reading.totals]) else " What was typed stays."
        self.block.say_notices((*reading.notices, f"The totals of {reading.file} were filled in: check them.{kept}"))
        announce(self, self.block.notices.text())

    def progress(self, words: str, part: float) -> None:
        """Show how far reading is."""
        self.working.show_progress(words, part)

    def failed(self, sentence: str, remedy: str) -> None:
        """Say why it could not be read."""
        self.working.show_failure(sentence, remedy)

    # Removal

    def _remove(self) -> None:
        self._removed = self.fields.raw().get(FIELD)
        self.block.forget()
        self.block.undo.show()
        self.fields.keep(FIELD, None)
        reveal(self.block.undo)
        announce(self, "The register was removed. Type the totals, or undo.")

    def _put_back(self) -> None:
        self.block.undo.hide()
        self.fields.keep(FIELD, self._removed)
        reveal(self.block.remove)

    # Dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files from this computer."""
        if _local(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the file that was dropped."""
        paths = _local(event)
        event.acceptProposedAction()
        if len(paths) == 1:
            self._request(ReadRegister(paths[0]))
        else:
            self.failed(f"{len(paths)} files were dropped.", "Drop the register export alone.")

    # Problems

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show what is wrong with the register beside it, and the rest beside the questions."""
        mine = [one.sentence for one in problems if one.path[:1] == (FIELD,)]
        self.block.show_problem(mine[0] if mine else "")
        super().show_problems(problems)

    def show_path(self, path: tuple[str | int, ...]) -> None:
        """Move the focus to the register, or to a question."""
        if path[:1] == (FIELD,):
            reveal(self.block.choose)
        else:
            super().show_path(path)


def _local(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls() if event.mimeData().hasUrls() else []
    return [Path(one.toLocalFile()) for one in urls if one.isLocalFile()]
