"""The rows of a council's file as it was read, and the texts in them, each with its place."""

from collections.abc import Iterator, Mapping
from typing import Any

from wizard.councils.lines import Path

Data = Mapping[str, Any]
"""A council's file as it was read, whatever its shape."""


def rows_of(data: Data, key: str) -> Iterator[tuple[Path, Data]]:
    """The rows of a kind."""
    rows = data.get(key)
    for number, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict):
            yield (key, number), row


def every_row(data: Data) -> Iterator[tuple[Path, Data]]:
    """The rows of every kind."""
    for key in data:
        yield from rows_of(data, key)


def texts_of(path: Path, row: Data, *keys: str) -> Iterator[tuple[Path, str]]:
    """The texts under a key, or in the list under it."""
    for key in keys:
        value = row.get(key)
        if isinstance(value, str):
            yield (*path, key), value
        elif isinstance(value, list):
            yield from (((*path, key, n), one) for n, one in enumerate(value) if isinstance(one, str))
