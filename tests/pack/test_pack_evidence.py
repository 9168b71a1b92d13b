"""Evidence as schools send it: turned, wide, huge, tiny, cropped, tagged, filled in; each page upright and whole."""

import zlib
from datetime import date
from io import BytesIO
from pathlib import Path

import packs_by_hand
import pikepdf
import pypdfium2
import pytest
from pack_reading import content_text, elements, shown, squeezed
from PIL import Image, ImageChops

from wizard.errors import UnusableInput
from wizard.evidence.intake import prepare
from wizard.pack import build
from wizard.pack.content import EvidenceItem

A4 = (595.0, 842.0)


def item(pdf: bytes, number: int = 1, **changes: object) -> EvidenceItem:
    """Return evidence for a document."""
    values: dict[str, object] = {"kind": "Letter", "pages": 1, "outcome": "included", "sha256": "ab" * 32}
    return EvidenceItem(number, f"Paper {number}", pdf=pdf, **(values | changes))  # type: ignore[arg-type]


def rendered(pdf: bytes, page: int, scale: float = 1.0) -> Image.Image:
    """Return a page (counted from 0) as a viewer shows it."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return opened[page].render(scale=scale).to_pil().convert("L")


def framed(picture: Image.Image) -> tuple[int, int, int, int]:
    """Return where there is ink above the foot of a page rendered at twice its size."""
    above = picture.crop((0, 0, picture.width, picture.height - 106))
    box = ImageChops.invert(above).getbbox()
    assert box
    return box


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [A4, (842.0, 595.0), (842.0, 1191.0), (1191.0, 842.0), (298.0, 420.0), (90.0, 60.0)])
def test_a_page_of_any_size_and_turn_is_shown_upright_whole_and_large(size: tuple[float, float], turn: int) -> None:
    source = packs_by_hand.document(size, words="Letter", rotate=turn)
    built = build(packs_by_hand.small(evidence=(item(source),)))
    at = built.plan.evidence[1]
    ours, theirs = rendered(built.pdf, at, 2), rendered(source, 0, 3)
    wide = theirs.width > theirs.height * 1.05
    assert (ours.width > ours.height) == wide
    left, top, right, bottom = framed(ours)
    width, height = right - left, bottom - top
    source_box = ImageChops.invert(theirs).getbbox()
    assert source_box
    assert abs(width / height - (source_box[2] - source_box[0]) / (source_box[3] - source_box[1])) < 0.03
    assert min(left, top, ours.width - right) >= 30
    largest = max(size) <= 120 or max(width / ours.width, height / ours.height) > 0.6
    assert largest
    shown_there = (
        ours.crop((left, top, right, bottom)).resize((200, 200)).point(lambda value: 255 if value > 190 else 0)
    )
    shown_here = theirs.crop(source_box).resize((200, 200)).point(lambda value: 255 if value > 190 else 0)
    difference = ImageChops.difference(shown_there, shown_here)
    assert sum(difference.histogram()[128:]) < 2600  # of 40,000: edges fall a pixel apart, a turn or flip would not


def test_only_what_the_crop_box_shows_is_shown() -> None:
    source = packs_by_hand.document(A4, words="Left out", crop=(100, 100, 500, 400))
    built = build(packs_by_hand.small(evidence=(item(source),)))
    picture = rendered(built.pdf, built.plan.evidence[1], 2)
    box = framed(picture)
    ink = picture.crop(box).point(lambda value: 0 if value > 230 else 255).getbbox()
    assert ink
    assert ink[3] - ink[1] < 12  # the grey rule alone lies within the crop box: no frame, no words


def test_a_media_box_away_from_the_origin_is_found() -> None:
    with pikepdf.open(BytesIO(packs_by_hand.document(A4))) as pdf:
        page = pdf.pages[0]
        page.obj.MediaBox = pikepdf.Array([1000, 2000, 1595, 2842])
        page.obj.Contents = pdf.make_stream(b"1 0 0 1 1000 2000 cm 0 g 100 100 200 200 re f")
        out = BytesIO()
        pdf.save(out)
    built = build(packs_by_hand.small(evidence=(item(out.getvalue()),)))
    left, top, right, bottom = framed(rendered(built.pdf, built.plan.evidence[1], 2))
    assert abs((right - left) - (bottom - top)) <= 2
    assert right - left > 300


def test_a_till_roll_is_cut_into_readable_lengths() -> None:
    built = build(packs_by_hand.small(evidence=(item(packs_by_hand.document((220, 2400), words="Roll")),)))
    place = built.plan.places["evidence:1"]
    assert place.last - place.first > 4


def test_inherited_sizes_and_resources_are_found() -> None:
    with pikepdf.open(BytesIO(packs_by_hand.document(A4, A4))) as pdf:
        tree = pdf.Root.Pages
        tree.MediaBox, tree.Resources, tree.Rotate = pikepdf.Array([0, 0, 400, 300]), pdf.pages[0].obj.Resources, 90
        for page in pdf.pages:
            for key in ("/MediaBox", "/Resources"):
                del page.obj[key]
        out = BytesIO()
        pdf.save(out)
    built = build(packs_by_hand.small(evidence=(item(out.getvalue()),)))
    with pikepdf.open(BytesIO(built.pdf)) as pdf:
        page = pdf.pages[built.plan.evidence[1]]
        form = next(iter(page.obj.Resources.XObject.values()))
        assert len(form.Resources.Font)
        assert [float(value) for value in form.BBox] == [0, 0, 400, 300]
        assert page.mediabox[2] < page.mediabox[3]


def test_what_was_filled_in_or_stamped_on_is_printed() -> None:
    with pikepdf.open(BytesIO(packs_by_hand.document(A4))) as pdf:
        look = pdf.make_stream(b"0 g 0 0 100 50 re f")
        look.Type, look.Subtype, look.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 100, 50])
        stamp = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Stamp,
            Rect=pikepdf.Array([200, 400, 300, 450]),
            AP=pikepdf.Dictionary(N=look),
            F=4,
        )
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(stamp)])
        out = BytesIO()
        pdf.save(out)
    plain = build(packs_by_hand.small(evidence=(item(packs_by_hand.document(A4)),)))
    stamped = build(packs_by_hand.small(evidence=(item(out.getvalue()),)))
    at = plain.plan.evidence[1]
    difference = ImageChops.difference(rendered(plain.pdf, at), rendered(stamped.pdf, at)).getbbox()
    assert difference
    assert difference[2] - difference[0] > 60


def test_the_tags_of_a_document_do_not_contradict_ours() -> None:
    built = build(packs_by_hand.small(evidence=(item(packs_by_hand.document(A4)),)))
    with pikepdf.open(BytesIO(built.pdf)) as pdf:
        page = pdf.pages[built.plan.evidence[1]]
        form = next(iter(page.obj.Resources.XObject.values()))
        operators = {str(one.operator) for one in pikepdf.parse_content_stream(form)}
    assert "Tj" in operators
    assert not operators & {"BDC", "BMC", "EMC"}


def test_layers_keep_their_marks() -> None:
    with pikepdf.open(BytesIO(packs_by_hand.document(A4))) as pdf:
        pdf.pages[0].obj.Contents = pdf.make_stream(b"EMC /OC /L1 BDC /P <</MCID 0>> BDC 0 0 9 9 re f EMC EMC /T MP")
        out = BytesIO()
        pdf.save(out)
    built = build(packs_by_hand.small(evidence=(item(out.getvalue()),)))
    with pikepdf.open(BytesIO(built.pdf)) as pdf:
        form = next(iter(pdf.pages[built.plan.evidence[1]].obj.Resources.XObject.values()))
        assert [str(one.operator) for one in pikepdf.parse_content_stream(form)] == ["BDC", "re", "f", "EMC"]


def test_scans_are_described_and_text_is_left_to_be_read() -> None:
    built = build(packs_by_hand.rich())
    with pikepdf.open(BytesIO(built.pdf)) as pdf:
        said = [str(element.Alt) for element in elements(pdf) if element.S == "/Figure" and "/Alt" in element]
        titles = [str(element.T) for element in elements(pdf) if element.S == "/P" and "/T" in element]
    assert "Evidence 3, page 1 of 1: Letter from CAMHS, scanned" in said
    assert "Evidence 2, page 3 of 3: Individual healthcare plan" in titles


def test_a_divider_says_what_lies_behind_it() -> None:
    about = item(
        packs_by_hand.document(A4, A4),
        dated=date(2026, 11, 3),
        answers=("Written clinical advice",),
        notices=("A form was flattened.",),
    )
    refused = item(b"", 2, outcome="refused", notices=("The file is damaged.",))
    attached = item(b"", 3, outcome="attached")
    built = build(packs_by_hand.small(evidence=(about, refused, attached)))
    first = built.plan.evidence[1]
    with pikepdf.open(BytesIO(built.pdf)) as pdf:
        words = [squeezed(shown(pdf.pages[built.plan.evidence[number] - 1]).text) for number in (1, 2, 3)]
    assert f"2, on pages {first + 1} to {first + 2} of this pack" in words[0]
    for expected in (
        "Evidence 1 Paper 1",
        "Letter",
        "3 November 2026",
        "Written clinical advice",
        "A form was flattened.",
    ):
        assert expected in words[0]
    assert "None: it could not be taken in" in words[1]
    assert "The file is damaged." in words[1]
    assert "its pages cannot be shown" in words[2]


def test_a_document_that_cannot_be_read_again_is_named_and_never_left_out() -> None:
    with pytest.raises(UnusableInput) as refused:
        build(packs_by_hand.small(evidence=(item(b"%PDF-1.7\nnothing more", 4),)))
    assert "Evidence 4" in refused.value.sentence
    assert "Paper" not in str(refused.value)


def test_a_damaged_page_is_shown_as_far_as_a_viewer_shows_it() -> None:
    said = zlib.compress(b"0 g 100 500 300 200 re f " + b"0 0 m 1 1 l S " * 3_000)
    with pikepdf.open(BytesIO(packs_by_hand.document(A4))) as pdf:
        damaged = pdf.make_stream(b"")
        damaged.write(said[: len(said) * 2 // 3] + b"\0" * 40, filter=pikepdf.Name.FlateDecode)
        pdf.pages[0].obj.Contents = pikepdf.Array([damaged])
        out = BytesIO()
        pdf.save(out, compress_streams=False)
    built = build(packs_by_hand.small(evidence=(item(out.getvalue()),)))
    left, _, right, _ = framed(rendered(built.pdf, built.plan.evidence[1], 2))
    assert right - left > 400


def test_a_page_in_a_broken_and_rarer_wrapping_is_refused_by_number() -> None:
    with pikepdf.open(BytesIO(packs_by_hand.document(A4))) as pdf:
        damaged = pdf.make_stream(b"")
        damaged.write(b"zz~ not base 85 at all \x00\xff", filter=pikepdf.Name.ASCII85Decode)
        pdf.pages[0].obj.Contents = damaged
        out = BytesIO()
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    with pytest.raises(UnusableInput, match="Evidence 1"):
        build(packs_by_hand.small(evidence=(item(out.getvalue()),)))


def test_documents_of_the_corpus_stand_in_a_pack(corpus: Path) -> None:
    """Mended by evidence intake or not: whatever it lets pass has to come out of the other end."""
    for name in ("219789", "509284", "webCapture", "050734"):
        facts, parts = prepare((corpus / "pdf" / f"{name}.pdf").read_bytes(), "pdf")
        assert facts["outcome"] in {"included", "cleaned"}
        built = build(packs_by_hand.small(evidence=(item(parts[0]),)))
        with pikepdf.open(BytesIO(parts[0])) as source:
            place = built.plan.places["evidence:1"]
            assert place.last - place.first >= len(source.pages)
            assert built.pages > len(source.pages)


def test_twelve_documents_keep_their_numbers() -> None:
    items = tuple(item(packs_by_hand.document(A4, words=f"Paper {n}"), n) for n in range(1, 13))
    built = build(packs_by_hand.small(evidence=items))
    text = squeezed(content_text(built.pdf))
    assert [built.plan.evidence[number] for number in range(1, 13)] == list(range(5, 29, 2))
    assert "Evidence 1–12" in text
