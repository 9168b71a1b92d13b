"""Several photos bundled into one original, so that they are one document; the bundle is a zip that any computer opens.

Nothing of the photos is looked at here: `photos` reads the bundle, in the child process.
"""

import io
import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Final

from wizard.errors import UnusableInput
from wizard.evidence_fact import Treatment

TYPE: Final = "application/vnd.section19-wizard.photos"
"""What the first file of a bundle, ``mimetype``, says; `kinds` knows it by that."""

WISHES: Final = "wishes.json"
MOST: Final = 30
"""Photos that one document may be made of."""

LARGEST: Final = 100 << 20
"""Bytes of all of them."""

_PLAIN: Final = Treatment()
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # the same photos give the same bundle, whenever it is made


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that becomes part of a document: name and bytes of its file, and how it is cropped and straightened."""

    name: str
    data: bytes = field(repr=False)
    treatment: Treatment = _PLAIN


def bundled(photos: Sequence[Photo]) -> bytes:
    """Bundle photos in the order in which their pages are to be.

    Raises:
        UnusableInput: they are too few, too many or too large.
    """
    if not 2 <= len(photos) <= MOST:
        raise UnusableInput(f"A document can be made of 2 to {MOST} photos.", "Choose fewer, or more.")
    if sum(len(photo.data) for photo in photos) > LARGEST:
        raise UnusableInput(f"The photos have more than {LARGEST >> 20} MB.", "Make two documents of them.")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as bundle:
        _add(bundle, "mimetype", TYPE.encode())
        for number, photo in enumerate(photos, 1):
            name = re.sub(r"[/\\\x00]", "_", photo.name.encode("utf-8", "replace").decode())
            _add(bundle, f"{number:02} {name[:100]}", photo.data)
        _add(bundle, WISHES, json.dumps([_wishes(photo.treatment) for photo in photos]).encode())
    return buffer.getvalue()


def _add(bundle: zipfile.ZipFile, name: str, data: bytes) -> None:
    bundle.writestr(zipfile.ZipInfo(name, _LONG_AGO), data)


def _wishes(treatment: Treatment) -> dict[str, object]:
    wishes = asdict(treatment)
    return {name: wishes[name] for name in ("crop", "straighten")}
