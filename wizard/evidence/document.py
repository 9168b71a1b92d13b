"""What evidence intake says of a file: the words that the program and its child process share."""

from dataclasses import dataclass, field
from enum import StrEnum

LONGEST = 500
"""Pages that one evidence file may have."""


class Outcome(StrEnum):
    """What became of a file that was offered as evidence."""

    INCLUDED = "included"
    CLEANED = "cleaned"
    PICTURES = "pictures"
    ATTACHED = "attached"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page: the size of its visible area in points before turning, degrees clockwise to turn it, any text on it."""

    width: float
    height: float
    rotation: int
    text: bool


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
        why: why it was refused and what to do; empty otherwise.
        pdf: the copy for the pack, free of scripts, links, attachments, forms and passwords; empty when refused.
        thumbnail: PNG of page 1, 200 pixels wide.
    """

    outcome: Outcome
    kind: str
    sha256: str = ""
    pages: int = 0
    page_facts: tuple[PageFacts, ...] = ()
    notices: tuple[str, ...] = ()
    why: str = ""
    pdf: bytes = field(default=b"", repr=False)
    thumbnail: bytes = field(default=b"", repr=False)
