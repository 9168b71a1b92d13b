"""Lines of text: which face prints what, where a line breaks, where each run stands."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from fontTools.unicodedata import script as script_of

from wizard.typeset import bidirectional
from wizard.typeset.breaks import HYPHENS, WORDS, pieces
from wizard.typeset.characters import clean, clusters
from wizard.typeset.fonts import Face, face_for, main_face
from wizard.typeset.look import Style
from wizard.typeset.shaping import Run, Shaper, joined

_JOINTS = "@./_"
_UNSCRIPTED = frozenset({"Zyyy", "Zinh", "Zzzz"})


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one style; ``link`` is the key of a place in the pack to go to."""

    text: str
    style: Style
    link: str = ""


Text = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run where it stands on its line; ``x`` and ``width`` in points from the line's left edge."""

    run: Run
    x: float
    width: float
    span: Span


@dataclass(frozen=True, slots=True)
class Line:
    """Fragments in reading order; ``right_to_left`` lines belong at the right edge."""

    fragments: tuple[Fragment, ...]
    width: float
    leading: float
    right_to_left: bool = False


@dataclass(slots=True)
class _Letters:
    """A paragraph without line ends, with the span, level, face and script of every letter."""

    text: str
    spans: list[Span]
    levels: list[int] | None
    base: int
    faces: list[Face]
    scripts: list[str]
    uniform: bool

    def key(self, at: int) -> tuple[int, int, str, str]:
        level = self.levels[at] if self.levels else 0
        return level, id(self.spans[at]), self.faces[at].name, self.scripts[at]


class Typesetter:
    """Breaks text into lines for one pack; remembers what it has broken."""

    def __init__(self) -> None:
        self.shaper = Shaper()
        self._lines: dict[tuple[Text, float], tuple[Line, ...]] = {}
        self._words: dict[tuple[str, bool], tuple[list[Face], list[str]]] = {}

    def lines(self, text: Text, width: float) -> tuple[Line, ...]:
        """Return ``text`` in lines no wider than ``width`` points; newlines end lines."""
        key = (text, round(width, 2))
        if key not in self._lines:
            self._lines[key] = tuple(self._paragraphs(text, width))
        return self._lines[key]

    def width(self, text: Text) -> float:
        """Return the width of the widest line when none has to be broken."""
        return max((line.width for line in self.lines(text, 1e6)), default=0.0)

    def widest_word(self, text: Text) -> float:
        """Return the width of the widest word."""
        words = {(word, span.style) for span in text for word in _words(clean(span.text))}
        return max((self.width((Span(word, style),)) for word, style in words), default=0.0)

    def shortened(self, text: str, style: Style, width: float) -> Text:
        """Return ``text`` on one line, cut at a word with an ellipsis where it is too long."""
        whole = " ".join(_words(text))
        words = whole.split(" ")
        kept = whole
        while self.width((Span(kept, style),)) > width and len(kept) > 1:
            words = words[:-1] or [words[0][: len(words[0]) // 2]]
            kept = " ".join(words) + "…"
        return (Span(kept, style),)

    def clipped(self, text: str, style: Style, width: float, most: int, tail: Text = ()) -> Text:
        """Return ``text`` in at most ``most`` lines, cut at a word and followed by ``tail`` where it is longer."""
        words = _words(text)
        whole = plain(" ".join(words), style)
        if len(self.lines(whole, width)) <= most:
            return whole
        low, high = 0, min(len(words), 40 * most)
        while low < high:
            middle = (low + high + 1) // 2
            tried = (*plain(" ".join(words[:middle]) + "… ", style), *tail)
            low, high = (middle, high) if len(self.lines(tried, width)) <= most else (low, middle - 1)
        kept = " ".join(words[:low]) if low else words[0][: max(1, int(width * most / style.size))]
        return (*plain(kept.rstrip(",;:.–-") + ("… " if tail else "…"), style), *tail)

    def _paragraphs(self, text: Text, width: float) -> Iterator[Line]:
        leading = max((span.style.leading for span in text), default=0.0)
        spans = [Span(clean(span.text), span.style, span.link) for span in text]
        paragraph: list[Span] = []
        for span in spans:
            first, *others = span.text.split("\n")
            paragraph.append(Span(first, span.style, span.link))
            for other in others:
                yield from self._broken(paragraph, width, leading)
                paragraph = [Span(other, span.style, span.link)]
        yield from self._broken(paragraph, width, leading)

    def _broken(self, spans: list[Span], width: float, leading: float) -> Iterator[Line]:
        letters = self._letters(spans)
        if not letters.text.strip(" "):
            yield Line((), 0.0, leading)
            return
        for start, end in self._breaks(letters, width):
            yield self._line(letters, start, end, leading)

    def _letters(self, spans: list[Span]) -> _Letters:
        text = "".join(span.text for span in spans)
        owners = [span for span in spans for _ in span.text]
        base = bidirectional.base_level(text)
        faces: list[Face] = []
        scripts: list[str] = []
        for span in spans:
            for word, blank in WORDS.findall(span.text):
                its_faces, its_scripts = self._word(word, span.style.bold)
                faces += its_faces
                scripts += its_scripts
                if blank:
                    main = main_face(bold=span.style.bold)
                    before = faces[-1] if faces and " " in faces[-1].coverage else main
                    faces += [before] * len(blank)
                    scripts += [scripts[-1] if scripts else "Latn"] * len(blank)
        found = bidirectional.levels(text, base)
        uniform = found is None and len(spans) == 1 and len(set(map(id, faces))) == 1 and set(scripts) == {"Latn"}
        return _Letters(text, owners, found, base, faces, scripts, uniform)

    def _word(self, word: str, bold: bool) -> tuple[list[Face], list[str]]:
        main = main_face(bold=bold)
        if main.coverage.issuperset(word):
            return [main] * len(word), ["Latn"] * len(word)
        if (word, bold) not in self._words:
            self._words[word, bold] = (list(_faces(word, bold)), _scripts(word))
        return self._words[word, bold]

    def _measure(self, letters: _Letters, start: int, end: int) -> float:
        return sum(
            self._run(letters, first, last).width * letters.spans[first].style.size / 1000
            for first, last in _stretches(letters, start, end)
        )

    def _run(self, letters: _Letters, start: int, end: int) -> Run:
        level = letters.levels[start] if letters.levels else 0
        face, text = letters.faces[start], letters.text[start:end]
        if level % 2 or letters.scripts[start] != "Latn" or " " not in text:
            return self.shaper.shape(face, text, right_to_left=bool(level % 2))
        words = (part for part in re.split(r"( )", text) if part)
        return joined(face, (self.shaper.shape(face, word, right_to_left=False) for word in words))

    def _breaks(self, letters: _Letters, width: float) -> Iterator[tuple[int, int]]:
        """Yield where each line starts and ends, trailing spaces left out."""
        start = end = 0
        filled = 0.0
        for first, last in pieces(letters.text):
            gap = self._measure(letters, end, first) if end > start else 0.0
            size = self._measure(letters, first, last)
            if filled + gap + size <= width:
                filled, end = filled + gap + size, last
                continue
            if end > start:
                yield start, end
            start, filled, end = first, size, last
            if size > width:
                *cuts, (start, filled) = self._forced(letters, first, last, width)
                yield from pairwise([first, *(cut for cut, _ in cuts), start] if start > first else [])
        if end > start:
            yield start, end

    def _forced(self, letters: _Letters, start: int, end: int, width: float) -> list[tuple[int, float]]:
        """Return where a word that no line can hold is cut, and how wide what follows is.

        Cuts fall between letters as readers see them, and never just after a hyphen; in an e-mail address or a link
        after one of `_JOINTS`, if that leaves no short line.
        """
        cuts: list[tuple[int, float]] = [(start, 0.0)]
        at, best, since = start, start, 0.0
        filled, at_joint = 0.0, False
        for cluster in clusters(letters.text[start:end]):
            size = self._measure(letters, at, at + len(cluster))
            if filled + size > width and at > cuts[-1][0]:
                cut, filled = (best, since) if best > cuts[-1][0] else (at, 0.0)
                cuts.append((cut, 0.0))
                best, since, at_joint = cut, filled, False
            at, filled, since = at + len(cluster), filled + size, since + size
            joint = letters.text[at - 1] in _JOINTS and filled > width / 3
            if joint or not (at_joint or letters.text[at - 1] in HYPHENS):
                best, since, at_joint = at, 0.0, joint
        return [*cuts[1:-1], (cuts[-1][0], filled)] if len(cuts) > 1 else [(start, filled)]

    def _line(self, letters: _Letters, start: int, end: int, leading: float) -> Line:
        stretches = _stretches(letters, start, end)
        runs = [self._run(letters, first, last) for first, last in stretches]
        spans = [letters.spans[first] for first, _ in stretches]
        widths = [run.width * span.style.size / 1000 for run, span in zip(runs, spans, strict=True)]
        places = [0.0] * len(runs)
        x = 0.0
        order = [letters.levels[first] if letters.levels else 0 for first, _ in stretches]
        for at in bidirectional.visual_order(order):
            places[at] = x
            x += widths[at]
        fragments = tuple(map(Fragment, runs, places, widths, spans))
        return Line(fragments, x, leading, bool(letters.base))


def _stretches(letters: _Letters, start: int, end: int) -> list[tuple[int, int]]:
    if letters.uniform:
        return [(start, end)]
    found = []
    at = start
    for _, group in groupby(range(start, end), key=letters.key):
        size = sum(1 for _ in group)
        found.append((at, at + size))
        at += size
    return found


def _faces(word: str, bold: bool) -> Iterator[Face]:
    """Yield a face for each letter: one for the whole word if there is one, else one for each cluster."""
    whole = next((face for face in _near(word, bold) if face.covers(word)), None)
    for cluster in clusters(word):
        face = whole or face_for(cluster, bold=bold)
        for char in cluster:
            yield face or face_for(char, bold=bold) or main_face(bold=bold)


def _near(word: str, bold: bool) -> Iterable[Face]:
    """Return the faces of the word's own letters, without looking further on the computer."""
    found = (face_for(cluster, bold=bold) for cluster in dict.fromkeys(clusters(word)))
    return dict.fromkeys(face for face in found if face)


def _scripts(word: str) -> list[str]:
    found = [script_of(char) for char in word]
    real = [script for script in found if script not in _UNSCRIPTED]
    current = real[0] if real else "Latn"
    result = []
    for script in found:
        current = current if script in _UNSCRIPTED else script
        result.append(current)
    return result


def _words(text: str) -> list[str]:
    """The words of a text; what a no-break space holds together is one."""
    return re.findall(r"[^\s\u00a0\u202f](?:\S|[\u00a0\u202f])*", text)


def plain(text: str, style: Style, link: str = "") -> Text:
    """Return text of one style."""
    return (Span(text, style, link),)
