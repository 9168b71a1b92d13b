"""The names that a council's file may use, and which of them somebody meant who wrote another."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from forms.catalogue import PAGES
from forms.kit.ask import Question, questions
from wizard.validation.checks import CHECKS, Check
from wizard.validation.conditions import CONDITIONS, Condition

MOST = 6
"""Names that are put in a sentence; where there are more, the command lists them."""
LETTER_WORDS = ("pupil", "full_name", "initials", "council", "recipient", "email", "reference", "agreement")
"""Names in braces that a letter may use beside ``page.field`` and ``today+21``."""
CONTENTS = ("contact_sheet",)


def allowed(name: str, names: Iterable[str], listed: str = "") -> str:
    """What to write instead: the nearest names first; ``listed`` is what ``authority names`` calls them."""
    known = sorted(set(names), key=lambda one: (-SequenceMatcher(None, name.lower(), one.lower()).ratio(), one))
    if not known:
        return "There is nothing that may stand here; take it out."
    near = SequenceMatcher(None, name.lower(), known[0].lower()).ratio() >= 0.5
    first = f"Did you mean “{known[0]}”? " if near else ""
    if len(known) <= MOST:
        return f"{first}It may be: {', '.join(known)}."
    where = f"; “section19 authority names {listed}” lists all" if listed else ""
    return f"{first}It may be: {', '.join(known[:MOST])} and {len(known) - MOST} more{where}."


def question_sets() -> tuple[str, ...]:
    """Names of the question sets that only some councils ask."""
    return tuple(sorted({page.question_set for page in PAGES.values()} - {""}))


def listing(kind: str) -> list[str]:
    """Every name of a kind, a line each, with what it is in a council's own terms.

    ``kind`` is one of ``KINDS``.
    """
    if kind == "conditions":
        return [f"{name:24} {_first(condition)}".rstrip() for name, condition in sorted(CONDITIONS.items())]
    if kind == "checks":
        return [f"{name:20} {_first(check)}".rstrip() for name, check in sorted(CHECKS.items())]
    if kind == "letters":
        return [*(f"{{{word}}}" for word in LETTER_WORDS), "{today+21}", "{page.field}"]
    if kind == "sets":
        return [f"{name:20} {', '.join(_tasks(name))}" for name in question_sets()]
    if kind == "pages":
        return [f"{page.id:24} {page.task}" for page in PAGES.values()]
    return [line for page in PAGES.values() for line in _fields(page.id)]


KINDS = ("conditions", "checks", "pages", "fields", "sets", "letters")


def _tasks(name: str) -> list[str]:
    return [f"{page.task} ({page.id})" for page in PAGES.values() if page.question_set == name]


def _first(named: Check | Condition) -> str:
    return (named.__doc__ or "").partition("\n")[0]


def _fields(page: str) -> list[str]:
    found = []
    for question in questions(PAGES[page]):
        found.append(_field(f"{page}.{question.name}", question))
        inner = questions(question.card) if question.card else ()
        found += [_field(f"    in each of {page}.{question.name}: {one.name}", one) for one in inner]
    return found


def _field(name: str, question: Question) -> str:
    values = ", ".join(str(choice.value) for choice in question.choices)
    return f"{name}: {question.ask.short or question.ask.label}" + (f" [{values}]" if values else "")
