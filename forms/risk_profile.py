"""A risk and resilience profile, modelled on published work on EBSA; not the form of any council (E18)."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from forms import ebsa
from forms.kit.ask import Ask, Card, Choice
from forms.kit.page import Answers, Context, Page, Problem
from forms.kit.shown import chosen
from forms.kit.types import Line, LongText, PastDay
from forms.lets_talk import filled_in_here

_WHICH = Ask("Which?", short="What")


class Factor(Card):
    """One thing that weighs on the pupil or gives strength."""

    item: Annotated[Choice, _WHICH]
    own_words: Annotated[
        Line | None,
        Ask("In your own words", when=chosen("item", "other"), needed=True),
    ] = None
    strength: Annotated[ebsa.Strength, Ask("How strongly is it felt?", short="Strength")]
    evidence: Annotated[LongText, Ask("What shows it?", hint="What was seen or said, and when.", short="Shown by")]
    who_says: Annotated[Line, Ask("Who says so?", hint="Pupil, parent, staff or a professional.", short="Who says")]


class Risk(Factor):
    """One thing that weighs on the pupil."""

    action: Annotated[
        LongText | None,
        Ask("What has been done, or will be?", hint="A strong risk needs an action.", short="Action"),
    ] = None


class SchoolRisk(Risk):
    """At school."""

    item: Annotated[ebsa.SchoolRisk, _WHICH]


class ChildRisk(Risk):
    """In the child."""

    item: Annotated[ebsa.ChildRisk, _WHICH]


class FamilyRisk(Risk):
    """In the family."""

    item: Annotated[ebsa.FamilyRisk, _WHICH]


class SchoolStrength(Factor):
    """At school."""

    item: Annotated[ebsa.SchoolStrength, _WHICH]


class ChildStrength(Factor):
    """In the child."""

    item: Annotated[ebsa.ChildStrength, _WHICH]


class FamilyStrength(Factor):
    """In the family."""

    item: Annotated[ebsa.FamilyStrength, _WHICH]


RISKS = ("school_risks", "child_risks", "family_risks")
STRENGTHS = ("school_strengths", "child_strengths", "family_strengths")


class RiskProfile(Page):
    """Risks and strengths in three domains."""

    id: ClassVar[str] = "risk_profile"
    task: ClassVar[str] = "Risk and Resilience Profile"
    heading: ClassVar[str] = "What weighs on {pupil}, and what gives strength?"
    intro: ClassVar[str] = (
        "This profile follows published work on emotionally based school avoidance. It is not the council’s own form. "
        "There is no score: it is there to be talked about."
    )

    completed_by: Annotated[Line, Ask("Filled in by", hint="Name and role.")]
    completed_with: Annotated[
        Line | None,
        Ask("Together with", hint="For example {pupil}, a parent, the tutor.", why="A profile is best made together."),
    ] = None
    completed_on: Annotated[PastDay, Ask("Date")]
    school_risks: Annotated[
        tuple[SchoolRisk, ...],
        Ask("What weighs on {pupil} at school", hint="Add only what plays a part."),
    ] = ()
    child_risks: Annotated[
        tuple[ChildRisk, ...],
        Ask("What weighs on {pupil} personally", hint="Add only what plays a part."),
    ] = ()
    family_risks: Annotated[
        tuple[FamilyRisk, ...],
        Ask(
            "What weighs on the family",
            hint="Add only what plays a part.",
            why="Nobody is to blame. Knowing what a family carries helps to choose the right support.",
        ),
    ] = ()
    school_strengths: Annotated[tuple[SchoolStrength, ...], Ask("What helps at school")] = ()
    child_strengths: Annotated[tuple[ChildStrength, ...], Ask("What helps in {pupil}")] = ()
    family_strengths: Annotated[tuple[FamilyStrength, ...], Ask("What helps in the family")] = ()
    towards: Annotated[
        LongText,
        Ask(
            "What draws {pupil} towards school?",
            hint="People, subjects, places, plans.",
            why="A way back is built on what already draws the pupil.",
        ),
    ]
    away: Annotated[
        LongText,
        Ask("What draws {pupil} away from school?", hint="What is hard there, and what is easier elsewhere."),
    ]
    functions: Annotated[
        tuple[ebsa.Function, ...],
        Ask(
            "What does staying away do for {pupil}?",
            hint="Tick what seems likely. It is an opinion, and it may change.",
            why="Support works better when it answers the same need.",
        ),
    ]
    next_steps: Annotated[
        LongText,
        Ask("Which steps come next?", hint="Up to three, agreed with pupil and parents: what, who, by when."),
    ]

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """When it is to be filled in here."""
        return filled_in_here(answers, "profile_provided")

    def doubts(self, context: Context) -> Iterable[Problem]:
        """A profile of nothing but one side."""
        if not any(getattr(self, name) for name in RISKS):
            yield self.doubt(RISKS[0], "Name at least one thing that weighs on the pupil, in any of the three lists.")
        if not any(getattr(self, name) for name in STRENGTHS):
            yield self.doubt(STRENGTHS[0], "Name at least one thing that helps, in any of the three lists.")


def risks(profile: RiskProfile) -> tuple[Risk, ...]:
    """The risks of all three domains."""
    return profile.school_risks + profile.child_risks + profile.family_risks
