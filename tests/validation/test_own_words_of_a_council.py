"""A request to one council speaks in no place with the words of another: pages, hints, letters, summary and pack."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

import pytest

from forms.catalogue import pages_of
from forms.kit.authority import AuthorityProfile
from tests.forms.anxious_pupil import ANXIOUS
from tests.forms.test_words import texts
from tests.own_council import wessex
from tests.validation.dorset_placements import CARE, GOING, PLAN, judged
from tests.validation.dorset_requests import CYCLE, REQUEST
from tests.validation.essex_referrals import Pages
from wizard.councils import council
from wizard.letters import write
from wizard.pack.brief import brief
from wizard.pack.compose import compose
from wizard.pages.evidence_list import EMPTY
from wizard.pages.home import BEFORE
from wizard.summary import summarise

OF_ESSEX = re.compile(
    r"Essex|One Plan|Let[’']s Talk|We Miss You|LTWMY|Trauma Perceptive|\bTPP\b|Education Access|Inclusion Partner|"
    r"Engagement Facilitator|[Qq]uadrant|\bPNI\b|Team Around|Poplars|Aubyns|Partnership Agreement|partnership meeting|"
    r"Reintegration / Engagement|\bCM\d|\b881\b"
)
OF_DORSET = re.compile(
    r"Dorset|Learning & Belonging|Learning and Belonging|All Children in Education|TADSS|PMNAS|Learning Centre|"
    r"Central Learning|Inclusion Lead|SEN Provision Lead"
)
SETS_OF_ESSEX = {"lets_talk", "tpp", "one_plan", "costed_support"}
SEEN_BY: list[dict[str, Any]] = ANXIOUS["professionals"]["professionals"]
AT_HOME: Pages = {
    "pupil": {"home_la": "Dorset", "postcode": "DT1 1XJ"},
    "ehcp": {"council": "Dorset"},
    "school": {"dfe_number": "838/4999"},
    "professionals": {"professionals": [one | {"organisation": "CAMHS"} for one in SEEN_BY]},
    "adjustments": {"adjustments": [{"what": "A quiet entrance", "start": "May", "effect": "She came in twice."}]},
}
"""What else the pupil of the tests answers with the words of Essex."""


def asked_by(profile: AuthorityProfile) -> Iterator[str]:
    """Every word of every page that the council has, whether or not its turn comes."""
    for page in pages_of(profile).values():
        if not page.question_set or page.question_set in profile.asks:
            yield from texts(page)


def strings(value: object) -> Iterator[str]:
    """Every text in a piece of data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from strings([*value.keys(), *value.values()])
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        for inner in value:
            yield from strings(inner)


@pytest.mark.parametrize("layers", [(REQUEST,), (REQUEST, PLAN), (REQUEST, CARE), (REQUEST, GOING)])
def test_a_request_to_dorset_has_no_word_of_essex(layers: tuple[Pages, ...]) -> None:
    judgement = judged(*layers, AT_HOME, sent=True)
    pack = compose(judgement, lambda _: b"", datetime(2026, 12, 9), draft=True, sealed=False)
    said = {
        "summary": [*strings([asdict(one) for one in summarise(judgement.facts.answers)])],
        "pack": [*strings(asdict(pack))],
        "letters": [*strings([asdict(write(judgement, one)) for one in judgement.facts.profile.documents])],
        "what is open": [*strings([asdict(one) for one in judgement.points])],
    }
    assert said["letters"]
    found = {(place, text) for place, here in said.items() for text in here if OF_ESSEX.search(text)}
    assert not found


@pytest.mark.parametrize(("profile", "other"), [(council("dorset"), OF_ESSEX), (council("essex"), OF_DORSET)])
def test_a_councils_pages_and_its_file_have_no_word_of_the_other(
    profile: AuthorityProfile, other: re.Pattern[str]
) -> None:
    said = (*asked_by(profile), *strings(profile.model_dump(mode="json")))
    assert len(said) > 1000
    assert not {text for text in said if other.search(text)}


def test_pages_that_any_council_may_ask_are_no_councils() -> None:
    sets = {page.question_set for page in pages_of(wessex()).values()} - SETS_OF_ESSEX - {""}
    said = [*asked_by(wessex().model_copy(update={"asks": tuple(sets)})), *BEFORE, EMPTY]
    assert not {text for text in said if OF_ESSEX.search(text)}


def test_cycles_of_the_graduated_approach_are_in_the_one_page_summary_under_the_councils_own_name() -> None:
    two = {"cycles": [CYCLE, CYCLE | {"start": "2026-09-07", "review_date": "2026-11-16"}]}
    tried = [dict(brief(judged(REQUEST, layer)))["adjustments"][1] for layer in ({}, {"graduated_approach": two})]
    one = "Graduated approach: 1 cycle of assess, plan, do and review, last review 15 June 2026"
    assert one in tried[0]
    assert one.replace("1 cycle", "2 cycles").replace("15 June", "16 November") in tried[1]
