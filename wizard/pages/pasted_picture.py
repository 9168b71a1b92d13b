"""A picture that was copied or dropped: the bytes of its file as they are, or else what Qt made of it."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage, QPixmap

MOST: Final = 50 << 20
"""Bytes beyond which a picture is packed by Qt: a bitmap as it is may be too large to be taken in."""
_WINDOWS: Final = 'application/x-qt-windows-mime;value="{}"'
"""How Qt names a format that a program on Windows has given a name of its own."""
_BEGINS: Final = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "webp": (b"RIFF",),
    "tif": (b"II*\0", b"MM\0*"),
    "bmp": (b"BM",),
}
"""Endings of the files that are handed on as they are, the best first, with what they begin with."""
_NAMES: Final = {
    "png": ("image/png", _WINDOWS.format("PNG")),
    "jpg": ("image/jpeg", "image/jpg", _WINDOWS.format("JFIF")),
    "webp": ("image/webp",),
    "tif": ("image/tiff",),
    "bmp": ("image/bmp", "image/x-bmp", "image/x-ms-bmp"),
}
"""Under which names such a file is offered. On macOS Qt offers none, and on Windows no bitmap that has its header."""


def offers_picture(data: QMimeData) -> bool:
    """Whether there is a picture at all; nothing of it is read."""
    return data.hasImage() or any(data.hasFormat(name) for names in _NAMES.values() for name in names)


def picture_in(data: QMimeData) -> bytes:
    """A picture as the bytes of a file; nothing where there is none.

    A file that comes as it is goes on untouched, so that it is first opened in the evidence child.
    """
    return next(_as_it_came(data), b"") or (as_png(data.imageData()) if data.hasImage() else b"")


def ending(picture: bytes) -> str:
    """The ending of a name for such bytes: what they begin with is all that is looked at."""
    return next((one for one, begins in _BEGINS.items() if picture.startswith(begins)), "png")


def _as_it_came(data: QMimeData) -> Iterator[bytes]:
    for one, names in _NAMES.items():
        for name in names:
            raw = bytes(data.data(name).data()) if data.hasFormat(name) else b""
            if raw.startswith(_BEGINS[one]) and len(raw) <= MOST:
                yield raw


def as_png(image: object) -> bytes:
    """A picture of Qt as the bytes of a PNG; nothing where it is none."""
    picture = image.toImage() if isinstance(image, QPixmap) else image
    if not isinstance(picture, QImage) or picture.isNull():
        return b""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
