"""The register counted: attendance, health absence, the run and the fifteenth day, and the weeks for the calendar."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.kit.codes import NO_MARK, REGISTER_CODES, Attendance
from wizard.register import (
    Count,
    HealthRule,
    Session,
    Week,
    by_code,
    by_month,
    calendar_weeks,
    count,
    of_school_year,
    school_year,
    sickness_return_due,
)
from wizard.register_answers import counted

MONDAY = date(2026, 11, 2)


def weekdays(first: date, number: int) -> list[date]:
    """School days from ``first`` on, weekends left out."""
    days = (first + timedelta(days=offset) for offset in range(3 * number + 7))
    return [day for day in days if day.weekday() < 5][:number]


def register(*days: str, first: date = MONDAY) -> list[Session]:
    """One text a school day, morning and afternoon separated by a blank; an empty text is a day without sessions."""
    sessions = []
    for day, codes in zip(weekdays(first, len(days)), days, strict=True):
        sessions += [
            Session(day, half, code)
            for half, code in zip(("AM", "PM"), codes.split(), strict=False)  # type: ignore[arg-type]
        ]
    return sessions


ILL = "I I"
HERE = "/ \\"


@pytest.mark.policy("E61")
def test_the_worked_example() -> None:
    """Ill from 2 to 20 November 2026 is fifteen days on the twentieth; one afternoon in school undoes it."""
    whole = count(register(*[ILL] * 15))
    assert (whole.health_sessions, whole.cumulative_days, whole.longest_run) == (30, Decimal(15), 15)
    assert whole.reached_on == date(2026, 11, 20)
    broken = count(register(*[ILL] * 7, "I \\", *[ILL] * 7))
    assert (broken.health_sessions, broken.cumulative_days, broken.longest_run) == (29, Decimal("14.5"), 7)
    assert broken.reached_on is None


def test_an_empty_register_counts_to_nothing() -> None:
    assert count([]) == Count()
    assert calendar_weeks([]) == ()


@pytest.mark.parametrize(
    ("days", "possible", "attending", "percentage"),
    [
        ([HERE] * 5, 10, 10, "100.0"),
        ([HERE, ILL], 4, 2, "50.0"),
        ([HERE, HERE, "I \\"], 6, 5, "83.3"),
        (["/ I", ILL, ILL], 6, 1, "16.7"),
        ([HERE] * 7 + [ILL], 16, 14, "87.5"),
        (["L U"], 2, 1, "50.0"),
        (["K V", "P W", "B J"], 6, 6, "100.0"),
        (["D X", "Q Y", "Z #", "Y1 Y7"], 0, 0, None),
        (["D /", "# I"], 2, 1, "50.0"),
        (["C C1", "C2 E", "J1 M", "R S", "T H", "F G", "N O"], 14, 0, "0.0"),
        (["/ -", "- -"], 1, 1, "100.0"),
        (["/ ?", "I99 /"], 2, 2, "100.0"),
        ([ILL] + [HERE] * 3 + ["/ I"] * 2 + [HERE] * 2, 16, 12, "75.0"),
        ([ILL] * 5 + [HERE] * 3, 16, 6, "37.5"),
        (["/ I"] + [ILL] * 7, 16, 1, "6.3"),
        ([HERE] * 399 + [ILL], 800, 798, "99.8"),
    ],
)
def test_attendance_is_of_the_sessions_that_were_possible(
    days: list[str], possible: int, attending: int, percentage: str | None
) -> None:
    counted = count(register(*days, first=date(2026, 9, 1)))
    assert (counted.possible, counted.attending) == (possible, attending)
    assert counted.percentage == (None if percentage is None else Decimal(percentage))


@pytest.mark.parametrize(
    ("days", "persistent", "severe"),
    [
        ([HERE] * 10, False, False),
        ([HERE] * 19 + ["/ I"], False, False),
        ([HERE] * 9 + [ILL], True, False),
        ([HERE] * 9 + ["O O"], True, False),
        ([HERE, "I \\"], True, False),
        ([HERE, ILL], True, True),
        (["D D", "# #"], False, False),
    ],
)
def test_a_tenth_missed_is_persistent_and_half_severe(days: list[str], persistent: bool, severe: bool) -> None:
    counted = count(register(*days))
    assert (counted.persistently_absent, counted.severely_absent) == (persistent, severe)


@pytest.mark.parametrize(
    ("rule", "sessions"),
    [
        (HealthRule(), 3),
        (HealthRule(appointments=False), 2),
        (HealthRule(part_time=True), 4),
        (HealthRule(marked={(MONDAY + timedelta(days=2), "AM")}), 4),
        (HealthRule(marked={(MONDAY + timedelta(days=2), "AM"), (MONDAY + timedelta(days=3), "AM")}), 5),
        (HealthRule(marked={(MONDAY + timedelta(days=4), "AM")}), 3),
    ],
)
def test_which_absences_are_for_health_is_a_setting(rule: HealthRule, sessions: int) -> None:
    """Two ill, one appointment, one part-time, one N, one U; a mark on a session of another code changes nothing."""
    counted = count(register("I M", "I C2", "N /", "U /", "G R"), rule)
    assert counted.health_sessions == sessions
    assert counted.cumulative_days == Decimal(sessions) / 2


@pytest.mark.parametrize("code", sorted(set(REGISTER_CODES) - {"I", "M"}))
def test_no_other_code_counts_as_health_by_itself(code: str) -> None:
    assert count(register(f"{code} {code}")).health_sessions == 0


@pytest.mark.parametrize(
    ("days", "run"),
    [
        ([ILL] * 4, 4),
        ([ILL, ILL, HERE, ILL], 2),
        ([ILL, "", ILL], 2),
        ([ILL, "# #", "# #", ILL], 2),
        ([ILL, "Y4 Y4", ILL], 2),
        ([ILL, "- -", ILL], 2),
        ([ILL, "I #", "", ILL], 2),
        ([ILL, "I -", ILL], 2),
        ([ILL, "X X", ILL], 2),
        ([ILL, "D D", ILL], 1),
        ([ILL, "K K", ILL, ILL], 2),
        ([ILL, "C2 C2", ILL], 1),
        ([ILL, "N N", ILL], 1),
        ([ILL, "I /", ILL], 1),
        ([ILL, "M I", ILL], 3),
        (["I /"] * 9, 0),
        ([HERE], 0),
    ],
)
def test_the_run_is_of_days_missed_in_full(days: list[str], run: int) -> None:
    assert count(register(*days)).longest_run == run


def test_weekends_and_holidays_do_not_break_a_run() -> None:
    before = register(*[ILL] * 8, first=date(2026, 10, 14))
    after = register(*[ILL] * 7, first=MONDAY)
    counted = count([*before, *register(*["# #"] * 5, first=date(2026, 10, 26)), *after])
    assert counted.longest_run == 15
    assert counted.reached_on == date(2026, 11, 10)


def test_fifteen_days_are_reached_by_adding_up() -> None:
    counted = count(register(*["I /"] * 30, first=date(2026, 9, 7)))
    assert (counted.longest_run, counted.cumulative_days) == (0, Decimal(15))
    assert counted.reached_on == weekdays(date(2026, 9, 7), 30)[-1]
    assert count(register(*["I /"] * 29, first=date(2026, 9, 7))).reached_on is None


def test_the_earlier_way_of_reaching_fifteen_gives_the_date() -> None:
    days = ["I /"] * 4 + [ILL] * 20
    counted = count(register(*days, first=date(2026, 9, 7)))
    assert counted.longest_run == 20
    assert counted.reached_on == weekdays(date(2026, 9, 7), 17)[-1]


def test_days_add_up_within_a_school_year_and_runs_go_across() -> None:
    july, september = register(*[ILL] * 10, first=date(2026, 7, 6)), register(*[ILL] * 6, first=date(2026, 9, 1))
    counted = count([*july, *september])
    assert counted.cumulative_days == Decimal(6)
    assert counted.health_sessions == 32
    assert counted.longest_run == 16
    assert counted.reached_on == weekdays(date(2026, 9, 1), 5)[-1]
    assert count(july).cumulative_days == Decimal(10)
    assert (school_year(date(2026, 8, 31)), school_year(date(2026, 9, 1))) == (2025, 2026)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_at_either_end_of_time_a_register_is_counted(day: date) -> None:
    row = {"date": day.isoformat(), "session": "AM", "code": "I"}
    found = counted({"attendance": {"register": {"sessions": [row]}}}, 15)
    assert found is not None
    assert (found.illness_days, found.percentage) == (Decimal("0.5"), Decimal("0.0"))
    assert of_school_year([Session(day, "AM", "I")], school_year(day) - 1) == ()


def test_order_does_not_matter_and_the_later_of_two_entries_stands() -> None:
    sessions = register(HERE, ILL, "I /")
    assert count(reversed(sessions)) == count(sessions)
    assert count([*sessions, Session(MONDAY, "AM", "I")]).health_sessions == 4


def test_what_stands_between_which_dates_and_what_is_unmarked() -> None:
    counted = count(register("- /", HERE, "? -"))
    assert (counted.first, counted.last, counted.unmarked) == (MONDAY, MONDAY + timedelta(days=2), 3)


def test_the_calendar_has_a_row_a_week_that_holds_sessions() -> None:
    sessions = [*register(HERE, "I -", first=date(2026, 11, 5)), Session(date(2026, 11, 20), "PM", "C2")]
    saturday = Session(date(2026, 11, 28), "AM", "/")
    nothing = ("", "")
    assert calendar_weeks([*reversed(sessions), saturday]) == (
        Week(date(2026, 11, 2), (nothing, nothing, nothing, ("/", "\\"), ("I", "-"))),
        Week(date(2026, 11, 16), (nothing, nothing, nothing, nothing, ("", "C2"))),
    )


def test_the_codes_are_those_of_the_regulations() -> None:
    by_class: dict[Attendance, set[str]] = {}
    for code in REGISTER_CODES.values():
        by_class.setdefault(code.counts_as, set()).add(code.code)
    assert by_class == {
        Attendance.PRESENT: {"/", "\\", "L"},
        Attendance.APPROVED: {"K", "V", "P", "W", "B", "J"},
        Attendance.AUTHORISED: {"C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T", "F", "H"},
        Attendance.UNAUTHORISED: {"G", "N", "O", "U"},
        Attendance.NOT_POSSIBLE: {"D", "Q", "X", "Y", *(f"Y{number}" for number in range(1, 8))},
        Attendance.NOT_COUNTED: {"Z", "#"},
    }
    assert {code.code for code in REGISTER_CODES.values() if code.legacy} == {"F", "H", "J", "Y"}
    assert all(code.meaning for code in REGISTER_CODES.values())
    assert NO_MARK not in REGISTER_CODES


DAY = {number: day for number, day in enumerate(weekdays(MONDAY, 40), 1)}


@pytest.mark.policy("E61", "E54")
@pytest.mark.parametrize(
    ("days", "added_up", "run", "reached"),
    [
        ([ILL] * 14, "14", 14, None),
        ([ILL] * 15, "15", 15, DAY[15]),
        ([ILL] * 16, "16", 16, DAY[15]),
        ([ILL] * 14 + ["I /"], "14.5", 14, None),
        ([ILL] * 14 + ["I /", "I /"], "15", 14, DAY[16]),
        ([ILL] * 7 + [HERE] + [ILL] * 8, "15", 8, DAY[16]),
        ([ILL, HERE] * 14, "14", 1, None),
        ([ILL, HERE] * 15, "15", 1, DAY[29]),
        (["I /"] * 30, "15", 0, DAY[30]),
        (["/ I"] * 29, "14.5", 0, None),
        (["M I"] * 15, "15", 15, DAY[15]),
        (["M /"] * 10, "5", 0, None),
        (["C2 C2"] * 20, "0", 0, None),
        (["N N"] * 20, "0", 0, None),
        (["O O"] * 7 + ["U U"] * 8, "0", 0, None),
        ([ILL] * 10 + ["# #"] * 5 + [ILL] * 5, "15", 15, DAY[20]),
        ([ILL] * 10 + ["Y4 Y4"] + [ILL] * 5, "15", 15, DAY[16]),
        ([ILL] * 10 + ["D D"] + [ILL] * 5, "15", 10, DAY[16]),
        ([ILL] * 10 + ["K K"] + [ILL] * 4, "14", 10, None),
        ([ILL] * 10 + ["B B"] + [ILL] * 5, "15", 10, DAY[16]),
        ([ILL] * 10 + ["- -"] + [ILL] * 4, "14", 14, None),
        ([ILL] * 10 + ["I -"] + [ILL] * 5, "15.5", 15, DAY[16]),
        ([ILL] * 10 + ["X X"] * 3 + [ILL] * 5, "15", 15, DAY[18]),
        ([ILL] * 10 + ["I D"] + [ILL] * 5, "15.5", 10, DAY[16]),
        (["Z Z"] * 5 + [ILL] * 15, "15", 15, DAY[20]),
        ([HERE] * 20, "0", 0, None),
    ],
)
def test_days_counted_by_hand(days: list[str], added_up: str, run: int, reached: date | None) -> None:
    counted = count(register(*days))
    assert (counted.cumulative_days, counted.longest_run, counted.reached_on) == (Decimal(added_up), run, reached)


@pytest.mark.parametrize(("threshold", "reached"), [(10, DAY[10]), (15, DAY[15]), (20, None), (0, None)])
def test_the_number_of_days_is_the_councils(threshold: int, reached: date | None) -> None:
    assert count(register(*[ILL] * 16), threshold=threshold).reached_on == reached


def test_illness_is_counted_apart_from_other_health_absence() -> None:
    counted = count(register(*["M M"] * 5, *[ILL] * 15, HERE))
    assert (counted.cumulative_days, counted.illness_days) == (Decimal(20), Decimal(15))
    assert (counted.reached_on, counted.illness_reached_on) == (DAY[15], DAY[20])
    assert counted.last_attended == DAY[21]


@pytest.mark.parametrize(
    ("ill", "expected", "of_age", "due"),
    [(15, 0, True, True), (14, 0, True, False), (10, 5, True, True), (10, 4, True, False), (15, 0, False, False),
     (0, 20, True, False)],
)  # fmt: skip
def test_when_a_sickness_return_is_due(ill: int, expected: int, of_age: bool, due: bool) -> None:
    counted = count(register(*[ILL] * ill, HERE))
    assert sickness_return_due(counted, Decimal(0), Decimal(expected), of_age) is due
    assert sickness_return_due(None, Decimal(ill), Decimal(expected), of_age) is due


def test_sessions_by_code_and_by_month() -> None:
    sessions = [*register(HERE, ILL, first=date(2026, 10, 30)), Session(date(2026, 11, 3), "AM", "I")]
    assert by_code(sessions) == [("I", 3), ("/", 1), ("\\", 1)]
    assert by_month(sessions) == [(date(2026, 10, 1), {"/": 1, "\\": 1}), (date(2026, 11, 1), {"I": 3})]


ATTENDING, ABSENT = (
    set("/\\LKVPWBJ"),
    {"C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T", "F", "H", "G", "N", "O", "U"},
)


def slowly(sessions: Iterable[Session], rule: HealthRule) -> dict[str, Any]:
    """The same count, done the long way: every stretch of days is tried, every date asked in turn."""
    codes = {(session.date, session.session): session.code for session in sessions}
    days = sorted({day for day, _ in codes})

    def healthy(day: date, half: str) -> bool:
        code = codes.get((day, half))  # type: ignore[call-overload]
        allowed = {"I"} | ({"M"} if rule.appointments else set()) | ({"C2"} if rule.part_time else set())
        return code in allowed or (code in {"N", "O", "U"} and (day, half) in rule.marked)

    def breaks(day: date) -> bool:
        there = [half for half in ("AM", "PM") if codes.get((day, half)) in ATTENDING | ABSENT | {"D"}]  # type: ignore[call-overload]
        return not all(healthy(day, half) for half in there)

    def in_full(stretch: list[date]) -> int:
        if any(breaks(day) for day in stretch):
            return 0
        return sum(healthy(day, "AM") and healthy(day, "PM") for day in stretch)

    def of_year(until: date) -> int:
        start = date(days[-1].year if days[-1] >= date(days[-1].year, 9, 1) else days[-1].year - 1, 9, 1)
        return sum(healthy(day, half) for day in days if start <= day <= until for half in ("AM", "PM"))

    stretches = [(start, end) for start in range(len(days)) for end in range(start, len(days))]
    reached = [days[end] for start, end in stretches if in_full(days[start : end + 1]) >= 15]
    reached += [day for day in days if of_year(day) >= 30]
    attending = sum(code in ATTENDING for code in codes.values())
    possible = attending + sum(code in ABSENT for code in codes.values())
    ill_days = [day for (day, _), code in codes.items() if code == "I" and school_year(day) == school_year(days[-1])]
    exact = Decimal(attending) * 100 / possible if possible else None
    return {
        "possible": possible,
        "attending": attending,
        "percentage": exact if exact is None else exact.quantize(Decimal("0.1"), ROUND_HALF_UP),
        "health_sessions": sum(healthy(*place) for place in codes),
        "cumulative_days": Decimal(of_year(days[-1])) / 2 if days else Decimal(0),
        "longest_run": max((in_full(days[start : end + 1]) for start, end in stretches), default=0),
        "reached_on": min(reached, default=None),
        "first": min(days, default=None),
        "last": max(days, default=None),
        "persistently_absent": exact is not None and exact <= 90,
        "severely_absent": exact is not None and exact <= 50,
        "illness_days": Decimal(len(ill_days)) / 2,
        "illness_reached_on": sorted(ill_days)[29] if len(ill_days) >= 30 else None,
        "last_attended": max((day for (day, _), code in codes.items() if code in ATTENDING), default=None),
        "unmarked": sum(code not in REGISTER_CODES for code in codes.values()),
    }


CODES = st.sampled_from(["I"] * 12 + ["/", "\\", "#", "-", "M", "C2", "N", "D", "X", "Y4", "?", "K", "Z"])
REGISTERS = st.lists(st.tuples(CODES, CODES), max_size=32).flatmap(
    lambda days: st.builds(
        lambda first, gaps: [
            Session(first + timedelta(days=number + sum(gaps[:number])), half, code)
            for number, day in enumerate(days)
            for half, code in zip(("AM", "PM"), day, strict=True)
        ],
        st.sampled_from([date(2026, 8, 10), MONDAY, date(2025, 8, 31)]),
        st.lists(st.sampled_from([0, 0, 0, 2, 9]), min_size=len(days), max_size=len(days)),
    )
)


@settings(max_examples=200, deadline=None)
@given(REGISTERS, st.booleans(), st.booleans(), st.booleans())
def test_the_count_agrees_with_one_done_the_long_way(
    sessions: list[Session], appointments: bool, part_time: bool, marked: bool
) -> None:
    places = {(session.date, session.session) for session in sessions if session.date.day % 2} if marked else set()
    rule = HealthRule(appointments, part_time, places)
    counted = count(sessions, rule)
    assert {name: getattr(counted, name) for name in Count.__slots__} == slowly(sessions, rule)
