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
    """

    id: str
    rows: tuple[str, ...] = ()
    title: str
    level: Level
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
    """A thing worth knowing at a page, in our words, with the paragraph."""

    id: str
    page: str
    text: str
    source: str
    link: str = ""
    when: tuple[str, ...] = ()


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

    def source(self, paragraph: str) -> str:
        """A source as it is printed: ``Essex policy, section 9``."""
        return f"{self.policy}, {paragraph}"
