"""The guard against another child's papers: what documents say of persons, held against what the answers say.

It points out and never refuses: only somebody who knows the children can tell (decision 19).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, Final

from pydantic import BaseModel
from rapidfuzz.distance import OSA
from stdnum.gb import nhs

from forms.kit.dates import long_day
from forms.kit.upn import UPN_SHAPE, upn_check_letter
from wizard import names_alike
from wizard.evidence_fact import EvidenceFact, Mark
from wizard.validation.facts import Facts

OLDEST: Final = 26
"""Years beyond which a date of birth is not a child's."""

SHOWN: Final = 4
"""Marks that one sentence names."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a document that does not fit the pupil.

    Attributes:
        number: of the document in the evidence list, from 1.
        pages: page numbers of the document, from 1.
        strong: it may well be about another child; else it names one beside the pupil, or has a slip of the pen.
        words: a sentence or two for people.
        texts: of the marks, as `EvidenceFact.cleared` holds them.
    """

    number: int
    fact: EvidenceFact
    pages: tuple[int, ...]
    strong: bool
    words: str
    texts: tuple[str, ...]

    @property
    def cleared(self) -> EvidenceFact:
        """The document's facts once somebody has found this to be right."""
        return replace(self.fact, cleared=tuple(dict.fromkeys((*self.fact.cleared, *self.texts))))

    def to_json(self) -> dict[str, Any]:
        """As ``section19 check --json`` prints it."""
        return {
            "document": self.number,
            "file": self.fact.file,
            "pages": list(self.pages),
            "strong": self.strong,
            "words": self.words,
            "texts": list(self.texts),
        }


def doubts(facts: Facts) -> tuple[Doubt, ...]:
    """What does not fit the pupil in the documents that go into the pack; strong doubts first.

    Nothing is doubted before the pupil's names are answered.
    """
    if not any(fact.marks for fact in facts.case.evidence):
        return ()
    known = _Known(facts)
    if not known.given or not known.family:
        return ()
    documents = [
        _Document(number, fact, known)
        for number, fact in enumerate(facts.case.evidence, 1)
        if fact.marks and fact.outcome != "refused"
    ]
    usual = {kind: _usual(kind, documents) for kind in ("upn", "nhs")}
    found = chain.from_iterable(document.doubts(usual) for document in documents)
    return tuple(sorted(found, key=lambda doubt: not doubt.strong))


class _Known:
    """Everybody and everything that the answers name, found by walking through all of them."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        named = {name: facts.value("pupil", name) or "" for name in ("first_name", "preferred_name", "surname")}
        before = names_alike.words(facts.value("pupil", "previous_names") or "")
        self.given = (*names_alike.words(f"{named['first_name']} {named['preferred_name']}"), *before)
        self.family = (*names_alike.words(named["surname"]), *before) if named["surname"] else ()
        self.called: str = named["preferred_name"] or named["first_name"]
        self.whole_name = f"{self.called} {named['surname']}"
        self.born: date | None = facts.value("pupil", "born")
        upn = facts.value("pupil", "upn")
        self.upn = upn if isinstance(upn, str) else ""
        self._asked: dict[str, bool] = {}

    @cached_property
    def _leaves(self) -> tuple[object, ...]:
        asked = (page for page in self._facts.pages.values() if self._facts.answers.asks(page))
        values = (self._facts.answers.reading(page).values for page in asked)
        return tuple(chain.from_iterable(map(_leaves, values)))

    @cached_property
    def _persons(self) -> frozenset[tuple[str, ...]]:
        texts = (leaf for leaf in self._leaves if isinstance(leaf, str))
        signed = (signature.name for signature in self._facts.case.signatures)
        return frozenset(chain.from_iterable(map(names_alike.persons, (*texts, *signed))))

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset("".join(leaf.split()).upper() for leaf in self._leaves if isinstance(leaf, str))

    @cached_property
    def _days(self) -> frozenset[date]:
        return frozenset(leaf for leaf in self._leaves if isinstance(leaf, date))

    def is_pupil(self, name: str) -> bool:
        """Whether a name may be the pupil's."""
        return names_alike.fits(name, self.given, self.family)

    def is_known(self, name: str) -> bool:
        """Whether the answers speak of somebody of that name."""
        if name not in self._asked:
            self._asked[name] = any(names_alike.within(name, person, self.family) for person in self._persons)
        return self._asked[name]

    def has(self, mark: Mark) -> bool:
        """Whether a number or a date of birth stands in the answers."""
        if mark.kind == "born":
            return date.fromisoformat(mark.text) in self._days
        return "".join(mark.text.split()) in self._numbers

    def childs(self, day: date) -> bool:
        """Whether somebody born on that day is a child or a young person today."""
        return 0 <= self._facts.today.year - day.year <= OLDEST


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, BaseModel):
        yield from _leaves(value.__dict__)
    elif isinstance(value, Mapping):
        yield from chain.from_iterable(map(_leaves, value.values()))
    elif isinstance(value, tuple | list):
        yield from chain.from_iterable(map(_leaves, value))
    else:
        yield value


class _Document:
    """One document, its marks sorted by what they say."""

    def __init__(self, number: int, fact: EvidenceFact, known: _Known) -> None:
        self.number, self.fact, self.known = number, fact, known
        self._shown = [mark for mark in fact.marks if mark.page not in fact.omit]
        names = dict.fromkeys(mark.text for mark in self._shown if mark.kind == "name")
        self._pupils = {name for name in names if known.is_pupil(name)}
        self._strangers = {name for name in names if name not in self._pupils and not known.is_known(name)}

    @property
    def is_the_pupils(self) -> bool:
        """Whether it names the pupil, or somebody born on that day."""
        born = self.known.born
        return bool(self._pupils) or any(
            mark.kind == "born" and born and mark.text == born.isoformat() for mark in self._shown
        )

    def numbers(self, kind: str) -> set[str]:
        """The numbers of a kind that stand in it and can be right."""
        return {mark.text for mark in self._shown if mark.kind == kind and _right(mark)}

    def doubts(self, usual: Mapping[str, str]) -> Iterator[Doubt]:
        """What does not fit; ``usual`` has the number of each kind that the pupil's documents agree on."""
        open_marks = [mark for mark in self._shown if mark.text not in self.fact.cleared]
        odd = [mark for mark in open_marks if mark.kind != "name" and self._is_odd(mark, usual)]
        slips = [mark for mark in odd if self._is_slip(mark, usual)]
        strong = [mark for mark in odd if mark not in slips]
        names = [mark for mark in open_marks if mark.kind == "name" and mark.text in self._strangers]
        if strong or (names and not self._pupils):
            yield self._doubt([*names, *strong], strong=True)
        elif names:
            yield self._doubt(names, strong=False)
        if slips:
            yield self._slip(slips)

    def _is_odd(self, mark: Mark, usual: Mapping[str, str]) -> bool:
        if self.known.has(mark):
            return False
        if mark.kind == "born":
            day = date.fromisoformat(mark.text)
            return self.known.born is not None and day != self.known.born and self.known.childs(day)
        own = self._own(mark.kind, usual)
        return mark.text != own if own else bool(self._strangers) and not self._pupils

    def _own(self, kind: str, usual: Mapping[str, str]) -> str:
        return (self.known.upn if kind == "upn" else "") or usual[kind]

    def _is_slip(self, mark: Mark, usual: Mapping[str, str]) -> bool:
        if mark.kind != "born":
            return not _right(mark) and OSA.distance(mark.text, self._own(mark.kind, usual)) <= 1
        born, day = self.known.born, date.fromisoformat(mark.text)
        if born is None or not self._pupils:
            return False
        same = (day.year == born.year, day.month == born.month, day.day == born.day)
        return sum(same) == 2 or (day.year, day.day, day.month) == (born.year, born.month, born.day)

    def _doubt(self, found: Sequence[Mark], *, strong: bool) -> Doubt:
        if strong:
            elsewhere = "" if self._pupils else f"; it does not name {self.known.whole_name}"
            words = f"{self._where(found)} has {_spoken(found)}{elsewhere}. Is it about another child?"
        else:
            names = _listed([f"{text} ({_pages(pages)})" for text, pages in _places(found).items()])
            words = f"“{self.fact.name}” also names {names}. May the council know of this?"
        return self._told(found, words, strong=strong)

    def _slip(self, found: Sequence[Mark]) -> Doubt:
        has = f"{self._where(found)} has {_spoken(found)}"
        if found[0].kind == "born" and self.known.born is not None:
            words = f"{has}, and the answers say {long_day(self.known.born)}. Which is right?"
        else:
            words = f"{has}, which is {self.known.called}’s but for one character. Is it a slip of the pen?"
        return self._told(found, words, strong=False)

    def _where(self, found: Sequence[Mark]) -> str:
        return f"“{self.fact.name}” ({_pages(mark.page for mark in found)})"

    def _told(self, found: Sequence[Mark], words: str, *, strong: bool) -> Doubt:
        pages = tuple(sorted({mark.page for mark in found}))
        texts = tuple(dict.fromkeys(mark.text for mark in found))
        if set(pages) & set(self.fact.by_machine):
            words += " (Read by machine in a picture of the page: see for yourself.)"
        return Doubt(self.number, self.fact, pages, strong, words, texts)


def _right(mark: Mark) -> bool:
    """Whether a number's check character fits."""
    if mark.kind == "upn":
        return bool(UPN_SHAPE.fullmatch(mark.text)) and upn_check_letter(mark.text[1:]) == mark.text[0]
    return bool(nhs.is_valid(mark.text))


def _usual(kind: str, documents: Iterable[_Document]) -> str:
    """The number that most of the pupil's documents have; empty without one, the first of several that are as many."""
    counted = Counter(
        number for document in documents if document.is_the_pupils for number in sorted(document.numbers(kind))
    )
    return counted.most_common(1)[0][0] if counted else ""


_CALLED: Final = {
    "name": ("name", "names"),
    "born": ("date of birth", "dates of birth"),
    "upn": ("UPN", "UPNs"),
    "nhs": ("NHS number", "NHS numbers"),
}


def _spoken(found: Iterable[Mark]) -> str:
    """``the names A and B, the date of birth 3 May 2012 and the NHS number ...``."""
    texts: dict[str, dict[str, None]] = {}
    for mark in found:
        said = long_day(date.fromisoformat(mark.text)) if mark.kind == "born" else mark.text
        texts.setdefault(mark.kind, {})[said] = None
    return _listed([_of_kind(kind, [*texts[kind]]) for kind in _CALLED if kind in texts])


def _of_kind(kind: str, texts: Sequence[str]) -> str:
    one, several = _CALLED[kind]
    return f"the {one if len(texts) == 1 else several} {_listed(texts)}"


def _places(found: Iterable[Mark]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for mark in found:
        places.setdefault(mark.text, []).append(mark.page)
    return places


def _pages(found: Iterable[int]) -> str:
    """``page 2``, ``pages 2 and 3``."""
    pages = sorted(set(found))
    return f"page {pages[0]}" if len(pages) == 1 else f"pages {_listed([str(page) for page in pages])}"


def _listed(parts: Sequence[str]) -> str:
    """``A, B and C``; of many, how many more there are."""
    if len(parts) > SHOWN:
        parts = [*parts[: SHOWN - 1], f"{len(parts) - SHOWN + 1} more"]
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
