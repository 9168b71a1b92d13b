"""Who seals: a key and a certificate that this program makes for itself.

Such a certificate shows that a pack is unchanged. It does not show who made it, for nobody vouches for the name in it.
The key is ECDSA on P-256 (FIPS 186-5), which the viewers of today and poppler's ``pdfsig`` check.
"""

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from wizard.errors import UnusableInput

PROGRAM = "Section 19 referral wizard"
_LASTING = "Integrity seal, self-made by the Section 19 referral wizard"
_ONE_TIME = "Integrity seal, self-made for this one pack"
_LONGEST_NAME = 64  # ub-organization-name and ub-common-name, RFC 5280 appendix A.1
_FIVE_YEARS = timedelta(days=5 * 365 + 1)


@dataclass(frozen=True)
class Identity:
    """A key with the certificate that belongs to it.

    Attributes:
        certificate: X.509, DER.
        key: private key, PKCS#8 DER, unencrypted: it stays in memory unless the caller wraps it.
        one_time: made for a single pack and never kept.
    """

    certificate: bytes
    key: bytes = field(repr=False)
    one_time: bool = False

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in groups of four for reading out."""
        return fingerprint(self.certificate)

    @property
    def name(self) -> str:
        """The organisation in the certificate."""
        return _subject(x509.load_der_x509_certificate(self.certificate), NameOID.ORGANIZATION_NAME)

    @property
    def expires(self) -> datetime:
        """The moment after which this identity no longer seals; aware, UTC."""
        return x509.load_der_x509_certificate(self.certificate).not_valid_after_utc

    def to_bytes(self) -> bytes:
        """Return certificate and bare key as PEM. They are a secret: keep them only wrapped."""
        certificate = x509.load_der_x509_certificate(self.certificate)
        key = serialization.load_der_private_key(self.key, password=None)
        return certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Identity":
        """Return the identity that `to_bytes` wrote.

        Raises:
            UnusableInput: the bytes are something else, or key and certificate are not a pair.
        """
        try:
            certificate = x509.load_pem_x509_certificate(kept)
            key = serialization.load_pem_private_key(kept, password=None)
        except (ValueError, TypeError):
            raise _not_an_identity() from None
        if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
            raise _not_an_identity()
        return _identity(certificate, key, one_time=_subject(certificate, NameOID.COMMON_NAME) == _ONE_TIME)


def new_identity(name: str, now: datetime, *, one_time: bool = False) -> Identity:
    """Make a key and a certificate that is good for five years.

    Args:
        name: the school; without one, the program names itself.
        now: aware; the first moment of the certificate.
        one_time: say in the certificate that it was made for one pack.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _printable(name) or PROGRAM),
            x509.NameAttribute(NameOID.COMMON_NAME, _ONE_TIME if one_time else _LASTING),
        ]
    )
    uses = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    certificate = (
        x509.CertificateBuilder(issuer_name=subject, subject_name=subject, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + _FIVE_YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **uses), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return _identity(certificate, key, one_time=one_time)


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of a DER certificate as hexadecimal in groups of four, ``3F0A 91C2 ...``."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(certificate)
    text = digest.finalize().hex().upper()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _identity(certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey, *, one_time: bool) -> Identity:
    return Identity(
        certificate=certificate.public_bytes(serialization.Encoding.DER),
        key=key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
        one_time=one_time,
    )


def _printable(name: str) -> str:
    """Return the name without characters that do not print, on one line, as long as a certificate may hold."""
    shown = "".join(" " if unicodedata.category(character)[0] in "CZ" else character for character in name)
    return " ".join(shown.split())[:_LONGEST_NAME].strip()


def _subject(certificate: x509.Certificate, kind: x509.ObjectIdentifier) -> str:
    return next((str(part.value) for part in certificate.subject.get_attributes_for_oid(kind)), "")


def _not_an_identity() -> UnusableInput:
    return UnusableInput(
        "The seal that was kept for this school cannot be read.",
        "Make a new one. Packs that are already sealed stay good.",
    )
