"""Which kinds of file can be taken in, and the reader of each; a reader is loaded only when its kind is met."""

import importlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, cast

from wizard.evidence.document import Reader

READERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pdf": "wizard.evidence.paper:read",
        "jpeg": "wizard.evidence.photo:read",
        "png": "wizard.evidence.photo:read",
        "text": "wizard.evidence.plain_text:read",
        "html": "wizard.evidence.web_page:read",
    }
)
"""Module and function by kind; `document.Reader` says what such a function is."""


def reader(kind: str) -> Reader:
    """The reader of a kind."""
    module, function = READERS[kind].split(":")
    return cast("Reader", getattr(importlib.import_module(module), function))
