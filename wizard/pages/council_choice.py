"""Councils to choose from, each with what is to be said of its file."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QButtonGroup, QWidget

from wizard.councils import FileNote
from wizard.pages.look import px
from wizard.pages.words import Box, Radio, Words, column

Councils = Sequence[tuple[str, str]]
"""Id and name of each."""


def choices(group: QButtonGroup, councils: Councils, notes: Mapping[str, FileNote]) -> list[QWidget]:
    """A radio for each council, numbered in the group as they stand, and beneath it the note on its file."""
    widgets: list[QWidget] = []
    for place, (id, name) in enumerate(councils):
        radio = Radio(name)
        group.addButton(radio, place)
        widgets.append(radio)
        if id in notes:
            radio.setAccessibleDescription(notes[id].words)
            beneath = QWidget()
            column(beneath).addWidget(file_note(notes[id]))
            beneath.setContentsMargins(px(38), 0, 0, 0)
            widgets.append(beneath)
    return widgets


def file_note(note: FileNote) -> QWidget:
    """Where a council's file comes from and who signed it; a file that was altered stands out."""
    return Box("warning", Words(note.words)) if note.altered else Words(note.words, "hint")
