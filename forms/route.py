"""The first page: what decides the route of a referral."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Choice, RawCard, YesNo
from forms.kit.page import Answers, Context, Page, Problem
from forms.kit.shown import chosen, not_chosen
from forms.kit.types import LongText


class Basis(Choice):
    """The three grounds of section 19 of the Education Act 1996 (E3, D2)."""

    ILLNESS = "illness", "Illness or another health need"
    EXCLUSION = "exclusion", "Exclusion from school"
    OTHERWISE = "otherwise", "Another reason"


class Need(Choice):
    """Kind of health need; both kinds count equally (E4)."""

    PHYSICAL = "physical", "Physical health"
    MENTAL = "mental", "Mental health, anxiety included"
    BOTH = "both", "Both physical and mental health"


class Pattern(Choice):
    """Whether any school is possible; either is enough (E11)."""

    ALL = "all", "Not at all"
    SOME = "some", "Only now and then, or for part of the time"


class Sen(Choice):
    """Stage of support for special educational needs."""

    NONE = "none", "No special educational needs recorded"
    SUPPORT = "support", "SEN support"
    EHCP = "ehcp", "Education, health and care plan (EHCP)"


class Pregnancy(Choice):
    """Whether pregnancy keeps the pupil from school; an illness beside it may be referred (E44)."""

    NO = "no", "No"
    ONLY = "yes", "Yes, it is the only reason"
    ALSO = "also", "Yes, and another health need would be a reason by itself"


class Hospital(Choice):
    """Treatment in hospital (E54, D27)."""

    NO = "no", "No"
    PLANNED = "planned", "Yes, an admission or course of treatment is planned"
    EMERGENCY = "emergency", "Yes, after an emergency admission"


class Referrer(Choice):
    """Who refers a pupil who leaves a mental health unit (E59)."""

    SCHOOL = "school", "The pupil’s school"
    UNIT = "unit", "The teacher in charge at the unit"
    OTHER = "other", "Somebody else, for a pupil without a school"


def _mental(raw: RawCard) -> bool:
    return raw.get("basis") == "illness" and raw.get("need") in ("mental", "both")


class Route(Page):
    """What decides whether, and by which way, to refer."""

    id: ClassVar[str] = "route"
    task: ClassVar[str] = "Council and route"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "Is this the right way to help {pupil}?"
    intro: ClassVar[str] = "A few answers settle which questions follow. You can change them at any time."
    screen: ClassVar[str] = "route"

    basis: Annotated[
        Basis,
        Ask(
            "Why is {pupil} without suitable education?",
            hint="Choose illness for anxiety and emotionally based school avoidance too.",
            why="The law lets a council arrange education on three grounds, and each is looked at differently.",
        ),
    ]
    need: Annotated[
        Need | None,
        Ask(
            "What kind of health need is it?",
            why="Physical and mental health count equally. The answer settles who should have advised you.",
            when=chosen("basis", "illness"),
            needed=True,
        ),
    ] = None
    circumstances: Annotated[
        LongText | None,
        Ask(
            "What are the circumstances?",
            hint="Say what keeps {pupil} from education, since when, and what has been tried.",
            why="The council looks at each of these cases by itself.",
            when=chosen("basis", "otherwise"),
            needed=True,
        ),
    ] = None
    agencies: Annotated[
        LongText | None,
        Ask(
            "Which services are involved?",
            hint="Name each service and person, and what they say. Say so if there is none.",
            why="The council decides from what the services say as well as from what you write.",
            when=chosen("basis", "otherwise"),
            needed=True,
        ),
    ] = None
    ebsa: Annotated[
        YesNo | None,
        Ask(
            "Do you think this is emotionally based school avoidance (EBSA)?",
            hint="Severe difficulty in attending because of fear, worry or distress. No diagnosis is needed.",
            why="Councils publish guidance on EBSA that schools are asked to follow before they refer.",
            when=not_chosen("basis", "exclusion"),
            needed=True,
        ),
    ] = None
    pattern: Annotated[
        Pattern,
        Ask(
            "How much can {pupil} attend at present?",
            why="A pupil who attends now and then may be referred as well as one who cannot attend at all.",
        ),
    ]
    sen: Annotated[
        Sen,
        Ask(
            "What support does {pupil} have for special educational needs?",
            hint="As in your SEN record today.",
            why="With an EHCP, the team that looks after the plan has to be asked first.",
        ),
    ]
    anxiety: Annotated[
        YesNo | None,
        Ask(
            "Is anxiety part of what keeps {pupil} from school?",
            hint="Diagnosed or not.",
            why="With an EHCP and anxiety, the plan itself may have to be looked at again without delay.",
            when=chosen("sen", "ehcp"),
            needed=True,
        ),
    ] = None
    on_roll: Annotated[
        YesNo,
        Ask(
            "Is {pupil} on the roll of a school?",
            why="Without a school, questions about the school’s own support are left out.",
        ),
    ]
    home_educated: Annotated[
        YesNo | None,
        Ask(
            "Do the parents educate {pupil} at home by their own choice?",
            hint="This is called elective home education. Answer no if a school place is being looked for.",
            when=chosen("on_roll", "no"),
            needed=True,
        ),
    ] = None
    pregnant: Annotated[
        Pregnancy,
        Ask(
            "Is pregnancy a reason for missing school?",
            why="There is often separate guidance for pregnancy. It does not bar a referral for another health need.",
        ),
    ]
    hospital: Annotated[
        Hospital,
        Ask(
            "Is {pupil} in hospital, or about to go in?",
            why="A planned stay can be referred as soon as it is known, so that teaching starts in time.",
        ),
    ]
    unit_discharge: Annotated[
        YesNo | None,
        Ask(
            "Is {pupil} leaving an adolescent mental health unit?",
            hint="Answer yes for a recent discharge as well, in or outside the county.",
            when=_mental,
            needed=True,
        ),
    ] = None
    referrer: Annotated[
        Referrer | None,
        Ask(
            "Who is making this referral?",
            why="A unit is not asked about work that only a school can do.",
            when=lambda raw: _mental(raw) and raw.get("unit_discharge") == "yes",
            needed=True,
        ),
    ] = None

    def doubts(self, context: Context) -> Iterable[Problem]:
        """A school that refers although there is none, or none although there is one."""
        if self.referrer is Referrer.SCHOOL and self.on_roll is YesNo.NO:
            yield self.doubt("referrer", "Without a school, the unit or somebody else makes the referral.")
        if self.referrer is Referrer.OTHER and self.on_roll is YesNo.YES:
            yield self.doubt("referrer", "For a pupil on roll, the school or the unit makes the referral.")


def with_school(answers: Answers) -> bool:
    """Whether the pupil has a school, so far as has been answered (E45, E47)."""
    on_roll: YesNo | None = answers.value(Route, "on_roll")
    return on_roll is not YesNo.NO


def school_refers(answers: Answers) -> bool:
    """Whether the school's own work is asked about: not without a school, nor of a unit (E45, E59)."""
    return with_school(answers) and not unit_refers(answers)


def unit_refers(answers: Answers) -> bool:
    """Whether the teacher in charge at a unit makes the referral (E59)."""
    return bool(answers.value(Route, "referrer") == Referrer.UNIT)
