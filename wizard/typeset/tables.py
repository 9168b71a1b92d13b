"""Tables of the pack: columns fitted to what they hold, heads repeated, rows that may cross pages."""

from collections.abc import Sequence

from wizard.typeset.flow import Cell, Flow
from wizard.typeset.look import LINES, SMALL, SMALL_STRONG, WIDTH
from wizard.typeset.tagging import Element
from wizard.typeset.typesetting import Text, Typesetter, plain

_GAP = 10.0
_NARROWEST = 34.0
_SHORT = 96.0  # columns of dates, names and numbers are not broken if no cell is wider than this
EMPTY = "–"


def fitted(typesetter: Typesetter, columns: Sequence[Sequence[Text]], width: float) -> list[float]:
    """Return the widths of columns: as wide as the widest word wants, the rest by how much they hold."""
    usable = width - _GAP * (len(columns) - 1)
    share = usable / len(columns)
    natural = [max(_natural(typesetter, cell) for cell in cells) + 0.5 for cells in columns]
    words = [min(max(map(typesetter.widest_word, cells)) + 0.5, 1.6 * share) for cells in columns]
    least = [max(whole if whole < _SHORT else word, _NARROWEST) for whole, word in zip(natural, words, strict=True)]
    most = [max(whole, low) for whole, low in zip(natural, least, strict=True)]
    if sum(most) <= usable:
        slack = (usable - sum(most)) / len(columns)
        return [wide + slack for wide in most]
    if sum(least) >= usable:
        return [usable * low / sum(least) for low in least]
    wants = [min(wide - low, 2.5 * usable) ** 0.6 for wide, low in zip(most, least, strict=True)]
    spare = usable - sum(least)
    return [low + spare * want / sum(wants) for low, want in zip(least, wants, strict=True)]


def fits(typesetter: Typesetter, columns: Sequence[Sequence[Text]], width: float) -> bool:
    """Whether columns can stand side by side without a word that is broken; one wider than half a page always is."""
    widest = (min(max(map(typesetter.widest_word, cells)) + 0.5, width / 2) for cells in columns)
    return sum(max(one, _NARROWEST) for one in widest) + _GAP * (len(columns) - 1) <= width


def _natural(typesetter: Typesetter, text: Text) -> float:
    letters = sum(len(span.text) for span in text)
    return letters * text[0].style.size / 2 if letters > 200 else typesetter.width(text)


class Table:
    """A table being drawn; rows are added one after the other."""

    def __init__(self, flow: Flow, parent: Element, heads: Sequence[str], widths: Sequence[float]) -> None:
        self._flow = flow
        self._element = parent.add("Table")
        self._body: Element | None = None
        self._heads = [plain(head, SMALL_STRONG) for head in heads]
        self._widths = widths
        self._places = [sum(widths[:at]) + _GAP * at for at in range(len(widths))]
        flow.need(80)
        row = self._element.add("THead").add("TR")
        self._head([row.add("TH", Scope="Column") for _ in heads])

    def __enter__(self) -> "Table":
        self._flow.on_turn = lambda: self._head([None] * len(self._heads))
        return self

    def __exit__(self, *_: object) -> None:
        self._flow.on_turn = None

    def _head(self, elements: Sequence[Element | None]) -> None:
        self._flow.row(self._cells([[(element, head)] for element, head in zip(elements, self._heads, strict=True)]))
        self._flow.y -= 3
        self._flow.rule()
        self._flow.y -= 1

    def _cells(self, contents: Sequence[Sequence[tuple[Element | None, Text]]]) -> list[Cell]:
        columns = zip(self._places, self._widths, contents, strict=True)
        return [self._flow.cell(x, width, *content, gap=3.0) for x, width, content in columns]

    def add(self, cells: Sequence[Sequence[Text]], *, headed: bool = False, anchor: str = "") -> None:
        """Add a row; each cell holds texts one under the other; ``headed`` makes the first its row's header."""
        if self._body is None:
            self._body = self._element.add("TBody")
        row = self._body.add("TR")
        contents: list[list[tuple[Element | None, Text]]] = []
        for at, texts in enumerate(cells):
            cell = row.add("TH", Scope="Row") if headed and at == 0 else row.add("TD")
            contents.append([(cell if len(texts) == 1 else cell.add("P"), text) for text in texts])
        made = self._cells(contents)
        self._flow.need(min(max(cell.height for cell in made) + 8, 120))
        if anchor:
            self._flow.sheet.anchor(anchor, self._flow.y + 4)
        self._flow.row(made, above=3.0, below=4.0)
        self._flow.rule(LINES)


def answer_table(flow: Flow, parent: Element, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Draw repeated answers; where the columns of a page would break words, each row becomes a list."""
    full = [(*row, *("" for _ in heads[len(row) :])) for row in rows]
    texts = [[plain(text.strip() or EMPTY, SMALL) for text in row] for row in full]
    columns = [[plain(head, SMALL_STRONG), *(row[at] for row in texts)] for at, head in enumerate(heads)]
    if not fits(flow.sheet.typesetter, columns, WIDTH):
        _cards(flow, parent, heads, full)
        return
    widths = fitted(flow.sheet.typesetter, columns, WIDTH)
    with Table(flow, parent, heads, widths) as table:
        for row in texts:
            table.add([[text] for text in row])


def _cards(flow: Flow, parent: Element, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    for row in rows:
        items = parent.add_list()
        flow.need(60)
        for head, text in zip(heads, row, strict=True):
            item = items.add("LI")
            label = flow.cell(0, 150, (item.add("Lbl"), plain(head, SMALL_STRONG)))
            flow.row([label, flow.cell(162, WIDTH - 162, (item.add("LBody"), plain(text.strip() or EMPTY, SMALL)))])
        flow.space(5)
        flow.rule()
        flow.space(5)
