"""The shape of a council's file: who it is, what its policy asks, and what we say about it.

Shape only: ``wizard.councils`` reads a file, and ``wizard.validation`` knows what its conditions and checks mean.
"""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from forms.kit.own import OwnPage
from forms.kit.policy import Asked, CatalogueRow, Guidance, Requirement, Route
from forms.kit.row import Citing, Row
from forms.kit.written import Document, DueDate


class Recipient(Row):
    """Where the pack goes, and when somebody last made sure of it.

    Attributes:
        rows: rows of the policy catalogue that name it.
        email: the address for referrals; empty where the policy gives none, and then ``steps`` say what to do.
        steps: instructions, a sentence each, for sending it where there is no address.
    """

    rows: tuple[str, ...] = ()
    name: str
    email: str = ""
    steps: tuple[str, ...] = ()
    officer: str = ""
    officer_role: str = ""
    telephone: str = ""
    checked: date
    max_mb: int = 20

    @model_validator(mode="after")
    def _says_how(self) -> Self:
        if not self.email and not self.steps:
            msg = "a recipient has an e-mail address, or steps that say how to send without one"
            raise ValueError(msg)
        return self

    @property
    def where(self) -> str:
        """Name and address in a line; the name alone where there is no address."""
        return ", ".join(part for part in (self.name, self.email) if part)


class OtherRecipient(Recipient):
    """Where the pack goes instead while all the conditions of ``when`` hold.

    Attributes:
        pack_title: what the pack is then, if it is something else.
    """

    when: tuple[str, ...] = Field(min_length=1)
    pack_title: str = ""


class Limits(Row):
    """What the council takes at once, where its policy says so.

    Attributes:
        mb: megabytes of the message or upload; 0 for no limit.
        files: documents of evidence; 0 for no limit.
    """

    mb: int = Field(default=0, ge=0)
    files: int = Field(default=0, ge=0)
    checked: date
    source: str = ""


class SigningWay(StrEnum):
    """How a signature is given."""

    TYPED = "typed"
    DRAWN = "drawn"
    ON_PAPER = "on paper"


class Contact(Citing):
    """A body, address or link that the policy names; it ages, so it says when it was last looked at.

    Attributes:
        pages: where it is shown.
    """

    name: str
    details: str = ""
    link: str = ""
    pages: tuple[str, ...] = ()
    checked: date
    source: str


class Signer(Row):
    """Who signs, and under what words.

    Attributes:
        role: key of the role (``senco``).
        rows: rows of the policy catalogue that ask for the signature.
        title: as printed (``SENCO``).
        statement: the exact words agreed to.
        when: conditions under all of which the signature is wanted.
        order: lower signs first.
        optional: welcome, and not waited for.
    """

    role: str
    rows: tuple[str, ...] = ()
    title: str
    statement: str
    when: tuple[str, ...] = ()
    order: int = 1
    page: str = ""
    optional: bool = False


class AuthorityProfile(Row):
    """A council: its file, read.

    Attributes:
        id: short name, also the file's (``essex``).
        version: of the file, not of the policy.
        policy: the name by which sources are quoted (``Essex policy``).
        in_full: source of the demand that every question be answered.
        asks: names of question sets that only some councils ask (``lets_talk``).
        pages: questions that no other council asks.
        threshold_days: school days missed from which the policy speaks of a referral; 0 for none.
        full_time_hours: hours a week that the policy takes for full time; 0 where it names none.
        recipients: where a referral goes instead of to ``recipient``; the first whose conditions hold.
        limits: what the council takes at once; without it nothing but the size of an e-mail counts.
        signing: ways in which it accepts signatures; the others are not offered, and do not count.
        why: what a page says of why it asks, where that is otherwise than for other councils; by ``page.field``.
    """

    id: str
    name: str
    version: str
    policy: str
    policy_title: str
    pack_title: str
    in_full: str
    in_full_id: str
    threshold_days: int = 0
    full_time_hours: int = 0
    why: dict[str, str] = Field(default_factory=dict)
    asks: tuple[str, ...] = ()
    pages: tuple[OwnPage, ...] = ()
    recipient: Recipient
    recipients: tuple[OtherRecipient, ...] = ()
    limits: Limits | None = None
    signing: tuple[SigningWay, ...] = Field(default=tuple(SigningWay), min_length=1)
    requirements: tuple[Requirement, ...] = ()
    routes: tuple[Route, ...] = ()
    guidance: tuple[Guidance, ...] = ()
    signers: tuple[Signer, ...] = ()
    asked: tuple[Asked, ...] = ()
    documents: tuple[Document, ...] = ()
    dates: tuple[DueDate, ...] = ()
    contacts: tuple[Contact, ...] = ()
    rows: tuple[CatalogueRow, ...] = ()

    @property
    def largest_mb(self) -> int:
        """Megabytes that the council takes at once: by its policy, or else as mailboxes commonly do."""
        return (self.limits.mb if self.limits else 0) or self.recipient.max_mb

    def source(self, paragraph: str) -> str:
        """A source as it is printed: ``Essex policy, section 9``."""
        return f"{self.policy}, {paragraph}"
