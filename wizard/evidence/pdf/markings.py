"""Marks that people made on a page of a PDF, such as highlights, strokes and arrows; in the child process.

Most programs keep a picture of each mark beside it. Where there is none, every program is to draw the mark from what
is said of it ([ISO 32000-1] 12.5.6); a copy that kept pictures alone would lose it without a word.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

_BROKEN: Final = (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
_UNSEEN: Final = 0x02 | 0x20  # hidden, and not to be viewed
_WRITTEN: Final = frozenset({"/FreeText", "/Stamp"})
_REST: Final = ("/Text", "/Caret", "/Stamp")
_YELLOW: Final = (1.0, 1.0, 0.0)
_ROUND: Final = 0.5523  # of a half side: where the handles of a quarter of a circle lie
_MOST: Final = 100_000

Point = tuple[float, float]


def draw(source: Pdf) -> int:
    """Give each mark without a picture one; tells how many there are that cannot be drawn here, such as stamps."""
    unshown = 0
    for page in source.pages:
        marks = page.obj.get(Name.Annots)
        for mark in marks if isinstance(marks, Array) else ():
            try:
                if _lacks_picture(mark):
                    unshown += not _drawn(source, mark)
            except _BROKEN:
                unshown += 1
    return unshown


def _lacks_picture(mark: Object) -> bool:
    if not isinstance(mark, Dictionary) or int(mark.get(Name.F, 0)) & _UNSEEN:
        return False
    looks = mark.get(Name.AP)
    kind = str(mark.get(Name.Subtype, ""))
    return (kind in _KINDS or kind in _WRITTEN) and not (isinstance(looks, Dictionary) and Name.N in looks)


def _drawn(source: Pdf, mark: Object) -> bool:
    kind = str(mark.Subtype)
    if kind not in _KINDS:
        return kind == "/FreeText" and not str(mark.get(Name.Contents, "")).strip()
    wide = _width(mark)
    path, points = _KINDS[kind](mark)
    if not points:
        return False
    look = source.make_stream(f"/G gs {_colours(mark)} {wide:.2f} w 1 J 1 j {path}".encode())
    solid = _number(mark.get(Name.CA, 1))
    state = Dictionary(CA=solid, ca=solid, BM=Name.Multiply if kind == "/Highlight" else Name.Normal)
    across, down = zip(*points, strict=True)
    box = Array([min(across) - wide, min(down) - wide, max(across) + wide, max(down) + wide])
    look.stream_dict.update(
        {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": box,
         "/Resources": Dictionary(ExtGState=Dictionary(G=state))}
    )  # fmt: skip
    mark.AP, mark.Rect = Dictionary(N=look), box
    return True


def _number(value: Any) -> float:  # noqa: ANN401 - whatever stands there
    return float(value)


def _width(mark: Object) -> float:
    border = mark.get(Name.Border)
    if Name.BS in mark:
        return _number(mark.BS.get(Name.W, 1))
    return _number(border[2]) if isinstance(border, Array) and len(border) > 2 else 1.0


def _colour(values: object, operators: Sequence[str], other: Sequence[float]) -> str:
    said = [_number(one) for one in values] if isinstance(values, Array) else []
    parts = said or list(other)
    return " ".join([*(f"{part:.3f}" for part in parts), operators[(1, 3, 4).index(len(parts))]]) if parts else ""


def _colours(mark: Object) -> str:
    inside = _YELLOW if mark.Subtype == Name.Highlight else ()
    filled = mark.get(Name.C) if inside else mark.get(Name.IC)
    return f"{_colour(mark.get(Name.C), ('G', 'RG', 'K'), (0.0,))} {_colour(filled, ('g', 'rg', 'k'), inside)}"


def _points(values: Iterable[object]) -> list[Point]:
    numbers = [_number(one) for one in values]
    if len(numbers) > _MOST:
        raise ValueError("too many points")
    return list(zip(numbers[::2], numbers[1::2], strict=False))


def _line(points: Sequence[Point]) -> str:
    return " ".join(f"{x:.2f} {y:.2f} {'l' if number else 'm'}" for number, (x, y) in enumerate(points))


def _over_words(height: float | None) -> Callable[[Object], tuple[str, list[Point]]]:
    """What covers words wholly, or is a line at a part of their height."""

    def drawn(mark: Object) -> tuple[str, list[Point]]:
        corners = _points(mark.get(Name.QuadPoints) or mark.Rect)
        parts, seen = [], []
        for start in range(0, len(corners), 4):
            across, down = zip(*corners[start : start + 4], strict=True)
            left, right, low, high = min(across), max(across), min(down), max(down)
            at = low + (high - low) * (height or 0)
            parts.append(
                f"{left:.2f} {low:.2f} {right - left:.2f} {high - low:.2f} re f"
                if height is None
                else f"{_line([(left, at), (right, at)])} S"
            )
            seen += [(left, low), (right, high)]
        return " ".join(parts), seen

    return drawn


def _strokes(mark: Object) -> tuple[str, list[Point]]:
    lines = [_points(stroke) for stroke in mark.InkList]
    return " ".join(f"{_line(line)} S" for line in lines if line), [point for line in lines for point in line]


def _through(key: str, end: str) -> Callable[[Object], tuple[str, list[Point]]]:
    def drawn(mark: Object) -> tuple[str, list[Point]]:
        points = _points(mark[key])
        return f"{_line(points)} {end if end == 'S' or Name.IC not in mark else 'b'}", points

    return drawn


def _square(mark: Object) -> tuple[str, list[Point]]:
    (left, low), (right, high) = _inner(mark)
    return f"{left:.2f} {low:.2f} {right - left:.2f} {high - low:.2f} re {_end(mark)}", [(left, low), (right, high)]


def _circle(mark: Object) -> tuple[str, list[Point]]:
    (left, low), (right, high) = _inner(mark)
    x, y, a, b = (left + right) / 2, (low + high) / 2, (right - left) / 2, (high - low) / 2
    quarters = [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 0)]
    curves = " ".join(
        " ".join(f"{x + a * across:.2f} {y + b * up:.2f}" for across, up in (
            (p + _ROUND * r, q + _ROUND * s), (r + _ROUND * p, s + _ROUND * q), (r, s),
        )) + " c"
        for (p, q), (r, s) in pairwise(quarters)
    )  # fmt: skip
    return f"{x + a:.2f} {y:.2f} m {curves} {_end(mark)}", [(left, low), (right, high)]


def _inner(mark: Object) -> list[Point]:
    (x1, y1), (x2, y2) = _points(mark.Rect)
    by = min(_width(mark) / 2, abs(x1 - x2) / 2, abs(y1 - y2) / 2)
    return [(min(x1, x2) + by, min(y1, y2) + by), (max(x1, x2) - by, max(y1, y2) - by)]


def _end(mark: Object) -> str:
    return "b" if Name.IC in mark and len(mark.IC) else "s"


_KINDS: Final = MappingProxyType(
    {
        "/Highlight": _over_words(None),
        "/Underline": _over_words(0.05),
        "/Squiggly": _over_words(0.05),
        "/StrikeOut": _over_words(0.45),
        "/Ink": _strokes,
        "/Line": _through("/L", "S"),
        "/PolyLine": _through("/Vertices", "S"),
        "/Polygon": _through("/Vertices", "s"),
        "/Square": _square,
        "/Circle": _circle,
    }
)
"""How each kind is drawn: the path and the points within which it lies."""

REMARKED: Final = frozenset((*_KINDS, *_REST))
"""Kinds whose words, unlike those of a text box, open on a click."""
