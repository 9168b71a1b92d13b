"""What conditions and checks look at: the answers as read, and what lies beside them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from forms.catalogue import PAGES, pages_of
from forms.kit.ask import questions_by_name
from forms.kit.authority import AuthorityProfile
from forms.kit.calendar import compulsory_age
from forms.kit.page import Answers, Context, Page
from forms.kit.policy import Requirement, Stage
from wizard.case import Case, Signature
from wizard.register import Count, Session, sickness_return_due
from wizard.register_answers import counted, register_sessions


@dataclass(frozen=True)
class Facts:
    """A referral in the light of a council's policy on a day."""

    case: Case
    profile: AuthorityProfile
    answers: Answers
    sessions: tuple[Session, ...] = ()

    @classmethod
    def of(cls, case: Case, profile: AuthorityProfile, today: date) -> "Facts":
        """Read a referral."""
        sessions = register_sessions(case.answers)
        found = counted(case.answers, profile.threshold_days, sessions)
        days = None if found is None else max(float(found.cumulative_days), float(found.longest_run))
        due = _sickness_return_due(case.answers, found, today)
        context = Context(profile, today, health_days=days, sickness_return_due=due, sent=case.sent)
        return cls(case, profile, case.view(context), sessions)

    @cached_property
    def held(self) -> dict[str, bool]:
        """Which conditions hold, as far as has been asked: many rows name the same."""
        return {}

    @cached_property
    def pages(self) -> Mapping[str, type[Page]]:
        """Every page of a referral to this council, by id, in order."""
        return pages_of(self.profile)

    @property
    def today(self) -> date:
        """The day on which it is judged."""
        return self.answers.context.today

    @property
    def sender(self) -> tuple[str, str]:
        """Who refers: name and role of a person, and the body they belong to; empty where not answered."""
        if self.answers.asks(PAGES["referrer"]):
            given = tuple(self.value("referrer", name) or "" for name in ("name", "role", "organisation"))
            return ", ".join(part for part in given[:2] if part), given[2]
        senco = self.value("school", "senco")
        return f"{senco}, SENCO" if isinstance(senco, str) else "", self.value("school", "name") or ""

    def page(self, name: str) -> type[Page]:
        """The page of that id, which a council file may name."""
        return self.pages[name]

    def value(self, page: str, name: str) -> Any:  # noqa: ANN401 - the type is the field's
        """A good answer, or ``None``."""
        if page not in self._values:
            model = self.pages[page]
            self._values[page] = self.answers.reading(model).values if self.answers.asks(model) else {}
        return self._values[page].get(name)

    @cached_property
    def _values(self) -> dict[str, Mapping[str, Any]]:
        """The good answers of the pages that were looked at; rules look at the same ones again and again."""
        return {}

    def cards(self, page: str, name: str) -> tuple[Any, ...]:
        """The cards of a good answer; none where it is not answered, or not known."""
        value = self.value(page, name)
        return value if isinstance(value, tuple) else ()

    @property
    def later(self) -> frozenset[str]:
        """Requirements that hold back nothing but what comes after sending: their reasons are no part of the pack."""
        return frozenset(row.id for row in self.profile.requirements if row.stage is not Stage.PACK)

    @property
    def apart(self) -> frozenset[str]:
        """Requirements that are met by signing, or only after sending: their reasons do not undo signatures."""
        rows = self.profile.requirements
        return self.later | {row.id for row in rows if any(call.name == "signed" for call in row.satisfied_by)}

    @property
    def pack_digest(self) -> str:
        """Digest of what the pack is made from, and of who signed that: another one, and the pack is out of date."""
        made_from = [self.case.signed_digest(self.later), *map(astuple, self.valid_signatures())]
        return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()[:32]

    def valid_signatures(self) -> tuple[Signature, ...]:
        """The signatures that still stand, given in a way that the council accepts."""
        return tuple(one for one in self.case.valid_signatures(self.apart) if one.method in self.profile.signing)

    def documents_for(self, requirement: Requirement) -> tuple[int, ...]:
        """Numbers, from 1, of the documents that answer a requirement; what the council does not get proves nothing.

        What is linked to another case of its row counts too, unless a page is asked that says it: an appointment card
        that is linked as medical evidence does not speak of school because some other paper does.
        """
        if not requirement.rows or (not requirement.evidence and self.answers.asks(self.page(requirement.page))):
            return tuple(self._documents.get(requirement.id, ()))
        found = {n for row in (requirement.id, *requirement.rows) for n in self._documents.get(row, ())}
        return tuple(sorted(found))

    @cached_property
    def _documents(self) -> dict[str, list[int]]:
        """Numbers of the documents that go with the pack, by each row that they are said to answer."""
        found: dict[str, list[int]] = {}
        for number, item in enumerate(self.case.evidence, 1):
            for row in item.answers if item.goes else ():
                found.setdefault(row, []).append(number)
        return found

    def is_(self, page: str, name: str, *values: str) -> bool:
        """Whether the answer is one of these stored values."""
        return self.value(page, name) in values


def _sickness_return_due(raw: Mapping[str, Any], found: Count | None, today: date) -> bool:
    """Whether a sickness return is due, by the answers as far as they are good."""
    if _good(raw, "route", "on_roll") == "no":
        return False
    typed = _good(raw, "attendance", "health_sessions") if found is None else None
    expected = _good(raw, "attendance", "expected_days")
    if found is None and not isinstance(typed, Decimal):
        return False  # nor where it is said to be not known
    born = _good(raw, "pupil", "born")
    first, last = compulsory_age(born) if isinstance(born, date) else (today, today)
    return sickness_return_due(found, (typed or Decimal(0)) / 2, expected or Decimal(0), first <= today <= last)


def _good(raw: Mapping[str, Any], page: str, name: str) -> Any:  # noqa: ANN401 - the type is the field's
    """A raw answer read by itself, before there is a context to read pages in; ``None`` where it is not good."""
    answers = raw.get(page)
    typed = answers.get(name) if isinstance(answers, Mapping) else None
    if typed in (None, ""):
        return None
    try:
        return questions_by_name(PAGES[page])[name].adapter.validate_python(typed)
    except ValidationError:
        return None
