"""What docs/councils.md tells somebody at a council works as it stands there."""

import re
from pathlib import Path

import pytest

from wizard import councils, samples
from wizard.__main__ import main
from wizard.councils.names import KINDS
from wizard.validation.facts import Facts
from wizard.validation.requirements import judge

DOCUMENT = (Path(__file__).parents[1] / "docs" / "councils.md").read_text(encoding="utf-8")
EXAMPLE = DOCUMENT.partition("```toml\n")[2].partition("```")[0]


def test_the_example_is_a_whole_file(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "wessex.toml"
    file.write_text(EXAMPLE, encoding="utf-8")
    assert main(["authority", "check", str(file)]) == 0
    assert "No mistakes: Wessex Council" in capsys.readouterr().out
    (home / "authorities").mkdir()
    file.rename(home / "authorities" / "wessex.toml")
    assert main(["authority", "list"]) == 0
    assert "wessex" in capsys.readouterr().out
    kept = samples.case("essex-ebsa")
    found = judge(Facts.of(kept, councils.council("wessex"), samples.SIGNED_ON))
    assert {one.requirement.id for one in found.findings} == {"W2", "W3"}


def test_with_the_lines_it_adds_it_is_still_one(tmp_path: Path) -> None:
    line = next(line.strip() for line in DOCUMENT.splitlines() if line.startswith("    satisfied_by"))
    added = EXAMPLE.replace("[recipient]", 'asks = ["medical_papers"]\nsigning = ["on paper"]\n\n[recipient]', 1)
    file = tmp_path / "wessex.toml"
    file.write_text(re.sub(r"satisfied_by = .*", lambda _: line, added, count=1), encoding="utf-8")
    assert main(["authority", "check", str(file)]) == 0


def test_with_its_date_letter_and_page_it_is_still_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    further = DOCUMENT.split("```toml\n")[2].partition("```")[0]
    file = tmp_path / "wessex.toml"
    file.write_text(EXAMPLE + "\n" + further, encoding="utf-8")
    assert main(["authority", "check", str(file)]) == 0, capsys.readouterr().out
    profile = councils.parse(EXAMPLE, further)
    assert (len(profile.dates), len(profile.documents), len(profile.pages)) == (1, 1, 1)


def test_every_kind_of_name_is_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    told = re.findall(r"section19 authority names (\w+)", DOCUMENT)
    assert sorted(told) == sorted(KINDS)
    for kind in told:
        assert main(["authority", "names", kind]) == 0
        assert capsys.readouterr().out.strip()


def test_its_commands_are_those_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("wessex.toml").write_text(EXAMPLE, encoding="utf-8")
    for command in re.findall(r"^    section19 (authority (?:keygen|sign|check) .*)", DOCUMENT, re.MULTILINE):
        assert main(command.replace('"Wessex Council"', "Wessex").split()) == 0
    assert main(["authority", "trust", "wessex.key.pub"]) == 0
    assert Path("wessex.toml.sig").is_file()
