"""An assessment of attendance difficulties, modelled on published work on EBSA; not the form of any council (E19)."""

from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from forms.kit.ask import Ask, Card, Choice
from forms.kit.messages import OWN
from forms.kit.page import Answers, Page
from forms.kit.types import Count, Day, Line, LongText, PastDay
from forms.lets_talk import filled_in_here


class StaffView(Card):
    """What the teacher of one subject sees."""

    subject: Annotated[Line, Ask("Subject or part of the day", short="Subject")]
    view: Annotated[LongText, Ask("What do staff see?", hint="What goes well, what is hard, worries.", short="View")]
    relationship: Annotated[Line | None, Ask("Relationship with the teacher", short="Relationship")] = None
    demands: Annotated[Line | None, Ask("Demands of the lesson", hint="Pace, writing, talk.", short="Demands")] = None
    seating: Annotated[Line | None, Ask("Seating and neighbours", short="Seating")] = None


class Respondent(Choice):
    """Whose view a rating is."""

    PUPIL = "pupil", "The pupil"
    PARENT = "parent", "A parent or carer"
    SCHOOL = "school", "School staff"


def _up_to_six(value: Decimal) -> Decimal:
    if value > 6:
        raise PydanticCustomError(f"{OWN}_number", "Choose a number from 0, not at all, to 6, always.")
    return value


Rating = Annotated[Count, AfterValidator(_up_to_six)]
"""How often something is the reason to stay away: 0 not at all, 6 always."""


class Ratings(Card):
    """How often each reason holds, in one person's view."""

    who: Annotated[Respondent, Ask("Whose view is this?", short="View of")]
    avoid: Annotated[Rating, Ask("To keep away bad feelings that school brings up", short="Bad feelings")]
    escape: Annotated[Rating, Ask("To keep away from people, judgement or being watched", short="People")]
    attention: Annotated[Rating, Ask("To stay close to somebody who matters", short="Closeness")]
    reward: Annotated[Rating, Ask("To do something better outside school", short="Something better")]


class Step(Card):
    """A row of the plan: assess, plan, do, review."""

    aim: Annotated[Line | None, Ask("What should get easier?", short="Aim")] = None
    what: Annotated[LongText, Ask("What will be done?", short="Step")]
    who: Annotated[Line, Ask("By whom?", short="Who")]
    when: Annotated[Line, Ask("By when?", short="When")]
    review: Annotated[Line | None, Ask("What came of it?", hint="Once you know.", short="Review")] = None


class AttendanceDifficulties(Page):
    """What everybody sees, brought together."""

    id: ClassVar[str] = "attendance_difficulties"
    question_set: ClassVar[str] = "lets_talk"
    task: ClassVar[str] = "Attendance difficulties"
    carried: ClassVar[bool] = True
    not_carried: ClassVar[frozenset[str]] = frozenset({"completed_on", "review_date"})
    heading: ClassVar[str] = "What lies behind {pupil}’s difficulties with attendance?"
    intro: ClassVar[str] = (
        "These questions follow published work on emotionally based school avoidance. They are not the council’s own "
        "form. Fill them in after you have talked with pupil, parents and staff, not instead of it."
    )

    screen: ClassVar[str] = "profile"

    completed_by: Annotated[Line, Ask("Filled in by", hint="Name and role.")]
    completed_on: Annotated[PastDay, Ask("Date")]
    current_picture: Annotated[
        LongText,
        Ask("How are things now?", hint="What {pupil} attends, where, and with whom."),
    ]
    pattern: Annotated[
        LongText,
        Ask(
            "Is there a pattern?",
            hint="Days of the week, lessons, times of year, after weekends. The register shows more than one expects.",
            why="A pattern often points at the cause.",
        ),
    ]
    onset: Annotated[
        LongText,
        Ask("When and how did it begin?", hint="The first signs, what happened around then, earlier times like it."),
    ]
    signs: Annotated[
        LongText,
        Ask("What does distress look like?", hint="Behaviour, and signs of the body such as pain, sickness, tears."),
    ]
    mornings: Annotated[
        LongText | None,
        Ask("What happens on a school morning?", hint="From waking up to arriving, or not."),
    ] = None
    manages_now: Annotated[
        LongText,
        Ask("What can {pupil} manage now?", hint="However small: a lesson, a visit, a message to a teacher."),
    ]
    pupil_view: Annotated[
        LongText | None,
        Ask(
            "What does {pupil} say about it?",
            hint="Leave blank what stands on the page of the pupil’s views.",
        ),
    ] = None
    parents_view: Annotated[
        LongText | None,
        Ask("What do the parents say about it?", hint="Leave blank what stands on the page of their views."),
    ] = None
    staff_views: Annotated[
        tuple[StaffView, ...],
        Ask("Views of staff", hint="Ask round, and add what each teacher sees."),
    ] = ()
    sen_sensory: Annotated[
        LongText | None,
        Ask("Special educational and sensory needs", hint="Noise, light, smells, crowds, change, language, reading."),
    ] = None
    health: Annotated[
        LongText | None,
        Ask("Health", hint="Sleep, eating, pain, and what the health pages do not say yet."),
    ] = None
    family_circumstances: Annotated[
        LongText | None,
        Ask("Family circumstances", hint="Only what bears on attendance, and what the family is content to share."),
    ] = None
    strengths: Annotated[
        LongText,
        Ask("Strengths", hint="What {pupil} is good at and enjoys, and who is trusted at home and school."),
    ]
    ratings: Annotated[
        tuple[Ratings, ...],
        Ask(
            "How often is each of these a reason to stay away?",
            hint="Add the view of each person you asked. 0 is never, 6 is always. Leave out those you did not ask.",
            why="Different people often see different reasons. That is worth knowing.",
        ),
    ] = ()
    formulation: Annotated[
        LongText,
        Ask(
            "What do you think keeps it going?",
            hint="Bring together what you know. An educational psychologist can help with this.",
        ),
    ]
    plan: Annotated[
        tuple[Step, ...],
        Ask("What follows from it?", hint="Add each step."),
    ] = ()
    review_date: Annotated[Day | None, Ask("When will you look at this again?")] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """When it is to be filled in here."""
        return filled_in_here(answers, "assessment_provided")
