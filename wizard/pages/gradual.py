"""A long page that is built a piece at a turn of the event loop, so that the window never waits for all of it."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from wizard.pages.look import px
from wizard.pages.words import column


class Gradual(QWidget):
    """Pieces one under the other; what is above stays where it is while those below come."""

    finished = Signal()

    def __init__(self, pieces: Iterable[Callable[[], QWidget]]) -> None:
        super().__init__()
        self._pieces = iter(pieces)
        self._layout = column(self, px(8))
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._next)
        self._turn.start()

    @property
    def building(self) -> bool:
        """Whether pieces are still to come."""
        return self._turn.isActive()

    def _next(self) -> None:
        make = next(self._pieces, None)
        if make is None:
            self._turn.stop()
            self.finished.emit()
        else:
            self._layout.addWidget(make())
