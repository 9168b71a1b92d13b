"""A council's officer writes a file in Word or Notepad, and is told what that did to it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.test_councils_document import EXAMPLE
from wizard import councils
from wizard.__main__ import main
from wizard.desk.beginning import notes
from wizard.pages.begin import BeginPage

NAME, CHECKED, MB = 'name = "Wessex Council"', "checked = 2026-11-20", "mb = 10"

TYPED = [
    # what is written instead of what, and what is said of it
    (NAME, "name = “Wessex Council”", "curly"),
    (NAME, 'name = "Wessex Council”', "curly"),
    (NAME, "name = ‘Wessex Council’", "curly"),
    (NAME, "name = „Wessex Council“", "curly"),
    ('["on_roll"]', "[“on_roll”]", "curly"),
    (NAME, 'name =\u00a0"Wessex Council"', "cannot be seen"),
    (NAME, 'name\u00a0= "Wessex Council"', "cannot be seen"),
    (NAME, '\u200bname = "Wessex Council"', "cannot be seen"),
    (NAME, 'name = "Wessex\x0bCouncil"', "cannot be seen"),
    ('"inclusion@wessex.example"', '"inclusion@wessex.example"\u00a0', "cannot be seen"),
    *[
        (CHECKED, f"checked = {written}", "is 2026-11-21")
        for written in ("1/9/2026", "01/09/26", "1.9.2026", "2026-9-1", "2026–09–01", "2026-13-01", "1 September 2026")
    ],
    (CHECKED, 'checked = "1/9/2026"', "2026-11-21, without quotes"),
    (MB, "mb = 10 MB", "mb = 10"),
    (MB, "mb = 1,000", "mb = 10"),
    (MB, "mb = 10 // as IT says", "behind a #"),
    ('title = "Medical evidence"', 'title = "The "medical" evidence"', "‘ and ’"),
    ('todo = "Sign the referral."', 'todo = "Sign the referral."\noverride = True', "true or false"),
    ("[[routes]]", "[routes]]", "heading is not closed"),
    ("[[routes]]", "[[routes]", "heading is not closed"),
    ("[[signers]]", "[signers]", "[[signers]]"),
    ("[recipient]", "[[recipient]]", "like this: [recipient]"),
    (CHECKED, f'{CHECKED}\nasks = ["medical_papers"]', "above the first heading"),
    ("[recipient]  ", "[receiver]  ", "Add a line [recipient]"),
    ("Attach what", "Attach C:\\Users what", "backslash"),
]


@pytest.mark.parametrize(("good", "bad", "words"), TYPED)
def test_what_is_wrong_is_said_with_its_line(
    good: str, bad: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert good in EXAMPLE
    text = EXAMPLE.replace(good, bad, 1)
    line = next(n for n, (a, b) in enumerate(zip(EXAMPLE.split("\n"), text.split("\n"), strict=False), 1) if a != b)
    file = tmp_path / "wessex.toml"
    file.write_text(text, encoding="utf-8")
    assert main(["authority", "check", str(file)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert any(words in one for one in said), said
    assert any(f"line {line + extra}:" in one for one in said for extra in (0, 1)), said


def test_curly_quotes_are_named_on_every_line_that_has_them_and_left_alone_inside_texts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "wessex.toml"
    file.write_text(EXAMPLE.replace("something", "“something”").replace('"', "”"), encoding="utf-8")
    assert main(["authority", "check", str(file)]) == 1
    said = capsys.readouterr().out.splitlines()
    lines = [n for n, line in enumerate(EXAMPLE.splitlines(), 1) if '"' in line]
    assert said == [line for line in said if "curly" in line]
    assert [int(one.partition("line ")[2].partition(":")[0]) for one in said] == lines
    file.write_text(EXAMPLE.replace("helps most", "“helps” the pupil’s cause"), encoding="utf-8")
    assert main(["authority", "check", str(file)]) == 0


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_way_in_which_notepad_saves_text_is_read(home: Path, coding: str, end: str) -> None:
    (home / "authorities").mkdir()
    (home / "authorities" / "wessex.toml").write_bytes(EXAMPLE.replace("\n", end).encode(coding))
    councils.look_in(lambda: home)
    assert councils.council("wessex").name == "Wessex Council"


def test_a_text_of_old_windows_is_refused_with_the_remedy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "wessex.toml"
    file.write_bytes(EXAMPLE.replace("helps most", "“helps”").encode("cp1252"))
    assert main(["authority", "check", str(file)]) == 2
    assert "Save as, and there the encoding UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("wessex.toml.txt", "does not end in .toml"),
        ("wessex.txt", "does not end in .toml"),
        ("wessex.docx", "does not end in .toml"),
        ("wessex.letters.toml", "goes on with wessex.toml, and there is no such file"),
        ("Wessex.TOML", "Call the file wessex.toml"),
        ("wessex (1).toml", "Call the file wessex.toml"),
    ],
)
def test_a_file_under_another_name_is_not_passed_over_in_silence(
    home: Path, qtbot: QtBot, name: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "authorities").mkdir()
    (home / "authorities" / name).write_text(EXAMPLE, encoding="utf-8")
    councils.look_in(lambda: home)
    choices = [(id, councils.council(id).name) for id in councils.installed()]
    page = BeginPage(choices, notes=notes(), trouble=[file.trouble for file in councils.own() if file.trouble])
    qtbot.addWidget(page)
    assert sum(words in label.text() for label in page.findChildren(QLabel)) == 1
    assert main(["authority", "list"]) == 0
    assert words in capsys.readouterr().out


def test_the_wrong_ending_is_said_before_the_file_is_given_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "wessex.toml.txt"
    file.write_text(EXAMPLE, encoding="utf-8")
    assert main(["authority", "check", str(file)]) == 1
    assert "File name extensions" in capsys.readouterr().out


def test_what_else_lies_in_the_folder_is_left_in_peace(home: Path) -> None:
    folder = home / "authorities"
    folder.mkdir()
    for name in (
        "wessex.toml",
        "wessex.toml.sig",
        "wessex.key.pub",
        ".wessex.toml.swp",
        "~$wessex.docx",
        "desktop.ini",
    ):
        (folder / name).write_text(EXAMPLE, encoding="utf-8")
    councils.look_in(lambda: home)
    assert [file.path.name for file in councils.own()] == ["wessex.toml"]
    assert councils.council("wessex").name == "Wessex Council"
