"""The Essex file: its shape, and that every name in it leads somewhere."""

import re
from collections import Counter

import pytest

from forms.catalogue import PAGES
from forms.kit.ask import Card, Choice, Question, Widget, questions
from forms.kit.authority import AuthorityProfile
from forms.kit.policy import CheckCall, Level

WITHOUT_PAGE = {"attached", "codes_absent", "threshold_met", "signed", "compulsory_age", "recipient_checked"}
CARDS = {
    "at_least",
    "cards_before",
    "every_card",
    "every_card_any",
    "every_such_card",
    "some_card",
    "cards_cover",
    "sum_at_least",
}
CHOICES = {"is", "includes", "some_card"}


def calls(essex: AuthorityProfile) -> list[tuple[str, CheckCall]]:
    return [(row.id, call) for row in essex.requirements for call in row.satisfied_by]


def looked_at(call: CheckCall) -> list[Question]:
    """The questions a check names; fails where there is no such question."""
    here = {question.name: question for question in questions(PAGES[call.page])}
    if call.name not in CARDS:
        return [here[name] for name in call.fields]
    cards, *inner = call.fields
    if call.name == "cards_before":
        assert here[inner.pop()].widget is Widget.DATE
    card = here[cards].card
    assert card is not None
    assert issubclass(card, Card)
    within = {question.name: question for question in questions(card)}
    return [within[name] for name in inner]


def test_every_check_looks_at_questions_that_exist(essex: AuthorityProfile) -> None:
    assert len(essex.requirements) > 40
    for row, call in calls(essex):
        if call.name in WITHOUT_PAGE:
            assert not call.page, row
        else:
            assert call.fields or call.name == "complete", row
            looked_at(call)


def test_every_value_compared_is_an_answer_that_can_be_given(essex: AuthorityProfile) -> None:
    for row, call in calls(essex):
        if call.name in CHOICES:
            possible = {str(choice.value) for question in looked_at(call) for choice in question.choices}
            assert call.values, row
            assert set(call.values) <= possible, row
            assert all(issubclass(type(choice), Choice) for question in looked_at(call) for choice in question.choices)


def test_every_place_to_put_it_right_is_a_page(essex: AuthorityProfile) -> None:
    assert {row.page for row in essex.requirements} <= set(PAGES)
    assert {row.page for row in essex.guidance} <= set(PAGES)
    assert {signer.page for signer in essex.signers} - {""} <= set(PAGES)


def test_every_page_has_something_worth_knowing(essex: AuthorityProfile) -> None:
    asked = {page.id for page in PAGES.values() if page.question_set in ("", *essex.asks)}
    assert {row.page for row in essex.guidance} == asked


def test_ids_are_unique_and_further_cases_name_their_row(essex: AuthorityProfile) -> None:
    for rows in (essex.requirements, essex.routes, essex.rows):
        assert max(Counter(row.id for row in rows).values()) == 1
    assert max(Counter((row.id, row.page, row.when) for row in essex.guidance).values()) == 1
    assert max(Counter((row.id, row.page) for row in essex.asked).values()) == 1
    assert max(Counter(signer.role for signer in essex.signers).values()) == 1
    plain = re.compile(r"E\d+[a-f]?")
    for row in essex.requirements:
        assert all(plain.fullmatch(name) for name in row.rows)
        assert plain.fullmatch(row.id) or row.rows, row.id


def test_sources_name_a_section_and_sentences_are_whole(essex: AuthorityProfile) -> None:
    rows = (*essex.requirements, *essex.routes, *essex.guidance)
    assert all(re.fullmatch(r"sections? \d+( and \d+)?", row.source) for row in rows)
    sentences = [row.todo for row in essex.requirements]
    sentences += [row.text for row in (*essex.routes, *essex.guidance)] + [one.statement for one in essex.signers]
    for sentence in sentences:
        assert sentence.endswith(".")
        assert not re.search(r"\b(invalid|error|field|user|please)\b|'|\{", sentence, re.IGNORECASE), sentence


@pytest.mark.policy("E86")
def test_the_pack_goes_to_education_access_and_to_no_provider(essex: AuthorityProfile) -> None:
    assert essex.recipient.email == "medical@essex.gov.uk"
    assert (essex.recipient.officer, essex.recipient.officer_role) == ("Julie Keating", "Education Access Manager")
    assert essex.source("section 11") == "Essex policy, section 11"


BLOCKING = {
    "E16": ("ebsa", True),
    "E17": ("ebsa", True),
    "E18": ("ebsa", True),
    "E19": ("ebsa", True),
    "E23": ("not_unit_refers", False),
    "E24": ("school_refers", True),
    "E25": ("mental_health", True),
    "E38": ("has_ehcp", True),
    "E39": ("anxiety_with_ehcp", True),
    "E45": ("no_roll", True),
    "E90": ("home_wanted", False),
    "E158": ("not_unit_refers", False),
}


@pytest.mark.parametrize("row", BLOCKING)
def test_what_the_policy_lets_nobody_leave_out_blocks(essex: AuthorityProfile, row: str) -> None:
    requirement = next(one for one in essex.requirements if one.id == row)
    condition, override = BLOCKING[row]
    if requirement.level is Level.MUST:
        assert condition in requirement.when
    else:
        assert condition in requirement.must_when
    assert requirement.override is override


@pytest.mark.parametrize("row", ["E9", "E20", "E30", "E31", "E36", "E61", "E65", "E67", "E67c", "E133"])
def test_what_never_blocks_is_no_must(essex: AuthorityProfile, row: str) -> None:
    requirement = next(one for one in essex.requirements if one.id == row)
    assert requirement.level is Level.SHOULD
    assert not requirement.must_when


def test_only_pregnancy_stops(essex: AuthorityProfile) -> None:
    assert [route.id for route in essex.routes if route.outcome == "stop"] == ["E44"]
    assert essex.routes[-1].when == (), "something is said of every referral"


def test_documents_that_answer_a_row_can_be_linked_to_it(essex: AuthorityProfile) -> None:
    for row in essex.requirements:
        if any(call.name == "attached" for call in row.satisfied_by):
            assert row.evidence, row.id
