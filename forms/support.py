"""What the school has tried: adjustments, values and advice."""

from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Card, Choice, OrNotKnown
from forms.kit.page import Answers, Page
from forms.kit.shown import chosen
from forms.kit.types import Line, LongText, PastDay
from forms.route import school_refers


class Adjustment(Card):
    """Something changed in school for this pupil (E9)."""

    what: Annotated[
        LongText,
        Ask("What was changed?", hint="For example a quiet entrance, a later start, a key adult.", short="Adjustment"),
    ]
    start: Annotated[Line, Ask("From when?", hint="A date, a month or a term.", short="From")]
    end: Annotated[Line | None, Ask("Until when?", hint="Leave blank if it still goes on.", short="Until")] = None
    effect: Annotated[
        LongText,
        Ask("What difference did it make?", hint="What you saw, and for how long.", short="Effect"),
    ]
    evidence: Annotated[
        Line | None,
        Ask("Where is that recorded?", hint="For example support plan, behaviour log, a letter.", short="Recorded in"),
    ] = None


class Adjustments(Page):
    """Reasonable adjustments in school."""

    id: ClassVar[str] = "adjustments"
    task: ClassVar[str] = "Adjustments in school"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "What has your school changed to help {pupil} feel safe and supported?"

    adjustments: Annotated[
        OrNotKnown[tuple[Adjustment, ...]],
        Ask(
            "Adjustments",
            hint="Add each one, those that did not help as well.",
            why="Reasonable adjustments come first. What did not work tells the council as much as what did.",
        ),
    ]

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """The school's own work."""
        return school_refers(answers)


class Tpp(Page):
    """Trauma Perceptive Practice: three values of one council's schools (E14)."""

    id: ClassVar[str] = "tpp"
    question_set: ClassVar[str] = "tpp"
    task: ClassVar[str] = "Trauma Perceptive Practice"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "How did Trauma Perceptive Practice shape your support?"
    intro: ClassVar[str] = "A sentence or two under each value, with an example."

    compassion: Annotated[
        LongText | None,
        Ask("Compassion and kindness", hint="How did staff show {pupil} that the difficulty was understood?"),
    ] = None
    hope: Annotated[
        LongText | None,
        Ask("Hope", hint="What helped {pupil} to believe that things can get better?"),
    ] = None
    belonging: Annotated[
        LongText | None,
        Ask("Connection and belonging", hint="How did {pupil} stay part of the class and the school?"),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """The school's own work, where the council speaks of it."""
        return school_refers(answers)


class Adviser(Choice):
    """Those whose advice is looked for (E20a-E20f)."""

    HEALTH = "health", "Health professionals"
    INCLUSION = "inclusion", "Inclusion or engagement adviser of the council"
    EP = "ep", "Educational psychology service"
    PNI = "pni", "Specialist teacher for physical and neurological impairment"
    ATTENDANCE = "attendance", "Attendance team of the council"
    SEND = "send", "SEND team of the council"
    OTHER = "other", "Somebody else"


class Involved(Choice):
    """Whether an adviser has been asked."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


_INVOLVED = chosen("involved", "yes")


class Advice(Card):
    """What one adviser said and what the school did about it (E20, E27)."""

    who: Annotated[Adviser, Ask("Adviser", short="Who")]
    involved: Annotated[Involved, Ask("Have they been involved?", short="Involved")]
    name: Annotated[OrNotKnown[Line] | None, Ask("Name", when=_INVOLVED, needed=True)] = None
    date: Annotated[OrNotKnown[PastDay] | None, Ask("Date of the advice", when=_INVOLVED, needed=True)] = None
    advice: Annotated[
        LongText | None,
        Ask("What did they advise?", when=_INVOLVED, needed=True, short="Advice"),
    ] = None
    response: Annotated[
        OrNotKnown[LongText] | None,
        Ask(
            "What did your school do about it?",
            hint="What was done, since when, and what came of it. If not followed, say why.",
            when=_INVOLVED,
            needed=True,
            short="Response",
        ),
    ] = None


class AdvicePage(Page):
    """Advice sought and followed."""

    id: ClassVar[str] = "advice"
    task: ClassVar[str] = "Advice and response"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "Whose advice have you had about {pupil}, and what came of it?"

    advisers: Annotated[
        OrNotKnown[tuple[Advice, ...]],
        Ask(
            "Advisers",
            hint="Add each kind of adviser, also those who have not been involved.",
            why="A school has to show that it asked the right people and acted on what they said.",
        ),
    ]
    senco_date: Annotated[
        PastDay,
        Ask(
            "When was the SENCO consulted?",
            hint="If you are the SENCO: when you last settled how to meet {pupil}’s needs.",
        ),
    ]
    senco_advice: Annotated[
        LongText,
        Ask(
            "What did the SENCO advise?",
            why="The SENCO’s advice on how best to meet the need has to be part of every referral.",
        ),
    ]

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """The school's own work."""
        return school_refers(answers)
