"""A pupil who leaves an adolescent mental health unit (E59, E60)."""

from typing import Annotated, ClassVar

from forms.kit.ask import Ask, OrNotKnown, YesNo
from forms.kit.page import Answers, Page
from forms.kit.shown import chosen
from forms.kit.types import Day, Email, Line, LongText, Name, Phone
from forms.route import Route


class Unit(Page):
    """The unit, and when the pupil leaves it."""

    id: ClassVar[str] = "unit"
    task: ClassVar[str] = "Mental health unit"
    heading: ClassVar[str] = "Which unit is {pupil} leaving, and when?"

    unit: Annotated[Line, Ask("Name of the unit", hint="With the town and county, if it is not in the council’s area.")]
    other: Annotated[
        Line | None,  # once a choice stood above, with “other” in it: referrals begun then have the name here
        Ask("Which unit is it?", hint="With the town and county.", when=chosen("unit", "other"), needed=True),
    ] = None
    teacher: Annotated[
        OrNotKnown[Name],
        Ask(
            "Teacher in charge at the unit",
            why="The teacher in charge may talk to the council about a pupil who is to be discharged, and may refer.",
        ),
    ]
    phone: Annotated[
        Phone | None,
        Ask("Their telephone number", hint="Not needed again where the teacher in charge makes the referral."),
    ] = None
    email: Annotated[Email | None, Ask("Their e-mail address")] = None
    discharge: Annotated[
        OrNotKnown[Day],
        Ask("Date of discharge", hint="Past or planned.", why="Teaching can then follow without a gap."),
    ]
    after: Annotated[
        LongText | None,
        Ask("What was agreed for after discharge?", hint="Care, risks and education, if a meeting has settled them."),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Only for a pupil who leaves a unit."""
        return bool(answers.value(Route, "unit_discharge") == YesNo.YES)
