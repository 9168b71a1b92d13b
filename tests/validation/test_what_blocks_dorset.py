"""What holds a request to Dorset back before it goes: open, met, and with a reason where one may be given. And what
never holds it back.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from forms.kit.policy import Level, Stage
from tests.validation import test_what_blocks_dorset_placement as placement
from tests.validation.blocking import blocks_no_longer_when_met, blocks_while_open, yields_only_where_it_may
from tests.validation.dorset_placements import judged
from tests.validation.dorset_requests import AGREES, CANNOT, PAPERS, REQUEST
from tests.validation.essex_referrals import NOW, Pages, finding
from wizard.councils import council
from wizard.pack.compose import compose
from wizard.validation.requirements import Judgement, State

policy = pytest.mark.policy


@dataclass(frozen=True)
class Block:
    """A must of the council's file: ways in which it is open, and what meets it."""

    row: str
    opened: tuple[Pages, ...]
    met: tuple[Pages, ...] = ({},)
    papers: tuple[str, ...] = ()
    reason: bool = False
    stage: Stage = Stage.PACK

    def open(self, **parts: Any) -> list[Judgement]:
        """The request with this row open, in each of the ways."""
        return [judged(REQUEST, way, papers=PAPERS, **parts) for way in self.opened]

    def meet(self) -> list[Judgement]:
        """The request with this row met, in each of the ways."""
        found = [judged(REQUEST, way, papers=PAPERS) for way in self.met]
        return found + [judged(REQUEST, self.opened[0], papers=(*PAPERS, paper)) for paper in self.papers]


NO_EVIDENCE = {"advice": "none", "advice_from": None}
LEAD = {**NO_EVIDENCE, "lead_on": "2026-11-02", "lead_name": "Ada Finch", "lead_agrees": "yes"}
UNTOLD = {"notified": "no", "notified_on": None, "reference": None}
UNUSED = {"used": "no", "why_not": "We did not know of it.", "done": None, "effect": None}
STATEMENTS = ("council_decides", "no_direct", "lawful")
SCHOOL_STATEMENTS = ("on_roll", "codes", "together", "safeguarding", "reviews")


def without_each(name: str, values: tuple[str, ...]) -> tuple[Pages, ...]:
    """A way for each value: all but that one chosen."""
    return tuple({"declarations": {name: [one for one in values if one != left]}} for left in values)


BLOCKS = [
    pytest.param(
        Block(
            "D40",
            opened=({"clinical_advice": NO_EVIDENCE}, {"clinical_advice": {**LEAD, "lead_agrees": "no"}}),
            met=({"clinical_advice": LEAD},),
            reason=True,
        ),
        marks=policy("D39", "D40"),
    ),
    pytest.param(
        Block(
            "D38",
            opened=(
                *({"notification": {"triggers": [one], **UNTOLD}} for one in ("long_term", "recurrent", "hospital")),
                {"notification": {"reference": None}},
                {"notification": {"notified_on": None}},
            ),
        ),
        marks=policy("D36", "D37", "D38"),
    ),
    pytest.param(
        Block(
            "D47",
            opened=({"graduated_approach": {"provided": "attached", "cycles": None}},),
            papers=("D47",),
            reason=True,
        ),
        marks=policy("D47"),
    ),
    pytest.param(Block("D48", opened=({"ebsa_guidance": UNUSED},), reason=True), marks=policy("D48")),
    pytest.param(
        Block("D42", opened=({"consent": {"referral": "no", "refusal": "Not yet."}}, {"consent": {"referral": None}})),
        marks=policy("D42"),
    ),
    pytest.param(
        Block(
            "D42c",
            opened=(
                {"pupil_consent": {**AGREES, "agrees": "no", "refusal": "Not the centre."}},
                {"pupil_consent": {**dict.fromkeys(AGREES), "agrees": "not_yet"}},
                *({"pupil_consent": {**CANNOT, name: None}} for name in ("because", "reason", "judged_by")),
            ),
            met=({}, *({"pupil_consent": {**CANNOT, "because": one}} for one in ("age", "illness", "capacity"))),
        ),
        marks=policy("D42"),
    ),
    pytest.param(Block("D26", opened=without_each("statements", STATEMENTS)), marks=policy("D26")),
    pytest.param(Block("D26s", opened=without_each("school_statements", SCHOOL_STATEMENTS)), marks=policy("D26")),
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.row)
def test_it_blocks_while_it_is_open(block: Block) -> None:
    blocks_while_open(block)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.row)
def test_it_blocks_no_longer_when_it_is_met(block: Block) -> None:
    blocks_no_longer_when_met(block)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.row)
def test_it_yields_to_a_written_reason_only_where_it_may_and_the_reason_is_printed(block: Block) -> None:
    yields_only_where_it_may(block, f"In place of {block.row}: the Inclusion Lead agreed on 2 November.")


def test_every_must_of_the_council_has_its_tests() -> None:
    musts = {row.id for row in council("dorset").requirements if row.level is Level.MUST or row.must_when}
    assert musts == {case.values[0].row for case in (*BLOCKS, *placement.BLOCKS)}


@policy("D41")
def test_a_request_with_everything_met_is_ready() -> None:
    found = judged(REQUEST, papers=PAPERS)
    assert [point.todo for point in found.open_at(Stage.PACK)] == []
    assert found.ready


@policy("D41")
@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("clinical_advice", "advice"),
        ("named_person", "named_person"),
        ("notification", "triggers"),
        ("planning", "team"),
        ("graduated_approach", "provided"),
        ("ebsa_guidance", "used"),
        ("full_time", "full_time"),
        ("wishes", "kinds"),
        ("panel", "representative"),
        ("pupil_consent", "agrees"),
    ],
)
def test_an_unanswered_question_blocks(page: str, name: str) -> None:
    found = judged(REQUEST, {page: {name: None}}, papers=PAPERS)
    assert page in {point.page for point in found.open_at(Stage.PACK)}


@policy("D42")
def test_who_judged_that_the_pupil_cannot_agree_is_printed() -> None:
    found = judged(REQUEST, {"pupil_consent": CANNOT}, papers=PAPERS)
    assert found.ready
    content = compose(found, lambda fact: b"", NOW, draft=False, sealed=False)
    assert "Dr Osei, consultant" in str(content.sections)
    assert "intensive care" in str(content.sections)


NEVER = [
    pytest.param({"attendance": {"health_sessions": "4", "expected_days": None}}, id="two days missed"),
    pytest.param({"clinical_advice": {"advice": "silent", "advice_from": None}}, marks=policy("D41"), id="no advice"),
    pytest.param({"medical_papers": {"kinds": ["appointment"]}}, marks=policy("DX2"), id="an appointment card alone"),
    pytest.param({"notification": {"triggers": ["short"], **dict.fromkeys(UNTOLD)}}, marks=policy("D17"), id="short"),
    pytest.param({"planning": {"team": "no", "meetings": None, "partners": None}}, id="no meeting"),
    pytest.param({"route": {"ebsa": "no"}, "ebsa_guidance": {**UNUSED, "used": "not_applicable"}}, id="no EBSA"),
    pytest.param({"provision": {"rows": []}}, id="no costs"),
    *[pytest.param({"school": {"type": kind}}, id=kind) for kind in ("academy", "independent", "special", "pru")],
]


@pytest.mark.parametrize("answers", NEVER)
def test_some_things_never_block(answers: Pages) -> None:
    found = judged(REQUEST, answers, papers=PAPERS)
    assert found.ready, [point.todo for point in found.open_at(Stage.PACK)]


@policy("D100")
@pytest.mark.parametrize(
    ("kinds", "stops"), [(["centre"], True), (["tutoring", "centre"], True), (["tutoring"], False)]
)
def test_a_pupil_educated_at_home_cannot_ask_for_a_learning_centre(kinds: list[str], stops: bool) -> None:
    at_home: Pages = {"route": {"on_roll": "no", "home_educated": "yes"}, "wishes": {"kinds": kinds}}
    found = judged(REQUEST, at_home, papers=PAPERS, reasons={"D100": "We would still like it."})
    assert ("D100" in {point.id for point in found.open_at(Stage.PACK)}) is stops
    searching: Pages = {"route": {"on_roll": "no", "home_educated": "no"}, "wishes": {"kinds": kinds}}
    assert "D100" not in {route.id for route in judged(REQUEST, searching).routes}


OWN_WORK = {"D9", "D19", "D23", "D24", "D33", "D34", "D38", "D46", "D47", "D48", "D48n"}


def test_without_a_school_its_own_work_blocks_nothing() -> None:
    found = judged(REQUEST, {"route": {"on_roll": "no", "home_educated": "no"}})
    assert {finding(found, row) for row in OWN_WORK} == {State.NOT_NEEDED}
