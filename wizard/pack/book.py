"""A pack from cover to seal: laid out until every printed number is true, then assembled."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from wizard.errors import Cancelled
from wizard.pack.answers import draw_restricted_divider, draw_section
from wizard.pack.assemble import assemble
from wizard.pack.checklist import draw_checklist
from wizard.pack.closing import draw_integrity, draw_signatures
from wizard.pack.content import PackContent
from wizard.pack.cover import Cover
from wizard.pack.documents import Exhibit, open_exhibits
from wizard.pack.exhibits import draw_exhibit
from wizard.pack.front import draw_contents, draw_summary
from wizard.pack.printable import require_printable
from wizard.typeset import plan as places
from wizard.typeset.flow import Flow
from wizard.typeset.plan import Plan
from wizard.typeset.sheet import Drawn, Sheet
from wizard.typeset.typesetting import Typesetter

Progress = Callable[[float, str], None]
_MOST_PASSES = 8


@dataclass(frozen=True, slots=True)
class Built:
    """A finished pack, neither encrypted nor sealed, and what lies where in it."""

    pdf: bytes = field(repr=False)
    pages: int
    plan: Plan


@dataclass(frozen=True, slots=True)
class _Work:
    """What is told and asked while a pack is made."""

    progress: Progress
    cancelled: Callable[[], bool]

    def step(self, done: float, words: str) -> None:
        if self.cancelled():
            raise Cancelled
        self.progress(done, words)


def build(
    content: PackContent,
    *,
    progress: Progress = lambda _done, _words: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Built:
    """Lay out, tag and assemble a pack; the same content gives the same bytes.

    Raises:
        CannotPrint: An answer holds characters for which there is no typeface.
        UnusableInput: A cleaned evidence document cannot be read again.
        Cancelled: ``cancelled`` said so.
    """
    work = _Work(progress, cancelled)
    work.step(0.0, "Looking for typefaces")
    require_printable(content)
    exhibits = open_exhibits(content.evidence)
    typesetter = Typesetter()
    plan = Plan()
    for _ in range(_MOST_PASSES):
        pages, drawn, settled = _lay_out(content, exhibits, typesetter, plan, work)
        if settled == plan:
            break
        plan = settled
    work.step(0.8, "Putting the pack together")
    pdf = assemble(pages, drawn, content, exhibits, list(typesetter.shaper.used.values()))
    work.step(1.0, "The pack is ready")
    return Built(pdf, plan.pages, plan)


def _lay_out(
    content: PackContent, exhibits: list[Exhibit], typesetter: Typesetter, plan: Plan, work: _Work
) -> tuple[bytes, Drawn, Plan]:
    """Draw every page with the numbers of ``plan``; return the pages and where everything came to lie."""
    start, reach = (0.4, 0.4) if plan.pages else (0.05, 0.35)
    flow = Flow(Sheet(typesetter, content.reference, plan, draft=content.draft))
    steps = _steps(content, exhibits, flow)
    for at, (words, draw) in enumerate(steps):
        work.step(start + reach * at / len(steps), words)
        draw()
    return flow.sheet.save(), flow.sheet.drawn, Plan(flow.sheet.page, flow.sheet.drawn.places)


def _steps(content: PackContent, exhibits: list[Exhibit], flow: Flow) -> list[tuple[str, Callable[[], None]]]:
    drawn = [section for section in content.sections if any(part.rows for part in section.parts)]
    restricted = [section for section in drawn if section.restricted]
    steps: list[tuple[str, Callable[[], None]]] = [
        ("Cover", Cover(flow, content).draw),
        ("Summary", lambda: draw_summary(flow, content)),
        ("Contents", lambda: draw_contents(flow, content)),
    ]
    steps += [
        (section.title, partial(draw_section, flow, content, section)) for section in drawn if not section.restricted
    ]
    if content.checklist:
        steps.append(("Checklist", lambda: draw_checklist(flow, content)))
    for exhibit in exhibits:
        steps.append((f"Evidence {exhibit.item.number} of {len(exhibits)}", partial(draw_exhibit, flow, exhibit)))
    if restricted:
        steps.append(("Restricted part", lambda: draw_restricted_divider(flow, content)))
        steps += [(section.title, partial(draw_section, flow, content, section)) for section in restricted]
        steps.append(("Restricted part", lambda: flow.sheet.reach(places.RESTRICTED)))
    steps.append(("Signatures", lambda: draw_signatures(flow, content)))
    steps.append(("How to check this pack", lambda: draw_integrity(flow, content)))
    return steps
