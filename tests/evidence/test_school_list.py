"""The list of all schools: one row of it fills in the school's page."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from forms.catalogue import PAGES
from forms.kit.page import Context
from tests.evidence.test_transfer_file import zipped
from wizard.councils import council
from wizard.evidence.school.pupil_answers import OGL, filling_of_school
from wizard.evidence.school.school_answer import SchoolFile, read_school_file

TODAY = date(2026, 11, 20)
HEADINGS = (
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (name)",
    "EstablishmentTypeGroup (name)", "EstablishmentStatus (name)", "PhaseOfEducation (name)", "Street", "Locality",
    "Address3", "Town", "County (name)", "Postcode", "TelephoneNum", "HeadLastName",
)  # fmt: skip
ROWS = (
    ("999999", "881", "Essex", "9999", "Lanternfield Academy", "Academy converter", "Academies", "Open", "Secondary",
     "1 Teasel Row", "", "", "Lanternfield", "Essex", "CM99 9ZZ", "01632960100", "Head"),
    ("999998", "881", "Essex", "", "Bréhat House", "Other independent special school", "Independent schools", "Closed",
     "Not applicable", "2 Teasel Row", "", "", "Lanternfield", "Essex", "CM99 9ZY", "", "Head"),
    ("999997", "881", "Essex", "12", "The Heath Centre", "Pupil referral unit", "Local authority maintained schools",
     "Open", "Not applicable", "", "", "", "Heath", "", "", "", ""),
    ("999996", "881", "Essex", "2000", "Heath Primary", "Community school", "Local authority maintained schools",
     "Open", "Primary", "", "", "", "Heath", "", "", "", ""),
    ("999995", "881", "Essex", "2001", "Heath Language School", "Miscellaneous", "Other types", "Open", "", "", "", "",
     "Heath", "", "", "", ""),
)  # fmt: skip


def the_list(extra: int = 0) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([HEADINGS, *ROWS])
    for number in range(extra):
        row = (str(100000 + number), "330", "Elsewhere", "1000", f"School {number}", "Community school", "Other")
        writer.writerow([*row, "Open", "Primary", "1 Street", "", "", "Town", "", "B1 1AA", "0121", "x" * 900])
    return text.getvalue().encode("cp1252")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "edubasealldata20261120.csv"
    file.write_bytes(the_list())
    return file


def names(found: SchoolFile) -> list[str]:
    assert not found.why, found.why
    return [one.name for one in found.schools]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("999999", ["Lanternfield Academy"]),
        ("881/9999", ["Lanternfield Academy"]),
        ("8819999", ["Lanternfield Academy"]),
        ("academy lantern", ["Lanternfield Academy"]),
        ("teasel", []),
        ("lanternfield", ["Lanternfield Academy", "Bréhat House"]),
        ("heath", ["Heath Language School", "Heath Primary", "The Heath Centre"]),
        ("", []),
    ],
)
def test_a_school_is_found_by_number_name_or_town_open_ones_first(file: Path, search: str, expected: list[str]) -> None:
    found = read_school_file(file, TODAY, search=search)
    assert found.kind == "gias"
    assert names(found) == expected


def test_a_row_fills_the_school_s_page_and_says_whose_list_it_is(file: Path) -> None:
    (row,) = read_school_file(file, TODAY, search="999999").schools
    filling = filling_of_school(row, TODAY)
    assert filling.source == "list of schools of 20 November 2026"
    known = {
        "name": "Lanternfield Academy",
        "urn": "999999",
        "dfe_number": "881/9999",
        "type": "academy",
        "phone": "01632960100",
    }
    assert known.items() <= filling.values["school"].items()
    problems = PAGES["school"].read(filling.values["school"], {}, Context(council("essex"), TODAY)).problems
    assert [one for one in problems if not one.missing] == []
    assert OGL in filling.notes


@pytest.mark.parametrize(
    ("search", "kind"), [("999998", "special"), ("999997", "pru"), ("999996", "maintained"), ("999995", None)]
)
def test_kinds_of_school(file: Path, search: str, kind: str | None) -> None:
    (row,) = read_school_file(file, TODAY, search=search).schools
    filling = filling_of_school(row, TODAY)
    assert filling.values["school"].get("type") == kind
    assert any("choose the kind of school" in note for note in filling.notes) is (kind is None)
    assert any("Closed" in note for note in filling.notes) is (search == "999998")


def test_a_number_is_four_figures_long_or_not_there(file: Path) -> None:
    (centre,) = read_school_file(file, TODAY, search="heath centre").schools
    (house,) = read_school_file(file, TODAY, search="bréhat").schools
    assert (centre.estab, house.estab) == ("0012", "")


def test_the_whole_country_fits_zipped_or_not(tmp_path: Path) -> None:
    data = the_list(extra=60_000)
    assert len(data) > 57_000_000
    file = tmp_path / "edubasealldata20261120.csv"
    file.write_bytes(data)
    assert names(read_school_file(file, TODAY, search="lanternfield academy")) == ["Lanternfield Academy"]
    found = read_school_file(file, TODAY, search="town")
    assert (len(found.schools), found.found) == (20, 60_000)
    archive = tmp_path / "extract.zip"
    archive.write_bytes(zipped({file.name: data}))
    assert names(read_school_file(archive, TODAY, search="999999")) == ["Lanternfield Academy"]


def test_a_damaged_list_ends_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(the_list() + b'"' + b"x" * 200_000)
    assert "damaged" in read_school_file(file, TODAY, search="heath").why
