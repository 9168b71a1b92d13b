"""Pages without text, read by Tesseract where it is installed: for their date and for names, and for nothing else."""

import io

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from wizard.errors import Cancelled
from wizard.evidence import offer
from wizard.evidence.document import Outcome
from wizard.evidence.pdf import evened
from wizard.evidence.words import ocr
from wizard.evidence.words.reading import reread
from wizard.evidence_fact import EvidenceFact

LINES = (
    "Gannet Coast Clinic",
    "3 March 2025",
    "Re: Tom MARSH",
    "Date of birth: 3 May 2012",
    "Dear Mrs Osei, Tom is well.",
)
installed = pytest.mark.skipif(not ocr.program(), reason="Tesseract is not installed")


def photo(turned: int = 0) -> bytes:
    """A photo of a letter; where it is turned, by so many degrees clockwise, it has to be turned back."""
    image = Image.new("L", (1200, 800), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(40)
    for row, line in enumerate(LINES):
        draw.text((80, 80 + 110 * row), line, 0, font=font)
    out = io.BytesIO()
    image.rotate(-turned, expand=True).save(out, "PNG")
    return out.getvalue()


def taken_in(data: bytes) -> tuple[EvidenceFact, bytes]:
    made = offer.prepare_bytes(data, ".png")
    assert made.outcome != Outcome.REFUSED
    return made.told_of(EvidenceFact(file="photo.png")), made.pdf


@installed
def test_a_photo_of_a_letter_tells_its_date_and_whom_it_is_about() -> None:
    lying, pdf = taken_in(photo(270))
    assert (lying.silent, lying.marks, lying.suggested) == ((1,), (), "")
    fact = lying.turned_by(1, 90)
    read = ocr.read_by_machine(fact, pdf)
    assert (ocr.turned_since(lying, read), ocr.turned_since(fact, read)) == ({1}, frozenset())
    assert (read.by_machine, read.suggested) == ((1,), "2025-03-03")
    assert {(mark.kind, mark.text) for mark in read.marks} == {("born", "2012-05-03"), ("name", "Tom MARSH")}
    assert [(one.page, "Tom is well." in one.text, "Osei" in repr(one)) for one in read.readings] == [(1, True, False)]
    assert ocr.read_by_machine(read, pdf) == read  # once is enough


def test_a_photo_taken_in_the_shade_is_drawn_for_the_machine_as_if_in_even_light() -> None:
    letter = Image.open(io.BytesIO(photo()))
    shade = Image.linear_gradient("L").resize(letter.size).point(lambda light: 40 + light // 2)
    shaded = ImageChops.multiply(letter, shade)
    shaded.save(out := io.BytesIO(), "PNG")
    _, pdf = taken_in(out.getvalue())
    assert dark(shaded) > 0.8
    for turn, width in ((0, 1654), (90, 1102)):
        _, (png,) = evened.draw(pdf, 0, width, turn)
        drawn = Image.open(io.BytesIO(png))
        assert (drawn.mode, drawn.width, drawn.width > drawn.height) == ("L", width, turn == 0)
        assert 0.01 < dark(drawn) < 0.06  # the letters


def dark(picture: Image.Image) -> float:
    """The part of a grey picture that is dark."""
    return sum(picture.histogram()[:150]) / picture.width / picture.height


@installed
def test_it_can_be_cancelled() -> None:
    fact, pdf = taken_in(photo())
    with pytest.raises(Cancelled):
        ocr.read_by_machine(fact, pdf, lambda: True)


def test_without_tesseract_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "program", lambda: "")
    fact = EvidenceFact(file="photo.png", pages=1, silent=(1,))
    assert ocr.read_by_machine(fact, b"") is fact


def test_a_tesseract_that_fails_leaves_the_document_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "program", lambda: "/nowhere/tesseract")
    fact, pdf = taken_in(photo())
    read = ocr.read_by_machine(fact, pdf)
    assert (read.marks, read.suggested, [one.text for one in read.readings]) == ((), "", [""])


@pytest.mark.parametrize(
    ("about", "pages"),
    [
        ({"silent": (1, 3), "blank": (3,)}, (1,)),
        ({"silent": (1, 3), "omit": (1,)}, (3,)),
        ({"silent": tuple(range(1, 14))}, ()),
        ({}, ()),
    ],
)
def test_only_pages_that_need_it_are_read(
    about: dict[str, tuple[int, ...]], pages: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "program", lambda: "/usr/bin/tesseract")
    assert ocr.wanted(EvidenceFact(file="a.pdf", pages=20, **about)) == pages


def test_numbers_that_a_machine_misread_are_not_believed() -> None:
    found, _ = reread(b"UPN: B881999926002\fNHS number: 999 000 0019\fUPN: B881999926001")
    assert [(mark["page"], mark["text"]) for mark in found["marks"]] == [(3, "B881999926001")]
