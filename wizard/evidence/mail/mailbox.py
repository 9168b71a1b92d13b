"""Mailbox files (mbox): many messages, one after the other, each a file of its own; in the child process."""

import re
from collections.abc import Sequence
from typing import Final

from wizard.evidence.contents import listed
from wizard.evidence.document import Read
from wizard.evidence.mail import message_eml
from wizard.evidence.mail.message import Attached, told
from wizard.evidence.mail.outlook import BROKEN
from wizard.evidence.text import blocks as said
from wizard.evidence.text.laid_out import laid_out

_BETWEEN: Final = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]{1,300}\d\d:\d\d[^\r\n]{0,60}\r?\n(?=[A-Za-z-]{2,60}:)")
_QUOTED: Final = re.compile(rb"^>(>*From )", re.MULTILINE)


def messages(data: bytes) -> list[bytes]:
    """The messages of a mailbox file; none where there are not several."""
    if not data[:100].lstrip().startswith(b"From "):
        return []
    starts = [found.end() for found in _BETWEEN.finditer(data)]
    ends = [found.start() for found in _BETWEEN.finditer(data)][1:]
    if len(starts) < 2:
        return []
    return [_QUOTED.sub(rb"\1", data[start:end]) for start, end in zip(starts, [*ends, len(data)], strict=True)]


def read(found: Sequence[bytes]) -> Read:
    """A list of the messages, which are offered by themselves."""
    table, parts = listed([Attached(_name(number, one), one) for number, one in enumerate(found, 1)])
    heading = said.Heading(said.prose(f"A mailbox with {len(found):,} messages"), 1)
    made = laid_out([heading, table]).read("Its messages are listed here and not shown: each is a document of its own.")
    return Read(made.pdf, made.notices, parts=parts)


def _name(number: int, data: bytes) -> str:
    try:
        subject = message_eml.subject(data)
    except BROKEN:
        subject = ""
    return f"{told(subject, 80) or f'Message {number}'}.eml"
