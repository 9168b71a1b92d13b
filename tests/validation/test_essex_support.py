"""What Essex makes of health, support, voices and safeguarding: open, met, and gone on without for a reason."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from forms.kit.policy import Level
from tests.forms.anxious_pupil import changed
from wizard.case import Case, Signature
from wizard.councils import council
from wizard.evidence_fact import EvidenceFact
from wizard.pack.compose import compose
from wizard.validation.facts import Facts
from wizard.validation.requirements import Finding, State, judge

TODAY = date(2026, 11, 23)


def finding(row: str, answers: Mapping[str, Any], **case: Any) -> Finding:
    """How a requirement of Essex stands."""
    found = judge(Facts.of(Case("essex", "1", answers, **case), council("essex"), TODAY)).findings
    return next(one for one in found if one.requirement.id == row)


def state(row: str, **pages: Mapping[str, Any]) -> State:
    return finding(row, changed(**pages)).state


GROUPS = {
    "E8h": "health", "E8s": "social_care", "E8i": "inclusion_partner", "E8e": "ep", "E8p": "pupil", "E8f": "parents",
}  # fmt: skip


@pytest.mark.policy("E8")
@pytest.mark.parametrize("row", GROUPS)
def test_each_group_that_was_not_consulted_is_named(row: str) -> None:
    nobody = {"advice": {"advisers": []}, "pupil_views": {"own_words": ""}, "consultation": {"consultations": []}}
    talk = {"group": GROUPS[row], "when": {"because": "Often, in passing."}, "said": "Small steps."}
    before = finding(row, changed(**nobody))
    assert (before.state, before.level) == (State.OPEN, Level.SHOULD)
    assert state(row, **nobody | {"consultation": {"consultations": [talk]}}) is State.MET
    reason = {row: "There is nobody to ask."}
    assert finding(row, changed(**nobody), reasons=reason).state is State.REASON


@pytest.mark.policy("E8")
def test_advice_and_views_entered_elsewhere_count_as_consulted() -> None:
    assert state("E8h") is State.MET, "a health professional's advice is on the advice page"
    assert state("E8p") is State.MET, "the pupil's own words are on the page of views"
    assert state("E8f") is State.OPEN, "the parents have not been asked yet"


ADVICE = {"who": "ep", "involved": "yes", "name": "N", "date": "2026-01-01", "advice": "Rest.", "response": "Done."}


@pytest.mark.policy("E27")
@pytest.mark.parametrize(
    ("cards", "stands"),
    [
        ([ADVICE], State.MET),
        ([ADVICE, {"who": "pni", "involved": "not_applicable"}], State.MET),
        ([ADVICE, ADVICE | {"response": {"because": "It came this week."}}], State.OPEN),
        ([{"who": "pni", "involved": "no"}], State.OPEN),
        ([], State.OPEN),
    ],
)
def test_advice_is_followed_when_each_piece_has_a_response(cards: list[dict[str, Any]], stands: State) -> None:
    assert state("E27", advice={"advisers": cards}) is stands


@pytest.mark.policy("E27")
def test_a_reason_for_no_advice_at_all_is_not_advice_followed() -> None:
    answers = changed(advice={"advisers": []})
    assert finding("E27", answers, not_known={"advice.advisers": "Nobody has been asked."}).state is State.OPEN


@pytest.mark.policy("E107")
@pytest.mark.parametrize(
    ("dated", "stands"),
    [("2026-08-23", State.MET), ("2026-08-22", State.OPEN), ("2026-11-23", State.MET), ("", State.OPEN)],
)
def test_old_medical_advice_prompts_for_newer(dated: str, stands: State) -> None:
    assert state("E107", medical_evidence={"latest_date": dated}) is stands
    found = finding("E107", changed(medical_evidence={"latest_date": dated}))
    assert found.level is Level.SHOULD


@pytest.mark.policy("E107")
def test_without_advice_in_writing_none_is_old() -> None:
    none = {"available": "none", "why_not": "Asked for on 2 November.", "latest_date": ""}
    assert state("E107", medical_evidence=none) is State.NOT_NEEDED


@pytest.mark.policy("E35", "E37")
def test_professionals_without_a_way_to_reach_them_are_pointed_out() -> None:
    team = [
        {"kind": "gp", "name": "A", "organisation": "S", "last_seen": "2026-10-01", "phone": "01632 960101"},
        {"kind": "camhs", "name": "B", "organisation": "C", "last_seen": "2026-10-01", "email": "b@camhs.example"},
    ]
    assert state("E35", professionals={"professionals": team}) is State.MET
    assert state("E35", professionals={"professionals": [*team, {**team[0], "phone": ""}]}) is State.OPEN


@pytest.mark.policy("E108")
def test_in_an_exam_year_somebody_organises_the_exams() -> None:
    born = {"born": "2011-03-27"}
    assert state("E108") is State.NOT_NEEDED
    assert state("E108", pupil=born) is State.OPEN
    assert state("E108", pupil={"year_group": "10", "year_reason": "ahead"}) is State.OPEN, "the year entered counts"
    ready = {"courses": [], "this_year": "yes", "organiser": "Ms Hale", "venue": "Library", "invigilator": "Mr Roe"}
    assert state("E108", pupil=born, exams=ready) is State.MET
    assert state("E108", pupil=born, exams={"this_year": "no"}) is State.MET


PAPERS = {"E17": {"info_provided"}, "E18": {"profile_provided"}, "E19": {"assessment_provided"}}
NOTHING_DONE = {
    "lets_talk": {"done": "", "effect": "", "info_provided": "attached", "profile_provided": "attached"}
    | {"assessment_provided": "attached"},
    "advice": {"senco_date": ""},
    "one_plan": {"provided": "none", "cycles": []},
    "request": {"home_wanted": "yes", "responsible_adult": ""},
    "chronology": {"kind": "", "nil_dsl": "", "nil_date": ""},
}
SATISFIED = {
    "E16": {}, "E17": {}, "E18": {}, "E19": {}, "E23": {}, "E24": {}, "E158": {},
    "E90": {"request": {"home_wanted": "yes", "responsible_adult": "Leyla Karim, every morning"}},
}  # fmt: skip
YIELDS = {"E16", "E17", "E18", "E19", "E24", "E25"}


@pytest.mark.policy("E16", "E17", "E18", "E19", "E23", "E24", "E25", "E90", "E158")
@pytest.mark.parametrize("row", [*SATISFIED, "E25"])
def test_what_blocks_is_open_until_it_is_met_and_yields_only_where_the_policy_allows(row: str) -> None:
    nothing = changed(**NOTHING_DONE)
    assert (finding(row, nothing).state, finding(row, nothing).level) == (State.OPEN, Level.MUST)
    if row in SATISFIED:
        assert state(row, **SATISFIED[row]) is State.MET
    wanted = State.REASON if row in YIELDS else State.OPEN
    assert finding(row, nothing, reasons={row: "Because of the holidays."}).state is wanted


@pytest.mark.policy("E17", "E18", "E19", "E24", "E158")
@pytest.mark.parametrize("row", ["E17", "E18", "E19", "E24", "E158"])
def test_a_document_is_as_good_as_answers(row: str) -> None:
    paper = EvidenceFact("paper.pdf", answers=(row,), outcome="included")
    assert finding(row, changed(**NOTHING_DONE), evidence=(paper,)).state is State.MET


@pytest.mark.policy("E105")
def test_adjustments_for_the_return_are_ready_before_it() -> None:
    early = {"what": "Quiet room", "ready": "2027-02-01"}
    back = {"return_date": "2027-02-22"}
    assert state("E105") is State.NOT_NEEDED, "no date of return is known"
    assert state("E105", request=back) is State.OPEN
    assert state("E105", request=back | {"return_adjustments": [early]}) is State.MET
    late = early | {"ready": "2027-02-22"}
    assert state("E105", request=back | {"return_adjustments": [early, late]}) is State.OPEN
    assert state("E105", request=back | {"return_adjustments": [early, {"what": "A key adult"}]}) is State.OPEN


@pytest.mark.policy("E157", "E89")
def test_a_provider_is_told_of_risks_or_that_there_are_none() -> None:
    assert state("E157", risks={"known": ""}) is State.OPEN
    assert state("E157", risks={"known": "yes"}) is State.OPEN
    assert state("E157", risks={"known": "yes", "pupil_risks": "Walks away."}) is State.MET
    assert state("E157", risks={"known": "no"}) is State.MET


@pytest.mark.policy("E18")
@pytest.mark.parametrize(
    ("row", "field"), [("E18s", "school_risks"), ("E18c", "child_risks"), ("E18f", "family_risks")]
)
def test_a_strong_risk_without_a_step_is_named_and_holds_nothing_up(row: str, field: str) -> None:
    risk = {"item": "other", "own_words": "Bells", "strength": "strong", "evidence": "Seen.", "who_says": ["staff"]}
    before = finding(row, changed(risk_profile={field: [risk]}))
    assert (before.state, before.level) == (State.OPEN, Level.SHOULD)
    assert state(row, risk_profile={field: [risk | {"action": "Ear defenders."}]}) is State.MET
    assert state(row, risk_profile={field: [risk | {"strength": "some"}]}) is State.MET
    assert state(row, risk_profile={field: []}) is State.MET


@pytest.mark.policy("E25")
def test_senco_and_senior_leader_sign_for_a_need_of_mental_health() -> None:
    whole = Case("essex", "1", changed())
    signed = tuple(
        Signature(role, "A", "typed", "2026-11-23T09:00", "I agree.", whole.signed_digest())
        for role in ("senco", "slt")
    )
    assert finding("E25", changed(), signatures=signed[:1]).state is State.OPEN
    assert finding("E25", changed(), signatures=signed).state is State.MET
    assert state("E25", route={"need": "physical", "ebsa": "no"}) is State.NOT_NEEDED


@pytest.mark.policy("E16", "E17", "E18", "E19", "E24", "E25")
def test_the_reason_for_going_on_without_is_printed_in_the_pack() -> None:
    reasons = {row: f"Reason for {row}: the toolkit was out of reach." for row in YIELDS}
    case = Case("essex", "1", changed(**NOTHING_DONE), reasons=reasons)
    judgement = judge(Facts.of(case, council("essex"), TODAY))
    content = compose(judgement, lambda _: b"", datetime(2026, 11, 23, 9), draft=True, sealed=False)
    printed = {item.id: item.reason for item in content.checklist if item.reason}
    assert printed == reasons
