"""What is read in documents: their own day, and the persons they are about, without crying wolf."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.evidence import offer
from wizard.evidence.words.days import dated, days
from wizard.evidence.words.marks import marks
from wizard.evidence.words.reading import read
from wizard.evidence_fact import Mark

TODAY = date(2026, 11, 22)
LETTER = """Willow House
2 Tannery Walk
Chelmsford CM99 9ZW
01632 960170
Mrs R. Osei, SENCO
Lanternfield Academy
{date}
{about}
Dear Mrs Osei,
Thank you for your letter of 1 September 2026. I saw Tom on 2 October 2026 with his mother, Jane Marsh.
He has chronic fatigue. My next appointment with him is on 4 January 2027.
With kind regards,
Dr Hannah Iqbal
"""


def letter(about: str = "", when: str = "") -> str:
    return LETTER.format(about=about, date=when)


def told(text: str) -> list[tuple[str, str]]:
    return [(mark.kind, mark.text) for mark in marks([text], TODAY)]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12 October 2026", "2026-10-12"),
        ("Date: 3rd March 2026", "2026-03-03"),
        ("Date 03/03/26", "2026-03-03"),
        ("Dated: 3.3.2026", "2026-03-03"),
        ("2026-03-03", "2026-03-03"),
        ("Sent: Tuesday, 3 Mar 2026 10:22", "2026-03-03"),
        ("Tuesday 3rd of March, 2026", "2026-03-03"),
        ("March 3, 2026", "2026-03-03"),
        ("Our ref: 123/ab. 3 March 2026", "2026-03-03"),
        ("23 October 2026 (clinic of 20 October 2026)", "2026-10-23"),
        ("Clinic date: 20 October 2026\nDate typed: 23 October 2026", "2026-10-23"),
        ("Made on 11 November 2026; next review 8 February 2027", "2026-11-11"),
        ("Tom Marsh, born 3 May 2012, 4 November 2026", "2026-11-04"),
    ],
)
def test_a_document_says_its_day_in_many_ways(written: str, day: str) -> None:
    assert read([letter(when=written)], TODAY)["dated"] == day


@pytest.mark.parametrize(
    "written",
    [
        "",
        "March 2026",
        "Date: 3 March",
        "31/02/2026",
        "Tom Marsh, born 3 May 2012",
        "Date of birth\n03/05/2012",
        "Appointment: 3 November 2026 at 10.30",
        "Date: 24 November 2026",
        "Next review: 3 November 2026",
        "Review,\n06/07/2026",
    ],
)
def test_other_days_are_not_taken_for_its_own(written: str) -> None:
    assert read([letter(when=written)], TODAY)["dated"] == ""


def test_years_of_two_figures_are_of_this_century_or_the_last() -> None:
    assert [found.day for found in days("3/4/26, 3-4-27, 03.04.28", TODAY)] == [
        date(2026, 4, 3),
        date(2027, 4, 3),
        date(1928, 4, 3),
    ]


@pytest.mark.parametrize(
    ("about", "name"),
    [
        ("Re: Tom MARSH", "Tom MARSH"),
        ("RE - Tom Marsh", "Tom Marsh"),
        ("Re: MARSH, Tom", "MARSH, Tom"),
        ("Pupil: Tom Marsh Form: 9B", "Tom Marsh"),
        ("Pupil Tom Marsh Date of birth 3 May 2012", "Tom Marsh"),
        ("Patient name: Tom J. Marsh", "Tom J. Marsh"),
        ("Young person\nTom Marsh-O’Neill, Year 9 (9B)", "Tom Marsh-O’Neill"),
        ("Dear parents/carers of Tom Marsh", "Tom Marsh"),
        ("To the parents and carers of Tom van der Berg", "Tom van der Berg"),
        ("Name: Tom Marsh DOB: 03/05/2012", "Tom Marsh"),
        ("Forename: Tom\nSurname: Marsh", "Tom Marsh"),
        ("Thomas (Tom) Marsh, born 3 May 2012", "Thomas (Tom) Marsh"),
        ("Thomas MARSH (“Tom”), born 3 May 2012", "Thomas MARSH (“Tom”)"),
        ("Şükrü Çelik-Łoś, aged 13", "Şükrü Çelik-Łoś"),
        ("I am glad that Tom Marsh, who is 13, came", "Tom Marsh"),
        ("Tom Marsh\nDate of birth: 3 May 2012", "Tom Marsh"),
    ],
)
def test_names_of_those_it_is_about_are_found(about: str, name: str) -> None:
    assert [text for kind, text in told(letter(about)) if kind == "name"] == [name]


@pytest.mark.parametrize(
    "about",
    [
        "Re: Chronic Fatigue",
        "Re: Section 19 Referral",
        "Name: Headteacher",
        "Name of school: Lanternfield Academy",
        "Yours sincerely, Martin Hale",
        "Copies: Ms R. O’Neill and Mr Ł. Kowalczyk; Mrs R. Osei, SENCO",
        "Mathematics White Rose Year 8 finished in June",
        "Castlebrook High, Year 10",
        "Mr Peter Gill, 9B",
        "Page 1 of 1 Headteacher: G. O’Dowd Page 1 of 2",
        "Dear Year 9 parents",
        "Student support: Monday",
        "Patient transport was booked",
    ],
)
def test_names_of_others_and_headings_are_left_alone(about: str) -> None:
    assert told(letter(about)) == []


@pytest.mark.parametrize(
    ("about", "found"),
    [
        ("UPN: B881999926001", [("upn", "B881999926001")]),
        ("B 881 9999 26 001", [("upn", "B881999926001")]),
        ("UPN B881999926002", [("upn", "B881999926002")]),
        ("Ref B881999926002", []),
        ("NHS No. 999 000 0018", [("nhs", "999 000 0018")]),
        ("NHS number: 9990000018", [("nhs", "999 000 0018")]),
        ("NHS number: 9990000019", [("nhs", "999 000 0019")]),
        ("943 476 5919", [("nhs", "943 476 5919")]),
        ("943 476 5918", []),
        ("Account 9434765919", []),
        ("Tel. 943 476 5919, +44 777 123 4567, 01632 960 170", []),
        ("DOB 3/5/12", [("born", "2012-05-03")]),
        ("D.O.B: 03-May-2012", [("born", "2012-05-03")]),
        ("he was born on 3rd May 2012", [("born", "2012-05-03")]),
        ("Date of birth Sex\n03/05/2012 M", [("born", "2012-05-03")]),
        ("DOB: not known. Written 3 May 2012", []),
        ("DOB 3/5/2031", []),
        ("born in May 2012", []),
    ],
)
def test_numbers_and_dates_of_birth_are_found(about: str, found: list[tuple[str, str]]) -> None:
    assert told(letter(about)) == found


def test_ten_figures_are_no_nhs_number_on_a_page_that_has_nothing_to_do_with_health() -> None:
    assert told("Our sales office: 943 476 5919") == []
    assert told("Outpatient clinic 943 476 5919") == [("nhs", "943 476 5919")]


def test_each_mark_is_told_once_a_page_with_its_page() -> None:
    page = "Pupil: Tom Marsh\nPupil: Tom Marsh"
    assert marks(["", page, page], TODAY) == (Mark("name", 2, "Tom Marsh"), Mark("name", 3, "Tom Marsh"))


@given(st.lists(st.text(max_size=300), max_size=4))
def test_any_text_is_read(texts: list[str]) -> None:
    found = read(texts)
    assert all(1 <= mark["page"] <= len(texts) and 0 < len(mark["text"]) <= 120 for mark in found["marks"])


PIECES = [
    "Re:", "Name:", "Pupil", "born", "DOB", "3/5/12", "12 May", "2012", "Tom", "MARSH,", "(", ")", "“", "\n", ",", "of",
    "parents", "Year 9", "9B", "NHS", "999 000 0018", "B881999926001", "van", "K.", "’s", "-", "\x02", "\ud800",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
def test_any_mixture_of_what_is_looked_for_is_read(text: str) -> None:
    for mark in marks([text], TODAY):
        assert mark.text.strip() == mark.text != ""


@pytest.mark.parametrize(
    "part", ["Re: " * 20_000, "A" * 100_000, "Tom Marsh, " * 20_000, "1 " * 50_000, "DOB\n" * 15_000]
)
def test_long_pages_are_read_in_a_moment(part: str) -> None:
    assert len(marks([part] * 3, TODAY)) <= 400
    assert dated([part] * 3, TODAY) is None


def test_the_child_tells_it() -> None:
    made = offer.prepare_bytes(letter("Tom MARSH, born 3 May 2012", "22 September 2025").encode(), ".txt")
    assert made.dated == "2025-09-22"
    assert set(made.marks) == {Mark("born", 1, "2012-05-03"), Mark("name", 1, "Tom MARSH")}
