"""Whatever was answered: a judgement in our words, a way without repeats or dead ends, nothing hidden in print."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.catalogue import AFTER, FORMS, PAGES
from forms.kit.ask import questions
from tests.forms.anxious_pupil import ANXIOUS
from tests.forms.test_any_answers import ANSWERS, JUNK, REASONS, check_words, likely
from tests.validation.test_after_sending import DECIDED, SENT
from wizard import journey
from wizard.case import Case
from wizard.councils import council
from wizard.evidence_fact import EvidenceFact
from wizard.summary import summarise
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, guidance, judge

pytestmark = pytest.mark.long

TODAY = date(2026, 12, 9)
FULL: Mapping[str, Any] = {**ANXIOUS, **DECIDED}
ROWS = [row.id for row in council("essex").requirements]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def choices(page: str) -> st.SearchStrategy[dict[str, Any]]:
    """Answers of a page that was filled in, some of them another choice, missing or junk."""
    again = {
        question.name: st.sampled_from([choice.value for choice in question.choices])
        for question in questions(PAGES[page])
        if question.choices
    }
    odd = {question.name: likely(question) for question in questions(PAGES[page])}
    return st.builds(
        lambda some, other: {**FULL.get(page, {}), **some, **other},
        st.fixed_dictionaries({}, optional=again),
        st.one_of(st.just({}), st.just({}), st.fixed_dictionaries({}, optional=odd)),
    )


OTHERS = sorted(set(PAGES) - {"route"})
NEARLY = st.builds(
    lambda changed: {**FULL, **changed},
    st.fixed_dictionaries({"route": choices("route")}, optional={page: choices(page) for page in OTHERS}),
)
"""Referrals that are mostly answered, on every route."""
CASES = st.builds(
    lambda answers, reasons, not_known, rows, sent: Case(
        "essex",
        "1",
        answers,
        reasons=reasons,
        not_known=not_known,
        evidence=(EvidenceFact("a.pdf", answers=tuple(rows), outcome="included"),),
        diary=(SENT,) if sent else (),
    ),
    NEARLY | ANSWERS,
    st.dictionaries(
        st.sampled_from([row.id for row in council("essex").requirements]), st.text(max_size=5), max_size=4
    ),
    REASONS,
    st.lists(st.sampled_from(ROWS), max_size=3),
    st.booleans(),
)


def judged(case: Case) -> Judgement:
    return judge(Facts.of(case, council("essex"), TODAY))


def asked(found: Judgement) -> list[str]:
    return [page.id for page in journey.asked(found)]


@settings(max_examples=25, suppress_health_check=SLOW)
@given(CASES)
def test_every_problem_and_every_thing_to_do_is_in_our_words_at_a_page_that_is_asked(case: Case) -> None:
    found = judged(case)
    pages = asked(found)
    for page, problems in found.problems.items():
        for problem in problems:
            check_words(problem, PAGES[page])
    for point in (*found.points, *found.later):
        assert point.todo.endswith((".", "?")), point
        assert point.page in pages, f"{point.id} leads to {point.page}, which is not asked"
    for form in FORMS:
        for page in form.pages:
            guidance(found.facts, page.id)


@settings(max_examples=25, suppress_health_check=SLOW)
@given(CASES)
def test_the_way_on_has_no_repeats_and_ends_at_the_review(case: Case) -> None:
    found = judged(case)
    pages = asked(found)
    assert len(pages) == len(set(pages))
    for start in (page for page in pages if page in AFTER or pages.index(page) < pages.index("check")):
        page, seen = start, [start]
        while (following := journey.after(found, page)) is not None and following.id != "check":
            assert following.id in pages
            assert following.id not in seen, f"{page} leads back to {following.id}"
            page = following.id
            seen.append(page)
        assert (following is None) is (start in AFTER), f"{start} leads to {page} and no further"
    for first, second in pairwise(pages):
        back = journey.before(found, second)
        assert back is not None
        assert back.id == first


@settings(max_examples=25, suppress_health_check=SLOW)
@given(CASES)
def test_what_is_hidden_is_not_printed_and_not_on_the_task_list(case: Case) -> None:
    found = judged(case)
    pages = asked(found)
    for section in summarise(found.facts.answers):
        for part in section.parts:
            assert part.page in pages
            raw = case.answers.get(part.page)
            hidden = {
                q.name for q in questions(PAGES[part.page]) if not q.shown(raw if isinstance(raw, Mapping) else {})
            }
            assert not hidden & {row.field for row in part.rows}, part.page
    listed = {
        task.page.id
        for section in journey.task_list(found)
        for task in section.tasks
        if task.status is not journey.Status.NOT_NEEDED
    }
    assert listed <= set(pages)


@settings(max_examples=50, suppress_health_check=SLOW)
@given(page=st.sampled_from(sorted(PAGES)), junk=JUNK)
def test_junk_in_place_of_a_page_is_said_in_our_words(page: str, junk: Any) -> None:
    found = judged(Case("essex", "1", {**FULL, page: junk}, diary=(SENT,)))
    for problem in found.problems.get(page, ()):
        check_words(problem, PAGES[page])
    assert isinstance(junk, dict) or found.problems.get(page, True)
