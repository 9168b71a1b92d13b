"""What the school chose about a document: pages turned, pages left out."""

from pathlib import Path

import pytest

from tests.pack.pack_reading import pdftotext
from tests.pack.packs_by_hand import document, small
from wizard.pack import build
from wizard.pack.content import EvidenceItem
from wizard.pack.documents import open_exhibits


def item(**choices: object) -> EvidenceItem:
    pdf = document((300, 500), (300, 500), (300, 500), words="Letter")
    return EvidenceItem(1, "Letter", "PDF document", 3, pdf, "included", "0" * 64, **choices)  # type: ignore[arg-type]


def test_pages_left_out_are_not_in_the_pack(tmp_path: Path) -> None:
    content = small(evidence=(item(omit=(2,)),))
    text = "\n".join(pdftotext(build(content).pdf, tmp_path))
    assert "Letter page 1" in text
    assert "Letter page 3" in text
    assert "Letter page 2" not in text


@pytest.mark.parametrize(("rotate", "size"), [(0, (300, 500)), (90, (500, 300)), (180, (300, 500)), (270, (500, 300))])
def test_pages_are_turned(rotate: int, size: tuple[float, float]) -> None:
    (exhibit,) = open_exhibits([item(turns=(rotate, 0, rotate), order=(3, 2, 1))])
    assert [leaf.size for leaf in exhibit.leaves] == [size, (300, 500), size]
    assert [leaf.turn for leaf in exhibit.leaves] == [rotate // 90, 0, rotate // 90]


def test_a_document_of_which_nothing_is_left_keeps_its_divider(tmp_path: Path) -> None:
    text = "\n".join(pdftotext(build(small(evidence=(item(omit=(1, 2, 3)),))).pdf, tmp_path))
    assert "Letter" in text
    assert "Letter page" not in text


def test_pages_come_in_the_order_that_the_school_chose(tmp_path: Path) -> None:
    text = "\n".join(pdftotext(build(small(evidence=(item(order=(3, 1), omit=(2,)),))).pdf, tmp_path))
    assert text.index("Letter page 3") < text.index("Letter page 1")
    assert "Letter page 2" not in text
