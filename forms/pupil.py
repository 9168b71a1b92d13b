"""Who the pupil is, and which services look after the pupil."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from forms.census import Ethnicity, SenNeed
from forms.kit.ask import Ask, Choice, OrNotKnown, RawCard, YesNo
from forms.kit.calendar import compulsory_age, earlier_leaving_date
from forms.kit.dates import long_day
from forms.kit.page import Page
from forms.kit.shown import chosen, not_chosen
from forms.kit.types import BirthDay, Email, Line, LongText, Name, Phone, Postcode, Upn


class Sex(Choice):
    """As in the school census."""

    FEMALE = "F", "Female"
    MALE = "M", "Male"


class YearGroup(Choice):
    """National curriculum years; the stored value is the figure, reception being 0."""

    RECEPTION = "0", "Reception"
    Y1 = "1", "Year 1"
    Y2 = "2", "Year 2"
    Y3 = "3", "Year 3"
    Y4 = "4", "Year 4"
    Y5 = "5", "Year 5"
    Y6 = "6", "Year 6"
    Y7 = "7", "Year 7"
    Y8 = "8", "Year 8"
    Y9 = "9", "Year 9"
    Y10 = "10", "Year 10"
    Y11 = "11", "Year 11"
    Y12 = "12", "Year 12"
    Y13 = "13", "Year 13"


class YearReason(Choice):
    """Why a pupil is not in the year of the date of birth; the first matters above school age (E50)."""

    REPEATS_HEALTH = "repeats_health", "Repeats a year because of health"
    REPEATS = "repeats", "Repeats a year for another reason"
    DEFERRED = "deferred", "Started school a year later"
    AHEAD = "ahead", "Is taught with an older year"


class Pupil(Page):
    """The pupil, as in the admission register."""

    id: ClassVar[str] = "pupil"
    task: ClassVar[str] = "Pupil"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "Who is the pupil?"
    intro: ClassVar[str] = "Copy these from your MIS, so that the council finds the same child in its own records."

    first_name: Annotated[Name, Ask("First names", hint="All of them, as in the admission register.")]
    surname: Annotated[Name, Ask("Surname", hint="The legal one.")]
    preferred_name: Annotated[Name | None, Ask("Name used every day", hint="If it is not the first name.")] = None
    previous_names: Annotated[
        Line | None,
        Ask("Previous names", why="Older letters from services may carry another name."),
    ] = None
    born: Annotated[
        BirthDay,
        Ask(
            "Date of birth",
            hint="For example, 27 3 2012.",
            why="It settles the year group and whether {pupil} is of compulsory school age.",
        ),
    ]
    sex: Annotated[Sex, Ask("Sex", hint="As in the school census.")]
    upn: Annotated[
        OrNotKnown[Upn],
        Ask(
            "Unique pupil number (UPN)",
            hint="13 characters, from your MIS. A temporary number ends in a letter.",
            why="It lets the council match this referral with what it already holds.",
        ),
    ]
    year_group: Annotated[
        YearGroup | None,
        Ask(
            "Year group, if it is not the usual one",
            hint="Leave this blank when the year fits the date of birth: it is worked out.",
        ),
    ] = None
    year_reason: Annotated[
        YearReason | None,
        Ask(
            "Why is {pupil} in another year group?",
            when=lambda raw: bool(raw.get("year_group")),
            needed=True,
        ),
    ] = None
    address: Annotated[LongText, Ask("Home address", hint="Without the postcode.")]
    postcode: Annotated[Postcode, Ask("Postcode", hint="For example, SW1A 2AA.")]
    home_la: Annotated[
        Line,
        Ask(
            "Council of the home address",
            hint="The county or unitary council, which is the one for education.",
            why="The duty to arrange education lies with the council where {pupil} lives.",
        ),
    ]
    ethnicity: Annotated[
        Ethnicity | None,
        Ask("Ethnicity", hint="As recorded in your MIS: type a word or the code.", why="You may leave this out."),
    ] = None
    home_language: Annotated[Line | None, Ask("Language spoken at home", hint="If it is not English.")] = None
    eal: Annotated[
        YesNo | None,
        Ask("Is English an additional language?", hint="As in the school census."),
    ] = None
    interpreter: Annotated[YesNo | None, Ask("Does {pupil} need an interpreter or signer?")] = None
    sen_primary: Annotated[
        SenNeed | None,
        Ask(
            "Main type of special educational need",
            hint="If your SEN record has one. Type a word or the code.",
            why="What is suitable education depends on special educational needs too.",
        ),
    ] = None
    sen_secondary: Annotated[
        SenNeed | None,
        Ask("Second type of need", hint="If there is one.", when=lambda raw: bool(raw.get("sen_primary"))),
    ] = None
    service_child: Annotated[
        YesNo | None,
        Ask("Is a parent serving in the regular armed forces?"),
    ] = None

    def derived(self) -> Mapping[str, str]:
        """Compulsory school age; where the law can be read in two ways, both ends of it."""
        begins, ends = compulsory_age(self.born)
        words = f"{long_day(begins)} to {long_day(ends)}"
        earlier = earlier_leaving_date(self.born)
        if earlier is not None:
            words = f"{long_day(begins)} to {long_day(earlier)} or {long_day(ends)}: ask the council which it is"
        return {"Compulsory school age": words}


class SocialCare(Choice):
    """The present status with children's services; what is over belongs in the chronology."""

    NONE = "none", "None"
    EARLY_HELP = "early_help", "Early help plan or family support"
    CHILD_IN_NEED = "child_in_need", "Child in need plan"
    CHILD_PROTECTION = "child_protection", "Child protection plan"
    ASSESSMENT = "assessment", "Being assessed by children’s services"


_SUPPORTED = chosen("social_care", *(status.value for status in SocialCare if status is not SocialCare.NONE))


def _has_worker(raw: RawCard) -> bool:
    return raw.get("in_care") == "yes" or _SUPPORTED(raw)


class Care(Page):
    """Care, protection and early help."""

    id: ClassVar[str] = "care"
    task: ClassVar[str] = "Care and support at home"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "Which services look after {pupil}’s welfare?"
    intro: ClassVar[str] = "Only what stands today. What happened before belongs in the chronology."

    in_care: Annotated[
        YesNo,
        Ask(
            "Is {pupil} in the care of a council?",
            why="Social worker and virtual school should take part in decisions about a child in care.",
        ),
    ]
    care_authority: Annotated[
        Line | None,
        Ask("Which council is responsible?", when=chosen("in_care", "yes"), needed=True),
    ] = None
    virtual_school: Annotated[
        Line | None,
        Ask(
            "Contact at the virtual school",
            hint="Name and e-mail address or telephone number.",
            when=chosen("in_care", "yes"),
        ),
    ] = None
    social_care: Annotated[
        SocialCare | None,
        Ask(
            "What help does the family have at present?",
            why="Whoever teaches {pupil} has to know who is already responsible for keeping the child safe.",
            when=not_chosen("in_care", "yes"),
            needed=True,
        ),
    ] = None
    worker_name: Annotated[
        OrNotKnown[Name] | None,
        Ask(
            "Social worker or lead professional",
            why="The council asks the services that already know the family.",
            when=_has_worker,
            needed=True,
        ),
    ] = None
    worker_phone: Annotated[Phone | None, Ask("Their telephone number", when=_has_worker)] = None
    worker_email: Annotated[Email | None, Ask("Their e-mail address", when=_has_worker)] = None
    young_carer: Annotated[
        YesNo | None,
        Ask("Does {pupil} care for somebody at home?", hint="For example for a parent who is ill."),
    ] = None
