"""Words found on pages, and where each of their letters stands; in the child process.

Letters are read in two orders: as the document has them, and line by line as they lie on the page, since a document may
draw the parts of a word in any order.
"""

import ctypes
import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import pypdfium2 as pdfium

from wizard.errors import EvidenceRefused
from wizard.evidence.detection import detect
from wizard.evidence.kinds import KINDS
from wizard.evidence.office.office_file import to_convert
from wizard.evidence.readers import READERS, reader
from wizard.evidence_fact import Treatment
from wizard.sought_words import SEAM, find

Box = tuple[float, float, float, float]

_WORD_GAP: Final = 0.16
"""Width of a gap, as a part of a letter's height, below which two letters may be of one word."""

_ONE_LINE: Final = 0.4
_SAME_PLACE: Final = 0.3
_MARGIN: Final = 0.08
_UNREADABLE: Final = 0.1
"""Part of a page's letters beyond which it counts as unreadable when no meaning is known of them."""


class Letter(NamedTuple):
    """A letter of a page.

    Attributes:
        text: what it is; empty where the document does not say.
        box: left, bottom, right, top in points, before the page is turned; None of what is only thought in between.
        angle: degrees in which it leans.
        number: its place among the letters of the page, as pdfium counts them.
    """

    text: str
    box: Box | None
    angle: int
    number: int = -1


@dataclass(frozen=True, slots=True)
class Found:
    """What was found on a page.

    Attributes:
        places: which word (its index) was found, and what its letters take up, a box for each line, as parts (0 to 1)
            of the upright page: left, top, right, bottom.
        searched: there is text on the page, and its letters are known.
    """

    places: tuple[tuple[int, tuple[Box, ...]], ...]
    searched: bool

    @property
    def words(self) -> frozenset[int]:
        """The words that were found."""
        return frozenset(word for word, _ in self.places)


def find_in(
    data: bytes, treatment: Mapping[str, Any], kind: str = "", convertible: Collection[str] = ()
) -> tuple[dict[str, Any], list[bytes]]:
    """The operation of the child process: where the words of a treatment stand in a file, before anything is done.

    A file that cannot be read has no pages. Where some page has no text, there is the safe copy too, for whoever can
    read pictures. ``kind`` and ``convertible`` are as in `intake.prepare`.
    """
    wanted = Treatment.of(treatment)
    known = KINDS[kind] if kind else detect(data)
    try:
        if known.id not in READERS:
            raise EvidenceRefused(f"This is {known.a_name}, in which no words can be looked for.", known.remedy)
        if known.id in convertible and (told := to_convert(data, known.id)):
            return told, []
    except EvidenceRefused as refusal:
        return {"why": str(refusal)}, []
    try:
        pdf = reader(known.id)(data, known.id, replace(wanted, areas=(), words=())).pdf
    except EvidenceRefused:
        pdf = b""
    found = [on_page(page, wanted.words) for page in (pdfium.PdfDocument(pdf) if pdf else ())]
    return {"pages": [_said(one) for one in found]}, [] if all(one.searched for one in found) else [pdf]


def _said(found: Found) -> dict[str, Any]:
    return {"searched": found.searched, "places": said(found.places)}


def said(places: Iterable[tuple[int, Iterable[Box]]]) -> list[dict[str, Any]]:
    """Which words stand where, as the child says it."""
    return [{"word": word, "boxes": list(boxes)} for word, boxes in places]


def on_page(page: pdfium.PdfPage, words: Sequence[str]) -> Found:
    """Find words on a page."""
    text = page.get_textpage()
    letters = list(_letters(text))
    drawn = [one for one in letters if one.box is not None]
    unknown = sum(1 for one in drawn if not one.text)
    upright = _Upright(page)
    places = among(letters, words, lambda one: _ink(text.raw, one))
    found = tuple((word, tuple(map(upright.of, boxes))) for word, boxes in places)
    return Found(found, bool(drawn) and unknown <= len(drawn) * _UNREADABLE)


def among(
    letters: Sequence[Letter], words: Sequence[str], ink: Callable[[Letter], Box | None] = lambda one: one.box
) -> list[tuple[int, list[Box]]]:
    """Which words stand among letters, in either order, and the boxes of each place, one a line; ``ink`` gives them."""
    places: list[tuple[int, list[Box]]] = []
    for order in (letters, _line_by_line(letters)):
        for word, (first, end) in _matches(order, words):
            boxes = _merged(box for one in order[first:end] if (box := ink(one)) is not None)
            if not any(word == other and _within(boxes, known) for other, known in places):
                places.append((word, boxes))
    return places


def _within(boxes: Iterable[Box], others: Iterable[Box]) -> bool:
    """Whether each of the boxes lies in one of the others, give or take a point."""
    return all(
        any(a[0] >= b[0] - 1 and a[1] >= b[1] - 1 and a[2] <= b[2] + 1 and a[3] <= b[3] + 1 for b in others)
        for a in boxes
    )


def _matches(letters: Sequence[Letter], words: Sequence[str]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Which word stands from which letter to before which."""
    places = [number for number, letter in enumerate(letters) for _ in letter.text]
    for word, (first, end) in find(words, "".join(letter.text for letter in letters)):
        yield word, (places[first], places[end - 1] + 1)


def _letters(text: pdfium.PdfTextPage) -> Iterator[Letter]:
    raw, page = pdfium.raw, text.raw
    last: Letter | None = None
    between = ""
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(page, index)
        if raw.FPDFText_IsGenerated(page, index) == 1:
            between += chr(code)
            continue
        known = "" if raw.FPDFText_HasUnicodeMapError(page, index) == 1 else _known(code)
        angle = round(math.degrees(raw.FPDFText_GetCharAngle(page, index))) % 360
        letter = Letter(known, _room(page, index), angle, index)
        if between:
            near = between == " " and last is not None and _gap(last, letter) < _WORD_GAP
            yield Letter(SEAM if near else between, None, 0)
        yield letter
        last, between = letter, ""


_LOOSE: Final = pdfium.raw.FS_RECTF()
_TIGHT: Final = tuple(ctypes.c_double() for _ in range(4))


def _room(page: object, index: int) -> Box:
    """The room that its typeface gives a letter."""
    pdfium.raw.FPDFText_GetLooseCharBox(page, index, _LOOSE)
    return _LOOSE.left, _LOOSE.bottom, _LOOSE.right, _LOOSE.top


def _ink(page: object, letter: Letter) -> Box | None:
    """What a letter takes up: its room, and where it is drawn beyond that."""
    if letter.box is None or not pdfium.raw.FPDFText_GetCharBox(page, letter.number, *_TIGHT):
        return letter.box
    left, right, bottom, top = (side.value for side in _TIGHT)
    return _around((letter.box, (left, bottom, right, top)))


def _known(code: int) -> str:
    """A letter by its number; nothing where it is unknown or of a typeface's own making."""
    if code in {0, 0xFFFD} or 0xD800 <= code < 0xF900 or code >= 0xF0000:
        return ""
    return chr(code)


def _gap(one: Letter, other: Letter) -> float:
    """How far two letters lie apart, in heights of a letter."""
    if one.box is None or other.box is None:
        return math.inf
    a, b = one.box, other.box
    apart = max(b[0] - a[2], a[0] - b[2], b[1] - a[3], a[1] - b[3])
    return apart / max(min(a[2] - a[0], a[3] - a[1]) if one.angle % 180 > 45 else a[3] - a[1], 1e-6)


def _line_by_line(letters: Iterable[Letter]) -> list[Letter]:
    """Letters in the order in which they lie on the page, those that lean alike together."""
    leaning: dict[int, list[tuple[float, float, float, float, Letter]]] = defaultdict(list)
    for letter in letters:
        if letter.box is not None and letter.text.strip():
            leaning[letter.angle].append((*_along(letter.box, letter.angle), letter))
    order: list[Letter] = []
    for placed in leaning.values():
        for line in _lines(placed):
            order += [*_spaced(line), Letter("\n", None, 0)]
    return order


def _along(box: Box, angle: int) -> tuple[float, float, float, float]:
    """A box as seen by letters that lean: how far down its middle is, from where to where it goes, how high it is."""
    if not angle:
        return -(box[1] + box[3]) / 2, box[0], box[2], box[3] - box[1]
    turn = math.radians(angle)
    across, down = math.cos(turn), math.sin(turn)
    corners = [(box[i], box[j]) for i in (0, 2) for j in (1, 3)]
    along = [x * across + y * down for x, y in corners]
    up = [y * across - x * down for x, y in corners]
    return -(min(up) + max(up)) / 2, min(along), max(along), max(up) - min(up)


_Placed = tuple[float, float, float, float, Letter]


def _lines(placed: list[_Placed]) -> Iterator[list[_Placed]]:
    line: list[_Placed] = []
    for one in sorted(placed, key=lambda one: one[:2]):
        if line and one[0] - line[0][0] > _ONE_LINE * min(one[3], line[0][3]):
            yield line
            line = []
        line.append(one)
    yield line


def _spaced(line: list[_Placed]) -> Iterator[Letter]:
    last: _Placed | None = None
    for one in sorted(line, key=lambda one: one[1]):
        if last is not None:
            if one[4].text == last[4].text and one[1] - last[1] < _SAME_PLACE * (last[2] - last[1]):
                continue  # drawn twice, to look bold
            if one[1] - last[2] > _WORD_GAP * one[3]:
                yield Letter(" ", None, 0)
        yield one[4]
        last = one


def _around(boxes: Iterable[Box]) -> Box:
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _merged(boxes: Iterable[Box]) -> list[Box]:
    """Boxes of letters joined into one for each line."""
    joined: list[Box] = []
    for box in boxes:
        if joined and _beside(joined[-1], box):
            joined[-1] = _around((joined[-1], box))
        else:
            joined.append(box)
    return joined


def _beside(one: Box, other: Box) -> bool:
    """Whether two boxes lie side by side, or one below the other, rather than on two lines of a text."""
    height = min(one[3], other[3]) - max(one[1], other[1])
    return height > 0.5 * min(one[3] - one[1], other[3] - other[1])


class _Upright:
    """Turns boxes of a page, in points, into parts of it as it is seen, with a small margin."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        left, bottom, right, top = page.get_bbox()
        self._left, self._bottom = left, bottom
        self._width, self._height = max(right - left, 1e-6), max(top - bottom, 1e-6)
        self._turn = page.get_rotation() % 360

    def of(self, box: Box) -> Box:
        """The parts of the page that a box takes up; what lies beyond its edges is cut off."""
        margin = 1 + _MARGIN * min(box[2] - box[0], box[3] - box[1])
        x, y = (
            sorted(min(max((side - start + by) / whole, 0.0), 1.0) for side, by in ((low, -margin), (high, margin)))
            for low, high, start, whole in (
                (box[0], box[2], self._left, self._width),
                (box[1], box[3], self._bottom, self._height),
            )
        )
        (left, right), (low, high) = x, y
        upright = {
            0: (left, 1 - high, right, 1 - low),
            90: (low, left, high, right),
            180: (1 - right, low, 1 - left, high),
            270: (1 - high, 1 - right, 1 - low, 1 - left),
        }[self._turn]
        first, second, third, fourth = (round(side, 5) for side in upright)
        return first, second, third, fourth
