"""Spreadsheets as pages: what is seen in them is there, and what is hidden in them stays out."""

import struct
from datetime import date, datetime, time, timedelta
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence import workbooks
from tests.evidence.ole_files import ole
from wizard.evidence import intake, offer
from wizard.evidence.document import Outcome
from wizard.evidence.office import older_workbook, spreadsheet

LOOKS = "Its cells are shown as tables, not its looks."
ROWS = [["Name", "Born", "Hours"], ["Zoë Ahmed", date(2010, 5, 1), 2.5], ["Somebody Else", date(2010, 5, 2), 3]]


def prepared(data: bytes, kind: str = "xlsx") -> tuple[dict[str, Any], str]:
    facts, blobs = intake.prepare(data, kind)
    pages = pypdfium2.PdfDocument(blobs[0]) if facts["outcome"] == "cleaned" else ()
    return facts, " ".join(page.get_textpage().get_text_bounded() for page in pages).replace("\r\n", " ")


def changed(old: str, new: str, *sheets: list[list[Any]], in_part: str = "worksheets/") -> bytes:
    """A workbook in which some words of a part are others."""
    parts = workbooks.parts(*sheets)
    spoilt = {name: text.replace(old, new) if in_part in name else text for name, text in parts.items()}
    assert spoilt != parts
    return workbooks.packed(spoilt)


def test_each_sheet_is_a_table_under_its_name() -> None:
    made = offer.prepare_bytes(workbooks.workbook(ROWS, [["Total", 5.5]], names=["Autumn", "Sums"]), ".xlsx")
    said = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made.pdf))
    for words in ("Autumn", "Name Born Hours", "Zoë Ahmed 01/05/2010 2.5", "Sums", "Total 5.5"):
        assert words in said.replace("\r\n", " ")
    assert (made.outcome, made.notices, made.with_original) == (Outcome.CLEANED, (LOOKS,), False)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<row r="3">', '<row r="3" hidden="1">'),
        ('<row r="3">', '<row r="3" ht="0" customHeight="1">'),
        ("<sheetData>", '<cols><col min="1" max="1" hidden="true"/></cols><sheetData>'),
    ],
)
def test_hidden_rows_and_columns_are_not_shown_and_do_not_travel(old: str, new: str) -> None:
    facts, said = prepared(changed(old, new, ROWS))
    assert "Somebody Else" not in said
    assert "Hours" in said
    assert not facts["with_original"]
    assert "Hidden rows or columns in it are not shown, and the original is not sent along." in facts["notices"]


def test_a_hidden_sheet_is_not_shown_and_does_not_travel() -> None:
    data = changed('sheetId="2"', 'sheetId="2" state="hidden"', ROWS, [["secret"]], in_part="workbook.xml")
    facts, said = prepared(data)
    assert "secret" not in said
    assert facts["notices"][1] == "1 hidden sheet in it is not shown, and the original is not sent along."
    assert not facts["with_original"]


def test_a_binary_workbook_is_shown_and_says_that_what_is_hidden_is_seen() -> None:
    made = offer.prepare_bytes(workbooks.binary("Autumn", ["Name", "Hours"], ["Zoë Ahmed", "three"]), ".xlsb")
    said = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made.pdf))
    assert "Name Hours Zoë Ahmed three" in said.replace("\r\n", " ")
    assert made.outcome == Outcome.CLEANED
    assert made.notices == (
        LOOKS,
        "Rows and columns that are hidden in it are shown.\nCheck that nobody else is in them.",
    )


def test_a_share_is_shown_as_the_percentage_that_its_cell_shows() -> None:
    parts = workbooks.parts([["Attendance", 0.925, 0.5, 1.0, 0.333333]])
    style = '<xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="170"/>'
    parts["xl/styles.xml"] = (
        parts["xl/styles.xml"]
        .replace("<cellXfs", '<numFmts><numFmt numFmtId="170" formatCode="0.0%"/></numFmts><cellXfs')
        .replace('<xf numFmtId="0"/>', style)
    )
    sheet = "xl/worksheets/sheet1.xml"
    for place, number in (("B1", 1), ("D1", 2), ("E1", 2)):
        parts[sheet] = parts[sheet].replace(f'r="{place}"', f'r="{place}" s="{number}"')
    assert "Attendance 92.5% 0.5 100% 33.33%" in prepared(workbooks.packed(parts))[1]


def test_a_cell_at_the_far_corner_of_a_sheet_is_refused_and_one_far_down_is_not() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>7</v></c></row></sheetData>'
    why = prepared(changed("</sheetData>", far, ROWS))[0]["why"]
    assert why.startswith("The spreadsheet grows too large when it is opened.")
    assert "7" in prepared(changed("</sheetData>", far.replace("1048576", "2000").replace("XFD", "D"), ROWS))[1]


def test_an_indented_opendocument_spreadsheet_is_read() -> None:
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    cell = '\n <table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>\n'
    row = f"\n<table:table-row>{cell.format('Zoë Ahmed')}{cell.format('three hours')}</table:table-row>\n"
    table = f'\n<table:table table:name="Autumn">{row}</table:table>\n'
    content = f"<office:document-content{names}><office:body><office:spreadsheet>{table}</office:spreadsheet>"
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {"mimetype": mimetype, "content.xml": content + "</office:body></office:document-content>"}
    parts["META-INF/manifest.xml"] = manifest
    assert prepared(workbooks.packed(parts), "ods")[1] == "Zoë Ahmed three hours"


def test_formulas_and_charts_are_told_and_the_original_travels_for_the_chart() -> None:
    parts = workbooks.parts([["a", 3]])
    parts = {name: text.replace("<v>3</v>", "<f>1+2</f><v>3</v>") for name, text in parts.items()}
    facts, said = prepared(workbooks.packed(parts | {"xl/charts/chart1.xml": "<c/>"}))
    assert "a 3" in said
    assert any("formulas" in notice for notice in facts["notices"])
    assert "Charts, drawings and pictures in it are not shown." in facts["notices"]
    assert facts["with_original"]


FAILED = "Cells whose formula failed, such as #N/A, are shown empty."
MARGINS = "What its printed pages have at their head and foot is not shown."
COMMENTS = "It holds comments, so the original is not sent along."
DRAWN = "Charts, drawings and pictures in it are not shown."


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("&amp;L&amp;8Ward 4&amp;R&amp;P", True),
        ("&amp;CPage &amp;P of &amp;N", False),
        ("&amp;L&amp;&quot;Arial,Bold&quot;&amp;P&amp;R&amp;D", False),
    ],
)
def test_what_stands_around_the_cells_and_formulas_that_failed_are_told(head: str, told: bool) -> None:
    header = f"</sheetData><headerFooter><oddHeader>{head}</oddHeader></headerFooter>"
    assert (MARGINS in prepared(changed("</sheetData>", header, ROWS))[0]["notices"]) == told
    failed = '<row r="9"><c r="A9" t="e"><v>#N/A</v></c></row></sheetData>'
    assert FAILED in prepared(changed("</sheetData>", failed, ROWS))[0]["notices"]


@pytest.mark.parametrize(
    ("number", "body", "told"),
    [
        (0x0014, struct.pack("<HB", 6, 0) + b"Ward 4", MARGINS),
        (0x0205, struct.pack("<HHHBB", 8, 0, 0, 42, 1), FAILED),
        (0x0006, struct.pack("<HHHBxBxxxHHIH", 8, 0, 0, 2, 42, 0xFFFF, 0, 0, 0), FAILED),
        (0x005D, struct.pack("<HHHH", 0x15, 0x12, 5, 1) + bytes(14), DRAWN),
        (
            0x001C,
            struct.pack("<HHHHHB", 0, 0, 0, 1, 1, 0) + b"x",
            "It holds comments, so the original is not sent along.",
        ),
    ],
)
def test_what_an_older_workbook_holds_beside_its_cells_is_told(number: int, body: bytes, told: str) -> None:
    assert told not in prepared(older(), "xls")[0]["notices"]
    assert told in prepared(older(more=record(number, body)), "xls")[0]["notices"]


def test_more_rows_than_are_shown_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 5)
    facts, said = prepared(workbooks.packed(workbooks.parts([[f"row{number}"] for number in range(9)])))
    assert "row4" in said
    assert "row5" not in said
    assert facts["notices"][-1] == "Of a sheet at most 5 rows and 200 columns are shown."
    assert facts["with_original"]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (True, "TRUE"), (datetime(2026, 9, 14), "14/09/2026"), (datetime(2026, 9, 14, 9, 5), "14/09/2026 09:05"),
        (date(2026, 9, 14), "14/09/2026"), (time(9, 5), "09:05"), (timedelta(hours=26, minutes=3), "26:03"),
        (3.0, "3"), (0.1 + 0.2, "0.3"), (1e20, "1e+20"), (" x ", "x"), ("", ""),
    ],
)  # fmt: skip
def test_cells_are_written_as_in_england(cell: object, shown: str) -> None:
    assert spreadsheet._shown(cell) == shown


GOOD = workbooks.workbook(ROWS)


@settings(max_examples=60)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=20))
def test_damaged_spreadsheets_end_in_an_outcome(at: int, noise: bytes) -> None:
    assert prepared(GOOD[:at] + noise + GOOD[at + len(noise) :])[0]["outcome"] in ("cleaned", "refused")


@settings(max_examples=60)
@given(st.sampled_from(sorted(workbooks.parts(ROWS))), st.binary(max_size=100))
def test_any_part_may_be_anything(part: str, data: bytes) -> None:
    assert prepared(workbooks.packed(workbooks.parts(ROWS) | {part: data}))[0]["outcome"] in ("cleaned", "refused")


@settings(max_examples=30)
@given(st.binary(max_size=300))
def test_any_bytes_of_an_older_workbook_end_in_an_outcome(data: bytes) -> None:
    assert offer.prepare_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data).outcome == Outcome.REFUSED


def record(number: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(body)) + body


def older(
    row_flags: int = 0, column_flags: int = 0, name: str = "Workbook", *, locked: bool = False, more: bytes = b""
) -> bytes:
    """An Excel 97 workbook with one sheet of two rows and two columns, and more records in it."""
    kinds = {"book": struct.pack("<HH12x", 0x0600, 0x0005), "sheet": struct.pack("<HH12x", 0x0600, 0x0010)}
    cells = b"".join(
        record(0x0203, struct.pack("<HHHd", row, column, 0, 10 * row + column + 7))
        for row in (0, 1) for column in (0, 1)
    )  # fmt: skip
    rows = b"".join(
        record(0x0208, struct.pack("<HHHHHHHH", row, 0, 2, 255, 0, 0, row_flags * row, 0)) for row in (0, 1)
    )
    columns = record(0x007D, struct.pack("<HHHHHH", 1, 1, 2560, 0, column_flags, 0))
    sheet = record(0x0809, kinds["sheet"]) + columns + rows + cells + more + record(0x000A)
    start, entry = record(0x0809, kinds["book"]), 16
    start += record(0x002F, b"\1\0\1\0\1\0" + bytes(48)) if locked else b""
    title = record(0x0085, struct.pack("<IBBBB", len(start) + entry + 4, 0, 0, 4, 0) + b"Log1")
    assert len(title) == entry
    return ole({name: (start + title + record(0x000A) + sheet).ljust(4096, b"\0")})


@pytest.mark.parametrize(
    ("flags", "shown", "unseen"),
    [({}, "7 8 17 18", ""), ({"row_flags": 0x20}, "7 8", "17"), ({"column_flags": 1}, "7 17", "8")],
)
def test_what_is_hidden_in_an_older_workbook_is_not_shown_either(
    flags: dict[str, int], shown: str, unseen: str
) -> None:
    facts, said = prepared(older(**flags), "xls")
    assert said.split() == shown.split()
    assert not unseen or unseen not in said.split()
    told = "Hidden rows or columns in it are not shown, and the original is not sent along."
    assert (told in facts["notices"]) == bool(flags)


@pytest.mark.parametrize("name", ["Workbook", "WORKBOOK", "Book"])
def test_the_book_of_an_older_workbook_is_found_by_any_of_its_names_and_a_locked_one_says_so(name: str) -> None:
    made = offer.prepare_bytes(older(name=name), ".xls")
    assert (made.kind, made.outcome, made.pages) == ("xls", Outcome.CLEANED, 1)
    assert prepared(older(name=name, locked=True), "xls")[0]["why"].startswith("The spreadsheet is protected")


DAMAGE = st.integers(0, len(older()) - 1), st.binary(min_size=1, max_size=20)


@settings(max_examples=200)
@given(*DAMAGE)
def test_what_is_hidden_is_looked_for_in_any_bytes(at: int, noise: bytes) -> None:
    data = older()
    found = older_workbook.hidden(data[:at] + noise + data[at + len(noise) :])
    assert found is None or all(isinstance(name, str) for name in found)


@settings(max_examples=20)
@given(*DAMAGE)
def test_damaged_older_workbooks_end_in_an_outcome(at: int, noise: bytes) -> None:
    """In the child: a few of them make calamine ask for more memory than there is, which ends its process."""
    data = older()
    made = offer.prepare_bytes(data[:at] + noise + data[at + len(noise) :])
    assert made.outcome in (Outcome.CLEANED, Outcome.REFUSED)


def test_a_cell_that_is_nowhere_ends_in_a_sentence() -> None:
    far = record(0x0203, struct.pack("<HHHd", 0xFFFF, 0xFFFF, 0, 1.0))
    data = older().replace(record(0x0203, struct.pack("<HHHd", 1, 1, 0, 18.0)), far)
    assert data != older()
    made = offer.prepare_bytes(data)
    assert (made.outcome, bool(made.why)) == (Outcome.REFUSED, True)
