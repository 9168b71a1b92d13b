"""Learning so far, courses and exams: what whoever teaches the pupil has to know (E3, E99, E101, E108)."""

from typing import Annotated, ClassVar

from forms.kit.ask import Ask, Card, Choice, OrNotKnown, YesNo
from forms.kit.calendar import year_group
from forms.kit.page import Answers, Page
from forms.kit.shown import chosen
from forms.kit.types import Day, Line, LongText
from forms.pupil import Pupil
from forms.route import school_refers


def year_of(answers: Answers) -> int | None:
    """The pupil's year group: the one that was entered, else by date of birth; reception is 0."""
    entered = answers.value(Pupil, "year_group")
    if entered is not None:
        return int(entered)
    born = answers.value(Pupil, "born")
    return None if born is None else year_group(born, answers.context.today)


class Level(Card):
    """Where the pupil stands in a subject."""

    subject: Annotated[Line, Ask("Subject")]
    level: Annotated[Line, Ask("Working at", hint="In your school’s own terms, with the year’s expectation.")]
    next_topic: Annotated[Line | None, Ask("Next topics", hint="What the class learns this term.")] = None


class Remote(Choice):
    """How far learning from a screen or alone is possible."""

    ALONE = "alone", "Yes, mostly alone"
    HELPED = "helped", "Yes, with somebody beside"
    SHORT = "short", "For short times"
    NO = "no", "Not at present"
    NOT_KNOWN = "not_known", "Not tried"


class Curriculum(Page):
    """Levels and ways of learning."""

    id: ClassVar[str] = "curriculum"
    task: ClassVar[str] = "Learning"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "Where does {pupil} stand in learning?"
    intro: ClassVar[str] = "Whoever teaches {pupil} begins here. Core subjects are enough."

    levels: Annotated[
        OrNotKnown[tuple[Level, ...]],
        Ask(
            "Levels by subject",
            hint="At least English and mathematics. Rows can be pasted from a spreadsheet.",
            why="Teaching that is to suit age, aptitude and ability has to know what was reached.",
        ),
    ]
    reading_age: Annotated[Line | None, Ask("Reading age", hint="With the test and its date.")] = None
    access: Annotated[
        LongText | None,
        Ask(
            "Help needed to learn and in tests",
            hint="For example extra time, a reader, rest breaks, a laptop, a small room.",
        ),
    ] = None
    remote: Annotated[Remote | None, Ask("Can {pupil} learn on line or from work sent home?")] = None
    equipment: Annotated[
        Line | None,
        Ask("Equipment at home", hint="For example a laptop, the internet, a quiet table."),
    ] = None
    non_core: Annotated[
        LongText | None,
        Ask(
            "How can other subjects go on?",
            hint="For example art by post, music in school, sport when health allows.",
            why="Subjects beyond the core are often what a pupil misses most.",
        ),
    ] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """The school's own work."""
        return school_refers(answers)


class Course(Card):
    """A course that leads to an exam."""

    subject: Annotated[Line, Ask("Subject")]
    qualification: Annotated[Line, Ask("Qualification", hint="For example GCSE, BTEC, Functional Skills.")]
    board: Annotated[Line | None, Ask("Exam board", short="Board")] = None
    code: Annotated[Line | None, Ask("Specification code", short="Code")] = None
    predicted: Annotated[Line | None, Ask("Predicted grade", short="Predicted")] = None
    coursework: Annotated[Line | None, Ask("Coursework so far", short="Coursework")] = None
    teacher: Annotated[Line | None, Ask("Teacher, and how to reach them", short="Teacher")] = None


class Exams(Page):
    """Courses and exams of Years 10 and 11 (E108)."""

    id: ClassVar[str] = "exams"
    task: ClassVar[str] = "Courses and exams"
    carried: ClassVar[bool] = True
    not_carried: ClassVar[frozenset[str]] = frozenset({"this_year", "entries_due"})
    heading: ClassVar[str] = "Which courses and exams lie ahead?"
    intro: ClassVar[str] = "Exams stay your school’s task, wherever {pupil} sits them."

    courses: Annotated[
        OrNotKnown[tuple[Course, ...]],
        Ask(
            "Courses",
            hint="Each course that ends in an exam. Rows can be pasted from a spreadsheet.",
            why="A new teacher needs board and code to go on with the same course.",
        ),
    ]
    this_year: Annotated[YesNo, Ask("Are there exams this school year?", hint="Mock exams do not count.")]
    entries_due: Annotated[Day | None, Ask("Entries are due on", when=chosen("this_year", "yes"))] = None
    organiser: Annotated[
        OrNotKnown[Line] | None,
        Ask("Who organises them?", hint="Name and role.", when=chosen("this_year", "yes"), needed=True),
    ] = None
    venue: Annotated[
        Line | None,
        Ask(
            "Where could {pupil} sit them, if not with everybody?",
            hint="For example a small room in school, a library.",
            when=chosen("this_year", "yes"),
        ),
    ] = None
    invigilator: Annotated[Line | None, Ask("Who would invigilate?", when=chosen("this_year", "yes"))] = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """The school's own work, in Years 10 and 11."""
        return school_refers(answers) and year_of(answers) in (10, 11)


class PrimaryTests(Page):
    """National tests of the primary years, for whoever is young enough to sit them again or to be taught by them."""

    id: ClassVar[str] = "primary_tests"
    task: ClassVar[str] = "Primary tests"
    carried: ClassVar[bool] = True
    heading: ClassVar[str] = "What do the national tests say?"
    intro: ClassVar[str] = "Leave blank what {pupil} has not reached or did not sit."

    phonics: Annotated[Line | None, Ask("Phonics screening", hint="Mark and date, or the date still to come.")] = None
    key_stage_1: Annotated[Line | None, Ask("End of Year 2", hint="Reading, writing and mathematics.")] = None
    tables: Annotated[Line | None, Ask("Multiplication tables check", hint="Year 4.")] = None
    key_stage_2: Annotated[Line | None, Ask("End of Year 6", hint="Results, or dates and who invigilates in May.")] = (
        None
    )

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """The school's own work, from Year 1 to Year 6."""
        year = year_of(answers)
        return school_refers(answers) and year is not None and 1 <= year <= 6
