"""What is written and dated from the answers, as a council's file has it: letters, sections, days; shape only."""

from enum import StrEnum

from forms.kit.row import Citing


class DocumentKind(StrEnum):
    """What becomes of a document that the program writes."""

    LETTER = "letter"
    SECTION = "section"


class Sender(StrEnum):
    """Who signs a letter."""

    SCHOOL = "school"
    PARENTS = "parents"


class Document(Citing):
    """A document that the program writes from the answers.

    Attributes:
        kind: a letter is saved by itself, before the referral goes; a section is printed in the pack.
        when: conditions under all of which it is offered.
        page: the page that offers it.
        sender: who signs a letter.
        to: the addressee of a letter, a line each; names in braces are filled in, like those of ``body``.
        body: paragraphs; ``{page.field}`` is an answer; ``wizard.letters.WORDS`` holds the other names.
        content: instead of a body: the name of a section that is drawn up by the program.
    """

    title: str
    kind: DocumentKind
    when: tuple[str, ...] = ()
    page: str
    sender: Sender = Sender.SCHOOL
    to: str = ""
    body: tuple[str, ...] = ()
    content: str = ""
    source: str


class Weekday(StrEnum):
    """A day on which something takes place every week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"

    @property
    def number(self) -> int:
        """As ``date.weekday`` counts: Monday is 0."""
        return list(Weekday).index(self)


class DueDate(Citing):
    """A date that follows from another (E41, E66).

    Attributes:
        after: where it counts from: ``page.field``; ``sent``, the day on which the pack went; or ``today``.
        days: calendar days after it.
        school_days: school days after it, counted in the school's own calendar.
        weekday: instead: the first such day after it, on which something takes place every week.
        on_holiday: what to do where that is a bank holiday.
        every_school_days: it comes round again after so many school days while it is not done; 0 for never.
        seen_to: ``page.field`` with the day on which somebody last saw to it; the next round counts from then.
        done_by: what ends it: ``page.field`` that is answered, or a requirement that is met; empty where nothing does.
        earliest: it is the first possible day, not the last.
        page: where it is shown.
        todo: what to do, as an instruction.
    """

    title: str
    after: str
    days: int = 0
    school_days: int = 0
    weekday: Weekday | None = None
    on_holiday: str = ""
    every_school_days: int = 0
    seen_to: str = ""
    done_by: str = ""
    earliest: bool = False
    when: tuple[str, ...] = ()
    page: str
    todo: str
    source: str
