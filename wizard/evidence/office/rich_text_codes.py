"""What codes and names of rich text stand for (Rich Text Format Specification 1.9.1)."""

import codecs
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TOKEN: Final = re.compile(
    rb"\\bin(?P<bin>\d{1,9}) ?|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?|(?P<hex>(?:\\'[0-9a-fA-F]{2})+)"
    rb"|\\(?P<symbol>[^a-zA-Z])|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)|\\"
)
"""A control word, letters, a brace, or bytes of something else, as many as are said."""

CHARSETS: Final[Mapping[int, str]] = MappingProxyType(
    {
        0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253",
        162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
        238: "cp1250", 254: "cp437", 255: "cp850",
    }
)  # fmt: skip
"""Python's name of the code page of a font's character set."""

LETTERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tab": "\u00a0\u00a0\u00a0 ", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘",
        "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": "\u2003", "enspace": "\u2002",
    }
)  # fmt: skip

UNSEEN: Final = frozenset(
    {
        "colortbl", "stylesheet", "info", "generator", "listtable", "listoverridetable", "revtbl", "rsidtbl", "fldinst",
        "nonshppict", "object", "objdata", "annotation", "atnid", "atnauthor", "xmlnstbl", "themedata", "datastore",
        "colorschememapping", "latentstyles", "pgdsctbl", "bkmkstart", "bkmkend", "filetbl", "template", "docvar",
        "userprops", "mmathPr", "formfield", "sp", "private", "passwordhash", "tc", "xe", "rxe", "txe",
    }
)  # fmt: skip
"""Groups of which nothing is shown."""


def codec(page: int) -> str:
    """Python's name of a Windows code page; Western where it is unknown."""
    name = {65001: "utf-8", 10000: "mac_roman", 936: "gbk", 950: "big5"}.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
