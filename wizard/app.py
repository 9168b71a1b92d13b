"""The composition root of the window, and what is said where there can be none."""

import os
import sys
from pathlib import Path

from wizard.errors import UserError

NO_DISPLAY = (
    "There is no display here to open the window on.\n"
    "Run “make demo” for the whole way from a made-up referral to a sealed pack without a window, "
    "or “section19 --help” for the commands.\n"
)


def main(home: Path | None = None, passphrase_file: Path | None = None) -> int:
    """Open the window; returns the exit status, 2 where it cannot be opened."""
    if no_display():
        sys.stderr.write(NO_DISPLAY)
        return 2
    from wizard.desk.program import run  # Qt is not touched before there is a display

    try:
        return run(home, passphrase_file)
    except UserError as error:
        if sys.stderr is None:  # a window program of Windows has none
            from wizard.desk.border import say_alone

            say_alone(error.sentence, error.remedy)
        else:
            sys.stderr.write(f"{error}\n")
        return 2


def no_display() -> bool:
    """Whether there is nothing to show a window on; only Linux can tell beforehand."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not any(os.environ.get(name) for name in names)
