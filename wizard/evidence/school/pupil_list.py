"""A list of pupils from a report writer: whatever columns the school picked, told by their headings.

Runs in the child process. Free school meals, free school meals at any time in six years, and pupil premium are three
different things and are never taken for one another.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from wizard.errors import EvidenceRefused
from wizard.evidence.school.school_days import month_first, read_day, yes_no
from wizard.evidence.school.school_table import HEADER_WITHIN, Cells, body, key, tables

Record = dict[str, Any]

_HEADINGS: Final[Mapping[str, str]] = {
    "surname": "surname legalsurname lastname familyname",
    "forename": "forename forenames legalforename firstname firstnames givenname",
    "middle": "middlenames middlename",
    "preferred_forename": "preferredforename knownas preferredfirstname chosenname preferredname",
    "preferred_surname": "preferredsurname chosensurname",
    "former_surname": "formersurname previoussurname",
    "name": "name pupil pupilname student studentname fullname",
    "born": "dob dateofbirth birthdate",
    "sex": "sex gender legalsex",
    "year": "ncyear year yeargroup nationalcurriculumyear curriculumyear",
    "tutor": "reg form tutorgroup registrationgroup class regform reggroup formgroup formtutorgroup",
    "upn": "upn uniquepupilnumber",
    "ethnicity": "ethnicity ethnicgroup ethnicitycode ethnicbackground",
    "language": "firstlanguage homelanguage mothertongue language",
    "fsm": "fsm freeschoolmeals fsmeligible freeschoolmeal fsmeligibility",
    "ever6": "ever6fsm ever6 fsmever6 fsm6",
    "premium": "pp pupilpremium ppindicator pupilpremiumindicator disadvantaged",
    "sen": "sen senstatus senstage senprovision send",
    "need": "need senneedtype primaryneed senneed sentype primarysenneed",
    "need2": "secondaryneed secondarysenneed",
    "care": "cic incare lookedafter lac cla childincare childlookedafter",
    "care_authority": "careauthority",
    "service": "servicechild servicechildindicator diplomaticandforces",
    "address": "address homeaddress fulladdress",
    "postcode": "postcode zip",
    "on_roll_since": "entrydate admissiondate dateofadmission onrollsince",
    "order": "priority order contactorder contactpriority",
}
_ROLES: Final = {name: role for role, names in _HEADINGS.items() for name in names.split()}
_OF_A_CONTACT: Final[Mapping[str, str]] = {
    "name": "name fullname",
    "forename": "forename firstname",
    "surname": "surname lastname",
    "relationship": "relationship relation relationshiptopupil",
    "responsibility": "parentalresponsibility pr hasparentalresponsibility responsibility",
    "phone": "mobile mobilenumber phone telephone mobilephone homephone daytimephone workphone",
    "email": "email emailaddress",
    "address": "address",
    "postcode": "postcode",
}
_CONTACT: Final = re.compile(r"(?:contact|parent|carer|priority)(\d?)(?:contact)?([a-z]+)", re.ASCII)
_PART: Final = {name: part for part, names in _OF_A_CONTACT.items() for name in names.split()}
_FOOT: Final = re.compile(r"(?:printed|produced|report|total|page)\b.*", re.IGNORECASE)
_AS_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?E\+?\d+", re.IGNORECASE)

Columns = dict[int, tuple[str, str]]
"""Place of a column to its role and, for a contact's, the contact's number."""


def read(data: bytes, today: date, pupil: int | None) -> Record:
    """One pupil of the list; with several and none chosen, who they are."""
    rows, header, columns = _found(data)
    groups = _pupils(rows, header, columns, today)
    if not groups:
        raise EvidenceRefused("The list names no pupil.", "Export the list again with at least one pupil in it.")
    named = [{"name": one["shown"][:120], "born": one["born"]} for one in groups]
    found: Record = {"kind": "list", "title": "pupil list", "dated": "", "pupils": named, "notes": []}
    if pupil is None and len(groups) > 1:
        return found
    number = pupil or 0
    if not 0 <= number < len(groups):
        raise EvidenceRefused("The list holds no such pupil.", "Choose the pupil again.")
    record, notes = _record(groups[number]["rows"], columns, today)
    unknown = [
        rows[header][place] for place in range(len(rows[header])) if place not in columns and rows[header][place]
    ]
    if unknown:
        notes.append(f"Columns not understood, and left out: {', '.join(name[:40] for name in unknown[:20])}.")
    notes.append("Some systems print the name used every day in lists. Check that these are the legal names.")
    return found | {"record": record, "chosen": number, "notes": notes}


def _found(data: bytes) -> tuple[list[Cells], int, Columns]:
    """The table, the place of its header, and what its columns hold."""
    for rows in tables(data):
        for number, cells in enumerate(rows[:HEADER_WITHIN]):
            columns = _columns(cells)
            roles = {role for role, _ in columns.values()}
            if len(columns) > 1 and roles & {"surname", "name", "upn"}:
                return rows, number, columns
    raise EvidenceRefused(
        "No row of the file names its columns as a list of pupils does, such as UPN, surname and date of birth.",
        "Export a list with a row of headings, or ask the office for a Common Transfer File.",
    )


def _columns(cells: Cells) -> Columns:
    found: Columns = {}
    for place, cell in enumerate(cells):
        role = _role(key(cell))
        if role is not None:
            found[place] = role
    return found


def _role(name: str) -> tuple[str, str] | None:
    if name in _ROLES:
        return _ROLES[name], ""
    match = _CONTACT.fullmatch(name)
    if match and match[2] in _PART:
        return f"contact {_PART[match[2]]}", match[1]
    if name in ("relationship", "parentalresponsibility"):
        return f"contact {_PART[name]}", ""
    return None


def _pupils(rows: Sequence[Cells], header: int, columns: Columns, today: date) -> list[dict[str, Any]]:
    """The rows of each pupil; a name alone never makes two rows one pupil's."""
    groups: dict[object, dict[str, Any]] = {}
    for number, cells in enumerate(body(rows, header)):
        one = _plain(cells, columns)
        name = one.get("name") or ", ".join(filter(None, (one.get("surname", ""), one.get("forename", ""))))
        if not (name or one.get("upn")) or _FOOT.fullmatch(next(filter(None, cells))):
            continue
        if month_first(one.get("born", "")):
            raise EvidenceRefused("Dates in the list put the month before the day.", "Export it with British dates.")
        day = read_day(one.get("born", ""), today)
        born = day.isoformat() if day else ""
        known = (one.get("upn"), born, name.casefold())
        same: object = known if one.get("upn") or born else number
        groups.setdefault(same, {"shown": name or str(one.get("upn")), "born": born, "rows": []})["rows"].append(cells)
    return list(groups.values())


def _plain(cells: Cells, columns: Columns) -> dict[str, str]:
    """What is said of the pupil in a row; of several columns for one thing the first that says something."""
    found: dict[str, str] = {}
    for place, (role, number) in columns.items():
        if not number and not role.startswith("contact ") and cells[place] and role not in found:
            found[role] = cells[place]
    return found


def _record(rows: Sequence[Cells], columns: Columns, today: date) -> tuple[Record, list[str]]:
    one = _plain(rows[0], columns)
    notes: list[str] = []
    one = {role: text for role, text in one.items() if not _spoilt(role, text, notes)}
    surname, forename = _two_names(one)
    record: Record = {
        name: one.get(name, "")
        for name in (
            "upn", "middle", "preferred_forename", "preferred_surname", "former_surname", "year", "tutor", "ethnicity",
            "language", "address", "postcode", "care_authority",
        )
    }  # fmt: skip
    for name in ("born", "on_roll_since"):
        day = read_day(one.get(name, ""), today)
        record[name] = day.isoformat() if day else ""
        if one.get(name) and not day:
            notes.append(f"A date was not understood: {one[name][:24]}.")
    record |= {name: yes_no(one.get(name, "")) for name in ("fsm", "ever6", "premium", "care")}
    record |= {
        "surname": surname,
        "forename": forename,
        "sex": one.get("sex", "")[:1].upper(),
        "sen": one.get("sen", ""),
        "needs": [need for name in ("need", "need2") if (need := one.get(name, ""))],
        "service": one.get("service", ""),
        "contacts": _contacts(rows, columns, notes),
    }
    return record, notes


def _two_names(one: Mapping[str, str]) -> tuple[str, str]:
    if one.get("surname") or one.get("forename"):
        return one.get("surname", ""), one.get("forename", "")
    name = one.get("name", "")
    surname, comma, forename = name.partition(",")
    if comma:
        return surname.strip(), forename.strip()
    forename, _, surname = name.rpartition(" ")
    return surname, forename


def _spoilt(role: str, text: str, notes: list[str]) -> bool:
    """Whether a spreadsheet has turned a number that is no quantity into one, and lost figures of it."""
    if not _AS_NUMBER.fullmatch(text):
        return False
    notes.append(
        f"A spreadsheet has cut off figures of the {role.upper() if role == 'upn' else role}: it was left out."
    )
    return True


def _contacts(rows: Sequence[Cells], columns: Columns, notes: list[str]) -> list[Record]:
    """Contacts side by side by their number, or one a row by priority."""
    found: list[tuple[int, Record]] = []
    for place, cells in enumerate(rows):
        numbers = sorted({number for role, number in columns.values() if role.startswith("contact ")})
        order = next((cells[at] for at, (role, _) in columns.items() if role == "order"), "")
        for number in numbers:
            if contact := _contact(cells, columns, number, notes):
                rank = int(order) if order.isdecimal() else int(number or 0)
                found.append((rank * 1000 + place, contact))
    return [contact for _, contact in sorted(found, key=lambda pair: pair[0])][:30]


def _contact(cells: Cells, columns: Columns, number: str, notes: list[str]) -> Record | None:
    parts: dict[str, list[str]] = {}
    for place, (role, whose) in columns.items():
        if role.startswith("contact ") and whose == number and cells[place]:
            parts.setdefault(role.removeprefix("contact "), []).append(cells[place])
    first = {name: texts[0] for name, texts in parts.items()}
    name = first.get("name") or " ".join(filter(None, (first.get("forename"), first.get("surname"))))
    if not name:
        return None
    phones = [_phone(text, notes) for text in parts.get("phone", ()) if not _spoilt("telephone", text, notes)]
    return {
        "name": name,
        "relationship": first.get("relationship", ""),
        "responsibility": yes_no(first.get("responsibility", "")),
        "phones": phones[:6],
        "email": first.get("email", ""),
        "address": first.get("address", ""),
        "postcode": first.get("postcode", ""),
    }


def _phone(text: str, notes: list[str]) -> str:
    """The number with the nought that a spreadsheet takes from its beginning."""
    if re.fullmatch(r"[1-37]\d{9}", text, re.ASCII):
        notes.append("A telephone number had lost its first 0, which was put back.")
        return f"0{text}"
    return text
