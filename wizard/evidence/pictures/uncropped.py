"""A picture as it is before anything is cut off, and the angle by which its lines lean; in the child process."""

import io
import warnings
from typing import Final

from PIL import Image

from wizard.errors import EvidenceRefused
from wizard.evidence.detection import detect
from wizard.evidence.pictures.opening import BROKEN, frames
from wizard.evidence.pictures.tilt import tilt
from wizard.evidence.pictures.upright import needed, shape, upright
from wizard.evidence_fact import Treatment

_PLAIN: Final = Treatment()


def look(data: bytes, width: int) -> tuple[dict[str, float], list[bytes]]:
    """The operation of the child process: the first picture, upright, as a PNG at most that wide, and the angle.

    Raises:
        EvidenceRefused: it cannot be read.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Pillow says of odd details
        frame = next(frames(data, detect(data).id, lambda image: needed(image, _PLAIN)), None)
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
    return {"angle": tilt(image if stretch == 1.0 else shown)}, [buffer.getvalue()]


def _damaged() -> EvidenceRefused:
    return EvidenceRefused("The picture is damaged.", "Take or save it again and add the new one.")
