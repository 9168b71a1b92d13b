"""Who knows the pupil professionally, and whom the school has consulted (E8, E35, E37)."""

from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Card, Choice, OrNotKnown
from forms.kit.page import Answers, Page
from forms.kit.types import Day, Email, Line, LongText, Name, PastDay, Phone
from forms.route import school_refers


class ProfessionalKind(Choice):
    """The people who may know the pupil."""

    GP = "gp", "GP"
    CAMHS = "camhs", "CAMHS or another mental health service"
    PAEDIATRICIAN = "paediatrician", "Paediatrician"
    CONSULTANT = "consultant", "Hospital consultant or specialist nurse"
    SCHOOL_NURSE = "school_nurse", "School nurse"
    THERAPIST = "therapist", "Speech, occupational or physiotherapist"
    COUNSELLOR = "counsellor", "Counsellor or private therapist"
    EP = "ep", "Educational psychologist"
    INCLUSION_PARTNER = "inclusion_partner", "Inclusion adviser of the council"
    ENGAGEMENT_FACILITATOR = "engagement_facilitator", "Engagement adviser of the council"
    SPECIALIST_TEACHER = "specialist_teacher", "Specialist teacher"
    ATTENDANCE = "attendance", "Attendance specialist of the council"
    SEND = "send", "SEND officer of the council"
    SOCIAL_CARE = "social_care", "Social worker or family worker"
    OTHER = "other", "Somebody else"


class Professional(Card):
    """Somebody who knows the pupil through their work."""

    kind: Annotated[ProfessionalKind, Ask("Kind of professional", short="Kind")]
    name: Annotated[OrNotKnown[Name], Ask("Name")]
    post: Annotated[Line | None, Ask("Post", hint="For example specialty doctor, family therapist.")] = None
    organisation: Annotated[Line, Ask("Organisation", hint="Surgery, hospital, trust or team.")]
    phone: Annotated[Phone | None, Ask("Telephone")] = None
    email: Annotated[Email | None, Ask("E-mail")] = None
    last_seen: Annotated[OrNotKnown[PastDay], Ask("Last saw {pupil} on", short="Last seen")]
    next_review: Annotated[Day | None, Ask("Next appointment or review", short="Next review")] = None


class Consulted(Choice):
    """Those whom governing bodies should see consulted (E8)."""

    HEALTH = "health", "Health professionals"
    SOCIAL_CARE = "social_care", "Social care professionals"
    INCLUSION_PARTNER = "inclusion_partner", "Inclusion adviser of the council"
    EP = "ep", "Educational psychologist"
    PUPIL = "pupil", "The pupil"
    PARENTS = "parents", "The parents"


class Consultation(Card):
    """A talk with one of them about the pupil's needs."""

    group: Annotated[Consulted, Ask("Who was consulted?", short="Who")]
    when: Annotated[OrNotKnown[PastDay], Ask("When?", short="Date")]
    said: Annotated[LongText, Ask("What was said?", hint="A sentence is enough.", short="Said")]


class Professionals(Page):
    """The team around the child."""

    id: ClassVar[str] = "professionals"
    task: ClassVar[str] = "Professionals"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "Who knows {pupil} professionally?"

    professionals: Annotated[
        OrNotKnown[tuple[Professional, ...]],
        Ask(
            "Professionals involved",
            hint="At least whoever advises on health. Add each person.",
            why="The council speaks with them, so it needs a way to reach each one.",
        ),
    ]


class Consultations(Page):
    """Whom the school has talked with about the pupil's needs, and what health services taught its staff."""

    id: ClassVar[str] = "consultation"
    task: ClassVar[str] = "Consultation"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "Whom has your school consulted about {pupil}’s needs?"

    consultations: Annotated[
        tuple[Consultation, ...],
        Ask(
            "Talks",
            hint="Add each talk. Advice and views that stand on other pages need not be entered again.",
            why="Needs are understood better when everybody who knows the pupil has been asked.",
        ),
    ] = ()
    training: Annotated[
        LongText | None,
        Ask(
            "What training or outreach have health services given your staff?",
            hint="Leave blank if there was none.",
        ),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """The school's own work."""
        return school_refers(answers)
