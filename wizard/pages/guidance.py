"""The guidance panel: why we ask, with the policy's paragraph, and what is worth knowing at a page."""

from PySide6.QtWidgets import QWidget

from forms.kit.ask import questions
from wizard.pages.screen import View
from wizard.pages.words import Words, column, selectable
from wizard.summary import wording
from wizard.validation.requirements import guidance


class GuidancePanel(QWidget):
    """Opened on demand beside a page; links are shown as text and never opened."""

    def __init__(self, view: View) -> None:
        super().__init__()
        facts = view.judgement.facts
        layout = column(self, 16)
        layout.addWidget(Words("Guidance", role="heading"))
        for row in guidance(facts, view.page.id):
            source = facts.profile.source(row.source)
            layout.addWidget(_piece("", row.text, ". ".join(part for part in (source, row.link) if part)))
        for question in questions(view.page):
            if question.ask.why:
                label = wording(question.ask.label, facts.answers)
                layout.addWidget(_piece(label, wording(question.ask.why, facts.answers), ""))
        if layout.count() == 1:
            layout.addWidget(Words("There is nothing more to say about this page.", role="hint"))
        layout.addStretch(1)


def _piece(title: str, text: str, source: str) -> QWidget:
    piece = QWidget()
    layout = column(piece, 4)
    for words, role in ((title, "label"), (text, ""), (source, "hint")):
        if words:
            layout.addWidget(selectable(Words(words, role=role)) if role != "label" else Words(words, role=role))
    return piece
