"""A Common Transfer File, which every school information system in England writes. Runs in the child process.

Versions differ in what they hold, not in how: blocks may be missing, come in any order or be unknown. So elements are
looked for by name wherever they may stand, and what is not known is listed. The admissions file (``ATfile``) is of the
same make and is taken too.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from forms.kit.dates import long_day
from wizard.errors import EvidenceRefused
from wizard.evidence.school.ctf_marks import decode
from wizard.evidence.school.school_days import read_day, yes_no
from wizard.evidence.text.xml_tree import AGAIN, Node

Record = dict[str, Any]

OLD: Final = timedelta(days=30)
OLDEST_VERSION, NEWEST_VERSION = 15, 26
_ROOTS: Final = {"ctfile": "Common Transfer File", "atfile": "admissions transfer file"}
_TYPES: Final = {"M": 0, "H": 1, "W": 2, "A": 3}
"""Kinds of telephone, the likeliest to be answered first; faxes and the like are left out."""

_KNOWN: Final = frozenset(
    re.findall(
        r"\w+",
        """
        ctfile atfile header documentname ctfversion atfversion datetime documentqualifier datadescriptor supplierid
        sourceschool destschool lea estab urn schoolname academicyear ctfpupildata atfpupildata pupil upn
        uniquelearnernumber uln uci surname forename dob sex gender basicdetails formerupn preferredsurname
        preferredforename formersurname formerforename middlenames ncyearactual ethnicity ethnicitysource languages
        type languagetype language servicechild medicalflag enrolstatus fsmhistory fsmreviewdate fsminstance
        fsmstartdate fsmenddate ukcountry lookedafter incare careauthority senhistory sen startdate enddate
        senprovision senneeds senneed needstartdate needenddate sentyperank sentype address bs7666address saon paon
        street locality town administrativearea posttown uniquepropertyreferencenumber addresslines addressline1
        addressline2 addressline3 addressline4 addressline5 county postcode zip country easting northing
        addressaspupil phones phone telephonetype phoneno email contacts contact order title relationship
        responsibility attendance yeardata year sessionspossible sessionsauthorised sessionsattended
        sessionsunauthorised attendsessions attendancestartdate attendancemarks schoolhistory school entrydate
        leavingdate leavingreason lastschool applicationreference
        """,
    )
)
_NOT_ASKED: Final = {
    "stageassessments": "assessment results",
    "nawdetails": "details for Wales",
    "disabilities": "disabilities",
    "admissions": "admission details",
    "suppinfo": "additions of the supplier",
}
"""Blocks that are known and that no question asks for."""


def read(root: Node, today: date, pupil: int | None) -> Record:
    """One pupil of the file; with several and none chosen, who they are."""
    if root.key not in _ROOTS:
        raise EvidenceRefused("This XML file is not a Common Transfer File.", "Ask the office for a CTF of this pupil.")
    header, data = root.first("header"), root.first("ctfpupildata", "atfpupildata")
    pupils = list(data.all("pupil")) or list(root.all("pupil"))
    if not pupils:
        raise EvidenceRefused("The file holds no pupil.", AGAIN)
    made = read_day(header.value("datetime"), today)
    found: Record = {
        "kind": "ctf",
        "title": _ROOTS[root.key],
        "dated": made.isoformat() if made else "",
        "pupils": [_named(one, today) for one in pupils],
        "notes": list(_about_the_file(header, made, today)),
    }
    if pupil is None and len(pupils) > 1:
        return found
    number = pupil or 0
    if not 0 <= number < len(pupils):
        raise EvidenceRefused("The file holds no such pupil.", "Choose the pupil again.")
    record, notes = _record(pupils[number], header, made or today, today)
    only = header.value("supplierid").casefold() == "giap" or not _has_more(pupils[number])
    if only:
        notes.append("The file holds only who the pupil is, and perhaps results: no contacts, SEN or attendance.")
    return found | {"record": record, "chosen": number, "notes": [*found["notes"], *notes, *_strange(pupils[number])]}


def _named(pupil: Node, today: date) -> dict[str, str]:
    born = read_day(pupil.value("dob"), today)
    name = ", ".join(filter(None, (pupil.value("surname"), pupil.value("forename")))) or "No name"
    return {"name": name[:120], "born": born.isoformat() if born else ""}


def _about_the_file(header: Node, made: date | None, today: date) -> Iterator[str]:
    version = header.value("ctfversion", "atfversion")
    number = version.partition(".")[0]
    if not (number.isdecimal() and OLDEST_VERSION <= int(number) <= NEWEST_VERSION):
        shown = f"version {version[:12]}" if version else "no version"
        yield f"The file names {shown}; 15 to 26 are known. It was read all the same: check everything."
    if made is None:
        yield "The file does not say when it was made."
    elif today - made > OLD:
        yield f"The file was made on {long_day(made)}, more than 30 days ago. Ask the office for a new one."
    if header.value("documentqualifier").casefold() == "partial":
        yield "The file calls itself partial: blocks may be missing."


def _has_more(pupil: Node) -> bool:
    return any(True for _ in pupil.all("contacts", "senhistory", "attendance", "address", "schoolhistory"))


def _record(pupil: Node, header: Node, made: date, today: date) -> tuple[Record, list[str]]:
    basic, care = pupil.first("basicdetails"), pupil.first("lookedafter")
    school = _school(header.first("sourceschool"))
    attendance, notes = _attendance(pupil, school, made, today)
    sen, sen_notes = _sen(pupil.first("senhistory"), today)
    record: Record = {
        "upn": pupil.value("upn"),
        "surname": pupil.value("surname"),
        "forename": pupil.value("forename"),
        "middle": basic.value("middlenames") or pupil.value("middlenames"),
        "preferred_forename": basic.value("preferredforename"),
        "preferred_surname": basic.value("preferredsurname"),
        "former_forename": basic.value("formerforename"),
        "former_surname": basic.value("formersurname"),
        "born": _iso(pupil.value("dob"), today),
        "sex": (pupil.value("sex", "gender") or basic.value("sex", "gender")).upper(),
        "year": basic.value("ncyearactual"),
        "ethnicity": basic.value("ethnicity"),
        "language": _language(basic.first("languages")),
        "service": basic.value("servicechild").upper(),
        "medical": yes_no(basic.value("medicalflag")),
        "fsm": _fsm(pupil.first("fsmhistory"), today),
        "care": yes_no(care.value("incare")),
        "care_authority": care.value("careauthority"),
        **sen,
        **_address(pupil.first("address")),
        "contacts": [_contact(one) for one in _ordered(pupil.first("contacts"))],
        "school": school,
        "on_roll_since": _entered(pupil.first("schoolhistory"), school, today),
        "attendance": attendance,
    }
    return record, [*notes, *sen_notes]


def _iso(text: str, today: date) -> str:
    day = read_day(text, today)
    return day.isoformat() if day else ""


def _school(node: Node) -> dict[str, str]:
    """The school; ``XXX`` and the like stand for none."""
    found = {name: node.value(key) for name, key in (("lea", "lea"), ("estab", "estab"), ("urn", "urn"))}
    found = {name: text if text.isdecimal() else "" for name, text in found.items()}
    return {**found, "name": node.value("schoolname")}


def _language(languages: Node) -> str:
    first = (one for one in languages.all("type") if one.value("languagetype").upper() == "F")
    return next(first, Node("")).value("language") or languages.value("language")


def _fsm(history: Node, today: date) -> str:
    """``yes`` with free school meals now, ``no`` when they have ended, nothing without a word of them."""
    ends = [one.value("fsmenddate") for one in history.all("fsminstance")]
    current = any(not end or (read_day(end, today) or today) >= today for end in ends)
    return "yes" if current else "no" if ends else ""


def _sen(history: Node, today: date) -> tuple[Record, list[str]]:
    """The stage that began last and not in the future, and the needs that have not ended, by rank."""
    stages = [(read_day(one.value("startdate"), today) or date.min, one) for one in history.all("sen")]
    begun = sorted((stage for stage in stages if stage[0] <= today), key=lambda stage: stage[0])
    latest = begun[-1][1] if begun else Node("")
    ended = read_day(latest.value("enddate"), today)
    needs = [
        one
        for one in [*history.first("senneeds").all("senneed"), *history.all("senneed")]
        if (read_day(one.value("needenddate"), today) or date.max) >= today
    ]
    needs.sort(key=lambda one: int(text) if (text := one.value("sentyperank")).isdecimal() else 99)
    others = [f"{_stage(one)} from {long_day(day)}" for day, one in begun[:-1] if day > date.min]
    notes = [f"Earlier stages of SEN support in the file: {', '.join(others)}."] if others else []
    if ended is not None and ended < today:
        notes.append(f"The last stage of SEN support in the file ended on {long_day(ended)}.")
    stage = "" if ended is not None and ended < today else latest.value("senprovision").upper()
    return {"sen": stage, "needs": [need for one in needs if (need := one.value("sentype").upper())][:8]}, notes


def _stage(node: Node) -> str:
    code = node.value("senprovision").upper()
    return {"N": "none", "K": "SEN support", "E": "EHCP"}.get(code, f"stage {code}")


def _address(node: Node) -> dict[str, str]:
    """Lines and postcode, from either of the two ways of writing an address."""
    parts, lines = node.first("bs7666address"), node.first("addresslines")
    street = " ".join(filter(None, (parts.value("paon"), parts.value("street"))))
    towns = dict.fromkeys((parts.value("locality"), parts.value("town"), parts.value("posttown")))
    found = [parts.value("saon"), street, *towns, *(lines.value(f"addressline{n}") for n in range(1, 6))]
    found += [node.value("county") or parts.value("administrativearea")]
    text = "\n".join(dict.fromkeys(filter(None, found)))
    return {"address": text, "postcode": node.value("postcode") or parts.value("postcode") or node.value("zip")}


def _ordered(contacts: Node) -> list[Node]:
    order = ((int(text) if (text := one.value("order")).isdecimal() else 99, one) for one in contacts.all("contact"))
    return [one for _, one in sorted(order, key=lambda pair: pair[0])][:30]


def _contact(node: Node) -> Record:
    phones = [(one.value("telephonetype").upper(), one.value("phoneno")) for one in node.first("phones").all("phone")]
    known = sorted((_TYPES[kind], number) for kind, number in phones if kind in _TYPES and number)
    known += [(9, number) for kind, number in phones if not kind and number]
    return {
        "name": " ".join(filter(None, (node.value("forename"), node.value("surname")))),
        "relationship": node.value("relationship"),
        "responsibility": yes_no(node.value("responsibility")),
        "phones": [number for _, number in known][:6],
        "email": node.value("email"),
        **_address(node.first("address")),
    }


def _entered(history: Node, school: dict[str, str], today: date) -> str:
    """When the pupil last came to the school that made the file."""
    here = (one for one in history.all("school") if _same_school(one, school) and not one.value("leavingdate"))
    days = [day for one in here if (day := read_day(one.value("entrydate"), today))]
    return max(days).isoformat() if days else ""


def _same_school(node: Node, school: dict[str, str]) -> bool:
    there = _school(node)
    return bool(school["estab"]) and (there["lea"], there["estab"]) == (school["lea"], school["estab"])


def _attendance(pupil: Node, school: dict[str, str], made: date, today: date) -> tuple[Record | None, list[str]]:
    """The year of this school in which the file was made; others are only named."""
    years = list(pupil.first("attendance").all("yeardata"))
    mine = [one for one in years if _same_school(one, school) or not school["estab"]]
    began = made.year if made.month >= 9 else made.year - 1
    current = [one for one in mine if _year_of(one, today) == began]
    chosen = current[-1] if current else None
    notes = [_not_taken(one, today) for one in years if one is not chosen]
    if chosen is None:
        return None, notes
    block = chosen.first("attendsessions")
    start = read_day(block.value("attendancestartdate"), today)
    sessions, more = decode(block.value("attendancemarks"), start, made)
    totals = {
        name: int(text) if (text := chosen.value(f"sessions{name}")).isdecimal() and len(text) < 5 else None
        for name in ("possible", "attended", "authorised", "unauthorised")
    }
    return {"totals": totals, "sessions": sessions}, [*notes, *more]


def _year_of(node: Node, today: date) -> int | None:
    """The year in which the school year begins: as its first mark says, else as it is called."""
    start = read_day(node.first("attendsessions").value("attendancestartdate"), today)
    if start is not None:
        return start.year if start.month >= 8 else start.year - 1
    text = node.value("year")[:4]
    return int(text) if text.isdecimal() else None


def _not_taken(node: Node, today: date) -> str:
    year = _year_of(node, today)
    when = f"{year}/{(year + 1) % 100:02}" if year else "an unnamed year"
    where = node.value("schoolname")[:80] or "an unnamed school"
    return f"Attendance of {when} at {where} was left out: it is not this school’s present year."


def _strange(pupil: Node) -> Iterator[str]:
    """What the file holds besides, by name: blocks that nobody asks for, and elements that are not known."""
    passed, unknown, waiting = Counter[str](), Counter[str](), list(pupil.children)
    while waiting:
        node = waiting.pop()
        if node.key in _NOT_ASKED:
            passed[_NOT_ASKED[node.key]] += 1
            continue
        if node.key not in _KNOWN:
            unknown[node.name[:40]] += 1
            continue
        waiting += node.children
    if passed:
        yield f"Left out, as no question asks for it: {', '.join(sorted(passed))}."
    if unknown:
        names = ", ".join(f"{name} ({count})" if count > 1 else name for name, count in sorted(unknown.items())[:20])
        yield f"Not understood, and left out: {names}."
