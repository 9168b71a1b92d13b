"""Looks at the seals in a PDF with pyHanko; `wizard.signing.verify` imports it when a file is to be checked."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from asn1crypto import cms, core, x509
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.utils import DEFAULT_ALGORITHM_USAGE_POLICY

from wizard.signing.identity import fingerprint
from wizard.signing.opening import FAULTS, open_pdf, unreadable
from wizard.signing.originals import travelling
from wizard.signing.verify import Seal, Travelling, Verification

_LONGEST_NAME = 200
_TAIL = 100  # bytes in which a PDF says where its last table is


def examine(pdf: bytes, password: str | None) -> Verification:
    """Return what the seals show. See `wizard.signing.verify.verify`."""
    reader = open_pdf(pdf, password)
    try:
        found = [(str(name), field) for name, _, field in enumerate_sig_fields(reader, filled_status=True)]
        seals = [seal for _, seal in sorted(_seals(reader, pdf, found), key=lambda placed: placed[0])]
    except FAULTS:
        raise unreadable() from None
    if not seals and b"/ByteRange" in pdf:  # a seal whose field was cut off, or damaged past finding
        seals = [Seal(field="", state="unreadable")]
    try:
        originals = travelling(reader)
    except FAULTS:  # a damaged seal, or none, is said all the same
        originals = (Travelling(name="manifest.json", state="altered"),)
    return Verification(encrypted=reader.encrypted, seals=tuple(seals), originals=originals)


def _seals(reader: PdfFileReader, pdf: bytes, found: list[tuple[str, DictionaryObject]]) -> Iterator[tuple[int, Seal]]:
    """Yield each seal with the number of the revision that it closes."""
    for name, field in found:
        try:
            signature = EmbeddedPdfSignature(reader, field, name)
            yield signature.signed_revision, _judged(signature, pdf, _shown(name))
        except FAULTS:
            yield reader.xrefs.total_revisions, Seal(field=_shown(name), state="unreadable")


def _judged(signature: EmbeddedPdfSignature, pdf: bytes, name: str) -> Seal:
    certificate: x509.Certificate = signature.signer_cert
    whole = _end(signature, pdf) == len(pdf)
    return Seal(
        field=name,
        state="intact" if _holds(signature, certificate) else "altered",
        signer=_signer(certificate),
        fingerprint=fingerprint(certificate.dump()),
        self_made=certificate.issuer == certificate.subject,
        signed_at=_signed_at(signature),
        whole=whole,
        changes="none" if whole else _changes(signature, pdf),
    )


def _end(signature: EmbeddedPdfSignature, pdf: bytes) -> int:
    """Return where the covered part ends, having seen that it leaves out the signature itself and nothing else.

    pyHanko compares lengths only. A gap wider than the signature, or bytes hidden behind it in the gap, would let
    something unsigned pass as signed.
    """
    start, before, after, rest = (int(number) for number in signature.byte_range)
    content: bytes = signature.pkcs7_content
    hidden = content[len(cms.ContentInfo.load(content).dump()) :].strip(b"\0")
    framed = pdf[before:after].lower() == b"<%s>" % content.hex().encode()
    if start or rest < 0 or not 0 < before < after <= after + rest <= len(pdf) or hidden or not framed:
        msg = "the byte range leaves out more than the signature"
        raise ValueError(msg)
    return after + rest


def _holds(signature: EmbeddedPdfSignature, certificate: x509.Certificate) -> bool:
    """Whether digest and signature agree, by methods that are not known to be weak."""
    info = signature.signer_info
    policy = DEFAULT_ALGORITHM_USAGE_POLICY
    if (
        signature.sig_object.get("/Type", "/Sig") != "/Sig"
        or signature.signed_data["encap_content_info"]["content"] is not core.VOID
        or not policy.digest_algorithm_allowed(info["digest_algorithm"], moment=None)
        or not policy.signature_algorithm_allowed(info["signature_algorithm"], None, certificate.public_key)
    ):
        msg = "a kind of signature that is not checked here"
        raise ValueError(msg)
    unchanged, genuine = validate_sig_integrity(info, certificate, "data", signature.compute_digest())
    return bool(unchanged and genuine)


def _changes(signature: EmbeddedPdfSignature, pdf: bytes) -> Literal["allowed", "other"]:
    """Judge what follows the covered part; bytes behind the last update are more than a seal allows."""
    signature.compute_integrity_info()  # type: ignore[no-untyped-call] # pyHanko types it in part
    result, permission = signature.diff_result, signature.docmdp_level
    table = str(signature.reader.last_startxref).encode()
    last = re.search(rb"startxref\s+" + table + rb"\s+%%EOF\s*\Z", pdf[-_TAIL:])
    if not last or not isinstance(result, DiffResult) or result.modification_level == ModificationLevel.NONE:
        return "other"
    most = ModificationLevel.FORM_FILLING.value if permission is None else permission.value
    return "allowed" if result.modification_level.value <= min(most, ModificationLevel.FORM_FILLING.value) else "other"


def _signed_at(signature: EmbeddedPdfSignature) -> datetime | None:
    try:
        moment: datetime | None = signature.self_reported_timestamp
    except FAULTS:
        return None
    return moment


def _signer(certificate: x509.Certificate) -> str:
    names = certificate.subject.native
    value = names.get("organization_name") or names.get("common_name") or ""
    return _shown(value if isinstance(value, str) else ", ".join(map(str, value)))


def _shown(text: str) -> str:
    """Return a name from outside on one short line, without characters that steer a screen."""
    kept = (" " if unicodedata.category(character)[0] in "CZ" else character for character in text[:_LONGEST_NAME])
    return " ".join("".join(kept).split())
