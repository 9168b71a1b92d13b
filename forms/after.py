"""What comes after the pack was sent: receipt, decision and partnership (E66-E75).

Answered when it happens. Nothing here is printed in the pack, signed for, or waited for before sending.
"""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Card, Choice, OrNotKnown, YesNo
from forms.kit.page import Answers, Context, Page, Problem
from forms.kit.shown import chosen
from forms.kit.types import Day, Line, LongText, Name, PastDay

_CONFIRMED = chosen("confirmed", "yes")


class HowTold(Choice):
    """How the council said that it has the referral."""

    TELEPHONE = "telephone", "By telephone"
    EMAIL = "email", "By e-mail, written by a person"
    PORTAL = "portal", "In the council’s portal"
    PERSON = "person", "In person"


class Receipt(Page):
    """That the council has the referral: the school answers for it (E66)."""

    id: ClassVar[str] = "receipt"
    task: ClassVar[str] = "Receipt by the council"
    heading: ClassVar[str] = "Has the council confirmed that it has the referral?"
    intro: ClassVar[str] = "Ask the council directly. An automatic reply does not count."
    screen: ClassVar[str] = "receipt"

    confirmed: Annotated[
        YesNo | None,
        Ask(
            "Has somebody at the council confirmed it?",
            why="The school answers for making sure that the referral has arrived.",
        ),
    ] = None
    asked_on: Annotated[
        PastDay | None,
        Ask("When did you last ask?", when=chosen("confirmed", "no")),
    ] = None
    asked_how: Annotated[
        LongText | None,
        Ask("Whom did you ask, and what came of it?", when=chosen("confirmed", "no")),
    ] = None
    who: Annotated[
        Name | None,
        Ask("Who confirmed it?", hint="Name of the person at the council.", when=_CONFIRMED, needed=True),
    ] = None
    when: Annotated[PastDay | None, Ask("When did they confirm it?", when=_CONFIRMED, needed=True)] = None
    how: Annotated[HowTold | None, Ask("How did they confirm it?", when=_CONFIRMED, needed=True)] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Once the pack was sent."""
        return answers.context.sent is not None

    def doubts(self, context: Context) -> Iterable[Problem]:
        """Nobody confirms what is not sent yet."""
        if self.when is not None and context.sent is not None and self.when < context.sent:
            yield self.doubt("when", "This is before the day on which the pack was sent. Check the date.")


class Outcome(Choice):
    """What the council decided (E69, E70)."""

    ACCEPTED = "accepted", "Accepted"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    MORE = "more", "The council wants more information first"


_REFUSED = chosen("outcome", "not_accepted")
_ACCEPTED = chosen("outcome", "accepted")
_DECIDED = chosen("outcome", "accepted", "not_accepted", "more")


class Decision(Page):
    """What the council's panel decided, and why (E68-E70)."""

    id: ClassVar[str] = "decision"
    task: ClassVar[str] = "The council’s decision"
    heading: ClassVar[str] = "What has the council decided?"
    intro: ClassVar[str] = "Enter what you are told as it comes. Until then go on with the support in the referral."

    panel: Annotated[
        Day | None,
        Ask("When does the council’s panel look at it?", hint="Leave blank if you have not been told."),
    ] = None
    outcome: Annotated[
        Outcome | None,
        Ask("What did the council decide?", hint="Leave this open until you have been told."),
    ] = None
    decided: Annotated[PastDay | None, Ask("When were you told?", when=_DECIDED, needed=True)] = None
    told_by: Annotated[Line | None, Ask("Who told you, and how?", when=_DECIDED)] = None
    provider: Annotated[
        Line | None,
        Ask(
            "Who will teach {pupil}?",
            hint="The provider that the council has chosen.",
            why="The council chooses the provider and commissions it. A school does not refer to one itself.",
            when=_ACCEPTED,
            needed=True,
        ),
    ] = None
    next_steps: Annotated[LongText | None, Ask("What did they say comes next?", when=_ACCEPTED)] = None
    wanted: Annotated[
        LongText | None,
        Ask("What more does the council want to know?", when=chosen("outcome", "more"), needed=True),
    ] = None
    wanted_by: Annotated[Day | None, Ask("By when?", when=chosen("outcome", "more"))] = None
    reasons: Annotated[
        LongText | None,
        Ask(
            "What reasons did they give?",
            why="The council says why. The reasons show whether a new referral later makes sense.",
            when=_REFUSED,
            needed=True,
        ),
    ] = None
    advised: Annotated[
        LongText | None,
        Ask("What did they advise, or whom did they name for help?", when=_REFUSED),
    ] = None
    follow_up: Annotated[
        Day | None,
        Ask(
            "When will you look at it again?",
            hint="With the parents and those involved. The school can refer again when things change.",
            when=_REFUSED,
        ),
    ] = None
    followed_up: Annotated[
        LongText | None,
        Ask("What did you settle then?", hint="For example other support, or a new referral.", when=_REFUSED),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Once the pack was sent."""
        return answers.context.sent is not None

    def doubts(self, context: Context) -> Iterable[Problem]:
        """A decision follows the sending, and another look follows the decision."""
        if self.decided is not None and context.sent is not None and self.decided < context.sent:
            yield self.doubt("decided", "This is before the day on which the pack was sent. Check the date.")
        if self.decided is not None and self.follow_up is not None and self.follow_up < self.decided:
            yield self.doubt("follow_up", "This is before the day of the decision. Check the date.")


class Party(Choice):
    """Those who sign that they know their part (E75)."""

    SCHOOL = "school", "The school"
    PARENTS = "parents", "A parent or carer"
    PUPIL = "pupil", "The pupil"
    PROVIDER = "provider", "The provider"
    COUNCIL = "council", "The council"
    HEALTH = "health", "A health professional"
    OTHER = "other", "Somebody else"


class Agreed(Card):
    """A party's signature under the agreement to work together."""

    party: Annotated[Party, Ask("Who signs?", short="Party")]
    name: Annotated[
        OrNotKnown[Name],
        Ask("Name of the person", hint="Somebody may sign for a pupil who cannot; say so here.", short="Name"),
    ]
    signed: Annotated[
        PastDay | None,
        Ask("Signed on", hint="Leave blank while the signature is awaited.", short="Signed on"),
    ] = None


class Partnership(Page):
    """The partnership of school, family, provider and council: before teaching starts (E74, E75, E172)."""

    id: ClassVar[str] = "partnership"
    task: ClassVar[str] = "Partnership and start"
    heading: ClassVar[str] = "How will everybody work together, and when does teaching start?"
    intro: ClassVar[str] = "Settle this when you first meet with the provider, before teaching starts."

    meeting: Annotated[
        Day | None,
        Ask("When do you first meet with the provider?", hint="Your school invites everybody to it."),
    ] = None
    communication: Annotated[
        LongText | None,
        Ask(
            "How do news and messages from school go on to {pupil} and the parents?",
            hint="Who writes or calls, how often, and about what: letters, events, rewards, friends.",
            why="A pupil who is taught elsewhere should go on feeling part of the school.",
        ),
    ] = None
    agreement: Annotated[
        tuple[Agreed, ...],
        Ask(
            "Who has signed the agreement to work together?",
            hint="Add each party, also those whose signature is still awaited.",
            why="A signature shows that everybody knows their part.",
        ),
    ] = ()
    start: Annotated[
        Day | None,
        Ask(
            "From which day is teaching confirmed?",
            hint="Until that day the register goes on with absence codes.",
            why="Codes in the register change on the confirmed day, and reviews are counted from it.",
        ),
    ] = None
    timetable: Annotated[
        LongText | None,
        Ask(
            "What is the agreed timetable?",
            hint="Each session of the week: where {pupil} is expected, and who teaches. Name those in school too.",
            why="A code for teaching elsewhere is right only for a session that is on the timetable.",
        ),
    ] = None
    daily_attendance: Annotated[
        LongText | None,
        Ask(
            "How does the provider tell you each day whether {pupil} came?",
            hint="Who writes or calls whom, and by what time.",
        ),
    ] = None
    absence_procedure: Annotated[
        LongText | None,
        Ask(
            "What does the provider do when {pupil} is missing and nobody has said why?",
            hint="Whom they call, how soon, and who visits if nobody answers.",
            why="The school stays responsible for attendance, so it has to know.",
        ),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Once the council has accepted the referral."""
        return answers.value(Decision, "outcome") is Outcome.ACCEPTED

    def doubts(self, context: Context) -> Iterable[Problem]:
        """The agreement is signed before teaching starts, not after (E75)."""
        for number, card in enumerate(self.agreement):
            if self.start is not None and card.signed is not None and card.signed > self.start:
                words = "This is after teaching starts. The agreement is signed before; check both dates."
                yield Problem(self.id, ("agreement", number, "signed"), words)
