"""The text of a message that is kept as rich text (RTF), compressed or not; in the child process.

Outlook wraps HTML and plain text in rich text and marks how to take them out again (MS-OXRTFEX); what was written as
rich text is given as its plain words.
"""

import re
import struct
from collections.abc import Iterator
from typing import Final

from wizard.evidence.mail.message import Body
from wizard.evidence.mail.message_words import decoded

LARGEST: Final = 40 << 20

_HEAD: Final = 16
_WINDOW: Final = 4096
_DICTIONARY: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_TOKEN: Final = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.IGNORECASE | re.DOTALL,
)
_HIDDEN: Final = frozenset({
    b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"headerl", b"headerr",
    b"footerl", b"footerr", b"listtable", b"listoverridetable", b"generator", b"xmlnstbl", b"themedata",
    b"datastore", b"latentstyles", b"rsidtbl", b"mmathpr", b"fldinst", b"filetbl", b"revtbl", b"pntext",
})  # fmt: skip
_SAID: Final = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"tab": "\t", b"cell": "\t",
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"endash": "–",
    b"emdash": "—", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_SYMBOLS: Final = {b"~": "\u00a0", b"_": "\u2011", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n", b"\r": "\n"}


def unpacked(data: bytes) -> bytes:
    """Rich text out of Outlook's own compression (MS-OXRTFCP); what is damaged ends where it is."""
    if len(data) < _HEAD:
        return b""
    _, size, kind = struct.unpack_from("<II4s", data)
    if kind == b"MELA":
        return data[_HEAD : _HEAD + min(size, LARGEST)]
    if kind != b"LZFu":
        return data if data.startswith(b"{\\rtf") else b""
    out = bytearray(_DICTIONARY)
    most = len(_DICTIONARY) + min(size, LARGEST)
    for word, length in _steps(data):
        back = (len(out) - word) % _WINDOW if length else 0
        if (length and not 0 < back <= len(out)) or len(out) >= most:
            break  # a run that starts where it is written is the end
        if length:
            for _ in range(length):
                out.append(out[-back])
        else:
            out.append(word)
    return bytes(out[len(_DICTIONARY) : most])


def _steps(data: bytes) -> Iterator[tuple[int, int]]:
    """Bytes as they are (with length 0), and runs: where in the window they start, and their length."""
    at = _HEAD
    while at < len(data):
        flags = data[at]
        at += 1
        for bit in range(8):
            run = flags >> bit & 1
            if at + run >= len(data):
                return
            word = int.from_bytes(data[at : at + 1 + run], "big")
            at += 1 + run
            yield (word >> 4, (word & 15) + 2) if run else (word, 0)


def body(rtf: bytes) -> Body | None:
    """What rich text says: HTML where that is wrapped in it, else its words; None where it says nothing."""
    reader = _Reader(html=b"\\fromhtml" in rtf[:1000])
    for token in _TOKEN.finditer(rtf[:LARGEST]):
        reader.take(token)
    text = reader.said()
    return Body(text, reader.html) if text.strip() else None


class _Reader:
    """Follows groups, and what is said in each: hidden or not, and how many characters follow an escaped one."""

    def __init__(self, *, html: bool) -> None:
        self.html = html
        self._charset = "cp1252"
        self._groups: list[tuple[bool, int]] = []
        self._hidden, self._after = False, 1
        self._muted, self._star = False, False
        self._skip = 0
        self._held = bytearray()
        self._text: list[str] = []

    def said(self) -> str:
        self._flush()
        return "".join(self._text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def take(self, token: re.Match[bytes]) -> None:
        word, number, code, symbol, brace, text = token.groups()
        if word:
            self._word(word.lower(), int(number) if number else None)
        elif brace == b"{":
            self._groups.append((self._hidden, self._after))
        elif brace == b"}":
            self._hidden, self._after = self._groups.pop() if self._groups else (False, 1)
            self._skip = 0
        elif symbol == b"*":
            self._star = True
            return
        elif code:
            self._bytes(bytes([int(code, 16)]), 1)
        elif symbol:
            self._say(_SYMBOLS.get(symbol, ""))
        elif text:
            self._bytes(text, len(text))
        self._star = False

    def _word(self, word: bytes, number: int | None) -> None:
        if word == b"htmlrtf":
            self._muted = number != 0
        elif word in _HIDDEN or (self._star and not (word == b"htmltag" and self.html)):
            self._hidden = True
        elif word in _SAID:
            self._say(_SAID[word])
        elif number is not None:
            self._numbered(word, number)

    def _numbered(self, word: bytes, number: int) -> None:
        if word == b"ansicpg":
            self._flush()
            self._charset = "utf-8" if number == 65001 else f"cp{number}"
        elif word == b"uc":
            self._after = max(0, min(number, 9))
        elif word == b"u":
            self._say(chr(number % 65536))
            self._skip = self._after

    def _silent(self) -> bool:
        return self._hidden or (self.html and self._muted)

    def _bytes(self, data: bytes, letters: int) -> None:
        if self._skip:
            left = min(self._skip, letters)
            self._skip -= left
            data = data[left:]
        if not self._silent():
            self._held += data

    def _say(self, text: str) -> None:
        if text and not self._silent():
            self._flush()
            self._text.append(text)

    def _flush(self) -> None:
        if self._held:
            self._text.append(decoded(bytes(self._held), self._charset))
            self._held.clear()
