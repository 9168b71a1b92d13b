"""What bears on a school's funding for the pupil, in words only, where a council asks (D80, D108, D113)."""

from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Choice, YesNo
from forms.kit.page import Answers, Page
from forms.kit.types import LongText
from forms.route import with_school


class Factor(Choice):
    """Circumstances of a pupil that a school's funding depends on (D113)."""

    FSM = "fsm", "Free school meals now"
    FSM6 = "fsm6", "Free school meals at any time in the last six years"
    PRIOR = "prior", "Low attainment at the end of the last stage of school"
    IDACI_E = "idaci_e", "A home in an area of band E of the deprivation index (IDACI)"
    NONE = "none", "None of these"


class Funding(Page):
    """Flags, and how extra money is used; never a sum."""

    id: ClassVar[str] = "funding"
    task: ClassVar[str] = "Funding"
    question_set: ClassVar[str] = "funding"
    heading: ClassVar[str] = "What bears on the school’s funding for {pupil}?"
    intro: ClassVar[str] = "No sums are asked for. The council works out itself what moves, if anything does."

    factors: Annotated[
        tuple[Factor, ...],
        Ask(
            "Which of these hold for {pupil}?",
            hint="As in your MIS or the school census.",
            why="Part of the school’s funding may follow {pupil} for a time. These circumstances count in it.",
        ),
    ]
    pupil_premium: Annotated[YesNo | None, Ask("Does the school receive pupil premium for {pupil}?")] = None
    top_up: Annotated[
        LongText | None,
        Ask(
            "How is extra funding used for {pupil}?",
            hint="Such as the band of an EHCP, or pupil premium. Say so if there is none.",
            why="Extra funding that a school has for a pupil goes on supporting that pupil.",
        ),
    ] = None
    head_noted: Annotated[
        YesNo | None,
        Ask("Has the head teacher noted that part of the school’s funding may follow {pupil}?"),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Only with a school."""
        return with_school(answers)
