"""References: the short names of referrals, safe as file names and easy to read out over a telephone."""

import re
from pathlib import Path

from wizard.errors import CannotOpenReferral, UnusableInput

# No vowels, so that no word is spelt by accident, and nothing that is taken for its neighbour (0 O, 1 I L,
# 2 Z, 5 S, 6 G, 8 B, U V). Twenty-three is prime, which lets one check character catch every single slip
# and every swap of neighbours.
ALPHABET = "23456789CDFHJKMNPQRTWXY"
_LENGTH = 6
_SAFE = re.compile(r"(?=.{3,32}\Z)[A-Z0-9]+(-[A-Z0-9]+)+")  # the hyphen keeps out Windows' own names: CON, NUL


def new_reference() -> str:
    """Draw a reference such as R-7KQ4-2MX: six random characters (148 million) and one to check them."""
    from secrets import choice  # costs 8 ms, and a start has no need of it

    drawn = "".join(choice(ALPHABET) for _ in range(_LENGTH))
    drawn += _check_character(drawn)
    return f"R-{drawn[:4]}-{drawn[4:]}"


def checked_reference(reference: str) -> str:
    """Pass on a reference that can name a file of the store and nothing else.

    Raises:
        UnusableInput: it holds anything but capital letters and digits in groups joined by hyphens.
    """
    if not _SAFE.fullmatch(reference):
        raise UnusableInput(
            "That is not a reference.", "References look like R-7KQ4-2MX: capital letters, digits and hyphens."
        )
    return reference


def reference_of(path: Path) -> str:
    """Read the reference in the name of a referral file.

    Raises:
        CannotOpenReferral: the file has some other name, which is not repeated here: it may name a pupil.
    """
    if not _SAFE.fullmatch(path.stem):
        raise CannotOpenReferral(
            "A referral file is named after its reference, such as R-7KQ4-2MX.s19, and this one is not.",
            "Give the file back the name that it had.",
        )
    return path.stem


def mistyped(reference: str) -> bool:
    """Tell whether a reference cannot have been drawn here: a character is wrong, or two have changed places."""
    drawn = reference.removeprefix("R-").replace("-", "")
    return len(drawn) != _LENGTH + 1 or not set(drawn) <= set(ALPHABET) or _check_character(drawn[:-1]) != drawn[-1]


def _check_character(drawn: str) -> str:
    return ALPHABET[sum(place * ALPHABET.index(char) for place, char in enumerate(drawn, 2)) % len(ALPHABET)]
