"""In the child process, ``prepare``: a file of any kind becomes a clean PDF, an attachment or a refusal."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from typing import Any

from wizard.errors import EvidenceRefused
from wizard.evidence.detection import detect, holds_program
from wizard.evidence.document import LONGEST, LONGEST_SIDE, Damaged, Locked, Outcome, PageFacts, Read, Shade
from wizard.evidence.kinds import KINDS
from wizard.evidence.readers import READERS, reader
from wizard.evidence_fact import Treatment, refused


def prepare(
    data: bytes, kind: str = "", treatment: Mapping[str, Any] | None = None, convertible: Collection[str] = ()
) -> tuple[dict[str, Any], list[bytes]]:
    """Prepare a file; give the facts, and the PDF, a thumbnail and the parts.

    Where there is no PDF there is no thumbnail either.

    Args:
        data: the file.
        kind: what it is, where the program knows; else it is told from its content.
        treatment: what is wished of it.
        convertible: kinds of which the program can have PDFs made; of such a file it is told what is in it, no more.
    """
    known = KINDS[kind] if kind else detect(data)
    try:
        if known.id not in READERS:
            raise EvidenceRefused(f"This is {known.a_name}, which cannot go into the pack as it is.", known.remedy)
        wanted = Treatment.of(treatment or {})
        try:
            if known.id in convertible:
                from wizard.evidence.office.office_file import to_convert

                if told := to_convert(data, known.id):
                    return told, []
            read = reader(known.id)(data, known.id, wanted)
        except Damaged as refusal:
            read = _mended(data, known.id, wanted, refusal)
        if wanted.redacts:
            from wizard.evidence.redaction.blackout import redacted

            read = redacted(read, wanted)
        facts, blobs = _told(read)
        _leave_out_program(facts, data)
    except EvidenceRefused as refusal:
        facts, blobs = {"outcome": Outcome.REFUSED, "why": refused(refusal), "locked": isinstance(refusal, Locked)}, []
    return facts | {"kind": known.id}, blobs


def _mended(data: bytes, kind: str, wanted: Treatment, refusal: Damaged) -> Read:
    """What can still be read of a damaged file; raises the refusal when that is nothing."""
    from wizard.evidence import mending

    found = mending.mended(data, kind) if kind in mending.KINDS else None
    if found is None:
        raise refusal
    read = mending.told(reader(kind)(found, kind, wanted))
    if _is_empty(read):
        raise refusal
    return read


def _is_empty(read: Read) -> bool:
    from wizard.evidence.pdf import drawing

    return all(page.facts.shade == Shade.BLANK for page in drawing.look(read.pdf)[0])


def _leave_out_program(facts: dict[str, Any], data: bytes) -> None:
    """No program travels: not as an original beside its pages, and not in their place."""
    if not facts["with_original"] or not holds_program(data):
        return
    if not facts["pages"]:
        raise EvidenceRefused(
            "There is a program (macros) in the file, and its pages cannot be shown here.",
            "Open it in the program that made it, save it as a PDF, and add that.",
        )
    facts["with_original"] = False
    facts["notices"].append("There is a program (macros) in the original, so it is not sent.")


def _told(read: Read) -> tuple[dict[str, Any], list[bytes]]:
    pages: tuple[PageFacts, ...] = ()
    shown: list[bytes] = []
    found: dict[str, Any] = {}
    if read.pdf:
        from wizard.evidence.pdf import drawing
        from wizard.evidence.words import reading

        seen, thumbnail = drawing.look(read.pdf)
        if len(seen) > LONGEST:
            raise EvidenceRefused(
                f"The document has {len(seen):,} pages; {LONGEST} is the most.",
                "Print the pages that matter to a new PDF and add that.",
            )
        pages = tuple(
            replace(known, text=page.facts.text, shade=known.shade or page.facts.shade)
            for page, known in zip(seen, read.pages or [page.facts for page in seen], strict=True)
        )
        if (side := max(max(page.width, page.height) for page in pages)) > LONGEST_SIDE:
            raise EvidenceRefused(
                f"The document has a page of {side / 72 * 0.0254:,.0f} metres.",
                "Print it to a new PDF on A4 and add that.",
            )
        shown = [read.pdf, thumbnail]
        found = reading.read([page.text for page in seen])
    facts = {
        "outcome": read.outcome,
        "pages": [asdict(page) for page in pages],
        "notices": list(read.notices),
        "why": "",
        "with_original": read.with_original or not read.pdf,
        "parts": [part.name for part in read.parts],
        **found,
        "dated": read.dated or found.get("dated", ""),
    }
    return facts, [*shown, *(part.data for part in read.parts)]
