"""For the designated safeguarding lead: the child protection chronology and risks; restricted, printed last (E158)."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Card, Choice, YesNo
from forms.kit.page import Context, Page, Problem
from forms.kit.shown import chosen
from forms.kit.types import Line, LongText, Name, PastDay


class Kind(Choice):
    """How the chronology is given."""

    HERE = "chronology", "I will enter it here"
    ATTACHED = "attached", "I will attach our own"
    NIL = "nil", "There are no concerns: the DSL signs a nil return"
    ELSEWHERE = "elsewhere", "We hold no record, but somebody else may"


class Category(Choice):
    """Kinds of event in a chronology."""

    CONCERN = "concern", "Concern"
    DISCLOSURE = "disclosure", "Disclosure by the child"
    REFERRAL = "referral", "Referral to children’s services"
    STRATEGY = "strategy", "Strategy meeting"
    CONFERENCE = "conference", "Child protection conference"
    PLAN_START = "plan_start", "Start of a plan"
    PLAN_END = "plan_end", "End of a plan"
    CARE = "care", "Coming into care or leaving it"
    POLICE = "police", "Police"
    MISSING = "missing", "Missing"
    EARLY_HELP = "early_help", "Early help"
    ATTENDANCE = "attendance", "Attendance"
    EXCLUSION = "exclusion", "Suspension or exclusion"
    HEALTH = "health", "Health"
    POSITIVE = "positive", "Something that went well"
    OTHER = "other", "Something else"


class Entry(Card):
    """An event."""

    date: Annotated[
        PastDay, Ask("Date of the event", short="Date", also=("incident date", "event date", "date of incident"))
    ]
    recorded: Annotated[
        PastDay | None,
        Ask("Date recorded", hint="If it was another day.", short="Recorded", also=("date added", "logged")),
    ] = None
    category: Annotated[
        Category,
        Ask("Kind of event", short="Kind", also=("type", "category", "categories", "event type", "concern type")),
    ]
    what: Annotated[
        LongText,
        Ask(
            "What happened?",
            hint="Facts in a few lines. Other people as initials or by their role.",
            short="Event",
            also=("details", "incident", "concern", "summary", "description"),
        ),
    ]
    source: Annotated[
        Line | None,
        Ask(
            "How is it known?",
            hint="For example class teacher, parent, police.",
            also=("reported by", "informant"),
        ),
    ] = None
    told: Annotated[Line | None, Ask("Who was told?")] = None
    action: Annotated[
        LongText,
        Ask(
            "What was done, and who decided it?",
            short="Action",
            also=("actions", "action taken", "actions taken", "response"),
        ),
    ]
    outcome: Annotated[LongText | None, Ask("What came of it?", short="Outcome")] = None
    still_open: Annotated[YesNo | None, Ask("Is it still open?", short="Open")] = None
    recorded_by: Annotated[
        Line,
        Ask(
            "Recorded by",
            hint="Role, for example deputy DSL.",
            also=("added by", "logged by", "author", "submitted by", "staff"),
        ),
    ]


_NIL = chosen("kind", "nil")


class Chronology(Page):
    """All child protection concerns, or the DSL's word that there are none."""

    id: ClassVar[str] = "chronology"
    task: ClassVar[str] = "Chronology"
    carried: ClassVar[bool] = True
    not_carried: ClassVar[frozenset[str]] = frozenset({"kind", "nil_dsl", "nil_date"})
    heading: ClassVar[str] = "Which child protection concerns have there been?"
    intro: ClassVar[str] = (
        "For the designated safeguarding lead (DSL). This part is printed last and marked as restricted. "
        "Attach no body maps and no records about other children."
    )
    screen: ClassVar[str] = "questions"

    kind: Annotated[
        Kind | None,
        Ask(
            "How will you give the chronology?",
            hint="Every pupil on roll needs one of the first three.",
            why="Whoever teaches {pupil} has to know of concerns from the outset, in order to keep the child safe.",
        ),
    ] = None
    entries: Annotated[
        tuple[Entry, ...],
        Ask(
            "Events, oldest first",
            hint="Significant events, good and bad. Rows can be pasted from a spreadsheet.",
            when=chosen("kind", "chronology"),
            needed=True,
        ),
    ] = ()
    nil_dsl: Annotated[
        Name | None,
        Ask(
            "Name of the DSL who has looked",
            hint="The DSL states that your records hold no child protection concerns about {pupil}.",
            when=_NIL,
            needed=True,
        ),
    ] = None
    nil_date: Annotated[PastDay | None, Ask("Date on which the DSL looked", when=_NIL, needed=True)] = None
    holder: Annotated[
        LongText | None,
        Ask(
            "Who may hold a record?",
            hint="For example a former school, or a council where the family lived.",
            when=chosen("kind", "elsewhere"),
            needed=True,
        ),
    ] = None

    def doubts(self, context: Context) -> Iterable[Problem]:
        """Events out of order."""
        dates = [entry.date for entry in self.entries]
        for number, (before, after) in enumerate(pairwise(dates), start=1):
            if after < before:
                yield Problem(
                    self.id,
                    ("entries", number, "date"),
                    "This event is older than the one above it. Reorder them.",
                )
                return


_KNOWN = chosen("known", "yes")


class Risks(Page):
    """What whoever teaches has to know for a risk assessment (E89, E157)."""

    id: ClassVar[str] = "risks"
    task: ClassVar[str] = "Risk information"
    heading: ClassVar[str] = "What does whoever teaches {pupil} have to know to keep everybody safe?"
    intro: ClassVar[str] = "The provider makes its own risk assessment from this, before it first meets {pupil}."

    known: Annotated[
        YesNo | None,
        Ask(
            "Are there risks that a provider should know of?",
            hint="For {pupil}, for other pupils or for staff. Say no if you know of none.",
            why="Concerns are shared from the outset, so that teaching can start safely.",
        ),
    ] = None
    pupil_risks: Annotated[
        LongText | None,
        Ask(
            "Which risks, and what keeps them small?",
            hint="For example self-harm, leaving without a word, allergies, seizures, what upsets {pupil}.",
            when=_KNOWN,
            needed=True,
        ),
    ] = None
    venue_risks: Annotated[
        LongText | None,
        Ask("What should a place of teaching have or avoid?", hint="Exits, noise, people nearby, travel.", when=_KNOWN),
    ] = None
    told_by: Annotated[
        Line | None,
        Ask("Who will talk with the provider before teaching starts?", hint="Name and role. Usually the DSL."),
    ] = None
