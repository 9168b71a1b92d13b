"""The guidance panel: why we ask, with the policy's paragraph, and what is worth knowing at a page."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from forms.kit.ask import questions
from forms.kit.authority import AuthorityProfile, Contact
from forms.kit.dates import long_day
from forms.kit.page import Page
from forms.kit.policy import Guidance
from wizard.councils.ages import Looked
from wizard.pages.screen import View
from wizard.pages.words import Link, Words, column, selectable
from wizard.summary import wording
from wizard.validation.facts import Facts
from wizard.validation.requirements import guidance, guidance_groups

MANY = 8
"""Texts at a page from which its headings are closed, and opened one at a time."""


SINCE: Final = {
    Looked.LATELY: ".",
    Looked.LONG_AGO: ". That is more than a year ago: make sure before you rely on it.",
    Looked.TO_COME: ", says the council’s file, and that is still to come: make sure before you rely on it.",
}
"""What a school is told of a contact that somebody looked at on a day."""


class GuidancePanel(QWidget):
    """Opened on demand beside a page; links are shown as text and never opened."""

    def __init__(self, view: View) -> None:
        super().__init__()
        facts = view.judgement.facts
        layout = column(self, 16)
        layout.addWidget(Words("Guidance", role="heading"))
        rows = guidance(facts, view.page.id)
        groups = dict(guidance_groups(rows))
        for row in groups.pop("", ()):
            layout.addWidget(_told(row, facts.profile.source(row.source)))
        for question in questions(view.page):
            paragraphs = asked_by(facts.profile, view.page, question.name)
            reason = facts.profile.why.get(f"{view.page.id}.{question.name}", question.ask.why)
            if reason or paragraphs:
                label, why = (wording(text, facts.answers) for text in (question.ask.label, reason))
                layout.addWidget(_piece(why, title=label, source=paragraphs))
        if groups:
            layout.addWidget(_headed(groups, facts.profile, folded=len(rows) >= MANY))
        contacts = [_contact(one, facts) for one in facts.profile.contacts if view.page.id in one.pages]
        if contacts:
            layout.addWidget(GuidanceGroup("Contacts and links", contacts, folded=len(rows) >= MANY))
        if layout.count() == 1:
            layout.addWidget(Words("There is nothing more to say about this page.", role="hint"))
        layout.addStretch(1)


def asked_by(profile: AuthorityProfile, page: type[Page], name: str) -> str:
    """The paragraphs of the council's policy that a question is asked for; empty where none names it."""
    found = (row.source for row in profile.asked if row.page == page.id and name in row.fields)
    return ", ".join(profile.source(paragraph) for paragraph in dict.fromkeys(found))


class GuidanceGroup(QWidget):
    """Texts under a heading, which opens and closes them where a page has much to say."""

    def __init__(self, title: str, pieces: Sequence[QWidget], folded: bool) -> None:
        super().__init__()
        self._title, self._count = title, len(pieces)
        layout = column(self, 8)
        self._inner = QWidget()
        inner = column(self._inner, 12)
        inner.setContentsMargins(0, 0, 0, 12)
        for piece in pieces:
            inner.addWidget(piece)
        self.link = Link(title, self.turn) if folded else None
        layout.addWidget(self.link or Words(title, role="label"))
        layout.addWidget(self._inner)
        self._inner.setVisible(not folded)
        self._tell()

    def turn(self) -> None:
        """Open the group, or close it."""
        self._inner.setVisible(self._inner.isHidden())
        self._tell()

    def _tell(self) -> None:
        if self.link is None:
            return
        closed = self._inner.isHidden()
        self.link.wrap_words(f"{'▸' if closed else '▾'} {self._title} ({self._count})")
        self.link.setAccessibleName(f"{self._title}, {self._count} texts, {'closed' if closed else 'open'}")


def _headed(groups: Mapping[str, Sequence[Guidance]], council: AuthorityProfile, folded: bool) -> QWidget:
    """The texts that stand under headings."""
    whole = QWidget()
    layout = column(whole, 0 if folded else 16)
    for title, group in groups.items():
        several = len({row.party for row in group}) > 1
        pieces = [_told(row, council.source(row.source), several) for row in group]
        layout.addWidget(GuidanceGroup(title, pieces, folded))
    return whole


def _told(row: Guidance, source: str, with_party: bool = False) -> QWidget:
    """A text with its paragraph; where several have a part under one heading, it says first whose this is."""
    bold = f"{row.party}:" if with_party and row.party else ""
    return _piece(row.text, bold=bold, source=". ".join(part for part in (source, row.link) if part))


def _contact(one: Contact, facts: Facts) -> QWidget:
    """Who or what it is, and when somebody last made sure of it."""
    checked = f"Last looked at on {long_day(one.checked)}{SINCE[Looked.on(one.checked, facts.today)]}"
    return _piece(one.details, title=one.name, source="\n".join(part for part in (one.link, checked) if part))


def _piece(text: str, title: str = "", bold: str = "", source: str = "") -> QWidget:
    piece = QWidget()
    layout = column(piece, 4)
    if title:
        layout.addWidget(Words(title, role="label"))
    if text:
        layout.addWidget(selectable(Words(text, bold=bold)))
    if source:
        layout.addWidget(selectable(Words(source, role="hint")))
    return piece
