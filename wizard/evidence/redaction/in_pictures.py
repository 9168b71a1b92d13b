"""Words found on pictures of pages, by what Tesseract says that it reads there and where; in the child process."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median
from typing import Any, Final, NamedTuple

from wizard.evidence.redaction.finding import Box, Letter, among, said
from wizard.evidence.words.misread import alike, as_misread

_MARGIN: Final = 0.25
"""Part of a line's height around a word: Tesseract cuts off tails and accents, and a word of a photo may lean."""

_DECIMALS: Final = 4
"""Of a place on a page: so many as a box is known by after it was turned with its page, to and fro."""

_PAGE, _WORD = "1", "5"
_LONG: Final = 7
"""Figures of a number that no picture of a page has."""

_SURE: Final = 60
"""How sure Tesseract is, of 100, of nearly every word that it can read, and of few others."""

_LETTERS: Final = 3
"""Letters of a word that it does not read by chance."""

_COLUMNS: Final = 12
"""What stands in a line of Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height (in
pixels, from the top left corner of the picture), how sure it is, and the text."""


def locate(data: bytes, words: Sequence[str], turn: int = 0) -> tuple[dict[str, Any], list[bytes]]:
    """The operation of the child process: where words stand on a page, and whether it could be read.

    A word is found, too, where letters that look alike were read in its place. It goes whole, as its letters have no
    places of their own. Places are parts (0 to 1) of the page as it was before it was turned.

    Args:
        data: Tesseract's table (TSV) of a picture of the page.
        words: what is looked for.
        turn: degrees clockwise by which the page was turned before the picture was made: 0, 90, 180 or 270.
    """
    rows = [row for line in data.decode("utf-8", "replace").split("\n") if len(row := line.split("\t")) == _COLUMNS]
    width, height = next((_numbers(row)[2:] for row in rows if row[0] == _PAGE), (0, 0))
    if not width or not height:
        return {"searched": False, "places": []}, []
    read = [_Word(row[-1].strip(), tuple(row[1:5]), _box(row)) for row in rows if row[0] == _WORD and row[-1].strip()]
    letters = list(_letters(read))
    misread = [one._replace(text=alike(one.text)) for one in letters]
    found: list[tuple[int, list[Box]]] = []
    for order, sought in ((letters, words), (misread, as_misread(words))):
        here = among(order, sought, lambda one: read[one.number].box if one.box else None)
        found += [one for one in here if one not in found]
    places = said((word, (_part(box, width, height, turn) for box in boxes)) for word, boxes in found)
    return {"searched": bool(places) or _legible(rows), "places": places}, []


def _legible(rows: Sequence[Sequence[str]]) -> bool:
    """Whether Tesseract is sure of what it read: of a page that lies on its side or is blurred it makes up words."""
    sure = [_figure(row[-2]) >= _SURE for row in rows if row[0] == _WORD and len(row[-1].strip()) >= _LETTERS]
    return sum(sure) > len(sure) / 2


class _Word(NamedTuple):
    """A word that was read: its line, and its box in pixels (left, bottom, right, top; down is negative)."""

    text: str
    line: tuple[str, ...]
    box: Box


def _letters(read: Sequence[_Word]) -> Iterator[Letter]:
    """What was read, a word a letter, with what parts them; placed as if the lines did not lean."""
    lean = _lean(read)
    for number, word in enumerate(read):
        if number:
            yield Letter(" " if word.line == read[number - 1].line else "\n", None, 0)
        left, bottom, right, top = word.box
        back = lean * (left + right) / 2
        yield Letter(word.text, (left, bottom - back, right, top - back), 0, number)


def _lean(read: Sequence[_Word]) -> float:
    """How far the lines rise for each pixel to the right; that of most of them."""
    lines = [[word.box for word in line] for _, line in groupby(read, lambda word: word.line)]
    ends = [(line[0], line[-1]) for line in lines if line[-1][0] > line[0][2]]
    return median([(last[1] + last[3] - first[1] - first[3]) / (last[0] + last[2] - first[0] - first[2])
                   for first, last in ends] or [0.0])  # fmt: skip


def _box(row: Sequence[str]) -> Box:
    left, top, width, height = _numbers(row)
    return left, -top - height, left + width, -top


def _numbers(row: Sequence[str]) -> tuple[int, int, int, int]:
    """Left, top, width and height of a row of the table; nothing where it does not say."""
    left, top, width, height = map(_figure, row[6:10])
    return left, top, width, height


def _figure(text: str) -> int:
    """The whole part of a number; nothing where there is none."""
    whole = text.partition(".")[0]
    return int(whole) if whole.isdecimal() and len(whole) < _LONG else 0


def _part(box: Box, width: int, height: int, turn: int) -> Box:
    """The part of the page, before it was turned, that a box of the picture takes up, with a margin."""
    margin = _MARGIN * (box[3] - box[1]) + 1
    left, right = (min(max(side / width, 0.0), 1.0) for side in (box[0] - margin, box[2] + margin))
    top, bottom = (min(max(side / height, 0.0), 1.0) for side in (-box[3] - margin, -box[1] + margin))
    before = {
        0: (left, top, right, bottom),
        90: (top, 1 - right, bottom, 1 - left),
        180: (1 - right, 1 - bottom, 1 - left, 1 - top),
        270: (1 - bottom, left, 1 - top, right),
    }[turn % 360]
    first, second, third, fourth = (round(side, _DECIMALS) for side in before)
    return first, second, third, fourth
