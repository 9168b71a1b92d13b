"""Made-up referrals, for rehearsal, the demo and the tests: answers from ``resources/samples``, papers drawn here."""

import base64
import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from forms.kit.codes import REGISTER_CODES
from wizard.case import Case, Signature
from wizard.councils import council
from wizard.errors import UnusableInput
from wizard.evidence_fact import EvidenceFact
from wizard.folder import digest
from wizard.folder import write as write_folder
from wizard.sample_papers import papers as draw
from wizard.sample_papers.ink import signature
from wizard.validation.facts import Facts
from wizard.validation.requirements import signers

_MARK = re.compile(r"[A-Z][0-9]|[/\\A-Z#-]")
FIRST = "essex-ebsa"
"""The sample for the demo and for practice: the commonest referral."""
SIGNED_ON = date(2026, 11, 20)
"""The day of the last signatures."""


def names() -> tuple[str, ...]:
    """The samples that there are; ``FIRST`` leads."""
    files = (resources.files("resources") / "samples").iterdir()
    found = (file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml"))
    return tuple(sorted(found, key=lambda name: (name != FIRST, name)))


@lru_cache(maxsize=16)
def _sample(name: str) -> Mapping[str, Any]:
    if name not in names():
        raise UnusableInput("There is no such sample.", f"There are: {', '.join(names())}.")
    return tomllib.loads((resources.files("resources") / "samples" / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def papers(name: str) -> Mapping[str, bytes]:
    """The evidence files, by name."""
    sample = _sample(name)
    cycles = sample["answers"].get("one_plan", {}).get("cycles", ())
    return draw(sample["papers"], _weeks(sample), cycles)


@lru_cache(maxsize=16)
def case(name: str) -> Case:
    """The whole referral, signed.

    Raises:
        UnusableInput: there is no sample of that name.
    """
    sample = _sample(name)
    profile = council(sample["authority"])
    answers = {page: dict(values) for page, values in sample["answers"].items()}
    if "register" in sample:
        answers["attendance"]["register"] = {"file": sample["register"]["file"], "sessions": list(_sessions(sample))}
    unsigned = Case(
        authority=profile.id,
        authority_version=profile.version,
        answers=answers,
        reference=sample["reference"],
        not_known=sample.get("not_known", {}),
        reasons=sample.get("reasons", {}),
        evidence=tuple(_evidence(name, row) for row in sample["evidence"]),
    )
    facts = Facts.of(unsigned, profile, SIGNED_ON)
    statements, signed = {one.role: one.statement for one in signers(facts)}, unsigned.signed_digest(facts.apart)
    signatures = (_signature(row, statements[row["role"]], signed) for row in sample["signatures"])
    return replace(unsigned, signatures=tuple(signatures))


def write(name: str, out: Path) -> None:
    """Write a sample as a referral's folder.

    Raises:
        UnusableInput: there is no sample of that name.
        CannotWrite: the folder holds something already, or cannot be written.
    """
    files = papers(name)
    write_folder(out, case(name), lambda fact: files[fact.file])


def register_csv(name: str) -> bytes:
    """The register of a sample that has one, as an MIS exports it: a row a session."""
    sample = _sample(name)
    pupil = sample["answers"]["pupil"]
    who = (pupil["upn"], pupil["surname"], pupil["first_name"], sample["register"]["group"])
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(("UPN", "Surname", "Forename", "Reg", "Date", "Session", "Mark", "Meaning", "Comment"))
    for session in _sessions(sample):
        day, code = date.fromisoformat(session["date"]), session["code"]
        rows.writerow((*who, f"{day:%d/%m/%Y}", session["session"], code, REGISTER_CODES[code].meaning, ""))
    return out.getvalue().encode("utf-8-sig")


def _weeks(sample: Mapping[str, Any]) -> tuple[tuple[date, tuple[str, ...]], ...]:
    weeks = sample.get("register", {}).get("weeks", ())
    return tuple((date.fromisoformat(monday), tuple(_MARK.findall(marks))) for monday, marks in weeks)


def _sessions(sample: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for monday, marks in _weeks(sample):
        for number, code in enumerate(marks):
            day = monday + timedelta(days=number // 2)
            yield {"date": day.isoformat(), "session": ("AM", "PM")[number % 2], "code": code}


def _evidence(name: str, row: Mapping[str, Any]) -> EvidenceFact:
    return EvidenceFact(
        file=row["file"],
        sha256=digest(papers(name)[row["file"]]),
        answers=tuple(row["answers"]),
        title=row["title"],
        dated=row.get("date", ""),
    )


def _signature(row: Mapping[str, str], statement: str, signed: str) -> Signature:
    picture = base64.b64encode(signature(len(row["name"]), 6)).decode() if row["method"] == "drawn" else ""
    return Signature(**row, statement=statement, digest=signed, picture=picture)
