"""The password of a pack: made so that it can be read out on the telephone, and read from a file."""

import secrets
import unicodedata
from pathlib import Path

from wizard.errors import UnusableInput

ALPHABET = "fhkmrtwxy2346789"
"""Sixteen characters that neither look nor sound alike: no 1 and l, 0 and o, 5 and s, m and n, b, d and p, a and 8.

Without vowels they spell no words.
"""
GROUPS = 5
GROUP_LENGTH = 4
ENTROPY_BITS = 80
"""Five groups of four characters at four bits each, drawn by the operating system."""

LONGEST_BYTES = 127
"""Of a PDF password in UTF-8 (ISO 32000-2, 7.6.4.3.3). What qpdf locks with a longer one, it opens with none."""

_LARGEST_FILE = 1 << 20
_LETTERS = (
    "alfa", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliett", "kilo", "lima", "mike",
    "november", "oscar", "papa", "quebec", "romeo", "sierra", "tango", "uniform", "victor", "whisky", "x-ray",
    "yankee", "zulu",
)  # fmt: skip
_SPOKEN = {word[0]: word for word in _LETTERS} | {"-": "dash"}


def generate_password() -> str:
    """Return a new password of 80 bits, such as ``fk7m-2xrw-9tth-m4ky-86rf``."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))


def spell(password: str) -> str:
    """Return the password as one reads it out: "foxtrot, kilo, seven, mike, dash, two"."""
    return ", ".join(map(_spoken, password))


def read_password_file(path: Path) -> str:
    """Return the first line of a file, without its line end.

    Raises:
        UnusableInput: the file cannot be read as text, or its first line is empty or too long for a PDF.
    """
    password = _lines(path)[0]
    if not password:
        raise UnusableInput("The password file is empty.", "Write the password in its first line.")
    if len(password.encode()) > LONGEST_BYTES:
        raise UnusableInput("The password is too long for a PDF.", f"Choose one of at most {LONGEST_BYTES} letters.")
    return password


def read_passwords(path: Path) -> tuple[str, ...]:
    """Return the lines of a file that are not empty, each a password of some document, in their order.

    Raises:
        UnusableInput: the file cannot be read as text.
    """
    return tuple(dict.fromkeys(filter(None, _lines(path))))


def _lines(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST_FILE).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UnusableInput(
            "The password file cannot be read.", "Give a plain text file with the password in its first line."
        ) from None
    return [line.rstrip("\r") for line in text.split("\n")]


def _spoken(character: str) -> str:
    if character in _SPOKEN:
        return _SPOKEN[character]
    if character.isascii() and character.isupper():
        return f"capital {_SPOKEN[character.lower()]}"
    return unicodedata.name(character, "a character without a name").removeprefix("DIGIT ").lower()
