"""Web text as blocks: what a browser would show of it, without scripts, styles or anything fetched. In the child."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from wizard.evidence.text import blocks as said
from wizard.evidence.text.html_tree import BLOCKS, Tag, parse
from wizard.evidence.text.laid_pictures import is_trace
from wizard.evidence.text.laid_table import squared

_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_DATA: Final = re.compile(r"data:(?:image/[\w.+-]+)?((?:;[\w=.+-]+)*),", re.IGNORECASE)
_ESCAPED: Final = re.compile(rb"%([0-9A-Fa-f]{2})")
_BOLD: Final = frozenset({"b", "strong", "th"})
_SLANTED: Final = frozenset({"i", "em", "cite", "dfn", "var", "address"})
_STRUCK: Final = frozenset({"s", "del", "strike"})
_LONGEST_ADDRESS: Final = 90
_MOST_COLUMNS: Final = 200
_WIDEST_SPAN: Final = 60


@dataclass(slots=True)
class WebText:
    """What a web text shows.

    Attributes:
        unfetched: how many pictures lie elsewhere and were not fetched.
        whole: whether all of it was read.
    """

    blocks: list[said.Block] = field(default_factory=list)
    unfetched: int = 0
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Way:
    """How text is set where it stands."""

    bold: bool = False
    slanted: bool = False
    struck: bool = False
    kept: bool = False
    depth: int = 0

    def within(self, tag: Tag) -> "_Way":
        weight, line = tag.style("font-weight"), tag.style("text-decoration")
        bold = self.bold or tag.name in _BOLD or weight.startswith("bold") or weight[:3] in ("600", "700", "800", "900")
        return replace(
            self,
            bold=bold and not weight.startswith(("normal", "400")),
            slanted=self.slanted or tag.name in _SLANTED or tag.style("font-style").startswith("italic"),
            struck=self.struck or tag.name in _STRUCK or "line-through" in line,
            kept=self.kept or tag.name in ("pre", "textarea", "listing") or tag.style("white-space").startswith("pre"),
        )


def read(text: str, pictures: Mapping[str, bytes] | None = None) -> WebText:
    """Read a web text; ``pictures`` came with it, by the addresses that it has for them (``cid:...``)."""
    top, whole = parse(text)
    reader = _Reader(pictures or {})
    reader.walk(top.children, _Way())
    reader.flush()
    return WebText(reader.blocks, reader.unfetched, whole)


class _Reader:
    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        self.blocks: list[said.Block] = []
        self.unfetched = 0
        self._pictures = pictures
        self._words: list[said.Words] = []
        self._level = 0
        self._marker = ""
        self._depth = 0
        self._ways: dict[str, Callable[[Tag, _Way], None]] = {
            "br": self._line_end, "hr": self._rule, "img": self._picture, "a": self._link, "input": self._input,
            "select": self._choice, "table": self._table, **dict.fromkeys(("ul", "ol", "dir", "menu"), self._list),
        }  # fmt: skip

    def walk(self, children: Sequence[Tag | str], way: _Way) -> None:
        """Read what stands in an element."""
        for child in children:
            if isinstance(child, str):
                self._say(child, way)
            elif not child.hidden:
                self._tag(child, way.within(child))

    def flush(self) -> None:
        """End the paragraph."""
        words = _trimmed(self._words)
        self._words = []
        if not words:
            return
        if self._level:
            self.blocks.append(said.Heading(words, self._level))
        else:
            self.blocks.append(said.Paragraph(words, self._depth, self._marker))
            self._marker = ""

    def _say(self, text: str, way: _Way) -> None:
        if not way.kept:
            text = _SPACES.sub(" ", text)
            if text.startswith(" ") and (not self._words or self._words[-1].text.endswith((" ", "\n"))):
                text = text[1:]
        if text:
            self._words.append(said.Words(text, way.bold, way.slanted, way.struck))

    def _tag(self, tag: Tag, way: _Way) -> None:
        if read := self._ways.get(tag.name):
            read(tag, way)
        elif tag.name in BLOCKS:
            self._block(tag, way)
        else:
            self.walk(tag.children, way)

    def _line_end(self, _tag: Tag, way: _Way) -> None:
        self._say("\n", replace(way, kept=True))

    def _rule(self, _tag: Tag, _way: _Way) -> None:
        self.flush()
        self.blocks.append(said.Rule())

    def _input(self, tag: Tag, way: _Way) -> None:
        self._say(_filled_in(tag), way)

    def _choice(self, tag: Tag, way: _Way) -> None:
        for option in tag.all("option"):
            if "selected" in option.attributes:
                self.walk(option.children, way)

    def _block(self, tag: Tag, way: _Way) -> None:
        self.flush()
        before = self._level
        if tag.name[0] == "h" and tag.name[1:].isdecimal():
            self._level, way = int(tag.name[1:]), replace(way, bold=False)
        inner = tag.name in ("blockquote", "dd")
        self._depth += inner
        if tag.name == "pre":
            self._preformatted(tag, way)
        else:
            self.walk(tag.children, way)
            self.flush()
        self._depth -= inner
        self._level = before

    def _preformatted(self, tag: Tag, way: _Way) -> None:
        self.walk(tag.children, way)
        text = said.said(tuple(self._words)).strip("\n")
        self._words = []
        if text:
            self.blocks.append(said.Preformatted(text))

    def _list(self, tag: Tag, way: _Way) -> None:
        self.flush()
        start = tag.attributes.get("start", "1")
        number = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
        self._depth += 1
        for child in tag.children:
            if isinstance(child, Tag) and child.name == "li" and not child.hidden:
                self._marker = f"{number}." if tag.name == "ol" else "•"
                number += 1
                self.walk(child.children, way.within(child))
                self.flush()
                self._marker = ""
            else:
                self.walk([child], way)
        self.flush()
        self._depth -= 1

    def _link(self, tag: Tag, way: _Way) -> None:
        before = len(self._words)
        self.walk(tag.children, way)
        address = tag.attributes.get("href", "").strip()
        shown = "".join(piece.text for piece in self._words[before:]).strip()
        kind, _, rest = address.partition(":")
        if kind.casefold() not in ("http", "https", "mailto", "tel") or not shown:
            return
        plain = rest.strip("/").partition("?")[0].removeprefix("www.")
        if plain and plain.casefold() not in shown.casefold():
            told = rest.partition("?")[0] if kind.casefold() in ("mailto", "tel") else address
            told = told if len(told) <= _LONGEST_ADDRESS else plain.partition("/")[0][:_LONGEST_ADDRESS] + "/…"
            self._say(f" ({told})", way)

    def _picture(self, tag: Tag, way: _Way) -> None:
        width, height = tag.number("width"), tag.number("height")
        if is_trace(int(width or 99), int(height or 99)):
            return
        address = tag.attributes.get("src", "").strip()
        words = tag.attributes.get("alt", "").strip()
        data = self._pictures.get(address) or _inline(address)
        if data is not None:
            self.flush()
            self.blocks.append(said.Picture(data, width * 0.75 if width else None, words))
            return
        self.unfetched += 1
        if words:
            self._say(f"[Picture: {words}]", way)

    def _table(self, tag: Tag, way: _Way) -> None:
        self.flush()
        rows = [row for row in tag.all("tr", "table") if not row.hidden]
        for caption in tag.all("caption", "tr"):
            if caption.name == "caption":
                self.walk(caption.children, way)
                self.flush()
        if not _is_data(tag, rows):
            for child in tag.all("tr", "table"):
                self._laid_beside(child, way)
            return
        heads = 0
        cells: list[list[said.Prose]] = []
        below: dict[int, int] = {}
        for at, row in enumerate(rows):
            inside = list(row.all("td", "th"))
            if heads == at and inside and all(cell.name == "th" for cell in inside):
                heads += 1
            cells.append(self._row(inside, way, below))
        self.blocks.append(said.Table(squared(cells), min(heads, 3) if len(cells) > heads else 0))

    def _row(self, inside: Sequence[Tag], way: _Way, below: dict[int, int]) -> list[said.Prose]:
        """The cells of a row; ``below`` counts the rows that cells from above reach down into, by column."""
        row: list[said.Prose] = []

        def reached() -> None:
            while below.get(len(row), 0) > 0 and len(row) < _MOST_COLUMNS:
                below[len(row)] -= 1
                row.append(())

        for cell in inside[:_MOST_COLUMNS]:
            reached()
            across, down = _span(cell, "colspan"), _span(cell, "rowspan") - 1
            for column in range(across):
                if down:
                    below[len(row)] = down
                row.append(self._cell(cell, way) if column == 0 else ())
        reached()
        return row

    def _cell(self, cell: Tag, way: _Way) -> said.Prose:
        """What a cell says, its paragraphs as lines; pictures in it follow the table."""
        inner = _Reader(self._pictures)
        inner.walk(cell.children, replace(way.within(cell), bold=way.bold and cell.name != "th"))
        inner.flush()
        self.unfetched += inner.unfetched
        words: list[said.Words] = []
        for block in inner.blocks:
            if isinstance(block, said.Picture):
                self.blocks.append(block)
                continue
            if words:
                words.append(said.Words("\n"))
            words += _as_words(block)
        return tuple(words)

    def _laid_beside(self, row: Tag, way: _Way) -> None:
        """A table that is there for its looks: one cell after the other."""
        if row.name == "table":
            self._tag(row, way.within(row))
            return
        if row.hidden:
            return
        for cell in row.all("td", "th", "table"):
            if not cell.hidden:
                self.walk(cell.children if cell.name != "table" else [cell], way.within(cell))
                self.flush()


def _is_data(table: Tag, rows: Sequence[Tag]) -> bool:
    """Whether a table holds facts in rows and columns, and is not there for its looks."""
    if table.attributes.get("role") == "presentation" or any(row.name == "table" for row in rows):
        return False
    cells = [list(row.all("td", "th", "table")) for row in rows]
    flat = [cell for row in cells for cell in row]
    if any(cell.name == "table" or next(cell.all("table"), None) for cell in flat):
        return False
    return sum(len(row) > 1 for row in cells) > 1 or any(cell.name == "th" for cell in flat)


def _as_words(block: said.Block) -> Iterator[said.Words]:
    match block:
        case said.Heading():
            yield from (replace(piece, bold=True) for piece in block.words)
        case said.Paragraph():
            if block.marker:
                yield said.Words(f"{block.marker} ")
            yield from block.words
        case said.Preformatted():
            yield said.Words(block.text)
        case _:
            yield said.Words("")


def _span(cell: Tag, name: str) -> int:
    given = cell.attributes.get(name, "")
    return min(max(int(given), 1), _WIDEST_SPAN) if re.fullmatch(r"\d{1,6}", given) else 1


def _filled_in(tag: Tag) -> str:
    kind = tag.attributes.get("type", "text").casefold()
    if kind in ("checkbox", "radio"):
        return "[x] " if "checked" in tag.attributes else "[ ] "
    return "" if kind in ("hidden", "password") else tag.attributes.get("value", "")


def _inline(address: str) -> bytes | None:
    """The picture that an address holds in itself."""
    found = _DATA.match(address)
    if not found:
        return None
    rest = _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), address[found.end() :].encode("utf-8", "replace"))
    if ";base64" not in found[1].casefold():
        return rest
    try:
        return base64.b64decode(rest)
    except (binascii.Error, ValueError):
        return b""


def _trimmed(words: Sequence[said.Words]) -> said.Prose:
    """The words without spaces and line ends at either end; nothing where nothing is left."""
    kept = list(words)
    while kept and not kept[-1].text.strip(" \n"):
        kept.pop()
    while kept and not kept[0].text.strip(" \n"):
        kept.pop(0)
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip(" \n"))
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" \n"))
    return tuple(kept)
