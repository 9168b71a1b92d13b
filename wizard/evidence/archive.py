"""The reader of zip archives: a page lists what is in them, and each file is to be offered by itself. In the child."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Final

from wizard.errors import EvidenceRefused
from wizard.evidence.clutter import of_the_system
from wizard.evidence.contents import listed, own
from wizard.evidence.document import Damaged, Read
from wizard.evidence.mail.message import Attached, told
from wizard.evidence.text import blocks as said
from wizard.evidence.text.laid_out import laid_out
from wizard.evidence.text.text_facts import many
from wizard.evidence_fact import Treatment

UNPACKED: Final = 200 << 20
"""Bytes that all files of an archive may have when they are unpacked."""

MOST: Final = 2_000
"""Files that an archive may list."""

_UNPACK: Final = "Unpack it yourself and add the documents in it."
_LOCKED: Final = 0x1
_UTF8: Final = 0x800
_PIECE: Final = 1 << 20
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, RuntimeError, NotImplementedError, EOFError, OSError,
    ValueError, LookupError, TypeError, OverflowError,
)  # fmt: skip


def read(data: bytes, kind: str, treatment: Treatment) -> Read:
    """Read an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            documents = [one for one in members if not of_the_system(_path(one))]
            _judge(documents)
            files = list(_files(archive, documents))
    except _BROKEN:
        raise Damaged("The zip archive is damaged and cannot be unpacked.", _UNPACK) from None
    table, parts = listed(files)
    heading = said.Heading(said.prose(f"A zip archive with {many(len(files), 'file', 'files')}"), 1)
    notices = []
    if parts:
        notices.append(f"What is in it is listed here and not shown: {own(len(parts))}.")
    if len(parts) < len(files):
        less = many(len(files) - len(parts), "file in it", "files in it")
        notices.append(f"{less} could not be taken out: the list says why.")
    if left := len(members) - len(documents):
        notices.append(f"{many(left, 'hidden or system file', 'hidden or system files')} in it left out.")
    made = laid_out([heading, table]).read(*notices)
    return Read(made.pdf, made.notices, parts=parts)


def _judge(documents: list[zipfile.ZipInfo]) -> None:
    if not documents:
        raise EvidenceRefused("There is no document in the zip archive.", "Look into it, and zip it again.")
    if len(documents) > MOST:
        raise EvidenceRefused(f"The zip archive holds {len(documents):,} files.", _UNPACK)
    if all(one.flag_bits & _LOCKED for one in documents):
        raise EvidenceRefused(
            "The zip archive is protected by a password.",
            "Unpack it yourself with the password and add the documents in it.",
        )


def _files(archive: zipfile.ZipFile, documents: list[zipfile.ZipInfo]) -> Iterator[Attached]:
    left = UNPACKED
    for one in documents:
        name = told("/".join(_path(one).parts), 400)
        if one.flag_bits & _LOCKED:
            yield Attached(name, b"", instead="protected by a password: unpack it yourself and add it")
            continue
        try:
            data = _unpacked(archive, one, left)
        except _BROKEN:
            yield Attached(name, b"", instead="damaged, or packed in a way that cannot be read here")
            continue
        left -= len(data)
        yield Attached(name, data, instead="" if data else "empty")


def _unpacked(archive: zipfile.ZipFile, one: zipfile.ZipInfo, most: int) -> bytes:
    data = bytearray()
    with archive.open(one) as stream:
        while piece := stream.read(_PIECE):
            data += piece
            if len(data) > most:
                raise EvidenceRefused("The zip archive grows too large when it is unpacked.", _UNPACK)
    return bytes(data)


def _path(one: zipfile.ZipInfo) -> PurePosixPath:
    """Where a file lies in the archive; Macs write UTF-8 without saying so."""
    name = one.filename
    if not one.flag_bits & _UTF8 and not name.isascii():
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return PurePosixPath(name.replace("\\", "/"))
