"""Files that travel in a pack: originals beside their pages or in their place, and a list of every file offered."""

import json
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

import pikepdf
from pikepdf import Array, AttachedFileSpec, Name

from wizard.evidence_fact import file_name
from wizard.pack.content import EvidenceItem, PackContent
from wizard.typeset import plan as places
from wizard.typeset.plan import Plan

MANIFEST: Final = "manifest.json"
"""Name of the list in the pack."""

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of evidence: in the words of the pack, as a media type, and the endings of its files, the usual first."""

    words: str
    media_type: str
    endings: str


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
KINDS: Final = MappingProxyType(
    {
        "pdf": Kind("PDF document", "application/pdf", "pdf"),
        "jpeg": Kind("Photo", "image/jpeg", "jpg jpeg jpe jfif"),
        "png": Kind("Picture", "image/png", "png"),
        "heic": Kind("Photo", "image/heic", "heic heif hif"),
        "tiff": Kind("Picture", "image/tiff", "tif tiff"),
        "webp": Kind("Picture", "image/webp", "webp"),
        "bmp": Kind("Picture", "image/bmp", "bmp dib"),
        "gif": Kind("Picture", "image/gif", "gif"),
        "avif": Kind("Picture", "image/avif", "avif"),
        "jp2": Kind("Picture", "image/jp2", "jp2 j2k jpx"),
        "psd": Kind("Picture", "image/vnd.adobe.photoshop", "psd"),
        "photos": Kind("Photos", "application/octet-stream", "photos"),
        "docx": Kind("Word document", f"{_OFFICE}.wordprocessingml.document", "docx"),
        "doc": Kind("Word document", "application/msword", "doc"),
        "rtf": Kind("Rich text document", "application/rtf", "rtf"),
        "odt": Kind("OpenDocument text", "application/vnd.oasis.opendocument.text", "odt"),
        "xlsx": Kind("Excel workbook", f"{_OFFICE}.spreadsheetml.sheet", "xlsx"),
        "xls": Kind("Excel workbook", "application/vnd.ms-excel", "xls"),
        "ods": Kind("OpenDocument spreadsheet", "application/vnd.oasis.opendocument.spreadsheet", "ods"),
        "pptx": Kind("PowerPoint presentation", f"{_OFFICE}.presentationml.presentation", "pptx"),
        "ppt": Kind("PowerPoint presentation", "application/vnd.ms-powerpoint", "ppt"),
        "odp": Kind("OpenDocument presentation", "application/vnd.oasis.opendocument.presentation", "odp"),
        "text": Kind("Plain text", "text/plain", "txt csv tsv md log"),
        "html": Kind("Web page", "text/html", "html htm"),
        "eml": Kind("E-mail message", "message/rfc822", "eml"),
        "msg": Kind("Outlook message", "application/vnd.ms-outlook", "msg"),
        "calendar": Kind("Calendar entry", "text/calendar", "ics"),
        "contact": Kind("Contact card", "text/vcard", "vcf"),
        "zip": Kind("Zip archive", "application/zip", "zip"),
        "svg": Kind("Drawing", "image/svg+xml", "svg"),
        "xml": Kind("XML file", "application/xml", "xml"),
        "epub": Kind("Electronic book", "application/epub+zip", "epub"),
        "tnef": Kind("Outlook message", "application/vnd.ms-tnef", "dat"),
    }
)
"""Kinds of evidence by id."""


def kind_of(id: str) -> Kind:
    """A kind; of those that have no words here, the id says what they are."""
    return KINDS.get(id) or Kind(id.upper(), "application/octet-stream", "")


def name_in_pack(number: int, file: str, kind: str) -> str:
    """The name of an original in the pack: its number keeps names apart, and its ending is that of what it is."""
    safe = file_name(file)
    endings = kind_of(kind).endings.split() or [kind]
    fits = safe.rpartition(".")[2].casefold() in endings
    return f"Evidence {number} - {safe}" if fits else f"Evidence {number} - {safe}.{endings[0]}"


def attach(pdf: pikepdf.Pdf, content: PackContent, plan: Plan) -> None:
    """Put the originals and the list of every file into a pack, as files associated with the whole of it."""
    specs = []
    for item in content.evidence:
        if item.original:
            words = f"Original of evidence {item.number}: {item.title}"
            relationship = Name.Source if item.pdf else Name.Supplement
            media_type = kind_of(item.kind_id).media_type
            specs.append(_spec(pdf, item.travels_as, item.original, words, media_type, relationship))
    if content.evidence:
        listed = manifest(content, plan)
        specs.append(_spec(pdf, MANIFEST, listed, "Every file that was offered", "application/json", Name.Data))
    if specs:
        pdf.Root.AF = Array([spec.obj for spec in specs])


def _spec(
    pdf: pikepdf.Pdf, name: str, data: bytes, words: str, media_type: str, relationship: Name
) -> AttachedFileSpec:
    spec = AttachedFileSpec(
        pdf, data, filename=name, description=words, mime_type=media_type, creation_date="", mod_date=""
    )
    spec.relationship = relationship
    pdf.attachments[name] = spec
    return spec


def manifest(content: PackContent, plan: Plan) -> bytes:
    """Every file that was offered and what became of it, as JSON; the same content gives the same bytes."""
    listed = {
        "format": FORMAT,
        "reference": content.reference,
        "created": _moment(content.created),
        "files": [_line(item, plan) for item in content.evidence],
    }
    return (json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _line(item: EvidenceItem, plan: Plan) -> dict[str, Any]:
    place = plan.places.get(places.evidence(item.number))
    return {
        "number": item.number,
        "file": item.file,
        "title": item.title,
        "kind": item.kind_id,
        "sha256": item.sha256,
        "outcome": item.outcome,
        "why": item.why,
        "notices": list(item.notices),
        "answers": list(item.answers),
        "pages": item.pages,
        "pack_pages": [place.first, place.last] if place else [],
        "attachment": item.travels_as if item.original else "",
    }


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="seconds")
