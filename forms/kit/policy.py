"""What a council's policy asks of a referral and what we say about it, row by row; shape only."""

from enum import StrEnum

from pydantic import Field

from forms.kit.row import Citing, Row


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


class CheckCall(Row):
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


class Requirement(Citing):
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


class Route(Citing):
    """An outcome that the answers of the route page lead to."""

    when: tuple[str, ...]
    outcome: Outcome
    text: str
    source: str


class Guidance(Row):
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


class Asked(Row):
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


class CatalogueRow(Row):
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
