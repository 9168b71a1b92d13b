"""The engine: levels, conditions, reasons, signatures and where to put things right."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.catalogue import PAGES
from forms.kit.authority import AuthorityProfile
from forms.kit.policy import Level
from wizard.case import Case, Signature
from wizard.evidence_fact import EvidenceFact
from wizard.validation.checks import CHECKS
from wizard.validation.conditions import CONDITIONS
from wizard.validation.facts import Facts
from wizard.validation.requirements import NOT_TAKEN_IN, Judgement, State, guidance, judge, signers

TODAY = date(2026, 11, 23)


def profile(*requirements: Mapping[str, Any], **more: Any) -> AuthorityProfile:
    rows = [
        {"level": "must", "title": "Something", "source": "section 2", "page": "route", "todo": "Do it."} | dict(row)
        for row in requirements
    ]
    whole = {
        "id": "test",
        "name": "Exampleshire County Council",
        "version": "1",
        "policy": "Exampleshire policy",
        "policy_title": "A policy",
        "pack_title": "Medical needs referral",
        "in_full": "section 11",
        "in_full_id": "E64",
        "threshold_days": 15,
        "asks": ["lets_talk", "tpp", "one_plan"],
        "recipient": {"name": "Access", "email": "access@example.org", "checked": "2026-11-21"},
        "requirements": rows,
    }
    return AuthorityProfile.model_validate(whole | more)


def judged(council: AuthorityProfile, answers: Mapping[str, Any] | None = None, **case: Any) -> Judgement:
    return judge(Facts.of(Case("test", "1", answers or {}, **case), council, TODAY))


def state(judgement: Judgement, row: str = "X1") -> State:
    return next(finding.state for finding in judgement.findings if finding.requirement.id == row)


ANSWERED = {"name": "answered", "page": "pupil", "fields": ["first_name"]}


def test_an_open_must_blocks_and_says_where_to_put_it_right() -> None:
    council = profile({"id": "X1", "title": "First name", "page": "pupil", "satisfied_by": [ANSWERED]})
    found = judged(council)
    point = next(point for point in found.points if point.id == "X1")
    assert not found.ready
    assert (point.level, point.page, point.source) == (Level.MUST, "pupil", "Exampleshire policy, section 2")
    assert state(judged(council, {"pupil": {"first_name": "Amira"}})) is State.MET


def test_a_must_yields_to_a_reason_only_where_the_council_allows_it() -> None:
    reason = {"X1": "the family has just arrived"}
    strict = profile({"id": "X1", "satisfied_by": [ANSWERED]})
    lenient = profile({"id": "X1", "satisfied_by": [ANSWERED], "override": True})
    assert state(judged(strict, reasons=reason)) is State.OPEN
    assert state(judged(lenient, reasons=reason)) is State.REASON
    assert state(judged(lenient, reasons={"X1": "  "})) is State.OPEN


def test_a_should_is_named_and_never_blocks() -> None:
    council = profile({"id": "X1", "level": "should", "satisfied_by": [ANSWERED]})
    found = judged(council)
    assert [point.level for point in found.points if point.id == "X1"] == [Level.SHOULD]
    assert all(point.id != "X1" for point in found.points if point.level is Level.MUST)


def test_a_should_rises_to_a_must_under_its_conditions() -> None:
    council = profile({"id": "X1", "level": "should", "must_when": ["ebsa"], "satisfied_by": [ANSWERED]})
    levels = [
        next(finding.level for finding in judged(council, {"route": {"basis": "illness", "ebsa": ebsa}}).findings)
        for ebsa in ("no", "yes")
    ]
    assert levels == [Level.SHOULD, Level.MUST]


def test_a_row_applies_only_under_its_conditions() -> None:
    council = profile({"id": "X1", "when": ["has_ehcp"], "satisfied_by": [ANSWERED]})
    assert state(judged(council, {"route": {"sen": "none"}})) is State.NOT_NEEDED
    assert state(judged(council, {"route": {"sen": "ehcp"}})) is State.OPEN


def test_an_inform_row_never_becomes_something_to_do() -> None:
    council = profile({"id": "X1", "level": "inform", "satisfied_by": [ANSWERED]})
    assert all(point.id != "X1" for point in judged(council).points)


def test_every_unanswered_question_is_a_must_of_the_demand_for_completeness() -> None:
    points = [point for point in judged(profile()).points if point.page == "pupil"]
    assert {"first_name", "surname", "born"} <= {point.field for point in points}
    assert {(point.id, point.source) for point in points} == {("E64", "Exampleshire policy, section 11")}


def test_a_document_answers_the_rows_it_is_linked_to_unless_it_was_refused() -> None:
    council = profile({"id": "X1", "rows": ["X2"], "satisfied_by": [{"name": "attached"}], "evidence": "A letter"})
    letter = EvidenceFact("letter.pdf", answers=("X2",), outcome="included")
    found = judged(council, evidence=(EvidenceFact("other.pdf"), letter))
    assert state(found) is State.MET
    assert found.findings[0].evidence == (2,)
    refused = EvidenceFact("letter.pdf", answers=("X1",), outcome="refused")
    assert state(judged(council, evidence=(refused,))) is State.OPEN


@pytest.mark.parametrize(
    ("document", "todo"),
    [
        (
            EvidenceFact("a.doc", answers=("X1",), outcome="attached", with_original=True, omit=(1,)),
            "Evidence 1 cannot be shown here and has words to black out or pages left out, which its original still "
            "holds, so the council will not see it. Print it to a PDF and add that, or remove it.",
        ),
        (
            EvidenceFact("a.pdf", answers=("X1",), outcome="included", pages=1, omit=(1,)),
            "Evidence 1 has all its pages left out, so the council will not see it. Put back those that matter, or "
            "remove it.",
        ),
    ],
)
def test_a_document_of_which_nothing_goes_answers_nothing_and_is_named(document: EvidenceFact, todo: str) -> None:
    found = judged(profile({"id": "X1", "satisfied_by": [{"name": "attached"}]}), evidence=(document,))
    assert state(found) is State.OPEN
    assert [point.todo for point in found.points if point.id == NOT_TAKEN_IN] == [todo]


def test_signatures_count_only_while_they_stand() -> None:
    council = profile({"id": "X1", "satisfied_by": [{"name": "signed", "values": ["senco", "slt"]}]})
    digest = Case("test", "1", {}).signed_digest()
    both = tuple(Signature(role, "A", "typed", "2026-11-23T09:00", "I agree.", digest) for role in ("senco", "slt"))
    assert state(judged(council, signatures=both[:1])) is State.OPEN
    assert state(judged(council, signatures=both)) is State.MET
    assert state(judged(council, {"pupil": {"first_name": "A"}}, signatures=both)) is State.OPEN


@pytest.mark.parametrize(
    ("sessions", "expected", "met"),
    [("29", "", False), ("30", "", True), ("20", "5", True), ("20", "4", False), ("", "20", False)],
)
def test_the_threshold_counts_days_gone_and_days_to_come(sessions: str, expected: str, met: bool) -> None:
    council = profile({"id": "X1", "level": "should", "satisfied_by": [{"name": "threshold_met"}]})
    attendance = {"health_sessions": sessions, "expected_days": expected}
    assert (state(judged(council, {"attendance": attendance})) is State.MET) is met


def test_a_stop_of_the_route_blocks_like_a_must() -> None:
    stop = {
        "id": "X9",
        "when": ["pregnant"],
        "outcome": "stop",
        "text": "Use the other guidance.",
        "source": "section 5",
    }
    council = profile(routes=[stop])
    found = judged(council, {"route": {"pregnant": "yes"}})
    assert [point.todo for point in found.points if point.id == "X9"]
    assert not found.ready
    assert not [point for point in judged(council, {"route": {"pregnant": "no"}}).points if point.id == "X9"]


def test_guidance_and_signers_follow_the_answers() -> None:
    council = profile(
        guidance=[{"id": "X1", "page": "route", "text": "Read it.", "source": "section 1", "when": ["has_ehcp"]}],
        signers=[
            {"role": "slt", "title": "Senior leader", "statement": "I agree.", "order": 2},
            {"role": "senco", "title": "SENCO", "statement": "I agree.", "order": 1},
            {"role": "parent", "title": "Parent", "statement": "I agree.", "when": ["child_in_care"]},
        ],
    )
    facts = judged(council, {"route": {"sen": "ehcp"}}).facts
    assert [row.id for row in guidance(facts, "route")] == ["X1"]
    assert not guidance(facts, "pupil")
    assert [signer.role for signer in signers(facts)] == ["senco", "slt"]


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["yes", "no", "ehcp"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(PAGES)), json_values, max_size=4), st.data())
def test_no_answers_whatever_upset_a_condition_or_a_check(answers: dict[str, Any], data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(sorted(PAGES)))
    fields = data.draw(st.lists(st.sampled_from([*PAGES[page].model_fields, "nothing"]), min_size=2, max_size=2))
    calls = [
        {"name": name, "page": page, "fields": fields, "values": ["1"]} for name in CHECKS if name in SAFE_ON_ANY_FIELD
    ]
    council = profile(*({"id": f"X{n}", "when": [n], "satisfied_by": calls} for n in CONDITIONS))
    assert len(judged(council, answers).findings) == len(CONDITIONS)


@given(json_values, json_values, json_values)
def test_no_register_whatever_upsets_the_counting(day: object, session: object, code: object) -> None:
    for rows in ([{"date": day, "session": session, "code": code}], [{"date": "2026-11-02", "session": session}], day):
        register = {"sessions": rows}
        assert judged(profile(), {"attendance": {"register": register}}).facts.answers.context.health_days is None
    odd = [{"date": "2026-11-02", "session": [], "code": "I"}]
    assert judged(profile(), {"attendance": {"register": {"sessions": odd}}}).facts.answers.context.health_days is None


SAFE_ON_ANY_FIELD = set(CHECKS) - {"sum_at_least", "notice_days"} - {name for name in CHECKS if "card" in name}
