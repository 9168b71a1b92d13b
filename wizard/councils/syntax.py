"""Why a council's file cannot be read as TOML, in words for somebody who wrote it with a word processor."""

import re
import tomllib
from typing import Final, NamedTuple


class Told(NamedTuple):
    """What cannot be read on a line, counted from 1."""

    line: int
    sentence: str
    remedy: str


class Look(NamedTuple):
    """What a line looks like on which such a mistake was made, its whole texts taken out."""

    looks: re.Pattern[str]
    sentence: str
    remedy: str


_CURLY: Final = "“”„‟«»"
_CONTROL: Final = r"\x00-\x08\x0b-\x1f\x7f"
_UNSEEN: Final = rf"{_CONTROL}\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
WORD_PROCESSED: Final = (
    Look(
        re.compile(rf"[=\[,{{(]\s*[{_CURLY}‘’‚]|[{_CURLY}][\s\]}},]*$"),
        "The quotes are curly, as a word processor makes them.",
        'Type straight ones (") in their place, in a plain text editor.',
    ),
    Look(
        re.compile(rf"[{_UNSEEN}]"),
        "A character that cannot be seen stands here, as word processors and web pages put them in.",
        "Delete the line and type it again, with the space bar alone.",
    ),
)
"""Made many times in a file, so every line of it is named at once."""
LOOKS: Final = (
    *WORD_PROCESSED,
    Look(
        re.compile(r"=\s*\d{1,4}([./–—-]\d{1,2}[./–—-]\d{1,4}|(st|nd|rd|th)?\s+[A-Za-z]{3,}\s+\d{4})"),
        "The date is not written as dates are written here, or there is no such day.",
        "Write year, month and day, in figures and without quotes: 21 November 2026 is 2026-11-21.",
    ),
    Look(
        re.compile(r"=\s*(?!true|false)(?i:true|false|yes|no)\b"),
        "The value cannot be read.",
        "Write true or false, in small letters and without quotes.",
    ),
    Look(
        re.compile(r"=\s*[\d.,]+(\s*[A-Za-z]|[.,\d])"),
        "Something stands behind the figure, or within it.",
        "Put text in quotes, telephone numbers too; write a whole number by itself: mb = 10. A note comes behind a #.",
    ),
    Look(
        re.compile(r'^[^\[{]*=\s*""\s*[^\s\]},]'),
        "Something stands behind the text, which ends at its second quote.",
        "Inside a text write ‘ and ’ where you quote. A note comes behind a #.",
    ),
    Look(
        re.compile(r"^\s*\[(?!(\[[^][]+\]|[^][]+)\]\s*$)"),
        "The heading is not closed.",
        "Close it as it was opened: [recipient] or [[requirements]].",
    ),
)
"""Told by the line itself, where ``tomllib`` would only say that it does not go on as it should."""
SAID: Final = {
    "Cannot overwrite": ("The same key stands here for a second time.", "Take one of the two out."),
    "Cannot declare": ("This heading stands here for a second time.", "Take it out, or write it in double brackets."),
    "Expected '='": ("Behind the key an equals sign is missing.", 'Write: key = "value".'),
    "Invalid value": ("The value cannot be read.", "Put text in quotes; write dates as 2026-11-21 and no quotes."),
    "Invalid date": ("There is no such date.", "Write year, month and day: 2026-11-21."),
    "Unclosed array": ("The list is not closed.", "Put ] behind its last item, and commas between items."),
    "Unclosed inline": ("The braces are not closed.", "Put } behind the last pair, and commas between pairs."),
    "Unterminated string": ("The text is not closed.", 'Put " behind its last word.'),
    "Illegal character": ("The text is not closed on its line.", 'Put " behind its last word, on the same line.'),
    "Expected ']": ("The heading is not closed.", "Close it as it was opened: [recipient] or [[requirements]]."),
    "Unescaped '\\'": ("A backslash cannot stand by itself in quotes.", "Write it twice, or leave it out."),
    "Invalid hex": ("A backslash cannot stand by itself in quotes.", "Write it twice, or leave it out."),
    "Invalid statement": ("This line is neither a key with a value nor a heading.", 'Write: key = "value".'),
    "Expected newline": (
        "Something stands behind the value.",
        "Put text in quotes, and each key with its value on a line of its own.",
    ),
}
"""By the beginning of what ``tomllib`` says: the same for somebody who does not program."""
_BEYOND: Final = ("From here on it cannot be read.", "Look for a quote, bracket or comma that is missing.")


_BEGINS: Final = re.compile(r"([A-Za-z0-9_.-]+|\"[^\"]*\")\s*=|\[\[?[A-Za-z][A-Za-z0-9_.-]*\]\]?\s*(#.*)?$")
"""A line with which something new begins, whatever was left open above it."""
MOST: Final = 30
"""Mistakes named at once; who has made more has made the same one many times."""

_NEAR: Final = 20
"""Keys and headings above a mistake that are tried for the one that holds it; to try each takes a while."""


def mistakes(text: str) -> tuple[Told, ...]:
    """What cannot be read in a text, from its beginning on; nothing that may only follow from what was named before.

    What holds a mistake is taken out, and the rest is read again: as far as it can be told where a mistake ends.
    """
    found: dict[int, Told] = {}
    lines: list[str] | None = text.split("\n")
    while lines is not None and len(found) < MOST:
        words = _refused(lines)
        clash = words.startswith("Cannot")  # with a row above, which may be one that was taken out
        if not words or (clash and found):
            break
        line = _line(lines, words)
        above = _left_open(lines, line, words)
        told = (Told(above, *SAID["Unclosed array"]),) if above else _unreadable(lines, line, words)
        found = {one.line: one for one in told} | found
        lines = None if clash else _without(lines, line)
    return tuple(found[line] for line in sorted(found))


def _refused(lines: list[str]) -> str:
    """How ``tomllib`` refuses these lines; empty where it does not."""
    try:
        tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        return str(error)
    except RecursionError:
        return ""
    return ""


def _line(lines: list[str], words: str) -> int:
    at = re.search(r"line (\d+)", words)
    return int(at[1]) if at else len(lines)


def _left_open(lines: list[str], line: int, words: str) -> int:
    """The last line of a list that is not closed before something new begins on a line; 0 where that is not so."""
    begun = _BEGINS.match(lines[line - 1]) and words.endswith("column 1)")  # where only a list goes on
    inside = words.startswith(("Unclosed array", "Invalid value"))
    return next((n for n in range(line - 1, 0, -1) if _bare(lines[n - 1]).strip()), 0) if begun and inside else 0


def _without(lines: list[str], line: int) -> list[str] | None:
    """The lines less the key or heading that holds the mistake on one of them; ``None`` where its end is not clear."""
    begins = [number for number, one in enumerate(lines) if _BEGINS.match(one)]
    inside = [number for number in (line - 1, *reversed(begins), 0) if number < line][:_NEAR]
    start = next((number for number in inside if not _refused(lines[:number])), None)
    if start is None:
        return None
    end = next((number for number in begins if number > start), len(lines))
    taken = lines[start:end]
    bare = "".join(map(_bare, taken))
    if bare.count("{") > bare.count("}") or any(quotes in one for one in taken for quotes in ('"""', "'''")):
        return None
    heading = f"[taken-out-{start}]" if taken[0].lstrip().startswith("[") else ""
    return [*lines[:start], heading, *[""] * (len(taken) - 1), *lines[end:]]


def _unreadable(lines: list[str], line: int, words: str) -> tuple[Told, ...]:
    """What is wrong on a line that ``tomllib`` refused with these words; a word processor did the same to others."""
    bare = [_bare(one) for one in lines]
    for look in LOOKS:
        if look.looks.search(bare[line - 1]):
            alike = look in WORD_PROCESSED and not any('"""' in one or "'''" in one for one in lines)
            found = [n for n, one in enumerate(bare, 1) if n == line or (alike and look.looks.search(one))]
            return tuple(Told(number, look.sentence, look.remedy) for number in found)
    return (Told(line, *next((told for start, told in SAID.items() if words.startswith(start)), _BEYOND)),)


def _bare(line: str) -> str:
    """A line without the words of its whole texts, and without its note."""
    texts = rf"""\"[^\"\\{_CONTROL}]*(?:\\.[^\"\\{_CONTROL}]*)*\"|'[^'{_CONTROL}]*'"""
    return re.sub(r"#.*", "", re.sub(texts, '""', line))
