"""The reader of bundles (see `bundle`): several photos, each on a page, as one document; in the child process."""

import io
import json
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import pikepdf

from wizard.errors import EvidenceRefused
from wizard.evidence.detection import detect
from wizard.evidence.document import PageFacts, Read
from wizard.evidence.pdf import sheet
from wizard.evidence.pictures import bundle, photo
from wizard.evidence.readers import PICTURES
from wizard.evidence_fact import Treatment

_BROKEN: Final = (
    zipfile.BadZipFile, OSError, EOFError, ValueError, KeyError, TypeError, IndexError, RuntimeError,
    NotImplementedError, struct.error, RecursionError,
)  # fmt: skip


def read(data: bytes, kind: str, treatment: Treatment) -> Read:
    """Put every photo of a bundle on a page.

    How a photo is cropped and straightened stands in the bundle; where nothing stands there, the treatment holds.

    Raises:
        EvidenceRefused: the bundle is damaged, or one of its photos cannot be shown.
    """
    pdf = pikepdf.Pdf.new()
    pages: list[PageFacts] = []
    notices: dict[str, None] = {}
    damaged = False
    for number, (original, wished) in enumerate(_photos(data, treatment), 1):
        made = _read(original, wished, number)
        with pikepdf.open(io.BytesIO(made.pdf)) as one:
            pdf.pages.extend(one.pages)
        pages += made.pages
        damaged |= made.pictures
        notices.update(dict.fromkeys(f"Photo {number}: {told}" if made.pictures else told for told in made.notices))
    return Read(sheet.saved(pdf), tuple(notices), pictures=damaged, pages=tuple(pages))


def _read(original: bytes, wished: Treatment, number: int) -> Read:
    kind = detect(original)
    if kind.id not in PICTURES:
        raise EvidenceRefused(f"Number {number} of the photos is {kind.a_name}.", "Add it as a document of its own.")
    try:
        return photo.read(original, kind.id, wished)
    except EvidenceRefused as refusal:
        raise EvidenceRefused(f"Photo {number} cannot be shown. {refusal.sentence}", refusal.remedy) from None


def _photos(data: bytes, treatment: Treatment) -> Iterator[tuple[bytes, Treatment]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            every = opened.infolist()
            compressed = any(one.compress_type != zipfile.ZIP_STORED for one in every)
            if compressed or sum(one.file_size for one in every) > len(data) or len(every) > bundle.MOST + 2:
                raise ValueError("not what bundled() makes")
            wishes = json.loads(opened.read(bundle.WISHES))
            members = [one for one in every if one.filename not in ("mimetype", bundle.WISHES)]
            found = [(opened.read(one), _wished(wish, treatment)) for one, wish in zip(members, wishes, strict=True)]
    except _BROKEN:
        raise EvidenceRefused("The photos that were put together are damaged.", "Put them together again.") from None
    yield from found


def _wished(wish: dict[str, Any], treatment: Treatment) -> Treatment:
    crop, straighten = tuple(map(float, wish["crop"])), float(wish["straighten"])
    if len(crop) != 4 or not all(0 <= part < 1 for part in crop) or not abs(straighten) <= 45:
        raise ValueError("no such wish")
    own = replace(treatment, crop=crop, straighten=straighten)
    return own if any(crop) or straighten else treatment
