"""A pupil with a plan: who works with the school and the family on it, where a council asks (D57, D58, D86-D92)."""

from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Card, Choice, OrNotKnown, YesNo
from forms.kit.page import Answers, Page
from forms.kit.shown import chosen
from forms.kit.types import Day, Line, LongText, PastDay
from forms.route import Route, Sen
from forms.support import Involved


class Expert(Choice):
    """Services outside the setting that advise on a pupil with a plan (D86)."""

    EP = "ep", "Educational psychology service"
    SPECIALIST_TEACHER = "specialist_teacher", "Specialist teacher"
    HEALTH = "health", "Health service, such as school nursing"
    SOCIAL_CARE = "social_care", "Social care"
    OTHER = "other", "Somebody else"


_INVOLVED = chosen("involved", "yes")
_SPECIALIST = chosen("specialist", "yes")
_INFORMED = chosen("lead_informed", "yes")


class ExpertAsked(Card):
    """One service: when it was asked, and what is done together (D86, D88)."""

    who: Annotated[Expert, Ask("Service", short="Who")]
    involved: Annotated[Involved, Ask("Is it involved?", short="Involved")]
    asked_on: Annotated[
        OrNotKnown[PastDay] | None,
        Ask("When did you ask for its help?", when=_INVOLVED, needed=True, short="Asked on"),
    ] = None
    support: Annotated[
        OrNotKnown[LongText] | None,
        Ask(
            "What do you put into practice together?",
            hint="Say so if you still wait for an answer.",
            when=_INVOLVED,
            needed=True,
            short="Support",
        ),
    ] = None


class PlanServices(Page):
    """Services, the council's lead officer and the family, around the plan."""

    id: ClassVar[str] = "plan_services"
    task: ClassVar[str] = "Working together on the plan"
    question_set: ClassVar[str] = "plan_services"
    heading: ClassVar[str] = "Who works with you and the family on {pupil}’s plan?"
    intro: ClassVar[str] = "With an EHCP, the services that know the plan are asked early and work together."

    lead_informed: Annotated[
        YesNo,
        Ask(
            "Have you informed the council’s lead officer for {pupil}’s plan?",
            hint="The council may call this officer the SEN Provision Lead.",
            why="The SEN team can support and advise you only when it knows.",
        ),
    ]
    lead: Annotated[Line | None, Ask("Who is that officer?", when=_INFORMED, needed=True)] = None
    lead_informed_on: Annotated[
        PastDay | None, Ask("When did you inform the officer?", when=_INFORMED, needed=True)
    ] = None
    together: Annotated[
        LongText | None,
        Ask(
            "How do you work with that officer, {pupil} and the family?",
            hint="Meetings and talks, with dates, and what was agreed.",
            why="From 15 days of illness on, school, officer, pupil and family work on this together.",
        ),
    ] = None
    experts: Annotated[
        OrNotKnown[tuple[ExpertAsked, ...]],
        Ask(
            "Services asked",
            hint="Add each kind of service, also those that are not involved.",
            why="Services need to be asked in good time, so that support can start early.",
        ),
    ]
    joint_meeting: Annotated[
        Day | None,
        Ask(
            "When is {pupil} talked about with the specialist teacher and the educational psychologist?",
            hint="The joint planning meeting, held or planned.",
        ),
    ] = None
    fits_plan: Annotated[
        LongText | None,
        Ask(
            "How can support away from school take account of the plan?",
            hint="Which needs and which support in section F have to go on, and how.",
            why="Other teaching has to fit the needs and the support that the plan names.",
        ),
    ] = None
    specialist: Annotated[
        YesNo,
        Ask(
            "Does {pupil} attend a specialist setting?",
            hint="A special school, or a specialist base that the plan names.",
            why="Then the present setting normally goes on teaching while health keeps {pupil} away.",
        ),
    ]
    current_provider: Annotated[
        LongText | None,
        Ask(
            "What can that setting go on teaching meanwhile?",
            hint="What, where and how often. If nothing, say why.",
            when=_SPECIALIST,
            needed=True,
        ),
    ] = None
    sen_panel: Annotated[
        Day | None,
        Ask(
            "When does the council’s SEN panel look at it?",
            hint="That panel decides about changes of support or placement. Leave blank if none is asked for.",
            when=_SPECIALIST,
        ),
    ] = None
    sen_panel_decided: Annotated[
        LongText | None,
        Ask("What did that panel decide?", hint="Leave blank until you have been told.", when=_SPECIALIST),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Only with a plan."""
        return answers.value(Route, "sen") is Sen.EHCP
