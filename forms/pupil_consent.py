"""The pupil's own agreement, where a council asks for it; and who judged that it cannot be given (D42)."""

from typing import Annotated, ClassVar

from forms.consent import Method
from forms.kit.ask import Ask, Choice
from forms.kit.page import Page
from forms.kit.shown import chosen
from forms.kit.types import Line, LongText, PastDay


class Agrees(Choice):
    """What the pupil says."""

    YES = "yes", "Yes"
    NO = "no", "No"
    CANNOT = "cannot", "Cannot be asked, or cannot decide"
    NOT_YET = "not_yet", "Has not been asked yet"


class Because(Choice):
    """The narrow grounds on which nobody waits for the pupil's agreement."""

    AGE = "age", "Too young to understand"
    ILLNESS = "illness", "Too ill to be asked"
    CAPACITY = "capacity", "Lacks the capacity to decide this"


_ASKED = chosen("agrees", "yes", "no")
_CANNOT = chosen("agrees", "cannot")


class PupilConsent(Page):
    """What the pupil agrees to."""

    id: ClassVar[str] = "pupil_consent"
    question_set: ClassVar[str] = "pupil_consent"
    task: ClassVar[str] = "Agreement of the pupil"
    heading: ClassVar[str] = "Does {pupil} agree to this request?"
    intro: ClassVar[str] = "Explain in plain words what is asked for, and who will read it."

    agrees: Annotated[
        Agrees,
        Ask("Does {pupil} agree?", why="The council asks for the agreement of parents and pupil before anything else."),
    ]
    date: Annotated[PastDay | None, Ask("When was that said?", when=_ASKED, needed=True)] = None
    method: Annotated[Method | None, Ask("How was it said?", when=_ASKED, needed=True)] = None
    asked_by: Annotated[Line | None, Ask("Who asked?", hint="Name and role.", when=_ASKED, needed=True)] = None
    refusal: Annotated[
        LongText | None,
        Ask("What does {pupil} not want, and why?", when=chosen("agrees", "no"), needed=True),
    ] = None
    because: Annotated[
        Because | None,
        Ask("Why can {pupil} not decide this?", hint="Nothing else counts here.", when=_CANNOT, needed=True),
    ] = None
    reason: Annotated[
        LongText | None,
        Ask("What shows that?", hint="It is printed with the request.", when=_CANNOT, needed=True),
    ] = None
    judged_by: Annotated[
        Line | None,
        Ask("Who judged so?", hint="Name and post, for example the doctor or a parent.", when=_CANNOT, needed=True),
    ] = None
    judged_on: Annotated[PastDay | None, Ask("When was that judged?", when=_CANNOT)] = None
