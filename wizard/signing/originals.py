"""Checks the files that travel in a pack against its own list of them, with pyHanko; only while a pack is verified."""

import hashlib
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader

from wizard.signing.opening import FAULTS
from wizard.signing.verify import Travelling, Travels

_LIST = "manifest.json"
_DEEPEST = 8


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    number: int = Field(ge=1, le=10_000)
    sha256: str
    attachment: str = Field(max_length=300)


class _Manifest(BaseModel):
    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    files: tuple[_Line, ...] = Field(max_length=10_000)


def travelling(reader: PdfFileReader) -> tuple[Travelling, ...]:
    """Every file that the pack's list names or that is in the pack; none where it has no such list.

    Raises:
        One of `opening.FAULTS`: the pack is damaged.
    """
    held: dict[str, StreamObject] = {}
    twice = [name for name, stream in _files(reader) if held.setdefault(name, stream) is not stream]
    if _LIST not in held:
        return ()
    try:
        listed = _Manifest.model_validate_json(held.pop(_LIST).data).files
    except ValidationError:
        return (Travelling(name=_LIST, state="altered"),)
    named = {line.attachment: line for line in listed if line.attachment}
    found = [Travelling(name=name, state=_state(held.get(name), line.sha256)) for name, line in named.items()]
    unnamed = [name for name in held if name not in named] + twice
    return (*found, *(Travelling(name=name[:300], state="unnamed") for name in unnamed))


def _state(stream: StreamObject | None, sha256: str) -> Travels:
    if stream is None:
        return "missing"
    try:
        same = hashlib.sha256(stream.data).hexdigest() == sha256
    except FAULTS:
        same = False
    return "same" if same else "altered"


def _files(reader: PdfFileReader) -> Iterator[tuple[str, StreamObject]]:
    yield from _within(_at(_at(reader.root, "/Names"), "/EmbeddedFiles"), 0)


def _within(tree: DictionaryObject | None, depth: int) -> Iterator[tuple[str, StreamObject]]:
    pairs, kids = _at(tree, "/Names"), _at(tree, "/Kids")
    for at in range(1, len(pairs), 2) if isinstance(pairs, ArrayObject) else ():
        stream = _at(_at(pairs[at], "/EF"), "/F")
        if isinstance(stream, StreamObject):
            yield str(_at(pairs[at], "/UF") or pairs[at - 1]), stream
    for at in range(len(kids)) if isinstance(kids, ArrayObject) and depth < _DEEPEST else ():
        yield from _within(kids[at], depth + 1)


def _at(held: object, key: str) -> Any:  # noqa: ANN401 - whatever a file holds there
    """What stands under a key, looked up where it is said elsewhere in the file; ``None`` where nothing does."""
    return held[key] if isinstance(held, DictionaryObject) and key in held else None
