"""Blocks of text laid out on A4 pages with the typefaces of the pack; in the child process."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import chain, islice
from typing import Any, Final

import pikepdf
from reportlab.lib.utils import ImageReader

from wizard.evidence.document import Read
from wizard.evidence.pdf import sheet as saving
from wizard.evidence.text import blocks as said
from wizard.evidence.text.laid_pictures import Unshown, placed
from wizard.evidence.text.laid_table import Column, Ruled, parted
from wizard.typeset.characters import unprintable
from wizard.typeset.embedding import embed
from wizard.typeset.fonts import face_for
from wizard.typeset.look import FOOT, LINES, PAGE_HEIGHT, PAGE_WIDTH, Style, style
from wizard.typeset.plan import Plan
from wizard.typeset.sheet import Sheet
from wizard.typeset.typesetting import Line, Span, Text, Typesetter

LONGEST: Final = 300
"""Pages that a document is laid out on at most; what comes after is in its original alone."""

MARGIN: Final = 50.0
_UPRIGHT: Final = (PAGE_WIDTH, PAGE_HEIGHT)
_ACROSS: Final = (PAGE_HEIGHT, PAGE_WIDTH)
_BODY: Final = style(10.5)
_QUIET: Final = FOOT
_HEADINGS: Final = {1: style(17, bold=True), 2: style(13.5, bold=True), 3: style(11.5, bold=True)}
_ASCENT: Final = 0.74  # of the height of a line, from its top to its baseline
_INDENT: Final = 18.0
_BEHIND: Final = 16.0  # from a marker to its text
_DEEPEST: Final = 8
_PATIENCE: Final = 40.0  # seconds of the processor, of the minute that a child has
_AT_ONCE: Final = 40_000  # letters
_MOST_IN_CELL: Final = 25  # times as many


class _Full(Exception):
    """There are as many pages as there may be."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A document on pages, and what became of it.

    Attributes:
        missing: characters for which there is no typeface, each shown as a box.
        unshown: how many pictures could not be shown.
        cut: after so many pages they, or time, ran out; 0 when they did not.
        shortened: a cell of a table says more than is shown.
    """

    pdf: bytes = field(repr=False)
    missing: frozenset[str] = frozenset()
    unshown: int = 0
    cut: int = 0
    shortened: bool = False

    @property
    def whole(self) -> bool:
        """Whether everything is there to be read."""
        return not (self.missing or self.unshown or self.cut or self.shortened)

    @property
    def notices(self) -> tuple[str, ...]:
        """What is not as it should be, in sentences."""
        found = (
            (self.cut, f"Only its first {self.cut} pages are shown."),
            (self.shortened, "A cell of a table in it is too long to be shown whole."),
            (self.missing, "It has characters for which there is no typeface here; each is shown as a box."),
            (self.unshown == 1, "A picture in it could not be shown."),
            (self.unshown > 1, f"{self.unshown:,} pictures in it could not be shown."),
        )
        return tuple(sentence for holds, sentence in found if holds)

    def read(self, *notices: str, with_original: bool = False) -> Read:
        """As what a reader gives back; the original travels along where something is not shown."""
        return Read(self.pdf, (*notices, *self.notices), with_original=with_original or not self.whole)


def laid_out(blocks: Iterable[said.Block]) -> Laid:
    """Lay out a document; the same blocks give the same bytes."""
    pages = _Pages()
    cut = 0
    try:
        for block in blocks:
            pages.add(block)
    except _Full:
        cut = pages.count
    return Laid(pages.saved(), frozenset(pages.missing), pages.unshown, cut, pages.shortened)


class _Pages:
    """Pages that fill from the top; one is begun when there is something for it."""

    def __init__(self) -> None:
        self.missing: set[str] = set()
        self._started = time.process_time()
        self.unshown = 0
        self.shortened = False
        self._typesetter = Typesetter()
        self._sheet = Sheet(self._typesetter, "", Plan(), draft=False)
        self._size: tuple[float, float] | None = None
        self._y = 0.0

    def add(self, block: said.Block) -> None:
        """Draw a block where the last one ended."""
        draw: dict[type, Callable[[Any], None]] = {
            said.Heading: self._heading, said.Paragraph: self._paragraph, said.Preformatted: self._preformatted,
            said.Table: self._table, said.Picture: self._picture, said.Rule: self._rule, said.PageBreak: self._end,
        }  # fmt: skip
        draw[type(block)](block)

    @property
    def count(self) -> int:
        """How many there are."""
        return self._sheet.page

    def saved(self) -> bytes:
        """The pages as a PDF; one of them at least."""
        if not self._sheet.page:
            self._begin(_UPRIGHT)
        self._end()
        with pikepdf.open(BytesIO(self._sheet.save())) as pdf:
            fonts = pdf.make_indirect(embed(pdf, self._typesetter.shaper.used.values()))
            for page in pdf.pages:
                page.obj.Resources.Font = fonts
                if "/Trans" in page.obj:
                    del page.obj["/Trans"]
                page.contents_coalesce()
            del pdf.docinfo
            for key in pdf.Root.keys() - {"/Type", "/Pages"}:
                del pdf.Root[key]
            pdf.remove_unreferenced_resources()
            return saving.saved(pdf)

    def _width(self) -> float:
        return (self._size or _UPRIGHT)[0] - 2 * MARGIN

    def _begin(self, size: tuple[float, float]) -> None:
        if self._sheet.page == LONGEST or time.process_time() - self._started > _PATIENCE:
            raise _Full
        self._sheet.begin(size)
        self._size, self._y = size, size[1] - MARGIN

    def _end(self, _block: said.PageBreak | None = None) -> None:
        if self._size:
            self._sheet.end()
        self._size = None

    def _turn(self, size: tuple[float, float]) -> None:
        self._end()
        self._begin(size)

    def _need(self, height: float) -> None:
        """Turn over unless there is this much room."""
        if self._size is None:
            self._begin(_UPRIGHT)
        elif self._y - height < MARGIN and self._y < self._size[1] - MARGIN:
            self._turn(self._size)

    def _space(self, height: float) -> None:
        """Leave space, but not at the top of a page."""
        if self._size and self._y < self._size[1] - MARGIN:
            self._y -= height

    def _text(self, words: said.Prose, base: Style) -> Text:
        return tuple(
            Span(
                self._printable(piece.text),
                replace(base, bold=base.bold or piece.bold, slanted=piece.slanted, struck=piece.struck),
            )
            for piece in words
        ) or (Span("", base),)

    def _printable(self, text: str) -> str:
        if text.isascii() or not (missing := unprintable(text)):
            return text
        self.missing.update(missing)
        return text.translate(dict.fromkeys(map(ord, missing), "\u25a1" if face_for("\u25a1", bold=False) else "?"))

    def _flow(self, words: said.Prose, look: Style, left: float = 0.0) -> None:
        """Draw text over the width of the page; right-to-left lines stand at the right."""
        for piece in _pieces(words):
            for line in self._typesetter.lines(self._text(piece, look), self._width() - left):
                self._need(line.leading)
                self._y -= line.leading
                slack = max(self._width() - left - line.width, 0.0) if line.right_to_left else 0.0
                self._put(line, MARGIN + left + slack, self._y)

    def _put(self, line: Line, x: float, bottom: float) -> None:
        if line.fragments:
            self._sheet.lines(self._sheet.drawn.document.add("P"), [(line, x, bottom + (1 - _ASCENT) * line.leading)])

    def _preformatted(self, block: said.Preformatted) -> None:
        for line in block.text.split("\n"):
            self._flow(said.prose(_kept(line)), _BODY)

    def _rule(self, _block: said.Rule) -> None:
        self._need(14)
        self._space(6)
        self._sheet.rule(MARGIN, MARGIN + self._width(), self._y, LINES)
        self._space(8)

    def _heading(self, block: said.Heading) -> None:
        look = _HEADINGS[min(max(block.level, 1), 3)]
        self._need(3 * look.leading)
        self._space(0.6 * look.size)
        self._flow(block.words, look)
        self._space(0.3 * look.size)

    def _paragraph(self, block: said.Paragraph) -> None:
        look = _QUIET if block.quiet else _BODY
        left = _INDENT * min(block.depth, _DEEPEST)
        if block.marker:
            self._need(look.leading)
            (marker, *_) = self._typesetter.lines(self._text(said.prose(block.marker), look), 200)
            self._put(marker, MARGIN + left, self._y - look.leading)
            left += max(_BEHIND, marker.width + 5)
        self._flow(block.words, look, left)
        self._space(3 if block.marker else 6)

    def _table(self, block: said.Table) -> None:
        if not block.rows or not block.rows[0]:
            return
        before = self._size or _UPRIGHT
        self._space(4)
        for columns, size in parted(self._typesetter, block, _UPRIGHT[0] - 2 * MARGIN, _ACROSS[0] - 2 * MARGIN):
            page = _ACROSS if size > _UPRIGHT[0] else _UPRIGHT
            if self._size != page:
                self._turn(page)
            self._ruled(block, columns)
            self._space(10)
        if self._size != before:
            self._end()

    def _ruled(self, block: said.Table, columns: Sequence[Column]) -> None:
        """Draw some columns of a table, its heads again on every page."""
        heads = [self._row(row, columns, head=True) for row in block.rows[: block.heads]]
        again = heads if sum(row.height for row in heads) < PAGE_WIDTH / 3 else []
        self._need(min(sum(row.height for row in heads) + 40, PAGE_WIDTH / 2))
        for at, cells in enumerate(block.rows):
            row = heads[at] if at < len(heads) else self._row(cells, columns, head=False)
            repeated = again if at >= len(heads) else []
            if row.height > self._y - MARGIN and (row.height < PAGE_WIDTH / 3 or self._y - MARGIN < 60):
                self._over(repeated)
            while (rest := self._part(row)) is not None:
                self._over(repeated)
                row = rest

    def _over(self, heads: Sequence[Ruled]) -> None:
        self._turn(self._size or _UPRIGHT)
        for head in heads:
            self._part(head)

    def _part(self, row: Ruled) -> Ruled | None:
        """Draw as much of a row as there is room for; return the rest."""
        fitting, rest = row.divided(self._y - MARGIN)
        bottom = self._y - fitting.height
        for column, lines in zip(fitting.columns, fitting.cells, strict=True):
            y = self._y - fitting.above
            for line in lines:
                y -= line.leading
                slack = max(column.width - line.width, 0.0) if line.right_to_left else 0.0
                self._put(line, MARGIN + column.left + slack, y)
        self._sheet.rule(MARGIN, MARGIN + fitting.right, self._y, LINES, 0.5)
        self._sheet.rule(MARGIN, MARGIN + fitting.right, bottom, LINES, 0.5)
        for edge in fitting.edges:
            self._sheet.block(MARGIN + edge - 0.25, bottom, 0.5, fitting.height, LINES)
        self._y = bottom
        return rest

    def _row(self, row: Sequence[said.Prose], columns: Sequence[Column], *, head: bool) -> Ruled:
        cells = []
        for column in columns:
            look = replace(column.look, bold=column.look.bold or head)
            pieces = list(islice(_pieces(row[column.number]), _MOST_IN_CELL + 1))
            self.shortened = self.shortened or len(pieces) > _MOST_IN_CELL
            lines = (self._typesetter.lines(self._text(one, look), column.width) for one in pieces[:_MOST_IN_CELL])
            cells.append(tuple(chain.from_iterable(lines)))
        return Ruled(tuple(columns), tuple(cells))

    def _picture(self, block: said.Picture) -> None:
        try:
            found = placed(block, self._width(), _UPRIGHT[1] - 2 * MARGIN)
        except Unshown:
            self.unshown += 1
            words = f"[A picture that cannot be shown here: {block.alternative[:200]}]".replace(": ]", "]")
            self._paragraph(said.Paragraph(said.prose(words), quiet=True))
            return
        if found is None:
            return
        image, width, height = found
        self._need(height)
        self._y -= height
        element = self._sheet.drawn.document.add("Figure")
        self._sheet.picture(element, ImageReader(image), (MARGIN, self._y, width, height))
        self._space(8)


def _kept(line: str) -> str:
    """A line whose tabs and leading spaces stay as wide as they were."""
    line = line.expandtabs(8)
    rest = line.lstrip(" ")
    return "\u00a0" * (len(line) - len(rest)) + rest


def _pieces(words: said.Prose) -> Iterator[said.Prose]:
    """Text in pieces that can be broken into lines at once; nearly always one."""
    if sum(len(piece.text) for piece in words) <= _AT_ONCE:
        yield words
        return
    held: list[said.Words] = []
    for piece in words:
        for start in range(0, len(piece.text), _AT_ONCE):
            part = replace(piece, text=piece.text[start : start + _AT_ONCE])
            if sum(len(one.text) for one in held) + len(part.text) > _AT_ONCE:
                yield tuple(held)
                held = []
            held.append(part)
    yield tuple(held)
