"""What is wrong with the shape of a council's file, in words for somebody who does not program."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, NamedTuple, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from forms.catalogue import PAGES, own_mistakes, pages_of
from forms.kit.authority import AuthorityProfile
from forms.kit.own import OwnPage
from forms.kit.page import Page
from wizard.councils.lines import Path
from wizard.councils.names import allowed


class Fault(NamedTuple):
    """Something wrong at a place of the file.

    Attributes:
        path: keys and numbers of rows, as in ``wizard.councils.lines``.
    """

    path: Path
    sentence: str
    remedy: str


HOW_TO_SEND: Final = 'Add one of them: email = "medical@council.gov.uk" or steps = ["What to do first.", "And then."]'
KINDS: Final[Mapping[str, str]] = {
    "string": 'text in quotes, such as "Education Access"',
    "int": "a whole number without quotes, such as 20",
    "bool": "true or false, without quotes",
    "date": "a date such as 2026-11-21, without quotes",
    "tuple": 'a list in square brackets, such as ["on_roll"]',
    "model": "a row with keys of its own",
    "dict": "a heading of its own with keys below it, such as [why]",
}
"""By the beginning of pydantic's name for a mistake: what belongs in its place."""
SETTINGS: Final = ("asks", "signing", "threshold_days", "full_time_hours", "in_full", "in_full_id", "pack_title")
"""Keys that stand above the first heading; below one they would be that heading's."""


def faults(data: Mapping[str, Any]) -> tuple[AuthorityProfile | None, list[Fault]]:
    """The profile if its shape is right, or else every fault."""
    try:
        return AuthorityProfile.model_validate(data), []
    except ValidationError as error:
        return None, [_fault(found) for found in error.errors(include_url=False, include_context=True)]


def own_pages(data: Mapping[str, Any]) -> tuple[Mapping[str, type[Page] | None], list[Fault]]:
    """The pages that a file may name, its own among them, and what is wrong with its own."""
    rows = data.get("pages", ())
    named = {str(row.get("id")): None for row in rows if isinstance(row, dict)} if isinstance(rows, list) else {}
    try:
        own = TypeAdapter(tuple[OwnPage, ...]).validate_python(rows)
    except ValidationError:
        return {**named, **PAGES}, []
    as_far: dict[str, Any] = {"id": str(data.get("id")), "pages": own}
    stub = AuthorityProfile.model_construct(**as_far)
    found = [Fault(*mistake) for mistake in own_mistakes(stub)]
    return {**named, **PAGES} if found else pages_of(stub), found


def _fault(error: Any) -> Fault:  # noqa: ANN401 - pydantic's details of an error
    path, kind = tuple(error["loc"]), str(error["type"])
    name = str(path[-1]) if path else ""
    above, annotation = _model(path[:-1]), _annotation(path)
    if kind == "missing":
        return Fault(path[:-1], f"“{name}” is missing.", _added(name, annotation))
    if kind == "extra_forbidden":
        return _unknown(path, above)
    if kind == "enum" and isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return Fault(path, f"“{error['input']}” cannot stand here.", allowed(str(error["input"]), annotation))
    if kind == "too_short":
        return Fault(path, f"“{name}” is empty.", "Name at least one, or take the whole row out.")
    if kind == "value_error":
        remedy = HOW_TO_SEND if path[0] in ("recipient", "recipients") else "Add it."
        return Fault(path, f"{str(error['ctx']['error']).capitalize()}.", remedy)
    return _wrong_kind(path, kind, error["input"]) or Fault(path, f"“{name}” cannot be as it is.", f"{error['msg']}.")


def _unknown(path: Path, above: type[BaseModel] | None) -> Fault:
    name = str(path[-1])
    if len(path) > 1 and name in SETTINGS:
        return Fault(path, f"“{name}” does not belong to this heading.", "Move it up, above the first heading.")
    return Fault(path, f"“{name}” is not known here.", allowed(name, above.model_fields if above else ()))


def _wrong_kind(path: Path, kind: str, value: object) -> Fault | None:
    name, rows = str(path[-1]), kind.startswith("tuple")
    if len(path) == 1 and name not in SETTINGS and isinstance(value, dict if rows else list):
        heading = f"[[{name}]]" if rows else f"[{name}]"
        return Fault(path, f"The heading “{name}” has the wrong brackets.", f"Write it like this: {heading}")
    if "choices" in path:
        at = path[: path.index("choices") + 1]
        return Fault(at, "The choices are not in braces.", 'Write: choices = { bus = "By bus", foot = "On foot" }')
    for start, words in KINDS.items():
        if kind.startswith(start):
            what = f"“{name}”" if isinstance(path[-1], str) else f"Number {int(name) + 1} of “{path[-2]}”"
            return Fault(path, f"{what} has a value of the wrong kind.", f"It should be {words}.")
    return None


def _annotation(path: Path) -> Any:  # noqa: ANN401 - a type, or nothing
    """The type that the shape wants at a place; ``None`` where it has none."""
    found: Any = AuthorityProfile
    for step in path:
        if isinstance(step, int):
            found = next(iter(get_args(found)), None)
        elif isinstance(found, type) and issubclass(found, BaseModel) and step in found.model_fields:
            found = _without_none(found.model_fields[step].annotation)
        else:
            return None
    return found


def _without_none(annotation: Any) -> Any:  # noqa: ANN401 - a type
    parts = [part for part in get_args(annotation) if part is not type(None)]
    return parts[0] if len(parts) == 1 and type(None) in get_args(annotation) else annotation


def _model(path: Path) -> type[BaseModel] | None:
    found = _annotation(path)
    return found if isinstance(found, type) and issubclass(found, BaseModel) else None


def _added(name: str, annotation: Any) -> str:  # noqa: ANN401 - a type
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"Add a line [{name}], and its keys below it."
    return f"Add it: {name} = {_example(annotation)}"


def _example(annotation: Any) -> str:  # noqa: ANN401 - a type
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return " or ".join(f'"{one}"' for one in annotation)
    name = getattr(annotation, "__name__", "")
    plain = {"str": '"..."', "int": "a whole number", "bool": "true or false", "date": "a date such as 2026-11-21"}
    return plain.get(name, '["..."]')
