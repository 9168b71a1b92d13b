"""Whatever is typed, kept or imported: problems in our words, never an exception."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.catalogue import FORMS, PAGES
from forms.kit.ask import Question, Widget, questions
from forms.kit.page import MOST_CARDS, Answers, Context, Page, Problem

pytestmark = pytest.mark.long

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
DAYS = st.fixed_dictionaries(
    {
        "day": st.integers(0, 32).map(str),
        "month": st.sampled_from(["1", "02", "March", "13", ""]),
        "year": st.text("0126"),
    }
)
REGISTER = st.fixed_dictionaries(
    {
        "file": st.text(max_size=5),
        "sessions": st.lists(
            st.fixed_dictionaries(
                {"date": st.dates().map(str), "session": st.sampled_from(["AM", "PM"]), "code": JUNK}
            ),
            max_size=2,
        ),
    }
)


def likely(question: Question, depth: int = 0) -> st.SearchStrategy[Any]:
    """Answers that often fit a question, so that what lies behind the first check is reached too."""
    fitting: list[st.SearchStrategy[Any]] = [JUNK, st.just({"because": "nobody knows"})]
    if question.choices:
        fitting.append(st.sampled_from([choice.value for choice in question.choices]))
        fitting.append(st.lists(fitting[-1], max_size=3))
    if question.card is not None and depth < 1:
        card = {inner.name: likely(inner, depth + 1) for inner in questions(question.card)}
        fitting.append(st.lists(st.fixed_dictionaries({}, optional=card), max_size=3))
    if question.widget is Widget.DATE:
        fitting += [DAYS, st.sampled_from(["2026-03-02", "2025-01-31", "2027-01-01"])]
    if question.widget is Widget.NUMBER:
        fitting.append(st.integers(0, 50).map(str))
    if question.widget is Widget.REGISTER:
        fitting.append(REGISTER)
    if question.widget in (Widget.LINE, Widget.TEXT_AREA):
        fitting.append(st.sampled_from(["Amira", "CM1 1QH", "01632 960101", "a@b.example", "123456", "B801200005001"]))
    return st.one_of(fitting)


def raw_page(page: type[Page]) -> st.SearchStrategy[Any]:
    fields = {question.name: likely(question) for question in questions(page)}
    return st.one_of(st.fixed_dictionaries({}, optional=fields), st.fixed_dictionaries(fields), JUNK)


REASONS = st.dictionaries(
    st.sampled_from([f"{page.id}.{q.name}" for page in PAGES.values() for q in questions(page)]) | st.text(max_size=8),
    st.text(max_size=8),
    max_size=4,
)
ANSWERS = st.fixed_dictionaries({}, optional={page.id: raw_page(page) for page in PAGES.values()})
PYDANTIC = re.compile(r"input should|valid |validation|got |expected|field required|error|invalid|none is not", re.I)


def check_words(problem: Problem, page: type[Page]) -> None:
    assert problem.page == page.id
    assert problem.sentence.endswith("."), problem.sentence
    ours = re.sub("“[^”]*”", "", problem.sentence)  # labels may use any word: “Expected wait”
    assert not PYDANTIC.search(ours), problem.sentence
    assert problem.sentence[0].isupper() or problem.sentence[0] == "“", problem.sentence
    if problem.path:
        assert problem.path[0] in page.model_fields, problem.path


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(pages=ANSWERS, reasons=REASONS)
def test_any_answers_are_read_without_an_exception(pages: Any, reasons: Any, context: Context) -> None:
    answers = Answers(pages, context, reasons)
    for form in FORMS:
        for page in form.pages:
            page.asked(answers)
            answers.get(page)
            answers.begun(page)
            reading = answers.reading(page)
            assert reading.problems or reading.model is not None
            for problem in reading.problems:
                check_words(problem, page)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_each_page_takes_likely_and_unlikely_answers(data: st.DataObject, context: Context) -> None:
    for page in PAGES.values():
        raw = data.draw(raw_page(page))
        for problem in Answers({page.id: raw}, context).reading(page).problems:
            check_words(problem, page)


def test_an_empty_page_asks_for_every_required_question_that_is_shown(answers: Callable[..., Answers]) -> None:
    for page in PAGES.values():
        missing = {problem.path[0] for problem in answers().reading(page).problems if problem.missing}
        assert missing == {q.name for q in questions(page) if q.required and q.shown({})}


def test_more_cards_than_anybody_enters_are_refused_at_once(answers: Callable[..., Answers]) -> None:
    closure = {"what": "INSET day", "date": "2026-09-02"}
    (problem,) = answers(calendar={"closures": [closure] * 100_000}).reading(PAGES["calendar"]).problems
    check_words(problem, PAGES["calendar"])
    assert (problem.path, "too many entries" in problem.sentence) == (("closures",), True)
    one_less = [{"name": "An adult"}] * MOST_CARDS
    assert "too many" not in str(answers(family={"adults": one_less}).reading(PAGES["family"]).problems)
