"""Requests to Dorset as a school makes them: what is asked before a request, answered in full."""

from typing import Any

from tests.validation.dorset_placements import SCHOOL as PLACED
from tests.validation.essex_referrals import Pages

CYCLE = {
    "start": "2026-03-02",
    "assess": "Talks with the pupil and her mother.",
    "outcomes": "Enters the building twice a week.",
    "provision": "Key adult at the gate, daily.",
    "who": "Learning mentor",
    "review_date": "2026-06-15",
    "result": "partly",
    "review_result": "Twice a week until May.",
}
AGREES = {"agrees": "yes", "date": "2026-11-10", "method": "person", "asked_by": "Priya Nair, SENCO"}
CANNOT: dict[str, Any] = {
    "agrees": "cannot",
    **dict.fromkeys(("date", "method", "asked_by")),
    "because": "illness",
    "reason": "She is in intensive care.",
    "judged_by": "Dr Osei, consultant",
}
REQUEST: Pages = {
    **PLACED,
    "clinical_advice": {"advice": "supports", "advice_from": "Dr Osei, CAMHS, 3 November 2026"},
    "named_person": {"named_person": "Rita Cole", "accessibility_plan": "On our site, under policies."},
    "notification": {
        "triggers": ["long_term"],
        "notified": "yes",
        "notified_on": "2026-10-01",
        "reference": "ACE-1042",
    },
    "planning": {
        "team": "yes",
        "team_contact": "Ada Finch, inclusion officer",
        "team_on": "2026-09-21",
        "meetings": [{"kind": "targeted", "date": "2026-10-05", "outcome": "A later start; look again in November."}],
        "partners": [
            {"who": "medical_advisory", "name": "Sam Okoro", "date": "2026-10-07", "said": "A room to rest in."}
        ],
    },
    "graduated_approach": {"provided": "here", "cycles": [CYCLE]},
    "ebsa_guidance": {"used": "yes", "done": "The card sort, twice.", "effect": "She named the corridor."},
    "full_time": {
        "full_time": "no",
        "hours": "10",
        "why_part_time": "She is worn out after two hours, says Dr Osei.",
        "consulted": ["child", "parents", "school", "medical"],
    },
    "wishes": {"kinds": ["centre", "return"]},
    "panel": {"representative": "Priya Nair", "role": "SENCO"},
    "pupil_consent": AGREES,
    "health_plan": {
        "exists": "yes",
        "provided": "attached",
        "made": "2026-05-04",
        "shared_parents": "yes",
        "shared_pupil": "yes",
    },
    "health_plan_review": {"reviewed": "2026-05-04", "return_plan": "yes"},
}
PAPERS = ("D102", "D41")
