"""A page outside of a referral that scrolls: one column at the left edge."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from wizard.pages.look import px

COLUMN = 760
"""Width of a page's column at 100 % text, in pixels."""


def scrolled(content: QWidget) -> QScrollArea:
    """The column, with its margins, in an area that scrolls."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(48, px(32), 24, px(32))
    row.addWidget(content, 1)
    row.addStretch(0)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(holder)
    return area
