"""The system's dialogs for choosing files; pages call them by module, so that they can be replaced."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def choose_file(parent: QWidget, title: str, patterns: Sequence[str]) -> Path | None:
    """Let somebody choose one file whose name fits (``*.csv``); ``None`` when nothing was chosen."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, "", _filter(patterns))
    return Path(chosen) if chosen else None


def choose_files(parent: QWidget, title: str, patterns: Sequence[str]) -> tuple[Path, ...]:
    """Let somebody choose files whose names fit; none when nothing was chosen."""
    chosen, _ = QFileDialog.getOpenFileNames(parent, title, "", _filter(patterns))
    return tuple(Path(one) for one in chosen)


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """Let somebody choose a folder; ``None`` when nothing was chosen."""
    chosen = QFileDialog.getExistingDirectory(parent, title)
    return Path(chosen) if chosen else None


def _filter(patterns: Sequence[str]) -> str:
    both = dict.fromkeys(case for one in patterns for case in (one, one.upper()))  # Linux tells the cases apart
    return f"Files of this kind ({' '.join(both)});;All files (*)"
