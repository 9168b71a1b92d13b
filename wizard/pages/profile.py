"""The two papers on attendance difficulties: the register's word above them, and a picture of the profile below."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from forms.kit.page import Answers
from forms.risk_profile import RISKS, STRENGTHS, Factor, RiskProfile, pointed_out
from wizard.pages.profile_picture import ProfilePicture
from wizard.pages.question import QuestionScreen
from wizard.pages.screen import View
from wizard.pages.words import Words, column
from wizard.profile import domains, from_register

_KEY = "Tall and solid: strong. Low and hollow: some. It is no score, and it is there to be talked about."


class ProfileScreen(QuestionScreen):
    """Questions, with what the register says and what the profile comes to so far."""

    def __init__(self, view: View) -> None:
        self.register = Words(role="inset")
        self.balance = QWidget()
        self.drawing, self.pointed = ProfilePicture(), Words(role="inset")
        layout = column(self.balance, 8)
        for one in (Words("What weighs and what helps, in balance", role="label"), Words(_KEY, role="hint")):
            layout.addWidget(one)
        layout.addWidget(self.drawing)
        layout.addWidget(self.pointed)
        super().__init__(view)
        self._show()

    def above(self) -> Sequence[QWidget]:
        """What the register says."""
        return (self.register,)

    def below(self) -> Sequence[QWidget]:
        """What the profile comes to."""
        return (self.balance,)

    def show_follows(self) -> None:
        """What follows is told beneath the picture, while the answers are still being given."""
        self.follows.hide()

    def answered(self) -> None:
        """What is entered shows at once."""
        self._show()

    def refresh(self, view: View) -> None:
        """Show the referral as it stands now."""
        super().refresh(view)
        self._show()

    def _show(self) -> None:
        answers = self._answers()
        said = from_register(self.view.page, answers)
        self.register.say("\n".join(f"{label}: {text}" for label, text in said.items()))
        self.register.setVisible(bool(said))
        found = domains(answers) if self.view.page is RiskProfile else ()
        self.balance.setVisible(bool(found))
        self.drawing.show_domains(found)
        notes = pointed_out(_cards(answers, RISKS), _cards(answers, STRENGTHS)) if found else {}
        self.pointed.say("\n".join(f"{label}: {text}" for label, text in notes.items()))
        self.pointed.setVisible(bool(notes))

    def _answers(self) -> Answers:
        """The answers with what is on the page now."""
        facts = self.view.judgement.facts
        case = facts.case.with_page(self.view.page.id, self.fields.raw(), self.not_known())
        return case.view(facts.answers.context)


def _cards(answers: Answers, names: Sequence[str]) -> list[Factor]:
    return [card for name in names for card in answers.value(RiskProfile, name) or ()]
