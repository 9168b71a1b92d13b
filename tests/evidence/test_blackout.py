"""Blacking out: nothing of it is left in the copy, whatever way it was written in the original."""

import io
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from tests.evidence import pdfs_by_hand as by_hand
from tests.evidence.pdfs_by_hand import letter, saved
from wizard.errors import EvidenceRefused
from wizard.evidence import intake, offer
from wizard.evidence.document import Outcome, PageFacts, Part, Read
from wizard.evidence.redaction import blackout
from wizard.evidence.redaction.search import search
from wizard.evidence_fact import Area, Treatment
from wizard.sought_words import holds

WORD = "Marshall"
WORDS = Treatment(words=(WORD,))


def prepare(data: bytes, treatment: Treatment = WORDS, kind: str = "pdf") -> tuple[dict[str, Any], bytes]:
    facts, blobs = intake.prepare(data, kind, asdict(treatment))
    return facts, blobs[0] if blobs else b""


def page(content: bytes, **extra: object) -> Pdf:
    pdf = letter()
    pdf.pages[0].obj.Contents = pdf.make_stream(content)
    for key, value in extra.items():
        pdf.pages[0].obj[f"/{key}"] = value
    return pdf


def everything(pdf: bytes) -> str:
    """All that the PDF holds, unpacked, in every way in which letters are written."""
    with by_hand.reads(pdf) as opened:
        opened.save(buffer := io.BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False,
                    stream_decode_level=pikepdf.StreamDecodeLevel.specialized)  # fmt: skip
    data = buffer.getvalue()
    return data.decode("latin-1") + data.decode("utf-16-be", "replace") + data[1:].decode("utf-16-be", "replace")


def words(pdf: bytes) -> str:
    return "".join(one.get_textpage().get_text_range() for one in pdfium.PdfDocument(pdf))


def seen(pdf: bytes, number: int = 0) -> Image.Image:
    return pdfium.PdfDocument(pdf)[number].render(scale=1).to_pil().convert("RGB")


def is_gone(pdf: bytes) -> bool:
    plain = everything(pdf)
    return WORD.casefold() not in plain.casefold() and WORD.encode().hex() not in plain.casefold() and not words(pdf)


def black(picture: Image.Image, box: tuple[int, int, int, int]) -> bool:
    colours = picture.crop(box).convert("L").getextrema()
    return colours[1] < 40  # type: ignore[operator]


SPLIT = b"BT /F1 24 Tf 60 700 Td "
WAYS: dict[str, Callable[[], Pdf]] = {
    "in one piece": lambda: page(SPLIT + b"(Dear Marshall) Tj ET"),
    "in hexadecimal": lambda: page(SPLIT + b"<4d61727368616c6c> Tj ET"),
    "in octal": lambda: page(SPLIT + rb"(\115arshall) Tj ET"),
    "kerned": lambda: page(SPLIT + b"[(Mar) -120 (sh) 80 (all)] TJ ET"),
    "kerned so far that it looks like two words": lambda: page(SPLIT + b"[(Mar) -170 (shall)] TJ ET"),
    "in spans": lambda: page(SPLIT + b"(Mar) Tj /F1 24 Tf (shall) Tj ET"),
    "over a line": lambda: page(SPLIT + b"(Mar-) Tj 0 -30 Td (shall) Tj ET"),
    "spaced out": lambda: page(SPLIT + b"20 Tc (Marshall) Tj ET"),
    "backwards": lambda: page(SPLIT + b"1 0 0 1 101 700 Tm (shall) Tj 1 0 0 1 60 700 Tm (Mar) Tj ET"),
    "turned": lambda: page(b"BT /F1 24 Tf 0 1 -1 0 300 300 Tm (Marshall) Tj ET"),
    "upside down": lambda: page(b"BT /F1 24 Tf -1 0 0 -1 300 300 Tm (Marshall) Tj ET"),
    "leaning": lambda: page(b"BT /F1 24 Tf .8 .6 -.6 .8 300 300 Tm (Mar) Tj (shall) Tj ET"),
    "downwards": lambda: page(b"BT /F1 24 Tf 26 TL 60 700 Td " + b" T* ".join(b"(%c) Tj" % c for c in b"MARSHALL")
                              + b" ET"),
    "invisible": lambda: page(SPLIT + b"3 Tr (Marshall) Tj ET"),
    "white": lambda: page(b"1 g " + SPLIT + b"(Marshall) Tj ET"),
    "under a picture": lambda: page(SPLIT + b"(Marshall) Tj ET 0 0 1 rg 50 650 200 100 re f"),
    "beyond the edge": lambda: page(b"BT /F1 24 Tf 900 700 Td (Marshall) Tj ET"),
    "beyond the crop": lambda: page(SPLIT + b"(Marshall) Tj ET", CropBox=Array([0, 0, 300, 300])),
    "twice, to look bold": lambda: page(SPLIT + b"(Marshall) Tj ET BT /F1 24 Tf 60.4 700 Td (Marshall) Tj ET"),
    "on a turned page": lambda: page(SPLIT + b"(Marshall) Tj ET", Rotate=270),
    "as what stands for other letters": lambda: page(
        b"/Span <</ActualText (Marshall)>> BDC " + SPLIT + b"(xy) Tj ET EMC"),
    "as what describes a figure": lambda: page(b"/Figure <</Alt (Marshall)>> BDC 0 0 9 9 re f EMC"),
    "as what describes a picture in the drawing": lambda: page(
        b"/Figure <</Alt <FEFF004D00610072007300680061006C006C>>> BDC q 9 0 0 9 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 "
        b"ID \x7f EI Q EMC"),
    "in a comment of the drawing": lambda: page(b"% Marshall\n0 0 9 9 re f"),
}  # fmt: skip


@pytest.mark.parametrize("way", [pytest.param(way, id=name) for name, way in WAYS.items()])
def test_a_word_is_gone_whatever_way_it_was_drawn(way: Callable[[], Pdf]) -> None:
    facts, pdf = prepare(saved(way()))
    assert facts["outcome"] == Outcome.CLEANED, facts["why"]
    assert is_gone(pdf)


def in_a_form() -> Pdf:
    pdf = page(b"q /X0 Do Q")
    form = pdf.make_stream(SPLIT + b"(Marshall) Tj ET")
    form.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 595, 842])})
    form.Resources = Dictionary(Font=pdf.pages[0].obj.Resources.Font)
    pdf.pages[0].obj.Resources.XObject = Dictionary(X0=form)
    return pdf


def in_a_form_that_is_not_drawn() -> Pdf:
    pdf = in_a_form()
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/Never /X0 gs " + SPLIT + b"(Dear school) Tj ET % /X0 Do")
    return pdf


def in_a_comment_that_shows() -> Pdf:
    pdf = letter()
    box = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=Array([60, 500, 400, 530]), F=4, Contents=WORD)
    drawing = by_hand.looks(pdf, b"BT /F1 12 Tf 2 8 Td (Marshall) Tj ET", 340)
    drawing.N.Resources = Dictionary(Font=pdf.pages[0].obj.Resources.Font)
    box.AP = drawing
    by_hand.add_boxes(pdf, [box])
    return pdf


def in_a_form_field() -> Pdf:
    pdf = by_hand.reads(by_hand.form(drawn=False))
    pdf.Root.AcroForm.Fields[0].V = WORD
    pdf.pages[0].obj.Annots[0].V = WORD
    return pdf


def in_a_hidden_layer() -> Pdf:
    pdf = page(b"/OC /L0 BDC " + SPLIT + b"(Marshall) Tj ET EMC")
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="About Marshall"))
    pdf.pages[0].obj.Resources.Properties = Dictionary(L0=layer)
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer])))
    return pdf


def all_around() -> Pdf:
    """In everything that is not the page."""
    pdf = letter()
    pdf.docinfo["/Title"] = WORD
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = f"About {WORD}"
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(WORD, 0))
    pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, WORD.encode(), filename=f"{WORD}.txt")
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Dictionary(S=Name.Figure, Alt=WORD))
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=WORD)]))
    pdf.pages[0].obj.Thumb = pdf.make_stream(b"%8s" % WORD.encode())
    pdf.pages[0].obj.Resources.Font[f"/{WORD}"] = pdf.pages[0].obj.Resources.Font.F1
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /Marshall 24 Tf 60 700 Td (Dear school) Tj ET")
    return pdf


def in_the_bytes_of_a_picture() -> Pdf:
    pdf = page(b"q 90 0 0 90 50 50 cm /P Do Q")
    picture = pdf.make_stream(WORD.encode() * 2)
    picture.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 4, "/Height": 4, "/BitsPerComponent": 8,
                    "/ColorSpace": Name.DeviceGray})  # fmt: skip
    pdf.pages[0].obj.Resources.XObject = Dictionary(P=picture)
    return pdf


@pytest.mark.parametrize("make", [in_a_form, in_a_comment_that_shows, in_a_form_field, in_a_hidden_layer, all_around,
                                  in_the_bytes_of_a_picture])  # fmt: skip
def test_a_word_is_gone_wherever_it_was(make: Callable[[], Pdf]) -> None:
    facts, pdf = prepare(saved(make()))
    assert facts["outcome"] == Outcome.CLEANED, facts["why"]
    plain = everything(pdf)
    assert WORD not in plain
    assert WORD not in words(pdf)
    assert WORD not in str(facts["notices"])


def test_letters_that_say_that_they_are_others_are_not_trusted() -> None:
    """What shows is Marshall; what can be copied is something else: its place cannot be told, so a box is asked for."""
    pdf = page(b"/Span <</ActualText (another)>> BDC " + SPLIT + b"(Marshall) Tj ET EMC")
    facts, made = prepare(saved(pdf))
    assert (facts["outcome"], made) == (Outcome.REFUSED, b"")
    assert "Page 1" in facts["why"]
    assert WORD not in facts["why"]
    boxed = Treatment(words=(WORD,), areas=(Area(1, (0.05, 0.1, 0.6, 0.2)),))
    facts, made = prepare(saved(pdf), boxed)
    assert is_gone(made)
    assert black(seen(made), (60, 120, 170, 145))


def test_what_is_drawn_where_nobody_sees_it_needs_a_box_on_its_page() -> None:
    original = saved(in_a_form_that_is_not_drawn())
    assert "a box anywhere on the page will do" in prepare(original)[0]["why"]
    _, made = prepare(original, Treatment(words=(WORD,), areas=(Area(1, (0.9, 0.9, 1, 1)),)))
    assert is_gone(made)


def test_pages_that_are_not_touched_keep_their_text() -> None:
    pdf = letter("Dear school", pages=3)
    pdf.pages[1].obj.Contents = pdf.make_stream(SPLIT + b"(Dear Marshall and Marshall) Tj ET")
    facts, made = prepare(saved(pdf))
    assert [one["text"] for one in facts["pages"]] == [True, False, True]
    assert words(made).count("Dear school") == 2
    assert facts["notices"] == ["The school blacked out 2 places on page 2. That page is a picture now."]


def test_the_box_covers_the_word_and_nothing_beside_it() -> None:
    _, made = prepare(saved(page(SPLIT + b"(Dear Marshall and all) Tj ET")))
    picture = seen(made)
    left = 60 + round(24 * (0.722 + 0.556 + 0.556 + 0.333 + 0.278))  # of "Dear " in Helvetica
    assert black(picture, (left + 1, 125, left + 88, 142))
    assert not black(picture, (60, 125, left - 6, 142))
    assert not black(picture, (left + 97, 125, left + 190, 142))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_keeps_its_size_and_turn_and_its_boxes_lie_on_the_upright_page(turn: int) -> None:
    pdf = page(b"1 0 0 rg 0 0 595 842 re f", Rotate=turn, MediaBox=Array([10, 20, 310, 220]), UserUnit=2)
    before, unchanged = prepare(saved(pdf), Treatment())
    after, made = prepare(saved(pdf), Treatment(areas=(Area(1, (0.5, 0, 1, 0.25)),)))
    assert [{**one, "text": False} for one in before["pages"]] == after["pages"]
    picture, old = seen(made), seen(unchanged)
    assert picture.size == old.size
    width, height = picture.size
    assert black(picture, (width // 2 + 1, 0, width, height // 4 - 1))
    for place in ((width // 4, height // 8), (width * 3 // 4, height // 2), (5, height - 5)):
        red, green, _ = picture.getpixel(place)  # type: ignore[misc]
        assert red > 220
        assert green < 40


def test_a_photo_is_blacked_out_where_it_was_drawn() -> None:
    Image.new("RGB", (400, 300), "red").save(photo := io.BytesIO(), "JPEG")
    facts, made = prepare(photo.getvalue(), Treatment(areas=(Area(1, (0, 0, 1, 1)),), words=(WORD,)), "jpeg")
    assert facts["outcome"] == Outcome.CLEANED
    assert facts["notices"][-2:] == [
        "The school blacked out 1 place on page 1. That page is a picture now.",
        "The text on page 1 cannot be read, so only what was marked on it is blacked out.",
    ]
    assert black(seen(made), (0, 0, *seen(made).size))


def test_pages_without_text_are_said_to_be_beyond_words() -> None:
    pdf = letter("Dear Marshall")
    pdf.add_blank_page(page_size=(595, 842))
    facts, _ = prepare(saved(pdf), Treatment(words=(WORD, "Nobody")))
    assert facts["notices"] == [
        "The school blacked out 1 place on page 1. That page is a picture now.",
        "1 of the 2 words to be blacked out was not found in its text.",
        "Words could not be looked for on page 2, whose text cannot be read.",
    ]


def test_letters_without_a_meaning_are_said_to_be_beyond_words() -> None:
    pdf = page(SPLIT + b"<0102030405> Tj ET")
    pdf.pages[0].obj.Resources.Font.F1 = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/AAAAAA+Odd"), Encoding=Name("/Identity-H"),
                   DescendantFonts=Array([Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Odd,
                                                     CIDSystemInfo=Dictionary(Registry="A", Ordering="B", Supplement=0),
                                                     FontDescriptor=Dictionary(Type=Name.FontDescriptor, Flags=4))]))
    )  # fmt: skip
    facts, _ = prepare(saved(pdf))
    assert "Words could not be looked for on page 1, whose text cannot be read." in facts["notices"]


def test_the_original_does_not_go_with_what_is_blacked_out() -> None:
    read = Read(saved(letter("Dear Marshall")), with_original=True, parts=(Part("a.pdf", b"x"),))
    made = blackout.redacted(read, WORDS)
    assert not made.with_original
    assert made.notices[-1] == "The original does not go with it, as it shows what was blacked out."


@pytest.mark.parametrize(
    ("treatment", "said"),
    [
        (Treatment(words=("Al",)), "too short"),
        (Treatment(areas=(Area(2, (0, 0, 1, 1)),)), "no page"),
        (Treatment(areas=(Area(1, (1.2, 0, 1.4, 1)),)), "no page"),
        (Treatment(areas=(Area(1, (0.5, 0.5, 0.5, 0.9)),)), "no page"),
    ],
)
def test_wishes_that_cannot_be_met_are_refused(treatment: Treatment, said: str) -> None:
    facts, _ = prepare(saved(letter()), treatment)
    assert facts["outcome"] == Outcome.REFUSED
    assert said in facts["why"]


def test_a_file_without_pages_cannot_be_blacked_out() -> None:
    with pytest.raises(EvidenceRefused, match="cannot be shown"):
        blackout.redacted(Read(b""), WORDS)


def test_what_is_left_refuses_the_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blackout, "_touched", lambda *_: [])
    facts, made = prepare(saved(letter("Dear Marshall")))
    assert (facts["outcome"], made) == (Outcome.REFUSED, b"")
    assert "still there, on page 1" in facts["why"]


def test_more_pages_than_there_is_time_for_are_refused() -> None:
    facts, _ = prepare(saved(letter("Dear Marshall", pages=blackout.MOST + 1)))
    assert facts["outcome"] == Outcome.REFUSED
    assert "101 pages" in facts["why"]


NAMES = ("Page", "Mark", "Georgia", "Rose", "Art", "Grace", "Black", "Helvetica", "Font")


@pytest.mark.parametrize("name", NAMES)
def test_names_that_are_words_of_pdf_too_do_no_harm(name: str) -> None:
    pdf = letter(f"Dear {name}", pages=2)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/Artifact BMC " + SPLIT + b"(Dear school) Tj ET EMC")
    facts, made = prepare(saved(pdf), Treatment(words=(name,)))
    assert facts["outcome"] == Outcome.CLEANED, facts["why"]
    assert "Dear school" in words(made)
    assert name not in words(made)


def shapes() -> Iterator[bytes]:
    yield by_hand.form(drawn=True)
    yield by_hand.hostile()
    yield saved(in_a_form())
    yield saved(all_around())


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_no_damage_gets_a_word_past(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from(list(shapes()))))
    for place in data.draw(st.lists(st.integers(9, len(whole) - 1), max_size=20)):
        whole[place] = data.draw(st.integers(0, 255))
    treatment = Treatment(words=(WORD, "school"), areas=(Area(1, (0.2, 0.2, 0.4, 0.4)),))
    facts, made = prepare(bytes(whole), treatment)
    if facts["outcome"] == Outcome.REFUSED:
        assert facts["why"]
    else:
        assert not holds(treatment.words, words(made))
        assert facts["pages"][0]["text"] is False


def test_facts_of_pages_fit_what_is_known_of_them() -> None:
    read = Read(saved(letter("Dear Marshall")), pages=(PageFacts(595, 842, 0, text=True),))
    assert blackout.redacted(read, WORDS).pages == read.pages


def test_places_are_found_before_anything_is_blacked_out() -> None:
    pdf = letter("Dear school", pages=3)
    pdf.pages[1].obj.Contents = pdf.make_stream(SPLIT + b"(Dear Mar-) Tj 0 -30 Td (shall) Tj 0 -99 Td (Marshall) Tj ET")
    pdf.pages[2].obj.Contents = pdf.make_stream(b"0 0 9 9 re f")
    wish = Treatment(words=("Marshall", "Nobody", "school"), areas=(Area(1, (0, 0, 1, 1)),))
    found = search(saved(pdf), wish).places
    assert [[tuple(area.page for area in place) for place in places] for places in found.of_words] == [
        [(2, 2), (2,)], [], [(1,)],
    ]  # fmt: skip
    assert found.silent == (3,)
    left, top, right, bottom = found.of_words[0][1][0].box
    assert (60 / 595 - 0.02 < left < 60 / 595, 151 / 595 < right < 151 / 595 + 0.02) == (True, True)
    assert top < (842 - 571) / 842 < bottom


def test_nothing_is_looked_for_in_what_cannot_be_read() -> None:
    with pytest.raises(EvidenceRefused, match=r"a program, in which no words can be looked for\. Do not open it"):
        search(b"MZ", WORDS)
    assert search(b"%PDF-1.4\n", WORDS).places.of_words == ((),)


def test_a_document_is_blacked_out_through_the_child() -> None:
    made = offer.prepare_bytes(saved(letter("Dear Marshall")), ".pdf", WORDS)
    assert made.outcome == Outcome.CLEANED
    assert is_gone(made.pdf)
