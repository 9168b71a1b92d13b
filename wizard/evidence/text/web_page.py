"""The reader of web pages: their text on pages of our own; nothing is fetched and no script runs. In the child."""

import re
from typing import Final

from wizard.evidence.document import Read
from wizard.evidence.text import html_blocks
from wizard.evidence.text.decoding import HEAD, decode
from wizard.evidence.text.laid_out import laid_out
from wizard.evidence.text.text_facts import many
from wizard.evidence_fact import Treatment

_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([A-Za-z0-9_.:-]{1,30})""", re.IGNORECASE)
_ACTIVE: Final = re.compile(r"<script|\son\w{3,20}\s*=|javascript:", re.IGNORECASE)


def read(data: bytes, kind: str, treatment: Treatment) -> Read:
    """Read a web page."""
    text = decoded(data)
    web = html_blocks.read(text)
    notices = ["It is a web page: its text is shown, not its looks."]
    if web.unfetched:
        pictures = many(web.unfetched, "picture on the internet was", "pictures on the internet were")
        notices.append(f"{pictures} not fetched.")
    if not web.whole:
        notices.append("It is so large or so damaged that only its beginning is shown.")
    active = bool(_ACTIVE.search(text))
    if active:
        notices.append("It holds scripts, so the original is not sent along.")
    return laid_out(web.blocks).read(*notices, with_original=True).kept_back(active)


def decoded(data: bytes) -> str:
    """The text of a web page, by the encoding that it names if that fits."""
    named = _CHARSET.search(data[:HEAD])
    if named and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return data.decode(named[1].decode())
        except (LookupError, UnicodeError):
            pass
    return decode(data)
