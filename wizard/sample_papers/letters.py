"""Letters, in three looks: ``clinic`` with colour and a mark, ``surgery`` plain, ``school`` with a badge."""

from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from wizard.sample_papers.layout import MARGIN, Words, block, foot, pdf, plain, prose, signed, style
from wizard.sample_papers.marks import MARKS

_BOLD = "paper-atkinson-bold"


def letter(words: Words) -> bytes:
    """A letter in its look.

    ``words`` has ``look``, ``info``, ``head``, ``address``, ``to``, ``date``, ``about``, ``text``, ``signed`` and
    ``foot``; ``ink`` unless nobody has signed it; ``colour`` and ``mark`` but for the plain look; perhaps ``copies``.
    """
    return {"clinic": _clinic, "surgery": _surgery, "school": _school}[words["look"]](words)


def _clinic(words: Words) -> bytes:
    body, colour = style("paper-noto", 10.2), HexColor(words["colour"])

    def head(canvas: Canvas, page: int, pages: int) -> None:
        foot(canvas, "paper-noto", words["foot"], page, pages)
        if page > 1:
            return
        width, height = A4
        canvas.setFillColor(colour)
        canvas.rect(0, height - 12, width, 12, stroke=0, fill=1)
        MARKS[words["mark"]](canvas, MARGIN + 20, height - 62, colour)
        canvas.setFillColor(colour)
        canvas.setFont(_BOLD, 19)
        canvas.drawString(MARGIN + 52, height - 60, words["head"][0])
        canvas.setFont("paper-noto", 8.8)
        canvas.drawString(MARGIN + 52, height - 75, words["head"][1])
        canvas.setFillColor(black)
        for row, line in enumerate(words["address"]):
            canvas.drawRightString(width - MARGIN, height - 52 - 12 * row, line)

    def story() -> list[Flowable]:
        lines = [*block(words["to"], body), Spacer(0, 10), Paragraph(words["date"], body)]
        lines += [Paragraph(plain(line), style(_BOLD, 10.4, spaceAfter=1)) for line in words["about"]]
        lines += [Spacer(0, 9), *prose(words["text"], body, _BOLD, colour)]
        lines += [KeepTogether(signed(words["signed"], body, _BOLD, words.get("ink"))), Spacer(0, 12)]
        return [*lines, Paragraph(plain(words.get("copies", "")), style("paper-noto", 8.6))]

    return pdf(story, head, words["info"], tops=(132, 66))


def _surgery(words: Words) -> bytes:
    """One page, plain, as the practice system prints it."""
    body, bold = style("paper-vera", 9.4, leading=14.2, spaceAfter=9), "paper-vera-bold"

    def head(canvas: Canvas, page: int, pages: int) -> None:
        foot(canvas, "paper-vera", words["foot"], page, pages)

    def story() -> list[Flowable]:
        middle = {"alignment": TA_CENTER}
        small = style("paper-vera", 8.4, spaceAfter=1, **middle)
        lines: list[Flowable] = [Paragraph(words["head"][0], style(bold, 17, spaceAfter=2, **middle))]
        lines += [Paragraph(plain(line), small) for line in (*words["head"][1:], *words["address"])]
        rule = Table([[""]], [471], [1], style=[("LINEBELOW", (0, 0), (-1, -1), 0.9, black)])
        lines += [Spacer(0, 4), rule, Spacer(0, 26), *block(words["to"], body), Spacer(0, 16)]
        lines += [Paragraph(words["date"], body), Spacer(0, 4)]
        lines += [Paragraph(plain(line), style(bold, 9.4, spaceAfter=2)) for line in words["about"]]
        lines += [Spacer(0, 12), *prose(words["text"], body, bold, black)]
        return [*lines, KeepTogether(signed(words["signed"], body, bold, words.get("ink")))]

    return pdf(story, head, words["info"])


def _school(words: Words) -> bytes:
    """The badge in the middle, the school's name below it, and its address between two rules at the foot."""
    body, colour = style("paper-atkinson", 10.6), HexColor(words["colour"])

    def head(canvas: Canvas, page: int, pages: int) -> None:
        width, height = A4
        foot(canvas, "paper-atkinson", words["foot"], page, pages)
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(1.4)
        canvas.line(MARGIN, 46, width - MARGIN, 46)
        if page > 1:
            return
        MARKS[words["mark"]](canvas, width / 2, height - 56, colour)
        canvas.setFillColor(colour)
        canvas.setFont(_BOLD, 20)
        canvas.drawCentredString(width / 2, height - 102, words["head"][0])
        canvas.setFont("paper-atkinson", 9.4)
        canvas.drawCentredString(width / 2, height - 117, words["head"][1])
        canvas.drawCentredString(width / 2, height - 131, "   ".join(words["address"]))
        canvas.line(MARGIN, height - 142, width - MARGIN, height - 142)

    def story() -> list[Flowable]:
        lines = [*block(words["to"], body), Spacer(0, 12), Paragraph(words["date"], body)]
        lines += [Paragraph(plain(line), style(_BOLD, 10.8, spaceAfter=1, textColor=colour)) for line in words["about"]]
        lines += [Spacer(0, 10), *prose(words["text"], body, _BOLD, colour)]
        return [*lines, KeepTogether(signed(words["signed"], body, _BOLD, words.get("ink")))]

    return pdf(story, head, words["info"], tops=(166, 66))
