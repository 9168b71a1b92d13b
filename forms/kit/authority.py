"""The shape of a council's file: who it is, what its policy asks, and what we say about it.

Shape only: ``wizard.councils`` reads a file, and ``wizard.validation`` knows what its conditions and checks mean.
"""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from forms.kit.own import OwnPage
from forms.kit.row import Row as _Row


class _Case(_Row):
    """Something that answers a row of the policy catalogue.

    Attributes:
        id: the row (E16), or a name of its own (E17n) for a further case of those in ``rows``.
        rows: further rows of the catalogue that this one also answers.
    """

    id: str
    rows: tuple[str, ...] = ()


class Level(StrEnum):
    """How much hangs on a requirement.

    A must that is open stops the final pack, a should is named in it, an inform is shown.
    """

    MUST = "must"
    SHOULD = "should"
    INFORM = "inform"


class Verb(StrEnum):
    """What the program does about a row of the policy catalogue.

    Ask a question; check an answer and tell how it stands; warn, and name it in the pack; block a step while it is
    open; generate a document; schedule a date or a task; inform at the right place; set an address or a figure that a
    council may change; route the referral; declare something by ticking or signing; count a figure from the answers.
    """

    ASK = "ask"
    CHECK = "check"
    WARN = "warn"
    BLOCK = "block"
    GENERATE = "generate"
    SCHEDULE = "schedule"
    INFORM = "inform"
    SET = "set"
    ROUTE = "route"
    DECLARE = "declare"
    COUNT = "count"


class Recipient(_Row):
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


class Limits(_Row):
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


class CheckCall(_Row):
    """A named check (``wizard.validation.checks``) with what it looks at; ``days`` is for checks of dates."""

    name: str
    page: str = ""
    fields: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    at_least: int = 1
    days: int = 0


class Stage(StrEnum):
    """What a requirement holds back while it is an open must."""

    PACK = "pack"
    RECEIPT = "receipt"
    PARTNERSHIP = "partnership"
    START = "start"


class Requirement(_Case):
    """Something that the policy asks of a referral.

    Attributes:
        must_when: conditions under all of which the level rises to must.
        when: conditions under all of which it applies; none means always.
        satisfied_by: any one of these checks is enough.
        override: a written reason, printed in the pack, may stand in its place.
        source: where the policy says so (``section 2``).
        page: where it is put right.
        todo: what to do about it, as an instruction.
        evidence: what to attach for it, on the evidence page; empty when no document answers it.
        stage: what it holds back: the final pack, or a later step of the referral.
    """

    title: str
    level: Level
    stage: Stage = Stage.PACK
    must_when: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    satisfied_by: tuple[CheckCall, ...] = Field(min_length=1)
    override: bool = False
    source: str
    page: str
    todo: str
    evidence: str = ""


class Outcome(StrEnum):
    """What the route page says."""

    GO_ON = "go on"
    WARN = "go on, with care"
    STOP = "stop"


class Route(_Case):
    """An outcome that the answers of the route page lead to."""

    when: tuple[str, ...]
    outcome: Outcome
    text: str
    source: str


class Guidance(_Row):
    """A thing worth knowing at a page, in our words, with the paragraph.

    Attributes:
        party: whose part it is, where a page speaks of several (``School``, ``Parents``).
        about: heading under which a page with much to say puts it; else it stands under its party.
    """

    id: str
    page: str
    text: str
    source: str
    link: str = ""
    party: str = ""
    about: str = ""
    when: tuple[str, ...] = ()


class Asked(_Row):
    """A question that a row of the policy asks for: where it is put.

    Attributes:
        id: row of the policy catalogue (E4).
        fields: fields of the page; none means the page as a whole.
        does: what the page does for the row: besides asking it may be printed as the document that the row speaks of
            (generate), work out figures (count), doubt an answer (check) or have something declared.
    """

    id: str
    page: str
    fields: tuple[str, ...] = ()
    does: tuple[Verb, ...] = (Verb.ASK,)
    source: str


class DocumentKind(StrEnum):
    """What becomes of a document that the program writes."""

    LETTER = "letter"
    SECTION = "section"


class Sender(StrEnum):
    """Who signs a letter."""

    SCHOOL = "school"
    PARENTS = "parents"


class Document(_Case):
    """A document that the program writes from the answers.

    Attributes:
        kind: a letter is saved by itself, before the referral goes; a section is printed in the pack.
        when: conditions under all of which it is offered.
        page: the page that offers it.
        sender: who signs a letter.
        to: the addressee of a letter, a line each; names in braces are filled in, like those of ``body``.
        body: paragraphs; ``{page.field}`` is an answer; ``wizard.letters.WORDS`` holds the other names.
        content: instead of a body: the name of a section that is drawn up by the program.
    """

    title: str
    kind: DocumentKind
    when: tuple[str, ...] = ()
    page: str
    sender: Sender = Sender.SCHOOL
    to: str = ""
    body: tuple[str, ...] = ()
    content: str = ""
    source: str


class Weekday(StrEnum):
    """A day on which something takes place every week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"

    @property
    def number(self) -> int:
        """As ``date.weekday`` counts: Monday is 0."""
        return list(Weekday).index(self)


class DueDate(_Case):
    """A date that follows from another (E41, E66).

    Attributes:
        after: where it counts from: ``page.field``; ``sent``, the day on which the pack went; or ``today``.
        days: calendar days after it.
        school_days: school days after it, counted in the school's own calendar.
        weekday: instead: the first such day after it, on which something takes place every week.
        on_holiday: what to do where that is a bank holiday.
        every_school_days: it comes round again after so many school days while it is not done; 0 for never.
        seen_to: ``page.field`` with the day on which somebody last saw to it; the next round counts from then.
        done_by: what ends it: ``page.field`` that is answered, or a requirement that is met; empty where nothing does.
        earliest: it is the first possible day, not the last.
        page: where it is shown.
        todo: what to do, as an instruction.
    """

    title: str
    after: str
    days: int = 0
    school_days: int = 0
    weekday: Weekday | None = None
    on_holiday: str = ""
    every_school_days: int = 0
    seen_to: str = ""
    done_by: str = ""
    earliest: bool = False
    when: tuple[str, ...] = ()
    page: str
    todo: str
    source: str


class Contact(_Case):
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


class CatalogueRow(_Row):
    """A row of the policy catalogue: what the program does about it.

    Attributes:
        verbs: everything that is done, sooner or later.
        later: those of the verbs whose documents, dates and questions are still to come, because they belong to the
            time after the council's decision.
    """

    id: str
    verbs: tuple[Verb, ...] = Field(min_length=1)
    later: tuple[Verb, ...] = ()
    source: str


class Signer(_Row):
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


class AuthorityProfile(_Row):
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
