"""A pack is sealed once it is finished, and stays otherwise as it was."""

import shutil
import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import keys, x509
from pikepdf import Array, Dictionary, Name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from wizard.errors import SealingFailed, UnusableInput
from wizard.signing.identity import Identity
from wizard.signing.sign import seal
from wizard.signing.verify import verify

from .conftest import CLOCK, PASSWORD, make_pack


def test_the_seal_is_added_behind_the_pack(pack: bytes, academy: Identity, password: str | None) -> None:
    sealed = seal(pack, academy, now=CLOCK, password=password)
    assert sealed.startswith(pack)
    found = verify(sealed, password=password)
    assert found.intact
    assert found.whole
    assert found.encrypted == (password is not None)


@pytest.mark.parametrize("object_streams", [True, False])
def test_pyhanko_s_own_validation_agrees(academy: Identity, password: str | None, object_streams: bool) -> None:
    pack = make_pack("Seal", password=password, object_streams=object_streams)
    reader = PdfFileReader(BytesIO(seal(pack, academy, now=CLOCK, password=password)))
    if password:
        reader.decrypt(password)
    (signature,) = reader.embedded_signatures
    anchor = x509.Certificate.load(academy.certificate)
    status = validate_pdf_signature(
        signature,
        ValidationContext(trust_roots=[anchor], moment=CLOCK + timedelta(days=1), allow_fetching=False),
        key_usage_settings=KeyUsageConstraints(key_usage={"non_repudiation"}),
    )
    assert status.bottom_line
    assert status.summary() == "INTACT:TRUSTED,UNTOUCHED"
    assert signature.docmdp_level == MDPPerm.FILL_FORMS
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert status.signer_reported_dt == CLOCK


def test_the_pack_keeps_its_look_its_title_and_its_structure(
    pack: bytes, academy: Identity, password: str | None
) -> None:
    sealed = seal(pack, academy, now=CLOCK, password=password)
    with (
        pikepdf.open(BytesIO(pack), password=password or "") as before,
        pikepdf.open(BytesIO(sealed), password=password or "") as after,
    ):
        assert after.docinfo == before.docinfo
        field = after.Root.AcroForm.Fields[0]
        assert "/AP" not in field
        assert field.Rect == before.Root.AcroForm.Fields[0].Rect
        assert after.Root.StructTreeRoot.K.K[0].K.Obj.objgen == field.objgen == after.pages[0].Annots[0].objgen
        assert after.Root.Perms.DocMDP.objgen == field.V.objgen
        assert str(field.V.Reason) == "Shows whether the pack was changed after it was made"


def test_a_second_seal_leaves_the_first_good(
    pack: bytes, academy: Identity, clinic: Identity, password: str | None
) -> None:
    once = seal(pack, academy, now=CLOCK, password=password)
    twice = seal(once, clinic, now=CLOCK + timedelta(days=2), password=password, field="Second")
    assert twice.startswith(once)
    first, second = verify(twice, password=password).seals
    assert (first.field, first.signer, first.state, first.changes, first.whole) == (
        "Seal", "Lanternfield Academy", "intact", "allowed", False,
    )  # fmt: skip
    assert (second.field, second.signer, second.state, second.changes, second.whole) == (
        "Second", "Harbour Clinic", "intact", "none", True,
    )  # fmt: skip
    assert (first.fingerprint, second.fingerprint) == (academy.fingerprint, clinic.fingerprint)


@pytest.mark.parametrize("unusual", ["naïve café", "ﬁve ﬀ", "schlüssel­wort", "tab\tbed", "пароль", "m" * 127])
def test_a_password_counts_as_the_locking_program_took_it(academy: Identity, unusual: str) -> None:
    sealed = seal(make_pack("Seal", password=unusual), academy, now=CLOCK, password=unusual)
    assert verify(sealed, password=unusual).whole


def test_a_pack_of_the_newest_version_needs_no_extension_named(academy: Identity) -> None:
    sealed = seal(make_pack("Seal", version="2.0"), academy, now=CLOCK)
    assert verify(sealed).whole
    with pikepdf.open(BytesIO(sealed)) as pdf:
        assert pdf.pdf_version == "2.0"
        assert "/Extensions" not in pdf.Root


def test_the_owner_s_password_serves_too(academy: Identity) -> None:
    pack = make_pack("Seal", password=PASSWORD)
    assert verify(seal(pack, academy, now=CLOCK, password="the owner's"), password=PASSWORD).whole


def test_a_place_takes_one_seal(pack: bytes, academy: Identity, password: str | None) -> None:
    sealed = seal(pack, academy, now=CLOCK, password=password)
    with pytest.raises(SealingFailed, match="taken"):
        seal(sealed, academy, now=CLOCK, password=password)
    with pytest.raises(SealingFailed, match="no place"):
        seal(sealed, academy, now=CLOCK, password=password, field="Third")
    with pytest.raises(SealingFailed, match="no place"):
        seal(pack, academy, now=CLOCK, password=password, field="Answer")


def test_a_pack_that_was_closed_for_good_takes_no_seal(academy: Identity) -> None:
    signer = signers.SimpleSigner(
        x509.Certificate.load(academy.certificate), keys.PrivateKeyInfo.load(academy.key), SimpleCertificateStore()
    )
    closing = signers.PdfSignatureMetadata("Seal", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    closed = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(make_pack("Seal", "Second"))), closing, signer)
    with pytest.raises(SealingFailed, match="no other"):
        seal(closed.getvalue(), academy, now=CLOCK, field="Second")


def test_what_cannot_be_opened_is_not_sealed(academy: Identity) -> None:
    locked = make_pack("Seal", password=PASSWORD)
    with pytest.raises(UnusableInput, match="does not open"):
        seal(locked, academy, now=CLOCK, password="something else")
    with pytest.raises(UnusableInput, match="locked"):
        seal(locked, academy, now=CLOCK)
    with pytest.raises(UnusableInput, match="not a PDF"):
        seal(b"junk", academy, now=CLOCK)


def test_a_pack_with_rules_that_make_no_sense_is_refused_with_a_sentence(academy: Identity) -> None:
    file = BytesIO()
    with pikepdf.open(BytesIO(make_pack("Seal"))) as pdf:
        rule = Dictionary(TransformMethod=Name.DocMDP, TransformParams=Dictionary(P=9))
        pdf.Root.Perms = Dictionary(DocMDP=pdf.make_indirect(Dictionary(Type=Name.Sig, Reference=Array([rule]))))
        pdf.save(file)
    with pytest.raises(SealingFailed, match="could not be sealed"):
        seal(file.getvalue(), academy, now=CLOCK)


def test_an_identity_that_has_run_out_no_longer_seals(academy: Identity) -> None:
    with pytest.raises(SealingFailed, match="run out"):
        seal(make_pack("Seal"), academy, now=academy.expires + timedelta(seconds=1))


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler's pdfsig is not on this machine")
def test_poppler_agrees(pack: bytes, academy: Identity, clinic: Identity, password: str | None, tmp_path: Path) -> None:
    once = seal(pack, academy, now=CLOCK, password=password)
    twice = seal(once, clinic, now=CLOCK, password=password, field="Second")

    def pdfsig(pdf: bytes) -> str:
        # An empty home folder: pdfsig then does without a certificate store. Given an empty -nssdir, it fails.
        (tmp_path / "pack.pdf").write_bytes(pdf)
        unlock = ["-upw", password] if password else []
        return subprocess.run(
            ["pdfsig", "-nocert", *unlock, "pack.pdf"],
            cwd=tmp_path, env={"HOME": str(tmp_path), "TZ": "UTC"}, capture_output=True, text=True, check=False,
        ).stdout  # fmt: skip

    said = pdfsig(once)
    assert said.count("Signature is Valid") == 1
    assert said.count("Total document signed") == 1
    assert "O=Lanternfield Academy" in said
    assert "Nov 03 2026 09:30:00" in said
    said = pdfsig(twice)
    assert said.count("Signature is Valid") == 2
    assert "Not total document signed" in said
    said = pdfsig(once[:10] + bytes([once[10] ^ 1]) + once[11:])
    assert "Signature is Valid" not in said
