"""What the pages without questions have in common: one column that is built anew whenever the referral has changed."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from wizard.pages.look import px
from wizard.pages.question import title_block
from wizard.pages.screen import Screen, View
from wizard.pages.scrolled import COLUMN
from wizard.pages.words import Words, column
from wizard.pages.working import Working
from wizard.summary import wording


class SpecialScreen(Screen):
    """Builds ``content`` under heading and introduction."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.view = view
        self.setAccessibleName(view.page.task)
        self.working = Working()
        self.working.stop.connect(self.wanted)
        self._column = QWidget(self)
        self._column.setMaximumWidth(px(COLUMN))
        layout = column(self._column, px(16))
        layout.addWidget(title_block(view, self.say))
        if view.page.intro:
            layout.addWidget(Words(self.say(view.page.intro)))
        self._content = QWidget()
        layout.addWidget(self._content)
        layout.addStretch(1)
        self._layout = layout
        outer = QHBoxLayout(self)  # a row: a column alone reckons its height with more width than it may have
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._column, 1)
        outer.addStretch(0)
        self.build()

    def say(self, text: str) -> str:
        """The words of the forms, with names in place."""
        return wording(text, self.view.judgement.facts.answers)

    def content(self) -> Sequence[QWidget]:
        """What the page shows of the referral as it stands."""
        raise NotImplementedError

    def build(self) -> None:
        """Put the content together."""
        self.working.setParent(None)
        new = QWidget()
        layout = column(new, px(24))
        for widget in self.content():
            layout.addWidget(widget)
        self._layout.replaceWidget(self._content, new)
        self._content.hide()
        self._content.deleteLater()
        self._content = new
        new.show()

    def refresh(self, view: View) -> None:
        """Show the referral as it stands now."""
        self.view = view
        self.build()

    def progress(self, words: str, part: float) -> None:
        """Show how far long work is."""
        self.working.show_progress(words, part)

    def failed(self, sentence: str, remedy: str) -> None:
        """Say why a request could not be carried out."""
        self.working.show_failure(sentence, remedy)


def stacked(*widgets: QWidget, gap: int = 4) -> QWidget:
    """Widgets in a column that belong together."""
    holder = QWidget()
    layout = column(holder, px(gap))
    for widget in widgets:
        layout.addWidget(widget)
    return holder


Press = Callable[[], object]
