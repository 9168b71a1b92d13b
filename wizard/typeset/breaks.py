"""Where a line may break: between words, and within what is written without spaces."""

import re
from collections.abc import Iterator

from wizard.typeset.characters import clusters

WORDS = re.compile(r"([^ ]*)( *)")
"""A word, and the blanks behind it."""
HYPHENS = "-\u2010\u00ad"
_NO_LINE_START = frozenset(
    "、。，．・：；？！）］｝〉》」』】〕〗ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.!?;:)]}’”"
)


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of what should stay on one line.

    A line never ends in a hyphen: readers of PDF would take it for a broken word and drop it.
    """
    start = 0
    for found in WORDS.finditer(text):
        word_end, after = found.end(1), found.end()
        held = word_end > start and text[word_end - 1] in HYPHENS and after < len(text) and word_end - start < 40
        if after == found.start() or held or text[after : after + 1] == "%":
            continue
        yield from _ideographs(text, start, word_end)
        start = after


def _is_wide(char: str) -> bool:
    return "\u2e80" <= char <= "\uffef" or char >= "\U00020000"


def _ideographs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a word: one, unless it is written in characters between which lines may break."""
    at = start
    for cluster in clusters(text[start:end]) if any(map(_is_wide, text[start:end])) else ():
        at += len(cluster)
        if _is_wide(cluster[0]) and (at == end or text[at] not in _NO_LINE_START):
            yield start, at
            start = at
    if start < end:
        yield start, end
