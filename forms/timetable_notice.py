"""Whether the council knows of a part-time timetable, where it asks to be told (D72h, D73)."""

from typing import Annotated, ClassVar

from forms.attendance import Attendance
from forms.kit.ask import Ask, YesNo
from forms.kit.page import Answers, Page
from forms.kit.shown import chosen
from forms.kit.types import Line, PastDay

_TOLD = chosen("told", "yes")


class TimetableNotice(Page):
    """That the council was told of the part-time timetable."""

    id: ClassVar[str] = "timetable_notice"
    task: ClassVar[str] = "Part-time timetable: notice"
    question_set: ClassVar[str] = "timetable_notice"
    heading: ClassVar[str] = "Does the council know of {pupil}’s part-time timetable?"

    told: Annotated[
        YesNo,
        Ask(
            "Have you told the council of the part-time timetable?",
            why="A part-time timetable is meant to be short. The council keeps an eye on each.",
        ),
    ]
    told_on: Annotated[PastDay | None, Ask("When did you tell the council?", when=_TOLD, needed=True)] = None
    told_whom: Annotated[Line | None, Ask("Whom did you tell, and how?", when=_TOLD)] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Where there is a part-time timetable."""
        return answers.value(Attendance, "part_time") is YesNo.YES
