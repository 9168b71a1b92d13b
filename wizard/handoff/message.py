"""The e-mail that carries a pack to the council: a draft for the school's own mail program, never sent from here.

Neither subject nor text says anything of the pupil beyond the reference, and the initials where the school wants them.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime

from forms.kit.authority import Limits, Recipient
from wizard.errors import UnusableInput

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z][A-Za-z0-9-]{1,62}")
_LONGEST = 200
IN_A_MAIL = 1.37
"""How much larger a file becomes inside an e-mail (base64 with line ends, RFC 2045)."""
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")


def megabytes_sent(to: Recipient, limits: Limits | None, size: int) -> float:
    """Megabytes of what is sent with a pack of so many bytes: in an e-mail it grows, in an upload it does not.

    Without an address a limit of the policy is that of an upload; without either it may yet go by e-mail.
    """
    uploaded = not to.email and limits is not None and limits.mb
    return size * (1 if uploaded else IN_A_MAIL) / 1_000_000


class _Folding(EmailPolicy):
    """Folds subjects by RFC 2047; the standard library's newer way adds spaces where a line is nearly full."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return the header as it stands in the file."""
        if name != "Subject":
            return super().fold_binary(name, value)
        return f"Subject: {Header(value, header_name=name).encode(linesep=self.linesep)}{self.linesep}".encode("ascii")


_FOLDING = _Folding(linesep="\r\n")


@dataclass(frozen=True)
class Covering:
    """What the message says.

    Attributes:
        to: the council's address for referrals, from its file; empty where it gives none: the school fills it in.
        reference: of the referral, such as R-7KQ4-2M.
        school: who refers.
        sender: name and role of the person who sends, as they sign.
        initials: the pupil's, for the subject; left out unless the school asks for them.
        locked: the pack opens with a password.
        sealed: the pack carries a seal.
    """

    to: str
    reference: str
    school: str
    sender: str
    initials: str = ""
    locked: bool = True
    sealed: bool = True


def draft(covering: Covering, pack: bytes, *, pack_name: str, when: datetime, seed: str) -> bytes:
    """Return an ``.eml`` file that opens as an unsent message with the pack attached.

    Who it is from is left to the mail program. The same arguments give the same bytes.

    Args:
        covering: what it says.
        pack: the finished PDF.
        pack_name: of the attachment; see `safe_file_name`.
        when: aware; dates the draft.
        seed: tells this draft from others, and appears only as a digest.

    Raises:
        UnusableInput: what stands as the council's address is not one.
    """
    if covering.to and not _ADDRESS.fullmatch(covering.to):
        raise UnusableInput(
            "The council's e-mail address cannot be used as it is written.",
            "Correct it in the council's settings. It must be one address, such as medical@council.gov.uk.",
        )
    mark = hashlib.sha256(seed.encode("utf-8", "replace")).hexdigest()[:32]
    message = EmailMessage(policy=_FOLDING)
    message["X-Unsent"] = "1"  # Outlook and others open such a file ready for sending
    if covering.to:
        message["To"] = covering.to
    message["Subject"] = _subject(covering)
    message["Date"] = format_datetime(when)
    message["Message-ID"] = f"<{mark}@section19.invalid>"
    message.set_content(_text(covering), cte="quoted-printable")
    message.add_attachment(pack, maintype="application", subtype="pdf", filename=_one_line(pack_name))
    message.set_boundary(f"=_{mark}")
    return message.as_bytes()


def safe_file_name(reference: str, ending: str = ".pdf") -> str:
    """Return a file name with the reference and nothing else of the referral, good on every system."""
    return "-".join(filter(None, ("Section-19-referral", _UNSAFE.sub("-", reference)[:40].strip("-")))) + ending


def _subject(covering: Covering) -> str:
    typed = (("reference ", covering.reference), ("", covering.school), ("pupil ", covering.initials))
    given = [(label, _one_line(text)) for label, text in typed]
    return ", ".join(["Section 19 referral", *(label + text for label, text in given if text)])


def _text(covering: Covering) -> str:
    reference, school = _one_line(covering.reference), _one_line(covering.school)
    paragraphs = [
        "Dear colleague,",
        f"Please find attached a referral from {school} for education under section 19 of the Education Act 1996. "
        f"Its reference is {reference}; please quote it in your reply.",
    ]
    if covering.locked:
        paragraphs.append("The pack opens with a password. We shall tell you the password by telephone, not by e-mail.")
    if covering.sealed:
        paragraphs.append(
            "The pack carries a seal that shows any later change. Please keep the file as it is: "
            "saving it without its password, or printing it to a new file, removes the seal."
        )
    paragraphs += [
        "Please confirm that the pack has arrived and that you can open it. It is for us to make sure that it has "
        "reached you, so we shall also contact you ourselves on the next school day.",
        "If this message was not meant for you, please tell us, and delete it without opening the pack.",
        f"Kind regards,\n{_one_line(covering.sender)}\n{school}",
    ]
    return "\n\n".join(paragraphs) + "\n"


def _one_line(text: str) -> str:
    """Return text from a form without line breaks and control characters, so that no header can be slipped in."""
    kept = (_printable(character) for character in text[:_LONGEST])
    return " ".join("".join(kept).split())


def _printable(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return " " if category[0] in "CZ" else character
