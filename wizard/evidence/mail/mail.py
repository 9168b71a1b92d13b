"""The reader of messages: what stands above them, their text, and what is attached, on pages; in the child process."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from wizard.errors import EvidenceRefused
from wizard.evidence.contents import listed, own
from wizard.evidence.detection import detect
from wizard.evidence.document import Read
from wizard.evidence.mail import mailbox, message_eml, outlook, tnef
from wizard.evidence.mail.message import Message, in_uk
from wizard.evidence.mail.outlook import BROKEN
from wizard.evidence.text import blocks as said
from wizard.evidence.text import html_blocks, plain_text
from wizard.evidence.text.laid_out import laid_out
from wizard.evidence.text.text_facts import many
from wizard.evidence_fact import Treatment

_ACTIVE: Final = re.compile(r"<script|javascript:", re.IGNORECASE)
_SHOWN: Final = frozenset({"png", "jpeg", "gif", "bmp", "tiff", "webp"})
_NEVER_SENT: Final = frozenset({"program", "shortcut", "archive", "zip", "unknown", "apple-double"})
_NO_TEXT: Final = "[The message has no text.]"


def read(data: bytes, kind: str, treatment: Treatment) -> Read:
    """Read a message (``eml``, ``msg``, ``tnef``), a saved web page or a mailbox file."""
    try:
        if kind == "eml" and (messages := mailbox.messages(data)):
            return mailbox.read(messages)
        if kind == "eml" and message_eml.only_typed(data):
            return plain_text.read(data, "text", treatment)
        return _Shown({"eml": message_eml, "msg": outlook, "tnef": tnef}[kind].read(data)).read()
    except BROKEN:
        raise EvidenceRefused(
            "The message is damaged and cannot be read.", "Open it where it came, print it to a PDF, and add that."
        ) from None


@dataclass(slots=True)
class _Shown:
    """A message on its way to pages."""

    message: Message
    unfetched: int = 0
    whole: bool = True
    used: set[int] = field(default_factory=set)

    def read(self) -> Read:
        """The pages, and the files that are to be offered by themselves."""
        text = list(self._text())  # which pictures are shown in it is known only now
        left = [one for number, one in enumerate(self.message.attached) if number not in self.used]
        table, parts = listed(left)
        end: list[said.Block] = [said.Rule(), said.Heading(said.prose("Attached to this message"), 3), table]
        laid = laid_out([*self._head(), *text, *(end if left else [])])
        safe = not any(detect(one.data).id in _NEVER_SENT for one in left if one.data) and not any(
            body.html and _ACTIVE.search(body.text) for body in self.message.bodies
        )
        made = laid.read(*self._notices(len(parts), len(left)))
        keep = safe and self.message.whole and (made.with_original or not self.whole)
        sent = self.message.sent
        dated = in_uk(sent).date().isoformat() if sent else ""
        return replace(made, with_original=keep, parts=parts, dated=dated)

    def _head(self) -> Iterator[said.Block]:
        yield said.Heading(said.prose(self.message.subject or "(No subject)"), 1)
        for name, words in self.message.rows:
            yield said.Paragraph((said.Words(f"{name}: ", bold=True), said.Words(words)))
        for note in self.message.notes:
            yield said.Paragraph(said.prose(f"[{note}]"), quiet=True)
        yield said.Rule()

    def _text(self) -> Iterator[said.Block]:
        """The text; pictures that came with it stand where it has them."""
        there = False
        for number, body in enumerate(self.message.bodies):
            if number:
                yield said.Rule()
            if body.html:
                web = html_blocks.read(body.text, self._pictures(body.text))
                self.unfetched += web.unfetched
                self.whole = self.whole and web.whole
                blocks: list[said.Block] = web.blocks
            else:
                lines = body.text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
                blocks = [said.Preformatted(line.rstrip()) for line in lines]
            there = there or bool(blocks)
            yield from blocks
        if not there and not self.message.notes:
            yield said.Paragraph(said.prose(_NO_TEXT), quiet=True)

    def _pictures(self, text: str) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for number, one in enumerate(self.message.attached):
            addresses = [f"cid:{one.content_id}", f"cid:{one.content_id.replace('@', '%40')}"] if one.content_id else []
            addresses += [one.location] if one.location else []
            named = [address for address in addresses if address in text]
            if named and detect(one.data).id in _SHOWN:
                found |= dict.fromkeys(named, one.data)
                self.used.add(number)
        return found

    def _notices(self, parts: int, left: int) -> Iterator[str]:
        if any(body.html for body in self.message.bodies):
            yield "The text of the message is shown, not its looks."
        yield from self.message.notes
        if not self.message.sent:
            yield "The message does not say when it was sent."
        if self.unfetched:
            pictures = many(self.unfetched, "picture on the internet was", "pictures on the internet were")
            yield f"{pictures} not fetched."
        if not self.whole:
            yield "It is so large or so damaged that only its beginning is shown."
        if parts:
            yield f"{many(parts, 'file is', 'files are')} attached to it and not shown with it: {own(parts)}."
        if left > parts:
            yield f"{many(left - parts, 'attached file', 'attached files')} could not be taken out: its page says why."
