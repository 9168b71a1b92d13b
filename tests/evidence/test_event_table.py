"""Exports of events are read as tables; what they mean and what is taken is not decided here."""

from pathlib import Path

import pytest

from tests.evidence.workbooks import workbook
from wizard.evidence.school.school_answer import read_events

CSV = (
    "Chronology of one pupil\n\n"
    "Incident Date,Category,Incident,Linked pupils,Action Taken,Added by\n"
    '14/09/2026 09:30,Concern,"Said she was afraid\nof going home",A. Other,Referred,Deputy DSL\n'
    "15/09/2026,Attendance,Away again,,Rang home,Tutor\n"
    "Printed on 20/09/2026\n"
)


def written(folder: Path, data: bytes) -> Path:
    file = folder / "export"
    file.write_bytes(data)
    return file


def test_a_table_is_read_with_its_lines(tmp_path: Path) -> None:
    table = read_events(written(tmp_path, CSV.encode("cp1252")))
    assert table.why == ""
    assert table.headings == ("Incident Date", "Category", "Incident", "Linked pupils", "Action Taken", "Added by")
    assert [row[0] for row in table.rows] == ["14/09/2026 09:30", "15/09/2026"]
    assert table.rows[0][2] == "Said she was afraid\nof going home"


def test_a_spreadsheet_is_read_too(tmp_path: Path) -> None:
    table = read_events(written(tmp_path, workbook([["Date", "Event"], ["2026-09-14", "Told the DSL"]])))
    assert table.rows == (("2026-09-14", "Told the DSL"),)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 and so on", "not taken apart"),
        (b"", "empty file"),
        (b"Date,Event\n" + b"1/1/2026,x\n" * 501, "more than 500 rows"),
        (b"Just a letter without a table.", "No table"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
    ],
    ids=["PDF", "empty", "too long", "prose", "picture"],
)
def test_what_is_no_table_ends_in_a_sentence(tmp_path: Path, data: bytes, words: str) -> None:
    table = read_events(written(tmp_path, data))
    assert words in table.why
    assert table.rows == ()
