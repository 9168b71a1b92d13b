"""The evidence of a made-up referral, drawn as schools receive it: letters, a report, a register, a plan and pictures.

The words stand in the sample's own file under ``papers``. The same words make the same bytes on every run. Every
service, school and person is invented.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from forms.kit.codes import REGISTER_CODES
from wizard import sample_scans
from wizard.register import Session, count

Words = Mapping[str, Any]
Weeks = Sequence[tuple[date, Sequence[str]]]
"""Each week's Monday and its ten marks."""

_MARGIN: Final = 62.0
_TEAL: Final = HexColor("#0f626a")
_PLUM: Final = HexColor("#5b2a5e")
_LEAF: Final = HexColor("#2f6b3a")
_SHADE: Final = HexColor("#eef2f3")
_LINE: Final = HexColor("#9aa6ad")
_INK: Final = HexColor("#1e3480")
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri")


@cache
def _typefaces() -> None:
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


def papers(words: Words, weeks: Weeks, cycles: Sequence[Words]) -> dict[str, bytes]:
    """All evidence files of a sample, by the names that schools give them.

    Args:
        words: the sample's table ``papers``.
        weeks: the register that the certificate prints.
        cycles: the cycles of One Planning, as answered.
    """
    _typefaces()
    return {
        "CAMHS letter 12-10-26.pdf": camhs_letter(words["camhs"]),
        "GP letter.pdf": gp_letter(words["gp"]),
        "EP report extract.pdf": psychologist_report(words["ep"]),
        "IMG_2041.jpg": sample_scans.card_photo(),
        "scan0007.pdf": sample_scans.parents_letter(words["parents"]),
        "Registration certificate.pdf": certificate(words["certificate"], weeks),
        "One Plan autumn.pdf": one_plan(words["one_plan"], cycles),
        "Screenshot_20261109.png": sample_scans.screenshot(),
    }


def _plain(text: str) -> str:
    """A line as reportlab's markup, with its runs of spaces kept."""
    return escape(text).replace("  ", "&nbsp; ")


def _style(face: str, size: float = 10, **more: Any) -> ParagraphStyle:  # noqa: ANN401 - reportlab's own attributes
    values = {"leading": size * 1.42, "spaceAfter": size * 0.72, "alignment": 0, **more}
    return ParagraphStyle(f"{face} {size}", fontName=face, fontSize=size, **values)


def _prose(text: Sequence[str], body: ParagraphStyle, bold: str, ink: Color) -> list[Flowable]:
    """Paragraphs, headings (``# ``) and points (``- ``)."""
    heading = _style(bold, body.fontSize + 1, spaceBefore=6, spaceAfter=4, textColor=ink, keepWithNext=1)
    point = _style(
        body.fontName, body.fontSize, leftIndent=13, bulletIndent=2, bulletFontName=body.fontName, spaceAfter=3
    )
    flow: list[Flowable] = []
    for line in text:
        if line.startswith("# "):
            flow.append(Paragraph(escape(line[2:]), heading))
        elif line.startswith("- "):
            flow.append(Paragraph(escape(line[2:]), point, bulletText="•"))
        else:
            flow.append(Paragraph(_plain(line), body))
    return flow


class _Signature(Flowable):
    """A signature in ink."""

    def __init__(self, seed: int, loops: int, width: float = 120) -> None:
        super().__init__()
        self.width, self.height = width, width * 0.42
        self._path = sample_scans.pen_signature(seed, loops)

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


def _signed(lines: Sequence[str], body: ParagraphStyle, bold: str, seed: int, loops: int) -> list[Flowable]:
    tight = _style(body.fontName, body.fontSize, spaceAfter=0)
    name = Paragraph(escape(lines[0]), _style(bold, body.fontSize, spaceAfter=0))
    return [_Signature(seed, loops), name, *(Paragraph(_plain(line), tight) for line in lines[1:])]


Furniture = Callable[[Canvas, int, int], None]
"""Draws letterhead and foot of a page, given its number and how many there are."""


def _pdf(
    story: Callable[[], list[Flowable]],
    furniture: Furniture,
    title: str,
    author: str,
    tops: tuple[float, float] = (70.0, 70.0),
) -> bytes:
    """Lay a story out; twice, because the foot says how many pages there are.

    ``tops`` are the points that the first page and the others leave free above the text.
    """
    pages = 0
    for _ in range(2):
        out = BytesIO()
        document = BaseDocTemplate(out, pagesize=A4, title=title, author=author, invariant=1)
        total = pages

        def dress(canvas: Canvas, _: object, total: int = total) -> None:
            furniture(canvas, canvas.getPageNumber(), total)

        pages_of = (("first", A4, tops[0]), ("later", A4, tops[1]), ("wide", landscape(A4), 52.0))
        templates = [_page(*template, dress) for template in pages_of]
        document.addPageTemplates(templates)
        document.build([NextPageTemplate("later"), *story()])
        pages = document.page
    return out.getvalue()


def _page(name: str, size: tuple[float, float], top: float, dress: Callable[..., None]) -> PageTemplate:
    margin = _MARGIN if size == A4 else 50.0
    frame = Frame(margin, 56, size[0] - 2 * margin, size[1] - 56 - top, 0, 0, 0, 0)
    return PageTemplate(name, [frame], onPage=dress, pagesize=size)


def _size(canvas: Canvas) -> tuple[float, float]:
    width, height = canvas.__dict__["_pagesize"]  # reportlab offers no other way to ask
    return width, height


def _foot(canvas: Canvas, face: str, left: str, page: int, pages: int) -> None:
    width = _size(canvas)[0]
    canvas.setFont(face, 7.5)
    canvas.setFillColor(HexColor("#555f66"))
    canvas.drawString(_MARGIN, 32, left)
    canvas.drawRightString(width - _MARGIN, 32, f"Page {page} of {pages}")


def camhs_letter(words: Words) -> bytes:
    """A clinic letter of two pages, with the service's own head."""
    body = _style("paper-noto", 10.2)
    bold = "paper-atkinson-bold"

    def head(canvas: Canvas, page: int, pages: int) -> None:
        _foot(canvas, "paper-noto", "Private and confidential. An invented letter of an invented service.", page, pages)
        if page > 1:
            return
        width, height = A4
        canvas.setFillColor(_TEAL)
        canvas.rect(0, height - 12, width, 12, stroke=0, fill=1)
        _willow(canvas, _MARGIN + 20, height - 62)
        canvas.setFillColor(_TEAL)
        canvas.setFont(bold, 19)
        canvas.drawString(_MARGIN + 52, height - 60, words["head"][0])
        canvas.setFont("paper-noto", 8.8)
        canvas.drawString(_MARGIN + 52, height - 75, words["head"][1])
        canvas.setFillColor(black)
        for row, line in enumerate(words["address"]):
            canvas.drawRightString(width - _MARGIN, height - 52 - 12 * row, line)

    def story() -> list[Flowable]:
        lines = [*_block(words["to"], body), Spacer(0, 10), Paragraph(words["date"], body)]
        lines += [Paragraph(_plain(line), _style(bold, 10.4, spaceAfter=1)) for line in words["about"]]
        lines += [Spacer(0, 9), *_prose(words["text"], body, bold, _TEAL)]
        lines += [KeepTogether(_signed(words["signed"], body, bold, 5, 6)), Spacer(0, 12)]
        return [*lines, Paragraph(escape(words["copies"]), _style("paper-noto", 8.6))]

    return _pdf(story, head, "Clinic letter Amira Kowalczyk-O’Neill", "H Iqbal", tops=(132, 66))


def _block(lines: Sequence[str], body: ParagraphStyle) -> list[Flowable]:
    return [Paragraph(_plain(line), _style(body.fontName, body.fontSize, spaceAfter=0)) for line in lines]


def _willow(canvas: Canvas, x: float, y: float) -> None:
    """The mark of the clinic: leaves on a round ground."""
    canvas.setFillColor(_TEAL)
    canvas.circle(x, y, 20, stroke=0, fill=1)
    canvas.setFillColor(white)
    for turn in (-50, 0, 50):
        canvas.saveState()
        canvas.translate(x, y - 13)
        canvas.rotate(turn)
        leaf = canvas.beginPath()
        leaf.moveTo(0, 0)
        leaf.curveTo(7, 9, 5, 19, 0, 27)
        leaf.curveTo(-5, 19, -7, 9, 0, 0)
        canvas.drawPath(leaf, stroke=0, fill=1)
        canvas.restoreState()


def gp_letter(words: Words) -> bytes:
    """A surgery's letter: one page, plain, as the practice system prints it."""
    body = _style("paper-vera", 9.4, leading=14.2, spaceAfter=9)

    def head(canvas: Canvas, page: int, pages: int) -> None:
        _foot(
            canvas, "paper-vera", "The Lantern Surgery (invented). Dr S. Okoro, Dr J. Amato, Dr P. Byrne", page, pages
        )

    def story() -> list[Flowable]:
        middle = {"alignment": TA_CENTER}
        lines: list[Flowable] = [Paragraph(words["head"][0], _style("paper-vera-bold", 17, spaceAfter=2, **middle))]
        lines += [Paragraph(line, _style("paper-vera", 8.4, spaceAfter=1, **middle)) for line in words["head"][1:]]
        lines += [
            Paragraph(_plain(line), _style("paper-vera", 8.4, spaceAfter=1, **middle)) for line in words["address"]
        ]
        rule = Table([[""]], [471], [1], style=[("LINEBELOW", (0, 0), (-1, -1), 0.9, black)])
        lines += [Spacer(0, 4), rule, Spacer(0, 26), *_block(words["to"], body), Spacer(0, 16)]
        lines += [Paragraph(words["date"], body), Spacer(0, 4)]
        lines += [Paragraph(_plain(line), _style("paper-vera-bold", 9.4, spaceAfter=2)) for line in words["about"]]
        lines += [Spacer(0, 12), *_prose(words["text"], body, "paper-vera-bold", black)]
        return [*lines, KeepTogether(_signed(words["signed"], body, "paper-vera-bold", 17, 4))]

    return _pdf(story, head, "Letter Kowalczyk-O’Neill", "The Lantern Surgery")


def psychologist_report(words: Words) -> bytes:
    """An extract of three pages; the second lies across, with a table."""
    body, bold = _style("paper-atkinson", 10.4), "paper-atkinson-bold"
    small = _style("paper-atkinson", 9.4, spaceAfter=0)

    def head(canvas: Canvas, page: int, pages: int) -> None:
        _foot(canvas, "paper-atkinson", "A. K.-O’N., 5 November 2026. Confidential.", page, pages)
        canvas.setFillColor(_PLUM)
        canvas.rect(0, 0, 14, _size(canvas)[1], stroke=0, fill=1)

    def story() -> list[Flowable]:
        lines: list[Flowable] = [Paragraph(words["head"][0], _style(bold, 20, textColor=_PLUM, spaceAfter=2))]
        lines += [Paragraph(words["head"][1], _style("paper-atkinson", 10)), Spacer(0, 4)]
        lines += [_grid(words["facts"], [72, 160, 80, 159], small, bold, heads=(0, 2)), Spacer(0, 14)]
        lines += [*_prose(words["before"], body, bold, _PLUM), NextPageTemplate("wide"), PageBreak()]
        lines += _prose([f"# {words['table_title']}"], body, bold, _PLUM)
        rows = [words["columns"], *words["table"]]
        lines += [_grid(rows, words["widths"], small, bold, top=_PLUM), NextPageTemplate("later"), PageBreak()]
        lines += _prose(words["after"], body, bold, _PLUM)
        return [*lines, KeepTogether(_signed(words["signed"], body, bold, 23, 5))]

    return _pdf(story, head, "EP advice AKO extract", "M Feld", tops=(58, 58))


def _grid(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    cell: ParagraphStyle,
    bold: str,
    heads: Sequence[int] = (0,),
    top: Color | None = None,
) -> Table:
    """A ruled table; columns in ``heads`` are bold, and the first row stands on ``top`` where that is given."""
    strong = _style(bold, cell.fontSize, spaceAfter=0)
    light = _style(bold, cell.fontSize, spaceAfter=0, textColor=white)

    def made(row: int, column: int, text: str) -> Paragraph:
        style = light if top is not None and row == 0 else strong if column in heads else cell
        return Paragraph(escape(text), style)

    body = [[made(r, c, text) for c, text in enumerate(row)] for r, row in enumerate(rows)]
    rules: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.5, _LINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ]
    rules += [("BACKGROUND", (column, 0), (column, -1), _SHADE) for column in heads]
    rules += [("BACKGROUND", (0, 0), (-1, 0), top)] if top is not None else []
    return Table(body, list(widths), style=rules, repeatRows=int(top is not None))


def certificate(words: Words, weeks: Weeks) -> bytes:
    """The attendance register as an MIS prints and a headteacher signs it."""
    body, bold = _style("paper-vera", 8.6, spaceAfter=3), "paper-vera-bold"
    cell = _style("paper-vera", 8.6, spaceAfter=0, alignment=TA_CENTER)

    def foot(canvas: Canvas, page: int, pages: int) -> None:
        _foot(canvas, "paper-vera", "Registers 9.4 (invented)   Lanternfield Academy", page, pages)

    def story() -> list[Flowable]:
        lines: list[Flowable] = [Paragraph(words["school"], _style(bold, 12, spaceAfter=2))]
        lines += [Paragraph(words["title"], _style("paper-vera", 12))]
        lines += [Paragraph(_plain(line), body) for line in words["lines"]]
        rows: list[list[Any]] = [["Week commencing", *_DAYS]]
        for monday, marks in weeks:
            days = (Paragraph("&nbsp; ".join(marks[at : at + 2]), cell) for at in range(0, 10, 2))
            rows.append([f"{monday:%d/%m/%Y}", *days])
        rules: list[Any] = [("GRID", (0, 0), (-1, -1), 0.4, _LINE), ("FONT", (0, 0), (-1, -1), "paper-vera", 8.6)]
        rules += [("FONT", (0, 0), (-1, 0), bold, 8.6), ("BACKGROUND", (0, 0), (-1, 0), _SHADE)]
        rules += [("ALIGN", (1, 0), (-1, -1), "CENTER"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        lines += [Spacer(0, 12), Table(rows, [121, *[70] * 5], [20] * len(rows), style=rules), Spacer(0, 14)]
        lines += [Paragraph(_plain(line), body) for line in _totals(weeks)]
        lines += [Spacer(0, 26), Paragraph(words["certified"], body)]
        return [*lines, KeepTogether(_signed(words["signed"], body, bold, 31, 5))]

    return _pdf(story, foot, "Registration certificate 9B", "Registers", tops=(58, 58))


def _totals(weeks: Weeks) -> list[str]:
    """The foot of the register: totals, and the codes that were used."""
    sessions = [
        Session(monday + timedelta(days=place // 2), "PM" if place % 2 else "AM", code)
        for monday, marks in weeks
        for place, code in enumerate(marks)
    ]
    counted = count(sessions)
    missed = counted.possible - counted.attending
    used = sorted({session.code for session in sessions if session.code in REGISTER_CODES})
    lates = sum(session.code == "L" for session in sessions)
    return [
        f"Possible {counted.possible}   Attended {counted.attending} ({counted.percentage} %)   "
        f"Authorised absence {missed}   Unauthorised absence 0   Late {lates}",
        "Codes used: " + "; ".join(f"{code} {REGISTER_CODES[code].meaning}" for code in used),
    ]


def one_plan(words: Words, cycles: Sequence[Words]) -> bytes:
    """The school's plan: a profile in the pupil's words, then each turn of assess, plan, do and review."""
    body, bold = _style("paper-atkinson", 10), "paper-atkinson-bold"
    small = _style("paper-atkinson", 9.6, spaceAfter=0)

    def head(canvas: Canvas, page: int, pages: int) -> None:
        _foot(canvas, "paper-atkinson", f"{words['school']}: {words['title']}", page, pages)
        canvas.setFillColor(_LEAF)
        canvas.rect(0, A4[1] - 9, A4[0], 9, stroke=0, fill=1)

    def story() -> list[Flowable]:
        lines: list[Flowable] = [Paragraph(words["title"], _style(bold, 22, textColor=_LEAF, spaceAfter=4))]
        lines += [Paragraph(escape(words["about"]), body)]
        lines += [_profile(words["profile"], small, bold), Spacer(0, 12)]
        for number, cycle in enumerate(cycles, 1):
            start, review = (_day(cycle[name]) for name in ("start", "review_date"))
            rows = [
                ["Assess", cycle["assess"]],
                ["Plan", cycle["outcomes"]],
                ["Do", f"{cycle['provision']} ({cycle['who']})"],
                [f"Review, {review}", cycle["review_result"]],
            ]
            titled = _prose([f"# Cycle {number}: from {start}"], body, bold, _LEAF)
            lines += [KeepTogether([*titled, _grid(rows, [96, 375], small, bold)]), Spacer(0, 10)]
        lines += [Paragraph(words["agreed"], body)]
        hands = [_signed(signer, small, bold, 40 + 7 * at, 3 + at) for at, signer in enumerate(words["signed"])]
        return [*lines, KeepTogether([Table([hands], [157] * len(hands))])]

    return _pdf(story, head, "One Plan AKO", "R Osei", tops=(48, 48))


def _profile(columns: Sequence[Sequence[str]], cell: ParagraphStyle, bold: str) -> Table:
    heads = [Paragraph(head, _style(bold, 10, spaceAfter=0, textColor=_LEAF)) for head, _ in columns]
    texts = [Paragraph(escape(text), cell) for _, text in columns]
    rules: list[Any] = [
        ("BACKGROUND", (0, 0), (-1, -1), HexColor("#eaf3e8")),
        ("INNERGRID", (0, 0), (-1, -1), 4, white),
        ("LINEABOVE", (0, 1), (-1, 1), 0, HexColor("#eaf3e8")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ]
    return Table([heads, texts], [157] * len(columns), style=rules)


def _day(parts: Mapping[str, str]) -> str:
    return "/".join(parts[name].zfill(2) for name in ("day", "month", "year"))
