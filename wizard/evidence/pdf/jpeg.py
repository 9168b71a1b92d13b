"""The segments of a JPEG file, to be rid of those that tell where and with what a photo was taken; in the child."""

from typing import Final

_SCAN: Final = 0xDA
_HIDDEN: Final = frozenset((0xE1, 0xED, 0xFE))  # EXIF and XMP, Photoshop, comment


def bare(data: bytes) -> bytes:
    """The JPEG without EXIF, XMP, Photoshop data and comments; unchanged when it is not a JPEG."""
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, position = [data[:2]], 2
    while data[position : position + 1] == b"\xff" and position + 4 <= len(data):
        marker = data[position + 1]
        if marker == _SCAN:
            break
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        if marker not in _HIDDEN:
            kept.append(data[position:end])
        position = end
    return b"".join((*kept, data[position:]))
