"""What the council hears before a request: the notification, and the talks with its local team (D10, D15, D33-D38)."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Card, Choice, OrNotKnown, RawCard, YesNo
from forms.kit.page import Answers, Context, Page, Problem
from forms.kit.shown import chosen
from forms.kit.types import Line, LongText, PastDay
from forms.route import school_refers


class Trigger(Choice):
    """What a council wants to hear of at once (D36, D37), and what a school meets itself (D17)."""

    LONG_TERM = "long_term", "A health need that may last long"
    RECURRENT = "recurrent", "A condition that comes back, with long or frequent absence"
    HOSPITAL = "hospital", "In hospital or going in, with a long absence likely afterwards"
    SHORT = "short", "None of these: a short illness, or a condition that school can meet"


def _due(raw: RawCard) -> bool:
    triggers = raw.get("triggers")
    return isinstance(triggers, list | tuple) and any(one in triggers for one in ("long_term", "recurrent", "hospital"))


def _notified(raw: RawCard) -> bool:
    return _due(raw) and raw.get("notified") == "yes"


class Notification(Page):
    """That the council has been notified."""

    id: ClassVar[str] = "notification"
    question_set: ClassVar[str] = "notification"
    task: ClassVar[str] = "Notification"
    heading: ClassVar[str] = "Has the council been told about {pupil}?"
    intro: ClassVar[str] = "A notification comes before the request. It is a step of its own."

    triggers: Annotated[
        tuple[Trigger, ...],
        Ask(
            "Which of these is so?",
            hint="Choose all that apply.",
            why="The first three have to be notified to the council as soon as school is concerned.",
        ),
    ]
    notified: Annotated[
        YesNo | None,
        Ask("Has school notified the council?", hint="On the site that it has for this.", when=_due, needed=True),
    ] = None
    notified_on: Annotated[PastDay | None, Ask("When was it notified?", when=_notified, needed=True)] = None
    reference: Annotated[
        Line | None,
        Ask(
            "Reference of the notification",
            hint="As the site gave it. If it gave none, who confirmed it.",
            when=_notified,
            needed=True,
        ),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """The school's own work."""
        return school_refers(answers)

    def doubts(self, context: Context) -> Iterable[Problem]:
        """None of these, and one of them."""
        if Trigger.SHORT in self.triggers and len(self.triggers) > 1:
            yield self.doubt("triggers", "“None of these” cannot be chosen together with one of them.")


class Talk(Choice):
    """Meetings in which a council's local team and a school plan together."""

    TARGETED = "targeted", "Targeted support meeting"
    PLANNING = "planning", "Education planning meeting"
    JOINT = "joint", "Joint planning meeting"
    PANEL = "panel", "Inclusion panel"
    OTHER = "other", "Another meeting or talk"


class Meeting(Card):
    """A meeting about the pupil (D10, D34)."""

    kind: Annotated[Talk, Ask("Which meeting?", short="Meeting")]
    date: Annotated[PastDay, Ask("When?", short="Date")]
    outcome: Annotated[LongText, Ask("What came of it?", hint="What was settled, and who does what.", short="Outcome")]


class Partner(Choice):
    """Services that share the duty or advise on it (D4, D15, D16, D22)."""

    MEDICAL_ADVISORY = "medical_advisory", "Physical and medical needs advisory service"
    CLINICAL_OFFICER = "clinical_officer", "Designated clinical officer (health advice on SEND)"
    CHALLENGE_LEAD = "challenge_lead", "Education challenge lead"
    HEALTH_BOARD = "health_board", "Integrated care board or a health service"
    OUTREACH = "outreach", "Outreach of special schools or learning centres"
    OTHER = "other", "Another partner"


class PartnerContact(Card):
    """What a partner did."""

    who: Annotated[Partner, Ask("Which partner?", short="Partner")]
    name: Annotated[OrNotKnown[Line], Ask("Name")]
    date: Annotated[OrNotKnown[PastDay], Ask("Date of the contact", short="Date")]
    said: Annotated[LongText, Ask("What did they say or do?", short="Advice")]


_TEAM = chosen("team", "yes")


class Planning(Page):
    """The local team, and what was planned with it."""

    id: ClassVar[str] = "planning"
    question_set: ClassVar[str] = "planning"
    task: ClassVar[str] = "Planning with the council"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "What have you planned with the council’s local team?"
    intro: ClassVar[str] = "The council’s team for your area helps schools before a request is made."

    team: Annotated[
        YesNo,
        Ask("Is that team involved for {pupil}?", why="Schools turn to it for support and advice in each case."),
    ]
    team_contact: Annotated[
        Line | None,
        Ask("Whom did you talk to there?", hint="Name and post.", when=_TEAM, needed=True),
    ] = None
    team_on: Annotated[PastDay | None, Ask("Since when?", when=_TEAM, needed=True)] = None
    meetings: Annotated[
        tuple[Meeting, ...],
        Ask("Meetings", hint="Add each meeting about {pupil}.", why="A request is talked over there first."),
    ] = ()
    partners: Annotated[
        tuple[PartnerContact, ...],
        Ask("Partners who were asked", hint="Add each one. Leave blank if there was none."),
    ] = ()

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """The school's own work."""
        return school_refers(answers)
