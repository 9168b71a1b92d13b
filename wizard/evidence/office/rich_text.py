"""The reader of rich text (RTF) where no LibreOffice converts it; in the child process.

Rich Text Format Specification 1.9.1: groups in braces, control words, letters by code page or by number.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from wizard.evidence.document import Read
from wizard.evidence.office import office_file
from wizard.evidence.office.rich_text_codes import CHARSETS, LETTERS, TOKEN, UNSEEN, codec
from wizard.evidence.office.word import BUILT_IN
from wizard.evidence.text.blocks import Block, PageBreak, Paragraph, Picture, Prose, Table, Words, prose, said
from wizard.evidence.text.laid_out import laid_out
from wizard.evidence.text.laid_table import squared
from wizard.evidence_fact import Treatment

DEEPEST: Final = 300
_MOST_CELLS: Final = 200
_PLAIN: Final = Words("")


def read(data: bytes, kind: str, treatment: Treatment) -> Read:
    """Read a rich text document."""
    inside = office_file.look(data, kind)
    reader = _Reader()
    reader.read(data)
    notices = [BUILT_IN, *inside.notices(kept=True)]
    if inside.changed:
        notices.append("Its tracked changes are shown as if they were accepted.")
    return laid_out(reader.document()).read(*notices, with_original=True).kept_back(not inside.along)


@dataclass(slots=True)
class _Group:
    """What holds within a pair of braces."""

    look: Words = _PLAIN
    hidden: bool = False
    deleted: bool = False
    skipped: bool = False
    into: str = ""
    codec: str = ""
    after_unicode: int = 1
    starred: bool = False


@dataclass(slots=True)
class _Fonts:
    """The code page of each font."""

    codecs: dict[int, str] = field(default_factory=dict)
    number: int = 0


class _Reader:
    """Reads tokens one after the other; an RTF file has no other order."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._heads: dict[str, None] = {}
        self._feet: dict[str, None] = {}
        self._groups = [_Group()]
        self._fonts = _Fonts()
        self._codec = "cp1252"
        self._words: list[Words] = []
        self._margin: list[str] = []
        self._picture: list[bytes] = []
        self._width: float | None = None
        self._skip = 0
        self._too_deep = 0
        self._row: list[Prose] = []
        self._rows: list[list[Prose]] = []
        self._in_table = False

    def document(self) -> Iterator[Block]:
        """The blocks, with what stands at the head and foot of pages once."""
        yield from (Paragraph(prose(line), quiet=True) for line in self._heads)
        yield from self.blocks
        yield from (Paragraph(prose(line), quiet=True) for line in self._feet)

    def read(self, data: bytes) -> None:
        """Read all tokens."""
        at = 0
        while at < len(data) and (token := TOKEN.match(data, at)):
            at = token.end()
            at += self._read(token, data)
        self._end_paragraph()
        self._end_table()

    def _read(self, token: re.Match[bytes], data: bytes) -> int:
        """Read a token; give how many bytes after it belong to it."""
        if token["bin"] is not None:
            return self._binary(data[token.end() : token.end() + int(token["bin"])])
        if token["brace"]:
            self._brace(opening=token["brace"] == b"{")
        elif token["word"]:
            self._control(token["word"].decode("ascii"), int(token["number"]) if token["number"] else None)
        elif token["symbol"]:
            self._symbol(token["symbol"])
        elif token["hex"]:
            self._bytes(bytes.fromhex(token["hex"].replace(b"\\'", b"").decode("ascii")))
        elif token["text"]:
            self._bytes(token["text"])
        return 0

    @property
    def _group(self) -> _Group:
        return self._groups[-1]

    def _brace(self, *, opening: bool) -> None:
        if opening:
            if len(self._groups) >= DEEPEST:
                self._too_deep += 1
            else:
                self._groups.append(replace(self._group, starred=False))
        elif self._too_deep:
            self._too_deep -= 1
        elif len(self._groups) > 1:
            ended = self._groups.pop()
            if ended.into != self._group.into:
                self._leave(ended.into)

    def _leave(self, into: str) -> None:
        if into == "pict" and self._picture:
            self._shown_picture()
        elif into in ("header", "footer"):
            self._end_margin(into)
        elif into == "footnote":
            self._say("]")

    def _control(self, word: str, number: int | None) -> None:
        if word in UNSEEN or (self._group.starred and word not in ("shpinst", "shptxt", "shppict", "pn", "pntext")):
            self._group.skipped = True
        self._group.starred = False
        if known := LETTERS.get(word):
            self._say(known)
        elif do := _WORDS.get(word):
            do(self, word, number)

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._group.starred = True
        elif symbol in b"\r\n":
            self._end_paragraph()
        elif known := {b"~": "\u00a0", b"_": "\u2011", b"\\": "\\", b"{": "{", b"}": "}"}.get(symbol):
            self._say(known)

    def _bytes(self, data: bytes) -> None:
        """Letters by the code page, but for those that say again what a number said before them."""
        group = self._group
        if group.into == "fonttbl":
            return
        if group.into == "pict":
            self._picture += [] if group.skipped else [data]
            return
        passed = min(self._skip, len(data))
        self._skip -= passed
        self._say(data[passed:].decode(group.codec or self._codec, "replace"), passing=False)

    def _say(self, text: str, *, passing: bool = True) -> None:
        group = self._group
        if passing and self._skip and text:
            self._skip -= 1
            return
        if not text or group.skipped or group.hidden or group.deleted or group.into in ("fonttbl", "pict"):
            return
        if group.into in ("header", "footer"):
            self._margin.append(text)
        else:
            self._words.append(replace(group.look, text=text))

    def _unicode(self, _word: str, number: int | None) -> None:
        self._skip = 0
        code = (number or 0) & 0xFFFF
        if self._words and 0xDC00 <= code < 0xE000 and "\ud800" <= self._words[-1].text[-1:] < "\udc00":
            high = ord(self._words[-1].text[-1])
            last = self._words.pop()
            letter = chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00))
            self._words.append(replace(last, text=last.text[:-1] + letter))
        else:
            self._say(chr(code))
        self._skip = self._group.after_unicode

    def _binary(self, data: bytes) -> int:
        if self._group.into == "pict":
            self._picture = [data.hex().encode()]
        return len(data)

    def _paragraph(self, _word: str, _number: int | None) -> None:
        if self._group.into in ("header", "footer"):
            self._margin.append("\n")
        elif self._in_table:
            self._words.append(Words("\n"))
        elif not self._group.skipped:
            self._end_table()
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        words, self._words = tuple(self._words), []
        if said(words).strip():
            self._end_table()
            self.blocks.append(Paragraph(words))

    def _page(self, _word: str, _number: int | None) -> None:
        if not self._group.skipped and not self._in_table:
            self._end_paragraph()
            self._end_table()
            self.blocks.append(PageBreak())

    def _cell(self, _word: str, _number: int | None) -> None:
        if len(self._row) < _MOST_CELLS and not self._group.skipped:
            words = list(self._words)
            while words and not words[-1].text.strip():
                words.pop()
            self._row.append(tuple(words))
        self._words = []

    def _end_row(self, _word: str, _number: int | None) -> None:
        if self._row:
            self._rows.append(self._row)
        self._row, self._words = [], []

    def _end_table(self) -> None:
        rows, self._rows = self._rows + ([self._row] if self._row else []), []
        self._row, self._in_table = [], False
        if rows:
            self.blocks.append(Table(squared(rows)))

    def _table(self, word: str, _number: int | None) -> None:
        if word == "intbl" and not self._in_table:
            self._end_paragraph()
        self._in_table = word == "intbl"

    def _plain(self, _word: str, _number: int | None) -> None:
        self._group.look = _PLAIN
        self._group.hidden = self._group.deleted = False

    def _look(self, word: str, number: int | None) -> None:
        on, look = number != 0, self._group.look
        ways = {"b": replace(look, bold=on), "i": replace(look, slanted=on)}
        self._group.look = ways.get(word, replace(look, struck=on))

    def _hide(self, word: str, number: int | None) -> None:
        if word == "v":
            self._group.hidden = number != 0
        else:
            self._group.deleted = number != 0

    def _font(self, _word: str, number: int | None) -> None:
        if self._group.into == "fonttbl":
            self._fonts.number = number or 0
        else:
            self._group.codec = self._fonts.codecs.get(number or 0, "")

    def _charset(self, _word: str, number: int | None) -> None:
        if self._group.into == "fonttbl" and (known := CHARSETS.get(number or 0)):
            self._fonts.codecs[self._fonts.number] = known

    def _code_page(self, word: str, number: int | None) -> None:
        self._codec = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}.get(word) or codec(number or 0)

    def _passing(self, _word: str, number: int | None) -> None:
        self._group.after_unicode = min(max(1 if number is None else number, 0), 10)

    def _enter(self, word: str, _number: int | None) -> None:
        into = word[:6] if word.startswith(("header", "footer")) else word
        if self._group.skipped and into != "pict":
            return
        if into == "footnote":
            self._say(" [")
        self._group.into = into
        self._picture, self._width = [], None

    def _wide(self, _word: str, number: int | None) -> None:
        self._width = (number or 0) / 20 or None

    def _end_margin(self, into: str) -> None:
        lines = "".join(self._margin).split("\n")
        self._margin = []
        kept = self._heads if into == "header" else self._feet
        kept |= dict.fromkeys(line.strip() for line in lines if line.strip())

    def _shown_picture(self) -> None:
        digits = re.sub(rb"[^0-9a-fA-F]", b"", b"".join(self._picture))
        self._picture = []
        if self._group.skipped or not digits:
            return
        self._end_paragraph()
        data = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
        self.blocks.append(Picture(data, self._width))


_Do = Callable[[_Reader, str, int | None], None]
_WORDS: Final[dict[str, _Do]] = {
    "par": _Reader._paragraph, "sect": _Reader._paragraph, "page": _Reader._page, "cell": _Reader._cell,
    "nestcell": _Reader._paragraph, "row": _Reader._end_row, "intbl": _Reader._table, "pard": _Reader._table,
    "plain": _Reader._plain, "u": _Reader._unicode, "uc": _Reader._passing, "f": _Reader._font,
    "fcharset": _Reader._charset, "picwgoal": _Reader._wide,
    **dict.fromkeys(("b", "i", "strike", "striked"), _Reader._look),
    **dict.fromkeys(("v", "deleted"), _Reader._hide),
    **dict.fromkeys(("ansicpg", "mac", "pc", "pca"), _Reader._code_page),
    **dict.fromkeys(
        ("fonttbl", "pict", "footnote", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr",
         "footerf"), _Reader._enter,
    ),
}  # fmt: skip
