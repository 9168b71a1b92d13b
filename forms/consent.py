"""Agreement of the family, and what the school declares."""

from collections.abc import Iterable
from typing import Annotated, ClassVar, Final

from forms.kit.ask import Ask, Choice, OrNotKnown, RawCard, YesNo
from forms.kit.page import Context, Page, Problem
from forms.kit.types import Line, LongText, PastDay


class Method(Choice):
    """How agreement was given."""

    WRITING = "writing", "In writing"
    PERSON = "person", "In person"
    TELEPHONE = "telephone", "By telephone or video call"
    EMAIL = "email", "By e-mail or message"


def _answered(raw: RawCard) -> bool:
    return raw.get("referral") in ("yes", "no")


def _refused(raw: RawCard) -> bool:
    return _answered(raw) and "no" in (raw.get("referral"), raw.get("sharing"), raw.get("clinicians"))


class Consent(Page):
    """What somebody with parental responsibility agrees to."""

    id: ClassVar[str] = "consent"
    task: ClassVar[str] = "Agreement of the parents"
    heading: ClassVar[str] = "Do {pupil}’s parents agree?"
    intro: ClassVar[str] = "Ask somebody with parental responsibility, and say what goes to whom."

    referral: Annotated[
        OrNotKnown[YesNo],
        Ask(
            "Do they agree to this referral?",
            why="A referral works best when the family wants it. It can still go ahead if they do not.",
        ),
    ]
    sharing: Annotated[
        YesNo | None,
        Ask(
            "Do they agree that information is shared with the council, health services and providers?",
            when=_answered,
            needed=True,
        ),
    ] = None
    clinicians: Annotated[
        YesNo | None,
        Ask(
            "Do they agree that the council contacts doctors and other clinicians?",
            why="Clinicians usually answer only when they know that the family agrees.",
            when=_answered,
            needed=True,
        ),
    ] = None
    who: Annotated[
        Line | None,
        Ask("Who said so?", hint="Name, and relationship to {pupil}.", when=_answered, needed=True),
    ] = None
    date: Annotated[PastDay | None, Ask("When?", when=_answered, needed=True)] = None
    method: Annotated[Method | None, Ask("How?", when=_answered, needed=True)] = None
    taken_by: Annotated[
        Line | None,
        Ask("Who asked them?", hint="Name and role.", when=_answered, needed=True),
    ] = None
    refusal: Annotated[
        LongText | None,
        Ask("What do they not agree to, and why?", when=_refused, needed=True),
    ] = None


class Statement(Choice):
    """What everybody who refers declares (E85, E86)."""

    COUNCIL_DECIDES = "council_decides", "We know that the council alone decides about this referral"
    NO_DIRECT = "no_direct", "We have not referred the pupil to a provider ourselves, and will not"
    LAWFUL = (
        "lawful",
        "We have noted our lawful basis for sharing this, and the family knows what goes where",
    )


class SchoolStatement(Choice):
    """What a school declares for a pupil on its roll (E53, E76, E77, E93, E137, E166, E171)."""

    ON_ROLL = "on_roll", "The pupil stays on our roll"
    CODES = "codes", "We mark the register with the right codes, and with absence codes until teaching starts"
    TOGETHER = "together", "We work with the provider, so that the pupil does not fall behind because of illness"
    SAFEGUARDING = (
        "safeguarding",
        "We keep oversight of safeguarding and stay responsible for it, with sound arrangements off site",
    )
    REVIEWS = "reviews", "We host, chair and minute a review about every six weeks"


_STATEMENTS: Final = frozenset(Statement)
_SCHOOL_STATEMENTS: Final = frozenset(SchoolStatement)


class Declarations(Page):
    """What is agreed to by referring."""

    id: ClassVar[str] = "declarations"
    task: ClassVar[str] = "Declarations"
    heading: ClassVar[str] = "What do you declare?"
    intro: ClassVar[str] = "Read each statement, and tick it if it is so."

    statements: Annotated[
        tuple[Statement, ...],
        Ask(
            "About this referral",
            hint="All of them are needed.",
            why="They say who decides, and that information about a child is shared lawfully.",
        ),
    ]
    school_statements: Annotated[
        tuple[SchoolStatement, ...],
        Ask(
            "If {pupil} is on the roll of your school",
            hint="All of them are needed then.",
            why="A pupil who is taught elsewhere for a time remains the school’s pupil.",
        ),
    ] = ()

    def doubts(self, context: Context) -> Iterable[Problem]:
        """Statements that were left out."""
        if set(self.statements) != _STATEMENTS:
            yield self.doubt("statements", "Tick every statement about this referral, or talk to the council first.")
        if self.school_statements and set(self.school_statements) != _SCHOOL_STATEMENTS:
            yield self.doubt(
                "school_statements", "Tick every statement about a pupil on roll, or talk to the council first."
            )
