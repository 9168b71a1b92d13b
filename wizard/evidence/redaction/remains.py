"""What is left of words in a PDF, beside the text that its pages show; in the child process.

Looked through are the drawings of pages as they are written, and every text and name in the document: metadata,
bookmarks, labels, descriptions. Names that every PDF has, and the names of typefaces, are no sign of anybody.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from wizard.evidence.pdf.clean import BROKEN
from wizard.sought_words import holds

_TOKEN: Final = re.compile(
    rb"%[^\r\n]*|<<|>>|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\))*+\)|<[0-9A-Fa-f\s]*+>"
    rb"|/[^\s()<>\[\]{}/%]*+|[\[\]]",
    re.DOTALL,
)
_ESCAPED: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES: Final = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\r\n": b"",
    b"\n": b"",
    b"\r": b"",
}
_A_SPACE: Final = -160
"""Thousandths of a letter's height by which letters drawn together are moved apart for a space."""

_LONG: Final = 6
"""Letters that a word must have to be looked for among bytes that are no text, where shorter ones come by chance."""

_NO_TEXT: Final = frozenset(("/Parent", "/Differences", "/ID"))
_OF_FONTS: Final = frozenset(
    ("/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode", "/CIDSet", "/CIDToGIDMap", "/CharSet", "/Encoding",
     "/BaseFont", "/FontName", "/FontFamily", "/CIDSystemInfo")
)  # fmt: skip
_VOCABULARY: Final = """
    Type Page Pages Catalog Root Info Parent Kids Count Resources Contents MediaBox CropBox Rotate Group UserUnit
    XObject Picture Subtype Image Form Width Height BitsPerComponent ColorSpace DeviceRGB DeviceGray DeviceCMYK Filter
    FlateDecode DCTDecode JPXDecode CCITTFaxDecode JBIG2Decode LZWDecode DecodeParms Predictor Colors Columns Length
    Font Encoding Differences Widths Flags Descent Ascent Matrix Pattern Shading Function Domain Range Bounds Encode
    Decode Size Name Names Title Lang Metadata Outlines First Last Next Prev Dest Border Rect Annot Link Widget Span
    Artifact Figure Table Caption Note Quote Code Index Part Sect Document Properties Mark Marked Black White Gray Cyan
    Magenta Yellow Red Green Blue All None Perceptual Saturation Normal Multiply Screen Print View Text Line Square
    Circle Stamp Ink Export Usage State Order Art
"""
_EVERYWHERE: Final = frozenset(_VOCABULARY.split())


@dataclass
class Remains:
    """Looks for words; what several pages share is looked through once."""

    words: Sequence[str]
    _known: dict[tuple[int, int], tuple[bool, bool]] = field(default_factory=dict)

    def of_page(self, page: pikepdf.Object) -> tuple[bool, bool]:
        """Whether a word is drawn on a page as it is written, and whether one hides in what belongs to the page."""
        own = [self._drawing(stream) for stream in _streams(page.get(Name.Contents))]
        own.append(self._of([value for key, value in page.items() if key not in {"/Contents", "/Parent"}]))
        return any(drawn for drawn, _ in own), any(hidden for _, hidden in own)

    def of_rest(self, values: Iterable[Any]) -> bool:
        """Whether a word stands in a part of a document that is not drawn, or in what hangs on it."""
        return any(self._of(list(values)))

    def _of(self, waiting: list[Any]) -> tuple[bool, bool]:
        drawn = hidden = False
        seen: set[tuple[int, int]] = set()
        while waiting:
            node = waiting.pop()
            if isinstance(node, (Array, Dictionary, Stream)) and node.is_indirect:
                if node.objgen in seen:
                    continue
                seen.add(node.objgen)
            if isinstance(node, Dictionary) and node.get(Name.Type) == Name.Page:
                continue  # has its own turn
            hidden = hidden or self._is_said(node)
            if isinstance(node, Stream):
                found = self._of_stream(node)
                drawn, hidden = drawn or found[0], hidden or found[1]
            waiting += _children(node)
        return drawn, hidden

    def _is_said(self, node: object) -> bool:
        if isinstance(node, pikepdf.String):
            return holds(self.words, _text(node))
        if isinstance(node, Name):
            return self._is_named(str(node))
        if isinstance(node, (Dictionary, Stream)):
            return any(self._is_named(key) for key in node.keys())  # noqa: SIM118 - no mapping
        return False

    def _is_named(self, name: str) -> bool:
        bare = name.removeprefix("/")
        return bare not in _EVERYWHERE and holds(self.words, bare.casefold())

    def _of_stream(self, stream: Stream) -> tuple[bool, bool]:
        if stream.objgen not in self._known:
            self._known[stream.objgen] = self._looked_through(stream)
        return self._known[stream.objgen]

    def _looked_through(self, stream: Stream) -> tuple[bool, bool]:
        if stream.get(Name.Subtype) == Name.Image or Name.N in stream or Name.FunctionType in stream:
            return False, self._among(_read(stream))
        if stream.get(Name.Subtype) == Name.Form or Name.PatternType in stream:
            return self._drawing(stream)
        data = _read(stream)
        texts = (data.decode(code, "replace") for code in ("utf-8", "cp1252", "utf-16-be", "utf-16-le"))
        drawn, hidden = self._drawing(stream)
        return drawn, hidden or any(holds(self.words, text) for text in texts)

    def _among(self, data: bytes) -> bool:
        long = [word for word in self.words if len(word) >= _LONG]
        lower = data.lower()
        return any(word.lower().encode(code) in lower for word in long for code in ("utf-8", "utf-16-be", "utf-16-le"))

    def _drawing(self, stream: Stream) -> tuple[bool, bool]:
        said = Written.of(_read(stream))
        drawn = any(holds(self.words, "".join(letters)) for letters in (said.single, said.double))
        return drawn, any(holds(self.words, one) for one in said.other)


def _read(stream: Stream) -> bytes:
    try:
        data: bytes = stream.read_bytes()
    except BROKEN:
        data = stream.read_raw_bytes()
    return data


def _streams(held: object) -> list[Stream]:
    streams = list(held) if isinstance(held, Array) else [held]
    return [stream for stream in streams if isinstance(stream, Stream)]


def _children(node: object) -> list[Any]:
    if isinstance(node, Array):
        return list(node)
    if isinstance(node, (Dictionary, Stream)):
        typeface = _NO_TEXT | _OF_FONTS if node.get(Name.Type) in (Name.Font, Name.FontDescriptor) else _NO_TEXT
        return [value for key, value in node.items() if key not in typeface]
    return []


def _text(node: pikepdf.String) -> str:
    try:
        return str(node)
    except UnicodeDecodeError:
        return bytes(node).decode("cp1252", "replace")


@dataclass
class Written:
    """What a drawing says: the texts that it shows, of letters of one byte and of two, and all else, a line each."""

    single: list[str] = field(default_factory=list)
    double: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, content: bytes) -> Self:
        """Read the tokens of a drawing."""
        said = cls()
        described = end = 0
        together = False
        for found in _TOKEN.finditer(content):
            token = found.group()
            first = token[:1]
            if token in {b"<<", b">>"}:
                described += 1 if token == b"<<" else -1
            elif first in b"(<":
                if not together or _number(content[end : found.start()]) < _A_SPACE:
                    said.single.append(" ")
                    said.double.append(" ")
                said._add_string(_string(token), shown=described <= 0)
            elif first in b"/%":
                said._add_name(token)
            else:
                together = first == b"["
                said.single.append(" ")
                said.double.append(" ")
            end = found.end()
        return said

    def _add_string(self, letters: bytes, *, shown: bool) -> None:
        single = letters.decode("cp1252", "replace")
        double = letters.decode("utf-16-be", "replace") if len(letters) % 2 == 0 else ""
        if shown:
            self.single.append(single)
            self.double.append(double)
        else:
            self.other += [single, letters.decode("utf-8", "replace"), double]

    def _add_name(self, token: bytes) -> None:
        plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes.fromhex(found[1].decode()), token[1:])
        name = plain.decode("utf-8", "replace")
        if name not in _EVERYWHERE:
            self.other.append(name.casefold())


def _number(token: bytes) -> float:
    try:
        return float(token)
    except ValueError:
        return 0.0


def _string(token: bytes) -> bytes:
    if token[:1] == b"<":
        digits = re.sub(rb"\s", b"", token[1:-1])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    return _ESCAPED.sub(_unescaped, token[1:-1])


def _unescaped(found: re.Match[bytes]) -> bytes:
    said = found[1]
    if said.isdigit():
        return bytes([int(said, 8) & 255])
    return _ESCAPES.get(said, said)
