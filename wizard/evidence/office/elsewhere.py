"""Whether an office file would have the program that opens it fetch pictures or files from elsewhere; in the child.

LibreOffice is told to follow no link, and does so all the same in rich text and OpenDocument: a picture from this
computer, or an address that tells somebody who opened the file. Such a file is read by the program itself.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from wizard.errors import EvidenceRefused
from wizard.evidence.office.rich_text_codes import TOKEN
from wizard.evidence.text import xml_events

_ONLY_NAMED: Final = frozenset({"a", "form", "event-listener", "sound"})
"""Elements of OpenDocument whose address is followed when somebody asks for it, if ever."""

_WITHIN: Final = re.compile(r"#|(?:\./)?[^/\\:#][^\\:]*$|$")
_UPWARDS: Final = re.compile(r"(^|/)(\.|%2e){2}(/|%2f|$)", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"%(2f|3a|5c)", re.IGNORECASE)  # slash, colon and backslash
_FETCHING: Final = re.compile(r"\s*(INCLUDE|IMPORT|LINK|DDE|DATABASE|RD\b)|.*(INCLUDEPIC|INCLUDETEXT)", re.I | re.S)
_CODED: Final = "\0"


def instructed(rtf: bytes) -> bool:
    """Whether a field of rich text fetches something; also when its first word is written so that nobody can tell."""
    return any(_CODED in said or _FETCHING.match(said) for said in _instructions(rtf))


def named(part: bytes) -> bool:
    """Whether a part of an OpenDocument file names something that lies outside it; also when it cannot be read."""
    links = _Links()
    try:
        xml_events.tell(part, links)
    except EvidenceRefused:
        return True
    return links.elsewhere


class _Links:
    """Hears of a part of an OpenDocument file; ``elsewhere`` tells whether something lies outside it."""

    def __init__(self) -> None:
        self.elsewhere = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if "href" in attributes and name not in _ONLY_NAMED:
            places = (value.strip() for key, value in attributes.items() if key.rpartition(" ")[2] == "href")
            self.elsewhere |= any(map(_outside, places))

    def end(self, name: str) -> None:
        pass

    def text(self, words: str) -> None:
        pass


def _outside(place: str) -> bool:
    return not _WITHIN.match(place) or bool(_UPWARDS.search(place) or _NUMBERED.search(place))


def _instructions(data: bytes) -> Iterator[str]:
    """What the fields of rich text are told to do; a letter of the first word that is written by number as `_CODED`."""
    open_groups: list[bool] = [False]
    said: list[str] = []
    settled = False  # whether it is known if a letter of the first word is written by number
    at = 0
    while at < len(data) and (token := TOKEN.match(data, at)):
        at = token.end() + int(token["bin"] or 0)
        if token["brace"] == b"{":
            open_groups.append(open_groups[-1])
        elif token["brace"]:
            was = open_groups.pop() if len(open_groups) > 1 else False
            if was and not open_groups[-1]:
                yield "".join(said)
                said.clear()
                settled = False
        elif token["word"] == b"fldinst":
            open_groups[-1] = True
        elif open_groups[-1] and token["text"]:
            said.append(token["text"].decode("latin-1"))
        elif open_groups[-1] and not settled and (token["hex"] or token["word"] == b"u"):
            settled = True
            said += [] if " " in "".join(said).strip() else [_CODED]
    yield "".join(said)
