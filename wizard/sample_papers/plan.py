"""The school's plan for a pupil: perhaps a profile in the pupil's words, then tables, then who agreed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from wizard.sample_papers.layout import Words, foot, grid, pdf, prose, signed, style


def plan(words: Words) -> bytes:
    """A One Plan, a healthcare plan and their like.

    ``words`` has ``info``, ``foot``, ``colour``, ``pale``, ``title``, ``about``, ``agreed`` and ``signed`` (a list of
    lines for each hand, with ``ink`` to match); perhaps ``profile``, three pairs of heading and text; and ``sections``
    (``title`` and ``rows`` of label and entry), in place of which the sample's ``cycles`` are printed.
    """
    body, bold, colour = style("paper-atkinson", 10), "paper-atkinson-bold", HexColor(words["colour"])
    small = style("paper-atkinson", 9.6, spaceAfter=0)

    def head(canvas: Canvas, page: int, pages: int) -> None:
        foot(canvas, "paper-atkinson", words["foot"], page, pages)
        canvas.setFillColor(colour)
        canvas.rect(0, A4[1] - 9, A4[0], 9, stroke=0, fill=1)

    def story() -> list[Flowable]:
        lines: list[Flowable] = [Paragraph(words["title"], style(bold, 22, textColor=colour, spaceAfter=4))]
        lines += [Paragraph(escape(words["about"]), body)]
        if "profile" in words:
            lines += [_profile(words["profile"], small, bold, (colour, HexColor(words["pale"]))), Spacer(0, 12)]
        for title, rows in _sections(words):
            titled = prose([f"# {title}"], body, bold, colour)
            lines += [KeepTogether([*titled, grid(rows, [96, 375], small, bold)]), Spacer(0, 10)]
        lines += [Paragraph(escape(words["agreed"]), body)]
        hands = [signed(who, small, bold, pen) for who, pen in zip(words["signed"], words["ink"], strict=True)]
        return [*lines, KeepTogether([Table([hands], [471 / len(hands)] * len(hands))])]

    return pdf(story, head, words["info"], tops=(48, 48))


def _sections(words: Words) -> Iterator[tuple[str, Sequence[Sequence[str]]]]:
    if "sections" in words:
        yield from ((section["title"], section["rows"]) for section in words["sections"])
        return
    for number, cycle in enumerate(words["cycles"], 1):
        start, review = (_day(cycle[name]) for name in ("start", "review_date"))
        yield (
            f"Cycle {number}: from {start}",
            [
                ["Assess", cycle["assess"]],
                ["Plan", cycle["outcomes"]],
                ["Do", f"{cycle['provision']} ({cycle['who']})"],
                [f"Review, {review}", cycle["review_result"]],
            ],
        )


def _profile(columns: Sequence[Sequence[str]], cell: ParagraphStyle, bold: str, colours: tuple[Color, Color]) -> Table:
    colour, pale = colours
    heads = [Paragraph(head, style(bold, 10, spaceAfter=0, textColor=colour)) for head, _ in columns]
    texts = [Paragraph(escape(text), cell) for _, text in columns]
    rules: list[Any] = [
        ("BACKGROUND", (0, 0), (-1, -1), pale),
        ("INNERGRID", (0, 0), (-1, -1), 4, white),
        ("LINEABOVE", (0, 1), (-1, 1), 0, pale),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ]
    return Table([heads, texts], [157] * len(columns), style=rules)


def _day(parts: Mapping[str, str]) -> str:
    return "/".join(parts[name].zfill(2) for name in ("day", "month", "year"))
