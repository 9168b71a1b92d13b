"""Where a referral stands is a pure function of its answers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.catalogue import AFTER, FORMS, PAGES
from tests.validation.test_requirements import TODAY, profile
from wizard import journey
from wizard.case import Case, Signature
from wizard.evidence_fact import EvidenceFact, Turn
from wizard.journey import Status
from wizard.summary import first_name, summarise, wording
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, judge

pytestmark = pytest.mark.long


def judged(answers: Mapping[str, Any], **case: Any) -> Judgement:
    return judge(Facts.of(Case("test", "1", answers, **case), profile(), TODAY))


answers = st.dictionaries(
    st.sampled_from(sorted(PAGES)),
    st.fixed_dictionaries(
        {},
        optional={
            "on_roll": st.sampled_from(["yes", "no"]),
            "profile_provided": st.sampled_from(["here", "attached"]),
            "assessment_provided": st.sampled_from(["here", "attached"]),
            "first_name": st.text(max_size=5),
        },
    ),
    max_size=6,
)


@given(answers)
def test_going_on_from_any_page_always_leads_forward_to_the_review(given_answers: dict[str, Any]) -> None:
    judgement = judged(given_answers)
    asked = [page.id for page in journey.asked(judgement)]
    assert len(asked) == len(set(asked))
    for start in asked[: asked.index("check")]:
        page, seen = start, []
        while (following := journey.after(judgement, page)) is not None and following.id != "check":
            assert asked.index(following.id) > asked.index(page)
            page = following.id
            seen.append(page)
        assert len(seen) == len(set(seen))


@given(answers)
def test_back_is_the_page_before_and_never_a_hidden_one(given_answers: dict[str, Any]) -> None:
    judgement = judged(given_answers)
    asked = [page.id for page in journey.asked(judgement)]
    assert journey.before(judgement, asked[0]) is None
    for first, second in pairwise(asked):
        before = journey.before(judgement, second)
        assert before is not None
        assert before.id == first


@given(answers)
def test_hidden_pages_never_reach_the_summary(given_answers: dict[str, Any]) -> None:
    judgement = judged(given_answers)
    asked = {page.id for page in journey.asked(judgement)}
    printed = {part.page for section in summarise(judgement.facts.answers) for part in section.parts}
    assert printed <= asked


def test_the_task_list_holds_every_page_once_with_its_status_in_words() -> None:
    sections = journey.task_list(judged({"pupil": {"first_name": "Amira"}}))
    tasks = {task.page.id: task for section in sections for task in section.tasks}
    assert set(tasks) == {page.id for page in PAGES.values() if page.question_set in ("", *profile().asks)} - AFTER
    assert [section.number for section in sections] == list(range(1, len(FORMS)))
    assert tasks["family"].words == "Not started"
    assert tasks["pupil"].words.endswith(" to do")
    assert tasks["risk_profile"].words == "Not needed"
    assert tasks["sign"].words == "Completed"  # nobody has to sign by this council's file
    assert tasks["send"].words == "Cannot start yet"


def test_evidence_is_not_complete_while_a_document_that_must_be_there_is_asked_for_on_another_page() -> None:
    row = {"id": "X1", "page": "one_plan", "evidence": "One Plans", "satisfied_by": [{"name": "attached"}]}

    def words(**linked: Any) -> str:
        council = profile(row, row | {"id": "X2", "level": "should", "evidence": "Register"})
        case = Case("test", "1", {}, evidence=(EvidenceFact("a.pdf", **linked),))
        sections = journey.task_list(judge(Facts.of(case, council, TODAY)))
        return next(task.words for section in sections for task in section.tasks if task.page.id == "evidence")

    assert words() == "1 to do"
    assert words(answers=("X1",)) == "Completed"


def test_without_a_school_its_own_work_is_not_needed() -> None:
    sections = journey.task_list(judged({"route": {"on_roll": "no"}}))
    status = {task.page.id: task.status for section in sections for task in section.tasks}
    assert {status[page] for page in ("school", "attendance", "one_plan", "lets_talk")} == {Status.NOT_NEEDED}


def test_an_answer_no_longer_asked_is_hidden_and_comes_back() -> None:
    school = {"school": {"name": "Lanternfield Academy"}}
    for on_roll, shown in (("yes", True), ("no", False), ("yes", True)):
        summary = summarise(judged({"route": {"on_roll": on_roll}} | school).facts.answers)
        texts = {row.text for section in summary for part in section.parts for row in part.rows}
        assert ("Lanternfield Academy" in texts) is shown


def test_the_summary_says_what_is_not_known_not_answered_and_doubtful() -> None:
    case = {"pupil": {"first_name": "Amira", "born": {"day": "31", "month": "2", "year": "2013"}}}
    judgement = judged(case, not_known={"pupil.upn": "the last school has not sent it"})
    rows = {
        row.field: row
        for s in summarise(judgement.facts.answers)
        for p in s.parts
        for row in p.rows
        if p.page == "pupil"
    }
    assert (rows["first_name"].text, rows["first_name"].state) == ("Amira", "answered")
    assert (rows["upn"].text, rows["upn"].state) == ("the last school has not sent it", "not known")
    assert (rows["born"].text, rows["born"].state) == ("31 2 2013", "doubtful")
    assert rows["surname"].state == "unanswered"
    assert "previous_names" not in rows


def test_wording_calls_the_pupil_by_the_name_used_every_day() -> None:
    answers = judged({"pupil": {"first_name": "Amira", "preferred_name": "Mimi"}}).facts.answers
    assert wording("How is {pupil}?", answers) == "How is Mimi?"
    nobody = judged({}).facts.answers
    assert first_name(nobody) == "the pupil"
    assert wording("{pupil} and {council}", nobody) == "The pupil and Exampleshire County Council"


def test_the_next_day_is_judged_anew() -> None:
    later = {"pupil": {"born": {"day": "24", "month": "11", "year": "2026"}}}
    problems = [
        judge(Facts.of(Case("test", "1", later), profile(), day)).problems["pupil"]
        for day in (TODAY, date(2026, 11, 24))
    ]
    assert [any(p.path == ("born",) for p in found) for found in problems] == [True, False]


SIGNED = {
    "id": "E25",
    "override": True,
    "page": "sign",
    "satisfied_by": [{"name": "signed", "values": ["senco", "slt"]}],
}
SIGNERS = [
    {"role": "senco", "title": "SENCO", "statement": "I agree."},
    {"role": "slt", "title": "Senior leader", "statement": "I agree.", "order": 2},
]


def test_a_reason_for_a_missing_signature_keeps_those_that_were_given() -> None:
    council = profile(SIGNED, signers=SIGNERS)
    digest = Case("test", "1", {}).signed_digest()
    senco = Signature("senco", "Ruth Osei", "typed", "2026-11-23T09:00", "I agree.", digest)
    for reasons, words in (({}, "Cannot start yet"), ({"E25": "Our only senior leader is ill."}, "Completed")):
        case = Case("test", "1", {}, signatures=(senco,), reasons=reasons)
        judgement = judge(Facts.of(case, council, TODAY))
        tasks = {task.page.id: task for section in journey.task_list(judgement) for task in section.tasks}
        assert [one.role for one in judgement.facts.valid_signatures()] == ["senco"]
        assert tasks["sign"].words == words


def test_any_other_reason_or_a_change_to_a_document_undoes_signatures() -> None:
    case = Case("test", "1", {}, evidence=(EvidenceFact("a.pdf", "0" * 64, answers=("E65",)),))
    digest = case.signed_digest()
    assert replace(case, reasons={"E24": "later"}).signed_digest() != digest
    for change in ({"title": "Letter"}, {"dated": "2026-11-01"}, {"answers": ("E28",)}, {"rotate": 90},
                   {"turned": (Turn(2, 180),)}):  # fmt: skip
        changed = replace(case.evidence[0], **change)
        assert replace(case, evidence=(changed,)).signed_digest() != digest
