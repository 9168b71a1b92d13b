"""Names of persons in running text: words in capitals that belong together and are not words of every day."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Self

MOST_WORDS: Final = 5
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['’‘`\-\u2010\u2011][^\W\d_]+)*\.?|\d+|\S")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’‘`\-\u2010\u2011][^\W\d_]+)*")
_PARTICLES: Final = {
    "de", "da", "del", "della", "der", "den", "di", "dos", "du", "el", "al", "bin", "ibn", "binti", "bint", "la", "le",
    "van", "von", "ter", "ten", "y", "ap", "ab",
}  # fmt: skip
_QUOTES: Final = frozenset("“”\"‘’'")
_ADULT: Final = {
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lady", "lord", "rev", "revd", "sister",
    "nurse", "cllr",
}  # fmt: skip
_ORDINARY: Final = frozenset(
    """
    a about absence academy access additional address admission advice age all an and annual application appointment
    april aspergers assessment asthma at attendance august autism autumn born boy by camhs care carer carers case
    category centre certificate chair chief child children children's children’s class clinic clinical code college
    community concern concerns conditions confidential consent consultant consultation contact council county court
    crohn crohn's crohn’s date day days dear december department details diagnosis director disability discharge dob
    doctor draft east education educational ehc ehcp emergency ethnicity evidence exclusion extract family father
    february female final first for form friday from full future gender general girl gp grammar group guardian has
    head headteacher health healthcare her high his home hospital house i ill illness in individual infirmary
    information invitation is it january july june junior lane language learning leave letter list local male march
    may medical meeting mental middle minutes monday mother my name names need needs neurology new nhs no north not
    note notes november number october of office officer on one or our outcome outpatient outpatients paediatric
    paediatrics page parent parents part patient per period permission person phase phone physical physiotherapy plan
    planning please postcode present primary private progress provision psychologist psychology pupil pupils
    questionnaire re reason reception record referral referrals referrer register registration relationship report
    request response return review risk road role royal safeguarding saturday school secondary section sen senco send
    september service services session setting sex social south special specialist st stage start statement status
    strategy street student students subject summary summer sunday support surgery surname syndrome teacher team term
    test the their this thursday timetable title to transfer treatment trust tuesday tuition tutor type unit
    university update upn urgent ward we wednesday weekly well west what who with work worker year young your yours
    """.split()  # noqa: SIM905 - a list of a word a line would be longer than this module
)


@dataclass(frozen=True, slots=True)
class Text:
    """What the whole text of a document tells of its words.

    Attributes:
        small: words that it writes in small letters somewhere, which are hardly names.
        times: how often each word stands there with a capital.
    """

    small: frozenset[str]
    times: Counter[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Look through the pages of a document."""
        words = [word for text in texts for word in _WORD.findall(text)]
        small = frozenset(word for word in words if word.islower())
        return cls(small, Counter(own(word).casefold() for word in words if word[0].isupper()))

    def tells_of(self, name: str) -> bool:
        """Whether a word of a name stands in the text a second time."""
        return any(self.times[own(word).casefold()] > 1 for word in _WORD.findall(name) if len(word) > 1)


def own(word: str) -> str:
    """A word without the ``’s`` of what belongs to it."""
    return word[:-2] if word[-2:].casefold() in {"'s", "’s"} else word


def name_after(text: str, whole: Text, *, single: bool = False, to_the_end: bool = False) -> str:
    """The name of a person that a text begins with; empty when it does not.

    With ``single`` one word will do; with ``to_the_end`` there must be nothing behind it.
    """
    end = 0
    kept: list[str] = []
    tokens = list(_TOKEN.finditer(text[:200]))
    for place, token in enumerate(tokens):
        following = tokens[place + 1][0] if place + 1 < len(tokens) else ""
        if not _goes_on(kept, token[0], following):
            break
        kept.append(token[0])
        if token[0] not in {",", "(", "“", '"', "‘"}:
            end = token.end()
        if _ends(token[0]) or len(kept) > MOST_WORDS + 2:
            break
    if to_the_end and text[end:].strip(" ,;:.-–("):
        return ""
    return _checked(text[:end], whole, single=single)


def name_before(text: str, whole: Text) -> str:
    """The name of a person that a text ends with, punctuation apart; empty when it does not, or has a title."""
    tokens = list(_TOKEN.finditer(text[-160:]))[-MOST_WORDS - 5 :]
    for place, token in enumerate(tokens):
        if name := name_after(text[-160:][token.start() :], whole, to_the_end=True):
            titled = place and tokens[place - 1][0].rstrip(".").casefold() in _ADULT
            return "" if titled else name
    return ""


def _goes_on(kept: Sequence[str], word: str, following: str) -> bool:
    if _is_name(word):
        return len([one for one in kept if _is_name(one)]) < MOST_WORDS
    if not kept:
        return False
    if word == ",":
        return len(kept) <= 2 and kept[-1].isupper() and len(kept[-1]) > 2 and _is_name(following)
    if word == "(":
        return _is_name(following) or following in _QUOTES
    if word in _QUOTES:
        return "(" in kept
    if word == ")":
        return "(" in kept
    return word.casefold() in _PARTICLES and (_is_name(following) or following.casefold() in _PARTICLES)


def _is_name(word: str) -> bool:
    plain = word.rstrip(".").casefold()
    return word[:1].isupper() and own(plain) not in _ORDINARY and plain not in _ADULT


def _ends(word: str) -> bool:
    """Whether a sentence ends with a word; an initial has a stop of its own."""
    return word.endswith(".") and len(word) > 2


def _checked(found: str, whole: Text, *, single: bool) -> str:
    name = re.sub(r"\s+", " ", found).strip(" ,.;")
    if name.count("(") > name.count(")"):
        name += ")"
    words = [own(word) for word in _WORD.findall(name)]
    full = [word for word in words if len(word) > 1]
    if len(full) < (1 if single else 2):
        return ""
    if all(word.casefold() in whole.small for word in full):
        return ""
    return name if any(len(word) > 2 for word in full) else ""
