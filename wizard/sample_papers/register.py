"""The attendance register as a school's system prints it and a headteacher signs it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from reportlab.lib.enums import TA_CENTER
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from forms.kit.codes import REGISTER_CODES
from wizard.register import Session, count
from wizard.sample_papers.layout import LINE, SHADE, Words, foot, pdf, plain, signed, style

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri")


def certificate(words: Words) -> bytes:
    """A page with the weeks and their totals.

    ``words`` has ``info``, ``foot``, ``school``, ``title``, ``lines``, ``certified``, ``signed``, ``ink`` and the
    sample's ``weeks``.
    """
    body, bold, weeks = style("paper-vera", 8.6, spaceAfter=3), "paper-vera-bold", words["weeks"]
    cell = style("paper-vera", 8.6, spaceAfter=0, alignment=TA_CENTER)

    def feet(canvas: Canvas, page: int, pages: int) -> None:
        foot(canvas, "paper-vera", words["foot"], page, pages)

    def story() -> list[Flowable]:
        lines: list[Flowable] = [Paragraph(words["school"], style(bold, 12, spaceAfter=2))]
        lines += [Paragraph(words["title"], style("paper-vera", 12))]
        lines += [Paragraph(plain(line), body) for line in words["lines"]]
        rows: list[list[Any]] = [["Week commencing", *_DAYS]]
        for monday, marks in weeks:
            days = (Paragraph("&nbsp; ".join(marks[at : at + 2]), cell) for at in range(0, 10, 2))
            rows.append([f"{monday:%d/%m/%Y}", *days])
        rules: list[Any] = [("GRID", (0, 0), (-1, -1), 0.4, LINE), ("FONT", (0, 0), (-1, -1), "paper-vera", 8.6)]
        rules += [("FONT", (0, 0), (-1, 0), bold, 8.6), ("BACKGROUND", (0, 0), (-1, 0), SHADE)]
        rules += [("ALIGN", (1, 0), (-1, -1), "CENTER"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        lines += [Spacer(0, 12), Table(rows, [121, *[70] * 5], [20] * len(rows), style=rules), Spacer(0, 14)]
        lines += [Paragraph(plain(line), body) for line in _totals(weeks)]
        lines += [Spacer(0, 26), Paragraph(words["certified"], body)]
        return [*lines, KeepTogether(signed(words["signed"], body, bold, words.get("ink")))]

    return pdf(story, feet, words["info"], tops=(58, 58))


def _totals(weeks: Sequence[tuple[date, Sequence[str]]]) -> list[str]:
    """The foot of the register: totals, and the codes that were used."""
    sessions = [
        Session(monday + timedelta(days=place // 2), "PM" if place % 2 else "AM", code)
        for monday, marks in weeks
        for place, code in enumerate(marks)
    ]
    counted, codes = count(sessions), [session.code for session in sessions if session.code in REGISTER_CODES]
    without_leave = sum(code in "GNOU" for code in codes)
    missed = counted.possible - counted.attending - without_leave
    return [
        f"Possible {counted.possible}   Attended {counted.attending} ({counted.percentage} %)   "
        f"Authorised absence {missed}   Unauthorised absence {without_leave}   Late {codes.count('L')}",
        "Codes used: " + "; ".join(f"{code} {REGISTER_CODES[code].meaning}" for code in sorted(set(codes))),
    ]
