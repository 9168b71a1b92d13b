"""The unique pupil number's check letter."""

import re
from typing import Final

UPN_ALPHABET: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
UPN_SHAPE: Final = re.compile(rf"[{UPN_ALPHABET}][0-9]{{11}}[0-9{UPN_ALPHABET}]", re.ASCII)


def upn_check_letter(body: str) -> str:
    """The check letter of the twelve characters that follow it (DfE common basic data set)."""
    total = sum(
        (UPN_ALPHABET.index(char) if char.isalpha() else int(char)) * place for place, char in enumerate(body, start=2)
    )
    return UPN_ALPHABET[total % 23]
