"""The register as a picture: a week a column, a session a square, lettered by its code; what the codes mean beneath."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from forms.kit.codes import REGISTER_CODES, Attendance
from forms.kit.dates import long_day, month, short_month
from wizard.pack.content import RegisterWeek
from wizard.pack.words import few
from wizard.register import Half, Session, by_code, by_month
from wizard.typeset.flow import Flow
from wizard.typeset.look import INK, LEFT, SECONDARY, SMALL, SMALL_STRONG, WHITE, WIDTH, Colour, style
from wizard.typeset.tables import Table
from wizard.typeset.tagging import Element
from wizard.typeset.typesetting import plain

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
_KEY = "A column is a week, under the date of its Monday; each day has its morning above its afternoon."
_SIDE = 34.0
_MONTH = 110.0
_GAP = 10.0
_ACROSS = 12
"""Codes that fit beside one another; the commonest come first, and the table above has them all."""
_HEAD = 30.0
_PRESENT: Colour = (0.878, 0.945, 0.918)
_ILL: Colour = (0.059, 0.369, 0.612)
_AUTHORISED: Colour = (1.0, 0.902, 0.702)
_UNAUTHORISED: Colour = (0.972, 0.8, 0.784)
_CLOSED: Colour = (0.93, 0.935, 0.94)
_GROUNDS = {
    Attendance.PRESENT: _PRESENT,
    Attendance.APPROVED: _PRESENT,
    Attendance.AUTHORISED: _AUTHORISED,
    Attendance.UNAUTHORISED: _UNAUTHORISED,
    Attendance.NOT_POSSIBLE: _CLOSED,
    Attendance.NOT_COUNTED: _CLOSED,
}


def draw_register(
    flow: Flow, parent: Element, weeks: Sequence[RegisterWeek], meanings: Sequence[tuple[str, str]]
) -> None:
    """Draw the register, in bands of weeks that fit the page, and the table of its codes."""
    known = dict(meanings)
    across = max(1, min(len(weeks), 40))
    square = max(11.0, min(19.0, (WIDTH - _SIDE) / across))
    flow.need(_HEAD + 10 * square + 40)
    flow.paragraph(parent.add("H3"), plain("The register, session by session", style(13, bold=True)), above=14, below=4)
    flow.paragraph(parent.add("P"), plain(_KEY, style(9.5, colour=SECONDARY)), below=8)
    for start in range(0, len(weeks), across):
        band = weeks[start : start + across]
        flow.need(_HEAD + 10 * square + 16)
        figure = parent.add("Figure", alternative=_described(band, known))
        _band(flow, figure, band, square)
        flow.space(12)
    _codes(flow, parent, weeks, known)
    _months(flow, parent, weeks)


def _counted(weeks: Sequence[RegisterWeek]) -> Counter[str]:
    return Counter(mark for week in weeks for marks in week.days for mark in marks if mark.strip())


def _described(weeks: Sequence[RegisterWeek], known: dict[str, str]) -> str:
    counts = _counted(weeks).most_common()
    said = "; ".join(
        f"{known.get(code, 'code')} ({code}) {few(count, 'session', 'sessions')}" for code, count in counts
    )
    first, last = long_day(weeks[0].monday), long_day(weeks[-1].monday)
    return f"Calendar of the register from the week of {first} to the week of {last}. {said or 'No marks'}."


def _band(flow: Flow, figure: Element, weeks: Sequence[RegisterWeek], square: float) -> None:
    sheet, top = flow.sheet, flow.y
    small = style(7.5, colour=SECONDARY)
    with sheet.marked(figure):
        left = LEFT + _SIDE
        for at, week in enumerate(weeks):
            x = left + at * square
            if at == 0 or week.monday.month != weeks[at - 1].monday.month:
                sheet.text(plain(short_month(week.monday), style(8, bold=True)), x + 1, top - 10)
            number = plain(str(week.monday.day), small)
            sheet.text(number, x + (square - sheet.typesetter.width(number)) / 2, top - 21)
        for at, name in enumerate(_DAYS):
            sheet.text(plain(name, small), LEFT, top - _HEAD + 4 - (2 * at + 1.3) * square)
        for at, week in enumerate(weeks):
            _week(flow, week, left + at * square, top - _HEAD + 4, square)
    flow.y = top - _HEAD - 10 * square


def _week(flow: Flow, week: RegisterWeek, x: float, top: float, square: float) -> None:
    sheet = flow.sheet
    size = min(8.5, square * 0.62)
    for day_at, marks in enumerate(week.days[:5]):
        for half, mark in enumerate(marks[:2]):
            y = top - (2 * day_at + half + 1) * square
            ground = _ground(mark.strip())
            sheet.tint(x + 0.5, y + (0.2 if half == 0 else 1.4), square - 1, square - 1.6, ground)
            if mark.strip():
                letter = plain(mark.strip(), style(size, bold=ground is _ILL, colour=WHITE if ground is _ILL else INK))
                width = sheet.typesetter.width(letter)
                sheet.text(letter, x + (square - width) / 2, y + square / 2 - size * 0.33 + (0 if half == 0 else 0.6))


def _ground(code: str) -> Colour:
    known = REGISTER_CODES.get(code)
    if known is None:
        return WHITE if code else _CLOSED
    return _ILL if code == "I" else _GROUNDS[known.counts_as]


def _codes(flow: Flow, parent: Element, weeks: Sequence[RegisterWeek], known: dict[str, str]) -> None:
    counts = _counted(weeks)
    codes = [code for code, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    if not codes:
        return
    flow.space(4)
    with Table(flow, parent, ("Code", "Meaning", "Sessions"), (50.0, WIDTH - 150.0, 80.0)) as table:
        for code in codes:
            meaning = known.get(code, "not one of the national codes")
            cells = ([plain(code, SMALL_STRONG)], [plain(meaning, SMALL)], [plain(str(counts[code]), SMALL)])
            table.add(cells, headed=True)


def _months(flow: Flow, parent: Element, weeks: Sequence[RegisterWeek]) -> None:
    """The same as figures: a month a row, a code a column, so that nothing is said by the picture alone."""
    months = by_month(_sessions(weeks))
    codes = [code for code, _ in by_code(_sessions(weeks))][:_ACROSS]
    if not codes:
        return
    flow.space(10)
    wide = (WIDTH - _MONTH - _GAP * len(codes)) / len(codes)
    with Table(flow, parent, ("Sessions by month", *codes), (_MONTH, *[wide] * len(codes))) as table:
        for first, counts in months:
            figures = [[plain(str(counts.get(code, 0)), SMALL)] for code in codes]
            table.add(([plain(f"{month(first)} {first.year}", SMALL_STRONG)], *figures), headed=True)


def _sessions(weeks: Sequence[RegisterWeek]) -> list[Session]:
    halves: tuple[Half, Half] = ("AM", "PM")
    return [
        Session(week.monday + timedelta(days=at), half, mark.strip())
        for week in weeks
        for at, marks in enumerate(week.days)
        for half, mark in zip(halves, marks, strict=False)
        if mark.strip()
    ]
