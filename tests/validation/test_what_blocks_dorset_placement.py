"""What holds a request to Dorset back around a plan, care, a pupil without a school, evidence and the placement: it
blocks while it is open, not when it is met, and yields to a written reason only where the policy lets it.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from forms.kit.policy import Level, Stage
from tests.validation.blocking import blocks_no_longer_when_met, blocks_while_open, yields_only_where_it_may
from tests.validation.dorset_placements import (
    CARE,
    GOING,
    NO_ROLL,
    PLAN,
    SCHOOL,
    SPECIALIST,
    judged,
)
from tests.validation.essex_referrals import Pages, finding
from wizard.councils import council
from wizard.validation.requirements import Judgement, State

policy = pytest.mark.policy


@dataclass(frozen=True)
class Block:
    """A must of the council's file: ways in which it is open, what meets it, and what it holds back."""

    row: str
    base: Pages
    opened: tuple[Pages, ...] = ({},)
    met: tuple[Pages, ...] = ({},)
    papers: tuple[str, ...] = ()
    reason: bool = False
    stage: Stage = Stage.PACK

    def open(self, **parts: Any) -> list[Judgement]:
        """The request with this row open, in each of the ways."""
        return [self._judged(way, **parts) for way in self.opened]

    def meet(self) -> list[Judgement]:
        """The request with this row met, in each of the ways."""
        return [self._judged(way) for way in self.met] + [self._judged(papers=(one,)) for one in self.papers]

    def _judged(self, *layers: Pages, **parts: Any) -> Judgement:
        return judged(self.base, *layers, sent=self.stage is not Stage.PACK, **parts)


def without(page: str, *names: str) -> tuple[Pages, ...]:
    """A way for each question: all answered but that one."""
    return tuple({page: {name: None}} for name in names)


FEW_DAYS: Pages = {"attendance": {"health_sessions": "28", "expected_days": "0"}, "plan_services": {"together": None}}
FIFTEEN: Pages = {"attendance": {"health_sessions": "30", "expected_days": "0"}, "plan_services": {"together": None}}
EXPECTED: Pages = {"attendance": {"health_sessions": "20", "expected_days": "5"}, "plan_services": {"together": None}}
UNCOUNTED: Pages = {"attendance": {"health_sessions": None, "expected_days": None}, "plan_services": {"together": None}}
BLOCKS = [
    pytest.param(
        Block(
            "D43",
            CARE,
            opened=(
                {"care_decisions": {"social_worker": "no", "social_worker_how": None}},
                {"care_decisions": {"virtual_school": "no", "virtual_school_how": None}},
                *without("care_decisions", "social_worker", "virtual_school"),
            ),
        ),
        marks=policy("D43"),
    ),
    pytest.param(
        Block("D89", PLAN, opened=without("plan_services", "lead_informed", "lead", "lead_informed_on")),
        marks=policy("D89"),
    ),
    pytest.param(
        Block("D91", PLAN, opened=(FIFTEEN, EXPECTED, UNCOUNTED), met=({}, FEW_DAYS)),
        marks=policy("D91"),
    ),
    pytest.param(
        Block("D99", NO_ROLL, opened=({"health_lead": {"refers": "no"}}, *without("health_lead", "refers"))),
        marks=policy("D95", "D99"),
    ),
    pytest.param(
        Block("D102", SCHOOL, met=(), papers=("D102",), reason=True),
        marks=policy("D102", "D104"),
    ),
    pytest.param(
        Block("D60", GOING, stage=Stage.PARTNERSHIP, opened=without("return_plan", "aim", "steps")),
        marks=policy("D60"),
    ),
    pytest.param(
        Block(
            "D78",
            GOING,
            stage=Stage.START,
            opened=without("handover", "told_on", "told_whom", "told_how"),
        ),
        marks=policy("D78"),
    ),
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.row)
def test_it_blocks_while_it_is_open(block: Block) -> None:
    blocks_while_open(block)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.row)
def test_it_blocks_no_longer_when_it_is_met(block: Block) -> None:
    blocks_no_longer_when_met(block)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.row)
def test_it_yields_to_a_written_reason_only_where_it_may_and_the_reason_is_printed(block: Block) -> None:
    yields_only_where_it_may(block, "The Inclusion Lead agreed on 2 December.")


def test_every_must_of_the_placement_has_its_tests_here() -> None:
    musts = {row.id for row in council("dorset").requirements if row.level is Level.MUST or row.must_when}
    placement = {id for id in musts if id == "D43" or int("".join(filter(str.isdigit, id))) > 54}
    assert placement == {case.values[0].row for case in BLOCKS}


@policy("D43", "D89", "D91", "D99")
@pytest.mark.parametrize("row", ["D43", "D89", "D91", "D99"])
def test_it_asks_nothing_of_those_whom_it_does_not_concern(row: str) -> None:
    assert finding(judged(SCHOOL), row) is State.NOT_NEEDED


@policy("D102")
def test_medical_evidence_is_wanted_where_health_is_the_basis() -> None:
    other = {"route": {"basis": "otherwise", "circumstances": "No place.", "agencies": "None.", "need": None}}
    assert finding(judged(SCHOOL, other), "D102") is State.NOT_NEEDED


@policy("D78")
def test_telling_after_the_first_meeting_is_too_late() -> None:
    late = {"handover": {"first_contact": "2026-12-07"}}
    assert held_back(judged(GOING, late, sent=True)) == ["told_on"]
    assert held_back(judged(GOING, sent=True)) == []


def held_back(found: Judgement) -> list[str]:
    return [point.field for point in found.open_at(Stage.START) if point.page == "handover"]


@policy("D60", "D78")
def test_the_placement_holds_nothing_of_the_pack_back() -> None:
    before, after = judged(SCHOOL), judged(SCHOOL, {"decision": GOING["decision"]}, sent=True)
    assert {point.id for point in after.later} >= {"D60", "D78"}
    assert after.points == before.points


@policy("D57")
def test_a_specialist_setting_is_named_on_the_route() -> None:
    assert "D57" in {route.id for route in judged(SPECIALIST).routes}
    assert "D57" not in {route.id for route in judged(PLAN).routes}
