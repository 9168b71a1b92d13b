"""The middle of the window: rail, page and panel side by side, or over one another where it is narrow."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from wizard.pages.look import px
from wizard.pages.rail import WIDTH

NARROW = 1000
"""Width of the window below which the rail is a drawer, at 100 % text."""
PANEL = 360
LEAST = 520
"""Width that the page keeps before rail and panel give way."""


class Body(QWidget):
    """Places its three parts; a drawer closes when the focus goes elsewhere or Esc is pressed."""

    narrowed = Signal(bool)

    def __init__(self, rail: QWidget, page: QWidget) -> None:
        super().__init__()
        self.rail, self.page = rail, page
        self.panel: QWidget | None = None
        self.drawer_open = False
        self.page.setParent(self)
        self.rail.setParent(self)
        self.rail.installEventFilter(self)

    @property
    def narrow(self) -> bool:
        """Whether the rail is a drawer: the window is narrow, or a panel needs its room."""
        beside_rail = self.width() - px(WIDTH) - (px(PANEL) if self.panel is not None else 0)
        return self.width() < px(NARROW) or beside_rail < px(LEAST)

    def open_drawer(self, wanted: bool) -> None:
        """Show or hide the rail where it is a drawer."""
        self.drawer_open = wanted
        self.place()

    def put_panel(self, panel: QWidget | None) -> None:
        """Show a panel at the right, in place of any other; ``None`` closes it."""
        if self.panel is not None:
            self.panel.hide()
            self.panel.deleteLater()
        self.panel = panel
        if panel is not None:
            panel.setParent(self)
            panel.installEventFilter(self)
            panel.show()
        self.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the parts."""
        super().resizeEvent(event)
        self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in a drawer closes it."""
        escaped = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escaped and event.type() == QEvent.Type.KeyPress and self.drawer_open and watched is self.rail:
            self.open_drawer(False)
            self.page.setFocus()
            return True
        return False

    def place(self) -> None:
        """Give each part its room."""
        width, height = self.width(), self.height()
        rail, panel = min(px(WIDTH), width), min(px(PANEL), width)
        left = 0 if self.narrow else rail
        beside = self.panel is not None and width - left - panel >= px(LEAST)
        self.narrowed.emit(self.narrow)
        self.rail.setVisible(not self.narrow or self.drawer_open)
        self.rail.setGeometry(0, 0, rail, height)
        self.page.setGeometry(left, 0, width - left - (panel if beside else 0), height)
        if self.panel is not None:
            self.panel.setGeometry(width - panel, 0, panel, height)
            self.panel.raise_()
        if self.narrow:
            self.rail.raise_()
