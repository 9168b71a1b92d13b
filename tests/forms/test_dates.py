"""Dates are said in English, whatever language the computer speaks."""

from datetime import date, datetime

from forms.kit.dates import long_day, moment, short_day, weekday

DAY = date(2026, 11, 3)


def test_a_day_in_its_several_forms() -> None:
    assert (long_day(DAY), short_day(DAY), weekday(DAY)) == ("3 November 2026", "3 Nov", "Tuesday 3 November")


def test_a_moment_names_its_time_of_day_unless_it_has_none() -> None:
    assert moment(datetime(2026, 11, 3, 15, 41)) == "3 November 2026, 15:41"
    assert moment(datetime(2026, 11, 3)) == "3 November 2026"
