"""The command line, from a made-up referral to a sealed pack, and what it says when it cannot."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.evidence.test_ocr import photo
from tests.store.test_interrupted_writing import files_limited_to
from wizard import commands
from wizard import folder as folder_module
from wizard.__main__ import main
from wizard.evidence.words import ocr

CLOCK = "2026-11-23T09:00:00+00:00"
THEN = ("--clock", CLOCK)  # a year later the pupil's year asks for other answers
SAMPLE = "essex-ebsa"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert main(["sample", SAMPLE, "--out", str(tmp_path / "D")]) == 0
    return tmp_path / "D"


def edit(folder: Path, **changes: object) -> None:
    file = folder / "referral.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def test_the_whole_road(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = tmp_path / "P.pdf"
    assert main(["check", str(folder), *THEN]) == 0
    assert main(["pack", str(folder), "--out", str(pack), "--sign", "--json", *THEN]) == 0
    made = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert made["sealed"]
    assert made["bytes"] == pack.stat().st_size
    assert main(["verify", str(pack)]) == 0
    assert capsys.readouterr().out.startswith("The seal holds.")


def test_a_pack_changed_by_one_byte_is_told(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = tmp_path / "P.pdf"
    assert main(["pack", str(folder), "--out", str(pack), "--sign", *THEN]) == 0
    data = bytearray(pack.read_bytes())
    data[len(data) // 2] ^= 1
    pack.write_bytes(data)
    assert main(["verify", str(pack)]) in {1, 2}
    assert "The seal holds" not in capsys.readouterr().out


def test_the_unsealed_pack_is_the_same_to_the_byte(folder: Path, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        assert main(["pack", str(folder), "--out", str(tmp_path / name), "--clock", CLOCK]) == 0
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_password_locks_the_pack(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack, password = tmp_path / "P.pdf", tmp_path / "password"
    password.write_text("three brown foxes\n", encoding="utf-8")
    assert main(["pack", str(folder), "--out", str(pack), "--sign", "--password-file", str(password), *THEN]) == 0
    assert main(["verify", str(pack), "--password-file", str(password), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["encrypted"]
    assert main(["verify", str(pack)]) == 2
    assert "password" in capsys.readouterr().err


def test_import_then_export_gives_the_same_referral_back(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(folder)]) == 0
    reference = capsys.readouterr().out.strip()
    assert main(["export", reference, "--out", str(tmp_path / "again")]) == 0
    before, after = (json.loads((place / "referral.json").read_text()) for place in (folder, tmp_path / "again"))
    assert after == before
    for file in folder.iterdir():
        if file.name != "referral.json":
            assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes()


def test_a_folder_that_could_not_be_written_whole_is_removed_again(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(folder)]) == 0
    reference = capsys.readouterr().out.strip()
    (tmp_path / "empty").mkdir()
    places = {"new": tmp_path / "in" / "two", "there before": tmp_path / "empty"}
    for out in places.values():
        with files_limited_to(4_000):
            assert main(["sample", SAMPLE, "--out", str(out)]) == 2
            assert main(["export", reference, "--out", str(out)]) == 2
        assert capsys.readouterr().err.count("The folder cannot be written.") == 2
    assert not (tmp_path / "in").exists()
    assert list((tmp_path / "empty").iterdir()) == []
    for out in places.values():
        assert main(["sample", SAMPLE, "--out", str(out)]) == 0
        whole = {file.name: file.read_bytes() for file in out.iterdir()}
        assert main(["sample", SAMPLE, "--out", str(out)]) == 2
        assert {file.name: file.read_bytes() for file in out.iterdir()} == whole, "what was there before stays"
        assert "not empty" in capsys.readouterr().err


def test_a_smallest_referral_survives_import_and_export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = {"format": 1, "authority": {"id": "essex", "version": ""}, "answers": {"pupil": {"surname": "Ł"}}}
    (tmp_path / "D").mkdir()
    (tmp_path / "D" / "referral.json").write_text(json.dumps(whole))
    assert main(["import", str(tmp_path / "D")]) == 0
    assert main(["export", capsys.readouterr().out.strip(), "--out", str(tmp_path / "E")]) == 0
    assert json.loads((tmp_path / "E" / "referral.json").read_text()) == whole


def test_an_open_must_stops_the_final_pack_and_not_the_draft(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = json.loads((folder / "referral.json").read_text())["answers"]
    del answers["pupil"]["surname"]
    edit(folder, answers=answers)
    assert main(["check", str(folder), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert any(p["page"] == "pupil" and p["field"] == "surname" and p["source"] for p in found["points"])
    assert main(["pack", str(folder), "--out", str(tmp_path / "P.pdf")]) == 2
    assert not (tmp_path / "P.pdf").exists()
    assert main(["pack", str(folder), "--out", str(tmp_path / "P.pdf"), "--draft", "--sign"]) == 0


JUNK = {
    "an empty object": b"{}",
    "a list": b"[]",
    "binary": bytes(range(256)),
    "ten megabytes of text": b"a" * 10_000_000,
    "ten megabytes in a string": b'"' + b"a" * 10_000_000 + b'"',
    "deep brackets": b"[" * 100_000,
    "unknown pages": b'{"format": 1, "authority": {"id": "essex"}, "answers": {"nothing": {}}}',
    "an unknown council": b'{"format": 1, "authority": {"id": "atlantis"}, "answers": {}}',
    "another format": b'{"format": 2, "authority": {"id": "essex"}, "answers": {}}',
    "nothing": b"",
}


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_junk_ends_in_one_sentence(junk: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "referral.json").write_bytes(junk)
    assert main(["check", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert len(said.err.strip().splitlines()) == 1
    assert not said.out


def test_a_missing_or_changed_document_is_told_by_its_number(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = json.loads((folder / "referral.json").read_text())["evidence"][0]["file"]
    (folder / first).write_bytes((folder / first).read_bytes() + b" ")
    assert main(["check", str(folder)]) == 2
    assert "Evidence file 1" in capsys.readouterr().err
    (folder / first).unlink()
    assert main(["check", str(folder)]) == 2
    assert "missing" in capsys.readouterr().err


def test_a_pack_over_its_size_is_not_written(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", str(folder), "--out", str(tmp_path / "P.pdf"), "--max-size", "20KB", *THEN]) == 2
    assert "20KB" in capsys.readouterr().err
    assert not (tmp_path / "P.pdf").exists()


def test_inspect_gives_one_object_a_line(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.docx").write_bytes(b"")
    files = [*sorted(folder.glob("*.pdf"))[:1], tmp_path / "letter.docx"]
    assert main(["inspect", *map(str, files)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["outcome"] == "refused" for line in lines] == [False, True]
    assert all({"file", "outcome", "kind", "pages", "notices", "why"} <= set(line) for line in lines)


def test_inspect_looks_into_folders_and_goes_on_after_a_file_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for name in ("in/b.txt", "in/deep/a.txt", "in/Thumbs.db", "c.txt"):
        (tmp_path / name).write_text("Seen at home")
    assert main(["inspect", str(tmp_path / "none.pdf"), str(tmp_path / "in"), str(tmp_path / "c.txt")]) == 2
    said = capsys.readouterr()
    assert [Path(json.loads(line)["file"]).name for line in said.out.splitlines()] == ["b.txt", "a.txt", "c.txt"]
    assert "none.pdf: There is no such file." in said.err
    assert "Thumbs.db is a hidden or system file" in said.err


def test_schema_authorities_and_samples_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["properties"]["answers"]["properties"]["pupil"]["properties"]["surname"]["type"] == "string"
    assert main(["authority", "list"]) == 0
    assert "Essex County Council" in capsys.readouterr().out
    assert main(["sample", "--list"]) == 0
    assert SAMPLE in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    "command",
    [
        ["sample", "nobody", "--out", "x"],
        ["sample", SAMPLE],
        ["check", "nowhere"],
        ["export", "R-NONE-00", "--out", "x"],
        ["export", "../../etc", "--out", "x"],
        ["verify", "nowhere.pdf"],
        ["bench", "nothing"],
        ["pack", "nowhere", "--out", "x.pdf"],
    ],
)
def test_what_cannot_be_done_ends_in_a_sentence(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(command) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_the_command_line_never_imports_qt(tmp_path: Path) -> None:
    code = (
        "import sys; from wizard.__main__ import main; "
        f"main(['sample', {SAMPLE!r}, '--out', {str(tmp_path / 'D')!r}]); main(['check', {str(tmp_path / 'D')!r}]); "
        "sys.exit('PySide6' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


SPOILT = {
    "signatures": [
        {"role": "senco", "name": "A", "method": "typed", "when": "yesterday", "statement": "", "digest": ""}
    ],
    "evidence": [{"file": "a.pdf", "rotate": 1e400}],
    "diary": [{"event": ["x"]}],
    "reasons": {"E8": 5},
}


@pytest.mark.parametrize("part", SPOILT)
def test_a_spoilt_part_ends_in_a_sentence(folder: Path, part: str, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder, **{part: SPOILT[part]})
    assert main(["check", str(folder)]) == 2
    said = capsys.readouterr().err
    assert len(said.strip().splitlines()) == 1
    assert "yesterday" not in said


def test_a_clock_without_a_zone_is_this_computers(folder: Path, tmp_path: Path) -> None:
    pack = ["pack", str(folder), "--out", str(tmp_path / "P.pdf"), "--sign", "--clock", "2026-11-23T10:00"]
    assert main(pack) == 0


def test_a_fault_of_the_program_shows_its_place_and_nothing_typed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> object:
        raise ValueError("Kowalczyk-O’Neill")

    monkeypatch.setattr("wizard.commands.judge", broken)
    assert main(["check", str(folder)]) == 3
    said = capsys.readouterr().err
    assert "ValueError at" in said
    assert "Kowalczyk" not in said


def test_documents_of_one_name_are_told_apart_when_handed_over(folder: Path, tmp_path: Path) -> None:
    case = folder_module.read_case(folder)
    first = replace(case.evidence[0], sha256="a" * 64)
    second = replace(case.evidence[1], file=first.file, sha256="b" * 64)
    contents = {"a" * 64: b"one", "b" * 64: b"two"}
    folder_module.write(tmp_path / "E", replace(case, evidence=(first, second)), lambda fact: contents[fact.sha256])
    written = folder_module.read_case(tmp_path / "E").evidence
    assert [(tmp_path / "E" / one.file).read_bytes() for one in written] == [b"one", b"two"]


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe that closes is no signal there")
def test_a_reader_that_has_enough_ends_the_program_quietly() -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "wizard", "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    program.stdout.close()
    assert program.stderr is not None
    with program.stderr:
        assert program.stderr.read() == ""
    assert program.wait() == 1


def test_a_command_stopped_from_the_keyboard_says_so_in_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(commands.COMMANDS, "schema", stopped)
    assert main(["schema"]) == 130
    assert capsys.readouterr().err == "Stopped.\n"


def test_a_sample_without_its_name_is_asked_for_and_not_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sample", "--out", str(tmp_path / "D")]) == 2
    assert SAMPLE in capsys.readouterr().err
    assert not (tmp_path / "D").exists()


def test_a_paper_about_another_child_is_pointed_out_and_refuses_nothing(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "letter.txt").write_text("Re: Tom MARSH, born 3 May 2012\n\nDear Mrs Osei,\n\nTom is well.\n")
    listed = json.loads((folder / "referral.json").read_text(encoding="utf-8"))["evidence"]
    edit(folder, evidence=[*listed, {"file": "letter.txt"}])
    words = (
        "“letter.txt” (page 1) has the name Tom MARSH and the date of birth 3 May 2012; it does not name "
        "Amira Kowalczyk-O’Neill. Is it about another child?"
    )
    main(["check", str(folder), "--clock", CLOCK])
    assert f"doubt   {words}  [document {len(listed) + 1}]" in capsys.readouterr().out
    main(["check", str(folder), "--json"])
    (doubt,) = json.loads(capsys.readouterr().out)["doubts"]
    assert (doubt["file"], doubt["strong"], doubt["texts"]) == ("letter.txt", True, ["Tom MARSH", "2012-05-03"])
    assert main(["pack", str(folder), "--draft", "--out", str(tmp_path / "P.pdf")]) == 0
    assert f"Look at document {len(listed) + 1} before you send the pack: {words}" in capsys.readouterr().err


@pytest.mark.skipif(not ocr.program(), reason="Tesseract is not installed")
def test_pictures_are_read_by_machine_when_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "photo.png").write_bytes(photo())
    edit(folder, evidence=[{"file": "photo.png"}])
    main(["check", str(folder), "--json"])
    assert json.loads(capsys.readouterr().out)["doubts"] == []
    main(["check", str(folder), "--json", "--read-pictures"])
    (doubt,) = json.loads(capsys.readouterr().out)["doubts"]
    assert doubt["texts"] == ["Tom MARSH", "2012-05-03"]
    assert doubt["words"].endswith("(Read by machine in a picture of the page: see for yourself.)")
