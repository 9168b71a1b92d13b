"""What goes into a pack: everything decided, in words, before anything is laid out."""

from dataclasses import dataclass, field
from datetime import date, datetime

from wizard.profile import Domain
from wizard.summary import Section


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the cover or of the one-page summary.

    Attributes:
        page: id of the forms page that the line comes from, to link to; empty for none.
    """

    label: str
    text: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """A requirement of the council's policy as judged.

    Attributes:
        id: row of the policy catalogue, such as ``E16``.
        level: ``must``, ``should`` or ``inform``.
        state: ``met``, ``reason given``, ``open`` or ``not needed``.
        source: where the policy says it, such as ``Essex policy, section 2``.
        reason: the school's own words for going on without it; empty for none.
        page: id of the forms page where it is answered; empty for none.
        evidence: numbers of the evidence documents that answer it.
    """

    id: str
    title: str
    level: str
    state: str
    source: str
    reason: str = ""
    page: str = ""
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One document behind its divider.

    Attributes:
        number: 1, 2, 3 in the order of the pack.
        title: what the school calls it.
        pdf: the cleaned document, as evidence intake wrote it; empty when it cannot be shown.
        outcome: ``included``, ``cleaned``, ``pictures``, ``attached`` or ``refused``.
        sha256: hex digest of the original file.
        answers: titles of the requirements that it answers.
        notices: sentences about what was changed.
        turns: degrees clockwise by which each page of ``pdf`` is turned, 0, 90, 180 or 270; empty where none is.
        omit: page numbers of ``pdf``, from 1, that are left out.
        order: page numbers of ``pdf``, from 1, in the order in which they come; those not named follow.
        within: the message or archive in which it came, in words; empty where it came by itself.
        file: name of the original, as it was offered.
        kind_id: id of its kind, such as ``pdf``.
        why: why it was refused; empty otherwise.
        original: the original, byte for byte, where it travels in the pack as a file; empty where not.
        travels_as: name of that file.
    """

    number: int
    title: str
    kind: str
    pages: int
    pdf: bytes
    outcome: str
    sha256: str
    dated: date | None = None
    answers: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    turns: tuple[int, ...] = ()
    omit: tuple[int, ...] = ()
    order: tuple[int, ...] = ()
    within: str = ""
    file: str = ""
    kind_id: str = ""
    why: str = ""
    original: bytes = field(default=b"", repr=False)
    travels_as: str = ""


@dataclass(frozen=True, slots=True)
class SignatureItem:
    """Who signed what, how and when.

    Attributes:
        method: ``drawn``, ``typed`` or ``on paper``.
        statement: the exact words agreed to.
        picture: PNG of a drawn signature; empty for the others.
        digest: short digest of the answers that were signed.
    """

    name: str
    role: str
    method: str
    when: datetime
    statement: str
    picture: bytes = b""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class RegisterWeek:
    """A week of the register: five days of two marks each, ``""`` where there is none."""

    monday: date
    days: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PackContent:
    """A whole pack, before it is laid out.

    Attributes:
        title: what the pack is, such as ``Medical needs referral``.
        council: who it is for, such as ``Essex County Council, Education Access``.
        pupil_name: as it is printed on the cover.
        pupil_line: born, age, year, UPN in one line.
        cover: the facts of the cover (school, asks for, why, missed, contacts).
        brief: the one-page summary as (heading, paragraph or bullet texts).
        sealed: leaves a place for the electronic seal, and says so; a draft never has one.
        brief_pages: for each part of ``brief``, id of the forms page that holds the whole of it, or empty.
        sections: the answers as they will be sent, the object that the review page shows.
        register_weeks: the register to be drawn in the attendance section; empty for none.
        register_page: id of the forms page under which the register is drawn.
        profile: the balance of risks and strengths to be drawn; empty for none.
        profile_page: id of the forms page under which it is drawn.
        code_meanings: register code to its meaning, for the codes that occur.
        integrity: sentences on how to check the pack and what the seal means.
        draft: watermarked, and said on every page.
    """

    reference: str
    created: datetime
    title: str
    council: str
    pupil_name: str
    pupil_line: str
    cover: tuple[Fact, ...]
    brief: tuple[tuple[str, tuple[str, ...]], ...]
    checklist: tuple[ChecklistItem, ...]
    sections: tuple[Section, ...]
    evidence: tuple[EvidenceItem, ...]
    signatures: tuple[SignatureItem, ...]
    integrity: tuple[str, ...]
    register_weeks: tuple[RegisterWeek, ...] = ()
    register_page: str = ""
    code_meanings: tuple[tuple[str, str], ...] = ()
    profile: tuple[Domain, ...] = ()
    profile_page: str = ""
    draft: bool = False
    sealed: bool = True
    brief_pages: tuple[str, ...] = ()
