"""Send: make the pack, what to do with it, that it was sent, and what happens next."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from forms.catalogue import AFTER
from forms.kit.dates import long_day
from forms.kit.policy import Level
from wizard.councils.ages import Looked
from wizard.guard import doubts
from wizard.handoff.message import megabytes_sent
from wizard.handoff.password import spell
from wizard.pages.announcing import announce
from wizard.pages.doubted import AskFirst
from wizard.pages.look import px
from wizard.pages.places import ask_for_folder, documents
from wizard.pages.screen import MakePack, PackMade
from wizard.pages.sent_form import SentForm
from wizard.pages.special import SpecialScreen, stacked
from wizard.pages.words import Box, Link, Words, button, selectable
from wizard.schedule import due as due_dates
from wizard.validation.requirements import recipient, too_many

ChooseFolder = Callable[[QWidget, Path], Path | None]
CLIPBOARD_MS = 60_000
"""Time after which a copied password is taken from the clipboard again."""
MOST_LINKS = 6
"""Tasks that are named one by one while the pack cannot be made yet."""
OLD = {False: "Make it again.", True: "The council has it as it was sent: tell them, if it matters to them."}
"""What to do about a pack that is out of date, by whether it was sent."""
SINCE = {
    Looked.LATELY: "",
    Looked.LONG_AGO: "more than a year ago",
    Looked.TO_COME: "says its file, and that day is still to come",
}
"""What makes the council's limits doubtful."""
ADDRESSED = "An e-mail to the council is drafted beside it."
NO_ADDRESS = "How this council wants to have it is said here once it is made."
"""What stands with a pack that is yet to be made, by whether the council has an address for it."""


class SendScreen(SpecialScreen):
    """What is open; or the pack and what follows."""

    choose_folder: ChooseFolder = staticmethod(ask_for_folder)

    def content(self) -> Sequence[QWidget]:
        """The steps, as far as they have come."""
        made = self.view.last_pack
        parts: list[QWidget] = []
        sent = self.view.judgement.facts.case.sent
        if sent is not None:
            parts.append(Box("done", Words("Sent. The referral is now with the council.")))
            parts.append(self._next_steps())
        elif not self.view.judgement.ready:
            parts.append(self._not_ready("its final pack"))
        parts.append(self.working)
        if made is not None:
            parts += [self._made(made), self._password(made)]
            if sent is None:
                form = SentForm(self.view.judgement.facts.answers.context, self._made_on(), self.wanted.emit)
                parts += [self._how_to_send(made), form]
        parts += self._old_limits()
        if crowded := too_many(self.view.judgement):
            parts.append(
                Box("warning", Words(crowded), Link("Go to the documents", lambda: self.go_to.emit("evidence")))
            )
        elif self.view.judgement.ready:
            parts.append(self._make(again=made is not None))
        elif sent is not None:
            parts.append(self._not_ready("a new pack"))
        return parts

    def _old_limits(self) -> list[QWidget]:
        facts = self.view.judgement.facts
        limits = facts.profile.limits
        since = SINCE[Looked.on(limits.checked, facts.today)] if limits else ""
        if limits is None or not since:
            return []
        words = f"What the council takes at once was last looked up on {long_day(limits.checked)}, {since}."
        return [Box("warning", Words(f"{words} Ask whether it still holds."))]

    def _not_ready(self, pack: str) -> QWidget:
        points = [p for p in self.view.judgement.points if p.level is Level.MUST]
        count = "One thing stands" if len(points) == 1 else f"{len(points)} things stand"
        lines: list[QWidget] = [Words(f"{count} between this referral and {pack}.", "label")]
        facts = self.view.judgement.facts
        pages = list(dict.fromkeys(point.page for point in points))
        for page in pages[:MOST_LINKS]:
            here = [point for point in points if point.page == page]
            words = self.say(here[0].todo) if len(here) == 1 else f"{len(here)} things to do"
            task = self.say(facts.page(page).task)
            lines.append(Link(f"{task}: {words}", partial(self.go_to.emit, page)))
        if len(pages) > MOST_LINKS:
            lines.append(Words(f"and more at {len(pages) - MOST_LINKS} other tasks.", "hint"))
        lines.append(Link("See everything under Check your answers", lambda: self.go_to.emit("check")))
        return Box("warning", *lines)

    def _make(self, again: bool) -> QWidget:
        made = self.view.last_pack
        self.folder = made.path.parent if made is not None and made.path.parent.is_dir() else documents()
        self._where = selectable(Words(str(self.folder)))
        choose = Link("Choose another folder", self._choose)
        pressed = "Make the pack again" if again else "Make the pack"
        role, doubted = "secondary" if again else "primary", doubts(self.view.judgement.facts)
        press = AskFirst(pressed, role, doubted, self.go_to.emit, lambda: self.wanted.emit(MakePack(self.folder)))
        title = "Make a new pack" if again else "The pack"
        to = recipient(self.view.judgement.facts)
        text = (
            "One PDF with the answers, the checklist, the evidence and the signatures; sealed, so that any change "
            f"shows, and with a password. {ADDRESSED if to.email else NO_ADDRESS} Nothing is sent by itself."
        )
        block = stacked(
            Words(title, "subheading"), Words(text), Words("It will be put in", "hint"), self._where, choose, gap=8
        )
        return stacked(block, press, gap=8)

    def _choose(self) -> None:
        chosen = self.choose_folder(self, self.folder)
        if chosen is not None:
            self.folder = chosen
            self._where.say(str(chosen))

    def _made(self, made: PackMade) -> QWidget:
        profile = self.view.judgement.facts.profile
        limit, size = profile.largest_mb, made.size / 1_000_000
        sent = megabytes_sent(recipient(self.view.judgement.facts), profile.limits, made.size)
        pages = "1 page" if made.pages == 1 else f"{made.pages} pages"
        fits = sent <= limit
        mail = f", which makes an e-mail of {sent:.1f} MB" if sent > size else ""
        words = f"{pages}, {size:.1f} MB{mail}. " + (
            f"The council takes up to {limit} MB, so it fits."
            if fits
            else f"The council takes up to {limit} MB, so it is too large: leave out pages of evidence "
            "that the council does not need, or ask the council for another way."
        )
        lines: list[QWidget] = [Words("The pack is ready", "subheading")]
        stale = self._stale()
        if stale:
            gone = self.view.judgement.facts.case.sent is not None
            lines.append(Box("warning", Words(f"Something was changed after this pack was made. {OLD[gone]}")))
        lines.append(Box("done" if fits else "warning", selectable(Words(made.path.name, bold="File:")), Words(words)))
        lines.append(selectable(Words(str(made.path.parent), role="hint")))
        lines += [Box("warning", Words(sentence)) for sentence in made.look_at]
        return stacked(*lines, gap=8)

    def _exported(self) -> Mapping[str, Any] | None:
        """The diary's entry of the pack that was made last."""
        diary = self.view.judgement.facts.case.diary
        return next((entry for entry in reversed(diary) if entry.get("event") == "exported"), None)

    def _made_on(self) -> str:
        """The day on which the pack was made, ISO; empty where nothing says so."""
        return str((self._exported() or {}).get("when", ""))[:10]

    def _stale(self) -> bool:
        digest, entry = self.view.judgement.facts.pack_digest, self._exported()
        return entry is not None and entry.get("digest", digest) != digest

    def _password(self, made: PackMade) -> QWidget:
        field = QLineEdit(made.password)
        field.setReadOnly(True)
        field.setMaximumWidth(px(420))
        field.setAccessibleName("Password of the pack")
        copy = button("Copy the password", lambda: self._copy(made.password, copy))
        text = (
            "Tell it to the council by telephone, on a number that you know already. Never send it together with the "
            "pack."
        )
        spoken = Words(f"Read out: {spell(made.password)}", "hint")
        block = stacked(Words("Password", "subheading"), Words(text), field, spoken, gap=8)
        return _with_button(block, copy)

    def _copy(self, password: str, pressed: QWidget) -> None:
        clipboard = QGuiApplication.clipboard()
        clipboard.setText(password)
        announce(pressed, "Copied. It is taken from the clipboard after a minute.")

        def forget() -> None:
            if clipboard.text() == password:
                clipboard.clear()

        QTimer.singleShot(CLIPBOARD_MS, forget)
        if (program := QCoreApplication.instance()) is not None:
            program.aboutToQuit.connect(forget)  # the minute may not be over by then

    def _how_to_send(self, made: PackMade) -> QWidget:
        to = recipient(self.view.judgement.facts)
        officer = f" The named officer is {to.officer}, {to.officer_role}." if to.officer else ""
        checked = long_day(to.checked)
        if to.email:
            how: tuple[str, ...] = (
                f"Open the draft {made.draft_mail.name}: it is addressed and has the pack attached.",
                f"See that it goes to {to.where}.{officer} We last made sure of both on {checked}.",
                "Send it from your school account, not from one at home.",
            )
        else:
            how = (
                *self._noted_officer(),
                *to.steps,
                f"If the council asks for it by e-mail: open the draft {made.draft_mail.name}, which has the pack "
                "attached, and put in the address that the council gave you. Send it from your school account.",
                f"This way of sending was last looked up on {checked}.",
            )
        steps = (*how, "Telephone the council with the password.", "Come back here and say that it is sent.")
        lines = [Words(f"{number}.  {text}") for number, text in enumerate(steps, 1)]
        return stacked(Words("Send it", "subheading"), *lines, gap=6)

    def _noted_officer(self) -> Iterator[str]:
        facts = self.view.judgement.facts
        name, reach = (facts.value("named_officer", field) for field in ("name", "reach"))
        if isinstance(name, str):
            yield f"You entered as the council’s named officer: {', '.join(filter(None, (name, reach)))}."

    def _next_steps(self) -> QWidget:
        lines: list[QWidget] = [
            Link(f"{due.words}: {self.say(due.title)}", partial(self.go_to.emit, due.page))
            for due in due_dates(self.view.judgement)
            if due.page in AFTER
        ]
        steps = (
            "The council may ask professionals, the parents and the pupil for their views before it decides.",
            "Go on with the support that this referral describes until other teaching starts.",
        )
        lines += [Words(f"•  {text}") for text in steps]
        hint = Words("The school answers for making sure that it has arrived.", "hint")
        note = Link("Note what the council says", lambda: self.go_to.emit("receipt"))
        return stacked(Words("What happens next", "subheading"), *lines, hint, note, gap=6)


def _with_button(block: QWidget, pressed: QWidget) -> QWidget:
    layout = block.layout()
    if layout is not None:
        layout.addWidget(pressed)
        layout.setAlignment(pressed, Qt.AlignmentFlag.AlignLeft)
    return block
