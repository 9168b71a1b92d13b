"""A finished pack searched once more for what is blacked out in it, in the child process.

Looked through are the pages of the document in which it was blacked out, and the bookmarks, the names and the contents
of files in the pack. What the pack itself says on those pages, such as their foot, is no part of the document. The
pages of the other documents are looked through too: the same words may be there by right, which only a person can tell.
So is what a machine read in pictures of pages, in whichever document.
"""

import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, Final

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Name, Pdf

from wizard.evidence.redaction.remains import Remains
from wizard.evidence.words.misread import read_in
from wizard.sought_words import holds

_FOOT: Final = 50.0
"""Points at the bottom of a page in which the pack speaks itself."""

_MOST_ELSEWHERE: Final = 2_000
"""Pages of other documents that are named: a common word must not make an answer that is too long to be taken."""

Place = tuple[int, str, int]
"""The number of the evidence, where something is left of it, and on which page of the pack, or 0."""


def prove(
    data: bytes,
    password: str,
    documents: Sequence[Mapping[str, Any]],
    originals: Sequence[str],
    exhibits: Sequence[int] = (),
    pictures: Sequence[Mapping[str, Any]] = (),
) -> tuple[dict[str, Any], list[bytes]]:
    """The operation of the child process.

    Args:
        data: the pack.
        password: opens it; empty where it needs none.
        documents: for each with words blacked out its ``number``, its ``words``, and ``first`` and ``last``, the pages
            of the pack that hold it, from 1, without its divider.
        originals: SHA-256 of files that must not travel in it, in hex.
        exhibits: every page of the pack that holds evidence, from 1, without dividers.
        pictures: the ``page`` of the pack and the ``text`` that a machine read there, for each that was read.
    """
    shown = pdfium.PdfDocument(data, password=password or None)

    @cache  # each document is looked for on the pages of all others
    def text(page: int) -> str:
        return str(shown[page - 1].get_textpage().get_text_bounded(bottom=_FOOT))

    with Pdf.open(io.BytesIO(data), password=password) as pdf:
        places = [place for document in documents for place in _places(text, pdf, document)]
        elsewhere = (place for document in documents for place in _elsewhere(text, document, exhibits))
        places += islice(elsewhere, _MOST_ELSEWHERE)
        places += islice((place for document in documents for place in _read(document, pictures)), _MOST_ELSEWHERE)
        if any(digest in originals for digest in _digests(pdf)):
            places.append((0, "original", 0))
    return {"places": [{"number": number, "where": where, "page": page} for number, where, page in places]}, []


def _places(text: Callable[[int], str], pdf: Pdf, document: Mapping[str, Any]) -> Iterator[Place]:
    number, words = document["number"], document["words"]
    remains = Remains(words)
    for page in range(document["first"], document["last"] + 1):
        forms = pdf.pages[page - 1].obj.Resources.get(Name.XObject, pikepdf.Dictionary())
        if holds(words, text(page)) or remains.of_rest(forms.values()):
            yield number, "page", page
    if any(holds(words, title) for title in _bookmarks(pdf)):
        yield number, "bookmark", 0
    if any(holds(words, name) for name in _names(pdf)):
        yield number, "files", 0


def _elsewhere(text: Callable[[int], str], document: Mapping[str, Any], exhibits: Sequence[int]) -> Iterator[Place]:
    """The pages of other documents on which the same words can be read."""
    own = range(document["first"], document["last"] + 1)
    for page in exhibits:
        if page not in own and holds(document["words"], text(page)):
            yield document["number"], "elsewhere", page


def _read(document: Mapping[str, Any], pictures: Sequence[Mapping[str, Any]]) -> Iterator[Place]:
    """The pages in whose pictures a machine read the same words."""
    for one in pictures:
        if read_in(document["words"], one["text"]):
            yield document["number"], "picture", one["page"]


def _bookmarks(pdf: Pdf) -> Iterator[str]:
    """The titles of documents among the bookmarks, without their numbers."""
    with pdf.open_outline() as outline:
        for item in outline.root:
            if item.title == "Evidence":
                yield from (inner.title.partition(" ")[2] for inner in item.children)


def _names(pdf: Pdf) -> Iterator[str]:
    """What files in the pack are called, and what the list of every file calls them."""
    for name, spec in pdf.attachments.items():
        if name != "manifest.json":
            yield from (name.partition(" - ")[2], spec.filename.partition(" - ")[2], spec.description.partition(":")[2])
            continue
        for line in json.loads(spec.get_file().read_bytes())["files"]:
            yield from (line["file"], line["title"], line["attachment"].partition(" - ")[2])


def _digests(pdf: Pdf) -> Iterator[str]:
    for spec in pdf.attachments.values():
        yield hashlib.sha256(spec.get_file().read_bytes()).hexdigest()
