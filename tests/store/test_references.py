"""References cannot leave the folder, and slips in them are caught."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.errors import CannotOpenReferral, UnusableInput
from wizard.store.reference import ALPHABET, checked_reference, mistyped, new_reference, reference_of

PLACES = [2, 3, 4, 5, 7, 8, 9]  # of the seven characters in R-7KQ4-2MX
UNSAFE = ["", "../../etc", "R-7KQ4/2MX", "R-7KQ4\\2M", "r-7kq4-2mx", "R-7KQ4-2MX\n", "CON", "R", "-R-", "R--2"]
UNSAFE += [f"R-{7:040}", "R-7KQ4-2MX.s19", "R-7\x00", "R-Ａ"]


def test_a_drawn_reference_can_be_read_out_and_names_a_file() -> None:
    drawn = {new_reference() for _ in range(200)}
    assert len(drawn) > 190
    for reference in drawn:
        assert checked_reference(reference) == reference
        assert not mistyped(reference)
        assert not set(reference[2:]) & set("0O1ILAEU")


@given(place=st.sampled_from(PLACES), other=st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(place: int, other: str) -> None:
    reference = new_reference()
    changed = reference[:place] + other + reference[place + 1 :]
    assert mistyped(changed) is (changed != reference)


@given(first=st.integers(0, len(PLACES) - 2))
def test_two_neighbours_that_change_places_are_noticed(first: int) -> None:
    reference = new_reference()
    letters = list(reference)
    here, there = PLACES[first], PLACES[first + 1]
    letters[here], letters[there] = letters[there], letters[here]
    assert mistyped("".join(letters)) is ("".join(letters) != reference)


def test_a_reference_of_another_make_is_accepted_as_it_is() -> None:
    assert checked_reference("DEMO-2026-001") == "DEMO-2026-001"
    assert mistyped("DEMO-2026-001")


@pytest.mark.parametrize("reference", UNSAFE)
def test_what_could_leave_the_folder_is_no_reference(reference: str) -> None:
    with pytest.raises(UnusableInput, match="not a reference"):
        checked_reference(reference)


def test_a_file_of_another_name_is_refused_without_repeating_it() -> None:
    with pytest.raises(CannotOpenReferral) as refusal:
        reference_of(Path("Wilhelmina Smith.s19"))
    assert "Wilhelmina" not in str(refusal.value)
