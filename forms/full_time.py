"""How much teaching health allows, beside what is full time (D28, D30, D32)."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Choice, YesNo
from forms.kit.page import Context, Page, Problem
from forms.kit.shown import chosen
from forms.kit.types import LongText, Number


class Consulted(Choice):
    """Those with whom part-time education is settled (D32)."""

    CHILD = "child", "The pupil"
    PARENTS = "parents", "The parents or carers"
    SCHOOL = "school", "The school"
    MEDICAL = "medical", "Medical professionals"


_PART = chosen("full_time", "no")


class FullTime(Page):
    """Full time, or what is best instead and who was asked."""

    id: ClassVar[str] = "full_time"
    question_set: ClassVar[str] = "full_time"
    task: ClassVar[str] = "Hours of education"
    heading: ClassVar[str] = "How many hours of education are right for {pupil}?"

    full_time: Annotated[
        YesNo,
        Ask(
            "Is {pupil} well enough for full-time education?",
            why="Full time is the rule. Teaching one to one counts for more, so fewer hours of it can be full time.",
        ),
    ]
    hours: Annotated[
        Number | None,
        Ask("How many hours a week at present?", hint="As much as health allows.", when=_PART, needed=True),
    ] = None
    why_part_time: Annotated[
        LongText | None,
        Ask(
            "Why are fewer hours better?",
            hint="Which reasons of physical or mental health, and who says so.",
            when=_PART,
            needed=True,
        ),
    ] = None
    consulted: Annotated[
        tuple[Consulted, ...],
        Ask(
            "Who was asked about fewer hours?",
            hint="Choose all who were.",
            why="Part-time education is settled with all four.",
            when=_PART,
        ),
    ] = ()
    kept_away: Annotated[
        LongText | None,
        Ask(
            "Are there times when school itself would harm health?",
            hint="For example while an infection goes round. Leave blank if there are none.",
            why="A school need not take a child in while that would harm the child or others.",
        ),
    ] = None

    def doubts(self, context: Context) -> Iterable[Problem]:
        """Fewer hours that are no fewer."""
        full = context.authority.full_time_hours
        if full and self.hours is not None and self.hours >= full:
            yield self.doubt("hours", f"{full} hours a week are full time. Check the hours, or the answer above.")
