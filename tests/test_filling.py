"""Answers that were filled in: beside what was typed, never over it, marked until somebody has looked through them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from forms.catalogue import PAGES
from forms.kit.blanks import blank
from tests.forms.anxious_pupil import ANXIOUS
from tests.pages.screens import all_named, named, says, shown
from tests.test_case import json_values
from wizard import journey
from wizard.case import Case, Origin
from wizard.councils import council
from wizard.filling import Filling, apply, confirmed, marks, offers, unconfirmed
from wizard.pages.registry import SCREENS
from wizard.referral import OpenReferral, begin
from wizard.shell import Shell
from wizard.store.keys import Vault
from wizard.store.referral_file import ReferralFile
from wizard.store.referral_store import ReferralStore
from wizard.validation.facts import Facts
from wizard.validation.requirements import LOOK_THROUGH, judge

SOURCE = "Common Transfer File of 21 September 2026"
ADA = {"name": "Ada Quillfeather", "relationship": "Mother", "lives_with": "yes"}
FILE = Filling(
    "ctf",
    SOURCE,
    {"pupil": {"first_name": "Rosalind", "surname": "Quillfeather", "born": "2012-03-15"}, "family": {"adults": [ADA]}},
)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def a_case(answers: dict[str, Any] | None = None, **parts: Any) -> Case:
    return Case("essex", "1", answers or {}, **parts)


def points(case: Case) -> list[tuple[str, str]]:
    judgement = judge(Facts.of(case, council("essex"), date(2026, 11, 20)))
    return [(point.page, point.field) for point in judgement.points if point.title == LOOK_THROUGH]


@pytest.fixture
def referral(home: Any) -> Iterator[OpenReferral]:
    with ReferralStore(home, Vault.in_memory()).create() as file:
        begin(file, "essex")
        yield OpenReferral(file, lambda: NOON)


def test_blank_answers_are_filled_in_and_typed_ones_stay() -> None:
    case = apply(a_case({"pupil": {"first_name": " ", "surname": "Quill", "sex": "F"}}), FILE)
    assert case.answers["pupil"] == {
        "first_name": "Rosalind", "surname": "Quill", "sex": "F", "born": "2012-03-15",
    }  # fmt: skip
    assert case.answers["family"] == {"adults": [ADA]}
    assert set(case.origins) == {"pupil.first_name", "pupil.born", "family.adults"}
    assert case.origins["pupil.born"] == Origin(SOURCE, "ctf")


def test_a_list_with_a_card_and_a_reason_for_not_knowing_are_answers_too() -> None:
    typed = a_case({"family": {"adults": [{"name": "A"}]}}, not_known={"pupil.born": "nobody can say"})
    case = apply(typed, FILE)
    assert case.answers["family"] == {"adults": [{"name": "A"}]}
    assert "born" not in case.answers["pupil"]


def test_what_is_offered_says_what_becomes_of_it() -> None:
    found = offers(a_case({"pupil": {"first_name": "Rosalind", "surname": "Quill"}}), FILE)
    assert [(one.question.name, one.taken, one.same) for one in found] == [
        ("first_name", False, True),
        ("surname", False, False),
        ("born", True, False),
        ("adults", True, False),
    ]


raw_pages = st.dictionaries(
    st.sampled_from(["pupil", "family", "no_such_page"]),
    json_values | st.dictionaries(st.sampled_from(["surname", "born", "adults", "no_such_field"]), json_values),
)


@example({"pupil": "\r"}, {})
@given(raw_pages, st.dictionaries(st.sampled_from(["pupil", "family", "x"]), st.dictionaries(st.text(), json_values)))
def test_whatever_was_typed_is_still_there_and_whatever_came_is_marked(typed: Any, offered: Any) -> None:
    case = apply(a_case(typed), replace(FILE, values={**FILE.values, **offered}))
    for page, values in typed.items():
        if isinstance(values, dict):
            assert all(case.answers[page][name] == value for name, value in values.items() if not blank(value))
        elif not blank(values):
            assert case.answers[page] == values
    new = {
        f"{page}.{name}"
        for page, values in case.answers.items()
        if isinstance(values, dict)
        for name, value in values.items()
        if not isinstance(typed.get(page), dict) or typed[page].get(name) != value
    }
    assert set(case.origins) == new
    assert set(case.answers) <= set(typed) | set(PAGES)


def test_a_page_waits_until_it_was_looked_through() -> None:
    case = apply(a_case(ANXIOUS | {"pupil": {}, "family": {}}), FILE)
    assert points(case) == [("pupil", "first_name"), ("family", "adults")]
    case = confirmed(case, "pupil", NOON)
    assert points(case) == [("family", "adults")]
    assert case.origins["pupil.born"].confirmed == "2026-11-20T12:00+00:00"
    assert marks(case, "pupil")["born"] == f"From the {SOURCE}."
    assert marks(case, "family")["adults"] == f"From the {SOURCE}. Check it."


def test_an_answer_that_is_not_asked_waits_until_it_is() -> None:
    offered = replace(FILE, values={"care": {"in_care": "no", "care_authority": "Essex"}})
    case = apply(a_case(), offered)
    assert unconfirmed(case, "care") == ("in_care",)
    asked = confirmed(case, "care", NOON).with_page("care", {"in_care": "yes", "care_authority": "Essex"}, {})
    assert unconfirmed(asked, "care") == ("care_authority",)


def test_what_is_changed_by_hand_is_no_longer_from_the_file() -> None:
    case = apply(a_case(), FILE)
    case = case.with_page("pupil", case.answers["pupil"] | {"surname": "Quill"}, {})
    assert set(marks(case, "pupil")) == {"first_name", "born"}


def test_a_changed_card_does_not_vouch_for_the_others() -> None:
    tom = {"name": "Tom Marsh", "relationship": "Father"}
    case = apply(a_case(), replace(FILE, values={"family": {"adults": [ADA, tom]}}))
    one_changed = case.with_page("family", {"adults": [ADA | {"phone": "01632 960101"}, tom]}, {})
    assert unconfirmed(one_changed, "family") == ("adults",)
    both_changed = one_changed.with_page("family", {"adults": [{"name": "Ada"}, {"name": "Tom"}]}, {})
    assert unconfirmed(both_changed, "family") == ()


def test_where_an_answer_came_from_does_not_touch_the_signatures() -> None:
    filled = apply(a_case(), FILE)
    assert confirmed(filled, "pupil", NOON).signed_digest() == filled.signed_digest() != a_case().signed_digest()


def test_the_referral_file_keeps_it_and_hands_it_over(referral: OpenReferral) -> None:
    referral.commit("pupil", {"surname": "Quill"}, {})
    referral.fill(FILE)
    again = OpenReferral(referral._file)
    assert again.case == referral.case
    assert again.case.answers["pupil"]["surname"] == "Quill"
    assert Case.from_json(again.case.to_json()).origins == referral.case.origins
    referral.commit("pupil", referral.case.answers["pupil"] | {"first_name": "Rose"}, {})
    assert unconfirmed(referral.case, "pupil") == ("born",), "a pause in typing confirms nothing"
    referral.confirm("pupil")
    assert unconfirmed(OpenReferral(referral._file).case, "pupil") == ()


def test_every_filled_field_is_marked_for_eyes_and_ears(qtbot: QtBot) -> None:
    case = apply(a_case(), FILE)
    screen = shown(qtbot, "pupil", case.answers, origins=case.origins)
    assert says(screen, f"3 answers on this page were filled in from the {SOURCE}.")
    surname = named(screen, "Surname")
    assert f"From the {SOURCE}. Check it." in surname.accessibleDescription()
    qtbot.keyClicks(surname, "s")
    assert SOURCE not in surname.accessibleDescription()
    assert SOURCE in all_named(screen, "Day: Date of birth")[0].accessibleDescription()


def test_save_and_continue_confirms_and_a_look_does_not(qtbot: QtBot, referral: OpenReferral) -> None:
    referral.fill(FILE)
    shell = Shell(referral, SCREENS, SCREENS["check"], lambda: NOON)
    qtbot.addWidget(shell)
    shell.resize(1200, 900)
    shell.show()
    shell.show_page("pupil")
    assert journey.status(referral.judgement, PAGES["pupil"]) is journey.Status.TO_DO
    shell.go_back()
    shell.go_to("pupil")
    assert unconfirmed(referral.case, "pupil")
    shell.go_on()
    assert shell.page.id == "pupil", "other questions of the page are open"
    assert unconfirmed(referral.case, "pupil") == ()
    assert not says(shell, "were filled in from")
    shell.go_to("check")
    qtbot.waitUntil(lambda: says(shell, f"From the {SOURCE}. Check it."))  # the family page is still to be looked at
    assert isinstance(referral._file, ReferralFile)
