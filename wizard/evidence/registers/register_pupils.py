"""Whose rows a register export holds: the pupil's are kept, and where it is not certain whose these are, it asks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from wizard.errors import EvidenceRefused
from wizard.evidence.registers.register_source import TAKE
from wizard.evidence.registers.register_table import Cells, RegisterTable, key

MOST: Final = 400
"""Pupils from among whom one may be chosen."""

_WIDEST: Final = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose register is wanted.

    Attributes:
        upn, name: of the pupil whom the referral is for; empty where it does not say.
        chosen: what somebody chose when they were asked; decides alone.
    """

    upn: str = ""
    name: str = ""
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of one pupil; or, with ``ask``, the pupils from among whom one must be chosen first."""

    table: RegisterTable
    ask: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def of_one_pupil(table: RegisterTable, wanted: Wanted) -> Found:
    """Keep one pupil's rows.

    A UPN in the file decides where the referral has one, else the name. One pupil alone is taken too when the name is
    written in another way; a stranger, and several of whom none fits, are asked about.

    Raises:
        EvidenceRefused: there are too many to choose from, or the one who was chosen is not there.
    """
    groups = _groups(table)
    if not table.identity:
        notice = "The file does not say whose register it is: check that it is this pupil’s."
        return Found(table, notices=(notice,))
    if len(groups) > MOST:
        raise EvidenceRefused(f"The file holds more than {MOST} pupils.", TAKE)
    labels = {group: _label(table, rows[0][1]) for group, rows in groups.items()}
    if wanted.chosen:
        fitting = [group for group, label in labels.items() if label == wanted.chosen]
        if len(fitting) != 1:
            raise EvidenceRefused("The pupil who was chosen is not in the file any more.", "Choose the file again.")
        return Found(replace(table, rows=tuple(groups[fitting[0]])))
    fitting, notices = _fitting(table, groups, wanted)
    if len(fitting) != 1:
        return Found(replace(table, rows=()), tuple(dict.fromkeys(labels.values())))
    if len(groups) > 1:
        notices.append(f"The file holds {len(groups)} pupils. Only this pupil’s rows were kept.")
    return Found(replace(table, rows=tuple(groups[fitting[0]])), notices=tuple(notices))


_Groups = dict[str, list[tuple[int, Cells]]]


def _groups(table: RegisterTable) -> _Groups:
    """The rows by pupil; a row that names nobody belongs to the one before it, as under merged cells."""
    groups: _Groups = {}
    last = ""
    for number, cells in table.rows:
        last = _who(table, cells) or last
        groups.setdefault(last, []).append((number, cells))
    return groups


def _who(table: RegisterTable, cells: Cells) -> str:
    """What tells one pupil from another: the first of these that the row has."""
    for alone in ("UPN", "admission number"):
        if text := key(table.cell(cells, alone)):
            return text
    parts = (table.cell(cells, part) for part in ("surname", "forename", "name", "date of birth"))
    return " ".join(filter(None, map(key, parts)))


def _label(table: RegisterTable, cells: Cells) -> str:
    named = (table.cell(cells, part) for part in ("surname", "forename", "name"))
    label = ", ".join(dict.fromkeys(filter(None, named)))[:_WIDEST] or "No name"
    upn = table.cell(cells, "UPN")
    return "".join(letter for letter in (f"{label} ({upn[:20]})" if upn else label) if letter.isprintable())


def _fitting(table: RegisterTable, groups: _Groups, wanted: Wanted) -> tuple[list[str], list[str]]:
    """The pupils who may be the one in question, and what to say about it."""
    numbered = [group for group, rows in groups.items() if key(table.cell(rows[0][1], "UPN"))]
    if wanted.upn and numbered:
        return [group for group in numbered if group == key(wanted.upn)], []
    if not wanted.name:
        return list(groups), []
    words = _words([wanted.name])
    there = {group: _named(table, rows[0][1]) for group, rows in groups.items()}
    if same := [group for group, names in there.items() if names and (names <= words or words <= names)]:
        return same, []
    if len(groups) == 1 and all(not names or names & words for names in there.values()):
        notice = "The name in the file is not written as in the referral: check whose register it is."
        return list(groups), [notice]
    return [], []


def _named(table: RegisterTable, cells: Cells) -> frozenset[str]:
    return _words(table.cell(cells, part) for part in ("name", "surname", "forename"))


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", " ".join(texts).casefold()))
