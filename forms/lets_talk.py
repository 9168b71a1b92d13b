"""Essex's guidance on attendance difficulties: whether it was followed, and its two papers (E16-E19)."""

from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Choice, YesNo
from forms.kit.page import Answers, Page
from forms.kit.shown import chosen
from forms.kit.types import Line, LongText
from forms.route import school_refers


class Paper(Choice):
    """Where a paper of the guidance is."""

    HERE = "here", "I will answer the questions here"
    ATTACHED = "attached", "I will attach the council’s own, filled in"
    NOT_APPLICABLE = "not_applicable", "It does not apply"


_FOLLOWED = chosen("followed", "yes")
_PAPERS = ("info_provided", "profile_provided", "assessment_provided")


class LetsTalk(Page):
    """Let's Talk – We Miss You, read and used."""

    id: ClassVar[str] = "lets_talk"
    question_set: ClassVar[str] = "lets_talk"
    task: ClassVar[str] = "Let’s Talk – We Miss You"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "How have you used Let’s Talk – We Miss You?"
    intro: ClassVar[str] = "The council’s guidance for schools when a pupil finds it hard to attend."

    followed: Annotated[
        YesNo,
        Ask(
            "Have you read the guidance and put it into practice for {pupil}?",
            why="The council asks schools to do so before they refer, above all for EBSA.",
        ),
    ]
    dates: Annotated[
        Line | None,
        Ask("When?", hint="For example from March to July 2026.", when=_FOLLOWED, needed=True),
    ] = None
    done: Annotated[
        LongText | None,
        Ask("What did you do?", hint="Which steps, with whom, and how often.", when=_FOLLOWED, needed=True),
    ] = None
    effect: Annotated[
        LongText | None,
        Ask("What came of it?", hint="What changed in attendance or in how {pupil} felt.", when=_FOLLOWED, needed=True),
    ] = None
    why_not: Annotated[
        LongText | None,
        Ask("Why not?", when=chosen("followed", "no"), needed=True),
    ] = None
    info_provided: Annotated[
        Paper,
        Ask(
            "How will you give what you learned from the guidance?",
            hint="The answers above can be enough.",
            why="Information from the guidance goes with every medical referral.",
        ),
    ]
    profile_provided: Annotated[
        Paper,
        Ask(
            "How will you give the Risk and Resilience Profile?",
            hint="Our questions follow published work on EBSA. They are not the council’s form.",
            why="It shows what weighs on {pupil} and what gives strength.",
        ),
    ]
    assessment_provided: Annotated[
        Paper,
        Ask(
            "How will you give the School Attendance Difficulties Assessment?",
            hint="Our questions follow published work on EBSA. They are not the council’s form.",
            why="It brings together what pupil, parents and staff see.",
        ),
    ]
    not_applicable_because: Annotated[
        LongText | None,
        Ask(
            "Why does it not apply?",
            hint="For example because the need is purely physical.",
            when=lambda raw: any(raw.get(name) == "not_applicable" for name in _PAPERS),
            needed=True,
        ),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """The school's own work, where the council has this guidance."""
        return school_refers(answers)


def filled_in_here(answers: Answers, name: str) -> bool:
    """Whether a paper is to be filled in rather than attached."""
    return answers.asks(LetsTalk) and answers.value(LetsTalk, name) == Paper.HERE
