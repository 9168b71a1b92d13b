"""A Common Transfer File becomes answers: every version and order, and nothing that the school has to decide itself."""

import codecs
import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.catalogue import PAGES
from forms.kit.page import Context
from tests.evidence.transfer_files import EXAMPLE, SECOND, changed, without
from wizard.councils import council
from wizard.errors import Cancelled, EvidenceRefused
from wizard.evidence.school import school_file
from wizard.evidence.school.ctf_marks import decode
from wizard.evidence.school.pupil_answers import filling_of
from wizard.evidence.school.school_answer import SchoolFile, read_school_file
from wizard.evidence.text import xml_tree
from wizard.filling import Filling

TODAY = date(2026, 9, 25)
SEPTEMBER = date(2026, 9, 21)


def read(data: bytes, pupil: int | None = None, today: date = TODAY) -> SchoolFile:
    """As the child reads it, without the child: the same code, a hundred times as fast."""
    content, _ = school_file.fill(data, today.isoformat(), pupil, "")
    return SchoolFile.model_validate(_tupled(content))


def _tupled(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _tupled(inner) for name, inner in value.items()}
    return tuple(map(_tupled, value)) if isinstance(value, list) else value


def filled(data: bytes, dfe_number: str = "", today: date = TODAY) -> Filling:
    found = read(data, today=today)
    assert not found.why, found.why
    return filling_of(found, today, today, dfe_number)


def said(filling: Filling) -> str:
    return "\n".join(filling.notes)


def test_the_whole_example_through_the_child(tmp_path: Path) -> None:
    file = tmp_path / "881LLLL_CTF_8819999_001 (1)"
    file.write_bytes(EXAMPLE.encode())
    found = read_school_file(file, TODAY)
    filling = filling_of(found, TODAY, TODAY)
    assert (filling.kind, filling.source) == ("ctf", "Common Transfer File of 21 September 2026")
    values = dict(filling.values)
    register = values.pop("attendance")["register"]
    assert values == {
        "route": {"sen": "support"},
        "pupil": {
            "first_name": "Rosalind May",
            "surname": "Quillfeather",
            "preferred_name": "Rosie",
            "born": "2012-03-15",
            "sex": "F",
            "upn": "B881999926001",
            "address": "14 Teasel Row\nLanternfield\nEssex",
            "postcode": "CM99 9ZZ",
            "ethnicity": "WBRI",
            "eal": "no",
            "sen_primary": "SEMH",
            "sen_secondary": "ASD",
            "service_child": "no",
        },
        "care": {"in_care": "no"},
        "family": {
            "adults": [
                {
                    "name": "Ada Quillfeather",
                    "relationship": "Mother",
                    "phone": "01632 960101",
                    "email": "ada@example.org",
                },
                {"name": "Tom Marsh", "relationship": "Father"},
            ]
        },
        "school": {
            "name": "Lanternfield Academy",
            "urn": "999999",
            "dfe_number": "881/9999",
            "on_roll_since": "2023-09-05",
        },
    }
    assert register["file"] == "Common Transfer File of 21 September 2026"
    marks = [(one["date"], one["session"], one["code"]) for one in register["sessions"]]
    assert marks[0] == ("2026-09-07", "AM", "/")
    assert marks[-2:] == [("2026-09-18", "AM", "/"), ("2026-09-18", "PM", "C2")]
    assert len(marks) == 20
    assert "The file says that Ada Quillfeather has parental responsibility." in filling.notes
    assert "The file says that Tom Marsh does not have parental responsibility." in filling.notes
    assert "The file says yes to free school meals now." in said(filling)
    assert "a medical condition is recorded" in said(filling)
    assert "Not understood" not in said(filling)


def test_every_answer_is_good_on_its_page() -> None:
    context = Context(council("essex"), TODAY)
    for page, raw in filled(EXAMPLE.encode()).values.items():
        problems = [one for one in PAGES[page].read(raw, {}, context).problems if not one.missing]
        assert problems == []


def test_a_file_of_several_pupils_asks_which_and_forgets_the_others(tmp_path: Path) -> None:
    file = tmp_path / "year10.xml"
    file.write_bytes(changed(("</CTFpupilData>", f"{SECOND}</CTFpupilData>")))
    asked = read_school_file(file, TODAY)
    assert [(one.name, one.born) for one in asked.pupils] == [
        ("Quillfeather, Rosalind", "2012-03-15"),
        ("Nguyễn, An", "2013-01-02"),
    ]
    assert asked.record is None
    chosen = read_school_file(file, TODAY, 1)
    assert chosen.chosen == 1
    assert chosen.record is not None
    assert chosen.record.surname == "Nguyễn"
    assert "Ada" not in chosen.model_dump_json()
    assert "letter" in said(filling_of(chosen, TODAY, TODAY)), "the second UPN is a temporary one"


@pytest.mark.parametrize(
    ("change", "page", "field", "value"),
    [
        (("<Sex>F</Sex>", "<Gender>F</Gender>"), "pupil", "sex", "F"),
        (("PostCode", "Postcode"), "pupil", "postcode", "CM99 9ZZ"),
        (("<DOB>2012-03-15", "<DOB>15/03/2012"), "pupil", "born", "2012-03-15"),
        (("<DOB>2012-03-15", "<DOB>2012-03-15T00:00:00"), "pupil", "born", "2012-03-15"),
        (("CTFversion", "CTFVersion"), "pupil", "surname", "Quillfeather"),
        (("<CTfile>", '<CTfile xmlns="urn:x">'), "pupil", "surname", "Quillfeather"),
        (("Surname>", "surname>"), "pupil", "surname", "Quillfeather"),
        (("<NCyearActual>10", "<NCyearActual>9"), "pupil", "year_group", "9"),
        (("<NCyearActual>10", "<NCyearActual>R"), "pupil", "year_group", "0"),
        (("<Ethnicity>WBRI", "<Ethnicity>REFU"), "pupil", "ethnicity", None),
        (("<Language>ENG", "<Language>POL"), "pupil", "home_language", "Polish"),
        (("<Language>ENG", "<Language>QQQ"), "pupil", "home_language", "QQQ"),
        (("<Language>ENG", "<Language>OTB"), "pupil", "eal", None),
        (("<SENprovision>K", "<SENprovision>E"), "route", "sen", "ehcp"),
        (("<SENprovision>K", "<SENprovision>A"), "route", "sen", None),
        (("2024-01-08", "2027-01-08"), "route", "sen", "none"),
        (("<InCare>false", "<InCare>1"), "care", "in_care", "yes"),
        (("<SENtype>SEMH", "<SENtype>BESD"), "pupil", "sen_primary", None),
    ],
)
def test_versions_and_suppliers_differ(change: tuple[str, str], page: str, field: str, value: str | None) -> None:
    assert filled(changed(change)).values.get(page, {}).get(field) == value


@pytest.mark.parametrize(
    "block", ["Contacts", "SENhistory", "Attendance", "Address", "BasicDetails", "SchoolHistory", "Header"]
)
def test_any_block_may_be_missing(block: str) -> None:
    assert filled(without(block)).values["pupil"]["surname"] == "Quillfeather"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("25.0", "12.0"), "The file names version 12.0; 15 to 26 are known."),
        (("25.0", ""), "no version"),
        (("2026-09-21T", "2026-08-01T"), "more than 30 days ago"),
        (("full", "partial"), "calls itself partial"),
        (("<MiddleNames>", "<Shoe>4</Shoe><Shoe>5</Shoe><MiddleNames>"), "Not understood, and left out: Shoe (2)."),
        (("<FSMhistory>", "<StageAssessments/><FSMhistory>"), "as no question asks for it: assessment results"),
        (("<NCyearActual>10", "<NCyearActual>9"), "has Year 9; by the date of birth it would be Year 10"),
        (("<NCyearActual>10", "<NCyearActual>X"), "“X”"),
        (("<SENprovision>K", "<SENprovision>A"), "older or unknown stage “A”"),
        (("<SENtype>SEMH", "<SENtype>BESD"), "the file has “BESD”, which is none of the choices"),
        (("<StartDate>2022-09-05", "<StartDate>2023-09-05"), "none from 5 September 2023"),
        (("<SessionsPossible>20", "<SessionsPossible>22"), "do not add up"),
        (("<SessionsAttended>15", "<SessionsAttended>14"), "has 15 sessions attended, by its totals 14"),
        (("<Responsibility>false</Responsibility>", ""), "does not say whether Tom Marsh has parental responsibility"),
        (("<Relationship>PAF", "<Relationship>DOC"), "A doctor among the contacts was left out."),
        (("<PreferredSurname>Quillfeather", "<PreferredSurname>Marsh"), "another surname for every day"),
        (("<SupplierID>EXAMPLE", "<SupplierID>GIAP"), "holds only who the pupil is"),
        (("/C2####", "/~####"), "kept as “no mark”: ~."),
    ],
)  # fmt: skip
def test_what_is_odd_is_said(change: tuple[str, str], words: str) -> None:
    assert words in said(filled(changed(change)))


def test_free_school_meals_that_ended_are_not_current() -> None:
    ended = changed(("2023-10-02</FSMstartDate>", "2023-10-02</FSMstartDate><FSMenddate>2026-07-20</FSMenddate>"))
    assert "says no to free school meals now" in said(filled(ended))


def test_an_ended_need_is_dropped_and_the_next_takes_its_place() -> None:
    ended = changed(
        ("<SENtypeRank>1</SENtypeRank>", "<SENtypeRank>1</SENtypeRank><NeedEndDate>2026-01-01</NeedEndDate>")
    )
    pupil = filled(ended).values["pupil"]
    assert (pupil["sen_primary"], pupil.get("sen_secondary")) == ("ASD", None)


def test_a_social_worker_goes_to_the_care_page() -> None:
    worker = changed(("<Relationship>PAF", "<Relationship>SWR"), ("<InCare>false</InCare>", "<InCare>Y</InCare>"))
    values = filled(worker).values
    assert values["care"] == {"in_care": "yes", "worker_name": "Tom Marsh"}
    assert len(values["family"]["adults"]) == 1


def test_another_school_s_file_fills_neither_school_nor_attendance() -> None:
    filling = filled(EXAMPLE.encode(), dfe_number="881/1234")
    assert {"school", "attendance"} & set(filling.values) == set()
    assert "Lanternfield Academy made the file" in said(filling)
    assert "school" in filled(EXAMPLE.encode(), dfe_number="8819999").values


def test_only_this_school_and_year_counts() -> None:
    other = "<YearData><Year>2025</Year><LEA>881</LEA><Estab>9999</Estab><SchoolName>L</SchoolName></YearData>"
    filling = filled(changed(("<Attendance>", f"<Attendance>{other}")))
    assert "Attendance of 2025/26 at L was left out" in said(filling)
    assert "register" in filling.values["attendance"]
    last_year = filled(changed(("<Year>2026", "<Year>2025"), ("2026-09-07", "2025-09-08")))
    assert "attendance" not in last_year.values


def test_an_admissions_file_is_a_part_of_it() -> None:
    data = changed(("CTfile", "ATfile"), ("CTFpupilData", "ATFpupilData"), ("CTFversion", "ATFversion"))
    filling = filled(data)
    assert filling.source.startswith("admissions transfer file of")
    assert filling.values["pupil"]["surname"] == "Quillfeather"


ENCODED: dict[str, Callable[[str], bytes]] = {
    "UTF-8 with a mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "UTF-16": lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16"),
    "UTF-16 without a mark": lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16-le"),
    "Windows-1252 by its name": lambda text: text.replace("UTF-8", "windows-1252").encode("cp1252"),
    "Windows-1252 under a false name": lambda text: text.encode("cp1252"),
    "zipped": lambda text: zipped({"CTF.xml": text.encode()}),
}


def zipped(members: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return whole.getvalue()


@pytest.mark.parametrize("written", ENCODED.values(), ids=ENCODED)
def test_however_it_is_written(written: Callable[[str], bytes]) -> None:
    filling = filled(written(EXAMPLE.replace("Quillfeather", "Zoë")))
    assert filling.values["pupil"]["surname"] == "Zoë"


def test_an_encoding_under_a_false_name_is_told() -> None:
    assert "not written in the encoding" in said(filled(EXAMPLE.replace("Ada", "Zoë").encode("cp1252")))


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE: dict[str, bytes] = {
    "billion laughs": f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><CTfile>&l9;</CTfile>'.encode(),
    "external entity": b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><CTfile>&f;</CTfile>',
    "external document type": b'<!DOCTYPE CTfile SYSTEM "http://example.org/x.dtd"><CTfile/>',
    "cut off": EXAMPLE.encode()[:900],
    "too deep": b"<CTfile>" + b"<a>" * 5_000 + b"</a>" * 5_000 + b"</CTfile>",
    "another file": b"<?xml version='1.0'?><rss><channel/></rss>",
    "no pupil": b"<CTfile><Header/><CTFpupilData/></CTfile>",
    "nothing": b"",
    "zip in a zip": zipped({"a.zip": zipped({"CTF.xml": b"<CTfile/>"})}),
    "two files in a zip": zipped({"a.xml": b"<CTfile/>", "b.xml": b"<CTfile/>"}),
    "a damaged zip": zipped({"a.xml": EXAMPLE.encode()})[:300],
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_what_cannot_be_used_ends_in_a_sentence(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "CTF.xml"
    file.write_bytes(data)
    found = read_school_file(file, TODAY)
    assert found.kind == ""
    assert found.record is None
    assert found.why.endswith(".")


def test_two_hundred_megabytes_end_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "CTF.xml"
    with file.open("wb") as large:
        large.truncate(200 << 20)
    assert "larger than 100 MB" in read_school_file(file, TODAY).why
    bomb = tmp_path / "bomb.zip"
    bomb.write_bytes(zipped({"CTF.xml": bytes(120 << 20)}))
    assert "grows too large" in read_school_file(bomb, TODAY).why


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    file = tmp_path / "CTF.xml"
    file.write_bytes(EXAMPLE.encode())
    with pytest.raises(Cancelled):
        read_school_file(file, TODAY, cancelled=lambda: True)


# The marks


MONDAY = date(2026, 9, 7)


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("/\\/\\", MONDAY, ["07A /", "07P \\", "08A /", "08P \\"]),
        ("/\\####/\\", date(2026, 9, 11), ["11A /", "11P \\", "14A /", "14P \\"]),
        ("/\\/\\", date(2026, 9, 11), ["11A /", "11P \\", "14A /", "14P \\"]),
        ("/\\/", MONDAY, ["07A /", "07P \\", "08A /"]),
        ("C2C2II", MONDAY, ["07A C2", "07P C2", "08A I", "08P I"]),
        ("I01/", MONDAY, ["07A I", "07P \\"]),
        ("/\\\\/\\\\", MONDAY, ["07A /", "07P \\", "08A /", "08P \\"]),
        ("-@", MONDAY, ["07A -", "07P -"]),
        ("/" * 40, MONDAY, []),
        ("/\\", None, []),
    ],
    ids=["plain", "weekends in it", "weekdays alone", "until noon", "two characters", "sub-code", "doubled", "no mark",
         "beyond the file's day", "no start"],
)  # fmt: skip
def test_marks_are_placed_in_the_one_way_that_fits(text: str, start: date | None, expected: list[str]) -> None:
    found = decode(text, start, SEPTEMBER)[0]
    assert [f"{one['date'][8:]}{one['session'][0]} {one['code']}" for one in found] == expected


def test_marks_that_fit_nowhere_leave_the_totals() -> None:
    filling = filled(changed(("/\\/\\/\\/\\/\\####/\\/\\IIII/C2####", "/" * 60)))
    assert filling.values["attendance"] == {"possible": "20", "attended": "15"}
    assert "only its totals are used" in said(filling)


@given(st.text(), st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_any_marks_become_sessions_of_school_days_up_to_the_file_s_day(text: str, start: date, end: date) -> None:
    sessions, _ = decode(text, start, end)
    days = [date.fromisoformat(one["date"]) for one in sessions]
    assert days == sorted(days)
    assert all(start <= day and day.weekday() < 5 for day in days)
    assert all(day <= end for day, one in zip(days, sessions, strict=True) if one["code"] not in {"-", "#"})


# Anything at all


@given(st.binary() | st.binary().map(lambda junk: b"<?xml version='1.0'?>" + junk))
def test_any_bytes_end_in_an_answer_or_a_sentence(data: bytes) -> None:
    found = read(data)
    assert found.why.endswith(".") if not found.kind else found.pupils or found.kind == "gias"


@given(st.data())
def test_any_piece_of_the_example_may_be_spoilt(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(EXAMPLE)))
    end = data.draw(st.integers(start, min(len(EXAMPLE), start + 80)))
    junk = data.draw(st.text(max_size=20))
    found = read((EXAMPLE[:start] + junk + EXAMPLE[end:]).encode("utf-8", "replace"))
    if found.kind:
        assert filling_of(found, TODAY, TODAY).source
    else:
        assert found.why.endswith(".")


@given(st.recursive(st.just(""), lambda inner: st.lists(inner).map(lambda parts: f"<a>{''.join(parts)}</a>")))
def test_a_tree_is_read_or_refused(text: str) -> None:
    if text:
        assert xml_tree.parse(text.encode())[0].name == "a"
    else:
        with pytest.raises(EvidenceRefused):
            xml_tree.parse(b"")


def test_a_tree_is_as_deep_as_an_export_may_be_and_no_deeper() -> None:
    deepest = xml_tree.EXPORT.deepest
    assert xml_tree.parse(b"<a>" * deepest + b"</a>" * deepest)[0].name == "a"
    for refused, words in (
        (b"<a>" * (deepest + 1) + b"</a>" * (deepest + 1), "nested too deeply"),
        (b"<!DOCTYPE a><a/>", "which no school system does"),
        (b"<a>", "cut off or damaged"),
    ):
        with pytest.raises(EvidenceRefused, match=words):
            xml_tree.parse(refused)
