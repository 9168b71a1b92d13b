"""What Essex makes of the codes in the register, and of attendance once somebody else teaches."""

from datetime import date
from typing import Any

import pytest

from forms.kit.authority import Level
from tests.forms.anxious_pupil import ANXIOUS, changed
from tests.validation.test_after_sending import ACCEPTED, CONFIRMED, STARTED
from wizard.case import Case
from wizard.councils import council
from wizard.validation.facts import Facts
from wizard.validation.requirements import Finding, State, judge


def register(*codes: str) -> dict[str, Any]:
    halves = [
        {"date": f"2026-11-{2 + n // 2:02}", "session": ("AM", "PM")[n % 2], "code": c} for n, c in enumerate(codes)
    ]
    return {"register": {"file": "marks.csv", "sessions": halves}}


def finding(row: str, attendance: dict[str, Any], reasons: dict[str, str] | None = None, **pages: Any) -> Finding:
    answers = changed(attendance={**ANXIOUS["attendance"], **attendance}, **pages)
    found = judge(Facts.of(Case("essex", "1", answers, reasons=reasons or {}), council("essex"), date(2026, 12, 9)))
    return next(one for one in found.findings if one.requirement.id == row)


STARTS = {"receipt": CONFIRMED, "decision": ACCEPTED, "partnership": STARTED}


@pytest.mark.policy("E138", "E139", "E140", "E142", "E143", "E148", "E149", "E150", "E151", "E152", "E154")
@pytest.mark.parametrize(
    ("row", "code", "answers", "pages"),
    [
        ("E140c", "K", {}, STARTS),
        ("E138d", "D", {"dual": "yes", "dual_where": "The Beacon PRU"}, {}),
        ("E139", "B", {}, None),
    ],
)
def test_a_code_that_needs_something_else_is_asked_about(
    row: str, code: str, answers: dict[str, Any], pages: dict[str, Any] | None
) -> None:
    there = register("/", "\\", code, code)
    before = finding(row, there)
    assert (before.state, before.level) == (State.OPEN, Level.SHOULD)
    assert finding(row, register("/", "\\")).state is State.MET
    assert finding(row, {}).state is State.MET, "totals say nothing of codes"
    assert finding(row, there, {row: "The museum group, with Mrs Bright."}).state is State.REASON
    if pages is not None:
        assert finding(row, {**there, **answers}, **pages).state is State.MET


@pytest.mark.policy("E144", "E146", "E151", "E153")
@pytest.mark.parametrize("blank", ["timetable", "daily_attendance", "absence_procedure"])
def test_attendance_elsewhere_is_settled_before_teaching_starts_and_never_holds_it_back(blank: str) -> None:
    told = {name: "Settled." for name in ("timetable", "daily_attendance", "absence_procedure")}
    whole = STARTS | {"partnership": STARTED | told}
    assert finding("E144", {}, **whole).state is State.MET
    missing = finding("E144", {}, **STARTS | {"partnership": STARTED | told | {blank: ""}})
    assert (missing.state, missing.level) == (State.OPEN, Level.SHOULD)
