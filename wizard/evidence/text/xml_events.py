"""XML from outside, told start by start and end by end; document types and entities are refused. In the child."""

from collections.abc import Mapping
from typing import Final, NamedTuple, Protocol
from xml.parsers import expat

from wizard.errors import EvidenceRefused
from wizard.evidence.document import Damaged


class Bounds(NamedTuple):
    """How much of an XML file is read, and what is said of one that cannot be.

    Attributes:
        deepest: elements within each other.
        most: elements.
        damaged: what is raised of one that is cut off or no XML.
        again: what to do in each of the cases.
    """

    deepest: int
    most: int
    beyond: str
    declares: str
    broken: str
    again: str
    damaged: type[EvidenceRefused] = EvidenceRefused


DOCUMENT: Final = Bounds(
    deepest=400,
    most=4_000_000,
    beyond="The document is nested too deeply, or has too many parts.",
    declares="The document declares entities, which none needs.",
    broken="The document is cut off or damaged.",
    again="Open it in the program that made it, save it as a PDF, and add that.",
    damaged=Damaged,
)
"""Of the parts of an office document."""


class Listener(Protocol):
    """What is told of an XML file; names are without their namespaces."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element starts; where two attributes have one name, both stand there with their namespaces, too."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, words: str) -> None:
        """Some of the text of the innermost element."""


def tell(data: bytes, listener: Listener, bounds: Bounds = DOCUMENT, encoding: str | None = None) -> None:
    """Read a file from start to end, in the encoding that it names unless another is known.

    Raises:
        EvidenceRefused: it is no whole XML file, declares a document type, or is too deep or too large.
    """
    parser = expat.ParserCreate(encoding, namespace_separator=" ")
    parser.buffer_text = True
    limits = _Limits(listener, bounds)
    parser.StartElementHandler = limits.start
    parser.EndElementHandler = limits.end
    parser.CharacterDataHandler = listener.text
    parser.StartDoctypeDeclHandler = limits.refuse
    parser.EntityDeclHandler = limits.refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):  # the last two of encodings that nobody knows
        raise bounds.damaged(bounds.broken, bounds.again) from None


class _Limits:
    def __init__(self, listener: Listener, bounds: Bounds) -> None:
        self._listener, self._bounds = listener, bounds
        self._depth = self._count = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > self._bounds.deepest or self._count > self._bounds.most:
            raise EvidenceRefused(self._bounds.beyond, self._bounds.again)
        told = {key.rpartition(" ")[2]: attributes[key] for key in attributes}
        if len(told) < len(attributes):
            told |= attributes
        self._listener.start(name.rpartition(" ")[2], told)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._listener.end(name.rpartition(" ")[2])

    def refuse(self, *_declared: object) -> None:
        raise EvidenceRefused(self._bounds.declares, self._bounds.again)
