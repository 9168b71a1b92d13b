"""Words on pictures of pages, as Tesseract reads them where it is installed: never to be printed.

They are read for dates and marks, and for words that are to be blacked out. Called in the program. The child draws a
page of the safe copy, turned as the school turned it, Tesseract reads that picture (`program`), and the child looks
through what it says.
"""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from wizard.errors import EvidenceRefused
from wizard.evidence.answer import Shape, checked
from wizard.evidence.confined.process import Limits, never
from wizard.evidence.confined.program import run_program
from wizard.evidence.confined.worker import serve
from wizard.evidence.document import LONGEST, LONGEST_TEXT
from wizard.evidence.offer import Day, MarkShape, render_to_read
from wizard.evidence_fact import EvidenceFact, Mark, Reading

MOST_PAGES: Final = 12
"""Pages without text beyond which none is read: it would take minutes."""

MOST_SOUGHT: Final = 60
"""Pages of a document that are read one after the other for somebody who looks for words, and can stop it."""

WIDTH: Final = 1654
"""Pixels across a page: 200 a inch on A4, from which Tesseract reads print well."""

LIMITS: Final = Limits(memory=1 << 30, cpu_seconds=30, wall_seconds=40, output=16 << 20)
_WINDOWS: Final = (
    r"C:\Program Files\Tesseract-OCR\tesseract.exe",
    r"C:\Program Files (x86)\Tesseract-OCR\tesseract.exe",
)


class _Found(Shape):
    dated: Day = ""
    marks: Annotated[tuple[MarkShape, ...], Field(max_length=2_000)] = ()
    texts: Annotated[tuple[Annotated[str, Field(max_length=LONGEST_TEXT)], ...], Field(max_length=LONGEST)]


def program() -> str:
    """The full path of Tesseract; empty when it is not installed."""
    if found := shutil.which("tesseract"):
        return os.path.realpath(found)
    places = _WINDOWS if sys.platform == "win32" else ("/opt/homebrew/bin/tesseract", "/usr/local/bin/tesseract")
    return next((place for place in places if Path(place).is_file()), "")


def wanted(fact: EvidenceFact) -> tuple[int, ...]:
    """The pages of a document, from 1, that would be read: those without text that are neither blank nor left out."""
    silent = tuple(page for page in fact.silent if page not in (*fact.blank, *fact.omit, *fact.by_machine))
    return silent if len(silent) <= MOST_PAGES and program() else ()


def to_search(fact: EvidenceFact, silent: Sequence[int]) -> tuple[int, ...]:
    """The pages of a document, from 1, in whose pictures words can be looked for, of those that have no text."""
    pages = [page for page in silent if page not in (*fact.blank, *fact.omit)]
    return tuple(pages[:MOST_SOUGHT]) if program() else ()


def read_by_machine(fact: EvidenceFact, pdf: bytes, cancelled: Callable[[], bool] = never) -> EvidenceFact:
    """What a referral says of a document, with what its pages without text say: marks, a date, and all of it.

    ``pdf`` is its safe copy.

    It stays as it is where Tesseract is missing, or fails. What was read before stays, too.

    Raises:
        Cancelled: ``cancelled`` said so.
    """
    pages = wanted(fact)
    if not pages:
        return fact
    every = range(1, fact.pages + 1)
    texts = [read_page(pdf, page, fact.turn(page), "txt", cancelled) if page in pages else b"" for page in every]
    try:
        found = serve("reread", b"\f".join(texts), {}, lambda content, _: checked(_Found, content), cancelled=cancelled)
    except EvidenceRefused:
        return fact
    marks = tuple(Mark(**dict(mark)) for mark in found.marks if mark.page in pages)
    read = [Reading(page, text) for page, text in zip(every, found.texts, strict=False) if page in pages]
    others = [reading for reading in fact.readings if reading.page not in pages]
    return replace(
        fact,
        marks=tuple(dict.fromkeys((*fact.marks, *marks))),
        suggested=fact.suggested or found.dated,
        by_machine=tuple(sorted({*fact.by_machine, *pages})),
        readings=(*others, *read),
    )


def turned_since(before: EvidenceFact, now: EvidenceFact) -> frozenset[int]:
    """The pages, from 1, that may be read by machine and are turned otherwise than before."""
    return frozenset(page for page in now.silent if now.turn(page) != before.turn(page))


def read_page(
    pdf: bytes, page: int, turn: int, form: Literal["txt", "tsv"], cancelled: Callable[[], bool] = never
) -> bytes:
    """What Tesseract reads on a page, from 1, that is turned: its text, or a table of words and their places.

    Nothing where it fails.
    """
    table = ("-c", "tessedit_create_tsv=1") if form == "tsv" else ()
    command = (program(), "page.png", "page", "-l", "eng", "--psm", "3", *table)
    made = f"page.{form}"
    try:
        picture = render_to_read(pdf, page - 1, WIDTH, turn, cancelled=cancelled)
        read = run_program(
            command,
            {"page.png": picture},
            (made,),
            environment={"OMP_THREAD_LIMIT": "1"},
            cancelled=cancelled,
            limits=LIMITS,
        )
    except EvidenceRefused:
        return b""
    return read[made].replace(b"\f", b"\n")
