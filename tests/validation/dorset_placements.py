"""Requests to Dorset about a placement: layers of answers over those of the anxious pupil."""

from dataclasses import replace
from typing import Any

from tests.validation.essex_referrals import EHCP, GONE, NO_SCHOOL, REFERRER, TODAY, Pages, changed
from tests.validation.test_after_sending import SENT
from wizard.case import Case, Signature
from wizard.councils import council
from wizard.evidence_fact import EvidenceFact
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, judge, signers


def expert(who: str, involved: str = "yes") -> dict[str, str]:
    told = {"asked_on": "2026-09-14", "support": "A visit each week."} if involved == "yes" else {}
    return {"who": who, "involved": involved} | told


EXPERTS = [expert("ep"), expert("specialist_teacher"), expert("health"), expert("social_care", "not_applicable")]
AROUND_PLAN: dict[str, Any] = {
    "lead_informed": "yes",
    "lead": "Dele Moss, SEN Provision Lead",
    "lead_informed_on": "2026-10-05",
    "together": "A meeting each month with Dele Moss, the pupil and her mother.",
    "experts": EXPERTS,
    "joint_meeting": "2026-10-12",
    "fits_plan": "Ten hours with a key adult go on at the centre.",
    "specialist": "no",
}
SETTING: dict[str, Any] = {"current_provider": "Mathematics by video, twice a week.", "sen_panel": "2026-12-16"}
IN_CARE = {"in_care": "yes", "care_authority": "Dorset", "worker_name": "Dele Moss"}
DECIDING = {
    "social_worker": "yes",
    "social_worker_how": "At each meeting since May.",
    "virtual_school": "yes",
    "virtual_school_how": "By telephone before each step.",
    "pep": "2026-11-17",
}
HEALTH_LEAD = {"provider": "Dr Osei, CAMHS", "refers": "yes", "liaison": "The GP, in May.", "taken_off": "no"}
RETURN = {
    "aim": "Back in her tutor group.",
    "steps": [{"what": "A visit after lessons", "when": "When she sleeps well", "who": "Key adult"}],
    "adjustments": "A quiet entrance.",
    "settled_with": "Her mother and the tutor, in December.",
}
TOLD = {
    "told_on": "2026-12-08",
    "told_whom": "Ines Duarte, teacher in charge",
    "told_how": "The safeguarding volume, by secure e-mail.",
    "first_contact": "2027-01-08",
}
SCHOOL: Pages = {
    "named_officer": {"name": "Ada Finch", "reach": "01305 960200"},
    "timetable_notice": {"told": "yes", "told_on": "2026-10-05", "told_whom": "The attendance team, by e-mail."},
    "medical_papers": {"kinds": ["specialist", "appointment"], "from_provider": "yes", "says_effect": "yes"},
    "funding": {"factors": ["fsm6"], "pupil_premium": "yes", "top_up": "A mentor, an hour a day.", "head_noted": "yes"},
}
PLAN: Pages = {**SCHOOL, "route": {"sen": "ehcp", "anxiety": "yes"}, "ehcp": EHCP, "plan_services": AROUND_PLAN}
SPECIALIST: Pages = {**PLAN, "plan_services": {**AROUND_PLAN, **SETTING, "specialist": "yes"}}
CARE: Pages = {**SCHOOL, "care": IN_CARE, "care_decisions": DECIDING}
NO_ROLL: Pages = {
    **SCHOOL,
    "route": {"on_roll": "no", "home_educated": "no", "unit_discharge": "no"},
    "no_school": NO_SCHOOL,
    "referrer": REFERRER,
    "health_lead": HEALTH_LEAD,
    "named_officer": {"name": "Ada Finch", "contacted_on": "2026-10-01"},
}
GOING: Pages = {**SCHOOL, **GONE, "return_plan": RETURN, "handover": TOLD}
HEALTH_PLAN: Pages = {
    **SCHOOL,
    "health_plan": {
        "exists": "yes",
        "made": "2024-05-02",
        "shared_parents": "yes",
        "shared_pupil": "yes",
        "provided": "attached",
    },
    "health_plan_review": {"reviewed": "2026-05-04", "began_by": "Her mother", "return_plan": "yes"},
}


def judged(
    *layers: Pages, papers: tuple[str, ...] = (), sent: bool = False, unsigned: bool = False, **parts: Any
) -> Judgement:
    """A request to Dorset, signed by all unless by nobody, with a document for each of the papers."""
    evidence = tuple(EvidenceFact(f"{row}.pdf", answers=(row,), outcome="included") for row in papers)
    case = Case("dorset", "1", changed(*layers), evidence=evidence, diary=(SENT,) if sent else (), **parts)
    dorset = council("dorset")
    facts = Facts.of(case, dorset, TODAY)
    if unsigned:
        return judge(facts)
    digest = case.signed_digest(facts.apart)
    when = "2026-12-09T09:00+00:00"
    signed = (Signature(one.role, "A name", "typed", when, "It is so.", digest) for one in signers(facts))
    return judge(Facts.of(replace(case, signatures=tuple(signed)), dorset, TODAY))
