"""Once the council has accepted, where it asks: the way back to school, what is told, and reviews (D60, D63, D78)."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from forms.after import Decision, Outcome
from forms.kit.ask import Ask, Card
from forms.kit.page import Answers, Context, Page, Problem
from forms.kit.types import Day, Line, LongText, PastDay
from forms.route import with_school


def _accepted(answers: Answers) -> bool:
    return bool(answers.value(Decision, "outcome") == Outcome.ACCEPTED)


class ReturnStep(Card):
    """A step on the way back to school."""

    what: Annotated[Line, Ask("What happens?", hint="For example a visit after lessons, one hour in the library.")]
    when: Annotated[Line, Ask("When?", hint="A date, or the sign that it is time.", short="When")]
    who: Annotated[Line | None, Ask("Who helps?", short="Who")] = None


class ReturnPlan(Page):
    """The plan for coming back to school, made for this pupil (D60)."""

    id: ClassVar[str] = "return_plan"
    task: ClassVar[str] = "Plan for the return to school"
    question_set: ClassVar[str] = "return_plan"
    heading: ClassVar[str] = "How will {pupil} come back to school?"
    intro: ClassVar[str] = "Make this plan with {pupil}, the parents and school staff before the placement is agreed."

    aim: Annotated[
        LongText | None,
        Ask(
            "What is the aim, and what does {pupil} want from it?",
            hint="To this school or another setting, and what a good return would look like.",
            why="Support away from school is meant to lead back as soon as {pupil} is well enough.",
        ),
    ] = None
    steps: Annotated[
        tuple[ReturnStep, ...],
        Ask("Steps", hint="Add each one, small steps first."),
    ] = ()
    adjustments: Annotated[
        LongText | None,
        Ask("What will be different in school?", hint="Adjustments that are ready before {pupil} comes back."),
    ] = None
    settled_with: Annotated[
        LongText | None,
        Ask("With whom was it settled, and when?", hint="Pupil, parents, school staff, health professionals."),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Once the council has accepted the request of a pupil with a school."""
        return _accepted(answers) and with_school(answers)


class Handover(Page):
    """What the provider is told of safeguarding before it meets the pupil (D78)."""

    id: ClassVar[str] = "handover"
    task: ClassVar[str] = "Safeguarding: told in time"
    question_set: ClassVar[str] = "handover"
    heading: ClassVar[str] = "Does the provider know what it needs to keep {pupil} safe?"
    intro: ClassVar[str] = "Tell the provider of safeguarding issues before its staff first meet {pupil}."

    told_on: Annotated[
        PastDay | None,
        Ask(
            "When did you tell the provider?",
            hint="Tell it as well that there is nothing to tell, if that is so.",
            why="Whoever teaches {pupil} has to know what to look out for from the first day.",
        ),
    ] = None
    told_whom: Annotated[Line | None, Ask("Whom did you tell?", hint="Name and role.")] = None
    told_how: Annotated[
        LongText | None,
        Ask("How did you tell them?", hint="For example the safeguarding volume of this pack, by secure e-mail."),
    ] = None
    first_contact: Annotated[
        Day | None,
        Ask("When do its staff first meet {pupil}?", hint="The induction visit counts."),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Once the council has accepted the request of a pupil with a school."""
        return _accepted(answers) and with_school(answers)

    def doubts(self, context: Context) -> Iterable[Problem]:
        """Told too late."""
        if self.told_on is not None and self.first_contact is not None and self.told_on > self.first_contact:
            yield self.doubt("told_on", "This is after the first meeting. The provider is told before; check both.")


class Reviews(Page):
    """Reviews of the support while it lasts (D51, D63, D82, D111)."""

    id: ClassVar[str] = "reviews"
    task: ClassVar[str] = "Reviews of the support"
    question_set: ClassVar[str] = "reviews"
    heading: ClassVar[str] = "How is the support for {pupil} going?"
    intro: ClassVar[str] = "The school arranges the reviews, where there is one. Enter each when it has been held."

    middle_on: Annotated[PastDay | None, Ask("When was the first review, after six weeks?")] = None
    middle_outcome: Annotated[
        LongText | None,
        Ask("What came of the first review?", hint="Progress, hours, and what changes."),
    ] = None
    end_on: Annotated[PastDay | None, Ask("When was the review at the end of the twelve weeks?")] = None
    end_outcome: Annotated[
        LongText | None,
        Ask("What came of that review?", hint="The return, more support, or another way to meet lasting needs."),
    ] = None
    year_on: Annotated[
        PastDay | None,
        Ask(
            "When did you talk with the council about what follows a full year?",
            hint="Only if support goes on for so long.",
        ),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Once the council has accepted."""
        return _accepted(answers)

    def doubts(self, context: Context) -> Iterable[Problem]:
        """The end before the middle."""
        if self.middle_on is not None and self.end_on is not None and self.end_on < self.middle_on:
            yield self.doubt("end_on", "This is before the first review. Check both dates.")
