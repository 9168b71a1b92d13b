"""Words on pages without text, found by what Tesseract reads there, blacked out, and not to be read any more."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from tests.evidence.test_ocr import installed, photo
from wizard.errors import EvidenceRefused
from wizard.evidence import offer
from wizard.evidence.redaction.in_pictures import locate
from wizard.evidence.redaction.search import Places, located, search
from wizard.evidence.words import ocr
from wizard.evidence.words.misread import read_in
from wizard.evidence_fact import Area, EvidenceFact, Treatment
from wizard.sought_words import holds

Row = tuple[int, int, int, int, str]
"""Block and line, left and top in pixels, and a word, which is 20 pixels high and 10 wide a letter."""


def table(*rows: Row) -> bytes:
    """What Tesseract says of a picture of 1,000 by 500 pixels."""
    lines = ["level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"]
    lines.append("1\t1\t0\t0\t0\t0\t0\t0\t1000\t500\t-1\t")
    for block, line, left, top, text in rows:
        lines.append(f"4\t1\t{block}\t1\t{line}\t0\t0\t{top}\t1000\t20\t-1\t")
        lines.append(f"5\t1\t{block}\t1\t{line}\t1\t{left}\t{top}\t{10 * len(text)}\t20\t91.5\t{text}")
    return "\n".join(lines).encode()


def places(data: bytes, words: Sequence[str], turn: int = 0) -> list[tuple[int, list[tuple[int, ...]]]]:
    """Where words are said to be, in pixels."""
    found, blobs = locate(data, words, turn)
    size = (1000, 500) if turn % 180 == 0 else (500, 1000)
    assert blobs == []
    return [
        (place["word"], [tuple(round(side * size[at % 2]) for at, side in enumerate(box)) for box in place["boxes"]])
        for place in found["places"]
    ]


ACROSS = (1, 1, 100, 100, "With"), (1, 1, 150, 100, "Jonah"), (1, 1, 210, 100, "Marsh,"), (1, 2, 100, 130, "he")


def test_a_word_is_found_whole_with_room_around_it() -> None:
    assert places(table(*ACROSS), ["marsh", "Tom"]) == [(0, [(204, 94, 276, 126)])]


def test_a_full_name_is_found_on_one_line_over_two_and_across_columns() -> None:
    assert places(table(*ACROSS), ["Jonah Marsh"]) == [(0, [(144, 94, 276, 126)])]
    broken = (
        (1, 1, 800, 100, "Jonah"),
        (1, 2, 100, 130, "Marsh"),
        (2, 1, 800, 300, "Quill-"),
        (2, 2, 100, 330, "feather"),
    )
    assert places(table(*broken), ["Jonah Marsh", "Quillfeather"]) == [
        (0, [(794, 94, 856, 126), (94, 124, 156, 156)]),
        (1, [(794, 294, 866, 326), (94, 324, 176, 356)]),
    ]
    apart = (1, 1, 100, 100, "Name:"), (1, 2, 100, 130, "Jonah"), (2, 1, 200, 101, "school"), (2, 2, 200, 131, "Marsh")
    assert places(table(*apart), ["Jonah Marsh"]) == [(0, [(94, 124, 256, 157)])]


def test_a_word_of_which_letters_were_misread_is_found_unless_it_is_short() -> None:
    read = (1, 1, 100, 100, "Ionah"), (1, 1, 160, 100, "Kowalezyk"), (1, 2, 100, 130, "in"), (1, 2, 130, 130, "Jan")
    assert places(table(*read), ["Jonah Kowalczyk", "Ian", "K0walczyk"]) == [
        (0, [(94, 94, 256, 126)]),
        (2, [(154, 94, 256, 126)]),
    ]
    assert [read_in([word], "KowaIezyk, 5. Jan") for word in ("Kowalczyk", "Ian", "Jan", "Kowal")] == [
        True, False, True, False,
    ]  # fmt: skip


def test_lines_that_lean_are_not_taken_for_one_another() -> None:
    """Of two lines that rise by their height, the end of the lower stands level with the beginning of the upper."""
    words = ("Jonah", "was", "he", "and", "Tom"), ("so", "it", "is", "Marsh", "said")
    lines = [
        (1, line, 100 + 200 * at, 200 + 30 * line - 8 * at, word)
        for line, said in enumerate(words)
        for at, word in enumerate(said)
    ]
    assert places(table(*lines), ["Jonah Marsh"]) == []
    assert len(places(table(*lines), ["Jonah was", "Marsh said", "Tom so"])) == 3


def test_a_page_of_which_tesseract_is_not_sure_was_not_searched() -> None:
    lying = table((1, 1, 100, 100, "yeuor"), (1, 2, 100, 130, "ysiew"), (1, 3, 100, 160, "pies"))
    unsure = lying.replace(b"91.5\ty", b"31.5\ty")
    assert [locate(data, ["Jonah"])[0]["searched"] for data in (lying, unsure, table())] == [True, False, False]
    assert locate(unsure, ["pies"])[0]["searched"]
    assert located(unsure, 1, 0, ("Jonah",)) is None


@pytest.mark.parametrize(
    ("turn", "box"),
    [(0, (204, 94, 276, 126)), (90, (94, 724, 126, 796)), (180, (724, 374, 796, 406)), (270, (374, 204, 406, 276))],
)
def test_a_place_is_that_of_the_page_before_it_was_turned(turn: int, box: tuple[int, ...]) -> None:
    assert places(table(*ACROSS), ["Marsh"], turn) == [(0, [box])]


@given(st.builds(lambda text: table((1, 1, 9, 9, text)), st.text(max_size=9)))
@example(b"\xff\t\n")
@example(b"")
@example(table((1, 1, 5_000, 9, "Jonah")))
@example(b"1\t1\t0\t0\t0\t0\t0\t0\t" + b"9" * 5_000 + b"\t1\t-1\t\n5\t1\t1\t1\t1\t1\t-1\t\xd9\xa1\t1\t1\t9\tJonah")
def test_whatever_stands_in_the_table_no_place_is_off_the_page(data: bytes) -> None:
    for place in locate(data, ["Jonah"])[0]["places"]:
        for box in place["boxes"]:
            assert all(0 <= side <= 1 for side in box)


def test_places_are_taken_from_the_child_only_as_they_should_be(monkeypatch: pytest.MonkeyPatch) -> None:
    data = table(*ACROSS)
    assert located(data, 3, 0, ("Tom", "Marsh")) == ((), ((Area(3, (0.204, 0.188, 0.276, 0.252)),),))
    monkeypatch.setattr(
        "wizard.evidence.redaction.search.serve",
        lambda _operation, _data, _arguments, read, **_: read(
            {"searched": True, "places": [{"word": 2, "boxes": []}]}, []
        ),
    )
    with pytest.raises(EvidenceRefused):
        located(data, 1, 0, ("Tom", "Marsh"))


def test_what_is_found_so_far_is_put_together() -> None:
    here = (((Area(2, (0, 0, 1, 1)),),),)
    begun = Places(((),), (1, 2, 3)).awaiting((2, 3))
    assert (begun.silent, begun.waiting) == ((1,), (2, 3))
    some = begun.with_page(2, here)
    assert some == Places(((),), (1,), (3,), (2,), here)
    assert some.with_page(3, None) == some.given_up() == Places(((),), (1, 3), (), (2,), here)


def test_pictures_are_read_only_where_tesseract_is_and_something_can_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    fact = EvidenceFact("a.pdf", pages=99, blank=(2,), omit=(3,))
    monkeypatch.setattr(ocr, "program", lambda: "/usr/bin/tesseract")
    assert ocr.to_search(fact, (1, 2, 3, 4)) == (1, 4)
    assert len(ocr.to_search(fact, range(1, 100))) == ocr.MOST_SOUGHT
    monkeypatch.setattr(ocr, "program", lambda: "")
    assert ocr.to_search(fact, (1, 2, 3, 4)) == ()


def leaning(turned: int) -> bytes:
    """A photo of a letter that leans a little, with a table around it, and lies on its side or upright."""
    sheet = Image.open(io.BytesIO(photo())).rotate(1.5, expand=True, fillcolor=255)
    desk = Image.new("L", (sheet.width + 300, sheet.height + 200), 90)
    desk.paste(sheet, (200, 100))
    desk.rotate(-turned, expand=True).save(out := io.BytesIO(), "PNG")
    return out.getvalue()


@installed
@pytest.mark.parametrize(("turned", "crop"), [(0, (0.0, 0.0, 0.0, 0.0)), (90, (0.02, 0.1, 0.02, 0.05))])
def test_what_is_blacked_out_in_a_photo_cannot_be_read_by_machine_any_more(
    turned: int, crop: tuple[float, float, float, float]
) -> None:
    """However the photo was held, cropped or straightened: the boxes lie where the school sees the words."""
    data, words = leaning(turned), ("Tom Marsh", "Mrs Osei")
    wish = Treatment(words=words, crop=crop, straighten=1.5 if turned else 0.0)
    fact = EvidenceFact("photo.png", rotate=-turned % 360)
    searched = search(data, wish)
    assert (searched.places.of_words, searched.places.silent) == (((), ()), (1,))
    read = ocr.read_page(searched.pdf, 1, fact.turn(1), "tsv")
    found = located(read, 1, fact.turn(1), words)
    assert [len(one) for one in found] == [1, 1]
    areas = tuple(area for word in found for place in word for area in place)
    made = offer.prepare_bytes(data, ".png", replace(wish, areas=areas))
    again = ocr.read_page(made.pdf, 1, fact.turn(1), "txt").decode()
    assert not holds(("Tom Marsh", "MARSH", "Osei"), again)
    assert holds(("Gannet Coast Clinic",), again)  # nothing else is covered
    assert holds(("Date of birth",), again)
    assert any(f"blacked out {len(areas)} places on page 1" in notice for notice in made.notices)
