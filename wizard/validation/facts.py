"""What conditions and checks look at: the answers as read, and what lies beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from forms.catalogue import PAGES
from forms.kit.authority import AuthorityProfile
from forms.kit.page import Answers, Context, Page
from wizard.case import Case
from wizard.register import count, register_sessions


@dataclass(frozen=True)
class Facts:
    """A referral in the light of a council's policy on a day."""

    case: Case
    profile: AuthorityProfile
    answers: Answers

    @classmethod
    def of(cls, case: Case, profile: AuthorityProfile, today: date) -> "Facts":
        """Read a referral."""
        context = Context(profile, today, health_days=_health_days(case.answers))
        return cls(case, profile, case.view(context))

    @property
    def today(self) -> date:
        """The day on which it is judged."""
        return self.answers.context.today

    def page(self, name: str) -> type[Page]:
        """The page of that id, which a council file may name."""
        return PAGES[name]

    def value(self, page: str, name: str) -> Any:  # noqa: ANN401 - the type is the field's
        """A good answer, or ``None``."""
        return self.answers.value(PAGES[page], name)

    def cards(self, page: str, name: str) -> tuple[Any, ...]:
        """The cards of a good answer; none where it is not answered, or not known."""
        value = self.value(page, name)
        return value if isinstance(value, tuple) else ()

    def is_(self, page: str, name: str, *values: str) -> bool:
        """Whether the answer is one of these stored values."""
        return self.value(page, name) in values


def _health_days(raw: Mapping[str, Any]) -> float | None:
    """School days lost to health by the register that was read in, if one was."""
    sessions = register_sessions(raw)
    return float(count(sessions).cumulative_days) if sessions else None
