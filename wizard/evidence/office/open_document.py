"""The reader of OpenDocument texts (ODT) where no LibreOffice converts them; in the child process."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from wizard.errors import EvidenceRefused
from wizard.evidence.document import Read
from wizard.evidence.office import office_file, unshown
from wizard.evidence.office.word import BUILT_IN
from wizard.evidence.office.word_parts import MARGIN_PICTURES
from wizard.evidence.text import xml_events
from wizard.evidence.text.blocks import Block, Heading, Paragraph, Picture, Prose, Table, Words, prose, said
from wizard.evidence.text.laid_out import laid_out
from wizard.evidence.text.laid_table import squared
from wizard.evidence_fact import Treatment

_UNSEEN: Final = frozenset({"tracked-changes", "annotation", "forms", "scripts", "sequence-decls", "title", "desc"})
_WHAT: Final = frozenset({"text", "spreadsheet", "presentation", "drawing"})
_WIDEST: Final = 200
_MOST_REPEATED: Final = 1_000
_LENGTH: Final = re.compile(r"(\d{1,5}(?:\.\d{1,6})?)(cm|mm|in|pt)$")
_POINTS: Final = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0}


def read(data: bytes, kind: str, treatment: Treatment) -> Read:
    """Read an OpenDocument text.

    Raises:
        EvidenceRefused: it is damaged, locked, or grows too large.
    """
    inside = office_file.look(data, kind)
    with office_file.opened(data) as archive:
        if b"<manifest:encryption-data" in _part(archive, "META-INF/manifest.xml"):
            raise EvidenceRefused("The document is protected by a password.", office_file.SAVE)
        text = _Text(archive)
        content = archive.read("content.xml")
        xml_events.tell(content, text)
        if text.what not in ("", "text"):
            return unshown.read(data, kind, treatment)
        margins, styles = _Margins(), _part(archive, "styles.xml")
        if styles:
            xml_events.tell(styles, margins)
    blocks = [*_small(margins.heads), *text.blocks, *_small(margins.feet)]
    notices = [BUILT_IN, *inside.notices(kept=True)]
    if b"<draw:image" in styles:
        notices.append(MARGIN_PICTURES)
    if b"<draw:control" in content:
        notices.append("Boxes and buttons of a form in it are not shown.")
    if inside.changed:
        notices.append("Its tracked changes are shown as if they were accepted.")
    return laid_out(blocks).read(*notices, with_original=True).kept_back(not inside.along)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""


def _small(lines: Mapping[str, None]) -> Iterator[Block]:
    return (Paragraph(prose(line), quiet=True) for line in lines)


@dataclass(slots=True)
class _Grid:
    """A table that is being read."""

    rows: list[list[Prose]] = field(default_factory=list)
    heads: int = 0
    in_heads: bool = False
    words: list[Words] = field(default_factory=list)
    repeated: int = 1
    row_repeated: int = 1


class _Text:
    """Makes blocks of content.xml as it is told."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.blocks: list[Block] = []
        self.what = ""
        self._archive = archive
        self._styles: dict[str, Words] = {}
        self._style = ""
        self._looks: list[Words] = [Words("")]
        self._open: list[list[Words]] = []
        self._levels: list[int] = []
        self._lists = 0
        self._marker = ""
        self._grids: list[_Grid] = []
        self._unseen = 0
        self._width: float | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._unseen or name in _UNSEEN:
            self._unseen += 1
            return
        if name in _WHAT:
            self.what = self.what or name  # the outermost: others may lie within it
        if begin := getattr(self, "_start_" + name.replace("-", "_"), None):
            begin(attributes)

    def end(self, name: str) -> None:
        if self._unseen:
            self._unseen -= 1
            return
        if finish := getattr(self, "_end_" + name.replace("-", "_"), None):
            finish()

    def text(self, words: str) -> None:
        if self._open and not self._unseen:
            self._say(re.sub(r"[ \t\r\n]+", " ", words))

    def _say(self, text: str) -> None:
        if self._open:
            self._open[-1].append(replace(self._looks[-1], text=text))

    def _start_style(self, attributes: Mapping[str, str]) -> None:
        self._style = attributes.get("name", "")
        self._styles[self._style] = Words("")

    def _start_text_properties(self, attributes: Mapping[str, str]) -> None:
        self._styles[self._style] = Words(
            "",
            bold=attributes.get("font-weight") == "bold",
            slanted=attributes.get("font-style") == "italic",
            struck=attributes.get("text-line-through-style", "none") != "none",
        )

    def _start_p(self, attributes: Mapping[str, str], level: int = 0) -> None:
        self._open.append([])
        self._levels.append(level)
        self._looks.append(self._styles.get(attributes.get("style-name", ""), Words("")))

    def _start_h(self, attributes: Mapping[str, str]) -> None:
        given = attributes.get("outline-level", "1")
        self._start_p({}, int(given) if given.isascii() and given.isdecimal() and len(given) < 3 else 1)

    def _end_p(self) -> None:
        words, level = tuple(self._open.pop()), self._levels.pop()
        self._looks.pop()
        if self._grids:
            cell = self._grids[-1].words
            if cell:
                cell.append(Words("\n"))
            cell += words
        elif said(words).strip():
            depth = max(self._lists - 1, 0)
            self.blocks.append(Heading(words, level) if level else Paragraph(words, depth, self._marker))
            self._marker = ""

    _end_h = _end_p

    def _start_span(self, attributes: Mapping[str, str]) -> None:
        before, own = self._looks[-1], self._styles.get(attributes.get("style-name", ""), Words(""))
        self._looks.append(
            Words("", before.bold or own.bold, before.slanted or own.slanted, before.struck or own.struck)
        )

    def _end_span(self) -> None:
        self._looks.pop()

    def _start_s(self, attributes: Mapping[str, str]) -> None:
        count = attributes.get("c", "1")
        self._say("\u00a0" * (int(count) if re.fullmatch(r"[0-9]{1,3}", count) else 1))

    def _start_tab(self, _attributes: Mapping[str, str]) -> None:
        self._say("\u00a0\u00a0\u00a0 ")

    def _start_line_break(self, _attributes: Mapping[str, str]) -> None:
        self._say("\n")

    def _start_note_body(self, _attributes: Mapping[str, str]) -> None:
        self._say(" [")

    def _end_note_body(self) -> None:
        self._say("]")

    def _start_list(self, _attributes: Mapping[str, str]) -> None:
        self._lists += 1

    def _end_list(self) -> None:
        self._lists -= 1

    def _start_list_item(self, _attributes: Mapping[str, str]) -> None:
        self._marker = "•"

    def _end_list_item(self) -> None:
        self._marker = ""

    def _start_table(self, _attributes: Mapping[str, str]) -> None:
        self._grids.append(_Grid())

    def _start_table_header_rows(self, _attributes: Mapping[str, str]) -> None:
        if self._grids:
            self._grids[-1].in_heads = True

    def _end_table_header_rows(self) -> None:
        if self._grids:
            self._grids[-1].in_heads = False

    def _start_table_row(self, attributes: Mapping[str, str]) -> None:
        if self._grids:
            grid = self._grids[-1]
            grid.rows.append([])
            grid.heads += grid.in_heads

    def _start_table_cell(self, attributes: Mapping[str, str]) -> None:
        if self._grids:
            count = attributes.get("number-columns-repeated", "1")
            self._grids[-1].words = []
            self._grids[-1].repeated = int(count) if re.fullmatch(r"[0-9]{1,4}", count) else 1

    _start_covered_table_cell = _start_table_cell

    def _end_table_cell(self) -> None:
        if self._grids and self._grids[-1].rows:
            grid = self._grids[-1]
            row = grid.rows[-1]
            row += [tuple(grid.words)] * min(grid.repeated, _WIDEST - len(row))
            grid.words = []

    _end_covered_table_cell = _end_table_cell

    def _end_table(self) -> None:
        if not self._grids:
            return
        grid = self._grids.pop()
        if self._grids:  # a table in a cell: its cells become lines of that cell
            outer = self._grids[-1].words
            for cell in (cell for row in grid.rows for cell in row if said(cell).strip()):
                outer += [Words("\n"), *cell] if outer else cell
        elif any(grid.rows):
            rows = squared(grid.rows)
            self.blocks.append(Table(rows, grid.heads if grid.heads < len(rows) else 0))

    def _start_frame(self, attributes: Mapping[str, str]) -> None:
        found = _LENGTH.match(attributes.get("width", ""))
        self._width = float(found[1]) * _POINTS[found[2]] if found else None

    def _start_image(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get("href", "").removeprefix("./")
        if name.startswith("Pictures/"):
            self.blocks.append(Picture(_part(self._archive, name), self._width or None))


class _Margins:
    """The words at the head and foot of pages in styles.xml, each line once."""

    def __init__(self) -> None:
        self.heads: dict[str, None] = {}
        self.feet: dict[str, None] = {}
        self._into: dict[str, None] | None = None
        self._line = ""

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        if name.startswith(("header", "footer")) and not name.endswith("style"):
            self._into = self.heads if name.startswith("header") else self.feet
        elif name in ("p", "h"):
            self._line = ""
        elif name in ("tab", "s", "line-break"):
            self._line += " "

    def end(self, name: str) -> None:
        if name.startswith(("header", "footer")) and not name.endswith("style"):
            self._into = None
        elif name in ("p", "h") and self._into is not None and self._line.strip():
            self._into[self._line.strip()] = None

    def text(self, words: str) -> None:
        self._line += words
