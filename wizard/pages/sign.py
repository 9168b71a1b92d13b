"""Sign: who signs what, in order, who has not yet, and what a later change does."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Annotated

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QVBoxLayout, QWidget

from forms.kit.ask import Ask, Fields, questions
from forms.kit.authority import Signer
from forms.kit.dates import moment
from forms.kit.page import Context
from forms.kit.policy import Level
from forms.kit.types import PastDay
from wizard.case import Signature
from wizard.pages.check import ReasonBox
from wizard.pages.controls import reveal
from wizard.pages.dates import judged
from wizard.pages.fields import QuestionFields
from wizard.pages.look import px
from wizard.pages.screen import Sign, View, WithdrawSignature
from wizard.pages.signature_pad import SignaturePad
from wizard.pages.special import SpecialScreen, stacked
from wizard.pages.words import Box, Link, Radio, Words, button, column
from wizard.validation.requirements import Finding, Judgement, State, signers

METHODS = {
    "typed": "Type the name here",
    "drawn": "Draw the signature here, with mouse, finger or pen",
    "on paper": "It is signed on paper, and the school keeps the paper",
}
NAMES = {
    "senco": ("school", "senco"),
    "dsl": ("school", "dsl"),
    "slt": ("school", "slt_lead"),
    "head": ("school", "head"),
    "referrer": ("referrer", "name"),
}
"""Where the name of a signer stands in the answers."""


class OnPaper(Fields):
    """What is asked about a signature that is not given here."""

    day: Annotated[PastDay, Ask("When was it signed?", hint="As on the paper, such as 27 3 2026.")]


_DAY = questions(OnPaper)[0]


class SignScreen(SpecialScreen):
    """One box a signer, and the reason where one cannot sign."""

    def __init__(self, view: View) -> None:
        self.forms: dict[str, SigningForm] = {}
        super().__init__(view)

    def content(self) -> Sequence[QWidget]:
        """The warning, then every signer in order."""
        judgement = self.view.judgement
        case = judgement.facts.case
        valid = {signature.role: signature for signature in judgement.facts.valid_signatures()}
        void = {signature.role: signature for signature in case.signatures if signature.role not in valid}
        self.forms = {}
        parts: list[QWidget] = [*self._before(valid, void), self.working]
        waiting = [one for one in signers(judgement.facts) if one.role not in valid]
        for number, signer in enumerate(signers(judgement.facts), 1):
            if signer.role in valid:
                parts.append(self._signed(number, signer, valid[signer.role]))
            else:
                first = waiting[0].role == signer.role
                parts.append(self._unsigned(number, signer, void.get(signer.role), first))
        return [*parts, *self._without()]

    def refresh(self, view: View) -> None:
        """Go on with whoever signs next."""
        super().refresh(view)
        first = next(iter(self.forms.values()), None)
        if first is not None and first.isVisibleTo(self):
            reveal(first.name)

    def _before(self, valid: dict[str, Signature], void: dict[str, Signature]) -> list[QWidget]:
        parts: list[QWidget] = []
        musts = (point for point in self.view.judgement.points if point.level is Level.MUST)
        open_musts = sum(1 for point in musts if point.page not in ("sign", "send"))
        if open_musts:
            count = "One thing is" if open_musts == 1 else f"{open_musts} things are"
            words = Words(f"{count} still to do. It is better to sign when nothing has to change any more.")
            parts.append(Box("warning", words, Link("See what is to do", lambda: self.go_to.emit("check"))))
        if valid:
            text = "If an answer, a reason or a document is changed now, the signatures below no longer count."
            if self._excused():
                text += " Only the reason for going on without a signature, at the end of this page, may still change."
            parts.append(Box("warning", Words(text)))
        if void:
            text = "Something was changed after these were given, so they no longer count. Each is to be given again."
            names = [Words(f"{one.name}, {_when(one)}") for one in void.values()]
            parts.append(Box("stop", Words(text), *names))
        return parts

    def _without(self) -> Iterator[QWidget]:
        """A place for the reason where somebody who should sign cannot."""
        for finding in self._excused():
            row = finding.requirement
            title = self.say(row.title)
            words = Words(finding.reason or self.say(row.todo))
            box = ReasonBox(row.id, title, finding.reason, self.wanted.emit)
            hint = Words("This reason undoes no signature.", "hint")
            yield Box("inset", Words(title, "label"), words, hint, box)

    def _excused(self) -> list[Finding]:
        """What a reason for not signing is or may be given for."""
        rows = (one for one in self.view.judgement.findings if one.state in (State.OPEN, State.REASON))
        return [one for one in rows if one.requirement.page == "sign" and one.requirement.override]

    def _signed(self, number: int, signer: Signer, signature: Signature) -> QWidget:
        how = {"typed": "typed", "drawn": "drawn", "on paper": "on paper"}.get(signature.method, signature.method)
        words = Words(f"{signature.name}, {how}, {_when(signature)}", bold="Signed:")
        withdraw = Link(
            "Take this signature back",
            lambda: self.wanted.emit(WithdrawSignature(signer.role)),
            f"Take this signature back: {signer.title}",
        )
        title = Words(f"{number}  {signer.title}", "subheading")
        return stacked(title, Box("inset", Words(self.say(signature.statement))), Box("done", words), withdraw)

    def _unsigned(self, number: int, signer: Signer, before: Signature | None, first: bool) -> QWidget:
        judgement = self.view.judgement
        name = _known_name(judgement, signer.role, before)
        form = SigningForm(signer, name, judgement.facts.answers.context, self.wanted.emit)
        self.forms[signer.role] = form
        title = Words(f"{number}  {signer.title}", "subheading")
        statement = Box("inset", Words(self.say(signer.statement)))
        state = Words("Not signed yet", "tag")
        opener = button(f"Sign as {_lower(signer.title)}", lambda: _open(opener, form))
        holder = stacked(title, state, statement, form, opener, gap=8)
        layout = holder.layout()
        if layout is not None:
            layout.setAlignment(opener, Qt.AlignmentFlag.AlignLeft)
        form.setVisible(first)
        opener.setVisible(not first)
        return holder


class SigningForm(QWidget):
    """Name, way of signing, and the button that signs."""

    def __init__(self, signer: Signer, name: str, context: Context, wanted: Callable[[Sign], object]) -> None:
        super().__init__()
        self._signer, self._context, self._wanted = signer, context, wanted
        self._ways = [way for way in METHODS if way in context.authority.signing]
        layout = column(self, px(8))
        self.problem = Words(role="problem")
        self.problem.hide()
        self.name = QLineEdit(name)
        self.name.setMaximumWidth(px(420))
        self.name.setAccessibleName(f"Name: {signer.title}")
        layout.addWidget(self.problem)
        layout.addWidget(Words("Name", "label"))
        layout.addWidget(self.name)
        layout.addSpacing(px(8))
        self._group = QButtonGroup(self)
        self._ask_way(layout)
        layout.addSpacing(px(4))
        self.pad = SignaturePad()
        self._pad = stacked(self.pad, Link("Clear the drawing", self.pad.clear))
        layout.addWidget(self._pad)
        self.day = QuestionFields(OnPaper, {}, str)
        words = "Ask for the signature under the statement above, word for word, and keep the sheet."
        self._paper = stacked(Words(words, "hint"), self.day)
        layout.addWidget(self._paper)
        self.button = button(f"Sign as {_lower(signer.title)}", self._sign, name=f"Sign now: {signer.title}")
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._group.idToggled.connect(lambda *_: self._show_method())
        self._group.buttons()[0].setChecked(True)
        self._show_method()

    def _ask_way(self, layout: QVBoxLayout) -> None:
        layout.addWidget(Words("How is it signed?", "label"))
        if len(self._ways) < len(METHODS):
            layout.addWidget(Words("The council accepts no other way.", "hint"))
        for place, way in enumerate(self._ways):
            radio = Radio(METHODS[way])
            self._group.addButton(radio, place)
            layout.addWidget(radio)

    @property
    def method(self) -> str:
        """``typed``, ``drawn`` or ``on paper``."""
        return self._ways[self._group.checkedId()]

    def _show_method(self) -> None:
        self._pad.setVisible(self.method == "drawn")
        self._paper.setVisible(self.method == "on paper")

    def _sign(self) -> None:
        name = " ".join(self.name.text().split())
        if not name:
            self._refuse("Enter the name of the person who signs.", self.name)
        elif self.method == "drawn" and self.pad.empty:
            self._refuse("Draw the signature in the box, or choose another way.", self.pad)
        elif self.method == "on paper":
            self._sign_on_paper(name)
        else:
            picture = self.pad.png() if self.method == "drawn" else b""
            self._wanted(Sign(self._signer.role, name, self.method, picture))

    def _sign_on_paper(self, name: str) -> None:
        typed = self.day.raw().get("day") or {}
        day, problem = judged(_DAY, typed, self._context)
        if not day:
            self.day.show_problems([(("day",), problem or "Enter the date that stands under the signature.")])
            self.day.focus()
        else:
            self._wanted(Sign(self._signer.role, name, self.method, day=day))

    def _refuse(self, words: str, place: QWidget) -> None:
        self.problem.say(words)
        self.problem.show()
        place.setAccessibleDescription(words)
        reveal(place)


def _open(opener: QWidget, form: SigningForm) -> None:
    opener.hide()
    form.show()
    reveal(form.name)


def _known_name(judgement: Judgement, role: str, before: Signature | None) -> str:
    """The name that the answers or an earlier signature give for a role."""
    if before is not None:
        return before.name
    if role not in NAMES:
        return ""
    name = judgement.facts.value(*NAMES[role])
    return name if isinstance(name, str) else ""


def _when(signature: Signature) -> str:
    return moment(datetime.fromisoformat(signature.when))


def _lower(title: str) -> str:
    return title if title[:2].isupper() else title[0].lower() + title[1:]
