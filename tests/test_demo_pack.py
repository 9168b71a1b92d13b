"""The made-up pupil's pack, sealed: what a council receives, read back as its programs would."""

import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from outloud import check

from tests.pack.pack_reading import content_text, pdftotext, squeezed
from wizard import export, samples
from wizard.councils import council
from wizard.folder import ReferralFolder
from wizard.folder import read as read_folder
from wizard.signing.identity import new_identity
from wizard.summary import summarise
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, judge

CLOCK = datetime.fromisoformat("2026-11-20T17:00:00+00:00")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> ReferralFolder:
    folder = tmp_path_factory.mktemp("demo") / "D"
    samples.write("essex-ebsa", folder)
    return read_folder(folder)


@pytest.fixture(scope="module")
def judgement(kept: ReferralFolder) -> Judgement:
    return judge(Facts.of(kept.case, council("essex"), CLOCK.date()))


@pytest.fixture(scope="module")
def pack(kept: ReferralFolder, judgement: Judgement) -> bytes:
    identity = new_identity("Lanternfield Academy", CLOCK)
    return export.make_pack(export.Order(judgement, kept.document, CLOCK, identity=identity)).pdf


def right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)


def answers(judgement: Judgement) -> Iterator[str]:
    """Every answer, a paragraph at a time."""
    for section in summarise(judgement.facts.answers):
        for part in section.parts:
            for row in part.rows:
                cells = [cell for line in row.table.rows for cell in line] if row.table else [row.text]
                for cell in cells:
                    yield from cell.splitlines()


def test_a_plain_reader_finds_every_left_to_right_answer(pack: bytes, judgement: Judgement, tmp_path: Path) -> None:
    found = "".join(squeezed(" ".join(pdftotext(pack, tmp_path, "-raw"))).split())
    wanted = {text for text in answers(judgement) if text.strip() and not right_to_left(text)}
    assert len(wanted) > 200
    assert {text for text in wanted if "".join(squeezed(text).split()) not in found} == set()


def test_right_to_left_answers_are_read_from_their_actual_text(pack: bytes, judgement: Judgement) -> None:
    wanted = [word for text in answers(judgement) for word in text.split() if right_to_left(word)]
    assert wanted
    said = squeezed(content_text(pack))
    assert [word for word in wanted if squeezed(word) not in said] == []


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_nothing_wrong(pack: bytes, tmp_path: Path) -> None:
    (tmp_path / "pack.pdf").write_bytes(pack)
    run = subprocess.run(["qpdf", "--check", tmp_path / "pack.pdf"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig (poppler-utils) is not installed")
def test_pdfsig_says_that_the_whole_document_is_validly_signed(pack: bytes, tmp_path: Path) -> None:
    (tmp_path / "pack.pdf").write_bytes(pack)
    run = subprocess.run(["pdfsig", "-nocert", tmp_path / "pack.pdf"], capture_output=True, text=True, check=False)
    assert "Signature is Valid" in run.stdout
    assert "Total document signed" in run.stdout
    assert "Signature Field Name: Seal" in run.stdout


def test_those_who_listen_to_it_find_no_error(pack: bytes, tmp_path: Path) -> None:
    file = tmp_path / "A sealed pack.pdf"
    file.write_bytes(pack)
    errors = [
        (one.rule, one.page, one.message) for one in check(str(file)).sorted_findings() if one.severity == "error"
    ]
    assert errors == []


def test_every_document_is_in_it_and_no_page_is_lost(pack: bytes, kept: ReferralFolder, tmp_path: Path) -> None:
    text = squeezed(" ".join(pdftotext(pack, tmp_path)))
    for number, fact in enumerate(kept.case.evidence, 1):
        assert f"Evidence {number}" in text
        assert fact.title in text
        assert fact.sha256 in text.replace(" ", "")
        assert f"page {fact.pages} of {fact.pages}" in text


def test_the_pupil_is_not_named_where_a_file_list_would_show_it(pack: bytes) -> None:
    with pikepdf.open(BytesIO(pack)) as pdf:
        assert "Amira" not in str(pdf.docinfo.items())
        assert "Amira" not in str(pdf.Root.Metadata.read_bytes())


def test_the_mail_draft_names_nobody(judgement: Judgement, pack: bytes) -> None:
    name, message = export.mail_draft(judgement, export.Pack(pack, 1, sealed=True, encrypted=True), CLOCK)
    before_the_pack = message.split(b"application/pdf")[0].decode()
    assert name.endswith(".eml")
    assert "To: medical@essex.gov.uk" in before_the_pack
    assert "R-7KQ4-2MC" in before_the_pack
    for word in ("Amira", "Kowalczyk", "Łukasz", "anxiety", "CAMHS"):
        assert word not in before_the_pack
        assert word not in name
