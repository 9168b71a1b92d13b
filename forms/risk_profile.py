"""A risk and resilience profile, modelled on published work on EBSA; not the form of any council (E18)."""

from collections.abc import Iterable, Mapping
from typing import Annotated, ClassVar

from forms import ebsa
from forms.kit.ask import Ask, Card, Choice
from forms.kit.page import Answers, Context, Page, Problem
from forms.kit.shown import chosen
from forms.kit.types import Line, LongText, PastDay
from forms.lets_talk import filled_in_here

_WHICH = Ask("Which?", short="What")
_FELT = chosen("strength", "some", "strong")


class Factor(Card):
    """One thing that weighs on the pupil or gives strength."""

    item: Annotated[Choice, _WHICH]
    own_words: Annotated[
        Line | None,
        Ask("In your own words", when=chosen("item", "other"), needed=True),
    ] = None
    strength: Annotated[ebsa.Strength, Ask("How strongly is it felt?", short="Strength")]
    evidence: Annotated[
        LongText | None,
        Ask("What shows it?", hint="What was seen or said, and when.", when=_FELT, needed=True, short="Shown by"),
    ] = None
    who_says: Annotated[
        tuple[ebsa.Says, ...],
        Ask("Who says so?", hint="Tick all that apply.", when=_FELT, needed=True, short="Who says"),
    ] = ()
    priority: Annotated[ebsa.Priority | None, Ask("Priority", hint="How soon to work on it.", when=_FELT)] = None
    action: Annotated[
        LongText | None,
        Ask(
            "What has been done, or will be?",
            hint="For something strong that weighs, a step. For something that helps, how it is used.",
            when=_FELT,
            short="Action",
        ),
    ] = None

    @property
    def felt(self) -> bool:
        """Whether it plays a part."""
        return self.strength in (ebsa.Strength.SOME, ebsa.Strength.STRONG)

    @property
    def words(self) -> str:
        """What it is called."""
        return self.own_words or self.item.label


class Step(Card):
    """A step that pupil, parents and school have agreed on."""

    what: Annotated[Line, Ask("What happens?", short="Step")]
    who: Annotated[Line, Ask("Who does it?", short="Who")]
    when: Annotated[Line, Ask("By when?", short="When")]


class SchoolRisk(Factor):
    """At school."""

    item: Annotated[ebsa.SchoolRisk, _WHICH]


class ChildRisk(Factor):
    """In the child."""

    item: Annotated[ebsa.ChildRisk, _WHICH]


class FamilyRisk(Factor):
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
    question_set: ClassVar[str] = "lets_talk"
    task: ClassVar[str] = "Risk and Resilience Profile"
    carried: ClassVar[bool] = True
    not_carried: ClassVar[frozenset[str]] = frozenset({"completed_on"})
    heading: ClassVar[str] = "What weighs on {pupil}, and what gives strength?"
    intro: ClassVar[str] = (
        "This profile follows published work on emotionally based school avoidance. It is not the council’s own form. "
        "There is no score: it is there to be talked about."
    )

    screen: ClassVar[str] = "profile"

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
    confidence: Annotated[ebsa.Confidence, Ask("How sure are you of that?")]
    next_steps: Annotated[
        tuple[Step, ...],
        Ask("Which steps come next?", hint="Up to three, small enough to succeed, agreed with pupil and parents."),
    ]

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """When it is to be filled in here."""
        return filled_in_here(answers, "profile_provided")

    def derived(self) -> Mapping[str, str]:
        """What to see at a glance; there is no score, as no published profile has one."""
        return pointed_out(risks(self), self.school_strengths + self.child_strengths + self.family_strengths)

    def doubts(self, context: Context) -> Iterable[Problem]:
        """A profile of nothing but one side."""
        if not any(one.felt for name in RISKS for one in getattr(self, name)):
            yield self.doubt(RISKS[0], "Name at least one thing that weighs on the pupil, in any of the three lists.")
        if not any(one.felt for name in STRENGTHS for one in getattr(self, name)):
            yield self.doubt(STRENGTHS[0], "Name at least one thing that helps, in any of the three lists.")


def risks(profile: RiskProfile) -> tuple[Factor, ...]:
    """The risks of all three domains."""
    return profile.school_risks + profile.child_risks + profile.family_risks


def pointed_out(weighs: Iterable[Factor], helps: Iterable[Factor]) -> Mapping[str, str]:
    """What a profile says at a glance: what has no action yet, what to build on, what the DSL should see."""
    weighing = [one for one in weighs if one.felt]
    strong = [one.words for one in weighing if one.strength is ebsa.Strength.STRONG and not one.action]
    build = [one.words for one in helps if one.strength is ebsa.Strength.STRONG]
    look = [one.words for one in weighing if one.item in ebsa.SAFEGUARDING_RISKS]
    lines = {
        "Strong, and nothing done yet": strong,
        "Strengths to build on": build,
        "For the designated safeguarding lead to look at": look,
    }
    return {label: "; ".join(words) for label, words in lines.items() if words}
