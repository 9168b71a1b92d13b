"""Beneath a page about the school: whether its answers are kept for the next referral, and how to change that."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from forms.kit.dates import long_day
from wizard.offering import same_school, school_answers
from wizard.pages.screen import ForgetSchool, KeepSchool, Request, View
from wizard.pages.words import Box, Link, Words, button

KEEP = "Keep these for the next referral"
INSTEAD = "Keep these instead"
STOP = "Stop keeping them"
ASK = (
    "These answers are about your school, not about the pupil. If you like they are kept, encrypted, on this computer "
    "and filled in for you next time, with the school’s other page."
)
FOLLOWS = "What you change here is kept as well when you leave this referral."


class KeptBox(Box):
    """Says where the answers go, and asks; nothing is kept before somebody said so."""

    def __init__(self, view: View, wanted: Callable[[Request], object]) -> None:
        self.words = Words()
        self.keep = button(KEEP, lambda: wanted(KeepSchool()))
        self.stop = Link(STOP, lambda: wanted(ForgetSchool()))
        super().__init__("inset", Words("For your next referral", "label"), self.words, self.keep, self.stop)
        self.column.setAlignment(self.keep, Qt.AlignmentFlag.AlignLeft)
        self.show_state(view)

    def show_state(self, view: View) -> None:
        """Show how it stands now."""
        kept, answers = view.kept, view.judgement.facts.answers
        self.stop.setVisible(kept is not None)
        if kept is None:
            self.words.say(ASK)
            self.keep.setVisible(True)
            self._name(KEEP)
        elif same_school(kept, answers):
            here = school_answers(answers).get(view.page.id, {})
            self.words.say(f"Your school’s details are kept, last changed on {long_day(kept.on)}. {FOLLOWS}")
            self.keep.setVisible(bool(here) and here != kept.pages.get(view.page.id))
            self._name(INSTEAD)
        else:
            self.words.say(f"The details that are kept are those of {kept.name}, a school by another name.")
            self.keep.setVisible(True)
            self._name(INSTEAD)

    def _name(self, words: str) -> None:
        self.keep.setText(words)
        self.keep.setAccessibleName(words)
