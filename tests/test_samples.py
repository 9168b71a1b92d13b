"""The made-up referral: complete, ready, the same on every run, and with papers like those that schools have."""

import base64
import os
import subprocess
import sys
import unicodedata
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from forms.kit.policy import Level
from wizard import samples
from wizard.case import Case
from wizard.councils import council
from wizard.errors import CannotWrite, UnusableInput
from wizard.evidence.offer import prepare_bytes
from wizard.evidence.registers.register_reader import read as read_register
from wizard.folder import digest, read_case
from wizard.folder import read as read_folder
from wizard.register import HealthRule, count
from wizard.register_answers import register_sessions
from wizard.validation.facts import Facts
from wizard.validation.requirements import State, judge, pages_asked, signers

NAME = "essex-ebsa"
LATER = [date(2026, 11, 23), date(2027, 3, 31), date(2027, 7, 20)]


@pytest.fixture
def case() -> Case:
    return samples.case(NAME)


def text(name: str) -> str:
    document = PdfDocument(samples.papers(NAME)[name])
    said = " ".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(said.split())


@pytest.mark.parametrize("today", LATER)
def test_every_page_is_complete_and_nothing_is_open(case: Case, today: date) -> None:
    judgement = judge(Facts.of(case, council(case.authority), today))
    asked = pages_asked(judgement.facts)
    assert [problem for found in judgement.problems.values() for problem in found] == []
    assert {page.id for page in asked if page.screen in {"questions", "register", "profile", "route"}} == set(
        case.answers
    )
    assert judgement.ready
    aged = [("E107", Level.SHOULD)] if today > date(2027, 2, 1) else []
    assert [(point.id, point.level) for point in judgement.points] == aged, "advice older than three months is named"


def test_a_reason_stands_where_the_school_went_on_without(case: Case) -> None:
    judgement = judge(Facts.of(case, council(case.authority), LATER[0]))
    reasons = {one.requirement.id: one.reason for one in judgement.findings if one.state is State.REASON}
    assert set(reasons) == set(case.reasons) == {"E8s"}
    assert reasons["E8s"].endswith(".")


def test_it_survives_its_own_json(case: Case) -> None:
    written = case.to_json()
    assert Case.from_json(written).to_json() == written


def test_a_folder_holds_the_referral_and_its_eight_papers(case: Case, tmp_path: Path) -> None:
    samples.write(NAME, tmp_path / "D")
    files = {file.name: file.read_bytes() for file in (tmp_path / "D").iterdir()}
    papers = {name: data for name, data in files.items() if name != "referral.json"}
    assert papers == dict(samples.papers(NAME))
    assert [fact.file for fact in case.evidence] == list(samples.papers(NAME))
    assert len(papers) == 8
    assert sum(map(len, files.values())) < 2_000_000
    assert read_case(tmp_path / "D").to_json() == case.to_json()


def test_another_run_writes_the_same_bytes(tmp_path: Path) -> None:
    program = "import sys; from pathlib import Path; from wizard import samples; samples.write(sys.argv[1], Path('D'))"
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "19",
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "TZ": "Asia/Tokyo",
    }
    subprocess.run([sys.executable, "-c", program, NAME], cwd=tmp_path, env=environment, check=True)
    samples.write(NAME, tmp_path / "here")
    there, here = (
        {file.name: digest(file.read_bytes()) for file in (tmp_path / folder).iterdir()} for folder in ("D", "here")
    )
    assert there == here


def test_only_an_empty_folder_is_written_and_only_a_known_sample(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept")
    with pytest.raises(CannotWrite):
        samples.write(NAME, tmp_path)
    with pytest.raises(UnusableInput):
        samples.write("nobody", tmp_path / "D")
    assert [file.name for file in tmp_path.iterdir() if file.name != "home"] == ["kept.txt"]
    assert samples.names()[0] == NAME


def test_it_is_signed_by_everybody_in_three_ways(case: Case) -> None:
    facts = Facts.of(case, council(case.authority), samples.SIGNED_ON)
    wanted = {
        signer.role: signer.statement for signer in signers(facts) if not signer.optional or signer.role == "parent"
    }
    assert {one.role: one.statement for one in case.valid_signatures()} == wanted
    assert {one.method for one in case.signatures} == {"drawn", "typed", "on paper"}
    for one in case.signatures:
        assert bool(one.picture) is (one.method == "drawn")
        if one.picture:
            assert Image.open(BytesIO(base64.b64decode(one.picture))).format == "PNG"


@pytest.mark.parametrize("name", samples.names())
def test_every_signature_stands(name: str) -> None:
    facts = Facts.of((case := samples.case(name)), council(case.authority), samples.SIGNED_ON)
    assert facts.valid_signatures() == facts.case.signatures != ()


def test_names_and_scripts_are_as_awkward_as_in_life(case: Case) -> None:
    pupil, parents = case.answers["pupil"], case.answers["family"]["adults"]
    assert (pupil["first_name"], pupil["surname"]) == ("Amira", "Kowalczyk-O’Neill")
    assert [adult["name"] for adult in parents] == ["Łukasz Kowalczyk", "Róisín O’Neill"]
    words = case.answers["pupil_views"]["own_words"]
    assert any(unicodedata.bidirectional(letter) == "AL" for letter in words)


def test_the_register_covers_eleven_weeks_and_passes_the_threshold(case: Case) -> None:
    sessions = register_sessions(case.answers)
    counted = count(sessions)
    assert (counted.first, counted.last) == (date(2026, 9, 7), date(2026, 11, 20))
    assert len(sessions) == 110
    assert {one.date for one in sessions if one.code == "#"} == {date(2026, 10, day) for day in range(26, 31)}
    assert counted.cumulative_days == 17.5
    assert count(sessions, HealthRule(part_time=True)).cumulative_days == 22
    assert {"/", "\\", "L", "M", "I", "C2"} < {one.code for one in sessions}


def test_its_export_is_read_back_as_it_is(case: Case) -> None:
    pupil = case.answers["pupil"]
    result = read_register(samples.register_csv(NAME), LATER[0], pupil["upn"], pupil["surname"])
    assert result["sessions"] == [dict(one) for one in case.answers["attendance"]["register"]["sessions"]]


def test_every_paper_is_taken_in(tmp_path: Path) -> None:
    samples.write(NAME, tmp_path / "D")
    kept = read_folder(tmp_path / "D")
    pages = {fact.file: fact.pages for fact in kept.case.evidence}
    assert list(pages.values()) == [2, 1, 3, 1, 1, 1, 1, 1]
    assert {fact.outcome for fact in kept.case.evidence} <= {"included", "cleaned"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("CAMHS letter 12-10-26.pdf", ["12 October 2026", "Amira", "Ł. Kowalczyk", "Page 2 of 2", "not at home"]),
        ("GP letter.pdf", ["22 September 2026", "Dr Samuel Okoro"]),
        ("EP report extract.pdf", ["5 November 2026", "Marta Feld", "Page 3 of 3"]),
        ("One Plan autumn.pdf", ["Amira Kowalczyk-O’Neill", "10/11/2026", "Cycle 2"]),
        ("Registration certificate.pdf", ["B881999926001", "Possible 100", "Attended 56 (56.0 %)", "Late 6"]),
    ],
)
def test_a_paper_says_what_the_answers_say(name: str, words: list[str]) -> None:
    said = text(name)
    assert [word for word in words if word not in said] == []


def test_the_report_has_a_page_that_lies_across() -> None:
    with pikepdf.open(BytesIO(samples.papers(NAME)["EP report extract.pdf"])) as pdf:
        across = [page.mediabox[2] > page.mediabox[3] for page in pdf.pages]
    assert across == [False, True, False]


def test_the_scan_is_a_picture_without_text() -> None:
    assert text("scan0007.pdf") == ""
    with pikepdf.open(BytesIO(samples.papers(NAME)["scan0007.pdf"])) as pdf:
        assert [one.Subtype for one in pdf.pages[0].Resources.XObject.values()] == [pikepdf.Name.Image]


def test_the_photo_lies_on_its_side_and_tells_a_place_until_it_is_taken_in() -> None:
    data = samples.papers(NAME)["IMG_2041.jpg"]
    exif = Image.open(BytesIO(data)).getexif()
    assert exif[0x0112] == 6
    assert set(exif.get_ifd(0x8825)) == {1, 2, 3, 4}
    assert b"Exif" not in prepare_bytes(data, ".jpg").pdf
