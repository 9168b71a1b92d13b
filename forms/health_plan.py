"""The individual healthcare plan: whether there is one, and its contents where a school writes it here (E26).

The contents are those of the Department for Education's voluntary template of 2014. Nothing of it is compulsory.
"""

from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Card, Choice, OrNotKnown, YesNo
from forms.kit.page import Answers, Page
from forms.kit.shown import chosen
from forms.kit.types import Day, Line, LongText, PastDay
from forms.route import school_refers


class SharedWithPupil(Choice):
    """A plan is shared with the pupil where that fits."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_SUITABLE = "not_suitable", "It would not be right at present"


_EXISTS = chosen("exists", "yes")


class PlanPaper(Choice):
    """Where the plan is."""

    ATTACHED = "attached", "We attach our own"
    HERE = "here", "I will fill it in here"


class HealthPlan(Page):
    """The individual healthcare plan (E26)."""

    id: ClassVar[str] = "health_plan"
    task: ClassVar[str] = "Healthcare plan"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "Is there an individual healthcare plan for {pupil}?"
    intro: ClassVar[str] = "A plan made with health professionals that says how health needs are met in school."

    exists: Annotated[
        YesNo,
        Ask(
            "Is there a plan?",
            hint="Answer yes as well if you want to write it here.",
            why="A plan is not compulsory, but it shows how health needs can be met in school.",
        ),
    ]
    provided: Annotated[
        PlanPaper | None,
        Ask(
            "How will you show it?",
            hint="Your own is as good as ours.",
            when=_EXISTS,
        ),
    ] = None
    made: Annotated[PastDay | None, Ask("Date of the plan", when=_EXISTS, needed=True)] = None
    review_due: Annotated[Day | None, Ask("Next review", when=_EXISTS)] = None
    shared_parents: Annotated[YesNo | None, Ask("Have the parents seen it?", when=_EXISTS, needed=True)] = None
    shared_pupil: Annotated[SharedWithPupil | None, Ask("Has {pupil} seen it?", when=_EXISTS, needed=True)] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """The school's own work."""
        return school_refers(answers)


def _written_here(answers: Answers) -> bool:
    """Whether the plan is filled in rather than attached."""
    return answers.asks(HealthPlan) and answers.value(HealthPlan, "provided") == PlanPaper.HERE


class Taking(Choice):
    """How a medicine is taken."""

    ALONE = "alone", "The pupil takes it alone"
    WATCHED = "watched", "The pupil takes it, and somebody watches"
    GIVEN = "given", "Somebody gives it"


class Medicine(Card):
    """A medicine that is taken at school or bears on school."""

    name: Annotated[Line, Ask("Medicine")]
    dose: Annotated[Line, Ask("Dose")]
    when: Annotated[Line, Ask("When?", hint="Times, or what it is taken for.", short="When")]
    method: Annotated[Line | None, Ask("How is it taken?", hint="By mouth, inhaled, injected.", short="Method")] = None
    taking: Annotated[Taking | None, Ask("Who takes care of it?", short="Taken")] = None
    by_whom: Annotated[Line | None, Ask("Who gives it or watches?", short="By whom")] = None
    side_effects: Annotated[Line | None, Ask("Side effects")] = None
    not_with: Annotated[Line | None, Ask("When it should not be given", short="Not when")] = None


class HealthPlanNeeds(Page):
    """Needs, medicines and daily care."""

    id: ClassVar[str] = "health_plan_needs"
    task: ClassVar[str] = "Plan: needs and care"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "What does {pupil} need on a school day?"
    intro: ClassVar[str] = "Leave blank what does not apply."

    needs: Annotated[LongText, Ask("Medical needs", hint="What {pupil} needs because of the condition.")]
    symptoms: Annotated[LongText | None, Ask("Signs and symptoms", hint="What staff will see.")] = None
    triggers: Annotated[LongText | None, Ask("Triggers", hint="What brings it on or makes it worse.")] = None
    treatments: Annotated[LongText | None, Ask("Treatment", hint="Other than medicines.")] = None
    facilities: Annotated[LongText | None, Ask("Rooms, equipment and devices", hint="And where they are kept.")] = None
    environment: Annotated[
        LongText | None, Ask("Surroundings", hint="For example heat, noise, stairs, food of others.")
    ] = None
    medicines: Annotated[tuple[Medicine, ...], Ask("Medicines", hint="Add each one.")] = ()
    daily_care: Annotated[LongText | None, Ask("Daily care", hint="For example before sport, at lunch.")] = None
    learning: Annotated[
        LongText | None,
        Ask("Help with learning, feelings and friendships", hint="For example rest breaks, catching up, counselling."),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Where the plan is written here."""
        return _written_here(answers)


class Training(Card):
    """Training of staff for this pupil."""

    who: Annotated[Line, Ask("Who?")]
    what: Annotated[Line, Ask("What?", hint="And who gives it.")]
    when: Annotated[Line, Ask("When?", hint="Done or planned.")]


class HealthPlanPeople(Page):
    """Emergencies, trips and people."""

    id: ClassVar[str] = "health_plan_people"
    task: ClassVar[str] = "Plan: emergencies and people"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "What happens in an emergency, and who helps?"
    intro: ClassVar[str] = "Leave blank what does not apply. Family and professionals need not be entered again."

    emergency: Annotated[
        OrNotKnown[LongText],
        Ask("What is an emergency, and what is to be done?", hint="Say so if there is none to expect."),
    ]
    emergency_lead: Annotated[
        Line | None, Ask("Who is responsible in an emergency?", hint="Off site as well, if that is another person.")
    ] = None
    helpers: Annotated[Line | None, Ask("Who gives support in school?")] = None
    trips: Annotated[LongText | None, Ask("Visits and trips", hint="What is arranged for them.")] = None
    clinic: Annotated[Line | None, Ask("Clinic or hospital to ring", hint="Name and telephone.")] = None
    gp: Annotated[Line | None, Ask("GP", hint="Name and telephone.")] = None
    training: Annotated[tuple[Training, ...], Ask("Training of staff", hint="Done or still needed.")] = ()
    made_with: Annotated[Line | None, Ask("Who made this plan together?")] = None
    copied_to: Annotated[Line | None, Ask("Who has a copy?")] = None
    other: Annotated[LongText | None, Ask("Anything else")] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Where the plan is written here."""
        return _written_here(answers)


HEALTH_PLAN = (HealthPlan, HealthPlanNeeds, HealthPlanPeople)
"""The pages of the plan."""
