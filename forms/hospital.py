"""A pupil in hospital, or about to go in; and a family that moves to be near (E54-E58)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Card, Choice, OrNotKnown, RawCard, YesNo
from forms.kit.calendar import SchoolCalendar
from forms.kit.page import Answers, Context, Page, Problem
from forms.kit.shown import chosen
from forms.kit.types import BirthDay, Day, Line, LongText, Name, Number, PastDay
from forms.route import Hospital as Stay
from forms.route import Route
from forms.school_calendar import calendar_of

LONGEST_STAY = 1100
"""Days between admission and discharge beyond which a year is likely to be mistyped."""


class AfterMove(Choice):
    """Whether a brother or sister is taught when the family has moved (E58)."""

    YES = "yes", "Yes, that is settled"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Nobody can say yet"


class Sibling(Card):
    """A brother or sister of compulsory school age who moves too (E56)."""

    name: Annotated[Name, Ask("Name")]
    born: Annotated[BirthDay, Ask("Date of birth", short="Born")]
    education: Annotated[
        Line,
        Ask("Present school or education", hint="Name of the school, or how they are taught.", short="At present"),
    ]
    after_move: Annotated[
        AfterMove,
        Ask("Is suitable education settled for after the move?", short="After the move"),
    ]


def _siblings_move(raw: RawCard) -> bool:
    return raw.get("moving") == "yes" and raw.get("siblings_of_age") == "yes"


class HospitalStay(Page):
    """Where, from when to when, and who moves with the pupil."""

    id: ClassVar[str] = "hospital"
    task: ClassVar[str] = "Hospital"
    heading: ClassVar[str] = "When and where is {pupil} in hospital?"
    intro: ClassVar[str] = "There is no need to wait until days have been missed. Days to come are counted."

    hospital: Annotated[Line, Ask("Hospital", hint="Name and town.")]
    ward: Annotated[Line | None, Ask("Ward or unit")] = None
    admission: Annotated[
        OrNotKnown[Day],
        Ask("Date of admission", hint="Past or planned.", why="From the dates, school days to come are counted."),
    ]
    discharge: Annotated[OrNotKnown[Day], Ask("Expected date of discharge", hint="The best guess is enough.")]
    plan_known: Annotated[
        PastDay | None,
        Ask("Since when is the treatment plan known?", why="Councils ask to hear as soon as a plan is known."),
    ] = None
    treatment_days: Annotated[
        Number | None,
        Ask(
            "School days to be missed for treatment",
            hint="Where it comes in several stays, or rest at home follows. Leave blank if the dates above say it.",
        ),
    ] = None
    teaching: Annotated[
        LongText | None,
        Ask("Is there teaching on the ward?", hint="Who teaches, and how the school and the ward keep in touch."),
    ] = None
    moving: Annotated[
        YesNo,
        Ask(
            "Does the treatment make the family move nearer to a hospital in this council’s area?",
            why="Brothers and sisters who have to move too are offered education as well.",
        ),
    ]
    siblings_of_age: Annotated[
        YesNo | None,
        Ask(
            "Do brothers or sisters of compulsory school age move too?",
            hint="About 5 to 16 years old.",
            when=chosen("moving", "yes"),
            needed=True,
        ),
    ] = None
    siblings: Annotated[
        tuple[Sibling, ...],
        Ask("Brothers and sisters who move", hint="Add each one.", when=_siblings_move, needed=True),
    ] = ()

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Only with a stay in hospital, planned or after an emergency."""
        return answers.value(Route, "hospital") in (Stay.PLANNED, Stay.EMERGENCY)

    def doubts(self, context: Context) -> Iterable[Problem]:
        """Dates that do not follow one another."""
        if not isinstance(self.admission, date) or not isinstance(self.discharge, date):
            return
        days = (self.discharge - self.admission).days
        if days < 0:
            yield self.doubt("discharge", "The discharge is before the admission. Check both dates.")
        elif days > LONGEST_STAY:
            yield self.doubt("discharge", "This stay is longer than three years. Check both dates.")

    def follows(self, answers: Answers) -> Mapping[str, str]:
        """How long the stay is by the school's own calendar, as it is for the days to come; else in weekdays."""
        if not isinstance(self.admission, date) or not isinstance(self.discharge, date):
            return {}
        calendar = calendar_of(answers)
        own = calendar != SchoolCalendar()
        label = "School days of the whole stay" if own else "Weekdays of the whole stay, without bank holidays"
        return {label: str(stay_days(self.admission, self.discharge, calendar))}


def stay_days(first: date, last: date, calendar: SchoolCalendar) -> int:
    """School days from the first day to the last, both of them counted; none beyond ``LONGEST_STAY`` days."""
    length = (last - first).days + 1
    return sum(calendar.is_school_day(first + timedelta(days=n)) for n in range(min(length, LONGEST_STAY + 1)))
