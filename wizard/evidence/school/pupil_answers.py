"""What a file says of a pupil, as answers to our questions: codes as words, and doubtful things left to be asked.

What a school may not decide from a file is not filled in at all: who has parental responsibility (orders of courts may
have changed it), who lives with whom, and whom to ring first in an emergency. The notes say what the file has.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from forms.catalogue import PAGES
from forms.kit.ask import Question, questions
from forms.kit.calendar import year_group, year_name
from forms.kit.dates import long_day
from wizard.evidence.school import pupil_codes as codes
from wizard.evidence.school.school_answer import Contact, PupilRecord, SchoolFile, SchoolRow
from wizard.filling import Filling
from wizard.register import Session, count

Values = dict[str, dict[str, Any]]
Notes = list[str]

OGL: Final = "Contains public sector information licensed under the Open Government Licence v3.0."
"""What the licence of the list of schools asks to be said."""


def filling_of(found: SchoolFile, dated: date, today: date, dfe_number: str = "") -> Filling:
    """The answers in a file, for the pupil who was chosen.

    Args:
        found: the file as read, with a record.
        dated: when it was made, if it does not say so itself.
        today: tells the usual year group.
        dfe_number: of the pupil's school as the referral has it, so that another school's file is told apart.
    """
    record = found.record or PupilRecord()
    made = date.fromisoformat(found.dated) if found.dated else dated
    source = f"{found.title} of {long_day(made)}"
    notes = list(found.notes)
    values: Values = {
        "route": _route(record, notes),
        "pupil": _pupil(record, today, notes),
        "care": _care(record, notes),
        "family": {"adults": _adults(record.contacts, notes)},
    }
    if _another_school(record.school, dfe_number):
        notes.append(f"{record.school.name} made the file, not this school: school and attendance were left out.")
    else:
        values["school"] = _school(record)
        values["attendance"] = _attendance(record, source, notes)
    notes += _unasked(record)
    return Filling(found.kind, source, _fitting(values, notes), tuple(dict.fromkeys(notes)))


def filling_of_school(row: SchoolRow, dated: date) -> Filling:
    """The school page from a row of the list of all schools."""
    values = {"school": _school_values(row)}
    notes = [OGL]
    if row.status and not row.status.startswith("Open"):
        notes.insert(0, f"The list says of this school: {row.status}.")
    if not row.type:
        notes.insert(0, f"The list calls it “{row.kind}”: choose the kind of school yourself.")
    return Filling("gias", f"list of schools of {long_day(dated)}", _fitting(values, notes), tuple(notes))


def _fitting(values: Values, notes: Notes) -> Values:
    """Only what can be an answer: of a list of choices, one of them."""
    asked = {page: {one.name: one for one in questions(PAGES[page])} for page in values}
    kept: Values = {}
    for page, answers in values.items():
        for name, raw in answers.items():
            question = asked[page].get(name)
            if question is None or raw in ("", [], None):
                continue
            if _is_choice(question, raw):
                kept.setdefault(page, {})[name] = raw
            else:
                notes.append(f"{question.ask.label}: the file has “{raw}”, which is none of the choices.")
    return kept


def _is_choice(question: Question, raw: object) -> bool:
    return not question.choices or raw in {choice.value for choice in question.choices}


def _route(record: PupilRecord, notes: Notes) -> dict[str, str]:
    stage = codes.STAGES.get(_words(record.sen), "")
    if record.sen and not stage:
        notes.append(f"SEN support: the file has the older or unknown stage “{record.sen}”. Choose today’s yourself.")
    if stage == "ehcp":
        notes.append("The file says that there is an EHCP, and holds nothing of it: attach the plan.")
    return {"sen": stage}


def _words(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.upper()).split())


def _pupil(record: PupilRecord, today: date, notes: Notes) -> dict[str, str]:
    former = " ".join(filter(None, (record.former_forename, record.former_surname)))
    needs = [codes.NEEDS.get(_words(need), need.upper()) for need in record.needs]
    if len(record.upn) == 13 and record.upn[-1:].isalpha():
        notes.append("The UPN is a temporary one: it ends in a letter.")
    return {
        "first_name": " ".join(filter(None, (record.forename, record.middle))),
        "surname": record.surname,
        "preferred_name": _preferred(record, notes),
        "previous_names": former,
        "born": record.born,
        "sex": record.sex[:1],
        "upn": record.upn,
        "year_group": _year(record, today, notes),
        "address": record.address,
        "postcode": record.postcode,
        "ethnicity": _ethnicity(record.ethnicity),
        **_language(record.language),
        "sen_primary": needs[0] if needs else "",
        "sen_secondary": needs[1] if len(needs) > 1 else "",
        "service_child": {"Y": "yes", "YES": "yes", "N": "no", "NO": "no"}.get(record.service.upper(), ""),
    }


def _preferred(record: PupilRecord, notes: Notes) -> str:
    forename, surname = record.preferred_forename, record.preferred_surname
    same = forename.casefold() in ("", record.forename.casefold())
    if surname.casefold() in ("", record.surname.casefold()):
        return "" if same else forename
    notes.append("The file has another surname for every day. Check that it is still used.")
    return f"{forename or record.forename} {surname}"


def _year(record: PupilRecord, today: date, notes: Notes) -> str:
    """The year group where it is not the usual one for the date of birth."""
    text = record.year.upper().removeprefix("YEAR").strip()
    year = codes.YEARS.get(text.lstrip("0") or text[:1], "")
    if text and not year:
        notes.append(f"Year group: the file has “{record.year}”, which is no year of the national curriculum here.")
    if not year or not record.born:
        return ""
    usual = year_group(date.fromisoformat(record.born), today)
    if int(year) == usual:
        return ""
    notes.append(f"The file has {year_name(int(year))}; by the date of birth it would be {year_name(usual)}.")
    return year


def _ethnicity(text: str) -> str:
    """The census code; what was refused or not obtained is left empty."""
    question = next(one for one in questions(PAGES["pupil"]) if one.name == "ethnicity")
    words = _words(text)
    if words in ("REFU", "NOBT", "REFUSED", "NOT OBTAINED"):
        return ""
    known = {name: choice.value for choice in question.choices for name in (_words(choice.value), _words(choice.label))}
    return known.get(words, text)


def _language(text: str) -> dict[str, str]:
    words = _words(text)
    if words in codes.NO_LANGUAGE:
        return {}
    if words in codes.ENGLISH:
        return {"eal": "no"}
    return {"home_language": codes.LANGUAGES.get(words, text), "eal": "yes"}


def _care(record: PupilRecord, notes: Notes) -> dict[str, str]:
    number = record.care_authority
    workers = [one for one in record.contacts if one.relationship.upper() == "SWR"]
    if len(workers) > 1:
        notes.append("The file names several social workers; the first was taken.")
    worker = workers[0] if workers else Contact()
    return {
        "in_care": record.care,
        "care_authority": (codes.COUNCILS.get(number, "") if number.isdecimal() else number)
        if record.care == "yes"
        else "",
        "worker_name": worker.name,
        "worker_phone": worker.phones[0] if worker.phones else "",
        "worker_email": worker.email,
    }


def _adults(contacts: tuple[Contact, ...], notes: Notes) -> list[dict[str, str]]:
    adults = []
    for one in contacts:
        code = one.relationship.upper()
        if code in codes.PROFESSIONALS:
            if code != "SWR":
                notes.append(f"A {codes.PROFESSIONALS[code]} among the contacts was left out.")
            continue
        words = codes.RELATIONSHIPS.get(code, one.relationship)
        adults.append(
            {
                "name": one.name,
                "relationship": words,
                "phone": one.phones[0] if one.phones else "",
                "email": one.email,
                "address": "\n".join(filter(None, (one.address, one.postcode))),
            }
        )
        notes += _about_contact(one)
    if adults:
        notes.append(
            "Parental responsibility is not filled in: answer it for each adult yourself, as orders of a court may "
            "have changed it. The same goes for who lives with whom and for the emergency contact."
        )
    return [{name: text for name, text in adult.items() if text} for adult in adults]


def _about_contact(one: Contact) -> Iterator[str]:
    said = {"yes": "has", "no": "does not have"}.get(one.responsibility)
    if said:
        yield f"The file says that {one.name} {said} parental responsibility."
    else:
        yield f"The file does not say whether {one.name} has parental responsibility."
    if len(one.phones) > 1:
        yield f"Further numbers of {one.name}: {', '.join(one.phones[1:])}."


def _another_school(sender: SchoolRow, dfe_number: str) -> bool:
    ours = "".join(letter for letter in dfe_number if letter.isdecimal())
    theirs = sender.lea + sender.estab
    return len(ours) == 7 and len(theirs) == 7 and ours != theirs


def _school(record: PupilRecord) -> dict[str, str]:
    return _school_values(record.school) | {"on_roll_since": record.on_roll_since, "tutor": record.tutor}


def _school_values(row: SchoolRow) -> dict[str, str]:
    number = f"{row.lea}/{row.estab}" if row.lea and row.estab else ""
    return {
        "name": row.name,
        "urn": row.urn,
        "dfe_number": number,
        "type": row.type,
        "phone": row.phone,
        "address": "\n".join(filter(None, (row.address, row.postcode))),
    }


def _attendance(record: PupilRecord, source: str, notes: Notes) -> dict[str, Any]:
    """The register where its marks could be read, else its totals; never both, as the one would hide the other."""
    if record.attendance is None:
        return {}
    totals, marks = record.attendance.totals, record.attendance.sessions
    parts = (totals.attended, totals.authorised, totals.unauthorised)
    if totals.possible is not None and None not in parts and totals.possible != sum(n for n in parts if n is not None):
        notes.append(
            "The totals in the file do not add up: attended and absent together are not the possible sessions."
        )
    if marks:
        counted = count(tuple(Session(date.fromisoformat(one.date), one.session, one.code) for one in marks))
        for name, stated, found in (
            ("possible", totals.possible, counted.possible),
            ("attended", totals.attended, counted.attending),
        ):
            if stated is not None and stated != found:
                notes.append(
                    f"By its marks the file has {found} sessions {name}, by its totals {stated}. The marks count."
                )
        return {"register": {"file": source, "sessions": [one.model_dump() for one in marks]}}
    known = {"possible": totals.possible, "attended": totals.attended}
    return {name: str(number) for name, number in known.items() if number is not None}


def _unasked(record: PupilRecord) -> Iterator[str]:
    """What is in the file, may matter, and is asked nowhere."""
    said: Mapping[str, str] = {
        "free school meals now": record.fsm,
        "free school meals at any time in the last six years": record.ever6,
        "pupil premium": record.premium,
    }
    for words, answer in said.items():
        if answer:
            yield f"The file says {answer} to {words}. It is not asked for here."
    if record.medical == "yes":
        yield "The file marks that a medical condition is recorded, not which: that belongs on the health pages."
