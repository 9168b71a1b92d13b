"""Words looked for in text, however they stand there: what is to be blacked out, and proof that nothing of it is left.

Case, accents, ligatures and the forms in which Unicode writes the same letter do not matter, nor what stands between
words; a word may be broken over lines, with a hyphen or, when it is long, without, or be spaced out letter by letter.
It is found as a whole word: Tom is not found in tomorrow.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

SHORTEST: Final = 3
"""Letters and digits that a sought word must have, together; one of a script that writes a syllable or more in a
letter counts for two."""

SEAM: Final = "\N{WORD JOINER}"
"""In a text, where one word may end and another begin, or a word may go on."""

_LONG: Final = 5
_LONG_NUMBER: Final = 6
_BETWEEN: Final = r"[\W_]{0,12}"
_SPACED: Final = r"[\s_.-]{1,4}"
_APART: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "\x02": "-"}
)
"""Letters that Unicode does not take apart; and \\x02, which pdfium writes for a hyphen at the end of a line."""

_NEW_WORD: Final = re.compile("(?<=[a-z\u00df-\u00f6\u00f8-\u00ff])(?=[A-Z\u00c0-\u00d6\u00d8-\u00de])")
_DENSE: Final = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x2E80, 0xD7FF), (0xF900, 0xFAFF),
                 (0x20000, 0x3FFFF))  # fmt: skip
"""Scripts that do not part words by spaces: Thai, Lao, Burmese, Khmer, Chinese, Japanese, Korean."""


class _Folding(dict[int, str]):
    """Letters as they are compared: small, without accents, ligatures taken apart, the invisible left out."""

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFKD", chr(code).casefold()).casefold().translate(_APART)
        folded = "".join(one for one in apart if unicodedata.category(one) not in {"Mn", "Cf"} and one != "\ufffe")
        self[code] = folded
        return folded


_FOLDED: Final = _Folding({ord(SEAM): SEAM})


def plain(text: str) -> str:
    """A text as it is compared; words that only their capitals tell apart have a seam between them."""
    return _NEW_WORD.sub(SEAM, text).translate(_FOLDED)


def find(words: Sequence[str], text: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Every place of every word: which word (its index), and from which character to before which it stands."""
    patterns = [(number, pattern) for number, word in enumerate(words) if (pattern := _pattern(word)) is not None]
    folded = plain(text)
    found = [(number, place.span()) for number, pattern in patterns for place in pattern.finditer(folded)]
    places = _places(text) if found else []
    for number, (first, end) in found:
        last = places[end - 1] + 1
        while text[last : last + 1] and unicodedata.category(text[last]) == "Mn":
            last += 1  # an accent goes with its letter
        yield number, (places[first], last)


def _places(text: str) -> list[int]:
    """For each character of the plain text, where it stands in the original."""
    places: list[int] = []
    seams = {found.start() for found in _NEW_WORD.finditer(text)}
    for place, character in enumerate(text):
        places += [place] * (len(_FOLDED[ord(character)]) + (place in seams))
    return places


def holds(words: Sequence[str], text: str) -> bool:
    """Whether any of the words stands in a text."""
    folded = plain(text)
    return any(pattern.search(folded) for pattern in map(_pattern, words) if pattern is not None)


def too_short(word: str) -> bool:
    """Whether a word is too short to be looked for: it would be found everywhere."""
    letters = [one for one in plain(word) if one.isalnum()]
    return sum(2 if _dense(one) else 1 for one in letters) < SHORTEST


def own(words: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Those of the words that are, or are in, one of the names: blacking them out would black out the pupil."""
    theirs = [name for name in names if name.strip()]
    return tuple(word for word in words if any(holds((word,), name) or holds((name,), word) for name in theirs))


@lru_cache(512)
def _pattern(word: str) -> re.Pattern[str] | None:
    parts = re.findall(r"[^\W_]+", plain(word))
    if not parts:
        return None
    whole = _BETWEEN.join(_part(part) for part in parts)
    return re.compile(_edge(parts[0][0], "(?<!{})") + whole + _edge(parts[-1][-1], "(?!{})"))


def _part(part: str) -> str:
    """A word as it may be broken, or spaced out evenly."""
    ways = [SEAM, r"[-\u2010\u2011]\s*"]
    if len(part) >= _LONG:
        ways.append(r"\s*[\r\n]+\s*")
    if part.isdigit() and len(part) >= _LONG_NUMBER:
        ways.append(r"[ \u00a0.]")
    joint = f"(?:{'|'.join(ways)})?"
    close = joint.join(re.escape(one) for one in part)
    if len(part) < 2:
        return close
    return f"(?:{close}|{_SPACED.join(re.escape(one) for one in part)})"


def _edge(letter: str, beside: str) -> str:
    if _dense(letter):
        return ""
    return beside.format(r"\d" if letter.isdigit() else r"[^\W\d_]")


def _dense(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in _DENSE)
