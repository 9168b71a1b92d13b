"""The adults in the pupil's life."""

from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Card, OrNotKnown, YesNo
from forms.kit.page import Page
from forms.kit.shown import chosen
from forms.kit.types import Email, Line, LongText, Name, Phone


class Adult(Card):
    """A parent, carer or other adult who matters."""

    name: Annotated[Name, Ask("Name")]
    relationship: Annotated[Line, Ask("Relationship", hint="For example mother, foster carer, grandfather.")]
    responsibility: Annotated[
        YesNo,
        Ask(
            "Parental responsibility?",
            short="PR",
            why="Only somebody with parental responsibility can agree to the referral.",
        ),
    ]
    lives_with: Annotated[YesNo, Ask("Does {pupil} live with them?", short="Lives with")]
    phone: Annotated[OrNotKnown[Phone], Ask("Telephone", hint="The number they answer in the daytime.")]
    email: Annotated[Email | None, Ask("E-mail")] = None
    address: Annotated[
        LongText | None,
        Ask("Their address", hint="If letters should go there too.", when=chosen("lives_with", "no")),
    ] = None
    interpreter: Annotated[
        Line | None,
        Ask("Interpreter or format needed", hint="For example Polish, British Sign Language, large print."),
    ] = None


class Family(Page):
    """Who is responsible for the pupil and how to reach them."""

    id: ClassVar[str] = "family"
    task: ClassVar[str] = "Family"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "Who cares for {pupil}?"
    intro: ClassVar[str] = "Everybody with parental responsibility, and any other adult {pupil} lives with."

    adults: Annotated[
        tuple[Adult, ...],
        Ask(
            "Parents and carers",
            hint="Add each adult.",
            why="The council talks to the family before it decides, and has to know who may agree to what.",
        ),
    ]
    emergency: Annotated[
        Line,
        Ask(
            "Emergency contact",
            hint="Name and telephone number. It may be one of the adults above.",
            why="Whoever teaches {pupil} needs one number that somebody answers.",
        ),
    ]
