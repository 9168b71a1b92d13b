"""The reader of Word documents (DOCX) where no LibreOffice converts them: their text, lists, tables and pictures.

Runs in the child process. Words at the head and foot of pages are shown once, at the start and at the end.
"""

import base64
import io
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Final
from xml.parsers import expat

from wizard.evidence.document import Damaged, Read
from wizard.evidence.office import office_file, word_parts
from wizard.evidence.text import html_blocks, xml_events
from wizard.evidence.text.blocks import Block, Paragraph, prose
from wizard.evidence.text.laid_out import laid_out
from wizard.evidence_fact import Treatment

BUILT_IN: Final = "Its text is shown, laid out anew; compare it with the original."
_BROKEN: Final = (
    *office_file.DAMAGED, expat.ExpatError, AttributeError, TypeError, IndexError, LookupError, AssertionError,
    RecursionError, struct.error,
)  # fmt: skip
_STYLES: Final = "br[type='page'] => hr\np[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh"


def read(data: bytes, kind: str, treatment: Treatment) -> Read:
    """Read a Word document.

    Raises:
        EvidenceRefused: it is damaged, or grows too large.
    """
    import mammoth

    inside = office_file.look(data, kind)
    with office_file.opened(data) as archive:
        heads, feet = list(_margins(archive, "header")), list(_margins(archive, "footer"))
    put, unshown = word_parts.readable(data)
    try:
        made: Any = mammoth.convert_to_html(
            io.BytesIO(put),
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(_picture),
        )
    except _BROKEN:
        raise Damaged("The Word document is damaged.", office_file.SAVE) from None
    web = html_blocks.read(made.value)
    laid = laid_out([*heads, *web.blocks, *feet])
    notices = [BUILT_IN, *inside.notices(kept=True), *unshown]
    if inside.drawn:
        notices.append("Charts and diagrams in it are not shown.")
    if inside.changed:
        notices.append("Its tracked changes are shown as if they were accepted.")
    return laid.read(*notices, with_original=True).kept_back(not inside.along)


def _picture(image: Any) -> dict[str, str]:  # noqa: ANN401 - mammoth names no types
    """A picture as web text; without content where the document has lost it."""
    try:
        with image.open() as stream:
            packed = base64.b64encode(stream.read()).decode()
    except office_file.DAMAGED:
        packed = ""
    return {"src": f"data:{image.content_type};base64,{packed}"}


def _margins(archive: zipfile.ZipFile, what: str) -> Iterator[Block]:
    """What stands at the head or foot of its pages, each text once."""
    named = sorted(name for name in archive.namelist() if re.fullmatch(rf"word/{what}\d*\.xml", name))
    said: dict[str, None] = {}
    for name in named:
        listener = _Lines()
        xml_events.tell(archive.read(name), listener)
        said |= dict.fromkeys(line.strip() for line in listener.lines if line.strip())
    for line in said:
        yield Paragraph(prose(line), quiet=True)


class _Lines:
    """The paragraphs of a part as lines."""

    def __init__(self) -> None:
        self.lines: list[str] = [""]
        self._shown = 0

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        self._shown += name == "t"
        if name in ("tab", "ptab", "br"):
            self.lines[-1] += "   "

    def end(self, name: str) -> None:
        self._shown -= name == "t"
        if name == "p":
            self.lines.append("")

    def text(self, words: str) -> None:
        if self._shown:
            self.lines[-1] += words
