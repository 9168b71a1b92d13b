"""What can be done to the pages of a document while it is made safe: blacked out, cropped, straightened."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from wizard.evidence.readers import PICTURES
from wizard.evidence_fact import EvidenceFact, Treatment
from wizard.pages.controls import reveal
from wizard.pages.evidence_blackout import BlackoutPanel
from wizard.pages.evidence_crop import CropPanel
from wizard.pages.evidence_pages import PagesPanel
from wizard.pages.flow import Flow
from wizard.pages.look import px
from wizard.pages.words import Link, Words, column

if TYPE_CHECKING:
    from wizard.evidence.redaction.search import Places


class Tools(QWidget):
    """Links, and the panel of the one that was pressed."""

    treat = Signal(object)
    """The treatment that is asked for."""
    sought = Signal(object)
    """A treatment whose words are to be looked for."""
    picture_wanted = Signal()
    """The whole picture, to crop it."""
    grown = Signal()

    def __init__(self, fact: EvidenceFact, pages: PagesPanel, pupil: Sequence[str]) -> None:
        super().__init__()
        self.fact, self._pages, self._pupil = fact, pages, pupil
        self._panel: BlackoutPanel | CropPanel | None = None
        self._asked: Treatment | None = None
        self._black_out = Link("Black something out", self.black_out)
        self._crop = Link("Crop or straighten", self.crop)
        self._boxed = Words(
            "To crop or straighten it, remove its boxes first: they would no longer lie where they do.", "hint"
        )
        self._links = QWidget()
        flow = Flow(self._links, across=px(20), down=0)
        flow.addWidget(self._black_out)
        flow.addWidget(self._crop)
        self._layout = column(self, px(8))
        self._layout.addWidget(self._links)
        self._layout.addWidget(self._boxed)
        self.tell(fact)

    def tell(self, fact: EvidenceFact) -> None:
        """Take the facts as they are kept; the links are called by the title it has now."""
        self.fact = fact
        self._black_out.setAccessibleName(f"Black something out in {fact.name}")
        self._crop.setAccessibleName(f"Crop or straighten {fact.name}")
        boxed = bool(fact.treatment.areas)
        self._crop.setVisible(fact.kind in PICTURES and not boxed)
        self._boxed.setVisible(fact.kind in PICTURES and boxed and self._panel is None)

    def black_out(self) -> None:
        """Let boxes be drawn on the pages."""
        panel = BlackoutPanel(self.fact, self._pages, self._pupil)
        panel.sought.connect(self.sought)
        self._show(panel)
        panel.look_for_words()
        self._pages.sheet.setFocus()

    def crop(self) -> None:
        """Let the picture be cropped and straightened."""
        self._pages.hide()
        panel = CropPanel(self.fact)
        self._show(panel)
        panel.left_button.setFocus()
        self.picture_wanted.emit()

    def words_found(self, words: tuple[str, ...], places: "Places") -> bool:
        """Take where the words are that may be blacked out."""
        return isinstance(self._panel, BlackoutPanel) and self._panel.words_found(words, places)

    def whole_picture(self, picture: QPixmap, angle: float) -> None:
        """Take the whole picture that was asked for."""
        if isinstance(self._panel, CropPanel):
            self._panel.show_picture(picture, angle)
            self._panel.sheet.setFocus()

    def treated(self) -> None:
        """Show what became of what was asked for."""
        panel, asked = self._panel, self._asked
        self._asked = None
        if panel is None or asked is None:
            return
        if self.fact.treatment != asked:
            panel.rest()
        elif isinstance(panel, BlackoutPanel):
            panel.leave()
        else:
            self._leave()

    def _show(self, panel: BlackoutPanel | CropPanel) -> None:
        self._panel = panel
        self._boxed.hide()
        panel.wanted.connect(self._ask)
        panel.left.connect(self._leave)
        self._links.hide()
        self._layout.addWidget(panel)
        self.grown.emit()

    def _ask(self, treatment: Treatment) -> None:
        self._asked = treatment
        self.treat.emit(treatment)

    def _leave(self) -> None:
        panel, self._panel = self._panel, None
        if panel is None:
            return
        cropped = isinstance(panel, CropPanel)
        panel.hide()
        self._layout.removeWidget(panel)
        panel.deleteLater()
        self._pages.show()
        self._links.show()
        self.tell(self.fact)
        reveal(self._crop if cropped else self._black_out)
        self.grown.emit()
