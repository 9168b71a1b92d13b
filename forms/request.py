"""What the council is asked to arrange."""

from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Card, YesNo
from forms.kit.page import Page
from forms.kit.shown import chosen
from forms.kit.types import Day, Line, LongText, Number

_HOME = chosen("home_wanted", "yes")


class ReturnAdjustment(Card):
    """An adjustment that has to be in place before the pupil comes back (E105)."""

    what: Annotated[Line, Ask("What will be ready?", short="Adjustment")]
    ready: Annotated[Day | None, Ask("By when?", short="Ready by")] = None


class Request(Page):
    """Provision, place and time."""

    id: ClassVar[str] = "request"
    task: ClassVar[str] = "The request"
    heading: ClassVar[str] = "What would you like the council to arrange?"
    intro: ClassVar[str] = "The council decides what it offers. Say what you think would help, as far as you can."

    provision: Annotated[
        LongText | None,
        Ask("Support wanted", hint="For example teaching in a small group, a tutor, help with coming back."),
    ] = None
    venue: Annotated[Line | None, Ask("Place", hint="For example in school, a library, a centre.")] = None
    home_wanted: Annotated[
        YesNo,
        Ask(
            "Are you asking for teaching at home?",
            why="Teaching at home is an exception: it needs medical advice and an adult who is there all the time.",
        ),
    ]
    responsible_adult: Annotated[
        LongText | None,
        Ask(
            "Which responsible adult will be there?",
            hint="Names, and the days and times when they can be there.",
            when=_HOME,
            needed=True,
        ),
    ] = None
    home_risks: Annotated[
        LongText | None,
        Ask(
            "Is there anything a visitor to the home should know?",
            hint="For example parking, pets, smoking, or who else is there. Say so if there is nothing.",
            why="Whoever teaches at home makes a risk assessment first.",
            when=_HOME,
        ),
    ] = None
    room: Annotated[
        Line | None,
        Ask(
            "Is there a quiet place in school to work?",
            hint="A room, and when it is free.",
        ),
    ] = None
    hours: Annotated[Number | None, Ask("Hours a week", hint="As much as health allows.")] = None
    start: Annotated[Day | None, Ask("From when?")] = None
    length: Annotated[Line | None, Ask("For how long?", hint="For example one term.")] = None
    intended_return: Annotated[
        LongText | None,
        Ask(
            "How do you see {pupil} coming back?",
            hint="First steps, people and places, even if it is too early for dates.",
            why="Support away from school is meant to be short and to lead back.",
        ),
    ] = None
    return_date: Annotated[Day | None, Ask("Expected date of return", hint="If somebody can say.")] = None
    return_adjustments: Annotated[
        tuple[ReturnAdjustment, ...],
        Ask(
            "Adjustments that will be ready for the return",
            hint="Leave blank if it is too early to say.",
            why="Adjustments have to be in place before a pupil comes back.",
        ),
    ] = ()
