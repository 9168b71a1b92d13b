"""A message that lay within another, written anew as a file of its own (MIME); in the child process."""

from email.encoders import encode_base64
from email.header import Header
from email.message import Message as Part
from email.utils import format_datetime, formataddr
from typing import Final

from wizard.evidence.mail.message import Attached, Body, Message

_BOUNDARY: Final = "=_part_%d"  # the same bytes from the same message
_PEOPLE: Final = frozenset({"From", "Sender", "Reply to", "To", "Cc", "Bcc"})


def as_sent(message: Message) -> bytes:
    """The message as it might have been sent; nothing of it that is kept here is lost."""
    head = Part()
    head["MIME-Version"] = "1.0"
    for name, words in message.rows:
        people = name in _PEOPLE
        if name != "Date":
            head[name.replace(" ", "-")] = ", ".join(map(_person, words.split("; "))) if people else _one_line(words)
    if message.sent:
        head["Date"] = format_datetime(message.sent)
    head["Subject"] = _one_line(message.subject)
    return head.as_bytes().rstrip(b"\n") + b"\n" + _parts(message).as_bytes()


def _parts(message: Message) -> Part:
    pieces: list[Part | str] = [_text(body) for body in message.bodies]
    pieces += [_file(one) for one in message.attached if one.data]
    if len(pieces) == 1 and isinstance(pieces[0], Part):
        return pieces[0]
    whole = Part()
    whole["Content-Type"] = "multipart/mixed"
    number = 0
    held = b"".join(bytes(one) for one in pieces if isinstance(one, Part))
    while (_BOUNDARY % number).encode() in held:
        number += 1
    whole.set_boundary(_BOUNDARY % number)
    whole.set_payload(pieces)
    return whole


def _text(body: Body) -> Part:
    part = Part()
    part.set_payload(body.text.encode("utf-8", "replace").decode(), "utf-8")
    part.set_type("text/html" if body.html else "text/plain")
    return part


def _file(one: Attached) -> Part:
    part = Part()
    part["Content-Type"] = "application/octet-stream"
    part.set_payload(one.data)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", one.name))
    if one.content_id:
        part["Content-ID"] = f"<{_one_line(one.content_id)}>"
    return part


def _person(words: str) -> str:
    name, _, address = words.rpartition(" <") if words.endswith(">") else ("", "", words if "@" in words else "")
    address = address.removesuffix(">")
    if not address.isascii():
        return _one_line(words)
    return formataddr((name or ("" if address else words), address)) or '""'


def _one_line(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8", maxlinelen=10_000).encode()
