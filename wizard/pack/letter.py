"""A letter on paper: the pack's typefaces and tags, one sheet after another, nothing else of the pack."""

from collections.abc import Sequence
from datetime import datetime

from wizard.errors import CannotPrint
from wizard.letters import BLANK, Letter
from wizard.pack.assemble import assemble_letter
from wizard.typeset.characters import described, unprintable
from wizard.typeset.flow import Cell, Flow
from wizard.typeset.look import BODY, LEFT, LINES, STRONG, WIDTH
from wizard.typeset.plan import Plan
from wizard.typeset.sheet import Drawn, Sheet
from wizard.typeset.tagging import Element
from wizard.typeset.typesetting import Typesetter, plain

_SENDER = 300.0
_SIGNATURE = 44.0
_RULE = 220.0
_HAND = 8.0


def letter_pdf(letter: Letter, created: datetime) -> bytes:
    """Return a letter as a tagged PDF; the same letter gives the same bytes.

    Raises:
        CannotPrint: an answer in it holds characters for which there is no typeface.
    """
    if missing := unprintable(letter.text):
        named = ", ".join(map(described, list(missing)[:5]))
        raise CannotPrint(
            f"This computer has no typeface for characters in the letter ({named}).",
            "Write them in other letters, or install a typeface that has them, and try again.",
        )
    typesetter = Typesetter()
    pages, drawn, count = _drawn(letter, typesetter, 0)
    if count > 1:
        pages, drawn, _ = _drawn(letter, typesetter, count)
    title = f"{letter.title} {letter.reference}".strip()
    return assemble_letter(pages, drawn, title, created, list(typesetter.shaper.used.values()))


def _drawn(letter: Letter, typesetter: Typesetter, pages: int) -> tuple[bytes, Drawn, int]:
    sheet = Sheet(typesetter, letter.reference, Plan(pages), draft=False)
    flow = Flow(sheet)
    flow.begin("")
    document = sheet.drawn.document
    flow.row([_lines(flow, letter.sender, _SENDER)], below=24)
    flow.paragraph(_paragraph(document), plain(letter.day, BODY), below=18)
    flow.row([_lines(flow, letter.to, 0)], below=24)
    flow.paragraph(document.add("H1"), plain(letter.subject, STRONG), below=12)
    for paragraph in letter.paragraphs:
        flow.paragraph(_paragraph(document), plain(paragraph, BODY), below=9)
    flow.need(_SIGNATURE + 20 + len(letter.closing) * BODY.leading)
    flow.paragraph(_paragraph(document), plain("Yours sincerely,", BODY), above=6, below=_SIGNATURE)
    sheet.rule(LEFT, LEFT + _RULE, flow.y + 2, LINES)
    for line in letter.closing:
        flow.paragraph(_paragraph(document), plain(line, BODY))
    flow.finish()
    return sheet.save(), sheet.drawn, sheet.page


def _lines(flow: Flow, lines: Sequence[str], left: float) -> Cell:
    """Lines one under the other; those to be filled in by hand leave room for the hand."""
    document = flow.sheet.drawn.document
    gap = _HAND if any(BLANK in line for line in lines) else 0
    return flow.cell(left, WIDTH - left, *((_paragraph(document), plain(line, BODY)) for line in lines), gap=gap)


def _paragraph(document: Element) -> Element:
    return document.add("P")
