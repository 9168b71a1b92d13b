"""Screenshots of a phone: a health service's ``app`` with the next appointment, or ``messages``."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Final

from PIL import Image, ImageColor, ImageDraw

from wizard.sample_papers.ink import GREY, INK, face, wrapped
from wizard.sample_papers.layout import Words

PHONE: Final = (720, 1280)
_PAPER: Final = (240, 243, 245)


def screenshot(words: Words) -> bytes:
    """A screenshot in its look, drawn at twice its size.

    ``words`` has ``look``, ``colour`` and ``clock``; for ``app`` also ``day`` (three short lines), ``time``, ``place``,
    ``what``, ``rows`` (three of label and entry) and ``advice`` (a heading and two lines); for ``messages`` ``who`` and
    ``messages``, pairs of the hour and the words, the hour led by ``>`` where the message was sent.
    """
    page = Image.new("RGB", (PHONE[0] * 2, PHONE[1] * 2), _PAPER)
    draw = ImageDraw.Draw(page)
    _LOOKS[words["look"]](draw, words)
    out = BytesIO()
    page.resize(PHONE, Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _app(draw: ImageDraw.ImageDraw, words: Words) -> None:
    colour = ImageColor.getrgb(words["colour"])
    draw.rectangle((0, 0, 1440, 420), fill=colour)
    _status_bar(draw, words["clock"])
    draw.text((80, 170), "Appointments", font=face("Bold", 92), fill="white")
    for left, name, chosen in ((80, "Upcoming", True), (460, "Past", False)):
        draw.text((left, 318), name, font=face("Bold", 52), fill="white" if chosen else (170, 212, 212))
    draw.rounded_rectangle((80, 404, 316, 420), 8, fill="white")
    _appointment(draw, words)
    draw.rounded_rectangle((60, 1596, 1380, 1880), 36, fill=(226, 238, 238))
    draw.text((120, 1640), words["advice"][0], font=face("Bold", 52), fill=colour)
    for row, line in enumerate(words["advice"][1:]):
        draw.text((120, 1718 + 66 * row), line, font=face("Regular", 48), fill=INK)
    _bottom_bar(draw, colour)


def _messages(draw: ImageDraw.ImageDraw, words: Words) -> None:
    colour = ImageColor.getrgb(words["colour"])
    draw.rectangle((0, 0, 1440, 290), fill=colour)
    _status_bar(draw, words["clock"])
    draw.text((80, 160), words["who"], font=face("Bold", 72), fill="white")
    at, body = 350, face("Noto", 50)
    for hour, text in words["messages"]:
        sent, lines = hour.startswith(">"), wrapped(text, body, 900)
        left = 380 if sent else 60
        box = (left, at, left + 1000, at + 72 * len(lines) + 110)
        draw.rounded_rectangle(box, 40, fill=(214, 236, 222) if sent else "white", outline=(214, 222, 226), width=3)
        for row, line in enumerate(lines):
            draw.text((left + 46, at + 24 + 72 * row), line, font=body, fill=INK)
        draw.text((left + 954, box[3] - 62), hour.lstrip(">"), font=face("Regular", 38), fill=GREY, anchor="ra")
        at = box[3] + 46


_LOOKS: Final[Mapping[str, Callable[[ImageDraw.ImageDraw, Words], None]]] = {"app": _app, "messages": _messages}


def _status_bar(draw: ImageDraw.ImageDraw, clock: str) -> None:
    draw.text((80, 30), clock, font=face("Bold", 52), fill="white")
    for bar in range(4):
        draw.rounded_rectangle((1080 + 26 * bar, 80 - 14 * bar, 1098 + 26 * bar, 90), 4, fill="white")
    draw.rounded_rectangle((1230, 42, 1340, 92), 14, outline="white", width=5)
    draw.rounded_rectangle((1240, 52, 1304, 82), 6, fill="white")
    draw.rounded_rectangle((1344, 58, 1352, 76), 3, fill="white")


def _appointment(draw: ImageDraw.ImageDraw, words: Words) -> None:
    colour, (weekday, day, month) = ImageColor.getrgb(words["colour"]), words["day"]
    draw.rounded_rectangle((60, 490, 1380, 1540), 36, fill="white", outline=(214, 222, 226), width=3)
    draw.rounded_rectangle((120, 550, 380, 850), 28, fill=(226, 238, 238))
    for at, text, style, size, ink in (
        (570, weekday, "Bold", 48, colour), (624, day, "Bold", 132, INK), (780, month, "Bold", 46, colour)
    ):  # fmt: skip
        draw.text((250, at), text, font=face(style, size), fill=ink, anchor="ma")
    draw.text((430, 562), words["time"], font=face("Bold", 92), fill=INK)
    draw.text((430, 676), words["place"], font=face("Bold", 56), fill=INK)
    draw.text((430, 754), words["what"], font=face("Regular", 50), fill=GREY)
    for row, (label, entry) in enumerate(words["rows"]):
        at = 910 + 130 * row
        draw.line((120, at, 1320, at), fill=(222, 228, 232), width=3)
        draw.text((120, at + 34), label, font=face("Regular", 52), fill=GREY)
        draw.text((340, at + 34), entry, font=face("Regular", 52), fill=INK)
    for left, name, solid in ((120, "Add to calendar", True), (740, "Change or cancel", False)):
        box = (left, 1350, left + 580, 1480)
        draw.rounded_rectangle(box, 65, fill=colour if solid else "white", outline=colour, width=5)
        draw.text((left + 290, 1415), name, font=face("Bold", 52), fill="white" if solid else colour, anchor="mm")


def _bottom_bar(draw: ImageDraw.ImageDraw, colour: tuple[int, ...]) -> None:
    draw.rectangle((0, 2330, 1440, 2560), fill="white")
    draw.line((0, 2330, 1440, 2330), fill=(214, 222, 226), width=3)
    for tab, name in enumerate(("Home", "Appointments", "Letters", "You")):
        middle, ink = 180 + 360 * tab, colour if tab == 1 else GREY
        draw.rounded_rectangle((middle - 34, 2364, middle + 34, 2424), 14, outline=ink, width=7)
        if tab == 1:
            draw.line((middle - 34, 2386, middle + 34, 2386), fill=ink, width=7)
        draw.text((middle, 2440), name, font=face("Bold" if tab == 1 else "Regular", 42), fill=ink, anchor="ma")
    draw.rounded_rectangle((500, 2526, 940, 2540), 7, fill=INK)
