"""The shape of a council's file: who it is, what its policy asks, and what we say about it.

Shape only: ``wizard.councils`` reads a file, and ``wizard.validation`` knows what its conditions and checks mean.
"""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Level(StrEnum):
    """How much hangs on a requirement.

    A must that is open stops the final pack, a should is named in it, an inform is shown.
    """

    MUST = "must"
    SHOULD = "should"
    INFORM = "inform"


class Recipient(_Row):
    """Where the pack goes, and when somebody last made sure of it."""

    name: str
    email: str
    officer: str = ""
    officer_role: str = ""
    telephone: str = ""
    checked: date
    max_mb: int = 20


class CheckCall(_Row):
    """A named check (``wizard.validation.checks``) with what it looks at."""

    name: str
    page: str = ""
    fields: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    at_least: int = 1


class Stage(StrEnum):
    """What a requirement holds back while it is an open must."""

    PACK = "pack"
    RECEIPT = "receipt"
    PARTNERSHIP = "partnership"
    START = "start"


class Requirement(_Row):
    """Something that the policy asks of a referral.

    Attributes:
        id: row of the policy catalogue (E16).
        rows: further rows of the catalogue that this one also answers.
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

    id: str
    rows: tuple[str, ...] = ()
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


class Route(_Row):
    """An outcome that the answers of the route page lead to."""

    id: str
    when: tuple[str, ...]
    outcome: Outcome
    text: str
    source: str


class Guidance(_Row):
    """A thing worth knowing at a page, in our words, with the paragraph.

    Attributes:
        party: whose part it is, where a page speaks of several (``School``, ``Parents``).
    """

    id: str
    page: str
    text: str
    source: str
    link: str = ""
    party: str = ""
    when: tuple[str, ...] = ()


class Asked(_Row):
    """A question that a row of the policy asks for: where it is put.

    Attributes:
        id: row of the policy catalogue (E4).
        fields: fields of the page; none means the page as a whole.
    """

    id: str
    page: str
    fields: tuple[str, ...] = ()
    source: str


class DocumentKind(StrEnum):
    """What becomes of a document that the program writes."""

    LETTER = "letter"
    SECTION = "section"


class Document(_Row):
    """A document that the program writes from the answers.

    Attributes:
        id: row of the policy catalogue (E32).
        kind: a letter is saved by itself, before the referral goes; a section is printed in the pack.
        when: conditions under all of which it is offered.
        page: the page that offers it.
        to: the addressee of a letter; names in braces are filled in from the answers, like those of ``body``.
        body: paragraphs; ``{page.field}`` is an answer, ``{pupil}`` the pupil's first name.
        content: instead of a body: the name of a section that is drawn up by the program.
    """

    id: str
    rows: tuple[str, ...] = ()
    title: str
    kind: DocumentKind
    when: tuple[str, ...] = ()
    page: str
    to: str = ""
    body: tuple[str, ...] = ()
    content: str = ""
    source: str


class DueDate(_Row):
    """A date that follows from another (E41, E66).

    Attributes:
        after: where it counts from: ``page.field``, or an event of the diary (``sent``).
        days: calendar days after it.
        school_days: school days after it, counted in the school's own calendar.
        every_school_days: it comes round again after so many school days while it is not done; 0 for never.
        done_by: ``page.field`` whose answer ends it; empty where nothing does.
        page: where it is shown.
        todo: what to do, as an instruction.
    """

    id: str
    title: str
    after: str
    days: int = 0
    school_days: int = 0
    every_school_days: int = 0
    done_by: str = ""
    when: tuple[str, ...] = ()
    page: str
    todo: str
    source: str


class Contact(_Row):
    """A body, address or link that the policy names; it ages, so it says when it was last looked at."""

    id: str
    name: str
    details: str = ""
    link: str = ""
    checked: date
    source: str


class CatalogueRow(_Row):
    """A row of the policy catalogue: what the program does about it.

    Attributes:
        verbs: what is done (ask, check, warn, block, generate, schedule, inform).
        later: it belongs after the council's decision; its documents and dates are still to come.
    """

    id: str
    verbs: tuple[str, ...]
    source: str
    later: bool = False


class Signer(_Row):
    """Who signs, and under what words.

    Attributes:
        role: key of the role (``senco``).
        title: as printed (``SENCO``).
        statement: the exact words agreed to.
        when: conditions under all of which the signature is wanted.
        order: lower signs first.
        optional: welcome, and not waited for.
    """

    role: str
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
        threshold_days: school days missed from which the policy speaks of a referral; 0 for none.
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
    asks: tuple[str, ...] = ()
    recipient: Recipient
    requirements: tuple[Requirement, ...] = ()
    routes: tuple[Route, ...] = ()
    guidance: tuple[Guidance, ...] = ()
    signers: tuple[Signer, ...] = ()
    asked: tuple[Asked, ...] = ()
    documents: tuple[Document, ...] = ()
    dates: tuple[DueDate, ...] = ()
    contacts: tuple[Contact, ...] = ()
    rows: tuple[CatalogueRow, ...] = ()

    def source(self, paragraph: str) -> str:
        """A source as it is printed: ``Essex policy, section 9``."""
        return f"{self.policy}, {paragraph}"
