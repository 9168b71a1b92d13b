"""Web text as a tree, however it was written: tags that were never closed or never opened do no harm. In the child."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

DEEPEST: Final = 120
MOST: Final = 400_000
"""Elements and texts; what comes after is not read."""


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


VOID: Final = _set("area base br col embed hr img input link meta param source track wbr")
BLOCKS: Final = _set(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul"
)
UNSEEN: Final = _set(
    "applet audio base canvas datalist embed head iframe link math meta noembed noframes noscript object param script "
    "style svg template title video xml"
)
"""Elements of which nothing is shown."""

_PARTS: Final = _set("table tbody thead tfoot tr colgroup")
_IN_TABLES: Final = UNSEEN | (_PARTS - {"table"}) | {"caption", "col", "form"}
_ENDS: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "dir", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "tbody": (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"})),
    "tfoot": (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
"""What a start tag ends, and how far up that is looked for."""


@dataclass(slots=True)
class Tag:
    """An element; ``name`` in lower case."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Tag | str"] = field(default_factory=list)

    def style(self, name: str) -> str:
        """What its style says of a property, in lower case; empty where it says nothing."""
        found = re.search(rf"(?:^|;)\s*{name}\s*:\s*([^;]*)", self.attributes.get("style", "")[:5000], re.IGNORECASE)
        return found[1].strip().casefold() if found else ""

    def number(self, name: str) -> float | None:
        """A length in CSS pixels that is given as an attribute or in its style."""
        given = self.attributes.get(name, "") or self.style(name)
        found = re.match(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(px|pt|in|cm|mm)?\s*$", given)
        scale = {"pt": 4 / 3, "in": 96.0, "cm": 37.8, "mm": 3.78}
        return float(found[1]) * scale.get(found[2] or "", 1.0) if found else None

    @property
    def hidden(self) -> bool:
        """Whether a browser would show nothing of it."""
        return (
            self.name in UNSEEN
            or "hidden" in self.attributes
            or self.style("display").startswith("none")
            or self.style("visibility").startswith("hidden")
            or self.style("mso-hide").startswith("all")
        )

    def all(self, *names: str) -> Iterator["Tag"]:
        """The elements of these names in it, at any depth, but none within another of them."""
        for child in self.children:
            if isinstance(child, Tag):
                if child.name in names:
                    yield child
                else:
                    yield from child.all(*names)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top = Tag("")
        self.whole = True
        self._open = [self.top]
        self._count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._room():
            return
        if tag in BLOCKS and self._open[-1].name == "p":
            self._open.pop()
        if tag in _ENDS:
            self._end(*_ENDS[tag])
        elif tag not in _IN_TABLES:
            self._within_a_cell()
        made = Tag(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(made)
        if tag not in VOID and len(self._open) < DEEPEST:
            self._open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and ":" in tag:  # Word's own elements alone may be closed so
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].name == tag:
                del self._open[at:]
                return
            if self._open[at].name == "table" and tag != "table":
                return

    def handle_data(self, data: str) -> None:
        if self._room():
            if data.strip():
                self._within_a_cell()
            self._open[-1].children.append(data)

    def unknown_decl(self, data: str) -> None:
        """Word writes conditions so; they say nothing."""

    def _within_a_cell(self) -> None:
        """Let what stands in a table, but in no cell of it, have a cell."""
        while self._open[-1].name in _PARTS:
            made = Tag("td" if self._open[-1].name == "tr" else "tr")
            self._open[-1].children.append(made)
            self._open.append(made)

    def _room(self) -> bool:
        self._count += 1
        self.whole = self.whole and self._count <= MOST
        return self.whole

    def _end(self, ended: frozenset[str], within: frozenset[str]) -> None:
        for at in range(len(self._open) - 1, 0, -1):
            name = self._open[at].name
            if name in within:
                return
            if name in ended:
                del self._open[at:]
                if name in ("td", "th") and "tr" in ended:
                    continue
                return


def parse(text: str) -> tuple[Tag, bool]:
    """The tree of a web text, and whether all of it was read."""
    builder = _Builder()
    try:
        builder.feed(text)
        builder.close()
    except (AssertionError, ValueError, RecursionError):  # of the standard parser, on declarations that make no sense
        builder.whole = False
    return builder.top, builder.whole
