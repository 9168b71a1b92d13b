"""Words that a machine read in pictures of pages: the boxes offered around them, and what is said of it. Pure."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from wizard.evidence.words import ocr
from wizard.evidence_fact import Area, EvidenceFact
from wizard.pages.evidence_words import counted, these

if TYPE_CHECKING:
    from wizard.evidence.redaction.search import Places

_COVERED = 0.9
"""Part of a box that lies within another from which on it is not offered any more."""


class Offered:
    """Boxes around words that a machine read. Each is offered once, and goes with its word."""

    def __init__(self) -> None:
        self._words: dict[Area, str] = {}

    def take(self, words: Sequence[str], places: "Places", areas: Sequence[Area]) -> Iterator[Area]:
        """The boxes that are new: neither offered before nor covered by one that is there."""
        for word, found in zip(words, places.seen, strict=False):
            for area in (area for place in found for area in place):
                if _known(area) not in self._words:
                    self._words[_known(area)] = word
                    if not any(_covers(one, area) for one in areas):
                        yield area

    def word(self, area: Area) -> str:
        """The word that a box was offered for; empty where it was drawn, or moved since."""
        return self._words.get(_known(area), "")

    def without(self, word: str, areas: Sequence[Area]) -> list[Area]:
        """The boxes that stay when a word is taken off the list; those around it may be offered again."""
        left = [area for area in areas if self.word(area) != word]
        self._words = {area: known for area, known in self._words.items() if known != word}
        return left


def _known(area: Area) -> Area:
    """The box as it is known after it was turned to and fro."""
    left, top, right, bottom = (round(side, 4) for side in area.box)
    return Area(area.page, (left, top, right, bottom))


def _covers(area: Area, other: Area) -> bool:
    left, top, right, bottom = other.box
    width = min(area.box[2], right) - max(area.box[0], left)
    height = min(area.box[3], bottom) - max(area.box[1], top)
    whole = (right - left) * (bottom - top)
    return area.page == other.page and width > 0 and height > 0 and width * height >= _COVERED * whole


def can_wait(fact: EvidenceFact) -> bool:
    """Whether pictures of a document's pages may be read when words are looked for."""
    return bool(ocr.to_search(fact, fact.silent))


def hint(fact: EvidenceFact) -> str:
    """What becomes of a word that is typed."""
    text = "Such as the name of another child. It is blacked out wherever the text of the document has it."
    if not fact.silent:
        return text
    return (
        f"{text} In scans and photos it is looked for by machine, which may miss it."
        if ocr.program()
        else f"{text} In scans and photos it is not found: draw boxes over it there."
    )


def where(places: "Places", number: int) -> str:
    """Where a word was found, in text and in pictures."""
    found, seen = places.of_words[number], places.seen[number] if places.seen else ()
    if not found and not seen and (places.waiting or places.read):
        return "not found so far" if places.waiting else "not found"
    if not seen:
        return counted(found)
    machine = f"{counted(seen)}, read by machine"
    return f"{counted(found)}, and {machine}" if found else machine


def unsure(places: "Places") -> str:
    """What to know of pictures that a machine read; empty where it read none."""
    if not places.read:
        return ""
    them = "that page" if len(places.read) == 1 else "each of them"
    has = "is a picture. Its words were" if len(places.read) == 1 else "are pictures. Their words were"
    return f"{these(places.read)} {has} read by machine and may be missed: look at {them} yourself."


def not_searched(places: "Places") -> str:
    """Which pages no words were looked for on; empty where there is none."""
    if not places.silent:
        return ""
    turn = "Turn or straighten what does not stand upright, or draw boxes." if ocr.program() else "Draw boxes instead."
    return f"{these(places.silent)}: no text that can be read, so no words were looked for. {turn}"


def waits(places: "Places") -> str:
    """What is being read still; empty where nothing is."""
    if not places.waiting:
        return ""
    left = len(places.waiting)
    rest = f"{left} pages are left, and each takes some seconds." if left > 1 else "It takes some seconds."
    return f"Page {places.waiting[0]} is being read by machine. {rest} Then you can black it out."
