"""The commonest referral, answered in full: anxiety, EBSA, on roll, SEN support, no EHCP. Nobody in it is real."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

FACTOR = {"strength": "strong", "evidence": "Waits in the car until the yard is empty.", "who_says": ["staff"]}

ANXIOUS: dict[str, dict[str, Any]] = {
    "route": {
        "basis": "illness",
        "need": "mental",
        "ebsa": "yes",
        "pattern": "some",
        "sen": "support",
        "on_roll": "yes",
        "pregnant": "no",
        "hospital": "no",
        "unit_discharge": "no",
    },
    "pupil": {
        "first_name": "Amira",
        "surname": "Karim-O’Neill",
        "born": {"day": "27", "month": "March", "year": "2013"},
        "sex": "F",
        "upn": "b881999926001",
        "address": "12 Mill Lane\nChelmsford",
        "postcode": "cm11qh",
        "home_la": "Essex",
    },
    "care": {"in_care": "no", "social_care": "early_help", "worker_name": "Sam Reed"},
    "family": {
        "adults": [
            {
                "name": "Leyla Karim",
                "relationship": "Mother",
                "responsibility": "yes",
                "lives_with": "yes",
                "phone": "01632 960101",
            },
            {
                "name": "Tom O’Neill",
                "relationship": "Father",
                "responsibility": "yes",
                "lives_with": "no",
                "phone": {"because": "He has moved, and the mother is asking him."},
            },
        ],
        "emergency": "Leyla Karim, 01632 960101",
    },
    "school": {
        "name": "Mill Lane High School",
        "urn": "100000",
        "dfe_number": "8819999",
        "type": "academy",
        "phone": "01632 960200",
        "email": "office@milllane.example",
        "head": "Jo Marsh",
        "senco": "Priya Nair",
        "senco_email": "senco@milllane.example",
        "senco_phone": "01632 960201",
        "dsl": "Alan Voss",
        "slt_lead": "Rita Cole",
        "liaison": "Priya Nair",
        "chair": "Rita Cole",
    },
    "calendar": {
        "terms": [
            {
                "name": "Autumn 2026",
                "first": "2026-09-03",
                "last": "2026-12-18",
                "half_from": "2026-10-26",
                "half_to": "2026-10-30",
            },
        ],
        "closures": [{"date": "2026-11-27", "what": "INSET day"}],
    },
    "attendance": {
        "possible": "104",
        "attended": "40",
        "health_sessions": "60",
        "last_regular": {"day": "2", "month": "10", "year": "2026"},
        "expected_days": "20",
        "part_time": "yes",
        "part_time_hours": "6",
        "part_time_since": {"day": "5", "month": "10", "year": "2026"},
        "part_time_agreed": "yes",
        "part_time_review": {"day": "30", "month": "11", "year": "2026"},
        "sickness_return": "yes",
    },
    "health_needs": {
        "conditions": [{"name": "Generalised anxiety", "status": "diagnosed", "since": "spring 2026"}],
        "effect": "Cannot enter the building on most days.",
        "well_enough": "part",
        "well_enough_source": "Dr Iris Lowe, CAMHS, 3 November 2026",
        "hours_advised": "One hour a day at first",
        "waiting": "yes",
        "waits": [{"service": "Autism assessment", "referred": "2026-05-12", "wait": "18 months"}],
        "parents_sought": "yes",
        "parents_sought_details": "GP in April, CAMHS since June.",
    },
    "professionals": {
        "professionals": [
            {
                "kind": "camhs",
                "name": "Iris Lowe",
                "organisation": "North Essex CAMHS",
                "last_seen": {"because": "The clinic has not told us."},
            }
        ],
    },
    "consultation": {
        "consultations": [{"group": "ep", "when": "2026-10-01", "said": "A planning talk about the way in."}],
    },
    "medical_evidence": {"available": "attached", "latest_date": "2026-11-03"},
    "adjustments": {
        "adjustments": [
            {"what": "Quiet entrance", "start": "September 2026", "effect": "Came in on four days."},
        ]
    },
    "tpp": {"compassion": "Her tutor writes each week."},
    "advice": {
        "advisers": [
            {
                "who": "health",
                "involved": "yes",
                "name": "Iris Lowe",
                "date": "2026-11-03",
                "advice": "Small steps.",
                "response": "A visit a week after school.",
            },
            {"who": "pni", "involved": "not_applicable"},
        ],
        "senco_date": "2026-10-12",
        "senco_advice": "A key adult and a later start.",
    },
    "one_plan": {
        "provided": "here",
        "cycles": [
            {
                "start": "2026-03-02",
                "assess": "Talks with Amira and her mother.",
                "outcomes": "Enters the building twice a week.",
                "provision": "Key adult at the gate, daily.",
                "who": "Learning mentor",
                "review_date": "2026-06-15",
                "result": "partly",
                "review_result": "Twice a week until May.",
            }
        ],
    },
    "provision": {
        "rows": [{"what": "Learning mentor", "hours": "5", "weeks": "30", "hourly_cost": "£18.50", "group_size": "2"}]
    },
    "health_plan": {"exists": "no"},
    "one_page": {"admired": "Her drawings."},
    "curriculum": {"levels": [{"subject": "English", "level": "As expected for Year 9"}]},
    "lets_talk": {
        "followed": "yes",
        "dates": "March to October 2026",
        "done": "Talked with Amira, her mother and every teacher.",
        "effect": "We know that the corridor at break is the hardest.",
        "info_provided": "here",
        "profile_provided": "here",
        "assessment_provided": "here",
    },
    "risk_profile": {
        "completed_by": "Priya Nair, SENCO",
        "completed_on": "2026-10-20",
        "school_risks": [FACTOR | {"item": "peers", "action": "A buddy for break."}],
        "child_strengths": [FACTOR | {"item": "other", "own_words": "Draws every day"}],
        "towards": "Art, and her tutor.",
        "away": "Noise and crowds.",
        "functions": ["avoid", "escape"],
        "confidence": "likely",
        "next_steps": [{"what": "Art room on Tuesdays", "who": "Tutor", "when": "From 1 December"}],
    },
    "attendance_difficulties": {
        "completed_by": "Priya Nair, SENCO",
        "completed_on": "2026-10-21",
        "current_picture": "Two sessions a week, in the library.",
        "pattern": "Mondays are hardest.",
        "onset": "After the move to Year 8.",
        "signs": "Stomach ache, tears.",
        "manages_now": "Library on Tuesday afternoon.",
        "strengths": "Drawing, kindness, French.",
        "ratings": [{"who": "pupil", "avoid": "5", "escape": "4", "attention": "1", "reward": "0"}],
        "formulation": "Crowds bring on panic, and home ends it.",
    },
    "pupil_views": {
        "gathered": "yes",
        "how": "A talk at home",
        "by": "Tutor",
        "date": "2026-11-02",
        "own_words": "I want to come to art.",
    },
    "parents_views": {"gathered": "no", "why_not": "Meeting on 30 November."},
    "request": {"provision": "A tutor in the library.", "home_wanted": "no", "start": "2027-01-11"},
    "consent": {
        "referral": "yes",
        "sharing": "yes",
        "clinicians": "yes",
        "who": "Leyla Karim, mother",
        "date": "2026-11-10",
        "method": "person",
        "taken_by": "Priya Nair, SENCO",
    },
    "declarations": {
        "statements": ["council_decides", "no_direct", "lawful"],
        "school_statements": ["on_roll", "codes", "together", "safeguarding", "reviews"],
    },
    "risks": {"known": "no"},
    "chronology": {"kind": "nil", "nil_dsl": "Alan Voss", "nil_date": "2026-11-12"},
}


def changed(**pages: Mapping[str, Any]) -> dict[str, Any]:
    """The anxious pupil's answers with some of them different; ``None`` takes an answer away."""
    whole: dict[str, Any] = deepcopy(ANXIOUS)
    for page, fields in pages.items():
        whole[page] = whole.get(page, {}) | dict(fields)
    return whole
