"""Letters and figures that a machine takes for one another where print is small, faint or blurred."""

from collections.abc import Sequence
from typing import Final

from wizard.sought_words import holds

_ALIKE: Final = ("ce", "o0", "lij1", "s5", "b8", "gq9", "z2")
_SHORTEST: Final = 4
"""Letters of a word that may be misread; shorter ones, such as Ian, would be found in other words, such as Jan."""

_FIRST: Final = str.maketrans({form: one[0] for one in _ALIKE for part in one for form in (part, part.upper())})


def alike(text: str) -> str:
    """The text with letters that look alike written as one; each stays in its place."""
    return text.translate(_FIRST)


def as_misread(words: Sequence[str]) -> list[str]:
    """The words as they are looked for in such a text; empty where one is too short."""
    return [alike(word) if sum(map(str.isalnum, word)) >= _SHORTEST else "" for word in words]


def read_in(words: Sequence[str], text: str) -> bool:
    """Whether a machine may have read one of the words in a text."""
    return holds(words, text) or holds(as_misread(words), alike(text))
