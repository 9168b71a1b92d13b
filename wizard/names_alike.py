"""Whether two names may be of one person: accents, hyphens, order, initials, slips of the pen and spellings aside."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler

from wizard.sought_words import SEAM, plain

_TITLES: Final = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "rev", "sister"}
_SOUNDS: Final = (
    ("sch", "s"), ("sz", "s"), ("sh", "s"), ("ch", "c"), ("tch", "c"), ("cz", "c"), ("ph", "f"), ("kh", "h"),
    ("ck", "k"), ("x", "ks"), ("q", "k"), ("c", "k"), ("w", "f"), ("v", "f"), ("z", "s"), ("j", "i"), ("y", "i"),
)  # fmt: skip
_SHORTEST_SLIP: Final = 5
"""Letters of a name from which one of them may be wrong; from three more on, two may."""

_SHORTEST_PET: Final = 3
"""Letters of a pet name that is the beginning of a name."""

_SOUND: Final = 0.75
"""How much alike (Jaro and Winkler) two words of one sound have to look, so that Marsh is not taken for Morris."""


@lru_cache(4096)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in small plain letters, without titles and what stands in brackets or quotation marks."""
    bare = re.sub(r"\([^)]*\)|[“\"][^”\"]*[”\"]", " ", name)
    folded = re.sub(rf"['’‘`ʼ{SEAM}]", "", plain(bare))
    return tuple(word for word in re.findall(r"[^\W\d_]+", folded) if word not in _TITLES)


@lru_cache(16_384)
def alike(one: str, other: str) -> bool:
    """Whether two words of names, as `words` gives them, may be the same; an initial is no word."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter >= _SHORTEST_SLIP:
        slips = 2 if shorter >= _SHORTEST_SLIP + 3 else 1
        if OSA.distance(one, other, score_cutoff=slips) <= slips:
            return True
    sound = _sound(one)
    return len(sound) >= 3 and sound == _sound(other) and JaroWinkler.similarity(one, other) >= _SOUND


def fits(name: str, given: Sequence[str], family: Sequence[str]) -> bool:
    """Whether a name may be that of somebody with these given names and these family names (words).

    It is when one word of each kind is there, whatever stands between them, or when every word is of one of these.
    """
    parts = words(name)
    givens = {place for place, part in enumerate(parts) if any(_given(part, own) for own in given)}
    families = {place for place, part in enumerate(parts) if any(alike(part, own) for own in family)}
    if any(one != other for one in givens for other in families):
        return True
    initials = {place for place, part in enumerate(parts) if _initial(part, (*given, *family))}
    return bool(givens | families) and givens | families | initials == set(range(len(parts)))


def within(name: str, person: Sequence[str], family: Sequence[str]) -> bool:
    """Whether a name may be that of a person of whom these words are known; ``family`` are those of the pupil's kin."""
    parts = words(name)
    full = [part for part in parts if len(part) > 1]
    if not full or not person:
        return False
    if len(person) == 1:  # hardly a whole name: a word of every day may be but a letter away
        kin = all(part == person[0] or any(alike(part, own) for own in family) for part in full)
        return full[-1] == person[0] or (kin and person[0] in full)
    if all(any(alike(part, own) for own in person) or _initial(part, person) for part in parts):
        return any(alike(part, own) for part in full for own in person)
    found = [any(alike(own, part) for part in parts) for own in person]
    return any(found) and all(here or _initial(own, parts) for here, own in zip(found, person, strict=True))


def persons(text: str) -> Iterator[tuple[str, ...]]:
    """The words of each run of words with capitals in a text: names, and much that is none."""
    for run in re.findall(r"[^\W\d_][\w'’\-.]*(?:[ \t]+[^\W\d_][\w'’\-.]*)*", text):
        kept: list[str] = []
        for word in [*run.split(), ""]:
            if word[:1].isupper():
                kept.append(word)
            elif kept:
                if found := words(" ".join(kept)):
                    yield found
                kept = []


def _given(part: str, own: str) -> bool:
    """Whether a given name is this one, or a pet name of it: Tom for Thomas."""
    shorter, longer = sorted((part, own), key=len)
    return alike(part, own) or (len(shorter) >= _SHORTEST_PET and longer.startswith(shorter))


def _initial(part: str, own: Sequence[str]) -> bool:
    return len(part) == 1 and any(word.startswith(part) for word in own)


@lru_cache(4096)
def _sound(word: str) -> str:
    """The consonants of a word as they sound, in one way for each: Muhammad and Mohammed have the same."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiou]", "", word))
