"""The last pages: who signed what, how to check the pack, the place for its seal, the digests of the originals."""

from io import BytesIO

from PIL import UnidentifiedImageError
from reportlab.lib.utils import ImageReader

from forms.kit.dates import moment
from wizard.pack.content import PackContent, SignatureItem
from wizard.pack.originals import MANIFEST
from wizard.typeset import plan as places
from wizard.typeset.flow import Flow
from wizard.typeset.look import BODY, LEFT, LINES, QUIET, SECONDARY, SMALL, SMALL_QUIET, SMALL_STRONG, WIDTH, style
from wizard.typeset.tables import Table
from wizard.typeset.tagging import Element
from wizard.typeset.typesetting import plain

_SEAL_WIDTH, _SEAL_HEIGHT = 300.0, 78.0
_PICTURE_HEIGHT = 54.0
_SEALED = (
    "The seal covers every page. Open the pack in a PDF reader that checks signatures and choose this box: "
    "it says whether anything was changed since."
)


def draw_signatures(flow: Flow, content: PackContent) -> None:
    """Draw the signatures, each with the words that were agreed to."""
    flow.begin("Signatures")
    element = flow.sheet.drawn.document.add("Sect", title="Signatures")
    flow.heading(element, 1, "Signatures", key=places.SIGNATURES)
    if not content.signatures:
        flow.paragraph(element.add("P"), plain("Nobody has signed yet.", BODY))
    for signature in content.signatures:
        _signature(flow, element, signature)
    flow.finish()
    flow.sheet.reach(places.SIGNATURES)


def _signature(flow: Flow, parent: Element, signature: SignatureItem) -> None:
    element = parent.add("Sect", title=signature.role)
    flow.need(150)
    flow.space(4)
    flow.rule(LINES)
    flow.row([flow.cell(0, WIDTH, (element.add("H2"), plain(signature.name, style(13, bold=True))))], above=8)
    flow.paragraph(element.add("P"), plain(signature.role, QUIET), below=4)
    flow.paragraph(element.add("P"), plain(signature.statement, BODY), below=6)
    if signature.picture:
        _picture(flow, element, signature)
    how = f"Signed {signature.method}" if signature.method == "on paper" else f"Signature {signature.method}"
    flow.paragraph(element.add("P"), plain(f"{how}, {moment(signature.when)}", BODY), below=2)
    if signature.digest:
        words = f"Digest of the answers that were signed: {signature.digest}"
        flow.paragraph(element.add("P"), plain(words, SMALL_QUIET), below=2)
    flow.space(10)


def _picture(flow: Flow, element: Element, signature: SignatureItem) -> None:
    try:
        picture = ImageReader(BytesIO(signature.picture))
        across, up = picture.getSize()
    except (OSError, UnidentifiedImageError):
        return
    height = min(_PICTURE_HEIGHT, 220.0 * up / max(across, 1))
    flow.need(height + 40)
    flow.y -= height
    figure = element.add("Figure", alternative=f"Drawn signature of {signature.name}")
    flow.sheet.picture(figure, picture, (LEFT, flow.y, height * across / max(up, 1), height))
    flow.space(6)


def draw_integrity(flow: Flow, content: PackContent) -> None:
    """Draw how to check the pack, the place of its seal and the digest of every original."""
    flow.begin("How to check this pack")
    element = flow.sheet.drawn.document.add("Sect", title="How to check this pack")
    flow.heading(element, 1, "How to check this pack", key=places.INTEGRITY)
    for sentence in content.integrity:
        flow.paragraph(element.add("P"), plain(sentence, BODY), below=7)
    if content.sealed and not content.draft:
        _seal(flow, element)
    if content.evidence:
        _offered(flow, element, content)
        _digests(flow, element, content)
    flow.finish()
    flow.sheet.reach(places.INTEGRITY)


def _seal(flow: Flow, parent: Element) -> None:
    element = parent.add("Sect", title="Electronic seal")
    flow.heading(element, 2, "Electronic seal", follow=_SEAL_HEIGHT)
    flow.need(_SEAL_HEIGHT + 8)
    bottom = flow.y - _SEAL_HEIGHT
    flow.sheet.frame(LEFT, bottom, _SEAL_WIDTH, _SEAL_HEIGHT, LINES)
    said = (
        (element.add("P"), plain("Sealed electronically", SMALL_STRONG)),
        (element.add("P"), plain(_SEALED, SMALL_QUIET)),
    )
    flow.row([flow.cell(14, _SEAL_WIDTH - 28, *said, gap=4)], above=14)
    flow.y = bottom
    flow.sheet.drawn.seal_element = element.add("Form")
    rectangle = (LEFT + 3, flow.y + 3, LEFT + _SEAL_WIDTH - 3, flow.y + _SEAL_HEIGHT - 3)
    flow.sheet.drawn.seal = (flow.sheet.page - 1, rectangle)
    flow.space(8)


_BECAME = {
    "included": "Its pages are in this pack as they were.",
    "cleaned": "Its pages are in this pack as a cleaned copy.",
    "pictures": "Its pages are in this pack as pictures.",
    "attached": "Its pages cannot be shown here.",
    "refused": "Not taken in.",
}


def _offered(flow: Flow, parent: Element, content: PackContent) -> None:
    """Every file that was offered, refused ones too."""
    element = parent.add("Sect", title="Every file that was offered")
    flow.heading(element, 2, "Every file that was offered")
    words = f"A program reads the same from the file “{MANIFEST}” that is attached to this pack."
    flow.paragraph(element.add("P"), plain(words, QUIET), below=6)
    widths = (52.0, 150.0, WIDTH - 52 - 150 - 20)
    with Table(flow, element, ("Evidence", "File", "What became of it"), widths) as table:
        for item in content.evidence:
            number = plain(str(item.number), SMALL_STRONG, places.evidence(item.number))
            became = " ".join((_BECAME.get(item.outcome, ""), item.why)).strip()
            if item.original:
                became = f"{became} The original is attached as “{item.travels_as}”."
            table.add(([number], [plain(item.file or item.title, SMALL)], [plain(became, SMALL)]), headed=True)


def _digests(flow: Flow, parent: Element, content: PackContent) -> None:
    element = parent.add("Sect", title="Digests of the originals")
    flow.heading(element, 2, "Digests of the originals")
    words = "SHA-256 of every file as the school received it, before anything was cleaned or converted."
    flow.paragraph(element.add("P"), plain(words, QUIET), below=6)
    figures = style(7, colour=SECONDARY)
    with Table(flow, element, ("Evidence", "Title", "SHA-256"), (52.0, WIDTH - 52 - 292 - 20, 292.0)) as table:
        for item in content.evidence:
            key = places.evidence(item.number)
            number = plain(str(item.number), SMALL_STRONG, key)
            table.add(([number], [plain(item.title, SMALL)], [plain(item.sha256, figures)]), headed=True)
