"""Characters before they are set: what is dropped, what is kept, what belongs together, what cannot be printed."""

import unicodedata
from collections.abc import Iterator

from wizard.typeset.fonts import face_for, main_face

JOINERS = "\u200c\u200d"
_INVISIBLE = frozenset(
    chr(code)
    for first, last in (
        (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5),
        (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
        (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3),
        (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    )
    for code in range(first, last + 1)
)  # fmt: skip  # Default_Ignorable_Code_Point of Unicode 16, with the interlinear marks
_LINE_ENDS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
_UNBROKEN_SPACES = str.maketrans({"\u2007": "\u00a0", "\u202f": "\u00a0"})
_NEVER = frozenset({"Cn", "Co", "Cs"})
_EMOJI_TONES = range(0x1F3FB, 0x1F400)


def clean(text: str) -> str:
    """Return text as it will be drawn: composed, lines ended by newlines, without what cannot be seen.

    Joiners stay between letters that they shape; tabs become three spaces; wide and ornamental letters without a
    typeface become plain ones.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").translate(_LINE_ENDS).replace("\t", "   ")
    text = unicodedata.normalize("NFC", text).translate(_UNBROKEN_SPACES)
    return "".join(_kept(text)) if text.isascii() else "".join(map(_plainer, _kept(text)))


def _plainer(char: str) -> str:
    """Return a character, or the plain letters for a wide or ornamental form that no typeface here has."""
    if char < "\u2100" or face_for(char, bold=False):
        return char
    plain = unicodedata.normalize("NFKC", char)
    return plain if plain != char and all(face_for(letter, bold=False) for letter in plain) else char


def _kept(text: str) -> Iterator[str]:
    for at, char in enumerate(text):
        if char in JOINERS:
            if at and ord(text[at - 1]) > 0x2FF and at + 1 < len(text):
                yield char
        elif char == "\n" or (char not in _INVISIBLE and unicodedata.category(char) != "Cc"):
            yield " " if char != "\u00a0" and unicodedata.category(char) == "Zs" else char


def clusters(text: str) -> Iterator[str]:
    """Yield what a reader takes for single characters: a letter with its marks, a joined emoji, a flag."""
    current = ""
    for char in text:
        if current and _belongs(current, char):
            current += char
        else:
            if current:
                yield current
            current = char
    if current:
        yield current


def _belongs(before: str, char: str) -> bool:
    if ord(char) < 0x300:
        return False
    if char in JOINERS or before[-1] in JOINERS or ord(char) in _EMOJI_TONES:
        return True
    if _is_flag_letter(char) and _is_flag_letter(before[-1]):
        return len(before) % 2 == 1
    return unicodedata.category(char).startswith("M")


def _is_flag_letter(char: str) -> bool:
    return 0x1F1E6 <= ord(char) <= 0x1F1FF


def unprintable(text: str) -> list[str]:
    """Return the characters of ``text`` for which there is no typeface, once each, in order."""
    cleaned = set(clean(text)) - main_face(bold=False).coverage - {"\n"} - set(JOINERS)
    odd = sorted(cleaned)
    return [char for char in odd if unicodedata.category(char) in _NEVER or face_for(char, bold=False) is None]


def described(char: str) -> str:
    """Return a character by code point and name, for a message that must not repeat what was typed."""
    name = unicodedata.name(char, "")
    return f"U+{ord(char):04X} {name}".strip()
