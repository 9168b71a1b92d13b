"""Who answers in school for pupils with medical conditions, and what the school has in writing (D11, D13, D14)."""

from typing import Annotated, ClassVar

from forms.kit.ask import Ask, OrNotKnown
from forms.kit.page import Answers, Page
from forms.kit.types import Line, LongText, Name
from forms.route import with_school


class NamedPerson(Page):
    """The named person, the accessibility plan, and the whole-school approach to mental health."""

    id: ClassVar[str] = "named_person"
    question_set: ClassVar[str] = "named_person"
    task: ClassVar[str] = "Named person and plan"
    kept: ClassVar[bool] = True
    heading: ClassVar[str] = "Who answers for medical needs in your school?"
    intro: ClassVar[str] = "These are the school’s, and are offered again in the next referral."

    named_person: Annotated[
        OrNotKnown[Name],
        Ask(
            "Person responsible for the policy on medical conditions",
            why="Somebody has to see that the policy is carried out.",
        ),
    ]
    accessibility_plan: Annotated[
        OrNotKnown[Line],
        Ask(
            "Where is your accessibility plan?",
            hint="A web address, or where it can be read.",
            why="Every school has to have one. It may cover medical conditions too.",
        ),
    ]
    wellbeing: Annotated[
        LongText | None,
        Ask(
            "What does the whole school do for mental health?",
            hint="A few lines, or where it is written down.",
            why="Schools have to know their part when mental health keeps pupils from attending.",
        ),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Only with a school."""
        return with_school(answers)
