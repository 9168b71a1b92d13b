"""The checklist: what the council's policy asks for, whether it is met, why not, and where to look."""

from collections.abc import Sequence

from wizard.pack.content import ChecklistItem, EvidenceItem, PackContent
from wizard.typeset import plan as places
from wizard.typeset.flow import Flow
from wizard.typeset.look import BODY, SMALL, SMALL_LINK, SMALL_QUIET, SMALL_STRONG, STATE_COLOUR, STATE_WORDS, style
from wizard.typeset.tables import EMPTY, Table
from wizard.typeset.tagging import Element
from wizard.typeset.typesetting import Text, plain

_LEVELS = (
    ("must", "What the policy requires"),
    ("should", "What the policy expects"),
    ("inform", "For information"),
)
_WIDTHS = (76.0, 226.0, 151.0)  # three columns with the table's gaps fill the page


def draw_checklist(flow: Flow, content: PackContent) -> None:
    """Draw the checklist, a table for each level."""
    flow.begin("Checklist")
    element = flow.sheet.drawn.document.add("Sect", title="Checklist")
    flow.heading(element, 1, "Checklist", key=places.CHECKLIST)
    words = f"What the policy of {content.council.partition(',')[0]} asks for, and how this referral answers it."
    flow.paragraph(element.add("P"), plain(words, BODY), below=4)
    for level, heading in _LEVELS:
        items = [item for item in content.checklist if item.level == level]
        if items:
            flow.heading(element, 2, heading, key=f"{places.CHECKLIST}:{level}")
            _table(flow, element, items, content.evidence)
    flow.finish()
    flow.sheet.reach(places.CHECKLIST)


def _table(flow: Flow, parent: Element, items: Sequence[ChecklistItem], evidence: Sequence[EvidenceItem]) -> None:
    known = {item.number for item in evidence}
    with Table(flow, parent, ("State", "Requirement", "Where and why"), _WIDTHS) as table:
        for item in items:
            state = style(9.5, bold=True, colour=STATE_COLOUR.get(item.state, SMALL.colour))
            source = " · ".join(words for words in (item.source, item.id) if words)
            cells = (
                [plain(STATE_WORDS.get(item.state, item.state.capitalize()), state)],
                [plain(item.title, SMALL_STRONG), plain(source, SMALL_QUIET)],
                _where(flow, item, [number for number in item.evidence if number in known]),
            )
            table.add(cells, anchor=places.requirement(item.id))


def _where(flow: Flow, item: ChecklistItem, evidence: Sequence[int]) -> list[Text]:
    links = []
    if page := flow.sheet.plan.page(places.part(item.page)):
        links.append(plain(f"page {page}", SMALL_LINK, places.part(item.page)))
    for number in evidence:
        key = places.evidence(number)
        links.append(plain(f"evidence {number}, page {flow.sheet.plan.page(key)}", SMALL_LINK, key))
    texts = [_listed(links)] if links else []
    if item.reason.strip():
        texts.append(plain(item.reason, SMALL))
    return texts or [plain(EMPTY, SMALL)]


def _listed(links: Sequence[Text]) -> Text:
    first, *others = links
    return (*first, *(span for link in others for span in (*plain("; ", SMALL), *link)))
