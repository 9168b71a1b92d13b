"""A child in care: who takes part in decisions, where a council asks (D43, D44)."""

from typing import Annotated, ClassVar

from forms.kit.ask import Ask, YesNo
from forms.kit.page import Answers, Page
from forms.kit.shown import chosen
from forms.kit.types import Day, LongText
from forms.pupil import Care


class CareDecisions(Page):
    """Social worker and virtual school, and the meeting about the personal education plan."""

    id: ClassVar[str] = "care_decisions"
    task: ClassVar[str] = "Decisions for a child in care"
    question_set: ClassVar[str] = "care_decisions"
    heading: ClassVar[str] = "Who takes part in decisions about {pupil}?"
    intro: ClassVar[str] = "For a child in care, social worker and virtual school take part in every decision."

    social_worker: Annotated[
        YesNo,
        Ask(
            "Does the social worker take part in every decision about this referral?",
            why="The social worker speaks for the council that cares for {pupil}.",
        ),
    ]
    social_worker_how: Annotated[
        LongText | None,
        Ask(
            "How does the social worker take part, and since when?",
            hint="Talks and meetings, with dates.",
            when=chosen("social_worker", "yes"),
            needed=True,
        ),
    ] = None
    virtual_school: Annotated[
        YesNo,
        Ask(
            "Does the lead of the virtual school take part in every decision as well?",
            why="The virtual school looks after the education of every child in care.",
        ),
    ]
    virtual_school_how: Annotated[
        LongText | None,
        Ask(
            "How does the virtual school take part, and since when?",
            hint="Talks and meetings, with dates.",
            when=chosen("virtual_school", "yes"),
            needed=True,
        ),
    ] = None
    pep: Annotated[
        Day | None,
        Ask(
            "When is the meeting about the personal education plan (PEP)?",
            hint="The last one or the next. It can be used to plan this support.",
        ),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Only for a child in care."""
        return answers.value(Care, "in_care") is YesNo.YES
