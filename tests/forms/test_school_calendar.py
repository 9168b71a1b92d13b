"""Ages, years and school days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.kit.calendar import (
    add_school_days,
    age,
    bank_holidays,
    compulsory_age,
    is_school_day,
    key_stage,
    last_friday_in_june,
    school_year,
    year_group,
    year_name,
)

TODAY = date(2026, 11, 21)


@pytest.mark.policy("E3")
@pytest.mark.parametrize(
    ("born", "start", "end", "year"),
    [
        ("2019-02-10", "2024-03-31", "2035-06-29", 3),
        ("2007-09-23", "2012-12-31", "2024-06-28", None),
        ("2010-08-31", "2015-08-31", "2026-06-26", 12),
        ("2010-09-01", "2015-12-31", "2027-06-25", 11),
        ("2011-06-30", "2016-08-31", "2027-06-25", 11),
        ("2012-03-15", "2017-03-31", "2028-06-30", 10),
        ("2012-02-29", "2017-03-31", "2028-06-30", 10),
        ("2015-08-31", "2020-08-31", "2031-06-27", 7),
        ("2015-09-01", "2020-12-31", "2032-06-25", 6),
        ("2021-12-31", "2026-12-31", "2038-06-25", 0),
    ],
)
def test_compulsory_school_age_and_year_group(born: str, start: str, end: str, year: int | None) -> None:
    day = date.fromisoformat(born)
    assert compulsory_age(day) == (date.fromisoformat(start), date.fromisoformat(end))
    if year is not None:
        assert year_group(day, TODAY) == year


def test_last_fridays_in_june() -> None:
    days = [last_friday_in_june(year).isoformat() for year in range(2025, 2030)]
    assert days == ["2025-06-27", "2026-06-26", "2027-06-25", "2028-06-30", "2029-06-29"]


def test_a_birthday_on_29_february_falls_on_1_march() -> None:
    born = date(2012, 2, 29)
    assert age(born, date(2026, 2, 28)) == 13
    assert age(born, date(2026, 3, 1)) == 14


def test_the_school_year_turns_in_september() -> None:
    assert school_year(date(2026, 8, 31)) == 2025
    assert school_year(date(2026, 9, 1)) == 2026
    assert year_group(date(2012, 3, 15), date(2026, 8, 31)) == 9


@pytest.mark.parametrize(
    ("year", "stage", "name"),
    [
        (-1, "EYFS", "Nursery"),
        (0, "EYFS", "Reception"),
        (1, "KS1", "Year 1"),
        (2, "KS1", "Year 2"),
        (3, "KS2", "Year 3"),
        (6, "KS2", "Year 6"),
        (7, "KS3", "Year 7"),
        (9, "KS3", "Year 9"),
        (10, "KS4", "Year 10"),
        (11, "KS4", "Year 11"),
        (12, "KS5", "Year 12"),
    ],
)
def test_key_stages(year: int, stage: str, name: str) -> None:
    assert (key_stage(year), year_name(year)) == (stage, name)


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)))
def test_compulsory_school_age_lasts_ten_to_twelve_years_and_ends_on_a_friday(born: date) -> None:
    start, end = compulsory_age(born)
    assert age(born, start) == 5
    assert end.weekday() == 4
    assert end.month == 6
    assert 15 <= age(born, end) <= 16


def test_bank_holidays_of_england() -> None:
    assert {date(2026, 4, 3), date(2026, 12, 28), date(2026, 8, 31)} <= bank_holidays(2026)
    assert {date(2027, 12, 27), date(2027, 12, 28)} <= bank_holidays(2027)
    assert date(2026, 3, 17) not in bank_holidays(2026), "Saint Patrick's day is not one in England"


def test_school_days_leave_out_weekends_bank_holidays_and_the_schools_own_closed_days() -> None:
    assert is_school_day(date(2026, 11, 20))
    assert not is_school_day(date(2026, 11, 21))
    assert not is_school_day(date(2026, 5, 4))
    assert not is_school_day(date(2026, 11, 20), closed={date(2026, 11, 20)})


@pytest.mark.policy("E97")
def test_five_school_days_after_a_meeting() -> None:
    assert add_school_days(date(2026, 11, 19), 5) == date(2026, 11, 26)
    assert add_school_days(date(2026, 11, 21), 1) == date(2026, 11, 23)
    assert add_school_days(date(2026, 4, 30), 2, closed=[date(2026, 5, 5)]) == date(2026, 5, 6)
    assert add_school_days(date(2026, 11, 21), 0) == date(2026, 11, 21)


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(1, 30))
def test_counting_school_days_ends_on_one(day: date, count: int) -> None:
    end = add_school_days(day, count)
    assert is_school_day(end)
    assert sum(is_school_day(day + timedelta(days=n)) for n in range(1, (end - day).days + 1)) == count
