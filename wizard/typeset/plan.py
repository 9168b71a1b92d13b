"""What lies where in a pack."""

from dataclasses import dataclass, field

COVER = "cover"
SUMMARY = "summary"
CONTENTS = "contents"
CHECKLIST = "checklist"
RESTRICTED = "restricted"
SIGNATURES = "signatures"
INTEGRITY = "integrity"


def section(name: str) -> str:
    """Return the key of a section's place."""
    return f"section:{name}"


def part(page: str) -> str:
    """Return the key of the place of the answers of a forms page."""
    return f"part:{page}"


def requirement(name: str) -> str:
    """Return the key of a checklist item's place."""
    return f"requirement:{name}"


def evidence(number: int) -> str:
    """Return the key of the place of an evidence document's divider."""
    return f"evidence:{number}"


@dataclass(frozen=True, slots=True)
class Place:
    """From which page to which, counted from 1; ``top`` is where it starts on its first page, in points."""

    first: int
    last: int
    top: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Every place in a pack by its key, as printed in the contents, the links, the bookmarks and the labels."""

    pages: int = 0
    places: dict[str, Place] = field(default_factory=dict)

    def page(self, key: str) -> int:
        """Return the page on which a place starts; 0 where the pack has no such place."""
        place = self.places.get(key)
        return place.first if place else 0

    def span(self, *keys: str) -> str:
        """Return the pages that places take up together, such as ``4–24``."""
        found = [self.places[key] for key in keys if key in self.places]
        if not found:
            return ""
        first, last = min(place.first for place in found), max(place.last for place in found)
        return str(first) if first == last else f"{first}–{last}"

    @property
    def sections(self) -> dict[str, int]:
        """First page of each section by its id."""
        return self._starting("section:")

    @property
    def parts(self) -> dict[str, int]:
        """Page on which the answers of each forms page start, by the page's id."""
        return self._starting("part:")

    @property
    def requirements(self) -> dict[str, int]:
        """Page of each checklist item by its id."""
        return self._starting("requirement:")

    @property
    def evidence(self) -> dict[int, int]:
        """Page of each evidence document's divider by its number."""
        return {int(number): page for number, page in self._starting("evidence:").items()}

    def _starting(self, prefix: str) -> dict[str, int]:
        return {key.removeprefix(prefix): at.first for key, at in self.places.items() if key.startswith(prefix)}
