"""Office documents made into PDFs by LibreOffice where it is installed; these are outside files like any other.

Called in the program, with what the child says of a document; LibreOffice runs confined (`program`), with a profile of
its own in which macros, links to other files and the network are off.
"""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

from pydantic import Field

from wizard.errors import EvidenceRefused
from wizard.evidence.answer import Sentence, Shape, checked
from wizard.evidence.confined.process import Limits
from wizard.evidence.confined.program import run_program

Convertible = Literal["docx", "doc", "rtf", "odt", "pptx", "ppt", "odp"]
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


class ToConvert(Shape):
    """What the child says of an office document that is to be made into a PDF first.

    Attributes:
        convert: its kind.
        notices: what people should know of what is in it.
    """

    convert: Convertible
    notices: Annotated[tuple[Sentence, ...], Field(max_length=10)] = ()


@cache
def program() -> str:
    """The full path of LibreOffice; empty when it is not installed."""
    if found := shutil.which("soffice") or shutil.which("libreoffice"):
        return os.path.realpath(found)
    places = _PLACES.get(sys.platform, ("/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice"))
    return next((place for place in places if Path(place).is_file()), "")


def convertible() -> tuple[str, ...]:
    """The kinds of files that are for LibreOffice; none where it is not installed."""
    return get_args(Convertible) if program() else ()


def wanted(content: object) -> ToConvert | None:
    """What the child says of a document that is to be converted first; None when it says something else.

    Raises:
        EvidenceRefused: it is nonsense.
    """
    to_convert = isinstance(content, dict) and "convert" in content and bool(program())
    return checked(ToConvert, content) if to_convert else None


def converted(data: bytes, told: ToConvert, cancelled: Callable[[], bool]) -> Converted | None:
    """The PDF that LibreOffice makes of an office document; None when it cannot make one.

    Raises:
        Cancelled: ``cancelled`` said so.
    """
    name = f"in/document.{told.convert}"
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
    how = SLIDES if told.convert in ("pptx", "ppt", "odp") else CONVERTED
    return Converted(made["out/document.pdf"], (how, *told.notices))


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
