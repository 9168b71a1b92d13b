"""A school's own calendar: entered as cards, and what deadlines and reviews come to in it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from forms.kit.calendar import SchoolCalendar, Span, bank_holidays, is_bank_holiday, week_twelve
from forms.kit.page import Answers, Context
from forms.school_calendar import Calendar, calendar_of
from tests.forms.test_any_answers import raw_page

Made = Callable[..., Answers]

TERMS = [
    ("Autumn 2026", "2026-09-03", "2026-12-18", "2026-10-26", "2026-10-30"),
    ("Spring 2027", "2027-01-04", "2027-03-25", "2027-02-15", "2027-02-19"),
    ("Summer 2027", "2027-04-12", "2027-07-21", "2027-05-31", "2027-06-04"),
]
YEAR: dict[str, Any] = {
    "terms": [
        dict(zip(("name", "first", "last", "half_from", "half_to"), term, strict=True)) for term in TERMS
    ],
    "closures": [
        {"date": "2026-11-27", "what": "INSET day"},
        {"date": "2027-01-20", "until": "2027-01-22", "what": "Snow"},
    ],
}  # fmt: skip


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture
def year(answers: Made) -> SchoolCalendar:
    return calendar_of(answers(calendar=YEAR))


def test_the_school_meets_in_its_terms_and_not_in_between(year: SchoolCalendar) -> None:
    open_days = ["2026-09-03", "2026-12-18", "2027-01-04", "2027-01-19", "2027-02-12", "2027-07-21"]
    shut = ["2026-09-02", "2026-10-28", "2026-11-27", "2026-12-21", "2027-01-21", "2027-04-05", "2027-08-12"]
    assert [text for text in open_days if not year.is_school_day(day(text))] == []
    assert [text for text in shut if year.is_school_day(day(text))] == []
    assert not year.is_school_day(day("2027-05-03")), "a bank holiday inside a term"
    assert not year.is_school_day(day("2027-01-09")), "a Saturday"


def test_beyond_what_was_entered_weekdays_count_and_the_calendar_says_that_it_does_not_know(
    year: SchoolCalendar,
) -> None:
    assert year.knows(day("2026-08-01"))
    assert year.knows(day("2027-08-31"))
    assert not year.knows(day("2027-09-01"))
    assert year.is_school_day(day("2027-10-28")), "half term of a year that was not entered"
    assert not year.is_school_day(day("2027-08-30"))


def test_a_term_left_out_is_not_taken_for_a_holiday(answers: Made) -> None:
    without_spring = {"terms": [YEAR["terms"][2], YEAR["terms"][0]]}
    calendar = calendar_of(answers(calendar=without_spring))
    assert calendar.is_school_day(day("2027-02-03"))
    assert not calendar.knows(day("2027-02-03"))
    assert calendar.knows(day("2027-05-31"))


def test_without_terms_or_with_doubtful_ones_weekdays_less_bank_holidays_count(answers: Made) -> None:
    for page in ({}, {"terms": [YEAR["terms"][0] | {"last": "2026-08-01"}]}):
        assert calendar_of(answers(calendar=page)) == SchoolCalendar()
    gone = answers(route={"on_roll": "no"}, calendar=YEAR)
    assert calendar_of(gone) == SchoolCalendar()
    plain = SchoolCalendar()
    assert plain.is_school_day(day("2026-10-28"))
    assert not plain.is_school_day(day("2026-12-28"))
    assert calendar_of(answers(calendar={"closures": YEAR["closures"]})).add_school_days(day("2026-11-26"), 1) == day(
        "2026-11-30"
    )


BANK_HOLIDAYS = {
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
}


@pytest.mark.parametrize("in_year", BANK_HOLIDAYS)
def test_the_published_bank_holidays_are_the_weekdays_without_school(in_year: int) -> None:
    published = [day(f"{in_year}-{text}") for text in BANK_HOLIDAYS[in_year].split()]
    assert sorted(one for one in bank_holidays(in_year) if one.weekday() < 5) == published


@pytest.mark.policy("E97")
def test_minutes_are_due_five_school_days_after_the_meeting(year: SchoolCalendar) -> None:
    assert year.minutes_due(day("2026-11-12")) == day("2026-11-19")
    assert year.minutes_due(day("2026-11-24")) == day("2026-12-02"), "an INSET day lies between"
    assert year.minutes_due(day("2026-12-17")) == day("2027-01-07"), "the first day after the meeting is the 18th"
    assert SchoolCalendar().minutes_due(day("2026-12-17")) == day("2026-12-24")


@pytest.mark.policy("E77", "E78", "E81")
def test_reviews_every_six_weeks_are_brought_forward_out_of_the_holidays(year: SchoolCalendar) -> None:
    start = day("2027-01-11")
    assert SchoolCalendar().reviews(start, 2) == (day("2027-02-22"), day("2027-04-05"))
    assert week_twelve(start) == day("2027-04-05")
    assert year.reviews(start, 4) == (day("2027-02-22"), day("2027-03-25"), day("2027-05-17"), day("2027-06-28"))


def test_a_review_that_has_no_school_day_before_it_waits_for_the_first_one_after() -> None:
    summer = SchoolCalendar((Span(day("2026-04-13"), day("2026-07-21")), Span(day("2026-09-03"), day("2026-12-18"))))
    assert summer.reviews(day("2026-07-21"), 1) == (day("2026-09-03"),)
    assert summer.reviews(day("2026-07-14"), 2) == (day("2026-07-21"), day("2026-10-06"))


def test_the_panel_meets_on_the_next_monday_and_a_bank_holiday_is_told() -> None:
    calendar = SchoolCalendar()
    assert calendar.next_weekday(day("2026-05-01")) == day("2026-05-04")
    assert is_bank_holiday(day("2026-05-04"))
    assert calendar.next_weekday(day("2026-05-04")) == day("2026-05-11"), "that day's may be over"
    assert not is_bank_holiday(day("2026-05-11"))
    assert all(is_bank_holiday(day(text)) for text in ("2027-03-29", "2027-05-03", "2027-05-31"))


DOUBTFUL = {
    "ends before it begins": ({"last": "2026-09-01"}, {}, ("terms", 0, "last")),
    "a mistyped year": ({"last": "2027-12-18"}, {}, ("terms", 0, "last")),
    "half of a half term": ({"half_to": None}, {}, ("terms", 0, "half_to")),
    "the other half": ({"half_from": None}, {}, ("terms", 0, "half_from")),
    "half term backwards": ({"half_from": "2026-10-30", "half_to": "2026-10-26"}, {}, ("terms", 0, "half_to")),
    "half term outside": ({"half_from": "2026-08-24", "half_to": "2026-08-28"}, {}, ("terms", 0, "half_from")),
    "terms that overlap": ({"last": "2027-01-05"}, {}, ("terms", 1, "last")),
    "a closure backwards": ({}, {"until": "2026-11-26"}, ("closures", 0, "date")),
    "a closure in half term": ({}, {"date": "2026-10-27"}, ("closures", 0, "date")),
    "a closure out of term": ({}, {"date": "2027-08-03"}, ("closures", 0, "date")),
    "a closure twice": ({}, {"date": "2027-01-21"}, ("closures", 1, "date")),
}


@pytest.mark.parametrize("case", DOUBTFUL)
def test_doubtful_days_are_pointed_out_where_they_are(answers: Made, case: str) -> None:
    term, closure, where = DOUBTFUL[case]
    first_term, first_closure = YEAR["terms"][0] | term, YEAR["closures"][0] | closure
    page = {
        "terms": [first_term, *YEAR["terms"][1:]],
        "closures": [first_closure, *YEAR["closures"][1:]],
    }
    problems = answers(calendar=page).reading(Calendar).problems
    assert where in [problem.path for problem in problems]
    assert not any(problem.missing for problem in problems)


def test_a_calendar_in_order_and_an_empty_one_raise_no_doubt(answers: Made) -> None:
    for page in (YEAR, {}, {"closures": YEAR["closures"]}):
        assert answers(calendar=page).reading(Calendar).problems == ()


DAYS = st.dates(date(2024, 1, 1), date(2030, 1, 1))
SPANS = st.builds(lambda first, length: Span(first, first + timedelta(days=length)), DAYS, st.integers(0, 100))
CALENDARS = st.builds(SchoolCalendar, st.lists(SPANS, max_size=6).map(tuple), st.lists(SPANS, max_size=3).map(tuple))


def slowly_open(calendar: SchoolCalendar, when: date) -> bool:
    """The same question, answered the long way: every day of every term and holiday written down."""
    in_terms = {one.first + timedelta(days=n) for one in calendar.terms for n in range((one.last - one.first).days + 1)}
    closed = {one.first + timedelta(days=n) for one in calendar.closed for n in range((one.last - one.first).days + 1)}
    if when in closed or when.weekday() >= 5 or when in bank_holidays(when.year):
        return False
    if when in in_terms or not in_terms:
        return True
    back = next((n for n in range(1, 2500) if when - timedelta(days=n) in in_terms), None)
    on = next((n for n in range(1, 2500) if when + timedelta(days=n) in in_terms), None)
    if back is not None and on is not None and back + on <= 56:
        return False
    ended = when - timedelta(days=back) if back is not None else None
    begins = when + timedelta(days=on) if on is not None else None
    after_summer_term = ended is not None and 6 <= ended.month <= 8 and when <= date(ended.year, 8, 31)
    before_autumn_term = begins is not None and begins.month in (8, 9) and when >= date(begins.year, 8, 1)
    return not (after_summer_term or before_autumn_term)


@given(CALENDARS, DAYS)
def test_the_quick_answer_is_the_slow_one(calendar: SchoolCalendar, when: date) -> None:
    assert calendar.is_school_day(when) == slowly_open(calendar, when)


@given(CALENDARS, DAYS, st.integers(1, 30))
def test_counting_on_and_counting_between_agree(calendar: SchoolCalendar, when: date, count: int) -> None:
    end = calendar.add_school_days(when, count)
    assert calendar.is_school_day(end)
    assert calendar.school_days_between(when, end) == count
    assert calendar.school_days_between(when, end - timedelta(days=1)) == count - 1
    assert calendar.school_days_between(end, when) == 0
    assert calendar.add_school_days(when, 0) == when


@given(CALENDARS, DAYS, st.integers(1, 6))
def test_reviews_are_on_school_days_in_order_and_within_seven_school_weeks(
    calendar: SchoolCalendar, start: date, count: int
) -> None:
    found = calendar.reviews(start, count)
    assert all(calendar.is_school_day(one) for one in found)
    for number, review in enumerate(found, 1):
        before = start + timedelta(days=42 * (number - 1))
        weeks = {
            one.isocalendar()[:2]
            for one in (before + timedelta(days=n) for n in range((review - before).days + 1))
            if calendar.is_school_day(one)
        }
        assert len(weeks) <= 7


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(raw=raw_page(Calendar), when=DAYS)
def test_whatever_was_typed_there_is_a_calendar(raw: Any, when: date, context: Context) -> None:
    calendar = calendar_of(Answers({"calendar": raw}, context))
    assert calendar.is_school_day(calendar.minutes_due(when))


def test_the_end_of_time_is_no_trouble() -> None:
    calendar = SchoolCalendar()
    assert calendar.minutes_due(date.max) == date.max
    assert calendar.reviews(date.max, 2) == (date.max, date.max)
    assert week_twelve(date.max) == calendar.next_weekday(date.max) == date.max


@given(DAYS)
def test_the_panel_is_the_only_monday_of_the_next_seven_days(when: date) -> None:
    assume(when.year < 2030)
    panel = SchoolCalendar().next_weekday(when)
    assert panel.weekday() == 0
    assert 1 <= (panel - when).days <= 7
