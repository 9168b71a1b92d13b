"""Every file that was offered stays known: locked ones are opened with a password, refused ones say why."""

import base64
import io
import json
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, PngImagePlugin

from tests.evidence import pdfs_by_hand as by_hand
from tests.pack.pack_reading import content_text
from wizard import folder
from wizard.__main__ import main
from wizard.validation.requirements import NOT_TAKEN_IN

SECRET = "three brown foxes"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A small referral with a locked letter and a program among its documents."""
    papers = tmp_path / "D"
    papers.mkdir()
    (papers / "locked.pdf").write_bytes(by_hand.locked(user=SECRET))
    (papers / "tool.exe").write_bytes(b"MZ" + bytes(60))
    evidence = [{"file": "locked.pdf", "answers": ["E65"]}, {"file": "tool.exe", "answers": ["E65"]}]
    referral = {"format": 1, "authority": {"id": "essex", "version": "1"}, "answers": {}, "evidence": evidence}
    (papers / "referral.json").write_text(json.dumps(referral), encoding="utf-8")
    return papers


@pytest.fixture
def passwords(tmp_path: Path) -> Path:
    file = tmp_path / "passwords.txt"
    file.write_bytes(f"\ufeffwrong\r\n\r\n{SECRET}\r\n".encode())
    return file


def test_a_file_of_passwords_opens_locked_documents(
    papers: Path, passwords: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    locked = str(papers / "locked.pdf")
    for more, outcome in (([], "refused"), (["--evidence-password-file", str(passwords)], "cleaned")):
        assert main(["inspect", locked, "--json", *more]) == 0
        assert json.loads(capsys.readouterr().out)["outcome"] == outcome
    pack = tmp_path / "P.pdf"
    assert main(["pack", str(papers), "--draft", "--out", str(pack)]) == 0
    read = content_text(pack.read_bytes())
    assert "The PDF asks for a password." in read
    assert "Give the password" not in read  # that is for the school
    assert main(["pack", str(papers), "--draft", "--out", str(pack), "--evidence-password-file", str(passwords)]) == 0
    with by_hand.reads(pack.read_bytes()) as pdf:
        assert not pdf.is_encrypted


def test_a_password_stays_in_the_encrypted_referral_and_leaves_it_in_no_folder(
    papers: Path, passwords: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(papers), "--evidence-password-file", str(passwords)]) == 0
    reference = capsys.readouterr().out.strip()
    assert main(["export", reference, "--out", str(tmp_path / "out")]) == 0
    assert SECRET not in (tmp_path / "out" / "referral.json").read_text(encoding="utf-8")
    read = folder.read(tmp_path / "out", [SECRET])
    assert [fact.outcome for fact in read.case.evidence] == ["cleaned", "refused"]


def test_a_refused_document_goes_on_being_listed_without_its_bytes(
    papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digest = folder.digest((papers / "tool.exe").read_bytes())
    assert main(["import", str(papers)]) == 0
    reference = capsys.readouterr().out.strip()
    out = tmp_path / "out"
    assert main(["export", reference, "--out", str(out)]) == 0
    assert {one.name for one in out.iterdir()} == {"referral.json", "locked.pdf"}  # a password may still open that
    lines = json.loads((out / "referral.json").read_text(encoding="utf-8"))["evidence"]
    assert [(line["file"], line["sha256"]) for line in lines][1] == ("tool.exe", digest)
    again = folder.read(out).case.evidence
    assert [(fact.outcome, fact.kind) for fact in again] == [("refused", "pdf"), ("refused", "program")]
    assert again[1].why.startswith("This is a program")
    assert main(["import", str(out)]) == 0


def test_what_was_refused_is_said_by_the_check_and_answers_nothing(
    papers: Path, passwords: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["check", str(papers), "--json", "--evidence-password-file", str(passwords)]
    assert main(arguments) == 1
    points = json.loads(capsys.readouterr().out)["points"]
    assert [point["todo"] for point in points if point["id"] == NOT_TAKEN_IN] == [
        "Evidence 2 could not be taken in, so the council will not see it. Add it in another form, or remove it."
    ]


def test_a_signed_original_travels_in_the_pack_and_is_checked_there(
    papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signed = papers / "locked.pdf"
    pdf = by_hand.letter()
    value = Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=b"0")
    pdf.Root.AcroForm = Dictionary(Fields=[pdf.make_indirect(Dictionary(FT=Name.Sig, T="s", V=value))])
    signed.write_bytes(by_hand.saved(pdf))
    pack = tmp_path / "P.pdf"
    assert main(["pack", str(papers), "--draft", "--out", str(pack)]) == 0
    capsys.readouterr()
    assert main(["verify", str(pack), "--json"]) == 1  # a draft carries no seal
    found = json.loads(capsys.readouterr().out)
    assert found["originals"] == [{"name": "Evidence 1 - locked.pdf", "state": "same"}]
    with by_hand.reads(pack.read_bytes()) as read:
        travelled = read.attachments["Evidence 1 - locked.pdf"].get_file().read_bytes()
        listed = json.loads(read.attachments["manifest.json"].get_file().read_bytes())
    assert travelled == signed.read_bytes()
    assert [one["outcome"] for one in listed["files"]] == ["cleaned", "refused"]


def test_pictures_of_signatures_in_a_folder_are_written_anew_or_left_out(tmp_path: Path) -> None:
    drawn, secret = Image.new("RGBA", (30, 20), (20, 30, 90, 128)), PngImagePlugin.PngInfo()
    secret.add_text("Comment", SECRET)
    drawn.save(good := io.BytesIO(), "PNG", pnginfo=secret)
    drawn.convert("RGB").save(other := io.BytesIO(), "GIF")
    pictures = [base64.b64encode(data).decode() for data in (good.getvalue(), good.getvalue()[:60], other.getvalue())]
    signed = {
        "role": "senco",
        "name": "P. Nair",
        "method": "drawn",
        "when": "2026-11-20T10:00",
        "statement": "It is true.",
    }
    signatures = [{**signed, "digest": "0", "picture": picture} for picture in (*pictures, "x", "")]
    referral = {"format": 1, "authority": {"id": "essex", "version": "1"}, "answers": {}, "signatures": signatures}
    (tmp_path / "referral.json").write_text(json.dumps(referral), encoding="utf-8")
    first, *others = (base64.b64decode(one.picture) for one in folder.read(tmp_path).case.signatures)
    with Image.open(io.BytesIO(first)) as kept:
        assert (kept.tobytes(), kept.info) == (drawn.tobytes(), {})
    assert others == [b"", b"", b"", b""]
