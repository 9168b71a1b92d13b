"""Which kinds of file can be taken in, and the reader of each; a reader is loaded only when its kind is met."""

import importlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, cast

from wizard.evidence.document import Reader

PICTURES: Final = ("jpeg", "png", "tiff", "heic", "webp", "bmp", "gif", "avif", "jp2", "psd")
"""Kinds that are pictures, and can be put together into one document."""

READERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pdf": "wizard.evidence.pdf.paper:read",
        **dict.fromkeys(PICTURES, "wizard.evidence.pictures.photo:read"),
        "photos": "wizard.evidence.pictures.photos:read",
        "text": "wizard.evidence.text.plain_text:read",
        "docx": "wizard.evidence.office.word:read",
        "odt": "wizard.evidence.office.open_document:read",
        "rtf": "wizard.evidence.office.rich_text:read",
        **dict.fromkeys(("doc", "pptx", "ppt", "odp"), "wizard.evidence.office.unshown:read"),
        "html": "wizard.evidence.text.web_page:read",
        **dict.fromkeys(("xlsx", "xls", "ods"), "wizard.evidence.office.spreadsheet:read"),
        **dict.fromkeys(("eml", "msg", "tnef"), "wizard.evidence.mail.mail:read"),
        "zip": "wizard.evidence.archive:read",
        **dict.fromkeys(("calendar", "contact"), "wizard.evidence.text.entries:read"),
    }
)
"""Module and function by kind; `document.Reader` says what such a function is."""


def reader(kind: str) -> Reader:
    """The reader of a kind."""
    module, function = READERS[kind].split(":")
    return cast("Reader", getattr(importlib.import_module(module), function))
