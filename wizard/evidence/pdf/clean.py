"""A PDF from outside rebuilt as pages and nothing else; in the child process.

The copy is made page by page into a new document, and of every page only what is seen on it is taken along: contents,
resources, size and turn. Scripts, actions, attachments, forms, bookmarks and hidden descriptions have nowhere to stay.
What is removed is counted first, so that people can be told. Form fields and comments that show on a page are drawn
into it, as their boxes would clash with those of the pack.
"""

import io
import logging
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from pikepdf.sanitize import Sanitizer

from wizard.errors import EvidenceRefused
from wizard.evidence.document import LONGEST, Locked, PageFacts, Part
from wizard.evidence.pdf import damage, inside, jpeg, layers, markings, sheet
from wizard.evidence.pdf.damage import Damaged

BROKEN: Final = (
    pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, TypeError, KeyError, IndexError, AttributeError,
    RuntimeError, OverflowError, OSError,
)  # fmt: skip
"""What pikepdf raises on documents that are not as they should be."""

_KEPT: Final = frozenset(
    ("/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Contents", "/Group", "/UserUnit")
)
_OUTSIDE: Final = ("/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI", "/PieceInfo", "/Metadata", "/AF", "/Measure")
_ACTIONS: Final = {
    "/JavaScript": "scripts", "/URI": "links", "/Launch": "outside", "/GoToR": "outside", "/GoToE": "outside",
    "/SubmitForm": "outside", "/ImportData": "outside", "/Rendition": "media", "/Movie": "media", "/Sound": "media",
    "/RichMediaExecute": "media",
}  # fmt: skip
_ANNOTATIONS: Final = {
    "/Movie": "media", "/Sound": "media", "/RichMedia": "media", "/3D": "media", "/Screen": "media",
}  # fmt: skip
_TELLING: Final = frozenset({"/S", "/Subtype", "/EF", "/PieceInfo", "/ByteRange"})
_LETTER: Final = (0.0, 0.0, 612.0, 792.0)


_WHOLE: Final = Damaged()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A rebuilt document, and how often each kind of thing was found in the original.

    Attributes:
        parts: the files inside it.
        damaged: the pages that could be read in part only, and those that were taken as pictures.
    """

    pdf: bytes
    pages: tuple[PageFacts, ...]
    found: Counter[str]
    parts: tuple[Part, ...] = ()
    damaged: Damaged = _WHOLE


def clean(data: bytes, password: str = "") -> Cleaned:
    """Rebuild a PDF.

    Raises:
        Locked: it needs a password, or another one.
        EvidenceRefused: it is protected in another way, has no pages or too many.
        One of `BROKEN`: it cannot be read here; pdfium may still draw it.
    """
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    source = _opened(data, password)
    _check_pages(source)
    found = _survey(source)
    found["opened"] = int(source.is_encrypted and bool(password))
    parts = inside.parts(node for node in _nodes(source) if Name.EF in node) if found["files"] else ()
    found["damage"] += len(source.get_warnings())
    damaged = damage.mend(source)
    source = _flat(source, found)
    result = Pdf.new()
    result.pages.extend(source.pages)
    if damaged.wholly:
        damaged = damage.draw(result, damaged, data, password)
    facts = tuple(_page(page.obj) for page in result.pages)  # only now is what pages inherit written on them
    for page in result.pages:
        _lend_resources(page.obj)
    result.remove_unreferenced_resources()
    _scrub_streams(result, found)
    pdf = sheet.saved(result)
    found["damage"] += len(source.get_warnings())
    return Cleaned(pdf, facts, +found, parts, damaged)


def _opened(data: bytes, password: str) -> Pdf:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a password that was not needed
            return Pdf.open(io.BytesIO(data), password=password.encode("utf-8", "replace"))
    except pikepdf.PasswordError:
        raise locked(password) from None
    except pikepdf.PdfError as error:
        if "encrypt" not in str(error).casefold():
            raise
        raise EvidenceRefused(
            "The PDF is protected in a way that only certain people's programs can open.",
            "Ask whoever sent it for a copy without protection.",
        ) from None


def locked(password: str) -> Locked:
    """The refusal of a PDF that this password, which may be empty, does not open."""
    if password:
        return Locked("That password does not open the PDF.", "Check it with whoever sent the PDF, and type it again.")
    return Locked(
        "The PDF asks for a password.",
        "Give the password; or open the PDF with it, print it to a new one, and add that.",
    )


def _check_pages(source: Pdf) -> None:
    if not source.pages:
        raise EvidenceRefused("The PDF has no pages.", "Ask whoever sent it for a whole copy.")
    if len(source.pages) > LONGEST:
        raise EvidenceRefused(
            f"The PDF has {len(source.pages):,} pages; {LONGEST} is the most.",
            "Print the pages that matter to a new PDF and add that.",
        )


def _survey(source: Pdf) -> Counter[str]:
    """Count what will be removed and what people should know."""
    found: Counter[str] = Counter(damage=len(source.get_warnings()), locked=int(source.is_encrypted))
    for node in _nodes(source):
        if not _TELLING.isdisjoint(node.keys()):
            found.update(_told(node))
    form = source.Root.get(Name.AcroForm)
    found["adobe form"] = int(isinstance(form, Dictionary) and Name.XFA in form)
    found["portfolio"] = int(Name.Collection in source.Root)
    return found


def _nodes(source: Pdf) -> Iterator[Object]:
    """Every dictionary and stream, those within others too."""
    for root in source.objects:
        waiting: list[Any] = [root]
        while waiting:
            node = waiting.pop()
            if isinstance(node, (Dictionary, Stream)):
                yield node
                children = [child for _, child in node.items()]
            else:
                children = list(node) if isinstance(node, Array) else []
            waiting += [child for child in children if _is_direct(child)]


def _is_direct(child: object) -> bool:
    # Asked in the order of what it costs, as there may be hundreds of thousands of them.
    return isinstance(child, Object) and not child.is_indirect and isinstance(child, (Array, Dictionary))


def _name(node: Object, key: Name) -> str:
    value = node.get(key)
    try:
        return str(value) if isinstance(value, Name) else ""
    except UnicodeDecodeError:
        return ""


def _told(node: Object) -> Iterator[str]:
    subtype = _name(node, Name.Subtype)
    for kind in (_ACTIONS.get(_name(node, Name.S)), _ANNOTATIONS.get(subtype)):
        if kind:
            yield kind
    if subtype in markings.REMARKED and str(node.get(Name.Contents, "")).strip():
        yield "comments"
    if Name.EF in node:
        yield "files"
    if Name.PieceInfo in node:
        yield "private"
    if subtype == "/Redact":
        yield "redactions"
    if Name.ByteRange in node and Name.Contents in node:
        yield "signatures"


def _flat(source: Pdf, found: Counter[str]) -> Pdf:
    """Take the dangerous out, then draw what shows of forms and comments into the pages and drop the rest."""
    removal = Sanitizer().remove_javascript().remove_external_access().remove_attachments().remove_multimedia()
    removal.remove_private_app_data().remove_web_capture().remove_collection().remove_thumbnails().apply(source)
    found["layers"] = layers.flatten(source)
    found["unshown"] = markings.draw(source)
    if _lacks_looks(source):
        from wizard.evidence.pdf import drawing  # only here, as it is slow to load

        found["damage"] += len(source.get_warnings())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", pikepdf.PageCopyWarning)  # boxes of no form are drawn all the same
            whole = sheet.saved(source)
        source = Pdf.open(io.BytesIO(drawing.with_form_drawn(whole)))
    else:
        source.flatten_annotations("screen")
    for page in source.pages:
        for key in page.obj.keys() - _KEPT:
            del page.obj[key]
    return source


def _lacks_looks(source: Pdf) -> bool:
    """Whether text typed into a form is kept without a picture of it, which qpdf would lose."""
    form = source.Root.get(Name.AcroForm)
    if not isinstance(form, Dictionary):
        return False
    stale: object = form.get(Name.NeedAppearances)
    if stale is True:
        return True
    return any(
        isinstance(box, Dictionary)
        and box.get(Name.Subtype) == Name.Widget
        and not (isinstance(looks := box.get(Name.AP), Dictionary) and Name.N in looks)
        for page in source.pages
        if isinstance(boxes := page.obj.get(Name.Annots), Array)
        for box in boxes
    )


def _page(page: Object) -> PageFacts:
    """Put a page's size and turn in order, and say them."""
    sheet_box = _box(page.get(Name.MediaBox)) or _LETTER
    shown = _box(page.get(Name.CropBox)) or sheet_box
    inner = tuple(max(a, b) for a, b in zip(shown[:2], sheet_box[:2], strict=True)) + tuple(
        min(a, b) for a, b in zip(shown[2:], sheet_box[2:], strict=True)
    )
    left, bottom, right, top = inner if inner[2] - inner[0] > 1 and inner[3] - inner[1] > 1 else sheet_box
    page.MediaBox = Array(sheet_box)
    page.CropBox = Array((left, bottom, right, top))
    turn = page.get(Name.Rotate, 0)
    rotation = int(turn) % 360 if isinstance(turn, int) and turn % 90 == 0 else 0
    page.Rotate = rotation
    unit = page.get(Name.UserUnit, 1)
    size = float(unit) if not isinstance(unit, pikepdf.Object) and 0 < unit <= 100 else 1.0
    return PageFacts(round((right - left) * size, 3), round((top - bottom) * size, 3), rotation, text=False)


def _lend_resources(page: Object) -> None:
    """Give drawn letters that have no resources of their own those of the page, before those unused are dropped."""
    resources = page.get(Name.Resources)
    fonts = resources.get(Name.Font) if isinstance(resources, Dictionary) else None
    if resources is None or not isinstance(fonts, Dictionary):
        return
    for font in fonts.values():
        if isinstance(font, Dictionary) and font.get(Name.Subtype) == Name.Type3 and Name.Resources not in font:
            font.Resources = Dictionary(dict(resources.items()) | {"/Font": Dictionary(dict(fonts.items()))})


def _box(value: object) -> tuple[float, float, float, float] | None:
    if not isinstance(value, Array) or len(value) != 4:
        return None
    try:
        first, second, third, fourth = (float(side) for side in value)
    except BROKEN:
        return None
    left, right, bottom, top = *sorted((first, third)), *sorted((second, fourth))
    return (left, bottom, right, top) if right - left > 1 and top - bottom > 1 else None


def _scrub_streams(result: Pdf, found: Counter[str]) -> None:
    """Cut what pictures and drawings say beside what they show: outside files, private data, camera details."""
    for stream in result.objects:
        if not isinstance(stream, Stream):
            continue
        for key in _OUTSIDE:
            if key in stream:
                del stream[key]
        if stream.get(Name.Subtype) == Name.Image and stream.get(Name.Filter) == Name.DCTDecode:
            raw = stream.read_raw_bytes()
            bare = jpeg.bare(raw)
            if bare != raw:
                found["details"] += 1
                stream.write(bare, filter=Name.DCTDecode)
