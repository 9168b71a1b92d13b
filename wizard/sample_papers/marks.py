"""The marks of invented services and schools, drawn round a middle point within 20 points."""

import math
from collections.abc import Callable, Mapping
from typing import Final

from reportlab.lib.colors import Color, white
from reportlab.pdfgen.canvas import Canvas


def _leaves(canvas: Canvas, x: float, y: float, colour: Color) -> None:
    """Leaves on a round ground."""
    canvas.setFillColor(colour)
    canvas.circle(x, y, 20, stroke=0, fill=1)
    canvas.setFillColor(white)
    for turn in (-50, 0, 50):
        canvas.saveState()
        canvas.translate(x, y - 13)
        canvas.rotate(turn)
        leaf = canvas.beginPath()
        leaf.moveTo(0, 0)
        leaf.curveTo(7, 9, 5, 19, 0, 27)
        leaf.curveTo(-5, 19, -7, 9, 0, 0)
        canvas.drawPath(leaf, stroke=0, fill=1)
        canvas.restoreState()


def _waves(canvas: Canvas, x: float, y: float, colour: Color) -> None:
    """Three waves on a square with round corners."""
    canvas.setFillColor(colour)
    canvas.roundRect(x - 20, y - 20, 40, 40, 8, stroke=0, fill=1)
    canvas.setStrokeColor(white)
    canvas.setLineWidth(2.6)
    for down in (9, 0, -9):
        wave = canvas.beginPath()
        wave.moveTo(x - 14, y + down)
        wave.curveTo(x - 7, y + down + 8, x - 7, y + down - 8, x, y + down)
        wave.curveTo(x + 7, y + down + 8, x + 7, y + down - 8, x + 14, y + down)
        canvas.drawPath(wave)


def _sun(canvas: Canvas, x: float, y: float, colour: Color) -> None:
    """A sun with twelve rays."""
    canvas.setFillColor(colour)
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(2.6)
    canvas.circle(x, y, 10, stroke=0, fill=1)
    for ray in range(12):
        dx, dy = math.cos(ray * math.pi / 6), math.sin(ray * math.pi / 6)
        canvas.line(x + 13.5 * dx, y + 13.5 * dy, x + 20 * dx, y + 20 * dy)


def _shield(canvas: Canvas, x: float, y: float, colour: Color) -> None:
    """A shield, quartered, as schools have it."""
    canvas.setFillColor(colour)
    shield = canvas.beginPath()
    shield.moveTo(x - 17, y + 20)
    shield.lineTo(x + 17, y + 20)
    shield.curveTo(x + 18, y - 4, x + 11, y - 14, x, y - 20)
    shield.curveTo(x - 11, y - 14, x - 18, y - 4, x - 17, y + 20)
    canvas.drawPath(shield, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.rect(x - 1.2, y - 20, 2.4, 40, stroke=0, fill=1)
    canvas.rect(x - 18, y + 2, 36, 2.4, stroke=0, fill=1)


MARKS: Final[Mapping[str, Callable[[Canvas, float, float, Color], None]]] = {
    "leaves": _leaves,
    "waves": _waves,
    "sun": _sun,
    "shield": _shield,
}
