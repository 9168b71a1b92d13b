"""Evidence behind numbered dividers: each page upright, whole, within our foot, whatever its size or turn."""

from collections.abc import Iterator, Sequence

from forms.kit.dates import long_day
from wizard.pack.documents import Exhibit, Leaf
from wizard.typeset import plan as places
from wizard.typeset.flow import Flow
from wizard.typeset.look import (
    ACTION,
    BODY,
    FOOT_UPPER,
    LABEL,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SECONDARY,
    TITLE,
    WHITE,
    WIDTH,
    style,
)
from wizard.typeset.tagging import Element
from wizard.typeset.typesetting import Text, plain

_MARGIN = 18.0
_FOOT = FOOT_UPPER + 16.0
_LARGEST_SCALE = 1.4
_SLICE_FROM = 2.6  # height to width; longer pages are cut into slices that can be read
_OVERLAP = 0.04


def draw_exhibit(flow: Flow, exhibit: Exhibit) -> None:
    """Draw an evidence document: its divider, then its pages."""
    item = exhibit.item
    element = flow.sheet.drawn.document.add("Sect", title=f"Evidence {item.number}")
    _divider(flow, element, exhibit)
    for at, leaf in enumerate(exhibit.leaves):
        for clip in _slices(leaf):
            _page(flow, element, exhibit, at, clip)
    flow.sheet.reach(places.evidence(item.number))


def _divider(flow: Flow, parent: Element, exhibit: Exhibit) -> None:
    item = exhibit.item
    flow.begin(f"Evidence {item.number}")
    flow.sheet.anchor(places.evidence(item.number), PAGE_HEIGHT)
    _tab(flow, item.number)
    flow.y -= 96
    text = (
        *plain(f"Evidence {item.number}\n", style(13, bold=True, colour=ACTION)),
        *plain(item.title, TITLE if len(item.title) < 90 else style(16, bold=True)),
    )
    flow.row([flow.cell(0, WIDTH - 40, (parent.add("H1"), text))], below=18)
    flow.rule()
    facts = parent.add_list()
    for label, words in _facts(flow, exhibit):
        fact = facts.add("LI")
        cells = [
            flow.cell(0, 120, (fact.add("Lbl"), plain(label, LABEL))),
            flow.cell(134, WIDTH - 134, *((body, text) for body, text in _bodies(fact.add("LBody"), words))),
        ]
        flow.row(cells, above=6, below=4)
    flow.finish()


def _bodies(body: Element, texts: Sequence[Text]) -> Iterator[tuple[Element, Text]]:
    for text in texts:
        yield (body if len(texts) == 1 else body.add("P")), text


def _facts(flow: Flow, exhibit: Exhibit) -> Iterator[tuple[str, list[Text]]]:
    item = exhibit.item
    said: tuple[tuple[str, Sequence[str]], ...] = (
        ("Kind", (item.kind,)),
        ("Came with", (item.within,)),
        ("Dated", (long_day(item.dated) if item.dated else "",)),
        ("Pages", (_pages(flow, exhibit),)),
        ("Why", (item.why,)),
        ("Original", (f"It travels in this pack as the file “{item.travels_as}”" if item.original else "",)),
        ("Shows", item.answers),
        ("What was changed", item.notices),
    )
    for label, texts in said:
        if any(texts):
            yield label, [plain(text, BODY) for text in texts]
    yield "Original’s SHA-256", [plain(item.sha256, style(8, colour=SECONDARY))]


def _pages(flow: Flow, exhibit: Exhibit) -> str:
    """Where its pages are, or why there are none; nothing before their places are known."""
    span = flow.sheet.plan.places.get(places.evidence(exhibit.item.number))
    if exhibit.leaves and span:
        first = f"page {span.first + 1}" if span.last == span.first + 1 else f"pages {span.first + 1} to {span.last}"
        return f"{len(exhibit.leaves)}, on {first} of this pack"
    if exhibit.leaves:
        return ""
    why = {
        "attached": "None here: its pages cannot be shown",
        "refused": "None: it could not be taken in",
    }
    return why.get(exhibit.item.outcome, "None here: the original cannot be printed")


def _tab(flow: Flow, number: int) -> None:
    """Draw the divider's tab at the right edge, lower for every number, like those of a ring binder."""
    y = PAGE_HEIGHT - 150 - (number - 1) % 10 * 60
    flow.sheet.block(PAGE_WIDTH - 34, y, 34, 52, ACTION)
    words = plain(str(number), style(20, bold=True, colour=WHITE))
    with flow.sheet.artefact():
        flow.sheet.text(words, PAGE_WIDTH - 17 - flow.sheet.typesetter.width(words) / 2, y + 19)


def _slices(leaf: Leaf) -> Iterator[tuple[float, float]]:
    """Yield the (bottom, top) of what each of our pages shows of an upright page."""
    width, height = leaf.size
    if height / width <= _SLICE_FROM:
        yield 0.0, height
        return
    step = width * 1.3
    top = height
    while top > 0:
        bottom = max(top - step, 0.0)
        yield bottom, top
        if bottom == 0.0:
            return
        top = bottom + step * _OVERLAP


def _page(flow: Flow, parent: Element, exhibit: Exhibit, at: int, clip: tuple[float, float]) -> None:
    item, leaf = exhibit.item, exhibit.leaves[at]
    width, height = leaf.size[0], clip[1] - clip[0]
    across, up = (PAGE_HEIGHT, PAGE_WIDTH) if width > height * 1.05 else (PAGE_WIDTH, PAGE_HEIGHT)
    room = across - 2 * _MARGIN, up - _FOOT - _MARGIN
    scale = min(room[0] / width, room[1] / height, _LARGEST_SCALE)
    left = (across - width * scale) / 2
    bottom = _FOOT + (room[1] - height * scale) / 2 if scale == _LARGEST_SCALE else _FOOT + room[1] - height * scale
    flow.sheet.begin((across, up))
    words = f"Evidence {item.number}, page {at + 1} of {len(exhibit.leaves)}: {item.title}"
    element = parent.add("P", title=words) if leaf.has_text else parent.add("Figure", alternative=words)
    placed = (scale, left, bottom - clip[0] * scale)
    window = (left, bottom, width * scale, height * scale)
    flow.sheet.exhibit(element, f"E{item.number}p{at + 1}", placed, window, (item.number, at))
    flow.sheet.finish(f"Evidence {item.number}, page {at + 1} of {len(exhibit.leaves)}")
