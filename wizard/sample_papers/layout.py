"""How the papers of made-up referrals are laid out: typefaces, prose, tables, signatures in ink and page furniture."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Table,
)

from wizard.sample_papers.ink import pen_signature

Words = Mapping[str, Any]

MARGIN: Final = 62.0
SHADE: Final = HexColor("#eef2f3")
LINE: Final = HexColor("#9aa6ad")
_INK: Final = HexColor("#1e3480")


@cache
def typefaces() -> None:
    """Make the typefaces of the papers known to reportlab, under names of their own."""
    vera = Path(reportlab.__file__).parent / "fonts"
    atkinson = files("fontpkg_atkinson_hyperlegible").joinpath("files")
    for name, data in (
        ("paper-atkinson", atkinson.joinpath("AtkinsonHyperlegible-Regular.ttf").read_bytes()),
        ("paper-atkinson-bold", atkinson.joinpath("AtkinsonHyperlegible-Bold.ttf").read_bytes()),
        ("paper-noto", files("fontpkg_noto_sans").joinpath("files", "NotoSans[wdth,wght].ttf").read_bytes()),
        ("paper-vera", (vera / "Vera.ttf").read_bytes()),
        ("paper-vera-bold", (vera / "VeraBd.ttf").read_bytes()),
    ):
        pdfmetrics.registerFont(TTFont(name, BytesIO(data)))


def plain(text: str) -> str:
    """A line as reportlab's markup, with its runs of spaces kept."""
    return escape(text).replace("  ", "&nbsp; ")


def style(face: str, points: float = 10, **more: Any) -> ParagraphStyle:  # noqa: ANN401 - reportlab's own attributes
    """A paragraph's look."""
    values = {"leading": points * 1.42, "spaceAfter": points * 0.72, "alignment": 0, **more}
    return ParagraphStyle(f"{face} {points}", fontName=face, fontSize=points, **values)


def prose(text: Sequence[str], body: ParagraphStyle, bold: str, ink: Color) -> list[Flowable]:
    """Paragraphs, headings (``# ``) and points (``- ``)."""
    heading = style(bold, body.fontSize + 1, spaceBefore=6, spaceAfter=4, textColor=ink, keepWithNext=1)
    point = style(
        body.fontName, body.fontSize, leftIndent=13, bulletIndent=2, bulletFontName=body.fontName, spaceAfter=3
    )
    flow: list[Flowable] = []
    for line in text:
        if line.startswith("# "):
            flow.append(Paragraph(escape(line[2:]), heading))
        elif line.startswith("- "):
            flow.append(Paragraph(escape(line[2:]), point, bulletText="•"))
        else:
            flow.append(Paragraph(plain(line), body))
    return flow


class _Signature(Flowable):
    """A signature in ink."""

    def __init__(self, seed: int, loops: int, width: float = 120) -> None:
        super().__init__()
        self.width, self.height = width, width * 0.42
        self._path = pen_signature(seed, loops)

    def draw(self) -> None:
        """Draw the path of the pen."""
        pen: Canvas = self.canv
        pen.setStrokeColor(_INK)
        pen.setLineWidth(1.15)
        pen.setLineCap(1)
        line = pen.beginPath()
        for place, (x, y) in enumerate(self._path):
            to = line.lineTo if place else line.moveTo
            to(x * self.width, self.height * 0.3 + y * self.width * 0.6)
        pen.drawPath(line)


def signed(lines: Sequence[str], body: ParagraphStyle, bold: str, pen: Sequence[int] | None) -> list[Flowable]:
    """Whose letter it is, below a signature in ink unless the service sends its letters without (no ``pen``)."""
    tight = style(body.fontName, body.fontSize, spaceAfter=0)
    name = Paragraph(escape(lines[0]), style(bold, body.fontSize, spaceAfter=0))
    ink: list[Flowable] = [_Signature(*pen)] if pen else []
    return [*ink, name, *(Paragraph(plain(line), tight) for line in lines[1:])]


def block(lines: Sequence[str], body: ParagraphStyle) -> list[Flowable]:
    """Lines without space between them, such as an address."""
    return [Paragraph(plain(line), style(body.fontName, body.fontSize, spaceAfter=0)) for line in lines]


Furniture = Callable[[Canvas, int, int], None]
"""Draws letterhead and foot of a page, given its number and how many there are."""


def pdf(
    story: Callable[[], list[Flowable]],
    furniture: Furniture,
    info: Sequence[str],
    tops: tuple[float, float] = (70.0, 70.0),
) -> bytes:
    """Lay a story out; twice, because the foot says how many pages there are.

    ``info`` is the title and the author that the file names in its properties; ``tops`` are the points that the first
    page and the others leave free above the text.
    """
    typefaces()
    pages = 0
    for _ in range(2):
        out = BytesIO()
        document = BaseDocTemplate(out, pagesize=A4, title=info[0], author=info[1], invariant=1)
        total = pages

        def dress(canvas: Canvas, _: object, total: int = total) -> None:
            furniture(canvas, canvas.getPageNumber(), total)

        pages_of = (("first", A4, tops[0]), ("later", A4, tops[1]), ("wide", landscape(A4), 52.0))
        templates = [_page(*template, dress) for template in pages_of]
        document.addPageTemplates(templates)
        document.build([NextPageTemplate("later"), *story()])
        pages = document.page
    return out.getvalue()


def _page(name: str, paper: tuple[float, float], top: float, dress: Callable[..., None]) -> PageTemplate:
    margin = MARGIN if paper == A4 else 50.0
    frame = Frame(margin, 56, paper[0] - 2 * margin, paper[1] - 56 - top, 0, 0, 0, 0)
    return PageTemplate(name, [frame], onPage=dress, pagesize=paper)


def size(canvas: Canvas) -> tuple[float, float]:
    """Width and height of the page that is being drawn."""
    width, height = canvas.__dict__["_pagesize"]  # reportlab offers no other way to ask
    return width, height


def foot(canvas: Canvas, face: str, left: str, page: int, pages: int) -> None:
    """The line at the foot: whose paper this is, and the page."""
    width = size(canvas)[0]
    canvas.setFont(face, 7.5)
    canvas.setFillColor(HexColor("#555f66"))
    canvas.drawString(MARGIN, 32, left)
    canvas.drawRightString(width - MARGIN, 32, f"Page {page} of {pages}")


def grid(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    cell: ParagraphStyle,
    bold: str,
    heads: Sequence[int] = (0,),
    top: Color | None = None,
) -> Table:
    """A ruled table; columns in ``heads`` are bold, and the first row stands on ``top`` where that is given."""
    strong = style(bold, cell.fontSize, spaceAfter=0)
    light = style(bold, cell.fontSize, spaceAfter=0, textColor=white)

    def made(row: int, column: int, text: str) -> Paragraph:
        look = light if top is not None and row == 0 else strong if column in heads else cell
        return Paragraph(escape(text), look)

    body = [[made(r, c, text) for c, text in enumerate(row)] for r, row in enumerate(rows)]
    rules: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.5, LINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ]
    rules += [("BACKGROUND", (column, 0), (column, -1), SHADE) for column in heads]
    rules += [("BACKGROUND", (0, 0), (-1, 0), top)] if top is not None else []
    return Table(body, list(widths), style=rules, repeatRows=int(top is not None))
