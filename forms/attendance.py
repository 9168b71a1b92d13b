"""How much school has been missed: the register, or totals typed from it."""

import warnings
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Choice, OrNotKnown, Widget, YesNo
from forms.kit.page import Answers, Context, Page, Problem
from forms.kit.shown import chosen
from forms.kit.types import Count, Day, Line, LongText, Number, PastDay
from forms.register import (
    ForHealth,
    RegisterMarks,
    Settled,
    TotalsOf,
    contradicts_itself,
    has_code,
    has_unmarked,
    totals_are_typed,
)
from forms.route import with_school


class SicknessReturn(Choice):
    """Whether the council has had a sickness return."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_DUE = "not due", "None is due for this pupil"


with warnings.catch_warnings():
    # Only the metaclass of models has a method ``register``: the field hides nothing.
    warnings.filterwarnings("ignore", message='Field name "register"')

    class Attendance(Page):
        """Sessions missed, and what is to come."""

        id: ClassVar[str] = "attendance"
        task: ClassVar[str] = "Register"
        heading: ClassVar[str] = "How much school has {pupil} missed because of health?"
        intro: ClassVar[str] = "A session is half a school day. Count from the first day of this school year."
        screen: ClassVar[str] = "register"

        register: Annotated[
            RegisterMarks | None,
            Ask(
                "Register export",
                hint="Drop the file from your MIS: CSV, Excel or PDF. Or paste its rows, or type the totals.",
                why="The days are counted for you, whether they follow one another or add up over the year.",
                widget=Widget.REGISTER,
            ),
        ] = None
        settled: Annotated[
            tuple[Settled, ...],
            Ask(
                "Sessions without a mark",
                hint="Say what they were. Until then they count for nothing.",
                when=has_unmarked,
            ),
        ] = ()
        totals_of: Annotated[
            TotalsOf | None,
            Ask(
                "The file contradicts itself. Which totals are right?",
                hint="The days missed for health are counted from the marks either way.",
                when=contradicts_itself,
                needed=True,
            ),
        ] = None
        appointments: Annotated[
            YesNo | None,
            Ask(
                "Were the medical appointments (code M) for this health need?",
                hint="They count as missed for health unless you say no.",
                when=has_code("M"),
            ),
        ] = None
        part_time_health: Annotated[
            YesNo | None,
            Ask(
                "Is the part-time timetable (code C2) because of {pupil}’s health?",
                hint="If so, the sessions that it leaves out count as missed for health.",
                when=has_code("C2"),
                needed=True,
            ),
        ] = None
        for_health: Annotated[
            tuple[ForHealth, ...],
            Ask(
                "Absences coded N, O or U that were for health",
                hint="They count only if you name them here with a reason. Leave empty if there are none.",
                when=has_code("N", "O", "U"),
            ),
        ] = ()
        possible: Annotated[
            OrNotKnown[Count] | None,
            Ask("Possible sessions this school year", hint="As in your MIS.", when=totals_are_typed, needed=True),
        ] = None
        attended: Annotated[
            OrNotKnown[Count] | None,
            Ask(
                "Sessions attended",
                hint="With approved educational activity off site.",
                when=totals_are_typed,
                needed=True,
            ),
        ] = None
        health_sessions: Annotated[
            OrNotKnown[Count] | None,
            Ask(
                "Sessions missed because of health",
                hint="Codes I and M, and any others that you know to be because of health.",
                why="The council asks how many school days illness has cost, in a row or added up.",
                when=totals_are_typed,
                needed=True,
            ),
        ] = None
        previous_percentage: Annotated[
            Number | None,
            Ask("Attendance last school year, in per cent", hint="As in your MIS. Leave blank if you cannot say."),
        ] = None
        last_regular: Annotated[
            OrNotKnown[PastDay],
            Ask("When did {pupil} last attend regularly?", hint="The last day of the last normal week is near enough."),
        ]
        expected_days: Annotated[
            Number | None,
            Ask(
                "How many more school days is {pupil} likely to miss?",
                hint="From medical advice, or a planned stay in hospital. Leave blank if nobody can say.",
                why="Days to come count as well as days gone.",
            ),
        ] = None
        part_time: Annotated[OrNotKnown[YesNo], Ask("Is there a part-time timetable at present?")]
        part_time_hours: Annotated[
            Number | None,
            Ask("Hours a week on that timetable", when=chosen("part_time", "yes"), needed=True),
        ] = None
        part_time_since: Annotated[PastDay | None, Ask("Since when?", when=chosen("part_time", "yes"), needed=True)] = (
            None
        )
        part_time_agreed: Annotated[
            YesNo | None,
            Ask(
                "Have parents agreed to it?",
                why="A part-time timetable needs their agreement and should be short.",
                when=chosen("part_time", "yes"),
                needed=True,
            ),
        ] = None
        part_time_review: Annotated[
            OrNotKnown[Day] | None,
            Ask("When is it reviewed next?", when=chosen("part_time", "yes"), needed=True),
        ] = None
        suspensions: Annotated[
            LongText | None,
            Ask(
                "Suspensions this school year",
                hint="Dates, sessions, and whether health played a part. Leave blank if there were none.",
            ),
        ] = None
        dual: Annotated[
            YesNo | None,
            Ask(
                "Is {pupil} registered at a second school or unit as well?",
                hint="Then this school is the main one, and sessions due there are code D.",
            ),
        ] = None
        dual_where: Annotated[
            Line | None, Ask("Where?", hint="Name of the school or unit.", when=chosen("dual", "yes"), needed=True)
        ] = None
        sickness_return: Annotated[
            SicknessReturn | None,
            Ask(
                "Have you sent the council a sickness return for {pupil}?",
                why="Schools report pupils of compulsory school age who are likely to miss 15 days through sickness.",
            ),
        ] = None
        sickness_return_date: Annotated[
            PastDay | None, Ask("When was it sent?", when=chosen("sickness_return", "yes"))
        ] = None

        @classmethod
        def asked(cls, answers: Answers) -> bool:
            """Only with a school, which keeps the register."""
            return with_school(answers)

        def doubts(self, context: Context) -> Iterable[Problem]:
            """Totals that do not add up, days the wrong way round, and a return that is due."""
            yield from self._sums()
            places = [("settled", n, card.first, card.last) for n, card in enumerate(self.settled)]
            places += [("for_health", n, card.first, card.last) for n, card in enumerate(self.for_health)]
            for name, number, first, last in places:
                if last is not None and last < first:
                    yield Problem(self.id, (name, number, "last"), "The last day is before the first.")
            if self.previous_percentage is not None and self.previous_percentage > 100:
                yield self.doubt("previous_percentage", "Attendance cannot be more than 100 per cent.")
            if self.part_time_hours is not None and self.part_time_hours > 40:
                yield self.doubt("part_time_hours", "This is more than a full school week. Enter hours, not minutes.")
            if self.dual == YesNo.NO and self.register and "D" in {mark.code for mark in self.register.sessions}:
                yield self.doubt("dual", "The register has code D, which is for pupils registered at a second school.")
            if context.sickness_return_due and self.sickness_return is None:
                yield Problem(
                    self.id,
                    ("sickness_return",),
                    "A sickness return is due: 15 days of illness are reached or expected. Say whether it was sent.",
                    missing=True,
                )

        def _sums(self) -> Iterable[Problem]:
            totals = (self.possible, self.attended, self.health_sessions)
            possible, attended, health = (one if isinstance(one, Decimal) else None for one in totals)
            attended, health = attended or Decimal(0), health or Decimal(0)
            if possible is not None and attended > possible:
                yield self.doubt(
                    "attended", "More sessions were attended than were possible. Compare both with your MIS."
                )
            elif possible is not None and health > possible - attended:
                yield self.doubt(
                    "health_sessions",
                    "More sessions were missed because of health than at all. Check the three.",
                )
