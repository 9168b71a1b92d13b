"""Where a referral stands: which pages are asked, how each task stands, which page is next. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from forms.catalogue import AFTER, forms_of
from forms.kit.page import Form, Page
from forms.kit.policy import Level
from wizard.validation.requirements import Judgement, State, pages_asked, signers


class Status(StrEnum):
    """How a task stands, in the words of the task list."""

    COMPLETED = "Completed"
    TO_DO = "to do"
    NOT_STARTED = "Not started"
    CANNOT_START = "Cannot start yet"
    WAITING = "Waiting for"
    NOT_NEEDED = "Not needed"


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the task list.

    Attributes:
        words: the status as shown: ``2 to do``, ``Waiting for SENCO``.
    """

    page: type[Page]
    status: Status
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section of the task list."""

    number: int
    form: Form
    tasks: tuple[Task, ...]


def task_list(judgement: Judgement) -> tuple[Section, ...]:
    """Every section with its tasks; pages that are not asked say so. What comes after sending shows only then."""
    sections: list[Section] = []
    sent = judgement.facts.answers.context.sent is not None
    forms = forms_of(judgement.facts.profile)
    for form in (form for form in forms if sent or not form.after):
        pages = (page for page in form.pages if judgement.facts.answers.of_council(page))
        if tasks := tuple(_task(judgement, page) for page in pages):
            sections.append(Section(len(sections) + 1, form, tasks))
    return tuple(sections)


def status(judgement: Judgement, page: type[Page]) -> Status:
    """How one page stands."""
    return _task(judgement, page).status


def _task(judgement: Judgement, page: type[Page]) -> Task:
    answers = judgement.facts.answers
    if not answers.asks(page):
        return Task(page, Status.NOT_NEEDED, Status.NOT_NEEDED)
    if page.screen in _SPECIAL:
        return _SPECIAL[page.screen](judgement, page)
    count = to_do(judgement, page)
    if not answers.begun(page):
        return Task(page, Status.NOT_STARTED, Status.NOT_STARTED)
    if count == 0:
        return Task(page, Status.COMPLETED, Status.COMPLETED)
    return Task(page, Status.TO_DO, f"{count} to do")


def to_do(judgement: Judgement, page: type[Page]) -> int:
    """How many things are to do at a page: its own questions, and requirements that are answered there."""
    musts = [point for point in judgement.on(page.id) if point.level is Level.MUST]
    return len(musts)


def _check(judgement: Judgement, page: type[Page]) -> Task:
    count = sum(1 for p in judgement.points if p.level is Level.MUST and p.page not in {"sign", "send"})
    if count == 0:
        return Task(page, Status.COMPLETED, Status.COMPLETED)
    return Task(page, Status.TO_DO, f"{count} to do")


def _sign(judgement: Judgement, page: type[Page]) -> Task:
    done = {signature.role for signature in judgement.facts.valid_signatures()} | _excused(judgement)
    waiting = [one for one in signers(judgement.facts) if one.role not in done and not one.optional]
    if not waiting:
        return Task(page, Status.COMPLETED, Status.COMPLETED)
    if any(p.level is Level.MUST and p.page != page.id for p in judgement.points):
        return Task(page, Status.CANNOT_START, Status.CANNOT_START)
    return Task(page, Status.WAITING, f"{Status.WAITING} {waiting[0].title}")


def _excused(judgement: Judgement) -> set[str]:
    """Roles whose signature is replaced by a reason."""
    rows = (finding.requirement for finding in judgement.findings if finding.state is State.REASON)
    return {role for row in rows for call in row.satisfied_by if call.name == "signed" for role in call.values}


def _send(judgement: Judgement, page: type[Page]) -> Task:
    if judgement.facts.case.sent is not None:
        return Task(page, Status.COMPLETED, Status.COMPLETED)
    if not judgement.ready:
        return Task(page, Status.CANNOT_START, Status.CANNOT_START)
    return Task(page, Status.NOT_STARTED, Status.NOT_STARTED)


def _evidence(judgement: Judgement, page: type[Page]) -> Task:
    count = to_do(judgement, page) + len(_not_attached(judgement, page))
    if count:
        return Task(page, Status.TO_DO, f"{count} to do")
    if not judgement.facts.case.evidence:
        return Task(page, Status.NOT_STARTED, Status.NOT_STARTED)
    return Task(page, Status.COMPLETED, Status.COMPLETED)


def _not_attached(judgement: Judgement, page: type[Page]) -> set[str]:
    """What must be there and is not, by its name on this page, although another page asks for it too."""
    findings = (one for one in judgement.findings if one.state is State.OPEN and one.level is Level.MUST)
    rows = (one.requirement for one in findings if not one.evidence)
    return {row.evidence for row in rows if row.evidence and row.page != page.id}


_SPECIAL = {"check": _check, "sign": _sign, "send": _send, "evidence": _evidence}


def asked(judgement: Judgement) -> tuple[type[Page], ...]:
    """The pages that are asked, in order."""
    return pages_asked(judgement.facts)


def before(judgement: Judgement, page: str) -> type[Page] | None:
    """The page before in the journey (not in the history); ``None`` at the first."""
    pages = asked(judgement)
    place = next((n for n, one in enumerate(pages) if one.id == page), 0)
    return pages[place - 1] if place else None


def after(judgement: Judgement, page: str) -> type[Page] | None:
    """The next page that is not finished, else the review; ``None`` after the last.

    What comes after sending is a journey of its own.
    """
    pages = tuple(one for one in asked(judgement) if (one.id in AFTER) is (page in AFTER))
    place = next((n for n, one in enumerate(pages) if one.id == page), -1)
    for one in pages[place + 1 :]:
        if status(judgement, one) is not Status.COMPLETED:
            return one
    review = next((one for one in pages if one.screen == "check"), None)
    return review if review is not None and pages.index(review) != place else None
