"""Files offered, prepared in the child and given back: the journey that the window and the command line make."""

import hashlib
import io
import json
import os
import sys
import zlib
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.evidence import pdfs_by_hand as by_hand
from wizard.errors import Cancelled, EvidenceRefused, UnusableInput
from wizard.evidence import offer, offered
from wizard.evidence.confined.process import Limits
from wizard.evidence.document import Outcome, PageFacts
from wizard.evidence.registers import register_answer
from wizard.evidence_fact import for_school
from wizard.register import Session

TODAY = date(2026, 11, 21)


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def photo() -> bytes:
    Image.effect_noise((40, 60), 80).save(buffer := io.BytesIO(), "JPEG")
    return buffer.getvalue()


def test_a_letter_is_prepared_looked_at_and_inspected(file: Callable[[str, bytes], Path]) -> None:
    data = by_hand.hostile()
    letter = file("letter.pdf", data)
    made = offer.prepare(letter)
    assert (made.outcome, made.kind, made.pages, made.why) == (Outcome.CLEANED, "pdf", 1, "")
    assert made.sha256 == hashlib.sha256(data).hexdigest()
    assert made.page_facts == (PageFacts(595.0, 842.0, 0, text=True),)
    assert letter.read_bytes() == data
    assert offer.prepare(letter) == made
    thumbnail = Image.open(io.BytesIO(made.thumbnail))
    preview = Image.open(io.BytesIO(offer.render_page(made.pdf, 0, 300)))
    assert (thumbnail.size, preview.size) == ((200, 284), (300, 425))
    assert min(preview.convert("L").tobytes()) < 100
    line = json.loads(json.dumps(offered.inspect_line(letter)))
    assert line == {"file": str(letter), "outcome": "cleaned", "kind": "pdf", "pages": 1,
                    "notices": list(for_school(made.notices)), "why": "", "dated": "", "with_original": False,
                    "parts": line["parts"]}  # fmt: skip
    assert [(part["file"], part["outcome"]) for part in line["parts"]] == [("inner.exe", "refused")]
    assert "PDF-" not in repr(made)


def test_a_photo_under_a_wrong_name_is_taken_and_told(file: Callable[[str, bytes], Path]) -> None:
    made = offer.prepare(file("scan.pdf", photo()))
    assert (made.outcome, made.kind, made.pages) == (Outcome.INCLUDED, "jpeg", 1)
    assert made.notices == ("The name ends in .pdf, but the file is a JPEG picture and was taken as one.",)


def test_a_pasted_picture_needs_no_file() -> None:
    assert offer.prepare_bytes(photo()).pdf.startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("name", "data", "kind", "words"),
    [
        ("plan.docx", b"PK\x03\x04 word/document.xml", "docx", "The document is damaged."),
        ("story.epub", b"PK\x03\x04mimetypeapplication/epub+zip", "epub", "This is an electronic book"),
        ("nothing.pdf", b"", "empty", "This is an empty file"),
        ("locked.pdf", by_hand.locked(user="x"), "pdf", "asks for a password"),
        ("broken.pdf", b"%PDF-1.4", "pdf", "damaged"),
        ("pages.pdf", by_hand.many_pages(10_000), "pdf", "10,000 pages"),
    ],
)
def test_a_refusal_says_what_it_is_and_what_to_do(
    file: Callable[[str, bytes], Path], name: str, data: bytes, kind: str, words: str
) -> None:
    made = offer.prepare(file(name, data))
    assert (made.outcome, made.kind, made.pages, made.pdf) == (Outcome.REFUSED, kind, 0, b"")
    assert words in made.why
    assert made.why.count(".") >= 2
    assert name not in made.why
    assert made.sha256 == hashlib.sha256(data).hexdigest()


def test_a_file_too_large_is_refused_without_being_read(
    file: Callable[[str, bytes], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offer, "LARGEST", 1 << 20)
    large = file("large.pdf", b"%PDF-1.4" + b"0" * (1 << 20))
    assert "larger than 1 MB" in offer.prepare(large).why
    assert "larger than 40 MB" in register_answer.read_register(large, TODAY).why


def test_what_is_no_file_is_unusable(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.pdf"):
        with pytest.raises(UnusableInput) as refusal:
            offer.prepare(path)
        assert refusal.value.remedy
        assert str(tmp_path) not in str(refusal.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are for POSIX")
def test_a_pipe_in_a_folder_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    with pytest.raises(UnusableInput):
        offer.prepare(tmp_path / "pipe.pdf")


def test_a_file_that_may_not_be_read_is_unusable(
    file: Callable[[str, bytes], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file("kept.pdf", b"%PDF-1.4")

    def refuse(*_: Any) -> None:
        raise PermissionError(13, "no", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnusableInput, match="cannot be read") as refusal:
        offer.prepare(path)
    assert refusal.value.__suppress_context__


def test_stopping_stops() -> None:
    with pytest.raises(Cancelled):
        offer.prepare_bytes(by_hand.saved(by_hand.letter()), cancelled=lambda: True)


def test_a_page_that_is_not_there_cannot_be_drawn() -> None:
    pdf = by_hand.saved(by_hand.letter())
    for page in (1, 10**9):
        with pytest.raises(EvidenceRefused):
            offer.render_page(pdf, page, 100)


PAGE = {"width": 595.0, "height": 842.0, "rotation": 0, "text": True, "shade": ""}
GOOD = {"kind": "pdf", "outcome": "included", "pages": [PAGE], "notices": [], "why": ""}
BLOBS = [b"%PDF-1.7", b"\x89PNG\r\n\x1a\n"]


def answering(content: Any, blobs: list[bytes]) -> Callable[..., Any]:
    return lambda operation, data, arguments, read, **_: read(content, blobs)


@pytest.mark.parametrize(
    ("content", "blobs"),
    [
        (None, BLOBS),
        ([], BLOBS),
        (GOOD | {"extra": 1}, BLOBS),
        (GOOD | {"outcome": "fine"}, BLOBS),
        (GOOD | {"kind": "novel"}, BLOBS),
        ({"convert": "docx", "notices": []}, []),
        (GOOD | {"pages": []}, BLOBS),
        (GOOD | {"pages": [PAGE] * 501}, BLOBS),
        (GOOD | {"pages": [PAGE | {"width": "595"}]}, BLOBS),
        (GOOD | {"pages": [PAGE | {"width": float("nan")}]}, BLOBS),
        (GOOD | {"pages": [PAGE | {"rotation": 45}]}, BLOBS),
        (GOOD | {"notices": ["x" * 601]}, BLOBS),
        (GOOD | {"notices": [1]}, BLOBS),
        (GOOD, []),
        (GOOD, [b"MZ", BLOBS[1]]),
        (GOOD, [BLOBS[0], b"<html>"]),
        (GOOD | {"outcome": "refused", "why": ""}, []),
        (GOOD | {"outcome": "refused", "why": "No."}, BLOBS[:1]),
    ],
)
def test_an_answer_in_any_other_shape_is_not_believed(
    content: Any, blobs: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offer, "serve", answering(content, blobs))
    monkeypatch.setattr(offer, "run", lambda *_, **__: ({"kind": "pdf"}, []))
    made = offer.prepare_bytes(b"%PDF-1.4")
    assert (made.outcome, made.kind, made.pdf) == (Outcome.REFUSED, "pdf", b"")
    assert "cannot be read safely" in made.why


def test_an_answer_in_the_right_shape_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offer, "serve", answering(GOOD, BLOBS))
    assert offer.prepare_bytes(b"%PDF-1.4").outcome == Outcome.INCLUDED
    monkeypatch.setattr(offer, "serve", answering(None, [b"no picture"]))
    with pytest.raises(EvidenceRefused):
        offer.render_page(b"", 0, 10)
    read = {"sessions": [{"date": "2026-09-14", "session": "XM", "code": "/"}], "totals": {}, "not_understood": [],
            "notices": [], "pupils": [], "why": ""}  # fmt: skip
    monkeypatch.setattr(register_answer, "run", lambda *_, **__: (read, []))
    monkeypatch.setattr(register_answer, "read_file", lambda _: b"")
    assert "cannot be read safely" in register_answer.read_register(Path("x"), TODAY).why


def test_a_register_is_read_for_one_pupil(file: Callable[[str, bytes], Path]) -> None:
    export = file("register.csv", b"UPN;Date;AM;PM\nB881999926001;16/09/2026;I;?\nA000000000000;16/09/2026;/;\\\n")
    assert len(register_answer.read_register(export, TODAY).pupils) == 2
    read = register_answer.read_register(export, TODAY, "B881999926001")
    assert read.sessions == (Session(date(2026, 9, 16), "AM", "I"), Session(date(2026, 9, 16), "PM", "-"))
    assert [(item.row, item.shown) for item in read.not_understood] == [(2, "?")]
    assert read.why == ""


def test_half_a_workbook_is_no_register(file: Callable[[str, bytes], Path]) -> None:
    why = register_answer.read_register(file("register.xlsx", b"PK\x03\x04 xl/workbook.xml"), TODAY).why
    assert "The spreadsheet is damaged" in why
    assert "save the sheet as CSV" in why


@pytest.mark.skipif(sys.platform != "linux", reason="the memory limit is kept on Linux")
def test_a_flood_inside_a_small_pdf_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page whose contents unpack to far more than the child may hold."""
    monkeypatch.setattr(offer, "serve", partial(offer.serve, limits=Limits(memory=300 << 20)))
    flood = zlib.compress(zlib.compress(b"\0" * (200 << 20), 9), 9)
    data = by_hand.raw(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%b\nendstream" % (len(flood), flood),
    )  # fmt: skip
    assert len(data) < 10_000
    made = offer.prepare_bytes(data)
    assert (made.outcome, made.kind) == (Outcome.REFUSED, "pdf")
