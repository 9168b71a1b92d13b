"""Names of one person, and names of two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.names_alike import alike, fits, persons, within, words

AMIRA = ("Amira Louise", "Kowalczyk-O’Neill")


def is_of(name: str, whole: tuple[str, str] = AMIRA) -> bool:
    return fits(name, words(whole[0]), words(whole[1]))


@pytest.mark.parametrize(
    "name",
    [
        "Amira Kowalczyk-O’Neill",
        "Amira KOWALCZYK O'NEILL",
        "KOWALCZYK-O’NEILL, Amira",
        "Amira Oneill",
        "Amira Kowalczyk",
        "Louise Kowalczyk",
        "A. Kowalczyk",
        "Miss A L Kowalczyk-O’Neill",
        "A. K.-O’Neill",
        "Amira",
        "Amira (Mimi) Kowalczyk",
        "Amira “Mimi” Jane Kowalczyk",
        "Amira Kowalczik",
        "Amirah Kowalczyk",
    ],
)
def test_the_pupil_is_known_however_the_name_is_written(name: str) -> None:
    assert is_of(name)


@pytest.mark.parametrize(
    "name", ["Tom Marsh", "Tom Kowalczyk", "Amira Hussain", "T. Kowalczyk", "Zofia O’Neill", "A. L.", ""]
)
def test_others_are_told_apart(name: str) -> None:
    assert not is_of(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed", "Muhammad"),
        ("Łukasz", "Lukasz"),
        ("Oleksandr", "Alexander"),
        ("Yuliia", "Yulia"),
        ("Siân", "Sian"),
        ("Jürgen", "Jurgen"),
        ("Steven", "Stephen"),
        ("Zoë", "Zoe"),
        ("Kowalczyk", "Kowalczik"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert alike(*words(one), *words(other))
    assert alike(*words(other), *words(one))


@pytest.mark.parametrize(
    ("one", "other"), [("Marsh", "Morris"), ("Tom", "Tim"), ("Anna", "Emma"), ("Jack", "Zack"), ("Patel", "Khan")]
)
def test_names_that_only_sound_a_little_alike(one: str, other: str) -> None:
    assert not alike(*words(one), *words(other))


@pytest.mark.parametrize(
    ("name", "person", "known"),
    [
        ("Ruth Osei", "Ruth Osei", True),
        ("Mrs R. Osei", "Ruth Osei", True),
        ("Ruth Abena Osei", "Ruth Osei", True),
        ("Peter Gill", "Mr Gill", True),
        ("Zofia Kowalczyk", "Zofia", True),
        ("Zofia Marsh", "Zofia", False),
        ("Tom Marsh", "Ruth Osei", False),
        ("Aleksandar Mirza-Dimitrov", "A. D.", False),
        ("Tom Marsh", "A", False),
    ],
)
def test_persons_of_whom_the_answers_speak(name: str, person: str, known: bool) -> None:
    assert within(name, words(person), words("Kowalczyk-O’Neill")) is known


def test_names_in_a_sentence() -> None:
    found = set(persons("Dr Hannah Iqbal, CAMHS, wrote; then we rang Róisín O’Neill’s sister."))
    assert {("hannah", "iqbal"), ("roisin", "oneills")} <= found


NAMES = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Mn"]), min_size=2, max_size=12).filter(
    lambda name: len(words(name)) == 1 and len(words(name)[0]) > 1
)


@given(NAMES, NAMES, st.sampled_from(["{0} {1}", "{1}, {0}", "{0} {1}-Other", "{0} X. {1}", "Miss {0} {1}"]))
def test_any_name_fits_itself(given_name: str, family: str, pattern: str) -> None:
    assert is_of(pattern.format(given_name, family), (given_name, family))


@given(NAMES, NAMES)
def test_being_alike_goes_both_ways(one: str, other: str) -> None:
    assert alike(*words(one), *words(other)) == alike(*words(other), *words(one))


@given(st.text(max_size=80), st.text(max_size=40))
def test_any_text_may_be_taken_for_a_name(one: str, other: str) -> None:
    assert fits(one, words(other), words(other)) in {True, False}
    assert within(one, words(other), ()) in {True, False}
    assert all(persons(one))
