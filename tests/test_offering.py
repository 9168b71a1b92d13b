"""What a new referral is offered: the school's own details, and an earlier referral of the same pupil."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.catalogue import AFTER, PAGES
from forms.kit.ask import questions
from forms.kit.page import Answers, Context
from tests.forms.anxious_pupil import ANXIOUS
from tests.test_case import json_values
from wizard.case import Case
from wizard.councils import council
from wizard.desk.school import SchoolDetails
from wizard.errors import CannotOpenReferral, CannotWrite, UnusableInput
from wizard.filling import apply, unconfirmed
from wizard.offering import (
    KeptSchool,
    changed_since,
    earlier_filling,
    kept_pages,
    same_school,
    school_answers,
    school_filling,
)
from wizard.referral import OpenReferral, answers_of, begin
from wizard.store.keys import Vault
from wizard.store.referral_file import ReferralFile
from wizard.store.referral_store import ReferralStore
from wizard.store.school_record import FILE, SchoolRecord

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def answered(pages: dict[str, Any] | None = None, **changes: Any) -> Answers:
    return Answers({**(ANXIOUS if pages is None else pages), **changes}, Context(council("essex"), TODAY))


def kept(**school: Any) -> KeptSchool:
    return KeptSchool(TODAY, {"school": {"name": "Mill Lane High School", **school}})


def test_the_schools_details_hold_the_school_and_nothing_of_the_pupil() -> None:
    of_the_pupil = {"tutor": "Mr Gill, 9B", "on_roll_since": "2024-09-02"}
    pages = school_answers(answered(school={**ANXIOUS["school"], **of_the_pupil}))
    assert set(pages) == {"school", "calendar"}
    assert pages["school"] == ANXIOUS["school"]
    assert pages["calendar"] == ANXIOUS["calendar"]
    about_a_pupil = {name for page in kept_pages() for name in page.not_kept}
    assert about_a_pupil == set(of_the_pupil)


def test_only_good_answers_are_worth_keeping() -> None:
    school = {"name": "Mill Lane", "urn": "12", "head": " ", "senco": "Priya Nair"}
    pages = school_answers(Answers({"school": school}, answered().context, {"school.dfe_number": "being changed"}))
    assert pages == {"school": {"name": "Mill Lane", "senco": "Priya Nair"}}
    assert school_answers(answered({"route": {"on_roll": "no"}, "school": school})) == {}


@given(st.dictionaries(st.sampled_from([*(page.id for page in kept_pages()), "route"]), json_values))
def test_any_answers_whatever_can_be_looked_through_for_the_school(pages: Any) -> None:
    answers = answered(pages)
    found = school_answers(answers)
    assert set(found) <= {page.id for page in kept_pages()}
    assert same_school(KeptSchool(TODAY, found), answers)
    assert changed_since(found, found) == {}
    earlier_filling(answers, "R-7KQ4-2MC", TODAY)


def test_a_new_referral_is_filled_with_the_school_and_every_page_waits_for_a_look() -> None:
    case = apply(Case("essex", "1", {}), school_filling(KeptSchool(TODAY, school_answers(answered()))))
    assert case.answers == {"school": ANXIOUS["school"], "calendar": ANXIOUS["calendar"]}
    assert {origin.source for origin in case.origins.values()} == {"school’s details, kept on 20 November 2026"}
    assert len(unconfirmed(case, "school")) == len(ANXIOUS["school"])
    assert unconfirmed(case, "calendar") == ("terms", "closures")


GIVEN_ANEW = {"attendance", "medical_evidence", "pupil_views", "parents_views", "request", "consent", "declarations"}


def test_an_earlier_referral_leaves_out_whatever_is_given_anew() -> None:
    nil = {"kind": "nil", "nil_dsl": "Alan Voss", "nil_date": "2026-05-02"}
    filling = earlier_filling(answered(chronology=nil), "R-7KQ4-2MC", date(2026, 5, 3))
    assert (filling.kind, filling.source) == ("referral", "earlier referral R-7KQ4-2MC of 3 May 2026")
    assert set(filling.values) >= {"route", "pupil", "family", "school", "health_needs", "one_plan", "advice"}
    assert not set(filling.values) & (GIVEN_ANEW | AFTER | {"evidence", "check", "sign", "send"})
    assert not filling.values["chronology"], "that there are no concerns is stated anew"
    assert not set(filling.values["health_needs"]) & {"well_enough", "well_enough_source", "hours_advised"}
    assert filling.values["pupil"] == ANXIOUS["pupil"]


def test_pages_that_are_no_longer_asked_are_not_carried() -> None:
    filling = earlier_filling(answered(route={**ANXIOUS["route"], "on_roll": "no"}), "R-7KQ4-2MC", TODAY)
    assert "school" not in filling.values


def test_what_a_page_leaves_out_is_a_question_of_that_page() -> None:
    for page in PAGES.values():
        names = {question.name for question in questions(page)}
        assert page.not_kept <= names, page.id
        assert page.not_carried <= names, page.id
        assert page.kept or not page.not_kept, page.id
        assert page.carried or not page.not_carried, page.id


def test_two_schools_are_never_mixed() -> None:
    answers = answered()
    same, other = kept(head="Jo Marsh"), kept(name="Harbour Primary")
    assert same_school(KeptSchool(TODAY, {"school": {"name": " mill  lane HIGH school"}}), answers)
    assert not same_school(other, answers)
    assert "school" in earlier_filling(answers, "R-7KQ4-2MC", TODAY, same).values
    assert "school" not in earlier_filling(answers, "R-7KQ4-2MC", TODAY, other).values
    both = apply(apply(Case("essex", "1", {}), school_filling(other)), earlier_filling(answers, "R-1", TODAY, other))
    assert both.answers["school"] == other.pages["school"]
    assert both.origins["pupil.surname"].kind == "referral"


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def details(home: Path, told: list[str]) -> SchoolDetails:
    days = (NOON + timedelta(days=n) for n in range(1000))
    record = SchoolRecord(home, Vault(bytes(32)))
    return SchoolDetails(record, lambda: next(days), lambda sentence, remedy: told.append(sentence))


Referral = Callable[..., OpenReferral]


@pytest.fixture
def referral(home: Path) -> Any:
    """Begin a referral with these answers."""
    opened: list[ReferralFile] = []
    store = ReferralStore(home, Vault(bytes(32)))

    def made(**pages: Any) -> OpenReferral:
        file = store.create()
        opened.append(file)
        begin(file, "essex")
        for page, raw in {**ANXIOUS, **pages}.items():
            file.save_page(page, raw)
        return OpenReferral(file, lambda: NOON)

    yield made
    for file in opened:
        file.close()


def test_what_is_changed_in_a_referral_is_kept_and_what_was_only_looked_at_is_not(
    details: SchoolDetails, referral: Referral
) -> None:
    before = school_answers(referral().judgement.facts.answers)
    assert details.kept() is None
    details.follow(referral(school={**ANXIOUS["school"], "head": "New Head"}), before)
    assert details.kept() is None, "nothing is kept before somebody said so"
    details.keep_from(referral())
    looked_at = referral(school={**ANXIOUS["school"], "head": "Former Head"})
    details.follow(looked_at, school_answers(looked_at.judgement.facts.answers))
    assert details.kept() == KeptSchool(TODAY, before), "an old referral does not bring back its head"
    details.follow(referral(school={**ANXIOUS["school"], "head": "New Head"}), before)
    known = details.kept()
    assert known is not None
    assert known.pages["school"] == {**ANXIOUS["school"], "head": "New Head"}
    assert known.on == TODAY + timedelta(days=1)


def test_another_school_takes_the_place_of_the_first_only_when_asked(
    details: SchoolDetails, referral: Referral
) -> None:
    details.keep_from(referral())
    harbour = referral(school={"name": "Harbour Primary"}, calendar={})
    details.follow(harbour, school_answers(referral().judgement.facts.answers))
    known = details.kept()
    assert known is not None
    assert known.name == "Mill Lane High School"
    details.keep_from(harbour)
    assert details.kept() == KeptSchool(TODAY + timedelta(days=1), {"school": {"name": "Harbour Primary"}})
    details.forget()
    assert details.kept() is None


def test_there_is_nothing_to_keep_of_an_empty_page(details: SchoolDetails, referral: Referral) -> None:
    with pytest.raises(UnusableInput, match="nothing to keep"):
        details.keep_from(referral(school={}, calendar={}))
    assert details.keep({"school": {}}) is None


def test_a_damaged_record_is_told_once(details: SchoolDetails, referral: Referral, home: Path, told: list[str]) -> None:
    details.keep_from(referral())
    (home / FILE).write_bytes(b"\0" * 200)
    assert [details.kept(), details.kept()] == [None, None]
    assert told == ["The details of your school that were kept cannot be read any more."]


def test_a_record_that_opens_but_lacks_parts_is_told_once(
    details: SchoolDetails, referral: Referral, home: Path, told: list[str]
) -> None:
    SchoolRecord(home, Vault(bytes(32))).write({"pages": {"school": {"name": "Harbour"}}})
    assert [details.kept(), details.kept()] == [None, None]
    assert told == ["The details of your school that were kept cannot be read any more."]
    assert details.keep_from(referral()) is not None


def test_a_full_disk_is_said_and_what_was_kept_stays(
    details: SchoolDetails, referral: Referral, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise CannotWrite("The disk is full.")

    details.keep_from(referral())
    with monkeypatch.context() as patched:
        patched.setattr("wizard.store.school_record.write_atomically", full)
        with pytest.raises(CannotWrite):
            details.keep({"school": {"name": "Other"}})
    known = details.kept()
    assert known is not None
    assert known.name == "Mill Lane High School"


def test_the_answers_of_a_kept_referral_are_read_unless_it_is_open_elsewhere(home: Path, referral: Referral) -> None:
    store = ReferralStore(home, Vault(bytes(32)))
    with store.create("R-AAAA-AAA") as file:
        begin(file, "essex", [school_filling(kept())])
    answers = answers_of(store, "R-AAAA-AAA", lambda: NOON)
    assert answers.raw["school"] == {"name": "Mill Lane High School"}
    with store.open("R-AAAA-AAA"), pytest.raises(CannotOpenReferral, match="another window"):
        answers_of(store, "R-AAAA-AAA", lambda: NOON)
