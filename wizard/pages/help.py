"""The help panel: how the program is worked, on one screen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.pages.look import px
from wizard.pages.words import Words

_PARTS = (
    (
        "Work in any order",
        "Choose any task on the left, as often as you like. Each says how much is left to do. Nothing has to be "
        "finished before you look at something else.",
    ),
    (
        "Saving",
        "What you type is kept as you go, and again whenever you leave a page. “Save and continue” also tells you what "
        "is missing on the page. You can close the window at any time.",
    ),
    (
        "When you do not know",
        "Some questions have a “Not known” link. Say why, and the referral can go without the answer.",
    ),
    (
        "Who can see it",
        "Only you, on this computer: the program never uses the internet. Referrals are kept encrypted. Press Lock "
        "before you walk away; after ten minutes without typing it locks itself.",
    ),
    (
        "Keys",
        "Tab moves on, Shift and Tab back. F6 moves between the tasks and the page, the arrow keys along the tasks. "
        "Ctrl+S saves. Ctrl and + or − makes the text larger or smaller. F1 opens this panel.",
    ),
)


class HelpPanel(QWidget):
    """What a new user asks first."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Help")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(4))
        column.addWidget(Words("Help", "subheading"))
        for title, text in _PARTS:
            column.addSpacing(px(8))
            column.addWidget(Words(title, "label"))
            column.addWidget(Words(text))
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
