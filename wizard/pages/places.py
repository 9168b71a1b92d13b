"""Where files are put: the person chooses, the program suggests."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget


def documents() -> Path:
    """Where people look for what they made."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())


def ask_for_folder(parent: QWidget, start: Path) -> Path | None:
    """Let somebody choose a folder."""
    chosen = QFileDialog.getExistingDirectory(parent, "Where to put the pack", str(start))
    return Path(chosen) if chosen else None


def ask_for_file(parent: QWidget, title: str, start: Path) -> Path | None:
    """Let somebody choose where a file is saved, and under which name."""
    kinds = {".pdf": "PDF (*.pdf)", ".ics": "Calendar (*.ics)"}
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(start), kinds[start.suffix])
    return Path(chosen) if chosen else None
