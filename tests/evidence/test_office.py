"""Office documents as pages: what they say is there; what is not shown is told, and what hides in them stays here."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.evidence.office_files import docx, margin, odt, paragraph
from tests.evidence.ole_files import ole
from tests.evidence.workbooks import packed
from wizard.evidence import intake, offer
from wizard.evidence.document import Outcome
from wizard.evidence.office import convert, office_file

TABLE = (
    "<w:tbl><w:tr><w:tc>" + paragraph("Day") + "</w:tc><w:tc>" + paragraph("Hours") + "</w:tc></w:tr>"
    "<w:tr><w:tc>" + paragraph("Monday") + "</w:tc><w:tc>" + paragraph("2") + "</w:tc></w:tr></w:tbl>"
)
REPORT = docx(
    paragraph("Report on Amira", "Heading1") + paragraph("She is tired.", run="<w:b/>") + TABLE,
    margin("hdr", "Anytown NHS Trust") | margin("ftr", "Private and confidential"),
)


NAMELESS_STYLE = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style>'
    '<w:name w:val="Plain"/></w:style></w:styles>'
)
RED = (255, 0, 0)
LINKED = (
    '<w:p><w:r><w:drawing xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><wp:inline>'
    '<wp:extent cx="1905000" cy="1905000"/><a:graphic><a:graphicData '
    'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="x"/>'
    '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="r1"/><a:stretch><a:fillRect/></a:stretch>'
    '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1905000" cy="1905000"/></a:xfrm>'
    '<a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
)


def linked(target: str, mode: str = ' TargetMode="External"') -> dict[str, str | bytes]:
    """The part that says where the picture of `LINKED` lies."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    return {
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="r1" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    }


def colours(pdf: bytes) -> set[Any]:
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=0.2).to_pil().convert("RGB")
    return {colour for _, colour in picture.getcolors(1 << 16)}


def prepared(data: bytes, kind: str) -> tuple[dict[str, Any], str]:
    facts, blobs = intake.prepare(data, kind)
    return facts, text_of(blobs[0]) if facts["outcome"] in ("included", "cleaned") else ""


def text_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def test_a_word_report_is_read_without_libreoffice_and_its_original_stays_with_it() -> None:
    made = offer.prepare_bytes(REPORT, ".docx")
    said = text_of(made.pdf)
    for words in ("Anytown NHS Trust", "Report on Amira", "She is tired.", "Monday 2", "Private and confidential"):
        assert words in said.replace("\r\n", " ")
    assert made.outcome == Outcome.CLEANED
    assert made.notices == ("Its text is shown, laid out anew; compare it with the original.",)
    assert made.with_original


def test_words_in_fields_and_of_other_scripts_are_read_though_mammoth_passes_over_them() -> None:
    field = "<w:p><w:fldSimple w:instr=\" IF 2 > 1 'a' \"><w:r><w:t>Amira Khan</w:t></w:r></w:fldSimple></w:p>"
    tabbed = '<w:p><w:r><w:t>Left</w:t><w:ptab w:alignment="right"/><w:t>Right</w:t></w:r></w:p>'
    ruby = "<w:p><w:r><w:ruby><w:rubyBase><w:r><w:t>Reading</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
    sum_ = '<w:p><m:oMath xmlns:m="m"><m:r><m:t>x</m:t></m:r></m:oMath></w:p>'
    facts, said = prepared(docx(field + tabbed + ruby + sum_, {"word/styles.xml": NAMELESS_STYLE}), "docx")
    assert [word for word in ("Amira Khan", "Left", "Right", "Reading") if word not in said] == []
    assert "LeftRight" not in said
    assert "Equations in it are not shown." in facts["notices"]


def test_a_picture_that_a_word_document_has_lost_is_told_and_the_rest_is_shown() -> None:
    lost = linked("media/lost.png", mode="")
    facts, said = prepared(docx(paragraph("Dear school") + LINKED.replace("r:link", "r:embed"), lost), "docx")
    assert "Dear school" in said
    assert "A picture in it could not be shown." in facts["notices"]


def test_a_letterhead_that_is_a_picture_and_the_boxes_of_a_form_are_told() -> None:
    letterhead = "Pictures at the head or foot of its pages, such as a letterhead, are not shown."
    related = linked("media/logo.png", mode="")["word/_rels/document.xml.rels"]
    heads = margin("hdr", "Anytown NHS Trust") | {"word/_rels/header1.xml.rels": related}
    assert letterhead in prepared(docx(paragraph("Dear school"), heads), "docx")[0]["notices"]
    styles = '<s xmlns:draw="d"><draw:image/></s>'
    form = odt("<text:p>Tick one<draw:control/></text:p>", parts={"styles.xml": styles})
    notices = prepared(form, "odt")[0]["notices"]
    assert letterhead in notices
    assert "Boxes and buttons of a form in it are not shown." in notices


def test_a_presentation_that_was_packed_anew_is_kept_as_a_file_and_not_shown_as_an_empty_page() -> None:
    slides = odt("").replace(b"opendocument.text", b"opendocument.xxxx")
    with zipfile.ZipFile(io.BytesIO(slides)) as archive:
        parts = {
            name: archive.read(name).replace(b"office:text", b"office:presentation") for name in archive.namelist()
        }
    facts, _ = prepared(packed(dict(reversed(parts.items()))), "odt")
    assert facts["outcome"] == Outcome.ATTACHED
    assert facts["notices"][0].startswith("It cannot be shown here and goes along as a file.")


def test_libreoffice_shows_a_word_report_as_word_does(libreoffice: None) -> None:
    made = offer.prepare_bytes(REPORT, ".docx")
    assert "Report on Amira" in text_of(made.pdf)
    assert (made.outcome, made.kind) == (Outcome.CLEANED, "docx")
    assert made.notices == (convert.CONVERTED,)
    assert not made.with_original


def test_libreoffice_takes_in_nothing_from_elsewhere(libreoffice: None, tmp_path: Path) -> None:
    Image.new("RGB", (200, 200), "red").save(tmp_path / "red.png")
    made = offer.prepare_bytes(docx(paragraph("Hello") + LINKED, linked((tmp_path / "red.png").as_uri())), ".docx")
    assert "It refers to pictures or files elsewhere. They were not fetched." in made.notices
    assert RED not in colours(made.pdf)


FIELD = rb"{\rtf1 Hello {\field{\*\fldinst %s}{\fldrslt x}}}"
BEHIND = (
    '<style:style style:name="P1" style:family="paragraph"><style:paragraph-properties><style:background-image '
    'xlink:href="%s" xlink:type="simple" xlink:actuate="onLoad"/></style:paragraph-properties></style:style>'
)


@pytest.mark.parametrize("kind", ["rtf", "odt"])
def test_no_picture_of_this_computer_gets_into_a_document_that_asks_for_it(
    kind: str, libreoffice: None, tmp_path: Path
) -> None:
    """LibreOffice would: its setting against links does not hold for these."""
    Image.new("RGB", (200, 200), "red").save(tmp_path / "red.png")
    place = (tmp_path / "red.png").as_uri()
    asking = {
        "rtf": FIELD % f'INCLUDEPICTURE "{place}" \\\\d'.encode(),
        "odt": odt('<text:p text:style-name="P1">Hello</text:p>', BEHIND % place),
    }
    made = offer.prepare_bytes(asking[kind], f".{kind}")
    assert "Hello" in text_of(made.pdf)
    assert RED not in colours(made.pdf)
    assert made.notices[0] == "Its text is shown, laid out anew; compare it with the original."
    assert "It refers to pictures or files elsewhere. They were not fetched." in made.notices


@pytest.mark.parametrize(
    ("instruction", "fetched"),
    [
        (rb'INCLUDEPICTURE "C:\\a.png"', True),
        (rb" {includetext} a", True),
        (rb"{INCLUDE}{\b PICTURE} a", True),
        (rb"\'49NCLUDEPICTURE a", True),
        (rb"\u73 ?NCLUDEPICTURE a", True),
        (rb"IF a = \'e9\'e8 \u233 ?", False),
        (rb"{\field{\*\fldinst DDEAUTO a}}", True),
        (rb'IF 1 = 1 "{\field{\*\fldinst INCLUDEPICTURE a}}"', True),
        (rb"LINK Excel.Sheet a", True),
        (rb'HYPERLINK "https://nhs.example/included"', False),
        (rb'HYPERLINK "https://nhs.example/caf\u233 ?"', False),
        (rb"PAGE \\* MERGEFORMAT", False),
    ],
)
def test_fields_of_rich_text_that_fetch_something_are_known(instruction: bytes, fetched: bool) -> None:
    assert office_file.look(FIELD % instruction, "rtf").fetched == fetched
    assert (office_file.to_convert(FIELD % instruction, "rtf") is None) == fetched


@pytest.mark.parametrize(
    ("place", "fetched"),
    [
        ("file:///C:/Users/a.png", True),
        ("/home/a.png", True),
        ("&#102;ile:/a.png", True),
        ("\\\\server\\a.png", True),
        ("https://tracker.example/a.png", True),
        ("../a.png", True),
        ("Pictures/%2E%2E/%2e%2e/a.png", True),
        ("file%3a%2f%2f/a.png", True),
        ("Pictures/a.png", False),
        ("./Object 1", False),
        ("#a", False),
        ("", False),
    ],
)
def test_what_an_opendocument_text_names_elsewhere_is_known(place: str, fetched: bool) -> None:
    picture = f"<text:p><draw:frame><draw:image xlink:href='{place}'/></draw:frame></text:p>"
    followed = f"<text:p><text:a xlink:href='{place}'>Look</text:a></text:p>"
    assert office_file.look(odt(picture), "odt").fetched == fetched
    assert not office_file.look(odt(followed), "odt").fetched
    twice = f"<text:p><draw:image xlink:href='{place}' text:href='Pictures/a.png'/></text:p>"
    assert office_file.look(odt(twice), "odt").fetched == fetched  # LibreOffice looks at the first alone


def test_a_presentation_that_would_fetch_something_is_kept_as_a_file(libreoffice: None) -> None:
    picture = "<text:p><draw:image xlink:href='file:///a.png'/></text:p>"
    slides = odt(picture, parts={"mimetype": "application/vnd.oasis.opendocument.presentation"})
    made = offer.prepare_bytes(slides, ".odp")
    assert (made.kind, made.outcome) == ("odp", Outcome.ATTACHED)
    assert "Where LibreOffice" not in made.notices[0]


def test_where_libreoffice_fails_the_program_reads_the_text_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(convert, "program", lambda: str(broken))
    made = offer.prepare_bytes(REPORT, ".docx")
    assert "Report on Amira" in text_of(made.pdf)
    assert made.notices[0] == "LibreOffice could not make a PDF of it."


@pytest.mark.parametrize(
    ("parts", "body", "what"),
    [
        ({"word/vbaProject.bin": b"x"}, "", "macros"),
        ({"word/embeddings/a.docm": packed({"word/vbaProject.bin": b"x"})}, "", "macros"),
        ({"word/embeddings/oleObject1.bin": "_VBA_PROJECT".encode("utf-16-le")}, "", "macros"),
        ({"word/embeddings/oleObject2.bin": bytes(1 << 20) + b"MZ\x90\0\x03\0\0\0"}, "", "macros"),
        ({"word/comments.xml": "<comments/>"}, "", "comments"),
        ({}, "<w:p><w:ins w:id='1'><w:r><w:t>new</w:t></w:r></w:ins></w:p>", "tracked changes"),
    ],
)
def test_what_hides_in_a_document_keeps_its_original_here(parts: dict[str, bytes], body: str, what: str) -> None:
    facts, said = prepared(docx(paragraph("Hello") + body, parts), "docx")
    assert not facts["with_original"]
    assert f"It holds {what}, so the original is not sent along." in facts["notices"]
    assert "Hello" in said


def test_files_inside_and_pictures_elsewhere_are_told() -> None:
    parts = {"word/embeddings/oleObject1.bin": "x", **linked("https://tracker.example/x.png")}
    facts, _ = prepared(docx(paragraph("Hello"), parts), "docx")
    assert "1 file inside it is not shown." in facts["notices"]
    assert "It refers to pictures or files elsewhere. They were not fetched." in facts["notices"]


def test_an_older_word_document_is_kept_as_a_file_or_refused_for_its_macros() -> None:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")
    made = offer.prepare_bytes(start, ".doc")
    assert (made.outcome, made.kind, made.with_original) == (Outcome.ATTACHED, "doc", True)
    made = offer.prepare_bytes(start + "_VBA_PROJECT".encode("utf-16-le"), ".doc")
    assert made.outcome == Outcome.REFUSED
    assert "macros" in made.why


def with_macros_deeper(document: bytes) -> bytes:
    """The document with another in it, not packed again, that has macros."""
    buffer = io.BytesIO(document)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("other/inner.docm", packed({"word/vbaProject.bin": b"x"}))
    return buffer.getvalue()


def test_no_program_travels_that_lies_deeper_in_a_document() -> None:
    facts, said = prepared(with_macros_deeper(docx(paragraph("Hello"))), "")
    assert (facts["kind"], facts["with_original"]) == ("docx", False)
    assert facts["notices"][-1] == "It holds macros, so the original is not sent along."
    assert "Hello" in said
    facts, _ = intake.prepare(with_macros_deeper(packed({"ppt/presentation.xml": "<p/>"})))
    assert (facts["kind"], facts["outcome"]) == ("pptx", Outcome.REFUSED)
    assert facts["why"].startswith("It cannot be shown here, and holds macros, comments or changes")


def test_a_document_that_swells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_file, "UNPACKED", 1 << 20)
    for name in ("word/media/a.bin", "word/document.xml"):
        facts, _ = prepared(docx("", {name: bytes(2 << 20)}), "docx")
        assert facts["why"].startswith("The document grows too large when it is opened.")
    facts, _ = prepared(packed({f"word/{number}": b"" for number in range(6_000)}), "docx")
    assert facts["why"].startswith("The document has too many parts.")


def test_nothing_in_a_document_is_fetched_or_expanded() -> None:
    deep = "<w:p>" * 3_000 + "</w:p>" * 3_000
    facts, _ = prepared(docx(deep), "docx")
    assert facts["outcome"] == "refused"


def test_a_picture_in_a_document_is_shown() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(buffer, "PNG")
    related = linked("media/image1.png", ' TargetMode="Internal"')
    inside = LINKED.replace("r:link", "r:embed")
    facts, blobs = intake.prepare(docx(inside, {"word/media/image1.png": buffer.getvalue(), **related}), "docx")
    assert facts["notices"] == ["Its text is shown, laid out anew; compare it with the original."]
    assert RED in colours(blobs[0])


@given(st.data())
def test_any_bytes_in_place_of_some_end_in_an_outcome(data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(["word/document.xml", "word/header1.xml", "_rels/.rels", "[Content_Types].xml"]))
    swapped = docx(paragraph("Hello"), margin("hdr", "x") | {part: data.draw(st.binary(max_size=200))})
    assert prepared(swapped, "docx")[0]["outcome"] in ("cleaned", "refused")


@given(st.integers(0, len(REPORT) - 1), st.binary(min_size=1, max_size=20))
def test_damaged_documents_end_in_an_outcome(at: int, noise: bytes) -> None:
    assert prepared(REPORT[:at] + noise + REPORT[at + len(noise) :], "docx")[0]["outcome"] in ("cleaned", "refused")
    assert prepared(REPORT[:at], "docx")[0]["outcome"] in ("cleaned", "refused")


STYLES = "<style:style style:name='T1'><style:text-properties fo:font-weight='bold'/></style:style>"
NOTE = odt(
    "<text:tracked-changes><text:changed-region><text:p>taken out</text:p></text:changed-region></text:tracked-changes>"
    "<text:h text:outline-level='1'>Tutor’s note</text:h><text:p>He <text:span text:style-name='T1'>slept</text:span>"
    "<text:s text:c='2'/>all<text:line-break/>day<text:note><text:note-citation>1</text:note-citation>"
    "<text:note-body><text:p>at home</text:p></text:note-body></text:note></text:p>"
    "<text:list><text:list-item><text:p>first</text:p></text:list-item></text:list>"
    "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Day</text:p></table:table-cell>"
    "<table:table-cell table:number-columns-repeated='2'><text:p>Mark</text:p></table:table-cell></table:table-row>"
    "</table:table-header-rows><table:table-row><table:table-cell><text:p>Mon</text:p><text:p>day</text:p>"
    "</table:table-cell><table:covered-table-cell/></table:table-row></table:table>",
    STYLES,
    {
        "styles.xml": "<s xmlns:style='x' xmlns:text='y'><style:header><text:p>Anytown School</text:p></style:header>"
        "<style:footer><text:p>Page</text:p></style:footer></s>"
    },
)


def test_an_opendocument_text_is_read() -> None:
    facts, said = prepared(NOTE, "odt")
    for words in ("Anytown School", "Tutor’s note", "He slept", "day", "at home", "• first", "Day Mark Mark", "Mon"):
        assert words in said.replace("\u00a0", " ").replace("\r\n", " "), words
    assert "taken out" not in said
    assert not facts["with_original"]
    assert "It holds tracked changes, so the original is not sent along." in facts["notices"]


def test_a_locked_opendocument_text_says_so() -> None:
    locked = odt("<text:p>x</text:p>", parts={"META-INF/manifest.xml": "<manifest:encryption-data/>"})
    assert prepared(locked, "odt")[0]["why"].startswith("The document is protected by a password.")


def test_an_opendocument_text_that_declares_entities_is_refused() -> None:
    bomb = "<!DOCTYPE a [<!ENTITY b 'bb'>]><a>&b;</a>"
    assert prepared(odt("", parts={"content.xml": bomb}), "odt")[0]["outcome"] == "refused"


RICH = rb"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fcharset204 Arial Cyr;}}{\*\generator x;}
{\info{\author Somebody}}{\header\pard Anytown Clinic\par}
\pard\b Dear Ms O\'92Neil,\b0\par It is 5\'b0 outside; {\f1\'cf\'f0\'e8\'e2\'e5\'f2}, \u263 ?a
\u-10179?\u-8704? {\v unseen}{\deleted gone}end\par
{\field{\*\fldinst HYPERLINK "https://x.example"}{\fldrslt the clinic}}\line next line\par
\trowd\cellx1000\cellx2000\intbl Day\cell Hours\cell\row\trowd\intbl
Mon\cell 2\cell\row\pard after{\footnote\pard told later}\par}"""


def test_rich_text_is_read_letter_by_letter() -> None:
    facts, said = prepared(RICH, "rtf")
    flat = said.replace("\r\n", " ")
    for words in (
        "Anytown Clinic", "Dear Ms O’Neil,", "5° outside; Привет", "ća", "the clinic next line", "Day Hours",
        "Mon 2", "after [told later]",
    ):  # fmt: skip
        assert words in flat, words
    for words in ("unseen", "gone", "Somebody", "HYPERLINK", "Arial"):
        assert words not in said
    assert facts["outcome"] == "cleaned"


@settings(max_examples=50)
@given(st.lists(st.sampled_from(re.findall(rb"\\\w+|[{}]|\w+", RICH)) | st.binary(max_size=6), max_size=80))
def test_any_tangle_of_rich_text_ends_in_an_outcome(pieces: list[bytes]) -> None:
    assert prepared(b"{\\rtf1 " + b" ".join(pieces), "rtf")[0]["outcome"] == "cleaned"


@given(st.integers(0, len(NOTE) - 1), st.binary(min_size=1, max_size=20))
def test_damaged_opendocument_texts_end_in_an_outcome(at: int, noise: bytes) -> None:
    assert prepared(NOTE[:at] + noise + NOTE[at + len(noise) :], "odt")[0]["outcome"] in ("cleaned", "refused")


@pytest.mark.parametrize(("flags", "outcome"), [(b"\0\0", Outcome.ATTACHED), (b"\0\1", Outcome.REFUSED)])
def test_an_older_document_with_a_password_says_so(flags: bytes, outcome: Outcome) -> None:
    made = offer.prepare_bytes(ole({"WordDocument": b"\xec\xa5" + b"\0" * 8 + flags + b"\0" * 5_000}))
    assert (made.outcome, made.kind) == (outcome, "doc")
    assert ("protected by a password" in made.why) == (outcome == Outcome.REFUSED)
