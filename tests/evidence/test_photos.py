"""Several photos of one letter become one document, which is read again from the folder as it was."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.evidence.heic_photos import TURNED
from tests.evidence.pdfs_by_hand import reads
from tests.evidence.test_photo import corner_marked, saved
from wizard.errors import UnusableInput
from wizard.evidence import intake, offer
from wizard.evidence.detection import detect
from wizard.evidence.document import Outcome
from wizard.evidence.pictures import bundle
from wizard.evidence.pictures.bundle import Photo, bundled
from wizard.evidence_fact import Treatment, whole

PAGES = [
    Photo("IMG_1.jpg", saved(corner_marked((300, 400)))),
    Photo("IMG_1.jpg", saved(corner_marked((400, 300)), "PNG"), Treatment(crop=(0.5, 0.0, 0.0, 0.0))),
    Photo("clinic/../IMG_3.heic", TURNED),
]


def first_colours(pdf: bytes) -> list[Any]:
    with reads(pdf) as opened:
        pictures = [page.obj.Resources.XObject.Picture for page in opened.pages]
        return [(int(picture.Width), int(picture.Height)) for picture in pictures]


def prepare(data: bytes, **wishes: Any) -> tuple[dict[str, Any], list[bytes]]:
    assert detect(data).id == "photos"
    return intake.prepare(data, "photos", wishes)


def test_three_photos_are_one_document_of_three_pages_cropped_as_each_was(tmp_path: Path) -> None:
    original, made = offer.prepare_many(PAGES)
    assert (made.outcome, made.kind, made.pages, made.why) == (Outcome.CLEANED, "photos", 3, "")
    assert [page.width > page.height for page in made.page_facts] == [False, False, False]
    assert first_colours(made.pdf) == [(300, 400), (200, 300), (64, 96)]
    assert len(made.notices) == 1
    assert "place" in made.notices[0]
    kept = tmp_path / "Clinic letter.zip"
    kept.write_bytes(original)
    assert offer.prepare(kept) == made
    assert bundled(PAGES) == original


def test_the_originals_are_in_the_bundle_byte_for_byte_under_names_that_lead_nowhere() -> None:
    with zipfile.ZipFile(io.BytesIO(bundled(PAGES))) as opened:
        names = opened.namelist()
        assert names == ["mimetype", "01 IMG_1.jpg", "02 IMG_1.jpg", "03 clinic_.._IMG_3.heic", "wishes.json"]
        assert [opened.read(name) for name in names[1:4]] == [photo.data for photo in PAGES]


def test_a_wish_for_the_whole_document_holds_where_a_photo_has_none_of_its_own() -> None:
    _, (pdf, _) = prepare(bundled(PAGES[:2]), crop=[0.0, 0.5, 0.0, 0.0])
    assert first_colours(pdf) == [(300, 200), (200, 300)]


def test_a_password_never_gets_into_a_bundle() -> None:
    assert b"open sesame" not in bundled([Photo("a", b"x", Treatment(password="open sesame"))] * 2)


def test_a_photo_that_is_cut_off_is_named() -> None:
    noise = saved(Image.effect_noise((300, 300), 90))
    facts, _ = prepare(bundled([PAGES[0], Photo("b.jpg", noise[: len(noise) * 3 // 4])]))
    assert facts["outcome"] == Outcome.PICTURES
    assert facts["notices"][0].startswith("Photo 2: The picture is damaged or cut off")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.4", "Number 2 of the photos is a PDF. Add it as a document of its own."),
        (b"\xff\xd8\xff\xe0", "Photo 2 cannot be shown. The picture is damaged, or saved in a way that cannot be read"),
        (bundled(PAGES), "Number 2 of the photos is a bundle of photos."),
    ],
)
def test_what_cannot_be_part_of_it_is_said_by_its_number(data: bytes, words: str) -> None:
    assert words in whole(offer.prepare_many([PAGES[0], Photo("2.jpg", data)])[1].why)


def test_one_photo_is_no_bundle_and_neither_are_too_many_or_too_large_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    for photos in (PAGES[:1], PAGES[:1] * 31):
        with pytest.raises(UnusableInput, match="2 to 30 photos"):
            bundled(photos)
    monkeypatch.setattr(bundle, "LARGEST", 10)
    with pytest.raises(UnusableInput, match="Make two documents"):
        bundled(PAGES)


def forged(*, compression: int = zipfile.ZIP_STORED, wishes: Any = ({},), copies: int = 1) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as made:
        made.writestr(zipfile.ZipInfo("mimetype"), bundle.TYPE)
        for number in range(copies):
            made.writestr(f"{number}.bmp", bytes(99_999))
        made.writestr(bundle.WISHES, json.dumps(wishes))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        forged(compression=zipfile.ZIP_DEFLATED),
        forged(wishes=[]),
        forged(wishes={"crop": 1}),
        forged(wishes=[{"crop": [0, 0, 0, 2], "straighten": 0}]),
        forged(wishes=[{"crop": [0, 0, 0, 0], "straighten": float("nan")}]),
        forged(copies=40),
        bundled(PAGES)[:900],
    ],
)
def test_a_forged_or_damaged_bundle_is_refused(data: bytes) -> None:
    facts, blobs = prepare(data)
    assert (facts["outcome"], blobs) == (Outcome.REFUSED, [])
    assert whole(str(facts["why"])) == "The photos that were put together are damaged. Put them together again."


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(60, 4000), st.integers(0, 255)), max_size=6), st.integers(60, 6000))
def test_no_damage_gets_past_the_reader(damage: list[tuple[int, int]], length: int) -> None:
    data = bytearray(bundled(PAGES[:2]))
    for place, value in damage:
        data[place % len(data)] = value
    facts, blobs = intake.prepare(bytes(data[:length]), "photos")
    assert bool(blobs) == (facts["outcome"] != Outcome.REFUSED)
