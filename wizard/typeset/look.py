"""How the pack looks: page geometry, colours and text styles, all from the tokens of the screens."""

from dataclasses import dataclass

Colour = tuple[float, float, float]

PAGE_WIDTH = 595.276
PAGE_HEIGHT = 841.89
LEFT = 56.0
RIGHT = PAGE_WIDTH - 56.0
WIDTH = RIGHT - LEFT
TOP = PAGE_HEIGHT - 52.0
BOTTOM = 66.0
FOOT_UPPER = 40.0
FOOT_LOWER = 28.0


def _hex(code: str) -> Colour:
    red, green, blue = (round(int(code[at : at + 2], 16) / 255, 4) for at in (0, 2, 4))
    return red, green, blue


INK = _hex("0B0C0C")
SECONDARY = _hex("505A5F")
LINES = _hex("B1B4B6")
ACTION = _hex("0F5E9C")
DONE = _hex("0B6E4F")
ATTENTION = _hex("8A4B00")
ERROR = _hex("B3261E")
WHITE = (1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Style:
    """How a span of text is set; sizes in points."""

    size: float
    leading: float
    bold: bool = False
    colour: Colour = INK
    slanted: bool = False
    struck: bool = False


def style(size: float, *, bold: bool = False, colour: Colour = INK) -> Style:
    """Return a style with the line height that suits its size."""
    factor = 1.45 if size <= 11 else 1.3 if size <= 16 else 1.2
    return Style(size, round(size * factor, 2), bold, colour)


BODY = style(11)
STRONG = style(11, bold=True)
QUIET = style(11, colour=SECONDARY)
LINK = style(11, colour=ACTION)
SMALL = style(9.5)
SMALL_STRONG = style(9.5, bold=True)
SMALL_QUIET = style(9.5, colour=SECONDARY)
SMALL_LINK = style(9.5, colour=ACTION)
FOOT = style(9, colour=SECONDARY)
LABEL = style(10.5, bold=True)
HEADING = {1: style(20, bold=True), 2: style(16, bold=True), 3: style(13, bold=True)}
TITLE = style(27, bold=True)

STATE_COLOUR = {"met": DONE, "reason given": ATTENTION, "open": ERROR, "not needed": SECONDARY}
STATE_WORDS = {"met": "Met", "reason given": "Reason given", "open": "Open", "not needed": "Not needed"}
