"""The evidence list of a referral: its lines as they are kept, handed over and signed for."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from functools import cache
from typing import Annotated, Any

from pydantic import ConfigDict, TypeAdapter, with_config

from wizard.errors import UnusableInput
from wizard.evidence_fact import EvidenceFact, Treatment, Turn

_PLAIN = Treatment()
_HANDED_OVER = ("file", "sha256", "answers", "title", "dated", "rotate", "turned", "omit", "order", "within", "cleared")
_CALLED = {"dated": "date"}


def handed_over(fact: EvidenceFact) -> dict[str, Any]:
    """A line of the evidence list of ``referral.json``: no empty parts, unless they were there before.

    A password is never among them. Of a refused document nothing but its line is handed over, so it says why,
    also when it was read from such a line.
    """
    names = (*_HANDED_OVER, *(("kind", "why") if fact.why else ()))
    values = {_CALLED.get(name, name): getattr(fact, name) for name in names}
    values["treatment"], values["turned"] = _wishes(fact.treatment), [asdict(turn) for turn in fact.turned]
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value or name in fact.given
    }


def signed(fact: EvidenceFact) -> list[Any]:
    """What a signature stands for of a document; wishes that were not made leave no trace in it."""
    wishes: dict[str, Any] = {"order": list(fact.order), "treatment": _wishes(fact.treatment)}
    if fact.turned:  # not there at all otherwise: what was signed before pages could be turned singly still stands
        wishes["turned"] = [[turn.page, turn.degrees] for turn in fact.turned]
    said = [fact.sha256, fact.rotate, fact.omit, fact.title, fact.dated, fact.answers]
    return [*said, *([wishes] if any(wishes.values()) else [])]


def _wishes(treatment: Treatment) -> dict[str, Any]:
    """The parts of a treatment that somebody wished for; its password is none of them."""
    if treatment == _PLAIN:  # as nearly all are, and a judgement asks of each
        return {}
    usual, wished = asdict(_PLAIN), asdict(treatment) | {"password": ""}
    other = {name: value for name, value in wished.items() if value != usual[name]}
    found: dict[str, Any] = json.loads(json.dumps(other))  # lists, as they are read again
    return found


def read(line: Mapping[str, Any]) -> EvidenceFact:
    """A line of an evidence list, as it is handed over or kept.

    Raises:
        UnusableInput: it is not one.
    """
    values = dict(line)
    values.setdefault("given", sorted(values))
    for name, called in _CALLED.items():
        if called in values:
            values[name] = values.pop(called)
    try:
        fact: EvidenceFact = _shape().validate_python(values)
        turned = tuple(Turn(turn.page, _quarters(turn.degrees)) for turn in fact.turned)
        fact = replace(fact, rotate=_quarters(fact.rotate), turned=turned)
        for day in filter(None, (fact.dated, fact.suggested)):
            date.fromisoformat(day)
    except ValueError:  # pydantic's, too: what was typed is not said
        raise UnusableInput("A line of the evidence list cannot be read.", "Export the referral again.") from None
    if not fact.file or fact.file in {".", ".."} or re.search(r"[/\\\x00]", fact.file):
        raise UnusableInput("An evidence file is named by a path.", "Evidence lies in the referral's own folder.")
    return fact


def _quarters(degrees: int) -> int:
    return degrees % 360 // 90 * 90


@cache
def _shape() -> TypeAdapter[EvidenceFact]:
    return TypeAdapter(Annotated[EvidenceFact, with_config(ConfigDict(extra="ignore"))])
