"""Messages as Outlook saves them (MSG, MS-OXMSG): properties in the streams of an OLE file; in the child process."""

import io
import struct
from typing import Final

import olefile

from wizard.evidence import mapi
from wizard.evidence.mapi import BINARY, NARROW, WIDE, Properties
from wizard.evidence.message import Attached, Message
from wizard.evidence.message_anew import as_sent

DEEPEST: Final = 8
MOST: Final = 2_000
"""Recipients, and attached files, of one message."""

_FIXED: Final = "__properties_version1.0"
_STREAM: Final = "__substg1.0_"
_HEADS: Final = {"message": 32, "embedded": 24, "other": 8}
_KINDS: Final = frozenset({NARROW, WIDE, BINARY})

BROKEN: Final = (OSError, ValueError, TypeError, LookupError, AttributeError, struct.error, RecursionError)
"""What `olefile` and Python raise of a file that is damaged."""


def read(data: bytes) -> Message:
    """Read a message.

    Raises:
        One of `BROKEN`: it is damaged.
    """
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_FATAL) as ole:
        return _message(ole, (), "message", 0)


def _message(ole: olefile.OleFileIO, path: tuple[str, ...], level: str, depth: int) -> Message:
    """The message in a storage; ``level`` says how long the head of its fixed properties is."""
    names = _below(ole, path)
    values = _values(ole, path, _HEADS[level])
    charset = mapi.charset(values)
    recipients = [
        Properties(_values(ole, (*path, name), _HEADS["other"]), charset)
        for name in names if name.startswith("__recip_version1.0_#")
    ][:MOST]  # fmt: skip
    attached = [
        _attached(ole, (*path, name), charset, depth) for name in names if name.startswith("__attach_version1.0_#")
    ][:MOST]
    return mapi.message(Properties(values, charset), recipients, attached)


def _attached(ole: olefile.OleFileIO, path: tuple[str, ...], charset: str, depth: int) -> Attached:
    properties = Properties(_values(ole, path, _HEADS["other"]), charset)
    inner = (*path, f"{_STREAM}3701000D")
    if not mapi.is_message(properties) or not ole.exists("/".join((*inner, _FIXED))):
        return mapi.file(properties)
    if depth == DEEPEST:
        return Attached(mapi.title(properties) or "Message", b"", instead="messages in it are nested too deep")
    message = _message(ole, inner, "embedded", depth + 1)
    name = mapi.title(properties) or message.subject or "Message"
    return Attached(f"{name[:100]}.eml", as_sent(message))


def _below(ole: olefile.OleFileIO, path: tuple[str, ...]) -> list[str]:
    """The names of the storages in a storage, in order."""
    depth = len(path)
    found = (tuple(entry) for entry in ole.listdir(streams=False, storages=True))
    return sorted(entry[depth] for entry in found if len(entry) == depth + 1 and entry[:depth] == path)


def _values(ole: olefile.OleFileIO, path: tuple[str, ...], head: int) -> dict[int, tuple[int, bytes]]:
    values: dict[int, tuple[int, bytes]] = {}
    fixed = _stream(ole, (*path, _FIXED))[head:]
    for kind, number, _, value in struct.iter_unpack("<HHI8s", fixed[: len(fixed) // 16 * 16]):
        if kind not in _KINDS:
            values[number] = (kind, value)
    depth = len(path)
    for entry in ole.listdir():
        if len(entry) != depth + 1 or tuple(entry[:depth]) != path or not entry[-1].startswith(_STREAM):
            continue
        code = entry[-1].removeprefix(_STREAM)
        if len(code) == 8 and (kind := int(code[4:], 16)) in _KINDS:
            values[int(code[:4], 16)] = (kind, _stream(ole, tuple(entry)))
    return values


def _stream(ole: olefile.OleFileIO, path: tuple[str, ...]) -> bytes:
    name = "/".join(path)
    if not ole.exists(name):
        return b""
    with ole.openstream(name) as stream:
        data: bytes = stream.read()
    return data
