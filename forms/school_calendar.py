"""When the school meets: terms, half terms, INSET days and closures, entered once and kept for the next referral."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Card
from forms.kit.calendar import SchoolCalendar, Span
from forms.kit.page import Answers, Context, Page, Problem
from forms.kit.types import Day, Line
from forms.route import with_school

LONGEST_TERM = 150
"""Days of a term, half term included, beyond which its year is likely to be mistyped."""


class Term(Card):
    """A term."""

    name: Annotated[Line, Ask("Name of the term", hint="For example autumn term 2026.", short="Term")]
    first: Annotated[Day, Ask("First day for pupils", short="From")]
    last: Annotated[Day, Ask("Last day for pupils", short="To")]
    half_from: Annotated[Day | None, Ask("First day of half term", short="Half term from")] = None
    half_to: Annotated[Day | None, Ask("Last day of half term", short="Half term to")] = None

    @property
    def span(self) -> Span:
        """From its first day to its last."""
        return Span(self.first, self.last)

    @property
    def half_term(self) -> Span | None:
        """The holiday in its middle."""
        return Span(self.half_from, self.half_to) if self.half_from and self.half_to else None


class Closure(Card):
    """A day, or several in a row, on which pupils stay at home."""

    what: Annotated[Line, Ask("What is it?", hint="For example INSET day, polling station, snow.", short="What")]
    date: Annotated[Day, Ask("Date", hint="The first one, if it is several days in a row.", short="From")]
    until: Annotated[Day | None, Ask("Last day", hint="Only for several days in a row.", short="To")] = None

    @property
    def span(self) -> Span:
        """From its first day to its last."""
        return Span(self.date, self.until or self.date)


class Calendar(Page):
    """The school's own days, by which deadlines and reviews are counted (E97)."""

    id: ClassVar[str] = "calendar"
    task: ClassVar[str] = "School calendar"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "When is your school open?"
    intro: ClassVar[str] = (
        "Deadlines and reviews are counted in school days. Where no term is entered, every weekday counts "
        "that is not a bank holiday in England. Bank holidays are known, and need not be entered."
    )
    kept: ClassVar[bool] = True

    terms: Annotated[
        tuple[Term, ...],
        Ask(
            "Terms",
            hint="Usually three: autumn, spring and summer, from your own calendar. "
            "Rows can be pasted from a spreadsheet.",
            why="Academies, foundation and aided schools may differ from the dates of the council.",
        ),
    ] = ()
    closures: Annotated[
        tuple[Closure, ...],
        Ask("INSET days and closures", hint="Days inside a term on which pupils were not or will not be in."),
    ] = ()

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Only with a school."""
        return with_school(answers)

    def doubts(self, context: Context) -> Iterable[Problem]:
        """Days that end before they begin, overlap, or lie outside of a term."""
        for number, term in enumerate(self.terms):
            yield from self._doubts_of(number, term)
        spans = [closure.span for closure in self.closures]
        for number, span in enumerate(spans):
            if words := _wrong(span, spans[:number]) or self._outside(span):
                yield Problem(self.id, ("closures", number, "date"), words)

    def _doubts_of(self, number: int, term: Term) -> Iterator[Problem]:
        if words := _wrong(term.span, [one.span for one in self.terms[:number]]):
            yield Problem(self.id, ("terms", number, "last"), words)
        elif half := term.half_term:
            if half.last < half.first:
                yield Problem(
                    self.id, ("terms", number, "half_to"), "Half term ends before it begins. Check both days."
                )
            elif not (term.first < half.first and half.last < term.last):
                words = "Half term lies outside of its term. Check the days of both."
                yield Problem(self.id, ("terms", number, "half_from"), words)
        elif term.half_from or term.half_to:
            name = "half_to" if term.half_from else "half_from"
            yield Problem(self.id, ("terms", number, name), "Half term has a first and a last day. Enter both or none.")

    def _outside(self, span: Span) -> str:
        """Why a closure is not wanted; where no terms are known, every one is."""
        inside = [one for one in self.terms if span.first in one.span and span.last in one.span]
        if not self.terms or (inside and not any(_overlap(span, one.half_term) for one in inside)):
            return ""
        return "There is no school then anyway: it is no day of a term above. Correct it or remove it."


def _wrong(span: Span, before: Sequence[Span]) -> str:
    if span.last < span.first:
        return "The last day is before the first one. Check both."
    if (span.last - span.first).days > LONGEST_TERM:
        return "This is longer than any term. Check the years."
    if any(_overlap(span, one) for one in before):
        return "Some of these days are in an entry above as well. Check both."
    return ""


def _overlap(one: Span, other: Span | None) -> bool:
    return other is not None and one.first <= other.last and other.first <= one.last


def calendar_of(answers: Answers) -> SchoolCalendar:
    """The calendar of a referral's school: without terms while the page is empty, doubtful or not asked."""
    page = answers.get(Calendar)
    if page is None:
        return SchoolCalendar()
    halves = (term.half_term for term in page.terms)
    closed = (*(half for half in halves if half is not None), *(closure.span for closure in page.closures))
    return SchoolCalendar(tuple(term.span for term in page.terms), closed)
