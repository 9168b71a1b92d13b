"""The pages after the cover: the summary on one page and the contents."""

from collections.abc import Sequence

from wizard.pack.content import EvidenceItem, PackContent
from wizard.pack.cover import leading_row
from wizard.typeset import plan as places
from wizard.typeset.flow import Flow, Row
from wizard.typeset.look import BODY, HEADING, LINK, STRONG, WIDTH
from wizard.typeset.tagging import Element
from wizard.typeset.typesetting import Text, plain

_ATTEMPTS = ((40, 40), (12, 12), (8, 8), (6, 6), (5, 5), (4, 4), (3, 4), (2, 4), (2, 3), (1, 3), (1, 2), (1, 1))


def draw_summary(flow: Flow, content: PackContent) -> None:
    """Draw the summary; what one page cannot hold is cut short and says on which page it stands."""
    flow.begin("Summary")
    summary = flow.sheet.drawn.document.add("Sect", title="Summary")
    flow.heading(summary, 1, "Summary", key=places.SUMMARY)
    for limits in (None, *_ATTEMPTS):  # at first whole, in lines as they were typed
        made = Element("Sect")
        rows = _summary_rows(flow, content, made, limits)
        if sum(row.height for row in rows) <= flow.room:
            break
    else:
        rows = _cut_off(flow, made, rows)
    summary.kids += made.kids
    flow.rows(rows)
    flow.finish()


def _summary_rows(flow: Flow, content: PackContent, parent: Element, limits: tuple[int, int] | None) -> list[Row]:
    rows: list[Row] = []
    pages = (*content.brief_pages, *("" for _ in content.brief))
    for (heading, texts), page in zip(content.brief, pages, strict=False):
        style = HEADING[3]
        head = flow.cell(0, WIDTH, (parent.add("H2"), plain(heading, style)))
        rows.append(Row((head,), above=14.0 if rows else 0.0, below=4))
        rows += _texts(flow, parent, texts, limits, _further(flow, content, heading, page))
    return rows


def _further(flow: Flow, content: PackContent, heading: str, page: str) -> Text:
    """Return the reference to where the whole of a shortened text stands."""
    parts = [part for section in content.sections for part in section.parts]
    named = next((part.page for part in parts if part.title.casefold() == heading.casefold()), "")
    candidates = (places.part(page), places.part(named), *map(places.section, (s.id for s in content.sections)))
    key = next((key for key in candidates if flow.sheet.plan.page(key)), places.CONTENTS)
    return plain(f"see page {flow.sheet.plan.page(key)}", LINK, key)


def _texts(
    flow: Flow, parent: Element, texts: Sequence[str], limits: tuple[int, int] | None, further: Text
) -> list[Row]:
    lines, most = limits or (0, len(texts))

    def clip(text: str, width: float) -> Text:
        return flow.sheet.typesetter.clipped(text, BODY, width, lines, further) if limits else plain(text, BODY)

    if len(texts) == 1:
        text = clip(texts[0], WIDTH)
        return [Row((flow.cell(0, WIDTH, (parent.add("P"), text)),))]
    items = parent.add("L")
    items.attributes = {"List": {"ListNumbering": "Disc"}}
    shown = [clip(text, WIDTH - 14) for text in texts[:most]]
    if len(texts) > most:
        shown.append((*plain(f"and {len(texts) - most} more, ", BODY), *further))
    rows = []
    for text in shown:
        item = items.add("LI")
        dot = flow.cell(0, 12, (item.add("Lbl"), plain("•", BODY)))
        rows.append(Row((dot, flow.cell(14, WIDTH - 14, (item.add("LBody"), text))), below=3))
    return rows


def _cut_off(flow: Flow, made: Element, rows: Sequence[Row]) -> list[Row]:
    """Keep the rows that fit, with a line that says where the others stand."""
    page = flow.sheet.plan.page(places.CONTENTS)
    more = Element("P")
    last = Row((flow.cell(0, WIDTH, (more, plain(f"There is more: see page {page}", LINK, places.CONTENTS))),), above=8)
    kept: list[Row] = []
    for row in rows:
        if sum(other.height for other in (*kept, row, last)) > flow.room:
            break
        kept.append(row)
    shown = {id(item.element) for row in kept for cell in row.cells for item in cell.items}
    _prune(made, shown)
    made.kids.append(more)
    return [*kept, last]


def _prune(element: Element, shown: set[int]) -> bool:
    """Drop the elements that are not shown; tell whether anything is left."""
    element.kids = [kid for kid in element.kids if not isinstance(kid, Element) or _prune(kid, shown)]
    return bool(element.kids) or id(element) in shown


def draw_contents(flow: Flow, content: PackContent) -> None:
    """Draw the contents: sections with their parts, the checklist, every evidence document, the last pages."""
    flow.begin("Contents")
    contents = flow.sheet.drawn.document.add("Sect", title="Contents")
    flow.heading(contents, 1, "Contents", key=places.CONTENTS)
    listed = contents.add("TOC")
    for words, key, parts in outline(content):
        if not flow.sheet.plan.page(key) and flow.sheet.plan.pages:
            continue
        flow.need(40)
        flow.space(7)
        _entry(flow, listed.add("TOCI"), plain(words, STRONG), key)
        inner = listed.add("TOC") if parts else listed
        for part_words, part_key in parts:
            flow.need(22)
            _entry(flow, inner.add("TOCI"), plain(part_words, BODY), part_key, indent=16)
    flow.finish()
    flow.sheet.reach(places.CONTENTS)


def _entry(flow: Flow, entry: Element, words: Text, key: str, indent: float = 0.0) -> None:
    flow.rows([leading_row(flow, entry, words, str(flow.sheet.plan.page(key)), key, indent=indent)])


def _listed(item: EvidenceItem) -> str:
    return f"{item.number}  {item.title}{' (with its original as a file)' if item.original else ''}"


def outline(content: PackContent) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return what the contents and the bookmarks list: words, place, and the same for what is within."""
    listed: list[tuple[str, str, list[tuple[str, str]]]] = [("Summary", places.SUMMARY, [])]
    drawn = [section for section in content.sections if any(part.rows for part in section.parts)]
    for section in (section for section in drawn if not section.restricted):
        parts = [(part.title, places.part(part.page)) for part in section.parts if part.rows]
        listed.append(
            (
                section.title,
                places.section(section.id),
                parts if [words for words, _ in parts] != [section.title] else [],
            )
        )
    if content.checklist:
        listed.append(("Checklist", places.CHECKLIST, []))
    if content.evidence:
        items = [(_listed(item), places.evidence(item.number)) for item in content.evidence]
        listed.append(("Evidence", places.evidence(content.evidence[0].number), items))
    restricted = [(section.title, places.section(section.id)) for section in drawn if section.restricted]
    if restricted:
        listed.append(("Restricted: designated safeguarding lead", places.RESTRICTED, restricted))
    listed.append(("Signatures", places.SIGNATURES, []))
    listed.append(("How to check this pack", places.INTEGRITY, []))
    return listed
