"""One Planning and what the support costs."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from forms.kit.ask import Ask, Card, Choice, NotKnown, OrNotKnown
from forms.kit.messages import OWN
from forms.kit.page import Answers, Context, Page, Problem
from forms.kit.shown import chosen
from forms.kit.types import Count, Day, Line, LongText, Money, Number
from forms.route import Route, Sen, school_refers


class Provided(Choice):
    """Where something is: filled in here, or attached."""

    HERE = "here", "I will fill it in here"
    ATTACHED = "attached", "I will attach our own"
    NONE = "none", "There is none yet"


class Area(Choice):
    """Broad areas of need (SEND Code of Practice, from paragraph 6.28)."""

    COMMUNICATION = "communication", "Communication and interaction"
    COGNITION = "cognition", "Cognition and learning"
    SEMH = "semh", "Social, emotional and mental health"
    SENSORY = "sensory", "Sensory and physical"


class Result(Choice):
    """What a review found."""

    MET = "met", "Met"
    PARTLY = "partly", "Partly met"
    NOT = "not", "Not met"


_REVIEWED = chosen("result", "met", "partly", "not")


class Cycle(Card):
    """A turn of assess, plan, do and review."""

    start: Annotated[Day, Ask("Start of the cycle", short="Start")]
    areas: Annotated[tuple[Area, ...], Ask("Areas of need", hint="Tick those that it was about.")] = ()
    assess: Annotated[LongText, Ask("Assess", hint="What was known, and from whom: pupil, parents, staff, advisers.")]
    attendees: Annotated[Line | None, Ask("Who took part in planning?", short="Took part")] = None
    advice: Annotated[
        Line | None,
        Ask("Advice that went into it", hint="Whose, and from when.", short="Advice"),
    ] = None
    outcomes: Annotated[LongText, Ask("Plan: outcomes", hint="What should change for {pupil} in the long run.")]
    targets: Annotated[
        LongText | None,
        Ask("Plan: targets", hint="Small steps that can be seen or counted, each with its date."),
    ] = None
    provision: Annotated[LongText, Ask("Do: support given", hint="What, how often and for how long.")]
    who: Annotated[Line, Ask("Who gave it?", short="Who")]
    at_home: Annotated[Line | None, Ask("Who helped at home, and how?", short="At home")] = None
    review_date: Annotated[Day, Ask("Review date", short="Review")]
    result: Annotated[
        Result | None,
        Ask("Review: were the targets met?", hint="Leave blank until there was a review.", short="Result"),
    ] = None
    review_result: Annotated[
        LongText | None,
        Ask("What shows that?", hint="What was seen or measured.", when=_REVIEWED, needed=True, short="Shown by"),
    ] = None
    next_step: Annotated[
        LongText | None,
        Ask("What came next?", hint="What goes on, changes or stops.", when=_REVIEWED, short="Next"),
    ] = None


def reviews_too_early(page: str, cycles: Iterable[Cycle]) -> Iterator[Problem]:
    """Reviews that lie before their cycle began, on a page with the field ``cycles``."""
    for number, cycle in enumerate(cycles):
        if cycle.review_date < cycle.start:
            yield Problem(page, ("cycles", number, "review_date"), "The review is before the start. Check both.")


class OnePlan(Page):
    """The graduated approach on paper (E24)."""

    id: ClassVar[str] = "one_plan"
    question_set: ClassVar[str] = "one_plan"
    task: ClassVar[str] = "One Planning"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "How was support planned and reviewed?"

    provided: Annotated[
        Provided,
        Ask(
            "How will you show your planning?",
            hint="Attach your One Plans if you have them. There is no need to type them again.",
            why="Planning with pupil, parents and advisers is the evidence that support was thought through.",
        ),
    ]
    cycles: Annotated[
        tuple[Cycle, ...],
        Ask(
            "Cycles of assess, plan, do, review",
            hint="Add each cycle, the newest last.",
            when=chosen("provided", "here"),
            needed=True,
        ),
    ] = ()

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """The school's own work, where the council calls it so."""
        return school_refers(answers)

    def doubts(self, context: Context) -> Iterable[Problem]:
        """A review before its cycle began."""
        return reviews_too_early(self.id, self.cycles)


class OnePage(Page):
    """A profile of the pupil on one page: who somebody is, before what is wrong."""

    id: ClassVar[str] = "one_page"
    question_set: ClassVar[str] = "one_plan"
    task: ClassVar[str] = "One page profile"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "Who is {pupil}, in a few words?"
    intro: ClassVar[str] = "Nothing here is needed for the referral. A few words help whoever meets {pupil} first."

    admired: Annotated[LongText | None, Ask("What do people like and admire about {pupil}?")] = None
    important: Annotated[LongText | None, Ask("Who and what is important to {pupil}?")] = None
    support: Annotated[LongText | None, Ask("How is {pupil} best supported?")] = None
    works_pupil: Annotated[LongText | None, Ask("What works, says {pupil}?")] = None
    works_not_pupil: Annotated[LongText | None, Ask("What does not work, says {pupil}?")] = None
    works_parents: Annotated[LongText | None, Ask("What works, say the parents?")] = None
    works_not_parents: Annotated[LongText | None, Ask("What does not work, say the parents?")] = None
    works_school: Annotated[LongText | None, Ask("What works, says school?")] = None
    works_not_school: Annotated[LongText | None, Ask("What does not work, says school?")] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Where the planning is written here."""
        return answers.asks(OnePlan) and answers.value(OnePlan, "provided") == Provided.HERE


def _somebody(value: Decimal) -> Decimal:
    if value < 1:
        raise PydanticCustomError(f"{OWN}_number", "A group has at least one pupil.")
    return value


SCHOOL_WEEKS = Decimal(38)
"""Weeks of teaching in a school year: 190 days."""


class ProvisionRow(Card):
    """A line of costed support (E29)."""

    what: Annotated[Line, Ask("Support", hint="For example learning mentor, small group for reading.")]
    hours: Annotated[Number, Ask("Hours a week", short="Hours")]
    weeks: Annotated[Number, Ask("Weeks", hint="In this school year, those planned as well.")]
    weeks_done: Annotated[
        Number | None,
        Ask("Of these, weeks so far", hint="Leave blank if all of them have passed.", short="So far"),
    ] = None
    hourly_cost: Annotated[Money, Ask("Cost an hour (£)", hint="With the employer’s costs.", short="£ an hour")]
    group_size: Annotated[
        Annotated[Count, AfterValidator(_somebody)] | None,
        Ask("Pupils sharing it", hint="Leave blank for one.", short="Group"),
    ] = None
    one_off: Annotated[Money | None, Ask("Equipment and other single costs (£)", short="Single £")] = None

    def cost(self, weeks: Decimal | None = None) -> Decimal:
        """Pounds for this pupil: hours x weeks x cost an hour, shared, and single costs; by default of all weeks."""
        weeks = self.weeks if weeks is None else weeks
        shared = self.hours * weeks * self.hourly_cost / (self.group_size or Decimal(1))
        return (shared + (self.one_off or Decimal(0))).quantize(Decimal("0.01"))

    def spent(self) -> Decimal:
        """Pounds so far."""
        return self.cost(self.weeks_done)

    def derived(self) -> Mapping[str, str]:
        """The cost of the row."""
        return {"Cost £": f"{self.cost():,}"}


class Provision(Page):
    """How the school's own SEN money was used (E29, E30)."""

    id: ClassVar[str] = "provision"
    question_set: ClassVar[str] = "costed_support"
    task: ClassVar[str] = "Costed support"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "What has the school’s own money paid for?"
    intro: ClassVar[str] = "Support for {pupil} beyond what every pupil has. Good estimates are enough."

    rows: Annotated[
        OrNotKnown[tuple[ProvisionRow, ...]],
        Ask(
            "Costed support",
            hint="Add each kind of support.",
            why="Schools are expected to show how they used their own SEN money. A low total bars nothing.",
        ),
    ]

    def derived(self) -> Mapping[str, str]:
        """The total, beside the sum that schools are expected to meet themselves (E30)."""
        if isinstance(self.rows, NotKnown):
            return {}
        total = sum((row.cost() for row in self.rows), Decimal(0))
        spent = sum((row.spent() for row in self.rows), Decimal(0))
        year = sum((row.cost(SCHOOL_WEEKS) for row in self.rows), Decimal(0))
        return {
            "Total": f"£{total:,} (schools are expected to meet the first £6,000 themselves)",
            "Spent so far": f"£{spent:,}",
            "If it went on for a whole school year": f"£{year:,}, over {SCHOOL_WEEKS} weeks",
        }

    def doubts(self, context: Context) -> Iterable[Problem]:
        """More weeks gone than there are."""
        for number, row in enumerate(() if isinstance(self.rows, NotKnown) else self.rows):
            if row.weeks_done is not None and row.weeks_done > row.weeks:
                yield Problem(self.id, ("rows", number, "weeks_done"), "More weeks so far than in all. Check both.")

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """The school's own work, where special educational needs are recorded."""
        return school_refers(answers) and answers.value(Route, "sen") != Sen.NONE
