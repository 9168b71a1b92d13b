"""What is left of a picture, and how it is turned to lie level; looked at before it is done."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap, QTransform
from PySide6.QtWidgets import QWidget

from wizard.evidence_fact import EvidenceFact, Treatment
from wizard.pages.announcing import announce
from wizard.pages.boxes import WHOLE, Box, turned
from wizard.pages.evidence_marks import Marker
from wizard.pages.flow import Flow
from wizard.pages.look import px
from wizard.pages.words import Link, Words, button, column

WIDTH, HEIGHT = 420, 390
"""Width and height that the picture has at most, at 100 % text: its corners and the buttons are to be seen at once."""
STEP, STEEPEST = 0.5, 45.0
"""Degrees of a press, and at most."""
_HINT = (
    "Drag the corners of the frame, or move it with the arrow keys; with Shift they change its size. What lies outside "
    "is cut off. Your original stays as it is."
)
_SMOOTH = Qt.TransformationMode.SmoothTransformation


class CropPanel(QWidget):
    """The whole picture with a frame on it; nothing happens to the document before it is asked for."""

    wanted = Signal(object)
    """The treatment that is asked for."""
    left = Signal()

    def __init__(self, fact: EvidenceFact) -> None:
        super().__init__()
        self.fact = fact
        self._picture = QPixmap()
        left, top, right, bottom = fact.treatment.crop
        self._box = turned((left, top, 1 - right, 1 - bottom), fact.turn(1))
        self.sheet = Marker(WIDTH, frame=True)
        self.sheet.setAccessibleName(f"Frame of {fact.name}")
        self.sheet.marked.connect(self._on_frame)
        self.degrees = fact.treatment.straighten  # clockwise
        self._leans = Words()
        self.left_button = button("A little left", lambda: self._turn(self.degrees - STEP), name="Turn a little left")
        self._right = button("A little right", lambda: self._turn(self.degrees + STEP), name="Turn a little right")
        self._suggested = Link("", self._take_suggestion)
        self._suggested.hide()
        self._angle_found = 0.0
        self._wait = Words("The picture is being opened.", "hint")
        self.do = button("Crop and straighten", self._do, "primary")
        self._lay_out()
        self._tell()

    def _lay_out(self) -> None:
        turn, ends = QWidget(), QWidget()
        row = Flow(turn, across=px(16), down=px(4))
        row.addWidget(self.left_button)
        row.addWidget(self._right)
        row.addWidget(self._suggested)
        row = Flow(ends, across=px(20), down=px(8))
        row.addWidget(self.do)
        row.addWidget(button("The whole picture", self._whole))
        row.addWidget(Link("Cancel", self.left.emit, "Cancel cropping"))
        layout = column(self, px(8))
        above = (Words("Crop or straighten", "label"), Words(_HINT, "hint"), self._wait, self.sheet)
        for part in above:
            layout.addWidget(part)
        layout.addSpacing(px(8))
        for one in (Words("Turn it a little", "label"), self._leans, turn, ends):
            layout.addWidget(one)

    def show_picture(self, picture: QPixmap, angle: float) -> None:
        """Take the whole picture, and the angle by which its lines lean."""
        self._picture, self._angle_found = picture, angle
        size = picture.size().transposed() if self.fact.turn(1) % 180 else picture.size()
        self.sheet.fit(size.scaled(WIDTH, HEIGHT, Qt.AspectRatioMode.KeepAspectRatio).width())
        self._wait.hide()
        self._suggested.wrap_words(f"Its lines lean: turn it {abs(angle):g}° {'right' if angle > 0 else 'left'}")
        self._suggested.setVisible(bool(angle) and angle != self.degrees)
        self.sheet.mark(True)
        self._draw()

    def _draw(self) -> None:
        if self._picture.isNull():
            return
        leaning = self._picture.transformed(QTransform().rotate(self.degrees), _SMOOTH)
        paper = QPixmap(leaning.size())
        paper.fill(QColor(Qt.GlobalColor.white))
        painter = QPainter(paper)
        painter.drawPixmap(0, 0, leaning)
        painter.end()
        self.sheet.show_picture(paper, self.fact.turn(1))
        self.sheet.show_boxes([self._box])
        self._tell()

    def _turn(self, degrees: float) -> None:
        self.degrees = min(STEEPEST, max(-STEEPEST, degrees))
        self._draw()
        announce(self, self._leans.text())

    def _take_suggestion(self) -> None:
        self._suggested.hide()
        self._turn(self._angle_found)
        self._right.setFocus()

    def _whole(self) -> None:
        self._box = WHOLE
        self._turn(0.0)

    def _on_frame(self, boxes: tuple[Box, ...]) -> None:
        self._box = boxes[0]
        self._tell()

    @property
    def treatment(self) -> Treatment:
        """What is asked for, as it stands."""
        left, top, right, bottom = (round(part, 4) for part in turned(self._box, -self.fact.turn(1)))
        crop = left, top, round(1 - right, 4), round(1 - bottom, 4)
        return replace(self.fact.treatment, crop=crop, straighten=round(self.degrees, 2))

    def _tell(self) -> None:
        side = "to the right" if self.degrees > 0 else "to the left"
        self._leans.say(f"{abs(self.degrees):g}° {side}" if self.degrees else "Not turned")
        self.do.setEnabled(not self._picture.isNull() and self.treatment != self.fact.treatment)

    def _do(self) -> None:
        self.do.setEnabled(False)
        self.wanted.emit(self.treatment)

    def rest(self) -> None:
        """It could not be done: it may be asked for again."""
        self._tell()
