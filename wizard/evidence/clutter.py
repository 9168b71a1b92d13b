"""Files that lie among documents and are none: hidden ones, and those that a system or an open program keeps."""

from pathlib import PurePosixPath
from typing import Final

_SYSTEM: Final = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "$recycle.bin",
                            "system volume information", "lost+found"})  # fmt: skip
_BEGINNINGS: Final = (".", "~$", "._")


def of_the_system(path: PurePosixPath) -> bool:
    """Whether a file is hidden, or kept by a system or an open program for itself: no document of anybody's."""
    parts = [part for part in path.parts if part not in (".", "..")]
    return any(part.casefold() in _SYSTEM or part.startswith(_BEGINNINGS) for part in parts)
