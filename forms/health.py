"""Health: the needs, and what clinicians have written."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Card, Choice, NotKnown, OrNotKnown, YesNo
from forms.kit.dates import long_day
from forms.kit.page import Page
from forms.kit.shown import chosen
from forms.kit.types import Line, LongText, PastDay


class Diagnosis(Choice):
    """How certain a condition is; neither keeps a pupil from being referred (E34)."""

    DIAGNOSED = "diagnosed", "Diagnosed"
    SUSPECTED = "suspected", "Suspected"


class Condition(Card):
    """A health condition."""

    name: Annotated[Line, Ask("Condition", hint="For example generalised anxiety, asthma, chronic fatigue.")]
    status: Annotated[Diagnosis, Ask("Diagnosed or suspected?", short="Status")]
    since: Annotated[Line | None, Ask("Since when?", hint="A date, a year or a term.", short="Since")] = None


class WellEnough(Choice):
    """Whether alternative provision would be safe (E36)."""

    YES = "yes", "Yes"
    PART = "part", "Partly, or with conditions"
    NO = "no", "No, not at present"
    NOT_KNOWN = "not_known", "Nobody has said"


class Wait(Card):
    """A service that the pupil waits for or finds hard to use (E34)."""

    service: Annotated[Line, Ask("Service", hint="For example CAMHS, autism assessment, paediatric clinic.")]
    referred: Annotated[OrNotKnown[PastDay], Ask("Date of referral to it")]
    wait: Annotated[Line | None, Ask("Expected wait", hint="As the service gave it.")] = None
    engagement: Annotated[
        LongText | None,
        Ask("What makes it hard to take up?", hint="Leave blank if {pupil} is only waiting."),
    ] = None


_SAID = chosen("well_enough", "yes", "part", "no")


class HealthNeeds(Page):
    """What the matter is and what it does to school."""

    id: ClassVar[str] = "health_needs"
    task: ClassVar[str] = "Health needs"
    carried: ClassVar[bool] = True
    not_carried: ClassVar[frozenset[str]] = frozenset({"well_enough", "well_enough_source", "hours_advised"})
    heading: ClassVar[str] = "How does health keep {pupil} from school?"

    conditions: Annotated[
        tuple[Condition, ...],
        Ask(
            "Conditions",
            hint="Add each, suspected ones too. Name only what bears on school.",
            why="No diagnosis is needed: the council looks at how health affects education.",
        ),
    ]
    effect: Annotated[
        LongText,
        Ask(
            "What does this do to attendance and learning?",
            hint="What happens on a school day, what {pupil} can and cannot manage, and how it has changed.",
            why="This is the heart of the referral. Say what you see, with dates where you can.",
        ),
    ]
    treatment: Annotated[
        LongText | None,
        Ask(
            "Treatment and medication",
            hint="Only what bears on school: therapy, side effects, appointments in school hours.",
        ),
    ] = None
    well_enough: Annotated[
        WellEnough,
        Ask(
            "Is {pupil} well enough for teaching away from school?",
            hint="What a health professional says, not your own view.",
            why="The council has to be sure that teaching will do no harm.",
        ),
    ]
    well_enough_source: Annotated[
        Line | None,
        Ask("Who says so?", hint="Name, post and date.", when=_SAID, needed=True),
    ] = None
    hours_advised: Annotated[
        Line | None,
        Ask("Hours or pattern advised", hint="For example one hour a day at first.", when=_SAID),
    ] = None
    provision_conditions: Annotated[
        LongText | None,
        Ask("Conditions advised", hint="For example the size of the group, the place, breaks, staff.", when=_SAID),
    ] = None
    waiting: Annotated[
        YesNo,
        Ask(
            "Is {pupil} waiting for specialist help, or finding it hard to take up?",
            why="A referral does not have to wait for a specialist. The council only needs to know how things stand.",
        ),
    ]
    waits: Annotated[
        tuple[Wait, ...],
        Ask("Services waited for", hint="Add each service.", when=chosen("waiting", "yes"), needed=True),
    ] = ()
    parents_sought: Annotated[
        YesNo,
        Ask(
            "Have the parents asked a doctor or mental health service for advice?",
            hint="For mental health usually CAMHS.",
            why="Parents are expected to have asked a medical practitioner what would help at school.",
        ),
    ]
    parents_sought_details: Annotated[
        LongText | None,
        Ask(
            "Whom did they ask, when, and what was said?",
            hint="For example the surgery in May, CAMHS in June, and the answer of each.",
            when=chosen("parents_sought", "yes"),
            needed=True,
        ),
    ] = None
    suggested: Annotated[
        LongText | None,
        Ask(
            "Which adjustments or strategies did clinicians suggest for school?",
            hint="Whoever suggested them, and how you heard of it.",
            why="Parents are asked to bring such suggestions to school. A letter can ask the clinician for them.",
        ),
    ] = None

    def derived(self) -> Mapping[str, str]:
        """How things stand with services that the pupil waits for, in a sentence (E34)."""
        if not self.waits:
            return {}
        standing = "; ".join(_standing(wait) for wait in self.waits)
        return {"Specialist help still to come": f"{standing}. The referral is made without waiting for it."}


def _standing(wait: Wait) -> str:
    since = "on a date not known" if isinstance(wait.referred, NotKnown) else f"on {long_day(wait.referred)}"
    parts = [f"{wait.service}, referred {since}"]
    parts += [f"expected wait: {wait.wait}"] if wait.wait else []
    return ", ".join(parts)


class EvidenceState(Choice):
    """Whether there is medical advice in writing."""

    ATTACHED = "attached", "Yes, it is attached"
    NONE = "none", "No, not yet"


class HomeAdvised(Choice):
    """Whether medical advice speaks for teaching at home (E88)."""

    YES = "yes", "Yes, it advises teaching at home"
    NO = "no", "No, it advises against it"
    SILENT = "silent", "It does not say"


class MedicalEvidence(Page):
    """What clinicians have written."""

    id: ClassVar[str] = "medical_evidence"
    task: ClassVar[str] = "Medical advice"
    heading: ClassVar[str] = "What medical advice goes with this referral?"
    intro: ClassVar[str] = "Letters, clinic reports and care plans are attached on the evidence page."

    available: Annotated[
        EvidenceState,
        Ask(
            "Is there medical advice in writing?",
            hint="A letter, a clinic report, a care plan or an e-mail from a health professional.",
            why="Advice in writing avoids delay, but a referral may go without it if you say why.",
        ),
    ]
    why_not: Annotated[
        LongText | None,
        Ask(
            "Why is there none yet?",
            hint="What has been asked for, of whom and when, and what stands in the way.",
            when=chosen("available", "none"),
            needed=True,
        ),
    ] = None
    latest_date: Annotated[
        PastDay | None,
        Ask(
            "Date of the newest document",
            why="Advice ages, and the council may ask for newer.",
            when=chosen("available", "attached"),
            needed=True,
        ),
    ] = None
    home_advised: Annotated[
        HomeAdvised | None,
        Ask(
            "Does it advise teaching at home?",
            why="Teaching at home is an exception that medical advice has to support.",
            when=chosen("available", "attached"),
        ),
    ] = None
