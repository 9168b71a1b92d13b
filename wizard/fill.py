"""From a file of the school's own systems to what it offers a referral, and into a referral's folder."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from forms.catalogue import PAGES
from forms.kit.ask import questions
from forms.kit.blanks import blank
from wizard import folder
from wizard.case import Case
from wizard.errors import UnusableInput
from wizard.evidence.confined.process import never
from wizard.evidence.school.pupil_answers import filling_of, filling_of_school
from wizard.evidence.school.school_answer import SchoolFile, read_school_file
from wizard.filling import Filling, Offer, apply, offers

_DATED = re.compile(r"edubasealldata(\d{4})(\d{2})(\d{2})", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """What a file came to.

    Attributes:
        file: as read; with several pupils or schools and none chosen there is no ``filling`` yet.
        search: the words by which a school was looked for.
    """

    file: SchoolFile
    filling: Filling | None = None
    offers: tuple[Offer, ...] = ()
    search: str = ""

    def lines(self) -> Iterator[str]:
        """In sentences, for the command line."""
        if self.search and self.file.kind == "gias" and not self.file.found:
            yield f"No school of the {self.file.title} fits these words."
            yield "Try its URN or DfE number, or fewer words: one of its name, its town or its postcode."
            return
        if self.filling is None:
            yield f"The file is a {self.file.title}. Say which one is meant, with --pupil N or --school WORDS:"
            for number, one in enumerate(self.file.pupils, 1):
                yield f"{number:4}  {one.name}{f', born {one.born}' if one.born else ''}"
            for row in self.file.schools:
                yield f"{row.urn:>8}  {row.name}, {row.postcode or row.status}"
            if further := self.file.found - len(self.file.schools):
                yield f"and {further} more: add a word, such as the town."
            return
        yield f"From the {self.filling.source}:"
        for offer in self.offers:
            yield f"  {_became(offer)}: {offer.page}.{offer.question.name}"
        yield from self.filling.notes

    def to_json(self) -> dict[str, Any]:
        """The same as an object; answers themselves stay in the folder."""
        named = {
            "pupils": [one.model_dump() for one in self.file.pupils],
            "schools": [{"urn": row.urn, "name": row.name, "status": row.status} for row in self.file.schools],
        }
        if self.filling is None:
            return {"kind": self.file.kind, "source": "", "offers": [], "notes": list(self.file.notes), **named}
        became = [{"answer": f"{one.page}.{one.question.name}", "became": _became(one)} for one in self.offers]
        return {
            "kind": self.file.kind,
            "source": self.filling.source,
            "offers": became,
            "notes": list(self.filling.notes),
            **named,
        }


def _became(offer: Offer) -> str:
    if offer.taken:
        return "filled in"
    return "answered already, the same" if offer.same else "answered already, left as it is"


def look(
    path: Path,
    case: Case,
    today: date,
    pupil: int | None = None,
    search: str = "",
    cancelled: Callable[[], bool] = never,
) -> Found:
    """Read a file and say what it offers a referral; nothing is changed.

    Args:
        path: the file.
        case: the referral.
        today: no later date is believed.
        pupil: which one of several, from 0.
        search: which school of the list of schools; it is taken when it is the only one.
        cancelled: asked now and then.

    Raises:
        UnusableInput: the file cannot be read, or is none of those that are known.
        Cancelled: ``cancelled`` said so.
    """
    file = read_school_file(path, today, pupil, search, cancelled=cancelled)
    if file.why:
        raise UnusableInput("The file cannot be used.", file.why)
    filling = None
    if file.record is not None:
        filling = _of_this_pupil(case, filling_of(file, file_day(path), today, _dfe_number(case)))
    elif file.found == 1:
        filling = filling_of_school(file.schools[0], file_day(path))
    return Found(file, filling, offers(case, filling) if filling else (), search)


def _of_this_pupil(case: Case, filling: Filling) -> Filling:
    """The filling, with a warning where number or birthday differ; where both do, it is another child's.

    Raises:
        UnusableInput: the file is another pupil's.
    """
    differ = [
        words
        for name, words in (("upn", "UPN"), ("born", "date of birth"))
        if _differ(case.answers.get("pupil"), filling.values.get("pupil", {}).get(name), name)
    ]
    if len(differ) > 1:
        raise UnusableInput(
            "The file is another pupil’s: UPN and date of birth differ from this referral.", "Choose another file."
        )
    notes = [f"The {one} in the file is not the one in this referral: is it the same pupil?" for one in differ]
    return replace(filling, notes=(*notes, *filling.notes))


def _differ(page: object, offered: object, name: str) -> bool:
    """Whether both are there and good, and not the same."""
    question = next(one for one in questions(PAGES["pupil"]) if one.name == name)
    typed = page.get(name) if isinstance(page, dict) else None
    if blank(typed) or blank(offered):
        return False
    try:
        return bool(question.adapter.validate_python(typed) != question.adapter.validate_python(offered))
    except ValidationError:
        return False  # what is not good is put right on its page


def file_day(path: Path) -> date:
    """The day of a file: the list of schools has it in its name, others as the computer keeps it."""
    named = _DATED.match(path.name)
    try:
        return date(*map(int, named.groups())) if named else datetime.fromtimestamp(path.stat().st_mtime).date()
    except (ValueError, OSError, OverflowError):
        return date.today()


def _dfe_number(case: Case) -> str:
    page = case.answers.get("school")
    number = page.get("dfe_number") if isinstance(page, dict) else ""
    return number if isinstance(number, str) else ""


def fill_folder(path: Path, file: Path, today: date, pupil: int | None = None, search: str = "") -> Found:
    """Fill in the blank answers of a referral's folder; ``pupil`` counts from 1.

    Raises:
        UnusableInput: the folder is no referral, or the file cannot be used.
        CannotWrite: the folder cannot be written.
    """
    case = folder.read_case(path)
    found = look(file, case, today, None if pupil is None else pupil - 1, search)
    if found.filling is not None:
        folder.rewrite(path, apply(case, found.filling))
    return found
