"""Lists of pupils from report writers: any columns, any order, and nothing taken for what it is not."""

import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.test_transfer_file import filled, read, said
from tests.evidence.workbooks import workbook
from wizard.evidence.school import school_days
from wizard.evidence.school.pupil_answers import filling_of
from wizard.evidence.school.school_answer import read_school_file

TODAY = date(2026, 9, 25)
PLAIN = """UPN,Legal Surname,Legal Forename,Middle Names,Preferred First Name,Date of Birth,Gender,Year Group,\
Reg Group,Ethnic Group,Home Language,FSM,Ever 6 FSM,Pupil Premium,SEN Status,Primary Need,LAC,Post Code,Shoe Size
B881999926001,Quillfeather,Rosalind,May,Rosie,15/03/2012,Female,Year 10,10T,White British,English,N,Y,Y,\
SEN Support,Social Emotional and Mental Health,No,CM99 9ZZ,5
"""


def test_a_plain_list_through_the_child(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(PLAIN, encoding="cp1252")
    filling = filling_of(read_school_file(file, TODAY), date(2026, 9, 20), TODAY)
    assert filling.source == "pupil list of 20 September 2026"
    assert filling.values == {
        "route": {"sen": "support"},
        "pupil": {
            "first_name": "Rosalind May",
            "surname": "Quillfeather",
            "preferred_name": "Rosie",
            "born": "2012-03-15",
            "sex": "F",
            "upn": "B881999926001",
            "postcode": "CM99 9ZZ",
            "ethnicity": "WBRI",
            "eal": "no",
            "sen_primary": "SEMH",
        },
        "care": {"in_care": "no"},
        "school": {"tutor": "10T"},
    }
    assert "Columns not understood, and left out: Shoe Size." in filling.notes


def test_free_meals_six_years_and_premium_are_three_things() -> None:
    notes = said(filled(PLAIN.encode()))
    assert "says no to free school meals now" in notes
    assert "says yes to free school meals at any time in the last six years" in notes
    assert "says yes to pupil premium" in notes


WRITTEN = {
    "semicolons": PLAIN.replace(",", ";").encode(),
    "tabs in UTF-16": PLAIN.replace(",", "\t").encode("utf-16"),
    "a mark in front": b"\xef\xbb\xbf" + PLAIN.encode(),
    "a title and blank lines": f"Pupil details\n\nLanternfield Academy\n{PLAIN}".encode(),
    "lines at the foot": f"{PLAIN}Printed on 20/09/2026,by the office\nTotal,1\n".encode(),
    "said to be separated": f"sep=,\n{PLAIN}".encode(),
}


@pytest.mark.parametrize("data", WRITTEN.values(), ids=WRITTEN)
def test_however_it_is_written(data: bytes) -> None:
    assert filled(data).values["pupil"]["surname"] == "Quillfeather"
    assert filled(data).values["pupil"]["born"] == "2012-03-15"


def test_a_spreadsheet_with_real_dates_and_a_lost_nought() -> None:
    rows = [
        ["Pupil details"],
        ["Surname", "Forename", "DOB", "Contact 1 Name", "Contact 1 Relationship", "Contact 1 Mobile"],
        ["Quillfeather", "Rosalind", date(2012, 3, 15), "Ada Quillfeather", "Mother", 1632960101],
    ]
    filling = filled(workbook(rows))
    assert filling.values["pupil"]["born"] == "2012-03-15"
    assert filling.values["family"]["adults"] == [
        {"name": "Ada Quillfeather", "relationship": "Mother", "phone": "01632960101"}
    ]
    assert "lost its first 0" in said(filling)


def test_several_pupils_ask_which_and_one_name_may_be_two_children() -> None:
    text = "Surname,Forename,DOB\nAli,Sam,1/9/2011\nAli,Sam,2/9/2012\nPrinted,on,today\n"
    found = read(text.encode())
    assert [(one.name, one.born) for one in found.pupils] == [("Ali, Sam", "2011-09-01"), ("Ali, Sam", "2012-09-02")]
    assert found.record is None
    second = read(text.encode(), 1).record
    assert second is not None
    assert second.born == "2012-09-02"


def test_contacts_a_row_each_come_in_their_order() -> None:
    text = (
        "UPN,Surname,Forename,Priority,Contact Name,Relationship,Parental Responsibility,Contact Mobile,Contact Phone\n"
        "B881999926001,Quillfeather,Rosalind,2,Tom Marsh,Father,N,,01632 960103\n"
        "B881999926001,Quillfeather,Rosalind,1,Ada Quillfeather,Mother,Y,01632 960101,01632 960102\n"
    )
    filling = filled(text.encode())
    adults = filling.values["family"]["adults"]
    assert [one["name"] for one in adults] == ["Ada Quillfeather", "Tom Marsh"]
    assert "responsibility" not in adults[0]
    assert "Ada Quillfeather has parental responsibility" in said(filling)
    assert "Further numbers of Ada Quillfeather: 01632 960102." in filling.notes


def test_figures_that_a_spreadsheet_cut_off_are_left_out() -> None:
    text = "UPN,Surname,Contact 1 Name,Contact 1 Mobile\n8.82E+11,Quillfeather,Ada,1.632E+09\n"
    filling = filled(text.encode())
    assert "upn" not in filling.values["pupil"]
    assert filling.values["family"]["adults"] == [{"name": "Ada"}]
    assert "cut off figures of the UPN" in said(filling)


REFUSED = {
    "the month first": b"Surname,DOB\nA,03/15/2012\n",
    "no headings": b"Quillfeather,Rosalind\n",
    "no pupil": b"UPN,Surname,DOB\n",
    "too many rows": b"Surname,DOB\n" + b"A,1/1/2012\n" * 20_001,
    "prose": b"Dear all, the office is closed on Monday.",
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_what_is_no_list_ends_in_a_sentence(data: bytes) -> None:
    found = read(data)
    assert found.kind == ""
    assert found.why.endswith(".")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2012-03-15", (2012, 3, 15)),
        ("15/03/2012", (2012, 3, 15)),
        ("5/3/12", (2012, 3, 5)),
        ("15-Mar-2012", (2012, 3, 15)),
        ("15 March 2012", (2012, 3, 15)),
        ("15/03/2012 00:00:00", (2012, 3, 15)),
        ("2012-03-15T09:30:00Z", (2012, 3, 15)),
        ("40983", (2012, 3, 15)),
        ("5/3/98", (1998, 3, 5)),
        ("20120315", (2012, 3, 15)),
        ("31/02/2012", None),
        ("15/Foo/2012", None),
        ("03/15/2012", None),
        ("", None),
    ],
)
def test_dates_as_schools_write_them(text: str, expected: tuple[int, int, int] | None) -> None:
    assert school_days.read_day(text, TODAY) == (date(*expected) if expected else None)


@given(st.text() | st.from_regex(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}", fullmatch=True) | st.integers().map(str))
def test_any_text_is_a_date_or_none(text: str) -> None:
    day = school_days.read_day(text, TODAY)
    assert day is None or day.year > 0
    assert school_days.yes_no(text) in {"yes", "no", ""}


@given(st.lists(st.lists(st.text(max_size=8), max_size=5), max_size=5))
def test_any_rows_under_a_header_end_in_pupils_or_a_sentence(rows: list[list[str]]) -> None:
    import csv

    text = io.StringIO()
    csv.writer(text).writerows([["UPN", "Surname", "DOB", "Contact 1 Name", "SEN"], *rows])
    found = read(text.getvalue().encode("utf-8", "replace"), 0)
    if found.kind:
        assert filling_of(found, TODAY, TODAY).kind == "list"
    else:
        assert found.why.endswith(".")
