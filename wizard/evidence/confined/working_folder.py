"""The folders in which outside files are worked on, and what of them a program that was ended has left behind."""

import os
import shutil
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

PREFIX: Final = "section19-"
LEFT_OVER: Final = 1800.0
"""Seconds after which a folder is nobody's any more: no work on a file takes a tenth of that."""


def fresh() -> tempfile.TemporaryDirectory[str]:
    """A new folder that only this user can look into, erased at its end."""
    return tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)


def erase_left_over(**_: object) -> None:
    """Erase the folders that stayed because a program or the computer was ended: documents may lie there in plain."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            known = folder.lstat()
            mine = known.st_uid == os.getuid() if hasattr(os, "getuid") else True
            if stat.S_ISDIR(known.st_mode) and mine and time.time() - known.st_mtime > LEFT_OVER:
                shutil.rmtree(folder)
