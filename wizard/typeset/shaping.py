"""Text of one face and direction turned into glyphs, remembering what each glyph stands for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

import uharfbuzz as hb

from wizard.typeset.fonts import Face

_FLAGS = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES | hb.BufferFlags.DO_NOT_INSERT_DOTTED_CIRCLE


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph with its advance and offset in thousandths of an em."""

    number: int
    advance: float
    right: float = 0.0
    up: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs in the order in which they are drawn, left to right.

    Attributes:
        text: what the run says, in reading order.
        spelled: whether the glyphs, read one by one, say just that; otherwise the run needs ActualText.
    """

    face: Face
    text: str
    glyphs: tuple[Glyph, ...]
    width: float
    spelled: bool


@dataclass
class UsedFace:
    """What one pack uses of a face.

    Attributes:
        meanings: glyph number to the text that it stands for, for the ToUnicode map.
        glyphs: the numbers that are drawn.
    """

    face: Face
    name: str
    meanings: dict[int, str] = field(default_factory=dict)
    glyphs: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Let plain letters speak for the glyphs that they share with rarer ones."""
        for code in range(0x20, 0x17F):
            glyph = self.face.font.get_nominal_glyph(code)
            if glyph:
                self.meanings.setdefault(glyph, chr(code))


class Shaper:
    """Shapes text for one pack and keeps the account of the glyphs that it uses."""

    def __init__(self) -> None:
        self.used: dict[str, UsedFace] = {}
        self._runs: dict[tuple[str, str, bool], Run] = {}

    def use(self, face: Face) -> UsedFace:
        """Return the account of a face, opened when it is first needed."""
        if face.name not in self.used:
            self.used[face.name] = UsedFace(face, f"F{len(self.used) + 1}")
        return self.used[face.name]

    def shape(self, face: Face, text: str, *, right_to_left: bool) -> Run:
        """Return ``text``, all of one face, script and direction, as glyphs."""
        key = (face.name, text, right_to_left)
        if key not in self._runs:
            self._runs[key] = self._shaped(face, text, right_to_left)
        return self._runs[key]

    def _shaped(self, face: Face, text: str, right_to_left: bool) -> Run:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.direction = "rtl" if right_to_left else "ltr"
        buffer.language = "en"  # the default would be the computer's, and packs must not differ by it
        buffer.flags = _FLAGS
        buffer.guess_segment_properties()
        hb.shape(face.font, buffer, {})
        unit = 1000 / face.upem
        placed = list(zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True))
        glyphs = tuple(
            Glyph(info.codepoint, at.x_advance * unit, at.x_offset * unit, at.y_offset * unit) for info, at in placed
        )
        used = self.use(face)
        used.glyphs.update(glyph.number for glyph in glyphs)
        spelled = self._spell(used, text, [info.cluster for info, _ in placed], glyphs) and not right_to_left
        return Run(face, text, glyphs, sum(glyph.advance for glyph in glyphs), spelled)

    @staticmethod
    def _spell(used: UsedFace, text: str, origins: list[int], glyphs: tuple[Glyph, ...]) -> bool:
        """Note what the glyphs stand for; tell whether each stands for its own letters and nothing else."""
        starts = sorted(set(origins))
        if not starts:
            return not text
        ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
        plain = starts[0] == 0
        for origin, group in groupby(zip(origins, glyphs, strict=True), key=lambda pair: pair[0]):
            said = text[origin : ends[origin]]
            members = [glyph for _, glyph in group]
            for at, glyph in enumerate(members):
                share = said if len(members) == 1 else said[min(at, len(said) - 1)]
                plain &= used.meanings.setdefault(glyph.number, share) == said
        return plain


def joined(face: Face, runs: Iterator[Run]) -> Run:
    """Return runs of one face, left to right, as one."""
    parts = list(runs)
    glyphs = tuple(glyph for run in parts for glyph in run.glyphs)
    text = "".join(run.text for run in parts)
    return Run(face, text, glyphs, sum(run.width for run in parts), all(run.spelled for run in parts))
