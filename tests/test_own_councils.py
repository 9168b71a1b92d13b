"""Councils' files in the home folder: found, signed or not, and never in the way of the program's own."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from wizard import councils
from wizard.__main__ import main
from wizard.councils.signature import Standing, seal, shipped_keys, signature
from wizard.errors import UnusableInput

OWN = (Path(__file__).parent / "councils" / "exampleshire.toml").read_text(encoding="utf-8")
Keep = Callable[[str, str], Path]


@pytest.fixture
def keep(home: Path) -> Keep:
    def keep(name: str, text: str) -> Path:
        (home / "authorities").mkdir(exist_ok=True)
        path = home / "authorities" / name
        path.write_text(text, encoding="utf-8")
        return path

    councils.look_in(lambda: home)
    return keep


def listed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert main(["authority", "list"]) == 0
    return capsys.readouterr().out.splitlines()


def checked(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> str:
    assert main(["authority", "check", str(path), *options]) == 0
    return capsys.readouterr().out


def test_a_file_that_is_dropped_in_is_a_council_from_then_on(keep: Keep) -> None:
    before = councils.installed()
    assert "exampleshire" not in before
    path = keep("exampleshire.toml", OWN)
    assert councils.installed() == (*before, "exampleshire")
    assert councils.council("exampleshire").name == "Exampleshire County Council"
    path.write_text(
        OWN.replace('name = "Exampleshire County Council"', 'name = "Greater Exampleshire"'), encoding="utf-8"
    )
    assert councils.council("exampleshire").name == "Greater Exampleshire"
    path.unlink()
    with pytest.raises(UnusableInput, match="no file for"):
        councils.council("exampleshire")


def test_it_may_be_continued_in_a_second_file(keep: Keep) -> None:
    first, heading, contacts = OWN.partition("[[contacts]]")
    keep("exampleshire.toml", first)
    assert not councils.council("exampleshire").contacts
    keep("exampleshire.contacts.toml", heading + contacts)
    assert [one.name for one in councils.council("exampleshire").contacts] == ["Desk for families"]


def test_a_referral_to_it_is_checked_by_it(
    keep: Keep, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep("exampleshire.toml", OWN.replace('policy = "Exampleshire policy"', 'policy = "Another policy"'))
    assert main(["sample", "essex-ebsa", "--out", str(tmp_path / "r")]) == 0
    file = tmp_path / "r" / "referral.json"
    whole = json.loads(file.read_text(encoding="utf-8"))
    whole["authority"]["id"] = "exampleshire"
    whole["answers"]["pupil"].pop("born")
    file.write_text(json.dumps(whole), encoding="utf-8")
    assert main(["check", str(tmp_path / "r"), "--clock", "2026-11-23"]) == 1
    said = capsys.readouterr().out
    assert "Another policy, section" in said
    assert "From your own file exampleshire.toml. Not signed" in said
    (home / "authorities" / "exampleshire.toml.sig").write_bytes(b"of another file")
    assert main(["check", str(tmp_path / "r"), "--clock", "2026-11-23", "--json"]) == 1
    assert "changed after it was signed" in json.loads(capsys.readouterr().out)["council_file"]


def test_a_broken_one_is_said_and_does_no_harm(keep: Keep, capsys: pytest.CaptureFixture[str]) -> None:
    keep("exampleshire.toml", OWN)
    keep("nonsense.toml", 'id = "nonsense"\nname = ')
    said = listed(capsys)
    assert any(line.startswith("exampleshire ") for line in said)
    (trouble,) = [line for line in said if "nonsense.toml" in line]
    assert "cannot be used: it has a mistake" in trouble
    assert "line 2" in trouble


def test_one_of_the_same_name_does_not_take_the_place_of_the_program_s(
    keep: Keep, capsys: pytest.CaptureFixture[str]
) -> None:
    keep("essex.toml", OWN.replace('id = "exampleshire"', 'id = "essex"'))
    assert councils.council("essex").name == "Essex County Council"
    assert councils.installed().count("essex") == 1
    assert any("The program’s own file is used" in line for line in listed(capsys))


def test_a_council_signs_its_file_and_a_school_accepts_its_key(
    keep: Keep, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, key = keep("exampleshire.toml", OWN), tmp_path / "exampleshire.key"
    assert "Not signed" in "".join(listed(capsys))
    assert main(["authority", "keygen", "--out", str(key), "--name", "Exampleshire County Council"]) == 0
    fingerprint = capsys.readouterr().out.partition("Fingerprint: ")[2].strip()
    assert key.stat().st_mode & 0o077 == 0
    assert main(["authority", "sign", str(path), "--key", str(key)]) == 0
    said = "".join(listed(capsys))
    assert "not known here" in said
    assert fingerprint in said
    assert main(["authority", "trust", str(key) + ".pub"]) == 0
    assert "Signed by Exampleshire County Council, and unchanged since." in "".join(listed(capsys))
    assert "Signed by Exampleshire" in checked(capsys, path)
    path.write_text(OWN.replace("desk@exampleshire.example", "medical@elsewhere.example"), encoding="utf-8")
    said = "".join(listed(capsys))
    assert "changed after it was signed" in said
    assert "Signed by" not in said
    assert "changed after it was signed" in checked(capsys, path)
    assert "changed after it was signed" in checked(capsys, path, "--json")
    assert councils.council("exampleshire").recipient.email == "medical@elsewhere.example", "said, and not refused"


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    key = tmp_path / "a.key"
    assert main(["authority", "keygen", "--out", str(key), "--name", "A"]) == 0
    before = key.read_bytes()
    assert main(["authority", "keygen", "--out", str(key), "--name", "A"]) == 2
    assert key.read_bytes() == before


@pytest.mark.parametrize(
    "signed", [b"", b"\xff", b"keys = 3", b"[[keys]]", b'[[keys]]\nname="a"\nkey="!"\nsignature="a"']
)
def test_a_signature_that_is_none_counts_as_altered(signed: bytes) -> None:
    assert seal(b"text", signed, ()).standing is Standing.ALTERED


def test_what_is_no_key_is_refused(tmp_path: Path) -> None:
    assert shipped_keys() == ()
    with pytest.raises(UnusableInput, match="no key to sign with"):
        signature(b"text", b"nonsense", "A")
    (tmp_path / "k").write_text("nonsense", encoding="utf-8")
    assert main(["authority", "trust", str(tmp_path / "k")]) == 2
    assert main(["authority", "sign", str(tmp_path / "k"), "--key", str(tmp_path / "none")]) == 2


def test_what_was_looked_at_more_than_a_year_ago_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["authority", "list", "--clock", "2026-11-23"]) == 0
    assert "Look it up again" not in capsys.readouterr().out
    assert main(["authority", "list", "--clock", "2028-01-01", "--json"]) == 0
    rows = {row["id"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert any(text.startswith("Education Access: last looked at on 21 November 2026") for text in rows["essex"]["old"])


def test_a_look_on_a_day_to_come_is_a_slip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later = tmp_path / "exampleshire.toml"
    later.write_text(OWN.replace("checked = 2026-11-20", "checked = 2036-11-02", 1), encoding="utf-8")
    assert main(["authority", "check", str(later), "--clock", "2026-11-23"]) == 0
    told = capsys.readouterr().out
    assert told.count("which is still to come. Write the day on which somebody did look.") == 1
    assert "last looked at on 2 November 2036" in told
