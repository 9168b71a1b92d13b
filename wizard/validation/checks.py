"""The closed set of checks that a council's file may name: whether a row is satisfied."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from forms.kit.ask import NotKnown
from forms.kit.policy import CheckCall, Requirement
from wizard.validation.conditions import missed_days, of_compulsory_age
from wizard.validation.facts import Facts

Check = Callable[[Facts, Requirement, CheckCall], bool]


def _answered(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """A reason for not knowing is an answer to the question (E64), but does not do what the policy asks."""
    return all(_known(facts.value(call.page, name)) for name in call.fields)


def _complete(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """Every question of the page is answered."""
    return facts.answers.get(facts.page(call.page)) is not None


def _is(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """Each of the answers is, or has among it, one of the values."""
    return all(_among(facts.value(call.page, name), call.values) for name in call.fields)


def _among(value: object, values: Sequence[str]) -> bool:
    return any(one in values for one in value) if isinstance(value, tuple) else value in values


def _includes(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """All of the values are chosen."""
    chosen = facts.value(call.page, call.fields[0])
    return isinstance(chosen, tuple) and set(call.values) <= set(chosen)


def _filled_in_here(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """The first field says that it is answered here, and the others are answered."""
    where, *answers = call.fields
    return facts.is_(call.page, where, "here") and all(facts.value(call.page, one) not in (None, ()) for one in answers)


def _cards(facts: Facts, call: CheckCall) -> Sequence[Any]:
    return facts.cards(call.page, call.fields[0])


def _at_least(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """There are so many cards."""
    return len(_cards(facts, call)) >= call.at_least


def _every_card(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """There are cards, and each has the other fields answered."""
    cards = _cards(facts, call)
    return bool(cards) and all(getattr(card, name) not in (None, ()) for card in cards for name in call.fields[1:])


def _cards_cover(facts: Facts, requirement: Requirement, call: CheckCall) -> bool:
    """Every card is whole, and between them their first field has all of the values."""
    there = {getattr(card, call.fields[1]) for card in _cards(facts, call)}
    return set(call.values) <= there and _every_card(facts, requirement, call)


def _some_card(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """One card has one of the values in each of the fields."""
    return any(
        all(_among(getattr(card, name), call.values) for name in call.fields[1:]) for card in _cards(facts, call)
    )


def _every_card_any(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """Each card has a known answer to at least one of the questions."""
    cards = _cards(facts, call)
    return bool(cards) and all(any(_known(getattr(card, name)) for name in call.fields[1:]) for card in cards)


def _every_such_card(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """Cards whose first question has one of the values, ``at_least`` so many, know the answers to the others."""
    which, *names = call.fields[1:]
    such = [card for card in _cards(facts, call) if _among(getattr(card, which), call.values)]
    return len(such) >= call.at_least and all(_known(getattr(card, name)) for card in such for name in names)


def _known(value: object) -> bool:
    return value not in (None, ()) and not isinstance(value, NotKnown)


def _newer_than(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """Dates that lie no more than so many days back."""
    found = [facts.value(call.page, name) for name in call.fields]
    return all(isinstance(day, date) and (facts.today - day).days <= call.days for day in found)


def _still_to_come(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """Dates that lie at least so many days ahead."""
    found = [facts.value(call.page, name) for name in call.fields]
    return all(isinstance(day, date) and (day - facts.today).days >= call.days for day in found)


def _cards_before(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """There are cards, and the date on each lies before the page's own date."""
    last = facts.value(call.page, call.fields[2])
    days = [getattr(card, call.fields[1]) for card in _cards(facts, call)]
    return bool(days) and last is not None and all(day is not None and day < last for day in days)


def _attached(facts: Facts, requirement: Requirement, _: CheckCall) -> bool:
    """A document is linked to the requirement on the evidence page."""
    return bool(facts.documents_for(requirement))


def _codes_absent(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """The register, if there is one, has none of these codes."""
    return not {one.code for one in facts.sessions} & set(call.values)


def _signed(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """Everybody in one of these roles has signed."""
    return set(call.values) <= {signature.role for signature in facts.valid_signatures()}


def _threshold_met(facts: Facts, _: Requirement, __: CheckCall) -> bool:
    """As many school days are missed or expected to be as the council's threshold says."""
    days = missed_days(facts)
    return days is not None and days >= facts.profile.threshold_days


def _missed_fewer_than(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """So far as is known and expected, health costs fewer school days than this; unknown days are not few."""
    missed = missed_days(facts)
    return missed is not None and missed < call.days


def _sum_at_least(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """What the cards cost comes to so much."""
    total = sum((Decimal(card.cost()) for card in _cards(facts, call)), Decimal(0))
    return total >= Decimal(call.values[0])


def _notice_days(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """Between the two dates lie so many days."""
    first, second = (facts.value(call.page, name) for name in call.fields[:2])
    return first is not None and second is not None and (second - first).days >= call.at_least


def _compulsory_age(facts: Facts, _: Requirement, __: CheckCall) -> bool:
    """The pupil is of compulsory school age beyond doubt."""
    return of_compulsory_age(facts)


def _recipient_checked(facts: Facts, _: Requirement, call: CheckCall) -> bool:
    """Somebody made sure of the council's addresses and officers within so many days."""
    oldest = min(one.checked for one in (facts.profile.recipient, *facts.profile.recipients))
    return (facts.today - oldest).days <= int(call.values[0])


CHECKS: Final[dict[str, Check]] = {
    "answered": _answered,
    "complete": _complete,
    "is": _is,
    "includes": _includes,
    "filled_in_here": _filled_in_here,
    "at_least": _at_least,
    "every_card": _every_card,
    "some_card": _some_card,
    "every_card_any": _every_card_any,
    "every_such_card": _every_such_card,
    "newer_than": _newer_than,
    "still_to_come": _still_to_come,
    "cards_before": _cards_before,
    "cards_cover": _cards_cover,
    "attached": _attached,
    "codes_absent": _codes_absent,
    "signed": _signed,
    "threshold_met": _threshold_met,
    "missed_fewer_than": _missed_fewer_than,
    "sum_at_least": _sum_at_least,
    "notice_days": _notice_days,
    "compulsory_age": _compulsory_age,
    "recipient_checked": _recipient_checked,
}
"""Check names to what they look at."""
