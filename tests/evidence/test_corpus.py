"""Files as schools really get them: each ends in one of the five outcomes, in bounded time, and says why."""

import io
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops, ImageStat

from wizard.evidence import intake, offer
from wizard.evidence.document import Outcome, Prepared

FOLDERS = ("pdf", "photos", "office", "mail", "text")
PARTS = 8
EXPECTED = {
    "javascript.pdf": ("cleaned", "pdf"),
    "embedded_video_avi.pdf": ("cleaned", "pdf"),
    "encryption_openpassword.pdf": ("refused", "pdf"),
    "encryption_noprinting.pdf": ("cleaned", "pdf"),
    "corruptionOneByteMissing.pdf": ("cleaned", "pdf"),
    "T01_005_header-invalid-syntax-replace-char.pdf": ("cleaned", "pdf"),
    "032270.pdf": ("included", "pdf"),
    "signed-minimal-two-fields-signed-twice.pdf": ("cleaned", "pdf"),
    "Portrait_6.jpg": ("cleaned", "jpeg"),
    "pug.heic": ("cleaned", "heic"),
    "cat.hif": ("cleaned", "heic"),
    "corrupted.heic": ("refused", "heic"),
    "empty.heic": ("refused", "empty"),
    "txt-font-highlight-color.docx": ("cleaned", "docx"),
    "text_only.doc": ("attached", "doc"),
    "testRTF.rtf": ("cleaned", "rtf"),
    "quick.msg": ("included", "msg"),
    "naughty-strings.txt": ("cleaned", "text"),
}
ACTIVE = {"/JavaScript", "/JS", "/EF", "/EmbeddedFiles", "/OpenAction", "/Annots", "/AcroForm", "/PieceInfo", "/URI"}


def files(corpus: Path) -> list[Path]:
    return [file for folder in FOLDERS for file in sorted((corpus / folder).iterdir())]


@pytest.mark.parametrize("part", range(PARTS))
def test_every_file_ends_well(corpus: Path, part: int) -> None:
    for file in files(corpus)[part::PARTS]:
        made = offer.prepare(file)
        has_an_outcome_and_a_reason(made)
        assert EXPECTED.get(file.name) in (None, (made.outcome, made.kind)), file.name
        if made.pdf:
            holds_nothing_active(made.pdf)
        if made.pdf and made.kind == "pdf":
            looks_like(file, made)


def test_the_expectations_are_of_files_that_are_there(corpus: Path) -> None:
    assert {file.name for file in files(corpus)} >= EXPECTED.keys()
    assert len(files(corpus)) > 100


def has_an_outcome_and_a_reason(made: Prepared) -> None:
    unseen = made.outcome in (Outcome.REFUSED, Outcome.ATTACHED)
    assert (made.why != "") == (made.outcome == Outcome.REFUSED)
    assert (made.pages == 0, made.pdf == b"", made.thumbnail == b"") == (unseen,) * 3
    assert made.pages == len(made.page_facts)
    assert len(made.sha256) == 64


def holds_nothing_active(data: bytes) -> None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not pdf.is_encrypted
        assert pdf.Root.keys() <= {"/Type", "/Pages", "/OCProperties"}
        assert not {key for page in pdf.pages for key in page.obj.keys() & {"/A", "/AA", *ACTIVE}}
        dictionaries = (thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary))
        assert not {key for thing in dictionaries for key in thing.keys() & ACTIVE}


def looks_like(original: Path, made: Prepared) -> None:
    """The first page drawn by pdfium, before and after; boxes for signatures are tinted before, so pale is equal."""
    before, after = (pdfium.PdfDocument(data) for data in (original.read_bytes(), made.pdf))
    assert len(before) == len(after) == made.pages
    before.init_forms()
    one, other = (pages[0].render(scale=0.4).to_pil().convert("L") for pages in (before, after))
    differing = ImageChops.difference(one, other).point(lambda value: 255 * (value > 48))
    assert ImageStat.Stat(differing).mean[0] < 0.1, original.name


@pytest.mark.parametrize(("series", "orientations"), [("Portrait", "1368"), ("Landscape", "156")])
def test_photos_stand_upright_however_the_camera_was_held(corpus: Path, series: str, orientations: str) -> None:
    small = [
        Image.open(io.BytesIO(offer.prepare(corpus / "photos" / f"{series}_{orientation}.jpg").thumbnail))
        for orientation in orientations
    ]
    first, *others = (image.resize((32, 32)).convert("L") for image in small)
    for other in others:
        assert ImageStat.Stat(ImageChops.difference(first, other)).mean[0] < 4
    turned = first.transpose(Image.Transpose.ROTATE_180)
    assert ImageStat.Stat(ImageChops.difference(first, turned)).mean[0] > 15


@pytest.mark.parametrize("name", ["pdf/webCapture.pdf", "pdf/050734.pdf", "photos/Portrait_8.jpg"])
def test_the_same_file_gives_the_same_bytes_in_another_process(corpus: Path, name: str) -> None:
    made = offer.prepare(corpus / name)
    _, blobs = intake.prepare((corpus / name).read_bytes(), made.kind)
    assert blobs == [made.pdf, made.thumbnail]
