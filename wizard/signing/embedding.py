"""Writes a seal into a PDF with pyHanko; `wizard.signing.sign` imports it when a seal is wanted."""

import asyncio
from datetime import datetime
from io import BytesIO

from asn1crypto import cms, keys, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers import SimpleSigner, constants
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.validation import read_certification_data
from pyhanko_certvalidator.registry import SimpleCertificateStore

from wizard.errors import SealingFailed
from wizard.signing.identity import Identity
from wizard.signing.opening import open_pdf

_DIGEST = "sha256"
_ROOM = 16_384  # hexadecimal digits kept for the signature; ours needs about 2,500


class _Appending(IncrementalPdfFileWriter):
    """An incremental update that adds the seal and nothing else."""

    def _update_meta(self) -> None:
        """Leave the pack's title, dates and producer alone: the seal states its own time."""


def append_seal(
    pdf: bytes, identity: Identity, *, now: datetime, password: str | None, field: str, reason: str
) -> bytes:
    """Return the bytes of the pack followed by an update with the seal. See `wizard.signing.sign.seal`."""
    reader = open_pdf(pdf, password)
    try:
        _permit(reader, field)
        return _append(_Appending(reader.stream, prev=reader), identity, field, now, reason)
    except (PdfError, ValueError):
        raise SealingFailed("The pack could not be sealed.", "Make the pack again, then seal it.") from None


def _permit(reader: PdfFileReader, field: str) -> None:
    """Refuse where there is no empty field of that name, or an earlier seal allows nothing more."""
    fields = {name: value is not None for name, value, _ in enumerate_sig_fields(reader)}
    if field not in fields:
        raise SealingFailed("The pack has no place for this seal.", "Make the pack again, then seal it.")
    if fields[field]:
        raise SealingFailed("This place for a seal is taken.", "A pack can be sealed once in each place.")
    earlier = read_certification_data(reader)
    if earlier is not None and earlier.permission == MDPPerm.NO_CHANGES:
        raise SealingFailed("An earlier seal allows no other beside it.", "Send the pack as it is, or make it again.")


def _append(writer: _Appending, identity: Identity, field: str, now: datetime, reason: str) -> bytes:
    first = not any(enumerate_sig_fields(writer.prev, filled_status=True))
    if writer.prev.input_version < (2, 0):
        writer.register_extension(constants.ESIC_EXTENSION_1)
    steps = PdfCMSEmbedder().write_cms(field, writer, existing_fields_only=True)
    next(steps)
    steps.send(
        SigObjSetup(
            SignatureObject(timestamp=now, reason=reason, subfilter=SigSeedSubFilter.PADES, bytes_reserved=_ROOM),
            SigMDPSetup(md_algorithm=_DIGEST, certify=first, docmdp_perms=MDPPerm.FILL_FORMS),
        )
    )
    prepared, output = steps.send(SigIOSetup(md_algorithm=_DIGEST, output=BytesIO()))
    steps.send(_signed(identity, prepared.document_digest))
    sealed: bytes = output.getvalue()
    return sealed


def _signed(identity: Identity, digest: bytes) -> cms.ContentInfo:
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(identity.certificate),
        signing_key=keys.PrivateKeyInfo.load(identity.key),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call] # pyHanko types it in part
    )
    return asyncio.run(signer.async_sign(digest, digest_algorithm=_DIGEST, use_pades=True))
