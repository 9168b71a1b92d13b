"""PDFs as schools get them: locked, signed, with layers, with files inside, with pages that nobody can unpack."""

import io
import zlib
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, AttachedFileSpec, Dictionary, Encryption, Name, Pdf, Permissions

from tests.evidence import pdfs_by_hand as by_hand
from tests.evidence.pdfs_by_hand import letter, saved
from wizard.evidence import intake, offer
from wizard.evidence.document import Outcome
from wizard.evidence_fact import Treatment

READABLE = Permissions(print_highres=False)


def prepare(data: bytes, password: str = "") -> tuple[dict[str, Any], list[bytes]]:
    return intake.prepare(data, "pdf", {"password": password} if password else None)


def words(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(pdf))


def drawn(pdf: bytes) -> int:
    """How many dots of the first page are not white."""
    picture = pdfium.PdfDocument(pdf)[0].render(scale=0.3).to_pil().convert("L")
    return sum(picture.histogram()[:200])


# Passwords


@pytest.mark.parametrize("revision", [3, 4, 6])
@pytest.mark.parametrize("password", ["reader", "head"])
@pytest.mark.filterwarnings("ignore:.*")  # pikepdf warns of the old ciphers
def test_the_readers_and_the_owners_password_open_a_pdf(revision: int, password: str) -> None:
    lock = Encryption(user="reader", owner="head", R=revision, aes=revision > 3, metadata=revision > 3, allow=READABLE)
    facts, blobs = prepare(saved(letter(), lock), password)
    assert facts["outcome"] == Outcome.CLEANED
    assert facts["notices"] == ["The PDF was opened with its password. The pack's copy has none."]
    assert "Dear school" in words(blobs[0])
    assert not by_hand.reads(blobs[0]).is_encrypted


@pytest.mark.parametrize("password", ["", "wrong", "p\0w", "\ud800", "x" * 300])
def test_without_the_right_password_a_pdf_says_so_and_never_repeats_what_was_typed(password: str) -> None:
    facts, blobs = prepare(by_hand.locked(user="secret"), password)
    assert (facts["outcome"], facts["locked"], blobs) == (Outcome.REFUSED, True, [])
    assert facts["why"].startswith(
        "That password does not open the PDF." if password else "The PDF asks for a password."
    )
    assert not password or password not in facts["why"]


def test_a_password_given_for_a_pdf_that_needs_none_does_no_harm() -> None:
    assert prepare(saved(letter()), "anything")[0]["outcome"] == Outcome.INCLUDED


def test_a_locked_pdf_is_asked_for_and_opened_in_the_child() -> None:
    locked = by_hand.locked(user="secret")
    assert offer.prepare_bytes(locked).locked
    opened = offer.prepare_bytes(locked, ".pdf", Treatment(password="secret"))
    assert (opened.outcome, opened.pages) == (Outcome.CLEANED, 1)


# What travels, and what is offered on its own


def test_files_inside_are_offered_on_their_own() -> None:
    pdf = letter()
    pdf.attachments["report.txt"] = AttachedFileSpec(pdf, b"A report of the school.", filename="report.txt")
    made = offer.prepare_bytes(saved(pdf))
    assert [(part.name, part.data) for part in made.parts] == [("report.txt", b"A report of the school.")]
    assert made.notices == ("1 file inside the PDF was left out.\nAdd what matters on its own.",)


def test_names_of_files_inside_are_no_paths() -> None:
    pdf = letter()
    for name in ("../../etc/passwd", "C:\\temp\\a.txt", "\0", "x" * 400 + ".txt", "line\nbreak.txt"):
        pdf.attachments[name] = AttachedFileSpec(pdf, name.encode(), filename=name)
    names = {part.name for part in offer.prepare_bytes(saved(pdf)).parts}
    assert {"passwd", "a.txt", "line break.txt"} < names
    assert all(0 < len(name) <= 200 and not set(name) & set("/\\\0\n") for name in names)


def test_what_unpacks_to_very_much_is_not_offered() -> None:
    pdf = letter()
    bomb = AttachedFileSpec(pdf, b"")
    bomb.obj.EF.F = bomb.obj.EF.UF = pdf.make_stream(b"0" * (101 << 20))
    pdf.attachments["bomb.txt"] = bomb
    facts, _ = prepare(saved(pdf))
    assert facts["parts"] == []
    assert facts["notices"] == ["1 file inside the PDF was left out.\nAdd what matters on its own."]


def signed(pdf: Pdf) -> bytes:
    value = Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=b"0")
    field = pdf.make_indirect(Dictionary(FT=Name.Sig, T="s", V=value))
    pdf.Root.AcroForm = Dictionary(SigFlags=3, Fields=[field])
    return saved(pdf)


def test_a_signed_original_travels_unless_a_program_is_inside() -> None:
    facts, _ = prepare(signed(letter()))
    assert facts["with_original"]
    pdf = letter()
    pdf.attachments["tool.exe"] = AttachedFileSpec(pdf, b"MZ" + bytes(60))
    facts, _ = prepare(signed(pdf))
    assert not facts["with_original"]
    assert any("There is a program inside the signed original" in notice for notice in facts["notices"])


def test_places_marked_to_be_blacked_out_are_said_to_be_readable() -> None:
    pdf = letter()
    by_hand.add_boxes(pdf, [Dictionary(Type=Name.Annot, Subtype=Name("/Redact"), Rect=Array([60, 690, 300, 730]))])
    facts, _ = prepare(saved(pdf))
    assert facts["notices"] == [
        "\n1 place was marked to be blacked out but never blacked out: what stands there can still be read."
    ]


# Layers


def layered(content: bytes, told: dict[str, object] | None = None, second: bool = False) -> Pdf:
    """A letter with the layers L0, which is off, and L1, which is on."""
    pdf = letter()
    off, on = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=name)) for name in ("Answers", "Questions"))
    page = pdf.pages[0].obj
    page.Resources.Properties = Dictionary(
        L0=off,
        L1=on,
        Either=Dictionary(Type=Name.OCMD, OCGs=Array([off, on])),
        Both=Dictionary(Type=Name.OCMD, OCGs=Array([off, on]), P=Name.AllOn),
        NotOff=Dictionary(Type=Name.OCMD, VE=Array([Name.Not, off])),
        OnAndOff=Dictionary(Type=Name.OCMD, VE=Array([Name.And, on, Array([Name.Not, Array([Name.Not, off])])])),
    )
    page.Contents = pdf.make_stream(content)
    default = Dictionary(OFF=Array([off]), ON=Array([on]), Order=Array([off, on]))
    for key, value in (told or {}).items():
        default[key] = value
    pdf.Root.OCProperties = Dictionary(OCGs=Array([off, on]), D=default)
    return pdf


def said(name: str) -> bytes:
    return b"/OC /%b BDC BT /F1 24 Tf 60 600 Td (Hidden words) Tj ET EMC" % name.encode()


@pytest.mark.parametrize(
    ("layer", "shown"),
    [("L0", False), ("L1", True), ("Either", True), ("Both", False), ("NotOff", True), ("OnAndOff", False)],
)
def test_what_a_hidden_layer_holds_is_gone_for_good(layer: str, shown: bool) -> None:
    facts, blobs = prepare(saved(layered(b"BT /F1 24 Tf 60 700 Td (Dear school) Tj ET " + said(layer))))
    assert "Dear school" in words(blobs[0])
    assert ("Hidden words" in words(blobs[0])) is shown
    with by_hand.reads(blobs[0]) as pdf:
        assert (b"Hidden words" in pdf.pages[0].obj.Contents.read_bytes()) is shown
        assert Name.OCProperties not in pdf.Root
    assert facts["notices"] == ["1 hidden layer was left out of the pack's copy."]


def test_every_layer_may_be_off_but_those_that_are_named() -> None:
    pdf = layered(said("L0") + said("L1"), {"/BaseState": Name.OFF, "/OFF": Array([])})
    facts, blobs = prepare(saved(pdf))
    assert words(blobs[0]).count("Hidden words") == 1
    assert facts["notices"] == ["1 hidden layer was left out of the pack's copy."]


def test_a_rule_for_looking_hides_a_layer_too() -> None:
    pdf = layered(said("L1"))
    on = pdf.Root.OCProperties.OCGs[1]
    on.Usage = Dictionary(View=Dictionary(ViewState=Name.OFF))
    rule = Dictionary(Event=Name.View, Category=Array([Name.View]), OCGs=Array([on]))
    pdf.Root.OCProperties.D.AS = Array([rule])
    assert "Hidden words" not in words(prepare(saved(pdf))[1][0])


def test_clips_colours_and_places_set_within_a_hidden_layer_still_count() -> None:
    within = (
        b"/OC /L0 BDC 0 0 200 200 re W S 1 0 0 rg 0 0 50 50 re f BT /F1 9 Tf (a) ' 1 2 (b) \" ET EMC 0 0 595 842 re f"
    )
    _, blobs = prepare(saved(layered(within)))
    picture = pdfium.PdfDocument(blobs[0])[0].render(scale=0.5).to_pil().convert("RGB")
    assert picture.getpixel((20, 400)) == (255, 0, 0)
    assert picture.getpixel((200, 100)) == (255, 255, 255)
    assert "a" not in words(blobs[0])


def test_forms_pictures_and_boxes_of_a_hidden_layer_are_gone() -> None:
    pdf = layered(b"/Whole Do /Part Do")
    off = pdf.Root.OCProperties.OCGs[0]
    page = pdf.pages[0].obj
    whole = by_hand.looks(pdf, b"0 0 90 90 re f", 600, 800).N
    whole.OC = off
    part = by_hand.looks(pdf, said("L0"), 600, 800).N
    part.Resources = Dictionary(Font=page.Resources.Font, Properties=Dictionary(L0=off))
    page.Resources.XObject = Dictionary(Whole=whole, Part=part)
    box = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([60, 60, 200, 200]), F=4, OC=off)
    box.AP = by_hand.looks(pdf, b"0 0 100 30 re f")
    by_hand.add_boxes(pdf, [box])
    _, blobs = prepare(saved(pdf))
    assert drawn(blobs[0]) == 0
    assert words(blobs[0]) == ""
    with by_hand.reads(blobs[0]) as cleaned:
        assert all(b"Hidden" not in one.read_bytes() for one in cleaned.objects if isinstance(one, pikepdf.Stream))


# Pages that cannot be unpacked


def drawn_by_pdfium_alone(pdf: Pdf) -> pikepdf.Stream:
    return pikepdf.Stream(pdf, b"0 0 200 200 re f".hex().encode() + b"!~>", Filter=Name.ASCIIHexDecode)


def test_a_page_of_which_nothing_can_be_read_is_said_to_be_so() -> None:
    pdf = letter(pages=3)
    pdf.pages[1].obj.Contents = pikepdf.Stream(pdf, b"no such thing", Filter=Name.FlateDecode)
    facts, blobs = prepare(saved(pdf))
    assert (facts["outcome"], len(facts["pages"])) == (Outcome.PICTURES, 3)
    assert facts["notices"][0] == "Page 2 is so damaged that nothing of it can be read."
    assert words(blobs[0]).count("Dear school") == 2


def test_a_pdf_of_which_nothing_can_be_read_is_refused() -> None:
    pdf = letter(pages=2)
    for page in pdf.pages:
        page.obj.Contents = pikepdf.Stream(pdf, b"no such thing", Filter=Name.FlateDecode)
    facts, _ = prepare(saved(pdf))
    assert (facts["outcome"], facts["locked"]) == (Outcome.REFUSED, False)
    assert facts["why"].startswith("The PDF is damaged, and nothing on its pages can be read.")


def test_a_page_that_wants_a_picture_which_is_not_there_is_named() -> None:
    pdf = letter(pages=2)
    pdf.pages[1].obj.Contents = pdf.make_stream(b"q 9 0 0 9 0 0 cm /Im0 Do Q")
    facts, _ = prepare(saved(pdf))
    assert facts["notices"] == ["Page 2 is damaged: what could be read is there, and something may be missing."]


def test_a_page_that_cannot_be_unpacked_is_taken_as_a_picture() -> None:
    pdf = letter(pages=3)
    pdf.pages[1].obj.Contents = drawn_by_pdfium_alone(pdf)
    facts, blobs = prepare(saved(pdf))
    assert facts["outcome"] == Outcome.PICTURES
    assert facts["notices"][0] == "Page 2 is damaged, so it was taken as a picture."
    assert words(blobs[0]).count("Dear school") == 2
    with by_hand.reads(blobs[0]) as cleaned:
        assert [Name.XObject in page.obj.Resources for page in cleaned.pages] == [False, True, False]
        assert len(cleaned.pages) == 3


@pytest.mark.parametrize("pages", [1, 2])
def test_a_page_that_breaks_off_is_read_as_far_as_it_goes(pages: int) -> None:
    pdf = letter(pages=3)
    lines = b"".join(b"BT /F1 9 Tf 60 %d Td (Line %d of the letter) Tj ET\n" % (800 - n, n) for n in range(700))
    packed = zlib.compress(lines)
    for page in pdf.pages[:pages]:
        page.obj.Contents = pikepdf.Stream(pdf, packed[: len(packed) // 2] + b"\xff" * 200, Filter=Name.FlateDecode)
    facts, blobs = prepare(saved(pdf))
    assert facts["outcome"] == Outcome.CLEANED
    which = "Page 1 is" if pages == 1 else "Pages 1, 2 are"
    assert facts["notices"][0] == f"{which} damaged: what could be read is there, and something may be missing."
    assert words(blobs[0]).count("Line 5 of the letter") == pages
    assert words(blobs[0]).count("Line 699 of the letter") == 0


def test_a_form_that_cannot_be_unpacked_makes_its_page_a_picture() -> None:
    pdf = letter()
    form = pikepdf.Stream(pdf, b"nothing", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form.Filter = Name.FlateDecode
    pdf.pages[0].obj.Resources.XObject = Dictionary(X=form)
    facts, _ = prepare(saved(pdf))
    assert facts["outcome"] == Outcome.PICTURES


def test_a_page_turned_stays_upright_as_a_picture() -> None:
    pdf = letter()
    pdf.pages[0].obj.Rotate = 90
    pdf.pages[0].obj.Contents = drawn_by_pdfium_alone(pdf)
    facts, blobs = prepare(saved(pdf))
    assert [(page["width"], page["height"], page["rotation"]) for page in facts["pages"]] == [(842, 595, 0)]
    assert pdfium.PdfDocument(io.BytesIO(blobs[0]))[0].get_size() == (842, 595)


# Anything at all


def everything() -> bytes:
    """Layers, forms, files inside, a signature: as plain text, so that bytes can be changed anywhere."""
    pdf = layered(said("L0") + said("Both") + said("OnAndOff") + b"/Whole Do")
    whole = by_hand.looks(pdf, said("L1"), 600, 800).N
    whole.OC = pdf.Root.OCProperties.OCGs[0]
    whole.Resources = Dictionary(Font=pdf.pages[0].obj.Resources.Font, Properties=pdf.pages[0].obj.Resources.Properties)
    pdf.pages[0].obj.Resources.XObject = Dictionary(Whole=whole)
    pdf.attachments["a.txt"] = AttachedFileSpec(pdf, b"inside", filename="a.txt")
    return signed(pdf)


EVERYTHING = everything()


@pytest.mark.filterwarnings("ignore:Unexpected end of stream")  # what pikepdf says of a drawing that is cut off
@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(EVERYTHING) - 1), st.binary(min_size=1, max_size=6)), min_size=1, max_size=8),
    st.sampled_from(["", "secret"]),
)
def test_whatever_is_changed_in_a_pdf_it_ends_in_an_outcome(changes: list[tuple[int, bytes]], password: str) -> None:
    data = bytearray(EVERYTHING)
    for place, now in changes:
        data[place : place + len(now)] = now
    facts, blobs = prepare(bytes(data), password)
    assert facts["outcome"] in set(Outcome)
    assert (facts["outcome"] == Outcome.REFUSED) == bool(facts["why"])
    assert bool(facts.get("pages")) == bool(blobs[: 2 if facts["outcome"] != Outcome.ATTACHED else 0])
