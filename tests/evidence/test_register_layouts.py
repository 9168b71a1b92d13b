"""Register exports as schools' systems write them, each read through the child process; and files that mean harm."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from tests.evidence.workbooks import packed, parts, workbook
from wizard import samples
from wizard.evidence.confined import worker
from wizard.evidence.registers import register_answer
from wizard.evidence.registers.register_answer import RegisterRead, read_register
from wizard.evidence.registers.register_reader import read

TODAY = date(2026, 11, 21)
UPN = "B881999926001"


def in_child(data: bytes, **options: Any) -> RegisterRead:
    return read_register(data, TODAY, **options)


def marks(found: RegisterRead) -> str:
    return " ".join(session.code for session in found.sessions)


def first_and_last(found: RegisterRead) -> tuple[date, date]:
    return found.sessions[0].date, found.sessions[-1].date


TWO_WEEKS = r"/ \ / \ / \ / \ / \ / \ / \ I I I I / C2"

A = r"""UPN,Surname,Forename,Reg,Date,Session,Mark,Meaning,Comment
B881999926001,Quillfeather,Rosalind,10T,14/09/2026,AM,/,Present AM,
B881999926001,Quillfeather,Rosalind,10T,16/09/2026,AM,I,Illness,GP letter 12/9
B881999926001,Quillfeather,Rosalind,10T,18/09/2026,PM,C2,Part-time timetable,
"""
B = r"""Date;Day;AM;PM
16-Sep-2026;Wed;I;I
18-Sep-2026;Fri;/;C2
28-Oct-2026;Wed;#;#
"""
C = r"""Week beginning   Marks         Poss  Att  Auth  Unauth
07/09/2026       /\/\/\/\/\     10   10    0      0
14/09/2026       /\/\IIII/C2    10    5    5      0
21/09/2026       II##II--NN      6    0    4      2
"""
E = r"""Lanternfield Academy (881/9999)              Registration Certificate
Name: Rosalind Quillfeather   DOB: 15/03/2012   Reg: 10T   UPN: B881999926001
Period: 07/09/2026 to 20/09/2026
Week commencing      Mon  Tue  Wed  Thu  Fri
07 Sep 2026          /\   /\   /\   /\   /\
14 Sep 2026          /\   /\   II   II   /C2
Possible 20  Attended 15 (75.0%)  Authorised 5 (25.0%)  Unauthorised 0 (0.0%)  Late 0
Codes used: I Illness; C2 Part-time timetable; / \ Present
I certify that this is a true copy. Signed ................ Head teacher  Date ........
"""
F = """Name,Year,Possible,Present,AEA,Authorised,Unauthorised,Lates,% Attend
"Quillfeather, Rosalind",10,20,15,0,5,0,0,75.0%
"""
DAYS = ["Mon 14/09", None, "Tue 15/09", None, "Wed 16/09", None, "Thu 17/09", None, "Fri 18/09", None]
MARKS = ["/", "\\", "/", "\\", "I", "I", "I", "I", "/", "C2"]
D: list[list[Any]] = [
    ["Attendance, Year 10, 2026/27"],
    [None, *DAYS, "Possible", "Present", "%"],
    ["Pupil", *["AM", "PM"] * 5],
    ["Quillfeather, Rosalind", *MARKS, 10, 5, 50.0],
    ["Marsh, Tom", *["/", "\\"] * 5, 10, 10, 100.0],
]
MERGED = ["B2:C2", "D2:E2", "F2:G2", "H2:I2", "J2:K2"]


def test_a_one_row_a_session() -> None:
    found = in_child(A.encode(), upn=UPN)
    assert [(s.date.day, s.session, s.code) for s in found.sessions] == [
        (14, "AM", "/"),
        (16, "AM", "I"),
        (18, "PM", "C2"),
    ]
    assert (found.not_understood, found.notices, found.why) == ((), (), "")
    assert "GP letter" not in repr(found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_b_one_row_a_day(encoding: str) -> None:
    found = in_child(("Zoë’s register\n" + B).encode(encoding))
    assert marks(found) == r"I I / C2 # #"
    assert any("Nothing is recorded between 18 September 2026 and 28 October 2026" in one for one in found.notices)


def test_c_one_row_a_week() -> None:
    found = in_child(C.encode())
    assert marks(found) == f"{TWO_WEEKS} I I # # I I - - N N"
    assert found.totals == {"possible": 26, "attended": 15, "authorised": 9, "unauthorised": 2}
    assert not any("totals in the file" in one for one in found.notices)


def test_where_the_file_counts_sessions_without_a_mark_it_is_said() -> None:
    found = in_child(C.replace("6    0    4", "8    0    4").encode())
    assert any("possible 28 in the file, 26 by its marks" in one for one in found.notices)
    assert any("sessions without a mark as possible" in one for one in found.notices)


@pytest.mark.parametrize("week", [r"/\ /\ II II /C2", r"/ \ / \ I I I I / C2", r"/\/\IIII/C2####", r"/\\/\\IIII/C2"])
def test_c_in_its_variants(week: str) -> None:
    assert marks(in_child(f"Week beginning;Marks\n14/09/2026;{week}\n".encode())) == r"/ \ / \ I I I I / C2"


def test_c_with_a_column_for_each_half_of_a_day() -> None:
    heads = "\t".join(f"{day} {half}" for day in ("Mon", "Tue", "Wed", "Thu", "Fri") for half in ("AM", "PM"))
    text = f"W/C\t{heads}\n14/09/2026\t" + "\t".join(MARKS)
    assert marks(in_child(text.encode())) == r"/ \ / \ I I I I / C2"


def test_d_a_grid_with_two_header_rows_and_merged_dates() -> None:
    found = in_child(workbook(D, merged=MERGED), name="Rosalind Quillfeather")
    assert marks(found) == r"/ \ / \ I I I I / C2"
    assert first_and_last(found) == (date(2026, 9, 14), date(2026, 9, 18))
    assert found.totals == {"possible": 10, "attended": 5}
    assert "Marsh" not in repr(found)
    assert any("2 pupils" in one for one in found.notices)


def test_d_asks_which_pupil_when_none_fits_and_reads_the_one_chosen() -> None:
    data = workbook(D, merged=MERGED)
    asked = in_child(data, name="Ada Lovelace")
    assert (asked.pupils, asked.sessions) == (("Quillfeather, Rosalind", "Marsh, Tom"), ())
    assert marks(in_child(data, name="Ada Lovelace", chosen="Marsh, Tom")) == " ".join(["/ \\"] * 5)


@pytest.mark.parametrize(
    ("title", "dates"),
    [
        ("Week of 14 September 2026", ["14", None, "15", None, "16", None, "17", None, "18", None]),
        ("14/09/2026 to 18/09/2026", ["Mon 14", None, "Tue 15", None, "Wed 16", None, "Thu 17", None, "Fri 18", None]),
        ("September 2026", ["14", None, "15", None, "16", None, "17", None, "18", None]),
        ("2026", ["14 Sep", None, "15 Sep", None, "16 Sep", None, "17 Sep", None, "18 Sep", None]),
        ("", [item for day in range(14, 19) for item in (date(2026, 9, day), None)]),
        ("", [item for day in range(46279, 46284) for item in (day, None)]),
    ],
)
def test_d_with_dates_as_they_come(title: str, dates: list[Any]) -> None:
    rows = [[title], [None, *dates], *D[2:4]]
    found = in_child(workbook(rows))
    assert first_and_last(found) == (date(2026, 9, 14), date(2026, 9, 18))


def test_d_without_a_year_anywhere_is_not_guessed() -> None:
    found = in_child(workbook([["Attendance"], *D[1:]]))
    assert "lack the month or the year" in found.why
    assert found.sessions == ()


def test_d_as_text_with_the_half_beside_the_date() -> None:
    text = "Pupil,14/09/2026 AM,14/09/2026 PM,15/09/2026 AM,15/09/2026 PM\nRosalind Quillfeather,/,\\,I,I\n"
    assert marks(in_child(text.encode(), name="Rosalind Quillfeather")) == r"/ \ I I"


def test_e_a_registration_certificate_as_text() -> None:
    found = in_child(E.encode(), upn=UPN, name="Rosalind Quillfeather")
    assert marks(found) == TWO_WEEKS
    assert found.totals == {"possible": 20, "attended": 15, "authorised": 5, "unauthorised": 0}
    assert (found.not_understood, found.why) == ((), "")


def certificate(font: str = "Helvetica", last: str = "/C2") -> bytes:
    """The certificate as a PDF, its columns at fixed places; the second Tuesday is blank."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.setFont(font, 10)
    for at, line in enumerate(E.splitlines()):
        y = 780 - 16 * at
        if not 3 <= at <= 5:
            canvas.drawString(50, y, line)
            continue
        cells = line.split("  ")
        row = [cell.strip() for cell in cells if cell.strip()]
        if at == 5:
            row[2], row[-1] = "", last
        for x, cell in zip((50, 200, 250, 300, 350, 400), row, strict=True):
            canvas.drawString(x, y, cell)
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("font", ["Helvetica", "Courier", "Times-Roman"])
def test_e_as_a_pdf_where_a_blank_day_shifts_nothing(font: str) -> None:
    found = in_child(certificate(font), upn=UPN)
    assert marks(found) == r"/ \ / \ / \ / \ / \ / \ - - I I I I / C2"
    assert any("attended 15 in the file, 13 by its marks" in one for one in found.notices)


def test_e_of_another_pupil_is_asked_about() -> None:
    assert in_child(certificate(), upn="Z000000000000").pupils == (f"Rosalind Quillfeather ({UPN})",)


CERTIFICATE = certificate()


def test_e_as_the_sample_prints_it_agrees_with_its_register() -> None:
    case = samples.case("essex-ebsa")
    (paper,) = [data for name, data in samples.papers("essex-ebsa").items() if name.startswith("Registration")]
    found = read_register(paper, date(2026, 11, 24), case.answers["pupil"]["upn"])
    kept = [(one["date"], one["session"], one["code"]) for one in case.answers["attendance"]["register"]["sessions"]]
    assert [(one.date.isoformat(), one.session, one.code) for one in found.sessions] == kept
    assert (found.not_understood, found.totals["possible"], found.totals["attended"]) == ((), 100, 56)


def test_e_as_a_scan_has_no_text() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.rect(50, 50, 200, 200)
    canvas.save()
    assert "it is a scan" in in_child(buffer.getvalue()).why


def test_f_totals_alone() -> None:
    found = in_child(F.encode(), name="Rosalind Quillfeather")
    assert found.totals == {"possible": 20, "attended": 15, "authorised": 5, "unauthorised": 0}
    assert (found.sessions, found.why) == ((), "")
    assert "totals alone" in found.notices[0]


@pytest.mark.parametrize(("row", "attended"), [("20,13,2,5,0", 15), ("20,15,2,5,0", 15)])
def test_f_finds_out_whether_activity_is_inside_present(row: str, attended: int) -> None:
    found = in_child(f"Possible,Present,AEA,Authorised,Unauthorised\n{row}\n".encode())
    assert found.totals["attended"] == attended


def test_f_as_codes_with_their_numbers() -> None:
    found = in_child(b"Code,Sessions\n/,10\n\\,9\nI,4\nM,1\nD,6\nTotal,24\n")
    assert found.totals == {"possible": 24, "attended": 19, "authorised": 5, "unauthorised": 0, "health": 5}


def test_a_workbook_with_a_title_and_the_register_on_its_second_sheet() -> None:
    register = [["Lanternfield Academy"], [], ["Date", "AM", "PM"], [date(2026, 9, 14), "/", "\\"], [46280, "I", "I"]]
    found = in_child(workbook([["About this report"]], register, names=("About", "Register")))
    assert marks(found) == r"/ \ I I"
    assert any("spreadsheet’s numbers" in one for one in found.notices)


# Files that mean harm


def spoilt(**changed: str | bytes) -> bytes:
    return packed({**parts(D), **{name.replace("__", "/"): content for name, content in changed.items()}})


LAUGHS = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def lying_about_its_size() -> bytes:
    """A bomb whose directory says that it is small."""
    data = bytearray(packed({**parts(D), "xl/sharedStrings.xml": b"\0" * (120 << 20)}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo("xl/sharedStrings.xml").file_size.to_bytes(4, "little")
    return bytes(data.replace(size, (100).to_bytes(4, "little")))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(lambda: workbook(D)[:900], "The spreadsheet is damaged", id="truncated"),
        pytest.param(lambda: packed({"xl/workbook.xml": "<workbook/>"}), "The spreadsheet is damaged", id="no parts"),
        pytest.param(
            lambda: packed({**parts(D), "xl/sharedStrings.xml": b"\0" * (120 << 20)}), "grows too large", id="zip bomb"
        ),
        pytest.param(lying_about_its_size, "The spreadsheet is damaged", id="zip bomb that lies"),
        pytest.param(
            lambda: packed({**parts(D), "xl/sharedStrings.xml": LAUGHS + "<sst>&b;</sst>"}),
            "declarations that none needs",
            id="billion laughs",
        ),
        pytest.param(
            lambda: packed({**parts(D), "xl/workbook.xml": (LAUGHS + "<workbook/>").encode("utf-16")}),
            "declarations that none needs",
            id="billion laughs in UTF-16",
        ),
        pytest.param(
            lambda: packed(
                {
                    **parts(D),
                    "xl/worksheets/sheet1.xml": parts(D)["xl/worksheets/sheet1.xml"].replace(
                        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                    ),
                }
            ),
            "",
            id="one cell very far away",
        ),
        pytest.param(lambda: certificate()[:700], "The PDF", id="half a PDF"),
        pytest.param(lambda: b"\xff\xfe" + "Date,AM\n".encode("utf-16-be"), "", id="the wrong byte order"),
        pytest.param(lambda: b"Date,AM,PM\n\x00\x81\x8d\xff\xfe,,\n", "", id="no encoding at all"),
    ],
)
def test_hostile_files_end_in_a_sentence(data: Any, words: str) -> None:
    found = in_child(data())
    assert found.sessions == ()
    assert words in found.why
    assert found.why.endswith(".")
    assert "Traceback" not in found.why


SPOILING = st.lists(
    st.tuples(st.integers(0, 10_000), st.sampled_from(["change", "cut", "put"]), st.binary(min_size=1, max_size=12)),
    min_size=1,
    max_size=12,
)
PARTS = parts(D, merged=MERGED)


def spoil(data: bytes, changes: list[tuple[int, str, bytes]]) -> bytes:
    """The bytes with some of them changed, cut out, or others put between them."""
    spoilt = bytearray(data)
    for place, change, some in changes:
        at = place % (len(spoilt) + 1)
        spoilt[at : at + (0 if change == "put" else len(some))] = b"" if change == "cut" else some
    return bytes(spoilt)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["xlsx", "pdf", *PARTS]), SPOILING)
def test_no_spoilt_workbook_or_certificate_makes_the_reader_raise(
    which: str, changes: list[tuple[int, str, bytes]]
) -> None:
    if which in PARTS:
        data = packed({**PARTS, which: spoil(PARTS[which].encode(), changes)})
    else:
        data = spoil(CERTIFICATE if which == "pdf" else packed(PARTS), changes)
    found = read(data, TODAY)
    assert bool(found["why"]) != bool(found["sessions"] or found["pupils"] or found["totals"])


@settings(max_examples=4, deadline=None)
@given(st.sampled_from(["xlsx", "pdf"]), SPOILING)
def test_the_child_answers_whatever_it_is_given(which: str, changes: list[tuple[int, str, bytes]]) -> None:
    found = in_child(spoil(CERTIFICATE if which == "pdf" else packed(PARTS), changes))
    assert bool(found.why) != bool(found.sessions or found.pupils or found.totals)


def test_two_hundred_megabytes_are_not_read(tmp_path: Any) -> None:
    path = tmp_path / "register.csv"
    with path.open("wb") as file:
        file.truncate(200 << 20)
    assert "which no register is" in read_register(path, TODAY).why


def test_a_file_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    start = (
        "import sys; sys.path += sys.argv[1:-2]; from wizard.evidence.confined.child import main; "
        "main({'register': 'tests.evidence.bombs:sleep'})"
    )
    monkeypatch.setattr(worker, "_START", start)
    limited = worker.run
    limits = worker.Limits(wall_seconds=0.3)
    monkeypatch.setattr(register_answer, "run", lambda *given, **options: limited(*given, **options, limits=limits))
    assert "took too long" in in_child(A.encode()).why


def test_what_goes_through_the_child_is_what_the_function_says() -> None:
    assert marks(in_child(B.encode())) == " ".join(one["code"] for one in read(B.encode(), TODAY)["sessions"])
