"""The cover: who, what is asked for, whether it is complete, who signed, and where things are, in ten seconds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from forms.kit.dates import long_day, moment
from wizard.pack.content import ChecklistItem, PackContent
from wizard.pack.words import spelled
from wizard.typeset import plan as places
from wizard.typeset.flow import Cell, Flow, Row, flush_right
from wizard.typeset.look import (
    ACTION,
    ATTENTION,
    BODY,
    DONE,
    ERROR,
    HEADING,
    LINK,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    QUIET,
    SECONDARY,
    SMALL_LINK,
    SMALL_QUIET,
    STRONG,
    TITLE,
    WIDTH,
    style,
)
from wizard.typeset.tagging import Element
from wizard.typeset.typesetting import Text, plain

_HEAD = 322.0
_LABEL = 92.0
_NUMBER = 52.0
_TEXT = WIDTH - _LABEL - _NUMBER


@dataclass(frozen=True, slots=True)
class _Limits:
    """How much of everything the cover shows before it points to a page instead."""

    fact_lines: int
    reasons: int
    reason_lines: int
    signatures: int


_ATTEMPTS = (_Limits(3, 5, 2, 6), _Limits(3, 4, 1, 5), _Limits(2, 3, 1, 4), _Limits(1, 2, 1, 3), _Limits(1, 1, 1, 1))


class Cover:
    """Composes the cover row by row, as fully as one page allows."""

    def __init__(self, flow: Flow, content: PackContent) -> None:
        self._flow = flow
        self._content = content
        self._plan = flow.sheet.plan

    def draw(self) -> None:
        """Draw the cover on a page of its own."""
        flow = self._flow
        flow.begin("")
        flow.sheet.anchor(places.COVER, PAGE_HEIGHT)
        flow.sheet.block(0, PAGE_HEIGHT - 10, PAGE_WIDTH, 10, ACTION)
        flow.y = PAGE_HEIGHT - 34
        for limits in _ATTEMPTS:
            cover = Element("Sect", title="Cover")
            rows = self._rows(cover, limits)
            if sum(row.height for row in rows) <= flow.room:
                break
        flow.sheet.drawn.document.kids.append(cover)
        flow.rows(rows)
        flow.finish()

    def _rows(self, cover: Element, limits: _Limits) -> list[Row]:
        return [
            *self._head(cover),
            *self._pupil(cover),
            *self._facts(cover, limits),
            *self._completeness(cover, limits),
            *self._signed(cover, limits),
            *self._inside(cover),
            self._note(cover),
        ]

    def _head(self, cover: Element) -> list[Row]:
        content, cell = self._content, self._flow.cell
        title = cell(
            0,
            _HEAD - 12,
            (cover.add("H1"), plain(content.title, TITLE)),
            (cover.add("P"), plain(f"to {content.council}", style(13, colour=SECONDARY))),
        )
        words = [
            plain(content.reference, style(13, bold=True)),
            plain(long_day(content.created), QUIET),
            plain("Confidential: health and safeguarding", style(9, colour=ATTENTION)),
        ]
        if content.draft:
            words.append(plain("DRAFT – not sent", style(11, bold=True, colour=ERROR)))
        return [Row((title, self._right(_HEAD, WIDTH - _HEAD, cover, words)), below=20)]

    def _right(self, x: float, width: float, parent: Element, texts: Sequence[Text]) -> Cell:
        """Return texts set flush right, one under the other."""
        return flush_right(self._flow.cell(x, width, *((parent.add("P"), text) for text in texts)))

    def _pupil(self, cover: Element) -> list[Row]:
        large = plain(self._content.pupil_name, HEADING[1])
        fits = len(self._flow.sheet.typesetter.lines(large, WIDTH)) <= 3
        named = large if fits else plain(self._content.pupil_name, STRONG)
        name = self._flow.cell(0, WIDTH, (cover.add("P"), named))
        line = self._flow.cell(0, WIDTH, (cover.add("P"), plain(self._content.pupil_line, QUIET)))
        return [Row((name,)), Row((line,), below=12, ruled=True)]

    def _facts(self, cover: Element, limits: _Limits) -> list[Row]:
        facts = cover.add_list()
        rows = []
        for fact in self._content.cover:
            key = places.part(fact.page) if fact.page else ""
            key = key if self._plan.page(key) else ""
            width = _TEXT if key else WIDTH - _LABEL
            text = self._flow.sheet.typesetter.clipped(fact.text, BODY, width, limits.fact_lines)
            rows.append(self._entry(facts, plain(fact.label, STRONG), text, key))
        return _closed(rows, first=10.0)

    def _entry(self, parent: Element, label: Text, text: Text, link: str = "") -> Row:
        """Return a labelled row, with the number of a page at the right for a ``link``."""
        item = parent.add("LI")
        head = self._flow.cell(0, _LABEL - 8, (item.add("Lbl"), label))
        body = item.add("LBody")
        if not link:
            return Row((head, self._flow.cell(_LABEL, WIDTH - _LABEL, (body, text))), below=5)
        cells = [head, self._flow.cell(_LABEL, _TEXT, (body.add("P"), text))]
        if page := self._plan.page(link):
            cells.append(self._right(_LABEL + _TEXT, _NUMBER, body, [plain(f"p. {page}", LINK, link)]))
        return Row(tuple(cells), below=5)

    def _heading(self, cover: Element, words: str) -> Row:
        return Row((self._flow.cell(0, WIDTH, (cover.add("H2"), plain(words, HEADING[3]))),), above=14, below=5)

    def _completeness(self, cover: Element, limits: _Limits) -> list[Row]:
        items = [item for item in self._content.checklist if item.state != "not needed" and item.level != "inform"]
        if not items:
            return []
        still_open = [item for item in items if item.state == "open" and item.level == "must"]
        words = "Not yet complete by the council’s own policy" if still_open else "Complete by the council’s own policy"
        heading = self._heading(cover, words)
        found = cover.add_list()
        rows = [self._count(found, items, level) for level in ("must", "should")]
        rows += self._exceptions(found, items, limits)
        return [heading, *_closed([row for row in rows if row])]

    def _count(self, parent: Element, items: Sequence[ChecklistItem], level: str) -> Row | None:
        asked = [item for item in items if item.level == level]
        if not asked:
            return None
        met = sum(item.state == "met" for item in asked)
        reasons = sum(item.state == "reason given" for item in asked)
        still_open = len(asked) - met - reasons
        verb = "requires" if level == "must" else "expects"
        parts = [f"things the policy {verb}" if len(asked) > 1 else f"thing the policy {verb}"]
        if reasons:
            left = f"the other {spelled(reasons)}".removesuffix(" one") if met and not still_open else spelled(reasons)
            parts.append(f"a reason is given for {left}")
        if still_open:
            parts.append(f"{spelled(still_open)} still open")
        colour = ERROR if still_open and level == "must" else ATTENTION if met < len(asked) else DONE
        label = plain(f"{met} of {len(asked)}", style(11, bold=True, colour=colour))
        return self._entry(parent, label, plain("; ".join(parts), BODY), f"{places.CHECKLIST}:{level}")

    def _exceptions(self, parent: Element, items: Sequence[ChecklistItem], limits: _Limits) -> list[Row]:
        odd = [item for item in items if item.state in {"open", "reason given"}]
        odd.sort(key=lambda item: (item.state != "open", item.level != "must"))
        rows = []
        for item in odd[: limits.reasons]:
            colour = ERROR if item.state == "open" and item.level == "must" else ATTENTION
            label = plain(item.state.capitalize(), style(11, bold=True, colour=colour))
            words = f"{item.title}: “{' '.join(item.reason.split())}”" if item.reason else item.title
            text = self._flow.sheet.typesetter.clipped(words, BODY, _TEXT, limits.reason_lines)
            rows.append(self._entry(parent, label, text, places.requirement(item.id)))
        if (left := len(odd) - limits.reasons) > 0:
            more = plain(f"and {left} more on the checklist", QUIET)
            rows.append(self._entry(parent, plain("More", QUIET), more, places.CHECKLIST))
        return rows

    def _signed(self, cover: Element, limits: _Limits) -> list[Row]:
        signatures = self._content.signatures
        if not signatures:
            return []
        heading = self._heading(cover, "Signed")
        table = cover.add("Table")
        rows = []
        for signature in signatures[: limits.signatures]:
            row = table.add("TR")
            cells = [
                self._flow.cell(0, 128, (row.add("TH", Scope="Row"), plain(signature.name, STRONG))),
                self._flow.cell(136, 160, (row.add("TD"), plain(signature.role, BODY))),
            ]
            when = f"{signature.method}, {moment(signature.when)}"
            cells.append(self._right(300, WIDTH - 300, row.add("TD"), [plain(when, QUIET)]))
            rows.append(Row(tuple(cells), below=4))
        if (left := len(signatures) - limits.signatures) > 0:
            page = self._plan.page(places.SIGNATURES)
            more = plain(f"and {left} more: page {page}", LINK, places.SIGNATURES)
            rows.append(Row((self._flow.cell(0, WIDTH, (cover.add("P"), more)),), below=4))
        return [heading, *_closed(rows)]

    def _inside(self, cover: Element) -> list[Row]:
        heading = self._heading(cover, "In this pack")
        contents = cover.add("TOC")
        rows = [self._leading(contents, words, span, key) for words, span, key in self._parts() if span]
        return [heading, *rows]

    def _parts(self) -> list[tuple[str, str, str]]:
        content, span = self._content, self._plan.span
        open_ids = [places.section(section.id) for section in content.sections if not section.restricted]
        numbers = [item.number for item in content.evidence]
        evidence = f"Evidence {numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else "Evidence"
        return [
            ("Summary on one page", span(places.SUMMARY), places.SUMMARY),
            ("Contents", span(places.CONTENTS), places.CONTENTS),
            ("The referral", span(*open_ids), next(iter(open_ids), "")),
            ("Checklist", span(places.CHECKLIST), places.CHECKLIST),
            (evidence, span(*map(places.evidence, numbers)), places.evidence(numbers[0]) if numbers else ""),
            ("Restricted: designated safeguarding lead", span(places.RESTRICTED), places.RESTRICTED),
            ("Signatures and how to check this pack", span(places.SIGNATURES, places.INTEGRITY), places.SIGNATURES),
        ]

    def _leading(self, contents: Element, words: str, span: str, key: str) -> Row:
        return leading_row(self._flow, contents.add("TOCI"), plain(words, BODY), span, key)

    def _note(self, cover: Element) -> Row:
        page = self._plan.page(places.INTEGRITY)
        what, more = "this pack", ""
        if self._content.sealed and not self._content.draft:
            what, more = "this pack and its seal", " Taking a password off the file removes the seal."
        text = (
            *plain(f"How to check {what}: ", SMALL_QUIET),
            *plain(f"page {page}", SMALL_LINK, places.INTEGRITY),
            *plain(f".{more}", SMALL_QUIET),
        )
        return Row((self._flow.cell(0, WIDTH, (cover.add("P"), text)),), above=10)


def leading_row(flow: Flow, entry: Element, words: Text, number: str, key: str, *, indent: float = 0.0) -> Row:
    """Return an entry of a list of contents: its words and, flush right, the number of its page."""
    link = entry.add("Link")
    figures = flush_right(flow.cell(WIDTH - _NUMBER, _NUMBER, (link, plain(number, LINK))))
    title = flow.cell(indent, WIDTH - indent - _NUMBER - 12, (link, words))
    ends = title.items[-1].line.width + indent + 8, WIDTH - figures.items[-1].line.width - 8
    jump = (key, link, "".join(span.text for span in words))
    return Row((title, figures), below=1, leader=ends, jump=jump)


def _closed(rows: Sequence[Row], first: float = 0.0) -> list[Row]:
    """Return rows with a rule beneath the last and space above the first."""
    if not rows:
        return []
    made = [replace(rows[0], above=first), *rows[1:]]
    return [*made[:-1], replace(made[-1], below=10.0, ruled=True)]
