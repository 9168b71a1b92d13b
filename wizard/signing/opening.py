"""Opens a PDF with pyHanko, for the sealing and for the checking side; import it only when one of them is under way."""

import logging
import struct
import zlib
from io import BytesIO

from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from wizard.errors import UnusableInput

for _library in ("pyhanko", "pyhanko_certvalidator"):
    # Its messages can quote the document; they go nowhere, not even to the handler of last resort.
    logging.getLogger(_library).addHandler(logging.NullHandler())
    logging.getLogger(_library).propagate = False

FAULTS: tuple[type[Exception], ...] = (
    PdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    UnsupportedAlgorithm,
    struct.error,
    zlib.error,
)
"""What pyHanko and asn1crypto raise on files that are damaged or made to harm, as fuzzing found them."""


def open_pdf(pdf: bytes, password: str | None) -> PdfFileReader:
    """Return a reader of the file, with the password applied where it has one.

    Raises:
        UnusableInput: not a PDF, damaged, or another password is needed.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf))
        encrypted = reader.encrypted
        unlocked = not encrypted or _unlock(reader, password or "")
    except FAULTS:
        raise unreadable() from None
    if unlocked:
        return reader
    if password:
        raise UnusableInput("The password does not open this file.", "Check it and type it again.")
    raise UnusableInput("This file is locked with a password.", "Give the password, then try again.")


def unreadable() -> UnusableInput:
    """Return the refusal of a file in which nothing can be found."""
    return UnusableInput(
        "This file is not a PDF, or it is damaged, so no seal in it can be checked.",
        "Do not rely on it. Ask the sender for the file again.",
    )


def _unlock(reader: PdfFileReader, password: str) -> bool:
    # ISO 32000-2 7.6.4.3.3 normalises a password with SASLprep; qpdf, which locks our packs, takes it as it is.
    for form in (password.encode(), password):
        try:
            if reader.decrypt(form).status != AuthStatus.FAILED:
                return True
        except ValueError:  # SASLprep forbids some characters
            continue
    return False
