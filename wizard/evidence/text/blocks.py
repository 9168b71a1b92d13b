"""What a text document says, piece by piece, before it is laid out on pages; in the child process."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """Text of one kind; newlines end lines."""

    text: str
    bold: bool = False
    slanted: bool = False
    struck: bool = False


Prose = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 is the highest, 3 the lowest that looks different."""

    words: Prose
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or, with a ``marker`` such as “•” or “3.”, an item of a list.

    Attributes:
        depth: how far it stands in: lists in lists, quotations.
        quiet: it is small and grey: heads and feet of pages, captions.
    """

    words: Prose
    depth: int = 0
    marker: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Lines whose ends and leading spaces matter; longer ones than a page is wide are wrapped."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, all as long as the longest; the first ``heads`` rows are repeated on every page."""

    rows: tuple[tuple[Prose, ...], ...]
    heads: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it came, still unread; ``width`` in points where it is known."""

    data: bytes = field(repr=False)
    width: float | None = None
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


Block = Heading | Paragraph | Preformatted | Table | Picture | Rule | PageBreak


def prose(text: str, *, bold: bool = False) -> Prose:
    """Text of one kind."""
    return (Words(text, bold=bold),)


def said(words: Prose) -> str:
    """What the words say."""
    return "".join(piece.text for piece in words)
