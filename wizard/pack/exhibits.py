"""Evidence behind numbered dividers: each page upright, whole, within our foot, whatever its size or turn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from wizard.errors import UnusableInput
from wizard.pack import plan as places
from wizard.pack.content import EvidenceItem
from wizard.pack.flow import Flow
from wizard.pack.look import (
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
from wizard.pack.tagging import Element
from wizard.pack.typesetting import Text, plain
from wizard.pack.words import day

_MARGIN = 18.0
_FOOT = FOOT_UPPER + 16.0
_LARGEST_SCALE = 1.4
_SLICE_FROM = 2.6  # height to width; longer pages are cut into slices that can be read
_OVERLAP = 0.04

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of evidence as it is looked at: upright, its visible part only.

    Attributes:
        box: the visible rectangle in the page's own coordinates.
        turn: quarter turns clockwise.
        has_text: whether the page shows text, rather than only a picture of it.
    """

    box: tuple[float, float, float, float]
    turn: int
    has_text: bool

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        return (height, width) if self.turn % 2 else (width, height)

    @property
    def upright(self) -> Matrix:
        """Matrix that turns the page upright, its visible corner at the origin."""
        left, bottom, right, top = self.box
        return {
            0: (1, 0, 0, 1, -left, -bottom),
            1: (0, -1, 1, 0, -bottom, right),
            2: (-1, 0, 0, -1, right, top),
            3: (0, 1, -1, 0, top, -left),
        }[self.turn]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An evidence document, opened."""

    item: EvidenceItem
    pdf: pikepdf.Pdf | None
    leaves: tuple[Leaf, ...]


def open_exhibits(items: Sequence[EvidenceItem]) -> list[Exhibit]:
    """Open the cleaned documents and measure their pages.

    Raises:
        UnusableInput: A cleaned document cannot be read again.
    """
    return [_opened(item) for item in items]


def _opened(item: EvidenceItem) -> Exhibit:
    if not item.pdf:
        return Exhibit(item, None, ())
    try:
        pdf = pikepdf.open(BytesIO(item.pdf))
        if "/AcroForm" in pdf.Root and pdf.Root.AcroForm.get("/NeedAppearances"):
            pdf.generate_appearance_streams()
        pdf.flatten_annotations("all")
        return Exhibit(item, pdf, tuple(_leaf(page) for page in pdf.pages))
    except pikepdf.PdfError:
        raise UnusableInput(
            f"Evidence {item.number} could not be read again.", "Remove it and attach the original once more."
        ) from None


def _leaf(page: pikepdf.Page) -> Leaf:
    media = _corners([float(value) for value in page.mediabox])
    crop = _corners([float(value) for value in page.cropbox])
    box = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    if box[2] - box[0] < 1 or box[3] - box[1] < 1:
        box = media
    turn = inherited(page.obj, "/Rotate")
    return Leaf(box, int(turn) // 90 % 4 if turn is not None else 0, _shows_text(inherited(page.obj, "/Resources"), 0))


def inherited(node: pikepdf.Object, key: str) -> pikepdf.Object | None:
    """Return what a page says under ``key``, itself or by the groups of pages that it belongs to."""
    for _ in range(32):
        if key in node:
            return node[key]
        if "/Parent" not in node:
            return None
        node = node.Parent
    return None


def _corners(values: Sequence[float]) -> tuple[float, float, float, float]:
    left, bottom, right, top = values
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _shows_text(resources: pikepdf.Object | None, depth: int) -> bool:
    if not isinstance(resources, pikepdf.Dictionary) or depth > 4:
        return False
    if len(resources.get("/Font", pikepdf.Dictionary())):
        return True
    forms = resources.get("/XObject", pikepdf.Dictionary()).values()
    return any(_shows_text(form.get("/Resources"), depth + 1) for form in forms if form.get("/Subtype") == "/Form")


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
    span = flow.sheet.plan.places.get(places.evidence(item.number))
    yield "Kind", [plain(item.kind, BODY)]
    if item.dated:
        yield "Dated", [plain(day(item.dated), BODY)]
    if exhibit.leaves and span:
        first = f"page {span.first + 1}" if span.last == span.first + 1 else f"pages {span.first + 1} to {span.last}"
        yield "Pages", [plain(f"{len(exhibit.leaves)}, on {first} of this pack", BODY)]
    elif not exhibit.leaves:
        why = {
            "attached": "None here: the original travels beside this pack",
            "refused": "None: it could not be opened",
        }
        yield "Pages", [plain(why.get(item.outcome, "None here: the original cannot be printed"), BODY)]
    if item.answers:
        yield "Shows", [plain(answer, BODY) for answer in item.answers]
    if item.notices:
        yield "What was changed", [plain(notice, BODY) for notice in item.notices]
    yield "Original’s SHA-256", [plain(item.sha256, style(8, colour=SECONDARY))]


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


def form_of(exhibit: Exhibit, at: int, pack: pikepdf.Pdf) -> pikepdf.Object:
    """Copy a page of evidence into the pack as a form that stands upright at the origin."""
    assert exhibit.pdf is not None  # noqa: S101  # only documents with pages come here
    page, leaf = exhibit.pdf.pages[at], exhibit.leaves[at]
    page.contents_coalesce()
    contents = page.obj.get("/Contents")
    form = exhibit.pdf.make_stream(contents.read_bytes() if contents is not None else b"")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array(list(leaf.box))
    form.Matrix = pikepdf.Array(list(leaf.upright))
    resources = inherited(page.obj, "/Resources")
    form.Resources = resources if resources is not None else pikepdf.Dictionary()
    if "/Group" in page.obj:
        form.Group = page.obj.Group
    _unmark(exhibit.pdf, form, set())
    return pack.copy_foreign(form)


def _unmark(pdf: pikepdf.Pdf, form: pikepdf.Object, seen: set[tuple[int, int]]) -> None:
    """Take the evidence's own tags out of a form and of those within it: they would contradict ours."""
    for key in ("/StructParent", "/StructParents"):
        if key in form:
            del form[key]
    raw = form.read_bytes()
    if any(word in raw for word in (b"BDC", b"BMC", b"DP", b"MP")):
        form.write(_without_tags(form))
    forms = form.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
    for inner in forms.values():
        if inner.get("/Subtype") == "/Form" and inner.objgen not in seen:
            seen.add(inner.objgen)
            _unmark(pdf, inner, seen)


def _without_tags(form: pikepdf.Object) -> bytes:
    """Return the content of a form without marks; marks of optional layers stay, since they hide and show."""
    kept = []
    layers: list[bool] = []
    for instruction in pikepdf.parse_content_stream(form):
        name = str(instruction.operator)
        keep = name not in {"MP", "DP"}
        if name in {"BMC", "BDC"}:
            keep = name == "BDC" and instruction.operands[0] == "/OC"
            layers.append(keep)
        elif name == "EMC":
            keep = layers.pop() if layers else False
        if keep:
            kept.append(instruction)
    return pikepdf.unparse_content_stream(kept)
