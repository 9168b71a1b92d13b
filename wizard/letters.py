"""Letters that the program writes: a council's words with the answers in place. Pure text.

What is unknown or unanswered becomes a line to be filled in by hand.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from forms.kit.ask import Card, NotKnown, questions
from forms.kit.calendar import days_later
from forms.kit.dates import long_day
from forms.kit.written import Document, DocumentKind, Sender
from wizard.summary import first_name, printed
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, applies, recipient

BLANK: Final = "_" * 30
"""A line to be filled in by hand."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, ready to be set.

    Attributes:
        sender: lines at the head.
        to: lines of the addressee.
        subject: with initials and reference only.
        closing: lines under the signature.
    """

    title: str
    reference: str
    day: str
    sender: tuple[str, ...]
    to: tuple[str, ...]
    subject: str
    paragraphs: tuple[str, ...]
    closing: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole letter as plain text."""
        blocks = ["\n".join(lines) for lines in (self.sender, (self.day,), self.to)]
        blocks += [self.subject, *self.paragraphs]
        return "\n\n".join([*blocks, "\n".join(self.closing)]) + "\n"


def offered(judgement: Judgement, page: str = "") -> tuple[Document, ...]:
    """The letters that can be written for this referral; of one page, where one is named."""
    facts = judgement.facts
    return tuple(
        document
        for document in facts.profile.documents
        if document.kind is DocumentKind.LETTER
        and page in ("", document.page)
        and facts.answers.asks(facts.page(document.page))
        and applies(document.when, facts)
    )


def write(judgement: Judgement, document: Document) -> Letter:
    """A letter of this day."""
    facts = judgement.facts
    school = document.sender is Sender.SCHOOL
    name = fill("{school.name}", facts)
    sender = (name, fill("{school.phone}", facts), fill("{school.email}", facts)) if school else (BLANK, BLANK)
    closing = (fill("{school.senco}", facts), "SENCO", name) if school else (_parent(facts),)
    reference = facts.case.reference
    return Letter(
        title=document.title,
        reference=reference,
        day=long_day(facts.today),
        sender=sender,
        to=tuple(fill(document.to, facts).splitlines()),
        subject=", ".join(filter(None, (document.title, _initials(facts), reference and f"our reference {reference}"))),
        paragraphs=tuple(fill(paragraph, facts) for paragraph in document.body),
        closing=closing,
    )


def _parent(facts: Facts) -> str:
    """What the council calls a parent who signs; in common words where it asks for no such signature."""
    return next((signer.title for signer in facts.profile.signers if signer.role == "parent"), "Parent or carer")


def fill(text: str, facts: Facts) -> str:
    """A council's words with the answers in place; what there is no answer to is a blank line to write on."""
    return NAMES.sub(lambda match: _answer(match[1], facts) or BLANK, text)


NAMES: Final = re.compile(r"\{([^{}]*)\}")
"""A name in braces."""


def _answer(name: str, facts: Facts) -> str:
    if name in WORDS:
        return WORDS[name](facts)
    page, _, field = name.partition(".")
    if field:
        return _said(facts.value(page, field))
    days = re.fullmatch(r"today\+(\d{1,3})", name)
    return long_day(days_later(facts.today, int(days[1]))) if days else ""


def _said(value: object) -> str:
    """An answer in words; cards a line each; nothing where it is not known."""
    if value is None or isinstance(value, NotKnown):
        return ""
    if isinstance(value, tuple) and value and isinstance(value[0], Card):
        return "\n".join("•  " + _card(card) for card in value)
    return printed(value)


def _card(card: Card) -> str:
    """A card on one line: its first answer, and the others under the heads of their columns."""
    first, *others = questions(type(card))
    told = ((one.ask.short or one.ask.label, _said(getattr(card, one.name))) for one in others)
    return "; ".join(
        [_said(getattr(card, first.name)) or BLANK, *(f"{head}: {words}" for head, words in told if words)]
    )


def _initials(facts: Facts) -> str:
    names = (facts.value("pupil", name) for name in ("first_name", "surname"))
    return "".join(f"{name[0].upper()}." for name in names if isinstance(name, str) and name)


def _pupil(facts: Facts) -> str:
    name = first_name(facts.answers)
    return "" if name == "the pupil" else name


def _full_name(facts: Facts) -> str:
    names = (facts.value("pupil", name) for name in ("first_name", "surname"))
    return " ".join(name for name in names if isinstance(name, str))


def agreed(facts: Facts) -> bool:
    """Whether the parents agree that information is shared; as long as nobody said so, a letter claims nothing."""
    return facts.is_("consent", "sharing", "yes")


def unsettled(judgement: Judgement, document: Document) -> bool:
    """Whether a letter speaks of an agreement of the parents that was not given."""
    return any("{agreement}" in paragraph for paragraph in document.body) and not agreed(judgement.facts)


def _agreement(facts: Facts) -> str:
    if agreed(facts):
        return "The parents have agreed that we share this with you."
    return f"To be settled before this is sent: do the parents agree that we share this? {BLANK}"


WORDS: Final[Mapping[str, Callable[[Facts], str]]] = {
    "pupil": _pupil,
    "full_name": _full_name,
    "initials": _initials,
    "council": lambda facts: facts.profile.name,
    "recipient": lambda facts: recipient(facts).name,
    "email": lambda facts: recipient(facts).email,
    "reference": lambda facts: facts.case.reference,
    "agreement": _agreement,
}
"""Names in braces that are no answers: they stand beside ``page.field`` and ``today+21``."""
