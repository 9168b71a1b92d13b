"""Highlights, strokes and remarks on the pages of a PDF: they are seen in the copy, or people are told."""

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from tests.evidence import pdfs_by_hand as by_hand
from tests.evidence.pdfs_by_hand import letter, saved
from tests.evidence.test_clean import difference, prepare, seen, words

RED, QUADS = Array([1, 0, 0]), Array([60, 720, 200, 720, 60, 695, 200, 695])
MARKS = {  # what is said of a mark, and a place in points where it leaves its colour
    "Highlight": (Dictionary(QuadPoints=QUADS, C=Array([1, 1, 0])), (190, 699), (255, 255, 0)),
    "StrikeOut": (Dictionary(QuadPoints=QUADS, C=RED), (196, 706), (255, 0, 0)),
    "Underline": (Dictionary(QuadPoints=QUADS, C=RED), (196, 696), (255, 0, 0)),
    "Ink": (Dictionary(InkList=Array([Array([300, 300, 400, 300])]), C=RED), (350, 300), (255, 0, 0)),
    "Line": (Dictionary(L=Array([300, 300, 300, 400]), C=RED), (300, 350), (255, 0, 0)),
    "PolyLine": (Dictionary(Vertices=Array([300, 300, 300, 400, 500, 400]), C=RED), (400, 400), (255, 0, 0)),
    "Polygon": (Dictionary(Vertices=Array([300, 300, 300, 400, 500, 400]), IC=RED), (350, 380), (255, 0, 0)),
    "Square": (Dictionary(IC=RED), (150, 150), (255, 0, 0)),
    "Circle": (Dictionary(IC=RED), (110, 150), (255, 0, 0)),
}


def marked(kind: str, said: Dictionary, **more: object) -> bytes:
    pdf = letter()
    mark = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array([100, 100, 200, 200]), **more)
    mark.update(Dictionary(BS=Dictionary(W=6)) if "BS" not in more else {})
    mark.update(said)
    by_hand.add_boxes(pdf, [mark])
    return saved(pdf)


@pytest.mark.parametrize("kind", MARKS)
def test_a_mark_that_somebody_made_on_a_page_stays_though_it_has_no_picture(kind: str) -> None:
    said, (x, y), colour = MARKS[kind]
    facts, pdf = prepare(marked(kind, said))
    assert facts["notices"] == []
    picture = pdfium.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
    assert picture.getpixel((x, 842 - y)) == colour
    assert "Dear school" in words(pdf)
    hidden = prepare(marked(kind, said, F=2))[1]
    assert difference(seen(saved(letter())), seen(hidden)) < 0.01


@pytest.mark.parametrize(("kind", "more"), [("FreeText", {"Contents": "Not fit"}), ("Stamp", {}), ("Ink", {})])
def test_a_mark_that_cannot_be_drawn_is_told(kind: str, more: dict[str, object]) -> None:
    facts, _ = prepare(marked(kind, Dictionary(), **more))
    assert facts["notices"] == [
        "1 mark or remark on its pages was not shown.\n"
        "Open it in the program that made it, print it to a new PDF, and add that."
    ]


def test_a_remark_on_marked_words_is_counted_among_the_comments() -> None:
    facts, _ = prepare(marked("Highlight", MARKS["Highlight"][0], Contents="Is this the right child?"))
    assert facts["notices"] == ["1 comment that opens on a click was left out of the pack's copy."]


@given(
    st.sampled_from(sorted(MARKS)),
    st.dictionaries(
        st.sampled_from(
            ["/QuadPoints", "/InkList", "/L", "/Vertices", "/Rect", "/C", "/IC", "/BS", "/Border", "/CA", "/F"]
        ),
        st.sampled_from([[], [1], [1, 2, 3], [[1, 2], 3], [0, 0, 9e9, -9e9], 7, -1e38, Name.X, "text", True]),
        max_size=4,
    ),
)
def test_whatever_is_said_of_a_mark_ends_in_an_outcome(kind: str, said: dict[str, object]) -> None:
    facts, _ = prepare(marked(kind, Dictionary(said)))
    assert facts["outcome"] in ("included", "cleaned")
