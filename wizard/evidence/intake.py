"""In the child process, ``prepare``: a file of a known kind becomes a clean PDF, an attachment or a refusal."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from wizard.errors import EvidenceRefused
from wizard.evidence.document import LONGEST, LONGEST_SIDE, Locked, Outcome, PageFacts, Read
from wizard.evidence.readers import reader
from wizard.evidence_fact import Treatment


def prepare(data: bytes, kind: str, treatment: Mapping[str, Any] | None = None) -> tuple[dict[str, Any], list[bytes]]:
    """Prepare a file of a kind that `readers.READERS` knows; give the facts, and the PDF, a thumbnail and the parts.

    Where there is no PDF there is no thumbnail either.
    """
    try:
        wanted = Treatment.of(treatment or {})
        read = reader(kind)(data, kind, wanted)
        if wanted.redacts:
            from wizard.evidence.redaction.blackout import redacted

            read = redacted(read, wanted)
        return _told(read)
    except EvidenceRefused as refusal:
        return {"outcome": Outcome.REFUSED, "why": str(refusal), "locked": isinstance(refusal, Locked)}, []


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
