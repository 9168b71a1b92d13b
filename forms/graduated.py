"""What school did step by step, and how it used guidance on school avoidance, where a council asks (D9, D47, D48)."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Choice
from forms.kit.page import Answers, Context, Page, Problem
from forms.kit.shown import chosen
from forms.kit.types import Line, LongText
from forms.plans import Cycle, Provided, reviews_too_early
from forms.route import school_refers


class GraduatedApproach(Page):
    """Cycles of assess, plan, do and review."""

    id: ClassVar[str] = "graduated_approach"
    question_set: ClassVar[str] = "graduated_approach"
    task: ClassVar[str] = "Graduated approach"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "How was support assessed, planned and reviewed?"
    intro: ClassVar[str] = "One cycle is enough to begin with. Support plans that you have can be attached instead."

    provided: Annotated[
        Provided,
        Ask(
            "How will you show it?",
            hint="There is no need to type again what is in a plan that you attach.",
            why="The panel expects evidence that school assessed, met and reviewed the need first.",
        ),
    ]
    cycles: Annotated[
        tuple[Cycle, ...],
        Ask("Cycles", hint="Add each cycle, the newest last.", when=chosen("provided", "here"), needed=True),
    ] = ()
    too_complex: Annotated[
        LongText | None,
        Ask(
            "What became too complex or too risky for school alone?",
            hint="And which agency was asked for help then, if any.",
        ),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """The school's own work."""
        return school_refers(answers)

    def doubts(self, context: Context) -> Iterable[Problem]:
        """A review before its cycle began."""
        return reviews_too_early(self.id, self.cycles)


class Used(Choice):
    """Whether guidance was used."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_APPLICABLE = "not_applicable", "It does not apply"


_USED = chosen("used", "yes")


class EbsaGuidance(Page):
    """Guidance and resources on emotionally based school avoidance."""

    id: ClassVar[str] = "ebsa_guidance"
    question_set: ClassVar[str] = "ebsa_guidance"
    task: ClassVar[str] = "EBSA guidance"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "How have you used the council’s EBSA guidance?"
    intro: ClassVar[str] = "EBSA is emotionally based school avoidance."

    used: Annotated[
        Used,
        Ask(
            "Have you used the guidance and its resources for {pupil}?",
            why="The panel expects it of every health case. For a purely physical need, say that it does not apply.",
        ),
    ]
    dates: Annotated[Line | None, Ask("When?", hint="For example from March to July 2026.", when=_USED)] = None
    done: Annotated[
        LongText | None,
        Ask("What did you do?", hint="Which resources, with whom, how often.", when=_USED, needed=True),
    ] = None
    effect: Annotated[
        LongText | None,
        Ask("What came of it?", hint="What changed in attendance or in how {pupil} felt.", when=_USED, needed=True),
    ] = None
    why_not: Annotated[
        LongText | None,
        Ask("Why not?", when=chosen("used", "no", "not_applicable"), needed=True),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """The school's own work."""
        return school_refers(answers)
