"""The last step of a pack: the seal that shows any later change.

PAdES baseline B-B (ETSI EN 319 142-1): no time stamp and no network. The seal is appended to the pack, whose own bytes
stay as they are, so nothing may be saved over the pack afterwards.
"""

from datetime import datetime

from wizard.errors import SealingFailed
from wizard.signing.identity import Identity

REASON = "Shows whether the pack was changed after it was made"


def seal(
    pdf: bytes,
    identity: Identity,
    *,
    now: datetime,
    password: str | None = None,
    field: str = "Seal",
    reason: str = REASON,
) -> bytes:
    """Return the pack with a seal in its signature field.

    The first seal certifies the pack: from then on only prepared fields may be filled in. Every further seal goes into
    a prepared field of its own. The look of the field stays as the pack drew it.

    Args:
        pdf: the finished pack, encrypted or not, with an empty signature field that is one object with its widget.
        identity: who seals.
        now: aware; the time that the seal states.
        password: opens an encrypted pack.
        field: name of the signature field.
        reason: printed by viewers beside the seal.

    Raises:
        SealingFailed: the field is missing or taken, an earlier seal forbids it, or the identity has run out.
        UnusableInput: the pack cannot be opened with this password, or at all.
    """
    if now > identity.expires:
        raise SealingFailed(
            "The certificate that this computer seals with has run out.", "Make a new one, then seal the pack again."
        )
    from wizard.signing import embedding  # here, because pyHanko takes half a second to import

    return embedding.append_seal(pdf, identity, now=now, password=password, field=field, reason=reason)
