"""Text, tables and web pages on pages of our own: everything is there, and where it is not, that is said."""

import io
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from wizard.evidence import intake
from wizard.evidence.text import html_blocks
from wizard.evidence.text import laid_out as laying
from wizard.evidence.text.blocks import Heading, PageBreak, Paragraph, Picture, Preformatted, Rule, Table, Words, prose
from wizard.evidence.text.laid_out import laid_out


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded().replace("\r", "") for page in document)


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    return [tuple(map(round, page.get_size())) for page in pypdfium2.PdfDocument(pdf)]


def prepared(data: bytes, kind: str) -> tuple[dict[str, Any], str]:
    facts, blobs = intake.prepare(data, kind)
    return facts, text_of(blobs[0]) if blobs else ""


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_each_kind_of_block_is_on_the_page() -> None:
    laid = laid_out(
        [
            Heading(prose("Report of the clinic")),
            Paragraph((Words("Dear "), Words("Ms Ahmed", bold=True), Words(", soon", slanted=True))),
            Paragraph(prose("rest"), 1, "•"),
            Rule(),
            Preformatted("  as it was\n\nlast"),
            Table(((prose("Day"), prose("Hours")), (prose("Mon"), prose("3"))), 1),
            PageBreak(),
            Paragraph(prose("The next page"), quiet=True),
        ]
    )
    said = text_of(laid.pdf)
    for words in ("Report of the clinic", "Dear Ms Ahmed, soon", "• rest", "as it was", "Mon", "The next page"):
        assert words in said
    assert laid.whole
    assert len(sizes(laid.pdf)) == 2


def test_nothing_to_say_is_an_empty_page() -> None:
    assert sizes(laid_out([]).pdf) == [(595, 842)]


def test_a_letter_without_a_typeface_is_a_box_and_is_told() -> None:
    laid = laid_out([Paragraph(prose("before \ue123 after"))])
    assert laid.missing == {"\ue123"}
    assert not laid.whole
    assert "typeface" in laid.notices[0]


def test_the_head_of_a_long_table_is_on_every_page() -> None:
    rows = tuple((prose(f"pupil {number}"), prose("present")) for number in range(150))
    pdf = laid_out([Table(((prose("Who"), prose("Mark")), *rows), 1)]).pdf
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    assert len(pages) > 2
    assert all("Who" in page for page in pages)
    assert all(f"pupil {number}" in "".join(pages) for number in range(150))


def test_a_wide_table_lies_across_and_a_wider_one_is_parted_with_its_first_column_again() -> None:
    def table(columns: int) -> Table:
        return Table(tuple(tuple(prose(f"column{at}row{row}") for at in range(columns)) for row in range(3)))

    assert sizes(laid_out([table(9)]).pdf) == [(842, 595)]
    log = Table(((prose("a few words of a log " * 5),) * 6,) * 3)
    assert sizes(laid_out([log]).pdf) == [(842, 595)]
    said = text_of(laid_out([table(40)]).pdf)
    assert all(f"column{at}row2" in said for at in range(40))
    assert said.count("column0row2") > 1


def test_a_row_longer_than_a_page_goes_on_and_is_whole() -> None:
    words = " ".join(f"word{number}" for number in range(3000))
    said = text_of(laid_out([Table(((prose("a"), prose(words)),))]).pdf)
    assert squeezed(words) in squeezed(said)


def test_a_cell_that_holds_a_whole_report_is_shown_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laying, "_AT_ONCE", 400)
    report = tuple(Words(f"Sentence {number}. ", bold=number % 2 == 0) for number in range(300))
    laid = laid_out([Table(((report, prose("beside")),), 0)])
    shown = squeezed(text_of(laid.pdf))
    assert [number for number in range(300) if f"Sentence{number}." not in shown] == []
    assert laid.whole
    monkeypatch.setattr(laying, "_MOST_IN_CELL", 2)
    assert "A cell of a table in it is too long to be shown whole." in laid_out([Table(((report,),), 0)]).notices


def test_where_pages_run_out_that_is_said_and_the_original_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laying, "LONGEST", 3)
    facts, said = prepared("\n".join(f"line {number}" for number in range(400)).encode(), "text")
    assert len(facts["pages"]) == 3
    assert facts["with_original"]
    assert "Only its first 3 pages" in facts["notices"][0]
    assert "line 0" in said


def test_where_time_runs_out_what_was_laid_out_till_then_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laying, "_PATIENCE", -1.0)
    monkeypatch.setattr(laying.time, "process_time", iter([0.0, -2.0, -2.0, 5.0]).__next__)
    laid = laid_out([Heading(prose(f"Part {number}")) for number in range(200)])
    assert laid.notices == ("Only its first 2 pages are shown.",)
    assert "Part 0" in text_of(laid.pdf)


def test_pictures_are_fitted_and_lose_what_is_hidden_in_them() -> None:
    picture = Image.effect_noise((900, 600), 90).convert("RGB")
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "hidden words"
    picture.save(buffer, "JPEG", exif=exif)
    laid = laid_out([Picture(buffer.getvalue()), Picture(b"no picture", alternative="crest")])
    assert b"hidden words" not in laid.pdf
    assert laid.unshown == 1
    assert "[A picture that cannot be shown here: crest]" in text_of(laid.pdf)
    assert "A picture in it could not be shown." in laid.notices


PAGE = """<!doctype html><html><head><title>no</title><style>p {color: red}</style></head><body>
<h2>Your <b>appointment</b></h2><p>Dear parent,<br>please&nbsp;come<p>on 3&nbsp;May
<ul><li>bring this<li>and that<ol start="4"><li>four</ol></ul>
<table><tr><th>Day<th>Time<tr><td>Monday<td rowspan=2>9:30<tr><td>Tuesday</table>
<table>stray<tr>lost</tr></table>
<table><tr><td><table><tr><td>laid beside</td><td>each other</td></tr></table></td></tr></table>
<a href="https://www.nhs.example/clinic">the clinic</a> <span style="display: none">unseen</span>
<img src="https://tracker.example/a.gif" width="1" height="1"><img src="https://elsewhere.example/b.png" alt="Map">
<pre>  one
    two</pre><p>&eacute;nd <![if !mso]>of it<![endif]>"""


def test_a_web_page_is_read_as_a_browser_shows_it() -> None:
    facts, said = prepared(PAGE.encode(), "html")
    for words in (
        "Your appointment", "please\u00a0come", "• bring this", "4. four", "Monday", "9:30", "laid beside",
        "each other", "stray", "lost", "the clinic (https://www.nhs.example/clinic)", "[Picture: Map]", "    two",
        "énd of it",
    ):  # fmt: skip
        assert squeezed(words) in squeezed(said), words
    for words in ("color", "unseen", "tracker", "no\n"):
        assert words not in said
    assert facts["outcome"] == "cleaned"
    assert facts["notices"][1] == "1 picture on the internet was not fetched."
    assert facts["with_original"]


def test_scripts_do_not_travel() -> None:
    facts, said = prepared(b"<html><body><script>alert('x')</script><p onclick='y()'>Hello</body>", "html")
    assert said.strip() == "Hello"
    assert not facts["with_original"]
    assert "It holds scripts, so the original is not sent along." in facts["notices"]


def test_a_picture_within_the_page_or_beside_it_is_shown() -> None:
    web = html_blocks.read(
        "<p>a<img src='data:image/png;base64,aGVs%62G8='>b<img src=cid:one width=96>", {"cid:one": b"bytes"}
    )
    assert web.blocks == [
        Paragraph(prose("a")), Picture(b"hello"), Paragraph(prose("b")), Picture(b"bytes", 72.0),
    ]  # fmt: skip
    assert web.unfetched == 0


def test_the_encoding_that_a_page_names_is_believed() -> None:
    _, said = prepared("<html><meta charset='iso-8859-2'><p>Łukasz Dąbrowski</html>".encode("iso-8859-2"), "html")
    assert said.strip() == "Łukasz Dąbrowski"


def test_notes_keep_their_lines_and_a_table_becomes_one() -> None:
    facts, said = prepared("Phone call, 3 May\n\n\tMum said: no change\n".encode("utf-16"), "text")
    assert facts["outcome"] == "included"
    assert said.split("\n")[0] == "Phone call, 3 May"
    facts, said = prepared('Name;Born;Note\nZoë;2010-05-01;"a;\nb"\nTom;2011-01-02;c\n'.encode("cp1252"), "text")
    assert facts["outcome"] == "included"
    assert "Zoë 2010-05-01" in said.replace("\n", " ")
    assert ";Born" not in said


def test_an_appointment_in_a_calendar_file_can_be_read() -> None:
    facts, said = prepared(b"BEGIN:VCALENDAR\r\nSUMMARY:Clinic with a lo\r\n ng name\r\nEND:VCALENDAR\r\n", "calendar")
    assert "SUMMARY:Clinic with a long name" in said
    assert facts["notices"] == ["It is a calendar entry; what the file says is shown line by line."]


@pytest.mark.parametrize(
    "text", ["One, two\nthree, four\nfive", '{\n "a": 1,\n "b": 2,\n "c": 3\n}', "Dear Sir,\nyours,\n", "", "x"]
)
def test_writing_with_commas_is_no_table(text: str) -> None:
    _, said = prepared(text.encode(), "text")
    assert squeezed(text) == squeezed(said)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=600), st.sampled_from(["text", "html"]))
def test_any_bytes_end_in_an_outcome(data: bytes, kind: str) -> None:
    facts, _ = intake.prepare(data, kind)
    assert facts["outcome"] in ("included", "cleaned")


TAGS = "p div table tr td th ul ol li b i a img br hr pre h1 h9 script select option input dl dd form"
FORMS = ("<{}>", "</{}>", "<{}/>", "word {} ", "<{} colspan=9 rowspan=3 x")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(TAGS.split()), st.sampled_from(FORMS))))
def test_any_tangle_of_tags_is_read(pieces: list[tuple[str, str]]) -> None:
    web = html_blocks.read("".join(form.format(tag) for tag, form in pieces))
    assert web.whole
    for block in web.blocks:
        if isinstance(block, Table):
            assert len({len(row) for row in block.rows}) == 1


def test_a_page_nested_without_end_is_read_as_far_as_it_goes() -> None:
    facts, said = prepared(b"<div><table><tr><td>" * 3_000 + b"end", "html")
    assert facts["outcome"] == "cleaned"
    assert "end" in said
