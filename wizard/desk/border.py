"""The last border: an error that nobody expected is recorded by its place, the work saved, and the user told."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from wizard.errors import place_of
from wizard.jobs import UNEXPECTED
from wizard.pages.window import NAME

LOG = "problems.log"
LOG_BYTES = 64 * 1024


class Border:
    """Takes the place of ``sys.excepthook``.

    Attributes:
        window: what the message belongs to.
    """

    def __init__(self, home: Path, save: Callable[[], bool]) -> None:
        self._log, self._save = home / LOG, save
        self._busy = False
        self.window: QWidget | None = None

    def record(self, place: str) -> None:
        """Keep where something went wrong; never what was typed."""
        with suppress(OSError):
            if self._log.exists() and self._log.stat().st_size > LOG_BYTES:
                self._log.unlink()
            with self._log.open("a", encoding="utf-8") as log:
                log.write(f"{datetime.now():%Y-%m-%d %H:%M} {place}\n")

    def crashed(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Record, save, and say so in plain words; once at a time."""
        self.record(place_of(error.with_traceback(trace)))
        if self._busy:
            return
        self._busy = True
        try:
            kept = self._save()
        except Exception as second:  # noqa: BLE001 - a border: saving itself may be what went wrong
            self.record(place_of(second))
            kept = False
        self._busy = False
        self.tell(UNEXPECTED[0], UNEXPECTED[1] if kept else NOT_KEPT)

    def crashed_in_thread(self, args: threading.ExceptHookArgs) -> None:
        """Record what went wrong in a thread of somebody else's."""
        if args.exc_value is not None:
            self.record(place_of(args.exc_value))

    def tell(self, sentence: str, remedy: str) -> None:
        """Say something that belongs to no page."""
        box = QMessageBox(QMessageBox.Icon.Warning, NAME, sentence, QMessageBox.StandardButton.Ok, self.window)
        box.setInformativeText(remedy)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()


def say_alone(sentence: str, remedy: str) -> None:
    """Say why there is no window, in a window of its own; returns when it was read."""
    app = QApplication.instance() or QApplication([])
    box = QMessageBox(QMessageBox.Icon.Warning, NAME, sentence, QMessageBox.StandardButton.Ok)
    box.setInformativeText(remedy)
    box.exec()
    del app


NOT_KEPT = "The last change may not be saved. Close the program and start it anew."
