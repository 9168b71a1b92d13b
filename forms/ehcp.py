"""A pupil with an education, health and care plan: the plan, and the talks that come first (E38-E43)."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Choice, OrNotKnown, YesNo
from forms.kit.dates import long_day
from forms.kit.page import Answers, Context, Page, Problem
from forms.kit.shown import chosen
from forms.kit.types import Day, Email, Line, LongText, Name, PastDay
from forms.route import Route, Sen

NOTICE_DAYS, GOOD_NOTICE_DAYS = 14, 21
"""Days of notice that professionals need for a review meeting, at the least and better (E41)."""


class Attends(Choice):
    """Whether the council's SEND officer takes part in the review (E40)."""

    YES = "yes", "Yes, came or will come"
    INVITED = "invited", "Invited, no answer yet"
    DECLINED = "declined", "Cannot come"
    NOT_INVITED = "not_invited", "Not invited yet"


_TALKED = chosen("talked", "yes")
_REVIEW = chosen("review", "yes")
_DELAYED = chosen("delayed", "yes")


class Ehcp(Page):
    """The plan, and what has been settled with the council's SEND team."""

    id: ClassVar[str] = "ehcp"
    task: ClassVar[str] = "EHCP"
    carried: ClassVar[bool] = True
    not_carried: ClassVar[frozenset[str]] = frozenset(
        {
            "talked", "talk_date", "talk_officer", "talk_outcome", "review", "review_requested", "invited_on",
            "review_on", "officer_attends", "delayed", "interim", "iass_told", "iass_date",
        }
    )  # fmt: skip
    heading: ClassVar[str] = "What have you settled about {pupil}’s plan, and what does it say?"
    intro: ClassVar[str] = "The council’s SEND team looks after the plan. Talk to it before you refer."

    talked: Annotated[
        YesNo,
        Ask(
            "Have you talked to the council’s SEND team about this referral?",
            hint="If it is too urgent to wait, answer no and write below when you told them.",
            why="That team settles with you which way is right: this referral, the plan, or both.",
        ),
    ]
    talk_date: Annotated[PastDay | None, Ask("Date of that talk", when=_TALKED, needed=True)] = None
    talk_officer: Annotated[
        Line | None,
        Ask("Whom did you talk to?", hint="Name and role of the officer.", when=_TALKED, needed=True),
    ] = None
    talk_outcome: Annotated[
        LongText | None,
        Ask("What came of that talk?", hint="Which way you settled on, and who does what.", when=_TALKED, needed=True),
    ] = None
    review: Annotated[
        YesNo,
        Ask(
            "Have you asked for an urgent annual review?",
            why="When anxiety keeps a pupil with a plan from school, the plan itself is looked at again.",
        ),
    ]
    review_requested: Annotated[
        PastDay | None,
        Ask("When did you ask for it?", when=_REVIEW, needed=True),
    ] = None
    invited_on: Annotated[
        PastDay | None,
        Ask(
            "When did the invitations go out?",
            hint="Leave blank if they have not gone yet.",
            why="Professionals usually need two to three weeks’ notice.",
            when=_REVIEW,
        ),
    ] = None
    review_on: Annotated[
        Day | None,
        Ask("Date of the meeting", hint="Held or planned. Leave blank if there is none yet.", when=_REVIEW),
    ] = None
    officer_attends: Annotated[
        Attends | None,
        Ask("Does the council’s SEND officer take part?", when=_REVIEW, needed=True),
    ] = None
    delayed: Annotated[
        YesNo,
        Ask(
            "Is another school or provision right for {pupil}, but not there yet?",
            why="Then education in the meantime is settled with the SEND team.",
        ),
    ]
    interim: Annotated[
        OrNotKnown[LongText] | None,
        Ask(
            "What was said about education in the meantime?",
            hint="With whom, when, and what was agreed.",
            when=_DELAYED,
            needed=True,
        ),
    ] = None
    iass_told: Annotated[
        YesNo | None,
        Ask(
            "Have you told the parents of SEND IASS?",
            hint="The free and independent advice service for parents. You may, but need not.",
        ),
    ] = None
    iass_date: Annotated[PastDay | None, Ask("When were they told?", when=chosen("iass_told", "yes"), needed=True)] = (
        None
    )
    council: Annotated[Line, Ask("Council that looks after the plan", hint="The one whose name is on the plan.")]
    plan_date: Annotated[OrNotKnown[PastDay], Ask("Date of the plan", hint="Of the newest final version.")]
    section_f: Annotated[
        OrNotKnown[LongText],
        Ask(
            "What does section F say has to be provided?",
            hint="The main points, with hours. You may attach the plan as well.",
            why="Teaching away from school has to fit what the plan provides.",
        ),
    ]
    banding: Annotated[Line | None, Ask("Funding band", hint="If the plan has one.")] = None
    last_review: Annotated[OrNotKnown[PastDay], Ask("Date of the last annual review")]
    next_review: Annotated[Day | None, Ask("Date of the next annual review", hint="If it is known.")] = None
    caseworker: Annotated[OrNotKnown[Name], Ask("Caseworker", hint="The council’s officer for this plan.")]
    caseworker_email: Annotated[Email | None, Ask("Their e-mail address")] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Only with a plan."""
        return bool(answers.value(Route, "sen") == Sen.EHCP)

    def doubts(self, context: Context) -> Iterable[Problem]:
        """A review before its invitations."""
        if self.invited_on and self.review_on and self.review_on < self.invited_on:
            yield self.doubt("review_on", "The meeting is before its invitations. Check both dates.")

    def derived(self) -> Mapping[str, str]:
        """The earliest date of the review meeting (E41)."""
        if self.invited_on is None:
            return {}
        early, better = (long_day(self.invited_on + timedelta(days=n)) for n in (NOTICE_DAYS, GOOD_NOTICE_DAYS))
        return {"Earliest date of the meeting": f"{early}, better {better}"}
