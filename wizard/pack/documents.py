"""Evidence as it arrives at the pack: cleaned documents opened, measured, and made into forms that stand upright."""

import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from wizard.errors import UnusableInput
from wizard.pack.content import EvidenceItem

_DAMAGE = (pikepdf.PdfError, pikepdf.DataDecodingError, UnicodeDecodeError)
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


@contextmanager
def _reading(number: int) -> Iterator[None]:
    """Turn what goes wrong with a damaged document into a sentence, and do without the reader's warnings."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except _DAMAGE:
        raise UnusableInput(
            f"Evidence {number} could not be read again.", "Remove it and attach the original once more."
        ) from None


def _opened(item: EvidenceItem) -> Exhibit:
    if not item.pdf:
        return Exhibit(item, None, ())
    with _reading(item.number):
        pdf = pikepdf.open(BytesIO(item.pdf))
        if "/AcroForm" in pdf.Root and pdf.Root.AcroForm.get("/NeedAppearances"):
            pdf.generate_appearance_streams()
        pdf.flatten_annotations("all")
        _as_the_school_wants(pdf, item)
        return Exhibit(item, pdf, tuple(_leaf(page) for page in pdf.pages))


def _as_the_school_wants(pdf: pikepdf.Pdf, item: EvidenceItem) -> None:
    """Turn the pages, put them in order, and leave out those that are not to be sent."""
    pages = dict(enumerate(pdf.pages, 1))
    for page, turn in zip(pages.values(), item.turns, strict=False):
        page.rotate(turn, relative=True)
    wanted = [number for number in dict.fromkeys((*item.order, *pages)) if number in pages and number not in item.omit]
    if wanted != list(pages):
        del pdf.pages[:]
        pdf.pages.extend(pages[number] for number in wanted)


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
    return any(_shows_text(form.get("/Resources"), depth + 1) for form in _forms(resources))


def _forms(resources: pikepdf.Object) -> list[pikepdf.Object]:
    held = resources.get("/XObject")
    streams = held.values() if isinstance(held, pikepdf.Dictionary) else ()
    return [stream for stream in streams if isinstance(stream, pikepdf.Stream) and stream.get("/Subtype") == "/Form"]


def form_of(exhibit: Exhibit, at: int, pack: pikepdf.Pdf) -> pikepdf.Object:
    """Copy a page of evidence into the pack as a form that stands upright at the origin.

    Raises:
        UnusableInput: The page cannot be read.
    """
    with _reading(exhibit.item.number):
        return pack.copy_foreign(_form(exhibit, at))


def _form(exhibit: Exhibit, at: int) -> pikepdf.Object:
    assert exhibit.pdf is not None  # noqa: S101  # only documents with pages come here
    page, leaf = exhibit.pdf.pages[at], exhibit.leaves[at]
    form = exhibit.pdf.make_stream(_contents(page.obj.get("/Contents")))
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array(list(leaf.box))
    form.Matrix = pikepdf.Array(list(leaf.upright))
    resources = inherited(page.obj, "/Resources")
    form.Resources = resources if resources is not None else pikepdf.Dictionary()
    if "/Group" in page.obj:
        form.Group = page.obj.Group
    _unmark(form, set())
    return form


def _contents(held: pikepdf.Object | None) -> bytes:
    streams = held if isinstance(held, pikepdf.Array) else [held]
    return b"\n".join(_decoded(stream) for stream in streams if isinstance(stream, pikepdf.Stream))


def _decoded(stream: pikepdf.Stream) -> bytes:
    """Return what a content stream says; of a damaged one as much as a viewer would show."""
    try:
        return stream.read_bytes()
    except _DAMAGE:
        if stream.get("/Filter") not in (pikepdf.Name.FlateDecode, pikepdf.Array([pikepdf.Name.FlateDecode])):
            raise
    raw, inflating, said = stream.read_raw_bytes(), zlib.decompressobj(), b""
    with suppress(zlib.error):
        for at in range(0, len(raw), 64):
            said += inflating.decompress(raw[at : at + 64])
    return said


def _unmark(form: pikepdf.Object, seen: set[tuple[int, int]]) -> None:
    """Take the evidence's own tags out of a form and of those within it: they would contradict ours."""
    for key in ("/StructParent", "/StructParents"):
        if key in form:
            del form[key]
    with suppress(*_DAMAGE):  # what cannot be taken apart is shown as it is
        if any(word in form.read_bytes() for word in (b"BDC", b"BMC", b"DP", b"MP")):
            form.write(_without_tags(form))
    for inner in _forms(form.get("/Resources", pikepdf.Dictionary())):
        if inner.objgen not in seen:
            seen.add(inner.objgen)
            _unmark(inner, seen)


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
