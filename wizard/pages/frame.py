"""The parts of a referral's window and where they stand; what they do is ``wizard.shell``'s business."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from wizard.pages.announcing import announce
from wizard.pages.body import Body
from wizard.pages.header import Header
from wizard.pages.look import px
from wizard.pages.rail import Rail
from wizard.pages.words import Words, button, button_bar

EDGE = 48
"""Pixels from the rail to the one left edge, at any size of text."""


class Notice(QWidget):
    """A sentence above the page, with one thing to press; hidden until there is something to say."""

    def __init__(self, role: str, press: str, pressed: Callable[[], object]) -> None:
        super().__init__()
        self.words = Words(role=role)
        column = flush(self)
        column.addWidget(self.words)
        column.addWidget(button(press, pressed, "link"), 0, Qt.AlignmentFlag.AlignLeft)
        column.setContentsMargins(EDGE, px(12), px(24), 0)
        self.hide()

    def say(self, sentence: str, remedy: str) -> None:
        """Say something that changed on its own."""
        self.words.say(remedy, sentence)
        self.show()
        announce(self, f"{sentence} {remedy}", urgent=True)


class Frame(QWidget):
    """Header; rail, page and panel; the buttons that stay."""

    def __init__(self) -> None:
        super().__init__()
        self.header, self.rail = Header(), Rail()
        self.onward = _bottom("&Save and continue", "primary")
        self.back = _bottom("&Back", "secondary")
        self.leaving = _bottom("Save and &close", "link")
        self.trouble = Notice("stop", "Close without saving the last change", self.drop)
        self.notice = Notice("warning", "Close this message", self.unsay)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        middle = QWidget()
        column = flush(middle)
        for part in (self.trouble, self.notice):
            column.addWidget(part)
        column.addWidget(self._scroll, 1)
        column.addWidget(button_bar((self.onward, self.back, self.leaving), EDGE, 20))
        self.body = Body(self.rail, middle)
        self.body.narrowed.connect(self.header.menu.setVisible)
        whole = flush(self)
        whole.addWidget(self.header)
        whole.addWidget(self.body, 1)

    def drop(self) -> None:
        """Leave although the last change is not saved."""

    def unsay(self) -> None:
        """Take the message away."""
        self.notice.hide()

    def put(self, page: QWidget) -> None:
        """Show a page; the one before is deleted."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(EDGE, px(32), px(24), px(32))
        row.addWidget(page, 1)
        previous = self._scroll.takeWidget()
        self._scroll.setWidget(holder)
        if previous is not None:
            previous.hide()
            previous.deleteLater()
        self._scroll.verticalScrollBar().setValue(0)

    def put_panel(self, content: QWidget | None, close: Callable[[], object]) -> None:
        """Show a panel at the right; ``None`` closes it."""
        self.body.put_panel(None if content is None else _framed(content, close))


def flush(parent: QWidget) -> QVBoxLayout:
    """A column without margins or gaps."""
    column = QVBoxLayout(parent)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def _bottom(words: str, role: str) -> QPushButton:
    made = button(words.replace("&", ""), lambda: None, role)
    made.setText(words)
    return made


def _framed(content: QWidget, close: Callable[[], object]) -> QFrame:
    """A panel that scrolls, with a way to close it."""
    frame = QFrame()
    frame.setObjectName("panel")
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(content)
    column = QVBoxLayout(frame)
    column.setContentsMargins(px(20), px(16), px(12), px(16))
    column.addWidget(scroll, 1)
    column.addWidget(button("Close this panel", close, "link"), 0, Qt.AlignmentFlag.AlignLeft)
    return frame
