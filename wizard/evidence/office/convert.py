"""Office documents made into PDFs by LibreOffice where it is installed; these are outside files like any other.

Called in the program; LibreOffice runs confined (`program`), with a profile of its own in which macros, links to other
files and the network are off.
"""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field

from wizard.errors import EvidenceRefused
from wizard.evidence.answer import Sentence, Shape, checked
from wizard.evidence.confined.process import Limits
from wizard.evidence.confined.program import run_program
from wizard.evidence.confined.worker import serve

KINDS: Final = frozenset({"docx", "doc", "rtf", "odt", "pptx", "ppt", "odp"})
LIMITS: Final = Limits(memory=3 << 30, cpu_seconds=90, wall_seconds=90, output=100 << 20)
CONVERTED: Final = "It was made into a PDF by LibreOffice; lines and pages may end elsewhere than in Word."
FAILED: Final = "LibreOffice could not make a PDF of it."
SLIDES: Final = "It was made into a PDF by LibreOffice; films, sounds and movement are not shown."
_PLACES: Final = {
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
    "win32": tuple(
        rf"{folder}\LibreOffice\program\{name}"
        for folder in (r"C:\Program Files", r"C:\Program Files (x86)")
        for name in ("soffice.com", "soffice.exe")
    ),
}
_SETTINGS: Final = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""Of each setting its node below ``org.openoffice``, its name and value; a version that knows it not ignores it."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A PDF made of an office document, and what people should know of it."""

    pdf: bytes = field(repr=False)
    notices: tuple[str, ...]


class _Told(Shape):
    why: Sentence
    notices: Annotated[tuple[Sentence, ...], Field(max_length=10)] = ()


@cache
def program() -> str:
    """The full path of LibreOffice; empty when it is not installed."""
    if found := shutil.which("soffice") or shutil.which("libreoffice"):
        return os.path.realpath(found)
    places = _PLACES.get(sys.platform, ("/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice"))
    return next((place for place in places if Path(place).is_file()), "")


def can(kind: str) -> bool:
    """Whether files of a kind are for LibreOffice, and it is there."""
    return kind in KINDS and bool(program())


def converted(data: bytes, kind: str, cancelled: Callable[[], bool]) -> Converted | None:
    """The PDF that LibreOffice makes of an office document; None when it cannot make one.

    Raises:
        EvidenceRefused: the document is damaged, or too large when it is unpacked.
        Cancelled: ``cancelled`` said so.
    """
    told = serve(
        "office",
        data,
        {"kind": kind},
        lambda content, _: checked(_Told, content),
        well=lambda told: not told.why,
        cancelled=cancelled,
    )
    if told.why:
        raise EvidenceRefused(told.why)
    name = f"in/document.{kind}"
    try:
        made = run_program(
            [
                program(), "-env:UserInstallation={uri}/profile", "--headless", "--norestore", "--nolockcheck",
                "--nodefault", "--nofirststartwizard", "--convert-to", "pdf", "--outdir", "{folder}/out",
                "{folder}/" + name,
            ],
            {name: data, "profile/user/registrymodifications.xcu": _profile()},
            ["out/document.pdf"],
            cancelled=cancelled,
            limits=LIMITS,
        )  # fmt: skip
    except EvidenceRefused:
        return None
    return Converted(made["out/document.pdf"], (SLIDES if kind in ("pptx", "ppt", "odp") else CONVERTED, *told.notices))


def _profile() -> bytes:
    items = "".join(
        f'<item oor:path="/org.openoffice.{node}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
        "</item>"
        for node, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>'
    ).encode()
