"""What an Essex referral is asked for without being held back: named while it is missing, gone when it is there."""

from dataclasses import dataclass

import pytest

from forms.kit.policy import Level
from tests.validation.essex_referrals import (
    AT_HOME,
    NO_ROLL,
    PLAN,
    SCHOOL,
    TODAY,
    Pages,
    finding,
    judged,
)
from wizard.case import Case
from wizard.councils import council
from wizard.validation.facts import Facts
from wizard.validation.requirements import State, judge

policy = pytest.mark.policy


@dataclass(frozen=True)
class Named:
    """A requirement that never blocks by itself.

    Attributes:
        base: answers under which it applies.
        missing: answers under which it is open.
        there: answers that meet it; none where only a document does.
        papers: ids under which a document meets it.
    """

    row: str
    base: Pages = None  # type: ignore[assignment]
    missing: Pages = None  # type: ignore[assignment]
    there: tuple[Pages, ...] = ()
    papers: tuple[str, ...] = ()


def row(id: str, base: Pages = SCHOOL, missing: Pages = SCHOOL, *there: Pages, papers: tuple[str, ...] = ()) -> Named:
    return Named(id, base, missing, there, papers)


def adviser(who: str, involved: str = "yes") -> dict[str, str]:
    said = {"name": "A name", "date": "2026-11-03", "advice": "Small steps.", "response": "A visit a week."}
    return {"who": who, "involved": involved} | (said if involved == "yes" else {})


def advisers(*some: dict[str, str]) -> Pages:
    return {"advice": {"advisers": list(some)}}


def consulted(*groups: str) -> Pages:
    talks = [{"group": group, "when": "2026-10-01", "said": "What would help."} for group in groups]
    return {"consultation": {"consultations": talks}}


NOBODY: Pages = {**consulted(), **advisers(adviser("other")), "parents_views": {"views": None}}
MUTE: Pages = {"pupil_views": {"gathered": "no", "own_words": None, "why_not": "Not yet."}}
SPEAKS: Pages = {"pupil_views": {"gathered": "yes", "own_words": "Art."}}
HOSPITAL: Pages = {
    "route": {"hospital": "planned"},
    "hospital": {"hospital": "Broomfield", "admission": "2027-01-05", "discharge": "2027-02-05", "moving": "no"},
}
MOVING: Pages = {**HOSPITAL, "hospital": {**HOSPITAL["hospital"], "moving": "yes", "siblings_of_age": "yes"}}
SIBLING = {"name": "Yusuf Karim", "born": "2016-04-02", "education": "A school in Leeds", "after_move": "no"}
LEAVES_UNIT: Pages = {"route": {"unit_discharge": "yes", "referrer": "school"}, "unit": {"unit": None}}
UNIT_REFERS: Pages = {"route": {"unit_discharge": "yes", "referrer": "unit", "ebsa": "no"}}
PLAIN: Pages = {"route": {"ebsa": "no"}}
PHYSICAL: Pages = {"route": {"need": "physical", "ebsa": "no", "unit_discharge": None}}
RISK = {"item": "peers", "strength": "strong", "evidence": "Waits in the car.", "who_says": ["staff"]}


def risks(name: str, item: str, **more: str) -> Pages:
    return {"risk_profile": {name: [RISK | {"item": item} | more]}}


def papers_of(name: str, to: str) -> Pages:
    return {"lets_talk": {name: to, "not_applicable_because": "The need is physical."}}


def coded(*codes: str, **more: str) -> Pages:
    days = [{"date": f"2026-11-{2 + n:02}", "session": "AM", "code": code} for n, code in enumerate(codes)]
    return {"attendance": {"register": {"file": "marks.csv", "sessions": days}} | more}


ROWS = [
    pytest.param(row("E140c", SCHOOL, coded("/", "K"), coded("/", "I")), marks=policy("E140")),
    pytest.param(
        row("E139", SCHOOL, coded("/", "B"), coded("/", "I")), marks=policy("E139", "E150", "E151", "E152", "E154")
    ),
    pytest.param(
        row("E138d", SCHOOL, coded("D"), coded("/"), coded("D", dual="yes", dual_where="The Beacon PRU")),
        marks=policy("E138", "E142", "E143", "E148", "E149"),
    ),
    pytest.param(
        row("E1", SCHOOL, SCHOOL, {"school": {"policy_link": "milllane.example", "policy_reviewed": "2026-01-09"}}),
        marks=policy("E1"),
    ),
    pytest.param(
        row("E3", SCHOOL, {"pupil": {"born": "2009-03-27"}}, {"pupil": {"born": "2013-03-27"}}), marks=policy("E3")
    ),
    pytest.param(
        row(
            "E61",
            SCHOOL,
            {"attendance": {"health_sessions": "20", "expected_days": "4"}},
            {"attendance": {"health_sessions": "20", "expected_days": "5"}},
        ),
        marks=policy("E61"),
    ),
    pytest.param(row("E61r", papers=("E61",)), marks=policy("E61")),
    pytest.param(row("E65", papers=("E65", "E33", "E52")), marks=policy("E33", "E52", "E65")),
    pytest.param(
        row(
            "E107",
            SCHOOL,
            {"medical_evidence": {"latest_date": "2026-08-01"}},
            {"medical_evidence": {"latest_date": "2026-11-03"}},
        ),
        marks=policy("E107"),
    ),
    pytest.param(
        row(
            "E31",
            SCHOOL,
            {"health_needs": {"parents_sought": "no"}},
            {"health_needs": {"parents_sought": "yes", "parents_sought_details": "The GP, in May."}},
        ),
        marks=policy("E31", "E32"),
    ),
    pytest.param(
        row(
            "E36",
            SCHOOL,
            {"health_needs": {"well_enough": "not_known"}},
            {"health_needs": {"well_enough": "yes"}},
            {"health_needs": {"well_enough": "part"}},
        ),
        marks=policy("E36"),
    ),
    pytest.param(
        row("E8h", SCHOOL, NOBODY, consulted("health"), advisers(adviser("health"))), marks=policy("E8", "E20a")
    ),
    pytest.param(row("E8s", SCHOOL, NOBODY, consulted("social_care")), marks=policy("E8")),
    pytest.param(
        row("E8i", SCHOOL, NOBODY, consulted("inclusion_partner"), advisers(adviser("inclusion"))), marks=policy("E8")
    ),
    pytest.param(row("E8e", SCHOOL, NOBODY, consulted("ep"), advisers(adviser("ep"))), marks=policy("E8")),
    pytest.param(
        row("E8p", SCHOOL, {**NOBODY, **MUTE}, consulted("pupil"), SPEAKS),
        marks=policy("E8"),
    ),
    pytest.param(
        row(
            "E8f",
            SCHOOL,
            NOBODY,
            consulted("parents"),
            {"parents_views": {"gathered": "yes", "who": "Leyla", "how": "In person", "views": "Small steps."}},
        ),
        marks=policy("E8"),
    ),
    pytest.param(
        row(
            "E35",
            SCHOOL,
            SCHOOL,
            {
                "professionals": {
                    "professionals": [
                        {
                            "kind": "camhs",
                            "name": "Iris Lowe",
                            "organisation": "CAMHS",
                            "last_seen": "2026-11-03",
                            "phone": "01632 960400",
                        }
                    ]
                }
            },
        ),
        marks=policy("E35", "E37"),
    ),
    pytest.param(
        row(
            "E9",
            SCHOOL,
            {"adjustments": {"adjustments": []}},
            {"adjustments": {"adjustments": [{"what": "A later start", "start": "May", "effect": "Came in twice."}]}},
        ),
        marks=policy("E9"),
    ),
    pytest.param(
        row(
            "E14",
            SCHOOL,
            SCHOOL,
            {
                "tpp": {
                    "compassion": "A card each week.",
                    "hope": "A place kept.",
                    "belonging": "Tutor time.",
                }
            },
        ),
        marks=policy("E14"),
    ),
    pytest.param(row("E20", SCHOOL, advisers(adviser("ep", "no")), advisers(adviser("pni"))), marks=policy("E20")),
    pytest.param(
        row("E20a", SCHOOL, advisers(adviser("health", "no"), adviser("ep")), advisers(adviser("health"))),
        marks=policy("E20a"),
    ),
    pytest.param(row("E20b", SCHOOL, SCHOOL, advisers(adviser("inclusion", "no"))), marks=policy("E20b")),
    pytest.param(row("E20c", SCHOOL, SCHOOL, advisers(adviser("ep", "no"))), marks=policy("E20c")),
    pytest.param(
        row("E20d", PHYSICAL, advisers(adviser("ep")), advisers(adviser("pni", "not_applicable"))), marks=policy("E20d")
    ),
    pytest.param(row("E20e", SCHOOL, SCHOOL, advisers(adviser("attendance", "no"))), marks=policy("E20e")),
    pytest.param(row("E20f", SCHOOL, SCHOOL, advisers(adviser("send", "no"))), marks=policy("E20f")),
    pytest.param(
        row("E21", {"route": {"sen": "none"}}, SCHOOL, {"route": {"sen": "support"}}, {"route": {"sen": "ehcp"}}),
        marks=policy("E21"),
    ),
    pytest.param(
        row(
            "E26",
            {"health_plan": {"exists": "yes", "made": "2026-05-05", "shared_pupil": "yes"}},
            {"health_plan": {"shared_parents": "no"}},
            {"health_plan": {"shared_parents": "yes"}},
        ),
        marks=policy("E26"),
    ),
    pytest.param(
        row("E27", SCHOOL, advisers(adviser("ep") | {"response": ""}), advisers(adviser("ep"))), marks=policy("E27")
    ),
    pytest.param(row("E28", papers=("E28",)), marks=policy("E28")),
    pytest.param(
        row(
            "E29",
            SCHOOL,
            {"provision": {"rows": []}},
            {"provision": {"rows": [{"what": "Mentor", "hours": "1", "weeks": "1", "hourly_cost": "10"}]}},
        ),
        marks=policy("E29"),
    ),
    pytest.param(
        row(
            "E30",
            SCHOOL,
            {"provision": {"rows": [{"what": "Mentor", "hours": "10", "weeks": "30", "hourly_cost": "19.99"}]}},
            {"provision": {"rows": [{"what": "Mentor", "hours": "10", "weeks": "30", "hourly_cost": "20"}]}},
        ),
        marks=policy("E30"),
    ),
    pytest.param(
        row(
            "E16",
            PLAIN,
            {"lets_talk": {"followed": "no", "why_not": "Too new.", "done": None, "effect": None}},
            {"lets_talk": {"followed": "yes", "done": "Talked.", "effect": "Came in."}},
        ),
        marks=policy("E16"),
    ),
    pytest.param(
        row(
            "E17n",
            PLAIN,
            papers_of("info_provided", "attached"),
            papers_of("info_provided", "not_applicable"),
            papers_of("info_provided", "here"),
            papers=("E17",),
        ),
        marks=policy("E17"),
    ),
    pytest.param(
        row(
            "E18n",
            PLAIN,
            papers_of("profile_provided", "attached"),
            papers_of("profile_provided", "not_applicable"),
            papers=("E18",),
        ),
        marks=policy("E18"),
    ),
    pytest.param(
        row(
            "E19n",
            PLAIN,
            papers_of("assessment_provided", "attached"),
            papers_of("assessment_provided", "not_applicable"),
            papers=("E19",),
        ),
        marks=policy("E19"),
    ),
    pytest.param(
        row(
            "E18s",
            SCHOOL,
            risks("school_risks", "peers"),
            risks("school_risks", "peers", action="A buddy."),
            risks("school_risks", "peers", strength="some"),
        ),
        marks=policy("E18"),
    ),
    pytest.param(
        row("E18c", SCHOOL, risks("child_risks", "failure"), risks("child_risks", "failure", action="Praise.")),
        marks=policy("E18"),
    ),
    pytest.param(
        row("E18f", SCHOOL, risks("family_risks", "loss"), risks("family_risks", "loss", action="A counsellor.")),
        marks=policy("E18"),
    ),
    pytest.param(row("E38s", SCHOOL, SCHOOL, advisers(adviser("send"))), marks=policy("E38")),
    pytest.param(row("E38p", PLAN, papers=("E38p",)), marks=policy("E38")),
    pytest.param(
        row(
            "E40",
            PLAN,
            {"ehcp": {"officer_attends": "not_invited"}},
            {"ehcp": {"officer_attends": "invited"}},
            {"ehcp": {"officer_attends": "yes"}},
        ),
        marks=policy("E40"),
    ),
    pytest.param(
        row(
            "E41",
            PLAN,
            {"ehcp": {"invited_on": "2026-11-20", "review_on": "2026-12-03"}},
            {"ehcp": {"invited_on": "2026-11-19", "review_on": "2026-12-03"}},
        ),
        marks=policy("E41"),
    ),
    pytest.param(
        row("E42", PLAN, {"ehcp": {"delayed": "yes"}}, {"ehcp": {"delayed": "yes", "interim": "Five hours a week."}}),
        marks=policy("E42"),
    ),
    pytest.param(
        row("E43", PLAN, SCHOOL, {"ehcp": {"iass_told": "yes", "iass_date": "2026-11-09"}}), marks=policy("E43")
    ),
    pytest.param(
        row(
            "E46",
            NO_ROLL,
            {"no_school": {"application": "not_yet", "application_reason": "Too ill to visit."}},
            {"no_school": {"application": "applied", "application_details": "Two schools."}},
        ),
        marks=policy("E46"),
    ),
    pytest.param(
        row(
            "E48",
            {**NO_ROLL, "route": {"on_roll": "no", "home_educated": "yes", "unit_discharge": "no"}},
            SCHOOL,
            {
                "no_school": {
                    "fair_access": "yes",
                    "fair_access_school": "Mill Lane High School",
                    "fair_access_date": "2027-01-05",
                }
            },
        ),
        marks=policy("E48"),
    ),
    pytest.param(row("E54", HOSPITAL, {"hospital": {"hospital": None}}, HOSPITAL), marks=policy("E54")),
    pytest.param(
        row("E56", MOVING, SCHOOL, {"hospital": {**MOVING["hospital"], "siblings": [SIBLING]}}),
        marks=policy("E56", "E58"),
    ),
    pytest.param(
        row("E59", LEAVES_UNIT, SCHOOL, {"unit": {"unit": "Poplars", "teacher": "Ines", "discharge": "2026-12-18"}}),
        marks=policy("E59", "E60"),
    ),
    *(
        pytest.param(row(f"{id}u", UNIT_REFERS, papers=(id,)), marks=policy(id, "E59"))
        for id in ("E9", "E16", "E17", "E18", "E19")
    ),
    pytest.param(row("E133", SCHOOL, MUTE, SPEAKS), marks=policy("E133")),
    pytest.param(
        row(
            "E67",
            SCHOOL,
            SCHOOL,
            {"parents_views": {"gathered": "yes", "who": "Leyla", "how": "In person", "views": "Small steps."}},
        ),
        marks=policy("E67"),
    ),
    pytest.param(
        row(
            "E67c",
            SCHOOL,
            {"consent": {"referral": "no", "refusal": "They want to wait."}},
            {"consent": {"referral": "yes"}},
        ),
        marks=policy("E67"),
    ),
    pytest.param(
        row("E13", SCHOOL, SCHOOL, {"request": {"intended_return": "In steps, from February."}}), marks=policy("E13")
    ),
    pytest.param(
        row(
            "E49",
            {"pupil": {"born": "2022-10-02"}},
            {"request": {"provision": None}},
            {"request": {"provision": "A tutor."}},
        ),
        marks=policy("E49"),
    ),
    pytest.param(
        row(
            "E50",
            {"pupil": {"born": "2009-03-27"}},
            {"pupil": {"year_group": "12", "year_reason": "repeats"}},
            {"pupil": {"year_group": "11", "year_reason": "repeats_health"}},
        ),
        marks=policy("E50"),
    ),
    pytest.param(
        row(
            "E88",
            AT_HOME,
            {"medical_evidence": {"home_advised": "silent"}},
            {"medical_evidence": {"home_advised": "yes"}},
        ),
        marks=policy("E88"),
    ),
    pytest.param(row("E89", AT_HOME, SCHOOL, {"request": {"home_risks": "A dog."}}), marks=policy("E89")),
    pytest.param(
        row(
            "E108",
            {"pupil": {"born": "2011-03-27"}},
            {"exams": {"this_year": "yes"}},
            {"exams": {"this_year": "no"}},
            {
                "exams": {
                    "this_year": "yes",
                    "organiser": "Exams officer",
                    "venue": "Library",
                    "invigilator": "A mentor",
                }
            },
        ),
        marks=policy("E108"),
    ),
    pytest.param(
        row(
            "E158n",
            NO_ROLL,
            {"chronology": {"kind": None, "nil_dsl": None, "nil_date": None}},
            {"chronology": {"kind": "elsewhere", "holder": "Mill Lane High School"}},
            {"chronology": {"kind": "nil", "nil_dsl": "Alan Voss", "nil_date": "2026-11-12"}},
            papers=("E158",),
        ),
        marks=policy("E158"),
    ),
]
named = pytest.mark.parametrize("named", ROWS, ids=lambda named: named.row)


@named
def test_it_is_named_while_it_is_missing_and_holds_nothing_back(named: Named) -> None:
    found = judged(named.base, named.missing)
    level = next(one.level for one in found.findings if one.requirement.id == named.row)
    assert finding(found, named.row) is State.OPEN
    assert level is not Level.MUST
    told = [point for point in found.points if point.id == named.row]
    assert [point.level for point in told] == ([Level.SHOULD] if level is Level.SHOULD else [])
    assert all(point.override for point in told)


@named
def test_it_is_named_no_longer_when_it_is_there(named: Named) -> None:
    ways = [judged(named.base, named.missing, way) for way in named.there]
    ways += [judged(named.base, named.missing, papers=(paper,)) for paper in named.papers]
    assert ways
    assert {finding(way, named.row) for way in ways} <= {State.MET, State.NOT_NEEDED}


@named
def test_a_reason_may_stand_in_its_place(named: Named) -> None:
    found = judged(named.base, named.missing, reasons={named.row: "The family has just arrived."})
    assert finding(found, named.row) is State.REASON
    assert named.row not in {point.id for point in found.points}


@policy("E12")
def test_the_named_officer_is_looked_up_again_after_a_year() -> None:
    essex = council("essex")
    checked = essex.recipient.checked
    states = [
        finding(judge(Facts.of(Case("essex", "1", {}), essex, checked.replace(year=checked.year + years))), "E12")
        for years in (0, 2)
    ]
    assert states == [State.MET, State.OPEN]


@policy("E12", "E51", "E63")
def test_the_pack_goes_to_the_councils_own_address() -> None:
    recipient = council("essex").recipient
    assert (recipient.name, recipient.email) == ("Education Access", "medical@essex.gov.uk")
    assert recipient.officer == "Julie Keating"
    assert recipient.checked <= TODAY
