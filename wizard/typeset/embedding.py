"""Typefaces put into the PDF: subsets addressed by glyph number, with the text that each glyph stands for."""

import hashlib
from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from wizard.typeset.fonts import Face
from wizard.typeset.shaping import UsedFace

_SYMBOLIC = 4
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{ranges}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def embed(pdf: pikepdf.Pdf, used: Iterable[UsedFace]) -> Dictionary:
    """Embed the faces that are drawn with and return the font resources that every page shares."""
    return Dictionary({f"/{face.name}": _font(pdf, face) for face in used if face.glyphs})


def _font(pdf: pikepdf.Pdf, used: UsedFace) -> pikepdf.Object:
    face, glyphs = used.face, sorted(used.glyphs)
    name = Name(f"/{_tag(face, glyphs)}+{face.name}")
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(_descriptor(pdf, face, name, set(glyphs))),
        DW=1000,
        W=_widths(face, glyphs),
        CIDToGIDMap=Name.Identity,
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(_meanings(used, glyphs)),
        )
    )


def _tag(face: Face, glyphs: list[int]) -> str:
    """Return the six letters that tell subsets apart, the same for the same subset."""
    digest = hashlib.sha256(f"{face.name}:{glyphs}".encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _descriptor(pdf: pikepdf.Pdf, face: Face, name: Name, glyphs: set[int]) -> Dictionary:
    unit = 1000 / face.upem
    extents = face.font.get_font_extents("ltr")
    head = bytes(face.data.reference_table("head").data)
    box = [int.from_bytes(head[at : at + 2], "big", signed=True) * unit for at in (36, 38, 40, 42)]
    ascent, descent = round(extents.ascender * unit, 1), round(extents.descender * unit, 1)
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=_SYMBOLIC,
        FontBBox=Array([round(value, 1) for value in box]),
        ItalicAngle=0,
        Ascent=ascent,
        Descent=descent,
        CapHeight=round(0.7 * ascent, 1),
        StemV=140 if face.name.endswith("Bold") else 80,
        FontFile2=_file(pdf, face.subset(glyphs | {0})),
    )


def _file(pdf: pikepdf.Pdf, data: bytes) -> pikepdf.Object:
    stream = pdf.make_stream(data)
    stream.Length1 = len(data)
    return stream


def _widths(face: Face, glyphs: list[int]) -> Array:
    widths: list[int | Array] = []
    for glyph in glyphs:
        widths += [glyph, Array([face.advance(glyph)])]
    return Array(widths)


def _meanings(used: UsedFace, glyphs: list[int]) -> bytes:
    known = [(glyph, used.meanings[glyph]) for glyph in glyphs if glyph in used.meanings]
    ranges = []
    for at in range(0, len(known), 100):
        block = known[at : at + 100]
        lines = "".join(f"<{glyph:04X}> <{text.encode('utf-16-be').hex().upper()}>\n" for glyph, text in block)
        ranges.append(f"{len(block)} beginbfchar\n{lines}endbfchar\n")
    return _CMAP.format(ranges="".join(ranges)).encode("ascii")
