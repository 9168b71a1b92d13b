"""Text that breaks programs, in a name, a long text and the title of a document: printed, or refused by name."""

import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from tests.pack.pack_reading import content_text, shown, squeezed
from tests.pack.packs_by_hand import document
from wizard import export, samples
from wizard.case import Case
from wizard.councils import council
from wizard.errors import CannotPrint
from wizard.evidence_fact import EvidenceFact
from wizard.typeset.characters import clean, unprintable
from wizard.validation.facts import Facts
from wizard.validation.requirements import judge

pytestmark = pytest.mark.long

CLOCK = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
PAPER = document((300, 300))
BATCH = 100
SAMPLE = samples.case("essex-ebsa")


def lines(corpus: Path) -> list[str]:
    text = (corpus / "text" / "naughty-strings.txt").read_text(encoding="utf-8", errors="surrogateescape")
    return [line for line in text.split("\n") if line.strip() and not line.startswith("#")]


def with_all(batch: list[str]) -> Case:
    """The sample with every line as an adult's name, as an adjustment and as the title of a document."""
    adult = SAMPLE.answers["family"]["adults"][0]
    step = SAMPLE.answers["adjustments"]["adjustments"][0]
    answers = SAMPLE.answers | {
        "family": SAMPLE.answers["family"] | {"adults": [adult | {"name": line} for line in batch]},
        "adjustments": {"adjustments": [step | {"what": line} for line in batch]},
    }
    evidence = (EvidenceFact(f"{n}.pdf", "0" * 64, title=line, kind="pdf", pages=1) for n, line in enumerate(batch))
    return replace(SAMPLE, answers=answers, evidence=tuple(evidence), signatures=())


def packed(case: Case) -> bytes:
    judgement = judge(Facts.of(case, council("essex"), CLOCK.date()))
    return export.make_pack(export.Order(judgement, lambda _: PAPER, CLOCK, draft=True)).pdf


def bare(text: str) -> str:
    return re.sub(r"\s", "", squeezed(clean(text).replace("\u200c", "").replace("\u200d", "")))


def test_every_line_is_printed_three_times_as_typed(corpus: Path) -> None:
    fit = [line for line in lines(corpus) if not unprintable(line)]
    assert len(fit) > 400
    for start in range(0, len(fit), BATCH):
        batch = fit[start : start + BATCH]
        pdf = packed(with_all(batch))
        read = bare(content_text(pdf))
        assert [line for line in batch if read.count(bare(line)) < 3] == []
        with pikepdf.open(BytesIO(pdf)) as opened:
            assert not any(glyph == 0 for page in opened.pages for _, glyph in shown(page).glyphs)


@pytest.mark.parametrize("place", ["name", "text", "title"])
def test_a_line_that_cannot_be_printed_is_refused_by_the_name_of_its_answer(corpus: Path, place: str) -> None:
    unfit = [line for line in lines(corpus) if unprintable(line)]
    named = {"name": "on the page “Family”", "text": "on the page “Adjustments in school”", "title": "evidence 1"}
    for line in unfit:
        odd, plain = with_all([line]), with_all(["Plain"])
        parts = {
            "name": replace(plain, answers=plain.answers | {"family": odd.answers["family"]}),
            "text": replace(plain, answers=plain.answers | {"adjustments": odd.answers["adjustments"]}),
            "title": replace(plain, evidence=odd.evidence),
        }
        with pytest.raises(CannotPrint) as refused:
            packed(parts[place])
        assert named[place] in refused.value.sentence
