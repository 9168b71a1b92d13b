"""Everything that holds an Essex referral back: it blocks while it is open, not when it is met, and yields to a
written reason only where the policy lets it, and then the pack prints the reason. And what never blocks.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from forms.catalogue import AFTER, FORMS, PAGES
from forms.kit.ask import questions
from forms.kit.policy import Level, Stage
from forms.kit.upn import upn_check_letter
from tests.forms.anxious_pupil import ANXIOUS
from tests.pack.pack_reading import content_text, squeezed
from tests.validation.blocking import (
    blocks_no_longer_when_met,
    blocks_while_open,
    yields_only_where_it_may,
)
from tests.validation.essex_referrals import AT_HOME, BY_UNIT, GONE, NO_ROLL, NOW, PLAN, SCHOOL, Pages, finding, judged
from tests.validation.test_after_sending import SIGNED
from wizard import export
from wizard.councils import council
from wizard.validation.requirements import Judgement, State

policy = pytest.mark.policy


@dataclass(frozen=True)
class Block:
    """A must of the council's file.

    Attributes:
        base: answers under which it applies.
        opened: ways in which it is open.
        met: answers that meet it; none where only a document or a reason can.
        papers: ids under which a document meets it when it is open.
        roles: who signed, where signatures are what is wanted; none for all.
        reason: whether a written reason may stand in its place.
    """

    row: str
    base: Pages
    opened: tuple[Pages, ...] = ({},)
    met: tuple[Pages, ...] = ({},)
    papers: tuple[str, ...] = ()
    roles: tuple[tuple[str, ...] | None, ...] = (None,)
    reason: bool = False
    stage: Stage = Stage.PACK

    def open(self, **parts: Any) -> list[Judgement]:
        """The referral with this row open, in each of the ways."""
        ways = [(way, roles) for way in self.opened for roles in self.roles]
        return [self._judged(way, roles=roles, **parts) for way, roles in ways]

    def meet(self) -> list[Judgement]:
        """The referral with this row met, in each of the ways."""
        with_papers = [self._judged(self.opened[0], papers=(paper,)) for paper in self.papers]
        return [self._judged(way) for way in self.met] + with_papers

    def _judged(self, *layers: Pages, **parts: Any) -> Judgement:
        return judged(self.base, *layers, sent=self.stage is not Stage.PACK, **parts)


def block(row: str, base: Pages = SCHOOL, **more: Any) -> Block:
    return Block(row, base, **more)


def event(what: str) -> dict[str, str]:
    return {"date": "2026-03-02", "category": "concern", "what": what, "action": "Told.", "recorded_by": "DSL"}


NO_CHRONOLOGY: Pages = {"chronology": {"kind": "attached", "nil_dsl": None, "nil_date": None}}
EVENTS: Pages = {"chronology": {"kind": "chronology", "entries": [event("Seen.")], "nil_dsl": None, "nil_date": None}}
NO_SENCO = ({"advice": {"senco_date": None}}, {"advice": {"senco_advice": None}})
STATEMENTS = ("council_decides", "no_direct", "lawful")
SCHOOL_STATEMENTS = ("on_roll", "codes", "together", "safeguarding", "reviews")


def without_each(page: str, name: str, values: tuple[str, ...]) -> tuple[Pages, ...]:
    """A way for each value: all but that one chosen."""
    return tuple({page: {name: [one for one in values if one != left]}} for left in values)


BLOCKS = [
    pytest.param(block("E23", opened=NO_SENCO), marks=policy("E23")),
    pytest.param(
        block("E24", opened=({"one_plan": {"provided": "attached", "cycles": None}},), papers=("E24",), reason=True),
        marks=policy("E24"),
    ),
    pytest.param(
        block("E158", opened=(NO_CHRONOLOGY, {"chronology": {"nil_dsl": None}}), met=({}, EVENTS), papers=("E158",)),
        marks=policy("E158"),
    ),
    pytest.param(
        block(
            "E16",
            opened=({"lets_talk": {"followed": "no", "why_not": "Too new.", "done": None, "effect": None}},),
            reason=True,
        ),
        marks=policy("E16"),
    ),
    pytest.param(
        block("E17", opened=({"lets_talk": {"info_provided": "attached"}},), papers=("E17",), reason=True),
        marks=policy("E17"),
    ),
    pytest.param(
        block("E18", opened=({"lets_talk": {"profile_provided": "attached"}},), papers=("E18",), reason=True),
        marks=policy("E18"),
    ),
    pytest.param(
        block("E19", opened=({"lets_talk": {"assessment_provided": "attached"}},), papers=("E19",), reason=True),
        marks=policy("E19"),
    ),
    pytest.param(block("E25", roles=(("dsl",), ("senco", "dsl"), ("slt", "dsl")), reason=True), marks=policy("E25")),
    pytest.param(
        block(
            "E38",
            PLAN,
            opened=({"ehcp": {"talked": "no", "talk_date": None}},),
            papers=("E38",),
            reason=True,
        ),
        marks=policy("E38"),
    ),
    pytest.param(
        block(
            "E39",
            PLAN,
            opened=({"ehcp": {"review": "no"}},),
            met=({}, {"ehcp": {"review_on": None}}),
            papers=("E39",),
            reason=True,
        ),
        marks=policy("E39"),
    ),
    pytest.param(
        block("E45", NO_ROLL, opened=({},), met=(), papers=("E45", "E33", "E65"), reason=True),
        marks=policy("E45"),
    ),
    pytest.param(
        block("E90", AT_HOME, opened=({"request": {"responsible_adult": None}},)),
        marks=policy("E90"),
    ),
    pytest.param(
        block("E86", opened=without_each("declarations", "statements", STATEMENTS)), marks=policy("E85", "E86")
    ),
    pytest.param(
        block("E137", opened=without_each("declarations", "school_statements", SCHOOL_STATEMENTS)),
        marks=policy("E53", "E76", "E77", "E93", "E137", "E166", "E171"),
    ),
    pytest.param(block("E23u", BY_UNIT, met=(), reason=True), marks=policy("E23", "E59")),
    *(
        pytest.param(block(f"{row}u", BY_UNIT, met=(), papers=(row,), reason=True), marks=policy(row, "E59"))
        for row in ("E16", "E17", "E18", "E19", "E24")
    ),
    pytest.param(
        block("E158u", BY_UNIT, opened=(NO_CHRONOLOGY,), met=({}, EVENTS), papers=("E158",), reason=True),
        marks=policy("E158", "E59"),
    ),
    pytest.param(
        block(
            "E137u", BY_UNIT, opened=without_each("declarations", "school_statements", SCHOOL_STATEMENTS), reason=True
        ),
        marks=policy("E59", "E137"),
    ),
    pytest.param(
        block(
            "E66", GONE, stage=Stage.RECEIPT, opened=tuple({"receipt": {one: None}} for one in ("who", "when", "how"))
        ),
        marks=policy("E66"),
    ),
    pytest.param(
        block("E69", GONE, stage=Stage.PARTNERSHIP, opened=({"decision": {"outcome": None}},)), marks=policy("E69")
    ),
    pytest.param(
        block("E95", GONE, stage=Stage.PARTNERSHIP, opened=({"school": {"chair": None}},)), marks=policy("E95")
    ),
    pytest.param(
        block("E98", GONE, stage=Stage.PARTNERSHIP, opened=({"school": {"liaison": None}},)), marks=policy("E98")
    ),
    pytest.param(
        block("E172", GONE, stage=Stage.PARTNERSHIP, opened=({"partnership": {"communication": None}},)),
        marks=policy("E172"),
    ),
    pytest.param(
        block(
            "E75",
            GONE,
            stage=Stage.START,
            opened=tuple({"partnership": {"agreement": [s for s in SIGNED if s is not one]}} for one in SIGNED),
        ),
        marks=policy("E75"),
    ),
    pytest.param(
        block(
            "E75n",
            {**NO_ROLL, **GONE},
            stage=Stage.START,
            opened=tuple({"partnership": {"agreement": [s for s in SIGNED if s is not one]}} for one in SIGNED[1:]),
        ),
        marks=policy("E75"),
    ),
    pytest.param(
        block("E140", GONE, stage=Stage.START, opened=({"partnership": {"start": None}},)), marks=policy("E140")
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
    yields_only_where_it_may(block, f"In place of {block.row}: the family arrived last week.")


def test_every_must_of_the_council_has_its_tests_here() -> None:
    musts = {row.id for row in council("essex").requirements if row.level is Level.MUST or row.must_when}
    assert musts == {case.values[0].row for case in BLOCKS}


@policy("E16", "E17", "E18", "E19", "E24", "E25", "E38", "E39")
def test_the_final_pack_prints_every_reason_it_was_made_with() -> None:
    blocks = [case.values[0] for case in BLOCKS if case.values[0].reason and case.values[0].base in (SCHOOL, PLAN)]
    layers = [layer for block in blocks for layer in block.opened[:1]]
    reasons = {block.row: f"In place of {block.row}: the family arrived last week." for block in blocks}
    found = judged(PLAN, *layers, reasons=reasons, roles=("dsl",))
    assert found.ready
    pack = squeezed(content_text(export.make_pack(export.Order(found, lambda fact: b"", NOW)).pdf))
    assert len(reasons) == 8
    assert [reason for reason in reasons.values() if reason not in pack] == []


BASES = {
    "a school": (SCHOOL, ()),
    "a school, for a pupil with a plan": (PLAN, ()),
    "somebody else, without a school": (NO_ROLL, ("E45",)),
    "a school, with teaching at home": (AT_HOME, ()),
}


@pytest.mark.parametrize("base", BASES)
def test_a_referral_with_everything_met_is_ready(base: str) -> None:
    answers, papers = BASES[base]
    assert judged(answers, papers=papers).ready


@policy("E59")
def test_a_unit_may_give_a_reason_for_all_that_only_the_school_has() -> None:
    found = judged(BY_UNIT)
    left = {point.id for point in found.open_at(Stage.PACK)}
    assert left == {"E23u", "E24u", "E16u", "E17u", "E18u", "E19u"}
    assert all(point.override for point in found.open_at(Stage.PACK))
    assert judged(BY_UNIT, reasons=dict.fromkeys(left, "The school has been asked for it.")).ready


OWN_WORK = {f"E{number}" for number in (8, 9, *range(14, 31))}


@policy("E45", "E47")
@pytest.mark.parametrize("home_educated", ["yes", "no"])
def test_without_a_school_its_own_work_is_not_asked_and_blocks_nothing(home_educated: str) -> None:
    found = judged(NO_ROLL, {"route": {"home_educated": home_educated}}, papers=("E45", "E24"))
    states = {
        one.requirement.id: one.state
        for one in found.findings
        if OWN_WORK & {one.requirement.id.rstrip("abcdefhinpsu"), *one.requirement.rows}
    }
    assert len(states) > 20
    assert set(states.values()) == {State.NOT_NEEDED}


@policy("E158")
def test_without_a_school_a_missing_chronology_is_named_with_who_may_hold_it_and_blocks_nothing() -> None:
    found = judged(NO_ROLL, {"chronology": {"kind": None, "nil_dsl": None, "nil_date": None}}, papers=("E45",))
    assert [point.level for point in found.points if point.id == "E158n"] == [Level.SHOULD]
    assert found.ready
    holder = {"chronology": {"kind": "elsewhere", "nil_dsl": None, "nil_date": None, "holder": "Mill Lane High School"}}
    assert finding(judged(NO_ROLL, holder), "E158n") is State.MET


@policy("E44")
def test_pregnancy_alone_stops_and_another_need_beside_it_does_not() -> None:
    alone = judged({"route": {"pregnant": "yes"}}, reasons={"E44": "We would still like help."})
    assert "E44" in {point.id for point in alone.open_at(Stage.PACK)}
    assert not alone.ready
    assert judged({"route": {"pregnant": "also"}}).ready
    assert judged({"route": {"pregnant": "no"}}).ready


ASKED = sorted(page.id for form in FORMS for page in form.pages if page.id in ANXIOUS and page.id not in AFTER)


@policy("E64")
@pytest.mark.parametrize("page", ASKED)
def test_every_required_question_blocks_while_it_is_unanswered(page: str) -> None:
    for question in questions(PAGES[page]):
        if (question.required or question.ask.needed) and question.shown(ANXIOUS[page]):
            found = judged({page: {question.name: None}})
            musts = found.open_at(Stage.PACK)
            assert [point for point in musts if point.page == page], question.name
            if question.can_be_not_known:
                not_known = {f"{page}.{question.name}": "Nobody could be reached."}
                answered = judged({page: {question.name: None}}, not_known=not_known).open_at(Stage.PACK)
                assert not [point for point in answered if (point.id, point.field) == ("E64", question.name)]


# ---- What never blocks ----------------------------------------------------------------------------------------------

NUMBERS = [upn_check_letter(digits) + digits for digits in ("801200001001", "938999000001")]
"""Pupil numbers given by schools of other councils."""
NEVER = [
    pytest.param({"attendance": {"health_sessions": "4", "expected_days": None}}, marks=policy("E61"), id="two days"),
    pytest.param({"attendance": {"health_sessions": "28", "expected_days": "0"}}, marks=policy("E61"), id="14 days"),
    pytest.param({"attendance": {"register": None}}, marks=policy("E61"), id="no print of the register"),
    pytest.param({"provision": {"rows": []}, "route": {"sen": "none"}}, marks=policy("E29", "E30"), id="no costs"),
    pytest.param(
        {"provision": {"rows": [{"what": "Mentor", "hours": "1", "weeks": "1", "hourly_cost": "10"}]}},
        marks=policy("E30"),
        id="ten pounds",
    ),
    pytest.param(
        {"medical_evidence": {"available": "none", "why_not": "CAMHS has a list of a year.", "latest_date": None}},
        marks=policy("E33", "E34", "E65"),
        id="no specialist report",
    ),
    pytest.param(
        {"health_needs": {"well_enough": "not_known", "well_enough_source": None, "hours_advised": None}},
        marks=policy("E34", "E36"),
        id="nobody says how well",
    ),
    pytest.param(PLAN, marks=policy("E38", "E39"), id="no copy of the EHCP"),
    *[
        pytest.param({"school": {"type": kind}}, marks=policy("E11"), id=f"a school: {kind}")
        for kind in ("maintained", "academy", "independent", "special", "pru", "other")
    ],
    *[pytest.param({"pupil": {"upn": upn}}, id=f"the number {upn}") for upn in NUMBERS],
    *[pytest.param({"pupil": {"postcode": code}}, id=f"in {code}") for code in ("DT1 1XJ", "SW1A 1AA", "IG10 4AA")],
]


@pytest.mark.parametrize("answers", NEVER)
def test_some_things_never_block(answers: Pages) -> None:
    found = judged(answers)
    assert found.ready, [point.todo for point in found.open_at(Stage.PACK)]


@policy("E61")
def test_below_fifteen_days_is_named_but_not_held_back() -> None:
    found = judged({"attendance": {"health_sessions": "4", "expected_days": None}})
    assert [point.level for point in found.points if point.id == "E61"] == [Level.SHOULD]
    assert "E61" in {route.id for route in found.routes}


TOTALS = ("possible", "attended", "health_sessions", "part_time")


@policy("E59", "E61", "E64")
def test_a_unit_may_not_know_what_only_the_schools_register_says() -> None:
    blank: Pages = {"attendance": dict.fromkeys(TOTALS)}
    unanswered = {point.field for point in judged(BY_UNIT, blank).open_at(Stage.PACK) if point.page == "attendance"}
    assert unanswered == set(TOTALS)
    reasons = {f"attendance.{name}": "The school has not sent its register yet." for name in TOTALS}
    found = judged(BY_UNIT, blank, not_known=reasons)
    assert {point.level for point in found.on("attendance")} == {Level.SHOULD}
    assert finding(found, "E61") is State.OPEN  # nobody says that fifteen days are reached, nor that they are not
    assert "E61" not in {route.id for route in found.routes}
    inside = judged(BY_UNIT, {"attendance": {name: {"because": "The school has not sent it."} for name in TOTALS}})
    assert [(point.id, point.level) for point in inside.on("attendance")] == [("E61", Level.SHOULD)]
