"""From a judged referral to the content of its pack: every word that will be printed, before any layout."""

import base64
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from forms.kit.ask import NotKnown
from forms.kit.calendar import age, year_group, year_name
from forms.kit.codes import REGISTER_CODES
from forms.kit.policy import Level, Stage
from wizard.blacked_out import held_back, plain_name, words
from wizard.case import Signature
from wizard.evidence_fact import FOR_SCHOOL, EvidenceFact, for_readers
from wizard.pack.brief import brief
from wizard.pack.content import ChecklistItem, EvidenceItem, Fact, PackContent, RegisterWeek, SignatureItem
from wizard.pack.drawn_up import drawn_up
from wizard.pack.originals import kind_of, name_in_pack
from wizard.profile import domains
from wizard.register import calendar_weeks
from wizard.register_answers import counted, register_sessions
from wizard.sought_words import holds
from wizard.summary import printed, summarise, wording
from wizard.validation.conditions import expected_days, missed_days
from wizard.validation.facts import Facts
from wizard.validation.requirements import Finding, Judgement, State, pack_title, recipient, signers


def compose(
    judgement: Judgement,
    document: Callable[[EvidenceFact], bytes],
    created: datetime,
    *,
    original: Callable[[EvidenceFact], bytes] = lambda _: b"",
    draft: bool,
    sealed: bool,
    integrity: tuple[str, ...] = (),
) -> PackContent:
    """Gather what goes into a pack.

    Args:
        judgement: the referral as judged on the day of ``created``.
        document: gives the cleaned PDF of an evidence document.
        created: the time to print, and to date the file by.
        original: gives an evidence document as it was offered, where it is to travel in the pack; or nothing.
        draft: whether it is marked as one.
        sealed: whether a seal will be put into it.
        integrity: sentences on the seal, from whoever will make it.
    """
    facts = judgement.facts
    sessions = register_sessions(facts.case.answers)
    codes = sorted({session.code for session in sessions} & set(REGISTER_CODES))
    summary = brief(judgement)
    profile = domains(facts.answers)
    return PackContent(
        reference=facts.case.reference or f"R-{facts.case.signed_digest()[:6].upper()}",
        created=created,
        title=pack_title(facts),
        council=f"{facts.profile.name}, {recipient(facts).name}",
        pupil_name=_full_name(facts),
        pupil_line=_pupil_line(facts, created.date()),
        cover=tuple(fact for fact in _cover(judgement) if fact.text),
        brief=tuple(paragraphs for _, paragraphs in summary),
        checklist=tuple(_item(judgement, finding) for finding in judgement.findings if _told(finding)),
        sections=(*summarise(facts.answers), *drawn_up(judgement)),
        evidence=tuple(
            _evidence(judgement, number, fact, document, original) for number, fact in enumerate(facts.case.evidence, 1)
        ),
        signatures=tuple(_signature(judgement, signature) for signature in facts.valid_signatures()),
        integrity=integrity,
        register_weeks=tuple(RegisterWeek(week.monday, week.days) for week in calendar_weeks(sessions)),
        register_page="attendance" if sessions else "",
        code_meanings=tuple((code, REGISTER_CODES[code].meaning) for code in codes),
        profile=profile,
        profile_page="risk_profile" if profile else "",
        draft=draft,
        sealed=sealed,
        brief_pages=tuple(page for page, _ in summary),
    )


def _text(facts: Facts, page: str, name: str) -> str:
    return printed(facts.value(page, name))


def _full_name(facts: Facts) -> str:
    names = (_text(facts, "pupil", "first_name"), _text(facts, "pupil", "surname"))
    return " ".join(name for name in names if name) or "Name not answered yet"


def _pupil_line(facts: Facts, today: date) -> str:
    born = facts.value("pupil", "born")
    parts = []
    if isinstance(born, date):
        chosen = _text(facts, "pupil", "year_group")
        year = chosen or year_name(year_group(born, today))
        parts = [f"born {printed(born)}", f"{age(born, today)} years", year]
    upn = _text(facts, "pupil", "upn")
    return " · ".join([*parts, f"UPN {upn}"] if upn and not upn.startswith("Not known") else parts)


def _cover(judgement: Judgement) -> Iterator[Fact]:
    facts = judgement.facts
    school = ", ".join(part for part in (_text(facts, "school", "name"), _text(facts, "school", "dfe_number")) if part)
    since = _text(facts, "school", "on_roll_since")
    yield Fact("School", f"{school}, on roll since {since}" if school and since else school, "school")
    yield _officer(facts)
    referrer = (_text(facts, "referrer", name) for name in ("name", "role", "organisation"))
    yield Fact("Referred by", ", ".join(part for part in referrer if part), "referrer")
    yield Fact("Asks for", _text(facts, "request", "provision"), "request")
    yield Fact("Why", _why(facts), "health_needs")
    yield Fact("Missed", missed(judgement), "attendance")
    yield Fact("Contacts", " · ".join(_contacts(facts)), "school")


def _officer(facts: Facts) -> Fact:
    """The council's officer: as its file has it, or else as the school was told."""
    to = recipient(facts)
    if to.officer:
        return Fact("Named officer", ", ".join(part for part in (to.officer, to.officer_role) if part))
    told = facts.value("named_officer", "name")
    return Fact("Named officer", "" if isinstance(told, NotKnown) else printed(told), "named_officer")


def _why(facts: Facts) -> str:
    conditions = facts.cards("health_needs", "conditions")
    named = [f"{card.name} ({card.status.label.lower()})" for card in conditions]
    if facts.is_("route", "ebsa", "yes"):
        named.append("emotionally based school avoidance")
    return "; ".join(named)


def missed(judgement: Judgement) -> str:
    """School days lost so far and to come, and attendance, in a line."""
    facts = judgement.facts
    days = missed_days(facts)
    if days is None:
        return ""
    threshold = facts.profile.threshold_days
    expected = expected_days(facts)
    words = f"{days - expected:g} school days because of health"
    if expected:
        words += f" so far, {expected:g} more expected"
    if threshold and days < threshold:
        words += f" (the policy speaks of {threshold})"
    found = counted(facts.case.answers, threshold)
    if found is not None and found.percentage is not None:
        words += f"; attendance {found.percentage} %"
    return words


def _contacts(facts: Facts) -> Iterator[str]:
    senco, phone = (facts.value("school", name) for name in ("senco", "senco_phone"))
    if isinstance(senco, str):
        yield f"{senco}, SENCO, {_unbroken(phone) if isinstance(phone, str) else ''}".rstrip(", ")
    if referrer := _text(facts, "referrer", "name"):
        yield f"{referrer}, {_unbroken(_text(facts, 'referrer', 'phone'))}".rstrip(", ")
    for adult in facts.cards("family", "adults")[:1]:
        yield f"{_short(adult.name)}, {_within(adult.relationship)}, {_unbroken(printed(adult.phone))}"


def _within(words: str) -> str:
    """Words as they stand within a sentence: names in them keep their capitals."""
    return words[:1].lower() + words[1:]


def _short(name: str) -> str:
    """A name without what stands in brackets after it, such as its spelling in another script."""
    return name.partition(" (")[0]


def _unbroken(phone: str) -> str:
    """A telephone number that stays on one line."""
    return phone.replace(" ", "\N{NO-BREAK SPACE}") if phone[:1].isdigit() else phone


def _told(finding: Finding) -> bool:
    """Whether the checklist has anything to say of it: not what does not apply, nor what was only information."""
    if finding.state is State.NOT_NEEDED or finding.requirement.stage is not Stage.PACK:
        return False
    return finding.state is State.MET or finding.level is not Level.INFORM


def _item(judgement: Judgement, finding: Finding) -> ChecklistItem:
    row, profile = finding.requirement, judgement.facts.profile
    return ChecklistItem(
        id=row.id,
        title=wording(row.title, judgement.facts.answers),
        level=str(finding.level),
        state=str(finding.state),
        source=profile.source(row.source),
        reason=finding.reason if finding.state is State.REASON else "",
        page=row.page,
        evidence=finding.evidence,
    )


def _evidence(
    judgement: Judgement,
    number: int,
    fact: EvidenceFact,
    document: Callable[[EvidenceFact], bytes],
    original: Callable[[EvidenceFact], bytes],
) -> EvidenceItem:
    titles = (wording(f.requirement.title, judgement.facts.answers) for f in judgement.findings if number in f.evidence)
    refused = fact.outcome == "refused"
    others = judgement.facts.case.evidence
    file, travels = plain_name(number, fact.file, words(others)), fact.travels and fact.file not in held_back(others)
    return EvidenceItem(
        number=number,
        title=fact.title or file,
        kind=kind_of(fact.kind).words,
        pages=len(fact.shown),
        pdf=b"" if refused else document(fact),
        outcome=fact.outcome or "included",
        sha256=fact.sha256,
        dated=date.fromisoformat(fact.dated) if fact.dated else None,
        answers=tuple(titles),
        notices=(*for_readers(fact.notices), *_left_out(fact, travels)),
        turns=tuple(fact.turn(page) for page in range(1, fact.pages + 1)),
        omit=fact.omit,
        order=fact.order,
        within=_came_with(fact, others),
        file=file,
        kind_id=fact.kind,
        why=_what_happened(fact.why),
        original=original(fact) if travels else b"",
        travels_as=name_in_pack(number, file, fact.kind),
    )


def _what_happened(why: str) -> str:
    """What the council is told of a refusal; of one that was kept before such were divided, the first sentence."""
    return "".join(for_readers([why])) if FOR_SCHOOL in why else re.split(r"(?<=[.?!])\s", why, maxsplit=1)[0]


def _came_with(fact: EvidenceFact, others: Sequence[EvidenceFact]) -> str:
    """The message or archive in which a document came, by its number in the pack."""
    if not fact.within:
        return ""
    sought = words(others)
    for number, one in enumerate(others, 1):
        if one.file == fact.within:
            return f"Evidence {number}, {one.title or plain_name(number, one.file, sought)}"
    name = "A file" if holds(sought, fact.within) else f"“{fact.within}”"
    return f"{name}, which is not in this pack"


def _left_out(fact: EvidenceFact, travels: bool) -> Iterator[str]:
    if fact.omit:
        pages = ", ".join(map(str, sorted(set(fact.omit))))
        yield f"The school left out {'page' if len(set(fact.omit)) == 1 else 'pages'} {pages} of {fact.pages}."
    if fact.shown != tuple(sorted(fact.shown)):
        yield "The school put the pages in another order."
    if fact.with_original and not travels:
        yield "The original is not sent: it would show what was left out."


def _signature(judgement: Judgement, signature: Signature) -> SignatureItem:
    titles = {signer.role: signer.title for signer in signers(judgement.facts)}
    return SignatureItem(
        name=signature.name,
        role=titles.get(signature.role, signature.role),
        method=signature.method,
        when=datetime.fromisoformat(signature.when),
        statement=wording(signature.statement, judgement.facts.answers),
        picture=base64.b64decode(signature.picture),
        digest=signature.digest,
    )
