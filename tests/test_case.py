"""``referral.json`` goes in and comes out the same; what is not one ends in a sentence."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.case import Case, Signature
from wizard.errors import UnusableInput
from wizard.evidence_fact import EvidenceFact

SMALLEST = {"format": 1, "authority": {"id": "essex", "version": "1"}, "answers": {}}
FULL = SMALLEST | {
    "reference": "R-7KQ4-2M",
    "answers": {"pupil": {"first_name": "Amira", "born": {"day": "3", "month": "March", "year": "13"}}},
    "not_known": {"pupil.upn": "the last school has not sent it"},
    "reasons": {"E24": "the plan is being moved over"},
    "signatures": [
        {
            "role": "senco",
            "name": "Ruth Osei",
            "method": "typed",
            "when": "2026-11-20T15:41+00:00",
            "statement": "I was consulted.",
            "digest": "0" * 32,
        }
    ],
    "evidence": [
        {"file": "a.pdf", "sha256": "0" * 64, "answers": ["E33"], "date": "2026-10-12", "rotate": 90, "omit": [2]},
        {"file": "c.pdf", "turned": [{"page": 3, "degrees": 180}]},
        {"file": "b.jpg", "sha256": "", "answers": [], "date": "", "rotate": 0, "omit": []},
    ],
    "diary": [{"event": "sent", "when": "2026-11-23T08:00", "how": "e-mail"}],
    "origins": {
        "pupil.first_name": {"source": "Common Transfer File of 21 September 2026", "kind": "ctf", "confirmed": ""},
        "school.name": {"source": "list of schools", "kind": "gias", "confirmed": "2026-11-20T15:41+00:00"},
    },
}

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    "data", [SMALLEST, FULL, SMALLEST | {"diary": [], "reasons": {}}], ids=["smallest", "full", "empty"]
)
def test_a_referral_comes_out_as_it_went_in(data: dict[str, object]) -> None:
    assert Case.from_json(json.loads(json.dumps(data))).to_json() == data


@given(st.dictionaries(st.text(), st.dictionaries(st.text(), json_values, max_size=3), max_size=3))
def test_answers_are_kept_exactly_as_typed(answers: dict[str, object]) -> None:
    data = SMALLEST | {"answers": answers}
    assert Case.from_json(data).to_json() == data


@given(json_values)
def test_anything_else_ends_in_a_sentence(data: object) -> None:
    with pytest.raises(UnusableInput) as refused:
        Case.from_json(data)
    assert refused.value.sentence.endswith(".")


@given(st.sampled_from(sorted(FULL)), json_values)
def test_a_spoilt_part_ends_in_a_sentence_or_is_kept(part: str, junk: object) -> None:
    outcome: object = None
    try:
        outcome = Case.from_json(FULL | {part: junk}).to_json()["format"]
    except UnusableInput as refused:
        outcome = refused.sentence[-1]
    assert outcome in {1, "."}


@pytest.mark.parametrize("name", ["../a.pdf", "/etc/passwd", "a\\b.pdf", "..", "", "a\0.pdf"])
def test_evidence_cannot_be_named_outside_the_folder(name: str) -> None:
    with pytest.raises(UnusableInput):
        Case.from_json(SMALLEST | {"evidence": [{"file": name}]})


def test_an_edit_after_signing_voids_the_signature() -> None:
    case = Case.from_json(FULL)
    stands = Signature("senco", "Ruth Osei", "typed", "2026-11-20T15:41", "I was consulted.", case.signed_digest())
    signed = Case.from_json(FULL | {"signatures": [vars(stands) | {}]})
    assert [one.name for one in signed.valid_signatures()] == ["Ruth Osei"]
    changed = signed.with_page("pupil", {"first_name": "Amara"}, {})
    assert changed.signatures
    assert not changed.valid_signatures()


def test_answering_a_page_replaces_its_reasons_for_not_knowing_and_no_others() -> None:
    case = Case.from_json(FULL | {"not_known": {"pupil.upn": "lost", "family.phone": "none"}})
    assert case.with_page("pupil", {"upn": "x"}, {"born": "unsure"}).not_known == {
        "family.phone": "none",
        "pupil.born": "unsure",
    }


def test_a_document_is_called_by_its_title_or_else_by_its_file() -> None:
    assert EvidenceFact("IMG_2041.jpg").name == "IMG_2041.jpg"
    assert EvidenceFact("IMG_2041.jpg", title="Appointment card").name == "Appointment card"
