"""What in a council's file ages: addresses, officers, limits, links and times, each with the day of the last look."""

from collections.abc import Iterator
from datetime import date
from enum import Enum, auto
from typing import Final, NamedTuple

from pydantic import BaseModel

from forms.kit.authority import AuthorityProfile
from forms.kit.dates import long_day

YEAR: Final = 365
"""Days after which somebody should look again."""


class Looked(Enum):
    """When somebody last looked at something, as far as it matters."""

    LATELY = auto()
    LONG_AGO = auto()
    TO_COME = auto()

    @classmethod
    def on(cls, day: date, today: date) -> "Looked":
        """How the day of the last look stands to today: more than a year ago, or a slip of the pen."""
        if day > today:
            return cls.TO_COME
        return cls.LONG_AGO if (today - day).days > YEAR else cls.LATELY


class Setting(NamedTuple):
    """Something that was last looked at on a day."""

    name: str
    checked: date

    def doubt(self, today: date) -> str:
        """What to do when that is more than a year ago, or has not come yet; empty otherwise."""
        what = {
            Looked.LATELY: "",
            Looked.LONG_AGO: ". Look it up again, and write the new date.",
            Looked.TO_COME: ", which is still to come. Write the day on which somebody did look.",
        }[Looked.on(self.checked, today)]
        return what and f"{self.name}: last looked at on {long_day(self.checked)}{what}"


def settings(profile: AuthorityProfile) -> tuple[Setting, ...]:
    """Everything of a council's file that carries the day on which it was checked."""
    return tuple(dict.fromkeys(_settings(profile, "")))


def doubts(profile: AuthorityProfile, today: date) -> tuple[str, ...]:
    """What was last looked at more than a year ago, or on a day to come: a sentence or two for each."""
    return tuple(filter(None, (one.doubt(today) for one in settings(profile))))


def _settings(model: BaseModel, called: str) -> Iterator[Setting]:
    name = getattr(model, "name", "") or getattr(model, "title", "") or called
    checked = getattr(model, "checked", None)
    if isinstance(checked, date):
        yield Setting(str(name), checked)
    for key in type(model).model_fields:
        value = getattr(model, key)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, BaseModel):
                yield from _settings(part, key)
