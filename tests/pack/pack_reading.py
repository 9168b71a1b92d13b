"""A pack read back, by its own rules: text in the order of its content, tags, numbers, links."""

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pikepdf


def squeezed(text: str) -> str:
    """Return text as two readings of it may differ: compatibility forms folded, white space single."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


@dataclass
class Shown:
    """What one page shows in its content: (marked content number or None, artefact?, text) and the glyphs drawn."""

    pieces: list[tuple[int | None, bool, str]] = field(default_factory=list)
    glyphs: list[tuple[str, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(text for _, artefact, text in self.pieces if not artefact)


def _to_unicode(font: pikepdf.Object) -> dict[int, str]:
    data = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]*)>\n", data)
    return {int(glyph, 16): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}


def shown(page: pikepdf.Page) -> Shown:
    """Read the content of a page drawn by us; forms within it are left out."""
    fonts = page.obj.Resources.Font
    maps = {name: _to_unicode(font) for name, font in fonts.items()}
    result = Shown()
    marks: list[tuple[str, int | None]] = []
    font = ""
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "BDC":
            tag, properties = str(operands[0]), operands[1]
            mcid = int(properties.MCID) if "/MCID" in properties else None
            marks.append((tag, mcid))
            if "/ActualText" in properties:
                result.pieces.append((_open(marks), _artefact(marks), str(properties.ActualText)))
                marks[-1] = ("replaced", mcid)
        elif operator == "EMC":
            marks.pop()
        elif operator == "Tf":
            font = str(operands[0])
        elif operator == "TJ":
            numbers = _glyphs(operands[0])
            result.glyphs += [(font, number) for number in numbers]
            if all(tag != "replaced" for tag, _ in marks):
                said = "".join(maps[font][number] for number in numbers)
                result.pieces.append((_open(marks), _artefact(marks), said))
    return result


def _open(marks: list[tuple[str, int | None]]) -> int | None:
    return next((mcid for _, mcid in reversed(marks) if mcid is not None), None)


def _artefact(marks: list[tuple[str, int | None]]) -> bool:
    return any(tag == "/Artifact" for tag, _ in marks)


def _glyphs(shown_array: pikepdf.Object) -> list[int]:
    data = b"".join(bytes(item) for item in shown_array if isinstance(item, pikepdf.String))
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


def content_text(pdf: bytes) -> str:
    """Return all that a pack says, page after page, in the order of its content."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return " ".join(shown(page).text for page in opened.pages)


def pdftotext(pdf: bytes, folder: Path, *options: str) -> list[str]:
    """Return the text of each page as poppler's pdftotext finds it."""
    file = folder / "read.pdf"
    file.write_bytes(pdf)
    made = subprocess.run(["pdftotext", *options, str(file), "-"], capture_output=True, check=True)
    return made.stdout.decode("utf-8").split("\f")[:-1]


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield the structure elements of a pack in reading order."""
    pending = [pdf.Root.StructTreeRoot.K]
    while pending:
        element = pending.pop(0)
        yield element
        pending = [kid for kid in kids(element) if _is_element(kid)] + pending


def kids(element: pikepdf.Object) -> list[object]:
    """Return the kids of a structure element as a list."""
    found = element.get("/K")
    if found is None:
        return []
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def _is_element(kid: object) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def bookmarks(pdf: pikepdf.Pdf) -> list[tuple[int, str, int]]:
    """Return the bookmarks as (depth, title, page counted from 1)."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}

    def walk(items: list[pikepdf.OutlineItem], depth: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            yield depth, item.title, numbers[item.destination[0].objgen]
            yield from walk(item.children, depth + 1)

    with pdf.open_outline() as outline:
        return list(walk(outline.root, 0))


def links(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str, int]]:
    """Yield each link as (page, what it says, page that it goes to)."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    for number, page in enumerate(pdf.pages, 1):
        for annotation in page.obj.get("/Annots", []):
            if annotation.Subtype == "/Link":
                yield number, str(annotation.Contents), numbers[annotation.Dest[0].objgen]
