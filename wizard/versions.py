"""Under which version of a council's file a referral was begun, what changed for it since, and moving over. Pure.

The older file is not there any more, so a referral keeps what mattered of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from forms.kit.ask import questions
from forms.kit.authority import AuthorityProfile
from forms.kit.dates import long_day
from forms.kit.page import Page
from forms.kit.policy import Level, Requirement
from forms.own import is_own
from wizard.case import Case
from wizard.errors import UnusableInput
from wizard.validation.conditions import CONDITIONS
from wizard.validation.facts import Facts
from wizard.validation.requirements import applies, pages_asked

_APART = "/"
"""Stands between a council's id and that of a requirement, while the referral is for another council."""
_NOW = {
    Level.MUST: "it has to be met before the pack goes",
    Level.SHOULD: "it is expected, and the pack may go without it",
    Level.INFORM: "it is for information only",
}


class _Row(BaseModel):
    title: str
    level: Level
    when: tuple[str, ...] = ()
    must_when: tuple[str, ...] = ()


class _Signer(BaseModel):
    title: str
    statement: str
    when: tuple[str, ...] = ()


class _Known(BaseModel):
    requirements: dict[str, _Row] = {}
    questions: dict[str, str] = {}
    asks: tuple[str, ...] = ()
    signers: dict[str, _Signer] = {}


def record(profile: AuthorityProfile) -> dict[str, Any]:
    """What a referral keeps of the council's file that it is begun under, as JSON."""
    known = _Known(
        requirements={row.id: _Row(**row.model_dump(include=set(_Row.model_fields))) for row in profile.requirements},
        questions=_own_questions(profile),
        asks=profile.asks,
        signers={one.role: _Signer(**one.model_dump(include=set(_Signer.model_fields))) for one in profile.signers},
    )
    return known.model_dump(mode="json", exclude_defaults=True)


def outdated(case: Case, profile: AuthorityProfile) -> bool:
    """Whether the council's file is another version than the one that the referral was begun under."""
    return bool(case.authority_version) and case.authority_version != profile.version


def spoken(version: str) -> str:
    """A version in words: most are dates."""
    try:
        return long_day(date.fromisoformat(version))
    except ValueError:
        return version


def changes(before: Mapping[str, Any], facts: Facts) -> tuple[str, ...] | None:
    """What the installed file asks of this referral that the older one did not, and the other way round.

    Args:
        before: what the referral kept of the older file.
        facts: the referral in the light of the installed file.

    Returns:
        A sentence for each, with ``{pupil}`` where the name belongs; ``None`` where nothing was kept of the older file.
    """
    try:
        known = _Known.model_validate(before) if before else None
    except ValidationError:
        known = None
    if known is None:
        return None
    return (*_requirements(known, facts), *_questions(known, facts), *_signers(known, facts))


def _requirements(known: _Known, facts: Facts) -> Iterator[str]:
    now = {row.id: row for row in facts.profile.requirements if applies(row.when, facts)}
    then = {id: row for id, row in known.requirements.items() if _applied(row.when, facts)}
    for id, row in now.items():
        level = _level(row, facts)
        if id not in then:
            yield f"New: {_sentence(row.title)} Now {_NOW[level]}."
        elif level is not _level(then[id], facts):
            yield f"Changed: {_sentence(row.title)} Now {_NOW[level]}."
    for id, old in then.items():
        if id not in now:
            yield f"No longer asked: {_sentence(old.title)}"


def _questions(known: _Known, facts: Facts) -> Iterator[str]:
    own_before, asked_before = {key.partition(".")[0] for key in known.questions}, _asked_before(known, facts)
    asked_now = pages_asked(facts)
    yield from (f"Page no longer asked: {_sentence(page.task)}" for page in asked_before if page not in asked_now)
    for page in asked_now:
        if page not in asked_before or (is_own(page.id) and page.id not in own_before):
            yield f"New page: {_sentence(page.task)}"
        elif is_own(page.id):
            new = (one for one in questions(page) if f"{page.id}.{one.name}" not in known.questions)
            yield from (f"New question on the page “{page.task}”: {_sentence(one.ask.label)}" for one in new)
    own = _own_questions(facts.profile)
    gone = (label for key, label in known.questions.items() if key not in own and _answered(facts, key))
    yield from (f"No longer asked, and your answer is kept: {_sentence(label)}" for label in gone)


def _asked_before(known: _Known, facts: Facts) -> tuple[type[Page], ...]:
    """The pages that the same answers put under the question sets of the older file."""
    authority = facts.profile.model_copy(update={"asks": known.asks})
    answers = facts.case.view(replace(facts.answers.context, authority=authority))
    return tuple(page for page in facts.pages.values() if answers.asks(page))


def _signers(known: _Known, facts: Facts) -> Iterator[str]:
    now = {one.role: one for one in facts.profile.signers if applies(one.when, facts)}
    then = {role: one for role, one in known.signers.items() if _applied(one.when, facts)}
    for role, one in now.items():
        if role not in then:
            yield f"New signature: {one.title}."
        elif one.statement != then[role].statement:
            yield f"The words over the signature have changed: {one.title}. A signature given before stands."
    yield from (f"Signature no longer asked for: {one.title}." for role, one in then.items() if role not in now)


def _applied(when: tuple[str, ...], facts: Facts) -> bool:
    """Whether older conditions hold; one that there is no longer cannot speak against it."""
    return applies([name for name in when if name in CONDITIONS], facts)


def _level(row: Requirement | _Row, facts: Facts) -> Level:
    return Level.MUST if row.must_when and _applied(row.must_when, facts) else row.level


def _answered(facts: Facts, key: str) -> bool:
    page, _, name = key.partition(".")
    raw = facts.case.answers.get(page)
    return isinstance(raw, Mapping) and bool(raw.get(name))


def _own_questions(profile: AuthorityProfile) -> dict[str, str]:
    return {f"{page.id}.{one.name}": one.label for page in profile.pages for one in page.questions}


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def taken_up(case: Case, profile: AuthorityProfile) -> Case:
    """The referral under the installed version of its council's file; nothing else changes."""
    return replace(case, authority_version=profile.version, known=record(profile))


def moved(case: Case, to: AuthorityProfile) -> Case:
    """The referral for another council: signatures go, everything else stays, unseen where that council does not ask.

    Reasons and documents belong to requirements; councils may call theirs the same, so those of the council that it
    leaves wait under its name until the referral comes back.

    Raises:
        UnusableInput: the pack has gone to the council already.
    """
    if case.sent is not None:
        raise UnusableInput("This referral has been sent already.", "Begin a new one for the other council.")

    def there(id: str) -> str:
        if id.startswith(to.id + _APART):
            return id.removeprefix(to.id + _APART)
        return id if _APART in id else f"{case.authority}{_APART}{id}"

    return replace(
        taken_up(case, to),
        authority=to.id,
        signatures=(),
        reasons={there(id): words for id, words in case.reasons.items()},
        evidence=tuple(replace(fact, answers=tuple(map(there, fact.answers))) for fact in case.evidence),
    )
