"""Typefaces: which one can print a piece of text, and how HarfBuzz sees it."""

from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from importlib.resources import files

import uharfbuzz as hb

from wizard.typeset import machine_fonts

_BUNDLED = (
    ("fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-{weight}.ttf"),
    ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
    ("fontpkg_noto_sans_devanagari", "NotoSansDevanagari[wdth,wght].ttf"),
    ("fontpkg_noto_sans_tamil", "NotoSansTamil[wdth,wght].ttf"),
    ("fontpkg_noto_sans_telugu", "NotoSansTelugu[wdth,wght].ttf"),
    ("fontpkg_noto_sans_thai", "NotoSansThai[wdth,wght].ttf"),
    ("fontpkg_noto_sans_khmer", "NotoSansKhmer[wdth,wght].ttf"),
)
_BLANK_BY_NATURE = frozenset("\u2800")
_JOINERS = dict.fromkeys((0x200C, 0x200D))
_EMBEDDING_FORBIDDEN = 2  # OS/2 fsType, OpenType 1.9
_UNFIT_TABLES = ("GSUB", "GPOS", "GDEF", "STAT", "OS/2", "name", "cmap", "gasp", "DSIG", "kern", "BASE", "meta")


class Face:
    """One weight of one typeface: what it covers, its measures, its subset for embedding.

    Attributes:
        name: PostScript-like name, unique among the faces of a pack.
        weight: place on the weight axis of a variable font; ``None`` for a static one.
    """

    def __init__(self, name: str, data: hb.Face, weight: float | None = None) -> None:
        self.name = name
        self.data = data
        self.weight = weight
        self.upem: int = data.upem
        self.font = hb.Font(data)
        if weight is not None:
            self.font.set_variations({"wght": weight, "wdth": 100.0})
        self._advances: dict[int, float] = {}

    @cached_property
    def coverage(self) -> frozenset[str]:
        """Characters that the face maps to a glyph."""
        return frozenset(map(chr, self.data.unicodes))

    def covers(self, text: str) -> bool:
        """Tell whether every character has a glyph with something to see."""
        seen = text.translate(_JOINERS)
        return self.coverage.issuperset(seen) and not any(self._is_blank(char) for char in seen)

    def _is_blank(self, char: str) -> bool:
        if char.isspace() or char in _BLANK_BY_NATURE or char < "\u2000":
            return False  # colour fonts leave the outlines of their pictures empty; letters never are
        extents = self.font.get_glyph_extents(self.font.get_nominal_glyph(ord(char)))
        return extents is None or not extents.width

    @property
    def embeddable(self) -> bool:
        """Tell whether the outlines are TrueType and their owner allows embedding."""
        if "glyf" not in self.data.table_tags:
            return False
        permissions = bytes(self.data.reference_table("OS/2").data[8:10])
        return int.from_bytes(permissions, "big") & 0xF != _EMBEDDING_FORBIDDEN

    def advance(self, glyph: int) -> float:
        """Return a glyph's width in thousandths of an em."""
        if glyph not in self._advances:
            self._advances[glyph] = round(float(self.font.get_glyph_h_advance(glyph)) * 1000 / self.upem, 3)
        return self._advances[glyph]

    def subset(self, glyphs: set[int]) -> bytes:
        """Return a static font file holding these glyphs under their own numbers."""
        wanted = hb.SubsetInput()
        wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(glyphs)
        wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(
            int.from_bytes(tag.ljust(4).encode("ascii"), "big") for tag in _UNFIT_TABLES
        )
        wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
        if self.weight is not None:
            wanted.pin_all_axes_to_default(self.data)
            wanted.pin_axis_location(self.data, "wght", self.weight)
        return bytes(wanted.subset(self.data).blob.data)


@cache
def _bundled(package: str, file: str) -> hb.Face:
    return hb.Face(hb.Blob(files(package).joinpath("files", file).read_bytes()))


@cache
def _own_face(place: int, bold: bool) -> Face:
    package, pattern = _BUNDLED[place]
    weight = "Bold" if bold else "Regular"
    name = pattern.partition("[")[0].partition("-")[0] + "-" + weight
    data = _bundled(package, pattern.format(weight=weight))
    return Face(name, data, (700.0 if bold else 400.0) if "[" in pattern else None)


@cache
def _machine_face(path: str, index: int) -> Face | None:
    data = machine_fonts.read(path, index)
    if data is None:
        return None
    face = Face(machine_fonts.name(path, index), data)
    return face if face.embeddable else None


def _machine_faces(*, bold: bool) -> Iterator[Face]:
    for path, index in machine_fonts.found():
        if face := _machine_face(path, index):
            heavy = machine_fonts.bold_sibling(path) if bold else None
            heavier = _machine_face(heavy, index) if heavy else None
            yield from (heavier, face) if heavier else (face,)


def faces(*, bold: bool) -> Iterator[Face]:
    """Yield every typeface in order of preference, those of this computer last and only when asked for."""
    for place in range(len(_BUNDLED)):
        yield _own_face(place, bold)
    yield from _machine_faces(bold=bold)


def main_face(*, bold: bool) -> Face:
    """Return the face that everything is set in where it can be."""
    return _own_face(0, bold)


@lru_cache(8192)
def face_for(text: str, *, bold: bool) -> Face | None:
    """Return the first face that can print the whole of ``text``, or ``None``."""
    return next((face for face in faces(bold=bold) if face.covers(text)), None)
