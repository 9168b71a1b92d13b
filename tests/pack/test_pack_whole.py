"""A pack from end to end: sound, the same each time, of one mind about its numbers, sealed, accessible."""

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import packs_by_hand
import pikepdf
import pytest
from outloud import check
from pack_reading import bookmarks, content_text, links, pdftotext, shown, squeezed

from wizard.errors import Cancelled
from wizard.pack import SEAL_FIELD, Built, build, encrypt
from wizard.pack.content import PackContent

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not on this machine")
needs_qpdf = pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not on this machine")


@pytest.fixture(scope="module")
def rich() -> Built:
    return build(packs_by_hand.rich())


@needs_qpdf
@pytest.mark.parametrize("content", [packs_by_hand.small(), packs_by_hand.rich(), packs_by_hand.rich(draft=True)])
def test_a_pack_is_a_sound_pdf(content: PackContent, tmp_path: Path) -> None:
    file = tmp_path / "pack.pdf"
    file.write_bytes(build(content).pdf)
    done = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_same_content_gives_the_same_bytes(rich: Built) -> None:
    assert build(packs_by_hand.rich()).pdf == rich.pdf


def test_every_page_says_which_it_is_and_labels_agree(rich: Built) -> None:
    with pikepdf.open(BytesIO(rich.pdf)) as pdf:
        assert len(pdf.pages) == rich.pages
        for number, page in enumerate(pdf.pages, 1):
            feet = " ".join(text for _, artefact, text in shown(page).pieces if artefact)
            assert f"Page {number} of {rich.pages}" in feet
            assert "R-7KQ4-2M" in feet
            assert page.label == str(number)


def test_contents_bookmarks_and_headings_agree(rich: Built) -> None:
    with pikepdf.open(BytesIO(rich.pdf)) as pdf:
        marks = bookmarks(pdf)
        pages = [shown(page).text for page in pdf.pages]
    contents = pages[rich.plan.page("contents") - 1]
    assert [mark for mark in marks if mark[0] == 1]
    for _, title, number in marks[1:]:
        words = squeezed(title.split("  ")[-1])
        assert words in squeezed(pages[number - 1])
        assert re.search(rf"{re.escape(words)} {number}\b", squeezed(contents)), title
    assert {title: number for _, title, number in marks}["Health"] == rich.plan.parts["health"]


def test_every_link_goes_where_it_says(rich: Built) -> None:
    with pikepdf.open(BytesIO(rich.pdf)) as pdf:
        found = list(links(pdf))
        pages = [squeezed(shown(page).text) for page in pdf.pages]
    assert len(found) > 50
    for page, words, target in found:
        assert words.endswith(f"page {target}")
        named = re.search(r"(?:page|p\.) (\d+):", words)
        if named:
            assert int(named[1]) == target
            assert named[0].rstrip(":") in pages[page - 1]


def test_the_cover_counts_pages_and_requirements_rightly(rich: Built) -> None:
    with pikepdf.open(BytesIO(rich.pdf)) as pdf:
        cover = squeezed(shown(pdf.pages[0]).text)
    plan = rich.plan
    first, last = plan.evidence[1], plan.places["evidence:3"].last
    assert f"{first}–{last} Evidence 1–3" in cover or f"Evidence 1–3 {first}–{last}" in cover
    assert "16 of 17 things the policy requires; a reason is given for the other" in cover
    assert "8 of 9 things the policy expects; a reason is given for the other" in cover
    assert "Complete by the council’s own policy" in cover
    for name in ("Ruth Osei", "Martin Hale", "Łukasz Kowalczyk"):
        assert name in cover


def test_an_open_requirement_is_said_on_the_cover() -> None:
    items = packs_by_hand.checklist()
    opened = packs_by_hand.ChecklistItem(
        "E16", "Clinical advice is attached", "must", "open", "Essex policy, section 2"
    )
    built = build(packs_by_hand.small(checklist=(*items, opened), draft=True))
    cover = squeezed(content_text(built.pdf).partition("In this pack")[0])
    assert "Not yet complete by the council’s own policy" in cover
    assert "16 of 18 things the policy requires; a reason is given for one; one still open" in cover
    assert cover.index("Open Clinical advice is attached") < cover.index("Reason given Fifteen school days")


def test_a_draft_says_so_on_every_page_and_has_no_place_for_a_seal() -> None:
    built = build(packs_by_hand.rich(draft=True))
    with pikepdf.open(BytesIO(built.pdf)) as pdf:
        assert "/AcroForm" not in pdf.Root
        for page in pdf.pages:
            artefacts = " ".join(text for _, artefact, text in shown(page).pieces if artefact)
            assert "DRAFT – not sent" in artefacts


def test_the_pupil_is_not_named_in_the_title(rich: Built) -> None:
    with pikepdf.open(BytesIO(rich.pdf)) as pdf, pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == str(pdf.docinfo["/Title"]) == "Referral R-7KQ4-2M"
        assert xmp["pdfuaid:part"] == "1"
        assert "Amira" not in str(xmp) + str(dict(pdf.docinfo.items()))
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True


def test_restricted_sections_come_last_behind_their_divider(rich: Built) -> None:
    plan = rich.plan
    assert plan.places["evidence:3"].last < plan.page("restricted") < plan.sections["dsl"] < plan.page("signatures")
    with pikepdf.open(BytesIO(rich.pdf)) as pdf:
        page = shown(pdf.pages[plan.sections["dsl"] - 1])
    assert any("Restricted" in text for _, artefact, text in page.pieces if artefact)


@needs_poppler
def test_every_answer_is_found_by_a_plain_reader_of_pdf(rich: Built, tmp_path: Path) -> None:
    text = squeezed(" ".join(pdftotext(rich.pdf, tmp_path)))
    for section in packs_by_hand.sections():
        for row in (row for part in section.parts for row in part.rows):
            if row.text.isascii() and len(row.text) < 200:
                assert squeezed(row.text) in text
            assert squeezed(row.label.split()[0]) in text
    assert "Łukasz Kowalczyk" in text
    assert "Nguyễn Thị Ơn" in text


def test_every_digest_of_an_original_stands_whole(rich: Built) -> None:
    text = content_text(rich.pdf)
    for item in packs_by_hand.evidence():
        assert text.count(item.sha256) == 2


def test_an_encrypted_pack_opens_with_its_password_only_and_keeps_everything(rich: Built) -> None:
    locked = encrypt(rich.pdf, "Lantern-Saltmarsh-19")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(locked))
    with pikepdf.open(BytesIO(locked), password="Lantern-Saltmarsh-19") as pdf:
        assert pdf.encryption.R == 6
        assert pdf.encryption.bits == 256
        assert pdf.allow.accessibility
        assert pdf.allow.print_highres
        assert not pdf.allow.modify_other
        assert len(pdf.pages) == rich.pages
        assert [mark[1] for mark in bookmarks(pdf)]
        assert str(pdf.Root.AcroForm.Fields[0].T) == SEAL_FIELD
        assert pdf.Root.MarkInfo.Marked is True


def sealed(pdf: bytes, folder: Path) -> bytes:
    """Put a seal by a throw-away certificate into the place that the pack left for it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Lanternfield Academy")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder(
            name, name, key.public_key(), x509.random_serial_number(), start, start + timedelta(900)
        )
        .add_extension(x509.KeyUsage(True, True, *[False] * 7), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for file, data in {"key": secret, "cert": certificate.public_bytes(serialization.Encoding.PEM)}.items():
        (folder / f"{file}.pem").write_bytes(data)
    signer = signers.SimpleSigner.load(str(folder / "key.pem"), str(folder / "cert.pem"))
    meta = signers.PdfSignatureMetadata(field_name=SEAL_FIELD)
    out = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), meta, signer=signer, existing_fields_only=True)
    return bytes(out.getvalue())


def test_a_sealed_pack_has_no_error_for_those_who_listen_to_it(rich: Built, tmp_path: Path) -> None:
    file = tmp_path / "Sealed pack for the council.pdf"
    file.write_bytes(sealed(rich.pdf, tmp_path))
    found = check(str(file))
    assert [(one.rule, one.page, one.message) for one in found.sorted_findings() if one.severity == "error"] == []
    with pikepdf.open(file) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        assert field.V.Type == "/Sig"
        assert field.Subtype == "/Widget"


@pytest.mark.parametrize(
    "content", [packs_by_hand.small(), packs_by_hand.small(draft=True), packs_by_hand.rich(draft=True)]
)
def test_before_the_seal_there_is_not_even_a_warning(content: PackContent, tmp_path: Path) -> None:
    file = tmp_path / "A pack.pdf"
    file.write_bytes(build(content).pdf)
    assert [(one.rule, one.message) for one in check(str(file)).sorted_findings()] == []


def test_progress_is_told_and_only_goes_forward() -> None:
    told: list[tuple[float, str]] = []
    build(packs_by_hand.rich(), progress=lambda done, words: told.append((done, words)))
    fractions = [done for done, _ in told]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert any("Evidence 2 of 3" in words for _, words in told)


def test_work_stops_when_it_is_cancelled() -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 6

    with pytest.raises(Cancelled):
        build(packs_by_hand.rich(), cancelled=cancelled)
