"""The register with what a school says about single sessions in it, counted from raw answers."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.attendance import Attendance
from tests.forms.anxious_pupil import ANXIOUS
from tests.pages.screens import ten_weeks
from tests.test_register import ILL, MONDAY, register
from tests.validation.test_requirements import profile
from wizard.case import Case
from wizard.register import Count, Session, unmarked
from wizard.register_answers import counted, register_sessions
from wizard.summary import absence, summarise_page
from wizard.validation.facts import Facts

TODAY = date(2026, 11, 21)


def rows(sessions: list[Session]) -> list[dict[str, str]]:
    return [{"date": one.date.isoformat(), "session": one.session, "code": one.code} for one in sessions]


def raw(*days: str, **answers: Any) -> dict[str, Any]:
    first = answers.pop("first", MONDAY)
    extra = answers.pop("extra", {})
    return {"attendance": {"register": {"sessions": rows(register(*days, first=first)), **extra}, **answers}}


def found(answers: dict[str, Any], threshold: int = 15) -> Count:
    total = counted(answers, threshold)
    assert total is not None
    return total


def facts(answers: dict[str, Any], **pages: Any) -> Facts:
    return Facts.of(
        Case(authority="essex", authority_version="1", answers={**ANXIOUS, **pages, **answers}), profile(), TODAY
    )


def printed(answers: dict[str, Any]) -> dict[str, str]:
    part = summarise_page(Attendance, facts(answers).answers)
    return {row.label: row.text for row in part.rows if row.field == "register"}


def test_without_a_register_there_is_nothing_to_count() -> None:
    assert counted({"attendance": {"possible": "10"}}, 15) is None


@pytest.mark.policy("E61")
@pytest.mark.parametrize(
    ("answers", "days"),
    [
        ({}, "1.5"),
        ({"appointments": "no"}, "1"),
        ({"part_time_health": "yes"}, "2.5"),
        ({"part_time_health": "no"}, "1.5"),
        ({"for_health": [{"first": "2026-11-05", "why": "call of 5 November"}]}, "2.5"),
        ({"for_health": [{"first": "2026-11-05", "last": "2026-11-06", "why": "letter"}]}, "3"),
        ({"for_health": [{"first": "2026-11-05"}]}, "1.5"),
        ({"for_health": [{"first": {"day": "5", "month": "11", "year": "2026"}, "last": "", "why": "call"}]}, "2.5"),
        ({"for_health": "junk", "settled": 7}, "1.5"),
    ],
)
def test_what_counts_as_health_is_the_schools_word(answers: dict[str, Any], days: str) -> None:
    """Ill on Monday, half a day of appointments, a day of C2, a day of N, half a day of U."""
    total = found(raw(ILL, "M /", "C2 C2", "N N", "U /", **answers))
    assert total.cumulative_days == Decimal(days)


@pytest.mark.parametrize(
    ("settled", "codes"),
    [
        ([], "- - - - ?"),
        ([{"first": "2026-11-02", "code": "i"}], "I I - - ?"),
        ([{"first": "2026-11-02", "last": "2026-11-06", "code": "/", "half": "AM"}], "/ - / - /"),
        ([{"first": "2026-11-02", "half": "PM", "code": "M"}], "- M - - ?"),
        (
            [{"first": "2026-11-02", "code": "I"}, {"first": "2026-11-02", "last": "2026-11-06", "code": "#"}],
            "I I # # #",
        ),
        ([{"first": "2026-11-02", "code": "nonsense"}], "- - - - ?"),
    ],
)
def test_sessions_without_a_mark_are_what_the_school_says(settled: list[Any], codes: str) -> None:
    answers = raw("- -", "- -", "? /", settled=settled)
    assert " ".join(one.code for one in register_sessions(answers)[:5]) == codes
    assert found(answers).unmarked == len(unmarked(register_sessions(answers))) == sum(c in "-?" for c in codes.split())


def test_the_totals_of_the_file_stand_where_the_school_says_so() -> None:
    totals = {"totals": {"possible": 40, "attended": 10}}
    assert found(raw(ILL, "/ \\", extra=totals)).percentage == Decimal("50.0")
    chosen = found(raw(ILL, "/ \\", extra=totals, totals_of="file"))
    assert (chosen.percentage, chosen.severely_absent, chosen.cumulative_days) == (Decimal("25.0"), True, Decimal(1))
    assert found(raw(ILL, "/ \\", extra={"totals": {"possible": "x"}}, totals_of="file")).percentage == Decimal("50.0")


def test_attendance_is_of_this_school_year_and_the_one_before_is_printed_beside_it() -> None:
    before, after = register(*["/ \\"] * 3, ILL, first=date(2026, 7, 6)), register("/ \\", ILL, first=date(2026, 9, 7))
    answers = {"attendance": {"register": {"sessions": rows([*before, *after])}}}
    told = printed(answers)
    assert told["Attendance this school year"] == "50.0 %, 2 of 4 possible sessions"
    assert told["Attendance in the school year before"] == "75.0 %, 6 of 8 possible sessions"
    assert told["Absence in the terms of the Department for Education"].startswith("Severe absence")
    assert told["Last day with a session attended"] == "7 September 2026"


def test_what_was_not_understood_is_printed() -> None:
    told = printed(raw("/ -", extra={"not_understood": ["Row 3: the mark is not a register code: ZZ"]}))
    assert told["Rows of the export that were not understood"] == "1"
    assert told["Sessions without a mark, not counted"] == "1"
    assert "Attendance in the school year before" not in told


@pytest.mark.parametrize(("days", "words"), [([ILL], "Severe"), (["/ I"] + ["/ \\"] * 4, "Persistent"), (["/ \\"], "")])
def test_absence_is_said_in_words(days: list[str], words: str) -> None:
    assert absence(found(raw(*days))).startswith(words)


def test_a_sickness_return_that_is_due_is_asked_for() -> None:
    page = {**ANXIOUS["attendance"], **raw(*[ILL] * 15)["attendance"]}
    page.pop("sickness_return")
    asked = facts({"attendance": page}).answers
    assert asked.context.sickness_return_due
    assert [(one.path, one.missing) for one in asked.reading(Attendance).problems] == [(("sickness_return",), True)]
    for pages in (
        {"attendance": {**page, "sickness_return": "not due"}},
        {"attendance": {**page, "register": raw(*[ILL] * 5)["attendance"]["register"], "expected_days": ""}},
    ):
        assert not facts(pages).answers.reading(Attendance).problems
    older = {**ANXIOUS["pupil"], "born": "2005-01-01"}
    assert not facts({"attendance": page}, pupil=older).answers.context.sickness_return_due


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"previous_percentage": "101"}, "previous_percentage"),
        ({"dual": "no", "register": {"sessions": rows(register("D D"))}}, "dual"),
        ({"for_health": [{"first": "2026-11-05", "last": "2026-11-04", "why": "x"}],
          "register": {"sessions": rows(register("N N"))}}, "for_health"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_doubted(answers: dict[str, Any], field: str) -> None:
    page = {**ANXIOUS["attendance"], **answers}
    assert field in {one.path[0] for one in facts({"attendance": page}).answers.reading(Attendance).problems}


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 3000)
    | st.sampled_from(["I", "-", "AM", "2026-11-05", "yes", "file", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["sessions", "totals", "date", "session", "code", "first", "last", "half", "why", "possible"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(list(Attendance.model_fields)), JUNK), st.booleans())
def test_any_answers_are_counted_and_doubted_without_an_exception(page: dict[str, Any], with_register: bool) -> None:
    if with_register:
        page = {
            **page,
            "register": {"sessions": ten_weeks(), "totals": page.get("register"), "notices": page.get("dual")},
        }
    answers = facts({"attendance": page})
    answers.answers.reading(Attendance)
    summarise_page(Attendance, answers.answers)
