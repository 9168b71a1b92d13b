"""A report: facts in a table, prose, perhaps a table on a page that lies across, and prose again."""

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, NextPageTemplate, PageBreak, Paragraph, Spacer

from wizard.sample_papers.layout import Words, foot, grid, pdf, prose, signed, size, style


def report(words: Words) -> bytes:
    """A report with a coloured edge.

    ``words`` has ``info``, ``foot``, ``colour``, ``head``, ``facts`` (rows of four: label, entry, label, entry),
    ``before``, ``signed`` and ``ink``; perhaps ``table`` with ``table_title``, ``columns`` and ``widths``, and
    ``after``.
    """
    body, bold, colour = style("paper-atkinson", 10.4), "paper-atkinson-bold", HexColor(words["colour"])
    small = style("paper-atkinson", 9.4, spaceAfter=0)

    def head(canvas: Canvas, page: int, pages: int) -> None:
        foot(canvas, "paper-atkinson", words["foot"], page, pages)
        canvas.setFillColor(colour)
        canvas.rect(0, 0, 14, size(canvas)[1], stroke=0, fill=1)

    def across() -> list[Flowable]:
        rows = [words["columns"], *words["table"]]
        lines: list[Flowable] = [NextPageTemplate("wide"), PageBreak()]
        lines += prose([f"# {words['table_title']}"], body, bold, colour)
        return [*lines, grid(rows, words["widths"], small, bold, top=colour), NextPageTemplate("later"), PageBreak()]

    def story() -> list[Flowable]:
        lines: list[Flowable] = [Paragraph(words["head"][0], style(bold, 20, textColor=colour, spaceAfter=2))]
        lines += [Paragraph(words["head"][1], style("paper-atkinson", 10)), Spacer(0, 4)]
        lines += [grid(words["facts"], [72, 160, 80, 159], small, bold, heads=(0, 2)), Spacer(0, 14)]
        lines += prose(words["before"], body, bold, colour)
        lines += across() if "table" in words else []
        lines += prose(words.get("after", ()), body, bold, colour)
        return [*lines, KeepTogether(signed(words["signed"], body, bold, words.get("ink")))]

    return pdf(story, head, words["info"], tops=(58, 58))
