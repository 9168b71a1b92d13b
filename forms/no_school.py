"""A pupil without a school: who refers, who teaches, and the search for a place (E45-E48)."""

from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Choice, OrNotKnown, YesNo
from forms.kit.page import Answers, Page
from forms.kit.shown import chosen
from forms.kit.types import Day, Email, Line, LongText, Name, PastDay, Phone
from forms.route import unit_refers, with_school


class Application(Choice):
    """How far the family is with a school place (E46)."""

    APPLIED = "applied", "An application has been made"
    OFFERED = "offered", "A place has been offered"
    REFUSED = "refused", "A place was refused, or there is an appeal"
    NOT_YET = "not_yet", "No application has been made yet"
    NOT_WANTED = "not_wanted", "The family does not want a school place at present"


_FOUND = chosen("fair_access", "yes")


class NoSchool(Page):
    """What stands in the place of a school, and how a school place is looked for."""

    id: ClassVar[str] = "no_school"
    task: ClassVar[str] = "Without a school"
    carried: ClassVar[bool] = True
    not_carried: ClassVar[frozenset[str]] = frozenset(
        {
            "application", "application_details", "application_reason", "fair_access", "fair_access_school",
            "fair_access_date",
        }
    )  # fmt: skip
    heading: ClassVar[str] = "How is {pupil} taught at present, and is a school place being looked for?"

    teaching: Annotated[
        OrNotKnown[LongText],
        Ask(
            "Who teaches {pupil} at present, and what?",
            hint="For example the parents, mathematics and English, an hour a day. Say so if it is nobody.",
        ),
    ]
    former_school: Annotated[
        OrNotKnown[Line],
        Ask(
            "Last school",
            hint="Name and town. Say so if there has been none.",
            why="A former school may hold papers that help, and a safeguarding record.",
        ),
    ]
    left_on: Annotated[PastDay | None, Ask("Left it on", hint="The month is near enough.")] = None
    application: Annotated[
        Application,
        Ask(
            "How far is the search for a school place?",
            why="While the council helps, parents go on looking for a place, so that the pupil can go to school later.",
        ),
    ]
    application_details: Annotated[
        LongText | None,
        Ask("Which schools, and when?", when=chosen("application", "applied", "offered", "refused"), needed=True),
    ] = None
    application_reason: Annotated[
        LongText | None,
        Ask(
            "Why not, and what would change it?",
            when=chosen("application", "not_yet", "not_wanted"),
            needed=True,
        ),
    ] = None
    fair_access: Annotated[
        YesNo,
        Ask(
            "Has a place been secured under the council’s fair access protocol?",
            why="For a pupil taught at home by the family’s choice, support usually follows once a place is secured.",
        ),
    ]
    fair_access_school: Annotated[Line | None, Ask("At which school?", when=_FOUND, needed=True)] = None
    fair_access_date: Annotated[
        Day | None,
        Ask("From when?", hint="Date of the placement, past or to come.", when=_FOUND, needed=True),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Only without a school."""
        return not with_school(answers)


class ReferrerPage(Page):
    """Who refers where no school does."""

    id: ClassVar[str] = "referrer"
    task: ClassVar[str] = "Who refers"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "Who is making this referral?"
    intro: ClassVar[str] = "The council writes to this person, who also signs the referral."

    name: Annotated[Name, Ask("Name")]
    role: Annotated[Line, Ask("Role", hint="For example teacher in charge, family worker, mother.")]
    organisation: Annotated[Line, Ask("Organisation", hint="Unit, service or team. A parent writes “family”.")]
    phone: Annotated[Phone, Ask("Telephone")]
    email: Annotated[Email, Ask("E-mail", hint="An address that is read often.")]

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Without a school, and where a unit refers."""
        return not with_school(answers) or unit_refers(answers)
