"""The program's window: shows one thing at a time, and saves before it closes."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMainWindow, QWidget

NAME = "Medical needs referrals"
LOCK_AFTER_MS = 10 * 60 * 1000
"""Time without a key or a click after which the window locks itself."""
_SIGNS_OF_LIFE = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin}


class Window(QMainWindow):
    """What is shown is replaced, not stacked; what it replaces is deleted unless it is kept elsewhere."""

    idle = Signal()
    """Nobody touched anything for `LOCK_AFTER_MS`."""
    larger = Signal()
    smaller = Signal()

    def __init__(self, may_close: Callable[[], bool]) -> None:
        super().__init__()
        self._may_close = may_close
        self.say("")
        self.setMinimumSize(640, 480)
        self.resize(1366, 768)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(LOCK_AFTER_MS)
        self._rest.timeout.connect(self.idle)
        self._rest.start()
        for keys, signal in ((("Ctrl++", "Ctrl+="), self.larger), (("Ctrl+-",), self.smaller)):
            for key in keys:
                QShortcut(QKeySequence(key), self, signal.emit)

    def say(self, title: str) -> None:
        """Name the window; never by a pupil's name, which a shared screen or a task bar would show."""
        self.setWindowTitle(f"{title} – {NAME}" if title else NAME)

    def show_only(self, content: QWidget, keep: QWidget | None = None) -> None:
        """Show this in the whole window; ``keep`` is left alive although it is no longer shown."""
        old = self.takeCentralWidget() if self.centralWidget() is not None else None
        if old is not None and old is not content:
            old.hide()
            if old is keep:
                old.setParent(None)
            else:
                old.deleteLater()
        self.setCentralWidget(content)
        content.show()
        content.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Listen for keys and clicks where they enter; a filter on the whole program would see every paint too."""
        super().showEvent(event)
        self.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is there."""
        if event.type() in _SIGNS_OF_LIFE:
            self._rest.start()
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save, then close."""
        event.setAccepted(self._may_close())
