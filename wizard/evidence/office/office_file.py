"""What lies in an office file beside its text, told without opening it in earnest; in the child process."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from wizard.errors import EvidenceRefused
from wizard.evidence.document import Damaged
from wizard.evidence.office import elsewhere
from wizard.evidence.text.text_facts import many

UNPACKED: Final = 250 << 20
"""Bytes that the parts of an office file may have when they are unpacked."""

LARGEST_XML: Final = 60 << 20
MOST_PARTS: Final = 5_000
SAVE: Final = "Open it in the program that made it, save it as a PDF, and add that."
DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError, KeyError,
)  # fmt: skip
_PIECE: Final = 1 << 20
_MACROS: Final = re.compile(r"vbaProject\.bin$|^Basic/.*/|^Scripts/.+/", re.IGNORECASE)
_PROGRAM: Final = re.compile(
    rb"vbaProject\.bin|Basic/script-lc\.xml|MZ\x90\0\x03\0\0\0|" + re.escape("_VBA_PROJECT".encode("utf-16-le"))
)
"""Stands in a file inside it that is a program, or a document with macros."""

_COMMENTS: Final = re.compile(r"^(word|xl)/(comments|threadedComments)|^ppt/comments/", re.IGNORECASE)
_EMBEDDED: Final = re.compile(r"^(word|xl|ppt)/embeddings/.|^Object [^/]+/content\.xml$", re.IGNORECASE)
_DRAWN: Final = re.compile(r"^(word|xl|ppt)/(charts/chart|diagrams/data)|^xl/(media|drawings)/[^/]+\.", re.IGNORECASE)
_BODY: Final = re.compile(r"^(word/document\d*|content)\.xml$", re.IGNORECASE)
_CHANGED: Final = re.compile(rb"<w:(ins|del|moveFrom|moveTo)[ >]|<text:tracked-changes")
_OF_OPEN_DOCUMENT: Final = re.compile(r"(^|/)(content|styles)\.xml$", re.IGNORECASE)
_NOTED: Final = re.compile(rb"<office:annotation[ >]")
_LINKED: Final = re.compile(
    rb"/(image|oleObject|attachedTemplate|frame|video|audio|externalLinkPath)\"[^>]*TargetMode=\"External\""
    rb"|TargetMode=\"External\"[^>]*/(image|oleObject|attachedTemplate|frame|video|audio|externalLinkPath)\""
)
_TABLES: Final = ("xlsx", "ods", "xls")
"""Kinds that no other program converts."""

_RTF: Final = (
    ("embedded", re.compile(rb"\\objdata|\\objemb")),
    ("changed", re.compile(rb"\\(?:revised|deleted)\b")),
    ("comments", re.compile(rb"\\annotation\b")),
    ("linked", re.compile(rb"\\objautlink|INCLUDEPICTURE|\\\*\\template\b")),
)


@dataclass(frozen=True, slots=True)
class Inside:
    """What an office file holds beside its text.

    Attributes:
        changed: it has tracked changes.
        embedded: files in it; charts that are tables of their own among them.
        drawn: it has charts, diagrams or, if a spreadsheet, pictures.
        linked: it refers to pictures or files elsewhere.
        fetched: LibreOffice would fetch what it refers to.
    """

    macros: bool = False
    comments: bool = False
    changed: bool = False
    embedded: int = 0
    drawn: bool = False
    linked: bool = False
    fetched: bool = False

    @property
    def along(self) -> bool:
        """Whether the original may travel: nothing in it can do harm, or tells what its pages do not show."""
        return not (self.macros or self.comments or self.changed)

    def notices(self, *, kept: bool) -> Iterator[str]:
        """What people should know; ``kept`` when the original would travel if it may."""
        if self.embedded:
            yield f"{many(self.embedded, 'file inside it is', 'files inside it are')} not shown."
        if self.linked or self.fetched:
            yield "It refers to pictures or files elsewhere. They were not fetched."
        if not kept:
            yield from (sentence for there, sentence in self._left_out() if there)
            return
        reasons = [
            name
            for name, there in (
                ("macros", self.macros),
                ("comments", self.comments),
                ("tracked changes", self.changed),
            )
            if there
        ]
        if reasons:
            listed = " and ".join(filter(None, (", ".join(reasons[:-1]), reasons[-1])))
            yield f"It holds {listed}, so the original is not sent along."

    def _left_out(self) -> Iterator[tuple[bool, str]]:
        yield self.macros, "Macros in it were left out."
        yield self.comments, "Comments in its margins are not shown."
        yield self.changed, "It has tracked changes: words that were taken out may still be seen, struck through."


def look(data: bytes, kind: str) -> Inside:
    """Look into an office file of a kind.

    Raises:
        EvidenceRefused: it is damaged, or far too large when it is unpacked.
    """
    if data.startswith(b"PK"):
        return _in_archive(data, kind)
    if kind == "rtf":
        found: dict[str, int] = {name: len(pattern.findall(data)) for name, pattern in _RTF}
        return Inside(
            comments=bool(found["comments"]),
            changed=bool(found["changed"]),
            embedded=found["embedded"],
            linked=bool(found["linked"]),
            fetched=elsewhere.instructed(data),
        )
    if kind == "doc" and _is_locked(data):
        raise EvidenceRefused(
            "The Word document is protected by a password.",
            "Open it with its password, save it as a PDF, and add that.",
        )
    return Inside(
        macros="_VBA_PROJECT".encode("utf-16-le") in data,
        embedded=data.count("\x01Ole10Native".encode("utf-16-le")),
    )


def _is_locked(data: bytes) -> bool:
    """Whether the head of a Word 97 document says that what follows is encrypted ([MS-DOC] 2.5.2, fEncrypted)."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_FATAL) as ole:
            head = ole.openstream("WordDocument").read(12)
    except (*DAMAGED, TypeError, AttributeError, IndexError):
        return False
    return len(head) == 12 and bool(head[11] & 1)


def to_convert(data: bytes, kind: str) -> dict[str, Any] | None:
    """What the program is told of a document that it can have converted (see `convert.ToConvert`).

    None where things would be fetched from elsewhere: that document is read as if nothing could convert it.

    Raises:
        EvidenceRefused: it is damaged, or far too large when it is unpacked.
    """
    inside = look(data, kind)
    return None if inside.fetched else {"convert": kind, "notices": list(inside.notices(kept=False))}


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive, with what may go wrong in it as a refusal.

    Raises:
        Damaged: it is.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except DAMAGED:
        raise Damaged("The document is damaged.", "Open it yourself, save it again, and add that.") from None


def packed(archive: zipfile.ZipFile, instead: Mapping[str, bytes]) -> bytes:
    """The archive with other bytes for some of its parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name in dict.fromkeys(archive.namelist()):
            made.writestr(name, instead.get(name) or archive.read(name))
    return buffer.getvalue()


def _in_archive(data: bytes, kind: str) -> Inside:
    """Unpack every part once, to a limit."""
    found = {"macros": 0, "comments": 0, "changed": 0, "embedded": 0, "drawn": 0, "linked": 0, "fetched": 0}
    left = UNPACKED
    with opened(data) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS:
            raise EvidenceRefused("The document has too many parts.", SAVE)
        for part in parts:
            body = _BODY.match(part.filename) is not None
            words = _words(archive, part, left)
            left -= words.size
            found["changed"] += words.changed and body
            found["comments"] += words.noted and body
            found["macros"] += words.program
            found["linked"] += words.linked and part.filename.endswith(".rels")
            if kind not in _TABLES and _OF_OPEN_DOCUMENT.search(part.filename):
                found["fetched"] += elsewhere.named(archive.read(part))
            for name, pattern in _NAMED.items():
                found[name] += pattern.search(part.filename) is not None
    yes: Mapping[str, bool] = {name: bool(count) for name, count in found.items() if name != "embedded"}
    return Inside(embedded=found["embedded"], **yes)


_NAMED: Final = {"macros": _MACROS, "comments": _COMMENTS, "embedded": _EMBEDDED, "drawn": _DRAWN}


@dataclass(slots=True)
class _Words:
    size: int = 0
    changed: bool = False
    noted: bool = False
    linked: bool = False
    program: bool = False


def _words(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> _Words:
    """The size of a part and the tell-tale words in it; raises `EvidenceRefused` when it has more bytes than left."""
    said = _Words()
    markup = part.filename.endswith((".xml", ".rels"))
    most = min(left, LARGEST_XML) if markup else left
    with archive.open(part) as stream:
        tail = b""
        while piece := stream.read(_PIECE):
            said.size += len(piece)
            if said.size > most:
                raise EvidenceRefused("The document grows too large when it is opened.", SAVE)
            seen = tail + piece
            tail = piece[-400:]
            said.program = said.program or (not markup and _PROGRAM.search(seen) is not None)
            if markup:
                said.changed = said.changed or _CHANGED.search(seen) is not None
                said.noted = said.noted or _NOTED.search(seen) is not None
                said.linked = said.linked or _LINKED.search(seen) is not None
    return said
