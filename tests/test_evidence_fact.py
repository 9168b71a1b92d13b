"""A line of the evidence list, through the referral's file and back."""

import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.errors import UnusableInput
from wizard.evidence_fact import Area, EvidenceFact, Mark, Treatment, Turn
from wizard.evidence_list import handed_over, read, signed

TREATED = Treatment("Secret1", (0.1, 0.0, 0.0, 0.2), -3.5, (Area(2, (0.1, 0.2, 0.5, 0.3)),), ("Tom Marsh",))
FACT = EvidenceFact("letter.pdf", "ab" * 32, turned=(Turn(3, 180),), order=(2, 1), treatment=TREATED,
                    within="mail.msg", cleared=("Dr Ames",), marks=(Mark("name", 1, "Tom Marsh"),), pages=3,
                    suggested="2026-09-01")  # fmt: skip


def test_what_is_kept_is_read_again_whole() -> None:
    assert read(json.loads(json.dumps(asdict(FACT)))) == FACT


def test_what_is_handed_over_holds_the_wishes_and_never_the_password_or_what_is_learnt() -> None:
    line = handed_over(FACT)
    assert "Secret1" not in json.dumps(line)
    again = read(json.loads(json.dumps(line)))
    assert (again.treatment.crop, again.treatment.areas, again.treatment.words) == (
        TREATED.crop, TREATED.areas, TREATED.words,
    )  # fmt: skip
    assert (again.order, again.within, again.cleared) == ((2, 1), "mail.msg", ("Dr Ames",))
    assert again.turned == (Turn(3, 180),)
    assert (again.marks, again.pages, again.suggested) == ((), 0, "")
    assert handed_over(again) == line


def test_no_secret_shows_in_what_a_fault_prints() -> None:
    assert not [secret for secret in ("Secret1", "Tom Marsh") if secret in repr(FACT)]


@pytest.mark.parametrize("line", [{"file": "a", "answers": "E1"}, {"file": "a", "treatment": {"areas": [1]}},
                                  {"file": "a", "date": "1/9/26"}, {"file": "../a"}, {}, {"file": "a", "order": ["x"]},
                                  {"file": "a", "treatment": {"crop": [0, 0]}},
                                  {"file": "a", "turned": [180]}])  # fmt: skip
def test_a_line_that_is_none_is_refused_in_a_sentence(line: dict[str, object]) -> None:
    with pytest.raises(UnusableInput):
        read(line)


@given(st.lists(st.integers(-3, 12)), st.lists(st.integers(-3, 12)), st.integers(0, 9))
def test_every_page_is_shown_once_unless_it_is_left_out(order: list[int], omit: list[int], pages: int) -> None:
    shown = EvidenceFact("a", order=tuple(order), omit=tuple(omit), pages=pages).shown
    assert sorted(shown) == [page for page in range(1, pages + 1) if page not in omit]
    named = list(dict.fromkeys(page for page in order if page in shown))
    assert list(shown[: len(named)]) == named


def test_nothing_goes_of_what_is_left_out_whole_or_can_neither_be_shown_nor_sent() -> None:
    paper = EvidenceFact("a.pdf", pages=2, outcome="cleaned", with_original=True)
    file = EvidenceFact("a.doc", outcome="attached", with_original=True)
    hidden = Treatment(words=("Zoë",))
    assert [one.goes for one in (EvidenceFact("new.pdf"), paper, replace(paper, omit=(1,)), file)] == [True] * 4
    assert replace(paper, treatment=hidden).goes
    gone = (replace(paper, omit=(1, 2)), replace(file, treatment=hidden), replace(file, outcome="refused"))
    assert [one.goes for one in gone] == [False] * 3


def test_each_page_is_turned_by_itself_and_the_others_stay_as_they_are() -> None:
    fact = EvidenceFact("a.pdf", pages=5, rotate=90).turned_by(4, 90).turned_by(2, -90)
    assert [fact.turn(page) for page in range(1, 6)] == [90, 0, 90, 180, 90]
    assert fact.turned_by(2, 90).turned_by(4, 270) == EvidenceFact("a.pdf", pages=5, rotate=90)
    assert fact.turned_like(4) == EvidenceFact("a.pdf", pages=5, rotate=180)
    assert read({"file": "a.pdf", "rotate": 450, "turned": [{"page": 2, "degrees": -91}]}).turned == (Turn(2, 180),)


def test_what_was_signed_before_pages_could_be_turned_singly_still_stands() -> None:
    """What these signatures stand for must never change: the second had a wish when there were two kinds of them."""
    plain = EvidenceFact("a.pdf", "ab", rotate=90, pages=3)
    assert signed(plain) == ["ab", 90, (), "", "", ()]
    assert signed(replace(plain, order=(2, 1))) == ["ab", 90, (), "", "", (), {"order": [2, 1], "treatment": {}}]
    assert signed(plain.turned_by(3, 90))[-1]["turned"] == [[3, 180]]
