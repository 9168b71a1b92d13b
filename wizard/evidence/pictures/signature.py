"""The picture of a drawn signature in a referral that came from elsewhere, written anew; in the child process."""

import io
from typing import Final

from PIL import Image

from wizard.errors import EvidenceRefused
from wizard.evidence.pictures.opening import BROKEN

MOST: Final = 16_000_000
"""Dots that it may have; one that is drawn here has a tenth of them."""


def redrawn(data: bytes) -> tuple[None, list[bytes]]:
    """The operation of the child process: a PNG with the dots of this one, and nothing else that was in it.

    Raises:
        EvidenceRefused: it is no PNG, damaged, or larger than anybody draws.
    """
    try:
        image = Image.open(io.BytesIO(data), formats=["PNG"])
        if image.width * image.height > MOST:
            raise EvidenceRefused("The picture is too large for a signature.")
        dots = image.convert("RGBA")
    except (*BROKEN, Image.DecompressionBombError):
        raise EvidenceRefused("The picture is damaged.") from None
    buffer = io.BytesIO()
    Image.frombytes("RGBA", dots.size, dots.tobytes()).save(buffer, "PNG", optimize=True)
    return None, [buffer.getvalue()]
