"""Your school: what is kept of it for every new referral, to look at and to change outside of one."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from forms.kit.blanks import blank
from forms.kit.dates import long_day
from forms.kit.page import Answers, Context, Page
from wizard.errors import UserError
from wizard.offering import KeptSchool, Typed, kept_pages
from wizard.pages.announcing import announce
from wizard.pages.fields import QuestionFields
from wizard.pages.flow import Flow
from wizard.pages.look import px
from wizard.pages.scrolled import COLUMN, scrolled
from wizard.pages.words import Box, Link, Words, button, column
from wizard.summary import wording

PAUSE_MS = 800
"""Time without typing after which answers are kept."""


class SchoolPage(QWidget):
    """The pages about the school, one under the other."""

    closed = Signal()
    forget = Signal()
    undo = Signal()

    def __init__(
        self,
        kept: KeptSchool | None,
        context: Context,
        keep: Callable[[Typed], object],
        deleted: KeptSchool | None = None,
    ) -> None:
        super().__init__()
        self.setAccessibleName("Your school")
        self._context, self._keep = context, keep
        self._kept: Typed = kept.pages if kept is not None else {}
        self._empty = Answers({}, context)
        self.told = Words(role="hint")
        self.told.hide()
        self.fields: dict[type[Page], QuestionFields] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.commit)
        content = QWidget()
        content.setMaximumWidth(px(COLUMN))
        layout = column(content, px(24))
        for widget in self._head(kept, deleted):
            layout.addWidget(widget)
        for page in kept_pages():
            for widget in self._part(page):
                layout.addWidget(widget)
        layout.addStretch(1)
        whole = column(self, 0)
        whole.addWidget(scrolled(content), 1)
        whole.addWidget(self._bar(kept is not None))
        self.setFocusProxy(next(iter(self.fields.values())))

    def _head(self, kept: KeptSchool | None, deleted: KeptSchool | None) -> list[QWidget]:
        state = f"Last changed on {long_day(kept.on)}." if kept is not None else "Nothing is kept yet."
        words = (
            "Entered once, and filled in for you in every new referral, where you look through it. "
            f"It is kept encrypted, on this computer alone, without anything about a pupil. {state}"
        )
        parts: list[QWidget] = [Words("Your school", "heading"), Words(words)]
        if deleted is not None:
            parts.append(Box("done", Words("The details of your school are deleted."), Link("Undo", self.undo.emit)))
        return parts

    def _part(self, page: type[Page]) -> list[QWidget]:
        fields = QuestionFields(page, self._kept.get(page.id, {}), self.say, {}, page.not_kept)
        for field in fields.fields.values():
            if field.unknown is not None:
                field.unknown.hide()  # what is not known is simply left blank here
        fields.changed.connect(self._on_edit)
        self.fields[page] = fields
        intro = [Words(self.say(page.intro))] if page.intro else []
        return [Words(self.say(page.task), "subheading"), *intro, fields]

    def _bar(self, something: bool) -> QFrame:
        bar = QFrame()
        bar.setObjectName("buttons")
        below = column(bar, 4)
        below.setContentsMargins(48, 12, 20, 12)
        buttons = QWidget()
        row = Flow(buttons, across=px(12))
        row.addWidget(button("Save", self._save, "primary"))
        row.addWidget(button("Back to your referrals", self._leave))
        if something:
            row.addWidget(button("Delete these details", self.forget.emit, "link"))
        below.addWidget(buttons)
        below.addWidget(self.told)
        return bar

    def say(self, text: str) -> str:
        """The words of the forms; no pupil is meant here."""
        return wording(text, self._empty)

    def pages(self) -> Typed:
        """What is on the page, without blanks."""
        raw = {page.id: fields.raw() for page, fields in self.fields.items()}
        return {page: {name: typed for name, typed in raw[page].items() if not blank(typed)} for page in raw}

    def commit(self) -> bool:
        """Keep what is on the page, good or not. Tells whether it is kept."""
        self._pause.stop()
        pages = self.pages()
        if {page: values for page, values in pages.items() if values} == dict(self._kept):
            return True

        def keep() -> None:
            self._keep(pages)
            self._kept = {page: values for page, values in pages.items() if values}
            self._tell("Saved.")

        return self.attempt(keep)

    def attempt(self, work: Callable[[], object]) -> bool:
        """Do something with what is kept; what a person can put right is said at the foot of the page."""
        try:
            work()
        except UserError as error:
            self._tell(error.remedy, error.sentence, urgent=True)
            return False
        return True

    def _save(self) -> None:
        """Keep, and point out what is not right; what is missing may stay so."""
        if not self.commit():
            return
        answers = Answers(self.pages(), self._context)
        wrong = False
        for page, fields in self.fields.items():
            problems = [(one.path, one.sentence) for one in answers.reading(page).problems if not one.missing]
            fields.show_problems(problems)
            if problems and not wrong:
                fields.focus(problems[0][0])
                wrong = True
        self._tell("Saved, but not all of it can be right: look above." if wrong else "Saved.")

    def _tell(self, words: str, bold: str = "", urgent: bool = False) -> None:
        self.told.say(words, bold)
        self.told.show()
        announce(self, f"{bold} {words}".strip(), urgent)

    def _leave(self) -> None:
        if self.commit():
            self.closed.emit()

    def _on_edit(self) -> None:
        self.told.hide()
        self._pause.start(PAUSE_MS)
