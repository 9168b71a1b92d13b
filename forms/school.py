"""The school and the people in it whom the policy names."""

from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Choice, OrNotKnown, YesNo
from forms.kit.page import Answers, Page
from forms.kit.types import DfeNumber, Email, Line, Name, PastDay, Phone, Urn
from forms.route import with_school


class SchoolType(Choice):
    """Kinds of school; none of them keeps a pupil from being referred (E11)."""

    MAINTAINED = "maintained", "Maintained mainstream school"
    ACADEMY = "academy", "Academy or free school"
    INDEPENDENT = "independent", "Independent school"
    SPECIAL = "special", "Special school"
    PRU = "pru", "Pupil referral unit or alternative provision academy"
    OTHER = "other", "Another kind"


class School(Page):
    """Where the pupil is on roll, and who answers for what."""

    id: ClassVar[str] = "school"
    task: ClassVar[str] = "School and staff"
    kept: ClassVar[bool] = True
    not_kept: ClassVar[frozenset[str]] = frozenset({"on_roll_since", "tutor"})
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "Which school is {pupil} on roll at, and who does what there?"

    name: Annotated[Name, Ask("Name of the school")]
    urn: Annotated[
        OrNotKnown[Urn],
        Ask("Unique reference number (URN)", hint="Six digits. Get Information about Schools shows it."),
    ]
    dfe_number: Annotated[
        OrNotKnown[DfeNumber],
        Ask("DfE number", hint="Council and school, for example 123/4567."),
    ]
    type: Annotated[SchoolType, Ask("Kind of school")]
    phone: Annotated[Phone, Ask("Telephone of the school")]
    email: Annotated[Email, Ask("E-mail of the school", hint="An address that is read every school day.")]
    on_roll_since: Annotated[PastDay | None, Ask("On roll since")] = None
    head: Annotated[OrNotKnown[Name], Ask("Headteacher")]
    senco: Annotated[OrNotKnown[Name], Ask("SENCO", why="The SENCO’s advice has to stand behind every referral.")]
    senco_email: Annotated[OrNotKnown[Email], Ask("SENCO’s e-mail")]
    senco_phone: Annotated[OrNotKnown[Phone], Ask("SENCO’s telephone")]
    dsl: Annotated[
        OrNotKnown[Name],
        Ask(
            "Designated safeguarding lead (DSL)",
            why="The DSL answers for the chronology and passes concerns on to whoever teaches {pupil}.",
        ),
    ]
    slt_lead: Annotated[
        Name | None,
        Ask(
            "Senior leader who oversees this referral",
            hint="Above all where mental health is the reason.",
            why="Requests about mental health should be seen by a senior leader as well as by the SENCO.",
        ),
    ] = None
    liaison: Annotated[
        OrNotKnown[Name],
        Ask(
            "Named teacher for everybody to contact",
            hint="Usually the SENCO.",
            why="This person sees that work and resources reach {pupil}.",
        ),
    ]
    chair: Annotated[
        OrNotKnown[Name],
        Ask(
            "Senior member of staff who will chair reviews",
            hint="Somebody who can make decisions there and then.",
            why="The school hosts a review about every six weeks.",
        ),
    ]
    tutor: Annotated[Line | None, Ask("Tutor or class", hint="Name of the tutor, the class or form.")] = None
    policy_link: Annotated[
        Line | None,
        Ask(
            "Where is your policy for pupils with medical conditions?",
            hint="A web address, or where parents and staff find it.",
            why="Governing bodies have to see that there is one, and that it is easy to find.",
        ),
    ] = None
    policy_reviewed: Annotated[PastDay | None, Ask("When was that policy last reviewed?")] = None
    policy_mental_health: Annotated[
        YesNo | None,
        Ask(
            "Does it cover mental health that affects attendance?",
            why="The guidance of February 2023 on mental health and attendance belongs in school policies.",
        ),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Only with a school."""
        return with_school(answers)
