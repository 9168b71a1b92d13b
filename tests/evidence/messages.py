"""Messages made for the tests: as they are sent, as Outlook saves them, and as it wraps them for others."""

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from io import BytesIO

from PIL import Image

from tests.evidence.ole_files import Storage, ole

Value = str | bytes | int | datetime
Props = Mapping[int, Value]

SENT = datetime(2026, 7, 3, 13, 5, tzinfo=UTC)


def picture(size: tuple[int, int] = (60, 40), colour: str = "navy") -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, colour).save(stream, "PNG")
    return stream.getvalue()


def letter(text: str = "Dear Mrs Oak", **headers: str) -> EmailMessage:
    """A message with a plain text; headers are named in Python's way (``Reply_To``)."""
    message = EmailMessage()
    known = {
        "From": "CAMHS North <camhs@nhs.example>",
        "To": "Mrs Oak <senco@school.example>",
        "Subject": "Appointment",
        "Date": "Fri, 3 Jul 2026 15:05:00 +0200",
        "Message_ID": "<1@nhs.example>",
    }
    for name, value in {**known, **headers}.items():
        if value:
            message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def msg(
    properties: Props, recipients: Sequence[Props] = (), attached: Sequence[Props | tuple[Props, Storage]] = ()
) -> bytes:
    """Outlook's file of a message; an attachment may be a pair: what is said of it, and a message."""
    return ole(msg_storage(properties, recipients, attached, head=32))


def msg_storage(
    properties: Props,
    recipients: Sequence[Props] = (),
    attached: Sequence[Props | tuple[Props, Storage]] = (),
    head: int = 24,
) -> Storage:
    storage: dict[str, bytes | Storage] = dict(_streams(properties, head))
    for number, one in enumerate(recipients):
        storage[f"__recip_version1.0_#{number:08X}"] = _streams(one, 8)
    for number, file in enumerate(attached):
        props, inner = file if isinstance(file, tuple) else (file, None)
        streams: dict[str, bytes | Storage] = dict(_streams(props, 8))
        if inner is not None:
            streams["__substg1.0_3701000D"] = inner
        storage[f"__attach_version1.0_#{number:08X}"] = streams
    return storage


def _streams(properties: Props, head: int) -> dict[str, bytes]:
    fixed, streams = bytearray(head), {}
    for number, value in properties.items():
        kind, data = encoded(value)
        if kind in (0x1F, 0x102):
            streams[f"__substg1.0_{number:04X}{kind:04X}"] = data
            fixed += struct.pack("<HHIQ", kind, number, 6, len(data))
        else:
            fixed += struct.pack("<HHI", kind, number, 6) + data.ljust(8, b"\0")
    return {**streams, "__properties_version1.0": bytes(fixed)}


def encoded(value: Value) -> tuple[int, bytes]:
    """The type of a property, and its bytes."""
    match value:
        case str():
            return 0x1F, value.encode("utf-16-le")
        case bytes():
            return 0x102, value
        case int():
            return 3, struct.pack("<i", value)
        case _:
            ticks = (value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10_000_000
            return 0x40, struct.pack("<Q", int(ticks))


def tnef(properties: Props, files: Mapping[str, bytes]) -> bytes:
    """A ``winmail.dat``."""
    out = b"\x78\x9f\x3e\x22\x01\x00" + _attribute(1, 0x69003, _packed(properties))
    for name, data in files.items():
        out += _attribute(2, 0x69002, bytes(14)) + _attribute(2, 0x18010, name.encode() + b"\0")
        out += _attribute(2, 0x6800F, data)
    return out


def _attribute(level: int, number: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def _packed(properties: Props) -> bytes:
    out = struct.pack("<I", len(properties))
    for number, value in properties.items():
        kind, data = encoded(value)
        out += struct.pack("<HH", kind, number)
        if kind in (0x1F, 0x102):
            out += struct.pack("<II", 1, len(data)) + data.ljust(-(-len(data) // 4) * 4, b"\0")
        else:
            out += data
    return out


def rich(rtf: bytes) -> bytes:
    """Rich text as Outlook keeps it when it does not compress it."""
    return struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf
