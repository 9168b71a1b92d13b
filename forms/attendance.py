"""How much school has been missed: the register, or totals typed from it."""

import datetime
import warnings
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from forms.kit.ask import Ask, Fields, OrNotKnown, RawCard, Widget, YesNo
from forms.kit.dates import long_day
from forms.kit.page import Answers, Context, Page, Problem
from forms.kit.shown import chosen
from forms.kit.types import Count, Number, PastDay
from forms.route import with_school


class RegisterMark(Fields):
    """What the register holds for one session."""

    date: datetime.date
    session: Literal["AM", "PM"]
    code: Annotated[str, Field(max_length=8)]


class RegisterMarks(Fields):
    """A register export, read: its name and every session in it."""

    file: Annotated[str, Field(max_length=300)] = ""
    sessions: tuple[RegisterMark, ...] = ()

    def __str__(self) -> str:
        """What is printed beside the question; the sessions themselves are drawn as a calendar."""
        if not self.sessions:
            return "No sessions"
        days = sorted(mark.date for mark in self.sessions)
        first, last = (long_day(day) for day in (days[0], days[-1]))
        return f"{len(days)} sessions, {first} to {last}"


def _typed(raw: RawCard) -> bool:
    """Totals are typed while no register has been read."""
    register = raw.get("register")
    return not (isinstance(register, Mapping) and register.get("sessions"))


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
                hint="Drop the file from your MIS, or type the totals.",
                why="The days are counted for you, whether they follow one another or add up over the year.",
                widget=Widget.REGISTER,
            ),
        ] = None
        possible: Annotated[
            Count | None,
            Ask("Possible sessions this school year", hint="As in your MIS.", when=_typed, needed=True),
        ] = None
        attended: Annotated[
            Count | None,
            Ask(
                "Sessions attended",
                hint="With approved educational activity off site.",
                when=_typed,
                needed=True,
            ),
        ] = None
        health_sessions: Annotated[
            Count | None,
            Ask(
                "Sessions missed because of health",
                hint="Codes I and M, and any others that you know to be because of health.",
                why="The council asks how many school days illness has cost, in a row or added up.",
                when=_typed,
                needed=True,
            ),
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
        part_time: Annotated[YesNo, Ask("Is there a part-time timetable at present?")]
        part_time_hours: Annotated[
            Number | None,
            Ask("Hours a week on that timetable", when=chosen("part_time", "yes"), needed=True),
        ] = None
        part_time_since: Annotated[PastDay | None, Ask("Since when?", when=chosen("part_time", "yes"))] = None
        sickness_return: Annotated[
            YesNo | None,
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
            """Totals that do not add up."""
            zero = Decimal(0)
            possible, attended, health = self.possible, self.attended or zero, self.health_sessions or zero
            if possible is not None and attended > possible:
                yield self.doubt(
                    "attended", "More sessions were attended than were possible. Compare both with your MIS."
                )
            elif possible is not None and health > possible - attended:
                yield self.doubt(
                    "health_sessions",
                    "More sessions were missed because of health than at all. Check the three.",
                )
            if self.part_time_hours is not None and self.part_time_hours > 40:
                yield self.doubt("part_time_hours", "This is more than a full school week. Enter hours, not minutes.")
