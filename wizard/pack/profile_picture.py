"""The balance of risks and strengths as a picture: what weighs to the left, what helps to the right."""

from collections.abc import Sequence

from wizard.profile import Block, Domain, blocks, described
from wizard.typeset.flow import Flow
from wizard.typeset.look import INK, LEFT, SECONDARY, WHITE, WIDTH, Colour, style
from wizard.typeset.tagging import Element
from wizard.typeset.typesetting import plain

_KEY = "Tall and solid: strong. Low and hollow: some. It is no score, and it is there to be talked about."
_NAME, _LARGEST, _GAP = 92.0, 34.0, 5.0
_HEAD, _ROW, _TALL, _LOW = 22.0, 54.0, 26.0, 15.0
_WEIGHS: Colour = (0.58, 0.32, 0.0)
_HELPS: Colour = (0.0, 0.42, 0.33)


def draw_profile(flow: Flow, parent: Element, domains: Sequence[Domain]) -> None:
    """Draw the balance, with its heading and how to read it."""
    flow.need(_HEAD + _ROW * len(domains) + 70)
    flow.paragraph(
        parent.add("H3"), plain("What weighs and what helps, in balance", style(13, bold=True)), above=14, below=4
    )
    flow.paragraph(parent.add("P"), plain(_KEY, style(9.5, colour=SECONDARY)), below=8)
    figure = parent.add("Figure", alternative=described(domains))
    top = flow.y
    with flow.sheet.marked(figure):
        _words(flow, domains, top)
        for block in blocks(domains, WIDTH, _NAME, _LARGEST, _GAP):
            _block(flow, block, top)
    flow.y = top - _HEAD - _ROW * len(domains)
    flow.space(8)


def _words(flow: Flow, domains: Sequence[Domain], top: float) -> None:
    middle, half = LEFT + WIDTH / 2, _NAME / 2
    _put(flow, "What weighs", middle - half - _GAP, top - 12, end=True, bold=True)
    _put(flow, "What helps", middle + half + _GAP, top - 12, bold=True)
    for row, domain in enumerate(domains):
        base = top - _HEAD - row * _ROW - _TALL
        name = plain(domain.name, style(10.5, bold=True))
        flow.sheet.text(name, middle - flow.sheet.typesetter.width(name) / 2, base + 8)
        _put(flow, str(domain.weighs), middle - half - _GAP, base - 13, end=True)
        _put(flow, str(domain.helps), middle + half + _GAP, base - 13)


def _put(flow: Flow, words: str, x: float, y: float, *, end: bool = False, bold: bool = False) -> None:
    text = plain(words, style(9.5, bold=bold, colour=INK if bold else SECONDARY))
    flow.sheet.text(text, x - flow.sheet.typesetter.width(text) if end else x, y)


def _block(flow: Flow, block: Block, top: float) -> None:
    left, base = LEFT + block.x, top - _HEAD - block.row * _ROW - _TALL
    colour = _HELPS if block.helps else _WEIGHS
    height = _TALL if block.strong else _LOW
    flow.sheet.tint(left, base, block.width, height, colour)
    if not block.strong:
        flow.sheet.tint(left + 1.4, base + 1.4, block.width - 2.8, height - 2.8, WHITE)
