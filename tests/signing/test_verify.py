"""A council, or the school itself, asks of a file: is it as it was sealed?"""

import io
import json
import logging
import re
import subprocess
import sys
import zlib
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import NullObject, pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from wizard.errors import UnusableInput, UserError
from wizard.evidence.confined import worker
from wizard.signing.identity import Identity, new_identity
from wizard.signing.sign import seal
from wizard.signing.verify import Seal, Verification, answer, verify

from .conftest import CLOCK, PASSWORD, make_pack

WARNING = "Do not rely on this file: it is not as it was when it was sealed, or that cannot be shown."


@cache
def sealed_pack(password: str | None = None, *, seals: int = 1) -> bytes:
    """Return a pack with one or two seals, made once for all examples of a property."""
    sealed = make_pack("Seal", "Second", answer=True, password=password)
    for field in ("Seal", "Second")[:seals]:
        sealed = seal(sealed, new_identity("Lanternfield Academy", CLOCK), now=CLOCK, password=password, field=field)
    return sealed


def updated(pdf: bytes, *, title: bool = False, page: bool = False, filled: bool = False) -> bytes:
    """Return the file with a change appended, as an editor would save it."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    if page:
        writer.root["/Pages"]["/Kids"][0]["/Contents"] = NullObject()
        writer.update_container(writer.root["/Pages"]["/Kids"][0])
    if filled:
        field = writer.root["/AcroForm"]["/Fields"][2]
        field[pdf_name("/V")] = pdf_string("Seen on Tuesday")
        writer.update_container(field)
    if title:
        writer.root["/Lang"] = pdf_string("fr")
        writer.update_root()
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


# What a person is told


def test_a_pack_as_it_was_sealed(academy: Identity, password: str | None) -> None:
    found = verify(seal(make_pack("Seal", password=password), academy, now=CLOCK, password=password), password=password)
    assert (found.sealed, found.intact, found.whole) == (True, True, True)
    (one,) = found.seals
    assert (one.signer, one.fingerprint, one.self_made) == ("Lanternfield Academy", academy.fingerprint, True)
    assert (one.signed_at, one.changes) == (CLOCK, "none")
    verdict, made, integrity, origin = found.sentences
    assert verdict == "The seal holds."
    assert made == "Sealed by Lanternfield Academy on 3 November 2026 at 09:30."
    assert integrity == "Nothing in the file has changed since."
    assert "proves that nothing changed, not who made it" in origin
    assert academy.fingerprint in origin


def test_a_pack_sealed_twice_says_so_of_each() -> None:
    sentences = verify(sealed_pack(seals=2)).sentences
    assert sentences[0] == "All 2 seals hold."
    assert "Since then only form fields were filled in or seals added, as this seal allows." in sentences


def test_a_pack_without_a_seal(password: str | None) -> None:
    found = verify(make_pack("Seal", password=password), password=password)
    assert (found.sealed, found.intact, found.whole) == (False, False, False)
    assert found.sentences == ("This file carries no seal, so nothing shows whether it was changed.",)


def test_the_fingerprint_tells_whose_seal_it_is(academy: Identity, clinic: Identity) -> None:
    found = verify(seal(make_pack("Seal"), academy, now=CLOCK))
    assert found.sealed_by(academy.fingerprint.lower().replace(" ", ""))
    assert not found.sealed_by(clinic.fingerprint)
    assert not found.sealed_by("")


def test_a_locked_pack_asks_for_its_password() -> None:
    with pytest.raises(UnusableInput, match="locked with a password"):
        verify(sealed_pack(PASSWORD))
    for wrong in ("something else", PASSWORD.upper(), "tab\tbed"):
        with pytest.raises(UnusableInput, match="does not open"):
            verify(sealed_pack(PASSWORD), password=wrong)


def test_a_password_that_is_not_needed_does_no_harm() -> None:
    assert verify(sealed_pack(), password=PASSWORD).intact


# Changes after sealing


def test_filling_in_a_field_is_allowed_and_reported() -> None:
    found = verify(updated(sealed_pack(), filled=True))
    assert (found.intact, found.whole, found.seals[0].changes) == (True, False, "allowed")


@pytest.mark.parametrize("change", ["page", "title"])
def test_changing_anything_else_is_not(change: str) -> None:
    found = verify(updated(sealed_pack(), **{change: True}))
    assert (found.intact, found.seals[0].state, found.seals[0].changes) == (False, "intact", "other")
    assert found.sentences[0] == WARNING
    assert "The file was changed after it was sealed. Do not rely on it; ask for it again." in found.sentences
    assert not found.sealed_by(found.seals[0].fingerprint)


@pytest.mark.parametrize("tail", [b"\n", b"\0", b"hello", b"\nstartxref\n0\n%%EOF\n", b"%%EOF"])
def test_nothing_may_be_added_behind_the_seal(tail: bytes) -> None:
    for pdf in (sealed_pack(), updated(sealed_pack(), filled=True) + b"stray", sealed_pack(seals=2)):
        try:
            assert not verify(pdf + tail).intact
        except UnusableInput:
            continue


def test_a_word_changed_in_what_was_sealed_shows(academy: Identity) -> None:
    sealed = seal(make_pack("Seal", object_streams=False), academy, now=CLOCK)
    assert sealed.count(b"(A referral)") == 1
    found = verify(sealed.replace(b"(A referral)", b"(A REFERRAL)"))
    assert (found.intact, found.seals[0].state, found.seals[0].whole) == (False, "altered", True)
    assert found.sentences[0] == WARNING
    assert "What was sealed has been changed since. Do not rely on this file; ask for it again." in found.sentences


def test_saving_the_pack_without_its_password_removes_the_seal() -> None:
    file = BytesIO()
    with pikepdf.open(BytesIO(sealed_pack(PASSWORD)), password=PASSWORD) as pdf:
        pdf.save(file)
    found = verify(file.getvalue())
    assert (found.sealed, found.intact, found.seals[0].state) == (True, False, "unreadable")
    assert "A seal in this file is damaged, or of a kind that cannot be checked here." in found.sentences


def test_a_seal_that_was_cut_out_of_the_form_is_missed() -> None:
    found = verify(sealed_pack().replace(b"/FT /Sig", b"/FT /Tx "))
    assert (found.sealed, found.intact) == (True, False)


def test_nothing_can_hide_in_the_room_left_beside_the_signature() -> None:
    sealed = sealed_pack()
    zeros = sealed.index(b"0" * 2000)
    for hidden in (b"48656c6c6f", b"     ", b"\n"):
        altered = sealed[: zeros + 1000] + hidden + sealed[zeros + 1000 + len(hidden) :]
        assert verify(altered).seals[0].state == "unreadable"


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_one_byte_changed_anywhere_shows(data: st.DataObject) -> None:
    password = data.draw(st.sampled_from([None, PASSWORD]))
    sealed = sealed_pack(password, seals=data.draw(st.sampled_from([1, 2])))
    gaps = [match.span(1) for match in re.finditer(rb"/Contents (<[0-9a-fA-F]{4000,}>)", sealed)]
    assert gaps
    at = data.draw(st.integers(0, len(sealed) - 1) | st.integers(0, 4000))
    changed = bytearray(sealed)
    changed[at] ^= data.draw(st.integers(1, 255))
    try:
        found = verify(bytes(changed), password=password)
    except UnusableInput:
        return
    if found.intact:  # possible only inside the signature, which does not cover itself, and without effect
        assert any(start <= at < end for start, end in gaps)
        assert found == verify(sealed, password=password)


# Files made to harm


@given(st.integers(0, 10**6), st.booleans())
@settings(max_examples=80, deadline=None)
def test_a_file_cut_short_never_passes(length: int, locked: bool) -> None:
    password = PASSWORD if locked else None
    sealed = sealed_pack(password)
    try:
        found = verify(sealed[: length % len(sealed)], password=password)
    except UnusableInput:
        return
    assert not found.intact  # cut right behind the pack, it is the pack before it was sealed


@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"%PDF-2.0\n1 0 obj\n<<"]))
def test_junk_is_refused_with_a_sentence(junk: bytes, start: bytes) -> None:
    with pytest.raises(UnusableInput, match="not a PDF"):
        verify(start + junk)


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_words_put_in_place_of_others_never_crash(data: st.DataObject) -> None:
    sealed = sealed_pack()
    words = list(re.finditer(rb"[/\w.+-]+|<<|>>|[\[\]()]", sealed[:2000])) + list(
        re.finditer(rb"[/\w.+-]+|<<|>>|[\[\]()]", sealed[-1500:])
    )
    word = data.draw(st.sampled_from(words))
    other = data.draw(
        st.sampled_from([b"null", b"-1", b"9" * 5000, b"[", b">>", b"(", b"/Kids", b"/V", b"18 0 R", b"<"])
    )
    if data.draw(st.booleans()):
        other = other[: len(word.group())].ljust(len(word.group()))
    at = len(sealed) - 1500 if word.string == sealed[-1500:] else 0
    altered = sealed[: at + word.start()] + other + sealed[at + word.end() :]
    try:
        assert not verify(altered).intact or altered == sealed
    except UnusableInput:
        return


def written(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF of these objects, numbered from one, with a right table."""
    pdf, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(pdf))
        pdf += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return pdf + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, trailer, len(pdf),
    )  # fmt: skip


def with_fields(fields: bytes, *objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF whose form has these fields; further objects count from three."""
    root = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields %s>>>>" % fields
    return written(root, b"<</Type/Pages/Kids[]/Count 0>>", *objects, trailer=trailer)


BOMB = zlib.compress(b"0" * 30_000_000, 9)
LOCK = b"<</Filter/Standard/V 5/R 6/O(a)/U(b)/P -1>>"
HARMFUL = {
    "deep": with_fields(b"[" * 20_000 + b"]" * 20_000),
    "family": with_fields(b"[3 0 R]", b"<</T(a)/Kids[3 0 R]>>"),
    "mirror": with_fields(b"3 0 R", b"4 0 R", b"3 0 R"),
    "history": written(b"<<>>", trailer=b"/Root 1 0 R/Prev 9"),
    "far": written(b"<<>>", trailer=b"/Root 1 0 R/Prev 99999999999999999999"),
    "lock": with_fields(b"[]", LOCK, trailer=b"/Root 1 0 R/Encrypt 3 0 R/ID[(a)(b)]"),
    "bomb": b"%%PDF-1.7\n1 0 obj\n<</Type/XRef/W[1 4 2]/Size 3/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n%s\n"
    b"endstream\nendobj\nstartxref\n9\n%%%%EOF\n" % (len(BOMB), BOMB),
}


@pytest.mark.parametrize("kind", HARMFUL)
def test_files_that_lead_round_in_circles_are_refused(kind: str) -> None:
    with pytest.raises(UnusableInput):
        verify(HARMFUL[kind])


@pytest.mark.parametrize(
    "value",
    [
        b"4",
        b"<</Type/Sig/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]>>",
        b"<</Type/Sig/SubFilter/adbe.pkcs7.detached/ByteRange[%s 1 1 1]/Contents<00>>>" % (b"9" * 5_000),
        b"<</Type/Sig/SubFilter/adbe.x509.rsa_sha1/ByteRange[0 1 2 3]/Contents<3000>>>",
    ],
)
def test_a_seal_that_makes_no_sense_is_reported_as_such(value: bytes) -> None:
    found = verify(with_fields(b"[3 0 R]", b"<</T(a)/FT/Sig/V 4 0 R>>", value))
    assert [one.state for one in found.seals] == ["unreadable"]


def test_nothing_of_the_file_is_logged(capfd: pytest.CaptureFixture[str]) -> None:
    written = BytesIO()
    listener = logging.StreamHandler(io.TextIOWrapper(written, write_through=True))
    logging.getLogger().addHandler(listener)
    try:
        assert not verify(updated(sealed_pack(), page=True)).intact
    finally:
        logging.getLogger().removeHandler(listener)
    assert written.getvalue() == b""
    assert capfd.readouterr() == ("", "")


def test_every_file_of_the_corpus_gets_an_answer(corpus: Path) -> None:
    for path in sorted((corpus / "pdf").iterdir()):
        try:
            found = verify(path.read_bytes())
        except UserError:
            assert not path.name.startswith("signed-")
            continue
        if path.name.startswith("signed-minimal-") and "hybrid" not in path.name:
            assert [(one.state, one.changes) for one in found.seals] == [("intact", "allowed"), ("intact", "none")]


# Seals that others made


def signed_elsewhere(certificate: bytes, key: bytes, *, digest: str = "sha256") -> bytes:
    """Return a pack signed with pyHanko itself."""
    signer = signers.SimpleSigner(
        x509.Certificate.load(certificate), keys.PrivateKeyInfo.load(key), SimpleCertificateStore()
    )
    details = signers.PdfSignatureMetadata("Seal", md_algorithm=digest, name="Somebody")
    writer = IncrementalPdfFileWriter(BytesIO(make_pack("Seal")))
    signed: bytes = signers.sign_pdf(writer, details, signer).getvalue()
    return signed


def certified(subject: certificates.Name, issuer: str) -> tuple[bytes, bytes]:
    """Return a certificate that somebody else issued, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    by = certificates.Name([certificates.NameAttribute(certificates.NameOID.COMMON_NAME, issuer)])
    certificate = (
        certificates.CertificateBuilder(by, subject, key.public_key(), 1, CLOCK, CLOCK + timedelta(days=1))
        .sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
    )
    form = serialization.PrivateFormat.PKCS8
    return certificate, key.private_bytes(serialization.Encoding.DER, form, serialization.NoEncryption())


def test_a_certificate_that_somebody_vouches_for_is_told_from_a_self_made_one() -> None:
    subject = certificates.Name(
        [certificates.NameAttribute(certificates.NameOID.COMMON_NAME, "Head\u202e of \nSchool")]
    )
    found = verify(signed_elsewhere(*certified(subject, "An authority")))
    (one,) = found.seals
    assert (found.intact, one.self_made, one.signer) == (True, False, "Head of School")
    assert any("vouches for the name" in sentence for sentence in found.sentences)


def test_a_certificate_may_name_several_or_nobody() -> None:
    organisation = certificates.NameOID.ORGANIZATION_NAME
    both = certificates.Name([certificates.NameAttribute(organisation, name) for name in ("North", "South")])
    assert verify(signed_elsewhere(*certified(both, "An authority"))).seals[0].signer == "North, South"
    (one,) = verify(signed_elsewhere(*certified(certificates.Name([]), "An authority"))).seals
    assert one.signer == ""
    assert one.sentences[0].startswith("Sealed by somebody without a name on")


def test_a_seal_by_a_broken_method_counts_for_nothing(academy: Identity) -> None:
    (one,) = verify(signed_elsewhere(academy.certificate, academy.key, digest="sha1")).seals
    assert one.state == "unreadable"


def test_a_seal_with_a_senseless_time_still_counts(academy: Identity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pyhanko.sign.signers.pdf_byterange.pdf_date", lambda _: pdf_string("D:teatime"))
    (one,) = verify(seal(make_pack("Seal"), academy, now=CLOCK)).seals
    assert (one.state, one.signed_at) == ("intact", None)
    assert one.sentences[0] == "Sealed by Lanternfield Academy."


# Between two processes


def test_the_answer_of_a_child_process_is_the_result() -> None:
    for pdf, password in ((sealed_pack(), None), (sealed_pack(PASSWORD), PASSWORD), (make_pack("Seal"), None)):
        assert Verification.from_json(answer(pdf, password)) == verify(pdf, password=password)


def test_the_refusal_of_a_child_process_is_the_refusal() -> None:
    with pytest.raises(UnusableInput, match=r"locked with a password\. Give the password"):
        Verification.from_json(answer(sealed_pack(PASSWORD)))


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_any_other_answer_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="could not be checked"):
        Verification.from_json(text)


def test_an_answer_may_not_say_more_than_there_is_to_say() -> None:
    result = json.loads(answer(sealed_pack()))
    result["trusted"] = True
    with pytest.raises(UserError):
        Verification.from_json(json.dumps(result))


def test_in_the_child_process_that_opens_files_from_outside() -> None:
    for pdf, password in ((sealed_pack(PASSWORD), PASSWORD), (updated(sealed_pack(), page=True), None)):
        found, blobs = worker.run("verify", pdf, {"password": password})
        assert Verification.from_json(found) == verify(pdf, password=password)
        assert not blobs


def test_pyhanko_waits_until_it_is_wanted() -> None:
    check = "import sys, wizard.signing.sign, wizard.signing.verify; sys.exit('pyhanko' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_a_result_cannot_be_changed() -> None:
    one = Seal(field="Seal", state="altered")
    with pytest.raises(ValueError, match="frozen"):
        one.state = "intact"  # type: ignore[misc]
