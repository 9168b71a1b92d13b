"""How one question is put: its words, its control, and what the forms tell about a field."""

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Annotated, Any, Self, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Discriminator, Tag, TypeAdapter

RawCard = Mapping[str, object]


class Widget(StrEnum):
    """The control that takes an answer; part of the type of the answer."""

    LINE = "line"
    NUMBER = "number"
    TEXT_AREA = "text area"
    DATE = "date"
    RADIOS = "radios"
    CHECKBOXES = "checkboxes"
    SEARCH = "search"
    CARDS = "cards"
    REGISTER = "register"


class Choice(StrEnum):
    """An answer out of a list; a member is its stored value and its words on screen."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """Make a member from the stored value and the words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class YesNo(Choice):
    """The commonest list."""

    YES = "yes", "Yes"
    NO = "no", "No"


@dataclass(frozen=True, slots=True)
class Ask:
    """The words of a question.

    ``{pupil}`` stands for the pupil's first name and ``{council}`` for the council's.

    Attributes:
        label: the question, or the name of the field.
        hint: what a good answer holds, or how it is written.
        why: why we ask, in a sentence, for the guidance panel.
        when: for a field that depends on its own card or page: called with the other raw answers there.
        needed: with ``when``: the answer is required while the field is shown.
        short: heading of the column in tables; the label where empty.
        widget: only where the type does not say it.
        also: other headings under which spreadsheets hold the answer.
    """

    label: str
    hint: str = ""
    why: str = ""
    when: Callable[[RawCard], bool] | None = None
    needed: bool = False
    short: str = ""
    widget: Widget | None = None
    also: tuple[str, ...] = ()


class Fields(BaseModel):
    """What pages and cards have in common: frozen, strict about names, silent about what was typed."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        hide_input_in_errors=True,
        arbitrary_types_allowed=True,
    )


class Card(Fields):
    """One of several alike: a professional, a cycle, an entry of the chronology."""

    def derived(self) -> Mapping[str, str]:
        """What follows from a good card and is printed after its answers: label to text."""
        return {}


class NotKnown(BaseModel):
    """A required question answered "not known, because ..."; that is an answer and is printed (E34, E64)."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    because: str


def _branch(value: object) -> str:
    # Inside a card the reason lies where the answer would: {"phone": {"because": "..."}}.
    if isinstance(value, NotKnown) or (isinstance(value, Mapping) and set(value) == {"because"}):
        return "not known"
    return "known"


T = typing.TypeVar("T")
OrNotKnown = Annotated[
    Union[Annotated[T, Tag("known")], Annotated[NotKnown, Tag("not known")]],  # noqa: UP007 - a generic alias needs Union
    Discriminator(_branch),
]


@dataclass(frozen=True)
class Question:
    """What the forms tell about a field: derived from its declaration, never written by hand.

    Attributes:
        required: it must be answered for the final pack, while it is shown.
        choices: the members of a list of choices, in order.
        card: the model of repeated cards.
        can_be_not_known: "not known, because ..." is offered.
        hint: the annotation, for judging the field alone.
    """

    name: str
    ask: Ask
    widget: Widget
    required: bool
    choices: tuple[Choice, ...]
    card: type[Card] | None
    can_be_not_known: bool
    hint: Any

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """Judges the field alone; made when it is first wanted."""
        return TypeAdapter(self.hint, config=ConfigDict(str_strip_whitespace=True, hide_input_in_errors=True))

    def shown(self, raw: RawCard) -> bool:
        """Whether the field is asked, given the other answers of its page or card."""
        return self.ask.when is None or self.ask.when(raw)


@lru_cache(maxsize=256)
def questions(model: type[Fields]) -> tuple[Question, ...]:
    """The questions of a page or card, in the order of their declaration."""
    hints = typing.get_type_hints(model, include_extras=True)
    return tuple(_question(model, name, hints[name]) for name in model.model_fields)


@lru_cache(maxsize=256)
def questions_by_name(model: type[Fields]) -> Mapping[str, Question]:
    """The same, by the name of the field."""
    return {question.name: question for question in questions(model)}


def _question(model: type[Fields], name: str, hint: Any) -> Question:  # noqa: ANN401 - an annotation
    parts = list(_parts(hint))
    ask = next((part for part in parts if isinstance(part, Ask)), None)
    if ask is None:
        msg = f"{model.__name__}.{name} has no Ask"
        raise TypeError(msg)
    choice = next((p for p in parts if isinstance(p, type) and issubclass(p, Choice)), None)
    card = next((p for p in parts if isinstance(p, type) and issubclass(p, Card)), None)
    return Question(
        name=name,
        ask=ask,
        widget=ask.widget or _widget(parts, choice, card),
        required=model.model_fields[name].is_required() or ask.needed,
        choices=tuple(choice) if choice else (),
        card=card,
        can_be_not_known=NotKnown in parts,
        hint=hint,
    )


def _widget(parts: list[object], choice: type[Choice] | None, card: type[Card] | None) -> Widget:
    if card is not None:
        return Widget.CARDS
    declared = next((part for part in parts if isinstance(part, Widget)), None)
    if declared is not None:
        return declared
    if choice is None:
        return Widget.LINE
    if tuple in parts:
        return Widget.CHECKBOXES
    return Widget.RADIOS if len(choice) <= 7 else Widget.SEARCH


def _parts(hint: object) -> typing.Iterator[object]:
    """Every type and every piece of metadata inside an annotation."""
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *metadata = get_args(hint)
        yield from metadata
        yield from _parts(inner)
    elif origin in (Union, types.UnionType, tuple):
        yield origin
        for arg in get_args(hint):
            yield from _parts(arg)
    else:
        yield hint
