"""One Planning and what the support costs."""

from collections.abc import Iterable, Mapping
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


class Cycle(Card):
    """A turn of assess, plan, do and review."""

    start: Annotated[Day, Ask("Start of the cycle", short="Start")]
    assess: Annotated[LongText, Ask("Assess", hint="What was known, and from whom: pupil, parents, staff, advisers.")]
    outcomes: Annotated[LongText, Ask("Plan: outcomes", hint="What should change for {pupil}, and by when.")]
    provision: Annotated[LongText, Ask("Do: support given", hint="What, how often and for how long.")]
    who: Annotated[Line, Ask("Who gave it?", short="Who")]
    review_date: Annotated[Day, Ask("Review date", short="Review")]
    review_result: Annotated[
        LongText | None,
        Ask("Review: what came of it", hint="Met, partly met or not met, and what happens next.", short="Result"),
    ] = None


class OnePlan(Page):
    """The graduated approach on paper (E24)."""

    id: ClassVar[str] = "one_plan"
    task: ClassVar[str] = "One Planning"
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
        """The school's own work."""
        return school_refers(answers)

    def doubts(self, context: Context) -> Iterable[Problem]:
        """A review before its cycle began."""
        for number, cycle in enumerate(self.cycles):
            if cycle.review_date < cycle.start:
                yield Problem(self.id, ("cycles", number, "review_date"), "The review is before the start. Check both.")


def _somebody(value: Decimal) -> Decimal:
    if value < 1:
        raise PydanticCustomError(f"{OWN}_number", "A group has at least one pupil.")
    return value


class ProvisionRow(Card):
    """A line of costed support (E29)."""

    what: Annotated[Line, Ask("Support", hint="For example learning mentor, small group for reading.")]
    hours: Annotated[Number, Ask("Hours a week")]
    weeks: Annotated[Number, Ask("Weeks", hint="In this school year, those planned as well.")]
    hourly_cost: Annotated[Money, Ask("Cost an hour (£)", hint="With the employer’s costs.", short="£ an hour")]
    group_size: Annotated[
        Annotated[Count, AfterValidator(_somebody)] | None,
        Ask("Pupils sharing it", hint="Leave blank for one.", short="Group"),
    ] = None
    one_off: Annotated[Money | None, Ask("Equipment and other single costs (£)", short="Single costs £")] = None

    def cost(self) -> Decimal:
        """Pounds for this pupil: hours x weeks x cost an hour, shared, and single costs."""
        shared = self.hours * self.weeks * self.hourly_cost / (self.group_size or Decimal(1))
        return (shared + (self.one_off or Decimal(0))).quantize(Decimal("0.01"))

    def derived(self) -> Mapping[str, str]:
        """The cost of the row."""
        return {"Cost £": f"{self.cost():,}"}


class Provision(Page):
    """How the school's own SEN money was used (E29, E30)."""

    id: ClassVar[str] = "provision"
    task: ClassVar[str] = "Costed support"
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
        return {"Total": f"£{total:,} (schools are expected to meet the first £6,000 themselves)"}

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """The school's own work, where special educational needs are recorded."""
        return school_refers(answers) and answers.value(Route, "sen") != Sen.NONE
