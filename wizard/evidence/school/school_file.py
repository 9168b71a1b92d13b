"""A file from the school's own systems, whatever it is: the operation ``fill`` of the child process."""

import io
import zipfile
import zlib
from datetime import date
from typing import Any, Final

from wizard.errors import EvidenceRefused
from wizard.evidence.detection import detect
from wizard.evidence.school import ctf, gias, pupil_list
from wizard.evidence.text import xml_tree
from wizard.evidence.text.decoding import HEAD, decode

XML_LARGEST: Final = 50 << 20
UNPACKED: Final = 100 << 20

_ALONE: Final = "Unpack it and choose the file itself."


def fill(data: bytes, today: str, pupil: int | None, search: str) -> tuple[dict[str, Any], list[bytes]]:
    """Say what a file is and, of one pupil or of the schools that are searched for, what it holds.

    Args:
        data: the file.
        today: ISO date.
        pupil: which one of those that an earlier answer named, from 0; ``None`` while nobody has chosen.
        search: for the list of schools: part of a name, a town or a number.
    """
    try:
        return _read(_unpacked(data), date.fromisoformat(today), pupil, search), []
    except EvidenceRefused as refusal:
        return {"kind": "", "why": str(refusal)}, []


def _read(data: bytes, today: date, pupil: int | None, search: str) -> dict[str, Any]:
    head = decode(data[:HEAD])
    if _is_xml(head):
        if len(data) > XML_LARGEST:
            raise EvidenceRefused(f"The file is larger than {XML_LARGEST >> 20} MB.", "Export this pupil alone.")
        root, note = xml_tree.parse(data)
        found = ctf.read(root, today, pupil)
        return found | {"notes": [*filter(None, [note]), *found["notes"]][:50]}
    if gias.is_list(head):
        return gias.read(data, search)
    return pupil_list.read(data, today, pupil)


def _is_xml(head: str) -> bool:
    start = head.lstrip("\ufeff \t\r\n")
    return start.startswith("<?xml") or start.casefold().startswith(("<ctfile", "<atfile", "<!doctype", "<!--"))


def _unpacked(data: bytes) -> bytes:
    """The one file in a zip, which some systems wrap around an export; anything else as it is."""
    kind = detect(data)
    if kind.id != "zip":
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir() and "__MACOSX" not in one.filename]
            if len(members) != 1:
                raise EvidenceRefused(f"The zip holds {len(members)} files, where one was expected.", _ALONE)
            with archive.open(members[0]) as stream:
                found = stream.read(UNPACKED + 1)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        raise EvidenceRefused("The zip is damaged or protected by a password.", _ALONE) from None
    if len(found) > UNPACKED:
        raise EvidenceRefused("The file in the zip grows too large when it is unpacked.", _ALONE)
    if detect(found).id == "zip":
        raise EvidenceRefused("The zip holds another zip.", _ALONE)
    return found
