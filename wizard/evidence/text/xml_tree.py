"""An XML file from outside as a plain tree. Runs in the child process.

Names are compared without namespace and case. Document types and entities are refused, whatever they declare: no
export needs one, and both expanding and external entities begin there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from wizard.evidence.text.decoding import decode
from wizard.evidence.text.xml_events import Bounds, tell

AGAIN: Final = "Ask whoever made the file to export it again."
EXPORT: Final = Bounds(
    deepest=60,
    most=3_000_000,  # a year group with all its marks has some hundred thousand
    beyond="The XML in the file is nested too deeply, or has too many parts.",
    declares="The file declares entities or a document type, which no school system does.",
    broken="The XML in the file is cut off or damaged.",
    again=AGAIN,
)
"""Of what a school system exports."""
_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*\?>")
_ENCODING: Final = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_ENCODINGS: Final = frozenset({"us-ascii", "iso-8859-1", "iso-8859-15", "latin-1", "windows-1252", "cp1252"})


@dataclass(slots=True)
class Node:
    """An element: its name as written, its text, and the elements in it."""

    name: str
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Its name to compare by."""
        return self.name.casefold()

    def all(self, *names: str) -> Iterator["Node"]:
        """The elements in it that have one of these names, in lower case."""
        return (child for child in self.children if child.key in names)

    def first(self, *names: str) -> "Node":
        """The first element in it of one of these names; an empty one where there is none."""
        return next(self.all(*names), Node(""))

    def value(self, *names: str) -> str:
        """The text of the first of these that has any, on one line."""
        return next((text for child in self.all(*names) if (text := " ".join(child.text.split()))), "")


def parse(data: bytes) -> tuple[Node, str]:
    """The root of a file, and what had to be understood on the way ("" for nothing).

    Raises:
        EvidenceRefused: it is no whole XML file, declares a document type, or is too deep or too large.
    """
    text, note = _decoded(data)
    builder = _Builder()
    tell(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"), builder, EXPORT, "utf-8")
    return builder.top.children[0], note


class _Builder:
    def __init__(self) -> None:
        self.top = Node("")
        self._open = [self.top]

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        node = Node(name)
        self._open[-1].children.append(node)
        self._open.append(node)

    def end(self, name: str) -> None:
        self._open.pop()

    def text(self, words: str) -> None:
        self._open[-1].text += words


def _decoded(data: bytes) -> tuple[str, str]:
    """The text by its declaration; what does not fit it is read as UTF-8, UTF-16 or Windows-1252."""
    named = _ENCODING.match(data[:300])
    declared = named[1].decode().casefold() if named else ""
    if declared in _ENCODINGS:
        return data.decode(declared, "replace"), ""
    text = decode(data)
    if declared in ("", "utf-8") and not data.startswith((b"\xff\xfe", b"\xfe\xff")) and not _is_utf8(data):
        return text, "The file is not written in the encoding that it names. Check names with accents."
    return text, ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
