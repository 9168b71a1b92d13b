"""Messages as Outlook saves them (MSG, MS-OXMSG): properties in the streams of an OLE file; in the child process."""

import io
import struct
from typing import Final

import olefile

from wizard.evidence.mail import mapi
from wizard.evidence.mail.mapi import BINARY, NARROW, WIDE, Properties
from wizard.evidence.mail.message import Attached, Message
from wizard.evidence.mail.message_anew import as_sent

DEEPEST: Final = 8
MOST: Final = 2_000
"""Recipients, and attached files, of one message."""

_FIXED: Final = "__properties_version1.0"
_STREAM: Final = "__substg1.0_"
_HEADS: Final = {"message": 32, "embedded": 24, "other": 8}
_KINDS: Final = frozenset({NARROW, WIDE, BINARY})

BROKEN: Final = (OSError, ValueError, TypeError, LookupError, AttributeError, struct.error, RecursionError)
"""What `olefile` and Python raise of a file that is damaged."""


Path = tuple[str, ...]


def read(data: bytes) -> Message:
    """Read a message.

    Raises:
        One of `BROKEN`: it is damaged.
    """
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_FATAL) as ole:
        return _Storages(ole).message((), "message", 0)


class _Storages:
    """The storages of a file, listed once: a message to hundreds of people has thousands of streams."""

    def __init__(self, ole: olefile.OleFileIO) -> None:
        self._ole = ole
        self._inside: dict[Path, list[str]] = {}
        for entry in ole.listdir(streams=True, storages=True):
            self._inside.setdefault(tuple(entry[:-1]), []).append(entry[-1])

    def message(self, path: Path, level: str, depth: int) -> Message:
        """The message in a storage; ``level`` says how long the head of its fixed properties is."""
        names = sorted(self._inside.get(path, ()))
        values = self._values(path, _HEADS[level])
        charset = mapi.charset(values)
        people = [name for name in names if name.startswith("__recip_version1.0_#")][:MOST]
        files = [name for name in names if name.startswith("__attach_version1.0_#")][:MOST]
        recipients = [Properties(self._values((*path, name), _HEADS["other"]), charset) for name in people]
        attached = [self._attached((*path, name), charset, depth) for name in files]
        return mapi.message(Properties(values, charset), recipients, attached)

    def _attached(self, path: Path, charset: str, depth: int) -> Attached:
        properties = Properties(self._values(path, _HEADS["other"]), charset)
        inner = (*path, f"{_STREAM}3701000D")
        if not mapi.is_message(properties) or _FIXED not in self._inside.get(inner, ()):
            return mapi.file(properties)
        if depth == DEEPEST:
            return Attached(mapi.title(properties) or "Message", b"", instead="messages in it are nested too deep")
        message = self.message(inner, "embedded", depth + 1)
        name = mapi.title(properties) or message.subject or "Message"
        return Attached(f"{name[:100]}.eml", as_sent(message))

    def _values(self, path: Path, head: int) -> dict[int, tuple[int, bytes]]:
        values: dict[int, tuple[int, bytes]] = {}
        names = self._inside.get(path, ())
        fixed = self._stream((*path, _FIXED))[head:] if _FIXED in names else b""
        for kind, number, _, value in struct.iter_unpack("<HHI8s", fixed[: len(fixed) // 16 * 16]):
            if kind not in _KINDS:
                values[number] = (kind, value)
        for name in names:
            code = name.removeprefix(_STREAM)
            if len(code) == 8 and code != name and (kind := int(code[4:], 16)) in _KINDS:
                values[int(code[:4], 16)] = (kind, self._stream((*path, name)))
        return values

    def _stream(self, path: Path) -> bytes:
        with self._ole.openstream("/".join(path)) as stream:
            data: bytes = stream.read()
        return data
