"""What nobody could ever do about a row of a council's file: pages that are not asked, signatures that nobody gives."""

import re
from collections.abc import Iterator
from typing import Final

from forms.catalogue import PAGES
from wizard.councils.lines import Path
from wizard.councils.names import allowed
from wizard.councils.read_rows import Data, every_row, rows_of, texts_of
from wizard.councils.shape import Fault

FILLED_IN: Final = ("pupil", "council")
"""Names in braces that are filled in on the screen; a letter knows more."""
PLAIN: Final = ("guidance", "contacts")
"""Rows whose texts are shown as they stand."""


def dead_ends(data: Data) -> Iterator[Fault]:
    """Everything of the kind."""
    for rule in (_pages, _signatures, _braces, _dates, _documents):
        yield from rule(data)


def _pages(data: Data) -> Iterator[Fault]:
    """Pages that only some councils ask, and this one does not."""
    asks = [name for _, name in texts_of((), data, "asks")]
    for path, row in every_row(data):
        for place, name in _named(path, row):
            wanted = PAGES[name].question_set if name in PAGES else ""
            if wanted and wanted not in asks:
                words = f"The page “{name}” is asked only where a council wants it, so nobody comes to it."
                names = ", ".join(f'"{one}"' for one in (*asks, wanted))
                yield Fault(place, words, f"Ask for it above the first heading: asks = [{names}]")


def _named(path: Path, row: Data) -> Iterator[tuple[Path, str]]:
    yield from texts_of(path, row, "page", "pages")
    calls = row.get("satisfied_by")
    for number, call in enumerate(calls if isinstance(calls, list) else ()):
        if isinstance(call, dict):
            yield from texts_of((*path, "satisfied_by", number), call, "page")


def _signatures(data: Data) -> Iterator[Fault]:
    """Signatures waited for in a role that nobody signs in."""
    roles = {str(row.get("role")) for _, row in rows_of(data, "signers")}
    for path, row in rows_of(data, "requirements"):
        calls = row.get("satisfied_by")
        for number, call in enumerate(calls if isinstance(calls, list) else ()):
            if not isinstance(call, dict) or call.get("name") != "signed":
                continue
            for place, role in texts_of((*path, "satisfied_by", number), call, "values"):
                if role not in roles:
                    words = f"Nobody signs as “{role}”: there are no [[signers]] with that role."
                    yield Fault(place, words, allowed(role, roles) if roles else f'Add [[signers]], role = "{role}".')


def _braces(data: Data) -> Iterator[Fault]:
    """Names in braces that would be shown as they stand."""
    for path, row in every_row(data):
        known = () if path[0] in PLAIN else FILLED_IN
        for place, text in _strings(path, row):
            letter = path[0] == "documents" and place[2] in ("to", "body")
            for name in re.findall(r"\{([^{}]*)\}", text):
                if name not in known and not letter:
                    yield Fault(place, f"“{{{name}}}” is not filled in here.", _instead(known))
            if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", text)):
                yield Fault(place, "A brace stands by itself.", "Write { and } around a name, such as {pupil}.")


def _strings(path: Path, value: object) -> Iterator[tuple[Path, str]]:
    """Every text of a row, however deep."""
    if isinstance(value, str):
        yield path, value
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in pairs:
        yield from _strings((*path, key), below)


def _instead(known: tuple[str, ...]) -> str:
    names = " or ".join(f"{{{name}}}" for name in known)
    return f"Write {names}, or words without braces." if known else "Write words without braces, such as: the pupil."


def _dates(data: Data) -> Iterator[Fault]:
    for path, row in rows_of(data, "dates"):
        if row.get("weekday") and row.get("school_days"):
            words = "The date is a day of the week and so many school days later, both at once."
            yield Fault((*path, "school_days"), words, "Leave one of the two.")
        for key in ("school_days", "every_school_days"):
            count = row.get(key)
            if type(count) is int and count < 0:
                yield Fault((*path, key), "School days are counted forwards only.", "Write 0 or more.")


def _documents(data: Data) -> Iterator[Fault]:
    for path, row in rows_of(data, "documents"):
        if row.get("content") and row.get("body"):
            words = "The document has paragraphs of its own and a section that the program draws up."
            yield Fault((*path, "content"), words, "Leave one of the two: body or content.")
