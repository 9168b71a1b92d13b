"""What a file offers, in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from forms.kit.ask import Widget, questions
from forms.kit.dates import long_day
from wizard.evidence.school.school_answer import PupilNamed, SchoolRow
from wizard.filling import Offer
from wizard.pages.card import card_words
from wizard.pages.words import as_text


def named(pupil: PupilNamed) -> str:
    """A pupil in a list to choose from: the name alone may be that of two."""
    return f"{pupil.name}, born {long_day(date.fromisoformat(pupil.born))}" if pupil.born else pupil.name


def school_words(school: SchoolRow) -> str:
    """A school in a list to choose from."""
    town = school.address.rpartition("\n")[0].rpartition("\n")[2] or school.address
    closed = "" if school.status.startswith("Open") else school.status
    return ", ".join(filter(None, (school.name, town, school.postcode, f"URN {school.urn}", closed)))


def answer_words(offer: Offer) -> str:
    """An answer as it is read, not as it is kept."""
    question, raw = offer.question, offer.raw
    if question.card is not None and isinstance(raw, list | tuple):
        return "\n".join(", ".join(card_words(card, questions(question.card))[:3]) for card in raw)
    if question.widget is Widget.REGISTER and isinstance(raw, Mapping):
        return _register(raw)
    if question.widget is Widget.DATE and isinstance(raw, str):
        return long_day(date.fromisoformat(raw))
    labels = {choice.value: choice.label for choice in question.choices}
    return labels.get(raw, as_text(raw)) if isinstance(raw, str) else as_text(raw)


def _register(raw: Mapping[str, Any]) -> str:
    days = sorted(date.fromisoformat(one["date"]) for one in raw["sessions"])
    return f"{len(days)} sessions, {long_day(days[0])} to {long_day(days[-1])}"
