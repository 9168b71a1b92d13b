"""``section19 fill``: a referral's folder takes what a file of the school's own systems has for it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.evidence.test_school_list import the_list
from tests.evidence.transfer_files import EXAMPLE, SECOND, changed
from wizard.__main__ import main

CLOCK = "2026-09-25T09:00:00+00:00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "D"
    folder.mkdir()
    typed = {"pupil": {"surname": "Quill", "upn": "B881999926001"}}
    text = json.dumps({"format": 1, "authority": {"id": "essex", "version": "1"}, "answers": typed})
    (folder / "referral.json").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def transfer(tmp_path: Path) -> Path:
    file = tmp_path / "CTF.xml"
    file.write_text(EXAMPLE, encoding="utf-8")
    return file


def kept(folder: Path) -> Any:
    return json.loads((folder / "referral.json").read_text(encoding="utf-8"))


def fill(*words: object) -> int:
    return main(["fill", *map(str, words), "--clock", CLOCK])


def test_blank_answers_are_filled_and_waiting_to_be_confirmed(
    folder: Path, transfer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fill(folder, transfer, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["kind"], said["source"]) == ("ctf", "Common Transfer File of 21 September 2026")
    became = {one["answer"]: one["became"] for one in said["offers"]}
    assert became["pupil.surname"] == "answered already, left as it is"
    assert became["pupil.upn"] == "answered already, the same"
    assert became["pupil.born"] == "filled in"
    referral = kept(folder)
    assert referral["answers"]["pupil"]["surname"] == "Quill"
    assert referral["answers"]["pupil"]["born"] == "2012-03-15"
    assert referral["origins"]["pupil.born"]["confirmed"] == ""
    assert main(["check", str(folder), "--clock", CLOCK]) == 1
    assert "Look through what was filled in on this page" in capsys.readouterr().out


def test_filling_twice_changes_nothing_more(folder: Path, transfer: Path) -> None:
    assert fill(folder, transfer) == 0
    once = kept(folder)
    assert fill(folder, transfer) == 0
    assert kept(folder) == once


def test_of_several_pupils_one_is_chosen_by_number(
    folder: Path, transfer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    transfer.write_bytes(changed(("</CTFpupilData>", f"{SECOND}</CTFpupilData>")))
    before = kept(folder)
    assert fill(folder, transfer) == 1
    assert "   2  Nguyễn, An, born 2013-01-02" in capsys.readouterr().out
    assert kept(folder) == before
    assert fill(folder, transfer, "--pupil", 2) == 0
    assert kept(folder)["answers"]["pupil"]["first_name"] == "An"
    assert fill(folder, transfer, "--pupil", 9) == 2


def test_a_school_is_taken_from_the_list_when_one_alone_fits(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schools = tmp_path / "edubasealldata20261120.csv"
    schools.write_bytes(the_list())
    assert fill(folder, schools, "--school", "heath") == 1
    assert "999996  Heath Primary" in capsys.readouterr().out
    assert fill(folder, schools, "--school", "nowhere at all") == 1
    said = capsys.readouterr().out
    assert "No school of the list of schools (Get Information about Schools) fits these words." in said
    assert "Try its URN" in said
    assert "which one is meant" not in said
    assert fill(folder, schools, "--school", "999999") == 0
    said = capsys.readouterr().out
    assert "list of schools of 20 November 2026" in said
    assert "Open Government Licence" in said
    assert kept(folder)["answers"]["school"]["dfe_number"] == "881/9999"


@pytest.mark.parametrize("content", [b"", b"<CTfile>", b"\x89PNG\r\n\x1a\n"], ids=["empty", "cut off", "a picture"])
def test_what_cannot_be_used_ends_in_a_sentence(
    folder: Path, transfer: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    transfer.write_bytes(content)
    before = kept(folder)
    assert fill(folder, transfer) == 2
    assert capsys.readouterr().err.strip().endswith(".")
    assert kept(folder) == before
    assert fill(folder, transfer.with_name("not there.xml")) == 2


def test_another_child_s_file_is_refused_and_a_doubtful_one_told(
    folder: Path, transfer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    transfer.write_bytes(changed(("B881999926001", "A88199992601A")))
    assert fill(folder, transfer) == 0
    assert "The UPN in the file is not the one in this referral" in capsys.readouterr().out
    born = {"day": "3", "month": "May", "year": "2011"}
    answers = {"pupil": {"upn": "B881999926001", "born": born}}
    (folder / "referral.json").write_text(json.dumps(kept(folder) | {"answers": answers, "origins": {}}))
    before = kept(folder)
    assert fill(folder, transfer) == 2
    assert "another pupil" in capsys.readouterr().err
    assert kept(folder) == before
