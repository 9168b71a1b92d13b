"""What the text of a document says of persons: numbers, dates of birth, and names of those it is about; in the child.

A name counts only where the text says that it is a child's or the subject's: behind "Pupil" or "Re:", before "born" or
"Year 9". A guard that cries wolf is not heard, so names of those who write, sign or teach are left alone.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Final

from forms.kit.upn import UPN_SHAPE, upn_check_letter
from wizard.evidence.words.days import BIRTH, births
from wizard.evidence.words.person_names import Text, name_after, name_before
from wizard.evidence_fact import Mark

MOST: Final = 400
"""Marks of one document."""

LONGEST_PAGE: Final = 60_000
"""Characters of a page that are looked through."""

LONGEST_LINE: Final = 1_000
LONGEST_MARK: Final = 120

_UPN: Final = re.compile(r"(?<![^\W_])[A-Z](?:[ -]?[0-9]){11}[ -]?[0-9A-Z](?![^\W_])", re.ASCII)
_UPN_NAMED: Final = re.compile(r"\b(?:UPN|pupil number)\b[^0-9]{0,15}$", re.IGNORECASE)
_TEN: Final = re.compile(
    r"(?<![\d.,£/+])(?P<a>[0-9]{3})(?P<s>[ \u00a0-]?)(?P<b>[0-9]{3})(?P=s)(?P<c>[0-9]{4})(?![\d/]|[.,]\d)"
)
_NHS: Final = re.compile(r"\bN\.?H\.?S\b[^0-9]{0,25}$", re.IGNORECASE)
_HEALTH: Final = re.compile(r"\b(?:NHS|hospital|patient|clinic|surgery|GP|dr|camhs)\b", re.IGNORECASE)
"""Stands on pages where ten figures may be an NHS number that nobody calls so."""

_TELEPHONE: Final = re.compile(r"(?:\+44|\(0\)|\b(?:tel|phone|mobile|fax|ext)\b)[^0-9]{0,12}$", re.IGNORECASE)
_ENGLISH: Final = "4679"
"""First digits of NHS numbers in England, and of those made up for trials."""

_FIGURES: Final = re.compile(r"\d{3}")
_HINT: Final = re.compile(
    r"pupil|patient|child|student|person|learner|candidate|name|^\W*(?:re|subject|concerning)|parent|carer|guardian|family"
    r"|mother|father",
    re.IGNORECASE,
)
"""Stands in every line that has one of the following in it; quicker than these."""

_PUPIL: Final = re.compile(
    r"(?:^|[|;•\t]|\s{2,})(?:name\s+of\s+(?:the\s+)?)?(?P<who>(?:pupil|patient|child|student|young\s+person|learner"
    r"|candidate)(?:['’]?s)?(?:\s+(?:full\s+)?name)?|(?:full\s+)?name)(?P<stop>\s*[:–—-]\s*|\s+)",
    re.IGNORECASE,
)
_SUBJECT: Final = re.compile(
    r"^(?:re|ref|regarding|concerning|subject)\b\s*[:–—-]*\s*(?:re\s*:\s*|fwd?\s*:\s*)*", re.IGNORECASE
)
_PARENT_OF: Final = re.compile(
    r"\b(?:parents?|carers?|guardians?|family|mother|father)(?:\s?(?:\(s\)|/|,|and|or|&)\s?(?:\w+))*(?:\(s\))?\s+of:?\s+",
    re.IGNORECASE,
)
_GIVEN: Final = re.compile(r"\b(?:fore|first|given)\s?names?(?:\(s\))?\s*:\s*", re.IGNORECASE)
_FAMILY: Final = re.compile(r"\b(?:sur|last|family)\s?name\s*:\s*", re.IGNORECASE)
_AS_PUPIL: Final = re.compile(
    r"(?:\s*[,;:(–-]\s*|\s-\s)(?:aged?\s\d{1,2}\b|\d{1,2}\syears\b|(?:in\s)?year\s(?:1[0-3]|[1-9])\b|reception\b"
    r"|(?:1[0-3]|[1-9])(?-i:[A-Z]{1,3})\b|who\s(?:is|was)\s(?:\d{1,2}\b|born|in\syear)|UPN\b|NHS\s(?:no|num))"
    r"|\sis\sin\s(?:year\s\d|reception\b)|\s(?:UPN\b|NHS\s(?:no|num))",
    re.IGNORECASE,
)
"""What stands behind the name of a pupil."""

_CLASS: Final = re.compile(r"\b(?:year\s(?:1[0-3]|[1-9])|UPN|NHS\s(?:no|num))\b", re.IGNORECASE)


def marks(texts: Sequence[str], latest: date) -> tuple[Mark, ...]:
    """The marks of a document, page by page, each once a page.

    Args:
        texts: of its pages.
        latest: the day of reading; nobody was born later.
    """
    whole = Text.of(texts)
    found = chain.from_iterable(_on_page(number, _lines(text), whole, latest) for number, text in enumerate(texts, 1))
    return tuple(dict.fromkeys(found))[:MOST]


def _lines(text: str) -> list[str]:
    """The lines that say anything, without the marks that pdfium leaves for broken words."""
    plain = text[:LONGEST_PAGE].replace("\x02", "-").replace("\ufffe", "-").replace("\u00a0", " ")
    return [line.strip()[:LONGEST_LINE] for line in plain.splitlines() if line.strip()]


def _on_page(page: int, lines: Sequence[str], whole: Text, latest: date) -> Iterator[Mark]:
    born = list(births(lines, latest))
    yield from (Mark("born", page, day.isoformat()) for _, day in born)
    of_health = any(map(_HEALTH.search, lines))
    for line in filter(_FIGURES.search, lines):
        yield from (Mark("upn", page, number) for number in _upns(line))
        yield from (Mark("nhs", page, number) for number in _nhs_numbers(line, likely=of_health))
    for name in _names(lines, {number for number, _ in born}, whole):
        yield Mark("name", page, name[:LONGEST_MARK])


def right(mark: Mark) -> bool:
    """Whether the check character of a number fits; other marks have none."""
    if mark.kind == "upn":
        return upn_check_letter(mark.text[1:]) == mark.text[0]
    return mark.kind != "nhs" or _fits(mark.text.replace(" ", ""))


def _upns(line: str) -> Iterator[str]:
    for match in _UPN.finditer(line):
        number = re.sub(r"[ -]", "", match[0])
        named = _UPN_NAMED.search(line[: match.start()])
        if UPN_SHAPE.fullmatch(number) and (named or upn_check_letter(number[1:]) == number[0]):
            yield number


def _nhs_numbers(line: str, *, likely: bool) -> Iterator[str]:
    for match in _TEN.finditer(line):
        number = match["a"] + match["b"] + match["c"]
        before = line[: match.start()]
        named = bool(_NHS.search(before))
        if not named and (not likely or not match["s"] or number[0] not in _ENGLISH or _TELEPHONE.search(before)):
            continue
        if named or _fits(number):
            yield f"{match['a']} {match['b']} {match['c']}"


def _fits(number: str) -> bool:
    from stdnum.gb import nhs  # not above: most documents hold none

    return bool(nhs.is_valid(number))


def _names(lines: Sequence[str], born: set[int], whole: Text) -> Iterator[str]:
    for number, line in enumerate(lines):
        after = lines[number + 1] if number + 1 < len(lines) else ""
        if _HINT.search(line):
            near = born & {number, number + 1, number + 2} or any(map(_CLASS.search, lines[number : number + 3]))
            yield from _labelled(line, after, whole, sure=bool(near))
        told = list(chain(BIRTH.finditer(line), _AS_PUPIL.finditer(line)))
        found = [name for match in told if (name := name_before(line[: match.start()], whole))]
        if told and not found and (name := name_after(line, whole)) and re.match(r"[,;(]", line[len(name) :].strip()):
            found.append(name)
        yield from found
        if BIRTH.match(after) and (name := name_after(line, whole, to_the_end=True)):
            yield name


def _labelled(line: str, after: str, whole: Text, *, sure: bool) -> Iterator[str]:
    for match in _PUPIL.finditer(line):
        plain = not match["who"].casefold().startswith(("name", "full"))
        strict = not match["stop"].strip()
        if (plain or sure) and (name := name_after(line[match.end() :], whole, single=not strict)):
            yield name
    if subject := _SUBJECT.match(line):
        name = name_after(line[subject.end() :], whole)
        if name and (sure or whole.tells_of(name)):
            yield name
    yield from filter(None, (name_after(line[match.end() :], whole) for match in _PARENT_OF.finditer(line)))
    yield from _in_two_fields(f"{line} \n {after}")


def _in_two_fields(lines: str) -> Iterator[str]:
    given, family = _GIVEN.search(lines), _FAMILY.search(lines)
    if given and family:
        parts = (
            re.match(r"[^\W\d_][\w'’-]*(?: (?!sur|last|fam)[^\W\d_][\w'’-]*)?", lines[one.end() :], re.IGNORECASE)
            for one in (given, family)
        )
        if all(found := tuple(parts)):
            yield " ".join(one[0] for one in found if one)
