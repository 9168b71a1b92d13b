"""What the home page shows of a referral, in a row. Pure."""

from datetime import datetime

from wizard.schedule import next_due, progress
from wizard.summary import first_name, wording
from wizard.validation.requirements import Judgement


def overview(judgement: Judgement, now: datetime) -> dict[str, str]:
    """What the home page shows of a referral."""
    answers = judgement.facts.answers
    surname = answers.value(judgement.facts.page("pupil"), "surname")
    name = first_name(answers)
    pupil = "New referral" if name == "the pupil" else f"{name} {surname or ''}".strip()
    musts = sum(1 for point in judgement.points if point.level == "must")
    events = {entry.get("event") for entry in judgement.facts.case.diary}
    dated = next_due(judgement) if judgement.facts.case.sent else None
    return {
        "reference": judgement.facts.case.reference,
        "pupil": pupil,
        "council": judgement.facts.profile.name,
        "state": _state(judgement, events),
        "next": wording(dated.title, answers) if dated else _next(judgement, musts),
        "due": dated.on.isoformat() if dated else "",
        "changed": now.isoformat(timespec="seconds"),
    }


def _state(judgement: Judgement, events: set[str | None]) -> str:
    if judgement.facts.case.sent is not None:
        return progress(judgement)
    if "exported" in events:
        return "Pack made"
    if judgement.ready:
        return "Ready"
    return "Signing" if judgement.facts.valid_signatures() else "Draft"


def _next(judgement: Judgement, musts: int) -> str:
    if judgement.facts.case.sent is not None:
        return judgement.facts.page(judgement.later[0].page).task if judgement.later else "Nothing to do"
    if judgement.ready:
        return "Send the pack"
    return "1 thing to do" if musts == 1 else f"{musts} things to do"
