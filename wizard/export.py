"""The way from a referral to what is sent: compose, lay out, encrypt, seal, write. One plain function with progress."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from wizard.blacked_out import objections
from wizard.errors import Cancelled, NotReady
from wizard.evidence.redaction.proven import prove
from wizard.evidence_fact import EvidenceFact
from wizard.handoff.message import Covering, draft, megabytes_sent, safe_file_name
from wizard.pack import build, encrypt
from wizard.pack.compose import compose
from wizard.signing.identity import Identity, new_identity
from wizard.signing.sign import seal
from wizard.store.folder import write_atomically
from wizard.validation.requirements import Judgement, recipient, too_many

Progress = Callable[[float, str], None]
IDENTITY = "signing identity"
"""Name under which the vault keeps the seal's private key."""


class Secrets(Protocol):
    """What is wanted of ``store.keys.Vault``."""

    def wrap(self, name: str, plaintext: bytes) -> bytes:
        """Encrypt a small secret under the master key."""

    def unwrap(self, name: str, wrapped: bytes) -> bytes:
        """Decrypt what ``wrap`` made."""


@dataclass(frozen=True)
class Order:
    """What is wanted of an export.

    Attributes:
        document: gives the cleaned PDF of an evidence document.
        original: gives it as it was offered, where that is to travel in the pack.
        identity: seals the pack; ``None`` leaves it unsealed.
        password: encrypts the pack; empty leaves it open.
        draft: watermarked, unsealed, and made whatever is missing.
    """

    judgement: Judgement
    document: Callable[[EvidenceFact], bytes]
    created: datetime
    identity: Identity | None = None
    password: str = ""
    draft: bool = False
    original: Callable[[EvidenceFact], bytes] = lambda _: b""


@dataclass(frozen=True)
class Pack:
    """A finished pack.

    Attributes:
        look_at: sentences on what somebody should look at in it before it is sent.
    """

    pdf: bytes
    pages: int
    sealed: bool
    encrypted: bool
    look_at: tuple[str, ...] = ()


def make_pack(
    order: Order, progress: Progress = lambda part, words: None, cancelled: Callable[[], bool] = lambda: False
) -> Pack:
    """Build a pack in memory.

    Raises:
        NotReady: the final pack is asked for while a must is open, or something blacked out would show.
        EvidenceRefused: the finished pack cannot be searched for what is blacked out.
        CannotPrint: an answer holds characters that no typeface here can print.
        Cancelled: ``cancelled`` said so.
        SealingFailed: the seal could not be made.
    """
    if not order.draft and not order.judgement.ready:
        musts = sum(1 for point in order.judgement.points if point.level == "must")
        raise NotReady(
            f"The final pack cannot be made yet: {musts} {'thing is' if musts == 1 else 'things are'} still to do.",
            "See what is missing under Check your answers, or make a draft.",
        )
    if not order.draft and (crowded := too_many(order.judgement)):
        raise NotReady(crowded, "A draft can be made meanwhile.")
    for objection in objections(order.judgement.facts.case.evidence):
        raise NotReady(objection.sentence, objection.remedy)
    progress(0.0, "Reading the evidence")
    sealing = order.identity is not None and not order.draft
    words = integrity(order.identity if sealing else None, encrypted=bool(order.password))
    content = compose(
        order.judgement,
        order.document,
        order.created,
        original=order.original,
        draft=order.draft,
        sealed=sealing,
        integrity=words,
    )
    built = build(content, progress=lambda part, words: progress(0.05 + part * 0.75, words), cancelled=cancelled)
    pdf = built.pdf
    if order.password:
        progress(0.82, "Encrypting")
        pdf = encrypt(pdf, order.password)
    _stop_if(cancelled)
    if sealing and order.identity is not None:
        progress(0.88, "Sealing")
        pdf = seal(pdf, order.identity, password=order.password or None, now=order.created)
    _stop_if(cancelled)
    progress(0.94, "Seeing that what is blacked out is gone")
    look_at = prove(pdf, order.password, order.judgement.facts.case.evidence, built.plan, cancelled)
    progress(1.0, "Done")
    return Pack(pdf, built.pages, sealing, bool(order.password), look_at)


def integrity(identity: Identity | None, *, encrypted: bool) -> tuple[str, ...]:
    """What the pack says of its own seal, and how to check it."""
    if identity is None:
        return ("This pack carries no seal. Nothing in the file itself shows whether it was changed since.",)
    sentences = [
        "This pack was sealed once, when it was finished. A PDF reader that checks signatures, or the command "
        "“section19 verify”, says whether anything was changed since.",
        "The seal was made with a certificate of the program’s own. It shows that nothing was changed; it does not "
        "show who made the pack. To be sure of that, compare the fingerprint with the school by telephone.",
        f"Fingerprint of the certificate (SHA-256): {identity.fingerprint}",
    ]
    if identity.one_time:
        sentences.append(
            "The certificate was made for this pack alone: the computer had no place to keep a key. Another pack "
            "from the same school will have another fingerprint."
        )
    if encrypted:
        sentences.append("Saving a copy without the password removes the seal. Keep the file as it was received.")
    return tuple(sentences)


def check_size(judgement: Judgement, pack: Pack) -> None:
    """See that the council takes a pack of this size, where its policy names a limit.

    Raises:
        NotReady: it is larger.
    """
    profile = judgement.facts.profile
    size = megabytes_sent(recipient(judgement.facts), profile.limits, len(pack.pdf))
    if profile.limits is not None and profile.limits.mb and size > profile.limits.mb:
        raise NotReady(
            f"What is sent would have {size:.1f} MB, and the council takes up to {profile.limits.mb} MB.",
            "Leave out pages of evidence that the council does not need.",
        )


def mail_draft(judgement: Judgement, pack: Pack, when: datetime) -> tuple[str, bytes]:
    """The name and the bytes of an e-mail draft to the council with the pack attached (E63)."""
    facts = judgement.facts
    sender, school = facts.sender
    covering = Covering(
        to=recipient(facts).email,
        reference=facts.case.reference,
        school=school,
        sender=sender,
        locked=pack.encrypted,
        sealed=pack.sealed,
    )
    name = safe_file_name(facts.case.reference)
    message = draft(covering, pack.pdf, pack_name=name, when=when, seed=facts.case.signed_digest())
    return safe_file_name(facts.case.reference, ".eml"), message


def seal_identity(home: Path, vault: Secrets | None, school: str, now: datetime) -> Identity:
    """The identity that seals packs on this computer: kept wrapped by the vault, or made for one time without one."""
    if vault is None:
        return new_identity(school, now, one_time=True)
    # One a school: a made-up school's seal must not stand on a real school's pack.
    kept = home / f"identity-{hashlib.sha256(school.encode()).hexdigest()[:12]}.key"
    with suppress(FileNotFoundError):
        known = Identity.from_bytes(vault.unwrap(IDENTITY, kept.read_bytes()))
        if now < known.expires:
            return known
    identity = new_identity(school, now)
    write_atomically(kept, vault.wrap(IDENTITY, identity.to_bytes()))
    return identity


def _stop_if(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled
