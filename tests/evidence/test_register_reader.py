"""Register exports in their layouts, read into sessions; what is doubtful is listed, never guessed, never raised."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.kit.codes import NO_MARK, REGISTER_CODES
from wizard.evidence.registers import register_table
from wizard.evidence.registers.register_cells import Unclear, day_marks, read_date, read_mark, week_marks
from wizard.evidence.registers.register_reader import read

TODAY = date(2026, 11, 21)
BY_SESSION = r"""UPN,Surname,Forename,Reg,Date,Session,Mark,Meaning,Comment
B881999926001,Quillfeather,Rosalind,10T,14/09/2026,AM,/,Present AM,
B881999926001,Quillfeather,Rosalind,10T,16/09/2026,AM,I,Illness,GP letter 12/9
B881999926001,Quillfeather,Rosalind,10T,18/09/2026,PM,C2,Part-time timetable,
"""
BY_DAY = """Date;Day;AM;PM
16-Sep-2026;Wed;I;I
18-Sep-2026;Fri;/;C2
21-Sep-2026;Mon;#;#
"""
BY_WEEK = r"""Week beginning   Marks         Poss  Att  Auth  Unauth
07/09/2026       /\/\/\/\/\     10   10    0      0
14/09/2026       /\/\IIII/C2    10    5    5      0
21/09/2026       II##II--NN      6    0    4      2
"""


def codes(result: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(item["date"][5:], item["session"], item["code"]) for item in result["sessions"]]


def marks(result: dict[str, Any]) -> str:
    return " ".join(item["code"] for item in result["sessions"])


def understood(text: str, **options: Any) -> dict[str, Any]:
    result = read(text.encode(), TODAY, **options)
    assert (result["why"], result["not_understood"]) == ("", [])
    return result


def test_a_row_a_session() -> None:
    result = understood(BY_SESSION)
    assert codes(result) == [("09-14", "AM", "/"), ("09-16", "AM", "I"), ("09-18", "PM", "C2")]
    assert result["notices"] == []
    assert "GP letter" not in str(result)


def test_a_row_a_day() -> None:
    result = understood(BY_DAY)
    assert codes(result) == [
        ("09-16", "AM", "I"), ("09-16", "PM", "I"), ("09-18", "AM", "/"), ("09-18", "PM", "C2"), ("09-21", "AM", "#"),
        ("09-21", "PM", "#"),
    ]  # fmt: skip
    assert result["notices"] == ["The file does not say whose register it is: check that it is this pupil’s."]


def test_a_row_a_week() -> None:
    assert marks(understood(BY_WEEK)) == r"/ \ / \ / \ / \ / \ / \ / \ I I I I / C2 I I # # I I - - N N"


def test_a_row_a_week_with_a_column_a_day() -> None:
    text = "Registration certificate\n\nWeek commencing,Mon,Tue,Wed,Thu,Fri\n07 Sep 2026,/\\,/\\,II,##,\n"
    assert marks(understood(text)) == r"/ \ / \ I I # # - -"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_whatever_the_separator_and_the_encoding(encoding: str, separator: str) -> None:
    text = "Register for Zoë\r\n" + BY_DAY.replace(";", separator).replace("\n", "\r\n")
    assert marks(read(text.encode(encoding), TODAY)) == r"I I / C2 # #"


def test_excel_says_its_separator_itself() -> None:
    assert marks(understood("sep=^\nDate^AM^PM\n14/09/2026^/^\\\n")) == r"/ \ ".strip()


def test_a_week_of_seven_days_drops_a_closed_weekend_and_keeps_a_worked_one() -> None:
    week = "W/C,Marks\n07/09/2026,/\\/\\/\\/\\/\\{}\n"
    assert len(understood(week.format("####"))["sessions"]) == 10
    saturday = understood(week.format("/\\--"))
    assert len(saturday["sessions"]) == 12
    assert any("Saturday" in notice for notice in saturday["notices"])


@pytest.mark.parametrize(
    "written",
    ["16/09/2026", "16/9/26", "16-09-2026", "16.09.2026", "2026-09-16", "2026/09/16", "16-Sep-2026",
     "16 September 2026", "16th Sept 2026", "Wed 16/09/2026", "Wednesday, 16 September 2026", "16/09/2026 00:00",
     "2026-09-16T08:45:00", " 16/09/2026 ", "46281", "46281.36"],
)  # fmt: skip
def test_dates_as_schools_write_them(written: str) -> None:
    assert read_date(written) == date(2026, 9, 16)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "missing"),
        ("09/16/2026", "no such date"),
        ("30/02/2026", "no such date"),
        ("16 Foo 2026", "no such date"),
        ("Tue 16/09/2026", "weekday"),
        ("4628", "not written"),
        ("99999", "not written"),
        ("16/09", "not written"),
        ("2026-09-13T23:00:00Z", "not written"),
        ("16/09/1926", "outside"),
        ("١٦/٠٩/٢٠٢٦", "not written"),
        ("Total", "not written"),
    ],
)
def test_doubtful_dates_are_not_guessed(written: str, words: str) -> None:
    with pytest.raises(Unclear, match=words):
        read_date(written)


@pytest.mark.parametrize(
    ("cell", "half", "code"),
    [
        ("/", "AM", "/"), ("\\", "PM", "\\"), ("/", "PM", "\\"), ("\\", "AM", "/"), ("\\\\", "PM", "\\"),
        ("⁄", "AM", "/"), ("i", "AM", "I"), ("c2", "PM", "C2"), ("Y4", "AM", "Y4"), ("J1", "AM", "J1"),
        ("I01", "AM", "I"), ("X03", "AM", "X"),
        ("", "AM", "-"), ("–", "AM", "-"), ("#", "PM", "#"), ("H", "AM", "H"), ("o", "AM", "O"),
        ("Present", "PM", "\\"), ("Present AM", "AM", "/"), ("Illness", "AM", "I"), ("Late (L)", "AM", "L"),
        ("Medical/Dental appointment", "AM", "M"), ("I - Illness", "AM", "I"), ("I Illness", "AM", "I"),
        ("C2: Part-time timetable", "AM", "C2"), ("School closed", "AM", "#"), ("No mark", "PM", "-"),
        ("Inset day", "AM", "#"),
    ],
)  # fmt: skip
def test_marks_as_systems_write_them(cell: str, half: str, code: str) -> None:
    assert read_mark(cell, half)[0] == code


@pytest.mark.parametrize("cell", ["0", "7", "?", "@", "!", "*", "A", "Absent", "I M", "II", "1I", "ill or late", "Ω"])
def test_doubtful_marks_are_not_guessed(cell: str) -> None:
    with pytest.raises(Unclear):
        read_mark(cell, "AM")


@pytest.mark.parametrize(
    ("cell", "count"),
    [(r"/\/\IIII/C2", 10), (r"/\ /\ II II /C2", 10), (r"/ \ / \ I I I I / C2", 10), (r"/\/\/\/\/\####", 14),
     (r"/\\/\\/\\/\\/\\", 10), ("∧∧∧∧∧", 10)],
)  # fmt: skip
def test_the_marks_of_a_week_are_told_apart(cell: str, count: int) -> None:
    assert len(week_marks(cell)[0]) == count


@pytest.mark.parametrize(
    "cell", ["", "/\\", "/\\/\\/\\/\\/", "School trip", "SCHOOL TRIP", "/\\ / \\ /\\/\\/\\", "holiday..."]
)
def test_a_week_of_another_length_is_not_stretched(cell: str) -> None:
    with pytest.raises(Unclear):
        week_marks(cell)


def test_a_day_has_two_marks_or_none() -> None:
    assert (day_marks(""), day_marks("I C2")) == (("", ""), ("I", "C2"))
    for cell in ("I", "III", "In"):
        with pytest.raises(Unclear):
            day_marks(cell)


def test_what_is_not_understood_is_listed_with_its_row_and_counts_as_no_mark() -> None:
    result = read(
        b"Date,AM,PM\n14/09/2026,?,I\n,/,/\n\nTotal,2,3\n15/09/2026,Away at grandmother's in Wales,0\n", TODAY
    )
    assert codes(result) == [("09-14", "AM", "-"), ("09-14", "PM", "I"), ("09-15", "AM", "-"), ("09-15", "PM", "-")]
    assert [(item["row"], item["shown"]) for item in result["not_understood"]] == [
        (2, "?"), (3, ""), (6, "Away at grandmother's i…"), (6, "0"),
    ]  # fmt: skip


def test_two_different_marks_for_a_session_leave_it_open() -> None:
    rows = (
        "14/09/2026,AM,I",
        "14/09/2026,AM,/",
        "14/09/2026,PM,I",
        "14/09/2026,PM,I",
        "14/09/2026,PM,",
        "15/09/2026,AM,",
        "15/09/2026,AM,M",
    )
    result = read("\n".join(("Date,Session,Code", *rows)).encode(), TODAY)
    assert codes(result) == [("09-14", "AM", "-"), ("09-14", "PM", "I"), ("09-15", "AM", "M")]
    assert [item["reason"] for item in result["not_understood"]] == ["a second mark for this session differs: I and /"]


def test_a_blank_is_never_an_absence() -> None:
    result = understood("Date,AM,PM\n14/09/2026,,I\n15/09/2026,#,\n23/11/2026,,\n24/11/2026,#,#\n")
    assert codes(result) == [("09-14", "AM", "-"), ("09-14", "PM", "I"), ("09-15", "AM", "#"), ("09-15", "PM", "#")]


def test_marks_from_the_future_are_set_aside_and_listed() -> None:
    result = read(b"Date,AM,PM\n20/11/2026,I,I\n23/11/2026,I,C2\n", TODAY)
    assert len(result["sessions"]) == 2
    assert [item["shown"] for item in result["not_understood"]] == ["I", "C2"]


def test_a_date_that_is_another_weekday_is_not_taken() -> None:
    result = read(b"Date,Day,AM,PM\n09/10/2026,Thu,I,I\n", TODAY)
    assert result["sessions"] == []
    assert "weekday" in result["not_understood"][0]["reason"]
    assert "No session" in result["why"]


def test_a_week_that_begins_in_its_middle_is_not_taken() -> None:
    assert "Monday" in read(b"Week,Marks\n08/09/2026,IIIIIIIIII\n", TODAY)["not_understood"][0]["reason"]


def test_what_had_to_be_understood_is_told() -> None:
    result = understood("Date,AM,PM\n14/09/2026,Present,/\n15/09/2026,I02,H\n12/10/2026,/,\\\n")
    told = " ".join(result["notices"])
    assert all(
        words in told for words in ("in words", "I02 as I", "2024: H", "/ in the morning", "15 September 2026 and 12")
    )


def test_the_header_may_stand_lower_and_again_on_the_next_page() -> None:
    text = f"Lanternfield Academy\nPeriod,all\n\n{BY_SESSION}" + "\n".join(BY_SESSION.splitlines()[:2]) + "\n"
    assert len(understood(text)["sessions"]) == 3


SEVERAL = BY_SESSION + "C881999926002,Marsh,Tom,10T,14/09/2026,AM,M,Medical,\n"


ROSALIND, TOM = "Quillfeather, Rosalind (B881999926001)", "Marsh, Tom (C881999926002)"


def test_a_register_of_several_pupils_asks_which_and_keeps_nobody_else() -> None:
    asked = read(SEVERAL.encode(), TODAY)
    assert (asked["pupils"], asked["sessions"], asked["why"]) == ((ROSALIND, TOM), [], "")
    chosen = read(SEVERAL.encode(), TODAY, "A000000000000", "Ada Lovelace", TOM)
    assert codes(chosen) == [("09-14", "AM", "M")]
    assert "Quillfeather" not in str(chosen)
    assert "not in the file any more" in read(SEVERAL.encode(), TODAY, chosen="Ada")["why"]


@pytest.mark.parametrize(
    ("upn", "name", "sessions"),
    [("C881999926002", "", 1), ("b881 9999 26001", "", 3), ("", "Tom Marsh", 1), ("", "Quillfeather, Rosalind May", 3)],
)
def test_the_rows_of_the_pupil_in_question_are_picked(upn: str, name: str, sessions: int) -> None:
    assert len(understood(SEVERAL, upn=upn, name=name)["sessions"]) == sessions


def test_somebody_elses_register_is_asked_about_or_doubted() -> None:
    assert read(BY_SESSION.encode(), TODAY, "Z000000000000")["pupils"] == (ROSALIND,)
    assert read(BY_SESSION.encode(), TODAY, "", "Ada Lovelace")["pupils"] == (ROSALIND,)
    assert read(SEVERAL.encode(), TODAY, "", "Ada Lovelace")["pupils"] == (ROSALIND, TOM)
    doubtful = read(BY_SESSION.encode(), TODAY, "", "Rosie Quillfeather")
    assert "whose register" in doubtful["notices"][0]
    assert len(understood(BY_DAY, upn="Z000000000000", name="Ada")["sessions"]) == 6


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "an empty file"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"hello\nworld\n", "names its columns"),
        (b"Date,AM\n14/09/2026,/\n", "names its columns"),
        (b'Date,AM,PM,Comment\n14/09/2026,/,I,"never closed\n15/09/2026,I,I,x\n', "quotation marks"),
        (b"Date,Session,Mark\n14/09/2026,P1,/\n", "register of lessons"),
        (b"Date,Session,Mark\n14/09/2026,Lesson 2,/\n", "register of lessons"),
        (b"Date,AM,PM\n" + b"14/09/2026,/,I\n" * 20_001, "20,000 rows"),
        (b"Date,AM,PM\n", "No session"),
    ],
)
def test_a_file_that_is_no_register_is_refused_with_what_to_do(data: bytes, words: str) -> None:
    result = read(data, TODAY)
    assert words in result["why"]
    assert register_table.TAKE in result["why"]
    assert result["sessions"] == []


def test_a_session_that_is_neither_morning_nor_afternoon_is_listed() -> None:
    result = read(b"Date,Session,Mark\n14/09/2026,AM,I\n14/09/2026,EVE,I\n", TODAY)
    assert [item["reason"] for item in result["not_understood"]] == ["the session is neither AM nor PM"]


def test_the_list_of_what_is_not_understood_has_an_end() -> None:
    result = read(b"Date,AM,PM\n14/09/2026,I,I\n" + b"soon,I,I\n" * 5000, TODAY)
    assert len(result["not_understood"]) == 200
    assert result["notices"][0].startswith("5,000 entries")


CELLS = st.sampled_from(
    ["Date", "Session", "Mark", "AM", "PM", "Week", "Marks", "UPN", "Name", "Mon", "14/09/2026", "2026-09-15",
     "7 Sep 2026",
     "/", "\\", "I", "C2", "II", "/\\/\\IIII/C2", "#", "-", "", "?", '"', "0", "P1", "x" * 300, "\u2028", "é"]
)  # fmt: skip
TABLES = st.builds(
    lambda rows, separator, encoding: "\n".join(separator.join(row) for row in rows).encode(encoding, "replace"),
    st.lists(st.lists(CELLS, max_size=7), max_size=12),
    st.sampled_from([",", ";", "\t", "|", "   "]),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
HEADED = st.builds(
    lambda header, rows: (header + "\n" + "\n".join(";".join(row) for row in rows)).encode(),
    st.sampled_from(["Date;AM;PM", "Date;Session;Mark", "Week;Marks", "Week;Mon;Tue;Wed;Thu;Fri", "UPN;Date;AM;PM"]),
    st.lists(st.lists(CELLS | st.text(max_size=12), max_size=6), max_size=15),
)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=500) | st.text(max_size=300).map(str.encode) | TABLES | HEADED, st.text(max_size=8))
def test_no_file_makes_the_reader_raise_or_invent(data: bytes, name: str) -> None:
    result = read(data, TODAY, "", name)
    assert result.keys() == {"sessions", "totals", "not_understood", "notices", "pupils", "why"}
    assert (result["why"] == "") == bool(result["sessions"] or result["pupils"] or result["totals"])
    for session in result["sessions"]:
        assert date.fromisoformat(session["date"]) <= TODAY
        assert session["code"] == NO_MARK or session["code"] in REGISTER_CODES
    places = [(session["date"], session["session"]) for session in result["sessions"]]
    assert places == sorted(set(places))
    assert all(item["row"] > 0 and len(item["shown"]) <= 24 for item in result["not_understood"])


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.dates(date(2025, 9, 1), TODAY), st.sampled_from(["AM", "PM"])),
        st.sampled_from(sorted(set(REGISTER_CODES) - {"/", "\\"})),
        min_size=1, max_size=40,
    ),
    st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d-%b-%Y", "%A %d %B %Y"]),
)  # fmt: skip
def test_what_a_system_writes_is_read_back(register: dict[tuple[date, str], str], written: str) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["Date", "Session", "Mark", "Comment"])
    for (day, half), code in register.items():
        writer.writerow([day.strftime(written), half, code, 'a "quoted",\nlong remark'])
    result = read(buffer.getvalue().encode(), TODAY)
    assert {
        (date.fromisoformat(item["date"]), item["session"]): item["code"] for item in result["sessions"]
    } == register
    assert result["not_understood"] == []
