"""Office documents and archives that are cut off or damaged: what is still there is shown, and people are told."""

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence import workbooks
from tests.evidence.office_files import docx, odt, paragraph
from tests.evidence.test_office import text_of
from wizard.evidence import intake, offer
from wizard.evidence.document import Outcome
from wizard.evidence.mending import NOTICE


def as_written(document: bytes) -> bytes:
    """As programs write it: what it is stands first, and is not packed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name), zipfile.ZIP_STORED if name == "mimetype" else None)
    return buffer.getvalue()


LINES = [f"Line {number} of the report." for number in range(120)]
REPORT = docx("".join(map(paragraph, LINES)))
NOTES = as_written(odt("".join(f"<text:p>{line}<text:line-break/></text:p>" for line in LINES)))
HOURS = workbooks.workbook([[line] for line in LINES], [["second sheet"]])


def without_list(data: bytes) -> bytes:
    """As it is when the end of a download is missing: the list of the files in it is gone."""
    return data[: data.index(b"PK\x01\x02")]


@pytest.mark.parametrize("whole", [REPORT, NOTES, HOURS])
def test_a_document_that_lost_its_end_is_shown_and_said_to_be_damaged(whole: bytes) -> None:
    facts, blobs = intake.prepare(without_list(whole), convertible=("docx", "odt"))
    assert (facts["outcome"], facts["notices"][0], facts["with_original"]) == (Outcome.CLEANED, NOTICE, False)
    assert [line for line in LINES if line not in text_of(blobs[0])] == []


@pytest.mark.parametrize(("whole", "part"), [(REPORT, "word/document.xml"), (NOTES, "content.xml")])
def test_a_document_that_is_cut_in_its_text_is_shown_up_to_there(whole: bytes, part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        inside = archive.getinfo(part)
    facts, blobs = intake.prepare(whole[: inside.header_offset + len(part) + 30 + inside.compress_size // 2])
    assert facts["notices"][0] == NOTICE
    assert LINES[5] in text_of(blobs[0])
    assert LINES[-1] not in text_of(blobs[0])


def test_a_workbook_that_lost_a_sheet_shows_the_others_and_says_so() -> None:
    parts = workbooks.parts([["lost"]], [["second sheet"]])
    facts, blobs = intake.prepare(workbooks.packed({k: v for k, v in parts.items() if "sheet1" not in k}))
    assert "1 sheet in it could not be read." in facts["notices"]
    assert "second sheet" in text_of(blobs[0])


def test_of_a_cut_archive_the_whole_files_are_offered() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("letter.txt", "Dear school")
        archive.writestr("cut.txt", "x" * 5000)
    made = offer.prepare_bytes(buffer.getvalue()[:3000], ".zip")
    assert made.notices[0] == NOTICE
    assert [(part.name, part.data) for part in made.parts] == [("letter.txt", b"Dear school")]


def test_a_damaged_name_costs_its_own_file_alone() -> None:
    """One that begins with what ends names, one that would be another's from there on, one without end."""
    damage = {b"lost.txt": b"\0ost.txt", b"letter.txt+": b"letter.txt\0", b"x" * 60_000: b"\xff" * 60_000}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("letter.txt", "Dear school")
        for name in damage:
            archive.writestr(name.decode(), "Lost")
    data = without_list(buffer.getvalue())
    for name, noise in damage.items():
        data = data.replace(name, noise)
    made = offer.prepare_bytes(data, ".zip")
    assert made.notices[0] == NOTICE
    assert (made.parts[0].name, made.parts[0].data) == ("letter.txt", b"Dear school")
    assert [len(part.data) for part in made.parts[1:]] == [len("Lost")], "the one whose name is too long"


@pytest.mark.parametrize("left", ["head", "nothing"])
def test_a_document_of_which_nothing_is_left_is_refused(left: str) -> None:
    empty = docx("<w:p/>") if left == "head" else b"PK\x03\x04 word/document.xml"
    facts, _ = intake.prepare(without_list(empty) if left == "head" else empty)
    assert facts["outcome"] == Outcome.REFUSED
    assert "damaged" in facts["why"]


SPOILT = st.lists(st.tuples(st.integers(0, 4000), st.binary(min_size=1, max_size=8)), max_size=4)


@settings(max_examples=60)
@given(st.sampled_from([REPORT, NOTES, HOURS]), SPOILT, st.integers(30, 6000))
def test_any_damage_ends_in_an_outcome(whole: bytes, spoilt: list[tuple[int, bytes]], length: int) -> None:
    data = bytearray(whole)
    for at, noise in spoilt:
        data[at : at + len(noise)] = noise
    facts: dict[str, Any] = intake.prepare(bytes(data[:length]))[0]
    assert facts["outcome"] in tuple(Outcome)
