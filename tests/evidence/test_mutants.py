"""Damaged copies of real files and of our own papers: none crashes anything, hangs, or stays in our memory."""

from pathlib import Path

import pytest

from tests.torture.mutants import DAMAGE, mutants, torture
from wizard import samples
from wizard.evidence.office import convert

COPIES = 200
PARTS = 8


@pytest.fixture(autouse=True)
def without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred starts of LibreOffice would take a quarter of an hour; `make torture` has the time."""
    monkeypatch.setattr(convert, "program", lambda: "")


@pytest.mark.parametrize("part", range(PARTS))
def test_damaged_copies_of_the_corpus_end_well(corpus: Path, part: int) -> None:
    files = sorted(file for file in corpus.rglob("*") if file.is_file())
    outcomes, faults = torture(files, COPIES, slice(part, None, PARTS))
    assert faults == []
    assert outcomes.total() == COPIES // PARTS


def test_damaged_copies_of_our_own_papers_end_well(tmp_path: Path) -> None:
    for name, data in samples.papers(samples.FIRST).items():
        (tmp_path / name).write_bytes(data)
    files = sorted(file for file in tmp_path.iterdir() if file.is_file())
    outcomes, faults = torture(files, 16)
    assert faults == []
    assert outcomes.total() == 16


def test_the_damage_is_the_same_on_every_run_and_of_every_kind(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_bytes(bytes(range(256)) * (number + 1))
    files = sorted(tmp_path.glob("*.txt"))
    made = list(mutants(files, 40))
    assert made == list(mutants(files, 40))
    assert made != list(mutants(files, 40, seed=20))
    assert {one.name.split()[-1] for one in made} == {damage.__name__ for damage in DAMAGE}
    assert all(one.data != files[turn % 3].read_bytes() for turn, one in enumerate(made) if "flipped" in one.name)
