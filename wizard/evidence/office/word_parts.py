"""The parts of a Word document, put as mammoth understands them: it passes over what it does not know, words and all.

Runs in the child process.
"""

import re
from typing import Final

from wizard.evidence.office import office_file

_ATTRIBUTES: Final = rb"(?:[^>\"']|\"[^\"]*\"|'[^']*')*"
_AROUND_WORDS: Final = re.compile(rb"</?w:(?:fldSimple|dir|bdo|ruby|rubyBase|rt)\b" + _ATTRIBUTES + rb">")
_TAB: Final = re.compile(rb"<w:ptab\b" + _ATTRIBUTES + rb">")
_STYLES: Final = tuple(
    (re.compile(rb"<w:style(?=[\s/>])(?!" + _ATTRIBUTES + rb"\bw:" + name + rb"=)"), b"<w:style w:" + name + said)
    for name, said in ((b"type", b'="paragraph"'), (b"styleId", b'=""'))
)
_OF_TEXT: Final = re.compile(r"word/(document|footnotes|endnotes|styles)\d*\.xml")
_OF_MARGIN: Final = re.compile(r"word/_rels/(header|footer)\d*\.xml\.rels")
MARGIN_PICTURES: Final = "Pictures at the head or foot of its pages, such as a letterhead, are not shown."
_UNSHOWN: Final = (
    (b"<m:oMath", "Equations in it are not shown."),
    (b"<w:altChunk", "A document that was put into it is not shown."),
)


def readable(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The document with its fields, tabs and styles as mammoth reads them, and what people should know of the rest.

    Raises:
        EvidenceRefused: it is damaged.
    """
    with office_file.opened(data) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if _OF_TEXT.fullmatch(name)}
        put = {name: _put(part) for name, part in parts.items()}
        notices = [words for sign, words in _UNSHOWN if any(sign in part for part in parts.values())]
        if any(b"/image" in archive.read(name) for name in archive.namelist() if _OF_MARGIN.fullmatch(name)):
            notices.append(MARGIN_PICTURES)
        return (data if put == parts else office_file.packed(archive, put)), tuple(notices)


def _put(part: bytes) -> bytes:
    for lacking, whole in ((_AROUND_WORDS, b""), (_TAB, b"<w:tab/>"), *_STYLES):
        part = lacking.sub(whole, part)
    return part
