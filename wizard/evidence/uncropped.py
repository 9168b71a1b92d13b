"""A picture as it is before anything is cut off, and the angle by which its lines lean; in the child process."""

import io
import warnings
from itertools import pairwise
from typing import Final

from PIL import Image

from wizard.errors import EvidenceRefused
from wizard.evidence.opening import BROKEN, frames
from wizard.evidence.upright import needed, shape, upright
from wizard.evidence_fact import Treatment

_SMALL: Final = 420
"""Dots along the longer side of the copy in which lines are looked for."""

_STEEPEST: Final = 12
_CLEARLY: Final = 1.25
"""How many times better an angle has to be than none at all before it is suggested."""

_PLAIN: Final = Treatment()


def look(data: bytes, kind: str, width: int) -> tuple[dict[str, float], list[bytes]]:
    """The operation of the child process: the first picture, upright, as a PNG at most that wide, and the angle.

    Raises:
        EvidenceRefused: it cannot be read.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Pillow says of odd details
        frame = next(frames(data, kind, lambda image: needed(image, _PLAIN)), None)
        if frame is None:
            raise _damaged()
        try:
            image = upright(frame.image, _PLAIN)
        except BROKEN:
            raise _damaged() from None
    stretch = shape(frame.image) if image.mode == "1" else 1.0
    across = min(width, image.width)
    size = across, max(1, round(image.height * stretch * across / image.width))
    shown = image.convert("L" if image.mode in ("1", "L") else "RGB").resize(size, Image.Resampling.BOX)
    buffer = io.BytesIO()
    shown.save(buffer, "PNG", icc_profile=None)
    return {"angle": leaning(shown)}, [buffer.getvalue()]


def leaning(image: Image.Image) -> float:
    """Degrees clockwise by which a picture is to be turned for its lines to lie level; 0 where that is not clear."""
    small = image.convert("L")
    small.thumbnail((_SMALL, _SMALL), Image.Resampling.BOX)
    plain = _levelled(small, 0)
    best = max(range(-_STEEPEST, _STEEPEST + 1), key=lambda angle: _levelled(small, angle))
    fine = max((best - 0.5, float(best), best + 0.5), key=lambda angle: _levelled(small, angle))
    clear = _levelled(small, fine) > _CLEARLY * plain and abs(best) < _STEEPEST
    return fine if clear and abs(fine) >= 1 / 2 else 0.0


def _levelled(image: Image.Image, degrees: float) -> float:
    """How sharply the rows of a picture differ from their neighbours once it is turned: most where lines lie level."""
    turned = image.rotate(-degrees, Image.Resampling.BILINEAR) if degrees else image
    width, height = turned.size
    middle = turned.crop((width // 6, height // 6, width - width // 6, height - height // 6))
    rows = middle.resize((1, middle.height), Image.Resampling.BOX).tobytes()
    return float(sum((one - other) ** 2 for one, other in pairwise(rows)) + 1)


def _damaged() -> EvidenceRefused:
    return EvidenceRefused("The picture is damaged.", "Take or save it again and add the new one.")
