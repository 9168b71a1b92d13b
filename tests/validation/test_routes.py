"""What the first page says: an outcome for every answer, and several that read well together."""

from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import Any

import pytest

from forms.kit.policy import Level, Outcome
from tests.forms.particular_pupils import HOSPITAL, pupil
from wizard.case import Case
from wizard.councils import council
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, judge

TODAY = date(2026, 11, 21)
PLAIN = {"ebsa": "no", "pattern": "all", "unit_discharge": "no"}


def judged(answers: Mapping[str, Any]) -> Judgement:
    return judge(Facts.of(Case("essex", "1", answers), council("essex"), TODAY))


def outcomes(route: Mapping[str, str], **pages: Mapping[str, Any]) -> dict[str, Outcome]:
    """The routes that these answers lead to, less what is said of every referral."""
    found = judged(pupil(route=PLAIN | route, **{name: dict(page) for name, page in pages.items()})).routes
    return {route.id: route.outcome for route in found if route.when}


FEW = {"health_sessions": "4", "expected_days": ""}
WARN, GO_ON, STOP = Outcome.WARN, Outcome.GO_ON, Outcome.STOP
EHCP = {"sen": "ehcp", "anxiety": "no"}


@pytest.mark.policy("E3", "E5", "E11", "E38", "E39", "E44", "E45", "E47", "E49", "E50", "E54", "E55", "E59", "E61")
@pytest.mark.parametrize(
    ("route", "pages", "expected"),
    [
        pytest.param({}, {}, {}, id="nothing in particular"),
        pytest.param(EHCP, {}, {"E38": WARN}, id="EHCP"),
        pytest.param(EHCP | {"anxiety": "yes"}, {}, {"E38": WARN, "E39": WARN}, id="EHCP and anxiety"),
        pytest.param({"pregnant": "yes"}, {}, {"E44": STOP}, id="pregnant"),
        pytest.param({"pregnant": "also"}, {}, {"E44i": WARN}, id="pregnant and ill"),
        pytest.param({"on_roll": "no", "home_educated": "no"}, {}, {"E45": WARN}, id="no school roll"),
        pytest.param({"on_roll": "no", "home_educated": "yes"}, {}, {"E45": WARN, "E47": WARN}, id="home educated"),
        pytest.param({}, {"pupil": {"born": "2021-12-31"}}, {"E49": WARN}, id="below compulsory school age"),
        pytest.param({}, {"pupil": {"born": "2010-08-31"}}, {"E50": WARN}, id="above compulsory school age"),
        pytest.param({}, {"pupil": {"born": "2010-09-02"}}, {"E3": WARN}, id="sixteen before the autumn term"),
        pytest.param({"hospital": "planned"}, {"hospital": HOSPITAL}, {"E55": GO_ON}, id="hospital, planned"),
        pytest.param({"hospital": "emergency"}, {}, {"E55": GO_ON}, id="hospital, emergency"),
        pytest.param({"hospital": "emergency"}, {"attendance": FEW}, {"E54": WARN, "E55": GO_ON}, id="a short stay"),
        pytest.param(
            {"hospital": "planned"}, {"attendance": FEW, "hospital": HOSPITAL}, {"E55": GO_ON}, id="days to come count"
        ),
        pytest.param({"unit_discharge": "yes", "referrer": "unit"}, {}, {"E59": GO_ON}, id="discharged from a unit"),
        pytest.param({"unit_discharge": "yes", "referrer": "school"}, {}, {"E59": GO_ON}, id="the school refers"),
        pytest.param({"basis": "exclusion"}, {}, {"exclusion": WARN}, id="excluded"),
        pytest.param({"basis": "otherwise"}, {}, {"E5": WARN}, id="basis otherwise"),
        pytest.param({}, {"attendance": FEW}, {"E61": WARN}, id="short illness"),
        pytest.param({"pattern": "some"}, {}, {"E11": GO_ON}, id="intermittent attendance"),
    ],
)
def test_each_answer_has_its_outcome(
    route: dict[str, str], pages: dict[str, dict[str, Any]], expected: dict[str, Outcome]
) -> None:
    attendance = {"attendance": {"health_sessions": "31", "expected_days": ""}}
    assert outcomes(route, **(attendance | pages)) == expected


@pytest.mark.policy("E34", "E65")
def test_without_clinical_advice_it_goes_on_with_an_explanation() -> None:
    none = pupil(route=PLAIN, medical_evidence={"available": "none", "why_not": "Asked for on 3 November."})
    del none["medical_evidence"]["latest_date"]
    judgement = judged(none)
    assert [route.outcome for route in judgement.routes] == [GO_ON]
    assert judgement.problems["medical_evidence"] == ()
    assert [point.level for point in judgement.points if point.id == "E65"] == [Level.SHOULD]


def test_a_child_in_care_is_no_route_of_this_council() -> None:
    assert outcomes({}, care={"in_care": "yes", "care_authority": "Essex"}) == {}


@pytest.mark.policy("E61")
def test_a_short_illness_never_blocks() -> None:
    point = next(point for point in judged(pupil(attendance=FEW)).points if point.id == "E61")
    assert (point.level, point.override) == (Level.SHOULD, True)


@pytest.mark.policy("E44")
def test_only_pregnancy_alone_stops_and_then_nothing_says_go_on() -> None:
    stopped = judged(pupil(route={"pregnant": "yes", "sen": "ehcp", "anxiety": "yes", "hospital": "planned"}))
    assert {route.outcome for route in stopped.routes} == {STOP, WARN}
    assert not stopped.ready
    assert all(route.outcome is not STOP for route in judged(pupil(route={"pregnant": "also"})).routes)


CHOICES = {
    "basis": ("illness", "exclusion", "otherwise"),
    "ebsa": ("yes", "no"),
    "sen": ("none", "ehcp"),
    "anxiety": ("yes", "no"),
    "on_roll": ("yes", "no"),
    "home_educated": ("yes", "no"),
    "pregnant": ("no", "yes", "also"),
    "hospital": ("no", "planned"),
}


def test_every_combination_has_an_outcome_that_does_not_contradict_another() -> None:
    seen = set()
    for chosen in product(*CHOICES.values()):
        route = dict(zip(CHOICES, chosen, strict=True)) | {"need": "mental", "unit_discharge": "no"}
        route["pattern"] = "some" if route["ebsa"] == "yes" else "all"
        found = judged({"route": route}).routes
        words = [one.outcome for one in found]
        assert words
        assert (STOP in words) is (route["pregnant"] == "yes")
        assert not (STOP in words and GO_ON in words)
        assert len({one.text for one in found}) == len(found)
        seen |= {one.id for one in found}
    on_this_page = {one.id for one in council("essex").routes} - {"E3", "E49", "E50", "E54", "E59", "E61"}
    assert seen == on_this_page


@pytest.mark.policy("E59")
@pytest.mark.parametrize(
    ("on_roll", "referrer", "wrong"),
    [
        ("yes", "school", False),
        ("yes", "unit", False),
        ("yes", "other", True),
        ("no", "school", True),
        ("no", "unit", False),
        ("no", "other", False),
    ],
)
def test_who_refers_fits_the_roll(on_roll: str, referrer: str, wrong: bool) -> None:
    route = {"unit_discharge": "yes", "referrer": referrer, "on_roll": on_roll, "home_educated": "no"}
    found = [problem.path for problem in judged(pupil(route=route)).problems["route"]]
    assert found == [("referrer",)] * wrong
