"""Receipt: that the pack was sent, and by whom, above the question whether it has arrived."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from forms.kit.dates import long_day
from wizard.pages.question import QuestionScreen
from wizard.pages.sent_form import WAYS
from wizard.pages.words import Box, Words
from wizard.validation.requirements import recipient


class ReceiptScreen(QuestionScreen):
    """Says when, how and by whom the pack was sent."""

    def above(self) -> Sequence[QWidget]:
        """What the diary says of the sending."""
        case = self.view.judgement.facts.case
        sent = next((entry for entry in reversed(case.diary) if entry.get("event") == "sent"), None)
        if sent is None or case.sent is None:
            return ()
        by, how = str(sent.get("by", "")), str(sent.get("how", ""))
        way = WAYS.get(how, "").lower()
        words = ", ".join(filter(None, (f"on {long_day(case.sent)}", by and f"by {by}", way)))
        to = recipient(self.view.judgement.facts)
        return (Box("done", Words(f"Sent {words}."), Words(f"To {to.where}", "hint")),)
