"""A PDF from outside, cleaned: what shows on its pages stays, what does not show goes, and people are told."""

import io
from collections.abc import Iterator

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops, ImageStat

from tests.evidence import pdfs_by_hand as by_hand
from tests.evidence.pdfs_by_hand import letter, raw, saved
from wizard.evidence import intake
from wizard.evidence.document import Outcome
from wizard.evidence.pdf import clean, drawing, jpeg

ACTIVE = ("/JavaScript", "/JS", "/Launch", "/URI", "/SubmitForm", "/EF", "/EmbeddedFiles", "/AA", "/OpenAction",
          "/PieceInfo", "/Metadata", "/Annots", "/AcroForm", "/Names", "/Info", "/Encrypt")  # fmt: skip


def prepare(data: bytes) -> tuple[dict[str, object], bytes]:
    facts, blobs = intake.prepare(data, "pdf")
    return facts, blobs[0] if blobs else b""


def everything(pdf: bytes) -> str:
    """Every key and name in a PDF, its packed objects included."""
    with by_hand.reads(pdf) as opened:
        opened.save(buffer := io.BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
        return buffer.getvalue().decode("latin-1") + str(opened.trailer.keys())


def seen(pdf: bytes, page: int = 0) -> Image.Image:
    document = pdfium.PdfDocument(pdf)
    document.init_forms()
    return document[page].render(scale=0.5).to_pil().convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def words(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(pdf))


def test_a_plain_letter_is_included_as_it_looks() -> None:
    original = saved(letter("Café £5", pages=3))
    facts, pdf = prepare(original)
    assert facts["outcome"] == Outcome.INCLUDED
    assert facts["notices"] == []
    assert facts["pages"] == [{"width": 595.0, "height": 842.0, "rotation": 0, "text": True, "shade": ""}] * 3
    assert words(pdf).count("Café £5") == 3
    assert difference(seen(original), seen(pdf)) < 0.01


def test_the_same_file_gives_the_same_bytes() -> None:
    assert prepare(by_hand.hostile()) == prepare(by_hand.hostile())


def test_everything_active_hidden_or_private_is_gone_and_told() -> None:
    original = by_hand.hostile()
    assert all(key in everything(original) for key in ("/JavaScript", "/Launch", "/EF", "/PieceInfo"))
    facts, pdf = prepare(original)
    left = everything(pdf)
    assert [key for key in ACTIVE if key in left] == []
    assert all(secret not in left for secret in ("MZ not shown", "draft words", "Marsh", "tracker", "whole story"))
    assert "Dear school" in words(pdf)
    assert facts["outcome"] == Outcome.CLEANED
    assert facts["notices"] == [
        "1 file inside the PDF was left out.\nAdd what matters on its own.",
        "1 comment that opens on a click was left out of the pack's copy.",
        "3 scripts were left out of the pack's copy.",
        "2 commands that reach other files or the internet were left out of the pack's copy.",
        "1 web link was left out of the pack's copy.",
        "1 film or sound was left out of the pack's copy.",
        "1 private note of the program that made it was left out of the pack's copy.",
    ]


@pytest.mark.parametrize("up_to_date", [True, False])
def test_words_typed_into_a_form_stay_when_the_form_goes(up_to_date: bool) -> None:
    _, pdf = prepare(by_hand.form(drawn=False, up_to_date=up_to_date))
    assert "Typed words that matter" in words(pdf)
    assert "/AcroForm" not in everything(pdf)


def test_a_form_field_that_is_drawn_stays_as_it_is_drawn() -> None:
    original = by_hand.form(drawn=True)
    _, pdf = prepare(original)
    assert seen(pdf).getpixel((80, 160)) == seen(original).getpixel((80, 160)) == (0, 128, 0)
    assert "/Widget" not in everything(pdf)


def test_a_portfolio_says_that_only_its_cover_is_shown() -> None:
    pdf = letter()
    pdf.Root.Collection = Dictionary(Type=Name.Collection)
    pdf.attachments["report.pdf"] = pikepdf.AttachedFileSpec(pdf, saved(letter()))
    facts, _ = prepare(saved(pdf))
    assert facts["notices"] == [
        "The PDF is a portfolio: only its cover is shown.\nSave the files in it and add them one by one."
    ]


def test_a_lock_against_printing_is_taken_off_and_told() -> None:
    facts, pdf = prepare(by_hand.locked())
    assert facts["notices"] == ["The PDF forbade printing, copying or changes. The pack's copy does not."]
    assert not by_hand.reads(pdf).is_encrypted


def test_a_pdf_that_asks_for_a_password_is_refused_with_what_to_do() -> None:
    facts, pdf = prepare(by_hand.locked(user="secret"))
    assert (facts["outcome"], pdf) == (Outcome.REFUSED, b"")
    assert facts["locked"]
    assert "print it to a new one" in str(facts["why"])


def test_a_pdf_locked_to_certain_people_is_refused_with_what_to_do() -> None:
    locked = saved(letter()).replace(b"/Root", b"/Encrypt<</Filter/Adobe.PubSec/V 4>>/ID[(a)(b)]/Root")
    facts, _ = prepare(locked)
    assert "without protection" in str(facts["why"])


def test_a_digital_signature_is_said_not_to_hold_in_the_copy() -> None:
    pdf = letter()
    pdf.Root.AcroForm = Dictionary(
        SigFlags=3,
        Fields=[pdf.make_indirect(Dictionary(
            FT=Name.Sig, T="s", V=Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=b"0"),
        ))],
    )  # fmt: skip
    facts, _ = prepare(saved(pdf))
    assert facts["notices"] == [
        "The PDF was signed digitally, which does not hold in the pack's copy. The signed original is kept."
    ]
    assert facts["with_original"]


def test_a_form_that_only_adobe_can_show_travels_as_a_file() -> None:
    pdf = letter("Please wait... the form opens in a moment")
    pdf.Root.AcroForm = Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))
    facts, shown = prepare(saved(pdf))
    assert (facts["outcome"], facts["with_original"], shown) == (Outcome.ATTACHED, True, b"")
    assert "Adobe" in str(facts["notices"])


@pytest.mark.parametrize("kept", [True, False])
def test_hidden_layers_stay_hidden(kept: bool) -> None:
    pdf = letter()
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="secret layer"))
    page = pdf.pages[0].obj
    page.Resources.Properties = Dictionary(L0=layer)
    page.Contents = pdf.make_stream(b"/OC /L0 BDC 1 0 0 rg 0 0 595 842 re f EMC")
    off = Array([] if kept else [layer])
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=off, ON=Array([]), Order=Array([layer])))
    _, cleaned = prepare(saved(pdf))
    assert seen(cleaned).getpixel((100, 100)) == ((255, 0, 0) if kept else (255, 255, 255))


def test_pictures_in_a_pdf_lose_what_their_camera_wrote() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    Image.effect_noise((80, 60), 50).save(photo := io.BytesIO(), "JPEG", exif=exif, comment=b"at home")
    assert b"Secret Camera" in photo.getvalue()
    pdf = letter()
    picture = pikepdf.Stream(
        pdf, photo.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=80, Height=60, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray, Filter=Name.DCTDecode, Metadata=pdf.make_stream(b"<x:xmpmeta/>"),
    )  # fmt: skip
    pdf.pages[0].obj.Resources.XObject = Dictionary(P=picture)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"q 400 0 0 300 60 200 cm /P Do Q")
    facts, cleaned = prepare(saved(pdf))
    assert b"Secret Camera" not in cleaned
    assert b"at home" not in cleaned
    assert "hidden in a picture" in str(facts["notices"])
    assert difference(seen(saved(pdf)), seen(cleaned)) < 0.01


def test_what_is_not_drawn_on_a_page_is_not_carried_along() -> None:
    pdf = letter()
    pdf.pages[0].obj.Resources.XObject = Dictionary(Old=pdf.make_stream(b"leftover of another pupil"))
    pdf.pages[0].obj.Resources.XObject.Old.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": [0, 0, 9, 9]})
    _, cleaned = prepare(saved(pdf))
    assert "leftover" not in everything(cleaned)


@pytest.mark.parametrize(
    ("page", "size"),
    [
        ("/MediaBox[0 0 300 200]/Rotate 90", (300, 200, 90)),
        ("/MediaBox[300 200 0 0]/Rotate -90", (300, 200, 270)),
        ("/MediaBox[0 0 300 200]/CropBox[10 10 110 60]", (100, 50, 0)),
        ("/MediaBox[0 0 300 200]/CropBox[400 400 500 500]", (300, 200, 0)),
        ("/MediaBox[0 0 300 200]/CropBox[0 0 (x) 3]", (300, 200, 0)),
        ("/MediaBox[0 0 0 0]", (612, 792, 0)),
        ("/MediaBox[1 2]", (612, 792, 0)),
        ("/MediaBox[0 0 300 200]/Rotate 45", (300, 200, 0)),
        ("/MediaBox[0 0 300 200]/UserUnit 2", (600, 400, 0)),
        ("/MediaBox[0 0 300 200]/UserUnit -2", (300, 200, 0)),
    ],
)
def test_the_size_and_turn_of_a_page_are_put_in_order(page: str, size: tuple[int, int, int]) -> None:
    data = raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
               b"<</Type/Page/Parent 2 0 R" + page.encode() + b">>")  # fmt: skip
    made = clean.clean(data).pages[0]
    assert (made.width, made.height, made.rotation) == size


def test_a_page_inherits_size_and_turn_from_its_branch() -> None:
    data = raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 50 60]/Rotate 180>>",
               b"<</Type/Page/Parent 2 0 R>>")  # fmt: skip
    made = clean.clean(data).pages[0]
    assert (made.width, made.height, made.rotation) == (50, 60, 180)


def broken() -> Iterator[tuple[str, bytes]]:
    yield "no pages", raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>")
    yield "a tree that bites its tail", raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]>>")
    yield "nothing but a header", b"%PDF-1.7\n"
    yield "deeply nested", raw(b"<</A " * 50_000 + b"[]" + b">>" * 50_000)
    yield "cut off", saved(letter())[:200]


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in broken()])
def test_a_pdf_beyond_repair_is_refused_with_what_to_do(data: bytes) -> None:
    facts, pdf = prepare(data)
    assert (facts["outcome"], pdf) == (Outcome.REFUSED, b"")
    assert "damaged" in str(facts["why"])


def test_a_pdf_without_pages_says_so() -> None:
    facts, _ = prepare(saved(pikepdf.Pdf.new()))
    assert "no pages" in str(facts["why"])


def test_five_hundred_pages_are_the_most() -> None:
    assert prepare(saved(letter(pages=500)))[0]["outcome"] == Outcome.INCLUDED
    facts, _ = prepare(saved(letter(pages=501)))
    assert facts["outcome"] == Outcome.REFUSED
    assert "501 pages" in str(facts["why"])


def test_damage_that_can_be_mended_is_mended_and_told() -> None:
    whole = saved(letter())
    facts, pdf = prepare(whole.replace(b"startxref", b"startxxxx"))
    assert facts["outcome"] == Outcome.CLEANED
    assert "mended" in str(facts["notices"])
    assert "Dear school" in words(pdf)


def test_pages_that_only_pdfium_can_read_become_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(data: bytes) -> None:
        raise pikepdf.PdfError("page tree")

    monkeypatch.setattr(clean, "clean", fails)
    original = saved(letter(pages=2))
    facts, pdf = prepare(original)
    assert facts["outcome"] == Outcome.PICTURES
    assert "pictures" in str(facts["notices"])
    assert facts["pages"] == [{"width": 595.0, "height": 842.0, "rotation": 0, "text": False, "shade": ""}] * 2
    assert difference(seen(original, 1), seen(pdf, 1)) < 2
    assert intake.prepare(original, "pdf")[1][0] == pdf


def test_when_mending_loses_pages_they_are_taken_as_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "pages", lambda *_: 3)
    assert prepare(saved(letter(pages=2)))[0]["outcome"] == Outcome.PICTURES


def test_too_many_pages_for_pictures_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "pages", lambda *_: 3)
    monkeypatch.setattr(drawing, "MOST_PICTURES", 1)
    assert prepare(saved(letter(pages=2)))[0]["outcome"] == Outcome.REFUSED


@pytest.mark.parametrize(
    "data",
    [
        by_hand.saved(letter()).replace(b"/Type1", b"/Typ\xe9"),
        raw(b"<</Type/Catalog/Pages 2 0 R/K\xe9 1>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[3 (x) <</Subtype/Widget>>]>>"),
    ],
)  # fmt: skip
def test_names_that_are_no_text_do_not_matter(data: bytes) -> None:
    assert prepare(data)[0]["outcome"] == Outcome.CLEANED


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_gets_past_the_reader(data: st.DataObject) -> None:
    """Whatever is broken, the answer is one of the outcomes, and what is given back opens and is clean."""
    whole = bytearray(by_hand.form(drawn=True))
    for place in data.draw(st.lists(st.integers(9, len(whole) - 1), max_size=25)):
        whole[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)) | st.just(len(whole)))
    facts, pdf = prepare(b"%PDF-1.4\n" + bytes(whole[9:cut]))
    if facts["outcome"] == Outcome.REFUSED:
        assert facts["why"]
    else:
        assert len(by_hand.reads(pdf).pages) == len(facts["pages"])  # type: ignore[arg-type]


@given(st.binary())
def test_stripping_a_jpeg_never_raises_and_never_adds(data: bytes) -> None:
    for candidate in (data, b"\xff\xd8" + data, b"\xff\xd8\xff\xe1" + data):
        assert len(jpeg.bare(candidate)) <= len(candidate)


def test_pages_are_drawn_to_size_and_never_beyond() -> None:
    pdf = saved(letter())
    _, (png,) = drawing.draw(pdf, 0, 300)
    image = Image.open(io.BytesIO(png))
    assert image.size == (300, 425)
    assert (
        difference(image.convert("RGB"), pdfium.PdfDocument(pdf)[0].render(scale=300 / 595).to_pil().convert("RGB")) < 1
    )
    wide = Image.open(io.BytesIO(drawing.draw(pdf, 0, 10**6)[1][0]))
    assert wide.width <= drawing.WIDEST


def test_drawn_letters_keep_what_they_borrow_from_the_page() -> None:
    pdf = letter()
    fonts = pdf.pages[0].obj.Resources.Font
    fonts.F2 = pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1, 1]), FontMatrix=Array([1, 0, 0, 1, 0, 0]),
            CharProcs=Dictionary(a=pdf.make_stream(b"1 0 d0 BT /F1 1 Tf (H) Tj ET")), FirstChar=97, LastChar=97,
            Widths=Array([1]), Encoding=Dictionary(Differences=Array([97, Name.a])),
        )
    )  # fmt: skip
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F2 200 Tf 60 400 Td (a) Tj ET")
    original = saved(pdf)
    assert difference(seen(original), Image.new("RGB", seen(original).size, "white")) > 1
    assert difference(seen(original), seen(prepare(original)[1])) < 0.01
