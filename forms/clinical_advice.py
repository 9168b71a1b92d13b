"""What clinicians say of education away from school, where a council goes by it from the beginning (D39-D41)."""

from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Choice, YesNo
from forms.kit.page import Answers, Page
from forms.kit.shown import chosen
from forms.kit.types import Line, LongText, PastDay
from forms.route import Basis, Route


class Advice(Choice):
    """What the advice there is comes to."""

    SUPPORTS = "supports", "Yes, and it speaks for education away from school for now"
    SILENT = "silent", "Yes, but it does not say where the pupil should learn"
    AGAINST = "against", "Yes, and it speaks against education away from school"
    NONE = "none", "No, there is no medical evidence of any kind"


_NONE = chosen("advice", "none")


class ClinicalAdvice(Page):
    """Whether there is advice; without any, the talk with the council's inclusion lead."""

    id: ClassVar[str] = "clinical_advice"
    question_set: ClassVar[str] = "clinical_advice"
    task: ClassVar[str] = "Clinical advice"
    heading: ClassVar[str] = "What do clinicians say about {pupil}?"
    intro: ClassVar[str] = "It settles whether a medical request is the right way at all."

    advice: Annotated[
        Advice,
        Ask(
            "Is there medical evidence?",
            hint="A letter, a report, an appointment card, a prescription or notes in the NHS App all count.",
            why="Without any, the council’s inclusion lead helps first, and this request comes later or not at all.",
        ),
    ]
    advice_from: Annotated[
        Line | None,
        Ask(
            "Who gave the advice, and when?",
            hint="Name, post and date.",
            when=chosen("advice", "supports", "against"),
            needed=True,
        ),
    ] = None
    lead_on: Annotated[PastDay | None, Ask("When did you turn to the council’s inclusion lead?", when=_NONE)] = None
    lead_name: Annotated[Line | None, Ask("Name of the inclusion lead", when=_NONE)] = None
    lead_advised: Annotated[
        LongText | None,
        Ask("What did the inclusion lead advise?", hint="For example strategies, the GP, child health.", when=_NONE),
    ] = None
    lead_agrees: Annotated[
        YesNo | None,
        Ask(
            "Does the inclusion lead agree that you make a medical request all the same?",
            hint="Leave blank until there is an answer.",
            when=_NONE,
        ),
    ] = None

    for_lead: Annotated[
        YesNo | None,
        Ask(
            "Is this pack for the inclusion lead, as a request for help and not a medical request?",
            hint="A medical request can follow when there is evidence, or when the inclusion lead agrees to one.",
            why="The pack is then addressed to the inclusion lead and says on its cover that it asks for help.",
            when=lambda raw: _NONE(raw) and raw.get("lead_agrees") != "yes",
        ),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Where health is the reason and the council goes by it."""
        return answers.value(Route, "basis") is Basis.ILLNESS


def asks_for_help(answers: Answers) -> bool:
    """Whether the inclusion lead is asked for help, and the council not for provision (D39)."""
    return bool(answers.value(ClinicalAdvice, "for_lead") is YesNo.YES)
