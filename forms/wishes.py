"""Which kind of provision the school would like, and who speaks for it (D45, D46, D49, D50)."""

from typing import Annotated, ClassVar

from forms.clinical_advice import asks_for_help
from forms.kit.ask import Ask, Choice, OrNotKnown
from forms.kit.page import Answers, Page
from forms.kit.types import Line, LongText, Name, Phone
from forms.route import school_refers


class Kind(Choice):
    """Kinds of provision: a place in a centre, or from other providers."""

    CENTRE = "centre", "A place at a learning centre"
    ONLINE = "online", "Lessons on line"
    REMOTE = "remote", "Other teaching from a distance"
    TUTORING = "tutoring", "Tutoring"
    MENTORING = "mentoring", "Mentoring"
    THERAPEUTIC = "therapeutic", "A provider with therapeutic education"
    RETURN = "return", "Support with the return to school"


class Wishes(Page):
    """Kinds of provision that would suit."""

    id: ClassVar[str] = "wishes"
    question_set: ClassVar[str] = "wishes"
    task: ClassVar[str] = "Kind of provision"
    heading: ClassVar[str] = "Which kind of provision would suit {pupil}?"
    intro: ClassVar[str] = "It is a wish. The council decides what it offers."

    kinds: Annotated[tuple[Kind, ...], Ask("Kinds of provision", hint="Choose all that would suit.")]
    not_suitable: Annotated[
        LongText | None,
        Ask("What would not suit, and why?", hint="For example a large group. Leave blank if nothing is known."),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Where provision is asked for."""
        return not asks_for_help(answers)


class Panel(Page):
    """Who goes to the meeting that decides."""

    id: ClassVar[str] = "panel"
    question_set: ClassVar[str] = "panel"
    task: ClassVar[str] = "The panel"
    heading: ClassVar[str] = "Who speaks for {pupil} at the panel?"
    intro: ClassVar[str] = "A panel of the council talks every request over, with somebody from school."

    representative: Annotated[
        OrNotKnown[Name],
        Ask("Who goes for the school?", why="The panel expects somebody from school who knows {pupil}."),
    ]
    role: Annotated[Line | None, Ask("Their post in school")] = None
    phone: Annotated[Phone | None, Ask("Their telephone on that day")] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """The school's own work, where something goes to the panel."""
        return school_refers(answers) and not asks_for_help(answers)
