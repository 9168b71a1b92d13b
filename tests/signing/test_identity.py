"""A school gets a seal of its own, keeps it, and finds it again."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from wizard.errors import UnusableInput
from wizard.signing.identity import Identity, new_identity

from .conftest import CLOCK


def certificate_of(identity: Identity) -> x509.Certificate:
    return x509.load_der_x509_certificate(identity.certificate)


def test_a_new_identity_says_what_it_is_and_vouches_for_nothing_else(academy: Identity) -> None:
    certificate = certificate_of(academy)
    certificate.verify_directly_issued_by(certificate)
    assert academy.name == "Lanternfield Academy"
    (common_name,) = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert "Integrity seal, self-made" in str(common_name.value)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.digital_signature, usage.content_commitment) == (True, True)
    assert not any((usage.key_cert_sign, usage.crl_sign, usage.key_encipherment, usage.key_agreement))
    assert certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    public_key = certificate.public_key()
    assert isinstance(public_key, ec.EllipticCurvePublicKey)
    assert public_key.curve.name == "secp256r1"


def test_it_is_good_for_five_years_from_the_given_clock(academy: Identity) -> None:
    assert certificate_of(academy).not_valid_before_utc == CLOCK
    assert academy.expires == datetime(2031, 11, 3, 9, 30, tzinfo=UTC)


def test_it_is_kept_and_found_again(academy: Identity, clinic: Identity) -> None:
    for identity in (academy, clinic):
        assert Identity.from_bytes(identity.to_bytes()) == identity
    assert not academy.one_time
    assert clinic.one_time


def test_two_identities_are_told_apart_by_their_fingerprints(academy: Identity) -> None:
    assert academy.fingerprint != new_identity("Lanternfield Academy", CLOCK).fingerprint
    groups = academy.fingerprint.split(" ")
    assert [len(group) for group in groups] == [4] * 16
    assert bytes.fromhex(academy.fingerprint)


def test_the_key_does_not_show_when_an_identity_is_printed(academy: Identity) -> None:
    assert "key=" not in repr(academy)
    assert repr(academy.key) not in repr(academy)


def test_what_is_no_identity_is_refused(academy: Identity, clinic: Identity) -> None:
    certificate, key = academy.to_bytes().split(b"-----BEGIN PRIVATE", 1)
    of_another = clinic.to_bytes().split(b"-----BEGIN PRIVATE", 1)[1]
    by_rsa = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for kept in (b"", b"junk", certificate, b"-----BEGIN PRIVATE" + key, certificate + by_rsa):
        with pytest.raises(UnusableInput):
            Identity.from_bytes(kept)
    with pytest.raises(UnusableInput, match="cannot be read"):
        Identity.from_bytes(certificate + b"-----BEGIN PRIVATE" + of_another)


@given(st.text(st.characters(), max_size=90))
def test_any_name_makes_a_certificate(name: str) -> None:
    shown = new_identity(name, CLOCK + timedelta(microseconds=1)).name
    assert 1 <= len(shown) <= 64
    assert not any(unicodedata.category(character)[0] == "C" for character in shown)


def test_a_school_without_a_name_borrows_the_program_s() -> None:
    assert new_identity(" \n", CLOCK).name == "Section 19 referral wizard"
