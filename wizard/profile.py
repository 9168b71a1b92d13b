"""The profile of risks and strengths as a balance, and what the register says beside it: pure, without a score.

A row a domain: what weighs to the left of its name, what helps to the right. A factor is a block, tall and solid where
it is strong, low and hollow where there is some of it, so that nothing is said by colour alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from forms.attendance_difficulties import AttendanceDifficulties
from forms.ebsa import Strength
from forms.kit.codes import REGISTER_CODES
from forms.kit.dates import WEEKDAYS
from forms.kit.page import Answers, Page
from forms.risk_profile import Factor, RiskProfile
from wizard.register import Session, count
from wizard.register_answers import register_sessions

DOMAINS: Final = (("At school", "school"), ("The pupil", "child"), ("The family", "family"))
TIERS: Final = ((93, "93 % or more"), (80, "80 to 92 %"), (51, "51 to 79 %"), (0, "50 % or less"))
"""Bands of attendance in East Sussex's published guidance on EBSA, by the percentage at which each begins."""


@dataclass(frozen=True, slots=True)
class Side:
    """How many factors of one side of a domain are strong, and of how many there is some."""

    strong: int = 0
    some: int = 0

    def __str__(self) -> str:
        """``2 strong, 1 some``."""
        parts = [f"{number} {word}" for number, word in ((self.strong, "strong"), (self.some, "some")) if number]
        return ", ".join(parts) or "none"


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain with what weighs and what helps."""

    name: str
    weighs: Side
    helps: Side


@dataclass(frozen=True, slots=True)
class Block:
    """A factor in the picture; ``row`` counts from the top, ``x`` from the left, in the unit of the width asked for."""

    row: int
    x: float
    width: float
    helps: bool
    strong: bool


def domains(answers: Answers) -> tuple[Domain, ...]:
    """The three domains as far as they are answered; nothing while nothing plays a part."""
    found = tuple(
        Domain(name, _side(answers, f"{key}_risks"), _side(answers, f"{key}_strengths")) for name, key in DOMAINS
    )
    return found if any(side != Side() for one in found for side in (one.weighs, one.helps)) else ()


def _side(answers: Answers, name: str) -> Side:
    cards: Iterable[Factor] = answers.value(RiskProfile, name) or ()
    felt = Counter(card.strength for card in cards)
    return Side(felt[Strength.STRONG], felt[Strength.SOME])


def blocks(found: Sequence[Domain], width: float, name: float, largest: float, gap: float) -> tuple[Block, ...]:
    """Where the blocks lie.

    Args:
        found: the domains, a row each.
        width: of the whole picture.
        name: width of the column of names in its middle.
        largest: width that a block takes if there is room.
        gap: between blocks.
    """
    half = (width - name) / 2
    most = max((side.strong + side.some for one in found for side in (one.weighs, one.helps)), default=1)
    size = min(largest, (half - gap) / max(most, 1) - gap)
    made = []
    for row, domain in enumerate(found):
        for helps, side in ((False, domain.weighs), (True, domain.helps)):
            for place in range(side.strong + side.some):
                out = gap + place * (size + gap)
                x = half + name + out if helps else half - out - size
                made.append(Block(row, x, size, helps, place < side.strong))
    return tuple(made)


def described(found: Sequence[Domain]) -> str:
    """The picture in words, for whoever cannot see it."""
    rows = "; ".join(f"{one.name}: weighs {one.weighs}, helps {one.helps}" for one in found)
    return f"Balance of what weighs on the pupil and what helps. {rows}."


def from_register(page: type[Page], answers: Answers) -> Mapping[str, str]:
    """What the register says beside the two papers on attendance difficulties; nothing elsewhere or without one."""
    if page not in (RiskProfile, AttendanceDifficulties):
        return {}
    sessions = register_sessions(answers.raw)
    found = count(sessions)
    if found.percentage is None:
        return {}
    band = next(words for least, words in TIERS if round(found.percentage) >= least)
    tier = [words for _, words in TIERS].index(band) + 1
    tiers = f"tier {tier} of 4 in East Sussex’s published guidance: {band}"
    lines = {"Attendance by the register": f"{found.percentage} % ({tiers})"}
    if page is AttendanceDifficulties:
        lines["Sessions missed by day of the week"] = weekdays(sessions)
    return lines


def weekdays(sessions: Iterable[Session]) -> str:
    """On which days of the week sessions were missed, of those that were possible: ``Monday 12 of 20``."""
    possible: Counter[int] = Counter()
    missed: Counter[int] = Counter()
    for one in sessions:
        code = REGISTER_CODES.get(one.code)
        if code is not None and code.possible:
            possible[one.date.weekday()] += 1
            missed[one.date.weekday()] += not code.attending
    return "; ".join(f"{WEEKDAYS[day]} {missed[day]} of {possible[day]}" for day in sorted(possible))
