"""Raw answers that say nothing, and raw answers without them."""

from collections.abc import Mapping
from typing import Any, Final

from forms.kit.ask import Fields, questions_by_name

_LISTS: Final = (list, tuple)
MAPPINGS: Final = (dict, Mapping)
"""A dict is known at once, any other mapping only by asking around; and a union would be built at every call."""


def blank(value: object) -> bool:
    """Whether a raw answer says nothing."""
    if isinstance(value, str):
        return not value or value.isspace()
    if isinstance(value, _LISTS):
        return not value
    if isinstance(value, MAPPINGS):
        return all(blank(inner) for inner in value.values())
    return value is None


def without_blanks(model: type[Fields], raw: Mapping[Any, Any]) -> dict[str, Any]:
    """Raw answers less the blank ones and those whose question is not shown, cards included."""
    fields = questions_by_name(model)
    kept: dict[str, Any] = {}
    for name, value in raw.items():
        plain = type(value) is str  # as most are
        if (not value or value.isspace()) if plain else blank(value):
            continue
        question = fields.get(name)
        if question is None:
            kept[str(name)] = value
        elif question.ask.when is None or question.shown(raw):
            kept[name] = value if plain or not isinstance(value, _LISTS) else _given(question.card, value)
    return kept


def _given(card: type[Fields] | None, values: list[Any] | tuple[Any, ...]) -> list[Any]:
    """A list of answers, or of cards without their blanks."""
    if card is None:
        return list(values)
    return [without_blanks(card, one) if isinstance(one, MAPPINGS) else one for one in values]
