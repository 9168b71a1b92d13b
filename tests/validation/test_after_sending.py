"""What comes after the pack: it holds later steps back, never the pack, and undoes no signature."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from forms.catalogue import AFTER
from forms.kit.policy import Level, Stage
from tests.forms.anxious_pupil import ANXIOUS
from wizard import journey
from wizard.case import Case
from wizard.councils import council
from wizard.summary import summarise
from wizard.validation.facts import Facts
from wizard.validation.requirements import Judgement, State, judge

TODAY = date(2026, 12, 9)
SENT = {"event": "sent", "when": "2026-11-24T15:10", "how": "e-mail", "by": "Priya Nair"}
CONFIRMED = {"confirmed": "yes", "who": "Sam Okoro", "when": "2026-11-25", "how": "telephone"}
ACCEPTED = {"outcome": "accepted", "decided": "2026-12-01", "provider": "Reintegration Service West"}
SIGNED = [
    {"party": party, "name": "Somebody", "signed": "2026-12-08"}
    for party in ("school", "parents", "pupil", "provider", "council")
]
STARTED = {
    "communication": "The tutor writes each Friday.",
    "agreement": SIGNED,
    "start": "2027-01-11",
    "timetable": "Monday to Friday from ten to twelve at the centre.",
    "daily_attendance": "The centre writes to our office by half past ten.",
    "absence_procedure": "They call home at once, then us.",
}


def judged(sent: bool = True, reasons: Mapping[str, str] | None = None, **pages: Any) -> Judgement:
    case = Case("essex", "1", {**ANXIOUS, **pages}, diary=(SENT,) if sent else (), reasons=reasons or {})
    return judge(Facts.of(case, council("essex"), TODAY))


def without(page: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in page.items() if name not in names}


def school(**changed: Any) -> dict[str, Any]:
    return ANXIOUS["school"] | changed


DECIDED = {"receipt": CONFIRMED, "decision": ACCEPTED, "partnership": STARTED}
BLOCKS: list[tuple[str, Stage, dict[str, Any]]] = [
    ("E66", Stage.RECEIPT, {}),
    ("E66", Stage.RECEIPT, {"receipt": {"confirmed": "no", "who": "Sam Okoro", "when": "2026-11-25"}}),
    *[("E66", Stage.RECEIPT, {"receipt": without(CONFIRMED, name)}) for name in ("who", "when", "how")],
    ("E69", Stage.PARTNERSHIP, {"decision": {"panel": "2026-12-02"}}),
    ("E69", Stage.PARTNERSHIP, {"decision": {"outcome": "more", "decided": "2026-12-01", "wanted": "A letter."}}),
    ("E95", Stage.PARTNERSHIP, DECIDED | {"school": school(chair="")}),
    ("E98", Stage.PARTNERSHIP, DECIDED | {"school": school(liaison="")}),
    ("E172", Stage.PARTNERSHIP, DECIDED | {"partnership": without(STARTED, "communication")}),
    ("E75", Stage.START, DECIDED | {"partnership": without(STARTED, "agreement")}),
    ("E75", Stage.START, DECIDED | {"partnership": STARTED | {"agreement": SIGNED[1:]}}),
    (
        "E75",
        Stage.START,
        DECIDED | {"partnership": STARTED | {"agreement": [*SIGNED, {"party": "health"}]}},
    ),
    ("E140", Stage.START, DECIDED | {"partnership": without(STARTED, "start")}),
]


@pytest.mark.policy("E66", "E69", "E70", "E75", "E95", "E98", "E140", "E172")
@pytest.mark.parametrize(("row", "stage", "pages"), BLOCKS)
def test_a_later_step_is_held_back_while_its_row_is_open(row: str, stage: Stage, pages: dict[str, Any]) -> None:
    open_rows = {point.id for point in judged(**pages).open_at(stage)}
    assert row in open_rows


@pytest.mark.policy("E66", "E69", "E70", "E75", "E95", "E98", "E140", "E172")
@pytest.mark.parametrize("row", sorted({row for row, _, _ in BLOCKS}))
def test_it_is_held_back_no_longer_when_the_row_is_met(row: str) -> None:
    found = judged(**DECIDED)
    assert next(one.state for one in found.findings if one.requirement.id == row) is State.MET
    assert found.later == ()


@pytest.mark.policy("E66", "E69", "E70", "E75", "E95", "E98", "E140", "E172")
@pytest.mark.parametrize(("row", "stage", "pages"), BLOCKS)
def test_no_reason_stands_in_for_what_has_to_happen(row: str, stage: Stage, pages: dict[str, Any]) -> None:
    found = judged(reasons={row: "It is urgent."}, **pages)
    point = next(point for point in found.open_at(stage) if point.id == row)
    assert not point.override


@pytest.mark.policy("E144", "E146", "E151", "E153")
@pytest.mark.parametrize("blank", ["timetable", "daily_attendance", "absence_procedure"])
def test_how_attendance_is_heard_of_is_asked_and_holds_nothing_back(blank: str) -> None:
    found = judged(**DECIDED | {"partnership": without(STARTED, blank)})
    assert [(point.id, point.level) for point in found.later] == [("E144", Level.SHOULD)]
    assert found.open_at(Stage.START) == ()
    assert judged(**DECIDED | {"partnership": without(STARTED, blank)}, reasons={"E144": "Next week."}).later == ()


@pytest.mark.policy("E75")
def test_an_agreement_signed_after_the_start_is_held_against_it() -> None:
    late = {"agreement": [*SIGNED[1:], SIGNED[0] | {"signed": "2026-12-09"}], "start": "2026-12-08"}
    found = judged(**DECIDED | {"partnership": STARTED | late})
    assert [point.todo for point in found.later] == [
        "This is after teaching starts. The agreement is signed before; check both dates."
    ]
    assert judged(**DECIDED | {"partnership": STARTED | late | {"start": "2026-12-09"}}).later == ()


@pytest.mark.policy("E75")
def test_without_a_school_its_signature_is_not_waited_for() -> None:
    no_roll = ANXIOUS["route"] | {"on_roll": "no", "home_educated": "no"}
    found = judged(**DECIDED | {"route": no_roll, "partnership": without(STARTED | {"agreement": SIGNED[1:]})})
    assert found.open_at(Stage.START) == found.open_at(Stage.PARTNERSHIP) == ()


@pytest.mark.parametrize("pages", [pages for _, _, pages in BLOCKS if "school" not in pages])
def test_nothing_after_sending_holds_the_pack_back(pages: dict[str, Any]) -> None:
    before, found = judged(sent=False), judged(**pages)
    assert found.points == before.points
    assert found.ready == before.ready
    assert not {point.page for point in before.later} & AFTER


def test_before_sending_nothing_of_it_is_asked_listed_or_judged() -> None:
    found = judged(sent=False, **DECIDED | {"receipt": {"confirmed": "junk"}})
    assert not {page.id for page in journey.asked(found)} & AFTER
    assert not {task.page.id for section in journey.task_list(found) for task in section.tasks} & AFTER
    assert found.later == ()


def test_a_slip_made_after_sending_is_a_thing_to_do_there_and_no_must_of_the_pack() -> None:
    found = judged(receipt=CONFIRMED | {"when": "2026-11-23"})
    slip = next(point for point in found.later if point.page == "receipt")
    assert slip.field == "when"
    assert slip.todo == "This is before the day on which the pack was sent. Check the date."
    assert found.open_at(Stage.RECEIPT) == (slip,)
    assert journey.to_do(found, found.facts.page("receipt")) == 1
    assert found.points == judged().points


def test_notes_after_sending_undo_no_signature_and_are_not_printed() -> None:
    before, after = judged(), judged(**DECIDED, reasons={"E66": "We will ask."})
    not_known = {"receipt.who": "nobody says"}
    assert after.facts.case.signed_digest(after.facts.apart) == before.facts.case.signed_digest(before.facts.apart)
    told = Case("essex", "1", before.facts.case.answers, not_known=not_known)
    assert told.signed_digest() == before.facts.case.signed_digest()
    assert summarise(after.facts.answers) == summarise(before.facts.answers)


def test_the_way_after_sending_leads_from_receipt_to_partnership_and_then_home() -> None:
    found = judged(receipt=CONFIRMED)
    assert journey.task_list(found)[-1].form.after
    following = journey.after(found, "receipt")
    assert following is not None
    assert following.id == "decision"
    assert journey.after(judged(**DECIDED), "receipt") is None
    review = journey.after(found, "consent")
    assert review is not None
    assert review.id not in AFTER


@pytest.mark.parametrize("when", ["", "yesterday", "2026-99-01"])
def test_a_diary_that_cannot_be_read_stops_nothing(when: str) -> None:
    case = Case("essex", "1", ANXIOUS, diary=({"event": "sent", "when": when}, {"event": "sent"}))
    assert case.sent is None
    assert judge(Facts.of(case, council("essex"), TODAY)).later == ()
