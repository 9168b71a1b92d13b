"""What is said of messages that are signed, encrypted or protected; in the child process."""

from typing import Final

SIGNED: Final = "The message is signed by its sender's program; nobody checks that signature here."
LOCKED: Final = "Its text is encrypted and cannot be read here: open it where it came, and print it to a PDF."
RIGHTS: Final = (
    "Its text is protected by its sender and cannot be read here: open it where it came, and print it to a PDF."
)

SIGNATURES: Final = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
SEALED: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
PROTECTED: Final = "application/x-microsoft-rpmsg-message"

OWN_TEXT: Final = "the text itself, which cannot be read here"
"""Why a file that holds the text in another form is no document of its own."""


def within(data: bytes) -> bytes:
    """The message within a signature that holds it (S/MIME); nothing where it is encrypted."""
    starts = [at for at in (data.find(b"Content-Type:"), data.find(b"MIME-Version:")) if at >= 0]
    return data[min(starts) :] if starts else b""
