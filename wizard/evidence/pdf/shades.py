"""Pages that are empty or nearly black, told from the greys of a small picture of them; in the child process."""

from collections.abc import Mapping
from typing import Final

from wizard.evidence.document import Shade

_PALEST_DARK: Final = 60
_DARKEST_BLANK: Final = 150
_APART: Final = 20
"""By how much a dot is darker or lighter than most, to be something."""

_SPECKS: Final = 0.0005
"""Part of the page that may be something all the same: dust, and the noise of a camera."""


def shade(greys: Mapping[int, int]) -> Shade:
    """What a page looks like whose picture, about 200 dots wide, has so many dots of each grey (0 to 255)."""
    most = max(greys, key=lambda grey: greys[grey])
    apart = sum(number for grey, number in greys.items() if abs(grey - most) > _APART)
    if _PALEST_DARK < most < _DARKEST_BLANK or apart > _SPECKS * sum(greys.values()):
        return Shade.ORDINARY
    return Shade.DARK if most <= _PALEST_DARK else Shade.BLANK
