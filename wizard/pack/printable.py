"""Before anything is drawn: every text of a pack is asked whether there is a typeface for it."""

from collections.abc import Iterator

from wizard.errors import CannotPrint
from wizard.pack.content import PackContent
from wizard.summary import Section
from wizard.typeset.characters import described, unprintable

_MOST_NAMED = 12


def require_printable(content: PackContent) -> None:
    """Refuse a pack with characters that no typeface on this computer holds.

    Raises:
        CannotPrint: Names each answer by its question and page, and the characters by code point and name only.
    """
    found: dict[str, list[str]] = {}
    for where, text in _texts(content):
        if missing := unprintable(text):
            found.setdefault(where, []).extend(char for char in missing if char not in found.get(where, []))
    if not found:
        return
    named = [f"{where} ({', '.join(map(described, chars[:5]))})" for where, chars in list(found.items())[:_MOST_NAMED]]
    left = len(found) - len(named)
    more = f" and {left} more places" if left else ""
    raise CannotPrint(
        f"This computer has no typeface for characters in {'; '.join(named)}{more}.",
        "Write them in other letters, or install a typeface that has them, and try again.",
    )


def _texts(content: PackContent) -> Iterator[tuple[str, str]]:
    yield "the pupil’s name", content.pupil_name
    yield "the line under the pupil’s name", content.pupil_line
    yield "the title, council or reference", f"{content.title} {content.council} {content.reference}"
    for section in content.sections:
        yield from _answers(section)
    for fact in content.cover:
        yield f"“{fact.label}” on the cover", f"{fact.label} {fact.text}"
    for heading, texts in content.brief:
        yield f"“{heading}” in the summary", " ".join((heading, *texts))
    for item in content.checklist:
        yield f"the reason for “{item.title}” on the checklist", f"{item.title} {item.reason} {item.source} {item.id}"
    for code, meaning in content.code_meanings:
        yield "the codes of the register", f"{code} {meaning}"
    for week in content.register_weeks:
        yield "the codes of the register", " ".join(mark for marks in week.days for mark in marks)
    yield from _attached(content)
    yield "the page on checking the pack", " ".join(content.integrity)


def _answers(section: Section) -> Iterator[tuple[str, str]]:
    yield "the title of a section", section.title
    for part in section.parts:
        yield "the title of a page", part.title
        for row in part.rows:
            where = f"“{row.label}” on the page “{part.title}”"
            yield where, f"{row.label} {row.text}"
            if row.table:
                yield where, " ".join((*row.table.headers, *(cell for line in row.table.rows for cell in line)))


def _attached(content: PackContent) -> Iterator[tuple[str, str]]:
    for item in content.evidence:
        words = (item.title, item.kind, item.sha256, item.file, item.within, item.why, *item.answers, *item.notices)
        yield f"the title or notes of evidence {item.number}", " ".join(words)
    for number, signature in enumerate(content.signatures, 1):
        words = (signature.name, signature.role, signature.method, signature.statement, signature.digest)
        yield f"signature {number}", " ".join(words)
