"""The checks that requirements call: names that do not exist, and what they look at and compare with."""

from collections.abc import Iterator, Mapping
from typing import Final

from forms.kit.ask import Question, questions_by_name
from forms.kit.codes import REGISTER_CODES
from forms.kit.page import Page
from wizard.councils.lines import Path
from wizard.councils.names import allowed
from wizard.councils.read_rows import Data, rows_of, texts_of
from wizard.councils.shape import Fault
from wizard.validation.checks import CHECKS

Pages = Mapping[str, type[Page] | None]
"""The pages that a file may name, by id; ``None`` for one of its own that cannot be made because of its mistakes."""
WITH_PAGE: Final = ("answered", "is", "includes", "filled_in_here", "at_least", "every_card", "some_card")
WITH_PAGE_TOO: Final = ("every_card_any", "every_such_card", "newer_than", "cards_before", "cards_cover")
CHOICES: Final = {"is": 0, "includes": 0, "some_card": 1, "every_such_card": 1, "cards_cover": 1}
"""Checks that compare with values, and which of their fields is the first that is compared."""
ALL_COMPARED: Final = ("is", "includes", "some_card")
"""Those that compare every field from there on."""


def checks(data: Data, pages: Pages) -> Iterator[Fault]:
    """What is wrong with them, as far as the shape lets it be seen."""
    for path, row, call in _calls(data):
        name = call.get("name")
        if isinstance(name, str) and name not in CHECKS:
            yield Fault((*path, "name"), f"There is no check “{name}”.", allowed(name, CHECKS, "checks"))
        elif name in (*WITH_PAGE, *WITH_PAGE_TOO) and not (call.get("page") and call.get("fields")):
            words = f"The check “{name}” does not say what it looks at."
            yield Fault(path, words, 'Give it a page and fields: page = "school", fields = ["policy_link"].')
        elif name == "attached" and not row.get("evidence"):
            words = "The check “attached” waits for a document that nobody is told of."
            yield Fault(path, words, 'Add to the requirement: evidence = "what to attach".')
        yield from _looked_at(path, call, pages)


def _looked_at(path: Path, call: Data, pages: Pages) -> Iterator[Fault]:
    page = str(call.get("page", ""))
    looked: list[Question] = []
    if not page:
        yield from _values(path, call, looked)
        return
    if page not in pages:
        yield Fault((*path, "page"), f"There is no page “{page}”.", allowed(page, pages, "pages"))
    model = pages.get(page)
    if model is None:
        return
    known = dict(questions_by_name(model))
    for place, name in texts_of(path, call, "fields"):
        if name not in known:
            yield Fault(place, f"Page “{page}” has no field “{name}”.", allowed(name, known, "fields"))
            return
        looked.append(known[name])
        card = known[name].card
        known |= questions_by_name(card) if card else {}
    yield from _values(path, call, looked)


def _values(path: Path, call: Data, looked: list[Question]) -> Iterator[Fault]:
    name = str(call.get("name"))
    values = list(texts_of(path, call, "values"))
    if name == "codes_absent":
        yield from _none_but(values, set(REGISTER_CODES), "The register has no code “{}”.")
    elif name in ("recipient_checked", "sum_at_least") and not (values and values[0][1].isdecimal()):
        yield Fault(path, f"The check “{name}” needs a figure.", 'Write it in quotes: values = ["365"].')
    elif name in ("newer_than", "missed_fewer_than") and not call.get("days"):
        yield Fault(path, f"The check “{name}” does not say how many days.", "Add it: days = 365")
    elif name in CHOICES:
        compared = looked[CHOICES[name] :] if name in ALL_COMPARED else looked[CHOICES[name] : CHOICES[name] + 1]
        possible = {str(choice.value) for one in compared for choice in one.choices}
        if compared and not values:
            yield Fault(path, f"The check “{name}” does not say which answers count.", _such(possible))
        yield from _none_but(values if compared else [], possible, "Nobody can answer “{}” there.")


def _none_but(values: list[tuple[Path, str]], possible: set[str], words: str) -> Iterator[Fault]:
    for place, value in values:
        if value not in possible:
            yield Fault(place, words.format(value), allowed(value, possible))


def _such(possible: set[str]) -> str:
    first = sorted(possible)[:1]
    return f'Add them: values = ["{first[0]}"].' if first else "Compare a question with choices."


def _calls(data: Data) -> Iterator[tuple[Path, Data, Data]]:
    """Every check that is called, with the requirement that calls it."""
    for path, row in rows_of(data, "requirements"):
        calls = row.get("satisfied_by")
        for number, call in enumerate(calls if isinstance(calls, list) else ()):
            if isinstance(call, dict):
                yield (*path, "satisfied_by", number), row, call
