"""The pages of a pack as they are drawn: text, rules, pictures, and what each of them is in the structure tree."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from wizard.typeset.look import FOOT, FOOT_LOWER, FOOT_UPPER, LEFT, PAGE_HEIGHT, PAGE_WIDTH, Colour, style
from wizard.typeset.plan import Place, Plan
from wizard.typeset.shaping import Glyph, Run
from wizard.typeset.tagging import Annotated, Element, Mark
from wizard.typeset.typesetting import Fragment, Line, Text, Typesetter, plain

Origin = tuple[int, int]  # number of the evidence, page counted from 0
PORTRAIT = (PAGE_WIDTH, PAGE_HEIGHT)
_SLANT = 0.2  # across for each point up: there is no italic typeface for most scripts


class _Canvas(Canvas):  # type: ignore[misc, unused-ignore]
    """A canvas that names no font of its own: every page's fonts are ours, embedded."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


@dataclass(frozen=True, slots=True)
class Jump:
    """A link from a rectangle of a page (counted from 0) to a place of the pack."""

    page: int
    rectangle: tuple[float, float, float, float]
    key: str
    words: str


@dataclass(slots=True)
class Drawn:
    """What drawing a pack leaves behind.

    Attributes:
        jumps: links, in the order of the annotations that the structure tree knows them by.
        exhibits: page (counted from 0) to the name of the form that it shows and where that form comes from.
        seal: page and rectangle of the place for the electronic seal.
        seal_element: the structure element of that place.
    """

    document: Element
    places: dict[str, Place] = field(default_factory=dict)
    jumps: list[Jump] = field(default_factory=list)
    exhibits: dict[int, tuple[str, Origin]] = field(default_factory=dict)
    seal: tuple[int, tuple[float, float, float, float]] | None = None
    seal_element: Element | None = None


class Sheet:
    """Draws page after page; every mark on a page is either in the tree or an artefact."""

    def __init__(self, typesetter: Typesetter, reference: str, plan: Plan, *, draft: bool) -> None:
        self.typesetter = typesetter
        self.plan = plan
        self.drawn = Drawn(Element("Document"))
        self.page = 0
        self.size = PORTRAIT
        self._reference = f"DRAFT · {reference}" if draft else reference
        self._draft = draft
        self._file = BytesIO()
        self._canvas = _Canvas(self._file, pagesize=PORTRAIT, pageCompression=0, invariant=1)
        self._mcid = 0

    def begin(self, size: tuple[float, float] = PORTRAIT) -> None:
        """Start the next page."""
        self.page += 1
        self._mcid = 0
        self.size = size
        self._canvas.setPageSize(size)

    def finish(self, foot: str, foot_style_colour: Colour = FOOT.colour) -> None:
        """End the page with its foot: part, reference, page number."""
        right = self.size[0] - LEFT
        foot_style = style(9, colour=foot_style_colour)
        with self.artefact("/Type /Pagination /Subtype /Footer"):
            if foot:
                self._foot(self.typesetter.shortened(foot, foot_style, right - LEFT - 90), LEFT, FOOT_UPPER)
            self._foot(plain(self._reference, FOOT), LEFT, FOOT_LOWER)
            number = plain(f"Page {self.page} of {self.plan.pages or self.page}", FOOT)
            self._foot(number, right - self.typesetter.width(number), FOOT_LOWER)
        if self._draft:
            self._watermark()
        self.end()

    def end(self) -> None:
        """End the page without a foot."""
        self._canvas.showPage()

    def save(self) -> bytes:
        """Return the pages as a PDF."""
        self._canvas.save()
        return self._file.getvalue()

    @contextmanager
    def marked(self, element: Element) -> Iterator[None]:
        """Draw content of ``element``."""
        self._canvas.addLiteral(f"/{element.kind} <</MCID {self._mcid}>> BDC")
        element.kids.append(Mark(self.page - 1, self._mcid))
        self._mcid += 1
        yield
        self._canvas.addLiteral("EMC")

    @contextmanager
    def artefact(self, properties: str = "/Type /Layout") -> Iterator[None]:
        """Draw what is no part of the content: rules, tints, page feet."""
        self._canvas.addLiteral(f"/Artifact <<{properties}>> BDC")
        yield
        self._canvas.addLiteral("EMC")

    def anchor(self, key: str, top: float) -> None:
        """Remember that a place starts here."""
        self.drawn.places.setdefault(key, Place(self.page, self.page, round(top, 2)))

    def reach(self, key: str) -> None:
        """Remember that a place ends on this page."""
        place = self.drawn.places[key]
        self.drawn.places[key] = Place(place.first, self.page, place.top)

    def lines(self, element: Element | None, placed: list[tuple[Line, float, float]]) -> None:
        """Draw lines, each at (x, baseline), as content of ``element`` (an artefact without one)."""
        if element is None:
            with self.artefact("/Type /Pagination"):
                for line, x, y in placed:
                    for fragment in line.fragments:
                        self._fragment(fragment, x, y)
            return
        jump: str | None = None
        target = element
        group: list[tuple[Fragment, float, float]] = []
        for fragment, x, y in ((f, x, y) for line, x, y in placed for f in line.fragments):
            link = fragment.span.link if self.plan.page(fragment.span.link) else ""
            if link != jump and group:
                self._group(target, group, jump or "")
                group = []
            if link != jump:
                target = element.add("Link") if link else element
                jump = link
            group.append((fragment, x, y))
        if group:
            self._group(target, group, jump or "")

    def _group(self, element: Element, group: list[tuple[Fragment, float, float]], link: str) -> None:
        with self.marked(element):
            for fragment, x, y in group:
                self._fragment(fragment, x, y)
        if not link:
            return
        for baseline in dict.fromkeys(y for _, _, y in group):
            row = [(fragment, x + fragment.x) for fragment, x, y in group if y == baseline]
            size = row[0][0].span.style.size
            left, right = min(x for _, x in row), max(x + fragment.width for fragment, x in row)
            words = " ".join(fragment.run.text for fragment, _ in row)
            self.link(element, (left, baseline - 0.3 * size, right, baseline + 0.9 * size), link, words)

    def link(self, element: Element, rectangle: tuple[float, float, float, float], key: str, words: str) -> None:
        """Put a link to a place over a rectangle of this page, known to the tree as part of ``element``."""
        element.kids.append(Annotated(len(self.drawn.jumps)))
        said = f"{words.strip()}: page {self.plan.page(key)}"
        self.drawn.jumps.append(Jump(self.page - 1, rectangle, key, said))

    def rule(self, left: float, right: float, y: float, colour: Colour, thickness: float = 0.6) -> None:
        """Draw a level rule."""
        self.block(left, y - thickness / 2, right - left, thickness, colour)

    def block(self, left: float, bottom: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle as an artefact."""
        with self.artefact():
            self.tint(left, bottom, width, height, colour)

    def tint(self, left: float, bottom: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle within what is being marked."""
        self._canvas.setFillColorRGB(*colour)
        self._canvas.rect(left, bottom, width, height, stroke=0, fill=1)

    def frame(self, left: float, bottom: float, width: float, height: float, colour: Colour) -> None:
        """Draw the outline of a rectangle as an artefact."""
        with self.artefact():
            self._canvas.setStrokeColorRGB(*colour)
            self._canvas.setLineWidth(0.8)
            self._canvas.rect(left, bottom, width, height, stroke=1, fill=0)

    def leader(self, left: float, right: float, y: float, colour: Colour) -> None:
        """Draw the dots that lead from a title to its page number."""
        if right - left < 8:
            return
        with self.artefact():
            self._canvas.saveState()
            self._canvas.setStrokeColorRGB(*colour)
            self._canvas.setLineWidth(0.7)
            self._canvas.setDash([0.7, 3.3])
            self._canvas.line(left, y, right, y)
            self._canvas.restoreState()

    def picture(self, element: Element, png: ImageReader, box: tuple[float, float, float, float]) -> None:
        """Draw a picture into (left, bottom, width, height)."""
        with self.marked(element):
            self._canvas.drawImage(png, *box, mask="auto", preserveAspectRatio=True, anchor="sw")

    def exhibit(
        self, element: Element, name: str, place: tuple[float, float, float], window: tuple[float, ...], origin: Origin
    ) -> None:
        """Show what a window (left, bottom, width, height) leaves to see of a page of evidence.

        The form ``name`` is drawn at (scale, x, y); what it is made of is its ``origin``.
        """
        scale, x, y = place
        clip = " ".join(f"{value:.3f}" for value in window)
        with self.marked(element):
            self._canvas.addLiteral(f"q {clip} re W n {scale:.5f} 0 0 {scale:.5f} {x:.3f} {y:.3f} cm /{name} Do Q")
        self.drawn.exhibits[self.page - 1] = (name, origin)

    def text(self, text: Text, x: float, y: float) -> None:
        """Draw one line of text within what is being marked."""
        for line in self.typesetter.lines(text, 1e6):
            for fragment in line.fragments:
                self._fragment(fragment, x, y)

    def _foot(self, text: Text, x: float, y: float) -> None:
        self.text(text, x, y)

    def _fragment(self, fragment: Fragment, x: float, y: float) -> None:
        run = fragment.run
        font = self.typesetter.shaper.use(run.face).name
        look = fragment.span.style
        size, left = look.size, x + fragment.x
        red, green, blue = look.colour
        place = f"1 0 {_SLANT} 1 {left:.2f} {y:.2f} Tm" if look.slanted else f"{left:.2f} {y:.2f} Td"
        drawn = f"{red:g} {green:g} {blue:g} rg BT /{font} {size:g} Tf {place} {_shown(run, size)}ET"
        if look.struck:
            drawn += f" {left:.2f} {y + 0.26 * size:.2f} {fragment.width:.2f} 0.7 re f"
        if not run.spelled:
            said = ("\ufeff" + run.text).encode("utf-16-be").hex()
            drawn = f"/Span <</ActualText <{said}>>> BDC {drawn} EMC"
        self._canvas.addLiteral(drawn)

    def _watermark(self) -> None:
        words = plain("DRAFT – not sent", style(64, bold=True, colour=(0.45, 0.45, 0.45)))
        with self.artefact("/Type /Pagination /Subtype /Watermark"):
            self._canvas.saveState()
            self._canvas.setFillAlpha(0.16)
            self._canvas.translate(self.size[0] / 2, self.size[1] / 2)
            self._canvas.rotate(45)
            self.text(words, -self.typesetter.width(words) / 2, -20)
            self._canvas.restoreState()


def _shown(run: Run, size: float) -> str:
    """Return the operators that show a run: glyph numbers, corrections of advance, rises."""
    pieces: list[str] = []
    shown: list[str] = []
    height = pending = 0.0
    for glyph in run.glyphs:
        if abs(glyph.up - height) > 0.01:
            pieces += _flushed(shown)
            height = glyph.up
            pieces.append(f"{height * size / 1000:.3f} Ts ")
        pending -= glyph.right
        if abs(pending) > 0.01:
            shown.append(f"{pending:g}")
        shown.append(f"<{glyph.number:04x}>")
        pending = _excess(run, glyph)
    pieces += _flushed(shown)
    return "".join(pieces) + ("0 Ts " if height else "")


def _excess(run: Run, glyph: Glyph) -> float:
    """Return how much further the font's own width carries than the glyph wants, its offset undone."""
    return round(run.face.advance(glyph.number) - glyph.advance + glyph.right, 2)


def _flushed(shown: list[str]) -> list[str]:
    made = ["[" + "".join(shown).replace("><", "") + "] TJ "] if shown else []
    shown.clear()
    return made
