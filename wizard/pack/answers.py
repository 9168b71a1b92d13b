"""The form sections: every question with its answer, as it is sent."""

from wizard.pack.content import PackContent
from wizard.pack.profile_picture import draw_profile
from wizard.pack.register_picture import draw_register
from wizard.summary import DOT, Part, Row, Section
from wizard.typeset import plan as places
from wizard.typeset.flow import MOVED, Cell, Flow
from wizard.typeset.look import ATTENTION, BODY, ERROR, LABEL, LINES, QUIET, SECONDARY, WIDTH, Colour, style
from wizard.typeset.tables import answer_table
from wizard.typeset.tagging import Element
from wizard.typeset.typesetting import Text, plain

_QUESTION = 158.0
_GUTTER = 14.0
_LONG = 480
_TABLE = 100.0  # points for a label, the head of its table and a row
CARD_HEADS = ("Question", "Answer")  # one card of several, too wide for a table of all of them
_NOTE = style(11, bold=True, colour=ATTENTION)


def draw_section(flow: Flow, content: PackContent, section: Section) -> None:
    """Draw a form section from the top of a page."""
    words = f"Restricted · {section.title}" if section.restricted else section.title
    colour: Colour = ERROR if section.restricted else SECONDARY
    flow.begin(words, colour)
    element = flow.sheet.drawn.document.add("Sect", title=section.title)
    flow.heading(element, 1, section.title, key=places.section(section.id))
    parts = [part for part in section.parts if part.rows]
    for part in parts:
        _part(flow, content, element, part, repeated=len(parts) == 1 and part.title == section.title)
    flow.finish()
    flow.sheet.reach(places.section(section.id))


def _part(flow: Flow, content: PackContent, section: Element, part: Part, *, repeated: bool) -> None:
    element = section.add("Sect", title=part.title)
    key = places.part(part.page)
    if repeated:
        flow.sheet.anchor(key, flow.y)
    else:
        flow.heading(element, 2, part.title, key=key, follow=_first_height(flow, part.rows[0]))
    flow.rule(LINES)
    answers: Element | None = None
    for row in part.rows:
        if row.table is not None and row.table.rows:
            answers = None
            _tabled(flow, element, row)
            continue
        answers = answers or element.add_list()
        _answer(flow, answers, row)
    if content.register_weeks and content.register_page == part.page:
        draw_register(flow, element, content.register_weeks, content.code_meanings)
    if content.profile and content.profile_page == part.page:
        draw_profile(flow, element, content.profile)
    flow.sheet.reach(key)


def _first_height(flow: Flow, row: Row) -> float:
    """What has to stand under a heading on the same page: the first answer, or the head and a row of its table."""
    if row.table is not None and row.table.rows:
        return _TABLE
    height = max(cell.height for cell in _cells(flow, Element("LI"), row)) + 16
    return height if height < MOVED else 120.0


def _words(row: Row) -> Text:
    """Return an answer with what has to be said about it."""
    if row.state == "not known":
        return (*plain("Not known: ", _NOTE), *plain(row.text, BODY))
    if row.state == "doubtful":
        return (*plain(row.text, BODY), *plain(" (as typed; not understood)", _NOTE))
    if row.state == "unanswered" or not row.text.strip():
        return plain("Not answered" if row.state == "unanswered" else "None", QUIET)
    return plain(row.text, BODY)


def _answer(flow: Flow, parent: Element, row: Row) -> None:
    cells = _cells(flow, parent.add("LI"), row)
    across = len(cells) == 1
    if across:
        flow.need(80)
    flow.row(cells, above=6, below=6 if across else 5)
    flow.rule(LINES)


def _cells(flow: Flow, item: Element, row: Row) -> list[Cell]:
    """Question and answer side by side; a long answer in one cell with its question above it."""
    label, body = item.add("Lbl"), item.add("LBody")
    answer = _words(row)
    if sum(len(span.text) for span in answer) > _LONG or row.text.count("\n") > 9:
        cell = _answer_cell(flow, 0, body, answer, gap=7)
        cell.items.extendleft(reversed(flow.cell(0, WIDTH, (label, plain(row.label, LABEL))).items))
        return [cell]
    x = _QUESTION + _GUTTER
    return [flow.cell(0, _QUESTION, (label, plain(row.label, LABEL))), _answer_cell(flow, x, body, answer, gap=5)]


def _answer_cell(flow: Flow, x: float, body: Element, answer: Text, gap: float) -> Cell:
    lines = answer[0].text.split("\n")
    if len(answer) == 1 and len(lines) > 1 and all(line.startswith(DOT) and line[len(DOT) :].strip() for line in lines):
        return flow.listed(x, WIDTH - x, body, [plain(line.removeprefix(DOT), answer[0].style) for line in lines])
    return flow.cell(x, WIDTH - x, *_paragraphs(body, answer), gap=gap)


def _paragraphs(body: Element, answer: Text) -> list[tuple[Element, Text]]:
    """Return an answer in its paragraphs; empty lines part them, single line ends stay."""
    if len(answer) > 1 or "\n\n" not in answer[0].text.replace("\r\n", "\n"):
        return [(body, answer)]
    span = answer[0]
    pieces = [piece.strip("\n") for piece in span.text.replace("\r\n", "\n").split("\n\n")]
    return [(body.add("P"), plain(piece, span.style)) for piece in pieces if piece.strip()]


def _tabled(flow: Flow, parent: Element, row: Row) -> None:
    assert row.table is not None  # noqa: S101  # the caller looked
    flow.need(_TABLE)
    flow.paragraph(parent.add("P"), plain(row.label, LABEL), above=10, below=6)
    if row.text.strip():
        flow.paragraph(parent.add("P"), _words(row), below=6)
    if row.table.headers == CARD_HEADS:
        flow.rule(LINES)
        items = parent.add_list()
        for question, answer, *_ in row.table.rows:
            _answer(flow, items, Row(row.page, row.field, question, answer))
        return
    answer_table(flow, parent, row.table.headers, row.table.rows)
    flow.space(8)


def draw_restricted_divider(flow: Flow, content: PackContent) -> None:
    """Draw the page that stands before the safeguarding papers."""
    sections = [section for section in content.sections if section.restricted]
    flow.begin("Restricted", ERROR)
    element = flow.sheet.drawn.document.add("Sect", title="Restricted")
    flow.y -= 150
    flow.sheet.block(0, flow.y - 120, 14, 160, ERROR)
    flow.heading(element, 1, "Restricted: designated safeguarding lead", key=places.RESTRICTED)
    flow.paragraph(
        element.add("P"),
        plain(
            "The pages that follow hold safeguarding information. They are for the council’s designated "
            "safeguarding lead and for those whom the lead names. Please take them out before the rest of the "
            "pack goes further.",
            BODY,
        ),
        below=10,
    )
    texts = [
        (
            *plain(f"{section.title}, ", BODY),
            *plain(
                f"page {flow.sheet.plan.page(places.section(section.id))}",
                style(11, colour=(0.0588, 0.3686, 0.6118)),
                places.section(section.id),
            ),
        )
        for section in sections
    ]
    flow.bullets(element, texts)
    flow.finish()
