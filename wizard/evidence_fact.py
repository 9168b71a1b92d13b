"""What a referral says of one evidence document; the document itself lies beside it. The evidence child knows it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, Self

from wizard.errors import UserError

Kind = Literal["name", "born", "upn", "nhs"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something in a document's text that belongs to one person: a name, a date of birth, a number.

    Attributes:
        page: counted from 1.
        text: as it stands there; a date as ISO.
    """

    kind: Kind
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a machine read in the picture of a page, counted from 1; kept in the encrypted referral and never shown."""

    page: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a page to be blacked out.

    Attributes:
        page: counted from 1, before any page is left out or moved.
        box: left, top, right and bottom of it as parts (0 to 1) of the upright page.
    """

    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Turn:
    """A page that is turned otherwise than its document.

    Attributes:
        page: counted from 1, before any page is left out or moved.
        degrees: clockwise, in place of those of the document: 0, 90, 180 or 270.
    """

    page: int
    degrees: int


@dataclass(frozen=True, slots=True)
class Treatment:
    """What the school wants done to a document while it is made safe; the original stays as it is.

    Attributes:
        password: opens it; never handed over.
        crop: of a picture, what is cut off at the left, top, right and bottom, as parts (0 to 1) of its sides.
        straighten: of a picture, degrees clockwise, at most 45 either way.
        areas: what is blacked out.
        words: words or names of which every place is blacked out.
    """

    password: str = field(default="", repr=False)
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    straighten: float = 0.0
    areas: tuple[Area, ...] = ()
    words: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """The treatment whose parts, as `dataclasses.asdict` gives them, came as JSON."""
        lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list | tuple)}
        areas = tuple(Area(one["page"], tuple(one["box"])) for one in values.get("areas", ()))
        return cls(**{**values, **lists, "areas": areas})

    @property
    def redacts(self) -> bool:
        """Whether anything is to be blacked out."""
        return bool(self.areas or self.words)


@dataclass(frozen=True)
class EvidenceFact:
    """What a referral says of one evidence document.

    What is learnt from the document (`LEARNT`) is known again whenever it is read, and not handed over.

    Attributes:
        file: name of the original, as it was offered.
        sha256: hex digest of the original, byte for byte.
        answers: ids of the requirements that it answers.
        title: what the school calls it; the file's name where empty.
        dated: date of the document, ISO, or empty.
        rotate: degrees clockwise to turn every page: 0, 90, 180 or 270.
        turned: the pages that are turned otherwise than that.
        omit: page numbers, from 1, that are left out of the pack.
        order: page numbers, from 1, in the order in which the pack has them; those not named follow; empty as they are.
        treatment: what is done to it while it is made safe.
        within: file name of the message that it came with; empty where it came by itself.
        cleared: texts of `marks` that somebody has looked at and found to be right.
        outcome: what intake made of it: ``included``, ``cleaned``, ``pictures``, ``attached`` or ``refused``.
        why: why it was refused and what to do, divided by `FOR_SCHOOL`; empty otherwise.
        locked: it was refused because it needs a password, or another one; its original waits for that.
        notices: sentences on what was noticed or changed; see `FOR_SCHOOL`.
        with_original: the original travels in the pack as a file, beside its pages or in their place.
        suggested: its date as its text has it, ISO, until somebody says so; empty where it has none.
        marks: what its text says of persons.
        silent: page numbers on which no text was found.
        by_machine: those of them whose marks, and perhaps the suggested date, were read in a picture of the page.
        readings: what was read there, to be searched for what is blacked out in other documents.
        blank: page numbers that are empty or nearly black.
        place: numbers of the documents in which it came, the outermost first, behind which it stands, whenever added.
        given: the parts that were there when it was read, empty ones too, so that it is handed back the same.
    """

    file: str
    sha256: str = ""
    answers: tuple[str, ...] = ()
    title: str = ""
    dated: str = ""
    rotate: int = 0
    turned: tuple[Turn, ...] = ()
    omit: tuple[int, ...] = ()
    order: tuple[int, ...] = ()
    treatment: Treatment = Treatment()
    within: str = ""
    cleared: tuple[str, ...] = ()
    outcome: str = ""
    kind: str = ""
    pages: int = 0
    notices: tuple[str, ...] = ()
    why: str = ""
    locked: bool = False
    with_original: bool = False
    suggested: str = ""
    marks: tuple[Mark, ...] = field(default=(), repr=False)
    silent: tuple[int, ...] = ()
    by_machine: tuple[int, ...] = ()
    readings: tuple[Reading, ...] = field(default=(), repr=False)
    blank: tuple[int, ...] = ()
    id: str = ""
    place: tuple[int, ...] = ()
    given: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is called in lists and in the pack."""
        return self.title or self.file

    @property
    def kept(self) -> bool:
        """Whether the referral keeps the original: of a refused one only where a password may still open it."""
        return self.outcome != "refused" or self.locked

    @property
    def travels(self) -> bool:
        """Whether the original goes with the pack: never where it holds what was blacked out or left out."""
        return self.with_original and self.outcome != "refused" and not self.treatment.redacts and not self.omit

    @property
    def goes(self) -> bool:
        """Whether the council gets anything of it: a page, or the original where no page can be shown."""
        if self.outcome in ("refused", "attached"):
            return self.travels
        return not self.omit or not self.pages or bool(self.shown)

    @property
    def sequence(self) -> tuple[int, ...]:
        """All page numbers, from 1, in the order of the pack; those that are left out stand among them."""
        every = range(1, self.pages + 1)
        first = dict.fromkeys(page for page in self.order if page in every)
        return (*first, *(page for page in every if page not in first))

    @property
    def shown(self) -> tuple[int, ...]:
        """The page numbers, from 1, that the pack shows, in its order."""
        return tuple(page for page in self.sequence if page not in self.omit)

    def turn(self, page: int) -> int:
        """Degrees clockwise by which a page, from 1, is turned: 0, 90, 180 or 270."""
        return next((one.degrees for one in self.turned if one.page == page), self.rotate)

    def turned_by(self, page: int, degrees: int) -> Self:
        """A page turned further; where it is the only one, that is the whole document."""
        turn = (self.turn(page) + degrees) % 360
        if self.pages == 1:
            return replace(self, rotate=turn, turned=())
        own = [Turn(page, turn)] if turn != self.rotate else []
        others = [one for one in self.turned if one.page != page]
        return replace(self, turned=tuple(sorted([*others, *own], key=lambda one: one.page)))

    def turned_like(self, page: int) -> Self:
        """Every page turned as this one is."""
        return replace(self, rotate=self.turn(page), turned=())

    def moved(self, page: int, step: int) -> Self:
        """A page put before (step -1) or behind (1) its neighbour in the pack; the same where it has none there."""
        pages = list(self.sequence)
        place = pages.index(page) + step
        while 0 <= place < len(pages) and pages[place] in self.omit:
            place += step
        if not 0 <= place < len(pages):
            return self
        pages.insert(place, pages.pop(pages.index(page)))
        return replace(self, order=() if pages == sorted(pages) else tuple(pages))


_LONGEST_NAME = 120
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # no file can be called so on Windows


def file_name(text: str) -> str:
    """A name from outside as the name of a file, and nothing but that: no path, no control characters, not too long."""
    name = re.split(r"[/\\]", text)[-1]
    name = " ".join(re.sub(r'[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069:*?"<>|]', " ", name).split())
    stem, dot, ending = name.rpartition(".")
    if len(name) > _LONGEST_NAME:
        name = f"{stem[: _LONGEST_NAME - 20]}{dot}{ending[:12]}" if stem else name[:_LONGEST_NAME]
    name = name.strip(". ") or "File"
    return f"_{name}" if _DEVICE.match(name) else name


FOR_SCHOOL: Final = "\n"
"""Divides a notice, and why a document was refused: before it stands what whoever reads the document should know,
after it what the school may do."""


def refused(error: UserError) -> str:
    """Why a document was refused, and what to do, divided."""
    return FOR_SCHOOL.join(filter(None, (error.sentence, error.remedy)))


def for_readers(notices: Iterable[str]) -> tuple[str, ...]:
    """What notices say to whoever reads the document; nothing of those that are for the school alone."""
    return tuple(filter(None, (notice.partition(FOR_SCHOOL)[0] for notice in notices)))


def for_school(notices: Iterable[str]) -> tuple[str, ...]:
    """Notices as the school reads them: whole."""
    return tuple(map(whole, notices))


def whole(notice: str) -> str:
    """A notice, or why a document was refused, as the school reads it."""
    return notice.replace(FOR_SCHOOL, " ").strip()
