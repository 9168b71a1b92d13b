"""How the individual healthcare plan is kept up to date, where a council asks (D23, D64, D65, D67)."""

from typing import Annotated, ClassVar

from forms.health_plan import HealthPlan
from forms.kit.ask import Ask, YesNo
from forms.kit.page import Answers, Page
from forms.kit.types import Line, PastDay


class HealthPlanReview(Page):
    """Review of the healthcare plan, and the return to school in it."""

    id: ClassVar[str] = "health_plan_review"
    task: ClassVar[str] = "Review of the healthcare plan"
    question_set: ClassVar[str] = "health_plan_review"
    heading: ClassVar[str] = "Is {pupil}’s healthcare plan up to date?"
    intro: ClassVar[str] = "It is reviewed once a year at least, and whenever health changes."

    reviewed: Annotated[
        PastDay | None,
        Ask(
            "When was it last reviewed?",
            hint="For a new plan, the day on which it was made.",
            why="A plan that is older than a year may no longer be safe to follow.",
        ),
    ] = None
    began_by: Annotated[
        Line | None,
        Ask(
            "Who asked for that review?",
            hint="For example the mother, the school nurse, or your school.",
            why="Parents and health professionals know first when something has changed.",
        ),
    ] = None
    return_plan: Annotated[
        YesNo | None,
        Ask(
            "Is the plan for coming back to school part of it?",
            hint="Answer no if there is no plan for the return yet.",
            why="One plan that holds both is easier to follow and to review.",
        ),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Where there is a healthcare plan."""
        return answers.value(HealthPlan, "exists") is YesNo.YES
