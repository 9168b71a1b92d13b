"""What a new referral is offered: the school's kept details, and an earlier referral of the same pupil. Pure.

Signatures, documents, reasons, views, consent and declarations are never offered: they are given anew.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forms.catalogue import PAGES, pages_of
from forms.kit.ask import NotKnown
from forms.kit.blanks import blank
from forms.kit.dates import long_day
from forms.kit.page import Answers, Page
from wizard.filling import Filling

Typed = Mapping[str, Mapping[str, Any]]
"""Answers as typed: ``{page: {field: answer}}``."""


@dataclass(frozen=True)
class KeptSchool:
    """A school's details as they are kept.

    Attributes:
        on: the day on which they were last changed.
    """

    on: date
    pages: Typed = field(repr=False)

    @property
    def name(self) -> str:
        """Name of the school, as typed."""
        return _line(self.pages.get("school", {}).get("name"))


def kept_pages() -> tuple[type[Page], ...]:
    """The pages whose answers are the school's."""
    return tuple(page for page in PAGES.values() if page.kept)


def school_answers(answers: Answers) -> dict[str, dict[str, Any]]:
    """What a referral says of the school, as typed, where it is good; nothing that is about the pupil."""
    found = {page.id: dict(_good(page, answers)) for page in kept_pages() if answers.asks(page)}
    return {page: values for page, values in found.items() if values}


def _good(page: type[Page], answers: Answers) -> Iterator[tuple[str, Any]]:
    raw = answers.raw.get(page.id)
    for name, value in answers.reading(page).values.items():
        typed = raw.get(name) if isinstance(raw, Mapping) else None
        if name not in page.not_kept and not blank(typed) and not isinstance(value, NotKnown):
            yield name, typed


def same_school(kept: KeptSchool, answers: Answers) -> bool:
    """Whether a referral is from the school whose details are kept; so while either has no name."""
    name = _line(school_answers(answers).get("school", {}).get("name"))
    return not name or not kept.name or name.casefold() == kept.name.casefold()


def changed_since(before: Typed, after: Typed) -> Typed:
    """What is different, by field."""
    pages = {
        page: {name: typed for name, typed in values.items() if before.get(page, {}).get(name) != typed}
        for page, values in after.items()
    }
    return {page: values for page, values in pages.items() if values}


def school_filling(kept: KeptSchool) -> Filling:
    """The school's details, for a new referral."""
    return Filling("school", f"school’s details, kept on {long_day(kept.on)}", kept.pages)


def earlier_filling(answers: Answers, reference: str, on: date, kept: KeptSchool | None = None) -> Filling:
    """The answers of an earlier referral of the same pupil.

    Pages of a council's own are passed by where the new referral is for another council. The earlier one was last
    changed ``on`` a day. Where ``kept`` details of another school are filled in as well, the two schools are not mixed.
    """
    apart = set() if kept is None or same_school(kept, answers) else set(kept.pages)
    values = {
        page.id: {name: typed for name, typed in raw.items() if name not in page.not_carried and not blank(typed)}
        for page in pages_of(answers.context.authority).values()
        if page.carried and page.id not in apart and answers.asks(page)
        if isinstance(raw := answers.raw.get(page.id), Mapping)
    }
    return Filling("referral", f"earlier referral {reference} of {long_day(on)}", values)


def _line(typed: object) -> str:
    return " ".join(typed.split()) if isinstance(typed, str) else ""
