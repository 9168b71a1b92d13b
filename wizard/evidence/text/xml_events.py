"""XML from outside, told start by start and end by end; document types and entities are refused. In the child."""

from collections.abc import Mapping
from typing import Final, Protocol
from xml.parsers import expat

from wizard.errors import EvidenceRefused
from wizard.evidence.document import Damaged

DEEPEST: Final = 400
MOST: Final = 4_000_000

AGAIN: Final = "Open it in the program that made it, save it as a PDF, and add that."


class Listener(Protocol):
    """What is told of an XML file; names are without their namespaces."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element starts."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, words: str) -> None:
        """Some of the text of the innermost element."""


def tell(data: bytes, listener: Listener) -> None:
    """Read a file from start to end.

    Raises:
        EvidenceRefused: it is no whole XML file, declares a document type, or is too deep or too large.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    limits = _Limits(listener)
    parser.StartElementHandler = limits.start
    parser.EndElementHandler = limits.end
    parser.CharacterDataHandler = listener.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):  # the last two of encodings that nobody knows
        raise Damaged("The document is cut off or damaged.", AGAIN) from None


class _Limits:
    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._depth = self._count = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST or self._count > MOST:
            raise EvidenceRefused("The document is nested too deeply, or has too many parts.", AGAIN)
        self._listener.start(name.rpartition(" ")[2], {key.rpartition(" ")[2]: attributes[key] for key in attributes})

    def end(self, name: str) -> None:
        self._depth -= 1
        self._listener.end(name.rpartition(" ")[2])


def _refuse(*_declared: object) -> None:
    raise EvidenceRefused("The document declares entities, which none needs.", AGAIN)
