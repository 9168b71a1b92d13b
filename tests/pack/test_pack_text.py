"""What people type: any script, any length, any mischief; printed as written, or refused by the answer's name."""

import re
import shutil
import unicodedata
from io import BytesIO
from pathlib import Path
from typing import Any

import packs_by_hand
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pack_reading import content_text, elements, kids, pdftotext, shown, squeezed
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat, features

from wizard.errors import CannotPrint
from wizard.pack import build
from wizard.pack.content import PackContent
from wizard.summary import Part, Row, Section, Table
from wizard.typeset.characters import clean, clusters, unprintable
from wizard.typeset.embedding import embed
from wizard.typeset.fonts import face_for
from wizard.typeset.look import style
from wizard.typeset.plan import Plan
from wizard.typeset.sheet import Sheet
from wizard.typeset.typesetting import Span, Typesetter, plain

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not on this machine")

EUROPEAN = [
    "Łukasz Żółć", "Nguyễn Thị Ơn", "Ơ", "Ökonomou", "O'Neill-Kowalczyk", "O’Neill", "D’Souza", "Ngọc", "Şükrü Çağrı",
    "Þórdís", "Ðorđe", "Zoë", "Siân", "Ἀριστοτέλης", "Ελένη", "Дмитро", "Ștefan", "X Æ A-12", "Ndọ", "Ṣadé", "ʻOkina",
]  # fmt: skip
SHAPED = ["محمد", "فاطمة الزهراء", "گلناز", "हिन्दी नाम", "प्रिया", "தமிழ்ச்செல்வி", "తెలుగు", "ภาษาไทย กำ", "សុខា ភាសាខ្មែរ"]
OF_THIS_MACHINE = ["שלום כהן", "নাম বাংলা", "ਗੁਰਪ੍ਰੀਤ", "გიორგი", "አበበ", "ⵎⵓⵃⵎⵎⴷ", "😀"]


def in_a_table(label: str, text: str) -> Row:
    return packs_by_hand.row(label, "", table=Table(("A",), ((text,),)))


def spoken(text: str) -> str:
    """Return text without what nobody sees and without the joiners that only shape."""
    return squeezed(clean(text).replace("\u200c", "").replace("\u200d", ""))


def glyph_numbers(pdf: bytes) -> set[int]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return {number for page in opened.pages for _, number in shown(page).glyphs}


@pytest.mark.parametrize("name", EUROPEAN)
def test_names_in_english_schools_are_printed_as_written(name: str) -> None:
    built = build(packs_by_hand.with_answer(name))
    assert squeezed(name) in squeezed(content_text(built.pdf))
    assert 0 not in glyph_numbers(built.pdf)


@needs_poppler
def test_names_are_found_by_a_plain_reader_of_pdf(tmp_path: Path) -> None:
    rows = tuple(packs_by_hand.row(f"Name {n}", name) for n, name in enumerate(EUROPEAN))
    built = build(packs_by_hand.small(sections=(Section("s", "Names", (Part("pupil", "Names", rows),)),)))
    text = squeezed(" ".join(pdftotext(built.pdf, tmp_path)))
    assert [name for name in EUROPEAN if squeezed(name) not in text] == []


@pytest.mark.parametrize("name", SHAPED + OF_THIS_MACHINE)
def test_names_in_other_scripts_read_back_as_written(name: str) -> None:
    if unprintable(name):
        pytest.skip("no typeface of this machine has this script")
    built = build(packs_by_hand.with_answer(f"{name} and Kowalczyk"))
    assert spoken(name) in spoken(content_text(built.pdf))
    assert 0 not in glyph_numbers(built.pdf)


def test_a_script_without_a_typeface_stops_the_pack_and_names_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wizard.typeset.characters.face_for", lambda text, bold: None)
    with pytest.raises(CannotPrint) as refused:
        build(packs_by_hand.with_answer("Wang 王", label="Known as"))
    assert "“Known as” on the page “Pupil” (U+738B CJK UNIFIED IDEOGRAPH-738B)" in refused.value.sentence
    assert "王" not in str(refused.value)
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"pupil_name": "\ue000"}, "the pupil’s name"),
        ({"cover": (packs_by_hand.Fact("Why", "\ue000"),)}, "“Why” on the cover"),
        ({"brief": (("Health", ("\ue000",)),)}, "“Health” in the summary"),
        (
            {"checklist": (packs_by_hand.ChecklistItem("E1", "Advice", "must", "met", "s", "\ue000"),)},
            "the reason for “Advice” on the checklist",
        ),
        (
            {"evidence": (packs_by_hand.EvidenceItem(3, "\ue000", "Letter", 1, b"", "attached", "00"),)},
            "the title or notes of evidence 3",
        ),
        (
            {"signatures": (packs_by_hand.SignatureItem("\ue000", "", "typed", packs_by_hand.CREATED, ""),)},
            "signature 1",
        ),
        (
            {"sections": (Section("s", "S", (Part("p", "Steps", (in_a_table("Tried", "\ue000"),)),)),)},
            "“Tried” on the page “Steps”",
        ),
    ],
)  # fmt: skip
def test_wherever_it_stands_what_cannot_be_printed_is_found(change: dict[str, Any], where: str) -> None:
    with pytest.raises(CannotPrint) as refused:
        build(packs_by_hand.small(**change))
    assert f"{where} (U+E000)" in refused.value.sentence


def test_lone_surrogates_and_the_unassigned_are_refused() -> None:
    for odd in ("\ud800", "\U0003fff0", "\uf8ff"):
        with pytest.raises(CannotPrint):
            build(packs_by_hand.with_answer(f"before {odd} after"))


def test_controls_and_hidden_marks_are_left_out_and_lines_kept() -> None:
    text = "\ufeffone\x00\x07two\u202ethree\u2066four\u200b\u00adfive\r\nsix\tseven\u2028eight\x0cnine\u00a0ten"
    assert clean(text) == "onetwothreefourfive\nsix   seven\neight\nnine\u00a0ten"
    lines = Typesetter().lines(plain(text, style(11)), 400)
    assert len(lines) == 4
    assert "onetwothreefourfive six seven" in squeezed(content_text(build(packs_by_hand.with_answer(text)).pdf))


def test_markup_is_only_text() -> None:
    text = "<b>bold</b> &amp; <font color='red'>x</font> ${7*7} %s (paren) \\n [x]"
    assert squeezed(text) in squeezed(content_text(build(packs_by_hand.with_answer(text)).pdf))


@pytest.mark.parametrize("length", [4_000, 20_000])
def test_a_long_answer_is_printed_whole_over_several_pages(length: int) -> None:
    words = [f"word{number}" for number in range(length // 8)]
    text = " ".join(words)
    built = build(packs_by_hand.with_answer(text, "Story"))
    place = built.plan.places["part:pupil"]
    assert place.last > place.first or length == 4_000
    assert squeezed(text) in squeezed(content_text(built.pdf))


def test_a_word_without_end_is_broken_and_complete() -> None:
    text = "x" * 3_000 + "-" * 700 + "é" * 500
    found = re.sub(r"\s", "", content_text(build(packs_by_hand.with_answer(text)).pdf))
    assert unicodedata.normalize("NFKC", text) in found


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_set_within_its_width_and_nothing_is_lost(text: str) -> None:
    text = "".join(char for char in text if not unprintable(char))
    setter = Typesetter()
    lines = setter.lines((Span(text, style(11)),), 120.0)
    said = "".join(fragment.run.text for line in lines for fragment in line.fragments)
    assert re.sub(r"\s", "", said) == re.sub(r"\s", "", clean(text))
    assert all(line.width <= 120.5 or len(list(clusters(said))) < 3 for line in lines)


def batches(corpus: Path) -> list[tuple[int, list[str]]]:
    lines = (corpus / "text" / "naughty-strings.txt").read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    kept = [line for line in lines if line.strip() and not line.startswith("#")]
    return [(start, kept[start : start + 100]) for start in range(0, len(kept), 100)]


def pack_of(rows: list[tuple[str, str]]) -> PackContent:
    made = tuple(packs_by_hand.row(label, text) for label, text in rows)
    return packs_by_hand.small(sections=(Section("s", "Mischief", (Part("pupil", "Mischief", made),)),))


def test_naughty_strings_are_printed_or_refused_by_name(corpus: Path) -> None:
    refused_labels = 0
    for start, lines in batches(corpus):
        rows = [(f"Line {start + at} asked", text) for at, text in enumerate(lines)]
        unfit = [label for label, text in rows if unprintable(text)]
        for label in unfit[:12]:
            with pytest.raises(CannotPrint) as refused:
                build(pack_of([row for row in rows if row[0] == label]))
            assert f"“{label}” on the page “Mischief” (U+" in refused.value.sentence
        refused_labels += len(unfit)
        built = build(pack_of([row for row in rows if row[0] not in unfit]))
        assert 0 not in glyph_numbers(built.pdf)
        read = re.sub(r"\s", "", spoken(content_text(built.pdf)))
        for label, text in rows:
            if label not in unfit:
                assert re.sub(r"\s", "", spoken(text)) in read, label
    assert refused_labels < 60


def set_in(text: str, size: float) -> tuple[bytes, str]:
    """Return a page with ``text`` as the pack sets it, and the face that it is set in."""
    setter = Typesetter()
    sheet = Sheet(setter, "R", Plan(1), draft=False)
    sheet.begin((1600.0, 300.0))
    with sheet.artefact():
        sheet.text(plain(text, style(size)), 100, 140)
    sheet._canvas.showPage()
    with pikepdf.open(BytesIO(sheet.save())) as pdf:
        pdf.pages[0].obj.Resources.Font = embed(pdf, setter.shaper.used.values())
        out = BytesIO()
        pdf.save(out)
    return out.getvalue(), setter.lines(plain(text, style(size)), 1e6)[0].fragments[0].run.face.name


def inked(picture: Image.Image, height: int = 80) -> Image.Image:
    """Return the inked part of a picture at a common height."""
    box = ImageChops.invert(picture).getbbox()
    assert box
    cut = picture.crop(box)
    return cut.resize((max(1, round(cut.width * height / cut.height)), height))


def likeness(one: Image.Image, other: Image.Image) -> float:
    """Return how alike two pictures of text are: 1 for the same ink, 0 for none in common."""
    other = other.resize(one.size)
    both = ImageChops.lighter(one, other).point(lambda value: 255 - value)
    either = ImageChops.darker(one, other).point(lambda value: 255 - value)
    return ImageStat.Stat(both).sum[0] / max(1, ImageStat.Stat(either).sum[0])


@pytest.mark.skipif(not features.check("raqm"), reason="Pillow was built without Raqm")
@pytest.mark.parametrize(
    "text",
    [
        "محمد",
        "فاطمة الزهراء",
        "محمد 123 علي",
        "السلام (عليكم)",
        "שלום כהן",
        "प्रिया हिन्दी",
        "தமிழ்ச்செல்வி",
        "తెలుగు",
        "ភាសាខ្មែរ",
    ],
)
def test_shaped_text_looks_as_another_engine_draws_it(text: str) -> None:
    """Raqm orders lines with FriBiDi, not python-bidi, and FreeType places the glyphs, not a PDF reader."""
    if unprintable(text):
        pytest.skip("no typeface of this machine has this script")
    pdf, _ = set_in(text, 80)
    with pypdfium2.PdfDocument(pdf) as opened:
        ours = inked(opened[0].render(scale=2).to_pil().convert("L"))
    face = face_for(text.replace(" ", ""), bold=False) or face_for(text[:1], bold=False)
    assert face
    letters = [char for char in text if char.isalpha()]
    file = BytesIO(face_for(letters[0], bold=False).data.blob.data)
    font = ImageFont.truetype(file, 160, layout_engine=ImageFont.Layout.RAQM)
    if font_axes(font):
        font.set_variation_by_axes([400 if axis == b"Weight" else 100 for axis in font_axes(font)])
    theirs = drawn_by_raqm(text, font)
    if any(char.isdigit() or char in "()" for char in text):
        assert likeness(ours, theirs) > 0.45  # figures and brackets come from another face with us
    else:
        assert likeness(ours, theirs) > 0.8
    assert likeness(ours, theirs) > likeness(ours, theirs.transpose(Image.Transpose.FLIP_LEFT_RIGHT)) + 0.1


def font_axes(font: ImageFont.FreeTypeFont) -> list[bytes]:
    try:
        return [axis["name"] for axis in font.get_variation_axes()]
    except OSError:
        return []


def drawn_by_raqm(text: str, font: ImageFont.FreeTypeFont) -> Image.Image:
    picture = Image.new("L", (3200, 600), 255)
    ImageDraw.Draw(picture).text((100, 150), text, font=font, fill=0)
    return inked(picture)


def test_a_right_to_left_answer_stands_at_the_right_and_mixes_with_left_to_right() -> None:
    setter = Typesetter()
    lines = setter.lines(plain("اسمي Amira وعمري 13 سنة", style(11)), 400)
    assert [line.right_to_left for line in lines] == [True]
    places = {fragment.run.text.strip(): fragment.x for fragment in lines[0].fragments}
    assert places["سنة"] < places["13"] < places["وعمري"] < places["Amira"] < places["اسمي"]


def test_joiners_shape_persian_and_are_read_back_without() -> None:
    name = "می\u200cخواهم"
    plain_name = name.replace("\u200c", "")
    setter = Typesetter()
    shaped = [setter.lines(plain(text, style(11)), 400)[0].fragments[0].run.glyphs for text in (name, plain_name)]
    assert shaped[0] != shaped[1]
    assert spoken(name) in spoken(content_text(build(packs_by_hand.with_answer(name)).pdf))


def test_marks_stay_on_their_letters() -> None:
    assert list(clusters("e\u0301a👨\u200d👩🇬🇧🇫🇷👍🏽")) == ["e\u0301", "a", "👨\u200d👩", "🇬🇧", "🇫🇷", "👍🏽"]
    setter = Typesetter()
    assert setter.lines(plain("e\u0301", style(11)), 100)[0].fragments[0].run.text == "é"


def test_no_line_ends_in_a_hyphen() -> None:
    setter = Typesetter()
    for width in range(60, 260, 7):
        for line in setter.lines(
            plain("pre- and post- school clubs - Monday - Friday, part- time, well-being", style(11)), width
        ):
            assert not line.fragments[-1].run.text.rstrip().endswith("-")


def test_chinese_may_break_between_characters_but_not_before_a_full_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    face = face_for("A", bold=False)
    monkeypatch.setattr("wizard.typeset.typesetting.face_for", lambda text, bold: face)
    setter = Typesetter()
    lines = setter.lines(plain("王小明是一个学生。" * 6, style(11)), 100)
    said = ["".join(fragment.run.text for fragment in line.fragments) for line in lines]
    assert len(said) > 3
    assert not any(line.startswith("。") for line in said)


@needs_poppler
def test_short_lines_stay_lines_in_the_summary(tmp_path: Path) -> None:
    brief = (("In words", ("What helps:\n1. A quiet room\n2. My key adult",)),)
    pages = pdftotext(build(packs_by_hand.small(brief=brief)).pdf, tmp_path)
    (summary,) = (page for page in pages if "In words" in page)
    assert summary.partition("In words\n")[2].splitlines()[:3] == ["What helps:", "1. A quiet room", "2. My key adult"]


@needs_poppler
def test_a_list_is_a_list_on_paper_and_to_a_screen_reader(tmp_path: Path) -> None:
    pdf = build(packs_by_hand.with_answer("• First we\n• Then, at length, " + "and so on, " * 12 + "they")).pdf
    with pikepdf.open(BytesIO(pdf)) as opened:
        (listed,) = (one for one in elements(opened) if one.S == "/L" and one.P.S == "/LBody")
        assert [[str(part.S) for part in kids(item)] for item in kids(listed)] == [["/Lbl", "/LBody"]] * 2
    lines = [line for page in pdftotext(pdf, tmp_path, "-layout") for line in page.splitlines()]
    first, then, on = (next(line for line in lines if words in line) for words in ("First we", "Then, at", "they"))
    assert first.index("•") == then.index("•") < first.index("First") == then.index("Then") == on.index(on.strip())
