"""Who signs an Essex referral, and what the first page says of every one."""

import pytest

from tests.validation.essex_referrals import BY_UNIT, NO_ROLL, PLAN, SCHOOL, Pages, judged
from wizard.validation.requirements import signers

policy = pytest.mark.policy
PHYSICAL: Pages = {"route": {"need": "physical", "ebsa": "no", "unit_discharge": None}}

SIGN = [
    pytest.param(SCHOOL, ["dsl", "senco", "slt", "parent", "pupil"], id="a school, for mental health"),
    pytest.param(PLAN, ["dsl", "senco", "slt", "parent", "pupil"], id="a school, with a plan"),
    pytest.param(PHYSICAL, ["dsl", "senco", "parent", "pupil"], id="a school, for physical health"),
    pytest.param(NO_ROLL, ["referrer", "parent", "pupil"], id="somebody else, without a school"),
]


@policy("E25", "E45", "E67", "E133", "E158")
@pytest.mark.parametrize(("answers", "roles"), SIGN)
def test_those_sign_who_answer_for_it(answers: Pages, roles: list[str]) -> None:
    assert [signer.role for signer in signers(judged(answers).facts)] == roles


@policy("E59")
def test_the_teacher_in_charge_signs_for_a_unit() -> None:
    assert "referrer" in {signer.role for signer in signers(judged(BY_UNIT).facts)}


@policy("E67", "E133")
def test_parents_and_pupil_may_sign_and_are_not_waited_for() -> None:
    welcome = {signer.role for signer in signers(judged(SCHOOL).facts) if signer.optional}
    assert welcome == {"parent", "pupil"}


def routes(*layers: Pages) -> set[str]:
    return {route.id for route in judged(*layers).routes}


@policy("E16")
def test_with_ebsa_the_first_page_points_to_the_guidance_on_it() -> None:
    assert "E16" in routes({"route": {"ebsa": "yes"}})
    assert "E16" not in routes({"route": {"ebsa": "no"}})


@policy("E62")
def test_something_is_said_of_every_referral_that_may_go_on() -> None:
    assert "go_on" in routes(PHYSICAL)
    assert "go_on" not in routes({"route": {"pregnant": "yes"}})
