"""What rail and header say of a referral, worked out from its judgement."""

from datetime import date

from forms.kit.ask import Choice
from forms.kit.calendar import year_group, year_name
from wizard.journey import Status, task_list
from wizard.pages.header import Who
from wizard.pages.rail import Group, Line
from wizard.summary import first_name, wording
from wizard.validation.requirements import Judgement

_TONES = {Status.COMPLETED: "done", Status.TO_DO: "attention"}


def groups(judgement: Judgement) -> tuple[Group, ...]:
    """The task list."""
    answers = judgement.facts.answers
    return tuple(
        Group(
            f"{section.number}  {wording(section.form.title, answers)}",
            tuple(
                Line(task.page.id, wording(task.page.task, answers), task.words, _TONES.get(task.status, ""))
                for task in section.tasks
            ),
        )
        for section in task_list(judgement)
    )


def who(judgement: Judgement) -> Who:
    """Whose referral it is: first name and initial, year, council, reference."""
    facts = judgement.facts
    pupil = first_name(facts.answers)
    surname = facts.value("pupil", "surname")
    initial = f" {surname[0]}." if isinstance(surname, str) and surname else ""
    name = f"{pupil}{initial}" if pupil != "the pupil" else "New referral"
    about = (_year(judgement), facts.profile.name, facts.case.reference)
    return Who(name, tuple(words for words in about if words))


def _year(judgement: Judgement) -> str:
    """The year group as entered, else by the date of birth."""
    entered = judgement.facts.value("pupil", "year_group")
    born = judgement.facts.value("pupil", "born")
    if isinstance(entered, Choice):
        return entered.label
    return year_name(year_group(born, judgement.facts.today)) if isinstance(born, date) else ""
