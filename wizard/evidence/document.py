"""What evidence intake says of a file: the words that the program and its child process share."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from wizard.errors import EvidenceRefused
from wizard.evidence_fact import EvidenceFact, Mark, Treatment

LONGEST = 500
"""Pages that one evidence file may have."""

LONGEST_TEXT = 20_000
"""Letters that a machine may read on one page; four times those of a page that is printed closely."""

LONGEST_SIDE = 2_000_000
"""Points that a page may be wide or high: about 700 metres."""

MOST_PARTS = 200
"""Files that may come inside one."""


class Locked(EvidenceRefused):
    """A password, or another one, would open the file."""


class Damaged(EvidenceRefused):
    """The file is cut off or damaged; some of it may be there still."""


class Outcome(StrEnum):
    """What became of a file that was offered as evidence."""

    INCLUDED = "included"
    CLEANED = "cleaned"
    PICTURES = "pictures"
    ATTACHED = "attached"
    REFUSED = "refused"


class Shade(StrEnum):
    """What a page looks like from afar."""

    ORDINARY = ""
    BLANK = "blank"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page: the size of its visible area in points before turning, degrees clockwise to turn it, any text on it."""

    width: float
    height: float
    rotation: int
    text: bool
    shade: Shade = Shade.ORDINARY


@dataclass(frozen=True, slots=True)
class Part:
    """A file that came inside another, such as what is attached to a message; to be offered on its own."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader made of a file, in the child process.

    Attributes:
        pdf: its pages as a clean PDF; empty when they cannot be shown, and then the original is ``attached``.
        notices: sentences about what was noticed or changed; see `evidence_fact.FOR_SCHOOL`.
        pictures: the pages are pictures of what could not be taken as it is.
        with_original: the pages are not the whole truth, so the original travels beside them.
        parts: files that came inside it.
        pages: what is known of the pages; when empty, they are looked at.
        dated: its own date, ISO, where the file itself says it; empty otherwise.
    """

    pdf: bytes = field(repr=False)
    notices: tuple[str, ...] = ()
    pictures: bool = False
    with_original: bool = False
    parts: tuple[Part, ...] = ()
    pages: tuple[PageFacts, ...] = ()
    dated: str = ""

    def kept_back(self, back: bool) -> "Read":
        """The same; with ``back``, its original does not travel, whatever is not shown of it."""
        return replace(self, with_original=self.with_original and not back)

    @property
    def outcome(self) -> Outcome:
        """The one of the five that it is."""
        if not self.pdf:
            return Outcome.ATTACHED
        if self.pictures:
            return Outcome.PICTURES
        return Outcome.CLEANED if self.notices else Outcome.INCLUDED


Reader = Callable[[bytes, str, Treatment], Read]
"""Makes a clean PDF of a file of a kind (an id of `kinds.KINDS`); raises `EvidenceRefused`."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An evidence file made safe for the pack, or refused.

    Attributes:
        outcome: ``included`` as it looks, ``cleaned`` (something was taken out or mended, see ``notices``), its pages
            as ``pictures``, ``attached`` unseen, or ``refused`` (see ``why``).
        kind: id of `kinds.Kind`, such as ``pdf``.
        sha256: hex digest of the original; empty when it was too large to be read.
        pages: how many there are.
        page_facts: one for each page.
        notices: sentences about what was noticed or changed.
        why: why it was refused and what to do, divided by `evidence_fact.FOR_SCHOOL`; empty otherwise.
        locked: it was refused because it needs a password, or another one.
        with_original: the original travels in the pack as a file, beside the pages or in their place.
        dated: the date that its text names as its own, ISO; empty where there is none.
        marks: what its text says of persons.
        parts: files that came inside it, to be offered on their own.
        pdf: the copy for the pack, free of scripts, links, attachments, forms and passwords; empty when there is none.
        thumbnail: PNG of page 1, 200 pixels wide.
    """

    outcome: Outcome
    kind: str
    sha256: str = ""
    pages: int = 0
    page_facts: tuple[PageFacts, ...] = ()
    notices: tuple[str, ...] = ()
    why: str = ""
    locked: bool = False
    with_original: bool = False
    dated: str = ""
    marks: tuple[Mark, ...] = field(default=(), repr=False)
    parts: tuple[Part, ...] = ()
    pdf: bytes = field(default=b"", repr=False)
    thumbnail: bytes = field(default=b"", repr=False)

    def told_of(self, fact: EvidenceFact) -> EvidenceFact:
        """What a referral says of a document, with what was learnt when it was read."""
        return replace(
            fact,
            sha256=self.sha256,
            outcome=str(self.outcome),
            kind=self.kind,
            pages=self.pages,
            notices=self.notices,
            why=self.why,
            locked=self.locked,
            with_original=self.with_original,
            suggested=self.dated,
            marks=self.marks,
            by_machine=(),
            readings=(),
            silent=tuple(at for at, page in enumerate(self.page_facts, 1) if not page.text),
            blank=tuple(at for at, page in enumerate(self.page_facts, 1) if page.shade != Shade.ORDINARY),
        )
