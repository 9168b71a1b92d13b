"""The council's named officer; and for a pupil without a school, the main healthcare provider, who makes the request.

Only some councils ask (D68, D96-D99, D101).
"""

from typing import Annotated, ClassVar

from forms.clinical_advice import asks_for_help
from forms.kit.ask import Ask, OrNotKnown, YesNo
from forms.kit.page import Answers, Page
from forms.kit.shown import chosen
from forms.kit.types import Line, LongText, Name, PastDay
from forms.route import with_school


class NamedOfficer(Page):
    """The officer of the council to whom the form goes."""

    id: ClassVar[str] = "named_officer"
    task: ClassVar[str] = "Named officer of the council"
    carried: ClassVar[bool] = True
    not_carried: ClassVar[frozenset[str]] = frozenset({"contacted_on"})
    question_set: ClassVar[str] = "named_officer"
    heading: ClassVar[str] = "Which officer of the council is responsible?"
    intro: ClassVar[str] = (
        "The council names an officer for pupils who cannot attend school. Ask the council who it is."
    )

    name: Annotated[
        OrNotKnown[Name],
        Ask("Name of the officer", why="The form is sent to this officer, so that it does not lie about."),
    ]
    reach: Annotated[Line | None, Ask("How is the officer reached?", hint="E-mail address or telephone.")] = None
    contacted_on: Annotated[
        PastDay | None,
        Ask(
            "When was the officer first asked about {pupil}?",
            hint="Without a school, parents or professionals talk to this officer first.",
        ),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Not where the pack goes to the inclusion lead instead."""
        return not asks_for_help(answers)


class HealthLead(Page):
    """The main healthcare provider of a pupil without a school."""

    id: ClassVar[str] = "health_lead"
    task: ClassVar[str] = "Main healthcare provider"
    carried: ClassVar[bool] = True
    not_carried: ClassVar[frozenset[str]] = frozenset({"refers", "liaison"})
    question_set: ClassVar[str] = "health_lead"
    heading: ClassVar[str] = "Who looks after {pupil}’s health, and makes this request?"
    intro: ClassVar[str] = "Without a school, the main healthcare provider brings everybody together and refers."

    provider: Annotated[
        Line,
        Ask("Main healthcare provider", hint="Name, post and organisation, for example Dr Osei, CAMHS."),
    ]
    refers: Annotated[
        YesNo,
        Ask(
            "Does this provider make the request?",
            hint="The person on the page “Who refers” then belongs to the provider.",
            why="The council takes the request of a pupil without a school from the main healthcare provider.",
        ),
    ]
    liaison: Annotated[
        LongText | None,
        Ask("With which professionals has the provider talked?", hint="Who, when, and what was settled."),
    ] = None
    taken_off: Annotated[
        YesNo,
        Ask(
            "Did a school take {pupil} off its roll because of ill health?",
            why="A school may do so in few cases only. Elsewhere the place may still be {pupil}’s.",
        ),
    ]
    grounds: Annotated[
        LongText | None,
        Ask(
            "Which school, when, and on what grounds?",
            hint="For example what the school medical officer certified, and what the family said.",
            when=chosen("taken_off", "yes"),
            needed=True,
        ),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Only without a school."""
        return not with_school(answers)
