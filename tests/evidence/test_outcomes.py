"""What becomes of every file of the corpus, as ``section19 inspect --json`` says it, against what it said before.

``pytest tests/evidence/test_outcomes.py --update-goldens`` writes the table anew; read what changed before keeping it.
LibreOffice is left out, installed or not, so that the table is the same anywhere.
"""

import json
from pathlib import Path

import pytest

from wizard.__main__ import main
from wizard.evidence.office import convert

GOLDEN = Path(__file__).parent / "corpus-outcomes.txt"
OUTCOMES = {"included", "cleaned", "pictures", "attached", "refused"}


@pytest.fixture(autouse=True)
def without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "program", lambda: "")


def test_every_file_of_the_corpus_has_an_outcome_and_keeps_it(
    corpus: Path, capsys: pytest.CaptureFixture[str], pytestconfig: pytest.Config
) -> None:
    files = sorted(file for file in corpus.glob("*/*") if file.is_file())
    assert main(["inspect", "--json", *map(str, files)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["file"] for line in lines] == list(map(str, files))
    assert {line["outcome"] for line in lines} <= OUTCOMES
    assert [line["file"] for line in lines if (line["outcome"] == "refused") != bool(line["why"])] == []
    table = [row(corpus, line) for line in lines]
    if pytestconfig.getoption("update_goldens"):
        GOLDEN.write_text("\n".join(table) + "\n", encoding="utf-8")
    assert table == GOLDEN.read_text(encoding="utf-8").splitlines()


def row(corpus: Path, line: dict[str, object]) -> str:
    """A file, its outcome, kind and pages, and whether it travels itself."""
    name = Path(str(line["file"])).relative_to(corpus).as_posix()
    pages = {0: "", 1: "1 page"}.get(int(str(line["pages"])), f"{line['pages']} pages")
    along = "original along" if line["with_original"] else ""
    return ", ".join(filter(None, (f"{name}: {line['outcome']}", str(line["kind"]), pages, along)))
