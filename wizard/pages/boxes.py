"""Boxes on a page, as parts (0 to 1) of its width and height: left, top, right, bottom. Pure."""

from collections.abc import Sequence

Box = tuple[float, float, float, float]
Spot = tuple[float, float]

LEAST = 0.01
"""Width and height that a box has at least."""
MIDDLE: Box = (0.3, 0.45, 0.7, 0.55)
"""Where a new box stands that nobody has drawn."""
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)


def between(one: Spot, other: Spot) -> Box:
    """The box that has two spots as opposite corners; what lies beside the page is cut off."""
    (left, right), (top, bottom) = (sorted(map(_within, pair)) for pair in zip(one, other, strict=True))
    return _grown((left, top, right, bottom))


def moved(box: Box, across: float, down: float) -> Box:
    """The box as large as it is, moved as far as the page goes."""
    left, top, right, bottom = box
    across = min(max(across, -left), 1 - right)
    down = min(max(down, -top), 1 - bottom)
    return left + across, top + down, right + across, bottom + down


def stretched(box: Box, across: float, down: float) -> Box:
    """The box with its right and bottom sides moved, never beyond the page nor smaller than `LEAST`."""
    left, top, right, bottom = box
    return left, top, min(1.0, max(left + LEAST, right + across)), min(1.0, max(top + LEAST, bottom + down))


def turned(box: Box, degrees: int) -> Box:
    """Where a box is on the page turned clockwise by so many degrees, a multiple of 90."""
    for _ in range(degrees % 360 // 90):
        left, top, right, bottom = box
        box = 1 - bottom, left, 1 - top, right
    return box


def corner_at(box: Box, spot: Spot, near: Spot) -> Spot | None:
    """The corner opposite to the one that a spot is near to; none where it is near to no corner."""
    left, top, right, bottom = box
    for x, other_x in ((left, right), (right, left)):
        for y, other_y in ((top, bottom), (bottom, top)):
            if abs(spot[0] - x) <= near[0] and abs(spot[1] - y) <= near[1]:
                return other_x, other_y
    return None


def box_at(boxes: Sequence[Box], spot: Spot) -> int | None:
    """The number, from 0, of the topmost box that a spot lies in."""
    return max((number for number, box in enumerate(boxes) if _holds(box, spot)), default=None)


def in_words(box: Box) -> str:
    """Where a box is and how large, as one hears it."""
    left, top, right, bottom = (round(part * 100) for part in box)
    return f"{left} % from the left, {top} % from the top, {right - left} % wide, {bottom - top} % high"


def _holds(box: Box, spot: Spot) -> bool:
    left, top, right, bottom = box
    return left <= spot[0] <= right and top <= spot[1] <= bottom


def _within(part: float) -> float:
    return min(1.0, max(0.0, part))


def _grown(box: Box) -> Box:
    left, top, right, bottom = box
    left, top = min(left, 1 - LEAST), min(top, 1 - LEAST)
    return left, top, max(right, left + LEAST), max(bottom, top + LEAST)
