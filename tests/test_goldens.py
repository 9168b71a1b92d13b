"""Each made-up referral as a pack, against what it said when somebody last looked: text, bookmarks, page count.

``pytest tests/test_goldens.py --update-goldens`` writes the files anew; read their differences before keeping them.
"""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from wizard import export, samples
from wizard.councils import council
from wizard.folder import read as read_folder
from wizard.validation.facts import Facts
from wizard.validation.requirements import judge, pages_asked

pytestmark = pytest.mark.long

GOLDENS = Path(__file__).parent / "goldens"
CLOCK = datetime(2026, 11, 20, 17, tzinfo=UTC)


def as_text(pdf: bytes) -> str:
    """A pack as lines: how many pages, the bookmarks with the page that each leads to, then every page's text.

    Digests are left out: they follow the bytes of the papers, which another zlib or another picture library may pack
    differently without changing anything that a person sees.
    """
    document = PdfDocument(pdf)
    labels = [document.get_page_label(number) for number in range(len(document))]
    lines = [f"{len(document)} pages", "", "== Bookmarks =="]
    for mark in document.get_toc():
        dest = mark.get_dest()
        page = labels[dest.get_index()] if dest else "nowhere"
        lines.append(f"{'    ' * mark.level}{mark.get_title()} … {page}")
    for label, page in zip(labels, document, strict=True):
        lines += ["", f"== Page {label} ==", *page.get_textpage().get_text_range().splitlines()]
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    return re.sub(r"\b(?:[0-9a-f]{64}|[0-9a-f]{32})\b", "(digest)", text)


@pytest.mark.parametrize("name", samples.names())
def test_a_sample_is_whole_on_its_day_and_its_pack_says_what_it_said(
    name: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    samples.write(name, tmp_path / "D")
    kept = read_folder(tmp_path / "D")
    judgement = judge(Facts.of(kept.case, council(kept.case.authority), CLOCK.date()))
    assert [problem for found in judgement.problems.values() for problem in found] == []
    unseen = set(kept.case.answers) - {page.id for page in pages_asked(judgement.facts)}
    assert unseen == set(), "answers on a page that nobody is asked"
    assert [point.id for point in judgement.points] == []
    assert judgement.ready
    assert {fact.file for fact in kept.case.evidence} == set(samples.papers(name))

    said = as_text(export.make_pack(export.Order(judgement, kept.document, CLOCK)).pdf)
    golden = GOLDENS / f"{name}.txt"
    if pytestconfig.getoption("update_goldens"):
        golden.write_text(said, encoding="utf-8")
    assert said.splitlines() == golden.read_text(encoding="utf-8").splitlines()


def test_no_golden_outlives_its_sample() -> None:
    assert {file.name.removesuffix(".txt") for file in GOLDENS.iterdir()} == set(samples.names())
