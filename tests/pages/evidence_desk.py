"""A made-up program behind the evidence page, which carries out what the page asks for and remembers it."""

from dataclasses import replace
from typing import Any

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from tests.forms.anxious_pupil import ANXIOUS
from tests.pages.referrals import case, view
from tests.pages.screens import named
from wizard.case import Case
from wizard.evidence_fact import EvidenceFact
from wizard.pages.evidence import EvidenceScreen
from wizard.pages.pasted_picture import as_png
from wizard.pages.screen import ChangeEvidence, GiveReason, RemoveEvidence, Request, RestoreEvidence

LETTER = EvidenceFact("letter.pdf", id="1", kind="pdf", pages=3, outcome="included", answers=("E65",))
SCAN = EvidenceFact("scan 2.jpg", id="2", kind="jpeg", pages=1, outcome="pictures", notices=("It is faint.",))


class Program:
    """Carries requests out as the program does, and remembers them."""

    def __init__(self, qtbot: QtBot, *evidence: EvidenceFact, width: int = 1000, answers: Any = ANXIOUS) -> None:
        self.case: Case = case(answers, evidence=evidence)
        self.asked: list[Request] = []
        self.screen = EvidenceScreen(view(self.case, "evidence"))
        self.screen.wanted.connect(self.carry_out)
        qtbot.addWidget(self.screen)
        self.screen.resize(width, 900)
        with qtbot.waitActive(self.screen):
            self.screen.show()
            self.screen.activateWindow()

    def carry_out(self, request: Request) -> None:
        self.asked.append(request)
        kept = self.case.evidence
        if isinstance(request, ChangeEvidence):
            kept = tuple(request.fact if one.id == request.fact.id else one for one in kept)
        elif isinstance(request, RemoveEvidence):
            kept = tuple(one for one in kept if one.id != request.fact.id)
        elif isinstance(request, RestoreEvidence):
            kept = (*kept[: request.place], request.fact, *kept[request.place :])
        elif isinstance(request, GiveReason):
            self.case = replace(self.case, reasons={**self.case.reasons, request.requirement: request.text})
        else:
            return
        self.keep(*kept)

    def keep(self, *evidence: EvidenceFact) -> None:
        self.case = replace(self.case, evidence=evidence)
        self.screen.refresh(view(self.case, "evidence"))

    def press(self, name: str) -> None:
        named(self.screen, name, QAbstractButton).click()
        QApplication.processEvents()

    def last(self, kind: type[Request]) -> Any:
        return next(one for one in reversed(self.asked) if isinstance(one, kind))


def a_page(width: int, height: int) -> bytes:
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    return as_png(picture)
